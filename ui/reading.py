"""Reading for a view: at once where there are few accounts, else in a job beside the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from crm_pilot.errors import Cancelled
from crm_pilot.i18n import tr

if TYPE_CHECKING:
    from crm_pilot.project import Reader
    from ui.bridge import Bridge
    from ui.tasks import Job, Jobs

FEW = 700  # accounts that are read at once within the time of a frame or two

Ask = Callable[["Reader"], Any]


class Known:
    """What the window's reader remembers, as of now, for a job's reader to begin with."""

    def __init__(self, reader: Reader) -> None:
        self._versions, self._memory = dict(reader.versions or {}), dict(reader.memory)

    def hand_over(self, reader: Reader, cancelled: Callable[[], bool]) -> None:
        """The job's reader begins with it, and gives up a query when the job is cancelled."""
        reader.versions = self._versions
        reader.remember(self._memory)
        reader.stop_when(cancelled)


class Reading(QObject):
    """Reads for `owner`; `found` brings what was read. A reading that was overtaken by a newer
    one tells nothing. `begun` and `ended` frame those that take place in a job. With `kept`, what
    a job remembered is remembered by the window too: it may ask the same again, for nothing."""

    found = Signal(object)
    begun = Signal()
    ended = Signal()

    def __init__(self, bridge: Bridge, owner: QWidget, *, kept: bool = False) -> None:
        super().__init__(owner)
        self._bridge, self._owner, self._kept = bridge, owner, kept
        self._job: Job | None = None
        self._ask: Ask | None = None
        self._number = 0
        self._soon = QTimer(self)  # several questions of one event are one job, the last one
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._start)
        bridge.project_changed.connect(self.forget)

    @property
    def busy(self) -> bool:
        """Whether a job reads, or is about to."""
        return self._job is not None or self._soon.isActive()

    def read(self, ask: Ask) -> None:
        """Ask for what `ask(reader)` gives."""
        self.forget()
        if self._jobs() is None or self._few():
            self.found.emit(ask(self._bridge.reader))
            return
        self._ask = ask
        self._soon.start(0)
        self.begun.emit()

    def _start(self) -> None:
        """Read in a job what was asked for last."""
        jobs, ask = self._jobs(), self._ask
        if jobs is None or ask is None or not self._bridge.has_project:
            return
        number = self._number
        self._job = jobs.run(
            tr("Reading the days of use"),
            _work(ask, Known(self._bridge.reader), self._kept),
            reader=self._bridge.project.job_reader(),
            done=lambda result: self._done(number, *result),
            quiet=True,
        )
        self._job.ended.connect(lambda: self._over(number))

    def forget(self) -> None:
        """Let what is being read go."""
        self._number += 1
        self._ask = None
        busy, job = self.busy, self._job
        self._soon.stop()
        self._job = None
        if job is not None:
            job.cancel()
        if busy:
            self.ended.emit()

    def _few(self) -> bool:
        count = self._bridge.reader.value("SELECT count(*) FROM account")
        return bool(count <= FEW)

    def _jobs(self) -> Jobs | None:
        jobs: Jobs | None = getattr(self._owner.window(), "jobs", None)
        return jobs

    def _done(self, number: int, result: object, remembered: dict[Any, Any]) -> None:
        if number == self._number:
            self._job = None
            if self._kept:
                self._bridge.reader.remember(remembered)
            self.ended.emit()
            self.found.emit(result)

    def _over(self, number: int) -> None:
        if number == self._number and self._job is not None:  # it ended without a result
            self._job = None
            self.ended.emit()


def _work(ask: Ask, known: Known, kept: bool) -> Callable[..., Any]:
    """`ask` as the work of a job."""

    def work(reader: Reader, _progress: object, cancelled: Callable[[], bool]) -> Any:
        known.hand_over(reader, cancelled)
        if cancelled():
            raise Cancelled
        result = ask(reader)
        # what is not kept is let go here: to free it would cost the window as much as a frame
        return result, reader.memory if kept else {}

    return work
