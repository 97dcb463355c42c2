"""The day every room compares itself with: that of the last steering committee, no other."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.governance.rows import last_committee, next_committee
from crm_pilot.people.meetings import last_committee_day
from crm_pilot.planning import history
from crm_pilot.project import Add, Project

TODAY = dt.date(2026, 11, 21)


@pytest.fixture
def held(project: Project) -> Project:
    """Steering committees in October and December, others in between and on the days themselves."""
    days = (("steering", 1, 10, 22), ("project", 1, 11, 19), ("steering", 2, 12, 3),
            ("technical", 1, 11, 25), ("users", 2, 10, 22))  # fmt: skip
    for kind, number, month, day in days:
        on = dt.date(2026, month, day)
        project.execute(Add("committee", {"kind": kind, "number": number, "held_on": on}))
    return project


def test_the_last_one_is_a_steering_committee(held: Project) -> None:
    assert last_committee_day(held.reader, TODAY) == dt.date(2026, 10, 22)
    last = last_committee(held.reader, TODAY)
    assert last is not None
    assert (last.kind, last.number) == ("steering", 1)


def test_so_is_the_next_one(held: Project) -> None:
    following = next_committee(held.reader, TODAY)
    assert following is not None
    assert (following.kind, following.number) == ("steering", 2)
    assert next_committee(held.reader, dt.date(2026, 12, 4)) is None


def test_on_its_own_day_a_committee_compares_with_the_one_before(held: Project) -> None:
    assert last_committee_day(held.reader, dt.date(2026, 12, 3)) == dt.date(2026, 10, 22)
    assert last_committee_day(held.reader, dt.date(2026, 10, 22)) is None


def test_announced_dates_are_told_by_steering_committees(held: Project) -> None:
    found = history.figures(held.reader, TODAY)
    assert [number for _, number in found.reports] == [1]
