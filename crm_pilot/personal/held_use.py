"""What is held on somebody as a user of the CRM and as a trainee: parts of the person file."""

from __future__ import annotations

from collections import defaultdict

from crm_pilot.adoption import facts, facts_rare
from crm_pilot.adoption.terms import CAUSES
from crm_pilot.i18n import N_, Message
from crm_pilot.personal.held_parts import Part, Value, among, day
from crm_pilot.personal.identity import Subject
from crm_pilot.personal.masking import Mask
from crm_pilot.store.reader import Reader
from crm_pilot.training.terms import EVALUATIONS, HALVES, PRESENCES, QUIZ_MOMENTS


def parts(reader: Reader, subject: Subject, mask: Mask) -> tuple[Part, ...]:
    """Accounts, use, support, training: all of them, empty ones too."""
    return (
        _accounts(reader, subject),
        _use(reader, subject),
        _proxy(reader, subject),
        _support(reader, subject, mask),
        _training(reader, subject),
        _halves(reader, subject),
        _evaluations(reader, subject, mask),
        _quizzes(reader, subject),
        _waiting(reader, subject),
        _given(reader, subject),
    )


def _accounts(reader: Reader, subject: Subject) -> Part:
    rows = reader.select(
        "SELECT a.external_id, a.username, a.full_name, a.email, a.licence, f.name, a.opened_on,"
        " a.closed_on FROM account a LEFT JOIN profile f ON f.id = a.profile_id"
        f" WHERE a.id IN {among(subject.accounts)}"
    )
    return Part(
        "accounts",
        N_("CRM accounts"),
        (
            N_("CRM user id"),
            N_("CRM user name"),
            N_("Name in the CRM"),
            N_("E-mail"),
            N_("Licence"),
            N_("CRM profile"),
            N_("Account opened on"),
            N_("Account closed on"),
        ),
        tuple((*known, day(opened), day(closed)) for *known, opened, closed in rows),
    )


def _use(reader: Reader, subject: Subject) -> Part:
    """Login days and actions by month: the days themselves are held, and may be asked for."""
    logins: dict[int, int] = defaultdict(int)
    for month, days in facts.months_of(reader, subject.accounts):
        logins[month] += days
    done = {
        month: (made, changed)
        for month, made, changed in facts.records_by_month(reader, subject.accounts)
    }
    return Part(
        "use",
        N_("Use of the CRM, by month"),
        (N_("Month"), N_("Login days"), N_("Records created"), N_("Records updated")),
        tuple(
            (_month(month), logins.get(month, 0), *done.get(month, (0, 0)))
            for month in sorted({*logins, *done})
        ),
        N_("Days are held one by one, without hour, place or device."),
    )


def _month(month: int) -> str:
    return f"{facts.first_of(month):%Y-%m}"


def _proxy(reader: Reader, subject: Subject) -> Part:
    return Part(
        "proxy",
        N_("Records in the name of others, by month"),
        (N_("Month"), N_("Created for others"), N_("Created for them by others")),
        tuple(
            (_month(month), given, taken)
            for month, given, taken in facts_rare.owned_months(reader, subject.accounts)
        ),
        N_("For whom, or by whom, is not told here: that concerns others."),
    )


def _support(reader: Reader, subject: Subject, mask: Mask) -> Part:
    rows = reader.select(
        "SELECT s.noted_on, s.cause, f.name, s.matter, s.answer, s.done_on FROM support s"
        " LEFT JOIN feature f ON f.id = s.feature_id WHERE s.person_id = ?"
        " ORDER BY s.noted_on, s.id",
        subject.person_id,
    )
    return Part(
        "support",
        N_("Support of users"),
        (
            *(N_("Noted on"), N_("Cause"), N_("Feature"), N_("What was asked")),
            *(N_("What was done"), N_("Done on")),
        ),
        tuple(
            (day(noted), Message(CAUSES[cause]), feature, mask(matter), mask(answer), day(done))
            for noted, cause, feature, matter, answer, done in rows
        ),
    )


