"""Before and after training: two lines, how many stand behind them, and when nothing is said."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crm_pilot.governance import transfer
from crm_pilot.project import Project
from ui.bridge import Bridge
from ui.screens.adoption.filters import UseFilter
from ui.screens.adoption.transfer_view import TransferView


@pytest.fixture
def view(qtbot: QtBot, demo: Path) -> Iterator[TransferView]:
    with Project.open(demo, read_only=True) as project:
        bridge = Bridge(project)
        made = TransferView(bridge)
        qtbot.addWidget(made)
        made.resize(1120, 520)
        made.retranslate()
        made.refresh(None)
        made.show()
        qtbot.waitExposed(made)
        yield made
        bridge.detach()


def test_the_lines_are_those_of_the_figures(view: TransferView) -> None:
    found = transfer.after(view.bridge.reader, view.bridge.today, None)
    drawn = [(p.days, p.trained, p.untrained) for p in view.days_chart.pairs]
    assert drawn == [
        (one.days, one.trained.days_per_week, one.untrained.days_per_week) for one in found.points
    ]
    shares = [(p.trained, p.untrained) for p in view.active_chart.pairs]
    assert shares == [(o.trained.active_share, o.untrained.active_share) for o in found.points]
    table = view.active_chart.data_table()
    assert table is not None and len(table.rows) == 3
    for one in found.points:
        assert f"D+{one.days}: {one.trained.users} trained" in view.days_note.text()


def test_each_course_has_its_own_lines(view: TransferView) -> None:
    every = view.days_chart.pairs
    others = set()
    for place in range(1, view.course.count()):
        view.course.setCurrentIndex(place)
        others.add(view.days_chart.pairs)
    assert any(pairs != every for pairs in others)


def test_a_chart_is_heard_as_words(view: TransferView) -> None:
    told = view.days_chart.accessibleDescription()
    assert "30 days after: trained" in told and "not trained" in told


def test_too_few_users_say_so_instead_of_a_line(view: TransferView) -> None:
    for place in range(view.course.count()):
        view.course.setCurrentIndex(place)
        found = transfer.after(view.bridge.reader, view.bridge.today, view.course.itemData(place))
        told = any(o.trained.enough or o.untrained.enough for o in found.points)
        assert view.days_chart.isVisible() == (told and bool(found.trainees))
        if not told and found.trainees:
            assert "Not enough data" in view.days_note.text()


def test_the_filter_of_the_room_is_said_not_to_count(view: TransferView) -> None:
    view.show_scope(UseFilter(departments=frozenset({1})))
    assert "does not narrow" in view.note.text()
    view.show_scope(UseFilter())
    assert "does not narrow" not in view.note.text()


def test_nobody_trained_says_what_to_do(qtbot: QtBot, project: Project) -> None:
    bridge = Bridge(project)
    made = TransferView(bridge)
    qtbot.addWidget(made)
    made.retranslate()
    made.refresh(None)
    made.show()
    asked: list[str] = []
    made.go.connect(lambda room, *_: asked.append(room))
    assert made.empty.isVisible() and not made.content.isVisible()
    made.empty.button.click()
    assert asked == ["training"]
    bridge.detach()
