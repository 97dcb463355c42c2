"""Resources and assignments of MS Project XML, with the stretches of split tasks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from crm_pilot.exchange import mspdi_values as values
from crm_pilot.exchange.mspdi_defaults import ASSIGNMENT, RESOURCE
from crm_pilot.exchange.plan import Problems
from crm_pilot.exchange.plan_days import Days
from crm_pilot.exchange.plan_fields import Fields
from crm_pilot.exchange.plan_xml import Node
from crm_pilot.planning.document import DocAssignment, DocResource

NOBODY = -65535
REMAINING, DONE = "1", "2"  # types of timephased data: work to do and work done
Segments = tuple[tuple[dt.datetime, dt.datetime], ...]


def read_resource(node: Node, problems: Problems) -> DocResource:
    """One resource."""
    fields = Fields(node, problems)
    kind = fields.whole("Type", 1)
    cost = fields.flag("IsCostResource")
    calendar = fields.known("CalendarUID")
    return DocResource(
        uid=fields.whole("UID"),
        name=fields.name("Name"),
        email=fields.name("EmailAddress"),
        kind="cost" if cost or kind == 2 else values.RESOURCES[kind if kind in (0, 1) else 1],
        units=fields.number("MaxUnits", 1.0),
        calendar=calendar,
        note=fields.text("Notes"),
        extras=_of_resource(fields),
    )


def _of_resource(fields: Fields) -> dict[str, str]:
    fields.used("ID", "IsNull")
    return fields.extras(values.SPACE, RESOURCE)


def read_assignment(node: Node, problems: Problems) -> DocAssignment | None:
    """One assignment; None when it names no task."""
    fields = Fields(node, problems)
    task = fields.known("TaskUID")
    resource = fields.whole("ResourceUID", NOBODY)
    if task is None:
        return None
    uid, segments = fields.whole("UID"), _segments(node, problems)
    made = DocAssignment(
        uid=uid,
        task=task,
        resource=resource if resource != NOBODY else None,
        units=fields.number("Units", 1.0),
        work=fields.duration("Work"),
        actual_work=fields.duration("ActualWork"),
        remaining_work=fields.duration("RemainingWork"),
        start=fields.moment("Start"),
        finish=fields.moment("Finish"),
        delay=fields.tenths("Delay") or 0,
        segments=segments,
    )
    extras = fields.extras(values.SPACE, ASSIGNMENT)
    if segments and extras.get("TimephasedData") == values.stretches(uid, segments):
        del extras["TimephasedData"]  # it says no more than the stretches
    return replace(made, extras=extras)


def _segments(node: Node, problems: Problems) -> Segments:
    """The stretches in which a split task is worked on; nothing when it is not split.

    MS Project writes the work day by day: a row without a value is no working time, a row whose
    value is zero is a gap of a split task.
    """
    rows: list[tuple[dt.datetime, dt.datetime, int | None]] = []
    parts = node.every("TimephasedData")
    told = [part.value("Value") for part in parts]
    if not any(value and not _some(value) for value in told):
        return ()  # no row of nothing, no gap: most assignments end here
    for part in parts:
        fields = Fields(part, problems)
        if fields.name("Type") not in (REMAINING, DONE):
            continue
        start, finish = fields.moment("Start"), fields.moment("Finish")
        if start is None or finish is None:
            continue
        value = fields.name("Value")
        worked = values.duration(value) or (1 if _some(value) else 0) if value else None
        rows.append((start, finish, worked))
    return joined(sorted(rows, key=lambda row: row[:2]))


def _some(value: str) -> bool:
    """Whether a duration that rounds to nothing is one all the same."""
    return any(letter in "123456789" for letter in value)


def joined(rows: Sequence[tuple[dt.datetime, dt.datetime, int | None]]) -> Segments:
    """Rows of work made stretches; a zero between two rows of work parts them."""
    stretches: list[tuple[dt.datetime, dt.datetime]] = []
    gap = True
    for start, finish, worked in rows:
        if worked is None:
            continue
        if worked == 0:
            gap = True
        elif gap:
            stretches.append((start, finish))
            gap = False
        else:
            stretches[-1] = (stretches[-1][0], finish)
    return tuple(stretches) if len(stretches) > 1 else ()


def without_false_gaps(segments: Segments, days: Days, calendar: int) -> Segments:
    """Stretches made one where no working time lies between them: a weekend is no split."""
    kept = list(segments[:1])
    for start, finish in segments[1:]:
        if days.works_between(calendar, kept[-1][1], start):
            kept.append((start, finish))
        else:
            kept[-1] = (kept[-1][0], finish)
    return tuple(kept) if len(kept) > 1 else ()
