"""Mapped classes of people: everyone is a `person`; a CRM account may belong to one.

Working hours live here too: calendars, their exceptions, and when someone is away.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_pilot.people.terms import DayPart, ProfileKind, RoleKind
from crm_pilot.store.schema import Base, choice, key, refers, text, whole


class Department(Base):
    """A department or sales region: the unit of committee-level figures."""

    __tablename__ = "department"
    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)
    short: Mapped[str] = text("short")  # for narrow columns, e.g. "GC"
    wave_id: Mapped[int | None] = refers("wave")
    position: Mapped[int] = whole("position", default=0)


class Profile(Base):
    """A CRM user profile and the connection days expected of it (DOMAIN.md 2.1, seed 003)."""

    __tablename__ = "profile"
    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)
    expected_low: Mapped[int] = whole("expected_low", default=3, low=0, high=7)  # days a week
    expected_high: Mapped[int] = whole("expected_high", default=5, low=0, high=7)
    measured: Mapped[bool] = mapped_column(default=True, server_default="1")  # no for integrations
    kind: Mapped[str] = choice("kind", ProfileKind, ProfileKind.OTHER)


class Person(Base):
    """A person of the company: user, trainee, owner, stakeholder."""

    __tablename__ = "person"
    id: Mapped[int] = key()
    code: Mapped[str | None] = mapped_column(unique=True)  # "P-014", for coded prints
    first_name: Mapped[str] = text("first_name")
    last_name: Mapped[str] = text("last_name", filled=True)
    email: Mapped[str] = text("email")
    external_id: Mapped[str | None] = mapped_column(unique=True)  # staff number in the HR export
    job: Mapped[str] = text("job")
    department_id: Mapped[int | None] = refers("department")
    arrived_on: Mapped[dt.date | None]
    note: Mapped[str] = text("note")
    calendar_id: Mapped[int | None] = refers("calendar")  # None: the project's
    units: Mapped[int] = whole("units", default=100, low=0, high=1000)  # percent of a full person


class Account(Base):
    """A CRM account. `external_id` is the CRM's own user id; logins are matched by it."""

    __tablename__ = "account"
    __table_args__ = (
        UniqueConstraint("external_id"),
        # never an id twice: a new account must not inherit the login days of a deleted one
        {"sqlite_strict": True, "sqlite_autoincrement": True},
    )
    id: Mapped[int] = key()
    external_id: Mapped[str] = text("external_id", filled=True)
    username: Mapped[str] = text("username")
    person_id: Mapped[int | None] = refers("person")
    profile_id: Mapped[int | None] = refers("profile")
    opened_on: Mapped[dt.date | None]
    closed_on: Mapped[dt.date | None]
    email: Mapped[str] = text("email")
    full_name: Mapped[str] = text("full_name")  # as the CRM writes it
    licence: Mapped[str] = text("licence")
    settled: Mapped[bool] = mapped_column(default=False, server_default="0")  # the lead looked at
    # whom it belongs to, and it is nobody's of the project


class Role(Base):
    """A role of the project and who plays it; one person may be asked to play several."""

    __tablename__ = "role"
    id: Mapped[int] = key()
    name: Mapped[str] = text("name", filled=True)
    duty: Mapped[str] = text("duty")
    kind: Mapped[str] = choice("kind", RoleKind, RoleKind.OTHER)
    person_id: Mapped[int | None] = refers("person")
    position: Mapped[int] = whole("position", default=0)


class Calendar(Base):
    """Working hours. `week` is JSON: weekday (0 is Monday) → shifts in minutes of the day, such as
    `{"0": [[480, 720], [780, 1020]]}`; a day that is missing is as in the base calendar."""

    __tablename__ = "calendar"
    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)
    base_id: Mapped[int | None] = refers("calendar")
    country: Mapped[str] = text("country")  # whose public holidays are not worked; empty: none
    week: Mapped[str] = text("week", default="{}")


class CalendarException(Base):
    """Days with other hours, both included; `shifts` is JSON, `[]` when nobody works."""

    __tablename__ = "calendar_exception"
    __table_args__ = (CheckConstraint("last >= first", name="days"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    calendar_id: Mapped[int] = refers("calendar", cascade=True)
    name: Mapped[str] = text("name")
    first: Mapped[dt.date]
    last: Mapped[dt.date]
    shifts: Mapped[str] = text("shifts", default="[]")


class Absence(Base):
    """When someone does not work. Never why: the reason is nobody's business here."""

    __tablename__ = "absence"
    __table_args__ = (CheckConstraint("last >= first", name="days"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    person_id: Mapped[int] = refers("person", cascade=True)
    first: Mapped[dt.date]
    last: Mapped[dt.date]
    part: Mapped[str] = choice("part", DayPart, DayPart.DAY)
