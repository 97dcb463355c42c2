"""Mapped classes of feedback: objectives and what was measured of them.

Values are whole hundredths of their unit, so that nothing is lost in rounding.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from crm_pilot.store.schema import Base, key, refers, text, whole


class Objective(Base):
    """What the project is to achieve, with its measure (Kirkpatrick's fourth level reads it)."""

    __tablename__ = "objective"
    id: Mapped[int] = key()
    title: Mapped[str] = text("title", filled=True)
    unit: Mapped[str] = text("unit")
    baseline: Mapped[int | None] = whole("baseline", null=True)  # before the project
    target: Mapped[int | None] = whole("target", null=True)
    target_on: Mapped[dt.date | None]
    position: Mapped[int] = whole("position", default=0)


class ObjectiveMeasure(Base):
    """What an objective was measured at on a day."""

    __tablename__ = "objective_measure"
    __table_args__ = (UniqueConstraint("objective_id", "measured_on"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    objective_id: Mapped[int] = refers("objective", cascade=True)
    measured_on: Mapped[dt.date]
    value: Mapped[int] = whole("value", default=0)
