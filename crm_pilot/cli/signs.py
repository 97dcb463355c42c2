"""`crm-pilot warnings`: every warning sign and check, for people or for machines."""

from __future__ import annotations

import datetime as dt
import textwrap
from argparse import Namespace
from collections.abc import Iterator, Mapping
from typing import Any

from crm_pilot import figures_signs, formats, i18n
from crm_pilot.cli.speech import say
from crm_pilot.cli.tables import as_json
from crm_pilot.i18n import N_, Translator
from crm_pilot.project import Project

WORDS = {  # of a verdict
    "warn": N_("Watch"),
    "unknown": N_("Unknown"),
    "ok": N_("In order"),
    "snoozed": N_("Snoozed"),
}
LINES = {  # of a row, in the order they are read
    "data": N_("Data"),
    "says": N_("Rule"),
    "period": N_("Period"),
    "source": N_("Source"),
    "action": N_("Suggested action"),
}
WIDTH = 96


def run(asked: Namespace) -> int:
    """Print them as of the status date, or of the day asked for."""
    language = asked.lang or i18n.current().language
    with Project.open(asked.file, read_only=True) as project:
        today = asked.date or project.today()
        found = figures_signs.collect(project.reader, today, asked.level, language=language)
    say(as_json(found) if asked.json else "\n".join(lines(found, Translator(language))))
    return 0


def lines(found: Mapping[str, Any], shown: Translator) -> Iterator[str]:
    """The same for people: a paragraph each; those in order in a line."""
    for row in found["warnings"]:
        if row["verdict"] == "ok":
            yield f"{_head(row, shown)}: {row['data']}"
            continue
        yield _head(row, shown)
        for key, label in LINES.items():
            yield from _wrapped(f"{shown.tr(label)}: {row[key]}", shown)
        yield from _more(row, shown)
        yield ""


def _head(row: Mapping[str, Any], shown: Translator) -> str:
    code = f"{row['rule']} " if row["kind"] == "sign" else ""
    return f"[{shown.tr(WORDS[row['verdict']])}] {code}{row['title']}"


def _more(row: Mapping[str, Any], shown: Translator) -> Iterator[str]:
    if row["snooze"] is not None:
        until = row["snooze"]["until"]
        yield from _wrapped(_until(until, shown), shown)
    if row["tasks"]:
        count = shown.ntr("{n} action planned", "{n} actions planned", len(row["tasks"]))
        yield from _wrapped(count, shown)


def _until(day: str | None, shown: Translator) -> str:
    if day is None:
        return shown.tr("Snoozed for good")
    last = formats.day(dt.date.fromisoformat(day), shown.language, year=True)
    return shown.tr("Snoozed until {day}", day=last)


def _wrapped(text: str, shown: Translator) -> Iterator[str]:
    text = i18n.typeset(text, shown.language)
    yield from textwrap.wrap(text, WIDTH, initial_indent="    ", subsequent_indent="      ")
