"""The hours of a day as people write them: `8:00-12:00, 13:00-17:00`, `8h-12h 13h30-17h30`."""

from __future__ import annotations

import re
from itertools import pairwise

from crm_pilot.errors import UserError
from crm_pilot.folding import folded
from crm_pilot.i18n import N_
from crm_pilot.planning.engine.worktime import DAY, Shifts, tidy

_TIME = r"(\d{1,2})(?:(?:[:.]|h(?=\d))(\d{2})|h)?"
_SHIFT = re.compile(rf"{_TIME} ?(?:-|–|—|→|a|to|au) ?{_TIME}")
_BETWEEN = re.compile(r"[ ,;/+&]*(?:et |and )?[ ,;/+&]*")
_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_NOTHING = frozenset(
    {"", "-", "–", "—", "0", "ferme", "fermee", "closed", "off", "conge", "not worked", "rien"}
    | {"none", "non travaille", "non"}
)


def parse_shifts(text: str) -> Shifts:
    """When work is done on a day; nothing for an empty text, `closed` or `fermé`.

    Raises `UserError` naming what cannot be read, a shift that ends before it begins, and two that
    overlap.
    """
    plain = _SPACES.sub(" ", folded(text)).strip()
    if plain in _NOTHING:
        return ()
    found: list[tuple[int, int]] = []
    at = 0
    while at < len(plain):
        shift = _SHIFT.match(plain, at)
        if shift is None:
            raise _unreadable(text)
        begin, end = _minute(shift[1], shift[2], text), _minute(shift[3], shift[4], text)
        if end <= begin:
            raise UserError(
                N_("“{text}”: a shift ends after it begins, at 24:00 at the latest."), text=text
            )
        found.append((begin, end))
        between = _BETWEEN.match(plain, shift.end())
        at = between.end() if between is not None else len(plain)
        if at == shift.end() < len(plain):
            raise _unreadable(text)
    found.sort()
    if any(one[1] > other[0] for one, other in pairwise(found)):
        raise UserError(N_("“{text}”: two shifts overlap."), text=text)
    return tidy(found)


def shifts_text(shifts: Shifts) -> str:
    """`8:00–12:00, 13:00–17:00`; empty when nobody works. Reads back as the same."""
    return ", ".join(f"{_clock(begin)}–{_clock(end)}" for begin, end in shifts)


def minutes_of(shifts: Shifts) -> int:
    """Working minutes of a day."""
    return sum(end - begin for begin, end in shifts)


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02d}"


def _minute(hour: str, minute: str | None, text: str) -> int:
    found = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > 59 or found > DAY:
        raise _unreadable(text)
    return found


def _unreadable(text: str) -> UserError:
    return UserError(
        N_(
            "“{text}” cannot be read as hours. Type for example 8:00-12:00, 13:00-17:00; nothing"
            " for a day off."
        ),
        text=text,
    )
