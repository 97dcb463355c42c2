"""Problems (issues): what happened and hinders, where a risk only may."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.governance.terms import ProblemStatus
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

HIGH_SEVERITY = 3  # of 4; 4 stops the project


@dataclass(frozen=True)
class ProblemRow:
    """A problem; `risk` is the code of the risk that came true. Late: past its day, not closed."""

    id: int
    code: str
    title: str
    response: str
    severity: int
    owner: str
    raised_on: dt.date
    due_on: dt.date | None
    closed_on: dt.date | None
    status: ProblemStatus
    risk_id: int | None
    risk: str | None
    late: bool

    @property
    def open(self) -> bool:
        """Whether it is still to be solved."""
        return self.status is not ProblemStatus.CLOSED


@remembered("problem", "risk")
def problems(reader: Reader, today: dt.date) -> tuple[ProblemRow, ...]:
    """All problems: open first, the gravest first."""
    return tuple(
        reader.rows(
            ProblemRow,
            "SELECT p.id, p.code, p.title, p.response, p.severity, p.owner, p.raised_on,"
            " p.due_on, p.closed_on, p.status, p.risk_id, r.code,"
            " p.status <> 'closed' AND p.due_on IS NOT NULL AND p.due_on < ?"
            " FROM problem p LEFT JOIN risk r ON r.id = p.risk_id"
            " ORDER BY p.status = 'closed', p.severity DESC, p.due_on IS NULL, p.due_on, p.code",
            today,
        )
    )


@dataclass(frozen=True)
class AddProblem:
    """A problem with the next code; the result is its id. From a risk that came true it takes
    the owner where none is given."""

    title: str
    raised_on: dt.date
    owner: str = ""
    due_on: dt.date | None = None
    severity: int = 2
    risk_id: int | None = None
    response: str = ""

    @property
    def label(self) -> Message:
        return msg("Add a problem")

    def apply(self, work: Work) -> int:
        if not self.title.strip():
            raise UserError(N_("A problem needs a title. Nothing was added."))
        owner = self.owner.strip()
        if not owner and self.risk_id is not None:
            owner = work.get("risk", self.risk_id).owner
        from crm_pilot.governance.registers import next_code  # reports only read

        return work.add(
            "problem",
            code=next_code(work, "problem", "P-", 2),
            title=self.title.strip(),
            response=self.response,
            severity=self.severity,
            owner=owner,
            raised_on=self.raised_on,
            due_on=self.due_on,
            risk_id=self.risk_id,
        )


@dataclass(frozen=True)
class SetProblemStatus:
    """Move a problem on, or open it again, on a day."""

    key: int
    status: ProblemStatus
    on: dt.date

    @property
    def label(self) -> Message:
        return msg("Status of a problem")

    def apply(self, work: Work) -> None:
        closed = self.on if self.status is ProblemStatus.CLOSED else None
        work.set("problem", self.key, status=self.status, closed_on=closed)
