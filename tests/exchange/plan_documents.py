"""Random plans as documents, for property tests: everything MS Project XML can hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import strategies as st

from crm_pilot.planning.document import (
    DocAssignment,
    DocBaseline,
    DocCalendar,
    DocException,
    DocLink,
    DocResource,
    DocTask,
    DocWeek,
    PlanDocument,
    StoredTiming,
)
from crm_pilot.planning.terms import ConstraintKind, LagUnit, LinkKind

MARKUP = [
    "</Name>",
    "]]>",
    "<!--",
    "&amp;",
    "&#60;",
    '"',
    "'",
    "<Task>",
    "\n",
    "\t",
    "é",
    "\u202f",
    "𝒙",
]
names = st.lists(st.sampled_from([*MARKUP, "Recette", " ", "a", "Z"]), max_size=6).map(
    lambda parts: "".join(parts).strip()
)
notes = st.lists(st.sampled_from([*MARKUP, " ", "note"]), max_size=8).map("".join)
moments = st.datetimes(dt.datetime(1985, 1, 1), dt.datetime(2049, 1, 1)).map(
    lambda value: value.replace(microsecond=0)
)
days = st.dates(dt.date(1990, 1, 1), dt.date(2040, 1, 1))
minutes = st.integers(0, 500_000)
maybe = st.none() | moments
spans = st.none() | minutes
slacks = st.none() | st.integers(-500_000, 500_000)
units = st.floats(0, 10, allow_nan=False).map(lambda value: round(value, 6))


@st.composite
def shifts(draw: st.DrawFn) -> tuple[tuple[int, int], ...]:
    """Up to three stretches of a day that do not touch."""
    count = 2 * draw(st.integers(0, 3))
    edges = sorted(
        draw(st.lists(st.integers(0, 1440), min_size=count, max_size=count, unique=True))
    )
    return tuple(zip(edges[::2], edges[1::2], strict=True))


@st.composite
def calendars(draw: st.DrawFn) -> tuple[DocCalendar, ...]:
    """Calendars with distinct numbers; some stand on one before them."""
    made: list[DocCalendar] = []
    for uid in draw(st.lists(st.integers(1, 99), max_size=3, unique=True)):
        base = draw(st.sampled_from([None, *(calendar.uid for calendar in made)]))
        day = shifts() if base is None else st.none() | shifts()
        spread = st.tuples(days, st.integers(0, 40), shifts(), names)
        made.append(
            DocCalendar(
                uid=uid,
                name=draw(names),
                days=tuple(draw(day) for _ in range(7)),
                base=base,
                exceptions=tuple(
                    DocException(first, first + dt.timedelta(days=more), hours, name)
                    for first, more, hours, name in draw(st.lists(spread, max_size=3))
                ),
                weeks=tuple(
                    DocWeek(
                        first,
                        first + dt.timedelta(days=more),
                        tuple(draw(st.none() | shifts()) for _ in range(7)),
                        name,
                    )
                    for first, more, _hours, name in draw(st.lists(spread, max_size=1))
                ),
            )
        )
    return tuple(made)


timings = st.builds(
    StoredTiming,
    early_start=maybe, early_finish=maybe, late_start=maybe, late_finish=maybe,
    start_slack=slacks, finish_slack=slacks, total_slack=slacks, free_slack=slacks,
    critical=st.none() | st.booleans(),
)  # fmt: skip
baselines = st.lists(
    st.builds(
        DocBaseline, st.integers(0, 10), start=maybe, finish=maybe, duration=spans, work=spans
    ),
    max_size=2,
    unique_by=lambda baseline: baseline.number,
).map(tuple)


@st.composite
def tasks(draw: st.DrawFn, calendar: st.SearchStrategy[int | None]) -> tuple[DocTask, ...]:
    """An outline; each line is below the one before it or below one of those above that."""
    made: list[DocTask] = []
    above: list[int] = []
    for uid in draw(st.lists(st.integers(1, 999), max_size=5, unique=True)):
        above = above[: draw(st.integers(0, len(above)))]
        unit = draw(st.sampled_from(["", "m", "h", "d", "w", "mo"]))
        made.append(
            draw(
                st.builds(
                    DocTask,
                    uid=st.just(uid),
                    name=names,
                    parent=st.just(above[-1] if above else None),
                    milestone=st.booleans(),
                    start=maybe,
                    finish=maybe,
                    duration=spans,
                    elapsed=st.booleans() if unit else st.just(False),
                    duration_unit=st.just(unit),
                    estimated=st.booleans(),
                    percent=st.integers(0, 100),
                    percent_work=st.none() | st.integers(0, 100),
                    actual_start=maybe,
                    actual_finish=maybe,
                    actual_duration=spans,
                    remaining_duration=spans,
                    stop=maybe,
                    resume=maybe,
                    work=spans,
                    actual_work=spans,
                    remaining_work=spans,
                    constraint=st.sampled_from(ConstraintKind),
                    constraint_at=maybe,
                    deadline=maybe,
                    calendar=calendar,
                    ignores_resource_calendars=st.booleans(),
                    manual=st.booleans(),
                    active=st.booleans(),
                    external=st.booleans(),
                    task_type=st.sampled_from(["", "fixed_units", "fixed_duration", "fixed_work"]),
                    effort_driven=st.booleans(),
                    level_delay=minutes,
                    priority=st.integers(0, 1000),
                    note=notes,
                    wbs=names,
                    baselines=baselines,
                    stored=timings,
                )
            )
        )
        above = [*above, uid]
    return tuple(made)


@st.composite
def documents(draw: st.DrawFn) -> PlanDocument:
    """A plan in which every reference leads somewhere."""
    found = draw(calendars())
    calendar = st.sampled_from([None, *(c.uid for c in found)])
    lines = draw(tasks(calendar))
    uids = [line.uid for line in lines]
    people = draw(
        st.lists(
            st.builds(
                DocResource,
                uid=st.integers(0, 99),
                name=names,
                email=names,
                kind=st.sampled_from(["work", "material", "cost"]),
                units=units,
                calendar=calendar,
                note=notes,
            ),
            max_size=3,
            unique_by=lambda resource: resource.uid,
        )
    )
    day = draw(st.sampled_from([420, 450, 480, 600]))
    title = draw(names)
    return PlanDocument(
        title=title,
        start=draw(moments),
        finish=draw(moments),
        status=draw(maybe),
        from_finish=draw(st.booleans()),
        critical_slack=day * draw(st.integers(0, 5)),
        critical_per_path=draw(st.booleans()),
        day_minutes=day,
        week_minutes=draw(st.integers(1, 5000)),
        month_days=draw(st.integers(1, 31)),
        day_start=draw(st.integers(0, 1439)),
        day_finish=draw(st.integers(0, 1439)),
        calendar=draw(calendar),
        calendars=found,
        resources=tuple(people),
        tasks=lines,
        links=draw(links(uids)),
        assignments=draw(assignments(uids, [r.uid for r in people])),
        source="mspdi",
    )


@st.composite
def links(draw: st.DrawFn, uids: list[int]) -> tuple[DocLink, ...]:
    """Links between different tasks, in the order of those that wait."""
    if len(uids) < 2:
        return ()
    pairs = draw(
        st.lists(
            st.tuples(st.sampled_from(uids), st.sampled_from(uids)).filter(lambda p: p[0] != p[1]),
            max_size=5,
            unique=True,
        )
    )
    made = [
        DocLink(
            before,
            after,
            draw(st.sampled_from(LinkKind)),
            draw(st.integers(-20_000, 20_000)),
            draw(st.sampled_from(LagUnit)),
        )
        for before, after in pairs
    ]
    return tuple(sorted(made, key=lambda link: uids.index(link.after)))


@st.composite
def assignments(draw: st.DrawFn, uids: list[int], people: list[int]) -> tuple[DocAssignment, ...]:
    """People on tasks; some tasks have nobody."""
    if not uids:
        return ()
    one = st.builds(
        DocAssignment,
        task=st.sampled_from(uids),
        resource=st.sampled_from([None, *people]),
        units=units,
        uid=st.integers(0, 999),
        work=spans,
        actual_work=spans,
        remaining_work=spans,
        start=maybe,
        finish=maybe,
        delay=minutes,
    )
    made = draw(st.lists(one, max_size=4))
    return tuple(replace(assignment) for assignment in made)
