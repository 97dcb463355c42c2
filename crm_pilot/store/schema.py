"""The declarative base of every room's `model.py`, and the column types of the file.

Tables are STRICT; dates are ISO text, truth values 0/1, enums short strings with a CHECK.
Every table but the `*_fact` ones has one integer `id` primary key (the journal needs it).
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import CheckConstraint, Dialect, ForeignKey, Integer, LargeBinary, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator


class IsoDate(TypeDecorator[dt.date]):
    """`datetime.date` as `2026-11-21`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dt.date | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.date | None:
        return None if value is None else dt.date.fromisoformat(value)


class IsoMoment(TypeDecorator[dt.datetime]):
    """Local `datetime.datetime` as `2026-11-21 14:02:00`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else value.isoformat(sep=" ", timespec="seconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> dt.datetime | None:
        return None if value is None else dt.datetime.fromisoformat(value)


class Truth(TypeDecorator[bool]):
    """`bool` as 0 or 1."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: bool | None, dialect: Dialect) -> int | None:
        return None if value is None else int(value)

    def process_result_value(self, value: int | None, dialect: Dialect) -> bool | None:
        return None if value is None else bool(value)


class Base(DeclarativeBase):
    """Base of every mapped class."""

    metadata = MetaData(
        naming_convention={
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        }
    )
    type_annotation_map = {  # noqa: RUF012
        str: Text,
        int: Integer,
        bool: Truth,
        bytes: LargeBinary,
        dt.date: IsoDate,
        dt.datetime: IsoMoment,
    }
    __table_args__: Any = {"sqlite_strict": True}  # noqa: RUF012


def key() -> Mapped[int]:
    """The `id` column."""
    return mapped_column(Integer, primary_key=True)


def refers(target: str, *, cascade: bool = False, null: bool | None = None) -> Mapped[Any]:
    """A foreign key to table `target`: the row goes with it (`cascade`) or lets go of it.

    Nullable unless it cascades; `null` overrides (outlines cascade and have roots).
    """
    return mapped_column(
        ForeignKey(f"{target}.id", ondelete="CASCADE" if cascade else "SET NULL"),
        nullable=(not cascade) if null is None else null,
        index=True,
    )


def text(name: str, *, default: str = "", filled: bool = False) -> Mapped[str]:
    """A text column, never NULL; `filled` refuses the empty text."""
    check = f"\"{name}\" <> ''" if filled else None
    return _column(name, Text, check, None if filled else default)


def choice(
    name: str, kinds: type[StrEnum], default: StrEnum | None = None, *, null: bool = False
) -> Mapped[Any]:
    """A short-string column limited to the members of `kinds`."""
    allowed = ", ".join(f"'{member.value}'" for member in kinds)
    return _column(name, Text, f'"{name}" IN ({allowed})', default and default.value, null=null)


def whole(
    name: str,
    *,
    default: int | None = None,
    low: int | None = None,
    high: int | None = None,
    null: bool = False,
) -> Mapped[Any]:
    """An integer column, optionally within `low` to `high`."""
    bounds = [f'"{name}" >= {low}'] if low is not None else []
    bounds += [f'"{name}" <= {high}'] if high is not None else []
    return _column(name, Integer, " AND ".join(bounds) or None, default, null=null)


def _column(
    name: str, kind: Any, check: str | None, default: Any, *, null: bool = False
) -> Mapped[Any]:
    constraints = [CheckConstraint(check, name=name)] if check else []
    if default is None:
        return mapped_column(kind, *constraints, nullable=null)
    return mapped_column(
        kind, *constraints, nullable=null, default=default, server_default=str(default)
    )
