"""What an import of stakeholders leaves on the map, row by row in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crm_pilot.exchange.stakeholder_apply import ImportStakeholders
from crm_pilot.exchange.stakeholder_formats import FORMAT
from crm_pilot.exchange.stakeholder_plan import BARE
from crm_pilot.exchange.tables_stakeholders import INFLUENCE, UNIT_KINDS
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader

_NAMED = {"department_id": "department", "profile_id": "profile", "owner_id": "owner"}
_STORED = ("name", "kind", *(name for name in BARE if name != "person_id"))
COLUMNS = (
    *("name", "kind", "code", "department", "headcount", "influence", "profile", "owner"),
    *("ratings", "ties", "target_synergy", "target_antagonism", "target_date", "role", "note"),
)
TITLES = {wanted.name: Message(wanted.title) for wanted in FORMAT.fields} | {
    "ratings": msg("Ratings"),
    "ties": msg("Ties"),
}


@dataclass(frozen=True)
class UnitRow:
    """A unit with what the import makes of it; `before` is None for a new one."""

    values: dict[str, Any]
    before: dict[str, Any] | None


def rows(command: ImportStakeholders, reader: Reader, shown: int) -> Iterator[UnitRow]:
    """New units, then changed ones, `shown` of each."""
    words = _Words(command, reader)
    for number, values in enumerate(command.units[:shown]):
        yield UnitRow(words.of(values) | words.beside(-1 - number), None)
    for key, values in command.changed[:shown]:
        stored = reader.one(f"SELECT {', '.join(_STORED)} FROM stakeholder WHERE id = ?", key)
        now = words.of(dict(zip(_STORED, stored or (), strict=True)))
        later = words.of(values) | words.beside(key)
        yield UnitRow(now | later, {name: now.get(name) for name in later})


class _Words:
    """Values of units as people read them."""

    def __init__(self, command: ImportStakeholders, reader: Reader) -> None:
        self._names: dict[str, dict[int, str]] = {
            "department": dict(reader.select("SELECT id, name FROM department")),
            "profile": dict(reader.select("SELECT id, name FROM profile")),
            "owner": dict(
                reader.select("SELECT id, trim(first_name || ' ' || last_name) FROM person")
            ),
        }
        new = {-1 - number: name for number, name in enumerate(command.departments)}
        self._names["department"] |= new
        people = enumerate(command.people)
        self._names["owner"] |= {
            -1 - n: f"{one['first_name']} {one['last_name']}".strip() for n, one in people
        }
        self._ratings = _by_unit(command.ratings, "stakeholder_id")
        self._ties = _by_unit(command.ties, "from_id")

    def of(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The values of one unit."""
        made: dict[str, Any] = {}
        for name, value in values.items():
            if name in _NAMED:
                made[_NAMED[name]] = self._names[_NAMED[name]].get(value) if value else None
            elif name == "kind":
                made[name] = Message(UNIT_KINDS[value])
            elif name == "influence":
                made[name] = Message(INFLUENCE[value])
            elif name != "person_id":
                made[name] = value
        return made

    def beside(self, key: int) -> dict[str, Any]:
        """What comes beside the unit: positions with their days, and how many ties."""
        made: dict[str, Any] = {}
        if key in self._ratings:
            places = (f"{r['synergy']}/{r['antagonism']}" for r in self._ratings[key])
            made["ratings"] = ", ".join(places)
        if key in self._ties:
            made["ties"] = nmsg("{n} tie", "{n} ties", len(self._ties[key]))
        return made


def _by_unit(rows: Sequence[Mapping[str, Any]], column: str) -> dict[int, list[Any]]:
    found: dict[int, list[Any]] = {}
    for row in rows:
        found.setdefault(row[column], []).append(row)
    return found
