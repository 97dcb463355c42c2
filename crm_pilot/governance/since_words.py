"""The sentence of the page that tells what moved since the last issued report."""

from __future__ import annotations

import datetime as dt

from crm_pilot.governance.rows import enumeration
from crm_pilot.governance.since import Since, since
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.store.reader import Reader

CLAUSES = 3  # of a sentence; the page tells the rest


def headline(reader: Reader, today: dt.date, corrects: int | None = None) -> Message:
    """What moved most: dates, decisions, warnings, then the rest. `corrects`: as in `since`."""
    found = since(reader, today, corrects)
    if found is None:
        return msg("No report of an earlier day was issued yet.")
    number, date = found.issue.number, found.issue.as_of
    if found.nothing:
        return msg("Nothing moved since issue no. {number} of {date}.", number=number, date=date)
    told = enumeration(clauses(found)[:CLAUSES])
    return msg("Since issue no. {number}: {list}.", number=number, list=told)


def clauses(found: Since) -> list[Message]:
    """What moved in a few words each, the gravest first; never empty where something did."""
    made = [*_dates(found), *_decisions(found), *_warnings(found), *_others(found)]
    return made or [
        nmsg(
            "{n} line of the plan came or went",
            "{n} lines of the plan came or went",
            found.lines_added + found.lines_removed,
        )
    ]


def _dates(found: Since) -> list[Message]:
    slipped = found.slipped
    if len(slipped) == 1:
        days = slipped[0].days or 0
        return [
            nmsg(
                "“{title}” slips by {n} day",
                "“{title}” slips by {n} days",
                days,
                title=slipped[0].title,
            )
        ]
    if slipped:
        most = slipped[0].days or 0
        return [
            nmsg(
                "{n} milestone slips, by up to {days} days",
                "{n} milestones slip, by up to {days} days",
                len(slipped),
                days=most,
            )
        ]
    if found.reached:
        return [nmsg("{n} milestone is reached", "{n} milestones are reached", len(found.reached))]
    return []


def _decisions(found: Since) -> list[Message]:
    if found.done:
        return [nmsg("{n} decision is done", "{n} decisions are done", len(found.done))]
    if found.taken:
        return [nmsg("{n} decision is taken", "{n} decisions are taken", len(found.taken))]
    return []


def _warnings(found: Since) -> list[Message]:
    if found.warnings_new:
        new = len(found.warnings_new)
        return [nmsg("{n} warning is new", "{n} warnings are new", new)]
    if found.warnings_gone:
        gone = len(found.warnings_gone)
        return [nmsg("{n} warning is gone", "{n} warnings are gone", gone)]
    return []


def _others(found: Since) -> list[Message]:
    made = []
    if found.added:
        added = len(found.added)
        made.append(nmsg("{n} milestone is added", "{n} milestones are added", added))
    if found.crossed:
        crossed = found.crossed
        made.append(nmsg("{n} unit crossed a frontier", "{n} units crossed a frontier", crossed))
    if found.advanced:
        sooner = len(found.advanced)
        made.append(nmsg("{n} milestone comes sooner", "{n} milestones come sooner", sooner))
    if found.asked:
        asked = len(found.asked)
        made.append(nmsg("{n} decision is new", "{n} decisions are new", asked))
    if found.removed:
        gone = len(found.removed)
        made.append(nmsg("{n} milestone was taken out", "{n} milestones were taken out", gone))
    return made
