"""Mapped classes of the committee room."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_pilot.governance.terms import (
    Axis,
    BudgetKind,
    CommitteeKind,
    DecisionStatus,
    Document,
    Effort,
    Letter,
    Presence,
    ProblemStatus,
    RiskResponse,
    RiskStatus,
    Weather,
)
from crm_pilot.store.schema import Base, choice, key, refers, text, whole


class Committee(Base):
    """A committee, held or to come: steering (COPIL), project, technical or of users."""

    __tablename__ = "committee"
    __table_args__ = (UniqueConstraint("kind", "number"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    number: Mapped[int]
    held_on: Mapped[dt.date]
    note: Mapped[str] = text("note")
    kind: Mapped[str] = choice("kind", CommitteeKind, CommitteeKind.STEERING)
    starts_minute: Mapped[int | None] = whole("starts_minute", low=0, high=1439, null=True)
    minutes: Mapped[int | None] = whole("minutes", low=1, high=1440, null=True)  # how long
    place: Mapped[str] = text("place")


class AgendaItem(Base):
    """A point of the agenda, and in a line what became of it."""

    __tablename__ = "agenda_item"
    id: Mapped[int] = key()
    committee_id: Mapped[int] = refers("committee", cascade=True)
    position: Mapped[int] = whole("position", default=0)
    title: Mapped[str] = text("title", filled=True)
    presenter: Mapped[str] = text("presenter")
    minutes: Mapped[int | None] = whole("minutes", low=1, high=1440, null=True)
    outcome: Mapped[str] = text("outcome")


class Participant(Base):
    """Somebody invited to a committee, as printed: name and role."""

    __tablename__ = "participant"
    id: Mapped[int] = key()
    committee_id: Mapped[int] = refers("committee", cascade=True)
    person_id: Mapped[int | None] = refers("person")
    position: Mapped[int] = whole("position", default=0)
    name: Mapped[str] = text("name", filled=True)
    role: Mapped[str] = text("role")
    presence: Mapped[str] = choice("presence", Presence, Presence.INVITED)


class WeatherRecord(Base):
    """Weather as given at a committee; the trend compares with it."""

    __tablename__ = "weather_record"
    __table_args__ = (UniqueConstraint("committee_id", "axis"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    committee_id: Mapped[int] = refers("committee", cascade=True)
    axis: Mapped[str] = choice("axis", Axis)
    weather: Mapped[str] = choice("weather", Weather)
    reason: Mapped[str] = text("reason")


class Decision(Base):
    """A decision asked of or taken by a committee: never without owner and date."""

    __tablename__ = "decision"
    id: Mapped[int] = key()
    code: Mapped[str] = mapped_column(unique=True)  # "D-021"
    wording: Mapped[str] = text("wording", filled=True)
    owner: Mapped[str] = text("owner", filled=True)  # name and role as printed
    due_on: Mapped[dt.date]
    status: Mapped[str] = choice("status", DecisionStatus, DecisionStatus.PROPOSED)
    committee_id: Mapped[int | None] = refers("committee")  # where it is asked
    context: Mapped[str] = text("context")
    evidence: Mapped[str] = text("evidence")  # what shows that it is done
    decided_on: Mapped[dt.date | None]
    closed_on: Mapped[dt.date | None]


class CommitteeAction(Base):
    """A task of the plan that a committee asked for, or that answers a decision, risk, problem."""

    __tablename__ = "committee_action"
    id: Mapped[int] = key()
    code: Mapped[str] = mapped_column(unique=True)  # "A-012"
    task_id: Mapped[int] = refers("task", cascade=True)
    committee_id: Mapped[int | None] = refers("committee")
    decision_id: Mapped[int | None] = refers("decision")
    risk_id: Mapped[int | None] = refers("risk")
    problem_id: Mapped[int | None] = refers("problem")


class Risk(Base):
    """A risk with its response. Probability and impact 1 to 4, no middle."""

    __tablename__ = "risk"
    id: Mapped[int] = key()
    code: Mapped[str] = mapped_column(unique=True)  # "R-07"
    title: Mapped[str] = text("title", filled=True)
    response: Mapped[str] = text("response")
    probability: Mapped[int] = whole("probability", default=2, low=1, high=4)
    impact: Mapped[int] = whole("impact", default=2, low=1, high=4)
    owner: Mapped[str] = text("owner")
    status: Mapped[str] = choice("status", RiskStatus, RiskStatus.OPEN)
    response_kind: Mapped[str | None] = choice("response_kind", RiskResponse, null=True)
    noted_on: Mapped[dt.date | None]
    due_on: Mapped[dt.date | None]  # of the response
    closed_on: Mapped[dt.date | None]


class RiskRating(Base):
    """Probability and impact of a risk as rated on a day: the trend; never overwritten."""

    __tablename__ = "risk_rating"
    __table_args__ = (UniqueConstraint("risk_id", "rated_on"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    risk_id: Mapped[int] = refers("risk", cascade=True)
    rated_on: Mapped[dt.date]
    probability: Mapped[int] = whole("probability", low=1, high=4)
    impact: Mapped[int] = whole("impact", low=1, high=4)


class Problem(Base):
    """Something that happened and hinders (issue): a risk that came true, or one nobody saw."""

    __tablename__ = "problem"
    id: Mapped[int] = key()
    code: Mapped[str] = mapped_column(unique=True)  # "P-03"
    title: Mapped[str] = text("title", filled=True)
    response: Mapped[str] = text("response")
    severity: Mapped[int] = whole("severity", default=2, low=1, high=4)  # 4 stops the project
    owner: Mapped[str] = text("owner")
    raised_on: Mapped[dt.date]
    due_on: Mapped[dt.date | None]
    closed_on: Mapped[dt.date | None]
    status: Mapped[str] = choice("status", ProblemStatus, ProblemStatus.OPEN)
    risk_id: Mapped[int | None] = refers("risk")


class RaciItem(Base):
    """A line of the RACI: a deliverable or an activity."""

    __tablename__ = "raci_item"
    id: Mapped[int] = key()
    position: Mapped[int] = whole("position", default=0)
    title: Mapped[str] = text("title", filled=True)
    task_id: Mapped[int | None] = refers("task")


class RaciActor(Base):
    """A column of the RACI: a role or a person."""

    __tablename__ = "raci_actor"
    id: Mapped[int] = key()
    position: Mapped[int] = whole("position", default=0)
    name: Mapped[str] = text("name", filled=True)
    person_id: Mapped[int | None] = refers("person")


class RaciCell(Base):
    """What an actor is for a line; no row where nothing."""

    __tablename__ = "raci_cell"
    __table_args__ = (UniqueConstraint("item_id", "actor_id"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    item_id: Mapped[int] = refers("raci_item", cascade=True)
    actor_id: Mapped[int] = refers("raci_actor", cascade=True)
    letter: Mapped[str] = choice("letter", Letter)


class Highlight(Base):
    """A noteworthy fact (fait marquant), printed on the next report."""

    __tablename__ = "highlight"
    id: Mapped[int] = key()
    noted_on: Mapped[dt.date]
    lead: Mapped[str] = text("lead", filled=True)  # the few words in bold
    detail: Mapped[str] = text("detail")


class BudgetLine(Base):
    """A budget line in cents: reference, spent, and RAF (what is still needed to finish)."""

    __tablename__ = "budget_line"
    id: Mapped[int] = key()
    name: Mapped[str] = text("name", filled=True)
    baseline_cents: Mapped[int] = whole("baseline_cents", default=0)
    spent_cents: Mapped[int] = whole("spent_cents", default=0)
    remaining_cents: Mapped[int] = whole("remaining_cents", default=0)
    reason: Mapped[str] = text("reason")
    position: Mapped[int] = whole("position", default=0)
    kind: Mapped[str] = choice("kind", BudgetKind, BudgetKind.OTHER)
    effort: Mapped[str | None] = choice("effort", Effort, null=True)  # None: follows the kind
    starts_on: Mapped[dt.date | None]  # the baseline is spread evenly between both days
    ends_on: Mapped[dt.date | None]
    baseline_days: Mapped[int] = whole("baseline_days", default=0)  # hundredths of person-days
    spent_days: Mapped[int] = whole("spent_days", default=0)
    remaining_days: Mapped[int] = whole("remaining_days", default=0)
    # share of the work of the line that is done; None: spent ÷ (spent + RAF)
    done_percent: Mapped[int | None] = whole("done_percent", low=0, high=100, null=True)


class BudgetEstimate(Base):
    """A line as it stood on a day, cumulated: never overwritten by a later day."""

    __tablename__ = "budget_estimate"
    __table_args__ = (UniqueConstraint("line_id", "as_of"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    line_id: Mapped[int] = refers("budget_line", cascade=True)
    as_of: Mapped[dt.date]
    spent_cents: Mapped[int] = whole("spent_cents", default=0)
    remaining_cents: Mapped[int] = whole("remaining_cents", default=0)
    spent_days: Mapped[int] = whole("spent_days", default=0)
    remaining_days: Mapped[int] = whole("remaining_days", default=0)
    done_percent: Mapped[int | None] = whole("done_percent", low=0, high=100, null=True)
    reason: Mapped[str] = text("reason")


class BudgetPlan(Base):
    """What the baseline plans to spend on a line in a month, where it is not spread evenly."""

    __tablename__ = "budget_plan"
    __table_args__ = (UniqueConstraint("line_id", "month"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    line_id: Mapped[int] = refers("budget_line", cascade=True)
    month: Mapped[int] = whole("month", low=197001, high=999912)
    planned_cents: Mapped[int] = whole("planned_cents", default=0)


class ReportSection(Base):
    """Which sections a document of this project has, and in which order."""

    __tablename__ = "report_section"
    __table_args__ = (UniqueConstraint("document", "section"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    document: Mapped[str] = choice("document", Document)
    section: Mapped[str] = text("section", filled=True)
    position: Mapped[int] = whole("position", default=0)
    shown: Mapped[bool] = mapped_column(default=True, server_default="1")


class ReportLook(Base):
    """Logo and colour of the company on documents; one row at most."""

    __tablename__ = "report_look"
    id: Mapped[int] = key()
    logo: Mapped[bytes | None]  # a PNG or JPEG, as it was read
    accent: Mapped[str] = text("accent")  # "#2A56C6"; empty: the house's


class ReportIssue(Base):
    """An issued document: its figures and texts, for good. Outside undo; never changed again.

    `fingerprint` is the SHA-256 of the frozen figures and texts, in hexadecimal; parts of it are
    printed on every page. `withdrawn_on`: a person it named was erased, and its files with them.
    """

    __tablename__ = "report_issue"
    id: Mapped[int] = key()
    number: Mapped[int] = mapped_column(unique=True)
    document: Mapped[str] = choice("document", Document)
    issued_at: Mapped[dt.datetime]
    as_of: Mapped[dt.date]
    committee: Mapped[int | None]  # number of the committee it was for
    title: Mapped[str] = text("title")
    sentence: Mapped[str] = text("sentence")  # of its first page, in the project's language
    corrects_id: Mapped[int | None] = refers("report_issue")
    reason: Mapped[str] = text("reason")  # of a correction
    fingerprint: Mapped[str] = text("fingerprint", filled=True)
    figures: Mapped[str] = text("figures", filled=True)  # JSON: what later reports compare with
    withdrawn_on: Mapped[dt.date | None]


class ReportFile(Base):
    """A file of an issued document, byte for byte. Outside undo."""

    __tablename__ = "report_file"
    __table_args__ = (UniqueConstraint("issue_id", "language", "format"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    issue_id: Mapped[int] = refers("report_issue", cascade=True)
    language: Mapped[str] = text("language", filled=True)  # fr or en
    format: Mapped[str] = text("format", filled=True)  # pdf, pptx or xlsx
    pages: Mapped[int] = whole("pages", default=0)
    digest: Mapped[str] = text("digest", filled=True)  # SHA-256 of the content, hexadecimal
    content: Mapped[bytes]


class SignAction(Base):
    """A task of the plan that answers a warning; `subject` tells which one of its rule."""

    __tablename__ = "sign_action"
    __table_args__ = (UniqueConstraint("rule", "subject", "task_id"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    rule: Mapped[str] = text("rule", filled=True)
    subject: Mapped[str] = text("subject")
    task_id: Mapped[int] = refers("task", cascade=True)
