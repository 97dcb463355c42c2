"""Lateral projects: what answers a group's own concern and carries the main project (DOMAIN.md
1.6)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.people.queries import owners
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.terms import LateralStatus
from crm_pilot.store.reader import Reader, remembered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class LateralRow:
    """One lateral project, without the name of the unit it is for (`UnitRow.shown` says it)."""

    id: int
    title: str
    stakeholder_id: int | None
    concern: str
    offer: str
    goal: str
    pilot_id: int | None
    pilot: str
    status: LateralStatus
    noted_on: dt.date
    note: str

    @property
    def open(self) -> bool:
        """Whether it is neither done nor dropped."""
        return self.status not in (LateralStatus.DONE, LateralStatus.DROPPED)


@remembered("lateral_project", "person", "department")
def laterals(reader: Reader) -> tuple[LateralRow, ...]:
    """Every lateral project: the open ones first, in the order they were noted."""
    names = dict(owners(reader))
    found = []
    for key, title, unit, concern, offer, goal, pilot, status, noted, note in reader.select(
        "SELECT id, title, stakeholder_id, concern, offer, goal, pilot_id, status, noted_on,"
        " note FROM lateral_project ORDER BY noted_on, id"
    ):
        day = dt.date.fromisoformat(noted)
        words = (concern, offer, goal)
        state = LateralStatus(status)
        named = names.get(pilot, "")
        found.append(LateralRow(key, title, unit, *words, pilot, named, state, day, note))
    return tuple(sorted(found, key=lambda row: not row.open))


@dataclass(frozen=True)
class SaveLateral:
    """Add a lateral project, or change the one with id `key`; the result is its id."""

    title: str
    today: dt.date
    stakeholder_id: int | None = None
    concern: str = ""
    offer: str = ""
    goal: str = ""
    pilot_id: int | None = None
    status: LateralStatus = LateralStatus.IDEA
    note: str = ""
    key: int | None = None

    @property
    def label(self) -> Message:
        if self.key is None:
            return msg("Add the lateral project “{title}”", title=self.title)
        return msg("Change the lateral project “{title}”", title=self.title)

    def apply(self, work: Work) -> int:
        if not self.title.strip():
            raise UserError(N_("A lateral project needs a title. Nothing was changed."))
        values = {
            "title": self.title.strip(),
            "stakeholder_id": self.stakeholder_id,
            "concern": self.concern.strip(),
            "offer": self.offer.strip(),
            "goal": self.goal.strip(),
            "pilot_id": self.pilot_id,
            "status": self.status,
            "note": self.note.strip(),
        }
        if self.key is None:
            return work.add("lateral_project", noted_on=self.today, **values)
        work.set("lateral_project", self.key, **values)
        return self.key
