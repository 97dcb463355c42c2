"""What a line waits for, as people write it: `12; 14FS+2d; 15DD-50%; 16 FD + 3 j; 17FF+2ed`.

The letters are those of MS Project in either language: FS SS FF SF, FD DD FF DF.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from crm_pilot.errors import UserError
from crm_pilot.formats import NO_BREAK
from crm_pilot.i18n import N_
from crm_pilot.planning.durations import DAY, WEEK, parse_duration
from crm_pilot.planning.terms import LagUnit, LinkKind
from crm_pilot.records import dataclass

Numbers = Mapping[str, int] | Callable[[str], int | None]

_KINDS = {
    "fs": LinkKind.FS,
    "fd": LinkKind.FS,
    "ss": LinkKind.SS,
    "dd": LinkKind.SS,
    "ff": LinkKind.FF,
    "sf": LinkKind.SF,
    "df": LinkKind.SF,
}
_FRENCH = {LinkKind.FS: "FD", LinkKind.SS: "DD", LinkKind.FF: "FF", LinkKind.SF: "DF"}
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_PIECES = re.compile(r"[;\n]")
_NUMBER = re.compile(r" ?(?P<number>\d+(?:\.\d+)*)")
_KIND = re.compile(r" ?(?P<kind>fs|fd|ss|dd|ff|sf|df)(?![^\W\d_])", re.IGNORECASE)
_LAG = re.compile(
    r" ?(?P<sign>[+-]) ?(?P<amount>\d+/\d+|\d*[½¼¾]|\d+(?:[.,]\d+)?|[.,]\d+)"
    r"(?: ?(?P<percent>[eé] ?%|% ?[eé]?(?![^\W\d_]))| ?(?P<unit>[^\W\d_]+))?"
    r"(?P<clock> (?:[ée]coul[ée]e?s?|elapsed|calendaires?))?",
    re.IGNORECASE,
)
_NEXT = re.compile(r" ?, ?| (?=\d)|$")
MOST_PERCENT = 10_000
LONGEST = 5_000  # characters


@dataclass(frozen=True)
class Wait:
    """A line waits for `before`. Lag in minutes, or in per cent of the duration of `before`;
    negative is a lead."""

    before: int
    kind: LinkKind = LinkKind.FS
    lag: int = 0
    lag_unit: LagUnit = LagUnit.WORKING


def parse_waits(
    text: str, numbers: Numbers, day_minutes: int = DAY, week_minutes: int = WEEK
) -> tuple[Wait, ...]:
    """What a text says a line waits for, in its order; nothing for an empty text.

    `numbers` knows the line of a number as people see it. Raises `UserError` naming the piece that
    cannot be read, a number that no line has, or a line that is named twice in different ways.
    """
    if len(text) > LONGEST:
        raise _unreadable(text[:20] + "…")
    known = numbers if callable(numbers) else numbers.get
    found: dict[int, Wait] = {}
    for piece in _PIECES.split(text):
        for wait, number in _read(piece, known, day_minutes, week_minutes):
            if found.setdefault(wait.before, wait) != wait:
                raise UserError(N_("Line {number} is named twice."), number=number)
    return tuple(found.values())


def format_waits(
    waits: Iterable[Wait],
    numbers: Mapping[int, str] | Callable[[int], str],
    language: str,
    day_minutes: int = DAY,
) -> str:
    """`12; 14FD+2 j; 15DD-50%` in French, `12; 14FS+2 d; 15SS-50%` in English; reads back."""
    name = numbers if callable(numbers) else numbers.__getitem__
    return "; ".join(name(wait.before) + _ending(wait, language, day_minutes) for wait in waits)


# reading -------------------------------------------------------------------------------------


def _read(
    piece: str, known: Callable[[str], int | None], day: int, week: int
) -> Iterator[tuple[Wait, str]]:
    """Waits with the number of each, as it was typed; numbers may also follow each other."""
    plain = _SPACES.sub(" ", piece).replace("\u2212", "-").strip(" ,")
    at = 0
    while at < len(plain):
        number = _NUMBER.match(plain, at)
        if number is None:
            raise _unreadable(plain[at:])
        kind = _KIND.match(plain, number.end())
        lag = _LAG.match(plain, (kind or number).end())
        after = (lag or kind or number).end()
        following = _NEXT.match(plain, after)
        if following is None or (lag and not _clear(lag, linked=kind is not None)):
            raise _unreadable(plain[at:])
        key = known(number["number"])
        if key is None:
            raise UserError(
                N_("There is no line with the number {number}."), number=number["number"]
            )
        amount, unit = _lag(lag, plain[at:after], day, week) if lag else (0, LagUnit.WORKING)
        found = _KINDS[kind["kind"].lower()] if kind else LinkKind.FS
        yield Wait(key, found, amount, unit), number["number"]
        at = following.end()


def _clear(lag: re.Match[str], *, linked: bool) -> bool:
    """Without a unit, 12-14 may be a range, and 12FS+2,13 two lines."""
    return bool(lag["percent"] or lag["unit"]) or (linked and "," not in lag["amount"])


def _lag(found: re.Match[str], piece: str, day: int, week: int) -> tuple[int, LagUnit]:
    clock = bool(found["clock"])
    if found["percent"]:
        clock = clock or found["percent"].strip("% ") != ""
        amount, unit = _percent(found["amount"], piece), LagUnit.PERCENT
        by_clock = LagUnit.ELAPSED_PERCENT
    else:
        text = found["amount"] + (found["unit"] or "") + (found["clock"] or "")
        try:
            amount, clock = parse_duration(text, day, week)
        except UserError:
            raise _unreadable(piece) from None
        unit, by_clock = LagUnit.WORKING, LagUnit.ELAPSED
    if not amount:
        return 0, LagUnit.WORKING
    return -amount if found["sign"] == "-" else amount, by_clock if clock else unit


def _percent(text: str, piece: str) -> int:
    if not text.isdecimal() or len(text) > 5 or int(text) > MOST_PERCENT:
        raise _unreadable(piece)
    return int(text)


def _unreadable(piece: str) -> UserError:
    return UserError(
        N_(
            "“{piece}” cannot be read. Type the numbers of the lines waited for, each with its link"
            " and lag if it has any: 12; 14FS+2d; 15SS-50%; 17FF+2ed."
        ),
        piece=piece,
    )


# writing -------------------------------------------------------------------------------------


def _ending(wait: Wait, language: str, day: int) -> str:
    """The kind of a link and its lag; nothing for a plain finish to start."""
    if not wait.lag and wait.kind is LinkKind.FS:
        return ""
    letters = _FRENCH[wait.kind] if language == "fr" else wait.kind.upper()
    if not wait.lag:
        return letters
    return f"{letters}{'-' if wait.lag < 0 else '+'}{_amount(wait, language, day)}"


def _amount(wait: Wait, language: str, day: int) -> str:
    size, french = abs(wait.lag), language == "fr"
    if wait.lag_unit in (LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT):
        return f"{size}{'' if wait.lag_unit is LagUnit.PERCENT else 'e'}%"
    clock = wait.lag_unit is LagUnit.ELAPSED
    unit, length = "min", 1
    for name, minutes in (("j" if french else "d", 1440 if clock else day), ("h", 60)):
        if size * 4 % minutes == 0:
            unit, length = name, minutes
            break
    if clock:
        unit = f"{unit}é" if french else f"e{unit}"
    number = f"{size / length:.2f}".rstrip("0").rstrip(".")
    return f"{number.replace('.', ',') if french else number}{NO_BREAK}{unit}"
