"""Figures of training as plain data: coverage by group, newcomers, the four levels, cost and plan.

At level `committee` groups under five users are pooled or empty, answers of fewer than five people
are not told, and nobody is named; single users are the lead's own (`figures_use.check_by`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from crm_pilot.figures_parts import SMALL, Level, hidden_keys, plain
from crm_pilot.figures_use import USER, Data, check_by
from crm_pilot.governance.explained_transfer import LEVEL_KEYS, level_whys
from crm_pilot.governance.training_levels import levels
from crm_pilot.i18n import Translator
from crm_pilot.store.reader import Reader
from crm_pilot.training import coverage, newcomers, presence, queries, users, year
from crm_pilot.training import explained as training_whys
from crm_pilot.training.coverage import Covered
from crm_pilot.training.evaluations import Evaluations, Mark, cold_due
from crm_pilot.training.explained_room import ROOM_KEYS, room_whys
from crm_pilot.training.newcomers import Cohort
from crm_pilot.training.queries import CoverageRow
from crm_pilot.training.quizzes import Gain
from crm_pilot.why import Parts, Why


def explained(reader: Reader, today: dt.date) -> dict[str, Why]:
    """Why every figure is what it is; what is behind the room's head is computed when asked for."""
    room, four = partial(room_whys, reader, today), partial(level_whys, reader, today)
    return Parts(
        training_whys.explained(reader, today),
        {**dict.fromkeys(ROOM_KEYS, room), **dict.fromkeys(LEVEL_KEYS, four)},
    )


def collect(
    reader: Reader, today: dt.date, level: Level, shown: Translator, by: str = "department"
) -> Data:
    """Training on `today`; `by`: whose rows the coverage gives."""
    check_by(reader, today, level, by)
    figures = queries.figures(reader, today)
    made: Data = plain(figures, shown, without=("next_sessions", "departments"))
    made["departments"] = _departments(figures.departments, level, shown)
    free = ("note", "trainer") if level is Level.COMMITTEE else ("note",)
    made["next_sessions"] = [plain(row, shown, without=free) for row in figures.next_sessions]
    made["coverage"] = _coverage(reader, today, level, shown, by)
    made["features"] = _covered(coverage.by_feature(reader, today), level, shown)
    made["courses"] = _covered(coverage.by_course(reader, today), level, shown)
    made["newcomers"] = _newcomers(reader, today, level, shown)
    made["levels"] = _levels(reader, today, level, shown)
    made["cost"] = plain(year.cost(reader, today), shown)
    made["plan"] = plain(year.plan(reader, today), shown)
    made["cold_due"] = plain(cold_due(reader, today), shown)
    made["expiring"] = _expiring(reader, today, level, shown)
    return made


def _departments(rows: Sequence[CoverageRow], level: Level, shown: Translator) -> list[Data]:
    """Coverage by department; at committee level groups under five users are empty."""
    hidden = hidden_keys(((row.department_id, row.users) for row in rows), level)
    empty = {"trained": None, "share": None}
    return [plain(row, shown) | (empty if row.department_id in hidden else {}) for row in rows]


def _coverage(reader: Reader, today: dt.date, level: Level, shown: Translator, by: str) -> Data:
    """Coverage in total and by department, profile, wave or user."""
    whole = coverage.overall(reader, today)
    made: Data = {"by": by, "total": plain(whole, shown, without=("id", "name"))}
    if by == USER:
        made["rows"] = _users(reader, today, shown)
        return made
    groups = {
        "department": coverage.by_department,
        "profile": coverage.by_profile,
        "wave": coverage.by_wave,
    }
    made["rows"] = _pooled(groups[by](reader, today), level, shown)
    return made


def _pooled(rows: Sequence[Covered], level: Level, shown: Translator) -> list[Data]:
    """Groups as the level allows: the small ones as one, empty under five users in all."""
    hidden = hidden_keys(((row.id, row.users) for row in rows), level)
    made = [plain(row, shown) for row in rows if row.id not in hidden]
    if hidden:
        few = [row for row in rows if row.id in hidden]
        users, trained = sum(row.users for row in few), sum(row.trained for row in few)
        told = users >= SMALL
        made.append(
            {
                "id": None,
                "name": None,
                "pooled": len(few),
                "trained": trained if told else None,
                "users": users,
                "share": plain(trained / users, shown) if told else None,
            }
        )
    return made


