"""Tasks and links of MS Project XML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field, replace
from operator import attrgetter

from crm_pilot.exchange import mspdi_values as values
from crm_pilot.exchange.mspdi_defaults import TASK, WHOLE
from crm_pilot.exchange.plan import Problems
from crm_pilot.exchange.plan_fields import Fields
from crm_pilot.exchange.plan_xml import Node, markup
from crm_pilot.i18n import msg
from crm_pilot.planning.document import DocBaseline, DocLink, DocTask, StoredTiming
from crm_pilot.planning.terms import ConstraintKind, LagUnit
from crm_pilot.records import dataclass

_REBUILT = ("ID", "IsNull", "OutlineNumber", "OutlineLevel", "Summary", "Baseline")
_BASELINE = ("Number", "Start", "Finish", "Duration", "Work")
NO_CALENDAR = -1


@dataclass
class ReadLink:
    """A link as the line that waits tells it."""

    before: int
    node: Node
    link: DocLink


@dataclass
class ReadTask:
    """A line of the file with what places it in the outline."""

    task: DocTask
    row: int | None  # ID
    level: int
    line: int
    blank: bool
    links: list[ReadLink] = field(default_factory=list)
    raw: dict[str, str] = field(default_factory=dict)  # of the line that sums up the project


def read_task(node: Node, problems: Problems) -> ReadTask:
    """One task with its links."""
    fields = Fields(node, problems)
    row = fields.known("ID")
    uid = fields.known("UID")
    if uid is None:
        uid = row if row is not None else -1
        if row is None:
            problems.error(node.line, "UID", "", msg("this task has no number."))
    level = _level(fields)
    blank = fields.flag("IsNull")
    if level == 0:  # the line that sums up the project
        return _whole(fields, uid, row)
    unit, elapsed = values.unit_of(fields.whole("DurationFormat", values.NO_UNIT))
    fields.used(*_REBUILT, "PredecessorLink")
    links = [_link(link, uid, problems) for link in node.every("PredecessorLink")]
    percent = fields.whole("PercentComplete")
    constraint = fields.whole("ConstraintType")
    kind = fields.known("Type")
    task = DocTask(
        uid=uid,
        name=fields.name("Name"),
        milestone=fields.flag("Milestone"),
        start=fields.moment("Start"),
        finish=fields.moment("Finish"),
        duration=fields.duration("Duration"),
        elapsed=elapsed,
        duration_unit=unit,
        estimated=fields.flag("Estimated"),
        percent=min(100, max(0, percent)),
        percent_work=fields.known("PercentWorkComplete"),
        actual_start=fields.moment("ActualStart"),
        actual_finish=fields.moment("ActualFinish"),
        actual_duration=fields.duration("ActualDuration"),
        remaining_duration=fields.duration("RemainingDuration"),
        stop=fields.moment("Stop"),
        resume=fields.moment("Resume"),
        work=fields.duration("Work"),
        actual_work=fields.duration("ActualWork"),
        remaining_work=fields.duration("RemainingWork"),
        constraint=_choice(fields, "ConstraintType", constraint, values.CONSTRAINTS),
        constraint_at=fields.moment("ConstraintDate"),
        deadline=fields.moment("Deadline"),
        calendar=_calendar(fields),
        ignores_resource_calendars=fields.flag("IgnoreResourceCalendar"),
        manual=fields.flag("Manual"),
        active=fields.flag("Active", otherwise=True),
        external=fields.flag("ExternalTask"),
        task_type=values.TASK_TYPES[kind] if kind is not None and 0 <= kind < 3 else "",
        effort_driven=fields.flag("EffortDriven"),
        level_delay=fields.tenths("LevelingDelay") or 0,
        priority=fields.whole("Priority", 500),
        note=fields.text("Notes"),
        wbs=fields.name("WBS"),
        baselines=_baselines(node, problems),
        stored=_stored(fields),
    )
    _use_repeated(fields)
    extras = fields.extras(values.SPACE, TASK) | _kept_of_baselines(node)
    foreign = [link.node for link in links if link.node.value("CrossProject") in ("1", "true")]
    if foreign:
        extras["PredecessorLink"] = "".join(markup(link, values.SPACE) for link in foreign)
        links = [link for link in links if link.node not in foreign]
    return ReadTask(replace(task, extras=extras), row, level, node.line, blank, links)


def _use_repeated(fields: Fields) -> None:
    """Leave out what only says once more where a task lies."""
    for tag, other in values.REPEATED.items():
        if fields.node.value(tag) == fields.node.value(other):
            fields.used(tag)


def _level(fields: Fields) -> int:
    level = fields.known("OutlineLevel")
    if level is not None:
        return max(0, level)
    number = fields.name("OutlineNumber")
    if number:
        return 0 if number == "0" else number.count(".") + 1
    return 1


def _whole(fields: Fields, uid: int, row: int | None) -> ReadTask:
    task = DocTask(
        uid=uid,
        name=fields.name("Name"),
        start=fields.moment("Start"),
        finish=fields.moment("Finish"),
    )
    fields.used("UID", "ID", "Summary")
    _use_repeated(fields)
    raw = fields.extras(values.SPACE, WHOLE)
    return ReadTask(task, row, 0, fields.node.line, blank=False, raw=raw)


def _choice(
    fields: Fields, tag: str, number: int, choices: Sequence[ConstraintKind]
) -> ConstraintKind:
    if 0 <= number < len(choices):
        return choices[number]
    fields.wrong(tag, str(number))
    return choices[0]


def _calendar(fields: Fields) -> int | None:
    number = fields.whole("CalendarUID", NO_CALENDAR)
    return number if number != NO_CALENDAR else None


def _stored(fields: Fields) -> StoredTiming:
    critical = fields.name("Critical")
    return StoredTiming(
        early_start=fields.moment("EarlyStart"),
        early_finish=fields.moment("EarlyFinish"),
        late_start=fields.moment("LateStart"),
        late_finish=fields.moment("LateFinish"),
        start_slack=fields.tenths("StartSlack"),
        finish_slack=fields.tenths("FinishSlack"),
        total_slack=fields.tenths("TotalSlack"),
        free_slack=fields.tenths("FreeSlack"),
        critical=fields.flag("Critical") if critical else None,
    )


def _baselines(node: Node, problems: Problems) -> tuple[DocBaseline, ...]:
    found = []
    for child in node.every("Baseline"):
        fields = Fields(child, problems)
        found.append(
            DocBaseline(
                number=fields.whole("Number"),
                start=fields.moment("Start"),
                finish=fields.moment("Finish"),
                duration=fields.duration("Duration"),
                work=fields.duration("Work"),
            )
        )
    return tuple(found)


def _kept_of_baselines(node: Node) -> dict[str, str]:
    """What a baseline holds beside dates and durations: costs, the unit shown."""
    kept = {}
    for child in node.every("Baseline"):
        rest = [part for part in child.children if part.tag not in _BASELINE]
        if rest:
            text = "".join(markup(part, values.SPACE) for part in rest)
            kept[f"Baseline/{child.value('Number') or 0}"] = text
    return kept


# links and outline ---------------------------------------------------------------------------


def _link(node: Node, after: int, problems: Problems) -> ReadLink:
    fields = Fields(node, problems)
    before = fields.whole("PredecessorUID", -1)
    kind = fields.whole("Type", 1)
    if not 0 <= kind < len(values.LINKS):
        fields.wrong("Type", str(kind))
        kind = 1
    unit = values.lag_unit(fields.whole("LagFormat", 7))
    percent = unit in (LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT)
    lag = fields.whole("LinkLag") if percent else fields.tenths("LinkLag") or 0
    return ReadLink(before, node, DocLink(before, after, values.LINKS[kind], lag, unit))


def link_up(lines: Sequence[ReadTask], uids: set[int]) -> tuple[tuple[DocLink, ...], list[str]]:
    """The links between tasks of the file, and those that lead nowhere, in words of the file."""
    found: dict[tuple[int, int], DocLink] = {}
    lost: list[str] = []
    for line in lines:
        for read in line.links:
            link = read.link
            if link.before not in uids:
                lost.append(f"Task {link.after}: PredecessorLink {link.before}")
            elif (link.before, link.after) in found:
                lost.append(f"Task {link.after}: PredecessorLink {link.before} × 2")
            else:
                found[link.before, link.after] = link
    return tuple(found.values()), lost


def outline(read: Sequence[ReadTask], problems: Problems) -> tuple[ReadTask | None, list[ReadTask]]:
    """The line that sums up the project, and all others in order with their parents."""
    lines = [line for line in read if not line.blank]
    if all(line.row is not None for line in lines):
        lines.sort(key=attrgetter("row"))
    whole = next((line for line in lines if line.level == 0), None)
    above: list[tuple[int, int]] = []  # (level, uid)
    seen: set[int] = set()
    placed = []
    for line in lines:
        if line is whole:
            continue
        if line.task.uid in seen:
            problems.error(
                line.line, "UID", str(line.task.uid), msg("two tasks have the same number.")
            )
            continue
        seen.add(line.task.uid)
        while above and above[-1][0] >= max(1, line.level):
            above.pop()
        if above:
            line.task = replace(line.task, parent=above[-1][1])
        above.append((max(1, line.level), line.task.uid))
        placed.append(line)
    return whole, placed
