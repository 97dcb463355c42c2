"""Edits of the order of the outline: indent, outdent, up, down, delete, kind and pillar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.planning import rules
from crm_pilot.planning.commands import become_phase, find, plan, renumber
from crm_pilot.planning.deleting import keep_chains
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import Pillar, TaskKind
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


def topmost(tree: rules.Outline, keys: tuple[int, ...]) -> list[TaskRow]:
    """The rows of `keys` in outline order, without those that lie under another of them."""
    wanted = set(keys)
    covered: set[int] = set()
    made = []
    for row in tree.rows:
        if row.id in wanted and row.id not in covered:
            made.append(row)
            covered.update(below.id for below in tree.below(row.id))
    return made


def neighbours(tree: rules.Outline, row: TaskRow) -> list[TaskRow]:
    """The row's siblings and itself in order; at the top only those of its pillar."""
    siblings = tree.children[row.parent_id]
    if row.parent_id is None:
        return [other for other in siblings if other.pillar is row.pillar]
    return siblings


@dataclass(frozen=True)
class Indent:
    """Put lines under the line before them, which becomes a phase."""

    keys: tuple[int, ...]

    @property
    def label(self) -> Message:
        return nmsg("Indent a line", "Indent {n} lines", len(self.keys))

    def apply(self, work: Work) -> None:
        for chosen in topmost(plan(work), self.keys):
            tree = plan(work)
            row = find(tree, chosen.id)
            siblings = neighbours(tree, row)
            place = siblings.index(row)
            if place == 0:
                continue
            parent = siblings[place - 1]
            become_phase(work, parent)
            below = [child.id for child in tree.children.get(parent.id, ())]
            work.set("task", row.id, parent_id=parent.id, position=len(below))
            renumber(work, [*below, row.id])


@dataclass(frozen=True)
class Outdent:
    """Bring lines one level up, behind the phase that held them."""

    keys: tuple[int, ...]

    @property
    def label(self) -> Message:
        return nmsg("Outdent a line", "Outdent {n} lines", len(self.keys))

    def apply(self, work: Work) -> None:
        for chosen in reversed(topmost(plan(work), self.keys)):  # keeps their order
            tree = plan(work)
            row = find(tree, chosen.id)
            if row.parent_id is None:
                continue
            parent = find(tree, row.parent_id)
            above = [sibling.id for sibling in tree.children[parent.parent_id]]
            place = above.index(parent.id) + 1
            work.set("task", row.id, parent_id=parent.parent_id)
            if parent.parent_id is None and row.pillar is not parent.pillar:
                recolour(work, tree, row, parent.pillar)
            renumber(work, [*above[:place], row.id, *above[place:]])
            own = work.get("task", parent.id)  # the outline holds the dates of what is inside
            if len(tree.children[parent.id]) == 1 and own.start is not None:
                work.set("task", parent.id, kind=TaskKind.TASK)  # by its dates it was one before


@dataclass(frozen=True)
class MoveLine:
    """Move a line up (`step` −1) or down (+1) among its neighbours, with what it holds."""

    key: int
    step: int
    title: str = ""

    @property
    def label(self) -> Message:
        return msg("Move “{title}”", title=self.title)

    @property
    def merge_key(self) -> tuple[str, int, int]:
        return ("move line", self.key, self.step)

    def apply(self, work: Work) -> None:
        tree = plan(work)
        row = find(tree, self.key)
        siblings = [other.id for other in neighbours(tree, row)]
        place = siblings.index(self.key) + self.step
        if not 0 <= place < len(siblings):
            return
        siblings.remove(self.key)
        siblings.insert(place, self.key)
        if row.parent_id is None:  # positions run over all pillars
            inside = set(siblings)
            rest = [r.id for r in tree.children[None] if r.id not in inside]
            siblings = [*siblings, *rest]
        renumber(work, siblings)


@dataclass(frozen=True)
class DeleteTasks:
    """Delete lines and all they hold, as one step; chains of links close over them."""

    keys: tuple[int, ...]
    title: str = ""

    @property
    def label(self) -> Message:
        return nmsg("Delete “{title}”", "Delete {n} lines", len(self.keys), title=self.title)

    def apply(self, work: Work) -> None:
        tree = plan(work)
        rows = topmost(tree, self.keys)
        keep_chains(work, {row.id for top in rows for row in (top, *tree.below(top.id))})
        for row in rows:
            work.remove("task", row.id)


