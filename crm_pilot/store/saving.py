"""Save by replacement: the person's file is whole before, and whole after, and never between."""

from __future__ import annotations

import datetime as dt
import glob
import hashlib
import os
import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from crm_pilot.errors import StorageError, StorageKind
from crm_pilot.i18n import N_
from crm_pilot.store import copies
from crm_pilot.store.sqlite import check_integrity, connect, refusal, storage_error, tables


@dataclass(frozen=True)
class Fingerprint:
    """What tells that a file was changed by someone else."""

    size: int
    modified_ns: int
    digest: str

    @classmethod
    def of(cls, path: Path) -> Fingerprint | None:
        """Fingerprint of the file at `path`; None when there is none."""
        try:
            stat = path.stat()
            with path.open("rb") as handle:
                digest = hashlib.file_digest(handle, "sha256").hexdigest()
        except FileNotFoundError:
            return None
        return cls(stat.st_size, stat.st_mtime_ns, digest)

    def still_true(self, path: Path) -> bool:
        """Whether `path` has the same content; a mere touch by a sync program does not count."""
        try:
            stat = path.stat()
        except FileNotFoundError:
            return False
        if (stat.st_size, stat.st_mtime_ns) == (self.size, self.modified_ns):
            return True
        now = Fingerprint.of(path)
        return now is not None and now.digest == self.digest


@dataclass(frozen=True)
class Saved:
    """What a save did."""

    path: Path
    moment: dt.datetime
    fingerprint: Fingerprint
    copies: int


def check_unchanged(target: Path, known: Fingerprint | None) -> None:
    """Raise `StorageError` (changed) when `target` is not the file that was opened or saved."""
    if known is None:
        changed = target.exists()
    else:
        changed = not known.still_true(target)
    if changed:
        raise StorageError(
            StorageKind.CHANGED,
            N_(
                "“{path}” was changed or removed by someone else since you opened it. Nothing was"
                " written; your edits are safe in the working copy. Save under another name, or"
                " replace the file (the other version is kept among the dated copies)."
            ),
            path=str(target),
        )


def write(
    working: Path,
    target: Path,
    announce: Callable[[Fingerprint], None],
    *,
    now: dt.datetime | None = None,
) -> Saved:
    """Write the working copy to `target`, keeping a dated copy of what was there.

    `announce` hears the fingerprint of the new file before it takes its place, so that a session
    killed just afterwards still knows its own file.
    May run in any thread beside the typing: it reads one moment of the working copy. Raises
    `StorageError`; then `target` is as it was.
    """
    moment = (now or dt.datetime.now()).replace(microsecond=0)
    target = Path(os.path.realpath(target))  # a link keeps pointing at the project
    temporary = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}.tmp")
    try:
        for stale in target.parent.glob(f".{glob.escape(target.name)}.????????.tmp*"):
            stale.unlink(missing_ok=True)  # left by a save that was killed; we hold the lock
        temporary.touch(exist_ok=False)  # the system says what is wrong better than SQLite does
        with closing(connect(working, read_only=True)) as source:
            source.execute("PRAGMA query_only=OFF")  # VACUUM INTO writes elsewhere
            source.execute("VACUUM INTO ?", (str(temporary),))
        _finish(temporary, target)
        _sync(temporary)
        if target.exists():
            copies.keep_copy(target, moment)
            os.chmod(temporary, target.stat().st_mode & 0o777)
        mark = Fingerprint.of(temporary)
        if mark is None:
            raise refusal(StorageKind.MISSING, temporary)
        announce(mark)
        os.replace(temporary, target)
        _sync(target.parent)
    except (sqlite3.Error, OSError) as error:
        raise storage_error(error, target) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    copies.thin(target, moment)
    return Saved(target, moment, mark, len(copies.list_copies(target)))


def _finish(temporary: Path, target: Path) -> None:
    """Clean and check the file about to become the project."""
    with closing(connect(temporary)) as connection:
        connection.execute("PRAGMA synchronous=OFF")  # it is synced as a whole afterwards
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE working_copy SET edits = 0")
        for table in tables(connection):
            if table.endswith("_fact"):
                connection.execute(
                    f'DELETE FROM "{table}" WHERE batch_id NOT IN (SELECT id FROM import_batch)'
                )
        connection.execute("COMMIT")
        check_integrity(connection, target)


def _sync(path: Path) -> None:
    """Force a file (or a folder, where the system can) to the disk."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
