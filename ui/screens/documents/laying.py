"""Laying pages out beside the window: the last wish counts, and what was read is remembered.

A reading begins with what the window remembers, so that an edit costs the queries it touched and
the drawing; the page that is looked at is drawn in the job too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from crm_pilot.errors import Cancelled, UserError
from crm_pilot.i18n import show, tr
from ui.reading import Known

if TYPE_CHECKING:
    from crm_pilot.project import Reader
    from crm_pilot.reports.sheets import Pages
    from ui.bridge import Bridge
    from ui.tasks import Job, Jobs

Draw = Callable[["Reader"], "Pages"]


class Laying(QObject):
    """Lays out for `owner`, whose window has the jobs. `laid(wish, pages)` when the last wish is
    drawn, `refused(reason)` when it cannot be."""

    laid = Signal(object, object)
    refused = Signal(str)

    def __init__(self, bridge: Bridge, owner: QWidget, jobs: Jobs | None = None) -> None:
        super().__init__(owner)
        self._bridge, self._owner, self._jobs = bridge, owner, jobs
        self._job: Job | None = None
        self._number = 0  # of the project, or of what is looked at: other results are let go
        self._wanted: tuple[Any, Draw, Callable[[], int]] | None = None
        self._soon = QTimer(self)  # several wishes of one event are one job
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._start)
        bridge.project_changed.connect(self.forget)

    @property
    def busy(self) -> bool:
        """Whether pages are being laid out, or about to be."""
        return self._job is not None or self._soon.isActive()

    def want(self, wish: Any, draw: Draw, page: Callable[[], int]) -> None:
        """Lay out what `draw(reader)` gives; `wish` names it, `page()` is the one looked at."""
        self._wanted = (wish, draw, page)
        if self._job is not None:
            self._job.cancel()
        else:
            self._soon.start(0)

    def forget(self) -> None:
        """Let what is being laid out go."""
        self._number += 1
        self._wanted = None
        self._soon.stop()
        if self._job is not None:
            self._job.cancel()

    # the job ---------------------------------------------------------------------------------

    def _start(self) -> None:
        jobs = self._jobs or getattr(self._owner.window(), "jobs", None)
        if self._wanted is None or jobs is None or not self._bridge.has_project:
            return
        (wish, draw, page), self._wanted = self._wanted, None
        job = jobs.run(
            tr("Laying out the pages"),
            _work((self._number, wish), draw, page(), Known(self._bridge.reader)),
            reader=self._bridge.project.job_reader(),
            done=self._done,
            failed=self._failed,
            quiet=True,
        )
        self._job = job
        job.broken.connect(self._broken)

    def _done(self, result: tuple[tuple[int, Any], Pages, dict[Any, Any]] | None) -> None:
        """A job has ended; None: it was overtaken."""
        self._job = None
        known = result is not None and result[0][0] == self._number
        if result is not None and known:
            self._bridge.reader.remember(result[2])
        if self._wanted is not None:
            self._start()
        elif result is not None and known:
            self.laid.emit(result[0][1], result[1])

    def _failed(self, error: UserError) -> None:
        self._job = None
        if self._wanted is not None:
            self._start()
        else:
            self.refused.emit(show(error.message))

    def _broken(self) -> None:
        self._job = None


def _work(named: tuple[int, Any], draw: Draw, number: int, known: Known) -> Callable[..., Any]:
    def work(reader: Reader, _progress: object, cancelled: Callable[[], bool]) -> Any:
        known.hand_over(reader, cancelled)
        try:
            pages = draw(reader)
        except Cancelled:
            return None  # a result like others: its end is never missed
        pages.page(min(number, pages.count))  # the one looked at, drawn here and not there
        return named, pages, reader.memory

    return work