@dataclass(frozen=True)
class AddLine:
    """Add a line as the last one of a phase, or of a pillar; the result is its id.

    `values`: title, and any of start, finish, percent, owner, wave and note, as a table pasted
    from a spreadsheet gives them. One date stands for both; without any it begins on the next
    working day after `today`.
    """

    values: Mapping[str, Any]
    parent_id: int | None
    pillar: Pillar
    today: dt.date

    @property
    def label(self) -> Message:
        return msg("Add “{title}”", title=str(self.values["title"]))

    def apply(self, work: Work) -> int:
        given = self.values
        start = given.get("start") or given.get("finish") or rules.next_working_day(self.today)
        finish = max(start, given.get("finish") or start)
        tree = plan(work)
        siblings = tree.children.get(self.parent_id, ())
        return work.add(
            "task",
            title=str(given["title"]),
            kind=TaskKind.TASK,
            pillar=self.pillar,
            parent_id=self.parent_id,
            position=len(siblings),
            start=start,
            finish=finish,
            percent=given.get("percent") or 0,
            owner_id=given.get("owner"),
            wave_id=given.get("wave"),
            note=given.get("note") or "",
        )


@dataclass(frozen=True)
class DuplicateTasks:
    """Copy lines with all they hold, each behind the original; the result is the copies' ids.

    Nothing of a copy is done yet; links between lines copied together are copied.
    """

    keys: tuple[int, ...]

    @property
    def label(self) -> Message:
        return nmsg("Duplicate a line", "Duplicate {n} lines", len(self.keys))

    def apply(self, work: Work) -> list[int]:
        made: list[int] = []
        copies: dict[int, int] = {}
        for row in topmost(plan(work), self.keys):
            tree = plan(work)
            for one in (row, *tree.below(row.id)):
                parent = copies.get(one.parent_id or 0, one.parent_id)
                copies[one.id] = work.copy("task", one.id)
                work.set("task", copies[one.id], parent_id=parent, percent=0)
            siblings = [other.id for other in tree.children[row.parent_id]]
            place = siblings.index(row.id) + 1
            renumber(work, [*siblings[:place], copies[row.id], *siblings[place:]])
            made.append(copies[row.id])
        for before, after in work.select("SELECT predecessor_id, successor_id FROM link"):
            if before in copies and after in copies:
                work.add("link", predecessor_id=copies[before], successor_id=copies[after])
        return made


@dataclass(frozen=True)
class SetKind:
    """Make a line a task, a milestone or a phase. A milestone keeps the finish as its date."""

    key: int
    kind: TaskKind
    title: str = ""

    @property
    def label(self) -> Message:
        return msg("Change the kind of “{title}”", title=self.title)

    def apply(self, work: Work) -> None:
        tree = plan(work)
        row = find(tree, self.key)
        if self.key in tree.children and self.kind is not TaskKind.PHASE:
            raise UserError(
                N_("“{title}” holds other lines, so it stays a phase. Move them out first."),
                title=row.title,
            )
        if self.kind is TaskKind.MILESTONE:
            day: dt.date | None = row.finish or row.start
            reached = 100 if row.done else 0
            work.set("task", self.key, kind=self.kind, start=day, finish=day, percent=reached)
        else:
            work.set("task", self.key, kind=self.kind)


@dataclass(frozen=True)
class SetPillar:
    """Put a line under another pillar, with the lines it holds that shared the old one."""

    key: int
    pillar: Pillar
    title: str = ""

    @property
    def label(self) -> Message:
        return msg("Change the pillar of “{title}”", title=self.title)

    def apply(self, work: Work) -> None:
        tree = plan(work)
        recolour(work, tree, find(tree, self.key), self.pillar)


def recolour(work: Work, tree: rules.Outline, row: TaskRow, pillar: Pillar) -> None:
    """Give `row`, and what it holds of the same pillar, the pillar `pillar`."""
    old = row.pillar
    for line in (row, *tree.below(row.id)):
        if line.pillar is old:
            work.set("task", line.id, pillar=pillar)
