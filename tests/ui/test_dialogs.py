"""Every dialog, popup and menu: told to a screen reader, worked by keys, its focus seen, its French
whole, its texts all looked up. Every chart: told, with its table."""

from __future__ import annotations

import ast
import datetime as dt
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QWidget,
)
from shiboken6 import isValid

import ui
from crm_pilot.formats import weekday
from crm_pilot.i18n import Translator, current, set_language, typeset
from crm_pilot.people.calendar import country_names
from crm_pilot.planning.queries import owners
from crm_pilot.project import Project
from tests.ui.dialog_stage import TICKETS, Case, Stage, closed, opened, wait_until
from tests.ui.dialogs import CASES, DIALOGS, MENUS
from tests.ui.seeing import cut, picture, reached_by_tab, settle, told, unnamed, visible
from tests.ui.test_pseudo import DATE, bare
from ui import theme
from ui.bridge import Bridge
from ui.charts.view import ChartView
from ui.dialogs.base import Dialog
from ui.main_window import MainWindow
from ui.screens.planning.gantt import GanttView
from ui.screens.stakeholders.plane import PlaneView
from ui.sidebar import ROOMS
from ui.widgets.fields import TextArea
from ui.widgets.grid import Grid
from ui.widgets.why_panel import WhyPanel

SIZE = (1366, 768)
MOST_TABS = 120
Role = QAccessible.Role
CHARTS = (ChartView, PlaneView)
WEEK = tuple(dt.date(2026, 11, 23) + dt.timedelta(n) for n in range(7))
DATA = {"F5", "UTF-8", "Windows-1252", "Salesforce, Dynamics, HubSpot …"}
FILES = re.compile(r"\.(csv|crmp|xlsx|pdf)\b")


@pytest.fixture(autouse=True)
def look() -> None:
    """The window is shared, and so is its look: nothing is put back between two dialogs."""


@pytest.fixture(scope="module")
def shared(
    qapp: QApplication, demo_files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Stage]:
    """One window over the French demonstration for all tests of this module."""
    folder = tmp_path_factory.mktemp("dialogs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_PILOT_HOME", str(folder / "home"))
        patch.setattr(Translator, "_dress", dress)
        theme.start("light")
        window = MainWindow(Bridge())
        window.complete()
        window.resize(*SIZE)
        window.show()
        with Project.open(demo_files["fr"]) as project:
            project.read_only = False
            window.bridge.attach(project)
            yield Stage(window, folder)
            window.jobs.wait()
            window.hide()
            window.bridge.detach()
        window.deleteLater()
        theme.start("light")
        set_language("en")


def dress(translator: Translator, text: str) -> str:
    """The bracketed language of the program, and longer by 30 percent, as German would be."""
    if not translator.pseudo:
        return typeset(text, translator.language)
    more, words = max(1, round(len(text) * 0.3)), []
    while more > 0:
        words.append("~" * min(7, more))
        more -= 8
    return f"⟦{text} {' '.join(words)}⟧"


@pytest.fixture
def stage(shared: Stage) -> Iterator[Callable[..., Stage]]:
    """The stage in a look and a language."""

    def set_up(look: str = "light", *, pseudo: bool = False) -> Stage:
        bridge = shared.window.bridge
        if theme.theme().name != look:
            theme.apply(look)
        set_language("en" if pseudo else "fr", pseudo=pseudo)
        if shared.window.property("spoken") != pseudo:
            bridge.set_language("en" if pseudo else "fr", pseudo=pseudo)
            shared.window.setProperty("spoken", pseudo)
        return shared

    yield set_up
    closed(shared)


def ids(case: Case) -> str:
    """Name of a case in the list of tests."""
    return case.name


every_dialog = pytest.mark.parametrize("case", DIALOGS, ids=ids)


def test_each_dialog_of_the_code_is_opened_here() -> None:
    covered = {place for case in CASES for place in case.covers}
    assert in_code() - covered == set(), "open it in tests/ui/dialogs.py"
    assert covered - in_code() == set(), "it is no longer there"


