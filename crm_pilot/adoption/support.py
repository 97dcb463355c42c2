"""What kept people from using the CRM: cases, their causes, what was done, what still waits."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from crm_pilot.adoption.terms import Cause
from crm_pilot.people.queries import FULL_NAME
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


def cases(reader: Reader) -> tuple[SupportCase, ...]:
    """Every case: those that wait first, the newest first."""
    return ()


def causes(reader: Reader) -> tuple[CauseCount, ...]:
    """The three causes, also those without a case."""
    return ()


def ages(reader: Reader, today: dt.date) -> tuple[AgeCount, ...]:
    """Cases that wait, by age."""
    return ()
