"""The signs and the rooms tell the same figures: what a sign counts is what one finds there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from crm_pilot.adoption import features, months, proxy
from crm_pilot.governance import signs_training, signs_use
from crm_pilot.governance.signs_use import Use
from crm_pilot.project import Project
from crm_pilot.training import coverage
from crm_pilot.training.newcomers import newcomers
from tests.governance.planted import TODAY, plant


@pytest.fixture(params=["", "D5", "D6", "D7", "D9", "D12"], scope="module")
def project(request: pytest.FixtureRequest) -> Iterator[Project]:
    with plant(request.param) as made:
        yield made


@pytest.fixture
def use(project: Project) -> Use:
    return Use(project.reader, TODAY, weeks=8, months=3)


def test_d2_is_in_the_feature_matrix(use: Use) -> None:
    shown = {row.feature_id: row for row in features.matrix(use.reader, TODAY).rows}
    for one in signs_use.major_features(use):
        assert (one.users, one.targets) == (shown[one.id].users, shown[one.id].targets)


def test_d5_is_among_the_newcomers_of_the_training_room(use: Use) -> None:
    mine, shown = signs_training.decay(use, 30), newcomers(use.reader, TODAY)
    assert (mine.initial.heads, mine.initial.minutes) == (
        shown.initial.users,
        shown.initial.minutes,
    )
    late = shown.newcomers
    assert (mine.newcomers.heads, mine.newcomers.minutes) == (late.users, late.minutes)
    assert (mine.due, mine.due - mine.without) == (late.due, late.in_time)


def test_d6_is_the_regularity_of_the_months(use: Use) -> None:
    found = signs_use.whole_months(use)
    assert [one.month for one in found] == [202607, 202608, 202609, 202610]
    for one in found:
        shown = months.month_figures(use.reader, one.month, TODAY).total.regularity
        assert one.regularity == pytest.approx(shown)


def test_d9_is_the_share_of_proxy_typing(use: Use) -> None:
    rows, missing = signs_use.owned(use)
    shown = proxy.share(use.reader, TODAY)
    assert missing is None
    counted = [one for one in rows if one.created]
    assert (len(counted), sum(one.created for one in counted)) == (shown.owners, shown.records)
    assert sum(one.by_assistants for one in counted) == shown.by_assistants
    half = [one for one in counted if 2 * one.by_assistants >= one.created]
    assert len(half) == shown.proxied


def test_d12_is_the_coverage_by_feature(use: Use) -> None:
    recent = use.reader.select("SELECT id FROM feature WHERE delivered_on > '2026-08-24'")
    shown = [row.share for row in coverage.by_feature(use.reader, TODAY) if (row.id,) in recent]
    found = signs_training.pace(use)
    assert list(found.shares) == (shown if found.now > found.before else [])
