"""CRM logins of any source: who was connected on which local day, and nothing more.

A row counts when its login worked and was made by a person at a screen; the rest is counted by
reason. Addresses, browsers and places are never looked at.
"""

from __future__ import annotations

import datetime as dt
from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from crm_pilot.adoption import facts
from crm_pilot.exchange.apply import ImportLogins
from crm_pilot.exchange.columns import Setting
from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.log_scan import DAY, Layout, LogScanner, Scan
from crm_pilot.exchange.login_formats import LoginFormat
from crm_pilot.exchange.moments import DateOrder, Moments, Order
from crm_pilot.exchange.plan import Changes, Problems, Watch
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.store.reader import Reader

Kinds = Counter[tuple[str, str]]


@dataclass
class Logins:
    """User-days of a file and what was left out."""

    rows: int
    users: Sequence[str]
    days: dict[int, array[int]]  # user number -> sorted day ordinals
    kept: int
    skipped_status: Counter[str] = field(default_factory=Counter)
    skipped_type: Counter[str] = field(default_factory=Counter)
    # (user number, day ordinal, object) -> (created, updated)
    actions: dict[tuple[int, int, str], tuple[int, int]] = field(default_factory=dict)

    @property
    def user_days(self) -> int:
        """Number of user-days."""
        return sum(len(days) for days in self.days.values())

    @property
    def span(self) -> tuple[dt.date | None, dt.date | None]:
        """First and last day of anything."""
        ends = [day for days in self.days.values() for day in (days[0], days[-1])]
        ends += [day for _, day, _ in self.actions]
        if not ends:
            return None, None
        return dt.date.fromordinal(min(ends)), dt.date.fromordinal(max(ends))


def canonical(form: LoginFormat) -> Any:
    """How a user id compares: Salesforce ids by their first 15 characters, names without case."""
    if form.short_ids:
        return short_id
    return lambda text: text.strip().casefold()


def short_id(text: str) -> str:
    """First 15 of the 15 or 18 characters of a Salesforce id; other texts without case."""
    text = text.strip()
    if len(text) in (15, 18) and text.isalnum() and text.startswith("005"):
        return text[:15]
    return text.casefold()


def wanted(form: LoginFormat, status: str, kind: str, *, has_status: bool) -> str:
    """`kept`, or why a login does not count: `status` or `type`."""
    if has_status and normal(status) not in form.success:
        return "status"
    return "type" if normal(kind) in form.not_interactive else "kept"


def scan(
    form: LoginFormat,
    path: Path,
    layout: Layout,
    setting: Setting,
    order: DateOrder | None,
    problems: Problems,
    watch: Watch,
) -> Logins:
    """Read a log of any size."""
    has_status = layout.columns[2] >= 0
    moments = Moments(
        order.order if order else Order.DAY_FIRST, setting.zone, setting.today, utc=form.utc
    )
    scanner = LogScanner(
        layout,
        moments,
        keep=lambda status, kind: wanted(form, status, kind, has_status=has_status) == "kept",
        canonical=canonical(form),
        problems=problems,
    )
    return gathered(form, scanner.run(path, watch), has_status=has_status)


