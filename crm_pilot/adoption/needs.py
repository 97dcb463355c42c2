"""Who needs help: by department and reason, with what would help. Never a person."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping

from crm_pilot.adoption import facts, rules
from crm_pilot.adoption.active import active_day
from crm_pilot.adoption.curves import TABLES
from crm_pilot.adoption.scope import EVERYONE, Scope, UserAccount, within
from crm_pilot.adoption.terms import NeedReason
from crm_pilot.adoption.worked import worked
from crm_pilot.folding import folded
from crm_pilot.i18n import Message, msg
from crm_pilot.people.queries import persons
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

SMALL = 5  # departments with fewer accounts are told together (DOMAIN.md 6)

SUGGESTIONS = {
    NeedReason.NEVER: msg(
        "Check with the department that the accounts open and that somebody showed the first"
        " steps; offer a welcome session."
    ),
    NeedReason.IDLE: msg(
        "Ask the department what keeps people away: a question, a function not mastered, or"
        " something found complicated; note it as a support case."
    ),
    NeedReason.NO_ACTION: msg(
        "Show on the department's own cases what to enter and what it brings back; check that its"
        " mandatory passages are in the CRM."
    ),
    NeedReason.BELOW: msg(
        "Look with the department where the CRM fits into its week; plan half an hour on daily"
        " gestures with a champion."
    ),
}


@dataclass(frozen=True)
class Need:
    """Accounts of a department that need the same help. `department_id` None: small departments
    (and accounts of none) together, whose name is empty."""

    department_id: int | None
    department: str
    reason: NeedReason
    accounts: int
    of: int  # open accounts of the department
    suggestion: Message


@remembered("task", *TABLES)
def needs(reader: Reader, today: dt.date, scope: Scope = EVERYONE) -> tuple[Need, ...]:
    """What departments need, the most accounts first.

    Open accounts on the last day known of logins; an account has one reason, the first that holds
    in the order of `NeedReason`. Departments with fewer than five accounts are told together, with
    the smallest of the others as long as they are fewer than five; fewer than five in all are not
    told."""
    until = facts.last_login(reader, today)
    if until is None:
        return ()
    opened = [a for a in within(reader, scope) if rules.is_open(a.opened, a.closed, until)]
    names = _pooled(opened)
    reasons = _Reasons(reader, today, until)
    found: Counter[tuple[int | None, NeedReason]] = Counter()
    of: Counter[int | None] = Counter()
    for account in opened:
        place = account.department_id if account.department_id in names else None
        of[place] += 1
        reason = reasons.of(account)
        if reason is not None:
            found[place, reason] += 1
    if of[None] < SMALL:
        of.pop(None, None)  # a few accounts in all, or of no department beside others
    order = list(NeedReason)
    rows = [
        Need(place, names.get(place or 0, ""), reason, count, of[place], SUGGESTIONS[reason])
        for (place, reason), count in found.items()
        if place in of
    ]
    return tuple(sorted(rows, key=lambda n: (-n.accounts, order.index(n.reason), n.department)))


def who(
    reader: Reader, today: dt.date, scope: Scope = EVERYONE
) -> Mapping[NeedReason, tuple[str, ...]]:
    """Names of the persons behind the needs, by reason and in the order of the alphabet.

    For the lead alone, and only while figures of single users are open: whoever calls this asks
    `governance.user_lock` first.
    """
    until = facts.last_login(reader, today)
    if until is None:
        return {}
    reasons = _Reasons(reader, today, until)
    names = {person.id: person.name for person in persons(reader)}
    found: dict[NeedReason, set[str]] = {}
    for account in within(reader, scope):
        if account.person_id in names and rules.is_open(account.opened, account.closed, until):
            reason = reasons.of(account)
            if reason is not None:
                found.setdefault(reason, set()).add(names[account.person_id])
    return {
        reason: tuple(sorted(found[reason], key=folded)) for reason in NeedReason if reason in found
    }


def _pooled(opened: Iterable[UserAccount]) -> dict[int, str]:
    """Departments that are told by name."""
    counts: Counter[int | None] = Counter()
    names: dict[int, str] = {}
    for account in opened:
        counts[account.department_id] += 1
        if account.department_id is not None:
            names[account.department_id] = account.department
    small = counts.pop(None, 0)
    for key, count in sorted(counts.items(), key=lambda one: one[1]):
        if key is not None and (count < SMALL or 0 < small < SMALL):
            small += count
            del names[key]
    return names


class _Reasons:
    """Why an account would need help, from what it did in the 28 days up to the last day known."""

    def __init__(self, reader: Reader, today: dt.date, until: dt.date) -> None:
        self._until, self._kept = until, facts.kept_from(reader)
        self._first = until - dt.timedelta(days=rules.WINDOW_DAYS - 1)
        self._last = facts.last_logins(reader, until)
        self._logins = facts.login_days(reader, self._first, until)
        self._worked = worked(reader, self._first, until)
        self._lookers = _without_action(reader, today)

    def of(self, account: UserAccount) -> NeedReason | None:
        """The first reason that holds. An account opened less than a week ago has none."""
        until = self._until
        if account.opened is not None and (until - account.opened).days < rules.NEW_DAYS:
            return None
        idle = rules.idle_days(self._last.get(account.id), account.opened, self._kept, until)
        if idle is None:
            return NeedReason.NEVER
        if idle >= rules.IDLE_DAYS[1]:
            return NeedReason.IDLE
        if account.id in self._lookers:
            return NeedReason.NO_ACTION
        return NeedReason.BELOW if self._below(account) else None

    def _below(self, account: UserAccount) -> bool:
        """Fewer days a week than the fewest expected; at least a week of working days is asked."""
        working = self._worked.total(account.id)
        if working < rules.WEEK:
            return False
        days = self._logins.of(account.id).bit_count()
        return rules.is_below(rules.days_per_week(days, working), account.low)


def _without_action(reader: Reader, today: dt.date) -> frozenset[int]:
    """Accounts that logged in within the 28 days known of both logins and actions, and neither
    created nor updated anything; none where no action was ever imported."""
    day = active_day(reader, today)
    if day is None or facts.last_action(reader, today) is None:
        return frozenset()
    since = day - dt.timedelta(days=rules.WINDOW_DAYS - 1)
    logged = frozenset(facts.login_days(reader, since, day).bits)
    return logged - facts.acted_accounts(reader, since, day)
