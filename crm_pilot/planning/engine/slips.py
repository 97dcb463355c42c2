"""What can still slip before one activity, such as the go-live, moves."""

from __future__ import annotations

from collections.abc import Iterable

from crm_pilot.planning.engine.backward import ALWAYS_EARLY_ENOUGH, LatePass
from crm_pilot.planning.engine.network import SUMMARY, Network
from crm_pilot.planning.engine.order import Order
from crm_pilot.records import dataclass


@dataclass
class Dated:
    """The dates of the plan, by number."""

    start: list[int]
    finish: list[int]


class _Toward(LatePass):
    """Latest dates that leave one activity where it is, whatever else they delay: constraints and
    deadlines on the way say nothing, links do."""

    def __init__(self, net: Network, dates: Dated, target: int) -> None:
        super().__init__(net, ALWAYS_EARLY_ENOUGH, dates)
        self.dates, self.target = dates, target

    def run(self, nodes: Iterable[int]) -> None:
        net = self.net
        for node in nodes:
            i = node >> 1
            if node & 1:
                below = [child for child in net.children[i] if net.live[child]]
                never = ALWAYS_EARLY_ENOUGH
                self.start[i] = min([self.start[child] for child in below], default=never)
                self.first[i] = min([self._latest_finish(c) for c in below], default=never)
                continue
            last, first = self._asked(i)
            if net.rule[i] == SUMMARY:
                self.asked[i], self.asked_start[i] = last, first
                continue
            if first < ALWAYS_EARLY_ENOUGH:
                last = min(last, self._started_by(i, first))
            if last < ALWAYS_EARLY_ENOUGH:
                self.start[i] = self._back(i, net.acts[i], last)
                self.finish[i] = self._last_work(i, last)
            if i == self.target:
                self.start[i] = self.dates.start[i]

    def _asked(self, i: int) -> tuple[int, int]:
        """The latest finish and start of an activity."""
        if i == self.target:
            return self.dates.finish[i], ALWAYS_EARLY_ENOUGH
        above = self.net.parent[i]
        first = ALWAYS_EARLY_ENOUGH
        if i and self.dates.start[i] == self.dates.start[above]:
            first = self.asked_start[above]
        return self._linked(i, self.asked[above], first)


def before(
    net: Network, order: Order, start: list[int], finish: list[int], target: int
) -> dict[int, int]:
    """Working minutes by key of activities that lead to `target`; summaries are left out."""
    late = _Toward(net, Dated(start, finish), target)
    nodes = sorted(order.leading_to(2 * target), key=order.rank.__getitem__, reverse=True)
    late.run(nodes)
    found = {}
    for node in nodes:
        i = node >> 1
        if node & 1 or i == target or net.rule[i] == SUMMARY or not net.live[i]:
            continue
        if late.finish[i] < ALWAYS_EARLY_ENOUGH:
            found[net.acts[i].key] = max(net.cal[i].between(finish[i], late.finish[i]), 0)
    return found
