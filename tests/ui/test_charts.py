"""Charts on the screen: they draw, follow the theme, and say their data in words."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from crm_pilot.charts import (
    Band,
    Bar,
    BarList,
    Distribution,
    Event,
    Mark,
    Part,
    Reference,
    Series,
    Step,
    TimeChart,
)
from ui import theme
from ui.charts import BarListView, DistributionView, TimeChartView
from ui.charts.ink import Ink

WEEKS = [dt.date(2026, 9, 14) + dt.timedelta(weeks=n) for n in range(10)]
CHART = TimeChart(
    title="Use",
    unit="days a week",
    series=(
        Series("Field", tuple((w, 1.0 + n / 5) for n, w in enumerate(WEEKS)), "adoption",
               strong=True, decimals=1),
        Series("Office", tuple((w, None if n == 3 else 4.0) for n, w in enumerate(WEEKS)), "muted",
               dashed=True, decimals=1),
        Series("opened", tuple((w, 2.0) for w in WEEKS), "feedback", Mark.HOLLOW_BAR),
    ),
    step=Step.WEEK,
    high=5.0,
    ticks=(0.0, 3.0, 5.0),
    bands=(Band(3.0, 5.0, "Profile 3 to 5 d", "adoption"),),
    references=(Reference(4.5, "Target"),),
    events=(Event(dt.date(2026, 10, 19), "Wave 2"),),
)  # fmt: skip


def colours(widget: QWidget) -> set[str]:
    """Colours that occur in a drawing."""
    image = widget.grab().toImage()
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(0, image.width(), 1)
        for y in range(0, image.height(), 2)
    }


def test_time_chart_draws_in_both_themes(qtbot: QtBot) -> None:
    view = TimeChartView()
    qtbot.addWidget(view)
    view.resize(420, 200)
    view.show_chart(CHART)
    view.show()
    qtbot.waitExposed(view)
    light = theme.theme().colour("adoption").name()
    assert light in colours(view)
    theme.apply("dark")
    dark = theme.theme().colour("adoption").name()
    drawn = colours(view)
    assert dark in drawn
    assert light not in drawn
    theme.apply("light")


def test_time_chart_says_its_data(qtbot: QtBot) -> None:
    view = TimeChartView()
    qtbot.addWidget(view)
    view.show_chart(CHART)
    words = view.accessibleDescription()
    assert view.accessibleName() == "Use"
    assert "Field: W38 1.0" in words
    assert "W47 2.8" in words
    assert "Target: 5" in words or "Target: 4" in words


def test_labels_never_cover_each_other(qtbot: QtBot) -> None:
    from ui.charts.plot import LINE, Plot

    view = TimeChartView()
    qtbot.addWidget(view)
    view.resize(420, 150)
    view.show_chart(CHART)
    view.show()
    plot = view.findChild(Plot)
    assert plot is not None
    places = [one.y for one in plot._labels()]
    assert all(b - a >= LINE - 0.01 for a, b in pairwise(places))
    assert places[-1] <= plot.height()


def test_empty_time_chart_draws_nothing_and_does_not_break(qtbot: QtBot) -> None:
    view = TimeChartView()
    qtbot.addWidget(view)
    view.show_chart(TimeChart("Use", "d", (), Step.WEEK, 1.0, (0.0, 1.0)))
    view.show()
    qtbot.waitExposed(view)
    assert view.accessibleDescription() == "d"


def test_bars_start_at_zero_and_are_in_proportion(qtbot: QtBot) -> None:
    view = BarListView()
    qtbot.addWidget(view)
    view.resize(500, 60)
    view.show_chart(
        BarList("Coverage", "2", (Bar("A", 50, 100, "adoption"), Bar("B", 100, 100, "adoption")))
    )
    image = view.grab().toImage()
    colour = theme.theme().colour("adoption")

    def width(y: int) -> int:
        return sum(QColor(image.pixel(x, y)) == colour for x in range(image.width()))

    assert abs(width(14) * 2 - width(42)) <= 2
    assert "A: 50/100" in view.accessibleDescription()


def test_distribution_shows_shapes_and_reference(qtbot: QtBot) -> None:
    view = DistributionView()
    qtbot.addWidget(view)
    view.resize(320, 180)
    part = Part("Hesitants", 226, 0.55, "hesitant", "circle", -46, 0.6)
    view.show_chart(Distribution("Positions", "", (part,), "rule of thumb"))
    assert theme.theme().colour("hesitant").name() in colours(view)
    assert "226 people, −46" in view.accessibleDescription()


def test_a_low_distribution_gives_up_its_key_before_its_names(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    write = Ink.text

    def note(ink: Ink, x: float, base: float, text: str, **how: Any) -> None:
        said.append(text)
        write(ink, x, base, text, **how)

    monkeypatch.setattr(Ink, "text", note)
    parts = tuple(Part(name, 10, 0.3, "hesitant", "circle", 0, 0.2) for name in ("A", "B", "C"))
    view = DistributionView()
    qtbot.addWidget(view)
    view.show_chart(Distribution("Positions", "", parts, "rule of thumb"))
    for height, key in ((104, False), (160, True)):
        said.clear()
        view.resize(300, height)
        view.grab()
        assert {"A", "B", "C"} <= set(said)
        assert ("rule of thumb" in said) == key
