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
from pathlib import Path

from crm_pilot.errors import StorageError, StorageKind
from crm_pilot.i18n import N_
from crm_pilot.records import dataclass
from crm_pilot.store import checks, copies, sqlite
from crm_pilot.store.sqlite import connect, refusal, storage_error, tables


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

    def still_true(self, path: Path, *, thorough: bool = True) -> bool:
        """Whether `path` has the same content; a mere touch by a sync program does not count.

        Without `thorough` an equal size and time are believed, as a look in passing does.
        """
        try:
            stat = path.stat()
        except OSError:
            return False
        same = (stat.st_size, stat.st_mtime_ns) == (self.size, self.modified_ns)
        if stat.st_size != self.size or (same and not thorough):
            return same
        now = Fingerprint.of(path)
        return now is not None and now.digest == self.digest


@dataclass(frozen=True)
class Saved:
    """What a save did."""

    path: Path
    moment: dt.datetime
    fingerprint: Fingerprint
    copies: int
    check: checks.Check


OUTSIDE = {
    StorageKind.CHANGED: N_(
        "“{path}” was changed by someone else since you opened it. Nothing was written; your"
        " edits are safe in the working copy. Save under another name, or replace the file (the"
        " other version is kept among the dated copies)."
    ),
    StorageKind.GONE: N_(
        "“{path}” is no longer there: it was moved, renamed or deleted outside CRM Pilot. Nothing"
        " was written; your edits are safe in the working copy. Write it there again, or save"
        " under another name."
    ),
    StorageKind.EMPTY: N_(
        "“{path}” is empty (0 bytes), as a file that its sync program has not fetched yet or has"
        " cut short. Nothing was written; your edits are safe in the working copy. Wait until it"
        " is there again, or save under another name."
    ),
    StorageKind.UNREACHABLE: N_(
        "The folder of “{path}” cannot be reached: a drive was unplugged or the network is away."
        " Nothing was written; your edits are safe in the working copy. Try again when it is back,"
        " or save elsewhere."
    ),
}


def outside(
    target: Path, known: Fingerprint | None, *, thorough: bool = True
) -> StorageKind | None:
    """What happened to `target` since it was opened or saved; None when it is the same file."""
    if known is not None and known.still_true(target, thorough=thorough):
        return None
    try:
        size = target.stat().st_size
    except OSError:
        if not target.parent.is_dir():
            return StorageKind.UNREACHABLE
        return StorageKind.GONE if known is not None else None
    if size == 0 and (known is None or known.size):
        return StorageKind.EMPTY
    return StorageKind.CHANGED


def check_unchanged(target: Path, known: Fingerprint | None, *, thorough: bool = True) -> None:
    """Raise `StorageError` when `target` is not the file that was opened or saved."""
    kind = outside(target, known, thorough=thorough)
    if kind is not None:
        raise StorageError(kind, OUTSIDE[kind], path=str(target))


def taken(target: Path) -> StorageError:
    """The refusal to write over another file unasked."""
    return StorageError(
        StorageKind.TAKEN,
        N_(
            "“{path}” is there already; nothing was written. Save under another name,"
            " or replace the file (it is kept among the dated copies)."
        ),
        path=str(target),
    )


