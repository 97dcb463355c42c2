"""The table behind a chart: what is drawn, for people and for spreadsheets, in both languages."""

from __future__ import annotations

import datetime as dt

from crm_pilot.adoption import charts as adoption_charts
from crm_pilot.adoption import queries as adoption
from crm_pilot.charts import (
    Bar,
    BarList,
    Distribution,
    Part,
    Reference,
    Series,
    Step,
    TimeChart,
)
from crm_pilot.datatable import DataTable, Heading, data_table
from crm_pilot.i18n import Translator, msg
from crm_pilot.maintenance import charts as maintenance_charts
from crm_pilot.maintenance import queries as maintenance
from tests.governance.rollout import TODAY, build

ENGLISH, FRENCH = Translator("en"), Translator("fr")
FIRST, SECOND = dt.date(2026, 11, 9), dt.date(2026, 11, 16)


def test_a_time_chart_is_a_row_a_week_and_a_column_a_series() -> None:
    chart = TimeChart(
        "Use",
        "days",
        (
            Series("Field", ((FIRST, 2.25), (SECOND, None)), "adoption", decimals=1),
            Series("Office", ((SECOND, 4.0),), "muted", decimals=1),
        ),
        Step.WEEK,
        5.0,
        (0.0, 5.0),
        references=(Reference(4.5, "Target"),),
    )
    table = data_table(chart)
    assert table.heads(ENGLISH) == ["Week of", "Field", "Office", "Target"]
    assert table.cells(ENGLISH) == [
        ["W46, 9\u00a0Nov\u00a02026", "2.2", "–", "4"],
        ["W47, 16\u00a0Nov\u00a02026", "–", "4.0", "4"],
    ]
    assert table.for_spreadsheet(FRENCH).splitlines()[1] == "2026-11-09\t2,2\t\t4"


def test_months_and_shares() -> None:
    chart = TimeChart(
        "Active",
        "%",
        (Series("All", ((FIRST, 0.654),), "adoption"),),
        Step.MONTH,
        1.0,
        (0.0, 1.0),
        percent=True,
    )
    table = data_table(chart)
    assert table.cells(FRENCH) == [["nov.\u00a02026", "65\u202f%"]]
    assert table.for_spreadsheet(ENGLISH).endswith("2026-11-09\t65%")


def test_bars_of_a_whole_have_their_share_and_group() -> None:
    bars = (Bar("Sales", 3, 4, "adoption", "Wave 1"), Bar("Nobody", 0, 0, "adoption"))
    table = data_table(BarList("Coverage", "", bars))
    assert table.heads(ENGLISH) == ["Group", "Name", "Count", "Of", "Share"]
    assert table.cells(ENGLISH) == [["Wave 1", "Sales", "3", "4", "75%"],
                                    ["", "Nobody", "0", "0", "–"]]  # fmt: skip


def test_bars_on_one_scale_have_a_count_alone() -> None:
    table = data_table(BarList("Age", "", (Bar(msg("0–7 days"), 1200, 1300, "x"),), high=1200))
    assert table.cells(FRENCH)[0][1] == "1\u202f200"
    assert table.for_spreadsheet(FRENCH).endswith("\t1200")


def test_parts_have_change_and_reference_where_they_are_known() -> None:
    part = Part("Hesitants", 226, 0.55, "hesitant", "circle", -46, 0.6)
    table = data_table(Distribution("Positions", "", (part,), "rule of thumb"))
    assert table.heads(ENGLISH) == ["Name", "Count", "Share", "Variation", "rule of thumb"]
    assert table.cells(ENGLISH) == [["Hesitants", "226", "55%", "−46", "60%"]]
    bare = data_table(Distribution("Kinds", "", (Part("A", 1, 1.0, "x"),)))
    assert bare.heads(ENGLISH) == ["Name", "Count", "Share"]


def test_only_the_rows_asked_for_are_copied() -> None:
    table = DataTable((Heading("Name"), Heading("N", "number")), (("A\tB", 1), ("C", 2)))
    assert table.for_spreadsheet(ENGLISH, [1]) == "Name\tN\nC\t2"
    assert "A B\t1" in table.for_spreadsheet(ENGLISH)  # a tab in a name splits no cell


def test_the_charts_of_the_rooms_give_what_their_figures_say() -> None:
    with build() as project:
        tickets = maintenance.figures(project.reader, TODAY)
        flow = data_table(maintenance_charts.flow_chart(tickets))
        assert [row[1:] for row in flow.rows] == [
            (week.opened, week.closed, week.stock) for week in tickets.flow
        ]
        use = adoption.figures(project.reader, TODAY)
        days = data_table(adoption_charts.login_days(use))
        assert len(days.headings) == 1 + len(use.profiles)
        assert days.rows[-1][1:] == tuple(curve.last for curve in use.profiles)


def test_an_empty_chart_has_no_rows() -> None:
    assert data_table(TimeChart("Use", "", (), Step.WEEK, 1.0, (0.0,))).rows == ()
    assert data_table(BarList("Age", "", ())).rows == ()
    assert data_table(Distribution("P", "", ())).rows == ()