def _users(reader: Reader, today: dt.date, shown: Translator) -> list[Data]:
    """Every user by family name: trained or not, and minutes followed."""
    able = users.trained(reader, today)
    held = {one.session_id for one in users.trainings(reader) if one.held_on <= today}
    minutes: dict[int, int] = {}
    for row in presence.minutes(reader):
        if row.session_id in held:
            minutes[row.person_id] = minutes.get(row.person_id, 0) + row.minutes
    return [
        {
            "id": user.id,
            "name": user.name,
            "department": user.department,
            "wave": user.wave,
            "opened": plain(user.opened, shown),
            "trained": int(user.id in able),
            "users": 1,
            "share": float(user.id in able),
            "minutes": minutes.get(user.id, 0),
        }
        for user in users.users(reader, today)
    ]


def _covered(rows: Sequence[Covered], level: Level, shown: Translator) -> list[Data]:
    """Coverage of features or courses: where under five users are meant, nothing is told."""
    made = []
    for row in rows:
        few = level is Level.COMMITTEE and 0 < row.users < SMALL
        made.append(plain(row, shown) | ({"trained": None, "share": None} if few else {}))
    return made


def _newcomers(reader: Reader, today: dt.date, level: Level, shown: Translator) -> Data:
    found = newcomers.newcomers(reader, today)
    made: Data = plain(found, shown, without=("initial", "later", "newcomers"))
    few = level is Level.COMMITTEE and min(found.initial.users, found.newcomers.users) < SMALL
    if few:
        made = dict.fromkeys(made)
    made["initial"] = _cohort(found.initial, level, shown)
    made["newcomers"] = _cohort(found.newcomers, level, shown)
    hidden = hidden_keys(((one.first.toordinal(), one.users) for one in _dated(found.later)), level)
    made["quarters"] = [
        _cohort(one, level, shown)
        for one in found.later
        if one.first is None or one.first.toordinal() not in hidden
    ]
    return made


def _dated(cohorts: Sequence[Cohort]) -> list[Any]:
    return [one for one in cohorts if one.first is not None]


def _cohort(one: Cohort, level: Level, shown: Translator) -> Data:
    """A cohort; of fewer than five users only their number."""
    told: Data = plain(one, shown)
    if level is Level.COMMITTEE and one.users < SMALL:
        told = dict.fromkeys(told) | {"first": told["first"], "users": told["users"]}
    return told


def _levels(reader: Reader, today: dt.date, level: Level, shown: Translator) -> Data:
    """Kirkpatrick's four levels: reaction, learning, transfer, results."""
    found = levels(reader, today)
    return {
        "hot": _marks(found.hot, level, shown),
        "cold": _marks(found.cold, level, shown),
        "quiz": _gain(found.gain, level, shown),
        "transfer": plain(found.transfer, shown),
        "objectives": [plain(row, shown, without=("measures",)) for row in found.results],
    }


def _marks(found: Evaluations, level: Level, shown: Translator) -> Data:
    """Marks 1 to 4; answers of fewer than five people are not told."""
    few = level is Level.COMMITTEE and found.answered < SMALL
    marks = {} if few else {name: plain(one, shown) for name, one in found.marks.items()}
    overall = Mark(None, found.overall.count) if few else found.overall
    return {
        "asked": found.asked,
        "answered": found.answered,
        "overall": plain(overall, shown),
        "marks": marks,
    }


def _gain(found: Gain, level: Level, shown: Translator) -> Data:
    if level is Level.COMMITTEE and found.pairs < SMALL:
        found = replace(found, before=None, after=None, gain=None)
    made: Data = plain(found, shown)
    return made


def _expiring(reader: Reader, today: dt.date, level: Level, shown: Translator) -> Data:
    """Skills to refresh: how many; who, for the lead alone."""
    found = coverage.expiring(reader, today)
    made: Data = {"skills": len(found), "expired": sum(one.expired for one in found)}
    if level is Level.OWN:
        made["rows"] = plain(found, shown)
    return made
