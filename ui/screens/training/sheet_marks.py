"""What is typed back from the paper sheets of a session, before it is saved: no widgets here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from crm_pilot.training.terms import Presence

# Space walks through what a sheet can say.
AFTER = {
    Presence.PRESENT: Presence.ABSENT,
    Presence.ABSENT: Presence.EXCUSED,
    Presence.EXCUSED: Presence.PRESENT,
    Presence.INVITED: Presence.PRESENT,
}


@dataclass(frozen=True)
class SheetLine:
    """A line of the sheet: its number on paper, who, and the presence on each half-day; `id` is
    that of the attendance."""

    id: int
    number: int
    name: str
    department: str
    marks: tuple[Presence, ...]


class SheetMarks:
    """Lines × half-days. Whoever was not noted yet is present on the half-days that are over."""

    def __init__(self, lines: Sequence[SheetLine], over: Sequence[bool]) -> None:
        self.over = tuple(over)
        self.lines = [self._assumed(line) for line in lines]

    def _assumed(self, line: SheetLine) -> SheetLine:
        marks = tuple(
            Presence.PRESENT if over and mark is Presence.INVITED else mark
            for mark, over in zip(line.marks, self.over, strict=True)
        )
        return _marked(line, marks)

    def put(self, place: int, half: int, presence: Presence) -> None:
        """Note one trainee on one half-day."""
        line = self.lines[place]
        marks = (*line.marks[:half], presence, *line.marks[half + 1 :])
        self.lines[place] = _marked(line, marks)

    def turn(self, place: int, half: int) -> None:
        """The next thing a sheet can say: present, absent, excused."""
        self.put(place, half, AFTER[self.lines[place].marks[half]])

    def toggle(self, place: int, half: int) -> None:
        """Absent, or present again."""
        present = self.lines[place].marks[half] is Presence.PRESENT
        self.put(place, half, Presence.ABSENT if present else Presence.PRESENT)

    def all_as(self, half: int) -> None:
        """Note every half-day that is over as this one."""
        for place, line in enumerate(self.lines):
            for other, over in enumerate(self.over):
                if over and other != half:
                    self.put(place, other, line.marks[half])

    def count(self, half: int, presence: Presence) -> int:
        """How many are noted so on a half-day."""
        return sum(1 for line in self.lines if line.marks[half] is presence)

    @property
    def same(self) -> bool:
        """Whether all half-days that are over say the same."""
        return all(
            len({m for m, over in zip(line.marks, self.over, strict=True) if over}) <= 1
            for line in self.lines
        )


class Typed:
    """Digits of a list number as they are typed: taken as soon as no longer number can follow."""

    def __init__(self, highest: int) -> None:
        self._highest, self.text = highest, ""

    def digit(self, figure: str) -> int | None:
        """One more digit; the number once it is whole. A number nobody has starts anew."""
        text = (self.text + figure).lstrip("0")
        if not text or int(text) > self._highest:
            text = figure if self.text and figure != "0" else ""
        if text and int(text) > self._highest:
            text = ""
        self.text = text
        if text and int(text) * 10 > self._highest:
            return self.take()
        return None

    def take(self) -> int | None:
        """The number typed so far, which is then forgotten."""
        text, self.text = self.text, ""
        return int(text) if text else None


def _marked(line: SheetLine, marks: tuple[Presence, ...]) -> SheetLine:
    return SheetLine(line.id, line.number, line.name, line.department, marks)
