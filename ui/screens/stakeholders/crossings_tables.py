"""The two tables of the crossings: by position, and by department."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from crm_pilot.governance.crossings import crossings
from crm_pilot.i18n import N_, tr
from crm_pilot.stakeholders.terms import TRIO, ZONES, Trio
from ui.language import formats, lang
from ui.models.rows import Column, RowsModel
from ui.widgets.why import asks

if TYPE_CHECKING:
    from ui.bridge import Bridge

SIGNS = {Trio.LOCOMOTIVE: "▲", Trio.HESITANT: "●", Trio.OPPONENT: "■"}
UNKNOWN = "–"
HOUR = 60
TICKETS = 116  # one width in both tables: the columns they share stand in line


def known(value: float | None, decimals: int = 0) -> str:
    """A number, or a dash where nothing is known."""
    return UNKNOWN if value is None else formats.number(value, lang(), decimals)


def trend(now: float | None, before: float | None) -> str:
    """`↑ 58 (14)`: the last 90 days, and in brackets the 90 before where they are known."""
    if now is None:
        return UNKNOWN
    if before is None:
        return known(now)
    rounded, earlier = round(now), round(before)
    sign = "↑" if rounded > earlier else "↓" if rounded < earlier else "="
    return f"{sign} {known(now)} ({known(before)})"


def days(row: Any) -> str:
    """`3.1 / 3.4`: login days a week, and those expected at least."""
    if row.days_per_week is None:
        return UNKNOWN
    if row.expected_low is None:
        return known(row.days_per_week, 1)
    return f"{known(row.days_per_week, 1)} / {known(row.expected_low, 1)}"


def effort(row: Any) -> str:
    """`3 · 12 h`: actions, and the hours planned on them."""
    found = row.effort
    if not found.actions:
        return "0"
    hours = formats.amount(found.minutes / HOUR, lang())
    return f"{known(found.actions)} · {hours}\u00a0h"


def _place(row: Any) -> str:
    if row.zone is None:
        return f"{SIGNS[row.trio]} {tr(TRIO[row.trio])}"
    return f"{SIGNS[row.trio]} {tr(ZONES[row.zone])}"


def _majority(row: Any) -> str:
    if row.trio is None:
        return UNKNOWN
    words = f"{SIGNS[row.trio]} {tr(ZONES[row.zone])}"
    if row.majority == 1:  # all of them
        return words
    return f"{words}, {formats.percent(row.majority, lang())}"


def _placed(row: Any) -> str:
    return f"{known(row.placed)} / {known(row.people)}"


def _share(key: str) -> Any:
    return lambda row: formats.percent(getattr(row, key), lang())


def _ink(row: Any) -> str:
    return "alert" if row.below else ""


def _icon(row: Any) -> tuple[str, str] | None:
    return ("warning", "alert") if row.below else None


def _use(bridge: Bridge) -> tuple[Column, ...]:
    why = asks(bridge, "committee.crossing.use")
    return (
        Column(
            "active_share",
            N_("Active"),
            "share",
            width=64,
            text=_share("active_share"),
            tooltip=N_("Share of accounts with a login and an action in four weeks"),
            why=why,
            spare=1,
        ),
        Column(
            "days_per_week",
            N_("Days a week"),
            width=110,
            align="right",
            text=days,
            ink=_ink,
            icon=_icon,
            sort=lambda row: row.days_per_week,
            tooltip=N_("Login days a week / days expected of the profiles; a sign marks fewer"),
            why=why,
        ),
    )


def position_columns(bridge: Bridge) -> tuple[Column, ...]:
    """Columns by position; the last four are those of the departments below."""
    return (
        Column("trio", N_("Position"), width=150, grow=True, text=_place, sort=lambda row: row.id),
        Column(
            "headcount",
            N_("Headcount"),
            "int",
            width=80,
            why=asks(bridge, "committee.crossing.headcount"),
        ),
        Column(
            "effort",
            N_("Actions"),
            width=84,
            align="right",
            text=effort,
            sort=lambda row: (row.effort.minutes, row.effort.actions),
            tooltip=N_("Influence actions that aim at them, and hours of work planned on these"),
            why=asks(bridge, "committee.crossing.effort"),
        ),
        Column(
            "trained",
            N_("Trained"),
            "share",
            width=68,
            text=_share("trained"),
            why=asks(bridge, "committee.crossing.trained"),
        ),
        Column(
            "tickets",
            N_("Tickets / 100 p."),
            width=TICKETS,
            align="right",
            text=lambda row: trend(row.tickets, row.tickets_before),
            sort=lambda row: row.tickets,
            tooltip=N_("Opened in 90 days per 100 people; in brackets the 90 days before"),
            why=asks(bridge, "committee.crossing.tickets"),
        ),
        *_use(bridge),
    )


def department_columns(bridge: Bridge) -> tuple[Column, ...]:
    """Columns by department."""
    return (
        Column("department", N_("Department"), width=132, grow=True, bold=True),
        Column("wave", N_("Wave"), width=72, spare=2),
        Column(
            "majority",
            N_("Majority"),
            width=164,
            text=_majority,
            sort=_gravity,
            why=asks(bridge, "committee.crossing.majority"),
        ),
        Column(
            "placed",
            N_("Placed"),
            width=72,
            align="right",
            text=_placed,
            spare=3,
            tooltip=N_("Headcount that has a position / people"),
        ),
        Column(
            "trained",
            N_("Trained"),
            "share",
            width=68,
            text=_share("trained"),
            why=asks(bridge, "committee.crossing.trained"),
        ),
        Column(
            "tickets",
            N_("Tickets"),
            width=TICKETS,
            align="right",
            text=lambda row: trend(row.tickets, row.tickets_before),
            sort=lambda row: row.tickets,
            tooltip=N_("Opened in 90 days; in brackets the 90 days before"),
            why=asks(bridge, "committee.crossing.department_tickets"),
        ),
        *_use(bridge),
    )


def _gravity(row: Any) -> tuple[int, float] | None:
    return None if row.trio is None else (list(SIGNS).index(row.trio), row.majority)


def positions_model(bridge: Bridge) -> RowsModel:
    """The trio, or with `by_zone` its zones."""
    return RowsModel(
        bridge,
        "stakeholder",
        position_columns(bridge),
        lambda: crossings(bridge.reader, bridge.today).positions,
        copies=False,
    )


def departments_model(bridge: Bridge) -> RowsModel:
    """The departments by wave."""
    return RowsModel(
        bridge,
        "department",
        department_columns(bridge),
        lambda: crossings(bridge.reader, bridge.today).departments,
        copies=False,
    )
