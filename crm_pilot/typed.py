"""Values as people type or paste them: dates, numbers, yes and no, words of a choice."""

from __future__ import annotations

import datetime as dt
import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from typing import Any

from crm_pilot.errors import UserError
from crm_pilot.folding import folded
from crm_pilot.i18n import N_

FIRST_YEAR, LAST_YEAR = 1900, 2199  # outside, a year is a slip of the finger

_MONTHS = {
    1: ("jan", "janv", "janvier", "january"),
    2: ("fev", "fevr", "fevrier", "feb", "february"),
    3: ("mar", "mars", "march"),
    4: ("avr", "avril", "apr", "april"),
    5: ("mai", "may"),
    6: ("juin", "jun", "june"),
    7: ("juil", "juillet", "jul", "july"),
    8: ("aou", "aout", "aug", "august"),
    9: ("sep", "sept", "septembre", "september"),
    10: ("oct", "octobre", "october"),
    11: ("nov", "novembre", "november"),
    12: ("dec", "decembre", "december"),
}
_WEEKDAYS = (
    ("lun", "lundi", "mon", "monday"),
    ("mar", "mardi", "tue", "tues", "tuesday"),
    ("mer", "mercredi", "wed", "wednesday"),
    ("jeu", "jeudi", "thu", "thur", "thurs", "thursday"),
    ("ven", "vendredi", "fri", "friday"),
    ("sam", "samedi", "sat", "saturday"),
    ("dim", "dimanche", "sun", "sunday"),
)
_BY_WEEKDAY = {name: number for number, names in enumerate(_WEEKDAYS) for name in names}
_BY_NAME = {name: number for number, names in _MONTHS.items() for name in names}
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})[/. -](\d{1,2})(?:[/. -](\d{2}|\d{4}))?")
_WORDS = re.compile(r"(\d{1,2})(?:er|st|nd|rd|th)?\s*([a-z]+)\.?,?\s*(\d{4}|\d{2})?")
_MONTH_FIRST = re.compile(r"([a-z]+)\.?\s*(\d{1,2})(?:st|nd|rd|th)?,?\s*(\d{4}|\d{2})?")
_WITH_WEEKDAY = re.compile(r"(?:le |on )?([a-z]+)(?:\.?,? +(?:le |the )?([^ ].*))?")
_SHIFT = re.compile(r"([+-]|dans |in |il y a )? ?(\d{1,4}) ?([a-z]*)\.?( ago)?")
_STEPS = {  # days, or months where there are none
    **dict.fromkeys(("d", "day", "days", "j", "jr", "jrs", "jour", "jours"), (1, 0)),
    **dict.fromkeys(("s", "sem", "semaine", "semaines", "w", "wk", "week", "weeks"), (7, 0)),
    **dict.fromkeys(("mo", "mois", "month", "months"), (0, 1)),
    **dict.fromkeys(("an", "ans", "year", "years"), (0, 12)),
}
_PART = re.compile(
    r"(?P<part>fin|end|debut|start|beginning|mi|mid)(?: |-)(?:de |du |d'|of )?(?:the )?"
    r"(?P<month>[a-z]+)\.?,? ?(?P<year>\d{4}|\d{2})?"
)
_PARTS = {"fin": 31, "end": 31, "mi": 15, "mid": 15}  # else the first
_TIME = re.compile(
    r"(?P<day>.*?)(?:[, ]+(?:a |at |vers )?|(?<=\d)t)"
    r"(?:(?P<hour>\d{1,2})(?: ?(?:h|heures?)(?: ?(?P<past>\d{2}))?|:(?P<minute>\d{2})(?::\d{2})?)"
    r"|(?P<half>\d{1,2})(?::(?P<after>\d{2}))? ?(?P<noon>am|pm)|(?P<midday>midi|noon))"
)
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = re.compile(r"-?\d+(?:[.,]\d+)?")
_YES = ("yes", "y", "oui", "o", "true", "vrai", "x", "1", "✓")
_NO = ("no", "n", "non", "false", "faux", "0", "-", "–", "")
ACCEPTED = 8  # words of a choice that a complaint names
_NAMED = {
    "today": 0,
    "aujourd'hui": 0,
    "auj": 0,
    "tomorrow": 1,
    "demain": 1,
    "yesterday": -1,
    "hier": -1,
}


