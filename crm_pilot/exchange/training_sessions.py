"""Sessions of trainings as a file tells them, and who was in them on which half-day."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import field

from crm_pilot.exchange.columns import Cells
from crm_pilot.exchange.reading import Row
from crm_pilot.records import dataclass
from crm_pilot.training.halves import HalfDay
from crm_pilot.training.terms import Half, Presence

LONGEST = 24 * 60 * 31  # minutes; more is a slip
ENOUGH = 15  # minutes connected during a half-day from which somebody was there
Span = tuple[dt.datetime, dt.datetime]


@dataclass(frozen=True)
class Who:
    """A person as the file names them."""

    line: int
    external_id: str = ""
    email: str = ""
    name: str = ""
    first_name: str = ""


@dataclass(frozen=True)
class Entry:
    """A person in a session: on one half-day (`half`), at some times (`spans`), or all along."""

    who: Who
    presence: Presence
    half: Half | None = None
    spans: tuple[Span, ...] = ()


@dataclass
class Session:
    """A course on a day, and who was in it. `halves` are those the times of a meeting make;
    `parts` the half-days that rows name, with their lengths."""

    course: str
    held_on: dt.date
    line: int
    minutes: Counter[int] = field(default_factory=Counter)
    begins: str = "09:00"
    place: str = ""
    trainer: str = ""
    who: list[Entry] = field(default_factory=list)
    halves: tuple[HalfDay, ...] = ()
    parts: dict[Half, Counter[int]] = field(default_factory=dict)


@dataclass
class Found:
    """Every session of a file."""

    sessions: dict[tuple[str, dt.date], Session] = field(default_factory=dict)
    rows: int = 0
    told: bool = False  # the file says who was present
    organisers: list[str] = field(default_factory=list)


def who_of(row: Row, cells: Cells) -> Who:
    """The person a row names."""
    name, first = cells.line(row, "name"), cells.line(row, "first_name")
    if not cells.has("first_name"):
        first, name = split_name(name)
    return Who(row.line, cells.line(row, "external_id"), cells.line(row, "email"), name, first)


def split_name(text: str) -> tuple[str, str]:
    """(first name, last name): `DUPONT Jeanne`, `Dupont, Jeanne`, `Jeanne Dupont`."""
    text = re.sub(r"\s*\([^)]*\)", "", text).strip()  # Teams: (Guest), (External)
    last, comma, first = text.partition(",")
    if comma:
        return first.strip(), last.strip()
    words = text.split()
    capitals = [word for word in words if len(word) > 1 and word.isupper()]
    if capitals and len(capitals) < len(words):
        return " ".join(w for w in words if w not in capitals), " ".join(capitals)
    return (words[0], " ".join(words[1:])) if len(words) > 1 else ("", text)


def connected(spans: Iterable[Span], half: HalfDay) -> float:
    """Minutes of a half-day somebody was connected."""
    midnight = dt.datetime.combine(half.day, dt.time())
    first = midnight + dt.timedelta(minutes=half.starts_at)
    last = midnight + dt.timedelta(minutes=half.starts_at + half.minutes)
    seconds = sum(
        max((min(end, last) - max(begin, first)).total_seconds(), 0) for begin, end in spans
    )
    return seconds / 60


def was_there(spans: Iterable[Span], half: HalfDay) -> bool:
    """Whether somebody was connected long enough to have been at a half-day."""
    return connected(spans, half) >= min(ENOUGH, half.minutes / 2)
