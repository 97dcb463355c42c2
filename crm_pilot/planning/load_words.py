"""The load in words: which weeks are too full, and what would relieve the first of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from itertools import islice
from typing import TYPE_CHECKING

from crm_pilot import formats

if TYPE_CHECKING:
    from crm_pilot.i18n import Translator
    from crm_pilot.planning.load import Load, Week
    from crm_pilot.planning.relief import Relief

TOLD = 2  # overloaded weeks that are told one by one


def overloads(load: Load, persons: Collection[int] | None, shown: Translator) -> str:
    """`W48: N. Faure 9 for 5. W49: 25 for 20.`; the first two weeks and how many follow.
    Of a plan whose tasks have no owners, how many these are."""
    if load.unowned and not load.people:
        return shown.ntr(
            "{n} task has no owner: give it one to see who has too much.",
            "{n} tasks have no owner: give them one to see who has too much.",
            len({part.task for part in load.unowned}),
        )
    weeks = list(islice(load.overloaded(persons), TOLD + 99))
    if not weeks:
        return shown.tr("No week to come is overloaded.")
    told = " ".join(_week(load, week, shown) for week in weeks[:TOLD])
    more = len(weeks) - TOLD
    if more > 0:
        told += " " + shown.ntr("And {n} week more.", "And {n} weeks more.", more)
    return told


def _week(load: Load, week: Week, shown: Translator) -> str:
    language = shown.language
    name = formats.week(week.monday, language)
    if len(week.over) > 1:
        return shown.tr(
            "{week}: {n} people, {over}.",
            week=name,
            n=len(week.over),
            over=formats.person_days(week.overload, language, sign=True),
        )
    person = week.over[0][0]
    work = formats.amount(load.load(person, week.monday), language)
    free = formats.amount(load.available(person, week.monday), language)
    return shown.tr(
        "{week}: {person} {work} for {available}.",
        week=name,
        person=load.by_id[person].name,
        work=work,
        available=free,
    )


def move(found: Relief, shown: Translator) -> str:
    """`Move “Rights and sectors” by 4 d (10 d of slack): frees 4 p-d`."""
    language = shown.language
    return shown.tr(
        "Move “{task}” by {days} ({slack} of slack): frees {freed}",
        task=found.title,
        days=formats.days(found.days, language),
        slack=formats.days(found.slack_days, language),
        freed=formats.person_days(found.freed, language),
    )


def week_tip(
    load: Load, persons: Collection[int] | None, week: Week, shown: Translator, most: int = 5
) -> str:
    """What makes a week, line by line, for a tooltip."""
    language = shown.language
    last = week.monday + dt.timedelta(days=6)
    lines = [
        shown.tr(
            "{week}, {first} – {last}: {work} to do, {available} available",
            week=formats.week(week.monday, language),
            first=formats.day(week.monday, language),
            last=formats.day(last, language),
            work=formats.person_days(week.work, language),
            available=formats.person_days(week.available, language),
        )
    ]
    for person, over in week.over[:most]:
        lines.append(f"{load.by_id[person].name} {formats.person_days(over, language, sign=True)}")
    pieces = load.pieces(week.monday, persons)
    for piece in pieces[:most]:
        lines.append(f"{piece.title}: {formats.person_days(piece.work, language)}")
    if len(pieces) > most:
        rest = len(pieces) - most
        lines.append(shown.ntr("and {n} task more", "and {n} tasks more", rest))
    return "\n".join(lines)