def parse_day(text: str, today: dt.date) -> dt.date | None:
    """A date from `12/3`, `12 mars`, `March 12`, `2026-03-12`, `12.03.26`, `demain`, `+7`, `+2w`,
    `3 sem`, `-1 mois`, `lundi 11 janvier`, `lundi`, `fin nov`.

    Day before month, as in both languages of the product. Without a year, the occurrence nearest
    to `today`; a weekday alone is the next one after `today`. Empty text is None. Raises
    `UserError` for what cannot be read, lies outside the years 1900 to 2199, or falls on another
    weekday than the one that was typed.
    """
    plain = _plain(text)
    return _day(plain, text, today) if plain else None


def parse_moment(text: str, today: dt.date) -> tuple[dt.date | None, int | None]:
    """A date as `parse_day` reads it and, where a time follows, the minute of the day:
    `12/3 14:00`, `12 mars 14h`, `demain à 9h30`, `March 12 at 2 pm`. 24:00 is minute 1440.

    Nothing for an empty text. Raises `UserError` for what is no date or no time.
    """
    plain = _plain(text)
    found = _TIME.fullmatch(plain)
    if found is None or not found["day"].strip(" ,"):
        return (_day(plain, text, today), None) if plain else (None, None)
    minute = _minute(found)
    if minute is None:
        raise UserError(
            N_("“{text}” ends on no time of day. Type for example 12/3 14:00 or 12 March 2 pm."),
            text=text,
        )
    return _day(found["day"].strip(" ,"), text, today), minute


def _minute(found: re.Match[str]) -> int | None:
    """The minute of the day; None for a time that does not exist."""
    if found["midday"]:
        return 720
    if found["noon"]:
        hour = int(found["half"])
        if not 1 <= hour <= 12:
            return None
        hour, past = hour % 12 + (12 if found["noon"] == "pm" else 0), int(found["after"] or 0)
    else:
        hour, past = int(found["hour"]), int(found["past"] or found["minute"] or 0)
    return hour * 60 + past if past < 60 and (hour < 24 or (hour, past) == (24, 0)) else None


def _day(plain: str, text: str, today: dt.date) -> dt.date:
    weekday, plain = _without_weekday(plain)
    if weekday is not None and not plain:
        return today + dt.timedelta((weekday - today.weekday() - 1) % 7 + 1)
    for read in (_named, _shifted, _iso, _numeric, _worded, _part):
        found = read(plain, today)
        if found is not None and FIRST_YEAR <= found.year <= LAST_YEAR:
            if weekday not in (None, found.weekday()):
                raise UserError(
                    N_("“{text}”: that date, in {year}, is another day of the week."),
                    text=text,
                    year=str(found.year),
                )
            return found
    raise UserError(
        N_("“{text}” is not a date. Type for example 12/3, 12 March, 2027-03-12 or +2 weeks."),
        text=text,
    )


def parse_whole(text: str, low: int | None = None, high: int | None = None) -> int | None:
    """A whole number; spaces and a percent sign are ignored. Empty text is None.

    Raises `UserError` when it is no number or outside `low` to `high`.
    """
    plain = re.sub(r"[\s\u00a0\u202f%]", "", text).replace("\u2212", "-")
    if not plain:
        return None
    try:
        value = int(plain)
    except ValueError:
        raise UserError(N_("“{text}” is not a whole number."), text=text) from None
    if (low is not None and value < low) or (high is not None and value > high):
        raise UserError(
            N_("{value} is not between {low} and {high}."), value=value, low=low, high=high
        )
    return value


def parse_decimal(text: str, language: str) -> float | None:
    """A number with decimals: `1 234,5`, `1234.5`, in English also `1,234.5`. Empty is None.

    Raises `UserError` for what is no number.
    """
    plain = _SPACES.sub("", text).replace("\u2212", "-")
    if not plain:
        return None
    if language == "en" and _GROUPED.fullmatch(plain):
        plain = plain.replace(",", "")
    if not _DECIMAL.fullmatch(plain):
        raise UserError(N_("“{text}” is not a number. Type for example 1234.5"), text=text)
    return float(plain.replace(",", "."))


def parse_truth(text: str) -> bool:
    """Yes or no as people write them in both languages; empty is no. Raises `UserError`."""
    plain = _plain(text)
    if plain in _YES:
        return True
    if plain in _NO:
        return False
    raise UserError(N_("“{text}” is neither yes nor no."), text=text)


