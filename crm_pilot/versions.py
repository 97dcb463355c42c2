"""The versions of a project file one can go back to: the file, its dated copies, second versions.

Each can be examined (is it sound, what did it change?) and restored as a new file; nothing here
ever writes over a file.
"""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from crm_pilot import formats
from crm_pilot.checked import check_sentence
from crm_pilot.differences import sentences
from crm_pilot.errors import StorageError
from crm_pilot.i18n import Message
from crm_pilot.records import dataclass
from crm_pilot.store import checks, conflicts, copies, outside, places, saving, sqlite
from crm_pilot.store.checks import Check
from crm_pilot.store.conflicts import Naming
from crm_pilot.store.differences import borrowed, compare
from crm_pilot.store.outside import Elsewhere, KnownFile
from crm_pilot.store.places import Place

__all__ = [
    "Check",
    "Elsewhere",
    "Finding",
    "KnownFile",
    "Place",
    "Version",
    "VersionKind",
    "before",
    "changes_elsewhere",
    "check_sentence",
    "examine",
    "keep_base",
    "last_check",
    "look",
    "newest_second",
    "place_of",
    "restore",
    "restored_name",
    "second_versions",
    "versions_of",
]

keep_base, look, last_check = outside.keep_base, outside.look, checks.last


class VersionKind(StrEnum):
    """What a version is."""

    FILE = "file"  # as it lies now
    SECOND = "second"  # beside it, made by a sync service
    COPY = "copy"  # dated, in the person's data folder


@dataclass(frozen=True)
class Version:
    """One version of a project. `saved` is when it was written, local time."""

    kind: VersionKind
    path: Path
    saved: dt.datetime
    bytes: int
    naming: Naming | None = None  # of a second version


@dataclass(frozen=True)
class Finding:
    """What a look at a version found. `changes` is None where it cannot be told."""

    good: bool
    problem: Message | None = None
    changes: tuple[Message, ...] | None = None
    first: bool = False  # there is nothing older to compare with


def place_of(path: Path) -> Place | None:
    """The synced or shared place `path` lives in. For any thread."""
    return places.place_of(os.path.realpath(path), places.surroundings())


def versions_of(project: Path) -> list[Version]:
    """The file, second versions beside it, then dated copies, newest first. For any thread."""
    found = []
    if (file := _version(VersionKind.FILE, project)) is not None:
        found.append(file)
    found += second_versions(project)
    found += [
        Version(VersionKind.COPY, copy.path, copy.saved, copy.bytes)
        for copy in copies.list_copies(project)
    ]
    return found


def second_versions(project: Path) -> list[Version]:
    """Versions that a sync service put beside the file."""
    beside = conflicts.second_versions(project)
    made = (_version(VersionKind.SECOND, one.path, one.naming) for one in beside)
    return [one for one in made if one is not None]


def newest_second(project: Path) -> tuple[Version, Finding] | None:
    """The newest second version beside the file, and what it changes against the file."""
    file = _version(VersionKind.FILE, project)
    found = max(second_versions(project), key=lambda one: one.saved, default=None)
    if found is None:
        return None
    return found, examine(found, [file] if file is not None else [])


def _version(kind: VersionKind, path: Path, naming: Naming | None = None) -> Version | None:
    try:
        stat = path.stat()
    except OSError:
        return None
    saved = dt.datetime.fromtimestamp(stat.st_mtime).replace(microsecond=0)
    return Version(kind, path, saved, stat.st_size, naming)


def before(version: Version, versions: Sequence[Version]) -> list[Version]:
    """What a version is compared with, the best first: a second version with the file, all
    others with older dated copies."""
    if version.kind is VersionKind.SECOND:
        return [one for one in versions if one.kind is VersionKind.FILE]
    place = versions.index(version)
    return [one for one in versions[place + 1 :] if one.kind is VersionKind.COPY]


def examine(version: Version, older: Sequence[Version]) -> Finding:
    """Check a version whole and tell what it changed against the first sound one of `older`.

    For any thread; the files are copied first where others may replace them meanwhile.
    """
    try:
        with borrowed(version.path) as copy:
            sqlite.check_file(copy, thorough=True)
            for base in older:
                with suppress(StorageError, sqlite3.Error, OSError):
                    return Finding(True, changes=_changes(base.path, copy))
    except StorageError as error:
        return Finding(False, sqlite.renamed(error, version.path).message)
    except (OSError, sqlite3.Error) as error:
        return Finding(False, sqlite.storage_error(error, version.path).message)
    return Finding(True, first=not older)


def _changes(old: Path, new: Path) -> tuple[Message, ...]:
    with borrowed(old) as copy:
        sqlite.check_file(copy)  # a damaged one can be read in parts, and would tell nonsense
        return tuple(sentences(compare(copy, new)))


def changes_elsewhere(found: Elsewhere) -> list[Message] | None:
    """What the other version changed, as sentences; None when it cannot be told."""
    return None if found.changes is None else sentences(found.changes)


def restored_name(project: Path, saved: dt.datetime, language: str) -> Path:
    """A free name beside the original: `Rollout (12 Nov 14h02).crmp`."""
    day = formats.day(saved.date(), language).replace(formats.NO_BREAK, " ").replace("ᵉʳ", "er")
    stem = f"{project.stem} ({day.rstrip('.')} {saved:%Hh%M})"
    made = project.with_name(stem + project.suffix)
    number = 1
    while made.exists():
        number += 1
        made = project.with_name(f"{stem} {number}{project.suffix}")
    return made


def restore(version: Path, target: Path) -> Path:
    """Copy a sound version to the new file `target`, which must not exist; returns it.

    Raises `StorageError`: the version is damaged, the name is taken, or it cannot be written.
    """
    target = target.absolute()
    with borrowed(version) as copy:
        try:
            sqlite.check_file(copy, thorough=True)
        except StorageError as error:
            raise sqlite.renamed(error, version) from error
        try:
            with target.open("xb") as new:  # refuses a file that is there, at the very moment
                try:
                    with copy.open("rb") as old:
                        shutil.copyfileobj(old, new, 1 << 20)
                    new.flush()
                    os.fsync(new.fileno())
                except OSError:
                    new.close()
                    target.unlink(missing_ok=True)
                    raise
        except FileExistsError as error:
            raise saving.taken(target) from error
        except OSError as error:
            raise sqlite.storage_error(error, target) from error
    return target
