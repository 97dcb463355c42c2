"""What was checked in a project file, and when: kept beside the dated copies."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

from crm_pilot.records import dataclass
from crm_pilot.store import copies

RECORD = "last-check.json"


@dataclass(frozen=True)
class Check:
    """One check of a project file: every page and index, every reference, every text, the format.

    `saving` tells a check of the file written by a save from the check made on opening.
    """

    moment: dt.datetime
    good: bool
    format: str  # "1.0"; empty when the file could not be read so far
    saving: bool = True
    problem: str = ""  # what SQLite says of a file that is not sound


def record(project: Path, check: Check) -> None:
    """Write down the check; where that cannot be written, the save goes on without."""
    folder = copies.folder_for(project)
    stored = {
        "moment": check.moment.isoformat(sep=" ", timespec="seconds"),
        "good": check.good,
        "format": check.format,
        "problem": check.problem,
    }
    part = folder / (RECORD + ".part")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(stored, ensure_ascii=False), "utf-8")
        part.replace(folder / RECORD)
    except OSError:
        return


def last(project: Path) -> Check | None:
    """The check recorded at the last save of `project`, or None."""
    try:
        stored = json.loads((copies.folder_for(project) / RECORD).read_text("utf-8"))
        moment = dt.datetime.fromisoformat(stored["moment"])
        return Check(moment, bool(stored["good"]), stored["format"], problem=stored["problem"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
