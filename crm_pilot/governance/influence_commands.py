"""Edits of influence actions: each makes or changes a task of the plan and the row that links it.

See docs/decisions/0070-influence-actions-are-tasks.md.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.planning.commands import AddTask, SetPercent, SetTaskDates
from crm_pilot.planning.outline_commands import DeleteTasks
from crm_pilot.planning.schedule_commands import SetDuration
from crm_pilot.planning.terms import Pillar, TaskKind
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.terms import ActionKind

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class PlanInfluence:
    """Plan an action on a unit: a task of the plan and its link; the result is the action's id.

    The task goes under the phase that holds the other actions, or under a new one of the pillar
    of adoption named `phase_title` (translated by the caller). `effort` and `duration` are
    minutes of work; without `finish` the task lasts `duration`, and without both one day.
    """

    stakeholder_id: int
    title: str
    today: dt.date
    phase_title: str
    kind: ActionKind = ActionKind.MEETING
    owner_id: int | None = None
    start: dt.date | None = None
    finish: dt.date | None = None
    duration: int | None = None
    effort: int | None = None
    ally_id: int | None = None
    lateral_id: int | None = None

    @property
    def label(self) -> Message:
        return msg("Plan the action “{title}”", title=self.title)

    def apply(self, work: Work) -> int:
        title = titled(self.title)
        check_dates(title, self.start, self.finish)
        work.get("stakeholder", self.stakeholder_id)
        check_ally(self.stakeholder_id, self.ally_id)
        phase = phase_of_actions(work, self.phase_title, self.today)
        start = self.start or self.finish
        adding = AddTask(title, self.today, under=phase, start=start, finish=self.finish or start)
        task = adding.apply(work)
        work.set("task", task, owner_id=self.owner_id, work=self.effort)
        if self.finish is None:
            lasts = self.duration or work.select("SELECT day_minutes FROM project")[0][0]
            SetDuration(task, lasts).apply(work)
        return work.add(
            "influence",
            task_id=task,
            stakeholder_id=self.stakeholder_id,
            kind=self.kind,
            ally_id=self.ally_id,
            lateral_id=self.lateral_id,
        )


@dataclass(frozen=True)
class ChangeInfluence:
    """Change an action and its task as one step; without `finish` it takes one day. Dates that
    stay the same are not written again: the hours within them are kept."""

    key: int
    title: str
    kind: ActionKind
    owner_id: int | None
    start: dt.date | None
    finish: dt.date | None
    effort: int | None
    ally_id: int | None = None
    lateral_id: int | None = None
    percent: int | None = None  # None: as it is

    @property
    def label(self) -> Message:
        return msg("Change the action “{title}”", title=self.title)

    def apply(self, work: Work) -> None:
        title = titled(self.title)
        row = work.get("influence", self.key)
        check_ally(row.stakeholder_id, self.ally_id)
        check_dates(title, self.start, self.finish)
        task = work.get("task", row.task_id)
        values: dict[str, Any] = {"title": title, "owner_id": self.owner_id, "work": self.effort}
        work.set("task", task.id, **values)
        finish = self.finish or self.start
        if self.start is not None and (task.start, task.finish) != (self.start, finish):
            SetTaskDates(task.id, self.start, finish, title=title).apply(work)
        if self.percent is not None and self.percent != task.percent:
            SetPercent(task.id, self.percent, title).apply(work)
        work.set(
            "influence",
            self.key,
            kind=self.kind,
            ally_id=self.ally_id,
            lateral_id=self.lateral_id,
        )


@dataclass(frozen=True)
class UnlinkInfluence:
    """Take the link of an action away; its task stays in the plan, or goes too."""

    key: int
    delete_task: bool
    title: str = ""

    @property
    def label(self) -> Message:
        if self.delete_task:
            return msg("Delete the action “{title}”", title=self.title)
        return msg("Take “{title}” off the map", title=self.title)

    def apply(self, work: Work) -> None:
        row = work.get("influence", self.key)
        task = row.task_id
        work.remove("influence", self.key)
        if self.delete_task:
            DeleteTasks((task,), self.title).apply(work)


def titled(text: str) -> str:
    """The title of an action, without blanks around it. Raises `UserError` without one."""
    if not text.strip():
        raise UserError(N_("An action needs a title. Nothing was changed."))
    return text.strip()


def check_ally(unit: int, ally: int | None) -> None:
    """Raise `UserError` for a unit that would carry the action on itself."""
    if ally is not None and ally == unit:
        raise UserError(
            N_(
                "The ally who carries an action is another one than it aims at. Nothing was"
                " changed."
            )
        )


def check_dates(title: str, start: dt.date | None, finish: dt.date | None) -> None:
    """Raise `UserError` for an action that would end before it starts."""
    if start is not None and finish is not None and finish < start:
        raise UserError(
            N_("“{title}” would end on {finish}, before it starts on {start}."),
            title=title,
            start=start,
            finish=finish,
        )


def phase_of_actions(work: Work, title: str, today: dt.date) -> int:
    """The phase that holds most actions; else one of that title; else a new one."""
    used = work.select(
        "SELECT t.parent_id FROM influence i JOIN task t ON t.id = i.task_id"
        " WHERE t.parent_id IS NOT NULL GROUP BY t.parent_id ORDER BY count(*) DESC, t.parent_id"
    )
    named = used or work.select(
        "SELECT id FROM task WHERE title = ? AND kind = 'phase' ORDER BY id", title
    )
    if named:
        return int(named[0][0])
    return AddTask(title, today, kind=TaskKind.PHASE, pillar=Pillar.ADOPTION).apply(work)
