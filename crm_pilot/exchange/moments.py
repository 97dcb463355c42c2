"""Dates and times as people and programs write them, read into local moments.

Whether day or month comes first is decided once for all date columns of a file from the values
themselves (a number above 12 decides), otherwise by the language, and reported. What cannot be
read is refused, never replaced.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crm_pilot.exchange.headers import normal
from crm_pilot.i18n import Message, msg
from crm_pilot.records import dataclass


class Order(StrEnum):
    """Which comes first where both are numbers."""

    DAY_FIRST = "dmy"
    MONTH_FIRST = "mdy"


@dataclass(frozen=True)
class DateOrder:
    """The order taken and the reason for it."""

    order: Order
    why: Message
    sure: bool = True  # False: no value decided

    def other(self, why: Message) -> DateOrder:
        """The opposite order."""
        order = Order.MONTH_FIRST if self.order is Order.DAY_FIRST else Order.DAY_FIRST
        return DateOrder(order, why)


MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janv janvier janeiro",
            "feb february fev fevr fevrier fevereiro",
            "mar march mars marco",
            "apr april avr avril abr abril",
            "may mai maio",
            "jun june juin junho",
            "jul july juil juillet julho",
            "aug august aou aout ago agosto",
            "sep sept september septembre set setembro",
            "oct october octobre out outubro",
            "nov november novembre novembro",
            "dec december decembre dez dezembro",
        ),
        1,
    )
    for name in names.split()
}

_TIME = (
    r"(?:[\sT,]*(?:à|at|às)?\s*(?P<hour>\d{1,2})(?:[:hH](?P<minute>\d{2})?)?"
    r"(?::(?P<second>\d{2})(?:[.,]\d+)?)?\s*(?P<half>[AaPp]\.?[Mm]\.?)?"
    r"\s*(?P<zone>Z|(?:UTC|GMT)?\s?[+-]\d{1,2}(?::?\d{2})?|[A-Z]{3,5}"
    r"|[A-Z][A-Za-z]+/[A-Za-z_]+)?)?"
)
_ISO = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})" + _TIME)
_COMPACT = re.compile(
    r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})"
    r"(?:T?(?P<hour>\d{2})(?P<minute>\d{2})(?P<second>\d{2})(?:\.\d+)?)?(?P<half>)(?P<zone>Z)?"
)
_NUMBERS = re.compile(
    r"(?P<a>\d{1,2})(?P<mark>[-/.])(?P<b>\d{1,2})(?:(?P=mark)(?P<year>\d{4}|\d{2}))?" + _TIME
)
_HALF = re.compile(r"\d ?[AaPp]\.?[Mm]\.?$")
_DAY_NAME = r"(?:[^\W\d_]{2,10}[.,]*\s+)?"
_NAMED = re.compile(
    _DAY_NAME + r"(?P<day>\d{1,2})(?:er|st|nd|rd|th|º|ᵉʳ)?[\s\-/.]+(?:de\s+)?(?P<name>[^\W\d_]+)"
    r"\.?(?:[\s\-/.,]+(?:de\s+)?(?P<year>\d{4}|\d{2}(?![:hH\d])))?" + _TIME
)
_NAME_FIRST = re.compile(
    _DAY_NAME + r"(?P<name>[^\W\d_]{3,})\.?[\s\-]+(?P<day>\d{1,2})(?:st|nd|rd|th)?"
    r"(?:,?[\s\-]+(?P<year>\d{4}))?" + _TIME
)


class Unreadable(ValueError):
    """A text that is no date."""


def choose_order(
    values: Iterable[str], language: str, *, forced: Order | None = None
) -> DateOrder | None:
    """The order of day and month for all `values`; None when none of them leaves it open.

    A first number of 13 to 31 makes it day first, a second one month first, whichever is seen more;
    without either, slashes with AM and PM are American; otherwise the language decides (French
    and numbers with dots or dashes: day first; English with slashes: month first).
    """
    day, month, slashes, open_ones, halves = "", "", 0, 0, 0
    votes = {Order.DAY_FIRST: 0, Order.MONTH_FIRST: 0}
    for value in values:
        found = _NUMBERS.match(value.strip())
        if found is None:
            continue
        open_ones += 1
        slashes += found["mark"] == "/"
        halves += found["mark"] == "/" and bool(_HALF.search(value))
        first, second = int(found["a"]), int(found["b"])
        if 12 < first <= 31 and second <= 12:
            votes[Order.DAY_FIRST] += 1
            day = day or value.strip()
        elif 12 < second <= 31 and first <= 12:
            votes[Order.MONTH_FIRST] += 1
            month = month or value.strip()
    if not open_ones:
        return None
    if forced is not None:
        return DateOrder(forced, msg("as you chose"))
    if any(votes.values()):
        order = max(votes, key=lambda key: votes[key])
        sample = day if order is Order.DAY_FIRST else month
        return DateOrder(order, msg("“{value}” leaves no doubt", value=sample))
    if halves * 2 > open_ones:
        american = msg("as in the United States, with AM and PM; no value decides")
        return DateOrder(Order.MONTH_FIRST, american, sure=False)
    if language == "en" and slashes * 2 > open_ones:
        return DateOrder(Order.MONTH_FIRST, msg("as in English; no value decides"), sure=False)
    return DateOrder(Order.DAY_FIRST, msg("by habit; no value decides"), sure=False)


def describe(order: DateOrder | None) -> Message:
    """The order and the reason, for the person."""
    if order is None:
        return msg("Dates leave no doubt (year first or month by name)")
    if order.order is Order.DAY_FIRST:
        return msg("Dates: day before month ({why})", why=order.why)
    return msg("Dates: month before day ({why})", why=order.why)


class Moments:
    """Reads moments in one order into the local time of `zone`; each text is read once.

    `utc` says that times without a zone are in UTC. A date without a year takes the year that
    brings it closest to `today`.
    """

    def __init__(self, order: Order, zone: ZoneInfo, today: dt.date, *, utc: bool = False) -> None:
        self._order = order
        self._zone = zone
        self._today = today
        self._utc = utc
        self._names = {dt.datetime(today.year, month, 1, tzinfo=zone).tzname() for month in (1, 7)}
        self._names -= {"UTC", "GMT"}
        self._known: dict[str, dt.datetime] = {}

    def read(self, text: str) -> dt.datetime:
        """A naive local moment. Raises `Unreadable`."""
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self.parse(text)
        return known

    def parse(self, text: str) -> dt.datetime:
        """As `read`, without remembering."""
        text = text.strip()
        found = None
        for pattern in (_ISO, _COMPACT, _NUMBERS, _NAMED, _NAME_FIRST):
            found = pattern.fullmatch(text)
            if found:
                break
        if not found:
            raise Unreadable(text)
        parts = found.groupdict()
        day = self._day(parts)
        try:
            moment = dt.datetime.combine(day, _clock(parts))
        except ValueError as error:
            raise Unreadable(text) from error
        return self._shift(moment, parts["zone"], timed=parts["hour"] is not None)

    def _day(self, parts: dict[str, str | None]) -> dt.date:
        if parts.get("name"):
            month = MONTHS.get(normal(parts["name"] or ""), 0)
            day = int(parts["day"] or 0)
        elif parts.get("a"):
            first, second = int(parts["a"] or 0), int(parts["b"] or 0)
            day_first = self._order is Order.DAY_FIRST
            day, month = (first, second) if day_first else (second, first)
        else:
            day, month = int(parts["day"] or 0), int(parts["month"] or 0)
        try:
            if not parts["year"]:
                return self._nearest(month, day)
            return dt.date(_full_year(parts["year"]), month, day)
        except ValueError as error:
            raise Unreadable from error

    def _nearest(self, month: int, day: int) -> dt.date:
        this = self._today.year
        near = [dt.date(year, month, day) for year in (this - 1, this, this + 1)]
        return min(near, key=lambda date: abs((date - self._today).days))

    def _shift(self, moment: dt.datetime, zone: str | None, *, timed: bool) -> dt.datetime:
        """To local time; the names of the local zone (CET and CEST in Paris) are local already,
        whichever of the two is written."""
        offset: dt.tzinfo
        if zone and zone in self._names:
            return moment
        if zone:
            offset = zone_written(zone)
        elif self._utc and timed:
            offset = dt.UTC
        else:
            return moment
        try:
            return moment.replace(tzinfo=offset).astimezone(self._zone).replace(tzinfo=None)
        except OverflowError as error:
            raise Unreadable from error


# Names of zones in exports, in minutes from UTC
_OFFSETS = {
    name: int(hours * 60)
    for names, hours in (
        ("Z UTC GMT WET", 0),
        ("WEST BST CET MEZ HNEC", 1),
        ("CEST MESZ HAEC EET SAST", 2),
        ("EEST MSK TRT", 3),
        ("IST", 5.5),
        ("SGT HKT AWST", 8),
        ("JST KST", 9),
        ("AEST", 10),
        ("AEDT", 11),
        ("NZST", 12),
        ("NZDT", 13),
        ("BRT ART", -3),
        ("AST EDT HAE", -4),
        ("EST CDT HNE", -5),
        ("CST MDT", -6),
        ("MST PDT", -7),
        ("PST AKDT", -8),
        ("AKST", -9),
        ("HST", -10),
    )
    for name in names.split()
}
_OFFSET = re.compile(r"(?:UTC|GMT)?\s?(?P<sign>[+-])(?P<hours>\d{1,2}):?(?P<minutes>\d{2})?")


@lru_cache(maxsize=256)
def zone_written(zone: str) -> dt.tzinfo:
    """The zone an export names: an offset, a usual name, or a place. Raises `Unreadable` for a
    name that means nothing: the day would be a guess."""
    found = _OFFSET.fullmatch(zone)
    if found:
        minutes = int(found["hours"]) * 60 + int(found["minutes"] or 0)
        if minutes >= 24 * 60:
            raise Unreadable(zone)
        return dt.timezone(dt.timedelta(minutes=-minutes if found["sign"] == "-" else minutes))
    if zone in _OFFSETS:
        return dt.timezone(dt.timedelta(minutes=_OFFSETS[zone]))
    place = zone_named(zone) if "/" in zone else None
    if place is None:
        raise Unreadable(zone)
    return place


def _full_year(text: str) -> int:
    year = int(text)
    if len(text) == 2:
        return year + (1900 if year > 68 else 2000)
    if not 1900 <= year <= 2200:
        raise ValueError(text)
    return year


def _clock(parts: dict[str, str | None]) -> dt.time:
    hour = int(parts["hour"] or 0)
    half = (parts["half"] or "").lower().replace(".", "")
    if half:
        if not 1 <= hour <= 12:
            raise ValueError(hour)
        hour = hour % 12 + (12 if half == "pm" else 0)
    elif parts["hour"] and parts["minute"] is None:
        raise ValueError("an hour alone is no time")
    return dt.time(hour, int(parts["minute"] or 0), int(parts["second"] or 0))


# Where a country has several zones, the one most of its people live in
_MAIN_ZONES = {
    "AR": "America/Buenos_Aires",
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "ES": "Europe/Madrid",
    "ID": "Asia/Jakarta",
    "MX": "America/Mexico_City",
    "NZ": "Pacific/Auckland",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kiev",
    "US": "America/New_York",
}


@lru_cache(maxsize=8)
def zone_named(name: str) -> ZoneInfo | None:
    """A time zone by its name, such as Europe/Paris; None for one that is not known."""
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


@lru_cache(maxsize=8)
def zone_of(country: str) -> ZoneInfo:
    """Time zone of a project's country (ISO 3166); UTC for one that is not known."""
    from babel.core import get_global

    name = _MAIN_ZONES.get(country)
    if name is None:
        zones = get_global("territory_zones").get(country) or ["Etc/UTC"]
        name = zones[0]
    return ZoneInfo(name)
