"""`crm-pilot figures FILE adoption|training`: which month, by what, and the table for people."""

from __future__ import annotations

import argparse
import datetime as dt
from argparse import Namespace
from collections.abc import Mapping
from typing import Any

from crm_pilot import formats
from crm_pilot.cli.speech import Parser
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Translator, tr
from crm_pilot.why import dated

BY = ("department", "profile", "wave", "user")
ROOMS = ("adoption", "training")
Record = Mapping[str, Any]


def arguments(parser: Parser) -> None:
    """What may be asked of the rooms that count users."""
    parser.add_argument(
        "--month",
        metavar=tr("MONTH"),
        type=month,
        help=tr("of adoption: the month, such as 2026-10 (the last one known unless said)"),
    )
    parser.add_argument(
        "--by",
        choices=BY,
        help=tr("of adoption and training: whose rows (department unless said)"),
    )


def month(text: str) -> int:
    """`2026-10` as 202610."""
    year, _, number = text.partition("-")
    if year.isdigit() and number.isdigit() and len(year) == 4 and 1 <= int(number) <= 12:
        return int(year) * 100 + int(number)
    raise argparse.ArgumentTypeError(
        tr("“{value}” is not a month; write it as 2026-10", value=text)
    )


def check(asked: Namespace, today: dt.date) -> None:
    """Refuse what the room asked about does not know."""
    if asked.month and asked.room != ROOMS[0]:
        raise UserError(N_("--month is for the use of the CRM: write “adoption” after the file."))
    if asked.by and asked.room not in ROOMS:
        raise UserError(N_("--by is for adoption and training: write one of them after the file."))
    if asked.month and asked.month > today.year * 100 + today.month:
        raise UserError(
            N_("--month ({month}) comes after the day of the figures ({date})."),
            month=f"{asked.month // 100}-{asked.month % 100:02}",
            date=dated(today),
        )


def is_table(asked: Namespace) -> bool:
    """Whether one table is asked for, to be read by people."""
    return not asked.json and bool(asked.month or asked.by)


def table(found: Record, room: str, language: str) -> list[str]:
    """The rows of a month, or of coverage, as lines."""
    shown = Translator(language)
    part = found[room]["month" if room == ROOMS[0] else "coverage"]
    columns = _MONTH if room == ROOMS[0] else _COVERAGE
    records = [*part["rows"], part["total"] | {"name": shown.tr("Total")}]
    heads = [shown.tr(_NAMES[part["by"]]), *(shown.tr(head) for head, _, _ in columns)]
    rows = [heads]
    for one in records:
        cells = (_cell(one, key, kind, language) for _, key, kind in columns)
        rows.append([_name(one, part["by"], shown), *cells])
    title = shown.tr(_TITLES[room])
    if room == ROOMS[0]:
        title = f"{title} – {part['month']}"
    return [title, *_lines(rows)]


_NAMES = {
    "department": N_("Department"),
    "profile": N_("Profile"),
    "wave": N_("Wave"),
    "user": N_("User"),
}
_NONE = {
    "department": N_("No department"),
    "profile": N_("No profile"),
    "wave": N_("No wave"),
}
_TITLES = {ROOMS[0]: N_("Use of the CRM"), ROOMS[1]: N_("Coverage")}
_MONTH = (  # heading, key, kind
    (N_("Accounts"), "accounts", "count"),
    (N_("Active"), "active_share", "share"),
    (N_("Login days"), "login_days", "count"),
    (N_("Regularity"), "regularity", "share"),
    (N_("Days a week"), "days_per_week", "number"),
    (N_("Expected"), "expected_low", "expected"),
    (N_("Created"), "created", "count"),
    (N_("Changed"), "updated", "count"),
    (N_("Month on month"), "change", "change"),
)
_COVERAGE = (
    (N_("Users"), "users", "count"),
    (N_("Trained"), "trained", "count"),
    (N_("Coverage"), "share", "share"),
)


def _name(one: Record, by: str, shown: Translator) -> str:
    if one.get("pooled"):
        return shown.tr("Small groups together ({n})", n=one["pooled"])
    return one.get("name") or shown.tr(_NONE.get(by, "–"))


def _cell(one: Record, key: str, kind: str, language: str) -> str:
    value = one.get(key)
    if kind == "change":
        kind, value = "signed", (value or {}).get("value")
        if (one.get(key) or {}).get("kind") == "new":
            return Translator(language).tr("new")
    if value is None:
        return "–"
    if kind == "share":
        return formats.percent(value, language)
    if kind == "signed":
        sign = "+" if value > 0 else "−" if value < 0 else ""
        return sign + formats.percent(abs(value), language)
    if kind == "expected":
        high = one.get("expected_high")
        ends = [formats.number(end, language, 1) for end in (value, high) if end is not None]
        return "–".join(dict.fromkeys(ends))
    below = "▼ " if key == "days_per_week" and one.get("below") else ""
    return below + formats.number(value, language, 1 if kind == "number" else 0)


def _lines(rows: list[list[str]]) -> list[str]:
    """Aligned columns: names to the left, figures to the right."""
    widths = [max(len(row[n]) for row in rows) for n in range(len(rows[0]))]
    return [
        "  "
        + "  ".join(
            cell.ljust(width) if not n else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]
