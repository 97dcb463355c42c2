"""Compares a list of stakeholders with the map: what is new or changed of units, ratings, ties."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from crm_pilot.exchange.columns import Cells
from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.plan import Changes, Problems
from crm_pilot.exchange.stakeholder_apply import KNOWN, ImportStakeholders
from crm_pilot.exchange.stakeholder_known import (
    Departments,
    Keys,
    accepted,
    people,
    units,
)
from crm_pilot.exchange.stakeholder_rows import TIES, RatingSaid, Said
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.terms import UnitKind
from crm_pilot.store.reader import Reader

BARE: dict[str, Any] = {  # columns of a new unit that the file may fill
    "code": "",
    "department_id": None,
    "person_id": None,
    "profile_id": None,
    "owner_id": None,
    "headcount": 1,
    "influence": 2,
    "target_synergy": None,
    "target_antagonism": None,
    "target_date": None,
    "role": "",
    "note": "",
}


@dataclass
class _Unit:
    """A unit that the file speaks of, perhaps in several rows."""

    key: int  # negative: new
    kind: UnitKind
    line: int
    sure: bool  # known by more than the name of a person
    values: dict[str, Any]
    said: dict[str, tuple[int, str]] = field(default_factory=dict)  # field → line, text
    days: set[dt.date] = field(default_factory=set)


class Comparison:
    """The rows of a file beside the map."""

    def __init__(
        self, reader: Reader, cells: Cells, problems: Problems, *, create: bool = False
    ) -> None:
        self._reader, self._cells, self._problems = reader, cells, problems
        self.places = Departments(reader, create=create)
        self._people, self._map = people(reader), units(reader)
        self._profiles = {normal(n): k for k, n in reader.select("SELECT id, name FROM profile")}
        self.persons: list[dict[str, Any]] = []
        self._of_person = dict(
            reader.select("SELECT person_id, id FROM stakeholder WHERE person_id IS NOT NULL")
        )
        self.units: dict[int, _Unit] = {}
        self.ratings: list[dict[str, Any]] = []
        self.ties: list[dict[str, Any]] = []
        self.touched: set[int] = set()

    def run(self, found: list[Said]) -> None:
        """Find every row's unit, then what its ratings and ties refer to."""
        rows = [(said, unit) for said in found if (unit := self._unit(said)) is not None]
        known = {
            (key, dt.date.fromisoformat(day), *rest)
            for key, day, *rest in self._reader.select(
                "SELECT stakeholder_id, rated_on, synergy, antagonism, fact FROM rating"
            )
        }
        tied = set(self._reader.select("SELECT from_id, to_id, kind FROM stakeholder_tie"))
        for said, unit in rows:
            self._owner(said, unit)
            if said.rating is not None:
                self._rate(unit, said.rating, known)
            self._tie(said, unit, tied)

    def _wrong(self, said: Said, name: str, message: Message, text: str = "") -> None:
        column = self._cells.mapping.get(name, "")
        self._problems.error(said.line, column, text or said.texts.get(name, ""), message)

    # the unit of a row ---------------------------------------------------------------------

    def _unit(self, said: Said) -> _Unit | None:
        place = self._place(said)
        keys = self._keys(said, place)
        found = self._find(said, keys)
        if len(found) > 1:
            message = msg(
                "{n} stakeholders have this name: give the code, or the department", n=len(found)
            )
            self._wrong(said, "name", message, said.name)
            return None
        if found and found[0] in self.units:
            return self._again(said, self.units[found[0]], place)
        key = found[0] if found else -1 - sum(key < 0 for key in self.units)
        if key > 0 and not self._same_kind(said, key):
            return None
        sure = said.kind == UnitKind.GROUP or bool(keys.sure)
        unit = self.units[key] = _Unit(key, said.kind, said.line, sure, dict(said.values))
        unit.said = {name: (said.line, text) for name, text in said.texts.items() if text}
        if said.rating is not None:
            unit.days.add(said.rating.rated_on)
        self._fill(said, unit, place, keys)
        self._map.note(key, keys, said.line)
        return unit

    def _keys(self, said: Said, place: int | None) -> Keys:
        person = said.kind == UnitKind.PERSON
        texts = {n: said.texts.get(n, "") if person else "" for n in ("external_id", "email")}
        code = said.texts.get("code", "")
        return Keys(said.kind, said.name, code, texts["external_id"], texts["email"], place)

    def _find(self, said: Said, keys: Keys) -> tuple[int, ...]:
        found = self._map.find(keys)
        if not found and not said.kind_said:  # perhaps a person, where nothing says so
            other = Keys(UnitKind.PERSON, keys.name, keys.code)
            if self._map.find(other):
                said.kind = UnitKind.PERSON
                found = self._map.find(other)
        if not found and said.kind == UnitKind.PERSON:
            found = tuple(
                self._of_person[key] for key in self._people.find(keys) if key in self._of_person
            )
        return found

    def _same_kind(self, said: Said, key: int) -> bool:
        kind = self._stored(key, "kind")
        if kind == said.kind:
            return True
        name = "code" if said.texts.get("code") else "name"
        group = msg("this is a group on the map, not a person")
        person = msg("this is a person on the map, not a group")
        self._wrong(said, name, group if kind == UnitKind.GROUP else person)
        return False

    def _again(self, said: Said, unit: _Unit, place: int | None) -> _Unit | None:
        """A unit in a further row: right for a further rating only."""
        if (
            said.rating is None
            or said.rating.rated_on in unit.days
            or not (unit.sure and unit.days)
        ):
            name = next((n for n in ("code", "external_id", "email") if said.texts.get(n)), "name")
            self._wrong(said, name, msg("already used on line {line}", line=unit.line))
            return None
        for name in said.texts.keys() - {"rated_on", "fact", "author", *RATED, *TIES}:
            text = said.texts[name]
            line, before = unit.said.setdefault(name, (said.line, text))
            if text and before != text:
                message = msg("line {line} says “{text}” of the same unit", line=line, text=before)
                self._wrong(said, name, message)
                return None
        unit.days.add(said.rating.rated_on)
        unit.values |= said.values
        if place is not None:
            unit.values.setdefault("department_id", place)
        return unit

    # what the row refers to ----------------------------------------------------------------

    def _place(self, said: Said) -> int | None:
        text = said.texts.get("department", "")
        if not text:
            return None
        place = self.places.find(text)
        if isinstance(place, int):
            return place
        self._wrong(said, "department", place)
        return None

    def _fill(self, said: Said, unit: _Unit, place: int | None, keys: Keys) -> None:
        values = unit.values
        if place is not None:
            values["department_id"] = place
        if keys.code and self._stored(unit.key, "code").casefold() != keys.code.casefold():
            values["code"] = keys.code
        profile = said.texts.get("profile", "")
        if profile:
            values["profile_id"] = self._profiles.get(normal(profile))
            if values["profile_id"] is None:
                del values["profile_id"]
                self._wrong(said, "profile", self._no_profile())
        if unit.key < 0 or (keys.sure and self._renamed(unit.key, keys)):
            values["name"] = said.name
        if unit.kind == UnitKind.PERSON and unit.key < 0:
            values["person_id"] = self._person(said, place, keys)

    def _no_profile(self) -> Message:
        names = [name for (name,) in self._reader.select("SELECT name FROM profile")]
        if not names:
            return msg("unknown CRM profile, and the project has none yet: import people first")
        return msg("unknown CRM profile; accepted: {words}", words=accepted(names))

    def _stored(self, key: int, column: str) -> str:
        found = self._reader.value(f"SELECT {column} FROM stakeholder WHERE id = ?", key)
        return str(found or "")

    def _renamed(self, key: int, keys: Keys) -> bool:
        return Keys(keys.kind, self._stored(key, "name")).named != keys.named

    def _person(self, said: Said, place: int | None, keys: Keys) -> int | None:
        """The person of the project, a new one where nobody is known by these keys."""
        found = self._people.find(keys)
        if len(found) > 1:
            message = msg("{n} people have this name: give the staff number", n=len(found))
            self._wrong(said, "name", message, said.name)
            return None
        if found:
            return found[0]
        key = -1 - len(self.persons)
        first = said.texts.get("first_name", "")
        self.persons.append(
            {
                "first_name": first if said.texts.get("name") else "",
                "last_name": said.texts.get("name") or first,
                "external_id": keys.number or None,
                "email": keys.email,
                "department_id": place,
            }
        )
        self._people.note(key, keys)
        return key

    def _owner(self, said: Said, unit: _Unit) -> None:
        text = said.texts.get("owner", "")
        if not text:
            return
        found = self._people.called(text)
        if len(found) == 1:
            unit.values["owner_id"] = found[0]
        elif found:
            message = msg("{n} people have this name: give the code", n=len(found))
            self._wrong(said, "owner", message)
        else:
            self._wrong(said, "owner", self._nobody())

    def _nobody(self) -> Message:
        found = self._reader.select("SELECT trim(first_name || ' ' || last_name) FROM person")
        if not found:
            return msg("nobody is in the project yet: import people first")
        return msg(
            "nobody of this name is in the project; accepted: {words}",
            words=accepted(name for (name,) in found),
        )

    def _rate(self, unit: _Unit, said: RatingSaid, known: set[tuple[Any, ...]]) -> None:
        row = (unit.key, said.rated_on, said.synergy, said.antagonism, said.fact)
        if row in known:
            return
        known.add(row)
        self.touched.add(unit.key)
        self.ratings.append({"stakeholder_id": unit.key, **vars(said)})

    def _tie(self, said: Said, unit: _Unit, tied: set[tuple[Any, ...]]) -> None:
        for name, whom in said.ties:
            kind, first = TIES[name]
            for text in whom:
                other = self._other(said, name, text, unit)
                if other is None:
                    continue
                ends = (unit.key, other) if first else (other, unit.key)
                if (*ends, kind) not in tied:
                    tied.add((*ends, kind))
                    self.touched.add(unit.key)
                    self.ties.append({"from_id": ends[0], "to_id": ends[1], "kind": kind})

    def _other(self, said: Said, name: str, text: str, unit: _Unit) -> int | None:
        found = self._map.called(text)
        if found == (unit.key,):
            self._wrong(said, name, msg("a tie needs two different stakeholders"), text)
        elif len(found) == 1:
            return found[0]
        elif found:
            message = msg("{n} stakeholders have this name: give the code", n=len(found))
            self._wrong(said, name, message, text)
        else:
            message = msg("no stakeholder of this name is on the map or in this file")
            self._wrong(said, name, message, text)
        return None


