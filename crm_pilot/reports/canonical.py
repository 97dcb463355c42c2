"""What a document says as plain data, for the fingerprint and the search of an issued report."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, is_dataclass
from enum import Enum
from typing import Any

from crm_pilot.i18n import Message, Translator
from crm_pilot.reports.content import Content

DECIMALS = 6


def plain_content(content: Content) -> Any:
    """The content of a document as JSON-ready data: texts in its language, values typed by their
    kind, charts by what they show."""
    return _plain(content, Translator(content.language))


def _plain(value: Any, shown: Translator) -> Any:
    if isinstance(value, Message):
        return shown.show(value)
    if is_dataclass(value) and not isinstance(value, type):
        told = {f.name: _plain(getattr(value, f.name), shown) for f in fields(value) if f.compare}
        return {"is": type(value).__name__.lower(), **told}  # no capital, as names have
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dt.date):
        return {"is": "date", "on": value.isoformat()}
    if isinstance(value, float):
        return round(value, DECIMALS) + 0.0
    if isinstance(value, dict):
        return [[_plain(key, shown), _plain(one, shown)] for key, one in value.items()]
    if isinstance(value, (tuple, list)):
        return [_plain(one, shown) for one in value]
    if isinstance(value, (set, frozenset)):
        return sorted((_plain(one, shown) for one in value), key=repr)
    if value is None or isinstance(value, (str, int, bool)):
        return value
    raise TypeError(f"a document cannot say {type(value).__name__}")
