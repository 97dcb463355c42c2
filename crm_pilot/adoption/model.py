"""Mapped classes of adoption. Raw logs are never stored: user-days and counts only."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Index, PrimaryKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_pilot.store.schema import Base, key, text, whole


class LoginFact(Base):
    """An account was connected on a local day (at least one successful interactive login)."""

    __tablename__ = "login_fact"
    __table_args__ = (
        PrimaryKeyConstraint("batch_id", "account_id", "day"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )
    batch_id: Mapped[int] = mapped_column(autoincrement=False)
    account_id: Mapped[int] = mapped_column(autoincrement=False)
    day: Mapped[dt.date]


class ActionFact(Base):
    """Records an account created and updated in an object on a local day."""

    __tablename__ = "action_fact"
    __table_args__ = (
        PrimaryKeyConstraint("batch_id", "account_id", "day", "object"),
        Index("ix_action_fact_day", "day"),
        {"sqlite_strict": True, "sqlite_with_rowid": False},
    )
    batch_id: Mapped[int] = mapped_column(autoincrement=False)
    account_id: Mapped[int] = mapped_column(autoincrement=False)
    day: Mapped[dt.date]
    object: Mapped[str]
    created: Mapped[int] = mapped_column(default=0)
    updated: Mapped[int] = mapped_column(default=0)


class Feature(Base):
    """A function of the CRM and when it was promised and delivered (scope)."""

    __tablename__ = "feature"
    id: Mapped[int] = key()
    name: Mapped[str] = text("name", filled=True)
    promised_on: Mapped[dt.date | None]
    delivered_on: Mapped[dt.date | None]
    withdrawn_on: Mapped[dt.date | None]
    position: Mapped[int] = whole("position", default=0)
