"""What the palette finds in a project: kinds of things, how each is read, where it opens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from crm_pilot import formats
from crm_pilot.adoption.terms import CAUSES, Cause
from crm_pilot.governance.terms import (
    COMMITTEE_KINDS,
    DECISION_STATUSES,
    PROBLEM_STATUSES,
    RISK_STATUSES,
    CommitteeKind,
    DecisionStatus,
    ProblemStatus,
    RiskStatus,
)
from crm_pilot.i18n import N_, Translator
from crm_pilot.people.queries import FULL_NAME
from crm_pilot.planning.terms import KINDS as TASK_KINDS
from crm_pilot.planning.terms import TaskKind
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.terms import LATERAL_STATUSES, LateralStatus, UnitKind

Row = tuple[Any, ...]  # id, title, code, then what the detail is made of
Describe = Callable[[Row, Translator], str]


@dataclass(frozen=True)
class Kind:
    """One kind of thing. `table` is also its name.

    `sql` selects id, title, code and details from the table as `x`, without WHERE and ORDER BY;
    it also reads `others`. `detail` is the muted text beside the title.
    """

    table: str
    title: str  # marked: the heading of the group
    room: str
    sql: str
    detail: Describe
    others: tuple[str, ...] = ()
    newest_first: bool = False
    quiet: bool = False  # its code is shown only where it was asked for
    name: Describe | None = None  # the title, where it is made in the language of the window

    def titled(self, row: Row, words: Translator) -> str:
        """The title of a row."""
        return str(row[1]) if self.name is None else self.name(row, words)


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)


def _day(text: str, words: Translator) -> str:
    return formats.day(dt.date.fromisoformat(text), words.language, year=True)


def _task(row: Row, words: Translator) -> str:
    kind = TaskKind(row[3])
    return _joined(words.tr(TASK_KINDS[kind]) if kind is not TaskKind.TASK else "", row[4])


def _stakeholder(row: Row, words: Translator) -> str:
    person = row[3] == UnitKind.PERSON
    return _joined(words.tr("person on the map") if person else words.tr("group"), row[4])


def _lateral(row: Row, words: Translator) -> str:
    return words.tr(LATERAL_STATUSES[LateralStatus(row[3])])


def _session(row: Row, words: Translator) -> str:
    return _joined(_day(row[3], words), row[4])


def _course(row: Row, words: Translator) -> str:
    return words.ntr("{n} session", "{n} sessions", row[3])


def _feature(row: Row, words: Translator) -> str:
    return words.tr("delivered on {day}", day=_day(row[3], words)) if row[3] else ""


def _support(row: Row, words: Translator) -> str:
    return _joined(words.tr(CAUSES[Cause(row[3])]), row[4])


def _decision(row: Row, words: Translator) -> str:
    return _joined(row[3], words.tr(DECISION_STATUSES[DecisionStatus(row[4])]))


def _risk(row: Row, words: Translator) -> str:
    return _joined(row[3], words.tr(RISK_STATUSES[RiskStatus(row[4])]))


def _plain(row: Row, _words: Translator) -> str:
    return _joined(*row[3:])


def _dated(row: Row, words: Translator) -> str:
    return _day(row[3], words)


def _problem(row: Row, words: Translator) -> str:
    return _joined(row[3], words.tr(PROBLEM_STATUSES[ProblemStatus(row[4])]))


def _committee(row: Row, words: Translator) -> str:
    """The steering committee as it is called everywhere, another one by its kind."""
    kind = CommitteeKind(row[4])
    if kind is CommitteeKind.STEERING:
        return words.tr("Committee no. {number}", number=row[1])
    return words.tr("{kind} no. {number}", kind=words.tr(COMMITTEE_KINDS[kind]), number=row[1])


def _agenda(row: Row, words: Translator) -> str:
    return _joined(_committee((0, row[3], "", "", row[4]), words), _day(row[5], words))


# A person of the map is found by code, never by name: results may be seen over a shoulder.
_UNIT = (
    "CASE x.kind WHEN 'group' THEN x.name ELSE COALESCE(NULLIF(x.code, ''), '#' || x.id) END,"
    " CASE x.kind WHEN 'group' THEN x.code ELSE '' END"
)

KINDS: tuple[Kind, ...] = (
    Kind(
        "task",
        N_("Plan"),
        "planning",
        "SELECT x.id, x.title, '', x.kind, p.title FROM task x"
        " LEFT JOIN task p ON p.id = x.parent_id",
        _task,
    ),
    Kind(
        "person",
        N_("Persons"),
        "people",
        f"SELECT x.id, {FULL_NAME.format(table='x')}, COALESCE(x.code, ''), x.job, d.name"
        " FROM person x LEFT JOIN department d ON d.id = x.department_id",
        _plain,
        ("department",),
        quiet=True,
    ),
    Kind(
        "department",
        N_("Departments"),
        "people",
        "SELECT x.id, x.name, x.short, w.name FROM department x"
        " LEFT JOIN wave w ON w.id = x.wave_id",
        _plain,
        ("wave",),
        quiet=True,
    ),
    Kind(
        "stakeholder",
        N_("Stakeholders"),
        "stakeholders",
        f"SELECT x.id, {_UNIT}, x.kind, d.name FROM stakeholder x"
        " LEFT JOIN department d ON d.id = x.department_id",
        _stakeholder,
        ("department",),
        quiet=True,
    ),
    # neither whom it is for nor who pilots it: whose concern it is may be a person of the map
    Kind(
        "lateral_project",
        N_("Lateral projects"),
        "stakeholders",
        "SELECT x.id, x.title, '', x.status FROM lateral_project x",
        _lateral,
    ),
    Kind(
        "training_session",
        N_("Sessions"),
        "training",
        "SELECT x.id, c.title, x.place, x.held_on, x.trainer FROM training_session x"
        " JOIN course c ON c.id = x.course_id",
        _session,
        ("course",),
        newest_first=True,
    ),
    Kind(
        "course",
        N_("Courses"),
        "training",
        "SELECT x.id, x.title, '',"
        " (SELECT COUNT(*) FROM training_session s WHERE s.course_id = x.id) FROM course x",
        _course,
        ("training_session",),
    ),
    Kind(
        "ticket",
        N_("Tickets"),
        "maintenance",
        "SELECT x.id, x.title, x.number, d.name FROM ticket x"
        " LEFT JOIN department d ON d.id = x.department_id",
        _plain,
        ("department",),
        newest_first=True,
    ),
    Kind(
        "feature",
        N_("Functions of the CRM"),
        "adoption",
        "SELECT x.id, x.name, '', x.delivered_on FROM feature x",
        _feature,
    ),
    Kind(
        "passage",
        N_("Mandatory passages"),
        "adoption",
        "SELECT x.id, x.title, '', f.name FROM passage x JOIN profile f ON f.id = x.profile_id",
        _plain,
        ("profile",),
    ),
    # neither whom it is about nor what was answered
    Kind(
        "support",
        N_("Cases of support"),
        "adoption",
        "SELECT x.id, x.matter, '', x.cause, d.name FROM support x"
        " LEFT JOIN department d ON d.id = x.department_id",
        _support,
        ("department",),
        newest_first=True,
    ),
    Kind(
        "decision",
        N_("Decisions"),
        "committee",
        "SELECT x.id, x.wording, x.code, x.owner, x.status FROM decision x",
        _decision,
    ),
    Kind(
        "risk",
        N_("Risks"),
        "committee",
        "SELECT x.id, x.title, x.code, x.owner, x.status FROM risk x",
        _risk,
    ),
    Kind(
        "problem",
        N_("Problems"),
        "committee",
        "SELECT x.id, x.title, x.code, x.owner, x.status FROM problem x",
        _problem,
    ),
    Kind(
        "committee_action",
        N_("Actions of committees"),
        "committee",
        "SELECT x.id, t.title, x.code FROM committee_action x JOIN task t ON t.id = x.task_id",
        _plain,
        ("task",),
    ),
    Kind(
        "highlight",
        N_("Highlights"),
        "committee",
        "SELECT x.id, x.lead, '', x.noted_on FROM highlight x",
        _dated,
        newest_first=True,
    ),
    Kind(
        "committee",
        N_("Committees"),
        "committee",
        "SELECT x.id, x.number, '', x.held_on, x.kind FROM committee x",
        _dated,
        newest_first=True,
        name=_committee,
    ),
    Kind(
        "agenda_item",
        N_("Agenda of committees"),
        "committee",
        "SELECT x.id, x.title, '', c.number, c.kind, c.held_on FROM agenda_item x"
        " JOIN committee c ON c.id = x.committee_id",
        _agenda,
        ("committee",),
        newest_first=True,
    ),
    Kind(
        "raci_item",
        N_("Lines of the RACI"),
        "committee",
        "SELECT x.id, x.title, '' FROM raci_item x",
        _plain,
    ),
    Kind(
        "budget_line",
        N_("Budget lines"),
        "committee",
        "SELECT x.id, x.name, '' FROM budget_line x",
        _plain,
    ),
)
