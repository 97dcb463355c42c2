"""Mapped classes of training."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from crm_pilot.store.schema import Base, choice, key, refers, text, whole
from crm_pilot.training.terms import Presence


class Course(Base):
    """What is taught; sessions repeat it."""

    __tablename__ = "course"
    id: Mapped[int] = key()
    title: Mapped[str] = text("title", filled=True)
    minutes: Mapped[int] = whole("minutes", default=210, low=1)  # planned length of one session
    aim: Mapped[str] = text("aim")


class TrainingSession(Base):
    """One session of a course."""

    __tablename__ = "training_session"
    id: Mapped[int] = key()
    course_id: Mapped[int] = refers("course", cascade=True)
    held_on: Mapped[dt.date]
    begins: Mapped[str] = text("begins", default="09:00")  # HH:MM local
    minutes: Mapped[int] = whole("minutes", default=210, low=1)
    place: Mapped[str] = text("place")
    trainer: Mapped[str] = text("trainer")
    seats: Mapped[int] = whole("seats", default=10, low=1)
    note: Mapped[str] = text("note")


class Attendance(Base):
    """A trainee of a session."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("session_id", "person_id"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    session_id: Mapped[int] = refers("training_session", cascade=True)
    person_id: Mapped[int] = refers("person", cascade=True)
    presence: Mapped[str] = choice("presence", Presence, Presence.INVITED)
