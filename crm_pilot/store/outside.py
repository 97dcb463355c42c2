"""What happens to an open project's file from outside: seen, told, and never written over."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path

from crm_pilot.errors import StorageError, StorageKind
from crm_pilot.records import dataclass
from crm_pilot.store import differences, lock, saving, sqlite

BASE = "base-{digest}.crmp"


@dataclass(frozen=True)
class KnownFile:
    """A project's file as the session in `folder` last read or wrote it."""

    path: Path
    mark: saving.Fingerprint
    folder: Path
    work: Path  # the working copy
    unsaved: bool  # whether the working copy holds edits that the file has not

    @property
    def base(self) -> Path:
        """Where `keep_base` puts the file's content, to compare later versions with."""
        return self.folder / BASE.format(digest=self.mark.digest[:16])


@dataclass(frozen=True)
class Elsewhere:
    """What someone else did to the file. `changes` is None when it cannot be told."""

    kind: StorageKind  # changed, gone, empty or unreachable
    mark: saving.Fingerprint | None
    moment: dt.datetime | None = None  # when the other version was written
    person: str = ""  # who, when a lock file beside it says so
    changes: differences.Comparison | None = None
    against_mine: bool = False  # compared with the working copy, unsaved edits included


def keep_base(known: KnownFile) -> bool:
    """Keep the content of the known file in the session; whether it is there. Any thread."""
    if known.base.exists():
        return True
    part = known.folder / f"base-{threading.get_ident()}.part"  # two may keep it at once
    try:
        shutil.copyfile(known.path, part)
        if not known.mark.still_true(part):
            part.unlink()
            return False  # it changed meanwhile, which the next look tells
        for old in known.folder.glob(BASE.format(digest="*")):
            if old != known.base:
                old.unlink(missing_ok=True)
        part.replace(known.base)
    except OSError:
        return False
    return True


def look(known: KnownFile, *, thorough: bool = True) -> Elsewhere | None:
    """What happened to the file since; None when it is the same. For any thread: a file on a
    network may take its time."""
    kind = saving.outside(known.path, known.mark, thorough=thorough)
    if kind is None:
        return None
    if kind is not StorageKind.CHANGED:
        return Elsewhere(kind, None)
    mark = None
    with suppress(OSError):
        mark = saving.Fingerprint.of(known.path)
    moment = dt.datetime.fromtimestamp(mark.modified_ns / 1e9) if mark else None
    holder = lock.read_lock(known.path)
    other = holder is not None and holder.session != known.folder.name
    has_base = known.base.exists()
    return Elsewhere(
        kind,
        mark,
        moment.replace(microsecond=0) if moment else None,
        holder.person if holder is not None and other else "",
        _compared(known.base if has_base else known.work, known.path),
        not has_base and known.unsaved,
    )


def _compared(before: Path, theirs: Path) -> differences.Comparison | None:
    with suppress(sqlite3.Error, OSError, StorageError), differences.borrowed(theirs) as copy:
        sqlite.check_file(copy)
        return differences.compare(before, copy)
    return None
