"""The pass from the end of the plan: the latest dates that delay nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from crm_pilot.planning.engine.activity import Activity
from crm_pilot.planning.engine.forward import Dates, remaining
from crm_pilot.planning.engine.network import (
    CLOCK,
    CLOCK_SHARE,
    FF,
    PLAIN,
    SF,
    SHARE,
    SUMMARY,
    WORKING,
    Network,
    share,
    unlagged,
)
from crm_pilot.planning.terms import ConstraintKind, Mode

ALWAYS_EARLY_ENOUGH = 1 << 60  # no demand

_NOT_AFTER = (ConstraintKind.SNLT, ConstraintKind.FNLT, ConstraintKind.MSO, ConstraintKind.MFO)


class Placed(Protocol):
    """Dates of activities, by number."""

    start: list[int]
    finish: list[int]


class LatePass:
    """Latest start and finish of each activity; run against the order of the nodes.

    `end` is the moment that nothing may pass. `leads`: the plan is scheduled from its end, so
    that constraints to be early win here (when `honours`), and `pinned` gives the dates of what
    happens as early as possible all the same. `per_path`: what nobody waits for is late when it
    finishes later than it can.
    """

    def __init__(
        self,
        net: Network,
        end: int,
        early: Placed | None,
        *,
        honours: bool = True,
        leads: bool = False,
        per_path: bool = False,
        pinned: Callable[[int], Dates | None] | None = None,
    ) -> None:
        self.net, self.end, self.early = net, end, early
        self.honours, self.leads, self.per_path, self.pinned = honours, leads, per_path, pinned
        self.start: list[int] = []
        self.finish: list[int] = []
        self.first: dict[int, int] = {}  # of a summary: the first latest finish below it
        self.asked: list[int] = []  # by a summary: the finish of all below is no later
        self.bare: list[int] = []  # as `asked`, the end of the project left out
        self.asked_start: list[int] = []  # by a summary: its first start is no later
        self.grow()

    def grow(self) -> None:
        """Make room for new activities."""
        new = len(self.net.acts) - len(self.start)
        self.start += [ALWAYS_EARLY_ENOUGH] * new
        self.finish += [ALWAYS_EARLY_ENOUGH] * new
        self.asked += [ALWAYS_EARLY_ENOUGH] * new
        self.asked_start += [ALWAYS_EARLY_ENOUGH] * new
        self.bare += [ALWAYS_EARLY_ENOUGH] * new

    def run(self, nodes: Iterable[int]) -> None:
        """Place nodes whose successors are placed."""
        net, start, finish, asked = self.net, self.start, self.finish, self.asked
        asked_start, links_out, per_path = self.asked_start, net.links_out, self.per_path
        leads = self.leads
        rule, parent, fs_out, table, length = (
            net.rule,
            net.parent,
            net.fs_out,
            net.table,
            net.length,
        )
        for node in nodes:
            i = node >> 1
            if node & 1:
                start[i], finish[i] = self._rolled(i)
                continue
            if rule[i] == SUMMARY:
                self._ask(i)
                continue
            above = parent[i]
            if rule[i] != PLAIN or per_path or asked_start[above] < ALWAYS_EARLY_ENOUGH:
                start[i], finish[i] = self._placed(i)
                continue
            when = asked[above]
            if i in links_out:
                when, first = self._linked(i, when, ALWAYS_EARLY_ENOUGH)
                if first < ALWAYS_EARLY_ENOUGH:
                    when = min(when, self._started_by(i, first))
            else:
                for after in fs_out[i]:
                    if start[after] < when:
                        when = start[after]
            index, begins, ends = table[i]
            done = index[when]
            # the morning after a pause is as good a finish as the evening before it
            finish[i] = when if begins[done] == when and not leads else ends[done]
            start[i] = begins[done - length[i]] if length[i] else finish[i]

    def _rolled(self, i: int) -> Dates:
        """From the first late start to the last late finish below a summary."""
        net = self.net
        below = [c for c in net.children[i] if net.live[c]] or net.children[i]
        if not below:
            self.first[i] = self.asked[i]
            return self.asked[i], self.asked[i]
        self.first[i] = min([self._latest_finish(c) for c in below])
        return min([self.start[c] for c in below]), max([self.finish[c] for c in below])

    def _ask(self, i: int) -> None:
        """What those who wait for a summary ask of all below it."""
        if i == 0:
            self.asked[0] = self.end
            return
        net, act = self.net, self.net.acts[i]
        above = net.parent[i]
        first = ALWAYS_EARLY_ENOUGH
        if self.asked_start[above] < first and self._leads_off(i, above):
            first = self.asked_start[above]
        last, first = self._linked(i, self.bare[above], first)
        if act.constraint_at is not None and act.constraint in (
            ConstraintKind.FNLT,
            ConstraintKind.MFO,
        ):
            last = min(last, act.constraint_at)
        if act.deadline is not None:
            last = min(last, act.deadline)
        self.asked[i] = min(last, self.asked[above])
        self.bare[i], self.asked_start[i] = last, first

    def _leads_off(self, i: int, above: int) -> bool:
        """Whether a summary starts when this one below it starts."""
        return self.early is None or self.early.start[i] == self.early.start[above]

    def _linked(self, i: int, last: int, first: int) -> Dates:
        """The latest finish and start that successors leave: the earlier of each and of what is
        given."""
        net, start = self.net, self.start
        for after in net.fs_out[i]:
            last = min(last, start[after])
        for after, kind, lag, unit in net.links_out.get(i, ()):
            base = start[after] if kind < FF else self._latest_finish(after)
            if base >= ALWAYS_EARLY_ENOUGH:
                continue
            if kind == SF:
                base = self._morning(i, after, base)
            if unit >= SHARE:
                lag, unit = self._share(i, lag, unit)
            if unit == CLOCK:
                base -= lag
            elif lag:
                base = unlagged(net.lag_table(after), base, lag, kind)
            if not kind & 1:
                last = min(last, base)
            elif kind >= FF or net.acts[after].actual_start is None:
                first = min(first, base)
        return last, first

    def _latest_finish(self, i: int) -> int:
        """The late finish of an activity; of a summary, the first below it."""
        return self.first.get(i, self.finish[i])

    def _morning(self, i: int, after: int, finish: int) -> int:
        """The latest start of work whose start holds the finish of what comes after: in the hours
        of both, the morning after that finish is no later than the finish itself."""
        net = self.net
        if not net.length[i] or i in net.spans or net.table[i] is not net.table[after]:
            return finish
        index, begins, _ = net.table[i]
        return begins[index[finish]]

    def _share(self, i: int, per_cent: int, unit: int) -> tuple[int, int]:
        """Lag and unit for per cent of the length of a summary."""
        length = 0
        if self.early is not None:
            length = self.net.cal[i].between(self.early.start[i], self.early.finish[i])
        return share(length, per_cent), CLOCK if unit == CLOCK_SHARE else WORKING

    def _placed(self, i: int) -> Dates:
        """Dates of an activity that has more to say than its length and plain links."""
        act = self.net.acts[i]
        if act.actual_finish is not None and self.early is not None:
            return self.early.start[i], self.early.finish[i]
        if act.actual_finish is not None:
            return act.actual_start or act.actual_finish, act.actual_finish
        if self.leads and act.mode is Mode.MANUAL and act.start is not None:
            return act.start, act.finish or self._starting(i, act.start)
        last = self._bound(i, act)
        start = self._back(i, act, last)
        finish = self._last_work(i, last)
        if self.leads:
            start = min(start, finish)
            start, finish = self._held_back(i, act, start, finish)
            if self.pinned is not None and act.actual_start is None:
                return self.pinned(i) or (start, finish)
        return start, finish

    def _bound(self, i: int, act: Activity) -> int:
        """The latest finish that successors, constraints and the deadline leave."""
        net = self.net
        above = net.parent[i]
        kind, at = act.constraint, act.constraint_at
        held = at is not None and act.mode is Mode.AUTO and kind in _NOT_AFTER
        # where a plan is scheduled from its end, a date that holds the finish takes its place
        last = self.bare[above] if held and self.leads else self.asked[above]
        first = ALWAYS_EARLY_ENOUGH
        if self.asked_start[above] < first and self._leads_off(i, above):
            first = self.asked_start[above]
        ends = act.promise or (self.per_path and self._at_the_end(i))
        if ends and self.early is not None:
            last = min(last, self.early.finish[i])
        last, first = self._linked(i, last, first)
        if first < ALWAYS_EARLY_ENOUGH and act.actual_start is None:
            last = min(last, self._started_by(i, first))
        if at is not None and act.actual_start is None and act.mode is Mode.AUTO:
            if kind in (ConstraintKind.MSO, ConstraintKind.SNLT):
                by = self._starting(i, at)
                last = by if kind is ConstraintKind.MSO and self.honours else min(last, by)
            elif kind in (ConstraintKind.MFO, ConstraintKind.FNLT):
                last = at if kind is ConstraintKind.MFO and self.honours else min(last, at)
        if act.deadline is not None:
            last = min(last, act.deadline)
        return last

    def _at_the_end(self, i: int) -> bool:
        """Whether nobody waits for an activity, nor for a summary it is in."""
        net = self.net
        while i:
            if net.fs_out[i] or i in net.links_out:
                return False
            i = net.parent[i]
        return True

    def _starting(self, i: int, first: int) -> int:
        """The finish when work may start at `first`."""
        net = self.net
        if i in net.spans:
            return max(
                [ends[index[first] + delay + work] for index, _, ends, delay, work in net.spans[i]]
            )
        index, begins, ends = net.table[i]
        if not net.length[i]:
            return first if ends[index[first]] == first else begins[index[first]]
        return ends[index[first] + net.length[i]]

    def _started_by(self, i: int, last: int) -> int:
        """The latest finish of work that starts no later than `last`."""
        net = self.net
        if i in net.spans:
            if not any(begins[index[last]] == last for index, begins, *_ in net.spans[i]):
                last = max([ends[index[last]] for index, _, ends, *_ in net.spans[i]]) - 1
            return self._starting(i, last)
        index, begins, ends = net.table[i]
        if begins[index[last]] != last:
            last = ends[index[last]] - 1 if net.length[i] else ends[index[last]]
        return self._starting(i, last)

    def _back(self, i: int, act: Activity, last: int) -> int:
        """The latest start (of what remains) from which all is done at `last`."""
        net = self.net
        if i in net.spans:
            part, whole = 1, 1
            if act.actual_start is not None and act.duration:
                part, whole = remaining(act), act.duration
            return min(
                [
                    begins[index[last] - -(-(delay + work) * part // whole)]
                    for index, begins, _, delay, work in net.spans[i]
                ]
            )
        index, begins, _ = net.table[i]
        length = net.length[i] if act.actual_start is None else remaining(act)
        if act.mode is Mode.MANUAL and act.start is not None and act.finish is not None:
            length = max(net.cal[i].between(act.start, act.finish), 0)
        return begins[index[last] - length] if length else self._last_work(i, last)

    def _last_work(self, i: int, last: int) -> int:
        """The latest finish by `last`: where work pauses, the end of what was before; the morning
        after a pause is as good a finish as the evening before it."""
        tables = [span[:3] for span in self.net.spans.get(i, ())] or [self.net.table[i]]
        if not self.leads and any(begins[index[last]] == last for index, begins, _ in tables):
            return last
        return max([ends[index[last]] for index, _, ends in tables])

    def _held_back(self, i: int, act: Activity, start: int, finish: int) -> Dates:
        """Dates of an activity of a plan scheduled from its end that may not be too early."""
        kind, at = act.constraint, act.constraint_at
        if act.actual_start is not None:
            return act.actual_start, max(finish, act.actual_start)
        if at is None or not self.honours:
            return start, finish
        if kind is ConstraintKind.SNET and start < at:
            return at, self._starting(i, at)
        if kind is ConstraintKind.FNET and finish < at:
            return self._back(i, act, at), self._last_work(i, at)
        return start, finish
