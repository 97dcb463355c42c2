"""Cells of our own exports as values: words of either language, decimals in either notation."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from crm_pilot.errors import UserError
from crm_pilot.exchange.columns import Setting
from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.hours_text import Week, read_day, read_hours
from crm_pilot.exchange.moments import DateOrder, Moments, Order, Unreadable
from crm_pilot.exchange.tables import Label, TableColumn
from crm_pilot.exchange.tables_kinds import Length, Lengths
from crm_pilot.exchange.writing import unguard
from crm_pilot.i18n import LANGUAGES, Message, Translator, msg
from crm_pilot.people.calendar import known_country
from crm_pilot.planning.durations import parse_duration
from crm_pilot.planning.engine.worktime import Shifts
from crm_pilot.planning.predecessors import Wait, parse_waits
from crm_pilot.typed import parse_whole

_SPACES = re.compile(r"[\s\u00a0\u202f€]+")
_THOUSANDS = re.compile(r"-?\d{1,3}([.,])\d{3}(\1\d{3})*")
_CLOCK = re.compile(r"(\d{1,2})\s*(?:[:hH]\s*(\d{2})(?::\d{2}(?:\.\d+)?)?|[hH])")
_MIDNIGHT = re.compile(r"T00:00(?::00)?$")  # how a workbook has a day without a time
_KEYED = re.compile(r"(?:(.*) )?\[(\d+)\]", re.DOTALL)
SHOWN = 8  # accepted values named in a problem
YES = frozenset(["oui", "yes", "o", "y", "1", "true", "vrai", "x"])
NO = frozenset(["non", "no", "n", "0", "false", "faux"])


class Wrong(ValueError):
    """A cell that cannot be read; `message` says why and what is accepted."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.english())
        self.message = message


class Parser:
    """Reads the cells of one table; dates in one order."""

    def __init__(
        self, setting: Setting, order: DateOrder | None, *, guarded: bool, units: Lengths
    ) -> None:
        self._language = setting.language
        day_first = order.order if order else Order.DAY_FIRST
        self._moments = Moments(day_first, setting.zone, setting.today)
        self._guarded = guarded
        self._units = units
        self._words: dict[str, dict[str, Any]] = {}

    def read(self, column: TableColumn, text: str) -> Any:
        """The value of a cell; None when it is empty. Raises `Wrong`."""
        kind = column.kind
        if kind in ("text", "refers"):
            value = unguard(text) if self._guarded else text
            return value if value else None
        text = text.strip()
        if not text:
            return None
        if kind in ("whole", "percent", "number"):
            return _whole(text, column)
        if kind in ("date", "moment", "when"):
            return self._moment(text, kind)
        if kind in ("duration", "work"):
            return self._length(text, kind)
        if kind == "links":
            return self._waits(text)
        if kind == "choice":
            return self._choice(column, text)
        return _READERS[kind](text)

    def _moment(self, text: str, kind: str) -> dt.date | dt.datetime:
        try:
            moment = self._moments.read(text)
        except Unreadable:
            raise Wrong(
                msg(
                    "no date that can be read; accepted are dates such as {samples}",
                    samples="2026-03-12, 12/03/2026, 12 mars 2026",
                )
            ) from None
        if kind == "when" and (":" not in text or _MIDNIGHT.search(text)):
            return moment.date()
        return moment.date() if kind == "date" else moment

    def _length(self, text: str, kind: str) -> Length | int:
        try:
            length = Length(*parse_duration(text, self._units.day, self._units.week))
        except UserError as error:
            raise Wrong(error.message) from None
        if kind == "duration":
            return length
        if length.elapsed:
            raise Wrong(msg("work is not elapsed time; write for example 3 d or 12 h"))
        return length.minutes

    def _waits(self, text: str) -> tuple[Wait, ...]:
        """What a line waits for, in the order of the numbers; whether they exist is seen later."""
        try:
            waits = parse_waits(text, _number_of, self._units.day, self._units.week)
        except UserError as error:
            raise Wrong(error.message) from None
        return tuple(sorted(waits, key=lambda wait: wait.before))

    def _choice(self, column: TableColumn, text: str) -> Any:
        known = self._words.get(column.column)
        if known is None:
            known = self._words[column.column] = _words(column.words or {})
        plain = normal(text)
        if plain in known:
            return known[plain]
        shown = Translator(self._language)
        words = [shown.tr(word) for word in (column.words or {}).values()]
        raise Wrong(msg("not known here; accepted: {words}", words=", ".join(words)))


def _words(words: Mapping[Any, str]) -> dict[str, Any]:
    """Value by its words in every language, as headers are compared."""
    return {
        normal(Translator(language).tr(word)): value
        for language in LANGUAGES
        for value, word in words.items()
    }


