"""The facts of use on their way in: packed by month and day, a batch after the other.

Part of `facts.py`, by which others call it.
"""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

from crm_pilot.adoption.terms import ObjectKind
from crm_pilot.adoption.use_days import day_number, day_of, first_of, month_of
from crm_pilot.folding import folded

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

FACT_TABLES = ("login_fact", "action_fact", "acted_fact", "owned_fact")
AT_ONCE = 20_000  # rows handed to the database at a time
UPDATED = 1 << 20  # in the count of an action: records created are counted in 1, updated in this
_ACCOUNT, _OBJECT = 26, 16  # bits
_UNPACKED = (  # a key of `action_key` and its count, taken apart by SQLite
    f"{{0}} >> {_ACCOUNT + _OBJECT}, {{0}} >> {_OBJECT} & {(1 << _ACCOUNT) - 1},"
    f" {{0}} & {(1 << _OBJECT) - 1}, {{1}} & {UPDATED - 1}, {{1}} / {UPDATED}"
)

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
    """Store (day number, account, object, created, updated) of a batch, in any order; what is
    named twice is added up; days without a record count in no month."""
    months: dict[int, dict[int, int]] = defaultdict(dict)
    places: dict[int, dict[int, int]] = {}  # by day
    for day, account, thing, created, updated in rows:
        found = places.get(day)
        if found is None:
            found = places[day] = months[month_of(day_of(day))]
        key = action_key(day, account, thing)
        found[key] = found.get(key, 0) + created + updated * UPDATED
    for month, found in sorted(months.items()):
        write_counted(work, batch, month, list(found), list(found.values()))


def action_key(day: int, account: int, thing: int) -> int:
    """Day number, account and object as one number, in the order of the table of actions."""
    return (day << _ACCOUNT | account) << _OBJECT | thing


def write_counted(
    work: Work, batch: int, month: int, keys: Sequence[int], counts: Sequence[int]
) -> None:
    """Store the actions of one month of a batch: keys of `action_key`, of each the records
    created plus `UPDATED` times those updated. A key that comes twice is added up."""
    found = dict(zip(keys, counts, strict=True))
    if len(found) < len(keys):
        found = dict.fromkeys(keys, 0)
        for key, count in zip(keys, counts, strict=True):
            found[key] += count
    ordered = sorted(found)
    columns = ("batch_id", "day", "account_id", "object_id", "created", "updated")
    for some in _some(zip(ordered, map(found.__getitem__, ordered), strict=True)):
        work.insert_facts("action_fact", columns, some, f"{batch}, {_UNPACKED}")
    _write_acted(work, batch, month, list(filter(found.__getitem__, ordered)))


def _write_acted(work: Work, batch: int, month: int, keys: Sequence[int]) -> None:
    """Store on which days of a month somebody did something in an object; keys are in order."""
    acted: dict[int, int] = defaultdict(int)
    start, size = 0, _ACCOUNT + _OBJECT
    first, below = day_number(first_of(month)), ((1 << size) - 1).__and__
    while start < len(keys):  # day by day
        day = keys[start] >> size
        end = bisect_left(keys, day + 1 << size, start)
        bit = 1 << day - first
        for who in map(below, keys[start:end]):
            acted[who] |= bit
        start = end
    things = (1 << _OBJECT) - 1
    rows = [(batch, month, who & things, who >> _OBJECT, days) for who, days in acted.items()]
    columns = ("batch_id", "month", "object_id", "account_id", "days")
    for some in _some(sorted(rows)):
        work.insert_facts("acted_fact", columns, some)


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
