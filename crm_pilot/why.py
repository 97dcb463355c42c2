"""Why a figure is what it is: its rule, the data it counts, where the rule comes from, the period.

Each room explains its own figures in `explained.py`, from the numbers its queries gave; screens,
the report's annex and `figures --json` show the same words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import Any

from crm_pilot.i18n import N_, Message, Translator, msg
from crm_pilot.records import dataclass

LINES = {  # in the order they are read
    "rule": N_("Rule"),
    "thresholds": N_("Thresholds"),
    "data": N_("Data"),
    "source": N_("Source"),
    "period": N_("Period"),
}
OWN = msg("This program's own definition")
LEAD = msg("Set by the project lead")


@dataclass(frozen=True)
class Why:
    """The answer to "Why?" about one figure, in plain words.

    `rule`: the formula. `data`: which rows counted, with their number. `source`: where the formula
    comes from; what practitioners say is called a rule of thumb. `period`: the days of the data;
    None where time has no part in it. `thresholds`: from where on the figure is marked. `name`:
    what the figure is called where several are explained together.
    """

    rule: Message
    data: Message
    source: Message
    period: Message | None = None
    thresholds: Message | None = None
    name: Message | None = None

    def lines(self) -> list[tuple[str, Message]]:
        """(marked label, text) of what is known, in reading order."""
        found = ((label, getattr(self, key)) for key, label in LINES.items())
        return [(label, text) for label, text in found if text is not None]

    def plain(self, shown: Translator) -> dict[str, str | None]:
        """The same as JSON-ready texts; `thresholds` only where there are any."""
        made: dict[str, str | None] = {"rule": shown.show(self.rule)}
        if self.thresholds is not None:
            made["thresholds"] = shown.show(self.thresholds)
        made["data"] = shown.show(self.data)
        made["source"] = shown.show(self.source)
        made["period"] = None if self.period is None else shown.show(self.period)
        return made


class Answers(dict[str, Why]):
    """Answers by key. What `more` gives is found when one of its answers, or all, are asked for:
    the report does without some, and without what computes them. `begin`: how all keys of `more`
    begin, where they do alike."""

    def __init__(
        self, known: dict[str, Why], more: Callable[[], dict[str, Why]], begin: str = ""
    ) -> None:
        super().__init__(known)
        self._more: Callable[[], dict[str, Why]] | None = more
        self._begin = begin

    def starting(self, start: str) -> list[Why]:
        """Those whose key begins with `start`."""
        if not self._begin or self._begin.startswith(start) or start.startswith(self._begin):
            self._fill()
        return [why for key, why in super().items() if key.startswith(start)]

    def _fill(self) -> None:
        more, self._more = self._more, None
        if more is not None:
            self.update(more())

    def __missing__(self, key: str) -> Why:
        if self._more is None:
            raise KeyError(key)
        self._fill()
        return self[key]

    def __contains__(self, key: object) -> bool:
        self._fill()
        return super().__contains__(key)

    def __iter__(self) -> Iterator[str]:
        self._fill()
        return super().__iter__()

    def __len__(self) -> int:
        self._fill()
        return super().__len__()

    def keys(self) -> KeysView[str]:  # type: ignore[override]
        self._fill()
        return super().keys()

    def values(self) -> ValuesView[Why]:  # type: ignore[override]
        self._fill()
        return super().values()

    def items(self) -> ItemsView[str, Why]:  # type: ignore[override]
        self._fill()
        return super().items()

    def get(self, key: str, default: Any = None) -> Any:
        self._fill()
        return super().get(key, default)


Part = Callable[[], dict[str, Why]]


class Parts(Answers):
    """Answers of which each part is found when one of its keys is asked for: a panel that explains
    one figure does without the others. `parts`: the function that answers, by key."""

    def __init__(self, known: dict[str, Why], parts: Mapping[str, Part]) -> None:
        super().__init__(known, self._rest)
        self._parts = dict(parts)

    def __missing__(self, key: str) -> Why:
        if key not in self._parts:
            raise KeyError(key)
        self.update(self._parts[key]())
        return self[key]

    def _rest(self) -> dict[str, Why]:
        """All that was not asked for yet."""
        known = set(super(Answers, self).keys())
        wanted = [part for key, part in self._parts.items() if key not in known]
        found: dict[str, Why] = {}
        for part in dict.fromkeys(wanted):
            found |= part()
        return found


def dated(day: dt.date) -> Message:
    """A date with its year, for texts that are read long after: `21 Nov 2026`."""
    return Message("{day} {year}", {"day": day, "year": day.year})


def as_of(day: dt.date) -> Message:
    """The state on a day, as a period."""
    return msg("As of {date}", date=dated(day))


def from_to(first: dt.date, last: dt.date) -> Message:
    """Both days included, as a period."""
    return msg("From {first} to {last}", first=dated(first), last=dated(last))


class Later(Answers):
    """The answers of a room's head at once; the others, and the modules that find them, when one
    is asked for: the report does without."""

    def __init__(self, known: dict[str, Why], load: Callable[[], dict[str, Why]]) -> None:
        super().__init__(known, load)
        self._load = load
        self._loaded: dict[str, Why] | None = None

    def __missing__(self, key: str) -> Why:
        if self._loaded is None:
            self._loaded = self._load()
        found = self[key] = self._loaded[key]
        return found
