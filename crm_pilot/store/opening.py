"""Opening a project file: copied in, checked, migrated and locked, before it is worked with."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path

from crm_pilot.errors import StorageError, StorageKind
from crm_pilot.records import dataclass
from crm_pilot.store import checks, lock, migrate, saving, sqlite, workcopy

NEEDED = frozenset({"project", "working_copy", "import_batch"})


@dataclass(frozen=True)
class Opening:
    """A project file copied in and checked."""

    path: Path
    session: workcopy.Session
    known: saving.Fingerprint | None
    holder: lock.Holder | None  # who else has the file open
    read_only: bool
    older: str | None  # version of the file when it had to be migrated
    check: checks.Check

    def abandon(self) -> None:
        """Let go of it: nothing was changed."""
        lock.release(self.path, self.session.name)
        self.session.close(discard=True)


def prepare(path: Path, *, read_only: bool, person: str) -> Opening:
    """Prepare `path`, in any thread. Raises `StorageError`; then nothing is left behind."""
    session = workcopy.begin()
    known = saving.Fingerprint.of(path) if path.is_file() else None
    version = workcopy.copy_in(session, path)
    try:
        migrated = bring_up_to_date(session, version, path)
        holder = None
        if not read_only:
            holder = lock.acquire(path, lock.this_process(session.name, person))
        session.note(path, known)
    except (sqlite3.Error, OSError, StorageError) as error:
        lock.release(path, session.name)
        session.close(discard=True)
        raise sqlite.storage_error(error, path) from error
    older = str(version) if migrated else None
    now = dt.datetime.now().replace(microsecond=0)
    check = checks.Check(now, True, str(version), saving=False)
    return Opening(path, session, known, holder, read_only, older, check)


def bring_up_to_date(session: workcopy.Session, version: sqlite.Version, shown: Path) -> bool:
    """Migrate an older working copy; whether that was needed. `shown` is named in errors."""
    with closing(sqlite.connect(session.work)) as connection:
        if not set(sqlite.tables(connection)) >= NEEDED:
            raise sqlite.refusal(StorageKind.CORRUPT, shown, "tables")
        migrate.migrate(connection, version)
    return version < sqlite.FORMAT
