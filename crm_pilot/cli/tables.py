"""Figures as JSON, or as plain lines for people; the keys are the same in both."""

from __future__ import annotations

import datetime as dt
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from crm_pilot import formats
from crm_pilot.i18n import Translator

_ISO = re.compile(r"\d{4}-\d\d-\d\d")


def as_json(found: Mapping[str, Any]) -> str:
    """JSON text; letters outside ASCII are escaped where the terminal could not show them."""
    encoding = (sys.stdout.encoding or "utf-8").lower().replace("-", "")
    return json.dumps(found, ensure_ascii=encoding != "utf8", indent=2)


def as_lines(found: Mapping[str, Any], language: str, indent: str = "") -> Iterator[str]:
    """One line a figure; lists of records as small tables."""
    for key, value in found.items():
        if isinstance(value, Mapping):
            yield f"{indent}{key}"
            yield from as_lines(value, language, indent + "  ")
        elif isinstance(value, list) and value and isinstance(value[0], Mapping):
            yield f"{indent}{key}"
            yield from _table(value, language, indent + "  ")
        else:
            yield f"{indent}{key}  {_shown(value, language)}"


def _table(records: Sequence[Mapping[str, Any]], language: str, indent: str) -> Iterator[str]:
    """Records as aligned columns, without those that are empty in every record."""
    keys = list(dict.fromkeys(key for one in records for key in one))
    cells = [[_shown(one.get(key), language) for key in keys] for one in records]
    kept = [n for n in range(len(keys)) if any(row[n] not in ("", "–") for row in cells)]
    rows = [[keys[n] for n in kept], *([row[n] for n in kept] for row in cells)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(kept))]
    for row in rows:
        line = "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield indent + line.rstrip()


def _shown(value: Any, language: str) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return Translator(language).tr("yes") if value else Translator(language).tr("no")
    if isinstance(value, int):
        return formats.number(value, language)
    if isinstance(value, float):
        return formats.number(value, language, 0 if value == int(value) else 2)
    if isinstance(value, str) and _ISO.fullmatch(value):
        return formats.day(dt.date.fromisoformat(value), language, year=True)
    if isinstance(value, Mapping):  # a record in a cell: the word it goes by
        return str(value.get("title") or value.get("name") or next(iter(value.values()), "–"))
    if isinstance(value, list):
        return ", ".join(_shown(one, language) for one in value) or "–"
    return str(value)
