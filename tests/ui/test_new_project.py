"""The guided form: by keyboard, with what it says computed from the template it will use."""

from __future__ import annotations

import datetime as dt

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from crm_pilot import i18n
from crm_pilot.demo.templates import TEMPLATES, Wish, departments_of, draft, template_command
from crm_pilot.governance.queries import weather
from crm_pilot.project import Project
from ui import language
from ui.dialogs.new_project import NewProjectDialog, Wanted
from ui.main_window import MainWindow

KEY = Qt.Key


@pytest.fixture
def dialog(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> NewProjectDialog:
    """The form, shown on a computer whose country is not known."""
    monkeypatch.setattr(QLocale, "system", QLocale.c)
    made = NewProjectDialog(None, "en")
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made, before_close_func=QWidget.hide)
    made.show()
    qtbot.waitExposed(made)
    return made


def asked(dialog: NewProjectDialog) -> list[Wanted]:
    """What the dialog hands over, in a list that fills."""
    found: list[Wanted] = []
    dialog.wanted.connect(found.append)
    return found


def test_three_steps_by_keyboard_make_a_project(qtbot: QtBot, dialog: NewProjectDialog) -> None:
    wanted = asked(dialog)
    for _ in range(3):
        qtbot.keyClick(dialog.focusWidget(), KEY.Key_Down)
    assert dialog.template == "rescue"
    qtbot.keyClick(dialog.focusWidget(), KEY.Key_Return)
    assert dialog.pages.currentIndex() == 1
    qtbot.keyClicks(dialog.focusWidget(), "Relaunch West")  # the proposal is selected
    qtbot.keyClicks(dialog.company, "Aubrac")
    qtbot.keyClick(dialog.company, KEY.Key_Return)
    assert dialog.pages.currentIndex() == 2
    qtbot.keyClick(dialog.table, KEY.Key_Space)  # the first department is left out
    qtbot.keyClick(dialog.table, KEY.Key_Return)
    (made,) = wanted
    assert made.name == "Relaunch West"
    assert [one.name for one in made.wish.departments or ()] == [
        one.name for one in departments_of("rescue", "en")[1:]
    ]
    with Project.create(
        made.fill(), name=made.name, language=made.language, country=made.country
    ) as project:
        assert project.reader.one("SELECT company, motivation FROM project") == (
            "Aubrac",
            "rescue",
        )


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_summary_is_that_of_the_template(dialog: NewProjectDialog, template: str) -> None:
    next(card for card in dialog.cards if card.key == template).setChecked(True)
    for part in draft(dialog.wish()).summary("en"):
        assert i18n.show(part) in dialog.summary.text()
    before = dialog.summary.text()
    dialog.start.setText("11 January 2028")
    assert (dialog.summary.text() == before) == (template == "empty")


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("11 January 2027", "Monday"),
        ("16/1/2027", "Saturday, a day off: work begins on Monday 18"),
        ("2027-07-14", "Wednesday, National Day: work begins on Thursday 15"),
    ],
)
def test_the_first_day_is_read_as_people_write_it(
    dialog: NewProjectDialog, typed: str, said: str
) -> None:
    dialog.start.setText(typed)
    assert dialog.start_note.text().replace("\u00a0", " ").startswith(said)


def test_the_country_decides_what_is_a_holiday(dialog: NewProjectDialog) -> None:
    dialog.start.setText("2027-07-14")
    dialog.country.setCurrentIndex(dialog.country.findData("GB"))
    assert dialog.start_note.text().replace("\u00a0", " ") == "Wednesday 14 July 2027"
    assert dialog.wish().country == "GB"


@pytest.mark.parametrize(("system", "country"), [("fr_BE", "BE"), ("en_GB", "GB"), ("C", "FR")])
def test_the_country_is_that_of_the_computer(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, system: str, country: str
) -> None:
    monkeypatch.setattr(QLocale, "system", lambda: QLocale(system))
    dialog = NewProjectDialog(None, "en")
    qtbot.addWidget(dialog)
    assert dialog.wish().country == country


def test_a_day_that_cannot_be_read_stops_the_second_step(
    qtbot: QtBot, dialog: NewProjectDialog
) -> None:
    dialog.buttons["next"].click()
    dialog.start.setText("soon")
    dialog.buttons["next"].click()
    assert dialog.pages.currentIndex() == 1
    assert "soon" in dialog.start_note.text()  # beside the field, and only there
    assert not dialog.summary.text() and not dialog.complaint.isVisible()
    assert dialog.start.hasFocus()
    dialog.start.setText("2027-01-11")
    assert dialog.start_note.text().replace("\u00a0", " ") == "Monday 11 January 2027"
    assert dialog.summary.text()
    dialog.name.clear()
    dialog.buttons["next"].click()
    assert "name" in dialog.complaint.text()


