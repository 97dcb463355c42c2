"""What the dates of a plan do not keep: links, constraints and deadlines, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from crm_pilot.planning.engine.activity import Activity, Dependency, Problem, Trouble
from crm_pilot.planning.engine.forward import Dates
from crm_pilot.planning.engine.network import (
    CLOCK,
    CLOCK_SHARE,
    FF,
    PLAIN,
    SHARE,
    SUMMARY,
    Network,
    lagged,
    meet,
    share,
)
from crm_pilot.planning.engine.worktime import Calendar
from crm_pilot.planning.terms import ConstraintKind, Mode

_FROM_START = (ConstraintKind.SNET, ConstraintKind.SNLT, ConstraintKind.MSO)
_NOT_BEFORE = (ConstraintKind.SNET, ConstraintKind.FNET, ConstraintKind.MSO, ConstraintKind.MFO)
_NOT_AFTER = (ConstraintKind.SNLT, ConstraintKind.FNLT, ConstraintKind.MSO, ConstraintKind.MFO)


def found(net: Network, dates: Callable[[int], Dates]) -> Iterator[Problem]:
    """Problems of live activities, in order of the activities."""
    for i in net.number.values():
        act = net.acts[i]
        if not net.live[i] or net.done[i] or (net.rule[i] == PLAIN and not _checked(act)):
            continue
        if net.rule[i] != SUMMARY or act.mode is Mode.MANUAL:
            for dep in net.ins.get(i, ()):
                yield from _link(net, dates, i, dep)
        yield from _constraint(net, dates(i), i, act)
        if act.workers and act.calendar is not None:
            yield from _calendars(dates(i)[0], act.calendar, act)


def _calendars(start: int, calendar: Calendar, act: Activity) -> Iterator[Problem]:
    for worker in act.workers:
        if not meet(calendar, worker.calendar):
            yield Problem(Trouble.CALENDAR, (act.key,), start, start)
            return


def _checked(act: Activity) -> bool:
    calendars = bool(act.workers) and act.calendar is not None
    return act.constraint_at is not None or act.deadline is not None or calendars


def _link(
    net: Network, dates: Callable[[int], Dates], i: int, dep: Dependency
) -> Iterator[Problem]:
    before = net.number[dep.before]
    if not net.live[before]:
        return
    kind, lag, unit = net.terms(dep, before)
    start, finish = dates(before)
    wanted = start if kind & 1 else finish
    if unit >= SHARE:
        unit, lag = unit == CLOCK_SHARE, share(net.cal[before].between(start, finish), lag)
    table = net.lag_table(i)
    if unit == CLOCK:
        wanted += lag
    elif lag:
        wanted = lagged(table, wanted, lag, kind)
    has = dates(i)[1 if kind >= FF else 0]
    act = net.acts[i]
    if act.actual_start is not None and kind < FF:
        return  # what was begun was begun
    if table[0][has] < table[0][wanted]:
        yield Problem(Trouble.LINK, (dep.before, dep.after), wanted, has, link=dep.key)


def _constraint(net: Network, has: Dates, i: int, act: Activity) -> Iterator[Problem]:
    index, at = net.own[i][0], act.constraint_at
    if at is not None and act.actual_start is None and act.mode is Mode.AUTO:
        there = has[0] if act.constraint in _FROM_START else has[1]
        late = act.constraint in _NOT_AFTER and index[there] > index[at]
        soon = act.constraint in _NOT_BEFORE and index[there] < index[at]
        if late or soon:
            yield Problem(Trouble.CONSTRAINT, (act.key,), at, there, constraint=act.constraint)
    if act.deadline is not None and index[has[1]] > index[act.deadline]:
        yield Problem(Trouble.DEADLINE, (act.key,), act.deadline, has[1])
