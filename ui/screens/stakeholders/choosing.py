"""Which marks are selected: one that leads and those kept beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


class Choice:
    """`key`: the unit the panel shows and keys act on; `kept`: selected whatever leads."""

    def __init__(self) -> None:
        self.key: int | None = None
        self.kept: frozenset[int] = frozenset()
        self._walking = False  # whether those kept stay while the arrows go on

    @property
    def keys(self) -> frozenset[int]:
        """Everything selected."""
        return self.kept if self.key is None else self.kept | {self.key}

    def lead(self, key: int | None) -> None:
        """Another unit leads; a selection of several goes unless it is part of it."""
        if key is None or key not in self.keys:
            self.kept, self._walking = frozenset(), False
        self.key = key

    def only(self, key: int | None) -> None:
        """Select one unit or none."""
        self.key, self.kept, self._walking = key, frozenset(), False

    def toggle(self, key: int) -> None:
        """Select a unit beside the others, or no more."""
        if key in self.keys:
            self.kept = self.keys - {key}
            if self.key == key:
                self.key = next(iter(sorted(self.kept)), None)
        else:
            self.kept, self.key = self.keys | {key}, key

    def go(self, key: int) -> None:
        """On to a unit by the arrows: those pinned stay selected."""
        if not self._walking:
            self.kept = frozenset()
        self.key = key

    def extend(self, key: int) -> None:
        """Go on to a unit and keep those passed."""
        self._walking = False
        self.kept, self.key = self.keys | {key}, key

    def pin(self) -> None:
        """Keep the leading unit while going on, or let it go."""
        if self.key is not None:
            self.kept = self.kept ^ {self.key}
            self._walking = bool(self.kept)

    def take(self, keys: Iterable[int], order: Sequence[int], *, added: bool = False) -> None:
        """Select these units; the first of them in `order` leads unless the present one stays."""
        self.kept = frozenset(keys) | (self.keys if added else frozenset())
        if self.key not in self.kept:
            self.key = next((key for key in order if key in self.kept), None)

    def prune(self, known: Iterable[int]) -> None:
        """Forget units that are no more."""
        there = frozenset(known)
        self.kept &= there
        if self.key not in there:
            self.key = None
