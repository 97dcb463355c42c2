"""Every dialog, popup and menu of the program, opened as a person opens it over a project.

A test walks the code and fails for one that nobody opens here, so that whatever is added later is
walked by the tests of access too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from crm_pilot.errors import StorageError, StorageKind, UserError
from crm_pilot.exchange.exporting import targets
from crm_pilot.governance.entry import checks
from crm_pilot.governance.influence import ActionRow
from crm_pilot.i18n import N_, msg, tr
from crm_pilot.planning import history
from crm_pilot.planning.conflicts import Conflict
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import TaskKind
from crm_pilot.project import Recoverable
from crm_pilot.stakeholders.acts import acts
from crm_pilot.stakeholders.queries import units
from crm_pilot.stakeholders.terms import ActionKind, UnitKind
from ui.charts.view import ChartView, data_menu
from ui.dialogs import export, messages, print_gantt, print_map, print_pack
from ui.dialogs.absences import AbsencesDialog
from ui.dialogs.base import Dialog
from ui.dialogs.finder import Finder
from ui.dialogs.import_memory import RememberedMappings
from ui.dialogs.import_wizard import ImportWizard
from ui.dialogs.paste import PasteDialog
from ui.dialogs.sentence import SentenceDialog
from ui.main_window import MainWindow
from ui.screens.base import Screen
from ui.screens.committee.decision import DecisionDialog
from ui.screens.planning import baselines
from ui.screens.planning.baselines import BaselinesDialog
from ui.screens.planning.conflicts import ConflictsDialog
from ui.screens.planning.dialogs import AnnounceDialog, BaselineDialog
from ui.screens.planning.screen import PlanningScreen
from ui.screens.planning.task_dialog import TaskDialog
from ui.screens.planning.trend_dialogs import HistoryDialog
from ui.screens.planning.trend_menu import MilestoneMenu
from ui.screens.stakeholders.action_dialog import ActionDialog, RemoveAction
from ui.screens.stakeholders.lateral_dialog import LateralDialog
from ui.screens.stakeholders.rating_fact import FactBox
from ui.screens.stakeholders.screen import StakeholdersScreen
from ui.screens.stakeholders.snooze_dialog import SnoozeDialog
from ui.screens.stakeholders.unit_dialog import UnitDialog
from ui.screens.stakeholders.zones_dialog import ZonesDialog
from ui.screens.training.screen import TrainingScreen
from ui.screens.training.trainees import TraineesPanel
from ui.widgets import views
from ui.widgets.grid import Grid
from ui.widgets.grid_menu import fill_view_menu, heading_menu, row_menu
from ui.widgets.tile import Tile

PATIENCE_MS = 5000
TICKETS = "Numéro;Titre;Créé le;Priorité;Statut\n" + "".join(
    f"INC-{n};Écran lent au devis {n};{1 + n % 28:02}/10/2026;P{1 + n % 3};Nouveau\n"
    for n in range(40)
)


class Stage:
    """A window over a project, and a folder for files."""

    def __init__(self, window: MainWindow, folder: Path) -> None:
        self.window, self.folder = window, folder

    def room(self, name: str) -> Screen:
        """A room of the window."""
        self.window.show_screen(name)
        settle()
        return self.window.screen_named(name)

    def grid(self, room: str = "people") -> Grid:
        """The table in front of a room, at its first cell."""
        screen = self.room(room)
        found = next(one for one in screen.findChildren(Grid) if one.isVisible())
        found.setFocus()
        found.setCurrentIndex(found.grid.index(0, found.shown_columns[0]))
        return found

    def column(self, grid: Grid, *kinds: str) -> int:
        """The first shown column of one of these kinds."""
        return next(at for at in grid.shown_columns if grid.grid.columns[at].kind in kinds)

    def file(self, name: str, text: str) -> Path:
        """A file to read."""
        path = self.folder / name
        path.write_text(text, "utf-8")
        return path


Open = Callable[[Stage], object]


@dataclass(frozen=True)
class Case:
    """One state of one dialog. `covers`: module:name of the classes and functions it shows.
    `enter`: why Enter does not press its primary button, where it must not."""

    name: str
    covers: tuple[str, ...]
    open: Open
    enter: str = ""


def settle(rounds: int = 10) -> None:
    """Let queued work be done."""
    for _ in range(rounds):
        QApplication.processEvents()


def shown(window: MainWindow) -> list[QWidget]:
    """Windows over the main one."""
    return [
        one
        for one in QApplication.topLevelWidgets()
        if one.isVisible() and one is not window and isinstance(one, QWidget)
    ]


def opened(stage: Stage, case: Case) -> QWidget:
    """Open a dialog and wait until it has come to rest."""
    before = {id(one) for one in shown(stage.window)}
    made = case.open(stage)
    settle()
    new = [one for one in shown(stage.window) if id(one) not in before]
    modal = QApplication.activeModalWidget()
    found = modal if modal in new else made if isinstance(made, QWidget) else new[-1]
    found.activateWindow()
    settle()
    return found


def closed(stage: Stage) -> None:
    """Close whatever stands over the window."""
    for one in reversed(shown(stage.window)):
        one.hide()
        if not isinstance(one, QMenu):  # some belong to a button
            one.deleteLater()
    stage.window.jobs.wait()
    QGuiApplication.clipboard().clear()
    settle()


# what is not opened by one call ----------------------------------------------------------------


def wait_until(done: Callable[[], bool]) -> None:
    """Work until something holds."""
    for _ in range(PATIENCE_MS // 10):
        if done():
            return
        QTest.qWait(10)
    raise AssertionError("it did not come to rest")


def _open(dialog: QDialog) -> QDialog:
    dialog.open()
    return dialog


def _front() -> Dialog:
    return cast(Dialog, QApplication.activeModalWidget())


def _recovery(stage: Stage) -> QDialog:
    moment = dt.datetime(2026, 11, 20, 17, 42)
    name = stage.window.bridge.project.name
    left = [
        Recoverable(stage.folder, stage.folder / "projet-crm-2026.crmp", name, 12, moment, None),
        Recoverable(stage.folder, None, name, 1, moment, None),
    ]
    return _open(messages.RecoveryDialog(stage.window, left))


def _notice(stage: Stage) -> QDialog:
    sentence, detail = (
        tr("There are no dated copies yet"),
        tr("Each save keeps the version before it."),
    )
    return _open(messages.notice(stage.window, sentence, detail))


def _crash(stage: Stage) -> QDialog:
    made = messages.CrashDialog(stage.window, safe=True)
    made.add("Traceback (most recent call last):\n  File “x.py”, line 12\nValueError: 3")
    return _open(made)


def _outside(kind: StorageKind) -> Open:
    def make(stage: Stage) -> QDialog:
        error = StorageError(kind, SENTENCE)
        return _open(messages.changed_file_dialog(stage.window, error))

    return make


def _damaged(stage: Stage) -> QDialog:
    path = stage.file("damaged.crmp", "SQLite format 3")
    made = stage.window.files.keeping._open_window(
        path, StorageError(StorageKind.CORRUPT, SENTENCE)
    )
    wait_until(lambda: made.complete)
    return made


def _copies(stage: Stage) -> QDialog:
    project = stage.window.bridge.project
    if project.path is None:
        project.save(stage.folder / "projet.crmp")
    assert project.path is not None
    made = stage.window.files.keeping._open_window(project.path)
    wait_until(lambda: made.complete)
    return made


def _wizard(stage: Stage, path: Path | None) -> ImportWizard:
    stage.window.open_import(path)
    made = cast(ImportWizard, _front())
    wait_until(lambda: made._job is None)
    return made


def _planned(stage: Stage) -> ImportWizard:
    return _wizard(stage, stage.file("tickets.csv", TICKETS))


def _wizard_page(view: str) -> Open:
    def make(stage: Stage) -> QDialog:
        made = _planned(stage)
        made.page.view._buttons[view].click()
        return made

    return make


def _wizard_reading(stage: Stage) -> QDialog:
    made = _planned(stage)
    made.waiting.start("tickets.csv")
    made._turn_to(made.waiting)
    return made


def _wizard_done(stage: Stage) -> QDialog:
    made = _planned(stage)
    made.apply_button.click()
    return made


def _memory(stage: Stage) -> QDialog:
    bridge = stage.window.bridge
    bridge.settings.mappings["tickets:1"] = {"title": "Titre", "@delimiter": ";"}
    return _open(RememberedMappings(stage.window, bridge))


def _new_project(step: int) -> Open:
    def make(stage: Stage) -> QDialog:
        stage.window.files.new()
        made = _front()
        for _ in range(step):
            made.buttons["next"].click()
        return made

    return make


def _export_csv(stage: Stage) -> QDialog:
    stage.window.open_export()
    made = cast(export.ExportDialog, _front())
    made.form._buttons["csv"].click()
    return made


def _export_taken(stage: Stage) -> None:
    made = cast(export.ExportDialog, _export_csv(stage))
    for path in targets(made.names, stage.folder, made.wanted):
        path.write_text("")
    made._place = lambda: stage.folder  # type: ignore[method-assign]
    made.go.click()


def _paste(stage: Stage) -> None:
    grid = stage.grid("people")
    QGuiApplication.clipboard().setText("Durand\tAnne\nMorel\tPaul\n")
    PasteDialog(grid, [["Durand", "Anne"], ["Morel", "Paul"]]).open()


def _filter(room: str, *kinds: str) -> Open:
    def make(stage: Stage) -> None:
        grid = stage.grid(room)
        grid.filter_column(stage.column(grid, *kinds))

    return make


def _erase(stage: Stage) -> None:
    """Somebody of the project, with a namesake so that some text is left to be read."""
    reader = stage.window.bridge.reader
    key = reader.value("SELECT person_id FROM stakeholder WHERE kind = 'person' LIMIT 1")
    key = key or reader.value("SELECT id FROM person LIMIT 1")
    stage.window.bridge.person_asked.emit("erase", "person", key)


def _menu(menu: QMenu) -> QMenu:
    menu.popup(QPoint(200, 200))
    return menu


def _view_menu(stage: Stage) -> QMenu:
    made = QMenu(stage.window)
    fill_view_menu(made, stage.grid())
    return _menu(made)


def _plan_menu(stage: Stage) -> QMenu:
    grid = stage.grid("planning")
    screen = cast(PlanningScreen, stage.window.screen_named("planning"))
    return _menu(screen.edits.menu(grid))


def _chart_menu(stage: Stage) -> QMenu:
    screen = stage.room("maintenance")
    chart = next(one for one in screen.findChildren(ChartView) if one.isVisible())
    wait_until(lambda: chart.data_table() is not None)
    at = chart.rect().center()
    return data_menu(chart, chart.asked, chart.data_table(), chart.mapToGlobal(at))


def _why(stage: Stage) -> None:
    screen = stage.room("cockpit")
    next(one for one in screen.findChildren(Tile) if one.why.isVisible()).explain()


def _data(stage: Stage) -> QWidget | None:
    screen = stage.room("maintenance")
    chart = next(one for one in screen.findChildren(ChartView) if one.isVisible())
    wait_until(lambda: chart.data_table() is not None)
    return chart.show_data()


def _map(method: str, *more: object) -> Open:
    def make(stage: Stage) -> None:
        screen = cast(StakeholdersScreen, stage.room("stakeholders"))
        if screen.selected_id is None:
            screen.select(stage.window.bridge.reader.value("SELECT min(id) FROM stakeholder"))
        getattr(screen.asking, method)(*(more or (screen.selected_id,)))

    return make


def _map_several(method: str) -> Open:
    def make(stage: Stage) -> None:
        screen = cast(StakeholdersScreen, stage.room("stakeholders"))
        found = stage.window.bridge.reader.select("SELECT id FROM stakeholder ORDER BY id LIMIT 9")
        getattr(screen.asking, method)([row[0] for row in found])

    return make


def _unit_menu(count: int) -> Open:
    def make(stage: Stage) -> QMenu:
        screen = cast(StakeholdersScreen, stage.room("stakeholders"))
        return _menu(screen.menus.menu([row.id for row in screen.shown.kept[:count]]))

    return make


def _units_menu(stage: Stage) -> QMenu:
    screen = cast(StakeholdersScreen, stage.room("stakeholders"))
    screen.show_view("list")
    screen.table.select(screen.shown.kept[0].id)
    made = _menu(screen.table.menu())
    screen.show_view("map")
    return made


def _simple(stage: Stage) -> None:
    stage.window.bridge.settings.rating = "simple"
    _map("rate")(stage)
    stage.window.bridge.settings.rating = "full"


def _map_one(stage: Stage, method: str) -> None:
    screen = cast(StakeholdersScreen, stage.room("stakeholders"))
    getattr(screen.asking, method)(
        [stage.window.bridge.reader.value("SELECT min(id) FROM stakeholder")]
    )


def _unit_page(page: str) -> Open:
    def make(stage: Stage) -> None:
        _map("edit")(stage)
        made = cast(UnitDialog, _front())
        made.turn(page)
        if page == "ties":
            made.ties.add_empty()

    return make


def _room_dialog(method: str) -> Open:
    return lambda stage: getattr(
        cast(StakeholdersScreen, stage.room("stakeholders")).asking, method
    )()


def _zones_advice(stage: Stage) -> None:
    _room_dialog("zones")(stage)
    cast(ZonesDialog, _front()).turn("advice")


def _acts(stage: Stage) -> QMenu:
    made = FactBox(tr("Observed fact"))
    made.setParent(stage.room("stakeholders"))
    made.offer(acts(2, 3))
    return _menu(made.menu)


def _enrol(stage: Stage) -> None:
    screen = stage.room("training")
    panel = screen.findChildren(TraineesPanel)[0]
    panel.enrol()


def _task(page: str) -> Open:
    def make(stage: Stage) -> QDialog:
        screen = cast(PlanningScreen, stage.room("planning"))
        row = next(r for r in screen._rows if r.kind == TaskKind.TASK and r.percent)
        made = TaskDialog(stage.window, stage.window.bridge, row, page)
        made.links.waits.add(None)
        made.people.people.add(None, 50)
        made.turn(page)
        return _open(made)

    return make


def _more_menu(stage: Stage) -> QMenu:
    return _menu(cast(PlanningScreen, stage.room("planning")).more.menu())


def _filter_menu(stage: Stage) -> QMenu:
    return _menu(cast(PlanningScreen, stage.room("planning")).filters.menu())


def _absent(stage: Stage) -> QDialog:
    stage.window.menus.open_absences()
    made = cast(AbsencesDialog, _front())
    made.pages._buttons["people"].click()
    return made


def _announce(stage: Stage) -> QDialog:
    screen = cast(PlanningScreen, stage.room("planning"))
    row: TaskRow = next(one for one in screen._rows if one.kind == TaskKind.MILESTONE)
    return _open(AnnounceDialog(screen, row, stage.window.bridge.today))


def _conflicts(stage: Stage) -> QDialog:
    screen = cast(PlanningScreen, stage.room("planning"))
    row: TaskRow = next(one for one in screen._rows if one.kind == TaskKind.MILESTONE)
    unkept = Conflict(
        row.id,
        row.title,
        msg("Deadline {day}", day=row.finish),
        msg("finishes {day}", day=row.finish),
    )
    return _open(ConflictsDialog(screen, [unkept] * 3))


def _baseline(stage: Stage) -> QDialog:
    return _open(BaselineDialog(stage.room("planning"), stage.window.bridge.today))


def _print_gantt(stage: Stage) -> QDialog:
    print_gantt.ask_print(stage.room("planning"), stage.window.bridge)
    made = cast(print_gantt.PrintGantt, _front())
    wait_until(lambda: made.drawing is not None)
    return made


def _print_nothing(stage: Stage) -> QDialog:
    made = cast(print_gantt.PrintGantt, _print_gantt(stage))
    made.form.text.setText("zzzz")
    wait_until(lambda: made.drawing is None)
    return made


def _print_map(level: str) -> Open:
    def opener(stage: Stage) -> QDialog:
        bridge = stage.window.bridge
        print_map.ask_print(stage.room("stakeholders"), bridge, bridge.today)
        made = cast(print_map.PrintMapDialog, _front())
        made.form.level.setCurrentIndex(made.form.level.findData(level))
        wait_until(lambda: made.settled)
        return made

    return opener


def _announced(stage: Stage) -> QDialog:
    key = stage.window.bridge.reader.value("SELECT max(milestone_id) FROM wave")
    return _open(HistoryDialog(stage.window.bridge, stage.room("planning"), key))


def _milestones(stage: Stage) -> QMenu:
    bridge = stage.window.bridge
    made = MilestoneMenu()
    made.setParent(stage.room("planning"))
    made.retranslate()
    made.show_milestones(history.figures(bridge.reader, bridge.today), bridge.today)
    return _menu(made.menu())


def _acting(name: str) -> Open:
    """The dialogs of acting: on the first unit, its first action, a check, a lateral project."""

    def make(stage: Stage) -> QDialog:
        bridge, room = stage.window.bridge, stage.room("stakeholders")
        unit = units(bridge.reader, bridge.today)[0].id
        day = bridge.today + dt.timedelta(days=12)
        days = (day, day + dt.timedelta(days=2))
        kind = ActionKind.WORKSHOP
        action = ActionRow(1, 1, unit, kind, "Atelier", None, "", *days, 40, 480, 240, None, None)
        openers: dict[str, Callable[[], QDialog]] = {
            "plan": lambda: ActionDialog(room, bridge, unit),
            "change": lambda: ActionDialog(room, bridge, unit, action),
            "remove": lambda: RemoveAction(room, bridge, action),
            "snooze": lambda: SnoozeDialog(room, bridge, checks(bridge.reader, bridge.today)[0]),
            "lateral": lambda: LateralDialog(room, bridge, unit_key=unit),
        }
        return _open(openers[name]())

    return make


def _plans(stage: Stage) -> BaselinesDialog:
    made = BaselinesDialog(stage.window.bridge, stage.room("planning"))
    _open(made)
    return made


def _rename_plan(stage: Stage) -> QDialog:
    made = _plans(stage)
    made.close()
    return _open(baselines.RenameDialog(stage.room("planning"), made.plans[0]))


def _compare_plans(stage: Stage) -> QDialog:
    bridge = stage.window.bridge
    plan = history.baselines(bridge.reader)[0]
    return _open(baselines.CompareDialog(bridge, stage.room("planning"), plan.id))


def _finder(typed: str) -> Open:
    def make(stage: Stage) -> QDialog:
        stage.window.menus.open_finder()
        made = cast(Finder, _front())
        wait_until(lambda: made.complete)
        made.field.setText(typed)
        return made

    return make


# the list --------------------------------------------------------------------------------------

SENTENCE = N_("Give the project a name: it is printed on every report.")
LIST = "Enter belongs to the list, which must not import or enrol by mistake"
LINES = "Enter begins a new line"
CELLS = "Enter ends the typing of a cell"
FIELDS = "Enter ends the typing of a field"
PAGE = "ui.dialogs.import_pages"
MESSAGES = "ui.dialogs.messages"
PERSONAL = "ui.personal:Personal"
GRID_MENU = "ui.widgets.grid_menu"
PLAN = "ui.screens.planning.dialogs"
TREND = "ui.screens.planning.trend_dialogs"
UNIT = "ui.screens.stakeholders.unit_dialog"
RATING = "ui.screens.stakeholders.rating_"
TRIO = "ui.screens.stakeholders.trio_dialog"
ZONES = "ui.screens.stakeholders.zones_dialog"
ACTION = "ui.screens.stakeholders.action_dialog"
MAP_ROOM = "ui.screens.stakeholders"
PRINT = "ui.dialogs.print_gantt"
MAP = "ui.dialogs.print_map:PrintMapDialog"
WIZARD = "ui.dialogs.import_wizard:ImportWizard"
NEW = "ui.dialogs.new_project:NewProjectDialog"
POPUP = "ui.widgets.filter_popup:FilterPopup"

CASES: tuple[Case, ...] = (
    # acting on the map
    Case("action-plan", (f"{ACTION}:ActionDialog",), _acting("plan")),
    Case("action-change", (f"{ACTION}:ActionDialog",), _acting("change")),
    Case("action-remove", (f"{ACTION}:RemoveAction",), _acting("remove")),
    Case("snooze", ("ui.screens.stakeholders.snooze_dialog:SnoozeDialog",), _acting("snooze"),
         LINES),
    Case("lateral", ("ui.screens.stakeholders.lateral_dialog:LateralDialog",),
         _acting("lateral")),
    Case("about", ("ui.dialogs.about:about_dialog",), lambda s: s.window._show_about()),
    Case("keys", ("ui.dialogs.keys:KeysDialog",), lambda s: s.window._show_keys()),
    Case("settings", ("ui.dialogs.preferences:Preferences",), lambda s: s.window.open_settings()),
    Case("memory", ("ui.dialogs.import_memory:RememberedMappings",), _memory),
    Case("print", ("ui.dialogs.print_pack:PrintPack",), lambda s: s.window.print_pack()),
    Case(
        "printed",
        ("ui.dialogs.print_pack:_offer",),
        lambda s: print_pack._offer(s.window, s.folder / "copil.pdf"),
    ),
    Case("sentence", ("ui.dialogs.sentence:SentenceDialog",),
         lambda s: _open(SentenceDialog(s.window, s.window.bridge, "cockpit")), LINES),
    # files
    Case("unsaved", (f"{MESSAGES}:ask_save_dialog",),
         lambda s: _open(messages.ask_save_dialog(s.window, s.window.bridge.project.name))),
    Case("recovery", (f"{MESSAGES}:RecoveryDialog",), _recovery),
    Case("crash", (f"{MESSAGES}:CrashDialog",), _crash),
    Case("error", (f"{MESSAGES}:error_dialog",),
         lambda s: _open(messages.error_dialog(s.window, UserError(SENTENCE), safe=True))),
    Case("notice", (f"{MESSAGES}:notice",), _notice),
    *(
        Case(f"outside-{kind.value}", (f"{MESSAGES}:changed_file_dialog",), _outside(kind))
        for kind in messages.OUTSIDE
    ),
    Case("replace-theirs", (f"{MESSAGES}:replace_dialog",),
         lambda s: _open(messages.replace_dialog(s.window, s.folder / "projet.crmp", ("", "")))),
    Case("open-theirs", (f"{MESSAGES}:open_theirs_dialog",),
         lambda s: _open(messages.open_theirs_dialog(s.window))),
    Case("copies", ("ui.dialogs.copies:CopiesWindow",), _copies),
    Case("damaged", ("ui.dialogs.copies:CopiesWindow",), _damaged),
    *(Case(f"new-project-{step + 1}", (NEW,), _new_project(step)) for step in range(3)),
    # imports and exports
    Case("import", (WIZARD,), lambda s: _wizard(s, None)),
    Case("import-reading", (WIZARD,), _wizard_reading, LIST),
    Case("import-refused", (WIZARD,), lambda s: _wizard(s, s.file("notes.csv", ""))),
    Case("import-plan", (WIZARD,), _planned, LIST),
    Case("import-file", (WIZARD,), _wizard_page("file"), LIST),
    Case("import-problems", (WIZARD,), _wizard_page("problems"), LIST),
    Case("import-done", (WIZARD,), _wizard_done, LIST),
    Case("export", ("ui.dialogs.export:ExportDialog",), lambda s: s.window.open_export()),
    Case("export-csv", ("ui.dialogs.export:ExportDialog",), _export_csv),
    Case("export-rows", ("ui.dialogs.export:ExportDialog",), lambda s: views.export(s.grid())),
    Case("export-taken", ("ui.dialogs.export:ExportDialog._chosen",), _export_taken),
    Case("exported", ("ui.dialogs.export:_offer",),
         lambda s: export._offer(s.window, s.folder / "tables.xlsx", 1)),
    # tables
    Case("change-rows", ("ui.dialogs.change_rows:ChangeRows",),
         lambda s: s.grid().change_selected()),
    Case("columns", ("ui.dialogs.choose_columns:ChooseColumns",),
         lambda s: s.grid().choose_columns()),
    Case("replace", ("ui.dialogs.replace:ReplaceDialog",), lambda s: s.grid().replace()),
    Case("paste", ("ui.dialogs.paste:PasteDialog",), _paste),
    Case("view-name", ("ui.dialogs.view_name:ViewName",), lambda s: views.ask_name(s.grid())),
    Case("filter-text", (POPUP,), _filter("people", "text")),
    Case("filter-choice", (POPUP,), _filter("maintenance", "choice")),
    Case("filter-range", (POPUP,), _filter("training", "date")),
    Case("menu-rows", (f"{GRID_MENU}:row_menu",), lambda s: _menu(row_menu(s.grid()))),
    Case("menu-heading", (f"{GRID_MENU}:heading_menu",),
         lambda s: _menu(heading_menu(s.grid(), 0))),
    Case("menu-view", ("ui.widgets.view_button:ViewButton.open_menu",), _view_menu),
    # figures
    Case("why", ("ui.widgets.why_panel:WhyPanel",), _why),
    Case("data", ("ui.widgets.why_panel:WhyPanel",), _data),
    Case("menu-chart", ("ui.charts.view:data_menu",), _chart_menu),
    Case("finder", ("ui.dialogs.finder:Finder",), _finder("")),
    Case("finder-found", ("ui.dialogs.finder:Finder",), _finder("a")),
    # rooms
    Case("print-gantt", (f"{PRINT}:PrintGantt",), _print_gantt),
    Case("print-gantt-nothing", (f"{PRINT}:PrintGantt",), _print_nothing),
    Case(
        "printed-gantt",
        ("ui.dialogs.print_pages:offer",),
        lambda s: print_gantt._offer(s.window, [s.folder / "gantt.pdf"]),
    ),
    Case("print-map", (MAP,), _print_map("committee")),
    Case("print-map-own", (MAP,), _print_map("own")),
    Case("menu-plan", ("ui.screens.planning.line_menu:LineMenu.menu",), _plan_menu),
    Case("menu-more", ("ui.screens.planning.more:MoreMenu.menu",), _more_menu),
    Case("menu-filter", ("ui.screens.planning.filters:MenuFilters.menu",), _filter_menu),
    *(
        Case(f"task-{page}", ("ui.screens.planning.task_dialog:TaskDialog",), _task(page))
        for page in ("dates", "links", "people", "about")
    ),
    Case("hours", ("ui.dialogs.calendars:CalendarsDialog",), lambda s: s.window.menus.open_hours(),
         FIELDS),
    Case("absences", ("ui.dialogs.absences:AbsencesDialog",),
         lambda s: s.window.menus.open_absences(), FIELDS),
    Case("absences-people", ("ui.dialogs.absences:AbsencesDialog",), _absent, FIELDS),
    Case("conflicts", ("ui.screens.planning.conflicts:ConflictsDialog",), _conflicts),
    Case("baseline", (f"{PLAN}:BaselineDialog",), _baseline),
    Case("announce", (f"{PLAN}:AnnounceDialog",), _announce),
    Case("announced", (f"{TREND}:HistoryDialog",), _announced, LIST),
    Case("menu-milestones", ("ui.screens.planning.trend_menu:MilestoneMenu.__init__",),
         _milestones),
    Case("plans", ("ui.screens.planning.baselines:BaselinesDialog",), _plans, LIST),
    Case("plan-name", ("ui.screens.planning.baselines:RenameDialog",), _rename_plan),
    Case("plans-compared", ("ui.screens.planning.baselines:CompareDialog",), _compare_plans),
    Case("courses", ("ui.screens.training.courses:CoursesDialog",),
         lambda s: cast(TrainingScreen, s.room("training")).show_courses(), CELLS),
    Case("enrol", ("ui.screens.training.enrol:EnrolDialog",), _enrol, LIST),
    Case("rating", (f"{RATING}dialog:RatingDialog",), _map("rate")),
    Case("rating-simple", (f"{RATING}dialog:RatingDialog",), _simple),
    Case("rating-queue", (f"{RATING}queue:RatingQueue",), _map_several("rate_all")),
    Case("menu-acts", (f"{RATING}fact:FactBox.__init__",), _acts),
    Case("trio", (f"{TRIO}:TrioDialog",), _map_several("place")),
    Case("trio-one", (f"{TRIO}:TrioDialog",), lambda s: _map_one(s, "place")),
    Case("target", (f"{UNIT}:TargetDialog",), _map("target")),
    Case("group", (f"{UNIT}:UnitDialog",), _map("unit", UnitKind.GROUP)),
    Case("person", (f"{UNIT}:UnitDialog",), _map("unit", UnitKind.PERSON)),
    Case("unit", (f"{UNIT}:UnitDialog",), _map("edit")),
    Case("unit-stage", (f"{UNIT}:UnitDialog",), _unit_page("stage")),
    Case("unit-ties", (f"{UNIT}:UnitDialog",), _unit_page("ties")),
    Case("zones", (f"{ZONES}:ZonesDialog",), _room_dialog("zones")),
    Case("zones-advice", (f"{ZONES}:ZonesDialog",), _zones_advice),
    Case("map-settings", ("ui.screens.stakeholders.map_settings:MapSettings",),
         _room_dialog("settings")),
    Case("menu-map", ("ui.screens.stakeholders.screen:StakeholdersScreen._build",),
         lambda s: _menu(cast(StakeholdersScreen, s.room("stakeholders"))._menu)),
    Case("menu-unit", (f"{MAP_ROOM}.unit_menu:UnitMenu.menu",), _unit_menu(1)),
    Case("menu-units", (f"{MAP_ROOM}.unit_menu:UnitMenu.menu",), _unit_menu(4)),
    Case("menu-shown", (f"{MAP_ROOM}.toolbar:ShownMenu.menu",),
         lambda s: _menu(cast(StakeholdersScreen, s.room("stakeholders")).shown_menu.menu())),
    Case("menu-kept", (f"{MAP_ROOM}.filters:UnitFilters.menu",),
         lambda s: _menu(cast(StakeholdersScreen, s.room("stakeholders")).filters.menu())),
    Case("menu-list", (f"{GRID_MENU}:row_menu",), _units_menu),
    Case("erase", ("ui.dialogs.erase_person:EraseDialog",), _erase),
    Case("person-file-written", (f"{PERSONAL}._written",),
         lambda s: s.window.personal._written(s.folder / "file.pdf")),
    Case("erased", (f"{PERSONAL}._erased",), lambda s: s.window.personal._erased(None)),
    Case("decision", ("ui.screens.committee.decision:DecisionDialog",),
         lambda s: _open(DecisionDialog(s.window.bridge, s.window))),
)  # fmt: skip
MENUS = tuple(case for case in CASES if case.name.startswith("menu-"))
DIALOGS = tuple(case for case in CASES if case not in MENUS)
