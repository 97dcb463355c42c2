"""The values of one element of a plan file, with a problem for each that cannot be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping
from typing import TypeVar

from crm_pilot.exchange import mspdi_values as values
from crm_pilot.exchange.plan import Problems
from crm_pilot.exchange.plan_xml import Node, markup
from crm_pilot.i18n import msg

T = TypeVar("T")

_NOTHING = ("", "0", "0.0", "false")  # attributes that say no more than being absent
UNREADABLE = msg("this value cannot be read; nothing replaces it.")

_texts: dict[str, str] = {}
MOST_SHARED = 20_000
SHARED_LENGTH = 64


def shared(text: str) -> str:
    """The same text as before where there was one: plans repeat short ones thousands of times."""
    if len(text) > SHARED_LENGTH:
        return text
    if len(_texts) > MOST_SHARED:
        _texts.clear()
    return _texts.setdefault(text, text)


class Fields:
    """Reads children of an element by name and remembers which; the others are the extras."""

    def __init__(self, node: Node, problems: Problems) -> None:
        self.node = node
        self.problems = problems
        self._used: set[str] = set()
        self._first: dict[str, Node] = {child.tag: child for child in reversed(node.children)}

    def text(self, tag: str) -> str:
        """The text of a child as it stands."""
        self._used.add(tag)
        child = self._first.get(tag)
        return child.text if child is not None else ""

    def name(self, tag: str) -> str:
        """The text of a child without spaces around."""
        return self.text(tag).strip()

    def moment(self, tag: str) -> dt.datetime | None:
        """A moment; None when absent."""
        return self._read(tag, values.moment)

    def duration(self, tag: str) -> int | None:
        """Minutes; None when absent."""
        return self._read(tag, values.duration)

    def tenths(self, tag: str) -> int | None:
        """Minutes told in tenths; None when absent."""
        return self._read(tag, values.tenths)

    def clock(self, tag: str, otherwise: int) -> int:
        """Minute of the day."""
        found = self._read(tag, values.clock)
        return otherwise if found is None else found

    def whole(self, tag: str, otherwise: int = 0) -> int:
        """A whole number."""
        found = self._read(tag, values.whole)
        return otherwise if found is None else found

    def known(self, tag: str) -> int | None:
        """A whole number; None when absent."""
        return self._read(tag, values.whole)

    def number(self, tag: str, otherwise: float) -> float:
        """A number."""
        found = self._read(tag, values.number)
        return otherwise if found is None else found

    def flag(self, tag: str, *, otherwise: bool = False) -> bool:
        """Yes or no."""
        found = self.name(tag).lower()
        return otherwise if not found else found in ("1", "true", "-1")

    def used(self, *tags: str) -> None:
        """Say that children are taken care of otherwise."""
        self._used.update(tags)

    def line_of(self, tag: str) -> int:
        """Where a child begins."""
        child = self._first.get(tag)
        return child.line if child is not None else self.node.line

    def extras(
        self, space: str, defaults: Mapping[str, Collection[str]] | None = None
    ) -> dict[str, str]:
        """What was not read, as XML by name. Values that say nothing (`defaults`) are left out."""
        kept: dict[str, str] = {}
        for child in self.node.children:
            if child.tag in self._used:
                continue
            if defaults and not child.children and child.tag in defaults:
                text = child.text.strip()
                if not text or text in defaults[child.tag]:
                    continue
            kept[shared(child.tag)] = kept.get(child.tag, "") + markup(child, space)
        return {tag: shared(text) for tag, text in kept.items()}

    def wrong(self, tag: str, value: str) -> None:
        """Note a value that cannot be read."""
        self.problems.error(self.line_of(tag), tag, value, UNREADABLE)

    def _read(self, tag: str, reader: Callable[[str], T]) -> T | None:
        text = self.name(tag)
        if not text:
            return None
        try:
            return reader(text)
        except (ValueError, OverflowError):
            self.wrong(tag, text)
            return None


class Attributes:
    """Reads attributes of an element by name and remembers which; the others are the extras."""

    def __init__(self, node: Node, problems: Problems) -> None:
        self.node = node
        self.problems = problems
        self._used: set[str] = set()

    def text(self, name: str) -> str:
        """An attribute as it stands; empty when absent."""
        self._used.add(name)
        return self.node.attributes.get(name, "")

    def read(self, name: str, reader: Callable[[str], T]) -> T | None:
        """An attribute as a value; None when absent or not readable, which is a problem."""
        text = self.text(name).strip()
        if not text:
            return None
        try:
            return reader(text)
        except (ValueError, OverflowError):
            self.problems.error(self.node.line, name, text, UNREADABLE)
            return None

    def whole(self, name: str, otherwise: int = 0) -> int:
        """A whole number."""
        found = self.read(name, values.whole)
        return otherwise if found is None else found

    def number(self, name: str, otherwise: float) -> float:
        """A number."""
        found = self.read(name, values.number)
        return otherwise if found is None else found

    def used(self, *names: str) -> None:
        """Say that attributes are taken care of otherwise."""
        self._used.update(names)

    def extras(self, prefix: str, *elements: str) -> dict[str, str]:
        """Attributes that were not read and some child elements, under names of their format."""
        kept = {
            shared(prefix + name): shared(text)
            for name, text in self.node.attributes.items()
            if name not in self._used and text not in _NOTHING
        }
        for tag in elements:
            found = [child for child in self.node.children if child.tag == tag]
            inside = "".join(markup(one) for one in found if one.children or one.attributes)
            if inside:
                kept[prefix + tag] = inside
        return kept
