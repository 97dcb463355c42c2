"""Tables of the house itself: the project's card, bookkeeping, and import batches."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from crm_pilot.store.schema import Base, choice, key, refers, text, whole
from crm_pilot.store.terms import Motivation


class Project(Base):
    """The project's card; exactly one row, id 1."""

    __tablename__ = "project"
    id: Mapped[int] = key()
    name: Mapped[str] = text("name", filled=True)
    company: Mapped[str] = text("company")
    country: Mapped[str] = text("country", default="FR")  # ISO 3166, for public holidays
    language: Mapped[str] = text("language", default="fr")
    crm: Mapped[str] = text("crm")  # product being rolled out, free text
    starts_on: Mapped[dt.date | None]
    status_date: Mapped[dt.date | None]  # figures are computed as of this day; None = today
    active_target_percent: Mapped[int] = whole("active_target_percent", default=75, low=0, high=100)
    motivation: Mapped[str | None] = choice("motivation", Motivation, null=True)
    calendar_id: Mapped[int | None] = refers("calendar")  # None: weekdays and public holidays
    day_minutes: Mapped[int] = whole("day_minutes", default=480, low=1, high=1440)  # "1 d"
    week_minutes: Mapped[int] = whole("week_minutes", default=2400, low=1, high=10080)  # "1 w"
    critical_slack: Mapped[int] = whole("critical_slack", default=0)  # working minutes
    near_slack: Mapped[int] = whole("near_slack", default=960)
    honours_constraints: Mapped[bool] = mapped_column(default=True, server_default="1")
    rerate_days: Mapped[int] = whole("rerate_days", default=60, low=1, high=730)  # "still true?"
    # Lateral project: wished share of influence hours for allies, and allies per 100 opponents;
    # no source gives a figure (DOMAIN.md 1.4), so both are off until the lead sets them
    ally_hours_percent: Mapped[int | None] = whole("ally_hours_percent", low=0, high=100, null=True)
    ally_ratio_percent: Mapped[int | None] = whole("ally_ratio_percent", low=0, null=True)
    # Use: how long days are kept one by one (CNIL: logs 6 to 12 months), why, and the first day
    # that still is; what is before it counts as totals only, and is gone from the saved file
    retention_months: Mapped[int] = whole("retention_months", default=12, low=1, high=120)
    retention_reason: Mapped[str] = text("retention_reason")
    daily_from: Mapped[dt.date | None]
    time_zone: Mapped[str] = text("time_zone")  # IANA name; empty: the country's
    # said by the lead, for warnings D3 and D8
    legacy_fed: Mapped[bool] = mapped_column(default=False, server_default="0")
    rival_bought: Mapped[bool] = mapped_column(default=False, server_default="0")
    sponsor_agreed: Mapped[bool] = mapped_column(default=False, server_default="0")


class WorkingCopy(Base):
    """Bookkeeping of the working copy: edits committed since the last save. Outside undo."""

    __tablename__ = "working_copy"
    id: Mapped[int] = key()
    edits: Mapped[int] = whole("edits", default=0)


class ImportBatch(Base):
    """One import of facts. Taking the row away switches its facts off; they stay until Save."""

    __tablename__ = "import_batch"
    # never an id twice: facts of a batch taken away must not count for the next one
    __table_args__ = {"sqlite_strict": True, "sqlite_autoincrement": True}  # noqa: RUF012
    id: Mapped[int] = key()
    kind: Mapped[str] = text("kind", filled=True)  # tickets, logins, people, actions
    source: Mapped[str] = text("source")  # name of the file, never its path
    imported_at: Mapped[dt.datetime]
    rows_read: Mapped[int] = whole("rows_read", default=0)
    rows_kept: Mapped[int] = whole("rows_kept", default=0)
    first_day: Mapped[dt.date | None]
    last_day: Mapped[dt.date | None]
    note: Mapped[str] = text("note")  # what was skipped and why, in counts (JSON)


class Headline(Base):
    """A sentence the lead wrote over the computed one, by place and language."""

    __tablename__ = "headline"
    __table_args__ = (
        CheckConstraint("language IN ('fr', 'en')", name="language"),
        {"sqlite_strict": True},
    )
    id: Mapped[int] = key()
    place: Mapped[str] = text("place", filled=True)  # cockpit, planning, report ...
    language: Mapped[str] = mapped_column(nullable=False)
    sentence: Mapped[str] = text("sentence", filled=True)
    written_on: Mapped[dt.date]


class Threshold(Base):
    """A threshold of a rule that the lead changed; a whole number (percent, days, months)."""

    __tablename__ = "threshold"
    __table_args__ = (UniqueConstraint("rule", "name"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    rule: Mapped[str] = text("rule", filled=True)
    name: Mapped[str] = text("name", filled=True)
    value: Mapped[int] = whole("value", default=0, low=0)


class Snooze(Base):
    """A warning the lead put aside, and why. `subject` tells which one of its rule."""

    __tablename__ = "snooze"
    __table_args__ = (UniqueConstraint("rule", "subject"), {"sqlite_strict": True})
    id: Mapped[int] = key()
    rule: Mapped[str] = text("rule", filled=True)
    subject: Mapped[str] = text("subject")
    reason: Mapped[str] = text("reason", filled=True)
    set_on: Mapped[dt.date]
    until: Mapped[dt.date | None]  # None: for good
