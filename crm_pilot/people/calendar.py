"""The calendar people work by: public holidays of the countries we know, and working days."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from crm_pilot import formats
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Translator

# Countries a project can be in, those of the product's two languages first in mind.
COUNTRIES = (
    *("AT", "BE", "CA", "CH", "CI", "DE", "DK", "DZ", "ES", "FR", "GB", "IE", "IT", "LU", "MA"),
    *("MC", "NL", "PL", "PT", "SE", "SN", "TN", "US"),
)
_PART = {"GB": "ENG"}  # whose days are meant where the parts of a country differ much
ONE_DAY = dt.timedelta(days=1)


def known_country(code: str) -> str:
    """The country code in capitals. Raises `UserError` naming the accepted ones."""
    found = code.strip().upper()
    if found not in COUNTRIES:
        raise UserError(
            N_(
                "The public holidays of “{country}” are not known here. Accepted countries:"
                " {countries}."
            ),
            country=code,
            countries=", ".join(COUNTRIES),
        )
    return found


def country_name(code: str, language: str) -> str:
    """The name of a country in a language; the code itself when it has none."""
    return str(formats.locale(language).territories.get(code, code))


def country_names(language: str) -> dict[str, str]:
    """Code → name of every country we know, by name."""
    plain = Translator(language)
    named = {code: plain.tr(country_name(code, language)) for code in COUNTRIES}
    return dict(sorted(named.items(), key=lambda item: item[1].replace("É", "E")))


@lru_cache(maxsize=64)
def public_holidays(country: str, year: int) -> frozenset[dt.date]:
    """Public holidays of a country (ISO 3166) in a year; none for a country that is not known.

    Those of France are computed here: the package `holidays` takes a fifth of a second to load.
    """
    if country == "FR":
        return _french_holidays(year)
    import holidays

    try:
        return frozenset(
            holidays.country_holidays(country, subdiv=_PART.get(country), years=(year,))
        )
    except NotImplementedError:
        return frozenset()


def holiday_name(country: str, day: dt.date, language: str) -> str:
    """What the public holiday `day` is called; empty when it has no name in `language`.

    Those of France are named here: the package `holidays` takes a fifth of a second to load."""
    if country == "FR":
        place = 0 if language == "fr" else 1
        return "; ".join(names[place] for date, names in _french_names(day.year) if date == day)
    import holidays

    wanted = {"fr": "fr", "en": "en_US"}[language]
    try:
        made = holidays.country_holidays(
            country, subdiv=_PART.get(country), years=(day.year,), language=wanted
        )
    except NotImplementedError:
        return ""
    return str(made.get(day, "")) if wanted in (made.supported_languages or ()) else ""


# The eleven public holidays of France (Code du travail, article L3133-1): their day, or how many
# days after Easter, and what they are called in French and English
_FIXED = {
    (1, 1): ("Jour de l'an", "New Year's Day"),
    (5, 1): ("Fête du Travail", "Labor Day"),
    (5, 8): ("Fête de la Victoire", "Victory Day"),
    (7, 14): ("Fête nationale", "National Day"),
    (8, 15): ("Assomption", "Assumption Day"),
    (11, 1): ("Toussaint", "All Saints' Day"),
    (11, 11): ("Armistice", "Armistice Day"),
    (12, 25): ("Noël", "Christmas Day"),
}
_MOVING = {
    1: ("Lundi de Pâques", "Easter Monday"),
    39: ("Ascension", "Ascension Day"),
    50: ("Lundi de Pentecôte", "Pentecost Monday"),
}


def _french_names(year: int) -> list[tuple[dt.date, tuple[str, str]]]:
    """Day and names of the public holidays of France; two may fall on the same day."""
    easter = _easter(year)
    moving = [(easter + dt.timedelta(days=days), names) for days, names in _MOVING.items()]
    return [*moving, *((dt.date(year, *day), names) for day, names in _FIXED.items())]


def _french_holidays(year: int) -> frozenset[dt.date]:
    return frozenset(day for day, _ in _french_names(year))


def _easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher's algorithm)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (b - (b + 8) // 25 + 1) // 3
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    w = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * w) // 451
    month, day = divmod(h + w - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)


def is_working_day(day: dt.date, country: str) -> bool:
    """Monday to Friday and no public holiday of `country`."""
    return day.weekday() < 5 and day not in public_holidays(country, day.year)


def next_working_day(day: dt.date, country: str) -> dt.date:
    """The first working day on or after `day`."""
    while not is_working_day(day, country):
        day += ONE_DAY
    return day


class WorkingDays:
    """The working days of a country from a start on, by their number; 0 is the first."""

    def __init__(self, start: dt.date, country: str) -> None:
        self.country = country
        self._days = [next_working_day(start, country)]

    def day(self, number: int) -> dt.date:
        """Working day `number`, at least 0."""
        if number < 0:
            raise ValueError(f"working day {number} is before the start")
        while len(self._days) <= number:
            self._days.append(next_working_day(self._days[-1] + ONE_DAY, self.country))
        return self._days[number]
