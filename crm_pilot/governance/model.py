"""Mapped classes of the committee room."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_pilot.governance.terms import Axis, DecisionStatus, RiskStatus, Weather
from crm_pilot.store.schema import Base, choice, key, refers, text, whole


class Committee(Base):
    """A steering committee (COPIL), held or to come."""

    __tablename__ = "committee"
    id: Mapped[int] = key()
    number: Mapped[int] = mapped_column(unique=True)
    held_on: Mapped[dt.date]
    note: Mapped[str] = text("note")


class WeatherRecord(Base):
    """Weather as given at a committee; the trend compares with it."""

    __tablename__ = "weather_record"
    __table_args__ = (UniqueConstraint("committee_id", "axis"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    committee_id: Mapped[int] = refers("committee", cascade=True)
    axis: Mapped[str] = choice("axis", Axis)
    weather: Mapped[str] = choice("weather", Weather)
    reason: Mapped[str] = text("reason")


class Decision(Base):
    """A decision asked of or taken by a committee: never without owner and date."""

    __tablename__ = "decision"
    id: Mapped[int] = key()
    code: Mapped[str] = mapped_column(unique=True)  # "D-021"
    wording: Mapped[str] = text("wording", filled=True)
    owner: Mapped[str] = text("owner", filled=True)  # name and role as printed
    due_on: Mapped[dt.date]
    status: Mapped[str] = choice("status", DecisionStatus, DecisionStatus.PROPOSED)
    committee_id: Mapped[int | None] = refers("committee")  # where it is asked


class Risk(Base):
    """A risk with its response. Probability and impact 1 to 4, no middle."""

    __tablename__ = "risk"
    id: Mapped[int] = key()
    code: Mapped[str] = mapped_column(unique=True)  # "R-07"
    title: Mapped[str] = text("title", filled=True)
    response: Mapped[str] = text("response")
    probability: Mapped[int] = whole("probability", default=2, low=1, high=4)
    impact: Mapped[int] = whole("impact", default=2, low=1, high=4)
    owner: Mapped[str] = text("owner")
    status: Mapped[str] = choice("status", RiskStatus, RiskStatus.OPEN)


class Highlight(Base):
    """A noteworthy fact (fait marquant), printed on the next report."""

    __tablename__ = "highlight"
    id: Mapped[int] = key()
    noted_on: Mapped[dt.date]
    lead: Mapped[str] = text("lead", filled=True)  # the few words in bold
    detail: Mapped[str] = text("detail")


class BudgetLine(Base):
    """A budget line in cents: reference, spent, and RAF (what is still needed to finish)."""

    __tablename__ = "budget_line"
    id: Mapped[int] = key()
    name: Mapped[str] = text("name", filled=True)
    baseline_cents: Mapped[int] = whole("baseline_cents", default=0)
    spent_cents: Mapped[int] = whole("spent_cents", default=0)
    remaining_cents: Mapped[int] = whole("remaining_cents", default=0)
    reason: Mapped[str] = text("reason")
    position: Mapped[int] = whole("position", default=0)


class SignAction(Base):
    """A task of the plan that answers a warning; `subject` tells which one of its rule."""

    __tablename__ = "sign_action"
    __table_args__ = (UniqueConstraint("rule", "subject", "task_id"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    rule: Mapped[str] = text("rule", filled=True)
    subject: Mapped[str] = text("subject")
    task_id: Mapped[int] = refers("task", cascade=True)
