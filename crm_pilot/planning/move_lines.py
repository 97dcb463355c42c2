"""Put lines elsewhere in the outline: before or after another line, or under it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.planning import rules
from crm_pilot.planning.commands import become_phase, find, plan, renumber
from crm_pilot.planning.outline_commands import recolour, topmost
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import Pillar, TaskKind
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class MoveLines:
    """Move lines with all they hold, in their order.

    One of `before`, `after`, `under` names a line; `pillar` alone puts them at its end. They take
    the pillar of where they come to stand.
    """

    keys: tuple[int, ...]
    before: int | None = None
    after: int | None = None
    under: int | None = None
    pillar: Pillar | None = None
    title: str = ""

    @property
    def label(self) -> Message:
        if len(self.keys) == 1:
            return msg("Move “{title}”", title=self.title)
        return nmsg("Move a line", "Move {n} lines", len(self.keys))

    def apply(self, work: Work) -> None:
        tree = plan(work)
        rows = topmost(tree, self.keys)
        moving = {row.id for row in rows}
        beside = self.before if self.before is not None else self.after
        target = find(tree, key) if (key := beside or self.under) is not None else None
        self._refuse(tree, rows, target)
        parent = target.parent_id if target is not None else None
        if self.under is not None and target is not None:
            parent = target.id
            become_phase(work, target)
        there = [row.id for row in tree.children.get(parent, ()) if row.id not in moving]
        place = len(there)
        if target is not None and self.under is None:
            place = there.index(target.id) + (self.after is not None)
        pillar = target.pillar if target is not None else self.pillar
        for row in rows:
            if row.parent_id != parent:
                work.set("task", row.id, parent_id=parent)
            if pillar is not None and row.pillar is not pillar:
                recolour(work, tree, row, pillar)
        renumber(work, [*there[:place], *(row.id for row in rows), *there[place:]])
        self._leave(work, tree, rows, parent)

    def _refuse(self, tree: rules.Outline, rows: Iterable[TaskRow], target: TaskRow | None) -> None:
        for row in rows:
            held = {row.id, *(below.id for below in tree.below(row.id))}
            if target is not None and target.id in held:
                raise UserError(
                    N_("“{title}” cannot be put into itself. Nothing was changed."),
                    title=row.title,
                )

    def _leave(
        self, work: Work, tree: rules.Outline, rows: Iterable[TaskRow], parent: int | None
    ) -> None:
        """What held them and holds nothing now is a task again where it has dates of its own."""
        moving = {row.id for row in rows}
        for old in {row.parent_id for row in rows} - {parent, None}:
            assert old is not None
            left = [row for row in tree.children[old] if row.id not in moving]
            if not left and work.get("task", old).start is not None:
                work.set("task", old, kind=TaskKind.TASK)
