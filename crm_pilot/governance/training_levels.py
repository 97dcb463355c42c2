"""Kirkpatrick's four levels in one view: reaction, learning, transfer, results (DOMAIN.md 3)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from crm_pilot.store.reader import Reader
from crm_pilot.training import evaluations, quizzes
from crm_pilot.training.evaluations import Evaluations
from crm_pilot.training.quizzes import Gain
from crm_pilot.training.terms import Evaluated


@dataclass(frozen=True)
class Levels:
    """Level 1 `hot` (and `cold`), 2 `gain`, 3 `transfer` (governance/transfer.py), 4 `results`."""

    hot: Evaluations
    cold: Evaluations
    gain: Gain
    transfer: Any = None
    results: tuple[Any, ...] = ()


def levels(reader: Reader, today: dt.date, course_id: int | None = None) -> Levels:
    """The four levels of a course, or of all of them; results are the project's objectives."""
    return Levels(
        evaluations.evaluated(reader, Evaluated.HOT, course_id=course_id),
        evaluations.evaluated(reader, Evaluated.COLD, course_id=course_id),
        quizzes.gain(reader, course_id=course_id),
    )
