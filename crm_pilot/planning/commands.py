"""Edits of the plan that change several rows: adding, dates, progress, links.

Those that change the order of the outline are in `outline_commands`, reference plans and announced
dates in `announcements`.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.planning import queries, rules
from crm_pilot.planning.announcements import announce
from crm_pilot.planning.moving import hours_around, shifted
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import Pillar, TaskKind
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

FIRST_LENGTH = 5  # working days of a new task


def plan(work: Work) -> rules.Outline:
    """The plan as it stands inside a command's transaction."""
    return rules.outline(queries.read_tasks(work.select))


def find(tree: rules.Outline, key: int) -> TaskRow:
    """Row `key`, or a `UserError` when it is gone."""
    for row in tree.rows:
        if row.id == key:
            return row
    raise UserError(N_("This row no longer exists: it was deleted meanwhile."))


def renumber(work: Work, keys: list[int]) -> None:
    """Give siblings the positions 0, 1, 2 … in the order of `keys`."""
    known = dict(work.select("SELECT id, position FROM task"))
    for position, key in enumerate(keys):
        if known[key] != position:
            work.set("task", key, position=position)


@dataclass(frozen=True)
class AddTask:
    """Add a line; the result is its id.

    `after` puts it behind that row on the same level, `under` as the last child of that row
    (which becomes a phase); with neither it goes to the end of `pillar`. Dates that are not
    given follow the row before it, the phase, or `today`: a task gets five working days.
    """

    title: str
    today: dt.date
    after: int | None = None
    under: int | None = None
    kind: TaskKind = TaskKind.TASK
    pillar: Pillar = Pillar.DEPLOYMENT
    start: dt.date | None = None
    finish: dt.date | None = None

    @property
    def label(self) -> Message:
        return msg("Add “{title}”", title=self.title)

    def apply(self, work: Work) -> int:
        tree = plan(work)
        before = find(tree, self.after) if self.after is not None else None
        parent = find(tree, self.under) if self.under is not None else None
        if parent is not None:
            become_phase(work, parent)
        siblings = self._siblings(tree, before)
        start, finish = self._dates(before, parent, tree)
        model = before or parent
        key = work.add(
            "task",
            title=self.title,
            kind=self.kind,
            pillar=model.pillar if model else self.pillar,
            parent_id=before.parent_id if before else self.under,
            start=start,
            finish=finish,
            wave_id=model.wave_id if model else None,
            position=len(siblings),
        )
        place = siblings.index(before.id) + 1 if before else len(siblings)
        renumber(work, [*siblings[:place], key, *siblings[place:]])
        return key

    def _siblings(self, tree: rules.Outline, before: TaskRow | None) -> list[int]:
        parent = before.parent_id if before else self.under
        return [row.id for row in tree.children.get(parent, ())]

    def _dates(
        self, before: TaskRow | None, parent: TaskRow | None, tree: rules.Outline
    ) -> tuple[dt.date, dt.date]:
        start = self.start
        if start is None and before is not None and before.finish is not None:
            shift = 0 if before.kind is TaskKind.MILESTONE else 1
            start = before.finish + shift * rules.ONE_DAY
        if start is None and parent is not None:
            ends = [row.finish for row in tree.below(parent.id) if row.finish]
            start = max(ends) + rules.ONE_DAY if ends else parent.start
        start = start or self.finish or rules.next_working_day(self.today)
        if self.start is None:
            start = rules.next_working_day(start)
        if self.kind is TaskKind.MILESTONE:
            return start, start
        finish = self.finish or rules.after_working_days(start, FIRST_LENGTH)
        return start, max(start, finish)


def single(work: Work, key: int) -> Any:
    """The stored row `key` when it is a line without children, None when it holds lines."""
    row = work.get("task", key)
    return None if work.select("SELECT 1 FROM task WHERE parent_id = ? LIMIT 1", key) else row


def become_phase(work: Work, row: TaskRow) -> None:
    """Make `row` a phase, so that it can hold lines. A milestone cannot."""
    if row.kind is TaskKind.MILESTONE:
        raise UserError(
            N_("“{title}” is a milestone and cannot hold other lines. Nothing was changed."),
            title=row.title,
        )
    if row.kind is not TaskKind.PHASE:
        work.set("task", row.id, kind=TaskKind.PHASE)


