"""Edits of a compiled plan: what changed is compiled again, and the order of the rest kept."""

from __future__ import annotations

from dataclasses import field

from crm_pilot.planning.engine.activity import Activity, Dependency
from crm_pilot.planning.engine.network import _EMPTY, PLAIN, Network
from crm_pilot.planning.engine.order import Order
from crm_pilot.records import dataclass


@dataclass
class Edit:
    """What is put in place of what has the same key, and what is dropped."""

    put: list[Activity] = field(default_factory=list)
    dropped: list[int] = field(default_factory=list)
    link_put: list[Dependency] = field(default_factory=list)
    link_dropped: list[int] = field(default_factory=list)


class Editor:
    """Applies one edit. `touched` are the activities to place anew, `undo` the edit back, which
    grows as the edit goes on."""

    def __init__(self, net: Network, order: Order) -> None:
        self.net, self.order = net, order
        self.touched: set[int] = set()
        self.undo = Edit()
        self._relink: set[int] = set()
        self._outline = False

    def reshapes(self, edit: Edit) -> bool:
        """Whether the edit makes a summary of a line or the other way round."""
        net = self.net
        below = {i: len(children) for i, children in net.children.items() if i}
        new = {act.key for act in edit.put if act.key not in net.number}
        for key in edit.dropped:
            i = net.number[key]
            if i in below:
                return True
            if net.parent[i] in below:
                below[net.parent[i]] -= 1
        for act in edit.put:
            above = 0 if act.parent is None else net.number.get(act.parent, 0)
            if act.parent in new or (above and above not in below):
                return True
            if act.key in new:
                continue
            was = net.parent[net.number[act.key]]
            if was != above:
                if was:
                    below[was] -= 1
                if above:
                    below[above] += 1
        return any(count <= 0 for count in below.values())

    def apply(self, edit: Edit) -> None:
        """Raises `CircleError`; `undo` then brings back what was."""
        net = self.net
        for link in [*edit.link_dropped, *[dep.key for dep in edit.link_put]]:
            if link in net.links:
                self._cut(link)
        for key in edit.dropped:
            self._drop(net.number[key])
        for act in edit.put:
            self._unhang(act)
        for act in edit.put:
            self._put(act)
        if self._outline:
            self._settle()
        for dep in edit.link_put:
            self._join(dep)
        self._finish()

    def take_over(self, failed: Editor) -> None:
        """Mind also what another editor touched before it failed."""
        self.touched |= failed.touched
        self._relink |= failed._relink
        self._outline = True

    def _cut(self, key: int) -> None:
        net = self.net
        dep = net.links[key]
        before, after = net.number[dep.before], net.number[dep.after]
        net.outs[before].remove(dep)
        net.ins[after].remove(dep)
        del net.links[key]
        self.undo.link_put.append(dep)
        self._relink |= {before, after}

    def _drop(self, i: int) -> None:
        net = self.net
        for dep in [*net.ins.get(i, ()), *net.outs.get(i, ())]:
            if dep.key in net.links:
                self._cut(dep.key)
        act = net.acts[i]
        self.undo.put.append(act)
        self.touched.add(net.parent[i])
        self._relink.discard(i)
        self.touched.discard(i)
        net.children[net.parent[i]].remove(i)
        net.number.pop(act.key)
        net.live[i] = False
        net.rule[i], net.fs_in[i], net.fs_out[i] = PLAIN, _EMPTY, _EMPTY
        for gone in (net.ins, net.outs, net.links_in, net.links_out, net.spans, net.lag_tables):
            gone.pop(i, None)
        self.order.drop(2 * i)

    def _unhang(self, act: Activity) -> None:
        """Hang what moves in the outline below the project, before anything is hung elsewhere: two
        lines may change places."""
        net = self.net
        i = net.number.get(act.key, 0)
        above = 0 if act.parent is None else net.number.get(act.parent, 0)
        if i and above != net.parent[i]:
            self.touched |= {net.parent[i], 0}
            self.undo.put.append(net.acts[i])
            net.children[net.parent[i]].remove(i)
            net.children[0].append(i)
            net.parent[i] = 0
            self._outline = True

    def _put(self, act: Activity) -> None:
        net = self.net
        i = net.number.get(act.key, 0)
        if not i:
            i = net.take(act)
            self.undo.dropped.append(act.key)
            self.order.append(2 * i)
            self._hang(i)
        else:
            was = net.acts[i]
            self.undo.put.append(was)
            net.acts[i] = act
            above = 0 if act.parent is None else net.number.get(act.parent, 0)
            if above != net.parent[i]:
                net.children[net.parent[i]].remove(i)
                self._hang(i)
            self._outline = self._outline or was.active != act.active
        net.compile(i)
        self.touched.add(i)
        self._relink.add(i)
        self._relink |= {net.number[dep.before] for dep in net.ins.get(i, ())}
        self._relink |= {net.number[dep.after] for dep in net.outs.get(i, ())}

    def _hang(self, i: int) -> None:
        net = self.net
        net.hang(i)
        above = net.parent[i]
        self.touched.add(above)
        self.order.connect(2 * above + 1, net.entry(i))
        self.order.connect(2 * i, 2 * above)
        self._outline = True

    def _settle(self) -> None:
        """Links of what comes to life, or is no longer live, count again, or no more."""
        net = self.net
        before = list(net.live)
        net.settle_outline()
        for i, live in enumerate(net.live):
            if live != before[i]:
                self.touched |= {i, net.parent[i]}
                self._relink.add(i)
                self._relink |= {net.number[dep.before] for dep in net.ins.get(i, ())}
                self._relink |= {net.number[dep.after] for dep in net.outs.get(i, ())}

    def _join(self, dep: Dependency) -> None:
        net = self.net
        self.undo.link_dropped.append(dep.key)
        net.join(dep)
        before, after = net.number[dep.before], net.number[dep.after]
        self._relink |= {before, after}
        self.order.connect(2 * before, net.entry(after))

    def _finish(self) -> None:
        for i in self._relink:
            self.net.relink_in(i)
            self.net.relink_out(i)
        self.touched |= self._relink
