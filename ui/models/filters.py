"""A filter on one column of a table: some of its values, a text it contains, or a range."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crm_pilot.folding import folded
from ui.models.columns import Column

Bound = int | float | dt.date | None


@dataclass(frozen=True)
class ColumnFilter:
    """What a cell must be to be shown; everything left out does not count.

    `values` are tokens of `Column.token`; `low` and `high` are inclusive; `empty` keeps cells
    without a value when there is a range.
    """

    contains: str = ""
    values: frozenset[str] | None = None
    low: Bound = None
    high: Bound = None
    empty: bool = False

    @property
    def open(self) -> bool:
        """Whether it keeps everything."""
        ranged = self.low is not None or self.high is not None
        return not self.contains and self.values is None and not ranged and not self.empty

    def keeps(self, column: Column, row: Any) -> bool:
        """Whether the cell of `row` passes."""
        if self.contains and folded(self.contains) not in folded(column.shown(row)):
            return False
        if self.values is not None and column.token(row) not in self.values:
            return False
        return self._in_range(column, row)

    def _in_range(self, column: Column, row: Any) -> bool:
        if self.low is None and self.high is None and not self.empty:
            return True
        value = column.measure(row)
        if value is None:
            return self.empty
        if self.low is None and self.high is None:
            return False  # only the empty ones
        above = self.low is None or value >= self.low
        return bool(above and (self.high is None or value <= self.high))

    def as_plain(self) -> dict[str, Any]:
        """For a settings file."""
        made: dict[str, Any] = {}
        if self.contains:
            made["contains"] = self.contains
        if self.values is not None:
            made["values"] = sorted(self.values)
        for name, bound in (("low", self.low), ("high", self.high)):
            if bound is not None:
                made[name] = bound.isoformat() if isinstance(bound, dt.date) else bound
        if self.empty:
            made["empty"] = True
        return made

    @staticmethod
    def from_plain(stored: Mapping[str, Any]) -> ColumnFilter:
        """From a settings file; what does not fit is left out."""
        values = stored.get("values")
        return ColumnFilter(
            str(stored.get("contains", "")),
            frozenset(map(str, values)) if isinstance(values, list) else None,
            _bound(stored.get("low")),
            _bound(stored.get("high")),
            stored.get("empty") is True,
        )


def _bound(stored: Any) -> Bound:
    if isinstance(stored, str):
        try:
            return dt.date.fromisoformat(stored)
        except ValueError:
            return None
    return stored if isinstance(stored, (int, float)) else None


def tokens(column: Column, rows: Iterable[Any]) -> dict[str, tuple[str, int]]:
    """Every token of a column with its shown text and how many rows have it, in order of text."""
    found: dict[str, tuple[str, int]] = {}
    for row in rows:
        token = column.token(row)
        text, count = found.get(token, ("", 0))
        found[token] = (text or column.shown(row), count + 1)
    ordered = sorted(found.items(), key=lambda item: (not item[1][0], folded(item[1][0])))
    return dict(ordered)
