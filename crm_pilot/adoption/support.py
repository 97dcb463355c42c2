"""What kept people from using the CRM: cases, their causes, what was done, what still waits."""

from __future__ import annotations

import datetime as dt
from statistics import median

from crm_pilot.adoption.terms import Cause
from crm_pilot.people.queries import FULL_NAME
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

AGES = (7, 28)  # days: up to a week, up to four weeks, longer


@dataclass(frozen=True)
class SupportCase:
    """A case; `done_on` None: it still waits for an answer."""

    id: int
    noted_on: dt.date
    cause: Cause
    department_id: int | None
    department: str | None
    person_id: int | None
    person: str | None
    feature_id: int | None
    feature: str | None
    matter: str
    answer: str
    done_on: dt.date | None
    session_id: int | None

    def age(self, today: dt.date) -> int | None:
        """Days it has been waiting; None when it is answered."""
        return None if self.done_on is not None else (today - self.noted_on).days


@dataclass(frozen=True)
class CauseCount:
    """Cases of a cause; `days` is the median time to an answer."""

    cause: Cause
    cases: int
    answered: int
    waiting: int
    days: float | None


@dataclass(frozen=True)
class AgeCount:
    """Cases that wait since `low` to `high` days (None: longer)."""

    low: int
    high: int | None
    waiting: int


@remembered("support", "department", "person", "feature")
def cases(reader: Reader, today: dt.date | None = None) -> tuple[SupportCase, ...]:
    """Every case noted up to `today`: those that wait first, the newest first."""
    return tuple(
        reader.rows(
            SupportCase,
            f"SELECT s.id, s.noted_on, s.cause, d.id, d.name, p.id, {FULL_NAME.format(table='p')},"
            " f.id, f.name, s.matter, s.answer, s.done_on, s.session_id FROM support s"
            " LEFT JOIN department d ON d.id = s.department_id"
            " LEFT JOIN person p ON p.id = s.person_id"
            " LEFT JOIN feature f ON f.id = s.feature_id WHERE ?1 IS NULL OR s.noted_on <= ?1"
            " ORDER BY s.done_on IS NOT NULL, s.noted_on DESC, s.id DESC",
            today,
        )
    )


def causes(reader: Reader, today: dt.date | None = None) -> tuple[CauseCount, ...]:
    """The three causes, also those without a case."""
    return tuple(_count(cause, cases(reader, today)) for cause in Cause)


def _count(cause: Cause, every: tuple[SupportCase, ...]) -> CauseCount:
    mine = [one for one in every if one.cause is cause]
    days = [(one.done_on - one.noted_on).days for one in mine if one.done_on is not None]
    return CauseCount(
        cause, len(mine), len(days), len(mine) - len(days), float(median(days)) if days else None
    )


def ages(reader: Reader, today: dt.date) -> tuple[AgeCount, ...]:
    """Cases that wait, by the days since they were noted."""
    known = [age for one in cases(reader, today) if (age := one.age(today)) is not None]
    lows = [0, *(high + 1 for high in AGES)]
    return tuple(
        AgeCount(low, high, sum(low <= age and (high is None or age <= high) for age in known))
        for low, high in zip(lows, [*AGES, None], strict=True)
    )
