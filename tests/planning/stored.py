"""What MS Project itself computed, read from its XML files by nothing of the product."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

WHOLE = 0  # outline level of the line that sums up the project
FINISH_TO_START = "1"


@dataclass
class StoredTask:
    """A line of the file with its computed dates; slack in minutes."""

    uid: int
    level: int
    manual: bool
    active: bool
    external: bool
    elapsed: bool
    constraint: str
    deadline: bool
    done: bool
    start: dt.datetime | None
    finish: dt.datetime | None
    late_finish: dt.datetime | None
    slack: float | None
    critical: bool | None
    before: list[int] = field(default_factory=list)
    above: int | None = None


@dataclass
class StoredPlan:
    """Lines in the order of the file; `finish` is the last date of all."""

    tasks: list[StoredTask]
    per_path: bool
    from_finish: bool

    @property
    def finish(self) -> dt.datetime | None:
        """The last finish of active lines."""
        return max((t.finish for t in self.tasks if t.finish and t.active), default=None)


def stored(path: Path) -> StoredPlan | None:
    """The plan of a file; None for XML of another kind."""
    root = ElementTree.parse(path).getroot()
    space = root.tag.partition("}")[0] + "}" if root.tag.startswith("{") else ""
    if root.tag != f"{space}Project":
        return None

    def text(node: ElementTree.Element, tag: str) -> str | None:
        found = node.find(space + tag)
        return None if found is None else found.text

    tasks: list[StoredTask] = []
    for node in root.iterfind(f"{space}Tasks/{space}Task"):
        if text(node, "IsNull") == "1":
            continue
        slack, critical = text(node, "TotalSlack"), text(node, "Critical")
        tasks.append(
            StoredTask(
                uid=int(text(node, "UID") or 0),
                level=int(text(node, "OutlineLevel") or 1),
                manual=text(node, "Manual") == "1",
                active=text(node, "Active") != "0",
                external=text(node, "ExternalTask") == "1",
                elapsed=int(text(node, "DurationFormat") or 7) in (4, 6, 8, 10, 12, 36, 40, 42, 44),
                constraint=text(node, "ConstraintType") or "0",
                deadline=text(node, "Deadline") is not None,
                done=text(node, "ActualFinish") is not None,
                start=_moment(text(node, "Start")),
                finish=_moment(text(node, "Finish")),
                late_finish=_moment(text(node, "LateFinish")),
                slack=None if slack is None else int(slack) / 10,
                critical=None if critical is None else critical == "1",
                before=[
                    int(text(link, "PredecessorUID") or -1)
                    for link in node.iterfind(f"{space}PredecessorLink")
                ],
            )
        )
    _hang(tasks)
    per_path = text(root, "MultipleCriticalPaths") == "1"
    return StoredPlan(tasks, per_path, text(root, "ScheduleFromStart") == "0")


def _moment(text: str | None) -> dt.datetime | None:
    return None if not text else dt.datetime.fromisoformat(text)


def _hang(tasks: list[StoredTask]) -> None:
    """Say what each line lies in."""
    open_lines: list[StoredTask] = []
    for task in tasks:
        while open_lines and open_lines[-1].level >= task.level:
            open_lines.pop()
        task.above = open_lines[-1].uid if open_lines else None
        open_lines.append(task)
