"""Reference plans and the announced dates of milestones: what was promised, when, why it moved."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.planning import queries
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import SlipReason, TaskKind
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


def announce(
    work: Work,
    key: int,
    expected_on: dt.date,
    reported_on: dt.date,
    reason: str = "",
    code: SlipReason | None = None,
    *,
    confirmed: bool = False,
) -> None:
    """Record what is announced for milestone `key` on a day; several moves on one day are one
    announcement, earlier days are never touched. Before a reference plan holds the milestone the
    plan is a draft and nothing is announced. The date in force is announced again only when it is
    `confirmed`."""
    held = work.select(
        "SELECT r.finish FROM baseline_task r JOIN baseline b ON b.id = r.baseline_id"
        " WHERE r.task_id = ? ORDER BY b.set_on DESC, b.id DESC LIMIT 1",
        key,
    )
    if not held:
        return
    known = work.select(
        "SELECT id, reported_on, expected_on FROM forecast WHERE task_id = ?"
        " AND reported_on <= ? ORDER BY reported_on DESC, id DESC LIMIT 1",
        key,
        reported_on.isoformat(),
    )
    given: dict[str, object] = {"reason": reason} if reason else {}
    if code is not None:
        given["reason_code"] = code
    if known and known[0][1] == reported_on.isoformat():
        work.set("forecast", known[0][0], expected_on=expected_on, **given)
        return
    in_force = known[0][2] if known else held[0][0]
    if confirmed or given or in_force != expected_on.isoformat():
        work.add("forecast", task_id=key, reported_on=reported_on, expected_on=expected_on, **given)


@dataclass(frozen=True)
class AnnounceForecast:
    """Announce a new date for a milestone, with its reason. The plan takes that date, unless the
    announcement is entered late and another was made since."""

    key: int
    expected_on: dt.date
    reported_on: dt.date
    reason: str = ""
    title: str = ""
    code: SlipReason | None = None

    @property
    def label(self) -> Message:
        return msg("Announce {date} for “{title}”", date=self.expected_on, title=self.title)

    def apply(self, work: Work) -> None:
        if work.get("task", self.key).kind != TaskKind.MILESTONE:
            raise UserError(N_("Only the date of a milestone is announced."))
        since = work.select(
            "SELECT 1 FROM forecast WHERE task_id = ? AND reported_on > ? LIMIT 1",
            self.key,
            self.reported_on.isoformat(),
        )
        if not since:
            work.set("task", self.key, start=self.expected_on, finish=self.expected_on)
        announce(
            work,
            self.key,
            self.expected_on,
            self.reported_on,
            self.reason,
            self.code,
            confirmed=True,
        )


@dataclass(frozen=True)
class SetReason:
    """Say why an announcement moved a milestone; `key` is that of the announcement."""

    key: int
    code: SlipReason | None
    reason: str = ""
    title: str = ""

    @property
    def label(self) -> Message:
        return msg("Give the reason for the new date of “{title}”", title=self.title)

    def apply(self, work: Work) -> None:
        work.set("forecast", self.key, reason_code=self.code, reason=self.reason)


@dataclass(frozen=True)
class SetBaseline:
    """Keep the present dates, durations and work of every dated line as the new reference plan;
    returns its id."""

    name: str
    set_on: dt.date
    reason: str = ""

    @property
    def label(self) -> Message:
        return msg("Set the reference plan “{name}”", name=self.name)

    def apply(self, work: Work) -> int:
        dated = [row for row in queries.read_tasks(work.select) if row.start and row.finish]
        if not dated:
            raise UserError(N_("There is no dated line yet that a reference plan could hold."))
        key = work.add("baseline", name=self.name, set_on=self.set_on, reason=self.reason)
        work.insert_many("baseline_task", [_held(key, row) for row in dated])
        return key


def _held(key: int, row: TaskRow) -> dict[str, object]:
    return {
        "baseline_id": key,
        "task_id": row.id,
        "start": row.start,
        "finish": row.finish,
        "start_minute": row.start_minute,
        "finish_minute": row.finish_minute,
        "duration": row.duration,
        "work": row.work,
    }


@dataclass(frozen=True)
class RemoveBaseline:
    """Delete a reference plan; when it was the newest, the one before it counts again."""

    key: int
    name: str = ""

    @property
    def label(self) -> Message:
        return msg("Delete the reference plan “{name}”", name=self.name)

    def apply(self, work: Work) -> None:
        work.remove("baseline", self.key)
