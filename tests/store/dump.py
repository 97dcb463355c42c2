"""Compare whole projects: every table, every row."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from crm_pilot.project import Project

Dump = dict[str, list[tuple[Any, ...]]]


def dump(project: Project) -> Dump:
    """Every row of every table but the bookkeeping, through the project's own reader."""
    names = project.reader.select(
        "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'"
    )
    return {
        name: project.reader.select(f'SELECT * FROM "{name}" ORDER BY 1, 2')
        for (name,) in names
        if name != "working_copy" and not name.endswith("_fact")
    }


def dump_file(path: Path) -> Dump:
    """The same from a saved file, with a plain connection."""
    with closing(sqlite3.connect(path)) as connection:
        names = connection.execute(
            "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        return {
            name: connection.execute(f'SELECT * FROM "{name}" ORDER BY 1, 2').fetchall()
            for (name,) in names
            if name != "working_copy" and not name.endswith("_fact")
        }
