"""The registers of the committee room as rows: committees, decisions, risks, highlights, budget.

Also the dataclasses that `weather`, `warnings` and `changes` fill, so that they do not need each
other.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from crm_pilot.governance.budget import BudgetFigures, budget  # noqa: F401
from crm_pilot.governance.terms import (
    Axis,
    CommitteeKind,
    DecisionStatus,
    Document,
    RiskResponse,
    RiskStatus,
    Trend,
    Weather,
)
from crm_pilot.i18n import Message, msg
from crm_pilot.people.meetings import last_committee_day
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

Text = Message | str
HIGH_RISK = 9  # probability × impact, from which a risk is high; this program's own
OWN_RULE = msg("our own rule")  # source of a warning whose rule is this program's


@dataclass(frozen=True)
class CommitteeRow:
    """A committee, held or to come; numbers count by kind. Minutes of the day, and how long."""

    id: int
    number: int
    held_on: dt.date
    note: str
    kind: CommitteeKind = CommitteeKind.STEERING
    starts_minute: int | None = None
    minutes: int | None = None
    place: str = ""


@dataclass(frozen=True)
class DecisionRow:
    """A decision with the number of the committee it is asked of."""

    id: int
    code: str
    wording: str
    owner: str
    due_on: dt.date
    status: DecisionStatus
    committee_id: int | None
    committee: int | None
    context: str = ""
    evidence: str = ""  # what shows that it is done
    decided_on: dt.date | None = None
    closed_on: dt.date | None = None
    committee_kind: CommitteeKind | None = None


@dataclass(frozen=True)
class RiskRow:
    """A risk; score = probability × impact, 1 to 16."""

    id: int
    code: str
    title: str
    response: str
    probability: int
    impact: int
    score: int
    owner: str
    status: RiskStatus
    response_kind: RiskResponse | None = None
    noted_on: dt.date | None = None
    due_on: dt.date | None = None  # of the response
    closed_on: dt.date | None = None


@dataclass(frozen=True)
class HighlightRow:
    """A noteworthy fact: a few words in bold and a detail."""

    id: int
    noted_on: dt.date
    lead: str
    detail: str


@dataclass(frozen=True)
class WeatherRow:
    """The weather of one axis. `weather` is the lead's when they overrode the proposal."""

    axis: Axis
    weather: Weather
    trend: Trend | None  # None: no earlier committee to compare with
    line: Message  # the figures, in one line
    rule: Message  # what the proposal is computed from
    proposed: Weather
    reason: str  # the lead's written reason for overriding
    history: tuple[tuple[int, Weather], ...]  # (committee number, weather), oldest first
    given: bool = False  # a record of the next committee says so: the lead's, or kept


@dataclass(frozen=True)
class Warning:
    """Something that a rule sees coming: rule, data and suggested action in one row."""

    rule: str  # stable key, e.g. "wave_opposed"
    weather: Weather
    title: Message
    data: Message
    action: Message
    screen: str  # the room where one acts
    source: Message  # where the rule comes from
    says: Message | None = None  # the rule in words, where it follows the lead's thresholds
    period: Message | None = None  # the days of the data; None: as of today
    subject: str = ""  # which one of its rule, where a check stands behind it


@dataclass(frozen=True)
class ChangeRow:
    """A figure at the last committee and now. `before` and `after` are shown; the plain values
    are for machines (ISO date, count, share)."""

    key: str
    label: Message
    before: Text
    after: Text
    before_value: str | float | None
    after_value: str | float | None
    screen: str


@dataclass(frozen=True)
class CommitteeFigures:
    """Everything the committee room, the cockpit and the report say about governance."""

    last: CommitteeRow | None
    next: CommitteeRow | None
    weather: tuple[WeatherRow, ...]
    decisions: tuple[DecisionRow, ...]
    risks: tuple[RiskRow, ...]
    highlights: tuple[HighlightRow, ...]
    budget: BudgetFigures
    warnings: tuple[Warning, ...]
    changes: tuple[ChangeRow, ...]

    @property
    def asked(self) -> tuple[DecisionRow, ...]:
        """Decisions the next committee must take, by due date."""
        return tuple(d for d in self.decisions if d.status == DecisionStatus.PROPOSED)

    @property
    def open_risks(self) -> tuple[RiskRow, ...]:
        """Open risks, the heaviest first."""
        return tuple(r for r in self.risks if r.status == RiskStatus.OPEN)


