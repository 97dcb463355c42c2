"""How much activities can slip: from their earliest and latest dates to their timing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from crm_pilot.planning.engine.activity import Activity, Timing
from crm_pilot.planning.engine.backward import ALWAYS_EARLY_ENOUGH, LatePass
from crm_pilot.planning.engine.forward import EarlyPass
from crm_pilot.planning.engine.network import (
    CLOCK,
    FF,
    PLAIN,
    SHARE,
    SUMMARY,
    Network,
    share,
    unlagged,
)
from crm_pilot.planning.terms import ConstraintKind, Mode

_LATEST = (ConstraintKind.MSO, ConstraintKind.MFO, ConstraintKind.SNLT, ConstraintKind.FNLT)

if TYPE_CHECKING:
    from crm_pilot.planning.engine.schedule import Schedule


class Timings(Mapping[int, Timing]):
    """Timing by key, worked out when asked for; as the schedule is then."""

    def __init__(self, schedule: Schedule) -> None:
        self._schedule = schedule

    def __getitem__(self, key: int) -> Timing:
        return self._schedule.timing(key)

    def __iter__(self) -> Iterator[int]:
        self._schedule.know_all()  # who asks for the keys asks for the rest
        return iter(self._schedule.keys())

    def __len__(self) -> int:
        return len(self._schedule.keys())


class Slack:
    """Timing of activities from two passes. `usual`: the constraint of most of the plan; what has
    the other one (as late as possible, in a plan from its start) has no slack."""

    def __init__(
        self, net: Network, early: EarlyPass, late: LatePass, critical: int, near: int, leads: bool
    ) -> None:
        self.net, self.early, self.late = net, early, late
        self.critical, self.near, self.leads = critical, near, leads
        self.usual, self.unusual = ConstraintKind.ASAP, ConstraintKind.ALAP
        if leads:
            self.usual, self.unusual = self.unusual, self.usual
        self.known: dict[int, Timing] = {}

    def timing(self, i: int) -> Timing:
        """Timing of an activity, by number."""
        found = self.known.get(i)
        if found is None:
            found = self.known[i] = self._timing(i)
        return found

    def know_all(self) -> None:
        """Work out the timing of all activities that have nothing special to say at once."""
        net, known = self.net, self.known
        start, finish = self.early.start, self.early.finish
        late_start, late_finish = self.late.start, self.late.finish
        fs_out, links_out, own, acts = net.fs_out, net.links_out, net.own, net.acts
        critical, near, make = self.critical, self.near, tuple.__new__
        for i, rule in enumerate(net.rule):
            if rule != PLAIN or i in known or acts[i].percent >= 100:
                continue
            if self.leads or not net.live[i]:
                continue
            index, table = own[i][0], net.table[i]
            begin, end, first, last = start[i], finish[i], late_start[i], late_finish[i]
            done = index[end]
            start_slack = index[first] - index[begin]
            finish_slack = index[last] - done
            if not start_slack:
                first = begin
            last = table[2][table[0][last]] if finish_slack else end
            if begin == end:
                first = last
            total = start_slack if start_slack < finish_slack else finish_slack
            free = total
            if i in links_out:
                free = self._free(i, total)
            elif fs_out[i]:
                free = index[min([start[after] for after in fs_out[i]])] - done
            known[i] = make(
                Timing,
                (
                    begin,
                    end,
                    begin,
                    end,
                    first,
                    last,
                    start_slack,
                    finish_slack,
                    total,
                    free if free > 0 else 0,
                    total <= critical,
                    critical < total <= near,
                ),
            )

    def forget(self, i: int) -> None:
        """What was known of an activity and all that hold it is out of date."""
        self.known.pop(i, None)
        while i:
            i = self.net.parent[i]
            self.known.pop(i, None)

    def _timing(self, i: int) -> Timing:
        net, early, late = self.net, self.early, self.late
        act, index = net.acts[i], net.own[i][0]
        early_start, early_finish = early.start[i], early.finish[i]
        late_start, late_finish = late.start[i], late.finish[i]
        start, finish = (late_start, late_finish) if self.leads else (early_start, early_finish)
        summary = net.rule[i] == SUMMARY
        if not self.leads and act.constraint is self.unusual and not summary:
            early_start, early_finish = early.natural(i)
        if act.actual_start is not None and not summary:
            late_start = act.actual_start
        elif any(delay for *_, delay, _ in net.spans.get(i, ())):
            late_start = early.started(i, late_start)  # the late pass knows of no delay
        start_slack = index[late_start] - index[early_start]
        finish_slack = index[late_finish] - index[early_finish]
        if act.constraint is self.unusual and not summary and act.actual_start is None:
            start_slack = finish_slack = 0
        if not start_slack:  # the end of a day and the begin of the next are one to work
            late_start = early_start
        late_finish = early_finish if not finish_slack else self._evening(i, late_finish)
        if early_start == early_finish and not summary and act.actual_start is None:
            late_start = late_finish
        total = min(start_slack, finish_slack) if act.actual_start is None else finish_slack
        if not summary and early.honours and self._imposed(act):
            # a date that wins over links lacks what the links would have taken
            lacking = index[early_start] - index[early.by_links(i)]
            total = min(total, lacking) if lacking < 0 else total
        critical = self._critical(i, total, summary)
        return Timing(
            start,
            finish,
            early_start,
            early_finish,
            late_start,
            late_finish,
            start_slack,
            finish_slack,
            total,
            self._free(i, total),
            critical,
            not critical and total <= self.near and self._open(i),
        )

    def _evening(self, i: int, finish: int) -> int:
        """A late finish as it is shown: the evening before a pause, not the morning after."""
        spans = self.net.spans.get(i, ())
        tables = [span[:3] for span in spans] or [self.net.table[i]]
        return max([ends[index[finish]] for index, _, ends in tables])

    def _imposed(self, act: Activity) -> bool:
        """Whether a date of its own wins over the links of an activity."""
        return (
            not self.leads
            and act.constraint in _LATEST
            and act.constraint_at is not None
            and act.actual_start is None
            and act.actual_finish is None
            and act.mode is Mode.AUTO
        )

    def _open(self, i: int) -> bool:
        """Whether there is something left to slip."""
        return self.net.live[i] and not self.net.done[i] and self.net.acts[i].percent < 100

    def _critical(self, i: int, total: int, summary: bool) -> bool:
        if summary and (children := self.net.children[i]):
            return self.net.live[i] and any(self.timing(child).critical for child in children)
        return total <= self.critical and self._open(i)

    def _free(self, i: int, total: int) -> int:
        """Working minutes an activity may slip before the first that waits for it moves."""
        net, early = self.net, self.early
        if net.done[i]:
            return 0
        start = early.start if not self.leads else self.late.start
        finish = early.finish if not self.leads else self.late.finish
        index = net.own[i][0]
        least = ALWAYS_EARLY_ENOUGH
        done = index[finish[i]]
        for after in net.fs_out[i]:
            least = min(least, index[start[after]] - done)
        for after, kind, lag, unit in net.links_out.get(i, ()):
            base = start[after] if kind < FF else finish[after]
            if unit >= SHARE:
                lag = share(net.cal[i].between(start[i], finish[i]), lag)
                unit -= SHARE
            if unit == CLOCK:
                base -= lag
            elif lag:
                base = unlagged(net.lag_table(after), base, lag, kind)
            least = min(least, index[base] - index[start[i] if kind & 1 else finish[i]])
        return max(total if least == ALWAYS_EARLY_ENOUGH else least, 0)
