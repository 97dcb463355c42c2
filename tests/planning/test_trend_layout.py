"""The dates-dates diagram: what is drawn, at 45 degrees, with labels that do not touch."""

from __future__ import annotations

import datetime as dt
from itertools import combinations

import pytest

from crm_pilot.charts import Text
from crm_pilot.planning import trend
from crm_pilot.planning.charts import TrendChart, TrendLine
from crm_pilot.planning.trend_layout import Label, Layout, Sizes, cut, layout, natural_height
from tests.planning.example import TODAY, day
from tests.planning.test_trend import COMMITTEES, WAVES

SIZES = Sizes(line=17.0, cap=9.0, pad=6.0, mark=5.5, head=18.0, foot=36.0)


def measure(text: str, bold: bool) -> float:
    """Letters of one width."""
    return len(text) * (7.0 if bold else 6.5)


def show(text: Text) -> str:
    return str(text)


def line(name: str, points: tuple[trend.Point, ...], *, done: bool = False) -> TrendLine:
    """A line of the diagram."""
    slip = (points[-1][1] - points[0][1]).days
    return TrendLine(hash(name), name, points, points[-1][1], done, slip, False, False)


def chart(*lines: TrendLine, reports: bool = True) -> TrendChart:
    """A diagram of these lines."""
    days = [d for one in lines for d, _ in one.points]
    dates = [d for one in lines for _, d in one.points]
    return TrendChart(
        "T",
        "C",
        lines,
        tuple((d, n) for n, d in enumerate(COMMITTEES, 1)) if reports else (),
        7 if reports else None,
        TODAY,
        min(days),
        min(dates),
        max(*dates, TODAY),
    )


WHOLE = chart(
    *(line(one.title, trend.points(one, COMMITTEES, TODAY), done=one.done) for one in WAVES)
)


def close(apart: int, count: int = 8) -> TrendChart:
    """Lines a few days from each other, which leave no room for their labels."""
    made = []
    for place in range(count):
        date = day("2026-12-01") + dt.timedelta(days=apart * place)
        made.append(line(f"Milestone {place}", tuple((c, date) for c in (*COMMITTEES, TODAY))))
    return chart(*made)


def box(label: Label) -> tuple[float, float, float, float]:
    return label.x, label.y - SIZES.cap, label.x + label.wide, label.y


def touching(at: Layout) -> list[tuple[str, str]]:
    """Texts that cover each other."""
    found = []
    for one, two in combinations((*at.names, *at.ends), 2):
        (a, b, c, d), (e, f, g, h) = box(one), box(two)
        if a < g and e < c and b < h and f < d:
            found.append((one.text, two.text))
    return found


@pytest.mark.parametrize("size", [(840, 380), (640, 300), (400, 600), (1500, 800)])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_both_axes_have_one_scale_and_the_diagonal_is_met(
    size: tuple[int, int], language: str
) -> None:
    at = layout(WHOLE, *size, SIZES, measure, language, show)
    assert at.x(day("2026-05-11")) - at.x(day("2026-05-01")) == pytest.approx(10 * at.scale)
    assert at.y(day("2026-10-01")) - at.y(day("2026-10-11")) == pytest.approx(10 * at.scale)
    (x1, y1), (x2, y2) = at.diagonal
    assert x2 - x1 == pytest.approx(y1 - y2)  # 45 degrees
    for one in WHOLE.lines:
        x, y = at.mark(one)
        assert x - x1 == pytest.approx(y1 - y)  # on the diagonal
    assert at.today[1][1] == pytest.approx(at.y(TODAY))  # today stops there


@pytest.mark.parametrize("shown", [WHOLE, close(1), close(3), close(7), close(20)])
@pytest.mark.parametrize("size", [(840, 380), (640, 300), (1500, 800)])
def test_no_label_covers_another_or_leaves_the_box(
    shown: TrendChart, size: tuple[int, int]
) -> None:
    at = layout(shown, *size, SIZES, measure, "fr", show)
    assert not touching(at)
    for label in (*at.names, *at.ends):
        assert label.x >= 0
        assert label.x + label.wide <= size[0] + 0.01
        assert label.y <= size[1]


@pytest.mark.parametrize("shown", [WHOLE, close(1), close(7)])
def test_every_line_has_its_name_and_its_last_value(shown: TrendChart) -> None:
    at = layout(shown, 840, 380, SIZES, measure, "en", show)
    assert len(at.ends) == len(shown.lines)
    for place, one in enumerate(shown.lines):
        said = " ".join(lab.text for lab in (*at.names, *at.ends) if lab.line == place)
        assert str(one.name) in said


def test_an_end_label_that_moved_away_is_led_back_to_its_mark() -> None:
    far = layout(WHOLE, 840, 380, SIZES, measure, "en", show)
    assert all(label.leader is None for label in far.ends)
    near = layout(close(1), 840, 380, SIZES, measure, "en", show)
    assert any(label.leader is not None for label in near.ends)


def test_todays_report_has_the_number_of_the_committee_to_come() -> None:
    at = layout(WHOLE, 840, 380, SIZES, measure, "fr", show)
    assert [(one.text, one.strong) for one in at.reports] == [
        *((str(n), False) for n in range(1, 7)),
        ("7", True),
    ]
    months = layout(chart(*WHOLE.lines, reports=False), 840, 380, SIZES, measure, "fr", show)
    assert not months.committees
    assert {"mai", "nov."} <= {one.text for one in months.reports}


def test_the_natural_height_uses_the_width() -> None:
    high = natural_height(WHOLE, 700, SIZES, measure, "fr")
    at = layout(WHOLE, 700, high, SIZES, measure, "fr", show)
    lower = layout(WHOLE, 700, high - 40, SIZES, measure, "fr", show)
    assert lower.scale < at.scale
    assert layout(WHOLE, 700, high + 40, SIZES, measure, "fr", show).scale == pytest.approx(
        at.scale
    )


def test_long_names_are_shortened_visibly() -> None:
    assert cut("Short", 100, False, measure) == "Short"
    assert cut("A very long name of a milestone", 70, False, measure) == "A very lo…"
    assert cut("A very long name", 10, False, measure) == ""
