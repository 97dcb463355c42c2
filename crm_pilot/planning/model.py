"""Mapped classes of the plan."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_pilot.planning.terms import (
    ConstraintKind,
    LagUnit,
    LinkKind,
    Mark,
    Mode,
    Pillar,
    SlipReason,
    TaskKind,
)
from crm_pilot.store.schema import Base, choice, key, refers, text, whole


class Wave(Base):
    """A go-live wave; departments belong to one. Its date is that of its milestone."""

    __tablename__ = "wave"
    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)
    position: Mapped[int] = whole("position", default=0)
    milestone_id: Mapped[int | None] = refers("task")
    pilot: Mapped[bool] = mapped_column(default=False, server_default="0")


class Task(Base):
    """A line of the outline. `start` and `finish` are days, both included; a milestone has one.

    They belong to the person in mode `manual`; in mode `auto` the engine writes them in the step
    of each edit (`settling`), from the links, the constraint and the duration. The minutes of
    both days are NULL where the work begins and ends with the working day. Dates of a phase that
    has children are rolled up by `rules.roll_up`, never stored by hand. Durations and work are
    minutes; a duration of NULL was not settled yet and follows from the dates.
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
    deliverable: Mapped[bool] = mapped_column(default=False, server_default="0")
    mode: Mapped[str] = choice("mode", Mode, Mode.AUTO)
    active: Mapped[bool] = mapped_column(default=True, server_default="1")
    duration: Mapped[int | None] = whole("duration", low=0, null=True)
    elapsed: Mapped[bool] = mapped_column(default=False, server_default="0")
    start_minute: Mapped[int | None] = whole("start_minute", low=0, high=1440, null=True)
    finish_minute: Mapped[int | None] = whole("finish_minute", low=0, high=1440, null=True)
    constraint_kind: Mapped[str] = choice("constraint_kind", ConstraintKind, ConstraintKind.ASAP)
    constraint_at: Mapped[dt.datetime | None]
    deadline_at: Mapped[dt.datetime | None]
    calendar_id: Mapped[int | None] = refers("calendar")  # None: the project's
    ignores_people: Mapped[bool] = mapped_column(default=False, server_default="0")
    actual_start: Mapped[dt.datetime | None]
    actual_finish: Mapped[dt.datetime | None]
    work: Mapped[int | None] = whole("work", low=0, null=True)
    remaining: Mapped[int | None] = whole("remaining", low=0, null=True)  # RAF, of the work


class Link(Base):
    """`successor` waits for `predecessor`. A negative lag is a lead; in per cent it counts the
    predecessor's duration."""

    __tablename__ = "link"
    __table_args__ = (
        UniqueConstraint("predecessor_id", "successor_id"),
        CheckConstraint("predecessor_id <> successor_id", name="ends"),
        {"sqlite_strict": True},
    )
    id: Mapped[int] = key()
    predecessor_id: Mapped[int] = refers("task", cascade=True)
    successor_id: Mapped[int] = refers("task", cascade=True)
    kind: Mapped[str] = choice("kind", LinkKind, LinkKind.FS)
    lag: Mapped[int] = whole("lag", default=0)
    lag_unit: Mapped[str] = choice("lag_unit", LagUnit, LagUnit.WORKING)


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
    start_minute: Mapped[int | None] = whole("start_minute", low=0, high=1440, null=True)
    finish_minute: Mapped[int | None] = whole("finish_minute", low=0, high=1440, null=True)
    duration: Mapped[int | None] = whole("duration", low=0, null=True)
    work: Mapped[int | None] = whole("work", low=0, null=True)


class Forecast(Base):
    """A milestone's date as announced on a day; never overwritten (DOMAIN.md 5, dates-dates)."""

    __tablename__ = "forecast"
    id: Mapped[int] = key()
    task_id: Mapped[int] = refers("task", cascade=True)
    reported_on: Mapped[dt.date]
    expected_on: Mapped[dt.date]
    reason: Mapped[str] = text("reason")
    reason_code: Mapped[str | None] = choice("reason_code", SlipReason, null=True)


class Assignment(Base):
    """Someone who works on a task; without any, its owner does at 100 per cent."""

    __tablename__ = "assignment"
    __table_args__ = (UniqueConstraint("task_id", "person_id"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    task_id: Mapped[int] = refers("task", cascade=True)
    person_id: Mapped[int] = refers("person", cascade=True)
    units: Mapped[int] = whole("units", default=100, low=0, high=1000)  # per cent of a person
    work: Mapped[int | None] = whole("work", low=0, null=True)  # minutes
    remaining: Mapped[int | None] = whole("remaining", low=0, null=True)


class PlanPart(Base):
    """What another planner's file said and this product does not know, kept to be written back.

    JSON text; about a task, a person, a calendar, or with none of them the project.
    """

    __tablename__ = "plan_part"
    id: Mapped[int] = key()
    task_id: Mapped[int | None] = refers("task", cascade=True, null=True)
    person_id: Mapped[int | None] = refers("person", cascade=True, null=True)
    calendar_id: Mapped[int | None] = refers("calendar", cascade=True, null=True)
    content: Mapped[str] = text("content", filled=True)
