"""The window of copies: every version of a project file, whether it is sound, what changed in it.

It lists at once and examines beside the typing. A damaged file opens the same window, together
with unsaved work of that file if there is any.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import (
    QObject,
    Qt,
    QUrl,
    Signal,
)
from PySide6.QtGui import QDesktopServices, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.errors import Cancelled, UserError
from crm_pilot.i18n import ntr, show, tr
from crm_pilot.versions import (
    Check,
    Finding,
    Version,
    VersionKind,
    before,
    check_sentence,
    examine,
    versions_of,
)
from ui import theme
from ui.dialogs.base import Dialog
from ui.models.versions import WHAT, WIDTHS, CopiesModel, Line, what
from ui.tasks import Jobs
from ui.widgets.buttons import set_reason
from ui.widgets.cells import Cells
from ui.widgets.grid import ROW_HEIGHT
from ui.widgets.scroll import Scroll
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.project import Recoverable

SIZE = (1000, 640)
DETAIL_HEIGHT = 132


class CopyTable(QTableView):
    """The list; Return does what the main button does."""

    entered = Signal()

    def __init__(self, model: CopiesModel) -> None:
        super().__init__()
        self.setModel(model)
        self.setItemDelegate(Cells(self))
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setAccessibleName(tr("Versions of this project"))
        rows = self.verticalHeader()
        rows.hide()
        rows.setDefaultSectionSize(ROW_HEIGHT)
        head = self.horizontalHeader()
        head.setHighlightSections(False)
        head.setFixedHeight(ROW_HEIGHT)
        for column, width in enumerate(WIDTHS):
            if column == WHAT:
                head.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
            else:
                self.setColumnWidth(column, width)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        else:
            super().keyPressEvent(event)


class _Relay(QObject):
    """Carries what the job finds into the main thread; kept alive by the job."""

    listed = Signal(object)
    found = Signal(object, object)

    def tell(self, signal: Any, *values: Any) -> None:
        if shiboken6.isValid(self):  # the program may be ending
            signal.emit(*values)


class CopiesWindow(Dialog):
    """Versions of `path`. `chosen` says open, restore, recover or cancel; `selected` is the row.

    With `error` the file cannot be opened, and the window says what is wrong with it.
    """

    def __init__(
        self,
        parent: QWidget | None,
        jobs: Jobs,
        path: Path,
        *,
        error: UserError | None = None,
        left: Sequence[Recoverable] = (),
        check: Check | None = None,
    ) -> None:
        super().__init__(parent, icon="warning" if error else "")
        self.path, self.error, self.left, self._last = path, error, tuple(left), check
        self.model = CopiesModel(self)
        self._lay_out()
        self._say()
        self.resize(*SIZE)
        relay = _Relay()
        relay.listed.connect(self._listed)
        relay.found.connect(self._found)
        self.complete = False
        self.model.fill([Line(left=one) for one in self.left])
        self._choose(0)
        self.job = jobs.run(
            tr("Checking the copies"),
            lambda _, cancelled: _examine(path, relay, cancelled),
            done=self._done,
            quiet=True,
        )
        self.finished.connect(self.job.cancel)

    def _lay_out(self) -> None:
        self.table = CopyTable(self.model)
        self.table.entered.connect(lambda: self._primary.click())
        self.table.doubleClicked.connect(lambda _: self._primary.click())
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._show_line())
        self.model.dataChanged.connect(lambda *_: self._show_line())
        self.empty = label(wrap=True, ink="muted")
        self.empty.hide()
        self.heading = label(bold=True)
        self.words = label(wrap=True)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        page = QWidget()
        page.setProperty("role", "page")
        inside = QVBoxLayout(page)
        inside.setContentsMargins(0, 0, 8, 0)
        inside.addWidget(self.words)
        inside.addStretch(1)
        scroll = Scroll()
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFixedHeight(DETAIL_HEIGHT)
        scroll.setWidget(page)
        scroll.setAccessibleName(tr("What changed in this version"))
        for widget in (self.empty, self.heading, scroll):
            self.body.addWidget(widget)
        self.body.insertWidget(0, self.table, 1)
        self.add_button("folder", tr("Show the folder"), left=True, closes=False)
        self.add_button("cancel", tr("Close"))
        self.add_button("open", tr("Open read-only"))
        self.add_button("restore", tr("Restore as a new file…"), primary=True, closes=False)
        self.buttons["folder"].clicked.connect(self._show_folder)
        self.recover_button = self.add_button("recover", tr("Go on with this work"), primary=True)
        self.table.setFocus()

    def _say(self) -> None:
        if self.error is not None:
            safe = tr("Nothing was changed. A sound copy can be restored as a new file beside it.")
            self.say(show(self.error.message), safe)
            self.sentence.setFont(theme.font(theme.BODY, bold=True))
            self.setWindowTitle(tr("Copies of “{name}”", name=self.path.name))
            return
        detail = tr(
            "Each save keeps the version before it on this computer. Nothing here changes your"
            " file: a version is opened read-only, or restored as a new file."
        )
        if self._last is not None:
            detail += "\n" + show(check_sentence(self._last))
        self.say(tr("Copies of “{name}”", name=self.path.name), detail)

    # what the job finds ----------------------------------------------------------------------

    def _listed(self, versions: Sequence[Version]) -> None:
        lines = [Line(left=one) for one in self.left]
        self.model.fill([*lines, *(Line(version) for version in versions)])
        copies = sum(one.kind is VersionKind.COPY for one in versions)
        if not copies:
            self.empty.setText(
                tr("There is no dated copy of this file on this computer.")
                if self.error
                else tr("There are no dated copies yet. Each save keeps the version before it.")
            )
        self.empty.setVisible(not copies)
        self._choose(0)

    def _found(self, version: Version, finding: Finding) -> None:
        self.model.found(version, finding)
        if self.error is not None and not self.left and self._is_damaged(self.selected):
            self._choose(self.table.currentIndex().row() + 1)

    def _done(self, _: object) -> None:
        self.complete = True
        if self.error is not None and not self.left and self._is_damaged(self.selected):
            self._choose(0)

    def _is_damaged(self, line: Line | None) -> bool:
        return line is not None and line.finding is not None and not line.finding.good

    # the row chosen --------------------------------------------------------------------------

    @property
    def selected(self) -> Line | None:
        """The chosen row."""
        row = self.table.currentIndex().row()
        return self.model.lines[row] if 0 <= row < len(self.model.lines) else None

    @property
    def _primary(self) -> Any:
        line = self.selected
        return self.buttons["recover" if line is not None and line.left else "restore"]

    def _choose(self, row: int) -> None:
        if row < self.model.rowCount():
            self.table.selectRow(row)
            self.table.setCurrentIndex(self.model.index(row, 0))
        self._show_line()

    def _show_line(self) -> None:
        """What is known of the chosen row, and which buttons serve it."""
        line = self.selected
        recover = line is not None and line.left is not None
        self.buttons["recover"].setVisible(recover)
        self.buttons["restore"].setVisible(not recover)
        self._primary.setDefault(True)
        reason = self._refusal(line)
        for key in ("open", "restore"):
            set_reason(self.buttons[key], reason)
        nothing = "" if line is not None else tr("There is nothing to choose.")
        set_reason(self.buttons["folder"], nothing)
        self.heading.setText(_heading(line))
        self.words.setText(_words(line))

    def _refusal(self, line: Line | None) -> str:
        """Why the chosen row can neither be opened nor restored; empty when it can."""
        if line is None:
            return tr("There is nothing to choose.")
        if line.left is not None:
            return tr("Unsaved work is gone on with; saving it makes a file of it.")
        return tr("This version is damaged.") if self._is_damaged(line) else ""

    def _show_folder(self) -> None:
        line = self.selected
        if line is not None:
            folder = line.version.path.parent if line.version else line.left and line.left.folder
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder)))


def _heading(line: Line | None) -> str:
    if line is None:
        return ""
    if line.finding is not None and not line.finding.good:
        return tr("What is wrong with it")
    if line.version is not None and line.version.kind is VersionKind.SECOND:
        return tr("What it changes against the file now")
    if line.left is not None:
        return tr("Unsaved work of a session that did not end well")
    return tr("What changed in this version, against the one before")


def _words(line: Line | None) -> str:
    """The whole list of changes, or what is wrong."""
    if line is None:
        return ""
    if line.left is not None:
        count = ntr("{n} edit", "{n} edits", line.left.edits)
        return tr("“{name}”, {count}. Every edit was kept.", name=line.left.name, count=count)
    finding = line.finding
    if finding is not None and finding.problem is not None:
        return show(finding.problem)
    if finding is not None and finding.changes:
        return "\n".join(f"• {show(one)}" for one in finding.changes)
    return what(line)


def _examine(path: Path, relay: _Relay, cancelled: Callable[[], bool]) -> None:
    """The job: list, then look into each version, the newest first."""
    versions = versions_of(path)
    relay.tell(relay.listed, versions)
    for version in versions:
        if cancelled():
            raise Cancelled
        relay.tell(relay.found, version, examine(version, before(version, versions)))
