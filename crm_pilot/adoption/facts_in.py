"""The facts of use on their way in: packed by month and day, a batch after the other.

Part of `facts.py`, by which others call it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from crm_pilot.adoption.terms import ObjectKind
from crm_pilot.adoption.use_days import day_number, day_of, month_of
from crm_pilot.folding import folded

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

FACT_TABLES = ("login_fact", "action_fact", "acted_fact", "owned_fact")
AT_ONCE = 20_000  # rows handed to the database at a time

Login = tuple[int, dt.date]  # account, day
Action = tuple[int, dt.date, str, int, int]  # account, day, object, created, updated

_KINDS = {
    ObjectKind.ACCOUNT: "account accounts compte comptes company companies societe societes",
    ObjectKind.CONTACT: "contact contacts",
    ObjectKind.LEAD: "lead leads piste pistes prospect prospects",
    ObjectKind.ACTIVITY: "activity activities activite activites task tasks tache taches event"
    " events evenement evenements phonecall appointment appointments call calls appel appels"
    " meeting meetings rendez-vous note notes engagement engagements",
    ObjectKind.OPPORTUNITY: "opportunity opportunities opportunite opportunites deal deals affaire"
    " affaires",
    ObjectKind.QUOTE: "quote quotes devis proposal proposals",
    ObjectKind.CASE: "case cases requete requetes incident incidents ticket tickets",
    ObjectKind.DASHBOARD: "dashboard dashboards report reports rapport rapports",
    ObjectKind.MAILBOX: "email emails emailmessage mail mails courriel courriels",
}
KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}


def kind_of(name: str) -> ObjectKind:
    """What an object is by its name, as far as known; the lead may say otherwise."""
    return KIND_OF.get(folded(name).strip(), ObjectKind.OTHER)


def object_ids(work: Work, names: Iterable[str]) -> dict[str, int]:
    """Ids of objects by name; unknown ones are made."""
    known: dict[str, int] = dict(work.select("SELECT name, id FROM crm_object"))
    for name in dict.fromkeys(names):
        if name not in known:
            known[name] = work.add("crm_object", name=name, kind=kind_of(name))
    return known


def write_logins(work: Work, batch: int, rows: Iterable[tuple[int, int, int]]) -> None:
    """Store (account, month, days) of a batch; an account named twice has the days of both."""
    found: dict[tuple[int, int], int] = {}
    for account, month, days in rows:
        found[month, account] = found.get((month, account), 0) | days
    for some in _some((batch, *key, days) for key, days in sorted(found.items())):
        work.insert_facts("login_fact", ("batch_id", "month", "account_id", "days"), some)


def write_actions(work: Work, batch: int, rows: Iterable[tuple[int, int, int, int, int]]) -> None:
    """Store (day number, account, object, created, updated) of a batch; what is named twice is
    added up; days without a record count in no month."""
    ordered = _added_up(sorted(rows))
    columns = ("batch_id", "day", "account_id", "object_id", "created", "updated")
    for some in _some((batch, *row) for row in ordered):
        work.insert_facts("action_fact", columns, some)
    acted: dict[tuple[int, int, int], int] = defaultdict(int)
    months: dict[int, tuple[int, int]] = {}  # day number → month, bit
    for number, account, thing, created, updated in ordered:
        place = months.get(number)
        if place is None:
            day = day_of(number)
            place = months[number] = (month_of(day), 1 << day.day - 1)
        if created or updated:
            acted[place[0], thing, account] |= place[1]
    by_month = ("batch_id", "month", "object_id", "account_id", "days")
    for some in _some((batch, *key, days) for key, days in sorted(acted.items())):
        work.insert_facts("acted_fact", by_month, some)


def _added_up(
    ordered: list[tuple[int, int, int, int, int]],
) -> list[tuple[int, int, int, int, int]]:
    """Sorted rows, those of the same day, account and object as one."""
    if all(a[:3] != b[:3] for a, b in pairwise(ordered)):
        return ordered
    found: dict[tuple[int, int, int], tuple[int, int]] = {}
    for day, account, thing, created, updated in ordered:
        before = found.get((day, account, thing), (0, 0))
        found[day, account, thing] = (before[0] + created, before[1] + updated)
    return [(*key, *counts) for key, counts in found.items()]


def write_owned(work: Work, batch: int, rows: Iterable[tuple[int, int, int, int]]) -> None:
    """Store (month, owner, account, created) of a batch, each month, owner and account once."""
    columns = ("batch_id", "month", "owner_id", "account_id", "created")
    for some in _some((batch, *row) for row in sorted(rows)):
        work.insert_facts("owned_fact", columns, some)


def by_month(logins: Iterable[Login]) -> Iterator[tuple[int, int, int]]:
    """Login days as (account, month, days)."""
    found: dict[tuple[int, int], int] = defaultdict(int)
    for account, day in logins:
        found[account, month_of(day)] |= 1 << day.day - 1
    return ((account, month, days) for (account, month), days in found.items())


def by_day(
    actions: Iterable[Action], ids: Mapping[str, int]
) -> Iterator[tuple[int, int, int, int, int]]:
    """Actions as (day number, account, object, created, updated)."""
    for account, day, name, created, updated in actions:
        yield day_number(day), account, ids[name], created, updated


def write(
    work: Work, batch: int, logins: Collection[Login] = (), actions: Collection[Action] = ()
) -> None:
    """Store login days and actions of a batch, whose objects are made when new."""
    write_logins(work, batch, by_month(logins))
    if actions:
        write_actions(work, batch, by_day(actions, object_ids(work, (row[2] for row in actions))))


def next_batch(work: Work) -> int:
    """An id for a new batch: that of a batch taken away by undo must not come back, since its
    facts may still lie there."""
    highest = ", ".join(
        f"(SELECT coalesce(max(batch_id), 0) FROM {table})" for table in FACT_TABLES
    )
    found = work.select(
        f"SELECT max({highest}, (SELECT coalesce(max(id), 0) FROM import_batch),"
        " coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'import_batch'), 0))"
    )
    return int(found[0][0]) + 1


def _some(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Lists of at most `AT_ONCE`."""
    source = iter(rows)
    while some := list(islice(source, AT_ONCE)):
        yield some
