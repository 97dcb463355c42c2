"""Tables fit their width, and headlines stand on one line or on two of about the same width."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics

from ui.models.rows import RowsModel
from ui.screens.people.registers import registers
from ui.widgets.page import Headline
from ui.widgets.table import Table


def test_spare_columns_give_way_to_those_that_count(qtbot, bridge):
    register = registers(bridge)[0]
    model = RowsModel(bridge, register.table, register.columns, register.load)
    table = Table(bridge, model, "fit")
    qtbot.addWidget(table)
    table.show()
    keys = [column.key for column in register.columns]
    for width in (1300, 1000, 1300):
        table.resize(width, 300)
        hidden = {key for place, key in enumerate(keys) if table.isColumnHidden(place)}
        assert hidden == ({"external_id", "arrived_on"} if width == 1000 else set())
        email = keys.index("email")
        assert table.columnWidth(email) >= register.columns[email].width
        assert table.horizontalHeader().length() <= table.viewport().width()


def test_a_long_headline_breaks_in_its_middle(qtbot):
    line = Headline()
    qtbot.addWidget(line)
    line.say("Three departments of seven are below their profile; wave 3 slips to January.")
    whole = QFontMetrics(line.font()).horizontalAdvance(line.text())
    line.resize(whole + 20, 60)
    line.show()
    assert line.contentsMargins().right() == 0
    line.resize(whole - 20, 60)
    shown = line.width() - line.contentsMargins().right()
    assert whole * 0.5 <= shown <= whole * 0.65
