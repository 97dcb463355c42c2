"""Edits that answer a warning with a task of the plan, under the pillar of adoption."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crm_pilot.governance.influence_commands import check_dates, titled
from crm_pilot.i18n import Message, msg
from crm_pilot.planning.commands import AddTask
from crm_pilot.planning.schedule_commands import SetDuration
from crm_pilot.planning.terms import Pillar, TaskKind
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class PlanAction:
    """Answer the warning `rule` about `subject` with a task; the result is the id of the task.

    It goes under the phase that holds the other answers, or under a new one of the pillar of
    adoption named `phase_title` (translated by the caller). Without `finish` the task lasts a day.
    """

    rule: str
    subject: str
    title: str
    today: dt.date
    phase_title: str
    owner_id: int | None = None
    start: dt.date | None = None
    finish: dt.date | None = None

    @property
    def label(self) -> Message:
        return msg("Plan the action “{title}”", title=self.title)

    def apply(self, work: Work) -> int:
        title = titled(self.title)
        check_dates(title, self.start, self.finish)
        phase = _phase(work, self.phase_title, self.today)
        start = self.start or self.finish
        adding = AddTask(title, self.today, under=phase, start=start, finish=self.finish or start)
        task = adding.apply(work)
        work.set("task", task, owner_id=self.owner_id)
        if self.finish is None:
            SetDuration(task, work.select("SELECT day_minutes FROM project")[0][0]).apply(work)
        work.add("sign_action", rule=self.rule, subject=self.subject, task_id=task)
        return task


@dataclass(frozen=True)
class UnlinkAction:
    """A task no longer answers a warning; it stays in the plan."""

    rule: str
    subject: str
    task_id: int

    @property
    def label(self) -> Message:
        return msg("Take the task off the warning")

    def apply(self, work: Work) -> None:
        for (key,) in work.select(
            "SELECT id FROM sign_action WHERE rule = ? AND subject = ? AND task_id = ?",
            *(self.rule, self.subject, self.task_id),
        ):
            work.remove("sign_action", key)


def _phase(work: Work, title: str, today: dt.date) -> int:
    """The phase that holds most answers; else one of that title; else a new one."""
    used = work.select(
        "SELECT t.parent_id FROM sign_action a JOIN task t ON t.id = a.task_id"
        " WHERE t.parent_id IS NOT NULL GROUP BY t.parent_id ORDER BY count(*) DESC, t.parent_id"
    )
    named = used or work.select(
        "SELECT id FROM task WHERE title = ? AND kind = 'phase' ORDER BY id", title
    )
    if named:
        return int(named[0][0])
    return AddTask(title, today, kind=TaskKind.PHASE, pillar=Pillar.ADOPTION).apply(work)
