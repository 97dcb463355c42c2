"""The warnings as plain data: signs of use and training, checks of the order of entry, the rest.

At level `committee` what the lead typed freely stays out: the reason of a snooze and the titles of
tasks may name somebody. The rules themselves never do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from crm_pilot.figures_parts import Level
from crm_pilot.governance.entry import Check, CheckTask, checks
from crm_pilot.governance.explained_warnings import RULES
from crm_pilot.governance.rows import Warning
from crm_pilot.governance.signs import signs
from crm_pilot.governance.snoozing import SnoozeRow
from crm_pilot.governance.thresholds import ThresholdRow, thresholds
from crm_pilot.governance.warnings import warnings
from crm_pilot.i18n import Translator
from crm_pilot.store.reader import Reader
from crm_pilot.why import as_of

KINDS = ("sign", "check", "warning")


def collect(
    reader: Reader, today: dt.date, level: Level | str = Level.COMMITTEE, *, language: str = "en"
) -> dict[str, Any]:
    """Every sign and check, and the warnings of the other rooms that hold, ready for JSON."""
    shown, own = Translator(language), Level(level) is Level.OWN
    known = thresholds(reader)
    rows = [
        *(_check("sign", one, today, shown, own, known) for one in signs(reader, today)),
        *(_check("check", one, today, shown, own, known) for one in checks(reader, today)),
        *(_warning(one, today, shown) for one in _others(reader, today)),
    ]
    return {
        "project": reader.value("SELECT name FROM project") or "",
        "as_of": today.isoformat(),
        "level": str(Level(level)),
        "counts": {verdict: sum(row["verdict"] == verdict for row in rows) for verdict in VERDICTS},
        "warnings": rows,
    }


VERDICTS = ("warn", "unknown", "ok", "snoozed")


def _others(reader: Reader, today: dt.date) -> Iterator[Warning]:
    """Warnings without a sign or check of their own."""
    told = {one.rule for one in (*signs(reader, today), *checks(reader, today))}
    return (one for one in warnings(reader, today) if one.rule not in told)


def _check(
    kind: str,
    one: Check,
    today: dt.date,
    shown: Translator,
    own: bool,
    known: tuple[ThresholdRow, ...],
) -> dict[str, Any]:
    mine = [row for row in known if row.rule == one.rule]
    return {
        "kind": kind,
        "rule": one.rule,
        "subject": one.subject or None,
        "verdict": one.verdict.value,
        "grave": one.grave,
        "title": shown.show(one.title),
        "says": shown.show(one.says),
        "data": shown.show(one.data),
        "period": shown.show(one.period or as_of(today)),
        "source": shown.show(one.source),
        "action": shown.show(one.action),
        "room": one.place.room,
        "thresholds": [_threshold(row, shown) for row in mine],
        "snooze": None if one.snooze is None else _snooze(one.snooze, own),
        "tasks": [_task(task, own) for task in one.tasks],
    }


def _warning(one: Warning, today: dt.date, shown: Translator) -> dict[str, Any]:
    return {
        "kind": "warning",
        "rule": one.rule,
        "subject": None,
        "verdict": "warn",
        "grave": one.weather == "alert",
        "title": shown.show(one.title),
        "says": shown.show(one.says or RULES[one.rule]),
        "data": shown.show(one.data),
        "period": shown.show(one.period or as_of(today)),
        "source": shown.show(one.source),
        "action": shown.show(one.action),
        "room": one.screen,
        "thresholds": [],
        "snooze": None,
        "tasks": [],
    }


def _threshold(row: ThresholdRow, shown: Translator) -> dict[str, Any]:
    return {
        "name": row.name,
        "words": shown.tr(row.words),
        "value": row.value,
        "default": row.default,
        "unit": row.unit.value,
        "changed": row.changed,
    }


def _snooze(row: SnoozeRow, own: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "set_on": row.set_on.isoformat(),
        "until": row.until.isoformat() if row.until else None,
    }
    return {**made, "reason": row.reason} if own else made


def _task(task: CheckTask, own: bool) -> dict[str, Any]:
    made: dict[str, Any] = {
        "id": task.id,
        "finish": task.finish.isoformat() if task.finish else None,
        "percent": task.percent,
    }
    return {**made, "title": task.title} if own else made
