"""Mapped classes of training."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_pilot.store.schema import Base, choice, key, refers, text, whole
from crm_pilot.training.terms import Evaluated, Half, Presence, QuizMoment


class Course(Base):
    """What is taught; sessions repeat it."""

    __tablename__ = "course"
    id: Mapped[int] = key()
    title: Mapped[str] = text("title", filled=True)
    minutes: Mapped[int] = whole("minutes", default=210, low=1)  # planned length of one session
    aim: Mapped[str] = text("aim")
    formal: Mapped[bool] = mapped_column(default=True, server_default="1")  # no: a short help
    valid_months: Mapped[int | None] = whole("valid_months", low=1, high=120, null=True)
    # after which the skill has to be refreshed; None: never


class CourseFeature(Base):
    """A function of the CRM that a course covers."""

    __tablename__ = "course_feature"
    __table_args__ = (UniqueConstraint("course_id", "feature_id"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    course_id: Mapped[int] = refers("course", cascade=True)
    feature_id: Mapped[int] = refers("feature", cascade=True)


class CourseProfile(Base):
    """A CRM user profile a course is meant for; a course without any is for everybody."""

    __tablename__ = "course_profile"
    __table_args__ = (UniqueConstraint("course_id", "profile_id"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    course_id: Mapped[int] = refers("course", cascade=True)
    profile_id: Mapped[int] = refers("profile", cascade=True)


class TrainingSession(Base):
    """One session of a course. Its half-days follow from `begins` and `minutes` unless rows of
    `session_half` give them (`training/halves.py`)."""

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
    cost_cents: Mapped[int | None] = whole("cost_cents", low=0, null=True)
    trainer_id: Mapped[int | None] = refers("person")  # a trainer who is in the project
    makes_up_id: Mapped[int | None] = refers("training_session")  # for whom missed that one
    cold_asked_on: Mapped[dt.date | None]  # the evaluation three months later
    cold_reminded_on: Mapped[dt.date | None]


class SessionHalf(Base):
    """A half-day of a session that is not one block on its first day."""

    __tablename__ = "session_half"
    __table_args__ = (UniqueConstraint("session_id", "day", "part"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    session_id: Mapped[int] = refers("training_session", cascade=True)
    day: Mapped[dt.date]
    part: Mapped[str] = choice("part", Half, Half.MORNING)
    begins: Mapped[str] = text("begins", default="09:00")  # HH:MM local
    minutes: Mapped[int] = whole("minutes", default=210, low=1)


class Attendance(Base):
    """A trainee of a session. `presence` sums the half-days up: present at one at least."""

    __tablename__ = "attendance"
    __table_args__ = (UniqueConstraint("session_id", "person_id"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    session_id: Mapped[int] = refers("training_session", cascade=True)
    person_id: Mapped[int] = refers("person", cascade=True)
    presence: Mapped[str] = choice("presence", Presence, Presence.INVITED)
    convened_on: Mapped[dt.date | None]  # when the convocation was printed or sent


class HalfPresence(Base):
    """A trainee's presence on one half-day; where there is none, that of the attendance counts."""

    __tablename__ = "half_presence"
    __table_args__ = (UniqueConstraint("attendance_id", "day", "part"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    attendance_id: Mapped[int] = refers("attendance", cascade=True)
    day: Mapped[dt.date]
    part: Mapped[str] = choice("part", Half, Half.MORNING)
    presence: Mapped[str] = choice("presence", Presence, Presence.INVITED)


class Waiting(Base):
    """Somebody who waits for a seat of a session, first come first served."""

    __tablename__ = "waiting"
    __table_args__ = (UniqueConstraint("session_id", "person_id"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    session_id: Mapped[int] = refers("training_session", cascade=True)
    person_id: Mapped[int] = refers("person", cascade=True)
    since: Mapped[dt.date]


class Evaluation(Base):
    """A filled-in evaluation form; marks are 1 to 4, without a middle, None: not answered."""

    __tablename__ = "evaluation"
    id: Mapped[int] = key()
    session_id: Mapped[int] = refers("training_session", cascade=True)
    person_id: Mapped[int | None] = refers("person")  # None: unsigned
    kind: Mapped[str] = choice("kind", Evaluated, Evaluated.HOT)
    given_on: Mapped[dt.date]
    satisfaction: Mapped[int | None] = whole("satisfaction", low=1, high=4, null=True)
    content: Mapped[int | None] = whole("content", low=1, high=4, null=True)
    trainer: Mapped[int | None] = whole("trainer", low=1, high=4, null=True)
    pace: Mapped[int | None] = whole("pace", low=1, high=4, null=True)
    usefulness: Mapped[int | None] = whole("usefulness", low=1, high=4, null=True)
    application: Mapped[int | None] = whole("application", low=1, high=4, null=True)  # "I use it"
    comment: Mapped[str] = text("comment")


class QuizResult(Base):
    """Points of a trainee in the quiz before or after a session."""

    __tablename__ = "quiz_result"
    __table_args__ = (
        UniqueConstraint("session_id", "person_id", "moment"),
        CheckConstraint("points <= out_of", name="scale"),
        {"sqlite_strict": True},
    )
    id: Mapped[int] = key()
    session_id: Mapped[int] = refers("training_session", cascade=True)
    person_id: Mapped[int] = refers("person", cascade=True)
    moment: Mapped[str] = choice("moment", QuizMoment, QuizMoment.AFTER)
    points: Mapped[int] = whole("points", default=0, low=0)
    out_of: Mapped[int] = whole("out_of", default=10, low=1)
