"""Reads mapped cells of a table: texts, moments in one order, numbers; notes what is unreadable."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from crm_pilot.exchange.moments import DateOrder, Moments, Order, Unreadable, choose_order
from crm_pilot.exchange.plan import Problems
from crm_pilot.exchange.reading import Row, Table
from crm_pilot.i18n import msg
from crm_pilot.records import dataclass

ORDER_KEY = "@dates"  # in a corrected mapping: "dmy" or "mdy"
_BREAK = re.compile(r"\s*<br\s*/?>\s*|\s*[\r\n]+\s*", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")
_SHARE = re.compile(r"^\d{1,4}\s*%$")


@dataclass(frozen=True)
class Setting:
    """What reading depends on beside the file: language, place and day of the project."""

    language: str
    zone: ZoneInfo
    today: dt.date
    kept_from: dt.date | None = None  # the first day kept one by one; None: every day


class Cells:
    """The mapped columns of one table."""

    def __init__(
        self,
        table: Table,
        mapping: Mapping[str, str],
        *,
        nulls: frozenset[str] = frozenset(),
        markup: bool = False,
    ) -> None:
        place = {header: number for number, header in enumerate(table.headers)}
        self._column = {name: place[header] for name, header in mapping.items()}
        self.mapping = mapping
        self._rows = table.rows
        self._nulls = nulls
        self._markup = markup
        self._moments: Moments | None = None
        self.order: DateOrder | None = None

    def has(self, name: str) -> bool:
        """Whether a field is mapped."""
        return name in self._column

    def raw(self, row: Row, name: str) -> str:
        """The cell, trimmed; empty when not mapped or when it says "nothing"."""
        column = self._column.get(name)
        if column is None:
            return ""
        text = row.cells[column].strip()
        return "" if text in self._nulls else text

    def line(self, row: Row, name: str) -> str:
        """The cell on one line; several lines or `<br>` become commas."""
        text = self.raw(row, name)
        if not text:
            return ""
        if self._markup and ("<" in text or "&" in text):
            text = html.unescape(_TAG.sub(" ", _BREAK.sub("\n", text)))
        if "\n" not in text and "\r" not in text:
            return " ".join(text.split())
        parts = (" ".join(part.split()) for part in text.splitlines())
        return ", ".join(part for part in parts if part)

    def block(self, row: Row, name: str) -> str:
        """The cell with its lines."""
        text = self.raw(row, name)
        if self._markup and ("<" in text or "&" in text):
            text = html.unescape(_TAG.sub(" ", _BREAK.sub("\n", text)))
        return "\n".join(line.rstrip() for line in text.splitlines())

    def decide_dates(
        self, names: Iterable[str], setting: Setting, *, forced: str = "", utc: bool = False
    ) -> None:
        """Choose the order of day and month from every value of the date columns `names`."""
        known = [name for name in names if self.has(name)]
        values = (_first_line(self.raw(row, name)) for row in self._rows for name in known)
        wanted = Order(forced) if forced in set(Order) else None
        self.order = choose_order(values, setting.language, forced=wanted)
        order = self.order.order if self.order else Order.DAY_FIRST
        self._moments = Moments(order, setting.zone, setting.today, utc=utc)

    def moment(self, row: Row, name: str, problems: Problems) -> dt.datetime | None:
        """The moment in a cell; None when it is empty, or unreadable and noted."""
        text = _first_line(self.raw(row, name))
        if not text or self._moments is None:
            return None
        try:
            return self._moments.read(text)
        except Unreadable:
            problems.error(
                row.line,
                self.mapping[name],
                text,
                msg(
                    "no date that can be read; accepted are dates such as {samples}",
                    samples="2026-03-12, 12/03/2026 16:24, 12 mars 2026, 12/Mar/26 4:24 PM",
                ),
            )
            return None

    def day(self, row: Row, name: str, problems: Problems) -> dt.date | None:
        """The day in a cell, as `moment`."""
        moment = self.moment(row, name, problems)
        return moment.date() if moment else None


def _first_line(text: str) -> str:
    """Without a progress such as `8%` that GLPI puts on a second line."""
    if "\n" not in text:
        return text
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[0] if lines and all(_SHARE.match(line) for line in lines[1:]) else text
