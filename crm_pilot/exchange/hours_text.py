"""Working hours as text in a cell: the shifts of a day, and the days of a week that have some.

`lun-ven 08:00-12:00 13:00-17:00; sam-dim non travaillé`; days that are not named are as in the
base calendar. Day names are read in either language.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from crm_pilot.folding import folded
from crm_pilot.i18n import N_, Translator
from crm_pilot.planning.engine.worktime import DAY, Shifts, tidy

Week = Mapping[int, Shifts]  # weekday (Monday is 0) → shifts

NOT_WORKED = N_("not worked")
_NAMES = {
    "fr": ("lun", "mar", "mer", "jeu", "ven", "sam", "dim"),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_FULL = (
    "lundi monday",
    "mardi tuesday",
    "mercredi wednesday",
    "jeudi thursday",
    "vendredi friday",
    "samedi saturday",
    "dimanche sunday",
)
_BY_NAME = {
    word[:length]: day
    for day, words in enumerate(_FULL)
    for word in words.split()
    for length in range(3, len(word) + 1)
}
_CLOSED = frozenset(("-", "–", "not worked", "non travaille", "closed", "ferme", "off"))
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_DAYS = re.compile(r"(?P<first>[a-z]+)\.?(?: ?(?:-|–|a|to) ?(?P<last>[a-z]+)\.?)?(?= |$) ?:? ?")
_CLOCK = r"(\d{1,2})(?:[:h](\d{2})?)?"
_SHIFT = re.compile(rf"{_CLOCK} ?(?:-|–|a|to) ?{_CLOCK}(?: ?[,/+] ?| |$)")


def write_day(shifts: Shifts) -> str:
    """`08:00-12:00 13:00-17:00`; empty when nobody works."""
    return " ".join(f"{clock(begin)}-{clock(end)}" for begin, end in shifts)


def write_hours(week: Week, language: str) -> str:
    """The days a week names, those in a row with the same shifts together."""
    names = _NAMES["fr" if language == "fr" else "en"]
    closed = Translator(language).tr(NOT_WORKED)
    stretches: list[tuple[int, int]] = []
    for day in sorted(week):
        first, last = stretches[-1] if stretches else (0, -2)
        if last == day - 1 and week[last] == week[day]:
            stretches[-1] = (first, day)
        else:
            stretches.append((day, day))
    return "; ".join(
        f"{names[first]}{'' if first == last else f'-{names[last]}'} "
        f"{write_day(week[first]) or closed}"
        for first, last in stretches
    )


def read_day(text: str) -> Shifts:
    """The shifts of a day. Raises `ValueError` for what is none."""
    plain = _plain(text)
    if not plain or plain in _CLOSED:
        return ()
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(plain):
        match = _SHIFT.match(plain, at)
        if match is None:
            raise ValueError(text)
        begin, end = _minute(match[1], match[2]), _minute(match[3], match[4])
        if end <= begin or (found and begin < found[-1][1]):
            raise ValueError(text)
        found.append((begin, end))
        at = match.end()
    return tidy(found)


def read_hours(text: str) -> Week:
    """The days a text names with their shifts. Raises `ValueError`."""
    week: dict[int, Shifts] = {}
    for piece in re.split(r"[;\n]", text):
        plain = _plain(piece)
        if not plain:
            continue
        days = _DAYS.match(plain)
        first = _BY_NAME.get(days["first"]) if days else None
        last = _BY_NAME.get(days["last"]) if days and days["last"] else first
        if days is None or first is None or last is None or last < first:
            raise ValueError(piece)
        for day in range(first, last + 1):
            if day in week:
                raise ValueError(piece)
            week[day] = read_day(plain[days.end() :])
    return dict(sorted(week.items()))


def clock(minute: int) -> str:
    """`08:00`; the end of the day is `24:00`."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def _plain(text: str) -> str:
    return _SPACES.sub(" ", folded(text)).strip()


def _minute(hour: str, past: str | None) -> int:
    minutes = int(hour) * 60 + int(past or 0)
    if int(past or 0) > 59 or minutes > DAY:
        raise ValueError(hour)
    return minutes
