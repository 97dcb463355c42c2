"""Older files to the present format: numbered SQL files, each in one transaction.

`migrations/0101_name.sql` leads to version 1.1 (two digits major, two digits minor). They import
nothing from the models: what an old file looked like is frozen in them.
"""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

from crm_pilot.records import dataclass
from crm_pilot.store.sqlite import FORMAT, Version

FOLDER = Path(__file__).parent / "migrations"


@dataclass(frozen=True)
class Migration:
    """One step of the format."""

    target: Version
    path: Path

    def statements(self) -> list[str]:
        """Its statements, split where SQLite says one is complete."""
        found, pending = [], ""
        for line in self.path.read_text("utf-8").splitlines(keepends=True):
            if not pending and (not line.strip() or line.lstrip().startswith("--")):
                continue
            pending += line
            if sqlite3.complete_statement(pending):
                found.append(pending.strip())
                pending = ""
        if pending.strip():
            raise ValueError(f"{self.path.name}: last statement is not complete")
        return found


def migrations() -> list[Migration]:
    """All migrations in order."""
    found = []
    for path in FOLDER.glob("*.sql"):
        match = re.match(r"(\d\d)(\d\d)_", path.name)
        if match:
            found.append(Migration(Version(int(match[1]), int(match[2])), path))
    return sorted(found, key=lambda migration: migration.target)


def migrate(connection: sqlite3.Connection, version: Version) -> None:
    """Bring a working copy of an older `version` to `FORMAT`; does nothing for others."""
    if version >= FORMAT:
        return
    connection.execute("PRAGMA foreign_keys=OFF")
    try:
        connection.execute("BEGIN IMMEDIATE")
        for migration in migrations():
            if version < migration.target <= FORMAT:
                for statement in migration.statements():
                    connection.execute(statement)
        connection.execute(f"PRAGMA user_version={FORMAT.packed}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA foreign_keys=ON")