def enumeration(items: Sequence[Text], most: int = 3) -> Text:
    """A list in words: “A, B and C”; beyond `most` items, “A, B, C and 2 more”."""
    if not items:
        return ""
    if len(items) > most:
        rest = len(items) - most
        return msg("{list} and {n} more", list=_commas(items[:most]), n=rest)
    if len(items) == 1:
        return items[0]
    return msg("{list} and {last}", list=_commas(items[:-1]), last=items[-1])


def commas(items: Sequence[Text], most: int = 4) -> Text:
    """A list for a line of data: “A, B, C”; beyond `most`, “A, B, C, D + 2”."""
    if not items:
        return ""
    shown = _commas(items[:most])
    rest = len(items) - most
    return msg("{list} + {n}", list=shown, n=rest) if rest > 0 else shown


def _commas(items: Sequence[Text]) -> Text:
    first, *rest = items
    return Message("{first}, {rest}", {"first": first, "rest": _commas(rest)}) if rest else first


def signed(value: int) -> str:
    """`+7`, `−2`, `0`: a whole number with its sign, the same in both languages."""
    return f"+{value}" if value > 0 else f"\u2212{-value}" if value else "0"


# reads -------------------------------------------------------------------------------------

_COMMITTEE = "SELECT id, number, held_on, note, kind, starts_minute, minutes, place FROM committee"


@remembered("committee")
def committees(reader: Reader) -> tuple[CommitteeRow, ...]:
    """All committees by date."""
    return tuple(reader.rows(CommitteeRow, _COMMITTEE + " ORDER BY held_on, number"))


def steering_committees(reader: Reader) -> tuple[CommitteeRow, ...]:
    """Steering committees by date: the pack, trends and comparisons are about them alone."""
    return tuple(row for row in committees(reader) if row.kind is CommitteeKind.STEERING)


def last_committee(reader: Reader, today: dt.date) -> CommitteeRow | None:
    """The latest steering committee held before `today`."""
    day = last_committee_day(reader, today)
    return next((row for row in reversed(steering_committees(reader)) if row.held_on == day), None)


def next_committee(reader: Reader, today: dt.date) -> CommitteeRow | None:
    """The first steering committee of `today` or later: the one the pack is for."""
    return next((row for row in steering_committees(reader) if row.held_on >= today), None)


def committee_of(reader: Reader, today: dt.date, document: Document) -> CommitteeRow | None:
    """The committee a document is for: the next one, or else the last; minutes are those of the
    committee of the day, or else of the last one held."""
    following, last = next_committee(reader, today), last_committee(reader, today)
    if document is not Document.MINUTES:
        return following or last
    return following if following is not None and following.held_on == today else last


@remembered("decision", "committee")
def decisions(reader: Reader) -> tuple[DecisionRow, ...]:
    """All decisions: those still to take first, by due date."""
    return tuple(
        reader.rows(
            DecisionRow,
            "SELECT d.id, d.code, d.wording, d.owner, d.due_on, d.status, d.committee_id, c.number,"
            " d.context, d.evidence, d.decided_on, d.closed_on, c.kind"
            " FROM decision d LEFT JOIN committee c ON c.id = d.committee_id"
            " ORDER BY d.status = 'closed', d.status <> 'proposed', d.due_on, d.code",
        )
    )


@remembered("risk")
def risks(reader: Reader) -> tuple[RiskRow, ...]:
    """All risks: open first, the heaviest first."""
    return tuple(
        reader.rows(
            RiskRow,
            "SELECT id, code, title, response, probability, impact, probability * impact, owner,"
            " status, response_kind, noted_on, due_on, closed_on FROM risk"
            " ORDER BY status = 'closed', probability * impact DESC, impact DESC, code",
        )
    )


@remembered("highlight", "committee")
def highlights(reader: Reader, today: dt.date) -> tuple[HighlightRow, ...]:
    """Noteworthy facts since the last committee, the newest first; all of them before the first
    committee."""
    last = last_committee(reader, today)
    since = last.held_on if last else dt.date.min
    return tuple(
        reader.rows(
            HighlightRow,
            "SELECT id, noted_on, lead, detail FROM highlight"
            " WHERE noted_on > ? AND noted_on <= ? ORDER BY noted_on DESC, id",
            since,
            today,
        )
    )
