"""A table of days off: a first and a last day that stay in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import tr
from crm_pilot.planning.calendars import write_shifts
from crm_pilot.planning.hours_commands import SetDays
from crm_pilot.planning.shifts import parse_shifts, shifts_text
from crm_pilot.project import Command
from ui.models.columns import Column
from ui.models.rows import RowsModel

if TYPE_CHECKING:
    import datetime as dt

    from ui.bridge import Bridge
    from ui.models.grid import Index

ENDS = ("first", "last")


@dataclass(frozen=True)
class ShiftsColumn(Column):
    """The hours of a day, typed as `8:00-12:00`; nothing means that nobody works."""

    def value(self, row: Any) -> Any:
        return write_shifts(row.shifts)

    def shown(self, row: Any) -> str:
        return shifts_text(row.shifts) or tr("not worked")

    def typed_text(self, row: Any) -> Any:
        return shifts_text(row.shifts)

    def written(self, value: Any) -> str:
        return str(value)

    def plain(self, row: Any) -> str:
        return self.shown(row)

    def parse(self, typed: Any, today: dt.date) -> Any:
        return write_shifts(parse_shifts(str(typed)))


class DaysModel(RowsModel):
    """Rows with `first` and `last`: changing one past the other takes the other along."""

    def __init__(
        self,
        bridge: Bridge,
        table: str,
        columns: Sequence[Column],
        load: Callable[[], Sequence[Any]],
        *,
        what: str,
        fresh: Callable[[Mapping[str, Any]], Mapping[str, Any]] | None = None,
    ) -> None:
        super().__init__(bridge, table, columns, load, what=what, fresh=fresh)

    def commands(self, item: Any, values: Mapping[str, Any]) -> list[Command]:
        left = dict(values)
        ends = {key: left.pop(key) for key in ENDS if key in left}
        made = super().commands(item, left)
        if ends:
            made.append(SetDays(self.table, item.id, ends.get("first"), ends.get("last")))
        return made

    def setData(self, index: Index, value: Any, role: int = 2) -> bool:  # 2: EditRole
        column = self.columns[index.column()]
        if column.key not in ENDS:
            return super().setData(index, value, role)
        row = self.row(index)
        try:
            day = column.parse(value, self.bridge.today)
        except UserError as error:
            self.bridge.failed.emit(error)
            return False
        if day != column.value(row):
            self.bridge.execute(SetDays(self.table, row.id, **{column.key: day}))
        return True


def in_order(values: Mapping[str, Any], today: dt.date) -> dict[str, Any]:
    """First and last day of a pasted row: one stands for both, none is today."""
    first = values.get("first") or values.get("last") or today
    return {"first": first, "last": max(first, values.get("last") or first)}
