"""Beginning the map in one step: a group for every department, so that only rating is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.stakeholders.terms import UnitKind
from crm_pilot.store.reader import Reader, remembered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

_MISSING = """
SELECT d.id, d.name, (SELECT COUNT(*) FROM person p WHERE p.department_id = d.id)
FROM department d
WHERE NOT EXISTS (
  SELECT 1 FROM stakeholder u WHERE u.kind = 'group' AND u.department_id = d.id)
ORDER BY d.position, d.id
"""


@dataclass(frozen=True)
class MissingGroup:
    """A department that has no group on the map, and how many people it has."""

    department_id: int
    name: str
    persons: int


@remembered("department", "person", "stakeholder")
def missing_groups(reader: Reader) -> tuple[MissingGroup, ...]:
    """Departments without a group, in the order the lead gave them."""
    return tuple(reader.rows(MissingGroup, _MISSING))


@dataclass(frozen=True)
class GroupPerDepartment:
    """Make a group for every department without one; the result is their ids.

    The headcount is the number of people known in the department, at least 1: it can be typed
    over where the list of people is not complete.
    """

    @property
    def label(self) -> Message:
        return msg("Make one group per department")

    def apply(self, work: Work) -> list[int]:
        missing = [MissingGroup(*row) for row in work.select(_MISSING)]
        if not missing:
            raise UserError(
                N_("Every department has its group on the map already. Nothing was changed.")
            )
        return [
            work.add(
                "stakeholder",
                kind=UnitKind.GROUP,
                name=one.name,
                headcount=max(1, one.persons),
                department_id=one.department_id,
            )
            for one in missing
        ]
