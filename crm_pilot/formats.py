"""Dates and numbers as people read them, for screens and documents, with an explicit language.

One place for every format (LOOK.md, rules of paper 5 to 7): no numeric dates, real minus,
no-break spaces between a number and its unit. Babel knows the languages; formats with a unit or a
sign are composed here.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale

NARROW = "\u202f"
NO_BREAK = "\u00a0"
MINUS = "\u2212"
HYPHEN = "\u2011"  # that does not break
_LOCALES = {"fr": "fr_FR", "en": "en_GB"}


@lru_cache(maxsize=4)
def locale(language: str) -> Locale:
    """Babel's locale for a language of the product."""
    from babel import Locale

    return Locale.parse(_LOCALES.get(language, "en_GB"))


@lru_cache(maxsize=4096)
def day(date: dt.date, language: str, *, year: bool = False) -> str:
    """`12 janv.`, with the year `12 janv. 2027`; the first of a month in French is `1ᵉʳ`."""
    from babel.dates import format_date

    text = format_date(date, "d MMM y" if year else "d MMM", locale=locale(language))
    if language == "fr" and date.day == 1:
        text = "1ᵉʳ" + text[1:]
    return text.replace(" ", NO_BREAK)


@lru_cache(maxsize=512)
def long_day(date: dt.date, language: str) -> str:
    """`21 novembre 2026`."""
    from babel.dates import format_date

    text = format_date(date, "d MMMM y", locale=locale(language))
    if language == "fr" and date.day == 1:
        text = "1ᵉʳ" + text[1:]
    return text.replace(" ", NO_BREAK)


@lru_cache(maxsize=512)
def weekday(date: dt.date, language: str) -> str:
    """`lundi` / `Monday`."""
    from babel.dates import format_date

    return str(format_date(date, "EEEE", locale=locale(language)))


@lru_cache(maxsize=512)
def month(date: dt.date, language: str, *, year: bool = False, full: bool = False) -> str:
    """`janv.`, `janv. 2027`, `janvier` or `janvier 2027`."""
    from babel.dates import format_date

    name = "LLLL" if full else "LLL"
    text = format_date(date, f"{name} y" if year else name, locale=locale(language))
    return text.replace(" ", NO_BREAK)


def week(date: dt.date, language: str) -> str:
    """ISO week: `S47` in French, `W47` in English."""
    return f"{'S' if language == 'fr' else 'W'}{date.isocalendar().week}"


def clock(moment: dt.datetime | dt.time) -> str:
    """`14:02`."""
    return f"{moment.hour:02d}:{moment.minute:02d}"


def moment(at: dt.datetime, language: str) -> str:
    """`21 Nov 2026, 14:02`."""
    return f"{day(at.date(), language, year=True)}, {clock(at)}"


@lru_cache(maxsize=4096)
def number(value: float, language: str, decimals: int = 0) -> str:
    """`1 234,5` / `1,234.5`, with a real minus; never prints a negative zero."""
    from babel.numbers import format_decimal

    rounded = round(value, decimals) + 0.0
    pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
    text = format_decimal(abs(rounded), format=pattern, locale=locale(language))
    return (MINUS if rounded < 0 else "") + text


def signed(value: float, language: str, decimals: int = 0) -> str:
    """`+7`, `−2`, and `0` without a sign."""
    text = number(value, language, decimals)
    return f"+{text}" if round(value, decimals) > 0 else text


def percent(share: float | None, language: str, decimals: int = 0) -> str:
    """A share (0.73) as `73 %` in French and `73%` in English; unknown is an en dash."""
    if share is None:
        return "–"
    gap = NARROW if language == "fr" else ""
    return f"{number(share * 100, language, decimals)}{gap}%"


def days(value: float, language: str, *, sign: bool = False, decimals: int = 0) -> str:
    """A number of days with its unit: `7 j` / `7 d`; with `sign`, `+7 j`."""
    write = signed if sign else number
    text = write(value, language, decimals)
    return f"{text}{NO_BREAK}{'j' if language == 'fr' else 'd'}"


def amount(value: float, language: str) -> str:
    """An amount of work: below 10 with one decimal where it is not whole (`4`, `4,5`, `19`)."""
    whole = abs(value) >= 9.95 or abs(value - round(value)) < 0.05
    return number(value, language, 0 if whole else 1)


def person_days(value: float, language: str, *, sign: bool = False) -> str:
    """Work with its unit, which never breaks: `4 j-h` / `4 p-d`; with `sign`, `+4 j-h`."""
    plus = "+" if sign and value > 0 else ""
    unit = ("j", "h") if language == "fr" else ("p", "d")
    return f"{plus}{amount(value, language)}{NO_BREAK}{HYPHEN.join(unit)}"


def money(cents: int, language: str, *, sign: bool = False) -> str:
    """Whole thousands of euros: `469 k€` / `€469k`."""
    thousands = cents / 100_000
    decimals = 1 if abs(thousands) < 10 and thousands != round(thousands) else 0
    text = number(abs(thousands), language, decimals)
    mark = MINUS if thousands < 0 else "+" if sign and thousands > 0 else ""
    return f"{mark}{text}{NO_BREAK}k€" if language == "fr" else f"{mark}€{text}k"


def ordinal(value: int, language: str) -> str:
    """`1ᵉʳ`, `3ᵉ` in French (superscripts exist in the bundled font); `1st`, `3rd` in English."""
    if language == "fr":
        return f"{value}{'ᵉʳ' if value == 1 else 'ᵉ'}"
    tail = "th" if 10 <= value % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{tail}"
