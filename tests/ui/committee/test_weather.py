"""The weather on screen: the proposal beside the lead's verdict, its reason, and the thresholds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from crm_pilot.governance.queries import WeatherRow, next_committee, weather
from crm_pilot.governance.terms import Axis, Weather
from crm_pilot.project import Remove, SetField
from tests.governance.rollout import TODAY, build
from tests.ui.seeing import cut, unnamed
from ui import language, theme
from ui.bridge import Bridge
from ui.screens.committee.weather_axis import PROPOSAL, AxisPanel
from ui.screens.committee.weather_thresholds import WeatherThresholdsDialog
from ui.screens.committee.weather_view import WeatherView
from ui.widgets.why_panel import WhyPanel

LEFT, KEYS = Qt.MouseButton.LeftButton, Qt.Key


@pytest.fixture(params=["en", "fr"])
def bridge(qapp: QApplication, request: pytest.FixtureRequest) -> Iterator[Bridge]:
    theme.start("light")
    language.apply(request.param)
    with build() as project:
        project.execute(SetField("project", 1, "status_date", TODAY))
        made = Bridge(project)
        yield made
        made.detach()
    language.apply("en")


@pytest.fixture
def view(bridge: Bridge, qtbot: QtBot) -> WeatherView:
    return shown(bridge, qtbot)


def shown(bridge: Bridge, qtbot: QtBot) -> WeatherView:
    made = WeatherView(bridge)
    made.retranslate()
    made.resize(1118, 560)
    made.refresh(None)
    bridge.changed.connect(made.refresh)
    made.show()
    qtbot.addWidget(made)
    QTest.qWaitForWindowActive(made)
    return made


def row(bridge: Bridge, axis: Axis) -> WeatherRow:
    return next(one for one in weather(bridge.reader, TODAY) if one.axis is axis)


def choose(panel: AxisPanel, value: str) -> None:
    """Click a segment of the verdict."""
    index = (PROPOSAL, "good", "watch", "alert").index(value)
    QTest.mouseClick(panel.choice.findChildren(QPushButton)[index], LEFT)


def front() -> WeatherThresholdsDialog:
    QApplication.processEvents()
    return next(
        one
        for one in QApplication.topLevelWidgets()
        if isinstance(one, WeatherThresholdsDialog) and one.isVisible()
    )


def test_a_verdict_waits_for_its_reason(view: WeatherView, bridge: Bridge) -> None:
    panel = view.panels[Axis.TIME]
    assert panel.choice.value == PROPOSAL
    choose(panel, "watch")
    assert panel.reason.hasFocus()
    assert panel.asks.text()
    assert row(bridge, Axis.TIME).given is False
    bridge.execute(SetField("project", 1, "name", "Other"))  # something else is edited meanwhile
    assert panel.choice.value == "watch"
    QTest.keyClicks(panel.reason, "Marge de huit jours")
    QTest.keyClick(panel.reason, KEYS.Key_Return)
    found = row(bridge, Axis.TIME)
    assert (found.weather, found.reason) == (Weather.WATCH, "Marge de huit jours")
    assert panel.letter.text() == {"en": "W", "fr": "S"}[language.lang()]


def test_back_to_the_proposal_takes_the_reason_along(view: WeatherView, bridge: Bridge) -> None:
    panel = view.panels[Axis.BUDGET]
    choose(panel, "good")
    QTest.keyClicks(panel.reason, "Avenant")
    QTest.keyClick(panel.reason, KEYS.Key_Tab)
    assert row(bridge, Axis.BUDGET).reason == "Avenant"
    choose(panel, PROPOSAL)
    assert row(bridge, Axis.BUDGET).given is False
    assert panel.reason.text() == ""
    bridge.undo()
    assert (panel.choice.value, panel.reason.text()) == ("good", "Avenant")


def test_the_reason_can_be_changed_alone(view: WeatherView, bridge: Bridge) -> None:
    panel = view.panels[Axis.BUDGET]
    choose(panel, "good")
    for text in ("Avenant", "Avenant no. 2"):
        panel.reason.selectAll()
        QTest.keyClicks(panel.reason, text)
        QTest.keyClick(panel.reason, KEYS.Key_Return)
    assert row(bridge, Axis.BUDGET).reason == "Avenant no. 2"
    edits: list[object] = []
    bridge.changed.connect(edits.append)
    QTest.keyClick(panel.reason, KEYS.Key_Return)  # the same again is no edit
    assert edits == []


def test_the_weather_is_kept_by_one_button(view: WeatherView, bridge: Bridge) -> None:
    following = next_committee(bridge.reader, TODAY)
    assert following is not None
    assert str(following.number) in view.tile.caption.text()
    QTest.mouseClick(view.keep, LEFT)
    assert all(one.given for one in weather(bridge.reader, TODAY))
    assert not view.keep.isEnabled()
    assert view.keep.toolTip()
    assert view.panels[Axis.TIME].asks.text()
    bridge.undo()
    assert view.keep.isEnabled()


def test_without_a_committee_nothing_can_be_given(view: WeatherView, bridge: Bridge) -> None:
    following = next_committee(bridge.reader, TODAY)
    assert following is not None
    bridge.execute(Remove("committee", (following.id,)))
    for widget in (view.keep, view.panels[Axis.TIME].choice, view.panels[Axis.TIME].reason):
        assert not widget.isEnabled()
        assert widget.toolTip()
    assert view.panels[Axis.TIME].line.text()  # the proposal is there all the same


def test_the_thresholds_change_the_proposal_and_its_rule(view: WeatherView, bridge: Bridge) -> None:
    panel = view.panels[Axis.BUDGET]
    said = panel.rule.text()
    QTest.mouseClick(view.thresholds, LEFT)
    dialog = front()
    assert not cut(dialog)
    assert not unnamed(dialog)
    line = next(one for one in dialog.lines if (one.row.rule, one.row.name) == BUDGET_WATCH)
    line.field.setText("5")
    QTest.mouseClick(dialog.save, LEFT)
    assert row(bridge, Axis.BUDGET).proposed is Weather.GOOD
    assert panel.rule.text() != said
    assert "5" in panel.rule.text()


BUDGET_WATCH = ("weather.budget", "watch")


def test_read_only_shows_but_does_not_edit(bridge: Bridge, qtbot: QtBot) -> None:
    made = shown(bridge, qtbot)
    bridge.why_not_edit = lambda: "Read-only"  # type: ignore[method-assign]
    made.guard.refresh()
    assert made.panels[Axis.TIME].choice.toolTip() == "Read-only"
    assert not made.panels[Axis.TIME].reason.isEnabled()
    assert made.thresholds.isEnabled()


def test_nothing_is_cut_and_everything_has_a_name(view: WeatherView) -> None:
    for width in (1118, 1672):
        view.resize(width, 560)
        QApplication.processEvents()
        assert not cut(view)
        assert not unnamed(view)
    for panel in view.panels.values():
        assert panel.history.accessibleDescription().count(",") == 5  # six committees


def test_colour_is_never_alone(view: WeatherView) -> None:
    """Signs of the three weathers differ in grey, and each has its letter."""
    pictures = set()
    for weather_ in Weather:
        panel = view.panels[Axis.TIME]
        panel.show_row(row_with(panel, weather_))
        panel.now.mark.repaint()
        grey = panel.now.mark.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
        shape = grey.convertToFormat(QImage.Format.Format_Mono)
        pictures.add(
            bytes(shape.copy(QRect(0, 0, 30, 30)).constBits()) + panel.letter.text().encode()
        )
    assert len(pictures) == 3


def row_with(panel: AxisPanel, weather_: Weather) -> WeatherRow:
    assert panel.row is not None
    return replace(panel.row, weather=weather_)


def test_why_is_told_by_the_keyboard(view: WeatherView) -> None:
    now = view.panels[Axis.TIME].now
    now.setFocus()
    QTest.keyClick(now, KEYS.Key_Return)
    QApplication.processEvents()
    assert [one for one in QApplication.topLevelWidgets() if isinstance(one, WhyPanel)]
