"""The person file: everything the project holds on someone, other people's names masked.

Given on request (right of access): data, not documents (DOMAIN.md 6, [W87], [W90], [W91]).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from crm_pilot.governance.terms import DECISION_STATUSES, PROBLEM_STATUSES
from crm_pilot.i18n import N_, Message, Translator
from crm_pilot.maintenance.terms import STATUSES
from crm_pilot.people.queries import persons
from crm_pilot.people.terms import DAY_PARTS
from crm_pilot.personal import frozen, held_committee, held_use, texts
from crm_pilot.personal.held_parts import Part, Value, among, day
from crm_pilot.personal.identity import Subject
from crm_pilot.personal.masking import Mask
from crm_pilot.project import load_models
from crm_pilot.records import dataclass
from crm_pilot.stakeholders import queries as stakeholders
from crm_pilot.stakeholders.terms import ACTIONS, TIES, ZONES
from crm_pilot.store.reader import Reader


@dataclass(frozen=True)
class PersonFile:
    """All parts, empty ones too: an empty part says that nothing is held."""

    name: str
    on: dt.date
    parts: tuple[Part, ...]

    def plain(self, shown: Translator) -> dict[str, Any]:
        """As data for machines: titles and headings translated, dates as ISO text."""
        return {
            "name": self.name,
            "as_of": self.on.isoformat(),
            "parts": [
                {
                    "key": part.key,
                    "title": shown.tr(part.title),
                    "rows": [
                        {
                            shown.tr(heading): _plain(value, shown)
                            for heading, value in zip(part.headings, row, strict=True)
                        }
                        for row in part.rows
                    ],
                }
                for part in self.parts
            ],
        }


def _plain(value: Value, shown: Translator) -> Any:
    if isinstance(value, Message):
        return shown.show(value)
    return value.isoformat() if isinstance(value, dt.date) else value


def person_file(reader: Reader, subject: Subject, today: dt.date, shown: Translator) -> PersonFile:
    """Everything held on `subject` as of `today`; `shown` gives the words of the mask."""
    load_models()
    mask = Mask(reader, subject, shown)
    parts = (
        _identity(reader, subject),
        _positions(reader, subject, mask),
        _unit(reader, subject, mask),
        _ties(reader, subject, mask),
        _actions(reader, subject, mask),
        *held_use.parts(reader, subject, mask),
        _tickets(reader, subject, mask),
        _tasks(reader, subject, mask),
        _absences(reader, subject),
        _duties(reader, subject, mask),
        *held_committee.parts(reader, subject, mask),
        _mentions(reader, subject, mask),
        frozen.part(reader, subject),
    )
    return PersonFile(subject.name, today, parts)


def _identity(reader: Reader, subject: Subject) -> Part:
    row = next((one for one in persons(reader) if one.id == subject.person_id), None)
    found: list[tuple[Value, ...]] = [(Message(N_("Name")), subject.name)]
    if row is not None:
        for heading, value in (
            (N_("Code"), row.code),
            (N_("E-mail"), row.email),
            (N_("Staff number"), row.external_id),
            (N_("Job"), row.job),
            (N_("Department"), row.department),
            (N_("Arrived on"), row.arrived_on),
            (N_("Note"), row.note),
        ):
            if value:
                found.append((Message(heading), value))
    return Part("identity", N_("Identity"), (N_("What"), N_("Held")), tuple(found))


def _positions(reader: Reader, subject: Subject, mask: Mask) -> Part:
    rows: list[tuple[Value, ...]] = []
    for unit in subject.units:
        for one in stakeholders.ratings(reader, unit):
            rows.append(
                (
                    one.rated_on,
                    one.synergy,
                    one.antagonism,
                    Message(ZONES[one.zone]),
                    mask(one.fact),
                    mask.author(one.author),
                )
            )
    return Part(
        "ratings",
        N_("Positions on the map"),
        (
            N_("Rated on"),
            N_("Synergy"),
            N_("Antagonism"),
            N_("Zone"),
            N_("Observed fact"),
            N_("Rated by"),
        ),
        tuple(rows),
    )


def _unit(reader: Reader, subject: Subject, mask: Mask) -> Part:
    rows = reader.select(
        "SELECT u.influence, u.target_synergy, u.target_antagonism, u.target_date, u.stage,"
        " u.enters_on, u.role, u.note, o.id FROM stakeholder u"
        f" LEFT JOIN person o ON o.id = u.owner_id WHERE u.id IN {among(subject.units)}"
    )
    made: list[tuple[Value, ...]] = []
    for influence, synergy, antagonism, by, stage, enters, role, note, owner in rows:
        target = f"{synergy}/{antagonism}" if synergy and antagonism else None
        for heading, value in (
            (N_("Influence"), influence),
            (N_("Target position"), target),
            (N_("Target date"), day(by)),
            (N_("Order of entry"), stage),
            (N_("Enters on"), day(enters)),
            (N_("Role on stage"), mask(role)),
            (N_("Note"), mask(note)),
            (N_("Relation kept by"), None if owner is None else mask.somebody),
        ):
            if value:
                made.append((Message(heading), value))
    return Part("map", N_("On the map"), (N_("What"), N_("Held")), tuple(made))


def _ties(reader: Reader, subject: Subject, mask: Mask) -> Part:
    units = among(subject.units)
    rows = reader.select(
        "SELECT t.kind, t.from_id, f.name, f.kind, o.name, o.kind FROM stakeholder_tie t"
        " JOIN stakeholder f ON f.id = t.from_id JOIN stakeholder o ON o.id = t.to_id"
        f" WHERE t.from_id IN {units} OR t.to_id IN {units} ORDER BY t.id"
    )
    made: list[tuple[Value, ...]] = []
    for kind, start, one, one_kind, other, other_kind in rows:
        mine = start in subject.units
        first = subject.name if mine else mask.unit(one, one_kind)
        second = mask.unit(other, other_kind) if mine else subject.name
        made.append((first, Message(TIES[kind]), second))
    return Part("ties", N_("Ties"), (N_("Who"), N_("Tie"), N_("With")), tuple(made))


def _actions(reader: Reader, subject: Subject, mask: Mask) -> Part:
    rows = reader.select(
        "SELECT i.kind, t.title, t.start, t.finish, t.percent FROM influence i"
        f" JOIN task t ON t.id = i.task_id WHERE i.stakeholder_id IN {among(subject.units)}"
        " ORDER BY t.start, t.id"
    )
    return Part(
        "actions",
        N_("Actions planned towards them"),
        (N_("Kind"), N_("Action"), N_("Start"), N_("Finish"), N_("% done")),
        tuple((Message(ACTIONS[k]), mask(t), day(s), day(f), p) for k, t, s, f, p in rows),
    )


def _tickets(reader: Reader, subject: Subject, mask: Mask) -> Part:
    rows = reader.select(
        "SELECT number, title, status, opened_at, requester, assignee, description FROM ticket"
        " WHERE requester <> '' OR assignee <> '' ORDER BY opened_at, id"
    )
    made: list[tuple[Value, ...]] = []
    for number, title, status, opened, asked, works, words in rows:
        theirs = [mask.is_subject(asked), mask.is_subject(works)]
        if any(theirs):
            role = N_("asked by them") if theirs[0] else N_("worked on by them")
            made.append(
                (
                    number,
                    mask(title),
                    Message(STATUSES[status]),
                    day(opened),
                    Message(role),
                    mask(words),
                )
            )
    return Part(
        "tickets",
        N_("Tickets"),
        (N_("Ticket"), N_("Title"), N_("Status"), N_("Opened on"), N_("Part"), N_("Description")),
        tuple(made),
    )


def _tasks(reader: Reader, subject: Subject, mask: Mask) -> Part:
    rows = reader.select(
        "SELECT DISTINCT t.title, t.start, t.finish, t.percent FROM task t"
        " LEFT JOIN assignment a ON a.task_id = t.id WHERE t.owner_id = ? OR a.person_id = ?"
        " ORDER BY t.start, t.id",
        subject.person_id,
        subject.person_id,
    )
    return Part(
        "tasks",
        N_("Their lines of the plan"),
        (N_("Title"), N_("Start"), N_("Finish"), N_("% done")),
        tuple((mask(title), day(start), day(end), percent) for title, start, end, percent in rows),
    )


def _absences(reader: Reader, subject: Subject) -> Part:
    rows = reader.select(
        "SELECT first, last, part FROM absence WHERE person_id = ? ORDER BY first, id",
        subject.person_id,
    )
    return Part(
        "absences",
        N_("Absences"),
        (N_("First day"), N_("Last day"), N_("Part of the day")),
        tuple((day(first), day(last), Message(DAY_PARTS[part])) for first, last, part in rows),
        N_("The reason of an absence is never held."),
    )


def _duties(reader: Reader, subject: Subject, mask: Mask) -> Part:
    made: list[tuple[Value, ...]] = [
        (Message(N_("Role")), name, duty)
        for name, duty in reader.select(
            "SELECT name, duty FROM role WHERE person_id = ? ORDER BY position, id",
            subject.person_id,
        )
    ]
    for code, wording, owner, status in reader.select(
        "SELECT code, wording, owner, status FROM decision ORDER BY id"
    ):
        if mask.is_subject(owner):
            words = Message(DECISION_STATUSES[status])
            made.append((Message(N_("Decision")), f"{code} {mask(wording)}".strip(), words))
    for code, title, owner in reader.select("SELECT code, title, owner FROM risk ORDER BY id"):
        if mask.is_subject(owner):
            made.append((Message(N_("Risk")), f"{code} {mask(title)}".strip(), None))
    for code, title, owner, status in reader.select(
        "SELECT code, title, owner, status FROM problem ORDER BY id"
    ):
        if mask.is_subject(owner):
            words = Message(PROBLEM_STATUSES[status])
            made.append((Message(N_("Problem")), f"{code} {mask(title)}".strip(), words))
    for (title,) in reader.select(
        "SELECT title FROM lateral_project WHERE pilot_id = ? ORDER BY id", subject.person_id
    ):
        made.append((Message(N_("Lateral project")), mask(title), None))
    return Part(
        "duties",
        N_("Duties in the project"),
        (N_("What"), N_("Title"), N_("Detail")),
        tuple(made),
    )


# where the other parts already show the text
_SHOWN = frozenset({"person", "stakeholder", "ticket"})
# what the duties show of the rows that are the subject's
_DUTIES = frozenset({"decision", "risk", "problem"})
_OF_DUTIES = frozenset({"owner", "wording", "title"})
# where they show the rows that are the subject's, and no others
_OWN = (
    ("account", "id IN {accounts}"),
    ("rating", "stakeholder_id IN {units}"),
    ("support", "person_id = {person}"),
    ("evaluation", "person_id = {person}"),
    ("participant", "person_id = {person}"),
    ("raci_actor", "person_id = {person}"),
)


def _mentions(reader: Reader, subject: Subject, mask: Mask) -> Part:
    own = set(_own_rows(reader, subject))
    duties = set(_duty_rows(reader, mask))
    made: list[tuple[Value, ...]] = []
    for found in texts.mentions(reader.select, subject):
        table = found.column.table
        if table in _SHOWN or (table, found.row) in own:
            continue
        if (table, found.row) in duties and found.column.name in _OF_DUTIES:
            continue
        if found.sure or not subject.shared:
            made.append((Message(TABLES.get(table, N_("Other"))), mask(texts.readable(found.text))))
    return Part(
        "mentions",
        N_("Other texts that name them"),
        (N_("Where"), N_("Text")),
        tuple(made),
        N_("Names of other people are masked."),
    )


def _own_rows(reader: Reader, subject: Subject) -> Iterator[tuple[str, int]]:
    """Rows whose texts the other parts show in full."""
    ids = {
        "accounts": among(subject.accounts),
        "units": among(subject.units),
        "person": subject.person_id or 0,
    }
    for table, condition in _OWN:
        for (key,) in reader.select(f"SELECT id FROM {table} WHERE {condition.format(**ids)}"):
            yield table, key


def _duty_rows(reader: Reader, mask: Mask) -> Iterator[tuple[str, int]]:
    """Decisions, risks and problems that are the subject's."""
    for table in _DUTIES:
        for key, owner in reader.select(f"SELECT id, owner FROM {table}"):
            if mask.is_subject(owner):
                yield table, key


TABLES = {
    "decision": N_("Decision"),
    "risk": N_("Risk"),
    "problem": N_("Problem"),
    "agenda_item": N_("Agenda of a committee"),
    "participant": N_("Participant of a committee"),
    "raci_item": N_("RACI"),
    "raci_actor": N_("RACI"),
    "budget_line": N_("Budget line"),
    "budget_estimate": N_("Estimate of a budget line"),
    "account": N_("CRM account of nobody"),
    "rating": N_("Observed fact on another unit"),
    "support": N_("Support of users"),
    "evaluation": N_("Evaluation of a session"),
    "task": N_("Plan"),
    "committee": N_("Committee"),
    "highlight": N_("Highlight"),
    "training_session": N_("Training session"),
    "ticket_event": N_("Ticket"),
    "lateral_project": N_("Lateral project"),
    "headline": N_("Sentence of a screen or report"),
    "snooze": N_("Warning put aside"),
    "forecast": N_("Announced date"),
    "weather_record": N_("Weather"),
    "import_batch": N_("Import"),
}
