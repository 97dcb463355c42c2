"""Files that MS Project wrote: imported, scheduled anew from their inputs, and compared with what
MS Project had computed: start, finish, total slack and critical of every automatic task.

What cannot be compared is counted by reason, and the table of all files is printed at the end of
the run.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from crm_pilot.errors import UserError
from crm_pilot.exchange.mspdi import read_mspdi
from crm_pilot.planning.engine.activity import Timing
from crm_pilot.planning.engine.schedule import Schedule
from crm_pilot.planning.engine.worktime import ALWAYS, moment, of_datetime
from crm_pilot.planning.from_document import schedule_of
from tests.planning.stored import StoredPlan, StoredTask, stored

FOLDER = "mpxj-mspdi"
ENOUGH = 0.98
MINUTE = dt.timedelta(minutes=1)  # the product counts in minutes, MS Project in tenths of them
FLEXIBLE = ("0", "4", "6")  # as soon as possible, not earlier than: nothing holds the late side

NOT_COMPARED = {
    "manual": "dates are given by the person, MS Project computes none",
    "inactive": "MS Project leaves the dates as they were when the task was switched off",
    "external": "a copy of a task of another file",
    "no dates": "no start or finish is stored",
}
NOT_IN_FULL = {
    "no slack stored": "the file holds neither early and late dates nor slack, its critical flag is"
    " false for every task: start and finish alone are compared",
    "stale": "the stored late finish contradicts the file: nothing waits for the task, nothing"
    " holds it, and yet it is not the stored finish of the project, as its siblings' is (the late"
    " side is older than the plan): start and finish alone are compared",
}


@dataclass
class Outcome:
    """What was found in one file."""

    file: str
    compared: int = 0
    agreeing: int = 0
    in_full: int = 0  # of those compared: on all four fields
    left_out: Counter[str] = field(default_factory=Counter)
    differing: list[str] = field(default_factory=list)
    refused: str = ""

    def line(self, peer: str) -> str:
        """A row of the table."""
        if self.refused:
            return f"  {self.file[:46]:46} refused: {self.refused[:70]}"
        reasons = ", ".join(f"{count} {reason}" for reason, count in self.left_out.items())
        return (
            f"  {self.file[:46]:46} {self.compared:4} {self.agreeing:4} {self.in_full:4}"
            f"  {peer:>9}  {reasons}"
        )


def test_agreement_with_ms_project(
    corpus: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = corpus / FOLDER
    outcomes = [compare(path) for path in sorted(folder.glob("*.xml"))]
    expected = json.loads((folder / "EXPECTED_mpxj.json").read_text(encoding="utf-8"))
    record_property("printed", table(outcomes, expected))
    plans = [one for one in outcomes if not one.refused]
    compared = sum(one.compared for one in plans)
    agreeing = sum(one.agreeing for one in plans)
    whole = [one for one in plans if one.compared == one.agreeing]
    assert compared > 700
    assert agreeing / compared >= ENOUGH, [line for one in plans for line in one.differing]
    assert len(whole) / len(plans) >= ENOUGH
    assert {one.file for one in outcomes if one.refused} == {
        name for name, facts in expected.items() if facts.get("type") != "MSPDI"
    }


def compare(path: Path) -> Outcome:
    """Schedule one file and compare every automatic task."""
    outcome = Outcome(path.name)
    facts = stored(path)
    try:
        plan = schedule_of(read_mspdi(path))
    except UserError as error:
        outcome.refused = str(error)
        return outcome
    assert facts is not None
    late = late_sides(facts, plan)
    for task in facts.tasks:
        reason = left_out(task)
        if reason:
            outcome.left_out[reason] += 1
            continue
        partly = late.get(task.uid)
        if partly:
            outcome.left_out[partly] += 1
        else:
            outcome.in_full += 1
        timing = plan.whole() if task.level == 0 else plan.timing(task.uid)
        differences = list(differing(task, timing, late=partly is None))
        outcome.compared += 1
        outcome.agreeing += not differences
        outcome.differing += [f"{path.name} {task.uid}: {one}" for one in differences]
    return outcome


def left_out(task: StoredTask) -> str:
    """Why a task cannot be compared at all; nothing when it can."""
    if task.manual:
        return "manual"
    if task.external:
        return "external"
    if not task.active:
        return "inactive"
    return "no dates" if task.start is None or task.finish is None else ""


def differing(task: StoredTask, timing: Timing, *, late: bool) -> Iterator[str]:
    """Fields of a task that are not what MS Project stored."""
    for name, found, wanted in (
        ("start", timing.start, task.start),
        ("finish", timing.finish, task.finish),
    ):
        assert wanted is not None
        if abs(moment(found) - wanted) > MINUTE:
            yield f"{name} {moment(found)}, stored {wanted}"
    if not late:
        return
    assert task.slack is not None
    if abs(timing.total_slack - task.slack) > 1:
        yield f"slack {timing.total_slack}, stored {task.slack}"
    if timing.critical != task.critical:
        yield f"critical {timing.critical}, stored {task.critical}"


def late_sides(facts: StoredPlan, plan: Schedule) -> dict[int, str]:
    """Tasks whose stored slack and critical flag say nothing, with the reason."""
    if not any(task.slack is not None for task in facts.tasks):
        return {task.uid: "no slack stored" for task in facts.tasks}
    found = {task.uid: "stale" for task in facts.tasks if contradicts(task, facts, plan)}
    while True:  # the late dates of what stale tasks wait for follow from theirs
        follow = {
            before
            for task in facts.tasks
            if task.uid in found
            for before in task.before
            if before not in found
        }
        if not follow:
            return found
        found |= dict.fromkeys(follow, "stale")


def contradicts(task: StoredTask, facts: StoredPlan, plan: Schedule) -> bool:
    """Whether the stored late finish of a task cannot follow from the rest of the file."""
    if facts.per_path or facts.from_finish or task.level == 0 or left_out(task):
        return False
    if task.done or task.deadline or task.constraint not in FLEXIBLE:
        return False
    by_uid = {one.uid: one for one in facts.tasks}
    waited_for = {before for one in facts.tasks for before in one.before}
    line: StoredTask | None = task
    while line is not None:
        held = line.level > 0 and (line.deadline or line.constraint not in FLEXIBLE)
        if line.uid in waited_for or held:
            return False
        line = by_uid.get(line.above) if line.above is not None else None
    if any(one.above == task.uid for one in facts.tasks):
        return False
    finish = facts.finish
    if finish is None or task.late_finish is None:
        return task.late_finish is None
    calendar = ALWAYS if task.elapsed else plan.calendar
    return abs(calendar.between(of_datetime(task.late_finish), of_datetime(finish))) > 1


def table(outcomes: list[Outcome], expected: dict[str, dict]) -> str:
    """All files, shares, and what was left out and why."""
    plans = [one for one in outcomes if not one.refused]
    compared, agreeing = sum(o.compared for o in plans), sum(o.agreeing for o in plans)
    in_full = sum(o.in_full for o in plans)
    whole = sum(o.compared == o.agreeing for o in plans)
    stale = sum(one.left_out["stale"] for one in plans)
    lines = [
        "agreement with MS Project (start, finish, total slack, critical of automatic tasks)",
        f"  {'file':46} {'cmp':>4} {'same':>4} {'full':>4}  {'MPXJ':>9}  not compared (in full)",
    ]
    for one in outcomes:
        facts = expected.get(one.file, {})
        peer = f"{facts['resched_same']}/{facts['resched_of']}" if "resched_of" in facts else "-"
        lines.append(one.line(peer))
    lines += [
        f"  tasks: {agreeing} of {compared} agree ({agreeing / max(compared, 1):.1%}), {in_full} of"
        f" them compared on all four fields; files: {whole} of {len(plans)} agree in everything",
        f"  with the stale slack counted as wrong: {agreeing - stale} of {compared}"
        f" ({(agreeing - stale) / max(compared, 1):.1%})",
        "  full: compared on all four fields; MPXJ: tasks whose start and finish MPXJ 16.10"
        " reproduces, manual ones included",
    ]
    reasons = sum((one.left_out for one in plans), Counter())
    for reason, why in (NOT_COMPARED | NOT_IN_FULL).items():
        if reasons[reason]:
            lines.append(f"  {reasons[reason]} {reason}: {why}")
    rules = Counter(one.split(": ", 1)[1].split(" ", 1)[0] for o in plans for one in o.differing)
    lines += [f"  {count} differ in {rule}" for rule, count in rules.items()]
    lines += [f"  differs: {one}" for o in plans for one in o.differing]
    return "\n".join(lines)


@pytest.mark.parametrize("name", ["mspdirelations.xml", "mspdisplittask.xml", "mspdiduration.xml"])
def test_nothing_computed_by_ms_project_is_used(corpus: Path, name: str, tmp_path: Path) -> None:
    """The schedule is the same when every computed date of automatic tasks is taken away."""
    path = corpus / FOLDER / name
    text = path.read_text(encoding="utf-8-sig")
    head, tasks, rest = text.partition("<Tasks>")
    tasks, end, rest = rest.partition("</Tasks>")
    for tag in ("Start", "Finish", "EarlyStart", "EarlyFinish", "LateStart", "LateFinish"):
        tasks = re.sub(rf"<{tag}>[^<]*</{tag}>", "", tasks)
    for tag in ("TotalSlack", "FreeSlack", "Critical", "Stop", "Resume"):
        tasks = re.sub(rf"<{tag}>[^<]*</{tag}>", "", tasks)
    bare = tmp_path / name
    bare.write_text(head + "<Tasks>" + tasks + end + rest, encoding="utf-8")
    one, other = schedule_of(read_mspdi(path)), schedule_of(read_mspdi(bare))
    assert dict(one.timings()) == dict(other.timings())
    assert one.keys()
