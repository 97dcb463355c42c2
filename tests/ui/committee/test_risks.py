"""Risks: the register, the matrix beside it, and what a rating leaves behind."""

from __future__ import annotations

import datetime as dt

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from crm_pilot.governance import rows
from crm_pilot.governance.risks import band, ratings, risk_table
from crm_pilot.governance.terms import RiskStatus, Trend
from crm_pilot.project import Project
from tests.ui.committee.stage import TODAY, Key, commit, shown, type_into
from ui import theme
from ui.screens.committee.risk_matrix import RiskMatrixView
from ui.screens.committee.risks_view import RisksView


def risks(qtbot: QtBot, project: Project) -> RisksView:
    """The view of the risks."""
    view = shown(qtbot, project, "risks").view
    assert isinstance(view, RisksView)
    return view


def test_the_score_follows_its_factors(qtbot: QtBot, steering: Project) -> None:
    view = risks(qtbot, steering)
    assert [row.score for row in view.model.shown] == [12, 2]
    view.table.select(2)
    type_into(qtbot, view.table, "probability", "4")
    type_into(qtbot, view.table, "impact", "4")
    assert [(row.code, row.score) for row in view.model.shown] == [("R-02", 16), ("R-01", 12)]
    view.bridge.undo()
    assert [row.score for row in view.model.shown] == [12, 8]


def test_a_new_score_is_a_rating_of_today(qtbot: QtBot, steering: Project) -> None:
    view = risks(qtbot, steering)
    view.table.select(2)
    type_into(qtbot, view.table, "impact", "4")
    history = ratings(steering.reader)[2]
    assert [(one.rated_on, one.score) for one in history] == [
        (dt.date(2026, 10, 1), 2),
        (TODAY, 4),
    ]
    row = next(one for one in risk_table(steering.reader, TODAY) if one.id == 2)
    assert (row.before, row.trend) == (2, Trend.WORSE)
    place = view.model.column_at("trend")
    shown_row = view.model.shown[view.model.place(2)]
    assert view.model.columns[place].shown(shown_row) == "worsens"
    assert view.section.note.whole() == "1 ↘  0 ↗"


def test_a_risk_is_added_by_insert_and_deleted(qtbot: QtBot, steering: Project) -> None:
    view = risks(qtbot, steering)
    qtbot.keyClick(view.table, Key.Key_Insert)
    commit(qtbot, view.table, "Sponsor away")
    assert "Sponsor away" in {row.title for row in rows.risks(steering.reader)}
    qtbot.keyClick(view.table, Key.Key_Delete)
    assert "Sponsor away" not in {row.title for row in rows.risks(steering.reader)}


def test_pasted_rows_are_rated_as_they_are_pasted(qtbot: QtBot, steering: Project) -> None:
    view = risks(qtbot, steering)
    made = view.model.add_command({"title": "Late data", "probability": 4, "impact": 3})
    assert made is not None
    key = view.bridge.execute(made)
    assert [(one.rated_on, one.score) for one in ratings(steering.reader)[key]] == [(TODAY, 12)]


def test_a_cell_of_the_matrix_narrows_the_register(qtbot: QtBot, steering: Project) -> None:
    view = risks(qtbot, steering)
    matrix = view.matrix
    assert [row.code for row in matrix.at((1, 3))] == ["R-01"]  # probability 3, impact 4
    matrix.setFocus()
    for key in (Key.Key_Down, Key.Key_Down, Key.Key_End):  # the first stands on the first cell
        qtbot.keyClick(matrix, key)
    assert matrix.levels(matrix.place or (0, 0)) == (3, 4)
    assert "R-01 Data not clean" in matrix.spoken((1, 3))
    qtbot.keyClick(matrix, Key.Key_Return)
    assert [row.code for row in view.model.shown] == ["R-01"]
    assert view.of_cell.isVisible()
    view.of_cell.click()
    assert len(view.model.shown) == 2


def test_a_click_narrows_too_and_again_widens(qtbot: QtBot, steering: Project) -> None:
    view = risks(qtbot, steering)
    at = view.matrix.rect_of((1, 3)).center().toPoint()
    qtbot.mouseClick(view.matrix, Qt.MouseButton.LeftButton, pos=QPoint(at))
    assert [row.code for row in view.model.shown] == ["R-01"]
    qtbot.mouseClick(view.matrix, Qt.MouseButton.LeftButton, pos=QPoint(at))
    assert len(view.model.shown) == 2


def test_a_closed_risk_leaves_the_matrix(qtbot: QtBot, steering: Project) -> None:
    view = risks(qtbot, steering)
    index = view.model.index(0, view.model.column_at("status"))
    assert view.model.setData(index, RiskStatus.CLOSED)
    assert not view.matrix.at((1, 3))
    assert rows.risks(steering.reader)[-1].closed_on == TODAY
    view.chips[0].click()
    assert [row.code for row in view.model.shown] == ["R-02"]


def test_every_cell_has_its_place_and_colour(qtbot: QtBot, steering: Project) -> None:
    view = risks(qtbot, steering)
    matrix = view.matrix
    picture = QImage(matrix.size(), QImage.Format.Format_RGB32)
    matrix.render(picture)
    for row in range(4):
        for column in range(4):
            rect = matrix.rect_of((row, column))
            assert matrix.cell_at(rect.center()) == (row, column)
            probability, impact = matrix.levels((row, column))
            token = band(probability * impact)
            spot = QPointF(rect.left() + 4, rect.bottom() - 4).toPoint()
            wanted = theme.theme().mix(token, {"good": 0.10, "watch": 0.16, "alert": 0.16}[token])
            assert picture.pixelColor(spot) == wanted
    assert [band(score) for score in (3, 4, 8, 9)] == ["good", "watch", "watch", "alert"]


def test_many_codes_in_a_cell_are_counted(qtbot: QtBot, steering: Project) -> None:
    view = risks(qtbot, steering)
    from crm_pilot.governance.registers import AddRisk

    for place in range(30):
        steering.execute(AddRisk(f"Risk {place}", {"probability": 3, "impact": 4}))
    assert len(view.matrix.at((1, 3))) == 31
    picture = QImage(view.matrix.size(), QImage.Format.Format_RGB32)
    view.matrix.render(picture)  # nothing is drawn over the cells beside
    spoken = view.matrix.spoken((1, 3))
    assert spoken.count(";") == 30


def test_the_matrix_has_its_table(qtbot: QtBot, steering: Project) -> None:
    matrix: RiskMatrixView = risks(qtbot, steering).matrix
    table = matrix.data_table()
    assert table is not None
    assert [row[:5] for row in table.rows] == [
        ("R-01", "Data not clean", 3, 4, 12),
        ("R-02", "Holidays", 1, 2, 2),
    ]
    assert matrix.describe() == "2 open risks, 1 with a score of 9 or more"
