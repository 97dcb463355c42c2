"""Reads the rows of a list of stakeholders: what each says of a unit, its rating and its ties."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache
from typing import Any

from crm_pilot.exchange.columns import Cells, Setting
from crm_pilot.exchange.own_stakeholders import wrong_day
from crm_pilot.exchange.plan import Problems, Watch
from crm_pilot.exchange.reading import Row, Table
from crm_pilot.exchange.stakeholder_formats import (
    INFLUENCES,
    KINDS,
    TRIOS,
    Axis,
    read_headcount,
    read_level,
    read_position,
    read_word,
)
from crm_pilot.exchange.stakeholder_known import Departments
from crm_pilot.i18n import Message, Translator, msg, nmsg
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.terms import ANTAGONISM, SYNERGY, TRIO, TieKind, UnitKind
from crm_pilot.stakeholders.wording import CATEGORIES, delicate
from crm_pilot.stakeholders.zones import PROVISIONAL_CELLS

TEXTS = ("note", "role", "fact")
PERSONAL = ("first_name", "external_id", "email")  # columns that only people have
TIES = {  # by field: the kind, and whether the row is the one that influences or reports
    "reports_to": (TieKind.REPORTS_TO, True),
    "influences": (TieKind.INFLUENCES, True),
    "influenced_by": (TieKind.INFLUENCES, False),
}
_SEVERAL = re.compile(r"\s*[;|\n]\s*")
_delicate = lru_cache(maxsize=2048)(delicate)  # lists repeat the same facts; each search is long


@dataclass(frozen=True)
class RatingSaid:
    """A rating as the file says it."""

    rated_on: dt.date
    synergy: int
    antagonism: int
    fact: str
    author: str
    provisional: bool


@dataclass
class Said:
    """One row: texts by field, values that were read, and where it stands."""

    line: int
    kind: UnitKind
    kind_said: bool
    name: str
    texts: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)  # columns of the map; only what is said
    rating: RatingSaid | None = None
    ties: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)  # field, whom


class Reading:
    """Reads one table. `start`: the first day of the project."""

    def __init__(
        self, cells: Cells, setting: Setting, problems: Problems, start: dt.date | None
    ) -> None:
        self._cells, self._problems = cells, problems
        self._today, self._start = setting.today, start
        self._shown = Translator(setting.language)

    def rows(self, table: Table, watch: Watch) -> list[Said]:
        """Every row that says a name."""
        found = []
        for count, row in enumerate(table.rows):
            if not count % 200:
                watch.at(count, len(table.rows))
            said = self._row(row)
            if said is not None:
                found.append(said)
        self._note_silence(table, found)
        return found

    def _note_silence(self, table: Table, found: list[Said]) -> None:
        """Say once what every row leaves open."""
        if any(said.rating for said in found) and not self._cells.has("rated_on"):
            message = msg("no column for the day of the ratings: they are dated today")
            self._problems.warn(table.header_line, "", "", message)
        groups = any(said.kind == UnitKind.GROUP for said in found)
        if groups and not self._cells.has("headcount"):
            message = msg("no column for the headcount: each group counts as one person")
            self._problems.warn(table.header_line, "", "", message)

    def _wrong(self, row: Row, name: str, message: Message, text: str = "") -> None:
        self._problems.error(row.line, self._cells.mapping.get(name, ""), text, message)

    def _accepted(self, row: Row, name: str, text: str, words: list[str]) -> None:
        known = ", ".join(words)
        self._wrong(row, name, msg("not known here; accepted: {words}", words=known), text)

    def _row(self, row: Row) -> Said | None:
        cells = self._cells
        texts = {name: cells.line(row, name) for name in cells.mapping}
        for name in ("note", "role"):
            if name in texts:
                texts[name] = cells.block(row, name)
        name = f"{texts.get('first_name', '')} {texts.get('name', '')}".strip()
        if not name:
            self._wrong(row, "name", msg("must be filled"))
            return None
        size = self._headcount(row, texts)
        kind, told = self._kind(row, texts, size)
        said = Said(row.line, kind, told, name, texts)
        self._values(row, said, size)
        said.rating = self._rating(row, texts)
        for field_name in TIES:
            whom = tuple(text for text in _SEVERAL.split(cells.block(row, field_name)) if text)
            if whom:
                said.ties.append((field_name, whom))
        self._warn_of_words(row, texts)
        return said

    # the unit ------------------------------------------------------------------------------

    def _kind(self, row: Row, texts: Mapping[str, str], size: int | None) -> tuple[UnitKind, bool]:
        text = texts.get("kind", "")
        if text:
            kind = read_word(text, KINDS)
            if kind is not None:
                return kind, True
            self._accepted(row, "kind", text, [self._shown.tr("Group"), self._shown.tr("Person")])
        if size is not None and size > 1:
            return UnitKind.GROUP, True
        filled = any(texts.get(name) for name in PERSONAL)
        return (UnitKind.PERSON, True) if filled else (UnitKind.GROUP, False)

    def _headcount(self, row: Row, texts: Mapping[str, str]) -> int | None:
        text = texts.get("headcount", "")
        size = read_headcount(text) if text else None
        if text and size is None:
            self._wrong(row, "headcount", msg("not a whole number from {low} on", low=1), text)
        return size

    def _values(self, row: Row, said: Said, size: int | None) -> None:
        texts, values = said.texts, said.values
        if said.kind == UnitKind.GROUP and size is not None:
            values["headcount"] = size
        if texts.get("influence"):
            values["influence"] = read_word(texts["influence"], INFLUENCES)
            if values["influence"] is None:
                del values["influence"]
                words = [self._shown.tr(word) for word in ("Low", "Medium", "High")]
                self._accepted(row, "influence", texts["influence"], [*words, "1, 2, 3"])
        for name in ("note", "role"):
            if texts.get(name):
                values[name] = texts[name]
        self._target(row, texts, values)

    def _target(self, row: Row, texts: Mapping[str, str], values: dict[str, Any]) -> None:
        levels = {}
        for axis in Axis:
            name = f"target_{axis}"
            if texts.get(name):
                levels[name] = self._level(row, name, texts[name], axis)
        day = self._cells.day(row, "target_date", self._problems)
        if len(levels) == 1 or (day is not None and not levels):
            name = next(iter(levels), "target_date")
            message = msg("a target needs both levels, synergy and antagonism")
            self._wrong(row, name, message, texts.get(name, ""))
        elif levels and None not in levels.values():
            values |= levels | ({} if day is None else {"target_date": day})

    def _warn_of_words(self, row: Row, texts: Mapping[str, str]) -> None:
        for name in TEXTS:
            for finding in _delicate(texts.get(name, "")):
                self._problems.warn(
                    row.line,
                    self._cells.mapping[name],
                    finding.word,
                    msg(
                        "this word does not belong beside a position ({category}); write what was"
                        " seen or said",
                        category=Message(CATEGORIES[finding.category]),
                    ),
                )

    # the rating ----------------------------------------------------------------------------

    def _level(self, row: Row, name: str, text: str, axis: Axis) -> int | None:
        level = read_level(text, axis)
        if level is None:
            names = SYNERGY if axis is Axis.SYNERGY else ANTAGONISM
            words = ", ".join(["1, 2, 3, 4", *(self._shown.tr(word) for word in names.values())])
            self._wrong(
                row, name, msg("no level from 1 to 4; accepted: {words}", words=words), text
            )
        return level

    def _rating(self, row: Row, texts: Mapping[str, str]) -> RatingSaid | None:
        placed = self._position(row, texts)
        fact = self._cells.block(row, "fact")
        if placed is None:
            if fact and not any(texts.get(name) for name in (*Axis, "position", "trio")):
                column = self._cells.mapping["fact"]
                message = msg("a fact without a rating is left out")
                self._problems.warn(row.line, column, fact, message)
            return None
        synergy, antagonism, provisional = placed
        day = self._day(row)
        if not fact:
            message = msg("a rating needs an observed fact: what was said or done")
            self._wrong(row, "fact", message)
        if not fact or day is None:
            return None
        author = texts.get("author", "")
        return RatingSaid(day, synergy, antagonism, fact, author, provisional)

    def _position(self, row: Row, texts: Mapping[str, str]) -> tuple[int, int, bool] | None:
        """Both levels, and whether they are to be refined; None without, or when noted as wrong."""
        said = {axis: texts[axis] for axis in Axis if texts.get(axis)}
        if said:
            levels = [self._level(row, axis, text, axis) for axis, text in said.items()]
            if len(said) == 1:
                (axis,) = said
                message = msg("synergy and antagonism go together: the other one is missing")
                self._wrong(row, axis, message, said[axis])
                return None
            return None if None in levels else (levels[0] or 0, levels[1] or 0, False)
        if texts.get("position"):
            both = read_position(texts["position"])
            if both is None:
                accepted = ["3/2", "+3/-2", "S3 A2"]
                self._accepted(row, "position", texts["position"], accepted)
            return None if both is None else (*both, False)
        if texts.get("trio"):
            trio = read_word(texts["trio"], TRIOS)
            if trio is None:
                words = [self._shown.tr(word) for word in TRIO.values()]
                self._accepted(row, "trio", texts["trio"], words)
                return None
            return (*PROVISIONAL_CELLS[trio], True)
        return None

    def _day(self, row: Row) -> dt.date | None:
        if not self._cells.has("rated_on"):
            return self._today
        text = self._cells.raw(row, "rated_on")
        if not text:
            self._wrong(row, "rated_on", msg("a rating needs its day"))
            return None
        day = self._cells.day(row, "rated_on", self._problems)
        message = None if day is None else wrong_day(day, self._today, self._start)
        if message is not None:
            self._wrong(row, "rated_on", message, text)
        return None if message is not None else day


def grouped(found: list[Said], places: Departments, cells: Cells, problems: Problems) -> list[Said]:
    """One group for each department, as large as the rows that name it; what they say of single
    people is left out."""
    made: dict[int | str, Said] = {}
    left_out = 0
    for said in found:
        text = said.texts.get("department", "")
        if not text:
            left_out += 1
            continue
        place = places.find(text)
        name = places.names[place] if isinstance(place, int) else text
        new = Said(said.line, UnitKind.GROUP, True, name, {"department": text}, {"headcount": 0})
        group = made.setdefault(place if isinstance(place, int) else text, new)
        group.values["headcount"] += 1
    if left_out:
        column = cells.mapping.get("department", "")
        message = nmsg(
            "{n} row without a department is in no group",
            "{n} rows without a department are in no group",
            left_out,
        )
        problems.warn(0, column, "", message)
    return list(made.values())