def _whole(text: str, column: TableColumn) -> int:
    try:
        value = parse_whole(text.removesuffix(".0"), column.low, column.high)
    except UserError:
        value = None
    if value is None:
        if column.low is None:
            raise Wrong(msg("not a whole number"))
        if column.high is None:
            raise Wrong(msg("not a whole number from {low} on", low=column.low))
        raise Wrong(
            msg("not a whole number from {low} to {high}", low=column.low, high=column.high)
        )
    return value


def _cents(text: str) -> int:
    """Cents of an amount."""
    return _hundredths(
        text,
        msg("not an amount in euros, such as 1234.50"),
        msg("an amount in euros has two decimals at most"),
    )


def _days(text: str) -> int:
    """Hundredths of person-days; a workload below zero is none."""
    found = _hundredths(
        text,
        msg("not a number of days, such as 12.5"),
        msg("a number of days has two decimals at most"),
    )
    if found < 0:
        raise Wrong(msg("days cannot be below zero"))
    return found


def _hundredths(text: str, unread: Message, too_fine: Message) -> int:
    """Hundredths in `1 234,50`, `1234.5`, `1,234.50`: of two different marks the last is
    decimal."""
    plain = _SPACES.sub("", text).replace("\u2212", "-")
    if "," in plain and "." in plain:
        group = "," if plain.rfind(".") > plain.rfind(",") else "."
        plain = plain.replace(group, "")
    elif _THOUSANDS.fullmatch(plain):  # three digits behind the mark cannot be hundredths
        plain = plain.replace(",", "").replace(".", "")
    try:
        hundredths = Decimal(plain.replace(",", ".")) * 100
        whole = int(hundredths)
    except (InvalidOperation, ValueError, OverflowError):
        raise Wrong(unread) from None
    if whole != hundredths:
        raise Wrong(too_fine)
    return whole


def _truth(text: str) -> bool:
    plain = normal(text)
    if plain in YES:
        return True
    if plain in NO:
        return False
    raise Wrong(msg("neither yes nor no"))


def _clock(text: str) -> str:
    found = _CLOCK.fullmatch(text)
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        raise Wrong(msg("not a time of day, such as 09:00"))
    return f"{int(found[1]):02d}:{found[2] or '00'}"


def _minute(text: str) -> int:
    """The minute of a day; its end is 24:00."""
    if text.startswith("24:00"):
        return 1440
    hour, _, minute = _clock(text).partition(":")
    return int(hour) * 60 + int(minute)


def _number_of(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 16 else None


def _week(text: str) -> Week:
    try:
        return read_hours(text)
    except ValueError:
        raise Wrong(
            msg("no hours of a week; write for example Mon-Fri 08:00-12:00 13:00-17:00")
        ) from None


def _hours(text: str) -> Shifts:
    try:
        return read_day(text)
    except ValueError:
        raise Wrong(
            msg("no hours of a day; write for example 08:00-12:00 13:00-17:00, or nothing")
        ) from None


def _country(text: str) -> str:
    try:
        return known_country(text)
    except UserError as error:
        raise Wrong(error.message) from None


_READERS: dict[str, Callable[[str], Any]] = {
    "money": _cents,
    "days": _days,
    "truth": _truth,
    "card": _truth,
    "clock": _clock,
    "minute": _minute,
    "week": _week,
    "hours": _hours,
    "country": _country,
}


class Names:
    """Finds a row of another table by its name, and by its number where names are alike."""

    def __init__(self, names: Mapping[int, Label]) -> None:
        self._names = {key: str(name) for key, name in names.items()}
        self._exact: dict[str, list[int]] = {}
        self._plain: dict[str, list[int]] = {}
        for key, name in self._names.items():
            self._exact.setdefault(name, []).append(key)
            if normal(name):  # names in another script have no plain form
                self._plain.setdefault(normal(name), []).append(key)

    def find(self, text: str) -> int:
        """The row's id. Raises `Wrong` when there is none, or several."""
        found = self._exact.get(text) or []
        keyed = _KEYED.fullmatch(text)
        if len(found) != 1 and keyed:
            key = int(keyed[2])
            name = self._names.get(key)
            if name is not None and (keyed[1] or "") in (name, f"{name} [{key}]"):
                return key
        if not found:
            found = self._plain.get(normal(text)) or []
        if len(found) == 1:
            return found[0]
        if found:
            raise Wrong(
                msg(
                    "this name is there {n} times; write it with its No., for example “{sample}”",
                    n=len(found),
                    sample=f"{self._names[found[0]]} [{found[0]}]",
                )
            )
        known = sorted(set(self._names.values()), key=normal)
        if not known:
            raise Wrong(msg("nothing of that name is there, and none at all yet"))
        more = ", …" if len(known) > SHOWN else ""
        raise Wrong(
            msg(
                "nothing of that name is there; accepted: {words}",
                words=", ".join(known[:SHOWN]) + more,
            )
        )
