"""Values of MS Project XML: moments, durations, units, and the numbers behind choices.

Source: the MSPDI schema (mspdi_pj12.xsd, Microsoft) and files written by MS Project.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from crm_pilot.planning.terms import ConstraintKind, LagUnit, LinkKind

SPACE = "http://schemas.microsoft.com/project"
MIDNIGHT = 1440

CONSTRAINTS = (
    ConstraintKind.ASAP,
    ConstraintKind.ALAP,
    ConstraintKind.MSO,
    ConstraintKind.MFO,
    ConstraintKind.SNET,
    ConstraintKind.SNLT,
    ConstraintKind.FNET,
    ConstraintKind.FNLT,
)
LINKS = (LinkKind.FF, LinkKind.FS, LinkKind.SF, LinkKind.SS)
TASK_TYPES = ("fixed_units", "fixed_duration", "fixed_work")
RESOURCES = ("material", "work", "cost")

# DurationFormat and LagFormat: odd numbers count working time, the next even one elapsed time
UNITS = {3: "m", 5: "h", 7: "d", 9: "w", 11: "mo", 19: "%"}
FORMATS = {unit: number for number, unit in UNITS.items()}
NO_UNIT = 21  # as the project shows durations
ESTIMATED = 32  # added to a format whose value is an estimate

# what tells again where a task lies, as long as nobody moved it by hand
REPEATED = {
    "ManualStart": "Start",
    "ManualFinish": "Finish",
    "ManualDuration": "Duration",
    "FreeformDurationFormat": "DurationFormat",
}

_DURATION = re.compile(
    r"(?P<sign>-?)P(?:(?P<y>\d+)Y)?(?:(?P<mo>\d+)M)?(?:(?P<d>\d+(?:\.\d+)?)D)?"
    r"(?:T(?:(?P<h>\d+(?:\.\d+)?)H)?(?:(?P<m>\d+(?:\.\d+)?)M)?(?:(?P<s>\d+(?:\.\d+)?)S)?)?\Z"
)
_MOMENT = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?)?"
    r"(?:Z|[+-]\d\d:?\d\d)?\Z"
)
_CLOCK = re.compile(r"(\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?\Z")
_NUMBER = re.compile(r"[+-]?\d{1,18}(\.\d{1,20})?([eE][+-]?\d{1,2})?\Z")
MOST_MINUTES = 60 * 24 * 366 * 1000  # a thousand years


def moment(text: str) -> dt.datetime:
    """A moment of the file. A zone is left out: plans hold local time. Raises `ValueError`."""
    found = _MOMENT.match(text)
    if not found:
        raise ValueError(text)
    year, month, day, hour, minute, second = (int(part or 0) for part in found.groups())
    extra = 0
    if hour == 24 and not minute and not second:  # midnight at the end of the day
        hour, extra = 0, 1
    return dt.datetime(year, month, day, hour, minute, second) + dt.timedelta(days=extra)


def clock(text: str) -> int:
    """A time of the day in minutes. Raises `ValueError`."""
    found = _CLOCK.match(text)
    if not found:
        found_moment = moment(text)  # some writers put a day before it
        return found_moment.hour * 60 + found_moment.minute
    hour, minute = int(found[1]), int(found[2])
    if hour > 24 or minute > 59 or hour * 60 + minute > MIDNIGHT:
        raise ValueError(text)
    return hour * 60 + minute


def number(text: str) -> float:
    """A number. Raises `ValueError`."""
    if not _NUMBER.match(text):
        raise ValueError(text)
    return float(text)


def whole(text: str) -> int:
    """A whole number, rounded where the file has more digits. Raises `ValueError`."""
    return rounded(number(text))


def rounded(value: float) -> int:
    """The nearest whole number, halves upwards."""
    return int(value + 0.5) if value >= 0 else -int(-value + 0.5)


def duration(text: str) -> int:
    """Minutes of an ISO duration; MS Project writes hours, minutes and seconds only.

    Raises `ValueError`.
    """
    found = _DURATION.match(text)
    if not found or text.endswith(("P", "T")):
        raise ValueError(text)
    parts = {key: float(value) for key, value in found.groupdict("0").items() if key != "sign"}
    days = parts["y"] * 365 + parts["mo"] * 30 + parts["d"]
    minutes = (days * 24 + parts["h"]) * 60 + parts["m"] + parts["s"] / 60
    if minutes > MOST_MINUTES:
        raise ValueError(text)
    return rounded(-minutes if found["sign"] else minutes)


def tenths(text: str) -> int:
    """Minutes of a count in tenths of a minute. Raises `ValueError`."""
    value = number(text) / 10
    if abs(value) > MOST_MINUTES:
        raise ValueError(text)
    return rounded(value)


def unit_of(code: int) -> tuple[str, bool]:
    """Unit and whether the clock counts, of a DurationFormat; no unit: as the project shows."""
    plain = code - ESTIMATED if code > ESTIMATED else code
    if plain in UNITS:
        return UNITS[plain], False
    if plain - 1 in UNITS:
        return UNITS[plain - 1], True
    return "", False


def lag_unit(code: int) -> LagUnit:
    """What a LagFormat makes the lag count."""
    unit, elapsed = unit_of(code)
    if unit == "%":
        return LagUnit.ELAPSED_PERCENT if elapsed else LagUnit.PERCENT
    return LagUnit.ELAPSED if elapsed else LagUnit.WORKING


# writing -------------------------------------------------------------------------------------


def moment_text(value: dt.datetime) -> str:
    """A moment as MS Project writes it."""
    return value.replace(microsecond=0, tzinfo=None).isoformat()


def clock_text(minutes: int) -> str:
    """A time of the day; the midnight at its end is 00:00."""
    return f"{minutes // 60 % 24:02d}:{minutes % 60:02d}:00"


def duration_text(minutes: int) -> str:
    """A duration as MS Project writes it."""
    sign = "-" if minutes < 0 else ""
    hours, rest = divmod(abs(minutes), 60)
    return f"{sign}PT{hours}H{rest}M0S"


def number_text(value: float) -> str:
    """A number without needless digits."""
    return repr(value) if value != int(value) else str(int(value))


def duration_format(unit: str, *, elapsed: bool, estimated: bool = False) -> int:
    """The DurationFormat of a unit; years do not exist there and are shown as months."""
    code = FORMATS.get("mo" if unit == "y" else unit, 0)
    if not code:
        code = 8 if elapsed else NO_UNIT
    elif elapsed:
        code += 1
    return code + ESTIMATED if estimated else code


def stretches(uid: int, segments: Iterable[tuple[dt.datetime, dt.datetime]]) -> str:
    """Stretches of a split task as timephased data: work, with rows of none between them."""
    rows: list[str] = []
    before: dt.datetime | None = None
    for start, finish in segments:
        if before is not None:
            rows.append(_phase(uid, before, start, 0))
        rows.append(
            _phase(uid, start, finish, max(1, int((finish - start).total_seconds()) // 180))
        )
        before = finish
    return "".join(rows)


def _phase(uid: int, start: dt.datetime, finish: dt.datetime, minutes: int) -> str:
    return (
        f"<TimephasedData><Type>1</Type><UID>{uid}</UID><Start>{moment_text(start)}</Start>"
        f"<Finish>{moment_text(finish)}</Finish><Unit>2</Unit>"
        f"<Value>{duration_text(minutes)}</Value></TimephasedData>"
    )
