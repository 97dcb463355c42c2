"""Distribution, crossings and drift, worked out by hand."""

import datetime as dt

import pytest

from crm_pilot.errors import UserError
from crm_pilot.i18n import Translator
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


def test_drift_starts_at_the_last_entry_of_the_first_day():
    first, later = dt.date(2026, 9, 1), dt.date(2026, 10, 1)
    corrected = [(first, 1, 4), (first, 3, 1), (later, 2, 1)]
    # from S−A = 2, in force on the evening of 1 September, to 1 in thirty days
    assert rules.drift(corrected) == pytest.approx(-30.4375 / 30)
    assert rules.drift(corrected[::2]) == pytest.approx(4 * 30.4375 / 30)


def test_a_rating_belongs_to_a_day_of_the_project_that_has_come():
    start, today = dt.date(2026, 3, 2), dt.date(2026, 11, 21)
    for fine in (start, today, dt.date(2026, 6, 1)):
        rules.check_day(fine, today, start)
    rules.check_day(dt.date(1999, 1, 1), today, None)
    rules.check_day(start - dt.timedelta(days=3), start - dt.timedelta(days=1), start)  # prepared
    with pytest.raises(UserError) as future:
        rules.check_day(today + dt.timedelta(days=1), today, start)
    with pytest.raises(UserError) as early:
        rules.check_day(start - dt.timedelta(days=1), today, start)
    shown = Translator("en").show
    said = [shown(error.value.message).replace("\u00a0", " ") for error in (future, early)]
    assert "22 Nov 2026, after today (21 Nov 2026)" in said[0]
    assert "1 Mar 2026, before the project, which starts on 2 Mar 2026" in said[1]
    assert all(text.endswith("Nothing was changed.") for text in said)


def test_a_rating_is_stale_after_the_days_allowed():
    today = dt.date(2026, 11, 21)
    assert not rules.stale(today - dt.timedelta(days=60), today, 60)
    assert rules.stale(today - dt.timedelta(days=61), today, 60)


def test_codes_count_on():
    assert rules.next_code([]) == "P-01"
    assert rules.next_code(["P-01", "P-09", "", "X-77", "P-x"]) == "P-10"
    assert rules.next_code(["P-014", "P-99"]) == "P-100"