def write(
    working: Path,
    target: Path,
    announce: Callable[[Fingerprint], None],
    *,
    replace: bool = True,
    known: Fingerprint | None = None,
    now: dt.datetime | None = None,
) -> Saved:
    """Write the working copy to `target`, keeping a dated copy of what was there.

    Unless `replace`, `target` must still be the `known` file (None: must not be there), which is
    looked at again at the last moment.

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
        check = _finish(temporary, target, moment)
        _sync(temporary)
        if target.exists():
            os.chmod(temporary, target.stat().st_mode & 0o777)
        mark = Fingerprint.of(temporary)
        if mark is None:
            raise refusal(StorageKind.MISSING, temporary)
        announce(mark)
        _keep_what_is_there(target, moment, replace=replace, known=known)
        os.replace(temporary, target)
        _sync(target.parent)
    except (sqlite3.Error, OSError) as error:
        if not target.parent.is_dir():
            away = StorageKind.UNREACHABLE
            raise StorageError(away, OUTSIDE[away], path=str(target)) from error
        raise storage_error(error, target) from error
    finally:
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
    checks.record(target, check)
    copies.thin(target, moment)
    return Saved(target, moment, mark, len(copies.list_copies(target)), check)


def _keep_what_is_there(
    target: Path, moment: dt.datetime, *, replace: bool, known: Fingerprint | None
) -> None:
    """Keep the file about to be replaced as a dated copy that is proven to be the same.

    A file that someone changes at this very moment is tried again, then left alone.
    """
    for _attempt in range(3):
        if not replace:
            check_unchanged(target, known)
        if not target.exists():
            return
        kept = copies.keep_copy(target, moment)
        mark = Fingerprint.of(kept)
        if mark is not None and mark.still_true(target):
            return
        kept.unlink(missing_ok=True)
    raise StorageError(StorageKind.CHANGED, OUTSIDE[StorageKind.CHANGED], path=str(target))


def _finish(temporary: Path, target: Path, moment: dt.datetime) -> checks.Check:
    """Clean and check the file about to become the project."""
    with closing(connect(temporary)) as connection:
        connection.execute("PRAGMA synchronous=OFF")  # it is synced as a whole afterwards
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE working_copy SET edits = 0")
        before = connection.total_changes
        start = connection.execute("SELECT daily_from FROM project").fetchone()
        for table in tables(connection):
            if table.endswith("_fact"):
                connection.execute(
                    f'DELETE FROM "{table}" WHERE batch_id NOT IN (SELECT id FROM import_batch)'
                )
                if start is not None and start[0]:
                    _forget_days(connection, table, dt.date.fromisoformat(start[0]))
        gone = connection.total_changes - before
        connection.execute("COMMIT")
        if gone:  # nothing of them remains in pages that are free now
            connection.execute("VACUUM")
    return _checked(temporary, target, moment)


def _forget_days(connection: sqlite3.Connection, table: str, start: dt.date) -> None:
    """Take the days before `start` out of a table of facts, which has them by `day` (a number) or
    by `month`, perhaps with the `days` of the month as bits."""
    columns = {row[1] for row in connection.execute(f'PRAGMA table_info("{table}")')}
    month = start.year * 100 + start.month
    if "day" in columns:
        number = start.toordinal() - dt.date(1970, 1, 1).toordinal()
        connection.execute(f'DELETE FROM "{table}" WHERE day < ?', (number,))
    if "month" in columns:
        connection.execute(f'DELETE FROM "{table}" WHERE month < ?', (month,))
    if "days" in columns and start.day > 1:
        early = (1 << start.day - 1) - 1
        connection.execute(
            f'UPDATE "{table}" SET days = days & ~?1 WHERE month = ?2 AND days & ?1 <> 0',
            (early, month),
        )
        connection.execute(f'DELETE FROM "{table}" WHERE days = 0')


def _checked(temporary: Path, target: Path, moment: dt.datetime) -> checks.Check:
    """Check the written file: format, every page and index, every reference, every text."""
    version = ""
    try:
        version = str(sqlite.inspect(temporary))
        with closing(connect(temporary, read_only=True)) as connection:
            sqlite.check_integrity(connection, target, thorough=True)
    except (sqlite3.DatabaseError, StorageError) as error:
        reason: object = error
        if isinstance(error, StorageError):
            reason = error.message.params.get("reason", error.kind)
        checks.record(target, checks.Check(moment, False, version, problem=str(reason)))
        raise StorageError(
            StorageKind.FAILED,
            N_(
                "The new version of “{path}” did not pass its check and was thrown away"
                " ({reason}). The file is as it was, and your edits are safe in the working copy;"
                " save again, or under another name."
            ),
            path=str(target),
            reason=str(reason),
        ) from error
    return checks.Check(moment, True, version)


def _sync(path: Path) -> None:
    """Force a file (or a folder, where the system can) to the disk."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() or os.name != "nt" else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def elsewhere(known: Path, written: Path) -> bool:
    """Whether a save went to another file than the known one (links resolved)."""
    return known.resolve() != written.resolve()
