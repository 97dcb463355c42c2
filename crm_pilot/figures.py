"""Every figure that screens and the report show, as plain data for machines.

Dates are ISO text, units are in the names of the keys, shares are parts of 1, money is in cents.
At level `committee` no person's name stands beside a position and groups under five people are
pooled; level `own` gives `kind` and `name` of every unit (DOMAIN.md 6).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import fields, is_dataclass, replace
from enum import StrEnum
from typing import Any

from crm_pilot.adoption import explained as adoption_whys
from crm_pilot.adoption import queries as adoption
from crm_pilot.adoption.queries import AdoptionFigures, DepartmentUse
from crm_pilot.errors import UserError
from crm_pilot.governance import explained as governance_whys
from crm_pilot.governance import queries as governance
from crm_pilot.governance.headline import PLACES
from crm_pilot.i18n import N_, Message, Translator
from crm_pilot.maintenance import explained as maintenance_whys
from crm_pilot.maintenance import queries as maintenance
from crm_pilot.people import explained as people_whys
from crm_pilot.people.casting import roles
from crm_pilot.planning import explained as planning_whys
from crm_pilot.planning import history, schedule_figures
from crm_pilot.planning import queries as planning
from crm_pilot.stakeholders import explained as stakeholders_whys
from crm_pilot.stakeholders import queries as stakeholders
from crm_pilot.stakeholders.queries import PositionsFigures, UnitRow
from crm_pilot.stakeholders.terms import UnitKind, Zone
from crm_pilot.store.reader import Reader
from crm_pilot.training import explained as training_whys
from crm_pilot.training import queries as training
from crm_pilot.why import Why

SMALL = 5  # groups with fewer people are pooled at committee level


class Level(StrEnum):
    """Who may read what is printed or exported."""

    COMMITTEE = "committee"  # the default everywhere
    OWN = "own"  # the lead's own, with names


LEVELS = {Level.COMMITTEE: N_("Committee"), Level.OWN: N_("Lead's own")}


def collect(
    reader: Reader,
    today: dt.date,
    level: Level | str = Level.COMMITTEE,
    room: str | None = None,
    *,
    language: str = "en",
    explained: bool = True,
) -> dict[str, Any]:
    """The figures of one room, or of all, ready for JSON; sentences are in `language`.

    `explained`: each room also says why, by figure: rule, data, source and period.
    Raises `UserError` for an unknown room or level.
    """
    if room is not None and room not in ROOMS:
        raise UserError(
            N_("There is no room called “{room}”. Rooms: {rooms}."),
            room=room,
            rooms=", ".join(ROOMS),
        )
    if level not in list(Level):
        raise UserError(N_("There is no level called “{level}”."), level=str(level))
    name, company = reader.one("SELECT name, company FROM project") or ("", "")
    shown = Translator(language)
    found: dict[str, Any] = {
        "project": name,
        "company": company,
        "as_of": today.isoformat(),
        "level": str(level),
    }
    for key in ROOMS if room is None else (room,):
        found[key] = ROOMS[key](reader, today, Level(level), shown)
        if explained:
            answers = EXPLAINED[key](reader, today)
            found[key]["why"] = {figure: one.plain(shown) for figure, one in answers.items()}
    return found


def why(reader: Reader, today: dt.date, key: str) -> Why:
    """Why one figure is what it is. `key` is room and figure: "adoption.active_share".

    Raises `KeyError` for an unknown figure.
    """
    room, _, figure = key.partition(".")
    return EXPLAINED[room](reader, today)[figure]


def whys(reader: Reader, today: dt.date, keys: Iterable[str]) -> list[Why]:
    """The same for several keys, in their order; "committee.warning.*" means all of that name."""
    found: list[Why] = []
    rooms: dict[str, dict[str, Why]] = {}  # each room explains itself once
    for key in keys:
        room, _, figure = key.partition(".")
        if room not in rooms:
            rooms[room] = EXPLAINED[room](reader, today)
        if figure.endswith("*"):
            start = figure.removesuffix("*")
            found += [one for name, one in rooms[room].items() if name.startswith(start)]
        else:
            found.append(rooms[room][figure])
    return found


def plain(value: Any, shown: Translator, *, without: Iterable[str] = ()) -> Any:
    """A row or figure as JSON-ready data; fields in `without` are left out."""
    if is_dataclass(value) and not isinstance(value, (type, Message)):
        return {
            field.name: plain(getattr(value, field.name), shown)
            for field in fields(value)
            if field.name not in without and field.compare  # not what only helps to compute
        }
    if isinstance(value, Message):
        return shown.show(value)
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float):
        return round(value, 6)
    if isinstance(value, (tuple, list)):
        return [plain(item, shown) for item in value]
    return value


def _records(rows: Iterable[tuple[Any, ...]], *keys: str) -> list[dict[str, Any]]:
    """Tuples as objects with the given keys."""
    shown = Translator("en")
    return [dict(zip(keys, plain(row, shown), strict=True)) for row in rows]


# rooms ---------------------------------------------------------------------------------------


def _planning(reader: Reader, today: dt.date, level: Level, shown: Translator) -> dict[str, Any]:
    made: dict[str, Any] = plain(planning.figures(reader, today), shown, without=("next_tasks",))
    made["next_tasks"] = [
        plain(task, shown, without=("note",)) for task in planning.figures(reader, today).next_tasks
    ]
    return made | _schedule(reader, today, shown) | _promises(reader, today, shown)


def _schedule(reader: Reader, today: dt.date, shown: Translator) -> dict[str, Any]:
    """When each line can happen, the load of the team, and what can slip before the go-live."""
    slips = schedule_figures.slips(reader, today)
    return {
        "schedule": plain(tuple(schedule_figures.schedule(reader)), shown),
        "load": plain(tuple(schedule_figures.load(reader, today)), shown),
        "can_slip": plain(slips, shown),
    }


def _promises(reader: Reader, today: dt.date, shown: Translator) -> dict[str, Any]:
    """What became of announced dates. Slips are calendar days since the first announcement."""
    told = history.figures(reader, today)
    return {
        "predictability": {
            "held": told.held,
            "due": told.due,
            "held_at_last_committee": told.held_before,
            "due_at_last_committee": told.due_before,
        },
        "postponements": told.postponements,
        "mean_slip": plain(told.mean_slip, shown),
        "slope": plain(told.slope, shown),
        "causes": [
            plain(cause, shown, without=("latest",)) | {"reason": cause.latest.reason}
            for cause in told.causes
        ],
        "announcements": [
            plain(one, shown, without=("said",))
            | {"first": plain(one.first, shown), "slip_days": one.slip, "moves": one.postponed}
            | {"said": [plain(said, shown, without=("id",)) for said in one.said]}
            for one in told.histories
        ],
        "baselines": plain(history.baselines(reader), shown),
    }


def _stakeholders(
    reader: Reader, today: dt.date, level: Level, shown: Translator
) -> dict[str, Any]:
    figures = stakeholders.figures(reader, today)
    made: dict[str, Any] = plain(figures, shown, without=("units", "crossings", "zones"))
    made["zones"] = zones(figures, level)
    made["units"] = units(figures.units, level, shown)
    made["crossings"] = units(figures.crossings, level, shown)
    return made


def zones(figures: PositionsFigures, level: Level) -> list[dict[str, Any]]:
    """Headcount by zone; at committee level zones with one to four people are pooled under
    `null`."""
    kept: list[tuple[Zone | None, int]] = []
    pooled = 0
    for zone, headcount in figures.zones:
        if level == Level.COMMITTEE and 0 < headcount < SMALL:
            pooled += headcount
        else:
            kept.append((zone, headcount))
    if pooled:
        kept.append((None, pooled))
    return _records(kept, "zone", "headcount")


def units(rows: Iterable[UnitRow], level: Level, shown: Translator) -> list[dict[str, Any]]:
    """Units of the map as the level allows: at committee level persons are coded and alone,
    groups under five people are pooled without a position, and free text is left out."""
    if level == Level.OWN:
        return [plain(row, shown) for row in rows]
    listed = list(rows)
    made = [_coded(row, shown) for row in listed if not is_small(row)]
    small = [row for row in listed if is_small(row)]
    if small:
        made.append(
            {
                "kind": UnitKind.GROUP.value,
                "name": None,
                "pooled_groups": len(small),
                "headcount": sum(row.headcount for row in small),
            }
        )
    return made


def is_small(row: UnitRow) -> bool:
    """A group that is pooled at committee level."""
    return row.kind == UnitKind.GROUP and row.headcount < SMALL


def _coded(row: UnitRow, shown: Translator) -> dict[str, Any]:
    made: dict[str, Any] = plain(
        row,
        shown,
        without=("name", "fact", "owner", "owner_id", "author", "person_id", "role", "note"),
    )
    if row.kind == UnitKind.GROUP:
        return {"name": row.name, **made}
    for key in ("department", "department_id", "wave_id"):
        del made[key]
    made["code"] = row.code or f"#{row.id}"
    return {"name": None, **made}


def _training(reader: Reader, today: dt.date, level: Level, shown: Translator) -> dict[str, Any]:
    figures = training.figures(reader, today)
    made: dict[str, Any] = plain(figures, shown, without=("next_sessions",))
    made["next_sessions"] = [plain(row, shown, without=("note",)) for row in figures.next_sessions]
    return made


def _adoption(reader: Reader, today: dt.date, level: Level, shown: Translator) -> dict[str, Any]:
    figures = adoption.figures(reader, today)
    made: dict[str, Any] = plain(
        figures, shown, without=("active_curve", "profiles", "objects", "go_lives", "departments")
    )
    made["departments"] = [plain(row, shown) for row in departments(figures, level)]
    made["active_curve"] = _records(figures.active_curve, "week_start", "active_share")
    made["objects"] = _records(figures.objects, "object", "created", "updated")
    made["go_lives"] = _records(figures.go_lives, "go_live", "wave")
    made["profiles"] = [
        {
            "profile": curve.profile,
            "expected_low_days_per_week": curve.low,
            "expected_high_days_per_week": curve.high,
            "accounts": curve.accounts,
            "weeks": _records(curve.points, "week_start", "days_per_week"),
        }
        for curve in figures.profiles
    ]
    made["features"] = plain(adoption.features(reader, today), shown)
    return made


def departments(figures: AdoptionFigures, level: Level) -> tuple[DepartmentUse, ...]:
    """Use by department; at committee level the cells of fewer than five accounts are empty."""
    return tuple(
        replace(row, days_per_week=None, active_share=None, below=False)
        if level == Level.COMMITTEE and row.accounts < SMALL
        else row
        for row in figures.departments
    )


def _maintenance(reader: Reader, today: dt.date, level: Level, shown: Translator) -> dict[str, Any]:
    figures = maintenance.figures(reader, today)
    made: dict[str, Any] = plain(figures, shown, without=("ageing", "by_kind", "by_priority"))
    made["ageing"] = _records(figures.ageing, "age_days", "open_tickets")
    made["by_kind"] = _records(figures.by_kind, "kind", "open_tickets", "tickets")
    made["by_priority"] = _records(figures.by_priority, "priority", "open_tickets")
    return made


def _committee(reader: Reader, today: dt.date, level: Level, shown: Translator) -> dict[str, Any]:
    figures = governance.figures(reader, today)
    made: dict[str, Any] = plain(figures, shown, without=("weather", "changes"))
    made["weather"] = [
        {
            **plain(row, shown, without=("history",)),
            "history": _records(row.history, "committee", "weather"),
        }
        for row in figures.weather
    ]
    made["changes"] = [plain(row, shown) for row in figures.changes]
    places = [p for p in PLACES if level == Level.OWN or p != "stakeholders"]
    made["headlines"] = {p: governance.sentence(p, reader, today, shown) for p in places}
    made["motivation"] = reader.value("SELECT motivation FROM project")
    made["roles"] = [
        {"name": row.name, "kind": row.kind.value, "filled": row.person_id is not None}
        | ({"person": row.person} if level == Level.OWN else {})
        for row in roles(reader)
    ]
    return made


Collector = Callable[[Reader, dt.date, Level, Translator], dict[str, Any]]
EXPLAINED: dict[str, Callable[[Reader, dt.date], dict[str, Why]]] = {
    "planning": planning_whys.explained,
    "stakeholders": stakeholders_whys.explained,
    "training": training_whys.explained,
    "adoption": adoption_whys.explained,
    "maintenance": maintenance_whys.explained,
    "committee": governance_whys.explained,
    "people": people_whys.explained,  # shown on its screen; it has no figures of its own here
}
# Keys that are dates, names or settings: facts that were entered or imported, not computed.
FACTS: dict[str, frozenset[str]] = {
    "planning": frozenset({"baseline_name", "baseline_set_on"}),
    "stakeholders": frozenset({"since"}),
    "training": frozenset(),
    "adoption": frozenset(
        {"window_days", "by_actions", "active_on", "week", "data_until", "go_lives"}
    ),
    "maintenance": frozenset(),
    "committee": frozenset({"last", "next", "motivation", "roles"}),
}
ROOMS: dict[str, Collector] = {
    "planning": _planning,
    "stakeholders": _stakeholders,
    "training": _training,
    "adoption": _adoption,
    "maintenance": _maintenance,
    "committee": _committee,
}