def parse_choice(text: str, words: Mapping[Any, Iterable[str]]) -> Any:
    """The value one of whose words `text` is; case and accents do not count. Empty is None.

    Raises `UserError` naming what is accepted, and when a word stands for two values.
    """
    plain = _plain(text)
    if plain in ("", "-", "–"):
        return None
    found = [value for value, said in words.items() if plain in map(_plain, said)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UserError(N_("“{text}” stands for more than one thing here."), text=text)
    known = [word for said in words.values() for word in list(said)[:1]]
    more = ", …" if len(known) > ACCEPTED else ""
    raise UserError(
        N_("“{text}” is not known here. Accepted: {words}."),
        text=text,
        words=", ".join(known[:ACCEPTED]) + more,
    )


def _plain(text: str) -> str:
    return _SPACES.sub(" ", folded(text)).strip()


def _without_weekday(text: str) -> tuple[int | None, str]:
    """The weekday a text begins with (Monday is 0) and the rest; `mars` and `mar 3` stay months."""
    match = _WITH_WEEKDAY.fullmatch(text)
    if match is None or match[1] not in _BY_WEEKDAY:
        return None, text
    rest = match[2] or ""
    if match[1] == "mar" and not re.match(r"\d+ ?[a-z/.-]", rest):
        return None, text  # March
    return _BY_WEEKDAY[match[1]], rest


def _named(text: str, today: dt.date) -> dt.date | None:
    return today + dt.timedelta(_NAMED[text]) if text in _NAMED else None


def _shifted(text: str, today: dt.date) -> dt.date | None:
    """From today on: `+7`, `+3d`, `3 sem`, `-1 mois`, `dans 2 semaines`, `2 weeks ago`."""
    match = _SHIFT.fullmatch(text)
    if match is None or not (match[1] or match[3]):
        return None
    days, months = _STEPS.get(match[3] or "d", (0, 0))
    if not days and not months:
        return None
    back = match[1] in ("-", "il y a ") or match[4]
    count = -int(match[2]) if back else int(match[2])
    try:
        return today + dt.timedelta(days * count) if days else _months_on(today, months * count)
    except (OverflowError, ValueError):
        return None


def _months_on(day: dt.date, months: int) -> dt.date:
    """The same day of another month, its last one where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _part(text: str, today: dt.date) -> dt.date | None:
    """`fin nov` is its last day, `mi-mars` the 15th, `début avril` the first; `fin de mois`."""
    match = _PART.fullmatch(text)
    if match is None:
        return None
    day = _PARTS.get(match["part"], 1)
    if match["month"] in ("mois", "month") and not match["year"]:
        return today.replace(day=min(day, monthrange(today.year, today.month)[1]))
    if match["month"] not in _BY_NAME:
        return None
    return _nearest(day, _BY_NAME[match["month"]], match["year"], today, short=True)


def _iso(text: str, _today: dt.date) -> dt.date | None:
    match = _ISO.fullmatch(text)
    return _made(int(match[1]), int(match[2]), int(match[3])) if match else None


def _numeric(text: str, today: dt.date) -> dt.date | None:
    match = _NUMERIC.fullmatch(text)
    return _nearest(int(match[1]), int(match[2]), match[3], today) if match else None


def _worded(text: str, today: dt.date) -> dt.date | None:
    match = _WORDS.fullmatch(text)
    if match is not None and match[2] in _BY_NAME:
        return _nearest(int(match[1]), _BY_NAME[match[2]], match[3], today)
    match = _MONTH_FIRST.fullmatch(text)
    if match is not None and match[1] in _BY_NAME:
        return _nearest(int(match[2]), _BY_NAME[match[1]], match[3], today)
    return None


def _nearest(
    day: int, month: int, year: str | None, today: dt.date, *, short: bool = False
) -> dt.date | None:
    """That day of `year`, else of the year that brings it nearest; `short`: the last day of a
    month that does not have as many."""
    if year:
        return _made(int(year) + (2000 if len(year) == 2 else 0), month, day, short=short)
    candidates = [_made(today.year + shift, month, day, short=short) for shift in (-1, 0, 1)]
    real = [one for one in candidates if one is not None]
    return min(real, key=lambda one: abs((one - today).days)) if real else None


def _made(year: int, month: int, day: int, *, short: bool = False) -> dt.date | None:
    try:
        return dt.date(year, month, min(day, monthrange(year, month)[1]) if short else day)
    except ValueError:
        return None
