"""What changed between two versions of a project, in the words of the trade.

`store/differences.py` counts rows; here they become short sentences, the ones that matter first:
go-lives and milestones that moved, then what was imported, then counts room by room.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.store.differences import Comparison, Row, TableChange

MILESTONES = 3  # named; the others are counted among the tasks
SHORT = 4  # sentences of a summary in one line
WORDS: dict[
    str, tuple[Message, Message, Message]
] = {  # added, changed, removed; tables in this order
    "task": (
        nmsg("{n} task added", "{n} tasks added", 0),
        nmsg("{n} task changed", "{n} tasks changed", 0),
        nmsg("{n} task removed", "{n} tasks removed", 0),
    ),
    "link": (
        nmsg("{n} link between tasks added", "{n} links between tasks added", 0),
        nmsg("{n} link between tasks changed", "{n} links between tasks changed", 0),
        nmsg("{n} link between tasks removed", "{n} links between tasks removed", 0),
    ),
    "baseline": (
        nmsg("{n} reference plan added", "{n} reference plans added", 0),
        nmsg("{n} reference plan changed", "{n} reference plans changed", 0),
        nmsg("{n} reference plan removed", "{n} reference plans removed", 0),
    ),
    "baseline_task": (
        nmsg("{n} reference date added", "{n} reference dates added", 0),
        nmsg("{n} reference date changed", "{n} reference dates changed", 0),
        nmsg("{n} reference date removed", "{n} reference dates removed", 0),
    ),
    "forecast": (
        nmsg("{n} milestone forecast added", "{n} milestone forecasts added", 0),
        nmsg("{n} milestone forecast changed", "{n} milestone forecasts changed", 0),
        nmsg("{n} milestone forecast removed", "{n} milestone forecasts removed", 0),
    ),
    "wave": (
        nmsg("{n} wave added", "{n} waves added", 0),
        nmsg("{n} wave changed", "{n} waves changed", 0),
        nmsg("{n} wave removed", "{n} waves removed", 0),
    ),
    "assignment": (
        nmsg("{n} assignment added", "{n} assignments added", 0),
        nmsg("{n} assignment changed", "{n} assignments changed", 0),
        nmsg("{n} assignment removed", "{n} assignments removed", 0),
    ),
    "calendar": (
        nmsg("{n} calendar added", "{n} calendars added", 0),
        nmsg("{n} calendar changed", "{n} calendars changed", 0),
        nmsg("{n} calendar removed", "{n} calendars removed", 0),
    ),
    "calendar_exception": (
        nmsg("{n} exception of a calendar added", "{n} exceptions of calendars added", 0),
        nmsg("{n} exception of a calendar changed", "{n} exceptions of calendars changed", 0),
        nmsg("{n} exception of a calendar removed", "{n} exceptions of calendars removed", 0),
    ),
    "absence": (
        nmsg("{n} absence added", "{n} absences added", 0),
        nmsg("{n} absence changed", "{n} absences changed", 0),
        nmsg("{n} absence removed", "{n} absences removed", 0),
    ),
    "plan_part": (
        nmsg("{n} kept part of a plan file added", "{n} kept parts of plan files added", 0),
        nmsg("{n} kept part of a plan file changed", "{n} kept parts of plan files changed", 0),
        nmsg("{n} kept part of a plan file removed", "{n} kept parts of plan files removed", 0),
    ),
    "stakeholder": (
        nmsg("{n} stakeholder added", "{n} stakeholders added", 0),
        nmsg("{n} stakeholder changed", "{n} stakeholders changed", 0),
        nmsg("{n} stakeholder removed", "{n} stakeholders removed", 0),
    ),
    "rating": (
        nmsg("{n} rating added", "{n} ratings added", 0),
        nmsg("{n} rating changed", "{n} ratings changed", 0),
        nmsg("{n} rating removed", "{n} ratings removed", 0),
    ),
    "zone_cell": (
        nmsg("{n} cell of the map added", "{n} cells of the map added", 0),
        nmsg("{n} cell of the map changed", "{n} cells of the map changed", 0),
        nmsg("{n} cell of the map removed", "{n} cells of the map removed", 0),
    ),
    "stakeholder_tie": (
        nmsg("{n} tie between units added", "{n} ties between units added", 0),
        nmsg("{n} tie between units changed", "{n} ties between units changed", 0),
        nmsg("{n} tie between units removed", "{n} ties between units removed", 0),
    ),
    "zone_advice": (
        nmsg("{n} advice on a zone added", "{n} advices on zones added", 0),
        nmsg("{n} advice on a zone changed", "{n} advices on zones changed", 0),
        nmsg("{n} advice on a zone removed", "{n} advices on zones removed", 0),
    ),
    "lateral_project": (
        nmsg("{n} lateral project added", "{n} lateral projects added", 0),
        nmsg("{n} lateral project changed", "{n} lateral projects changed", 0),
        nmsg("{n} lateral project removed", "{n} lateral projects removed", 0),
    ),
    "influence": (
        nmsg("{n} influence action added", "{n} influence actions added", 0),
        nmsg("{n} influence action changed", "{n} influence actions changed", 0),
        nmsg("{n} influence action removed", "{n} influence actions removed", 0),
    ),
    "position_count": (
        nmsg("{n} anonymous count added", "{n} anonymous counts added", 0),
        nmsg("{n} anonymous count changed", "{n} anonymous counts changed", 0),
        nmsg("{n} anonymous count removed", "{n} anonymous counts removed", 0),
    ),
    "snooze": (
        nmsg("{n} warning put aside", "{n} warnings put aside", 0),
        nmsg("{n} put-aside warning changed", "{n} put-aside warnings changed", 0),
        nmsg("{n} put-aside warning taken up again", "{n} put-aside warnings taken up again", 0),
    ),
    "course": (
        nmsg("{n} course added", "{n} courses added", 0),
        nmsg("{n} course changed", "{n} courses changed", 0),
        nmsg("{n} course removed", "{n} courses removed", 0),
    ),
    "training_session": (
        nmsg("{n} training session added", "{n} training sessions added", 0),
        nmsg("{n} training session changed", "{n} training sessions changed", 0),
        nmsg("{n} training session removed", "{n} training sessions removed", 0),
    ),
    "attendance": (
        nmsg("{n} attendance added", "{n} attendances added", 0),
        nmsg("{n} attendance changed", "{n} attendances changed", 0),
        nmsg("{n} attendance removed", "{n} attendances removed", 0),
    ),
    "department": (
        nmsg("{n} department added", "{n} departments added", 0),
        nmsg("{n} department changed", "{n} departments changed", 0),
        nmsg("{n} department removed", "{n} departments removed", 0),
    ),
    "profile": (
        nmsg("{n} profile added", "{n} profiles added", 0),
        nmsg("{n} profile changed", "{n} profiles changed", 0),
        nmsg("{n} profile removed", "{n} profiles removed", 0),
    ),
    "person": (
        nmsg("{n} person added", "{n} persons added", 0),
        nmsg("{n} person changed", "{n} persons changed", 0),
        nmsg("{n} person removed", "{n} persons removed", 0),
    ),
    "account": (
        nmsg("{n} account added", "{n} accounts added", 0),
        nmsg("{n} account changed", "{n} accounts changed", 0),
        nmsg("{n} account removed", "{n} accounts removed", 0),
    ),
    "role": (
        nmsg("{n} role added", "{n} roles added", 0),
        nmsg("{n} role changed", "{n} roles changed", 0),
        nmsg("{n} role removed", "{n} roles removed", 0),
    ),
    "feature": (
        nmsg("{n} feature added", "{n} features added", 0),
        nmsg("{n} feature changed", "{n} features changed", 0),
        nmsg("{n} feature removed", "{n} features removed", 0),
    ),
    "crm_object": (
        nmsg("{n} object of the CRM added", "{n} objects of the CRM added", 0),
        nmsg("{n} object of the CRM changed", "{n} objects of the CRM changed", 0),
        nmsg("{n} object of the CRM removed", "{n} objects of the CRM removed", 0),
    ),
    "feature_object": (
        nmsg("{n} object of a feature added", "{n} objects of features added", 0),
        nmsg("{n} object of a feature changed", "{n} objects of features changed", 0),
        nmsg("{n} object of a feature removed", "{n} objects of features removed", 0),
    ),
    "feature_profile": (
        nmsg("{n} profile of a feature added", "{n} profiles of features added", 0),
        nmsg("{n} profile of a feature changed", "{n} profiles of features changed", 0),
        nmsg("{n} profile of a feature removed", "{n} profiles of features removed", 0),
    ),
    "passage": (
        nmsg("{n} mandatory passage added", "{n} mandatory passages added", 0),
        nmsg("{n} mandatory passage changed", "{n} mandatory passages changed", 0),
        nmsg("{n} mandatory passage removed", "{n} mandatory passages removed", 0),
    ),
    "completeness": (
        nmsg("{n} measure of completeness added", "{n} measures of completeness added", 0),
        nmsg("{n} measure of completeness changed", "{n} measures of completeness changed", 0),
        nmsg("{n} measure of completeness removed", "{n} measures of completeness removed", 0),
    ),
    "support": (
        nmsg("{n} support case added", "{n} support cases added", 0),
        nmsg("{n} support case changed", "{n} support cases changed", 0),
        nmsg("{n} support case removed", "{n} support cases removed", 0),
    ),
    "login_rule": (
        nmsg("{n} rule about logins added", "{n} rules about logins added", 0),
        nmsg("{n} rule about logins changed", "{n} rules about logins changed", 0),
        nmsg("{n} rule about logins removed", "{n} rules about logins removed", 0),
    ),
    "use_total": (
        nmsg("{n} monthly total of use added", "{n} monthly totals of use added", 0),
        nmsg("{n} monthly total of use changed", "{n} monthly totals of use changed", 0),
        nmsg("{n} monthly total of use removed", "{n} monthly totals of use removed", 0),
    ),
    "action_total": (
        nmsg("{n} monthly total of records added", "{n} monthly totals of records added", 0),
        nmsg("{n} monthly total of records changed", "{n} monthly totals of records changed", 0),
        nmsg("{n} monthly total of records removed", "{n} monthly totals of records removed", 0),
    ),
    "threshold": (
        nmsg("{n} threshold added", "{n} thresholds added", 0),
        nmsg("{n} threshold changed", "{n} thresholds changed", 0),
        nmsg("{n} threshold removed", "{n} thresholds removed", 0),
    ),
    "sign_action": (
        nmsg("{n} answer to a warning added", "{n} answers to warnings added", 0),
        nmsg("{n} answer to a warning changed", "{n} answers to warnings changed", 0),
        nmsg("{n} answer to a warning removed", "{n} answers to warnings removed", 0),
    ),
    "course_feature": (
        nmsg("{n} feature of a course added", "{n} features of courses added", 0),
        nmsg("{n} feature of a course changed", "{n} features of courses changed", 0),
        nmsg("{n} feature of a course removed", "{n} features of courses removed", 0),
    ),
    "course_profile": (
        nmsg("{n} profile of a course added", "{n} profiles of courses added", 0),
        nmsg("{n} profile of a course changed", "{n} profiles of courses changed", 0),
        nmsg("{n} profile of a course removed", "{n} profiles of courses removed", 0),
    ),
    "session_half": (
        nmsg("{n} half-day added", "{n} half-days added", 0),
        nmsg("{n} half-day changed", "{n} half-days changed", 0),
        nmsg("{n} half-day removed", "{n} half-days removed", 0),
    ),
    "half_presence": (
        nmsg("{n} presence on a half-day added", "{n} presences on half-days added", 0),
        nmsg("{n} presence on a half-day changed", "{n} presences on half-days changed", 0),
        nmsg("{n} presence on a half-day removed", "{n} presences on half-days removed", 0),
    ),
    "waiting": (
        nmsg("{n} place on a waiting list added", "{n} places on waiting lists added", 0),
        nmsg("{n} place on a waiting list changed", "{n} places on waiting lists changed", 0),
        nmsg("{n} place on a waiting list removed", "{n} places on waiting lists removed", 0),
    ),
    "evaluation": (
        nmsg("{n} evaluation added", "{n} evaluations added", 0),
        nmsg("{n} evaluation changed", "{n} evaluations changed", 0),
        nmsg("{n} evaluation removed", "{n} evaluations removed", 0),
    ),
    "quiz_result": (
        nmsg("{n} quiz result added", "{n} quiz results added", 0),
        nmsg("{n} quiz result changed", "{n} quiz results changed", 0),
        nmsg("{n} quiz result removed", "{n} quiz results removed", 0),
    ),
    "objective": (
        nmsg("{n} objective added", "{n} objectives added", 0),
        nmsg("{n} objective changed", "{n} objectives changed", 0),
        nmsg("{n} objective removed", "{n} objectives removed", 0),
    ),
    "objective_measure": (
        nmsg("{n} measure of an objective added", "{n} measures of objectives added", 0),
        nmsg("{n} measure of an objective changed", "{n} measures of objectives changed", 0),
        nmsg("{n} measure of an objective removed", "{n} measures of objectives removed", 0),
    ),
    "ticket": (
        nmsg("{n} ticket added", "{n} tickets added", 0),
        nmsg("{n} ticket changed", "{n} tickets changed", 0),
        nmsg("{n} ticket removed", "{n} tickets removed", 0),
    ),
    "ticket_event": (
        nmsg("{n} step of a ticket added", "{n} steps of tickets added", 0),
        nmsg("{n} step of a ticket changed", "{n} steps of tickets changed", 0),
        nmsg("{n} step of a ticket removed", "{n} steps of tickets removed", 0),
    ),
    "priority_cell": (
        nmsg("{n} priority rule added", "{n} priority rules added", 0),
        nmsg("{n} priority rule changed", "{n} priority rules changed", 0),
        nmsg("{n} priority rule removed", "{n} priority rules removed", 0),
    ),
    "committee": (
        nmsg("{n} committee added", "{n} committees added", 0),
        nmsg("{n} committee changed", "{n} committees changed", 0),
        nmsg("{n} committee removed", "{n} committees removed", 0),
    ),
    "weather_record": (
        nmsg("{n} weather added", "{n} weathers added", 0),
        nmsg("{n} weather changed", "{n} weathers changed", 0),
        nmsg("{n} weather removed", "{n} weathers removed", 0),
    ),
    "decision": (
        nmsg("{n} decision added", "{n} decisions added", 0),
        nmsg("{n} decision changed", "{n} decisions changed", 0),
        nmsg("{n} decision removed", "{n} decisions removed", 0),
    ),
    "risk": (
        nmsg("{n} risk added", "{n} risks added", 0),
        nmsg("{n} risk changed", "{n} risks changed", 0),
        nmsg("{n} risk removed", "{n} risks removed", 0),
    ),
    "highlight": (
        nmsg("{n} highlight added", "{n} highlights added", 0),
        nmsg("{n} highlight changed", "{n} highlights changed", 0),
        nmsg("{n} highlight removed", "{n} highlights removed", 0),
    ),
    "budget_line": (
        nmsg("{n} budget line added", "{n} budget lines added", 0),
        nmsg("{n} budget line changed", "{n} budget lines changed", 0),
        nmsg("{n} budget line removed", "{n} budget lines removed", 0),
    ),
    "headline": (
        nmsg("{n} sentence of a screen added", "{n} sentences of screens added", 0),
        nmsg("{n} sentence of a screen changed", "{n} sentences of screens changed", 0),
        nmsg("{n} sentence of a screen removed", "{n} sentences of screens removed", 0),
    ),
    "import_batch": (
        nmsg("{n} import added", "{n} imports added", 0),
        nmsg("{n} import changed", "{n} imports changed", 0),
        nmsg("{n} import removed", "{n} imports removed", 0),
    ),
    "login_fact": (
        nmsg("{n} login day added", "{n} login days added", 0),
        nmsg("{n} login day changed", "{n} login days changed", 0),
        nmsg("{n} login day removed", "{n} login days removed", 0),
    ),
    "action_fact": (
        nmsg("{n} record of use added", "{n} records of use added", 0),
        nmsg("{n} record of use changed", "{n} records of use changed", 0),
        nmsg("{n} record of use removed", "{n} records of use removed", 0),
    ),
}
IMPORTED = {  # by table, when a batch of one of these kinds was added
    "ticket": (("tickets",), nmsg("{n} ticket imported", "{n} tickets imported", 0)),
    "login_fact": (
        ("logins", "actions"),
        nmsg("{n} login day imported", "{n} login days imported", 0),
    ),
    "action_fact": (
        ("logins", "actions"),
        nmsg("{n} record of use imported", "{n} records of use imported", 0),
    ),
    "person": (("people",), nmsg("{n} person imported", "{n} persons imported", 0)),
}
FOLLOWERS = {  # said only when what they belong to is not
    "baseline_task": ("baseline",),
    "ticket_event": ("ticket",),
    "half_presence": ("attendance",),
}


def sentences(found: Comparison) -> list[Message]:
    """Every difference as a short sentence; empty when there is none."""
    told = [*_card(found), *_moves(found), *_counts(found)]
    if found.formats is not None:
        old, new = found.formats
        told.append(msg("file format {old} → {new}", old=old, new=new))
    return told


def summary(told: Sequence[Message], show: Any, limit: int = SHORT) -> str:
    """Sentences in one line, each through `show` (of `crm_pilot.i18n` or a translator)."""
    shown = [show(one) for one in told[:limit]]
    if len(told) > limit:
        shown.append(show(nmsg("and {n} more", "and {n} more", len(told) - limit)))
    return ", ".join(shown) if shown else str(show(msg("no change")))


def _card(found: Comparison) -> Iterator[Message]:
    """Changes of the project's card."""
    for row in found.tables.get("project", TableChange()).rows:
        before, after = row.before, row.after
        if before is None or after is None:
            continue
        if before["name"] != after["name"]:
            yield msg("renamed “{old}” → “{new}”", old=before["name"], new=after["name"])
        if before.get("status_date") != after.get("status_date"):
            yield _dated(msg("status date: {old} → {new}"), row, "status_date")
        others = {*before, *after} - {"name", "status_date"}
        if any(before.get(name) != after.get(name) for name in others):
            yield msg("project card changed")


