"""Turns the rows of an export into user-days and counts of records, a block at a time.

The loops run inside the interpreter's own functions where they can: this is where the time goes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import compress
from operator import add

from crm_pilot.exchange.local_days import DAY, PAST, LocalDays
from crm_pilot.exchange.log_scan import LineOf, Wanted, is_note
from crm_pilot.exchange.plan import Problems
from crm_pilot.exchange.use_found import MOST_RECORDS, UPDATED, Found
from crm_pilot.exchange.use_verdicts import Verdict, What
from crm_pilot.i18n import Message, msg

LOW = 2 << DAY  # keys below: no date, or a day that is past
NO_DATE: Message = msg(
    "no date that can be read; accepted are dates such as {samples}",
    samples="2026-03-12T09:41:00Z, 2026-03-12, 12/03/2026 16:24",
)
FILLED = msg("must be filled")
OUT, LOGIN = 0, 1  # codes; above: number of the object × 2, and 1 when it was updated
Decide = Callable[[Mapping[str, str]], Verdict]


class Naming:
    """Where wanted columns are and how problems name them. `places`: field → column."""

    def __init__(
        self, headers: Sequence[str], places: Mapping[str, int], problems: Problems
    ) -> None:
        self.places = dict(places)
        self.problems = problems
        self._headers = headers

    def error(self, line: int, name: str, value: str, message: Message) -> None:
        """A problem in the column of a field."""
        self.problems.error(line, self._headers[self.places[name]], value, message)


class EventTaker:
    """One row a login or an action: user, moment, and words that tell what it is."""

    def __init__(
        self,
        found: Found,
        days: LocalDays,
        naming: Naming,
        words: Sequence[str],
        decide: Decide,
        telling: Sequence[str] = (),
    ) -> None:
        """`words`: the columns that tell what a row is; `telling`: what `decide` is asked with,
        where that differs."""
        self.found = found
        self.days = days
        self.naming = naming
        self.columns = tuple(naming.places[name] for name in ("user", "moment", *words))
        self.codes = _Codes(tuple(telling or words), decide, found)
        self.kinds: Counter[tuple[str, ...]] = Counter()
        self.records: Counter[int] = Counter()
        self._blank = ("",) * len(telling or words)

    def take(self, rows: list[Wanted], line_of: LineOf) -> None:
        """Count one block of rows and add its user-days and records."""
        if not rows:
            return
        users, moments, *words = zip(*rows, strict=True)
        kinds: list[Wanted] = self._kinds(words) if words else [()] * len(rows)
        met = Counter(kinds)
        codes = list(map(self.codes.__getitem__, kinds))
        numbers = map(self.found.users.__getitem__, users)
        keys = list(map(add, numbers, self.days.of(moments)))
        counting = keys if all(map(self.codes.__getitem__, met)) else compress(keys, codes)
        if min(counting, default=LOW) < LOW or (words and self._blank in met):
            rows, kinds, codes, keys = self._without_bad(rows, kinds, line_of)
            met = Counter(kinds)
        self.found.rows += len(rows)
        self.kinds.update(met)
        present = {self.codes[kind] for kind in met}
        if max(present, default=OUT) <= LOGIN:
            self.found.logins.update(compress(keys, codes))
        else:
            self._add_records(keys, codes, present)

    def _kinds(self, words: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        """The words of each row."""
        return list(zip(*words, strict=True))

    def _add_records(
        self, keys: Sequence[int], codes: Sequence[int], present: Collection[int]
    ) -> None:
        """A record is counted under twice its key and its code together, so that C can add up."""
        counted = map(add, map(add, keys, keys), codes)
        if min(present) > LOGIN:
            self.records.update(counted)
            return
        self.records.update(compress(counted, [code > LOGIN for code in codes]))
        self.found.logins.update(compress(keys, [code == LOGIN for code in codes]))

    def _without_bad(
        self, rows: list[Wanted], kinds: list[tuple[str, ...]], line_of: LineOf
    ) -> tuple[list[Wanted], list[tuple[str, ...]], list[int], list[int]]:
        """The rows that can be counted: without those of days past, totals, and mistakes, which
        are named by their lines."""
        kept: list[tuple[Wanted, tuple[str, ...], int, int]] = []
        for number, (row, kind) in enumerate(zip(rows, kinds, strict=True)):
            code = self.codes[kind]
            day = self.days.one(row[1])
            if (code or kind == self._blank) and is_total(row[0], row[1], row[2:]):
                self.found.footers += any(cell.strip() for cell in row)
                continue
            if code and (day < LOW or not row[0].strip()):
                self.found.rows += 1
                self._name_bad(row, day, line_of(number))
                continue
            kept.append((row, kind, code, self.found.users[row[0]] + day))
        taken = [list(part) for part in zip(*kept, strict=True)] or [[], [], [], []]
        return taken[0], taken[1], taken[2], taken[3]

    def _name_bad(self, row: Wanted, day: int, line: int) -> None:
        name_bad(self.found, self.naming, line, user=row[0], moment=row[1], day=day)

    def finish(self) -> Found:
        """What the file came to, rows left out counted by reason."""
        actions = self.found.actions
        for twice, count in self.records.items():
            place = twice >> 1
            actions[place] = actions.get(place, 0) + (count * UPDATED if twice & 1 else count)
        self.records.clear()
        for kind, count in self.kinds.items():
            verdict = self.codes.verdicts[kind]
            if verdict.what is What.OUT:
                self.found.skipped[verdict.reason][verdict.word.strip()] += count
                continue
            self.found.kept += count
            for aspect, word in verdict.met:
                self.found.counted[aspect][word.strip()] += count
        return self.found


class _Codes(dict[tuple[str, ...], int]):
    """The telling words of a row → its code; each distinct row of words is judged once."""

    def __init__(self, words: tuple[str, ...], decide: Decide, found: Found) -> None:
        self._words = words
        self._decide = decide
        self._found = found
        self.verdicts: dict[tuple[str, ...], Verdict] = {}

    def __missing__(self, kind: tuple[str, ...]) -> int:
        verdict = self._decide(dict(zip(self._words, kind, strict=True)))
        if verdict.what is What.OUT or verdict.what is What.LOGIN:
            code = OUT if verdict.what is What.OUT else LOGIN
        else:
            number = self._found.objects[verdict.object]
            code = number << 1 | (verdict.what is What.UPDATED)
            if not number:
                verdict = Verdict(What.OUT, reason="operation", word=f"{verdict.what} –")
                code = OUT
        self.verdicts[kind] = verdict
        self[kind] = code
        return code


class CountTaker:
    """One row a user, a day and perhaps an object, with counts."""

    def __init__(
        self, found: Found, days: LocalDays, naming: Naming, default: str, *, logins: bool
    ) -> None:
        """`default`: the object of every row where rows do not name one; `logins`: whether a row
        is a login day unless it says not."""
        self.found = found
        self.days = days
        self.naming = naming
        self._object = found.objects[default] if default else 0
        self._names = ["user", "moment"]
        self._names += [n for n in ("object", "created", "updated", "days") if n in naming.places]
        self.columns = tuple(naming.places[name] for name in self._names)
        self._records = _Records()
        self._logins = _Flags(default=logins)

    def take(self, rows: list[Wanted], line_of: LineOf) -> None:
        """Add the user-days and counts of one block of rows."""
        if not rows:
            return
        cells = dict(zip(self._names, zip(*rows, strict=True), strict=True))
        blank = ("",) * len(rows)
        numbers = map(self.found.users.__getitem__, cells["user"])
        keys = list(map(add, numbers, self.days.of(cells["moment"])))
        pairs = zip(cells.get("created", blank), cells.get("updated", blank), strict=True)
        counts = list(map(self._records.__getitem__, pairs))
        flags = list(map(self._logins.__getitem__, cells.get("days", blank)))
        if min(keys) < LOW or min(counts) < 0 or min(flags) < 0:
            self._take_slowly(rows, line_of)
            return
        self.found.rows += len(rows)
        self.found.kept += len(rows)
        self.found.logins.update(compress(keys, flags))
        self._add(map(add, keys, self._objects(cells, len(rows))), counts)

    def _objects(self, cells: Mapping[str, Sequence[str]], count: int) -> Sequence[int]:
        if "object" not in cells:
            return [self._object] * count
        return list(map(self.found.objects.__getitem__, cells["object"]))

    def _add(self, places: object, counts: Sequence[int]) -> None:
        actions = self.found.actions
        for place, count in zip(places, counts, strict=True):  # type: ignore[call-overload]
            if count and place & 0xFFFF:
                if place in actions:
                    count += actions[place]
                actions[place] = count

    def _take_slowly(self, rows: list[Wanted], line_of: LineOf) -> None:
        """Row by row, naming what is wrong by its line."""
        for number, row in enumerate(rows):
            cells = dict(zip(self._names, row, strict=True))
            day = self.days.one(cells["moment"])
            if is_total(row[0], row[1], row[2:]):
                self.found.footers += any(cell.strip() for cell in row)
                continue
            self.found.rows += 1
            if day < LOW or not cells["user"].strip():
                name_bad(self.found, self.naming, line_of(number), user=cells["user"],
                         moment=cells["moment"], day=day)  # fmt: skip
                continue
            self._take_row(cells, day, line_of(number))

    def _take_row(self, cells: Mapping[str, str], day: int, line: int) -> None:
        flag = self._logins[cells.get("days", "")]
        count = self._records[cells.get("created", ""), cells.get("updated", "")]
        if flag < 0:
            self._name_days(cells["days"], line)
        if count < 0:
            for name in ("created", "updated"):
                if cells.get(name) and _number(cells[name]) < 0:
                    self.naming.error(line, name, cells[name], msg("a whole number is needed"))
        if flag < 0 or count < 0:
            return
        key = self.found.users[cells["user"]] + day
        self.found.kept += 1
        if flag:
            self.found.logins.add(key)
        number = self.found.objects[cells["object"]] if "object" in cells else self._object
        self._add([key + number], [count])

    def _name_days(self, value: str, line: int) -> None:
        if _number(value) > 1:
            message = msg(
                "a count of several days cannot be placed on its days: give one row a user and"
                " day, with 0 or 1; or leave the column out, or import the file as actions"
            )
        else:
            message = msg("a row is one user and one day; accepted are 0 and 1")
        self.naming.error(line, "days", value, message)

    def finish(self) -> Found:
        """What the file came to."""
        return self.found


class _Records(dict[tuple[str, str], int]):
    """Created and updated as written → both counts as one number; −1 for what is no number."""

    def __missing__(self, cells: tuple[str, str]) -> int:
        created, updated = map(_number, cells)
        wrong = created < 0 or updated < 0
        value = self[cells] = -1 if wrong else created + updated * UPDATED
        return value


class _Flags(dict[str, int]):
    """Login days of a row as written → 0 or 1; −1 for anything else."""

    def __init__(self, *, default: bool) -> None:
        self._default = int(default)

    def __missing__(self, cell: str) -> int:
        value = _number(cell) if cell.strip() else self._default
        self[cell] = value if value in (0, 1) else -1
        return self[cell]


def _number(text: str) -> int:
    """A whole number as exports write it; blank is 0, −1 is none."""
    plain = text.strip()
    if plain.endswith((".0", ",0")):
        plain = plain[:-2]
    if not plain:
        return 0
    value = int(plain) if plain.isascii() and plain.isdecimal() and len(plain) < 9 else -1
    return value if value <= MOST_RECORDS else -1


def is_total(user: str, moment: str, others: Sequence[str] = ()) -> bool:
    """Whether a row is a total or a blank line of a report rather than a login."""
    if moment.strip():
        return False
    if user.strip():
        return is_note([user]) or _is_sum(user)
    return not any(cell.strip().strip("0123456789.,") for cell in others)


def _is_sum(user: str) -> bool:
    words = user.casefold().replace("-", " ").split()
    return bool(words) and words[0] in ("total", "totaux", "subtotal", "sous", "sub", "count")


def name_bad(
    found: Found, naming: Naming, line: int, *, user: str, moment: str, day: int,
    fields: tuple[str, str] = ("user", "moment"),
) -> None:  # fmt: skip
    """Take note of a row without a user, without a day, or of a day that is past."""
    if not user.strip():
        naming.error(line, fields[0], "", FILLED)
    if not moment.strip():
        naming.error(line, fields[1], "", FILLED)
    elif day < PAST:
        naming.error(line, fields[1], moment, NO_DATE)
    elif day == PAST and user.strip():
        found.past += 1
