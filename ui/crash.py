"""What happens with bugs: written to a log, told once with a count, and what is still safe."""

from __future__ import annotations

import datetime as dt
import faulthandler
import sys
import threading
import traceback
from types import TracebackType
from typing import IO

from PySide6.QtCore import QObject, Signal

from crm_pilot.errors import UserError
from crm_pilot.paths import logs_dir

KEEP_LOGS = 10


class Crashes(QObject):
    """Catches what nobody caught, from any thread, and hands it to the main one.

    `bug(text)` carries a traceback, `mistake(error)` a `UserError` to be told calmly.
    """

    bug = Signal(str)
    mistake = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.count = 0
        self._faults: IO[str] | None = None
        self._before = (sys.excepthook, threading.excepthook)

    def install(self) -> None:
        """Take over the hooks of the process."""
        sys.excepthook = self._caught
        threading.excepthook = self._caught_in_thread

    def log_faults(self) -> None:
        """Let a hard crash (a fault in native code) leave its stacks in the log folder."""
        folder = logs_dir()
        folder.mkdir(parents=True, exist_ok=True)
        for old in sorted(folder.glob("*.log"))[:-KEEP_LOGS]:
            old.unlink(missing_ok=True)
        self._faults = (folder / f"fault-{dt.datetime.now():%Y%m%d-%H%M%S}.log").open("w")
        faulthandler.enable(self._faults)

    def uninstall(self) -> None:
        """Give the hooks back; an empty fault log is deleted."""
        sys.excepthook, threading.excepthook = self._before
        if self._faults is not None:
            faulthandler.disable()
            name, size = self._faults.name, self._faults.tell()
            self._faults.close()
            self._faults = None
            if size == 0:
                from pathlib import Path

                Path(name).unlink(missing_ok=True)

    def report(self, error: BaseException) -> None:
        """Tell of an exception that was caught somewhere else, for example in a job."""
        self._caught(type(error), error, error.__traceback__)

    def _caught(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            self._before[0](kind, error, trace)
            return
        if isinstance(error, UserError):
            self.mistake.emit(error)
            return
        self.count += 1
        text = "".join(traceback.format_exception(kind, error, trace))
        if self.count <= 20:
            self._log(text)
            sys.stderr.write(text)
        self.bug.emit(text)

    def _caught_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            self._caught(args.exc_type, args.exc_value, args.exc_traceback)

    def _log(self, text: str) -> None:
        folder = logs_dir()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with (folder / f"bug-{dt.date.today():%Y%m%d}.log").open("a", encoding="utf-8") as log:
                log.write(f"{dt.datetime.now():%H:%M:%S}\n{text}\n")
        except OSError:
            sys.stderr.write("The crash log could not be written.\n")
