"""Columns of the budget: amounts in thousands of euros, work in person-days. A cell that is
estimated (spent, still needed, share done) writes the estimate of the day too."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_pilot import formats
from crm_pilot.governance.budget import PERSON_DAY, BudgetLineRow
from crm_pilot.governance.budget_commands import SetBudgetLine
from crm_pilot.governance.earned_value import done_share
from crm_pilot.governance.terms import BUDGET_KINDS, EFFORTS
from crm_pilot.i18n import N_
from crm_pilot.typed import parse_decimal
from ui.language import lang
from ui.models.rows import Column
from ui.screens.committee.money import MoneyColumn, gap_text, thousands
from ui.widgets.why import asks

if TYPE_CHECKING:
    from crm_pilot.project import Command
    from ui.bridge import Bridge


def parse_days(text: str) -> int:
    """Hundredths of person-days from what people type: `12`, `12,5`; empty is 0."""
    return round((parse_decimal(text, lang()) or 0.0) * PERSON_DAY)


def days_text(days: int) -> str:
    """`12` or `12,5`; empty where there is no work."""
    if not days:
        return ""
    return formats.number(days / PERSON_DAY, lang(), 0 if days % PERSON_DAY == 0 else 1)


def typed_days(days: int) -> str:
    """The exact days as one would type them."""
    text = f"{days / PERSON_DAY:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if lang() == "fr" else text


@dataclass(frozen=True)
class DaysColumn(Column):
    """Hundredths of person-days, shown and typed in person-days."""

    def typed_text(self, row: Any) -> Any:
        return typed_days(getattr(row, self.key))

    def plain(self, row: Any) -> str:
        return typed_days(getattr(row, self.key))

    def written(self, value: Any) -> str:
        return days_text(value)

    def parse(self, typed: Any, today: dt.date) -> Any:
        return parse_days(str(typed))


def _money(
    key: str, title: str, *, edit: bool = True, width: int = 104, **more: Any
) -> MoneyColumn:
    def shown(row: Any) -> str:
        return thousands(getattr(row, key))

    column = key if edit else None
    return MoneyColumn(key, title, "text", column, width, "right", text=shown, **more)


def _days(key: str, title: str, *, edit: bool = True, **more: Any) -> DaysColumn:
    def shown(row: Any) -> str:
        return days_text(getattr(row, key))

    column = key if edit else None
    return DaysColumn(key, title, "text", column, 114, "right", text=shown, **more)


def done_text(row: BudgetLineRow) -> str:
    """`75 %` as told, `≈ 75 %` where it is spent ÷ revised; a dash where nobody knows."""
    share = done_share(row.spent_cents, row.remaining_cents, row.done_percent)
    told = formats.percent(share, lang())
    return told if share is None or row.done_percent is not None else f"≈ {told}"


def budget_columns(bridge: Bridge) -> tuple[Column, ...]:
    """Budget lines; revised = spent + RAF."""
    return (
        Column("name", N_("Line"), "text", "name", 200, grow=True, optional=False),
        Column(
            "kind", N_("Kind"), "choice", "kind", 122, choices=BUDGET_KINDS, optional=False, spare=1
        ),
        _money("baseline_cents", N_("Reference, k€")),
        _money("spent_cents", N_("Spent, k€")),
        _money(
            "remaining_cents",
            N_("Still needed, k€"),
            width=126,
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
            72,
            "right",
            text=gap_text,
            why=asks(bridge, "committee.gap"),
        ),
        Column(
            "done_percent",
            N_("Done"),
            "percent",
            "done_percent",
            76,
            text=done_text,
            ink=lambda row: "" if row.done_percent is not None else "muted",
            tooltip=N_("As told; with ≈, spent ÷ revised"),
            why=asks(bridge, "committee.earned_value"),
        ),
        *_work_columns(bridge),
        Column("starts_on", N_("From"), "date", "starts_on", 104, hidden=True),
        Column("ends_on", N_("To"), "date", "ends_on", 104, hidden=True),
        Column("effort", N_("Effort"), "choice", "effort", 104, choices=EFFORTS, hidden=True),
        Column("reason", N_("Reason"), "text", "reason", 180, grow=True),
    )


def _work_columns(bridge: Bridge) -> tuple[Column, ...]:
    return (
        _days("baseline_days", N_("Reference, p-d"), hidden=True),
        _days("spent_days", N_("Spent, p-d"), spare=4),
        _days("remaining_days", N_("Still needed, p-d"), spare=3),
        _days(
            "revised_days",
            N_("Revised, p-d"),
            edit=False,
            bold=True,
            spare=2,
            why=asks(bridge, "committee.workload"),
        ),
    )


def edit_line(bridge: Bridge, row: BudgetLineRow, values: dict[str, Any]) -> list[Command]:
    """Every cell of a line goes through the command that keeps the estimate of the day."""
    changed = {key: value for key, value in values.items() if value != getattr(row, key)}
    values.clear()
    return [SetBudgetLine(row.id, changed, bridge.today)] if changed else []
