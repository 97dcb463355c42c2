"""Charts and the sentence of maintenance."""

import datetime as dt
from dataclasses import replace

from crm_pilot.charts import Mark
from crm_pilot.i18n import Translator
from crm_pilot.maintenance import charts, queries
from crm_pilot.maintenance.queries import MaintenanceFigures
from crm_pilot.project import Project


def say(figures: MaintenanceFigures) -> str:
    return Translator("en").show(charts.headline(figures))


def test_the_flow_has_solid_hollow_and_a_line_that_ends_with_the_stock(
    desk: Project, today: dt.date
) -> None:
    chart = charts.flow_chart(queries.figures(desk.reader, today))
    assert [s.mark for s in chart.series] == [Mark.BAR, Mark.HOLLOW_BAR, Mark.LINE]
    assert chart.series[2].last == (dt.date(2026, 11, 16), 5.0)
    assert chart.high >= 5
    assert chart.ticks[0] == 0


def test_ageing_and_kinds_share_their_own_scale(desk: Project, today: dt.date) -> None:
    figures = queries.figures(desk.reader, today)
    ageing = charts.ageing_chart(figures)
    assert [bar.value for bar in ageing.bars] == [1, 3, 0, 1]
    assert ageing.high == 3
    assert [bar.strong for bar in ageing.bars] == [False, False, False, True]
    assert Translator("en").show(charts.kinds_chart(figures).caption) == "corrective 50%"


def test_the_sentence_says_stock_trend_and_lateness(desk: Project, today: dt.date) -> None:
    figures = queries.figures(desk.reader, today)
    # four weeks ago X3, X6, X9 and X11 were open
    assert say(figures) == "5 tickets are open, 1 more than four weeks ago; 1 is past its due date."
    calm = replace(figures, overdue=0, open=1)
    assert say(calm).startswith("1 ticket is open, ")
    assert say(calm).endswith("; none is past its due date.")
    assert say(replace(figures, open=0)) == "No ticket is open."
    assert say(replace(figures, total=0)) == "No ticket yet."


def test_an_empty_room_still_has_charts(project: Project, today: dt.date) -> None:
    figures = queries.figures(project.reader, today)
    assert charts.flow_chart(figures).ticks[-1] > 0
    assert charts.ageing_chart(figures).high == 1
    assert charts.kinds_chart(figures).bars == ()
