"""Every figure that screens and the report show, as plain data for machines.

Dates are ISO text, units are in the names of the keys, shares are parts of 1, money is in cents.
At level `committee` no person's name stands beside a position and groups under five people are
pooled; level `own` gives `kind` and `name` of every unit (DOMAIN.md 6).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from crm_pilot import figures_map
from crm_pilot.adoption import explained as adoption_whys
from crm_pilot.errors import UserError
from crm_pilot.figures_map import is_small, units, zones
from crm_pilot.figures_parts import BY, LEVELS, SMALL, Level, departments, plain, records
from crm_pilot.governance import explained as governance_whys
from crm_pilot.governance import queries as governance
from crm_pilot.governance.headline import PLACES
from crm_pilot.i18n import N_, Translator
from crm_pilot.maintenance import explained as maintenance_whys
from crm_pilot.maintenance import queries as maintenance
from crm_pilot.people import explained as people_whys
from crm_pilot.people.casting import roles
from crm_pilot.planning import explained as planning_whys
from crm_pilot.planning import history, schedule_figures
from crm_pilot.planning import queries as planning
from crm_pilot.stakeholders import explained as stakeholders_whys
from crm_pilot.store.reader import Reader
from crm_pilot.training import explained as training_whys
from crm_pilot.why import Answers, Later, Why

__all__ = [  # what may be told, and how, is asked here too
    "LEVELS",
    "SMALL",
    "Level",
    "departments",
    "is_small",
    "plain",
    "units",
    "zones",
]


def collect(
    reader: Reader,
    today: dt.date,
    level: Level | str = Level.COMMITTEE,
    room: str | None = None,
    *,
    language: str = "en",
    explained: bool = True,
    since: dt.date | None = None,
    month: int | None = None,
    by: str = BY[0],
) -> dict[str, Any]:
    """The figures of one room, or of all, ready for JSON; sentences are in `language`.

    `explained`: each room also says why, by figure: rule, data, source and period. `since`: the
    day the map compares itself with (default: the last committee). `month` (202610) of adoption
    (default: the last one known). `by`: whose rows adoption and training give.
    Raises `UserError` for an unknown room or level, and for single users unless they are open.
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
    asked: dict[str, dict[str, Any]] = {
        "adoption": {"month": month, "by": by},
        "training": {"by": by},
    }
    for key in ROOMS if room is None else (room,):
        compared = {"since": since} if key == "stakeholders" else {}
        given = compared | asked.get(key, {})
        found[key] = ROOMS[key](reader, today, Level(level), shown, **given)
        if explained:
            answers = EXPLAINED[key](reader, today, **compared)
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
            answers = rooms[room]
            found += (
                answers.starting(start)
                if isinstance(answers, Answers)
                else [one for name, one in answers.items() if name.startswith(start)]
            )
        else:
            found.append(rooms[room][figure])
    return found


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


def _maintenance(reader: Reader, today: dt.date, level: Level, shown: Translator) -> dict[str, Any]:
    figures = maintenance.figures(reader, today)
    made: dict[str, Any] = plain(figures, shown, without=("ageing", "by_kind", "by_priority"))
    made["ageing"] = records(figures.ageing, "age_days", "open_tickets")
    made["by_kind"] = records(figures.by_kind, "kind", "open_tickets", "tickets")
    made["by_priority"] = records(figures.by_priority, "priority", "open_tickets")
    return made


def _committee(reader: Reader, today: dt.date, level: Level, shown: Translator) -> dict[str, Any]:
    figures = governance.figures(reader, today)
    made: dict[str, Any] = plain(figures, shown, without=("weather", "changes"))
    made["weather"] = [
        {
            **plain(row, shown, without=("history",)),
            "history": records(row.history, "committee", "weather"),
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


# The report shows the head of these two rooms: what the rest is made of is loaded when asked for


def _adoption(reader: Reader, today: dt.date, *given: Any, **asked: Any) -> dict[str, Any]:
    from crm_pilot import figures_use

    return figures_use.collect(reader, today, *given, **asked)


def _adoption_whys(reader: Reader, today: dt.date) -> dict[str, Why]:
    def load() -> dict[str, Why]:
        from crm_pilot import figures_use

        return figures_use.explained(reader, today)

    return Later(adoption_whys.explained(reader, today), load)


def _training(reader: Reader, today: dt.date, *given: Any, **asked: Any) -> dict[str, Any]:
    from crm_pilot import figures_training

    return figures_training.collect(reader, today, *given, **asked)


def _training_whys(reader: Reader, today: dt.date) -> dict[str, Why]:
    def load() -> dict[str, Why]:
        from crm_pilot import figures_training

        return figures_training.explained(reader, today)

    return Later(training_whys.explained(reader, today), load)


def _governance(reader: Reader, today: dt.date, *given: Any) -> dict[str, Any]:
    from crm_pilot import figures_governance

    return figures_governance.collect(reader, today, *given)


def _governance_whys(reader: Reader, today: dt.date) -> dict[str, Why]:
    from crm_pilot import figures_governance

    return figures_governance.explained(reader, today)


Collector = Callable[..., dict[str, Any]]  # reader, today, level, translator
EXPLAINED: dict[str, Callable[..., dict[str, Why]]] = {
    "planning": planning_whys.explained,
    "stakeholders": stakeholders_whys.explained,
    "training": _training_whys,
    "adoption": _adoption_whys,
    "maintenance": maintenance_whys.explained,
    "committee": governance_whys.explained,
    "governance": _governance_whys,  # the same answers: screens ask for them under “committee”
    "people": people_whys.explained,  # shown on its screen; it has no figures of its own here
}
# Keys that are dates, names or settings: facts that were entered or imported, not computed.
FACTS: dict[str, frozenset[str]] = {
    "planning": frozenset({"baseline_name", "baseline_set_on"}),
    "stakeholders": frozenset({"since"}),
    "training": frozenset(),
    "adoption": frozenset(
        {
            *("window_days", "by_actions", "active_on", "week", "data_until", "go_lives"),
            *("months_known", "user_lock"),
        }
    ),
    "maintenance": frozenset(),
    "committee": frozenset({"last", "next", "motivation", "roles"}),
    "governance": frozenset({"last", "next", "issues"}),
}
ROOMS: dict[str, Collector] = {
    "planning": _planning,
    "stakeholders": figures_map.collect,
    "training": _training,
    "adoption": _adoption,
    "maintenance": _maintenance,
    "committee": _committee,
    "governance": _governance,
}
