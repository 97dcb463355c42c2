"""Mapped classes of adoption. Raw logs are never stored: user-days and counts only.

Facts are kept small, for 5,000 users over two years (decision 0073): a month is the whole number
`202611`, the days of a month are the bits of one number (bit 0 is the 1st), and a day that counts
are kept for is the number of days since 1970-01-01 (`date(day * 86400, 'unixepoch')` in SQL).
`adoption/facts.py` alone writes and reads them.
"""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, PrimaryKeyConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_pilot.adoption.terms import Aspect, Cause, ObjectKind
from crm_pilot.store.schema import Base, choice, key, refers, text, whole

PACKED = {"sqlite_strict": True, "sqlite_with_rowid": False}


class LoginFact(Base):
    """Local days of a month on which an account was connected (at least one successful
    interactive login)."""

    __tablename__ = "login_fact"
    __table_args__ = (PrimaryKeyConstraint("batch_id", "month", "account_id"), PACKED)
    batch_id: Mapped[int] = mapped_column(autoincrement=False)
    month: Mapped[int] = mapped_column(autoincrement=False)
    account_id: Mapped[int] = mapped_column(autoincrement=False)
    days: Mapped[int]


class ActionFact(Base):
    """Records an account created and updated in an object on a local day."""

    __tablename__ = "action_fact"
    __table_args__ = (PrimaryKeyConstraint("batch_id", "day", "account_id", "object_id"), PACKED)
    batch_id: Mapped[int] = mapped_column(autoincrement=False)
    day: Mapped[int] = mapped_column(autoincrement=False)
    account_id: Mapped[int] = mapped_column(autoincrement=False)
    object_id: Mapped[int] = mapped_column(autoincrement=False)
    created: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)


class ActedFact(Base):
    """The same actions by month: days on which an account created or updated something in an
    object. Follows from `action_fact`; long curves read it instead."""

    __tablename__ = "acted_fact"
    __table_args__ = (PrimaryKeyConstraint("batch_id", "month", "object_id", "account_id"), PACKED)
    batch_id: Mapped[int] = mapped_column(autoincrement=False)
    month: Mapped[int] = mapped_column(autoincrement=False)
    object_id: Mapped[int] = mapped_column(autoincrement=False)
    account_id: Mapped[int] = mapped_column(autoincrement=False)
    days: Mapped[int]


class OwnedFact(Base):
    """Records created in a month by an account (`account_id`) in the name of another
    (`owner_id`): proxy typing, told in sums only."""

    __tablename__ = "owned_fact"
    __table_args__ = (PrimaryKeyConstraint("batch_id", "month", "owner_id", "account_id"), PACKED)
    batch_id: Mapped[int] = mapped_column(autoincrement=False)
    month: Mapped[int] = mapped_column(autoincrement=False)
    owner_id: Mapped[int] = mapped_column(autoincrement=False)
    account_id: Mapped[int] = mapped_column(autoincrement=False)
    created: Mapped[int] = mapped_column(default=0)


class CrmObject(Base):
    """An object of the CRM (what it calls its tables), as the exports name it."""

    __tablename__ = "crm_object"
    # never an id twice: facts of an object taken away must not count for the next one
    __table_args__ = {"sqlite_strict": True, "sqlite_autoincrement": True}  # noqa: RUF012
    id: Mapped[int] = key()
    name: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = choice("kind", ObjectKind, ObjectKind.OTHER)


class UseTotal(Base):
    """What is left of a month whose days are no longer kept: sums of a department and profile.

    `working_days` are the working days less absences, summed over the accounts."""

    __tablename__ = "use_total"
    __table_args__ = (
        UniqueConstraint("month", "department_id", "profile_id"),
        {"sqlite_strict": True},
    )
    id: Mapped[int] = key()
    month: Mapped[int] = whole("month", low=197001, high=999912)
    department_id: Mapped[int | None] = refers("department")
    profile_id: Mapped[int | None] = refers("profile")
    accounts: Mapped[int] = whole("accounts", default=0, low=0)
    active: Mapped[int] = whole("active", default=0, low=0)
    login_days: Mapped[int] = whole("login_days", default=0, low=0)
    working_days: Mapped[int] = whole("working_days", default=0, low=0)


