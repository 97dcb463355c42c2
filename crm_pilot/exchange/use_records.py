"""Exports of records: who created each and when, who changed it last and when, whose it is.

The last change of a record is one update on that day; earlier changes left no trace in such an
export. A record that was changed by its creator at the moment of its creation was not updated.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from crm_pilot.adoption.facts import month_of
from crm_pilot.exchange.local_days import DAY, LocalDays
from crm_pilot.exchange.log_scan import LineOf, Wanted
from crm_pilot.exchange.use_found import UPDATED, Found, user_of
from crm_pilot.exchange.use_takers import FILLED, LOW, Naming, is_total, name_bad

CREATED_BY, CREATED_ON = "created_by", "created_on"
MODIFIED_BY, MODIFIED_ON = "modified_by", "modified_on"
NAMES = (CREATED_BY, CREATED_ON, MODIFIED_BY, MODIFIED_ON, "owner", "object")


class RecordTaker:
    """One row a record."""

    def __init__(self, found: Found, days: LocalDays, naming: Naming, default: str) -> None:
        """`default`: the object of rows that do not name one."""
        self.found = found
        self.days = days
        self.naming = naming
        self._default = found.objects[default] if default else 0
        self._there = tuple(name for name in NAMES if name in naming.places)
        self.columns = tuple(naming.places[name] for name in self._there)
        self._missing = tuple(name for name in NAMES if name not in naming.places)

    def take(self, rows: list[Wanted], line_of: LineOf) -> None:
        """Add the records of one block of rows."""
        if not rows:
            return
        cells = dict(zip(self._there, zip(*rows, strict=True), strict=True))
        for name in self._missing:
            cells[name] = ("",) * len(rows)
        users, days = self.found.users, self.days
        made = zip(map(users.__getitem__, cells[CREATED_BY]), days.of(cells[CREATED_ON]),
                   strict=True)  # fmt: skip
        changed = zip(map(users.__getitem__, cells[MODIFIED_BY]), days.of(cells[MODIFIED_ON]),
                      strict=True)  # fmt: skip
        texts = zip(*(cells[name] for name in NAMES), strict=True)
        for number, (row, one, other) in enumerate(zip(texts, made, changed, strict=True)):
            if one[0] >= 0 and one[1] >= LOW and other[0] >= 0 and other[1] >= LOW:
                self._add(row, one[0] + one[1], other[0] + other[1])
            else:
                self._take_odd(row, one, other, line_of(number))

    def _add(self, row: Wanted, made: int, changed: int) -> None:
        """Add a record; a key of 0 is left out."""
        self.found.rows += 1
        self.found.kept += 1
        number = self.found.objects[row[5]] or self._default
        actions = self.found.actions
        if made:
            actions[made + number] = actions.get(made + number, 0) + 1
            if row[4]:
                self._add_owner(row[4], made)
        if changed and not (made and row[3] == row[1] and user_of(made) == user_of(changed)):
            actions[changed + number] = actions.get(changed + number, 0) + UPDATED

    def _add_owner(self, owner: str, made: int) -> None:
        key = self.found.users[owner]
        if key >= 0 and user_of(key) != user_of(made):
            self.found.owned[month(made >> DAY), user_of(key), user_of(made)] += 1

    def _take_odd(
        self, row: Wanted, made: tuple[int, int], changed: tuple[int, int], line: int
    ) -> None:
        """A record that lacks something: a day or a user alone is a mistake, both are not, as
        long as something is left."""
        if all(is_total(row[n], row[n + 1]) for n in (0, 2)):
            self.found.footers += 1
            return
        errors, past = self.naming.problems.errors, self.found.past
        keys = [self._key(row, 0, *made, line), self._key(row, 2, *changed, line)]
        if any(keys):
            self.found.past = past
            self._add(row, keys[0], keys[1])
            return
        self.found.rows += 1
        self.found.past = min(self.found.past, past + 1)
        if self.naming.problems.errors == errors and self.found.past == past:
            name = CREATED_BY if CREATED_BY in self.naming.places else MODIFIED_BY
            self.naming.error(line, name, "", FILLED)

    def _key(self, row: Wanted, at: int, user: int, day: int, line: int) -> int:
        """User and day as a key; 0 when there is none, noting what is wrong."""
        who, when = row[at], row[at + 1]
        there = {NAMES[at], NAMES[at + 1]} <= self.naming.places.keys()
        if not there or not (who.strip() or when.strip()):
            return 0
        if user < 0 or day < LOW:
            fields = (NAMES[at], NAMES[at + 1])
            name_bad(self.found, self.naming, line, user=who, moment=when, day=day, fields=fields)
            return 0
        return user + day

    def finish(self) -> Found:
        """What the file came to."""
        return self.found


@lru_cache(maxsize=8192)
def month(ordinal: int) -> int:
    """The month of a day, 202611."""
    return month_of(dt.date.fromordinal(ordinal))
