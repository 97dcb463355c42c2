"""Second versions beside a project: the copies that sync services make of a file changed twice.

Each service names them in its own way; a plain "name (1)" or "name-PC" counts only when it holds
the same project.
"""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from crm_pilot.errors import StorageError
from crm_pilot.records import dataclass
from crm_pilot.store import sqlite

# what follows the name of the original, before the extension
_SURE = (
    # Dropbox, Box, Nextcloud: (conflicted copy 2026-11-21), (Marie's conflicted copy 2026-11-21 2)
    (r" \((?P<who>.*?)(?:['’]s )?conflicted copy(?: .*)?\)(?: \(\d+\))?", ""),
    (r" \(copie en conflit(?: de (?P<who>.*?))?(?: \d{4}-\d\d-\d\d.*)?\)(?: \(\d+\))?", "Dropbox"),
    (r" \((?P<who>.*?) ?- ?copie en conflit(?: .*)?\)", "Dropbox"),
    (r" \(case conflict(?: \d+)?\)", "Dropbox"),
    (r"_conflict-(?P<who>)\d{8}-\d{6}", "Nextcloud"),
    (r"\.sync-conflict-\d{8}-\d{6}-(?P<who>[A-Z0-9]{7})", "Syncthing"),
    (r" \(SFConflict (?P<who>\S+) [\d-]+\)", "Seafile"),
    (r"\.Conflict(?:-\d+)?", "Resilio Sync"),
    (r" ?\[(?:conflict|conflit)[^\]]*\]", "Google Drive"),
)
_PERHAPS = (
    (r"-(?P<who>[A-Za-z0-9][A-Za-z0-9_-]{1,30})", "OneDrive"),  # the other computer's name
    (r" \(\d{1,2}\)", ""),
    (r" \d{1,2}", "iCloud"),
)
SURE = tuple((re.compile(pattern, re.I), service) for pattern, service in _SURE)
PERHAPS = tuple((re.compile(pattern, re.I), service) for pattern, service in _PERHAPS)


@dataclass(frozen=True)
class Naming:
    """What the name of a second version says."""

    service: str  # empty: several name theirs so
    who: str = ""  # person or computer
    sure: bool = True  # False: it must hold the same project to count


@dataclass(frozen=True)
class SecondVersion:
    """A second version of a project beside it."""

    path: Path
    naming: Naming


def naming(name: str, original: str) -> Naming | None:
    """What `name` says if a service made it from `original` (both with extension), or None."""
    stem, dot, extension = original.rpartition(".")
    if not dot or not name.casefold().startswith(stem.casefold()):
        return None
    rest, end = name[len(stem) :], f".{extension}".casefold()
    if not rest.casefold().endswith(end) or len(rest) == len(end):
        return None
    middle = rest[: -len(end)]
    for patterns, sure in ((SURE, True), (PERHAPS, False)):
        for pattern, service in patterns:
            if match := pattern.fullmatch(middle):
                who = match.groupdict().get("who") or ""
                return Naming(service, who.strip(), sure)
    return None


def second_versions(project: Path) -> list[SecondVersion]:
    """Second versions of `project` in its folder, also when `project` is itself the second.

    For any thread: a folder on a network may take its time.
    """
    found = []
    card = None
    with suppress(OSError):
        for other in sorted(project.parent.glob(f"*{project.suffix}")):
            if other.name == project.name or other.name.startswith("."):
                continue
            says = naming(other.name, project.name) or naming(project.name, other.name)
            if says is None:
                continue
            if not says.sure:
                card = card or _card(project)
                if card is None or _card(other) != card:
                    continue
            found.append(SecondVersion(other, says))
    return found


def _card(path: Path) -> tuple[object, ...] | None:
    """What tells projects apart: name, company, start."""
    with suppress(sqlite3.Error, StorageError):
        sqlite.inspect(path)
        with closing(sqlite.connect(path, read_only=True)) as connection:
            sql = "SELECT name, company, starts_on FROM project"
            row: tuple[object, ...] | None = connection.execute(sql).fetchone()
            return row
    return None
