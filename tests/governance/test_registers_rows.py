"""Rows of the registers, the budget's arithmetic, and what changed since the last committee."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.governance import queries
from crm_pilot.governance.rows import commas, enumeration
from crm_pilot.i18n import Translator
from crm_pilot.project import Project, SetField
from tests.governance.rollout import TODAY

EN = Translator("en")


def test_committees_around_a_day(rollout: Project) -> None:
    last = queries.last_committee(rollout.reader, TODAY)
    following = queries.next_committee(rollout.reader, TODAY)
    assert last is not None
    assert following is not None
    assert (last.number, following.number) == (6, 7)
    morning = dt.date(2026, 11, 24)  # the pack of that day is for committee 7 and looks back to 6
    before = queries.last_committee(rollout.reader, morning)
    at_hand = queries.next_committee(rollout.reader, morning)
    assert before is not None
    assert at_hand is not None
    assert (before.number, at_hand.number) == (6, 7)


def test_decisions_to_take_come_first_and_risks_by_weight(rollout: Project) -> None:
    figures = queries.figures(rollout.reader, TODAY)
    assert [d.code for d in figures.asked] == ["D-021", "D-022", "D-023"]
    assert [r.score for r in figures.open_risks] == [12, 9, 6]
    rollout.execute(SetField("risk", figures.risks[0].id, "status", "closed"))
    assert [r.score for r in queries.figures(rollout.reader, TODAY).open_risks] == [9, 6]


def test_the_budget_adds_up(rollout: Project) -> None:
    money = queries.budget(rollout.reader)
    assert money.baseline_cents == 450 * 100_000
    assert money.revised_cents == money.spent_cents + money.remaining_cents == 469 * 100_000
    assert money.gap_cents == sum(line.gap_cents for line in money.lines)
    assert money.drift_share == pytest.approx(19 / 450)
    assert money.progress_share == pytest.approx(351 / 469)


def test_highlights_are_those_since_the_last_committee(rollout: Project) -> None:
    assert len(queries.highlights(rollout.reader, TODAY)) == 2
    assert len(queries.highlights(rollout.reader, dt.date(2026, 11, 24))) == 2  # that very day
    assert not queries.highlights(rollout.reader, dt.date(2026, 11, 25))
    assert not queries.highlights(rollout.reader, dt.date(2026, 11, 2))


def test_changes_since_the_last_committee(rollout: Project) -> None:
    found = {EN.show(row.label): row for row in queries.figures(rollout.reader, TODAY).changes}
    accounts = found["Open accounts"]
    assert (accounts.before_value, accounts.after_value) == (25, 69)
    moved = found["Vague 3 en service"]
    assert (EN.show(moved.before), EN.show(moved.after)) == ("8\xa0Jan", "12\xa0Jan")
    assert moved.after_value == "2027-01-12"
    position = found["Position of Itinérants Sud"]
    assert (position.before, position.after) == ("S2 A2", "S2 A3")
    assert not [label for label in found if "Direction" in label]  # three people
    assert not [label for label in found if "Marchand" in label]  # a person


def test_nothing_changed_before_the_first_committee(project: Project) -> None:
    assert queries.figures(project.reader, TODAY).changes == ()


@pytest.mark.parametrize(
    ("items", "words", "data"),
    [
        ([], "", ""),
        (["A"], "A", "A"),
        (["A", "B"], "A and B", "A, B"),
        (["A", "B", "C"], "A, B and C", "A, B, C"),
        (["A", "B", "C", "D", "E"], "A, B, C and 2 more", "A, B, C, D + 1"),
    ],
)
def test_lists_in_words(items: list[str], words: str, data: str) -> None:
    assert EN.show(enumeration(items)) == words
    assert EN.show(commas(items)) == data