RATED = frozenset(["synergy", "antagonism", "position", "trio"])


# changes -------------------------------------------------------------------------------------


def changes(
    seen: Comparison, rows: int, source: str, reader: Reader, imported: dt.datetime
) -> Changes:
    """What is new, changed and unchanged; an empty cell erases nothing."""
    stored = _stored(reader)
    new = [unit for key, unit in seen.units.items() if key < 0]
    changed = []
    for key, unit in seen.units.items():
        before = stored.get(key, {})
        differing = {n: v for n, v in unit.values.items() if _plain(v) != before.get(n)}
        if key > 0 and (differing or key in seen.touched):
            changed.append((key, differing))
    counts = {
        "rows": rows,
        "new": len(new),
        "changed": len(changed),
        "unchanged": len(seen.units) - len(new) - len(changed),
        "groups": sum(unit.kind == UnitKind.GROUP for unit in seen.units.values()),
        "ratings": len(seen.ratings),
        "ties": len(seen.ties),
        "people": len(seen.persons),
        "departments": len(seen.places.new),
    }
    count = len(new) + len(changed)
    label = nmsg(
        "Import {n} stakeholder from {name}", "Import {n} stakeholders from {name}", count,
        name=source,
    )  # fmt: skip
    if not count:
        return Changes(counts, label, None)
    command = ImportStakeholders(
        label=label,
        source=source,
        imported=imported,
        rows=rows,
        known=tuple(
            frozenset(row[0] for row in reader.select(f"SELECT id FROM {table}")) for table in KNOWN
        ),
        departments=tuple(seen.places.new),
        people=tuple(seen.persons),
        units=tuple({**BARE, "kind": unit.kind, **unit.values} for unit in new),
        changed=tuple(changed),
        ratings=tuple(seen.ratings),
        ties=tuple(seen.ties),
    )
    return Changes(counts, label, command)