def _moves(found: Comparison) -> Iterator[Message]:
    """Go-lives, then other milestones, that have another day."""
    told = 0
    for row in found.moved:
        after = row.after or {}
        if after["wave"] is not None:
            yield _dated(msg("go-live {name}: {old} → {new}", name=after["wave"]), row, "finish")
        elif told < MILESTONES:
            told += 1
            yield _dated(
                msg("milestone “{name}”: {old} → {new}", name=after["title"]), row, "finish"
            )


def _dated(template: Message, row: Row, column: str) -> Message:
    params = {"old": _day((row.before or {})[column]), "new": _day((row.after or {})[column])}
    return replace(template, params={**template.params, **params})


def _day(stored: str | None) -> object:
    """A stored day for a sentence."""
    if not stored:
        return msg("no date")
    try:
        return dt.date.fromisoformat(stored)
    except ValueError:  # written by another tool
        return stored


def _counts(found: Comparison) -> Iterator[Message]:
    """How many rows of each table; what came with an import is named as such."""
    imports = found.tables.get("import_batch", TableChange())
    kinds = [str(row.after["kind"]) for row in imports.rows if row.before is None and row.after]
    imported = [
        table
        for table, (of, _) in IMPORTED.items()
        if set(of) & set(kinds) and found.tables.get(table, TableChange()).added
    ]
    for table in imported:
        yield _counted(IMPORTED[table][1], found.tables[table].added)
    told = {kind for table in imported for kind in IMPORTED[table][0]}
    for table, words in WORDS.items():
        change = found.tables.get(table, TableChange())
        if any(leader in found.tables for leader in FOLLOWERS.get(table, ())):
            continue
        added = 0 if table in imported else change.added
        if table == "import_batch":
            added = sum(kind not in told for kind in kinds)
        counts = (added, change.changed, change.removed)
        yield from (_counted(word, n) for word, n in zip(words, counts, strict=True) if n)
    unknown = [c for t, c in found.tables.items() if t not in WORDS and t != "project"]
    if others := sum(c.added + c.changed + c.removed for c in unknown):
        yield nmsg("{n} other change", "{n} other changes", others)


def _counted(words: Message, n: int) -> Message:
    return replace(words, params={"n": n})
