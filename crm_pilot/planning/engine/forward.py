"""The pass from the start of the plan: the earliest dates of every activity."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from crm_pilot.planning.engine.activity import Activity
from crm_pilot.planning.engine.network import (
    CLOCK,
    CLOCK_SHARE,
    FF,
    FS,
    PLAIN,
    SHARE,
    SUMMARY,
    WORKING,
    Link,
    Network,
    lagged,
    share,
)
from crm_pilot.planning.terms import ConstraintKind, Mode

NOTHING = -(1 << 60)  # no demand

Dates = tuple[int, int]

_NOT_BEFORE = (ConstraintKind.SNET, ConstraintKind.FNET, ConstraintKind.MSO, ConstraintKind.MFO)


class EarlyPass:
    """Start and finish of each activity, as early as allowed; run in an order of the nodes.

    `pinned` gives the dates of activities that are not as early as possible although the plan
    runs from its start. A constraint wins over links when `honours`; `splits`: what remains of
    work that was begun too early waits for its predecessors.
    """

    def __init__(
        self,
        net: Network,
        begin: int,
        *,
        honours: bool = True,
        splits: bool = True,
        pinned: Callable[[int], Dates | None] | None = None,
    ) -> None:
        self.net, self.honours, self.splits, self.pinned = net, honours, splits, pinned
        self.start: list[int] = []
        self.finish: list[int] = []
        self.asked: list[int] = []  # by a summary: the start of all below is no earlier
        self.asked_finish: list[int] = []
        self.bare: list[int] = []  # as `asked`, the begin of the project left out
        self.hidden: dict[int, int] = {}  # finish of what manual summaries hold, by summary
        self.begin = begin
        self.grow()

    def grow(self) -> None:
        """Make room for new activities."""
        new = len(self.net.acts) - len(self.start)
        self.start += [0] * new
        self.finish += [0] * new
        self.asked += [NOTHING] * new
        self.asked_finish += [NOTHING] * new
        self.bare += [NOTHING] * new

    @property
    def end(self) -> int:
        """The last finish of all."""
        live = self.net.live
        return max([self.finish[0], *[at for i, at in self.hidden.items() if live[i]]])

    def run(self, nodes: Iterable[int]) -> None:
        """Place nodes whose predecessors are placed."""
        net, start, finish, asked = self.net, self.start, self.finish, self.asked
        asked_finish, links_in = self.asked_finish, net.links_in
        rule, parent, fs_in, table, length = net.rule, net.parent, net.fs_in, net.table, net.length
        for node in nodes:
            i = node >> 1
            if node & 1:
                self._ask(i)
                continue
            if rule[i] != PLAIN:
                start[i], finish[i] = self._rolled(i) if rule[i] == SUMMARY else self._placed(i)
                continue
            above = parent[i]
            when = asked[above]
            for before in fs_in[i]:
                if finish[before] > when:
                    when = finish[before]
            index, begins, ends = table[i]
            if i in links_in or asked_finish[above] > NOTHING:
                when, goal = self._linked(i, when, asked_finish[above])
                if goal > NOTHING:
                    start[i], finish[i] = self._reaching(i, when, goal)
                    continue
            done = index[when]
            if length[i]:
                start[i] = begins[done]
                finish[i] = ends[done + length[i]]
            else:  # a milestone may stay at the end of a working day
                start[i] = finish[i] = when if ends[done] == when else begins[done]

    def _ask(self, i: int) -> None:
        """What a summary asks of all below it."""
        net, act = self.net, self.net.acts[i]
        if i == 0:
            self.asked[0] = self.begin
            return
        above = net.parent[i]
        when, goal = self._linked(i, self.bare[above], self.asked_finish[above])
        for before in net.fs_in[i]:
            when = max(when, self.finish[before])
        held = act.constraint in (ConstraintKind.SNET, ConstraintKind.MSO)
        if act.constraint_at is not None and held:
            when = max(when, act.constraint_at)
            self.asked[i] = when
        else:
            self.asked[i] = max(when, self.asked[above])
        self.bare[i], self.asked_finish[i] = when, goal

    def _rolled(self, i: int) -> Dates:
        """Dates of a summary: from the first start to the last finish below it."""
        net, start, finish = self.net, self.start, self.finish
        act = net.acts[i]
        below = [c for c in net.children[i] if net.live[c]] or (
            [] if net.live[i] else net.children[i]
        )
        if below:
            dates = min([start[c] for c in below]), max([finish[c] for c in below])
        else:
            dates = self.asked[i], self.asked[i]
        if act.mode is Mode.MANUAL and i:
            self.hidden[i] = dates[1]
            first = dates[0] if act.start is None else act.start
            return first, max(first, dates[1] if act.finish is None else act.finish)
        if self.hidden:
            self.hidden.pop(i, None)
        return dates

    def _linked(self, i: int, when: int, goal: int, links: Sequence[Link] | None = None) -> Dates:
        """The earliest start and finish that links (with lag, or of other kinds than finish to
        start) leave: the later of each and of what is given."""
        net = self.net
        for before, kind, lag, unit in net.links_in.get(i, ()) if links is None else links:
            base = self.start[before] if kind & 1 else self.finish[before]
            if unit >= SHARE:
                lag, unit = self._share(before, lag, unit)
            if lag:
                if unit == CLOCK:
                    base += lag
                else:
                    base = lagged(net.lag_table(i), base, lag, kind)
            if kind < FF:
                when = max(when, base)
            else:
                goal = max(goal, base)
        return when, goal

    def _share(self, before: int, per_cent: int, unit: int) -> Dates:
        """Lag and unit for per cent of the length of a summary."""
        length = self.net.cal[before].between(self.start[before], self.finish[before])
        return share(length, per_cent), CLOCK if unit == CLOCK_SHARE else WORKING

    def _reaching(self, i: int, when: int, goal: int) -> Dates:
        """Dates that start no earlier than `when` and finish no earlier than `goal`."""
        net = self.net
        index, begins, ends = net.table[i]
        length = net.length[i]
        if i in net.spans:
            first = self._from(i, when)
            last = self._from(i, max(when, self._back(i, goal)))
            return max(first, last)
        done = index[goal] - length
        if done < index[when]:
            return self._from(i, when)
        # where work pauses, a finish is shown after what it waits for
        shown = goal if ends[done + length] == goal else begins[done + length]
        if length:
            return begins[done], shown
        return max((shown, shown), self._from(i, when))

    def _from(self, i: int, when: int) -> Dates:
        """Dates when work may start at `when`."""
        net = self.net
        if i in net.spans:
            spans = net.spans[i]
            late = [s for s in spans if s[4]] or spans
            first = min([begins[index[when] + delay] for index, begins, _, delay, _ in late])
            last = max([ends[index[when] + delay + work] for index, _, ends, delay, work in late])
            if not any(s[4] for s in spans):
                last = first = when if any(e[x[when]] == when for x, _, e, _, _ in spans) else first
            return first, last
        index, begins, ends = net.table[i]
        done = index[when]
        if net.length[i]:
            return begins[done], ends[done + net.length[i]]
        stays = when if ends[done] == when else begins[done]
        return stays, stays

    def _back(self, i: int, goal: int) -> int:
        """The latest start from which everyone is done at `goal`."""
        net = self.net
        if i in net.spans:
            return min(
                [
                    begins[index[goal] - delay - work]
                    for index, begins, _, delay, work in net.spans[i]
                ]
            )
        index, begins, ends = net.table[i]
        if net.length[i]:
            return begins[index[goal] - net.length[i]]
        return goal if ends[index[goal]] == goal else begins[index[goal]]

    def _placed(self, i: int) -> Dates:
        """Dates of an activity that has more to say than its length and links."""
        act = self.net.acts[i]
        natural = self._natural(i, act)
        if self.pinned is not None and act.actual_start is None and act.mode is Mode.AUTO:
            return self.pinned(i) or natural
        return natural

    def natural(self, i: int) -> Dates:
        """Dates of an activity as its predecessors leave them, also when it is pinned."""
        return self._natural(i, self.net.acts[i])

    def started(self, i: int, when: int) -> int:
        """The start of an activity that may start at `when`."""
        return self._from(i, when)[0]

    def by_links(self, i: int) -> int:
        """The start that links alone leave an activity which has not begun."""
        net = self.net
        above = net.parent[i]
        when, goal = self._linked(i, self.asked[above], self.asked_finish[above])
        for before in net.fs_in[i]:
            when = max(when, self.finish[before])
        return (self._reaching(i, when, goal) if goal > NOTHING else self._from(i, when))[0]

    def _natural(self, i: int, act: Activity) -> Dates:
        if act.actual_finish is not None:
            return min(self._actual_start(i, act), act.actual_finish), act.actual_finish
        if act.mode is Mode.MANUAL and (act.start is not None or act.finish is not None):
            return self._by_hand(i, act)
        if act.actual_start is not None:
            return act.actual_start, self._going_on(i, act, act.actual_start)
        net = self.net
        above = net.parent[i]
        # a date that holds the start takes the place of the begin of the project
        held = act.constraint in _NOT_BEFORE and act.constraint_at is not None
        first = self.bare[above] if held else self.asked[above]
        when, goal = self._linked(i, first, self.asked_finish[above])
        for before in net.fs_in[i]:
            when = max(when, self.finish[before])
        return self._constrained(i, act, when, goal)

    def _actual_start(self, i: int, act: Activity) -> int:
        if act.actual_start is not None:
            return act.actual_start
        return self._back(i, act.actual_finish or 0)

    def _by_hand(self, i: int, act: Activity) -> Dates:
        if act.start is None:
            finish = act.finish or 0
            return min(self._back(i, finish), finish), finish
        if act.finish is None:
            return act.start, max(act.start, self._from(i, act.start)[1])
        return act.start, max(act.start, act.finish)

    def _going_on(self, i: int, act: Activity, begun: int) -> int:
        """When what was begun is done: what is done stays, what remains goes on from there, from
        the moment to resume, or when the predecessors allow."""
        net = self.net
        remains = remaining(act)
        index, _, ends = net.table[i]
        stopped = ends[index[begun] + act.duration - remains] if remains < act.duration else begun
        resume = max(stopped, act.resume or stopped)
        if self.splits and remains < act.duration:  # begun at 0 %: not split (as MS Project)
            for before in net.fs_in[i]:
                resume = max(resume, self.finish[before])
            links = [link for link in net.links_in.get(i, ()) if link[1] == FS]
            resume = self._linked(i, resume, NOTHING, links)[0]
        finish = ends[index[resume] + remains]
        if i in net.spans and act.duration:
            finish = max(
                e[x[resume] + -(-work * remains // act.duration)]
                for x, _, e, _, work in net.spans[i]
            )
        if act.constraint is ConstraintKind.FNET and act.constraint_at is not None:
            finish = max(finish, act.constraint_at)
        return max(finish, begun)

    def _constrained(self, i: int, act: Activity, when: int, goal: int) -> Dates:
        """Dates of an activity that has not begun."""
        kind, at = act.constraint, act.constraint_at
        if at is None:
            kind, at = ConstraintKind.ASAP, 0
        if kind is ConstraintKind.MSO and self.honours:
            return self._from(i, at)
        if kind is ConstraintKind.MFO and self.honours:
            return self._reaching(i, self._back(i, at), at)
        if kind in (ConstraintKind.SNET, ConstraintKind.MSO):
            when = max(when, at)
        elif kind in (ConstraintKind.FNET, ConstraintKind.MFO):
            goal = max(goal, at)
            when = max(when, self._back(i, goal))
        if act.level_delay:
            when = self.net.cal[i].next_work(when) + act.level_delay
        dates = self._reaching(i, when, goal) if goal > NOTHING else self._from(i, when)
        if not self.honours:
            return dates
        if kind is ConstraintKind.SNLT and dates[0] > at:
            return self._from(i, at)
        if kind is ConstraintKind.FNLT and dates[1] > at:
            return self._reaching(i, self._back(i, at), at)
        return dates


def remaining(act: Activity) -> int:
    """Minutes of the duration still to do."""
    if act.remaining is not None:
        return act.remaining
    return act.duration - act.duration * act.percent // 100
