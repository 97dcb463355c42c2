"""Risks over time: dated ratings, the trend since the last committee, and the matrix."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from crm_pilot.governance.rows import HIGH_RISK, RiskRow, risks
from crm_pilot.governance.terms import RiskResponse, RiskStatus, Trend
from crm_pilot.i18n import Message, msg
from crm_pilot.people.meetings import last_committee_day
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, date_from_iso, remembered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

MIDDLE_RISK = 4  # probability × impact from which a risk is no longer low; this program's own
LEVELS = range(1, 5)  # of probability and impact: four, so that nobody chooses the middle


@dataclass(frozen=True)
class Rating:
    """Probability and impact of a risk as rated on a day."""

    rated_on: dt.date
    probability: int
    impact: int

    @property
    def score(self) -> int:
        """Probability × impact, 1 to 16."""
        return self.probability * self.impact


@dataclass(frozen=True)
class RiskTableRow:
    """A risk of the register with where it stood at the last steering committee.

    `before`: the score of that day; None where it was not rated yet, and then it has no trend.
    `late`: open, and the day of its response is past. `history`: every rating, oldest first.
    """

    id: int
    code: str
    title: str
    response: str
    probability: int
    impact: int
    score: int
    owner: str
    status: RiskStatus
    response_kind: RiskResponse | None
    noted_on: dt.date | None
    due_on: dt.date | None
    closed_on: dt.date | None
    before: int | None
    trend: Trend | None
    late: bool
    history: tuple[Rating, ...]

    @property
    def open(self) -> bool:
        """Whether it still counts."""
        return self.status is RiskStatus.OPEN


@dataclass(frozen=True)
class RiskMatrix:
    """Codes of open risks by probability and impact, each 1 to 4."""

    cells: Mapping[tuple[int, int], tuple[str, ...]]

    def at(self, probability: int, impact: int) -> tuple[str, ...]:
        """The codes of one cell, in order."""
        return self.cells.get((probability, impact), ())


def matrix(rows: Iterable[RiskTableRow | RiskRow]) -> RiskMatrix:
    """Where the open ones of some risks stand."""
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    for row in rows:
        if row.status is RiskStatus.OPEN:
            cells[row.probability, row.impact].append(row.code)
    return RiskMatrix({place: tuple(sorted(codes)) for place, codes in cells.items()})


def band(score: int) -> str:
    """The colour (token) of a score; its place in the matrix says the same."""
    return "alert" if score >= HIGH_RISK else "watch" if score >= MIDDLE_RISK else "good"


def score_trend(now: int, before: int | None) -> Trend | None:
    """Against the score of the last committee; None without one."""
    if before is None:
        return None
    return Trend.WORSE if now > before else Trend.BETTER if now < before else Trend.STABLE


@remembered("risk_rating")
def ratings(reader: Reader) -> Mapping[int, tuple[Rating, ...]]:
    """Every rating by risk id, oldest first."""
    made: dict[int, list[Rating]] = defaultdict(list)
    for risk, day, probability, impact in reader.select(
        "SELECT risk_id, rated_on, probability, impact FROM risk_rating ORDER BY risk_id, rated_on"
    ):
        made[risk].append(Rating(date_from_iso(day), probability, impact))
    return {risk: tuple(found) for risk, found in made.items()}


def score_at(history: Iterable[Rating], day: dt.date | None) -> int | None:
    """The score in force at the end of a day, or None."""
    known = [one.score for one in history if day is not None and one.rated_on <= day]
    return known[-1] if known else None


@remembered("risk", "risk_rating", "committee")
def risk_table(reader: Reader, today: dt.date) -> tuple[RiskTableRow, ...]:
    """All risks with their trend: open first, the heaviest first."""
    last, rated = last_committee_day(reader, today), ratings(reader)
    return tuple(_line(row, rated.get(row.id, ()), last, today) for row in risks(reader))


def _line(
    row: RiskRow, history: tuple[Rating, ...], last: dt.date | None, today: dt.date
) -> RiskTableRow:
    before = score_at(history, last)
    is_open = row.status is RiskStatus.OPEN
    return RiskTableRow(
        id=row.id,
        code=row.code,
        title=row.title,
        response=row.response,
        probability=row.probability,
        impact=row.impact,
        score=row.score,
        owner=row.owner,
        status=row.status,
        response_kind=row.response_kind,
        noted_on=row.noted_on,
        due_on=row.due_on,
        closed_on=row.closed_on,
        before=before,
        trend=score_trend(row.score, before) if is_open else None,
        late=is_open and row.due_on is not None and row.due_on < today,
        history=history,
    )


@dataclass(frozen=True)
class RateRisk:
    """Rate a risk on a day. Later ratings stay, and then the risk stands where they say; what it
    was before its first rating is kept as of the day it was noted."""

    key: int
    probability: int
    impact: int
    on: dt.date

    @property
    def label(self) -> Message:
        return msg("Rate a risk")

    def apply(self, work: Work) -> None:
        row = work.get("risk", self.key)
        known = work.select(
            "SELECT id, rated_on FROM risk_rating WHERE risk_id = ? ORDER BY rated_on", self.key
        )
        levels = {"probability": self.probability, "impact": self.impact}
        if not known and row.noted_on is not None and row.noted_on < self.on:
            first = {"probability": row.probability, "impact": row.impact}
            work.add("risk_rating", risk_id=self.key, rated_on=row.noted_on, **first)
        same = [rating for rating, day in known if day == self.on.isoformat()]
        if same:
            work.set("risk_rating", same[0], **levels)
        else:
            work.add("risk_rating", risk_id=self.key, rated_on=self.on, **levels)
        if all(day <= self.on.isoformat() for _, day in known):
            work.set("risk", self.key, **levels)


@dataclass(frozen=True)
class SetRiskStatus:
    """Close a risk on a day, or open it again."""

    key: int
    status: RiskStatus
    on: dt.date

    @property
    def label(self) -> Message:
        return msg("Status of a risk")

    def apply(self, work: Work) -> None:
        closed = self.on if self.status is RiskStatus.CLOSED else None
        work.set("risk", self.key, status=self.status, closed_on=closed)
