"""Mapped classes of the stakeholder map. Ratings are dated rows, never overwritten."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_pilot.stakeholders.terms import UnitKind, Zone
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
