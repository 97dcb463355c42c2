"""Kirkpatrick's four levels in one view: reaction, learning, transfer, results (DOMAIN.md 3).

They are planned from the fourth down to the first and measured from the first up to the fourth.
"""

from __future__ import annotations

import datetime as dt

from crm_pilot.feedback.queries import ObjectiveRow, objectives
from crm_pilot.governance import transfer as transfers
from crm_pilot.governance.transfer import Transfer
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader
from crm_pilot.training import evaluations, quizzes
from crm_pilot.training.evaluations import Evaluations
from crm_pilot.training.quizzes import Gain
from crm_pilot.training.terms import Evaluated


@dataclass(frozen=True)
class Levels:
    """Level 1 `hot`, and `cold` three months later; 2 `gain`; 3 `transfer`, use after the training
    beside the untrained; 4 `results`, the objectives of the project."""

    hot: Evaluations
    cold: Evaluations
    gain: Gain
    transfer: Transfer
    results: tuple[ObjectiveRow, ...]


def levels(reader: Reader, today: dt.date, course_id: int | None = None) -> Levels:
    """The four levels of a course by a day, or of all of them together; the objectives are those
    of the project, whatever the course."""
    return Levels(
        evaluations.evaluated(reader, Evaluated.HOT, course_id=course_id, today=today),
        evaluations.evaluated(reader, Evaluated.COLD, course_id=course_id, today=today),
        quizzes.gain(reader, course_id=course_id, today=today),
        transfers.after(reader, today, course_id),
        objectives(reader, today),
    )
