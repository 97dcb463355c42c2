"""The figures of a month: the same as of the command line, by department, profile and wave."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from crm_pilot.adoption import months
from crm_pilot.adoption.months import Change, ChangeKind
from crm_pilot.project import Project
from ui.bridge import Bridge
from ui.screens.adoption.filters import UseFilter
from ui.screens.adoption.month_view import KINDS, MonthView, change_words

MONTH = 202611


@pytest.fixture
def view(qtbot: QtBot, demo: Path) -> Iterator[MonthView]:
    with Project.open(demo, read_only=True) as project:
        bridge = Bridge(project)
        made = MonthView(bridge)
        qtbot.addWidget(made)
        made.resize(1120, 520)
        made.retranslate()
        made.show_scope(UseFilter(month=MONTH))
        made.show()
        qtbot.waitExposed(made)
        yield made
        bridge.detach()


@pytest.mark.parametrize("kind", KINDS)
def test_rows_are_those_of_the_figures_and_add_up(view: MonthView, kind: str) -> None:
    found = months.month_figures(view.bridge.reader, MONTH, view.bridge.today)
    view.choice.set_value(kind)
    view._list()
    rows = view.table.rows.shown
    assert [line.row for line in rows] == list(getattr(found, kind))
    assert sum(line.row.login_days for line in rows) == found.total.login_days
    told = " ".join(one.text() for one in view.tile.findChildren(QLabel))
    assert f"of {found.total.accounts} open accounts active" in told


def test_another_month_and_other_accounts(view: MonthView) -> None:
    view.show_scope(UseFilter(month=202610))
    assert view.tile.title.text() == "October\u00a02026"
    before = view.table.rows.total
    view.show_scope(UseFilter(month=202610, departments=frozenset({1})))
    assert view.table.rows.total < before


def test_a_department_is_asked_for_alone(view: MonthView) -> None:
    asked: list[UseFilter] = []
    view.narrowed.connect(asked.append)
    view._open(2)
    (wanted,) = asked
    assert wanted.departments == {view.table.rows.shown[1].row.key}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(0.042, ChangeKind.COMPARED), "▲ +4%"),
        (Change(-0.19, ChangeKind.COMPARED), "▼ \u221219%"),
        (Change(0.004, ChangeKind.COMPARED), "= 0%"),
        (Change(None, ChangeKind.NEW), "new"),
        (Change(None, ChangeKind.NONE), "–"),
    ],
)
def test_a_change_is_a_sign_and_a_number(change: Change, said: str) -> None:
    assert change_words(change) == said
