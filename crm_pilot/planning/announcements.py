"""Reference plans and the announced dates of milestones: what was promised, when, why it moved."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.planning import queries
from crm_pilot.planning.terms import TaskKind

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


def announce(
    work: Work, key: int, expected_on: dt.date, reported_on: dt.date, reason: str = ""
) -> None:
    """Record what is announced for milestone `key` on a day; several moves on one day are one
    announcement. Before a reference plan holds the milestone the plan is a draft and nothing
    is announced."""
    if not work.select("SELECT 1 FROM baseline_task WHERE task_id = ? LIMIT 1", key):
        return
    known = work.select(
        "SELECT id FROM forecast WHERE task_id = ? AND reported_on = ?",
        key,
        reported_on.isoformat(),
    )
    if not known:
        work.add(
            "forecast",
            task_id=key,
            reported_on=reported_on,
            expected_on=expected_on,
            reason=reason,
        )
    elif reason:
        work.set("forecast", known[0][0], expected_on=expected_on, reason=reason)
    else:
        work.set("forecast", known[0][0], expected_on=expected_on)


@dataclass(frozen=True)
class AnnounceForecast:
    """Announce a new date for a milestone, with its reason; the plan takes that date."""

    key: int
    expected_on: dt.date
    reported_on: dt.date
    reason: str = ""
    title: str = ""

    @property
    def label(self) -> Message:
        return msg("Announce {date} for “{title}”", date=self.expected_on, title=self.title)

    def apply(self, work: Work) -> None:
        if work.get("task", self.key).kind != TaskKind.MILESTONE:
            raise UserError(N_("Only the date of a milestone is announced."))
        work.set("task", self.key, start=self.expected_on, finish=self.expected_on)
        announce(work, self.key, self.expected_on, self.reported_on, self.reason)


@dataclass(frozen=True)
class SetBaseline:
    """Keep the present dates of every dated line as the new reference plan; returns its id."""

    name: str
    set_on: dt.date
    reason: str = ""

    @property
    def label(self) -> Message:
        return msg("Set the reference plan “{name}”", name=self.name)

    def apply(self, work: Work) -> int:
        rows = queries.read_tasks(work.select)
        dated = [row for row in rows if row.start and row.finish]
        if not dated:
            raise UserError(N_("There is no dated line yet that a reference plan could hold."))
        key = work.add("baseline", name=self.name, set_on=self.set_on, reason=self.reason)
        work.insert_many(
            "baseline_task",
            [
                {"baseline_id": key, "task_id": row.id, "start": row.start, "finish": row.finish}
                for row in dated
            ],
        )
        return key
