"""The schedule of a plan, kept up to date: an edit touches what depends on it, nothing else.

Semantics are those of MS Project. Dates run from the start of the project (or back from its
finish); the late side is worked out when somebody asks for it.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, KeysView, Mapping

from crm_pilot.planning.engine import problems, slips
from crm_pilot.planning.engine.activity import (
    Activity,
    CircleError,
    Dependency,
    Problem,
    Timing,
    Trouble,
    Worker,
)
from crm_pilot.planning.engine.backward import ALWAYS_EARLY_ENOUGH, LatePass
from crm_pilot.planning.engine.editing import Edit, Editor
from crm_pilot.planning.engine.forward import Dates, EarlyPass
from crm_pilot.planning.engine.network import PLAIN, SUMMARY, Network
from crm_pilot.planning.engine.order import GONE, Order
from crm_pilot.planning.engine.slack import Slack, Timings
from crm_pilot.planning.engine.worktime import Calendar
from crm_pilot.planning.terms import ConstraintKind, Mode

__all__ = [
    "Activity",
    "CircleError",
    "Dependency",
    "Problem",
    "Schedule",
    "Timing",
    "Trouble",
    "Worker",
]

TWO_DAYS = 960  # minutes; slack below it makes a line near-critical unless the project says so


class Schedule:
    """Dates and timing of activities, by key.

    `start` is the begin of the project; with `from_finish` everything is as late as `finish`
    allows instead. `honours_constraints`: dates that must be held win over links. `splits`: what
    remains of work begun before its predecessors were done waits for them. `per_path`: every
    chain has a critical path of its own. Slack in working minutes. Raises `CircleError`.
    """

    def __init__(
        self,
        activities: Iterable[Activity],
        dependencies: Iterable[Dependency],
        *,
        start: int,
        calendar: Calendar,
        finish: int | None = None,
        from_finish: bool = False,
        honours_constraints: bool = True,
        critical_slack: int = 0,
        near_slack: int = TWO_DAYS,
        splits: bool = True,
        per_path: bool = False,
    ) -> None:
        self.calendar = calendar
        self._begin, self._end = start, finish
        self._leads = from_finish and finish is not None
        self._honours, self._splits, self._per_path = honours_constraints, splits, per_path
        self._critical, self._near = critical_slack, near_slack
        self._build(activities, dependencies)

    # asking ----------------------------------------------------------------------------------

    @property
    def start(self) -> int:
        """The first start of all; the begin of the project when it has no activity."""
        return self._dates(0)[0]

    @property
    def finish(self) -> int:
        """The last finish of all."""
        return self._late_pass().finish[0] if self._leads else self._early.end

    def keys(self) -> KeysView[int]:
        """Keys of all activities."""
        return self._net.number.keys()

    def activity(self, key: int) -> Activity:
        """An activity as it was last put."""
        return self._net.acts[self._net.number[key]]

    def dependencies(self) -> Mapping[int, Dependency]:
        """All links, by key."""
        return self._net.links

    def dates(self, key: int) -> Dates:
        """Start and finish of an activity."""
        return self._dates(self._net.number[key])

    def timing(self, key: int) -> Timing:
        """Everything known of when an activity happens."""
        known = self._known
        if known is None or self._stale:
            known = self._slack()
        i = self._net.number[key]
        return known.known.get(i) or known.timing(i)

    def whole(self) -> Timing:
        """Timing of the project, as of a summary of all."""
        return self._slack().timing(0)

    def timings(self) -> Mapping[int, Timing]:
        """Timing of all, by key, each worked out when it is asked for; it follows changes."""
        return Timings(self)

    def know_all(self) -> None:
        """Work out the timing of most activities at once, which is quicker than one by one."""
        self._slack().know_all()

    def problems(self) -> tuple[Problem, ...]:
        """Links, constraints and deadlines that the dates do not keep."""
        return tuple(problems.found(self._net, self._dates))

    def slips(self, target: int) -> Mapping[int, int]:
        """Working minutes the finish of each activity that leads to `target` may slip before
        `target` moves, by key."""
        start, finish = self._scheduled()
        return slips.before(self._net, self._order, start, finish, self._net.number[target])

    # changing --------------------------------------------------------------------------------

    def change(
        self,
        *,
        put: Iterable[Activity] = (),
        dropped: Iterable[int] = (),
        link_put: Iterable[Dependency] = (),
        link_dropped: Iterable[int] = (),
    ) -> frozenset[int]:
        """Put activities and links in place of those with the same keys, or add them; drop
        others (links go with their activities). Returns the keys of those whose start or finish
        is not what it was. Raises `CircleError` and leaves the schedule as it was."""
        edit = Edit(list(put), list(dropped), list(link_put), list(link_dropped))
        editor = Editor(self._net, self._order)
        if editor.reshapes(edit):
            return self._rebuilt(edit)
        try:
            editor.apply(edit)
        except CircleError:
            back = Editor(self._net, self._order)
            back.take_over(editor)
            back.apply(editor.undo)
            self._settle(back.touched)
            raise
        return self._settle(editor.touched)

    def _build(self, activities: Iterable[Activity], dependencies: Iterable[Dependency]) -> None:
        usual = ConstraintKind.ALAP if self._leads else ConstraintKind.ASAP
        net = Network(self.calendar, usual)
        net.fill(activities, dependencies)
        order = Order(net)
        self._net, self._order = net, order
        self._run_all()

    def _rebuilt(self, edit: Edit) -> frozenset[int]:
        """Compile everything again, after an edit that made or unmade summaries."""
        net = self._net
        was = {key: self._dates(i) for key, i in net.number.items()}
        acts = {net.acts[i].key: net.acts[i] for i in net.number.values()}
        links = dict(net.links)
        for key in edit.dropped:
            acts.pop(key)
        acts |= {act.key: act for act in edit.put}
        for key in edit.link_dropped:
            links.pop(key, None)
        links |= {dep.key: dep for dep in edit.link_put}
        kept = [dep for dep in links.values() if dep.before in acts and dep.after in acts]
        self._build(acts.values(), kept)
        return frozenset(
            key for key, i in self._net.number.items() if was.get(key) != self._dates(i)
        )

    # passes ----------------------------------------------------------------------------------

    def _run_all(self) -> None:
        self._late: LatePass | None = None
        self._known: Slack | None = None
        self._stale: set[int] = set()  # nodes whose late dates are to be worked out again
        self._early = EarlyPass(self._net, self._begin, honours=self._honours, splits=self._splits)
        if self._leads:
            self._run_back()
        else:
            self._early.run(self._order.all())
            if self._exceptions():
                self._run_exceptions()

    def _exceptions(self) -> list[int]:
        """Activities that go against the direction of the plan: as late as possible in a plan
        from its start."""
        net = self._net
        kind = ConstraintKind.ASAP if self._leads else ConstraintKind.ALAP
        return [
            i
            for i in net.number.values()
            if net.acts[i].constraint is kind
            and net.rule[i] != SUMMARY
            and net.live[i]
            and net.acts[i].mode is Mode.AUTO
            and net.acts[i].actual_start is None
            and net.acts[i].actual_finish is None
        ]

    def _pass_back(self, early: EarlyPass | None, end: int) -> LatePass:
        return LatePass(
            self._net,
            end,
            early,
            honours=self._honours,
            leads=self._leads,
            per_path=self._per_path,
        )

    def _run_exceptions(self) -> None:
        """What is as late as possible takes its late dates, and the rest follows it."""
        late = self._pass_back(self._early, self._early.end)
        late.run(self._order.all_back())
        pins = {i: (late.start[i], late.finish[i]) for i in self._exceptions()}
        self._early = EarlyPass(
            self._net,
            self._begin,
            honours=self._honours,
            splits=self._splits,
            pinned=pins.get,
        )
        self._early.run(self._order.all())

    def _run_back(self) -> None:
        """A plan from its finish: late dates first, then the early ones from where it starts."""
        end = self._end if self._end is not None else self._begin
        late = self._pass_back(None, end)
        late.run(self._order.all_back())
        self._early.begin = late.start[0] if self._net.children[0] else end
        self._early.run(self._order.all())
        late = self._pass_back(self._early, end)
        if asap := self._exceptions():
            pins = {i: (self._early.start[i], self._early.finish[i]) for i in asap}
            late.pinned = pins.get
        late.run(self._order.all_back())
        self._late = late

    def _settle(self, touched: set[int]) -> frozenset[int]:
        """Place anew what an edit touched and all that follows from it."""
        net = self._net
        chained = self._leads or self._early.pinned is not None
        if chained or self._exceptions_among(touched):
            was = {i: self._dates(i) for i in net.number.values() if i < len(self._early.start)}
            self._run_all()
            return frozenset(
                net.acts[i].key for i in net.number.values() if was.get(i) != self._dates(i)
            )
        self._early.grow()
        moved, seen = self._ripple(touched)
        self._tell_late(touched, moved, seen)
        return frozenset(
            net.acts[i].key for i in moved if i and net.number.get(net.acts[i].key) == i
        )

    def _exceptions_among(self, touched: set[int]) -> bool:
        return any(self._net.acts[i].constraint is ConstraintKind.ALAP for i in touched)

    def _ripple(self, touched: set[int]) -> tuple[set[int], set[int]]:
        """Early dates anew, in order, as far as they change. Returns what moved, and what was
        looked at."""
        net, order, early = self._net, self._order, self._early
        queue = Queue(order.rank)
        for i in touched:
            queue.push(2 * i)
            if i in net.children:
                queue.push(2 * i + 1)
        moved: set[int] = set()
        seen: set[int] = set()
        one = [0]
        for node in queue:
            i = node >> 1
            seen.add(i)
            one[0] = node
            if node & 1:
                asked = early.asked[i], early.asked_finish[i], early.bare[i]
                early.run(one)
                if asked == (early.asked[i], early.asked_finish[i], early.bare[i]):
                    continue
            else:
                was = early.start[i], early.finish[i]
                early.run(one)
                if was == (early.start[i], early.finish[i]):
                    continue
                moved.add(i)
            for after in order.after(node):
                queue.push(after)
        return moved, seen

    # the late side ---------------------------------------------------------------------------

    def _tell_late(self, touched: set[int], moved: set[int], seen: set[int]) -> None:
        """Note which late dates an edit put in doubt."""
        late, known, net = self._late, self._known, self._net
        if late is None:
            return
        late.grow()
        if late.end != self._early.end:
            self._late = self._known = None
            self._stale.clear()
            return
        for i in touched:
            self._stale.add(2 * i)
            if i in net.children:
                self._stale.add(2 * i + 1)
                if self._per_path:  # whether somebody waits for it counts for all below
                    self._stale |= self._order.below(2 * i + 1)
        for i in moved:
            held = late.asked_start[net.parent[i]] < ALWAYS_EARLY_ENOUGH
            if net.rule[i] != PLAIN or self._per_path or held:
                self._stale |= {2 * i, 2 * net.parent[i]}
            if late.asked_start[i] < ALWAYS_EARLY_ENOUGH:
                self._stale |= {2 * child for child in net.children.get(i, ())}
        if known is not None:
            for i in touched | seen:
                known.forget(i)
                for dep in net.ins.get(i, ()):
                    known.forget(net.number[dep.before])

    def _late_pass(self) -> LatePass:
        """Late dates, up to date."""
        if self._late is None:
            self._late = self._pass_back(self._early, self._early.end)
            self._late.run(self._order.all_back())
            self._stale.clear()
        if self._stale:
            self._ripple_back(self._late)
        return self._late

    def _ripple_back(self, late: LatePass) -> None:
        net, order = self._net, self._order
        queue = Queue(order.rank, -1)
        for node in self._stale:
            queue.push(node)
        self._stale.clear()
        one = [0]
        for node in queue:
            i = node >> 1
            one[0] = node
            asking = not node & 1 and i in net.children
            first, last = (late.asked_start, late.asked) if asking else (late.start, late.finish)
            was = first[i], last[i], late.bare[i], late.first.get(i)
            late.run(one)
            now = first[i], last[i], late.bare[i], late.first.get(i)
            if was == now:
                continue
            if self._known is not None:
                self._known.forget(i)
            for before in order.before(node):
                queue.push(before)

    def _slack(self) -> Slack:
        late = self._late_pass()
        if self._known is None:
            self._known = Slack(
                self._net, self._early, late, self._critical, self._near, self._leads
            )
        return self._known

    def _scheduled(self) -> tuple[list[int], list[int]]:
        passed = self._late_pass() if self._leads else self._early
        return passed.start, passed.finish

    def _dates(self, i: int) -> Dates:
        passed = self._late if self._leads and self._late is not None else self._early
        return passed.start[i], passed.finish[i]


class Queue:
    """Nodes to visit in order of their ranks (`sign` -1: against it), each once at a time."""

    def __init__(self, rank: list[int], sign: int = 1) -> None:
        self._rank, self._sign = rank, sign
        self._heap: list[tuple[int, int]] = []
        self._waiting: set[int] = set()

    def push(self, node: int) -> None:
        """A node to visit, unless it is gone."""
        if node not in self._waiting and node < len(self._rank) and self._rank[node] != GONE:
            self._waiting.add(node)
            heapq.heappush(self._heap, (self._sign * self._rank[node], node))

    def __iter__(self) -> Iterator[int]:
        while self._heap:
            _, node = heapq.heappop(self._heap)
            self._waiting.discard(node)
            yield node