class ActionTotal(Base):
    """The same for the records of an object; `users` acted in it at least once."""

    __tablename__ = "action_total"
    __table_args__ = (
        UniqueConstraint("month", "department_id", "profile_id", "object_id"),
        {"sqlite_strict": True},
    )
    id: Mapped[int] = key()
    month: Mapped[int] = whole("month", low=197001, high=999912)
    department_id: Mapped[int | None] = refers("department")
    profile_id: Mapped[int | None] = refers("profile")
    object_id: Mapped[int] = refers("crm_object", cascade=True)
    users: Mapped[int] = whole("users", default=0, low=0)
    created: Mapped[int] = whole("created", default=0, low=0)
    updated: Mapped[int] = whole("updated", default=0, low=0)


class LoginRule(Base):
    """What the lead decided about a status or a type of login: it counts, or it does not."""

    __tablename__ = "login_rule"
    __table_args__ = (UniqueConstraint("aspect", "word"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    aspect: Mapped[str] = choice("aspect", Aspect, Aspect.TYPE)
    word: Mapped[str] = text("word", filled=True)  # as the export writes it
    counts: Mapped[bool] = mapped_column(default=True, server_default="1")


class Feature(Base):
    """A function of the CRM and when it was promised and delivered (scope).

    It is used by whom acts in one of its objects; it is meant for the users of its profiles, for
    everybody when it has none."""

    __tablename__ = "feature"
    id: Mapped[int] = key()
    name: Mapped[str] = text("name", filled=True)
    promised_on: Mapped[dt.date | None]
    delivered_on: Mapped[dt.date | None]
    withdrawn_on: Mapped[dt.date | None]
    position: Mapped[int] = whole("position", default=0)
    major: Mapped[bool] = mapped_column(default=False, server_default="0")


class FeatureObject(Base):
    """An object in which the use of a feature shows."""

    __tablename__ = "feature_object"
    __table_args__ = (UniqueConstraint("feature_id", "object_id"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    feature_id: Mapped[int] = refers("feature", cascade=True)
    object_id: Mapped[int] = refers("crm_object", cascade=True)


class FeatureProfile(Base):
    """A profile a feature is meant for."""

    __tablename__ = "feature_profile"
    __table_args__ = (UniqueConstraint("feature_id", "profile_id"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    feature_id: Mapped[int] = refers("feature", cascade=True)
    profile_id: Mapped[int] = refers("profile", cascade=True)


class Passage(Base):
    """Point de passage obligé (PPO): what a profile cannot do outside the CRM (DOMAIN.md 7).

    Whom of the profile passed it shows in the object. `closed_on`: since when it can no longer be
    done elsewhere; None: it still can."""

    __tablename__ = "passage"
    id: Mapped[int] = key()
    profile_id: Mapped[int] = refers("profile", cascade=True)
    title: Mapped[str] = text("title", filled=True)
    object_id: Mapped[int | None] = refers("crm_object")
    target_percent: Mapped[int] = whole("target_percent", default=80, low=0, high=100)
    closed_on: Mapped[dt.date | None]
    note: Mapped[str] = text("note")
    position: Mapped[int] = whole("position", default=0)


class Completeness(Base):
    """How many of the records of an object had a key field filled on a day."""

    __tablename__ = "completeness"
    __table_args__ = (
        UniqueConstraint("measured_on", "object_id", "department_id", "field"),
        CheckConstraint("filled <= records", name="parts"),
        {"sqlite_strict": True},
    )
    id: Mapped[int] = key()
    measured_on: Mapped[dt.date]
    object_id: Mapped[int] = refers("crm_object", cascade=True)
    department_id: Mapped[int | None] = refers("department")
    field: Mapped[str] = text("field", filled=True)
    records: Mapped[int] = whole("records", default=0, low=0)
    filled: Mapped[int] = whole("filled", default=0, low=0)


class Support(Base):
    """What kept somebody from using the CRM, and what was done about it."""

    __tablename__ = "support"
    __table_args__ = (
        CheckConstraint("done_on IS NULL OR done_on >= noted_on", name="done"),
        {"sqlite_strict": True},
    )
    id: Mapped[int] = key()
    noted_on: Mapped[dt.date]
    cause: Mapped[str] = choice("cause", Cause, Cause.QUESTION)
    department_id: Mapped[int | None] = refers("department")
    person_id: Mapped[int | None] = refers("person")
    feature_id: Mapped[int | None] = refers("feature")
    matter: Mapped[str] = text("matter")  # what was asked or found hard
    answer: Mapped[str] = text("answer")  # what was done
    done_on: Mapped[dt.date | None]
    session_id: Mapped[int | None] = refers("training_session")
