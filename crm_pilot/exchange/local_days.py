"""The local day of moments as exports write them, by the million.

Each distinct way of writing is read once; where all moments of a block are alike, only as much of
each is looked at as decides the day.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from zoneinfo import ZoneInfo

from crm_pilot.exchange.moments import Moments, Unreadable

REMEMBERED = 100_000  # distinct moments kept at a time where they are read in full
DAY = 36  # a day is its ordinal shifted by so many bits: users and objects lie below
UNREADABLE, PAST = 0, 1 << DAY  # no date; a day that is no longer kept one by one
_ZONE = r"\s*(Z|[+-]00:?00)?\s*"
_AFTER_HOUR = re.compile(r":[0-5]\d:[0-5]\d(?:\.\d{1,9})?" + _ZONE)
_AFTER_MINUTE = re.compile(r":[0-5]\d(?:\.\d{1,9})?" + _ZONE)
_PLAIN = re.compile(r"([0-9./-]{6,10})[ T](\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?:\s?[AaPp][Mm])?)")


class LocalDays:
    """Reads moments into shifted ordinals of local days; `kept_from`: earlier days are `PAST`."""

    def __init__(
        self, moments: Moments, zone: ZoneInfo, kept_from: dt.date | None, *, utc: bool
    ) -> None:
        least = kept_from.toordinal() if kept_from else 0
        whole = _whole_hours(zone)
        self._width = 13 if whole else 16  # 2026-03-12T09, 2026-03-12T09:41
        self._tail = _AFTER_HOUR if whole else _AFTER_MINUTE
        rest = ":00" if whole else ""
        self._alike = {z: _Days(moments, least, rest + z) for z in ("Z", "")}
        self._full = _Full(moments, least, utc=utc)
        self._known: dict[str, str | None] = {}

    def of(self, moments: Sequence[str]) -> Iterable[int]:
        """Shifted days of some moments."""
        width = self._width
        zone = self._zone({moment[width:] for moment in moments})
        if zone is None:
            return map(self._full.__getitem__, moments)
        return map(self._alike[zone].__getitem__, [moment[:width] for moment in moments])

    def one(self, moment: str) -> int:
        """The shifted day of one moment."""
        return self._full[moment]

    def _zone(self, tails: set[str]) -> str | None:
        """`Z` or the empty text when what follows the hour is alike; None if not."""
        if len(self._known) > REMEMBERED:
            self._known.clear()
        zones = {self._zone_of(tail) for tail in tails}
        return zones.pop() if len(zones) == 1 else None

    def _zone_of(self, tail: str) -> str | None:
        if tail not in self._known:
            found = self._tail.fullmatch(tail)
            self._known[tail] = None if found is None else "Z" if found[1] else ""
        return self._known[tail]


class _Days(dict[str, int]):
    """Moment as written, without its `rest`, → shifted ordinal of the local day."""

    def __init__(self, moments: Moments, least: int, rest: str = "") -> None:
        self._moments = moments
        self._least = least
        self._rest = rest

    def __missing__(self, written: str) -> int:
        if len(self) > REMEMBERED:
            self.clear()
        day = self[written] = self._read(written)
        return day

    def _read(self, written: str) -> int:
        try:
            day = self._moments.parse(written + self._rest).toordinal()
        except Unreadable:
            return UNREADABLE
        return PAST if day < self._least else day << DAY


class _Full(_Days):
    """The same for moments of any kind. A time without a zone decides nothing where times are
    local, so that day and time are read once each."""

    def __init__(self, moments: Moments, least: int, *, utc: bool) -> None:
        super().__init__(moments, least)
        self._split = None if utc else _PLAIN.fullmatch
        self._dates = _Days(moments, least)
        self._clocks = _Days(moments, 0)

    def _read(self, written: str) -> int:
        parts = self._split(written) if self._split is not None else None
        if parts is None:
            return super()._read(written)
        if not self._clocks["2000-01-01 " + parts[2]]:
            return UNREADABLE
        return self._dates[parts[1]]


def _whole_hours(zone: ZoneInfo) -> bool:
    """Whether local midnight is at a full hour of UTC, in any year a log may be of."""
    days = (dt.datetime(year, month, 1, tzinfo=zone) for year in range(2000, 2040, 4)
            for month in (1, 7))  # fmt: skip
    return all((day.utcoffset() or dt.timedelta()).seconds % 3600 == 0 for day in days)
