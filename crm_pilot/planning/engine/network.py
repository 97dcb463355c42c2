"""A plan compiled into lists, so that the passes over it touch plain numbers only.

Activities are numbered from 1; number 0 is the project, the summary of all. A summary has two
nodes: its begin (what its links and constraint ask of all below) and its end (its rolled-up
dates); any other activity has an end only. Node `2 * i` is the end of `i`, `2 * i + 1` its begin.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from crm_pilot.errors import UserError
from crm_pilot.planning.engine.activity import Activity, Dependency, Worker
from crm_pilot.planning.engine.worktime import ALWAYS, Calendar, intersection
from crm_pilot.planning.terms import ConstraintKind, LagUnit, LinkKind, Mode

PLAIN, FULL, SUMMARY = 0, 1, 2  # rules of placing
FS, SS, FF, SF = 0, 1, 2, 3  # odd: from the start of the predecessor; 2, 3: to a finish
WORKING, CLOCK, SHARE, CLOCK_SHARE = 0, 1, 2, 3  # units of lag; shares of a summary's length

Link = tuple[int, int, int, int]  # the other end, kind, lag, unit
Table = tuple[dict[int, int], dict[int, int], dict[int, int]]  # index, begins, ends
Span = tuple[dict[int, int], dict[int, int], dict[int, int], int, int]  # table, delay, minutes

_KINDS = {LinkKind.FS: FS, LinkKind.SS: SS, LinkKind.FF: FF, LinkKind.SF: SF}
_EMPTY: list[int] = []  # shared by activities without links, so that few lists are made


class Network:
    """What the passes read, by number of the activity."""

    def __init__(self, calendar: Calendar, usual: ConstraintKind = ConstraintKind.ASAP) -> None:
        self.calendar = calendar
        self.usual = usual  # the constraint that asks nothing
        self.number: dict[int, int] = {}  # by key
        self.links: dict[int, Dependency] = {}  # by key
        self.acts: list[Activity] = [Activity(0)]
        self.parent: list[int] = [0]
        self.rule: list[int] = [SUMMARY]
        self.live: list[bool] = [True]  # neither inactive nor below an inactive summary
        self.done: list[bool] = [False]
        self.length: list[int] = [0]  # minutes of the own calendar
        self.cal: list[Calendar] = [calendar]
        self.own: list[Table] = [calendar.table]  # of `cal`: what slack counts in
        self.table: list[Table] = [calendar.table]  # when work is done: that of its only worker
        self.children: dict[int, list[int]] = {0: []}
        self.lag_tables: dict[int, Table] = {}  # where lag counts otherwise than in `own`
        self.spans: dict[int, tuple[Span, ...]] = {}  # work of each worker
        self._ins: dict[int, list[Dependency]] | None = None
        self._outs: dict[int, list[Dependency]] | None = None
        self.fs_in: list[list[int]] = [_EMPTY]  # predecessors by finish to start without lag
        self.fs_out: list[list[int]] = [_EMPTY]
        self.links_in: dict[int, list[Link]] = {}  # all other links
        self.links_out: dict[int, list[Link]] = {}
        self.odd: dict[
            int, list[int]
        ] = {}  # ends of links that `fs_out` does not have, when filled

    def fill(self, activities: Iterable[Activity], dependencies: Iterable[Dependency]) -> None:
        """Take a whole plan. Raises `KeyError` for a link whose end is not there."""
        acts = self.acts
        acts.extend(activities)
        self.number = {act.key: i for i, act in enumerate(acts) if i}
        self.links = {dep.key: dep for dep in dependencies}
        new = len(acts) - 1
        self.parent += [0] * new
        self.rule += [PLAIN] * new
        self.live += [True] * new
        self.done += [False] * new
        self.cal += [self.calendar] * new
        self.own += [self.own[0]] * new
        self.table += [self.own[0]] * new
        self.fs_in += [_EMPTY] * new
        self.fs_out += [_EMPTY] * new
        self.length = [act.duration for act in acts]
        for i in range(1, new + 1):
            self.hang(i)
        children, usual, auto = self.children, self.usual, Mode.AUTO
        for i, act in enumerate(acts):
            if (
                act.constraint is not usual
                or act.mode is not auto
                or act.workers
                or act.calendar is not None
                or act.elapsed
                or act.deadline is not None
                or act.actual_start is not None
                or act.actual_finish is not None
                or act.level_delay
                or act.promise
                or i in children
            ):
                self.compile(i)
        self.settle_outline()
        self._link_all()

    def _link_all(self) -> None:
        """Compile all links of a plan just taken."""
        number, live, done, plain = self.number, self.live, self.done, LinkKind.FS
        fs_in, fs_out = self.fs_in, self.fs_out
        for dep in self.links.values():
            before, after = number[dep.before], number[dep.after]
            if dep.lag or dep.kind is not plain or not live[before] or done[after]:
                self._link(dep, before, after)
                continue
            if fs_in[after]:
                fs_in[after].append(before)
            else:
                fs_in[after] = [before]
            if not live[after]:
                self.odd.setdefault(before, []).append(after)
            elif fs_out[before]:
                fs_out[before].append(after)
            else:
                fs_out[before] = [after]

    def _link(self, dep: Dependency, before: int, after: int) -> None:
        """Compile a link that is not plain."""
        self.odd.setdefault(before, []).append(after)
        if not self.live[before]:
            return
        waits = self.live[after] and not self.done[after]
        if dep.lag or dep.kind is not LinkKind.FS:
            terms = self.terms(dep, before)
            self.links_in.setdefault(after, []).append((before, *terms))
            if waits:
                self.links_out.setdefault(before, []).append((after, *terms))
            return
        self.fs_in[after] = [*self.fs_in[after], before]
        if waits:
            self.fs_out[before] = [*self.fs_out[before], after]

    @property
    def ins(self) -> dict[int, list[Dependency]]:
        """Links into each activity; found when they are first asked for."""
        if self._ins is None:
            self._find_ends()
        assert self._ins is not None
        return self._ins

    @property
    def outs(self) -> dict[int, list[Dependency]]:
        """Links out of each activity; found when they are first asked for."""
        if self._outs is None:
            self._find_ends()
        assert self._outs is not None
        return self._outs

    def _find_ends(self) -> None:
        ins: dict[int, list[Dependency]] = {}
        outs: dict[int, list[Dependency]] = {}
        for dep in self.links.values():
            ins.setdefault(self.number[dep.after], []).append(dep)
            outs.setdefault(self.number[dep.before], []).append(dep)
        self._ins, self._outs = ins, outs

    def take(self, act: Activity) -> int:
        """Give a new activity a number; `hang`, `compile` and its links follow."""
        i = len(self.acts)
        self.number[act.key] = i
        self.acts.append(act)
        self.parent.append(0)
        self.rule.append(PLAIN)
        self.live.append(True)
        self.done.append(False)
        self.length.append(0)
        self.cal.append(self.calendar)
        self.own.append(self.own[0])
        self.table.append(self.own[0])
        self.fs_in.append(_EMPTY)
        self.fs_out.append(_EMPTY)
        return i

    def hang(self, i: int) -> None:
        """Put an activity below its parent (below the project when that is not there)."""
        key = self.acts[i].parent
        above = self.number.get(key, 0) if key is not None else 0
        self.parent[i] = above
        siblings = self.children.get(above)
        if siblings is None:
            self.children[above] = [i]
        else:
            siblings.append(i)

    def compile(self, i: int) -> None:
        """Work out the rule, length, calendars and workers of an activity."""
        act = self.acts[i]
        self.length[i] = act.duration
        self.done[i] = act.actual_finish is not None
        if act.calendar is not None or act.elapsed or self.own[i] is not self.own[0]:
            self._compile_calendar(i, act)
        self.table[i] = self.own[i]
        self.spans.pop(i, None)
        if i in self.children:
            self.rule[i] = SUMMARY
            return
        plain = (
            act.mode is Mode.AUTO
            and act.constraint is self.usual
            and act.deadline is None
            and act.actual_start is None
            and act.actual_finish is None
            and not act.level_delay
            and not act.promise
        )
        if act.workers and not act.ignores_workers and not act.elapsed:
            plain = self._compile_workers(i, act) and plain
        self.rule[i] = PLAIN if plain else FULL

    def _compile_calendar(self, i: int, act: Activity) -> None:
        calendar = act.calendar or self.calendar
        if act.elapsed and i not in self.children:
            self.lag_tables[i] = calendar.table
            calendar = ALWAYS
        else:
            self.lag_tables.pop(i, None)
        self.cal[i] = calendar
        self.own[i] = calendar.table

    def _compile_workers(self, i: int, act: Activity) -> bool:
        """True when one worker does it all: then their hours take the place of the activity's."""
        if len(act.workers) == 1:
            (worker,) = act.workers
            if (
                not worker.segments
                and not worker.delay
                and self._minutes(act, worker) == act.duration
            ):
                self.table[i] = self._hours(act, worker).table
                return True
        self.spans[i] = tuple(
            (*self._hours(act, worker).table, worker.delay, self._minutes(act, worker))
            for worker in act.workers
        )
        return False

    def _hours(self, act: Activity, worker: Worker) -> Calendar:
        """When a worker works on an activity."""
        return worker.calendar if act.calendar is None else shared(act.calendar, worker.calendar)

    def _minutes(self, act: Activity, worker: Worker) -> int:
        """What a worker has to do, in their own working minutes."""
        if worker.segments:
            return worker.segments[-1][1]
        if worker.work is None:
            return act.duration
        return -(-worker.work * 100 // max(worker.units, 1))

    def settle_outline(self) -> None:
        """Which activities are live: an inactive summary takes what is below it along."""
        stack = [0]
        while stack:
            i = stack.pop()
            above = self.live[i]
            for child in self.children[i]:
                self.live[child] = above and self.acts[child].active
                if child in self.children:
                    stack.append(child)

    def join(self, dep: Dependency) -> None:
        """Take a link; `relink_in` of its end and `relink_out` of its begin follow."""
        before, after = self.number[dep.before], self.number[dep.after]
        self.ins.setdefault(after, []).append(dep)
        self.outs.setdefault(before, []).append(dep)
        self.links[dep.key] = dep

    def relink_in(self, i: int) -> None:
        """Compile what an activity waits for: nothing that is not live."""
        number, live, plain = self.number, self.live, LinkKind.FS
        fs_in: list[int] = []
        others: list[Link] = []
        for dep in self.ins.get(i, ()):
            before = number[dep.before]
            if not live[before]:
                continue
            if dep.lag == 0 and dep.kind is plain:
                fs_in.append(before)
            else:
                others.append((before, *self.terms(dep, before)))
        self.fs_in[i] = fs_in or _EMPTY
        if others:
            self.links_in[i] = others
        else:
            self.links_in.pop(i, None)

    def relink_out(self, i: int) -> None:
        """Compile what waits for an activity: nothing when it is not live, and nothing that is
        done or not live."""
        number, live, done, plain = self.number, self.live, self.done, LinkKind.FS
        fs_out: list[int] = []
        others: list[Link] = []
        for dep in self.outs.get(i, ()) if live[i] else ():
            after = number[dep.after]
            if not live[after] or done[after]:
                continue
            if dep.lag == 0 and dep.kind is plain:
                fs_out.append(after)
            else:
                others.append((after, *self.terms(dep, i)))
        self.fs_out[i] = fs_out or _EMPTY
        if others:
            self.links_out[i] = others
        else:
            self.links_out.pop(i, None)

    def terms(self, dep: Dependency, before: int) -> tuple[int, int, int]:
        """Kind, lag and unit of a link as the passes use them."""
        kind, lag, unit = _KINDS[dep.kind], dep.lag, dep.lag_unit
        if unit is LagUnit.WORKING or not lag:
            return kind, lag, WORKING
        if unit is LagUnit.ELAPSED:
            return kind, lag, CLOCK
        clock = unit is LagUnit.ELAPSED_PERCENT
        if self.rule[before] == SUMMARY:
            return kind, lag, CLOCK_SHARE if clock else SHARE
        clock = clock or self.acts[before].elapsed
        return kind, share(self.length[before], lag), CLOCK if clock else WORKING

    def lag_table(self, i: int) -> Table:
        """Where the lag of links into an activity counts: its calendar, never the clock."""
        return self.lag_tables.get(i) or self.own[i]

    def entry(self, i: int) -> int:
        """The node that links into an activity lead to."""
        return 2 * i + 1 if i in self.children else 2 * i


def shared(calendar: Calendar, worker: Calendar) -> Calendar:
    """When a worker works on an activity that has a calendar; that calendar alone when the two
    have no working time in common (a problem that is told, see `problems`)."""
    return intersection(calendar, worker) if meet(calendar, worker) else calendar


@lru_cache(maxsize=1024)
def meet(one: Calendar, other: Calendar) -> bool:
    """Whether two calendars have working time in common."""
    try:
        intersection(one, other)
    except UserError:
        return False
    return True


def share(length: int, per_cent: int) -> int:
    """Per cent of a length, in whole minutes, halves away from zero."""
    whole, sign = abs(length * per_cent), 1 if per_cent >= 0 else -1
    return sign * ((whole + 50) // 100)


def lagged(table: Table, base: int, lag: int, kind: int) -> int:
    """The moment that a link with working lag asks for: an evening; a morning, where a lead holds
    a start."""
    index, begins, ends = table
    return ends[index[base] + lag] if lag > 0 or kind == FF else begins[index[base] + lag]


def unlagged(table: Table, base: int, lag: int, kind: int) -> int:
    """The latest moment from which a link with working lag asks for no more than `base`."""
    index, begins, _ = table
    done = index[base]
    if lag < 0 and kind != FF and begins[done] > base:
        done -= 1  # the morning after would be asked for
    return begins[done - lag]
