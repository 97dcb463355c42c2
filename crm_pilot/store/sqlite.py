"""The one place that makes SQLite connections, and turns SQLite's errors into sentences.

The file format: `application_id` 0x43524D50 ("CRMP"), `user_version` = major << 16 | minor.
"""

from __future__ import annotations

import errno
import sqlite3
from contextlib import closing
from pathlib import Path

from crm_pilot.errors import StorageError, StorageKind
from crm_pilot.i18n import N_
from crm_pilot.records import dataclass

APPLICATION_ID = 0x43524D50
MAGIC = b"SQLite format 3\x00"
EXTENSION = ".crmp"


@dataclass(frozen=True, order=True)
class Version:
    """Version of the file format; a newer major is refused, a newer minor opens."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"

    @property
    def packed(self) -> int:
        """As `PRAGMA user_version` stores it."""
        return self.major << 16 | self.minor

    @classmethod
    def unpack(cls, stored: int) -> Version:
        """From `PRAGMA user_version`."""
        return cls(stored >> 16, stored & 0xFFFF)


FORMAT = Version(1, 5)


def connect(
    path: Path, *, read_only: bool = False, working: bool = False, any_thread: bool = False
) -> sqlite3.Connection:
    """Open `path`; transactions are always written out (`isolation_level=None`).

    `working=True` is for the private working copy: WAL, so that background readers never block
    typing, and `synchronous=FULL`, so that a committed edit survives a power cut.
    """
    mode = "ro" if read_only else "rw"
    uri = f"{path.resolve().as_uri()}?mode={mode}"
    connection = sqlite3.connect(
        uri, uri=True, isolation_level=None, check_same_thread=not any_thread, timeout=10
    )
    try:
        connection.execute("PRAGMA trusted_schema=OFF")
        connection.execute("PRAGMA foreign_keys=ON")
        connection.execute("PRAGMA cell_size_check=ON")
        if working and not read_only:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=FULL")
        if read_only:
            connection.execute("PRAGMA query_only=ON")
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def create(path: Path) -> sqlite3.Connection:
    """Make a new empty database file at `path`."""
    path.touch(exist_ok=False)
    return connect(path, working=True)


SENTENCES = {
    StorageKind.FULL: N_(
        "The disk is full: “{path}” could not be written. Your edits are safe in the working copy;"
        " free some space or save elsewhere."
    ),
    StorageKind.LOCKED: N_(
        "“{path}” is being used by another program. Nothing was changed; try again in a moment."
    ),
    StorageKind.READ_ONLY: N_(
        "“{path}” cannot be written: the file or its folder is read-only. Your edits are safe in"
        " the working copy; use “Save as” to keep them elsewhere."
    ),
    StorageKind.CORRUPT: N_(
        "“{path}” is damaged and cannot be opened. The file was not touched;"
        " a dated copy can be opened instead."
    ),
    StorageKind.NOT_OURS: N_("“{path}” is not a CRM Pilot project. The file was not touched."),
    StorageKind.EMPTY: N_(
        "“{path}” is empty (0 bytes). In a synced folder it may not have been fetched yet: open it"
        " there first, or wait for the sync program. The file was not touched."
    ),
    StorageKind.MISSING: N_("“{path}” does not exist."),
    StorageKind.FAILED: N_(
        "“{path}” could not be read or written ({reason}). The file was not changed."
    ),
}

_BY_CODE = {
    sqlite3.SQLITE_FULL: StorageKind.FULL,
    sqlite3.SQLITE_BUSY: StorageKind.LOCKED,
    sqlite3.SQLITE_LOCKED: StorageKind.LOCKED,
    sqlite3.SQLITE_READONLY: StorageKind.READ_ONLY,
    sqlite3.SQLITE_PERM: StorageKind.READ_ONLY,
    sqlite3.SQLITE_CORRUPT: StorageKind.CORRUPT,
    sqlite3.SQLITE_FORMAT: StorageKind.CORRUPT,
    sqlite3.SQLITE_NOTADB: StorageKind.NOT_OURS,
}
_BY_ERRNO = {
    errno.ENOSPC: StorageKind.FULL,
    errno.EDQUOT: StorageKind.FULL,
    errno.EFBIG: StorageKind.FULL,
    errno.EACCES: StorageKind.READ_ONLY,
    errno.EPERM: StorageKind.READ_ONLY,
    errno.EROFS: StorageKind.READ_ONLY,
    errno.ENOENT: StorageKind.MISSING,
    errno.ENOTDIR: StorageKind.MISSING,
    errno.EBUSY: StorageKind.LOCKED,
}


def refusal(kind: StorageKind, path: Path, reason: object = "") -> StorageError:
    """A `StorageError` with the sentence of its kind."""
    return StorageError(kind, SENTENCES[kind], path=str(path), reason=str(reason))


def storage_error(error: Exception, path: Path) -> StorageError:
    """Turn an SQLite or operating-system error about `path` into a sentence."""
    if isinstance(error, StorageError):
        return error
    kind = StorageKind.FAILED
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", None)
        if code is None and isinstance(error, sqlite3.DatabaseError):
            kind = StorageKind.CORRUPT  # raised by the module itself: undecodable text
        elif code is not None:
            kind = _BY_CODE.get(code & 0xFF, StorageKind.FAILED)
            if code == sqlite3.SQLITE_ERROR and "malformed" in str(error):
                kind = StorageKind.CORRUPT
    elif isinstance(error, OSError):
        kind = _BY_ERRNO.get(error.errno or 0, StorageKind.FAILED)
    return refusal(kind, path, error)


def renamed(error: StorageError, path: Path) -> StorageError:
    """The same error about another file: the original of a private copy."""
    return StorageError(
        error.kind, error.message.template, **{**error.message.params, "path": str(path)}
    )


def inspect(path: Path) -> Version:
    """Version of the project file at `path`, read without changing anything.

    Raises `StorageError`: missing, not ours, damaged, or written by a newer program.
    """
    try:
        if path.is_dir():
            raise refusal(StorageKind.NOT_OURS, path)
        with path.open("rb") as handle:
            head = handle.read(100)
    except OSError as error:
        raise storage_error(error, path) from error
    if not head:
        raise StorageError(StorageKind.EMPTY, SENTENCES[StorageKind.EMPTY], path=str(path))
    if len(head) < 100 or not head.startswith(MAGIC):
        raise refusal(StorageKind.NOT_OURS, path)
    if int.from_bytes(head[68:72], "big") != APPLICATION_ID:
        raise refusal(StorageKind.NOT_OURS, path)
    page = int.from_bytes(head[16:18], "big")
    whole = int.from_bytes(head[28:32], "big") * (65536 if page == 1 else page)
    if path.stat().st_size < whole:
        raise refusal(StorageKind.CORRUPT, path, "truncated")
    version = Version.unpack(int.from_bytes(head[60:64], "big"))
    if version.major > FORMAT.major:
        raise StorageError(
            StorageKind.TOO_NEW,
            N_(
                "“{path}” was written by a newer CRM Pilot (file format {theirs}; this program"
                " reads up to {ours}). Update the program; the file was not touched."
            ),
            path=str(path),
            theirs=str(version),
            ours=f"{FORMAT.major}.x",
        )
    return version


def check_integrity(connection: sqlite3.Connection, path: Path, *, thorough: bool = False) -> None:
    """Raise `StorageError` (corrupt) unless every page, reference and text is sound; `thorough`
    compares each index with its table as well."""
    try:
        look = "integrity_check" if thorough else "quick_check"
        verdict = connection.execute(f"PRAGMA {look}(1)").fetchone()[0]
        orphan = connection.execute("PRAGMA foreign_key_check").fetchone()
        for table in tables(connection):
            if not table.endswith("_fact"):  # SQLite does not check that texts are UTF-8
                for _row in connection.execute(f'SELECT * FROM "{table}"'):
                    pass
    except UnicodeDecodeError as error:  # in SQLite's own message about a damaged name
        raise refusal(StorageKind.CORRUPT, path, error) from error
    except sqlite3.Error as error:
        known = storage_error(error, path)
        damaged = known.kind in (StorageKind.FAILED, StorageKind.NOT_OURS)
        raise (refusal(StorageKind.CORRUPT, path, error) if damaged else known) from error
    if verdict != "ok" or orphan is not None:
        raise refusal(StorageKind.CORRUPT, path, verdict)


def tables(connection: sqlite3.Connection) -> list[str]:
    """Names of the project's own tables."""
    rows = connection.execute(
        "SELECT name FROM main.sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'"
        " ORDER BY name"
    )
    return [row[0] for row in rows]


def check_file(path: Path, *, thorough: bool = False) -> Version:
    """Inspect and check a project file where it lies; returns its version."""
    version = inspect(path)
    try:
        with closing(connect(path, read_only=True)) as connection:
            check_integrity(connection, path, thorough=thorough)
    except (sqlite3.Error, OSError) as error:
        raise storage_error(error, path) from error
    return version
