"""Where an S-curve stands: inside its box, labels apart, in every state a project may be in."""

import datetime as dt
from itertools import combinations

import pytest

from crm_pilot.governance.budget_charts import SCurve, s_curve
from crm_pilot.governance.budget_value import ValueFigures, ValuePoint
from crm_pilot.governance.earned_value import EarnedValue, last_day
from crm_pilot.governance.s_curve_layout import Layout, Sizes, Words, height_at, layout
from crm_pilot.i18n import Translator

PAPER = Sizes(line=10.6, cap=5.9, pad=5.0, bar=8.5, track=46.0, foot=17.0)
SCREEN = Sizes(line=16.0, cap=9.0, pad=7.0, bar=11.0, track=62.0, foot=24.0)
BOXES = ((343.0, 196.0, PAPER), (343.0, 266.0, PAPER), (480.0, 200.0, SCREEN),
         (900.0, 460.0, SCREEN), (320.0, 150.0, SCREEN))  # fmt: skip
EM = {PAPER: 4.6, SCREEN: 6.6}  # about the width of a letter
CURVE = (0, 22, 59, 107, 153, 178, 245, 315, 378, 404, 429, 443, 450)  # k€ at month ends


def months(count: int) -> list[dt.date]:
    """Month ends from 31 March 2026."""
    days = [dt.date(2026, 3, 31)]
    while len(days) < count:
        days.append(last_day_after(days[-1]))
    return days


def last_day_after(day: dt.date) -> dt.date:
    following = day + dt.timedelta(days=1)
    return last_day(following.year * 100 + following.month)


def figures(done: int, *, spent: float = 0.97, earned: float | None = 0.93,
            rest: float = 1.05, planned: bool = True) -> ValueFigures:  # fmt: skip
    """A project `done` months old that spent and earned these parts of its plan."""
    days = months(len(CURVE))
    curve = tuple((day, k * 100_000.0) for day, k in zip(days, CURVE, strict=True))
    points = []
    for day, cents in curve[1 : done + 1]:
        value = EarnedValue(
            planned=cents if planned else None,
            earned=None if earned is None else cents * earned,
            actual=cents * spent,
            budget=45_000_000,
            remaining=max(45_000_000 * rest - cents * spent, 0.0),
        )
        points.append(ValuePoint(day, value, 100 * done, 30 * done))
    return ValueFigures(tuple(points), curve if planned else (), (), (), ())


CASES = {
    "nothing yet": figures(0),
    "first month": figures(1),
    "two months": figures(2),
    "half way": figures(7),
    "late": figures(11),
    "over": figures(12),
    "much dearer": figures(8, spent=1.6, rest=1.9),
    "far behind": figures(8, spent=0.4, earned=0.1),
    "ahead": figures(6, earned=1.4),
    "earned not known": figures(7, earned=None),
    "no plan": figures(7, planned=False),
}


def placed(case: str, box: tuple[float, float, Sizes], language: str) -> tuple[SCurve, Layout]:
    chart = s_curve(CASES[case])
    assert chart is not None
    wide, high, sizes = box
    shown = Translator(language)
    made = layout(
        chart,
        wide,
        high,
        sizes,
        lambda text, bold: len(text) * EM[sizes] * (1.06 if bold else 1.0),
        language,
        lambda text: text if isinstance(text, str) else shown.show(text),
    )
    return chart, made


def box_of(words: Words, sizes: Sizes) -> tuple[float, float, float, float]:
    wide = len(words.text) * EM[sizes] * (1.06 if words.bold else 1.0)
    left = words.x - {"right": wide, "middle": wide / 2}.get(words.align, 0.0)
    return left, words.y - sizes.cap, left + wide, words.y


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("box", BOXES)
@pytest.mark.parametrize("case", CASES)
def test_labels_stand_inside_and_apart(
    case: str, box: tuple[float, float, Sizes], language: str
) -> None:
    wide, high, sizes = box
    _, made = placed(case, box, language)
    boxes = [(box_of(words, sizes), words.text) for words in made.words]
    for (left, top, right, low), text in boxes:
        assert left >= -0.5, text
        assert right <= wide + 0.5, text
        assert top >= -sizes.cap, text
        assert low <= high, text
    for (a, one), (b, other) in combinations(boxes, 2):
        apart = a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]
        assert apart, (one, other)


@pytest.mark.parametrize("case", CASES)
def test_lines_stay_in_the_plot_and_end_where_they_say(case: str) -> None:
    chart, made = placed(case, BOXES[0], "fr")
    left, top, right, foot = made.plot
    for stroke in made.strokes:
        if stroke.kind in ("planned", "actual", "earned", "forecast", "grid", "axis"):
            assert all(left - 0.1 <= x <= right + 0.1 for x, _ in stroke.spots)
            assert all(top - 0.1 <= y <= foot + 0.1 for _, y in stroke.spots)
    ends = {stroke.kind: stroke.spots[-1] for stroke in made.strokes}
    if chart.forecast:
        assert ends["forecast"][0] == pytest.approx(right)
        y = foot - (foot - top) * chart.forecast[-1][1] / chart.high
        assert ends["forecast"][1] == pytest.approx(y)


def test_the_values_of_today_find_room_right_below_or_left_above() -> None:
    _, half = placed("half way", BOXES[1], "fr")
    _, late = placed("late", BOXES[1], "fr")
    assert half.inset
    assert late.inset
    today = next(s.spots[0][0] for s in half.strokes if s.kind == "today")
    assert all(bar.x > today for bar in half.bars)
    after = next(s.spots[0][0] for s in late.strokes if s.kind == "today")
    assert all(bar.x + bar.wide < after for bar in late.bars)


def test_what_is_not_known_is_no_bar_and_no_zero() -> None:
    _, made = placed("earned not known", BOXES[1], "en")
    assert {bar.kind for bar in made.bars} == {"planned", "actual"}
    assert "–" in [words.text for words in made.words]
    assert not [stroke for stroke in made.strokes if stroke.kind == "earned"]
    assert not [dot for dot in made.dots if dot.kind == "now_earned"]


def test_height_of_a_broken_line() -> None:
    line = [(0.0, 10.0), (10.0, 0.0)]
    assert [height_at(line, x) for x in (-5.0, 0.0, 5.0, 12.0)] == [10.0, 10.0, 5.0, 0.0]
