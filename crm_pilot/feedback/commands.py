"""Edits of feedback: objectives, and what was measured of them."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class SetObjective:
    """Add an objective (`key` None) or change one; the result is its id. Values in hundredths."""

    title: str
    unit: str = ""
    baseline: int | None = None
    target: int | None = None
    target_on: dt.date | None = None
    key: int | None = None

    @property
    def label(self) -> Message:
        if self.key is None:
            return msg("Add the objective “{title}”", title=self.title)
        return msg("Change the objective “{title}”", title=self.title)

    def apply(self, work: Work) -> int:
        if not self.title.strip():
            raise UserError(N_("An objective needs a title. Nothing was changed."))
        values: dict[str, Any] = {
            "title": self.title.strip(),
            "unit": self.unit.strip(),
            "baseline": self.baseline,
            "target": self.target,
            "target_on": self.target_on,
        }
        if self.key is not None:
            work.set("objective", self.key, **values)
            return self.key
        last = work.select("SELECT coalesce(max(position), -1) FROM objective")
        return work.add("objective", position=last[0][0] + 1, **values)


@dataclass(frozen=True)
class MeasureObjective:
    """Note what an objective was measured at, in hundredths of its unit; a second measure of the
    same day replaces the first. The result is its id."""

    objective_id: int
    measured_on: dt.date
    value: int
    title: str = ""

    @property
    def label(self) -> Message:
        return msg("Measure “{title}”", title=self.title)

    def apply(self, work: Work) -> int:
        work.get("objective", self.objective_id)
        known = work.select(
            "SELECT id FROM objective_measure WHERE objective_id = ? AND measured_on = ?",
            self.objective_id,
            self.measured_on.isoformat(),
        )
        if known:
            work.set("objective_measure", known[0][0], value=self.value)
            return int(known[0][0])
        return work.add(
            "objective_measure",
            objective_id=self.objective_id,
            measured_on=self.measured_on,
            value=self.value,
        )
