"""Plan files of the corpus compared with what MPXJ read from them (EXPECTED_mpxj.json).

Left out of the comparison: the line that sums up the project (MS Project's task 0, which is the
document itself here), the outline number (MPXJ gives the level), days as MPXJ counts them from
480 minutes whatever the file says, and what its reader is known to leave out (see the callers).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crm_pilot.planning.document import DocTask, PlanDocument

KINDS = {
    "AS_SOON_AS_POSSIBLE": "asap",
    "START_NO_EARLIER_THAN": "snet",
    None: "asap",
}
HOURS = {"m": 1, "h": 60, "em": 1, "eh": 60, "ed": 1440, "ew": 10080, "emo": 43200}


@dataclass
class Compared:
    """How one file went."""

    name: str
    values: int = 0  # compared
    differences: list[str] = field(default_factory=list)

    def same(self, what: str, ours: object, theirs: object) -> None:
        """Compare two values."""
        self.values += 1
        if ours != theirs:
            self.differences.append(f"{what}: {ours!r}, not {theirs!r}")

    def near(self, what: str, ours: int | None, theirs: float | None) -> None:
        """Compare two numbers of minutes; ours are whole."""
        self.values += 1
        same = ours is theirs if ours is None or theirs is None else abs(ours - theirs) <= 0.5
        if not same:
            self.differences.append(f"{what}: {ours!r}, not {theirs!r}")


def expected(folder: Path) -> dict[str, Any]:
    """What MPXJ read, by file."""
    return dict(json.loads((folder / "EXPECTED_mpxj.json").read_text(encoding="utf-8")))


def minutes(text: str | None, document: PlanDocument) -> float | None:
    """A duration of MPXJ in minutes of the document's days, weeks and months."""
    if text is None:
        return None
    found = re.fullmatch(r"(-?[\d.]+)(\w+)", text)
    assert found, text
    day = document.day_minutes
    units = {**HOURS, "d": day, "w": document.week_minutes, "mo": day * document.month_days}
    return float(found[1]) * units[found[2]]


def stamp(value: dt.datetime | None, *, dates: bool) -> str | None:
    """A moment as MPXJ gave it."""
    if value is None:
        return None
    return value.date().isoformat() if dates else value.isoformat()[:16]


def compare(
    name: str,
    document: PlanDocument,
    wanted: dict[str, Any],
    *,
    dates: bool = False,  # the format knows whole days only
    shift: int = 0,  # between MPXJ's numbers and ours
    links: bool = True,
) -> Compared:
    """Compare a document with what MPXJ read."""
    done = Compared(name)
    cut = 10 if dates else 16
    lines = [t for t in wanted["tasks"] if not (t["outline"] == "0" and t["uid"] == "0")]
    done.same("start", stamp(document.start, dates=dates), wanted["start"][:cut])
    done.same("finish", stamp(document.finish, dates=dates), wanted["finish"][:cut])
    done.same("assignments", len(document.assignments), wanted["assignments"])
    done.same("resources", [r.name or None for r in document.resources], wanted["resources"])
    done.same("tasks", len(document.tasks), len(lines))
    parents = {task.parent for task in document.tasks}
    level: dict[int, int] = {}
    for task, line in zip(document.tasks, lines, strict=False):
        level[task.uid] = 1 + (level[task.parent] if task.parent is not None else 0)
        where = f"task {line['uid']}"
        done.same(f"{where} number", task.uid, int(line["uid"]) + shift)
        done.same(f"{where} name", task.name or None, line["name"] and line["name"].strip())
        done.same(f"{where} level", str(level[task.uid]), line["outline"])
        done.same(f"{where} summary", task.uid in parents, line["summary"])
        done.same(f"{where} milestone", task.milestone, line["milestone"])
        done.same(f"{where} percent", str(task.percent), line["pct"])
        for what, ours in (("start", task.start), ("finish", task.finish)):
            theirs = line[what] and line[what][:cut]
            done.same(f"{where} {what}", stamp(ours, dates=dates), theirs)
        done.near(f"{where} duration", task.duration, minutes(line["duration"], document))
        if links:
            done.same(f"{where} links", _links(document, task), _wanted(line, document, shift))
        if document.source == "mspdi":
            _compare_timing(done, where, task, line, document)
    return done


def _compare_timing(
    done: Compared, where: str, task: DocTask, line: dict[str, Any], document: PlanDocument
) -> None:
    done.same(f"{where} wbs", task.wbs, line["wbs"])
    done.same(f"{where} critical", task.stored.critical, line["critical"])
    done.same(f"{where} constraint", str(task.constraint), KINDS[line["constraint"]])
    done.near(f"{where} slack", task.stored.total_slack, minutes(line["slack"], document))


def _links(document: PlanDocument, task: DocTask) -> list[tuple[int, str, float]]:
    found = [link for link in document.links if link.after == task.uid]
    return sorted((link.before, str(link.kind).upper(), float(link.lag)) for link in found)


def _wanted(
    line: dict[str, Any], document: PlanDocument, shift: int
) -> list[tuple[int, str, float]]:
    found = [
        (int(uid) + shift, kind, minutes(lag, document) or 0.0) for uid, kind, lag in line["preds"]
    ]
    return sorted(found)


def table(title: str, files: list[Compared]) -> str:
    """Agreement of a folder, for the end of the run."""
    total = sum(f.values for f in files)
    wrong = sum(len(f.differences) for f in files)
    lines = [f"{title}: {total - wrong} of {total} values as MPXJ, {len(files)} files"]
    lines += [f"  {f.name[:48]:48} {f.values:6} {len(f.differences):4}" for f in files]
    lines += [f"  {f.name[:40]}: {d}" for f in files for d in f.differences[:5]]
    return "\n".join(lines)
