"""What the five tables of the people screen show, and what a new row of each starts as."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_pilot import formats
from crm_pilot.i18n import N_, tr
from crm_pilot.people import casting, queries
from crm_pilot.people.terms import ROLES
from crm_pilot.planning.queries import figures as plan_figures
from ui.language import lang
from ui.models.rows import Column
from ui.widgets.why import asks

if TYPE_CHECKING:
    from ui.bridge import Bridge


@dataclass(frozen=True)
class Register:
    """One table: its SQL table, columns, reader and the values of a new row."""

    table: str
    title: str  # marked text, on the segment
    what: str  # marked text, one thing, in the names of steps
    add: str  # marked text, on the button
    columns: tuple[Column, ...]
    load: Callable[[], Sequence[Any]]
    fresh: Callable[[], Mapping[str, Any]]
    first: str  # column key where typing starts
    empty: tuple[str, str] = (  # marked texts: what an empty table says, and what to do
        N_("Nobody is here yet"),
        N_("Add them one by one, or import the list that you have (Ctrl+I)."),
    )


def registers(bridge: Bridge) -> tuple[Register, ...]:
    """The five tables over the open project."""
    return (
        _persons(bridge),
        _departments(bridge),
        _accounts(bridge),
        _profiles(bridge),
        _roles(bridge),
    )


def _departments_to_choose(bridge: Bridge) -> dict[int, str]:
    return {row.id: row.name for row in queries.departments(bridge.reader)}


def _waves(bridge: Bridge) -> dict[int, str]:
    return {wave.id: wave.name for wave in plan_figures(bridge.reader, bridge.today).waves}


def _unused(bridge: Bridge, sql: str, stem: str) -> str:
    """`stem`, or `stem 2` …, whichever no row has yet."""
    number, name = 1, stem
    while bridge.reader.value(sql, name) is not None:
        number += 1
        name = f"{stem} {number}"
    return name


def _persons(bridge: Bridge) -> Register:
    choices = lambda: _departments_to_choose(bridge)  # noqa: E731
    return Register(
        "person",
        N_("Persons"),
        N_("person"),
        N_("Add a person"),
        (
            Column("last_name", N_("Last name"), column="last_name", width=130, bold=True),
            Column("first_name", N_("First name"), column="first_name", width=110),
            Column("job", N_("Job"), column="job", width=220, grow=True),
            Column(
                "department",
                N_("Department"),
                "choice",
                column="department_id",
                value_key="department_id",
                choices=choices,
                width=140,
            ),
            Column("email", N_("E-mail"), column="email", width=232, grow=True),
            Column("external_id", N_("Staff number"), width=92, spare=2),
            Column("code", N_("Code"), width=64, tooltip=N_("Printed instead of the name")),
            Column("arrived_on", N_("Arrived"), "date", column="arrived_on", width=108, spare=1),
        ),
        lambda: queries.persons(bridge.reader),
        lambda: {"last_name": tr("New person")},
        "last_name",
    )


def _departments(bridge: Bridge) -> Register:
    taken = "SELECT 1 FROM department WHERE name = ?"
    return Register(
        "department",
        N_("Departments"),
        N_("department"),
        N_("Add a department"),
        (
            Column("name", N_("Department"), column="name", width=260, bold=True),
            Column("short", N_("Short name"), column="short", width=120),
            Column(
                "wave",
                N_("Wave"),
                "choice",
                column="wave_id",
                value_key="wave_id",
                choices=lambda: _waves(bridge),
                width=200,
            ),
            Column("persons", N_("Persons"), "int", width=100, why=asks(bridge, "people.persons")),
        ),
        lambda: queries.departments(bridge.reader),
        lambda: {"name": _unused(bridge, taken, tr("New department"))},
        "name",
    )


def _accounts(bridge: Bridge) -> Register:
    taken = "SELECT 1 FROM account WHERE external_id = ?"
    return Register(
        "account",
        N_("CRM accounts"),
        N_("account"),
        N_("Add an account"),
        (
            Column("external_id", N_("CRM user id"), column="external_id", width=176),
            Column("username", N_("User name"), column="username", width=230, grow=True),
            Column(
                "person",
                N_("Person"),
                "choice",
                column="person_id",
                value_key="person_id",
                choices=lambda: dict(queries.owners(bridge.reader)),
                width=160,
                bold=True,
            ),
            Column("department", N_("Department"), width=140),
            Column(
                "profile",
                N_("Profile"),
                "choice",
                column="profile_id",
                value_key="profile_id",
                choices=lambda: {row.id: row.name for row in queries.profiles(bridge.reader)},
                width=120,
            ),
            Column("opened_on", N_("Opened"), "date", column="opened_on", width=108),
            Column("closed_on", N_("Closed on"), "date", column="closed_on", width=108, spare=1),
        ),
        lambda: queries.accounts(bridge.reader),
        lambda: {"external_id": _unused(bridge, taken, tr("new-user"))},
        "external_id",
    )


def _profiles(bridge: Bridge) -> Register:
    taken = "SELECT 1 FROM profile WHERE name = ?"
    return Register(
        "profile",
        N_("User profiles"),
        N_("profile"),
        N_("Add a profile"),
        (
            Column("name", N_("Profile"), column="name", width=240, bold=True),
            Column(
                "expected_low", N_("Days a week, from"), "int", column="expected_low", width=150
            ),
            Column("expected_high", N_("to"), "int", column="expected_high", width=80),
            Column(
                "measured",
                N_("Measured"),
                "bool",
                column="measured",
                width=100,
                tooltip=N_("Integration accounts are left out of every figure"),
            ),
            Column(
                "accounts", N_("Accounts"), "int", width=100, why=asks(bridge, "people.accounts")
            ),
        ),
        lambda: queries.profiles(bridge.reader),
        lambda: {"name": _unused(bridge, taken, tr("New profile"))},
        "name",
    )


def _roles(bridge: Bridge) -> Register:
    return Register(
        "role",
        N_("Roles"),
        N_("role"),
        N_("Add a role"),
        (
            Column("name", N_("Role"), column="name", width=230, bold=True, optional=False),
            Column(
                "kind",
                N_("Kind"),
                "choice",
                column="kind",
                choices=ROLES,
                width=150,
                optional=False,
            ),
            Column(
                "person",
                N_("Person"),
                "choice",
                column="person_id",
                value_key="person_id",
                choices=lambda: dict(queries.owners(bridge.reader)),
                width=160,
            ),
            Column("duty", N_("Duty"), column="duty", width=320, grow=True),
        ),
        lambda: casting.roles(bridge.reader),
        lambda: {
            "name": tr("New role"),
            "position": max((row.position for row in casting.roles(bridge.reader)), default=0) + 1,
        },
        "name",
        (
            N_("No role is listed yet"),
            N_("Sponsor, project lead, integrator: three parts, three persons."),
        ),
    )


def count(value: int) -> str:
    """A whole number as written in the language of the window."""
    return formats.number(value, lang())
