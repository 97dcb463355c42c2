"""Durations as people write them, in both languages, and as the product shows them.

Working durations count in days, weeks and months of the project (a month is twenty working days);
elapsed ones by the clock (a day of 24 hours, a month of 30 days), as MS Project has it.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum

from crm_pilot.errors import UserError
from crm_pilot.folding import folded
from crm_pilot.formats import NO_BREAK
from crm_pilot.i18n import N_

DAY, WEEK = 480, 2400  # minutes, where a project says nothing else
MONTH_DAYS = 20  # working days
LONGEST = 60  # characters
MOST = 100 * 366 * 1440  # minutes; longer is a slip of the finger


class Unit(Enum):
    """What a duration counts in."""

    MINUTE = "minute"
    HOUR = "hour"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"


_ELAPSED = {Unit.MINUTE: 1, Unit.HOUR: 60, Unit.DAY: 1440, Unit.WEEK: 10080, Unit.MONTH: 43200}
# No “m” alone: minutes to MS Project, months to people
_WORDS = {
    Unit.MINUTE: "min mins mn minute minutes",
    Unit.HOUR: "h hr hrs heure heures hour hours",
    Unit.DAY: "j jr jrs jour jours journee journees d dy dys day days",
    Unit.WEEK: "s sem sems semaine semaines w wk wks week weeks",
    Unit.MONTH: "mois mo mos mon month months",
}
_PLAIN = {word: unit for unit, words in _WORDS.items() for word in words.split()}
_BY_CLOCK = {f"e{word}": unit for word, unit in _PLAIN.items()} | {
    f"{word}e": _PLAIN[word] for word in ("min", "mn", "h", "j", "jr", "s", "sem", "mois")
}  # 2 edays, 2 jé
_FRACTIONS = {"½": " 1/2", "¼": " 1/4", "¾": " 3/4"}
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_POINT = re.compile(r"(?<=[a-z])\.(?= |$)")
_HALF = re.compile(r"^(?:une? |a )?(?:demi|half)[ -](?:an? )?")
_ONE = re.compile(r"^(?:une?|an?|one) ")
_AMOUNT = (
    r"(?:(?P<whole>\d+) )?(?P<over>\d+)/(?P<under>\d+)"
    r"|(?P<grouped>\d{1,3}(?: \d{3})+(?:[.,]\d{1,2})?)"
    r"|(?P<number>\d*[.,]?\d+)"
)
_PIECE = re.compile(rf"(?:{_AMOUNT}) ?(?P<unit>[a-z]+)(?P<half> (?:et demie?|and a half))? ?")
_ALONE = re.compile(rf"(?:{_AMOUNT})")
_MINUTES = re.compile(r"([0-5]?\d)(?: ?(?:m|mn|min))?$")  # of 4h30
_TOO_FINE = re.compile(r"0*[1-9]\d*[.,]\d{3}")  # 1,200: more than a thousand, or a little over one?
_JOINED = re.compile(r"(?<=[a-z])(?: ?,| et| and) (?=\d)")
_CLOCK_WORD = re.compile(r" ?\b(?:ecoulee?s?|elapsed|calendaires?|calendar)\b ?")
_WORK_WORD = re.compile(r" ?\b(?:ouvree?s?|working)\b ?")


def parse_duration(text: str, day_minutes: int = DAY, week_minutes: int = WEEK) -> tuple[int, bool]:
    """Minutes, and whether they are elapsed: `2 j`, `0,5 j`, `½ j`, `4h30`, `90 min`, `1 sem`,
    `2 mois`, `1.5 wk`, `2 ed`, `2 j écoulés`, `1 j 4 h`; a plain number is days.

    Raises `UserError` for what cannot be read or is longer than a hundred years.
    """
    plain = _plain(text)
    by_clock, plain = _without(_CLOCK_WORD, plain)
    working, plain = _without(_WORK_WORD, plain)
    read = None if by_clock and working else _read(plain, by_clock, (day_minutes, week_minutes))
    if read is None or (working and read[1]):
        raise UserError(
            N_(
                "“{text}” is not a duration. Type for example 2 d, 0.5 d, 4 h, 90 min, 1 wk or"
                " 2 d elapsed."
            ),
            text=text,
        )
    minutes = int(read[0].to_integral_value(ROUND_HALF_UP))
    if minutes > MOST:
        raise UserError(N_("“{text}” is longer than a hundred years."), text=text)
    return minutes, read[1]


def format_duration(
    minutes: int, language: str, day_minutes: int = DAY, elapsed: bool = False
) -> str:
    """`13 j`, `0,5 j`, `4 h`, `45 min`, `2 j 1 h 20`, `2 j écoulés`; reads back as the same.

    Without the narrow space that people's numbers have above a thousand: older encodings lack it.
    """
    sign = "-" if minutes < 0 else ""
    day = 1440 if elapsed else day_minutes
    count = _pieces(abs(minutes), day)
    written = [f"{_number(value, language)}{NO_BREAK}{_unit(unit, language)}"
               for value, unit in count]  # fmt: skip
    text = sign + NO_BREAK.join(written)
    if not elapsed:
        return text
    many = len(count) > 1 or count[0][0] >= 2
    return text + NO_BREAK + _elapsed_word(language, count[0][1], many=many)


def _plain(text: str) -> str:
    for sign, spelled in _FRACTIONS.items():
        text = text.replace(sign, spelled)
    plain = _SPACES.sub(" ", folded(text)).strip().removesuffix("?").rstrip()
    return _JOINED.sub(" ", _POINT.sub("", plain))


def _without(word: re.Pattern[str], text: str) -> tuple[bool, str]:
    """Whether a text has a word, and the text without it."""
    rest, often = word.subn(" ", text)
    return bool(often), _SPACES.sub(" ", rest).strip()


def _read(text: str, by_clock: bool, lengths: tuple[int, int]) -> tuple[Decimal, bool] | None:
    """Minutes and whether they are elapsed; None for what cannot be read."""
    text = _ONE.sub("1 ", _HALF.sub("0.5 ", text))
    if not text or len(text) > LONGEST:
        return None
    alone = _ALONE.fullmatch(text)
    if alone is not None:
        amount = _amount(alone)
        return None if amount is None else (amount * _length(Unit.DAY, by_clock, lengths), by_clock)
    total, at, clocks = Decimal(0), 0, set()
    while at < len(text):
        found = _PIECE.match(text, at)
        amount = _amount(found) if found else None
        if found is None or amount is None:
            return None
        unit, elapsed = _unit_of(found["unit"], by_clock)
        if unit is None:
            return None
        total += (amount + (Decimal("0.5") if found["half"] else 0)) * _length(
            unit, elapsed, lengths
        )
        clocks.add(elapsed)
        at = found.end()
        minutes = _MINUTES.match(text, at) if unit is Unit.HOUR else None
        if minutes is not None:
            total, at = total + int(minutes[1]), len(text)
    return (total, clocks.pop()) if len(clocks) == 1 else None


def _unit_of(word: str, by_clock: bool) -> tuple[Unit | None, bool]:
    if word in _PLAIN:
        return _PLAIN[word], by_clock
    return _BY_CLOCK.get(word), True


def _length(unit: Unit, elapsed: bool, lengths: tuple[int, int]) -> int:
    """Minutes of one unit."""
    if elapsed or unit in (Unit.MINUTE, Unit.HOUR):
        return _ELAPSED[unit]
    day, week = lengths
    return {Unit.DAY: day, Unit.WEEK: week, Unit.MONTH: day * MONTH_DAYS}[unit]


def _amount(found: re.Match[str]) -> Decimal | None:
    if found["under"]:
        under = Decimal(found["under"])
        return Decimal(found["whole"] or 0) + Decimal(found["over"]) / under if under else None
    text = (found["grouped"] or found["number"]).replace(" ", "")
    return None if _TOO_FINE.fullmatch(text) else Decimal(text.replace(",", "."))


def _pieces(minutes: int, day: int) -> list[tuple[Decimal, Unit]]:
    """Days in halves, above one day in quarters; what is left in hours and minutes."""
    parts = 2 if minutes < day else 4
    if minutes * parts % day == 0:
        return [(Decimal(minutes * parts // day) / parts, Unit.DAY)]
    days, rest = divmod(minutes, day)
    hours, rest = divmod(rest, 60)
    counted = ((days, Unit.DAY), (hours, Unit.HOUR), (rest, Unit.MINUTE))
    return [(Decimal(count), unit) for count, unit in counted if count]


def _number(value: Decimal, language: str) -> str:
    text = f"{value:f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return text.replace(".", ",") if language == "fr" else text


def _unit(unit: Unit, language: str) -> str:
    if unit is Unit.DAY:
        return "j" if language == "fr" else "d"
    return "h" if unit is Unit.HOUR else "min"


def _elapsed_word(language: str, unit: Unit, *, many: bool) -> str:
    if language != "fr":
        return "elapsed"
    return "écoulé" + ("" if unit is Unit.DAY else "e") + ("s" if many else "")
