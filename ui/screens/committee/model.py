"""Columns and models of the registers of the committee room."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_pilot import formats
from crm_pilot.errors import UserError
from crm_pilot.governance import registers, rows
from crm_pilot.governance.budget import BudgetLineRow, budget
from crm_pilot.governance.queries import last_committee
from crm_pilot.governance.registers import (
    AddBudgetLine,
    AddCommittee,
    AddDecision,
    AddHighlight,
    AddRisk,
)
from crm_pilot.governance.rows import CommitteeRow, DecisionRow, RiskRow
from crm_pilot.governance.terms import (
    DECISION_STATUSES,
    RISK_STATUSES,
    DecisionStatus,
    RiskStatus,
)
from crm_pilot.i18n import N_, tr
from ui.language import lang
from ui.models.rows import Column, RowsModel
from ui.widgets.why import asks

if TYPE_CHECKING:
    from crm_pilot.project import Command
    from ui.bridge import Bridge

USUAL_GAP = dt.timedelta(days=28)  # between two committees
HIGH_SCORE = 9  # probability × impact from which a risk is bold
CENTS = 100_000  # in a thousand euros
_THOUSANDS = re.compile(r"-?\d+(?:[.,]\d+)?")
_ENGLISH_GROUPS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def parse_thousands(text: str, language: str) -> int:
    """Cents from thousands of euros as people type them: `40`, `12,5`, `1 200 k€`, empty is 0.

    In English `1,200` is twelve hundred, in French it is 1.2. Raises `UserError` for what is no
    number.
    """
    plain = re.sub(r"[\s\u00a0\u202fk€]", "", text.casefold()).replace("\u2212", "-")
    if not plain:
        return 0
    if language == "en" and _ENGLISH_GROUPS.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _THOUSANDS.fullmatch(plain):
        raise UserError(N_("“{text}” is not an amount. Type thousands of euros: 12.5"), text=text)
    return round(float(plain.replace(",", ".")) * CENTS)


def thousands(cents: int) -> str:
    """`40` or `12,5`: thousands of euros in the language of the window, without the unit."""
    whole = cents % CENTS == 0
    return formats.number(cents / CENTS, lang(), 0 if whole else 1)


def typed_thousands(cents: int) -> str:
    """The exact amount as one would type it, so that a cell left as it was stays as it was."""
    whole, rest = divmod(abs(cents), CENTS)
    decimals = f"{rest:05d}".rstrip("0")
    point = "," if lang() == "fr" else "."
    return f"{'-' if cents < 0 else ''}{whole}{point + decimals if decimals else ''}"


@dataclass(frozen=True)
class MoneyColumn(Column):
    """Cents shown and typed in thousands of euros."""

    def typed_text(self, row: Any) -> Any:
        return typed_thousands(getattr(row, self.key))

    def plain(self, row: Any) -> str:
        return typed_thousands(getattr(row, self.key))

    def written(self, value: Any) -> str:
        return thousands(value)

    def parse(self, typed: Any, today: dt.date) -> Any:
        return parse_thousands(str(typed), lang())


def _money(key: str, title: str, *, edit: bool = True, **more: Any) -> MoneyColumn:
    def shown(row: Any) -> str:
        return thousands(getattr(row, key))

    column = key if edit else None
    return MoneyColumn(key, title, "text", column, 124, "right", text=shown, **more)


def gap_text(row: BudgetLineRow) -> str:
    """`+7`, `−2.5`, `0`."""
    decimals = 0 if row.gap_cents % CENTS == 0 else 1
    return formats.signed(row.gap_cents / CENTS, lang(), decimals)


def committee_choices(bridge: Bridge) -> dict[int, str]:
    """Committees to choose from."""
    return {row.id: committee_name(row) for row in rows.committees(bridge.reader)}


def committee_name(row: CommitteeRow) -> str:
    """`No. 7, 26 Nov 2026`."""
    day = formats.day(row.held_on, lang(), year=True)
    return tr("No. {number}, {date}", number=row.number, date=day)


def _committee_text(row: DecisionRow) -> str:
    return "" if row.committee is None else tr("No. {number}", number=row.committee)


def _high(row: RiskRow) -> bool:
    return row.status is RiskStatus.OPEN and row.score >= HIGH_SCORE


def decision_columns(bridge: Bridge) -> tuple[Column, ...]:
    """Decisions; owner and date are never empty."""

    def late(row: DecisionRow) -> bool:
        return row.status is not DecisionStatus.CLOSED and row.due_on < bridge.today

    return (
        Column("code", N_("Code"), "text", "code", 70),
        Column("wording", N_("Decision"), "text", "wording", 380, grow=True),
        Column("owner", N_("Owner"), "text", "owner", 190),
        Column(
            "due_on",
            N_("Due on"),
            "date",
            "due_on",
            132,
            bold=late,
            ink=lambda row: "alert" if late(row) else "",
            icon=lambda row: ("warning", "alert") if late(row) else None,
        ),
        Column(
            "status",
            N_("Status"),
            "choice",
            "status",
            104,
            choices=DECISION_STATUSES,
            optional=False,
        ),
        Column(
            "committee",
            N_("Committee"),
            "choice",
            "committee_id",
            84,
            choices=lambda: committee_choices(bridge),
            value_key="committee_id",
            text=_committee_text,
        ),
    )


def risk_columns(bridge: Bridge) -> tuple[Column, ...]:
    """Risks; the score is probability × impact."""
    return (
        Column("code", N_("Code"), "text", "code", 60),
        Column("title", N_("Risk"), "text", "title", 220, grow=True),
        Column("response", N_("Response"), "text", "response", 220, grow=True),
        Column("probability", N_("Probability"), "int", "probability", 88, low=1, high=4),
        Column("impact", N_("Impact"), "int", "impact", 64, low=1, high=4),
        Column(
            "score",
            N_("Score"),
            "int",
            width=72,
            bold=_high,
            icon=lambda row: ("warning", "alert") if _high(row) else None,
            tooltip=N_("Probability × impact, 1 to 16"),
            why=asks(bridge, "committee.score"),
        ),
        Column("owner", N_("Owner"), "text", "owner", 110),
        Column(
            "status", N_("Status"), "choice", "status", 72, choices=RISK_STATUSES, optional=False
        ),
    )


def highlight_columns() -> tuple[Column, ...]:
    """Noteworthy facts; the next report prints those since the last committee."""
    return (
        Column("noted_on", N_("Date"), "date", "noted_on", 110, align="left"),
        Column("lead", N_("In a few words"), "text", "lead", 350, bold=True),
        Column("detail", N_("Detail"), "text", "detail", 400, grow=True),
    )


def committee_columns() -> tuple[Column, ...]:
    """Committees, held or to come."""
    return (
        Column("number", N_("Number"), "int", "number", 80, low=1, high=999),
        Column("held_on", N_("Date"), "date", "held_on", 140, align="left"),
        Column("note", N_("Note"), "text", "note", 400, grow=True),
    )


def budget_columns(bridge: Bridge) -> tuple[Column, ...]:
    """Budget lines in thousands of euros; revised = spent + RAF."""
    return (
        Column("name", N_("Line"), "text", "name", 240),
        _money("baseline_cents", N_("Reference, k€")),
        _money("spent_cents", N_("Spent, k€")),
        _money(
            "remaining_cents",
            N_("Still needed, k€"),
            tooltip=N_("What is still needed to finish, not the money left"),
        ),
        _money(
            "revised_cents",
            N_("Revised, k€"),
            edit=False,
            bold=True,
            why=asks(bridge, "committee.revised"),
        ),
        MoneyColumn(
            "gap_cents",
            N_("Gap, k€"),
            "text",
            None,
            96,
            "right",
            text=gap_text,
            why=asks(bridge, "committee.gap"),
        ),
        Column("reason", N_("Reason"), "text", "reason", 240, grow=True),
    )


@dataclass(frozen=True)
class Register:
    """One register of the room: its table, its name, what one row is, and how it is read."""

    key: str
    table: str
    title: str
    what: str
    columns: Callable[[Bridge], tuple[Column, ...]]
    load: Callable[[Bridge], Sequence[Any]]


REGISTERS = (
    Register(
        "decisions",
        "decision",
        N_("Decisions"),
        N_("decision"),
        decision_columns,
        lambda bridge: rows.decisions(bridge.reader),
    ),
    Register(
        "risks",
        "risk",
        N_("Risks"),
        N_("risk"),
        risk_columns,
        lambda bridge: rows.risks(bridge.reader),
    ),
    Register(
        "highlights",
        "highlight",
        N_("Highlights"),
        N_("highlight"),
        lambda _: highlight_columns(),
        lambda bridge: registers.every_highlight(bridge.reader),
    ),
    Register(
        "committees",
        "committee",
        N_("Committees"),
        N_("committee"),
        lambda _: committee_columns(),
        lambda bridge: rows.committees(bridge.reader),
    ),
    Register(
        "budget",
        "budget_line",
        N_("Budget"),
        N_("budget line"),
        budget_columns,
        lambda bridge: budget(bridge.reader).lines,
    ),
)


def begun(bridge: Bridge, key: str, values: Mapping[str, Any]) -> Command:
    """The command that adds a row to a register. A decision needs wording, owner and date."""
    today = bridge.today
    if key == "decisions":
        wording, owner = values.get("wording", ""), values.get("owner", "")
        return AddDecision(wording, owner, values.get("due_on"))
    if key == "risks":
        return AddRisk(tr("New risk"))
    if key == "highlights":
        return AddHighlight(today, tr("New highlight"))
    if key == "budget":
        return AddBudgetLine(tr("New budget line"))
    last = last_committee(bridge.reader, dt.date.max)
    return AddCommittee(max(last.held_on + USUAL_GAP, today) if last else today)


def register_model(bridge: Bridge, register: Register) -> RowsModel:
    """The rows of a register."""
    return RowsModel(
        bridge,
        register.table,
        register.columns(bridge),
        lambda: register.load(bridge),
        what=register.what,
        fresh=lambda values: begun(bridge, register.key, values),
    )
