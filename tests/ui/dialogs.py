"""Every dialog, popup and menu of the program, opened as a person opens it over a project.

A test walks the code and fails for one that nobody opens here, so that whatever is added later is
walked by the tests of access too.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import cast

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from crm_pilot.errors import StorageError, StorageKind, UserError
from crm_pilot.exchange.exporting import targets
from crm_pilot.i18n import N_, msg, tr
from crm_pilot.planning import history
from crm_pilot.planning.conflicts import Conflict
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import TaskKind
from crm_pilot.project import Recoverable
from tests.ui.dialog_stage import (
    TICKETS,
    Case,
    Open,
    Stage,
    front,
    open_dialog,
    popped,
    wait_until,
)
from tests.ui.dialogs_adoption import ADOPTION_CASES
from tests.ui.dialogs_committee import CASES as COMMITTEE_CASES
from tests.ui.dialogs_documents import DOCUMENT_CASES
from tests.ui.dialogs_map import MAP_CASES
from tests.ui.dialogs_needs import NEEDS_CASES
from tests.ui.dialogs_papers import PAPER_CASES
from tests.ui.dialogs_signs import SIGN_CASES
from tests.ui.dialogs_training import TRAINING_CASES
from ui.charts.view import ChartView, data_menu
from ui.dialogs import export, messages, print_gantt
from ui.dialogs.absences import AbsencesDialog
from ui.dialogs.finder import Finder
from ui.dialogs.import_memory import RememberedMappings
from ui.dialogs.import_wizard import ImportWizard
from ui.dialogs.paste import PasteDialog
from ui.dialogs.sentence import SentenceDialog
from ui.screens.planning import baselines
from ui.screens.planning.baselines import BaselinesDialog
from ui.screens.planning.conflicts import ConflictsDialog
from ui.screens.planning.dialogs import AnnounceDialog, BaselineDialog
from ui.screens.planning.screen import PlanningScreen
from ui.screens.planning.task_dialog import TaskDialog
from ui.screens.planning.trend_dialogs import HistoryDialog
from ui.screens.planning.trend_menu import MilestoneMenu
from ui.widgets import views
from ui.widgets.grid_menu import fill_view_menu, heading_menu, row_menu
from ui.widgets.tile import Tile


def _recovery(stage: Stage) -> QDialog:
    moment = dt.datetime(2026, 11, 20, 17, 42)
    name = stage.window.bridge.project.name
    left = [
        Recoverable(stage.folder, stage.folder / "projet-crm-2026.crmp", name, 12, moment, None),
        Recoverable(stage.folder, None, name, 1, moment, None),
    ]
    return open_dialog(messages.RecoveryDialog(stage.window, left))


def _notice(stage: Stage) -> QDialog:
    sentence, detail = (
        tr("There are no dated copies yet"),
        tr("Each save keeps the version before it."),
    )
    return open_dialog(messages.notice(stage.window, sentence, detail))


def _crash(stage: Stage) -> QDialog:
    made = messages.CrashDialog(stage.window, safe=True)
    made.add("Traceback (most recent call last):\n  File “x.py”, line 12\nValueError: 3")
    return open_dialog(made)


def _outside(kind: StorageKind) -> Open:
    def make(stage: Stage) -> QDialog:
        error = StorageError(kind, SENTENCE)
        return open_dialog(messages.changed_file_dialog(stage.window, error))

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
    made = cast(ImportWizard, front())
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
    return open_dialog(RememberedMappings(stage.window, bridge))


def _new_project(step: int) -> Open:
    def make(stage: Stage) -> QDialog:
        stage.window.files.new()
        made = front()
        for _ in range(step):
            made.buttons["next"].click()
        return made

    return make


def _export_csv(stage: Stage) -> QDialog:
    stage.window.open_export()
    made = cast(export.ExportDialog, front())
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


def _view_menu(stage: Stage) -> QMenu:
    made = QMenu(stage.window)
    fill_view_menu(made, stage.grid())
    return popped(made)


def _plan_menu(stage: Stage) -> QMenu:
    grid = stage.grid("planning")
    screen = cast(PlanningScreen, stage.window.screen_named("planning"))
    return popped(screen.edits.menu(grid))


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


def _task(page: str) -> Open:
    def make(stage: Stage) -> QDialog:
        screen = cast(PlanningScreen, stage.room("planning"))
        row = next(r for r in screen._rows if r.kind == TaskKind.TASK and r.percent)
        made = TaskDialog(stage.window, stage.window.bridge, row, page)
        made.links.waits.add(None)
        made.people.people.add(None, 50)
        made.turn(page)
        return open_dialog(made)

    return make


def _more_menu(stage: Stage) -> QMenu:
    return popped(cast(PlanningScreen, stage.room("planning")).more.menu())


def _filter_menu(stage: Stage) -> QMenu:
    return popped(cast(PlanningScreen, stage.room("planning")).filters.menu())


def _absent(stage: Stage) -> QDialog:
    stage.window.menus.open_absences()
    made = cast(AbsencesDialog, front())
    made.pages._buttons["people"].click()
    return made


def _announce(stage: Stage) -> QDialog:
    screen = cast(PlanningScreen, stage.room("planning"))
    row: TaskRow = next(one for one in screen._rows if one.kind == TaskKind.MILESTONE)
    return open_dialog(AnnounceDialog(screen, row, stage.window.bridge.today))


def _conflicts(stage: Stage) -> QDialog:
    screen = cast(PlanningScreen, stage.room("planning"))
    row: TaskRow = next(one for one in screen._rows if one.kind == TaskKind.MILESTONE)
    unkept = Conflict(
        row.id,
        row.title,
        msg("Deadline {day}", day=row.finish),
        msg("finishes {day}", day=row.finish),
    )
    return open_dialog(ConflictsDialog(screen, [unkept] * 3))


def _baseline(stage: Stage) -> QDialog:
    return open_dialog(BaselineDialog(stage.room("planning"), stage.window.bridge.today))


def _print_gantt(stage: Stage) -> QDialog:
    print_gantt.ask_print(stage.room("planning"), stage.window.bridge)
    made = cast(print_gantt.PrintGantt, front())
    wait_until(lambda: made.drawing is not None)
    return made


def _print_nothing(stage: Stage) -> QDialog:
    made = cast(print_gantt.PrintGantt, _print_gantt(stage))
    made.form.text.setText("zzzz")
    wait_until(lambda: made.drawing is None)
    return made


def _announced(stage: Stage) -> QDialog:
    key = stage.window.bridge.reader.value("SELECT max(milestone_id) FROM wave")
    return open_dialog(HistoryDialog(stage.window.bridge, stage.room("planning"), key))


def _milestones(stage: Stage) -> QMenu:
    bridge = stage.window.bridge
    made = MilestoneMenu()
    made.setParent(stage.room("planning"))
    made.retranslate()
    made.show_milestones(history.figures(bridge.reader, bridge.today), bridge.today)
    return popped(made.menu())


def _plans(stage: Stage) -> BaselinesDialog:
    made = BaselinesDialog(stage.window.bridge, stage.room("planning"))
    open_dialog(made)
    return made


def _rename_plan(stage: Stage) -> QDialog:
    made = _plans(stage)
    made.close()
    return open_dialog(baselines.RenameDialog(stage.room("planning"), made.plans[0]))


def _compare_plans(stage: Stage) -> QDialog:
    bridge = stage.window.bridge
    plan = history.baselines(bridge.reader)[0]
    return open_dialog(baselines.CompareDialog(bridge, stage.room("planning"), plan.id))


def _finder(typed: str) -> Open:
    def make(stage: Stage) -> QDialog:
        stage.window.menus.open_finder()
        made = cast(Finder, front())
        wait_until(lambda: made.complete)
        made.field.setText(typed)
        return made

    return make


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
PRINT = "ui.dialogs.print_gantt"
WIZARD = "ui.dialogs.import_wizard:ImportWizard"
NEW = "ui.dialogs.new_project:NewProjectDialog"
POPUP = "ui.widgets.filter_popup:FilterPopup"

CASES: tuple[Case, ...] = (
    Case("about", ("ui.dialogs.about:about_dialog",), lambda s: s.window._show_about()),
    Case("keys", ("ui.dialogs.keys:KeysDialog",), lambda s: s.window._show_keys()),
    Case("settings", ("ui.dialogs.preferences:Preferences",), lambda s: s.window.open_settings()),
    Case("memory", ("ui.dialogs.import_memory:RememberedMappings",), _memory),
    Case("sentence", ("ui.dialogs.sentence:SentenceDialog",),
         lambda s: open_dialog(SentenceDialog(s.window, s.window.bridge, "cockpit")), LINES),
    # files
    Case("unsaved", (f"{MESSAGES}:ask_save_dialog",),
         lambda s: open_dialog(messages.ask_save_dialog(s.window, s.window.bridge.project.name))),
    Case("recovery", (f"{MESSAGES}:RecoveryDialog",), _recovery),
    Case("crash", (f"{MESSAGES}:CrashDialog",), _crash),
    Case("error", (f"{MESSAGES}:error_dialog",),
         lambda s: open_dialog(messages.error_dialog(s.window, UserError(SENTENCE), safe=True))),
    Case("notice", (f"{MESSAGES}:notice",), _notice),
    *(
        Case(f"outside-{kind.value}", (f"{MESSAGES}:changed_file_dialog",), _outside(kind))
        for kind in messages.OUTSIDE
    ),
    Case("replace-theirs", (f"{MESSAGES}:replace_dialog",),
         lambda s: open_dialog(
             messages.replace_dialog(s.window, s.folder / "projet.crmp", ("", "")))),
    Case("open-theirs", (f"{MESSAGES}:open_theirs_dialog",),
         lambda s: open_dialog(messages.open_theirs_dialog(s.window))),
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
    Case("menu-rows", (f"{GRID_MENU}:row_menu",), lambda s: popped(row_menu(s.grid()))),
    Case("menu-heading", (f"{GRID_MENU}:heading_menu",),
         lambda s: popped(heading_menu(s.grid(), 0))),
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
    Case("erase", ("ui.dialogs.erase_person:EraseDialog",), _erase),
    Case("person-file-written", (f"{PERSONAL}._written",),
         lambda s: s.window.personal._written(s.folder / "file.pdf")),
    Case("erased", (f"{PERSONAL}._erased",), lambda s: s.window.personal._erased(None)),
    *COMMITTEE_CASES,
    *MAP_CASES,
    *TRAINING_CASES,
    *PAPER_CASES,
    *DOCUMENT_CASES,
    *NEEDS_CASES,
    *SIGN_CASES,
    *ADOPTION_CASES,
)  # fmt: skip
MENUS = tuple(case for case in CASES if case.name.startswith("menu-"))
DIALOGS = tuple(case for case in CASES if case not in MENUS)
