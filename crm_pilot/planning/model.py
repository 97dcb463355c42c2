"""Mapped classes of the plan."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_pilot.planning.terms import Mark, Pillar, TaskKind
from crm_pilot.store.schema import Base, choice, key, refers, text, whole


class Wave(Base):
    """A go-live wave; departments belong to one. Its date is that of its milestone."""

    __tablename__ = "wave"
    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int] = whole("position", default=0)
    milestone_id: Mapped[int | None] = refers("task")


class Task(Base):
    """A line of the outline. Dates are whole days, both included; a milestone has one day.

    Dates of a phase that has children are rolled up by `rules.roll_up`, never stored by hand.
    """

    __tablename__ = "task"
    __table_args__ = (
        CheckConstraint("start IS NULL OR finish IS NULL OR finish >= start", name="dates"),
        CheckConstraint("kind <> 'milestone' OR start IS finish", name="milestone"),
        {"sqlite_strict": True},
    )
    id: Mapped[int] = key()
    parent_id: Mapped[int | None] = refers("task", cascade=True, null=True)
    position: Mapped[int] = whole("position", default=0)
    kind: Mapped[str] = choice("kind", TaskKind, TaskKind.TASK)
    pillar: Mapped[str] = choice("pillar", Pillar, Pillar.DEPLOYMENT)
    title: Mapped[str] = text("title", filled=True)
    start: Mapped[dt.date | None]
    finish: Mapped[dt.date | None]
    percent: Mapped[int] = whole("percent", default=0, low=0, high=100)
    owner_id: Mapped[int | None] = refers("person")
    wave_id: Mapped[int | None] = refers("wave")
    committee: Mapped[bool] = mapped_column(default=False, server_default="0")  # shown on page 1
    note: Mapped[str] = text("note")
    mark: Mapped[str | None] = choice("mark", Mark, null=True)


class Link(Base):
    """Finish-to-start link: `successor` waits for `predecessor`."""

    __tablename__ = "link"
    __table_args__ = (
        UniqueConstraint("predecessor_id", "successor_id"),
        CheckConstraint("predecessor_id <> successor_id", name="ends"),
        {"sqlite_strict": True},
    )
    id: Mapped[int] = key()
    predecessor_id: Mapped[int] = refers("task", cascade=True)
    successor_id: Mapped[int] = refers("task", cascade=True)


class Baseline(Base):
    """A reference plan, versioned with its reason; the newest counts."""

    __tablename__ = "baseline"
    id: Mapped[int] = key()
    name: Mapped[str] = text("name", filled=True)
    set_on: Mapped[dt.date]
    reason: Mapped[str] = text("reason")


class BaselineTask(Base):
    """Dates of one task in a reference plan."""

    __tablename__ = "baseline_task"
    __table_args__ = (UniqueConstraint("baseline_id", "task_id"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    baseline_id: Mapped[int] = refers("baseline", cascade=True)
    task_id: Mapped[int] = refers("task", cascade=True)
    start: Mapped[dt.date]
    finish: Mapped[dt.date]


class Forecast(Base):
    """A milestone's date as announced on a day; never overwritten (DOMAIN.md 5, dates-dates)."""

    __tablename__ = "forecast"
    id: Mapped[int] = key()
    task_id: Mapped[int] = refers("task", cascade=True)
    reported_on: Mapped[dt.date]
    expected_on: Mapped[dt.date]
    reason: Mapped[str] = text("reason")