@dataclass(frozen=True)
class SetTaskDates:
    """Give a line its dates. The date of a milestone is its finish.

    With `today`, a milestone of the reference plan also gets an announcement of that day.
    With `repeated` (a key held down), steps in a row are one step to undo.
    """

    key: int
    start: dt.date | None
    finish: dt.date | None
    today: dt.date | None = None
    title: str = ""
    repeated: bool = False
    start_minute: int | None = None  # of the day; None: with the work of the day
    finish_minute: int | None = None

    @property
    def label(self) -> Message:
        return msg("Change the dates of “{title}”", title=self.title)

    @property
    def merge_key(self) -> tuple[str, int] | None:
        return ("task dates", self.key) if self.repeated else None

    def apply(self, work: Work) -> None:
        row = single(work, self.key)
        if row is None:
            raise UserError(
                N_("The dates of “{title}” follow from its lines. Move the phase or its lines."),
                title=work.get("task", self.key).title,
            )
        start, finish = self.start, self.finish
        if row.kind == TaskKind.MILESTONE:
            start = finish = finish or start
        if start is not None and finish is not None and finish < start:
            raise UserError(
                N_("“{title}” would end on {finish}, before it starts on {start}."),
                title=row.title,
                start=start,
                finish=finish,
            )
        minutes = (self.start_minute, self.finish_minute)
        if row.kind == TaskKind.MILESTONE:
            minutes = (self.finish_minute, self.finish_minute)
        work.set(
            "task",
            self.key,
            start=start,
            finish=finish,
            start_minute=minutes[0],
            finish_minute=minutes[1],
        )
        if row.kind == TaskKind.MILESTONE and finish is not None and self.today is not None:
            announce(work, self.key, finish, self.today)


@dataclass(frozen=True)
class MoveTask:
    """Move a line by calendar days (`rules.moved`); a phase takes all its lines with it.

    With `repeated` (a key held down), moves in the same direction are one step to undo.
    """

    key: int
    days: int
    today: dt.date | None = None
    title: str = ""
    repeated: bool = False

    @property
    def label(self) -> Message:
        return msg("Move “{title}”", title=self.title)

    @property
    def merge_key(self) -> tuple[str, int, bool] | None:
        return ("move task", self.key, self.days > 0) if self.repeated else None

    def apply(self, work: Work) -> None:
        lone = single(work, self.key)
        leaves = [lone] if lone is not None else list(plan(work).leaves(self.key))
        hours = hours_around(work, *(leaf.start for leaf in leaves))
        for leaf in leaves:
            dates = shifted(leaf, self.days, hours)
            if dates is None:
                continue
            work.set("task", leaf.id, **dates)
            if leaf.kind == TaskKind.MILESTONE and self.today is not None:
                announce(work, leaf.id, dates["finish"], self.today)


@dataclass(frozen=True)
class SetPercent:
    """Say how much of a line is done, 0 to 100; a milestone is reached or not."""

    key: int
    percent: int
    title: str = ""

    @property
    def label(self) -> Message:
        return msg("Progress of “{title}”: {percent}%", title=self.title, percent=self.percent)

    def apply(self, work: Work) -> None:
        tree = plan(work)
        row = find(tree, self.key)
        if self.key in tree.children:
            raise UserError(
                N_("The progress of “{title}” follows from its lines."), title=row.title
            )
        if not 0 <= self.percent <= 100:
            raise UserError(
                N_("“{value}” is not a percentage from 0 to 100. Nothing was changed."),
                value=self.percent,
            )
        reached = 100 if self.percent >= 100 else 0
        percent = reached if row.kind == TaskKind.MILESTONE else self.percent
        work.set("task", self.key, percent=percent)


@dataclass(frozen=True)
class AddLinks:
    """Let each row of `keys` wait for the one before it (finish to start)."""

    keys: tuple[int, ...]

    @property
    def label(self) -> Message:
        return msg("Link lines of the plan")

    def apply(self, work: Work) -> None:
        tree = plan(work)
        for key in self.keys:
            find(tree, key)
        for before, after in zip(self.keys, self.keys[1:], strict=False):
            links = work.select("SELECT predecessor_id, successor_id FROM link")
            if (before, after) in links:
                continue
            if before == after or before in _reached(after, links):
                raise UserError(
                    N_("“{title}” would wait for itself. Nothing was linked."),
                    title=find(tree, after).title,
                )
            work.add("link", predecessor_id=before, successor_id=after)


def _reached(start: int, links: list[tuple[int, ...]]) -> set[int]:
    """Rows that wait, directly or not, for `start`."""
    found: set[int] = set()
    new = {start}
    while new:
        found |= new
        new = {after for before, after in links if before in new} - found
    return found
