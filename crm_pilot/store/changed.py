"""What subscribers are told of an edit."""

from __future__ import annotations

from collections.abc import Mapping

from crm_pilot.i18n import Message
from crm_pilot.records import dataclass

MANY = 500  # more changed rows than this in a table: views re-read the whole table


@dataclass(frozen=True)
class Changed:
    """What an edit touched: ids by table, or None for "many, read all again"."""

    tables: Mapping[str, frozenset[int] | None]
    origin: object
    label: Message

    def touches(self, *tables: str) -> bool:
        """Whether any of `tables` changed."""
        return any(table in self.tables for table in tables)

    @classmethod
    def by(cls, touched: Mapping[str, frozenset[int]], origin: object, label: Message) -> Changed:
        """Of the rows an edit touched, where they are not too many to name."""
        tables = {table: ids if len(ids) <= MANY else None for table, ids in touched.items()}
        return cls(tables, origin, label)
