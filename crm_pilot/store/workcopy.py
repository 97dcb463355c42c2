"""The private working copy: one session folder per open project, offered again after a crash."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
import time
import uuid
from contextlib import closing, suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from crm_pilot.errors import StorageError
from crm_pilot.paths import sessions_dir
from crm_pilot.records import dataclass
from crm_pilot.store import lock, sqlite
from crm_pilot.store.saving import Fingerprint

if TYPE_CHECKING:
    from filelock import BaseFileLock

WORK = "work.crmp"
NOTE = "session.json"
UNFINISHED_SECONDS = 600  # a session without its note may still be opening


@dataclass
class Session:
    """One session folder, held alive by an operating-system lock."""

    folder: Path
    _alive: BaseFileLock

    @property
    def name(self) -> str:
        return self.folder.name

    @property
    def work(self) -> Path:
        """The working copy."""
        return self.folder / WORK

    def note(self, original: Path | None, *known: Fingerprint | None) -> None:
        """Write down which file this session edits, and how it may look: as last read or saved,
        or as a save in progress will leave it."""
        text = json.dumps(
            {
                "original": str(original) if original else None,
                "known": [asdict(one) for one in known if one],
            }
        )
        part = self.folder / (NOTE + ".part")
        part.write_text(text, "utf-8")
        part.replace(self.folder / NOTE)

    def close(self, *, discard: bool) -> None:
        """Let go of the session; `discard` deletes the working copy."""
        self._alive.release()
        if discard:
            shutil.rmtree(self.folder, ignore_errors=True)


def begin() -> Session:
    """Make a new session folder and hold it."""
    folder = sessions_dir() / uuid.uuid4().hex[:12]
    folder.mkdir(parents=True)
    return _hold(folder)


def _hold(folder: Path) -> Session:
    from filelock import FileLock

    alive = FileLock(folder / "alive", thread_local=False)  # may be opened in a job
    alive.acquire(timeout=0)
    return Session(folder, alive)


def copy_in(session: Session, project: Path) -> sqlite.Version:
    """Copy a project file into the session and check it there; the file itself is not touched.

    Raises `StorageError`; the session is then discarded.
    """
    try:
        version = sqlite.inspect(project)
        shutil.copyfile(project, session.work)
        side = project.with_name(project.name + "-wal")
        if side.exists():  # a file left by a foreign tool in WAL mode
            shutil.copyfile(side, session.work.with_name(WORK + "-wal"))
        with closing(sqlite.connect(session.work)) as connection:
            sqlite.check_integrity(connection, project)
    except (sqlite3.Error, OSError, StorageError) as error:
        session.close(discard=True)
        raise sqlite.storage_error(error, project) from error
    return version


@dataclass(frozen=True)
class Recoverable:
    """A working copy left by a session that did not end well."""

    folder: Path
    original: Path | None
    name: str  # of the project
    edits: int  # committed since the last save
    moment: dt.datetime  # of the last one
    known: Fingerprint | None  # of the original, when this session last read or wrote it

    def resume(self) -> Session:
        """Hold the session again."""
        return _hold(self.folder)

    def discard(self) -> None:
        """Delete it for good."""
        shutil.rmtree(self.folder, ignore_errors=True)


def recoverable() -> list[Recoverable]:
    """Unsaved working copies of dead sessions, newest first; saved ones are cleared away."""
    found = []
    for folder in sessions_dir().glob("*"):
        if not folder.is_dir() or lock.session_alive(folder):
            continue
        candidate = _look(folder)
        if candidate is None:
            if time.time() - folder.stat().st_mtime > UNFINISHED_SECONDS:
                shutil.rmtree(folder, ignore_errors=True)
        elif candidate.edits:
            found.append(candidate)
        else:
            candidate.discard()
    return sorted(found, key=lambda one: one.moment, reverse=True)


def _look(folder: Path) -> Recoverable | None:
    """What a dead session holds; None when it died before its working copy was complete."""
    try:
        note = json.loads((folder / NOTE).read_text("utf-8"))
        original = note["original"]
        marks = [Fingerprint(**stored) for stored in note["known"]]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    work = folder / WORK
    if not work.exists():
        return None
    source = Path(original) if original else None
    known = next((mark for mark in marks if source and mark.still_true(source)), None)
    known = known or (marks[0] if marks else None)
    moment = dt.datetime.fromtimestamp(max(p.stat().st_mtime for p in folder.glob(WORK + "*")))
    edits, name = 1, source.stem if source else ""
    with suppress(sqlite3.Error), closing(sqlite.connect(work)) as connection:
        # an unreadable working copy is still offered: it is never thrown away unseen
        edits = connection.execute("SELECT edits FROM working_copy").fetchone()[0]
        name = connection.execute("SELECT name FROM project").fetchone()[0]
    return Recoverable(folder, source, name, edits, moment.replace(microsecond=0), known)
