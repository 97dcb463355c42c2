"""Charts and the sentence of training."""

import datetime as dt
from dataclasses import replace

from crm_pilot.i18n import Translator
from crm_pilot.project import Project
from crm_pilot.training import charts, queries
from crm_pilot.training.queries import CoverageRow, TrainingFigures


def say(figures: TrainingFigures) -> str:
    return Translator("en").show(charts.headline(figures))


def row(name: str, trained: int, users: int) -> CoverageRow:
    return CoverageRow(1, name, "Wave 1", trained, users, trained / users)


def test_bars_carry_group_value_total_and_weight(company: Project, today: dt.date) -> None:
    chart = charts.coverage_chart(queries.figures(company.reader, today))
    assert [(b.group, b.value, b.total, b.strong) for b in chart.bars] == [
        ("Wave 1", 2, 3, True),
        ("Wave 2", 1, 1, False),
        ("", 0, 1, True),
    ]


def test_the_caption_sums_up(company: Project, today: dt.date) -> None:
    chart = charts.coverage_chart(queries.figures(company.reader, today))
    assert Translator("en").show(chart.caption) == "3 of 5 trained, 60%"


def test_the_sentence_names_the_low_departments_or_counts_them(
    company: Project, today: dt.date
) -> None:
    base = queries.figures(company.reader, today)
    two = replace(base, departments=(row("East", 1, 9), row("North", 2, 5)))
    assert say(two) == "3 of 5 users are trained; East and North are under 70%."
    one = replace(base, departments=(row("East", 1, 9), row("West", 9, 9)))
    assert say(one) == "3 of 5 users are trained; East is at 11%."
    none = replace(base, departments=(row("West", 9, 9),))
    assert say(none) == "3 of 5 users are trained; no department is under 70%."
    three = replace(base, departments=tuple(row(name, 1, 9) for name in "ABC"))
    assert say(three) == "3 of 5 users are trained; 3 departments of 3 are under 70%."


def test_the_sentence_names_no_department_of_under_five_users(
    company: Project, today: dt.date
) -> None:
    base = queries.figures(company.reader, today)
    assert say(base) == "3 of 5 users are trained; 2 departments of 3 are under 70%."
    one = replace(base, departments=(row("East", 1, 4), row("West", 9, 9)))
    assert say(one) == "3 of 5 users are trained; 1 department of 2 is under 70%."


def test_the_sentence_without_accounts_or_sessions(project: Project, today: dt.date) -> None:
    empty = queries.figures(project.reader, today)
    assert say(empty) == "No training session yet."
    assert "coverage cannot be counted" in say(replace(empty, sessions_planned=2))
