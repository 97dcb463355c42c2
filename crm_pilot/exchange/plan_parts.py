"""What a plan file says and the product does not know, kept beside its lines to be written back.

A part is JSON: `format`, `extras` (XML by name, as in the document) and `told` (values of the
document that have no column). Nothing about persons is kept.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import field
from typing import Any

from crm_pilot.planning.document import DocAssignment, DocTask, PlanDocument
from crm_pilot.records import dataclass

# what MS Project computes from dates and work by itself; after an edit it would be wrong
COMPUTED = frozenset(
    """
    ACWP BCWS BCWP CV SV VAC StartVariance FinishVariance WorkVariance CostVariance RegularWork
    OverAllocated Overallocated PeakUnits PreLeveledStart PreLeveledFinish Cost RemainingCost
    Stop Resume Start Finish TimephasedData ManualStart ManualFinish ManualDuration
    """.split()  # noqa: SIM905
)
FORM = "WorkContour"
_TASK = {
    "uid": None,
    "duration_unit": "",
    "estimated": False,
    "task_type": "",
    "effort_driven": False,
    "priority": 500,
}


_OUTLINE = re.compile(r"\d+(\.\d+)*\Z")


@dataclass(frozen=True)
class Part:
    """A kept part, read again."""

    format: str = ""
    extras: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, Any] = field(default_factory=dict)


def of_task(task: DocTask, source: str) -> str:
    """The part of a task; empty when there is nothing to keep."""
    told = {
        name: getattr(task, name) for name, usual in _TASK.items() if getattr(task, name) != usual
    }
    if task.wbs and not _OUTLINE.match(task.wbs):  # one that only counts lines is made anew
        told["wbs"] = task.wbs
    return _text(source, _kept(task.extras), told)


def of_assignment(made: DocAssignment, source: str) -> str:
    """The part of an assignment, without the form of its work: here work is spread evenly."""
    extras = {name: text for name, text in _kept(made.extras).items() if name != FORM}
    told = {"delay": made.delay} if made.delay else {}
    return _text(source, extras, told) if extras or told else ""


def of_project(document: PlanDocument) -> str:
    """The part of the project itself."""
    told: dict[str, Any] = {"day_start": document.day_start, "day_finish": document.day_finish}
    told |= {"month_days": document.month_days, "critical_per_path": document.critical_per_path}
    if document.title:
        told["title"] = document.title
    extras = {
        name: text
        for name, text in document.extras.items()
        if name.rpartition("/")[2] not in COMPUTED and name not in _OF_THE_FILE
    }
    return _text(document.source, extras, told)


# about the file and who saved it, not about the plan
_OF_THE_FILE = frozenset(
    """
    Name Author Manager Company LastSaved CreationDate Revision BuildNumber GUID CurrentDate
    """.split()  # noqa: SIM905
)


def of_calendar(extras: Mapping[str, str], source: str) -> str:
    """The part of a calendar."""
    return _text(source, dict(extras), {}) if extras else ""


def _kept(extras: Mapping[str, str]) -> dict[str, str]:
    """What stays true after edits. Costs of reference plans would lose their plan."""
    return {
        name: text
        for name, text in extras.items()
        if name not in COMPUTED and not name.startswith("Baseline")
    }


def _text(source: str, extras: Mapping[str, str], told: Mapping[str, Any]) -> str:
    part = {"format": source, "extras": dict(extras), "told": dict(told)}
    return json.dumps(part, ensure_ascii=False, separators=(",", ":"))


def read(content: str) -> Part:
    """A part from the file; an empty one when it is none of ours."""
    try:
        found = json.loads(content)
        extras = {str(k): str(v) for k, v in dict(found.get("extras") or {}).items()}
        told = dict(found.get("told") or {})
        return Part(str(found.get("format") or ""), extras, told)
    except (ValueError, TypeError, AttributeError):
        return Part()