# heard -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("case", MENUS, ids=ids)
def test_a_menu_is_told_and_looked_up(stage: Callable[..., Stage], case: Case) -> None:
    root = opened(stage(pseudo=True), case)
    assert isinstance(root, QMenu)
    known = strings(stage(pseudo=True))
    for action in root.actions():
        text = action.text().partition("\t")[0]
        hidden = not text and not action.isVisible()  # it has nothing to say at the moment
        assert action.isSeparator() or hidden or "⟦" in text or text in known, text


# worked by keys --------------------------------------------------------------------------------


@every_dialog
def test_it_is_told_and_left_by_keys(stage: Callable[..., Stage], case: Case) -> None:
    root = opened(stage(), case)
    assert told(root).strip()
    assert unnamed(root) == []
    check_tab(root)
    check_escape(root)


def check_tab(root: QWidget) -> None:
    """Tab comes by everything and stays in the dialog."""
    first = QApplication.focusWidget()
    assert first is not None and root.isAncestorOf(first), "the focus starts elsewhere"
    seen = walk(root)
    missing = [
        (type(one).__name__, told(one))
        for one in visible(root)
        if reached_by_tab(one) and one not in seen
    ]
    assert missing == []


def walk(root: QWidget) -> list[QWidget]:
    """What Tab comes by, until it comes round; Ctrl+Tab where Tab writes."""
    seen: list[QWidget] = []
    for _ in range(MOST_TABS):
        focus = QApplication.focusWidget()
        if focus is None or focus in seen:
            break
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
        if QApplication.focusWidget() is focus:
            QTest.keyClick(focus, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert all(root.isAncestorOf(one) for one in seen), "Tab leaves the dialog"
    return seen


def check_escape(root: QWidget) -> None:
    """Escape closes it."""
    focus = QApplication.focusWidget() or root
    if isinstance(focus, QLineEdit) and focus.property("role") == "search":
        focus.clear()
    QTest.keyClick(focus, Qt.Key.Key_Escape)
    settle()
    assert not isValid(root) or not root.isVisible()


@every_dialog
def test_enter_presses_what_is_marked(stage: Callable[..., Stage], case: Case) -> None:
    root = opened(stage(), case)
    primary = [
        one
        for one in visible(root)
        if isinstance(one, QPushButton) and one.property("role") == "primary" and one.isEnabled()
    ]
    assert len(primary) <= 1, "two buttons are marked"
    focus = QApplication.focusWidget()
    if case.enter and isinstance(focus, QPushButton):  # another window was active meanwhile
        lists = [one for one in visible(root) if isinstance(one, QAbstractItemView)]
        focus = lists[0] if lists else None
        if focus is not None:
            focus.setFocus()
            settle()
    if not primary or focus is None:
        return
    pressed: list[bool] = []
    primary[0].clicked.disconnect()
    primary[0].clicked.connect(lambda: pressed.append(True))
    QTest.keyClick(focus, Qt.Key.Key_Return)
    settle()
    done = bool(pressed) or not isValid(root)
    assert done is not bool(case.enter), type(focus).__name__


@every_dialog
def test_enter_presses_the_button_it_is_on(stage: Callable[..., Stage], case: Case) -> None:
    root = opened(stage(), case)
    pressed: list[QPushButton] = []
    for button in root.findChildren(QPushButton):
        if button.receivers("2clicked(bool)"):
            button.clicked.disconnect()
        button.clicked.connect(lambda _=False, button=button: pressed.append(button))
    for one in visible(root):
        if not isinstance(one, QPushButton) or not reached_by_tab(one) or one.isCheckable():
            continue
        pressed.clear()
        one.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(one, Qt.Key.Key_Return)
        settle(3)
        if not isValid(root):  # a popup did it and is gone
            return
        assert pressed == [one], one.text()


# seen ------------------------------------------------------------------------------------------


@every_dialog
@pytest.mark.parametrize("look_name", ["light", "contrast"])
def test_its_focus_is_seen(stage: Callable[..., Stage], case: Case, look_name: str) -> None:
    root = opened(stage(look_name), case)
    blind = []
    for one in visible(root):
        seen = one.visibleRegion().boundingRect().height()
        if not reached_by_tab(one) or seen < one.height():  # at the edge of what is scrolled
            continue
        focus = QApplication.focusWidget()
        if focus is not None:
            focus.clearFocus()
        settle(3)
        without = picture(one)
        one.setFocus(Qt.FocusReason.TabFocusReason)
        settle(3)
        if QApplication.focusWidget() is one and picture(one) == without:
            blind.append((type(one).__name__, told(one)))
    assert blind == []


@every_dialog
def test_its_french_is_whole(stage: Callable[..., Stage], case: Case) -> None:
    root = opened(stage(), case)
    assert root.width() <= SIZE[0]
    assert root.height() <= SIZE[1]
    assert cut(root) == []


@every_dialog
def test_a_longer_language_fits_and_is_looked_up(stage: Callable[..., Stage], case: Case) -> None:
    there = stage(pseudo=True)
    root = opened(there, case)
    known = strings(there)
    assert [one for one in bare(root) if not data_in(one, known)] == []
    assert cut(root) == []


@pytest.mark.parametrize("room", [room.name for room in ROOMS])
def test_the_french_of_a_room_is_whole(stage: Callable[..., Stage], room: str) -> None:
    """In French only: rooms are dense, and French is the longer of the two languages they have."""
    screen = stage().room(room)
    QTest.qWait(150)  # charts and sentences follow a moment after
    assert cut(screen) == []


# charts ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", [room.name for room in ROOMS])
def test_every_chart_is_told_and_has_its_table(stage: Callable[..., Stage], room: str) -> None:
    there = stage()
    screen = there.room(room)
    charts = [one for one in visible(screen) if isinstance(one, CHARTS)]
    for one in charts:
        wait_until(lambda one=one: one.data_table() is not None)  # type: ignore[misc]
        found = QAccessible.queryAccessibleInterface(one)
        assert found.role() == Role.Chart
        assert told(one).strip()
        assert found.text(QAccessible.Text.Description).strip(), told(one)
        assert reached_by_tab(one)
        one.setFocus()
        QTest.keyClicks(one, "?")
        settle()
        (panel,) = (w for w in QApplication.topLevelWidgets() if isinstance(w, WhyPanel))
        check_table(panel, one)
        panel.close()
        settle()


def check_table(panel: WhyPanel, chart: QWidget) -> None:
    """The data stand in front, with headings for columns and rows, cell by cell."""
    view, table = panel.data, chart.data_table()  # type: ignore[attr-defined]
    assert view is not None and view.isVisible()
    assert QApplication.focusWidget() is view
    found = QAccessible.queryAccessibleInterface(view)
    assert found.role() == Role.Table
    parts = [found.child(at) for at in range(found.childCount())]
    heads, rows, cells = (
        [part.text(QAccessible.Text.Name) for part in parts if part.role() == role]
        for role in (Role.ColumnHeader, Role.RowHeader, Role.Cell)
    )
    shown = table.cells(current())
    assert heads == table.heads(current())
    assert rows == [row[0] for row in shown]
    assert cells == [cell for row in shown for cell in row]


def test_a_drawing_without_a_table_of_its_own_names_the_one_beside_it(
    stage: Callable[..., Stage],
) -> None:
    screen = stage().room("planning")
    gantt = next(one for one in visible(screen) if isinstance(one, GanttView))
    outline = next(one for one in visible(screen) if isinstance(one, Grid))
    found = QAccessible.queryAccessibleInterface(gantt)
    assert (found.role(), bool(told(gantt))) == (Role.Chart, True)
    assert "liste" in found.text(QAccessible.Text.Description)  # the table beside it
    assert QAccessible.queryAccessibleInterface(outline).role() in (Role.Table, Role.Tree)


def strings(stage: Stage) -> set[str]:
    """All texts that stand in the project, in the file that is imported, and names of countries:
    data is not translated."""
    reader = stage.window.bridge.reader
    found = {cell for line in TICKETS.splitlines() for cell in line.split(";")}
    found |= set(country_names("en").values())
    found |= {weekday(day, "en") for day in WEEK}
    found |= {name for _, *names in owners(reader) for name in names}
    for (table,) in reader.select("SELECT name FROM sqlite_master WHERE type = 'table'"):
        for row in reader.select(f"SELECT * FROM {table}"):
            found |= {value for value in row if isinstance(value, str) and value}
    return found


KEYS = re.compile(r"((Ctrl|Alt|Shift|Maj)\+)+\S+")  # the system names them


def data_in(told_as: str, known: set[str]) -> bool:
    """Whether a text found bare is data of the project or of the system."""
    text = ast.literal_eval(told_as.partition(": ")[2])
    if "/" in text or FILES.search(text) or text in DATA or KEYS.fullmatch(text):
        return True
    days = {weekday(day, "en") for day in WEEK}
    for part in re.split(r" · |\n", text):
        if part.partition(" ")[0] in days and DATE.fullmatch(part.partition(" ")[2]):
            continue
        pieces = [part] if part in known else part.split(", ")
        if not all(p in known or p.isdigit() or DATE.fullmatch(p) for p in pieces):
            return False
    return True


# what there is in the code ---------------------------------------------------------------------

BASES = {  # others build on them
    "ui.dialogs.base:Dialog",
    "ui.dialogs.print_pages:PagesDialog",
    "ui.screens.adoption.feature_dialogs:OneCommand",
    "ui.screens.adoption.support_dialog:CaseDialog",
    "ui.screens.planning.dialogs:_Question",
}
FLOATING = {"Popup", "Tool", "Dialog", "Window"}  # kinds of window that a QWidget may be


def in_code() -> set[str]:
    """module:name of every dialog class, popup, and function that makes a dialog or a menu."""
    found: set[str] = set()
    for info in pkgutil.walk_packages(ui.__path__, "ui."):
        module = importlib.import_module(info.name)
        for name, kind in vars(module).items():
            here = isinstance(kind, type) and kind.__module__ == info.name
            if here and issubclass(kind, QDialog):
                found.add(f"{info.name}:{name}")
        assert module.__file__ is not None
        tree = ast.parse(Path(module.__file__).read_text("utf-8"))
        found |= {f"{info.name}:{name}" for name in _makers(tree)}
    return found - BASES


def _makers(tree: ast.AST, path: str = "") -> Iterator[str]:
    """Functions that call `Dialog(…)` or `QMenu(…)`, and classes that float by a window flag."""
    for node in ast.iter_child_nodes(tree):
        if not isinstance(node, ast.ClassDef | ast.FunctionDef):
            continue
        name = f"{path}{node.name}"
        if isinstance(node, ast.ClassDef):
            if any(_floats(one) for one in ast.walk(node)):
                yield name
            yield from _makers(node, f"{name}.")
        elif any(_makes(one) for one in ast.walk(node)):
            yield name


def _makes(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("Dialog", "QMenu", "QMessageBox", "QInputDialog")
    )


def _floats(node: ast.AST) -> bool:
    return (
        isinstance(node, ast.Attribute)
        and node.attr in FLOATING
        and isinstance(node.value, ast.Attribute)
        and node.value.attr == "WindowType"
    )


def test_a_complaint_makes_the_dialog_higher_and_presses_nothing(qtbot) -> None:
    dialog = Dialog(None, "A question")
    qtbot.addWidget(dialog)
    field, complaint = TextArea(), QLabel("“Xentes” is none of the names of the list. " * 6)
    field.setFixedHeight(80)
    complaint.setWordWrap(True)
    complaint.hide()
    dialog.body.addWidget(field)
    dialog.body.addWidget(complaint)
    dialog.add_button("save", "Save", primary=True)
    dialog.show()
    before, box = dialog.height(), dialog.layout()
    complaint.show()
    needed = box.totalMinimumHeightForWidth(dialog.width())
    assert needed > before
    qtbot.waitUntil(lambda: dialog.height() >= needed, timeout=2000)
    assert field.height() == 80


@pytest.mark.parametrize("ready", [True, False])
def test_control_and_enter_press_the_coloured_button_while_lines_are_typed(qtbot, ready) -> None:
    dialog = Dialog(None, "A question")
    qtbot.addWidget(dialog)
    field = TextArea()
    dialog.body.addWidget(field)
    dialog.add_button("cancel", "Cancel")
    dialog.add_button("save", "Save", primary=True).setEnabled(ready)
    answers: list[str] = []
    dialog.chosen.connect(answers.append)
    dialog.show()
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert answers == []
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert answers == (["save"] if ready else [])
