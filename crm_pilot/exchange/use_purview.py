"""Audit log of Microsoft Purview: what happened stands in a column of JSON.

Of that column three words are taken, by their keys, without reading the rest: it holds addresses,
browsers and values of records.
"""

from __future__ import annotations

import json
import re

from crm_pilot.exchange.use_takers import EventTaker

KEYS = ("Message", "EntityName", "ResultStatus")
_BRIEF = re.compile(r'"(Message|EntityName|ResultStatus)"\s*:\s*"([^"\\]*)"')
WORDS = ("operation", "message", "object", "status")


class PurviewTaker(EventTaker):
    """Rows of user, moment, operation and a cell of JSON."""

    def _kinds(self, words: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
        operations, details = words
        find = _BRIEF.findall
        kinds: list[tuple[str, ...]] = []
        for operation, detail in zip(operations, details, strict=True):
            found = dict(find(detail))
            if len(found) < 3 and "\\" in detail:
                found = _read(detail) or found
            get = found.get
            kinds.append((operation, get("Message", ""), get("EntityName", ""),
                          get("ResultStatus", "")))  # fmt: skip
        return kinds


def _read(detail: str) -> dict[str, str]:
    """The three words out of JSON that is written with escapes; nothing for what is no JSON."""
    try:
        told = json.loads(detail)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(told, dict):
        return {}
    return {key: str(told[key]) for key in KEYS if isinstance(told.get(key), (str, int))}


def brief(detail: str) -> str:
    """What is shown of such a cell: nothing of machines, places and persons."""
    found = dict(_BRIEF.findall(detail))
    return " · ".join(found[key] for key in KEYS if found.get(key))
