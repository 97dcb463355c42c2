"""What the views of the room and its dialog to enrol read. With many accounts a job reads
it first; the window then remembers it, and fills the view at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from crm_pilot.governance import training_levels
from crm_pilot.governance.queries import sentence
from crm_pilot.governance.training_clashes import clashes
from crm_pilot.people.queries import accounts
from crm_pilot.training import appraisals, coverage, enrolment, lacking, newcomers, queries
from crm_pilot.training.evaluations import cold_due
from crm_pilot.training.room import session_lines
from crm_pilot.training.syllabus import course_lines

if TYPE_CHECKING:
    from crm_pilot.i18n import Translator
    from crm_pilot.project import Reader

Read = Callable[["Reader", dt.date], None]


def room(reader: Reader, today: dt.date, words: Translator) -> None:
    """What stands above the views."""
    queries.figures(reader, today)
    sentence("training", reader, today, words)


def _sessions(reader: Reader, today: dt.date) -> None:
    session_lines(reader)
    queries.courses(reader)
    clashes(reader)
    enrolment.missed(reader, today)


def _courses(reader: Reader, today: dt.date) -> None:
    course_lines(reader, today)
    coverage.by_course(reader, today)
    session_lines(reader)


def _coverage(reader: Reader, today: dt.date) -> None:
    queries.figures(reader, today)
    for read in (coverage.by_feature, coverage.by_wave, coverage.by_profile, coverage.by_course):
        read(reader, today)
    coverage.expiring(reader, today)


def _newcomers(reader: Reader, today: dt.date) -> None:
    newcomers.newcomers(reader, today)
    lacking.arrivals(reader, today)


def _evaluation(reader: Reader, today: dt.date) -> None:
    appraisals.by_session(reader, today)
    appraisals.by_course(reader, today)
    cold_due(reader, today)
    training_levels.levels(reader, today)


VIEWS: Mapping[str, Read] = {
    "sessions": _sessions,
    "courses": _courses,
    "coverage": _coverage,
    "newcomers": _newcomers,
    "evaluation": _evaluation,
}


def enrolling(
    reader: Reader, today: dt.date, session: int | None, persons: tuple[int, ...]
) -> None:
    """Who can be enrolled in a session, and what comes of it for `persons`; without a session,
    what is the same for all of them."""
    session_lines(reader)
    accounts(reader)
    group = enrolment.Group(persons=persons, everyone=True)
    queries.candidates(reader, session or 0, today)
    if session is not None:
        enrolment.propose(reader, session, group, today)
