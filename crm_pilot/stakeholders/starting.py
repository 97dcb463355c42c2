"""Beginning the map in one step: a group for every department, so that only rating is left; later,
headcounts taken from the people that were imported meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.records import dataclass
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

# A group stands for its department when it has its name and is the only one there: others may be
# a part of it, whose headcount nobody but the lead knows. Without people nothing is known.
_DIFFERENT = """
SELECT u.id, u.name, u.headcount, COUNT(p.id)
FROM stakeholder u
JOIN department d ON d.id = u.department_id
JOIN person p ON p.department_id = d.id
WHERE u.kind = 'group' AND u.name = d.name COLLATE NOCASE AND NOT EXISTS (
  SELECT 1 FROM stakeholder o
  WHERE o.kind = 'group' AND o.department_id = d.id AND o.id <> u.id)
GROUP BY u.id
HAVING COUNT(p.id) <> u.headcount
ORDER BY d.position, u.id
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


@dataclass(frozen=True)
class OtherHeadcount:
    """A group that stands for a department with another number of people than its own."""

    stakeholder_id: int
    name: str
    headcount: int
    persons: int


@remembered("department", "person", "stakeholder")
def other_headcounts(reader: Reader) -> tuple[OtherHeadcount, ...]:
    """Groups whose headcount is not the number of people known in their department."""
    return tuple(reader.rows(OtherHeadcount, _DIFFERENT))


@dataclass(frozen=True)
class HeadcountPerDepartment:
    """Take the headcount of groups that stand for a department from its people: as many as `groups`
    that differ, for the words of undo. The result is the ids of the groups."""

    groups: int

    @property
    def label(self) -> Message:
        return nmsg(
            "Take the headcount of {n} group from its people",
            "Take the headcount of {n} groups from their people",
            self.groups,
        )

    def apply(self, work: Work) -> list[int]:
        found = [OtherHeadcount(*row) for row in work.select(_DIFFERENT)]
        if not found:
            raise UserError(
                N_("Every group has as many people as its department. Nothing was changed.")
            )
        work.set_many("stakeholder", {o.stakeholder_id: {"headcount": o.persons} for o in found})
        return [one.stakeholder_id for one in found]