_SESSION = "JOIN training_session s ON s.id = x.session_id JOIN course c ON c.id = s.course_id"


def _training(reader: Reader, subject: Subject) -> Part:
    rows = reader.select(
        f"SELECT s.held_on, c.title, x.presence, x.convened_on FROM attendance x {_SESSION}"
        " WHERE x.person_id = ? ORDER BY s.held_on, s.id",
        subject.person_id,
    )
    return Part(
        "training",
        N_("Training"),
        (N_("Date"), N_("Course"), N_("Presence"), N_("Convened on")),
        tuple(
            (day(held), title, Message(PRESENCES[presence]), day(convened))
            for held, title, presence, convened in rows
        ),
    )


def _halves(reader: Reader, subject: Subject) -> Part:
    rows = reader.select(
        "SELECT h.day, h.part, c.title, h.presence FROM half_presence h"
        f" JOIN attendance x ON x.id = h.attendance_id {_SESSION}"
        " WHERE x.person_id = ? ORDER BY h.day, h.part DESC, h.id",
        subject.person_id,
    )
    return Part(
        "halves",
        N_("Presence by half-day"),
        (N_("Date"), N_("Half-day"), N_("Course"), N_("Presence")),
        tuple(
            (day(on), Message(HALVES[part]), title, Message(PRESENCES[presence]))
            for on, part, title, presence in rows
        ),
    )


def _evaluations(reader: Reader, subject: Subject, mask: Mask) -> Part:
    """Those signed; an unsigned form is nobody's."""
    rows = reader.select(
        "SELECT x.given_on, c.title, x.kind, x.satisfaction, x.content, x.trainer, x.pace,"
        f" x.usefulness, x.application, x.comment FROM evaluation x {_SESSION}"
        " WHERE x.person_id = ? ORDER BY x.given_on, x.id",
        subject.person_id,
    )
    made: list[tuple[Value, ...]] = [
        (day(on), title, Message(EVALUATIONS[kind]), *marks, mask(comment))
        for on, title, kind, *marks, comment in rows
    ]
    return Part(
        "evaluations",
        N_("Evaluations they signed"),
        (
            *(N_("Filled in on"), N_("Course"), N_("When asked"), N_("Satisfaction")),
            *(N_("Content"), N_("Trainer (mark)"), N_("Pace"), N_("Usefulness")),
            *(N_("Use at work"), N_("Free comment")),
        ),
        tuple(made),
    )


def _quizzes(reader: Reader, subject: Subject) -> Part:
    rows = reader.select(
        f"SELECT s.held_on, c.title, x.moment, x.points, x.out_of FROM quiz_result x {_SESSION}"
        " WHERE x.person_id = ? ORDER BY s.held_on, x.moment DESC, x.id",
        subject.person_id,
    )
    return Part(
        "quizzes",
        N_("Results of quizzes"),
        (N_("Date"), N_("Course"), N_("Before or after"), N_("Points"), N_("Out of")),
        tuple(
            (day(held), title, Message(QUIZ_MOMENTS[moment]), points, out_of)
            for held, title, moment, points, out_of in rows
        ),
    )


def _waiting(reader: Reader, subject: Subject) -> Part:
    rows = reader.select(
        f"SELECT s.held_on, c.title, x.since FROM waiting x {_SESSION}"
        " WHERE x.person_id = ? ORDER BY s.held_on, x.id",
        subject.person_id,
    )
    return Part(
        "waiting",
        N_("Waiting lists"),
        (N_("Date"), N_("Course"), N_("Waits since")),
        tuple((day(held), title, day(since)) for held, title, since in rows),
    )


def _given(reader: Reader, subject: Subject) -> Part:
    rows = reader.select(
        "SELECT s.held_on, c.title FROM training_session s JOIN course c ON c.id = s.course_id"
        " WHERE s.trainer_id = ? ORDER BY s.held_on, s.id",
        subject.person_id,
    )
    return Part(
        "given",
        N_("Sessions they give"),
        (N_("Date"), N_("Course")),
        tuple((day(held), title) for held, title in rows),
    )
