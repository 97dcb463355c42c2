"""What a section may use: reader, day, language, level, and words, dates and numbers on paper."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from crm_pilot import formats
from crm_pilot.figures import Level
from crm_pilot.governance import queries as governance
from crm_pilot.i18n import Message, Translator
from crm_pilot.records import dataclass
from crm_pilot.reports.typography import bind
from crm_pilot.store.reader import Reader


class Wording:
    """Words, dates and numbers on paper: in the language of the document, bound for paper."""

    translator: Translator

    @property
    def language(self) -> str:
        """`fr` or `en`."""
        return self.translator.language

    def tr(self, text: str, **params: Any) -> str:
        """One of our texts, translated."""
        return bind(self.translator.tr(text, **params), self.language)

    def ntr(self, singular: str, plural: str, n: int, **params: Any) -> str:
        """One of our texts with a plural."""
        return bind(self.translator.ntr(singular, plural, n, **params), self.language)

    def show(self, message: Message | str) -> str:
        """A `Message`; a plain text of the project is left in its own words."""
        if isinstance(message, str):
            return self.own(message)
        return bind(self.translator.show(message), self.language)

    def own(self, text: str) -> str:
        """A text written by the lead: not translated, only typeset."""
        return bind(text, self.language)

    # dates and numbers ---------------------------------------------------------------------------

    def day(self, date: dt.date | None, *, year: bool = False) -> str:
        """`12 janv.`, with the year in tables read alone; unknown is an en dash."""
        return "–" if date is None else formats.day(date, self.language, year=year)

    def long_day(self, date: dt.date) -> str:
        """`21 novembre 2026`."""
        return formats.long_day(date, self.language)

    def number(self, value: float | None, decimals: int = 0) -> str:
        """A number; unknown is an en dash."""
        return "–" if value is None else formats.number(value, self.language, decimals)

    def percent(self, share: float | None, decimals: int = 0) -> str:
        """A share of 1 as a percentage."""
        return formats.percent(share, self.language, decimals)

    def slip(self, days: int | None) -> str:
        """`+7 j`; `tenu` / `kept` for 0; unknown is an en dash."""
        if days is None:
            return "–"
        return formats.days(days, self.language, sign=True) if days else self.tr("kept")

    def thousands(self, cents: int, *, sign: bool = False) -> str:
        """Cents as whole thousands without a unit."""
        value = round(cents / 100_000)
        return formats.signed(value, self.language) if sign else self.number(value)


@dataclass(frozen=True)
class Words(Wording):
    """The wording of a document that reads nothing from the project while it is drawn."""

    translator: Translator


@dataclass(frozen=True)
class Context(Wording):
    """One report being made. All texts come out in its language, bound for paper."""

    reader: Reader
    today: dt.date
    level: Level
    translator: Translator
    corrects: int | None = None  # number of the issue that this one corrects

    def sentence(self, place: str) -> str:
        """The sentence of a page, first letter capital."""
        text = governance.sentence(place, self.reader, self.today, self.translator)
        return bind(text[:1].upper() + text[1:], self.language)

    def page(self, name: str, place: str, blocks: Sequence[Any], *, empty: bool = False) -> Page:
        """A page headed by the sentence of a place."""
        return Page(name, self.sentence(place), tuple(blocks), empty=empty, place=place)


@dataclass(frozen=True)
class Page:
    """One page: its name in the outline, its sentence, and how its content is drawn."""

    name: str
    sentence: str
    blocks: tuple[Any, ...]
    continued: bool = False
    empty: bool = False  # the room has no data: page 1 says so and the page is left out
    place: str = ""  # where its sentence is kept (`governance.headline.PLACES`)
    key: str = ""  # of its section


Build = Callable[[Context], list[Page]]