def _stored(reader: Reader) -> dict[int, dict[str, Any]]:
    names = ("name", *BARE)
    return {
        key: dict(zip(names, values, strict=True))
        for key, *values in reader.select(f"SELECT id, {', '.join(names)} FROM stakeholder")
    }


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, dt.date) else value


def summary(counts: Mapping[str, int]) -> tuple[Message, ...]:
    """What the plan comes to, in sentences."""
    told = counts["new"] + counts["changed"] + counts["unchanged"]
    lines = [
        msg(
            "{groups} groups and {persons} persons of the map",
            groups=counts["groups"],
            persons=told - counts["groups"],
        ),
        msg(
            "{new} new, {changed} changed, {unchanged} unchanged",
            new=counts["new"],
            changed=counts["changed"],
            unchanged=counts["unchanged"],
        ),
    ]
    extra = {
        "ratings": nmsg("{n} rating is added", "{n} ratings are added", counts["ratings"]),
        "ties": nmsg("{n} tie is added", "{n} ties are added", counts["ties"]),
        "departments": nmsg(
            "{n} department is created", "{n} departments are created", counts["departments"]
        ),
        "people": nmsg(
            "{n} person is not known here by number, address or name and is created",
            "{n} people are not known here by number, address or name and are created",
            counts["people"],
        ),
    }
    return (*lines, *(sentence for name, sentence in extra.items() if counts[name]))
