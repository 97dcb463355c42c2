"""Values after the options, as people type them, with a sentence for those that cannot be read."""

from __future__ import annotations

import argparse
import datetime as dt

from crm_pilot.errors import UserError
from crm_pilot.i18n import show, tr


def day(text: str) -> dt.date:
    """A day as people type it: 2026-11-23, 23/11, “23 nov”, yesterday."""
    from crm_pilot.typed import parse_day  # not needed by a window that opens

    try:
        found = parse_day(text, dt.date.today())
    except UserError as error:
        raise argparse.ArgumentTypeError(show(error.message)) from None
    if found is None:
        raise argparse.ArgumentTypeError(tr("a date is missing; write it as 2026-11-23"))
    return found


def country(text: str) -> str:
    """Two letters of a country whose public holidays are known."""
    from crm_pilot.people.calendar import known_country  # not needed by a window that opens

    if len(text) == 2 and text.isascii() and text.isalpha():
        return known_country(text)
    raise argparse.ArgumentTypeError(
        tr("“{value}” is not a country code; write two letters such as FR", value=text)
    )


def departments(text: str) -> tuple[tuple[str, int, int], ...]:
    """Name, users and wave of each department."""
    found = []
    for part in filter(None, map(str.strip, text.split(","))):
        name, _, numbers = part.partition("=")
        users, _, wave = numbers.partition(":")
        if not (name.strip() and users.strip().isdigit() and (wave or "1").strip().isdigit()):
            raise argparse.ArgumentTypeError(
                tr(
                    "“{value}” is not a department with its users; write it as {example}",
                    value=part,
                    example="Ventes=40",
                )
            )
        found.append((name.strip(), int(users), int(wave or 1)))
    return tuple(found)


def size(text: str) -> tuple[int, int]:
    """Width and height, in logical pixels."""
    width, _, height = text.lower().partition("x")
    if width.isdigit() and height.isdigit() and 200 <= int(width) <= 8000 and int(height) >= 200:
        return int(width), min(int(height), 8000)
    raise argparse.ArgumentTypeError(
        tr("“{value}” is not a size; write it as 1366x768", value=text)
    )


def scale(text: str) -> float:
    """Pixels per logical pixel."""
    try:
        scale = float(text)
    except ValueError:
        scale = 0.0
    if 0.5 <= scale <= 4:
        return scale
    raise argparse.ArgumentTypeError(tr("“{value}” is not a scale between 0.5 and 4", value=text))