def gathered(form: LoginFormat, found: Scan, *, has_status: bool) -> Logins:
    """A scan as logins: days by user, rows left out by reason."""
    days: dict[int, array[int]] = defaultdict(lambda: array("l"))
    for key in sorted(found.user_days):
        days[key // DAY].append(key % DAY)
    logins = Logins(found.rows, found.users, dict(days), 0)
    for (status, kind), count in found.kinds.items():
        verdict = wanted(form, status, kind, has_status=has_status)
        if verdict == "kept":
            logins.kept += count
        elif verdict == "status":
            logins.skipped_status[status] += count
        else:
            logins.skipped_type[kind] += count
    return logins


# beside the project --------------------------------------------------------------------------


@dataclass(frozen=True)
class Account:
    """An account of the project."""

    id: int
    external_id: str
    username: str
    opened_on: dt.date | None


def accounts_by_key(reader: Reader) -> dict[str, Account]:
    """Accounts by every way a log may name them."""
    found: dict[str, Account] = {}
    rows = reader.rows(Account, "SELECT id, external_id, username, opened_on FROM account")
    for account in rows:
        if account.username:
            found.setdefault(account.username.casefold(), account)
    for account in rows:
        found[short_id(account.external_id)] = account
        found[account.external_id.casefold()] = account
    return found


def changes(logins: Logins, source: str, reader: Reader, imported: dt.datetime) -> Changes:
    """Accounts to create, opening dates to move back, and the batch of days."""
    known = accounts_by_key(reader)
    new: list[dict[str, Any]] = []
    opened: list[tuple[int, dt.date]] = []
    days: list[tuple[int, Sequence[int]]] = []
    places: dict[int, int] = {}
    for number in sorted({*logins.days, *(user for user, _, _ in logins.actions)}):
        name = logins.users[number]
        theirs = logins.days.get(number)
        first = dt.date.fromordinal(theirs[0]) if theirs else None
        account = known.get(short_id(name)) or known.get(name.casefold())
        if account is None:
            places[number] = -1 - len(new)
            user = name if "@" in name else ""
            new.append({"external_id": name, "username": user, "opened_on": first})
        else:
            places[number] = account.id
            if first and account.opened_on and first < account.opened_on:
                opened.append((account.id, first))
        if theirs:
            days.append((places[number], theirs))
    fresh = logins.user_days - _known_days(reader, days)
    actions = tuple(
        (places[user], day, name, created, updated)
        for (user, day, name), (created, updated) in sorted(logins.actions.items())
    )
    counts = {
        "rows": logins.rows,
        "kept": logins.kept,
        "skipped": sum(logins.skipped_status.values()) + sum(logins.skipped_type.values()),
        "users": len(places),
        "user_days": logins.user_days,
        "new": fresh,
        "changed": 0,
        "unchanged": logins.user_days - fresh,
        "accounts": len(new),
        "opened": len(opened),
        "actions": len(actions),
    }
    label = nmsg(
        "Import {n} login day from {name}", "Import {n} login days from {name}", fresh, name=source
    )
    if not (fresh or actions or new or opened):
        return Changes(counts, label, None)
    first_day, last_day = logins.span
    note = {"status": dict(logins.skipped_status), "type": dict(logins.skipped_type)}
    days.sort(key=lambda item: item[0] if item[0] >= 0 else (1 << 40) - item[0])
    command = ImportLogins(
        label=label,
        source=source,
        imported=imported,
        rows_read=logins.rows,
        rows_kept=logins.kept,
        note=note,
        new_accounts=tuple(new),
        opened=tuple(opened),
        days=tuple(days),
        actions=actions,
        first_day=first_day,
        last_day=last_day,
    )
    return Changes(counts, label, command)


def _known_days(reader: Reader, days: Sequence[tuple[int, Sequence[int]]]) -> int:
    """How many of the user-days the project has already."""
    spans = [(theirs[0], theirs[-1]) for account, theirs in days if account >= 0]
    if not spans:
        return 0
    first = dt.date.fromordinal(min(begin for begin, _ in spans))
    stored = facts.login_days(reader, first, dt.date.fromordinal(max(end for _, end in spans)))
    start = first.toordinal()
    return sum(
        (stored.of(account) & sum(1 << day - start for day in theirs)).bit_count()
        for account, theirs in days
        if account in stored.bits
    )


def summary(logins: Logins, counts: Mapping[str, int]) -> tuple[Message, ...]:
    """What the plan comes to, in sentences."""
    lines = [
        nmsg(
            "{n} row read, {kept} counted",
            "{n} rows read, {kept} counted",
            logins.rows,
            kept=logins.kept,
        ),
        nmsg(
            "{n} login day of {users}",
            "{n} login days of {users}",
            counts["user_days"],
            users=nmsg("{n} user", "{n} users", counts["users"]),
        ),
        msg(
            "{new} new, {unchanged} known already", new=counts["new"], unchanged=counts["unchanged"]
        ),
    ]
    if counts["accounts"]:
        lines.append(
            nmsg(
                "{n} account is created, open from its first login",
                "{n} accounts are created, open from their first login",
                counts["accounts"],
            )
        )
    if counts["opened"]:
        lines.append(
            nmsg(
                "{n} account logged in before its opening date, which moves back",
                "{n} accounts logged in before their opening dates, which move back",
                counts["opened"],
            )
        )
    if counts["actions"]:
        lines.append(
            nmsg(
                "{n} line of records created and updated",
                "{n} lines of records created and updated",
                counts["actions"],
            )
        )
    lines += [_skipped(msg("status"), logins.skipped_status)] if logins.skipped_status else []
    lines += [_skipped(msg("login type"), logins.skipped_type)] if logins.skipped_type else []
    return tuple(lines)


def _skipped(reason: Message, counts: Counter[str]) -> Message:
    listed = ", ".join(f"{name or '–'} ({count})" for name, count in counts.most_common(6))
    return nmsg(
        "{n} row left out by {reason}: {list}",
        "{n} rows left out by {reason}: {list}",
        sum(counts.values()),
        reason=reason,
        list=listed,
    )
