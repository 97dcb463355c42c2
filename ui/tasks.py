"""Background work: jobs on the thread pool with a reader of their own, progress and cancel.

A job is a plain function `(reader, progress, cancelled) -> result` of `crm_pilot`. All writes stay
on the main thread; a job's result and errors arrive there as signals.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRunnable, QThreadPool, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from crm_pilot.errors import Cancelled, UserError
from crm_pilot.i18n import tr
from ui import collecting, theme
from ui.widgets.buttons import quiet_button, set_reason
from ui.widgets.text import label

if TYPE_CHECKING:
    from threading import Event

    from crm_pilot.project import Reader

PER_SECOND = 20
SHOW_AFTER_MS = 500
Progress = Callable[..., None]
Work = Callable[..., Any]


class Job(QObject):
    """One running piece of work. Signals arrive in the main thread."""

    progressed = Signal(float, str)  # share from 0 to 1 (negative: unknown), and a text
    finished = Signal(object)
    failed = Signal(object)  # a UserError
    broken = Signal(object)  # any other exception: a bug
    cancelled = Signal()
    ended = Signal()  # after any of the four

    def __init__(self, title: str) -> None:
        super().__init__()
        self.title = title  # already translated
        self.can_cancel = True
        self.over: Event | None = None  # set when its thread has left it
        self.kept: tuple[object, ...] = ()  # what the work holds: let go in the main thread
        self._stop = False
        self._told = 0.0

    def cancel(self) -> None:
        """Ask the job to stop; it ends at its next look at `cancelled`."""
        self._stop = True

    def is_cancelled(self) -> bool:
        """What the work polls."""
        return self._stop

    def progress(self, done: float, total: float = 1.0, text: str = "") -> None:
        """What the work calls: `done` of `total`; passed on at most 20 times a second."""
        now = time.monotonic()
        if now - self._told >= 1 / PER_SECOND or done >= total:
            self._told = now
            share = done / total if total else -1.0
            self._emit(self.progressed, min(share, 1.0), text)

    def _emit(self, signal: Any, *values: Any) -> None:
        if shiboken6.isValid(self):  # the program may be ending
            signal.emit(*values)


class _Runner(QRunnable):
    def __init__(self, job: Job, work: Work, reader: Callable[[], Reader] | None) -> None:
        super().__init__()
        self._job, self._work, self._open = job, work, reader

    def run(self) -> None:
        job = self._job
        reader = result = None
        try:
            if self._open is None:
                result = self._work(job.progress, job.is_cancelled)
            else:
                reader = self._open()
                result = self._work(reader, job.progress, job.is_cancelled)
        except Cancelled:
            job._emit(job.cancelled)
        except UserError as error:
            job._emit(job.failed, error)
        except BaseException as error:
            job._emit(job.broken, error)
        else:
            job._emit(job.finished, result)
        finally:
            if reader is not None:
                reader.close()
            over = job.over
            job._emit(job.ended)
            # nothing of the window is let go last here, in this thread: it would be destroyed here
            del self._job, self._work, self._open, job, result
            if over is not None:
                over.set()


class Jobs(QObject):
    """Starts jobs and keeps them alive. `started` lets the window show a progress strip."""

    started = Signal(object)  # Job
    failed = Signal(object)  # UserError of a job that has no handler of its own
    broken = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(3)
        self._running: list[Job] = []

    def run(
        self,
        title: str,
        work: Work,
        *,
        reader: Callable[[], Reader] | None = None,
        done: Callable[[Any], object] | None = None,
        failed: Callable[[UserError], object] | None = None,
        cancellable: bool = True,
        quiet: bool = False,
    ) -> Job:
        """Start `work(reader, progress, cancelled)`, or `work(progress, cancelled)` without a
        reader. `reader` comes from `project.job_reader()`. `done` and `failed` run in the main
        thread. A `quiet` job shows no progress strip."""
        job = Job(title)
        job.can_cancel = cancellable
        if done is not None:
            job.finished.connect(done)
        job.failed.connect(failed if failed is not None else self.failed.emit)
        job.broken.connect(self.broken)
        job.ended.connect(lambda: self._forget(job))
        self._running.append(job)
        if not quiet:
            self.started.emit(job)
        job.over, job.kept = collecting.hold(), (work, reader)
        self._pool.start(_Runner(job, work, reader))
        return job

    def _forget(self, job: Job) -> None:
        if job in self._running:
            self._running.remove(job)
        if job.over is not None:
            job.over.wait(1)  # it is about to leave
        job.kept = ()
        collecting.release()

    @property
    def busy(self) -> bool:
        """Whether any job runs."""
        return bool(self._running)

    def wait(self, milliseconds: int = 10_000) -> bool:
        """Cancel what can be cancelled and wait for the rest, at the end of the program."""
        for job in self._running:
            if job.can_cancel:
                job.cancel()
        done = self._pool.waitForDone(milliseconds)
        collecting.release()
        return done


class ProgressStrip(QFrame):
    """Title, bar and Cancel of the newest job that has run for half a second."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("role", "floating")
        self._job: Job | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        words = QVBoxLayout()
        words.setSpacing(6)
        self._title = label(bold=True)
        self._detail = label(theme.CAPTION, ink="muted")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        for widget in (self._title, self._bar, self._detail):
            words.addWidget(widget)
        row.addLayout(words, 1)
        self._cancel = quiet_button()
        self._cancel.clicked.connect(self._ask_cancel)
        row.addWidget(self._cancel)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SHOW_AFTER_MS)
        self._timer.timeout.connect(self._appear)
        self.hide()

    def follow(self, job: Job) -> None:
        """Show this job once it has taken half a second."""
        self._job = job
        self._title.setText(job.title)
        self._bar.setAccessibleName(job.title)
        self._detail.setText("")
        self._detail.hide()
        self._bar.setRange(0, 0)
        self._cancel.setText(tr("Cancel"))
        set_reason(
            self._cancel, "" if job.can_cancel else tr("This step cannot be stopped halfway.")
        )
        job.progressed.connect(self._advance)
        job.ended.connect(lambda: self._over(job))
        self._timer.start()

    def _advance(self, share: float, text: str) -> None:
        if share < 0:
            self._bar.setRange(0, 0)
        else:
            self._bar.setRange(0, 1000)
            self._bar.setValue(round(share * 1000))
        self._detail.setText(text)
        self._detail.setVisible(bool(text))

    def event(self, event: QEvent) -> bool:
        """A line more or less: as high as it needs to be."""
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self.parentWidget() is not None:
            self.place()
        return done

    def _appear(self) -> None:
        if self._job is not None:
            self.place()
            self.show()
            self.raise_()

    def place(self) -> None:
        """Stand in the lower right corner of the window."""
        parent = self.parentWidget()
        assert parent is not None
        width = max(420, self.sizeHint().width())
        height = self.sizeHint().height()
        self.setGeometry(parent.width() - width - 24, parent.height() - height - 24, width, height)

    def _over(self, job: Job) -> None:
        if job is self._job:
            self._job = None
            self._timer.stop()
            self.hide()

    def _ask_cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
            set_reason(self._cancel, tr("Stopping…"))
            self._title.setText(tr("Stopping…"))
