"""The order in which activities are placed: each after all it waits for. Names circles.

The order is kept when links come one by one (after Pearce and Kelly, "A dynamic topological
sort algorithm for directed acyclic graphs", 2006): only nodes between the two ends move.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from itertools import chain

from crm_pilot.planning.engine.activity import CircleError
from crm_pilot.planning.engine.network import Network

GONE = -1  # in place of a node that was dropped


class Order:
    """Nodes of a network (see there) in an order that its links and outline allow."""

    def __init__(self, net: Network) -> None:
        """Raises `CircleError`."""
        self.net = net
        self.nodes: list[int] = []
        self.rank: list[int] = []
        self._sort()

    def _sort(self) -> None:
        net = self.net
        children, fs_out, odd = net.children, net.fs_out, net.odd
        count = len(net.acts)
        entry = [2 * i for i in range(count)]
        for i in children:
            entry[i] += 1
        upper = [2 * i for i in net.parent]
        waits = [1] * (2 * count)  # for the begin of what holds it, or for its own begin
        for after, links in Counter(chain.from_iterable([*fs_out, *odd.values()])).items():
            waits[entry[after]] += links
        for i, below in children.items():
            waits[2 * i] += len(below)
        nodes = self.nodes
        ready = [1]
        while ready:
            node = ready.pop()
            nodes.append(node)
            i = node >> 1
            if node & 1:
                then = [entry[child] for child in children[i]]
                then.append(node - 1)
            elif fs_out[i] or i in odd:
                then = [entry[after] for after in fs_out[i]]
                then += [entry[after] for after in odd.get(i, ())]
                then.append(upper[i])
            else:
                then = [upper[i]]
            for after in then:
                left = waits[after] - 1
                waits[after] = left
                if not left:
                    ready.append(after)
        if len(nodes) < count + len(children):
            done = set(nodes)
            every = {*entry, *range(0, 2 * count, 2)}
            raise self._circle(every - done)
        self.rank = [GONE] * (2 * count)
        for rank, node in enumerate(nodes):
            self.rank[node] = rank

    def before(self, node: int) -> Iterator[int]:
        """Nodes that must come before a node."""
        net, i = self.net, node >> 1
        if not node & 1 and i in net.children:
            yield node + 1
            for child in net.children[i]:
                yield 2 * child
            return
        for dep in net.ins.get(i, ()):
            yield 2 * net.number[dep.before]
        if i:
            yield 2 * net.parent[i] + 1

    def after(self, node: int) -> Iterator[int]:
        """Nodes that must come after a node."""
        net, i = self.net, node >> 1
        if node & 1:
            yield node - 1
            for child in net.children[i]:
                yield net.entry(child)
            return
        for dep in net.outs.get(i, ()):
            yield net.entry(net.number[dep.after])
        if i:
            yield 2 * net.parent[i]

    def all(self) -> list[int]:
        """All nodes in order."""
        return [node for node in self.nodes if node != GONE]

    def all_back(self) -> list[int]:
        """All nodes against the order."""
        return self.all()[::-1]

    def leading_to(self, node: int) -> set[int]:
        """A node and all that must come before it."""
        return set(self._reach(node, self.before, lambda _: True))

    def below(self, begin: int) -> set[int]:
        """The begin of a summary and all nodes below it."""
        net, found, stack = self.net, {begin}, [begin]
        while stack:
            for child in net.children.get(stack.pop() >> 1, ()):
                found.add(2 * child)
                stack.append(2 * child)
        return found

    def append(self, node: int) -> None:
        """Take a new node, last for now."""
        missing = node + 2 - len(self.rank)
        self.rank += [GONE] * max(missing, 0)
        self.rank[node] = len(self.nodes)
        self.nodes.append(node)

    def drop(self, node: int) -> None:
        """Forget a node."""
        self.nodes[self.rank[node]] = GONE
        self.rank[node] = GONE

    def connect(self, first: int, then: int) -> None:
        """See to it that `first` comes before `then`. Raises `CircleError`."""
        rank = self.rank
        low, high = rank[then], rank[first]
        if high < low:
            return
        ahead = self._reach(then, self.after, lambda node: rank[node] <= high)
        if first in ahead:
            raise self._named(_way(ahead, first))
        behind = self._reach(first, self.before, lambda node: rank[node] >= low)
        moved = sorted(behind, key=rank.__getitem__) + sorted(ahead, key=rank.__getitem__)
        for place, node in zip(sorted(rank[node] for node in moved), moved, strict=True):
            rank[node] = place
            self.nodes[place] = node

    def _reach(
        self, node: int, step: Callable[[int], Iterator[int]], within: Callable[[int], bool]
    ) -> dict[int, int]:
        """Nodes reached from a node, each with the one it was reached from."""
        found = {node: node}
        stack = [node]
        while stack:
            here = stack.pop()
            for there in step(here):
                if there not in found and within(there):
                    found[there] = here
                    stack.append(there)
        return found

    def _circle(self, stuck: set[int]) -> CircleError:
        """A circle among nodes each of which waits for another of them."""
        way: dict[int, int] = {}
        node = min(stuck)
        while node not in way:
            way[node] = len(way)
            node = next(n for n in self.before(node) if n in stuck)
        circle = [n for n, place in way.items() if place >= way[node]]
        return self._named(circle[::-1])

    def _named(self, circle: list[int]) -> CircleError:
        keys: list[int] = []
        for node in circle:
            key = self.net.acts[node >> 1].key
            if node >> 1 and key not in keys:
                keys.append(key)
        return CircleError(tuple(keys))


def _way(found: dict[int, int], last: int) -> list[int]:
    """The nodes from the first reached to `last`."""
    way = [last]
    while found[way[-1]] != way[-1]:
        way.append(found[way[-1]])
    return way[::-1]
