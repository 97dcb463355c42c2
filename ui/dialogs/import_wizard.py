"""The import wizard: choose or drop a file, see what was understood, correct it, import it.

Everything up to the last button only checks; importing is one step that can be undone. The file is
read in a background job, which can be stopped.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QProgressBar,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg, nmsg, ntr, show, tr
from ui import theme
from ui.bridge import Bridge
from ui.dialogs.base import Dialog
from ui.dialogs.import_parts import DropZone, MappingForm, TextTable, dropped_file
from ui.files import usual_folder
from ui.language import formats, lang
from ui.widgets.buttons import quiet_button, segmented
from ui.widgets.text import ElidedLabel, label

if TYPE_CHECKING:
    from crm_pilot.exchange.plan import ImportPlan
    from ui.tasks import Job, Jobs

KINDS = ("tickets", "logins", "people")
VIEWS = ("summary", "preview", "problems")
DELIMITERS = {
    ",": N_("commas"),
    ";": N_("semicolons"),
    "\t": N_("tabs"),
    "|": N_("vertical bars"),
}
ORDERS = (
    ("", N_("Order of dates: as found")),
    ("dmy", N_("Day before month")),
    ("mdy", N_("Month before day")),
)


class ImportWizard(Dialog):
    """Imports tickets, logins or people into the open project."""

    def __init__(
        self, parent: QWidget | None, bridge: Bridge, jobs: Jobs, path: Path | None = None
    ) -> None:
        super().__init__(parent)
        self.bridge, self._jobs = bridge, jobs
        self.path: Path | None = None
        self.plan: ImportPlan | None = None
        self._job: Job | None = None
        self._turn = 0  # results of earlier readings are ignored
        self._failure: Message | None = None
        self._corrections: dict[str, str] | None = None
        self.setAcceptDrops(True)
        self.resize(1040, 640)
        self._build()
        self.add_button("cancel", "")
        self.apply_button = self.add_button("import", "", primary=True, closes=False)
        self.chosen.connect(self._chosen)
        self.finished.connect(self._leave)
        bridge.language_changed.connect(self.retranslate)
        self.retranslate()
        if path is not None:
            self.read(path)

    # building --------------------------------------------------------------------------------

    def _build(self) -> None:
        self._top = QWidget()
        row = QHBoxLayout(self._top)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.kind = segmented(KINDS)
        self.kind.chosen.connect(self._kind_chosen)
        self.source, self.order = QComboBox(), QComboBox()
        for box in (self.source, self.order):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.activated.connect(self._options_chosen)
        self.other = quiet_button(icon="folder")
        self.other.clicked.connect(self.choose)
        for widget in (self.kind, self.source, self.order):
            row.addWidget(widget)
        row.addStretch(1)
        row.addWidget(self.other)
        self.body.addWidget(self._top)
        self._stack = QStackedWidget()
        self.zone = DropZone()
        self.zone.asked.connect(self.choose)
        for page in (self.zone, self._reading_page(), self._result_page()):
            self._stack.addWidget(page)
        self._stack.setMinimumHeight(380)
        self.body.addWidget(self._stack, 1)

    def _reading_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        self._reading = label(bold=True)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setRange(0, 1000)
        self.stop = quiet_button()
        self.stop.clicked.connect(self._stop)
        column.addStretch(1)
        column.addWidget(self._reading)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop)
        column.addLayout(row)
        column.addStretch(2)
        return page

    def _result_page(self) -> QWidget:
        page = QWidget()
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(24)
        left = QVBoxLayout()
        left.setSpacing(8)
        self._mapping_title = label(theme.BODY, bold=True)
        self.mapping = MappingForm()
        self.mapping.changed.connect(self._mapping_corrected)
        self._dropped = ElidedLabel(theme.CAPTION, ink="muted")
        for widget in (self._mapping_title, self.mapping, self._dropped):
            left.addWidget(widget)
        right = QVBoxLayout()
        right.setSpacing(8)
        self.view = segmented(VIEWS)
        self.view.chosen.connect(self._show_view)
        self._views = QStackedWidget()
        self.summary = label(wrap=True)
        self.preview, self.problems = TextTable(), TextTable()
        self._views.addWidget(self._summary_page())
        self._views.addWidget(self.preview)
        self._views.addWidget(self._problems_page())
        line = QHBoxLayout()
        line.addWidget(self.view)
        line.addStretch(1)
        right.addLayout(line)
        right.addWidget(self._views, 1)
        row.addLayout(left, 2)
        row.addLayout(right, 3)
        return page

    def _problems_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        self._problem = label(wrap=True)
        column.addWidget(self.problems, 1)
        column.addWidget(self._problem)
        self.problems.selectionModel().currentRowChanged.connect(lambda *_: self._show_problem())
        return page

    def _summary_page(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(16)
        self._understood = label(wrap=True, ink="muted")
        column.addWidget(self.summary)
        column.addWidget(self._understood)
        column.addStretch(1)
        return page

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.kind.set_texts([tr("Tickets"), tr("CRM logins"), tr("People")])
        self.other.setText(tr("Another file…"))
        self.stop.setText(tr("Stop"))
        self.buttons["cancel"].setText(tr("Cancel"))
        self._mapping_title.setText(tr("Columns of the file"))
        self.source.setAccessibleName(tr("Source"))
        self.order.setAccessibleName(tr("Order of dates"))
        self.zone.retranslate()
        chosen = self.order.currentData()
        self.order.clear()
        for value, text in ORDERS:
            self.order.addItem(tr(text), value)
        self.order.setCurrentIndex(max(0, self.order.findData(chosen)))
        self._show()

    # choosing --------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_file(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = dropped_file(event)
        if path is not None:
            event.acceptProposedAction()
            self.read(path)

    def choose(self) -> None:
        """Ask for a file."""
        dialog = QFileDialog(self, tr("Choose a file to import"), self._folder())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters(
            [tr("Tables") + " (*.csv *.txt *.tsv *.gz *.xlsx *.xls *.xlsm *.ods)",
             tr("All files") + " (*)"]
        )  # fmt: skip
        dialog.fileSelected.connect(lambda name: self.read(Path(name)))
        dialog.open()

    def _folder(self) -> str:
        return str(self.path.parent) if self.path else usual_folder(self.bridge)

    def read(self, path: Path, kind: str = "") -> None:
        """Read and check a file; without `kind` the file says what it is."""
        self.path = path
        self._corrections = None
        self._start(kind)

    def _start(self, kind: str) -> None:
        self._stop()
        path, language, corrections = self.path, lang(), self._corrections
        if path is None:
            return
        remembered = dict(self.bridge.settings.mappings)

        def work(reader: Any, progress: Any, cancelled: Any) -> ImportPlan:
            from crm_pilot import exchange
            from crm_pilot.exchange.importing import guess_kind

            return exchange.plan_import(
                kind or guess_kind(path) or KINDS[0],
                path,
                reader,
                language=language,
                mapping=corrections,
                remembered=remembered,
                progress=progress,
                cancelled=cancelled,
            )

        self.plan, self._failure = None, None
        reader = self.bridge.project.job_reader()
        title = tr("Reading {name}", name=path.name)
        self._turn += 1
        turn = self._turn
        job = self._jobs.run(
            title,
            work,
            reader=reader,
            done=lambda plan: self._read(plan, turn),
            failed=lambda error: self._failed(error, turn),
        )
        self._job = job
        self.bar.setValue(0)
        job.progressed.connect(lambda share, _: self._progressed(share, turn))
        job.ended.connect(lambda: self._ended(turn))  # stopped, or broken by a bug
        self._show()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _leave(self) -> None:
        self._stop()
        self._turn += 1  # a job that still ends finds nobody here

    def _progressed(self, share: float, turn: int) -> None:
        if turn == self._turn:
            self.bar.setValue(round(max(share, 0.0) * 1000))

    def _ended(self, turn: int) -> None:
        if turn == self._turn and self._job is not None:
            self._job = None
            self._show()

    def _read(self, plan: ImportPlan, turn: int) -> None:
        if turn == self._turn:
            self.plan = plan
            self.kind.set_value(plan.kind)
            self.view.set_value("problems" if not plan.ok else "summary")
            self._ended(turn)  # a quick job ends before anybody listens to `ended`

    def _failed(self, error: UserError, turn: int) -> None:
        if turn == self._turn:
            self._failure = error.message
            self._ended(turn)

    # correcting ------------------------------------------------------------------------------

    def _kind_chosen(self, kind: str) -> None:
        self._corrections = None
        self._start(kind)

    def _options_chosen(self) -> None:
        """Another source starts from its own mapping; another order of dates keeps it."""
        if self.plan is None:
            return
        other = str(self.source.currentData() or "") != self.plan.importer
        self._correct({} if other else self.mapping.mapping())

    def _mapping_corrected(self, mapping: dict[str, str]) -> None:
        self._correct(mapping)

    def _correct(self, mapping: dict[str, str]) -> None:
        assert self.plan is not None
        source, order = self.source.currentData(), self.order.currentData()
        self._corrections = {**mapping, "@importer": str(source or "")}
        if order:
            self._corrections["@dates"] = str(order)
        self._start(self.plan.kind)

    # showing ---------------------------------------------------------------------------------

    def _show(self) -> None:
        """Everything as the state has it: no file, reading, refused, or a plan."""
        plan, reading = self.plan, self._job is not None
        self._top.setVisible(plan is not None and not reading)
        self.apply_button.setVisible(plan is not None and not reading)
        self.apply_button.setText(tr("Import"))
        if reading:
            self.say(tr("Import"), tr("Nothing is changed until you import."))
            self._reading.setText(tr("Reading {name}", name=self.path.name if self.path else ""))
            self.bar.setAccessibleName(self._reading.text())
            self._stack.setCurrentIndex(1)
        elif plan is None:
            told = show(self._failure) if self._failure is not None else ""
            self.say(tr("Import tickets, CRM logins or people"), told)
            self._stack.setCurrentIndex(0)
            self.zone.button.setFocus()
        else:
            self._show_plan(plan)
            self._stack.setCurrentIndex(2)

    def _show_plan(self, plan: ImportPlan) -> None:
        self.say(show(_sentence(plan)), tr("Nothing is changed until you import."))
        self.apply_button.setEnabled(plan.ok and not plan.changes.nothing)
        self._fill_sources(plan)
        self.order.setVisible(plan.understood.dates is not None)
        self.mapping.show_plan(plan)
        dropped = ", ".join(plan.understood.dropped)
        self._dropped.set_whole(tr("Thrown away: {columns}", columns=dropped) if dropped else "")
        self.summary.setText("\n".join(show(line) for line in plan.summary))
        self._understood.setText(understood(plan))
        count = plan.errors + plan.warnings
        shown = formats.number(count, lang())
        problems = ntr("{shown} problem", "{shown} problems", count, shown=shown)
        self.view.set_texts([tr("Summary"), tr("Preview"), problems if count else tr("Problems")])
        self.preview.texts.show_rows([show(title) for title in plan.preview_titles], plan.preview)
        self.preview.setAccessibleName(tr("Preview"))
        self.preview.fit()
        self._show_problems(plan)
        self._show_view(self.view.value)

    def _fill_sources(self, plan: ImportPlan) -> None:
        from crm_pilot.exchange.registry import of_kind

        importers = of_kind(plan.kind)
        self.source.clear()
        for importer in importers:
            self.source.addItem(show(importer.title), importer.name)
        self.source.setCurrentIndex(max(0, self.source.findData(plan.importer)))
        self.source.setVisible(len(importers) > 1)

    def _show_problems(self, plan: ImportPlan) -> None:
        rows = [
            (
                formats.number(problem.line, lang()),
                problem.column,
                problem.value,
                show(problem.message),
            )
            for problem in plan.problems
        ]
        icons = [
            ("warning", "alert" if problem.severity == "error" else "watch")
            for problem in plan.problems
        ]
        headings = [tr("Line"), tr("Column"), tr("Value"), tr("Problem")]
        self.problems.texts.show_rows(headings, rows, icons=icons, numbers=frozenset({0}))
        self.problems.setAccessibleName(tr("Problems"))
        self.problems.fit((84, 110, 110))
        if rows:
            self.problems.selectRow(0)
        self._show_problem()

    def _show_problem(self) -> None:
        """The whole sentence of the current problem."""
        row = self.problems.currentIndex().row()
        problems = self.plan.problems if self.plan is not None else ()
        self._problem.setText(show(problems[row].sentence) if 0 <= row < len(problems) else "")

    def _show_view(self, view: str) -> None:
        self._views.setCurrentIndex(VIEWS.index(view))

    # importing -------------------------------------------------------------------------------

    def _chosen(self, key: str) -> None:
        if key != "import" or self.plan is None:
            return
        from crm_pilot.exchange import apply_command

        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self.bridge.project.execute(apply_command(self.plan), self)
        except UserError as error:
            self.say(show(_sentence(self.plan)), show(error.message))
            return
        finally:
            QGuiApplication.restoreOverrideCursor()
        if self._corrections is not None:
            self.bridge.settings.mappings[self.plan.signature] = self._corrections
            self.bridge.remember()
        self._answered = True
        self.accept()


def _sentence(plan: ImportPlan) -> Message:
    """What the file comes to."""
    if not plan.ok:
        return nmsg(
            "“{name}” cannot be imported: {n} problem must be mended first",
            "“{name}” cannot be imported: {n} problems must be mended first",
            plan.errors,
            name=plan.source,
        )
    if plan.changes.nothing:
        return msg("The project knows everything in “{name}” already", name=plan.source)
    return plan.changes.label


def understood(plan: ImportPlan) -> str:
    """How the file was read, line by line."""
    found = plan.understood
    if found.sheet:
        form = tr("Sheet “{sheet}”", sheet=found.sheet)
    else:
        delimiter = tr(DELIMITERS.get(found.delimiter, N_("commas")))
        form = tr("{encoding}, separated by {delimiter}",
                  encoding=found.encoding.upper(), delimiter=delimiter)  # fmt: skip
    rows = formats.number(found.rows, lang())
    lines = [
        tr("{source}: {form}", source=show(plan.title), form=form),
        ntr(
            "Header on line {line}, {rows} row below it",
            "Header on line {line}, {rows} rows below it",
            found.rows,
            line=found.header_line,
            rows=rows,
        ),
    ]
    if found.dates is not None:
        lines.append(show(found.dates))
    if found.ignored:
        lines.append(tr("Not used: {columns}", columns=", ".join(found.ignored[:12])))
    return "\n".join(lines)
