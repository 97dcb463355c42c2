"""Who has a project file open: a lock file beside it names the holder.

`.NAME.crmp.lock` holds person, host, time, process and session. The holder's life is told by an
operating-system lock on its session folder (same computer); on another computer the file alone
counts, and the person decides.
"""

from __future__ import annotations

import datetime as dt
import getpass
import json
import os
import socket
from dataclasses import asdict
from pathlib import Path

from crm_pilot.errors import StorageError, StorageKind
from crm_pilot.i18n import N_
from crm_pilot.paths import sessions_dir
from crm_pilot.records import dataclass


@dataclass(frozen=True)
class Holder:
    """Who holds a project file."""

    person: str
    host: str
    since: str  # ISO local time
    process: int
    session: str  # name of the session folder

    @property
    def moment(self) -> dt.datetime:
        return dt.datetime.fromisoformat(self.since)


def this_process(session: str, person: str = "") -> Holder:
    """The holder that this process would be."""
    now = dt.datetime.now().replace(microsecond=0)
    return Holder(
        person or _login(), socket.gethostname(), now.isoformat(sep=" "), os.getpid(), session
    )


def _login() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):  # no such user in the system's list, as in some containers
        return "?"


def lock_path(project: Path) -> Path:
    """Path of the lock file of `project`."""
    return project.with_name(f".{project.name}.lock")


def read_lock(project: Path) -> Holder | None:
    """The holder written in the lock file, or None when there is none or it is unreadable."""
    try:
        stored = json.loads(lock_path(project).read_text("utf-8"))
        return Holder(**stored)
    except (OSError, ValueError, TypeError):
        return None


def acquire(project: Path, holder: Holder) -> Holder | None:
    """Take the lock for `holder`; returns None, or the other living holder.

    A lock left by a dead session of this computer is taken over. An unwritable folder gives no
    lock: the file can be read there, and saving will say what is wrong.
    """
    from filelock import FileLock

    path = lock_path(project)
    text = json.dumps(asdict(holder), ensure_ascii=False)
    sessions_dir().mkdir(parents=True, exist_ok=True)
    with FileLock(sessions_dir() / ".guard"):  # two starts on this computer never race
        return _take(project, path, text, holder.session)


def _take(project: Path, path: Path, text: str, session: str) -> Holder | None:
    for _attempt in range(3):
        try:
            with path.open("x", encoding="utf-8") as handle:
                handle.write(text)
            return None
        except FileExistsError:
            other = read_lock(project)
            own = other is not None and other.session == session  # recovered session
            if other is not None and not own and is_alive(other):
                return other
            path.unlink(missing_ok=True)
        except OSError:
            return None
    return read_lock(project)


def held(project: Path, other: Holder) -> StorageError:
    """The refusal to save over a file that someone has open."""
    return StorageError(
        StorageKind.LOCKED,
        N_(
            "“{path}” is open by {person} on {host} since {since}."
            " Nothing was written; choose another name."
        ),
        path=str(project),
        person=other.person,
        host=other.host,
        since=other.since,
    )


def release(project: Path, session: str) -> None:
    """Give the lock back if `session` still holds it."""
    holder = read_lock(project)
    if holder is not None and holder.session == session:
        try:
            lock_path(project).unlink(missing_ok=True)
        except OSError:
            return  # the folder became unwritable; the dead session will be seen as such


def is_alive(holder: Holder) -> bool:
    """Whether the holder may still be at work."""
    if holder.host != socket.gethostname():
        return True
    return session_alive(sessions_dir() / holder.session)


def session_alive(folder: Path) -> bool:
    """Whether a process of this computer holds the session folder."""
    from filelock import FileLock, Timeout

    if not (folder / "alive").exists():
        return False
    probe = FileLock(folder / "alive")
    try:
        probe.acquire(timeout=0)
    except Timeout:
        return True
    except OSError:
        return False
    probe.release()
    return False