def test_lines_from_excel_are_taken_with_their_headings_left_out(
    dialog: NewProjectDialog,
) -> None:
    lines = "Department\tUsers\nWholesale\t1 240\nMarketing\t15\t2\n"
    QGuiApplication.clipboard().setText(lines)
    count = dialog.table.departments.rowCount()
    dialog.table.paste()
    found = {line.name: line for line in dialog.table.departments.lines}
    assert found["Wholesale"].users == 1240
    assert (found["Marketing"].users, found["Marketing"].wave) == (15, 2)  # it was there already
    assert dialog.table.departments.rowCount() == count + 1
    QGuiApplication.clipboard().setText("Retail\t12\nExport\tmany")
    dialog.table.paste()
    assert dialog.table.departments.rowCount() == count + 1  # all or nothing
    assert "Export" in dialog.complaint.text() and "many" in dialog.complaint.text()


def test_departments_are_typed_over_added_and_removed(
    qtbot: QtBot, dialog: NewProjectDialog
) -> None:
    dialog._go(2)
    table, model = dialog.table, dialog.table.departments
    total = dialog.total.text()
    assert model.setData(model.index(0, 2), "100")
    assert not model.setData(model.index(0, 3), "9")  # no such wave
    assert dialog.total.text() != total
    table.add_line()
    editor = table.viewport().findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "Export")
    qtbot.keyClick(editor, KEY.Key_Return)
    qtbot.waitUntil(lambda: model.lines[-1].name == "Export")
    qtbot.keyClick(table, KEY.Key_Delete)
    assert "Export" not in [line.name for line in model.lines]


def test_the_language_of_the_project_brings_its_own_words(dialog: NewProjectDialog) -> None:
    dialog.language.setCurrentIndex(dialog.language.findData("fr"))
    assert dialog.name.text() == "Nouveau projet CRM"
    assert dialog.table.departments.lines[0].name == "Télévente"
    dialog.name.setFocus()
    dialog._name_typed("Mine")
    dialog.name.setText("Mine")
    dialog.language.setCurrentIndex(dialog.language.findData("en"))
    assert dialog.name.text() == "Mine"
    assert dialog.table.departments.lines[0].name == "Telesales"


def test_a_department_twice_is_said_before_anything_is_made(dialog: NewProjectDialog) -> None:
    wanted = asked(dialog)
    dialog._go(2)
    model = dialog.table.departments
    model.setData(model.index(0, 1), model.lines[1].name)
    assert "twice" in dialog.summary.text()
    dialog.buttons["create"].click()
    assert not wanted and dialog.isVisible()


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_nothing_is_cut_and_everything_has_a_name(qtbot: QtBot, lang: str) -> None:
    language.apply(lang)
    dialog = NewProjectDialog(None, lang)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog, before_close_func=QWidget.hide)
    dialog.show()
    for card in dialog.cards:
        assert card.accessibleName() and card.accessibleDescription()
        assert card.fontMetrics().horizontalAdvance(card.about) < dialog.width() - 48 - 62
    for step in range(3):
        dialog._go(step)
        assert dialog.summary.heightForWidth(dialog.summary.width()) <= dialog.summary.height()
    assert dialog.height() <= 700
    for field in (dialog.name, dialog.company, dialog.crm, dialog.country, dialog.start):
        assert field.accessibleName()


def test_the_proposed_first_day_is_a_monday_to_come(dialog: NewProjectDialog) -> None:
    start = dialog.wish().start
    assert start.weekday() == 0 and 0 <= (start - dt.date.today()).days < 7


@pytest.mark.parametrize("template", TEMPLATES)
def test_the_window_shows_a_fresh_project(window: MainWindow, template: str) -> None:
    wish = Wish(template, "en", dt.date(2027, 1, 11))
    with Project.create(template_command(wish), name="Fresh", language="en") as project:
        window.bridge.attach(project)
        for room in ("cockpit", "planning", "people"):
            window.go(room)
            assert not window.grab().isNull()
        weathers = {row.axis: row.weather for row in weather(project.reader, project.today())}
        assert weathers["adoption"] == "watch"
        window.bridge.detach()
