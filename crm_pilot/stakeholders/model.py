"""Mapped classes of the lateral project. Ratings are dated rows, never overwritten."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_pilot.stakeholders.terms import (
    ActionKind,
    LateralStatus,
    Style,
    TieKind,
    UnitKind,
    Zone,
)
from crm_pilot.store.schema import Base, choice, key, refers, text, whole


class Stakeholder(Base):
    """A unit of the map: a group with its headcount, or one person."""

    __tablename__ = "stakeholder"
    id: Mapped[int] = key()
    kind: Mapped[str] = choice("kind", UnitKind, UnitKind.GROUP)
    name: Mapped[str] = text("name", filled=True)
    code: Mapped[str] = text("code")  # "P-14": what may be printed beside a position
    person_id: Mapped[int | None] = refers("person")
    department_id: Mapped[int | None] = refers("department")
    headcount: Mapped[int] = whole("headcount", default=1, low=1)
    influence: Mapped[int] = whole("influence", default=2, low=1, high=3)
    owner_id: Mapped[int | None] = refers("person")  # who keeps the relation
    target_synergy: Mapped[int | None] = whole("target_synergy", low=1, high=4, null=True)
    target_antagonism: Mapped[int | None] = whole("target_antagonism", low=1, high=4, null=True)
    target_date: Mapped[dt.date | None]
    note: Mapped[str] = text("note")
    profile_id: Mapped[int | None] = refers("profile")  # how its people use the CRM
    stage: Mapped[int | None] = whole("stage", low=1, high=7, null=True)  # None: that of its zone
    enters_on: Mapped[dt.date | None]  # when it is to come on stage
    role: Mapped[str] = text("role")  # what it is asked to do there; empty: that of its zone


class Tie(Base):
    """Who influences whom, and who reports to whom, between units of the map."""

    __tablename__ = "stakeholder_tie"
    __table_args__ = (
        UniqueConstraint("from_id", "to_id", "kind"),
        CheckConstraint("from_id <> to_id", name="ends"),
        {"sqlite_strict": True},
    )
    id: Mapped[int] = key()
    from_id: Mapped[int] = refers("stakeholder", cascade=True)  # who influences, or reports
    to_id: Mapped[int] = refers("stakeholder", cascade=True)
    kind: Mapped[str] = choice("kind", TieKind, TieKind.INFLUENCES)


class Rating(Base):
    """A dated rating with the observed fact behind it (DOMAIN.md 1.2)."""

    __tablename__ = "rating"
    id: Mapped[int] = key()
    stakeholder_id: Mapped[int] = refers("stakeholder", cascade=True)
    rated_on: Mapped[dt.date]
    synergy: Mapped[int] = whole("synergy", low=1, high=4)
    antagonism: Mapped[int] = whole("antagonism", low=1, high=4)
    fact: Mapped[str] = text("fact", filled=True)
    author: Mapped[str] = text("author")
    provisional: Mapped[bool] = mapped_column(default=False, server_default="0")  # to refine


class ZoneCell(Base):
    """Which zone a cell of the plane belongs to: editable, since authors differ."""

    __tablename__ = "zone_cell"
    __table_args__ = (UniqueConstraint("synergy", "antagonism"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    synergy: Mapped[int] = whole("synergy", low=1, high=4)
    antagonism: Mapped[int] = whole("antagonism", low=1, high=4)
    zone: Mapped[str] = choice("zone", Zone)
    sourced: Mapped[bool] = mapped_column(default=True, server_default="1")  # no: our own design
    source: Mapped[str] = text("source")  # where the lead has it from; empty: as delivered


class ZoneAdvice(Base):
    """What the lead wrote over the advice delivered for a zone; an empty text keeps that one."""

    __tablename__ = "zone_advice"
    id: Mapped[int] = key()
    zone: Mapped[str] = mapped_column(
        CheckConstraint(
            "zone IN (" + ", ".join(f"'{zone.value}'" for zone in Zone) + ")", name="zone"
        ),
        unique=True,
    )
    style: Mapped[str | None] = choice("style", Style, null=True)
    handling_en: Mapped[str] = text("handling_en")
    handling_fr: Mapped[str] = text("handling_fr")
    role_en: Mapped[str] = text("role_en")
    role_fr: Mapped[str] = text("role_fr")


class LateralProject(Base):
    """A project that carries the main one because it answers a group's own concern (DOMAIN.md
    1.6)."""

    __tablename__ = "lateral_project"
    id: Mapped[int] = key()
    title: Mapped[str] = text("title", filled=True)
    stakeholder_id: Mapped[int | None] = refers("stakeholder")
    concern: Mapped[str] = text("concern")  # theirs, in their words
    offer: Mapped[str] = text("offer")
    goal: Mapped[str] = text("goal")  # how it serves the main goal
    pilot_id: Mapped[int | None] = refers("person")
    status: Mapped[str] = choice("status", LateralStatus, LateralStatus.IDEA)
    noted_on: Mapped[dt.date]
    note: Mapped[str] = text("note")


class Influence(Base):
    """Which unit a task of the plan aims at. Owner, dates and effort are those of the task."""

    __tablename__ = "influence"
    __table_args__ = (UniqueConstraint("task_id"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    task_id: Mapped[int] = refers("task", cascade=True)
    stakeholder_id: Mapped[int] = refers("stakeholder", cascade=True)
    kind: Mapped[str] = choice("kind", ActionKind, ActionKind.MEETING)
    ally_id: Mapped[int | None] = refers("stakeholder")  # the ally who carries it
    lateral_id: Mapped[int | None] = refers("lateral_project")


class PositionCount(Base):
    """How many persons stood in a zone on a committee's day whose positions were erased since.

    Nothing but the count is kept of them.
    """

    __tablename__ = "position_count"
    __table_args__ = (UniqueConstraint("counted_on", "zone"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    counted_on: Mapped[dt.date]
    zone: Mapped[str] = choice("zone", Zone)
    persons: Mapped[int] = whole("persons", low=1)
