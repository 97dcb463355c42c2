"""The registers of the committee room: their tables, and the commands that edit their cells."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.governance import actions, budget, problems, registers, risks, rows
from crm_pilot.governance.actions import AddAction, ChangeAction
from crm_pilot.governance.decisions import SetDecisionStatus, is_late
from crm_pilot.governance.problems import AddProblem, SetProblemStatus
from crm_pilot.governance.registers import AddBudgetLine, AddDecision, AddHighlight, AddRisk
from crm_pilot.governance.risks import RateRisk, SetRiskStatus
from crm_pilot.governance.terms import DecisionStatus, ProblemStatus, RiskStatus
from crm_pilot.i18n import N_, tr
from crm_pilot.project import SetField
from ui.models.rows import Column, RowsModel
from ui.screens.committee.budget_columns import budget_columns, edit_line
from ui.screens.committee.columns import (
    action_columns,
    decision_columns,
    highlight_columns,
    problem_columns,
    risk_columns,
)

if TYPE_CHECKING:
    from crm_pilot.project import Command
    from ui.bridge import Bridge
    from ui.models.grid import Index

Values = Mapping[str, Any]  # column key -> value to store
EDIT_ROLE = 2


class CommandModel(RowsModel):
    """Rows of which some cells are edited by commands of the room. `edit(row, values)` takes the
    cells it knows out of `values` and returns their commands; the others are set plainly. What is
    chosen in a cell comes as a plain text: Qt knows no enums."""

    def __init__(
        self,
        bridge: Bridge,
        table: str,
        columns: Sequence[Column],
        load: Callable[[], Sequence[Any]],
        edit: Callable[[Any, dict[str, Any]], list[Command]],
        **more: Any,
    ) -> None:
        super().__init__(bridge, table, columns, load, **more)
        self._edit = edit

    def commands(self, item: Any, values: Values) -> list[Command]:
        left = dict(values)
        own = self._edit(item, left)
        return [*own, *super().commands(item, left)]

    def setData(self, index: Index, value: Any, role: int = EDIT_ROLE) -> bool:
        if not index.isValid() or role != EDIT_ROLE or not self.bridge.has_project:
            return False
        column, row = self.columns[index.column()], self.row(index)
        if column.column is None:
            return False
        try:
            stored = column.parse(value, self.bridge.today)
            left = {column.key: stored} if stored != column.value(row) else {}
            made = self._edit(row, left) if left else []
        except UserError as error:
            self.bridge.failed.emit(error)
            return False
        made += [
            SetField(self.table, row.id, column.column, one, column.title) for one in left.values()
        ]
        for command in made:
            self.bridge.execute(command)
        return True


@dataclass(frozen=True)
class Chip:
    """A filter of a register that is on or off: `keep(row, bridge)`."""

    title: str  # marked
    keep: Callable[[Any, Bridge], bool]


@dataclass(frozen=True)
class Register:
    """One register of the room. `tables` are those its rows are read from; `edit` and `fresh`
    make the commands of its cells and of a new row; `first` is the cell typed first in one, empty
    where a dialog asks for it."""

    key: str
    table: str
    title: str
    what: str
    icon: str
    columns: Callable[[Bridge], tuple[Column, ...]]
    load: Callable[[Bridge], Sequence[Any]]
    fresh: Callable[[Bridge, Values], Command]
    tables: frozenset[str]
    first: str = ""
    edit: Callable[[Bridge, Any, dict[str, Any]], list[Command]] | None = None
    chips: tuple[Chip, ...] = field(default=())
    whole: bool = False  # `fresh` takes every cell: none is set after it


class RegisterModel(CommandModel):
    """The rows of a register."""

    def __init__(self, bridge: Bridge, register: Register) -> None:
        self.register = register
        super().__init__(
            bridge,
            register.table,
            register.columns(bridge),
            lambda: register.load(bridge),
            lambda row, values: register.edit(bridge, row, values) if register.edit else [],
            what=register.what,
            fresh=lambda values: register.fresh(bridge, values),
            copies=register.table != "committee_action",  # its task would be two actions' then
        )

    def add_command(self, values: Values) -> Command | None:
        if self.register.whole and not self.read_only:
            return self.register.fresh(self.bridge, values)
        return super().add_command(values)


# edits ---------------------------------------------------------------------------------------


def _edit_decision(bridge: Bridge, row: Any, values: dict[str, Any]) -> list[Command]:
    if "status" not in values:
        return []
    return [SetDecisionStatus(row.id, DecisionStatus(values.pop("status")), bridge.today)]


def _edit_action(bridge: Bridge, row: Any, values: dict[str, Any]) -> list[Command]:
    del bridge
    of_task = {
        key: values.pop(key) for key in ("title", "owner", "due_on", "percent") if key in values
    }
    return [ChangeAction(row.id, **of_task)] if of_task else []


def _edit_risk(bridge: Bridge, row: Any, values: dict[str, Any]) -> list[Command]:
    made: list[Command] = []
    if "probability" in values or "impact" in values:
        probability = values.pop("probability", row.probability)
        impact = values.pop("impact", row.impact)
        made.append(RateRisk(row.id, probability, impact, bridge.today))
    if "status" in values:
        made.append(SetRiskStatus(row.id, RiskStatus(values.pop("status")), bridge.today))
    return made


def _edit_problem(bridge: Bridge, row: Any, values: dict[str, Any]) -> list[Command]:
    if "status" not in values:
        return []
    return [SetProblemStatus(row.id, ProblemStatus(values.pop("status")), bridge.today)]


def _new_decision(bridge: Bridge, values: Values) -> Command:
    following = rows.next_committee(bridge.reader, bridge.today)
    return AddDecision(
        values.get("wording", ""),
        values.get("owner", ""),
        values.get("due_on"),
        following.id if following is not None else None,
    )


def _new_action(_bridge: Bridge, values: Values) -> Command:
    return AddAction(
        values.get("title", ""),
        values.get("owner", ""),
        values.get("due_on"),
        committee_id=values.get("committee"),
    )


def _new_risk(bridge: Bridge, values: Values) -> Command:
    known = {key: value for key, value in values.items() if key != "title"}
    return AddRisk(values.get("title") or tr("New risk"), known, bridge.today)


REGISTERS = (
    Register(
        "decisions",
        "decision",
        N_("Decisions"),
        N_("decision"),
        "check-circle",
        decision_columns,
        lambda bridge: rows.decisions(bridge.reader),
        _new_decision,
        frozenset({"decision", "committee"}),
        edit=_edit_decision,
        chips=(
            Chip(N_("To take"), lambda row, _: row.status is DecisionStatus.PROPOSED),
            Chip(N_("Open decisions"), lambda row, _: row.status is not DecisionStatus.CLOSED),
            Chip(N_("Late"), lambda row, bridge: is_late(row, bridge.today)),
        ),
    ),
    Register(
        "actions",
        "committee_action",
        N_("Actions"),
        N_("action"),
        "check",
        action_columns,
        lambda bridge: actions.actions(bridge.reader, bridge.today),
        _new_action,
        frozenset({"committee_action", "committee", "decision", "risk", "problem", "task",
                   "person", "calendar", "calendar_exception"}),
        edit=_edit_action,
        chips=(
            Chip(N_("To do"), lambda row, _: not row.done),
            Chip(N_("Late"), lambda row, _: row.late),
        ),
        whole=True,
    ),
    Register(
        "risks",
        "risk",
        N_("Risks"),
        N_("risk"),
        "warning",
        risk_columns,
        lambda bridge: risks.risk_table(bridge.reader, bridge.today),
        _new_risk,
        frozenset({"risk", "risk_rating", "committee"}),
        whole=True,
        first="title",
        edit=_edit_risk,
        chips=(Chip(N_("Open risks"), lambda row, _: row.open),),
    ),
    Register(
        "problems",
        "problem",
        N_("Problems"),
        N_("problem"),
        "close",
        problem_columns,
        lambda bridge: problems.problems(bridge.reader, bridge.today),
        lambda bridge, _: AddProblem(tr("New problem"), bridge.today),
        frozenset({"problem", "risk"}),
        first="title",
        edit=_edit_problem,
        chips=(
            Chip(N_("Open problems"), lambda row, _: row.open),
            Chip(N_("Late"), lambda row, _: row.late),
        ),
    ),
    Register(
        "highlights",
        "highlight",
        N_("Highlights"),
        N_("highlight"),
        "star",
        highlight_columns,
        lambda bridge: registers.every_highlight(bridge.reader),
        lambda bridge, _: AddHighlight(bridge.today, tr("New highlight")),
        frozenset({"highlight"}),
        first="lead",
    ),
    Register(
        "budget",
        "budget_line",
        N_("Budget"),
        N_("budget line"),
        "charter",
        budget_columns,
        lambda bridge: budget.budget(bridge.reader).lines,
        lambda *_: AddBudgetLine(tr("New budget line")),
        frozenset({"budget_line", "budget_estimate", "budget_plan"}),
        first="name",
        edit=edit_line,
    ),
)  # fmt: skip


def register(key: str) -> Register:
    """A register by its key."""
    return next(one for one in REGISTERS if one.key == key)
