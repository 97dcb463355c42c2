"""Mapped classes of people: everyone is a `person`; a CRM account may belong to one."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_pilot.people.terms import RoleKind
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


class Role(Base):
    """A role of the project and who plays it; one person may be asked to play several."""

    __tablename__ = "role"
    id: Mapped[int] = key()
    name: Mapped[str] = text("name", filled=True)
    duty: Mapped[str] = text("duty")
    kind: Mapped[str] = choice("kind", RoleKind, RoleKind.OTHER)
    person_id: Mapped[int | None] = refers("person")
    position: Mapped[int] = whole("position", default=0)
