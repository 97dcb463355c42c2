"""Distribution, crossings and drift, worked out by hand."""

import datetime as dt

import pytest

from crm_pilot.stakeholders import rules
from crm_pilot.stakeholders.terms import Trio


def test_distribution_by_headcount():
    counts = rules.headcounts(
        [(Trio.LOCOMOTIVE, 64), (Trio.LOCOMOTIVE, 38), (Trio.HESITANT, 72), (Trio.OPPONENT, 46)]
    )
    assert counts == {Trio.LOCOMOTIVE: 102, Trio.HESITANT: 72, Trio.OPPONENT: 46}
    assert rules.shares(counts)[Trio.LOCOMOTIVE] == pytest.approx(102 / 220)


def test_nobody_rated_has_no_shares():
    assert rules.shares(rules.headcounts([])) == dict.fromkeys(Trio, 0.0)


def test_crossings_of_the_two_frontiers():
    assert rules.crossing((2, 2), (2, 3)) == rules.Crossing(allies=-1, initiative=0)
    assert rules.crossing((2, 3), (3, 3)) == rules.Crossing(allies=1, initiative=1)
    assert rules.crossing((3, 1), (2, 1)) == rules.Crossing(allies=0, initiative=-1)
    assert rules.crossing((4, 1), (3, 3)).none


def test_drift_in_levels_a_month():
    month = dt.timedelta(days=30.4375)
    start = dt.date(2026, 9, 1)
    # S−A goes from 1 to −1 within about two months: one level a month
    assert rules.drift([(start, 2, 1), (start + 2 * month, 2, 3)]) == pytest.approx(-1, abs=0.02)
    assert rules.drift([(start, 2, 1)]) is None
    assert rules.drift([(start, 2, 1), (start, 3, 1)]) is None


def test_codes_count_on():
    assert rules.next_code([]) == "P-01"
    assert rules.next_code(["P-01", "P-09", "", "X-77", "P-x"]) == "P-10"
    assert rules.next_code(["P-014", "P-99"]) == "P-100"
