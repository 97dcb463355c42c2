"""Reading for a view: at once where there are few accounts, else in a job beside the window."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from crm_pilot.errors import Cancelled
from crm_pilot.i18n import tr

if TYPE_CHECKING:
    from crm_pilot.project import Reader
    from ui.bridge import Bridge
    from ui.tasks import Job, Jobs

FEW = 700  # accounts that are read at once within the time of a frame or two

Ask = Callable[["Reader"], Any]


class Reading(QObject):
    """Reads for `owner`; `found` brings what was read. A reading that was overtaken by a newer
    one tells nothing. `begun` and `ended` frame those that take place in a job."""

    found = Signal(object)
    begun = Signal()
    ended = Signal()

    def __init__(self, bridge: Bridge, owner: QWidget) -> None:
        super().__init__(owner)
        self._bridge, self._owner = bridge, owner
        self._job: Job | None = None
        self._number = 0
        bridge.project_changed.connect(self.forget)

    @property
    def busy(self) -> bool:
        """Whether a job reads."""
        return self._job is not None

    def read(self, ask: Ask) -> None:
        """Ask for what `ask(reader)` gives."""
        self.forget()
        jobs = self._jobs()
        if jobs is None or self._few():
            self.found.emit(ask(self._bridge.reader))
            return
        number = self._number
        self.begun.emit()
        self._job = jobs.run(
            tr("Reading the days of use"),
            _work(ask),
            reader=self._bridge.project.job_reader(),
            done=lambda result: self._done(number, result),
            quiet=True,
        )
        self._job.ended.connect(lambda: self._over(number))

    def forget(self) -> None:
        """Let what is being read go."""
        self._number += 1
        if self._job is not None:
            self._job.cancel()
            self._job = None
            self.ended.emit()

    def _few(self) -> bool:
        count = self._bridge.reader.value("SELECT count(*) FROM account")
        return bool(count <= FEW)

    def _jobs(self) -> Jobs | None:
        jobs: Jobs | None = getattr(self._owner.window(), "jobs", None)
        return jobs

    def _done(self, number: int, result: object) -> None:
        if number == self._number:
            self._job = None
            self.ended.emit()
            self.found.emit(result)

    def _over(self, number: int) -> None:
        if number == self._number and self._job is not None:  # it ended without a result
            self._job = None
            self.ended.emit()


def _work(ask: Ask) -> Callable[..., Any]:
    """`ask` as the work of a job, which remembers what it has read until it ends."""

    def work(reader: Reader, _progress: object, cancelled: Callable[[], bool]) -> Any:
        reader.versions = {}
        if cancelled():
            raise Cancelled
        return ask(reader)

    return work
