"""What exports of use come to: days of login, records by day and object, and what was left out.

A user, a day and an object are one whole number: the ordinal of the day, 20 bits of the user's
number, 16 bits of the object's (0 is the login itself). Nothing else of a row is kept.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import field

from crm_pilot.adoption.facts import UPDATED as UPDATED
from crm_pilot.adoption.facts import kind_of
from crm_pilot.adoption.terms import ObjectKind
from crm_pilot.errors import UserError
from crm_pilot.exchange.local_days import DAY
from crm_pilot.folding import folded
from crm_pilot.i18n import N_
from crm_pilot.records import dataclass

USER = 16
MOST_USERS, MOST_OBJECTS = 1 << (DAY - USER), 1 << USER
BLANK = -1 << 60  # nobody: makes any key of the row negative
MOST_RECORDS = UPDATED - 1  # created or updated, of a user, a day and an object
# Words of these kinds are names of one object, whatever the product calls it
_ONE = frozenset({ObjectKind.ACCOUNT, ObjectKind.CONTACT, ObjectKind.LEAD, ObjectKind.OPPORTUNITY,
                  ObjectKind.QUOTE, ObjectKind.CASE})  # fmt: skip


def short_id(text: str) -> str:
    """First 15 of the 15 or 18 characters of a Salesforce id; other texts without case."""
    text = text.strip()
    if len(text) in (15, 18) and text.isalnum() and text.startswith("005"):
        return text[:15]
    return text.casefold()


class Users(dict[str, int]):
    """User as written → its shifted number; several ways to write one user share a number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.names: list[str] = []

    def __missing__(self, written: str) -> int:
        key = short_id(written)
        if not key:
            return BLANK
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self.names)
            if number >= MOST_USERS:
                raise UserError(
                    N_("The column of users names more than {n} of them: it is another column."),
                    n=MOST_USERS,
                )
            self.names.append(written.strip())
        elif len(written) > len(self.names[number]):
            self.names[number] = written.strip()  # 18 characters rather than 15
        if len(self) > MOST_USERS:
            self.clear()
        value = self[written] = number << USER
        return value


def object_key(name: str) -> str:
    """By what an object is known again: its kind where names of a kind are one object, or its
    name without case and accents."""
    kind = kind_of(name)
    return f"@{kind}" if kind in _ONE else folded(name).strip()


class Objects(dict[str, int]):
    """Object as written → its number, from 1; blank is 0. `known`: objects of the project."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known
        self._numbers: dict[str, int] = {}
        self.names: list[str] = [""]

    def __missing__(self, written: str) -> int:
        plain = " ".join(written.split())
        key = object_key(plain)
        number = self._numbers.get(key, 0)
        if plain and not number:
            number = self._numbers[key] = len(self.names)
            if number >= MOST_OBJECTS:
                raise UserError(
                    N_("The column of objects names more than {n} of them: it is another column."),
                    n=MOST_OBJECTS,
                )
            self.names.append(self._known.get(key, plain))
        self[written] = number
        return number


@dataclass
class Found:
    """What a file, or several, came to."""

    users: Users
    objects: Objects
    rows: int = 0
    kept: int = 0
    past: int = 0  # rows of days that are no longer kept one by one
    footers: int = 0  # totals and notes of a report
    logins: set[int] = field(default_factory=set)  # with object 0
    actions: dict[int, int] = field(default_factory=dict)  # → created + updated × UPDATED
    owned: Counter[tuple[int, int, int]] = field(default_factory=Counter)  # month, owner, by
    skipped: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    counted: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    untyped: bool = False  # logins without a type: those of interfaces cannot be told

    def take(self, other: Found) -> None:
        """Take over what another file came to. What both files show of a day counts once, with
        the larger number of records of the two: exports of several months overlap."""
        self.rows += other.rows
        self.kept += other.kept
        self.past += other.past
        self.footers += other.footers
        self.untyped = self.untyped or other.untyped
        self.logins |= other.logins
        for mine, theirs in ((self.skipped, other.skipped), (self.counted, other.counted)):
            for reason, words in theirs.items():
                mine[reason].update(words)
        if self.actions:
            for place, count in other.actions.items():
                self.actions[place] = _larger(self.actions.get(place, 0), count)
        else:
            self.actions = other.actions
        for key, count in other.owned.items():
            self.owned[key] = max(self.owned[key], count)

    @property
    def span(self) -> tuple[dt.date | None, dt.date | None]:
        """First and last day of anything."""
        ends = [end(keys) for keys in (self.logins, self.actions) if keys for end in (min, max)]
        if not ends:
            return None, None
        days = [dt.date.fromordinal(key >> DAY) for key in ends]
        return min(days), max(days)

    @property
    def left_out(self) -> int:
        """Rows that do not count, for whatever reason."""
        return sum(sum(words.values()) for words in self.skipped.values()) + self.past

    def days(self) -> dict[int, array[int]]:
        """User number → ordinals of the days of login, in order."""
        found: dict[int, array[int]] = defaultdict(lambda: array("l"))
        for key in sorted(self.logins):
            found[user_of(key)].append(key >> DAY)
        return dict(found)


def user_of(key: int) -> int:
    """The number of the user in a key."""
    return key >> USER & MOST_USERS - 1


def object_of(key: int) -> int:
    """The number of the object in a key."""
    return key & MOST_OBJECTS - 1


def _larger(one: int, other: int) -> int:
    created = max(one % UPDATED, other % UPDATED)
    return created + max(one // UPDATED, other // UPDATED) * UPDATED
