"""The import wizard: choose or drop a file, see what was understood, correct it, import it.

Everything up to the last button only checks; importing is one step that can be undone. The file is
read in a background job, which can be stopped, and read again after every correction.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import Message, show, tr
from ui.bridge import Bridge
from ui.dialogs.base import Dialog
from ui.dialogs.import_done import DonePage, advice, result, sentence
from ui.dialogs.import_job import Asked, Corrections, Reading, for_another_kind
from ui.dialogs.import_pages import PlanPage, ReadingPage, RefusedPage
from ui.dialogs.import_parts import DropZone, ask_for_table
from ui.drops import dropped_paths, refusal
from ui.files import usual_folder
from ui.language import lang

if TYPE_CHECKING:
    from crm_pilot.exchange.plan import ImportPlan
    from ui.tasks import Job, Jobs

PATIENCE_MS = 250  # a re-reading that is quicker leaves the page as it is
SMALLEST, LARGEST = QSize(960, 560), QSize(1320, 800)
AROUND = QSize(80, 64)  # the window stays visible around the wizard


class ImportWizard(Dialog):
    """Imports tickets, logins, people, the map, trainings or a plan into the open project.

    `go(room)` asks the window to show what was imported.
    """

    go = Signal(str)

    def __init__(
        self,
        parent: QWidget | None,
        bridge: Bridge,
        jobs: Jobs,
        path: Path | list[Path] | None = None,
    ) -> None:
        super().__init__(parent)
        self.bridge, self._jobs = bridge, jobs
        self.path: Path | None = None
        self._others: tuple[Path, ...] = ()  # given with it
        self.reading: Reading | None = None  # what is shown, and can be imported
        self._earlier: Reading | None = None  # to go back to when a correction fails
        self._job: Job | None = None
        self._turn = 0  # results of earlier readings are ignored
        self._failure: Message | None = None
        self._done: Reading | None = None
        self._kind = ""
        self._corrections: Corrections | None = None
        self._note = ""
        self.setAcceptDrops(True)
        self._build()
        self._size()
        self.chosen.connect(self._chosen)
        self.finished.connect(self._leave)
        bridge.language_changed.connect(self.retranslate)
        self.retranslate()
        if path is not None:
            self.take([path] if isinstance(path, Path) else path)

    @property
    def plan(self) -> ImportPlan | None:
        """The checked plan that is shown."""
        return self.reading.plan if self.reading is not None else None

    # building --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.zone, self.waiting, self.refused = DropZone(), ReadingPage(), RefusedPage()
        self.page, self.finish = PlanPage(), DonePage()
        self._stack = QStackedWidget()
        for page in (self.zone, self.waiting, self.refused, self.page, self.finish):
            self._stack.addWidget(page)
        self.body.addWidget(self._stack, 1)
        for asker in (self.zone.asked, self.refused.other_asked, self.page.other_asked):
            asker.connect(self.choose)
        self.zone.memory_asked.connect(self._show_memory)
        self.waiting.stopped.connect(self._stop)
        self.refused.again_asked.connect(self.read_again)
        self.refused.back_asked.connect(self._back)
        self.page.again_asked.connect(self.read_again)
        self.page.kind_chosen.connect(self._take_for)
        self.page.corrected.connect(self.correct)
        self.page.forget_asked.connect(self.forget)
        self.finish.undo_asked.connect(self._undo)
        self.finish.room_asked.connect(self._go)
        self.finish.another_asked.connect(self._another)
        self.add_button("cancel", "")
        self.apply_button: QPushButton = self.add_button("import", "", primary=True, closes=False)
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._show)
        self._shortcut("F5", self.read_again)
        self._shortcut("Ctrl+Z", self._undo)
        self._shortcut("Ctrl+O", self.choose)

    def _shortcut(self, keys: str, handler: object) -> None:
        QShortcut(QKeySequence(keys), self).activated.connect(handler)

    def _size(self) -> None:
        """As large as the window leaves room for."""
        parent = self.parentWidget()
        room = parent.window().size() if parent is not None else LARGEST + AROUND
        self.setMinimumSize(SMALLEST)
        self.resize((room - AROUND).boundedTo(LARGEST).expandedTo(SMALLEST))

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        for page in (self.zone, self.waiting, self.refused, self.page):
            page.retranslate()
        self._show()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter presses the button that has the focus; from a list it must not import."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not isinstance(self.focusWidget(), QPushButton):
            event.accept()
            return
        super().keyPressEvent(event)

    # choosing --------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dropped_paths(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        if paths := dropped_paths(event):
            event.acceptProposedAction()
            self.take(paths)

    def take(self, paths: list[Path]) -> None:
        """Read what is given, or tell why not."""
        refused = refusal(paths, project=False)
        self._others = tuple(paths[1:])
        if refused is None:
            self.read(paths[0])
            return
        self._leave()
        self._job = None
        self.path, self._failure = paths[0], refused
        self.reading = self._earlier = self._done = None
        self._show()

    def choose(self) -> None:
        """Ask for a file."""
        last = self.bridge.settings.import_folder
        folder = str(self.path.parent) if self.path else last
        if not folder or not Path(folder).is_dir():
            folder = usual_folder(self.bridge)
        ask_for_table(self, folder, self.take)

    def read(self, path: Path, kind: str = "") -> None:
        """Read and check a file; without `kind` the file says what it is."""
        self.path = path
        self.bridge.settings.import_folder = str(path.absolute().parent)
        self.reading = self._earlier = None
        self._start(kind, None)

    def read_again(self) -> None:
        """Read the file again, mended meanwhile; corrections stay."""
        if self.path is not None and self._job is None and self._done is None:
            self._start(self._kind, self._corrections)

    # correcting ------------------------------------------------------------------------------

    def _take_for(self, kind: str) -> None:
        given = self.reading.corrections if self.reading is not None else {}
        self._start(kind, for_another_kind(given))

    def correct(self, key: str, value: str) -> None:
        """One correction more; an empty one gives a reading back to the program."""
        if self.reading is None:
            return
        corrections = {**self.reading.corrections, key: value}
        if key[0] == "@" and not value:
            del corrections[key]
        self._start(self.reading.plan.kind, corrections)

    def forget(self) -> None:
        """Forget what was remembered for this file, and read it as it is found."""
        if self.reading is not None:
            self.bridge.settings.mappings.pop(self.reading.plan.signature, None)
            self.bridge.remember()
            self._start(self.reading.plan.kind, None)

    def _back(self) -> None:
        """Show the reading before the correction that failed."""
        self._show_reading(self._earlier)

    def _show_memory(self) -> None:
        from ui.dialogs.import_memory import RememberedMappings

        RememberedMappings(self, self.bridge).open()

    # reading ---------------------------------------------------------------------------------

    def _start(self, kind: str, corrections: Corrections | None) -> None:
        self._stop()
        if self.path is None:
            return
        self._kind, self._corrections = kind, corrections
        memory = dict(self.bridge.settings.mappings)
        asked = Asked(self.path, kind, lang(), corrections, memory, self._others)
        self._earlier = self.reading or self._earlier
        self.reading = self._failure = self._done = None
        title = tr("Reading {name}", name=self.path.name)
        self._turn += 1
        turn = self._turn
        self._jobs.started.connect(self._listen)  # before it runs, so that nothing is missed
        self._job = self._jobs.run(
            title,
            asked.read,
            reader=self.bridge.project.job_reader(),
            done=lambda reading: self._read(reading, turn),
            failed=lambda error: self._failed(error, turn),
        )
        self._jobs.started.disconnect(self._listen)
        self.waiting.start(title)
        if self._stack.currentWidget() is self.page:
            self._grey()
            self._patience.start()
        else:
            self._show()

    def _listen(self, job: Job) -> None:
        turn = self._turn
        job.progressed.connect(lambda share, _: self._progressed(share, turn))
        job.ended.connect(lambda: self._ended(turn))  # stopped, or broken by a bug

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _leave(self) -> None:
        self._stop()
        self._turn += 1  # a job that still ends finds nobody here

    def _progressed(self, share: float, turn: int) -> None:
        if turn == self._turn:
            self.waiting.progress(share)

    def _ended(self, turn: int) -> None:
        """Stopped: what was shown before comes back."""
        if turn == self._turn and self._job is not None:
            self._job = None
            self._patience.stop()
            if self.reading is None and self._failure is None and self._earlier is not None:
                self._show_reading(self._earlier)
            else:
                self._show()

    def _read(self, reading: Reading, turn: int) -> None:
        if turn == self._turn:
            self._job = None
            self._patience.stop()
            self._show_reading(reading)

    def _failed(self, error: UserError, turn: int) -> None:
        if turn == self._turn:
            self._failure = error.message
            self._ended(turn)

    # showing ---------------------------------------------------------------------------------

    def _show_reading(self, reading: Reading | None) -> None:
        correcting = self.page.corrects(self.focusWidget())
        self.reading, self._failure = reading, None
        if reading is not None:
            self._kind = reading.plan.kind
            self._corrections = None if reading.remembered else reading.corrections or None
            self._earlier = reading
            self.page.show_first(reading.plan)
        self._show()
        if reading is not None and not correcting:
            ready = self.apply_button.isEnabled()
            (self.apply_button if ready else self.page.problems.table).setFocus()

    def _show(self) -> None:
        """Everything as the state has it: no file, reading, refused, a plan, or done."""
        if self._done is not None:
            self._show_done(self._done)
        elif self._job is not None:
            self.say(tr("Import"), tr("Nothing is changed until you import."))
            self._turn_to(self.waiting)
        elif self._failure is not None:
            name = self.path.name if self.path is not None else ""
            self.say(tr("“{name}” was not imported", name=name))
            self.refused.tell(show(self._failure), back=self._earlier is not None)
            self._turn_to(self.refused)
        elif self.reading is None:
            self.say(tr("Import tickets, CRM logins, people, training or a plan"))
            self.zone.offer_memory(len(self.bridge.settings.mappings))
            self._turn_to(self.zone)
        else:
            self._show_plan(self.reading)
        planned = self._stack.currentWidget() is self.page
        self.apply_button.setVisible(planned)
        self.apply_button.setText(tr("Import"))
        closing = tr("Close") if self._done is not None else tr("Cancel")
        self.buttons["cancel"].setText(closing)
        self._grey()

    def _turn_to(self, page: QWidget) -> None:
        if self._stack.currentWidget() is not page or not self.focusWidget():
            self._stack.setCurrentWidget(page)
            page.setFocus()

    def _show_plan(self, reading: Reading) -> None:
        plan = reading.plan
        self.say(show(sentence(plan)), self._note or show(advice(plan)))
        self._note = ""
        day = self.bridge.settings.mapping_day(reading.plan.signature)
        self._stack.setCurrentWidget(self.page)
        self.page.show_reading(reading, day)

    def _show_done(self, reading: Reading) -> None:
        self.say(show(result(reading.plan)))
        self.finish.show_reading(reading)
        self._turn_to(self.finish)

    def _grey(self) -> None:
        """Let it be imported, or say why not."""
        why = self._why_not()
        self.apply_button.setEnabled(not why)
        self.apply_button.setToolTip(why)
        self.apply_button.setAccessibleDescription(why)

    def _why_not(self) -> str:
        plan = self.plan
        if plan is None:
            return tr("The file is being read.")
        if not plan.ok or plan.changes.nothing:
            return show(sentence(plan))
        if self.bridge.project.read_only:
            return tr("This project is open for reading only.")
        return ""

    # importing -------------------------------------------------------------------------------

    def _chosen(self, key: str) -> None:
        if key != "import" or self.reading is None:
            return
        from crm_pilot.exchange import apply_command

        reading = self.reading
        QGuiApplication.setOverrideCursor(Qt.CursorShape.WaitCursor)
        try:
            self.bridge.project.execute(apply_command(reading.plan), self)
        except UserError as error:
            self.say(show(sentence(reading.plan)), show(error.message))
            return
        finally:
            QGuiApplication.restoreOverrideCursor()
        if reading.corrections:
            self.bridge.settings.remember_mapping(
                reading.plan.signature,
                dict(reading.corrections),
                reading.plan.source,
                self.bridge.today,
            )
            self.bridge.remember()
        self._done = reading
        self._show()

    def _undo(self) -> None:
        """Take the import back, and show the plan again, ready to be corrected."""
        if self._done is None:
            return
        self.bridge.undo()
        self._note = tr("The import was taken back: the project is as it was before.")
        self._start(self._done.plan.kind, self._corrections)

    def _go(self, room: str) -> None:
        self._answered = True
        self.accept()
        self.go.emit(room)

    def _another(self) -> None:
        self.path = None
        self.reading = self._earlier = self._done = None
        self._show()
        self.choose()
