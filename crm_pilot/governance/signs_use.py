"""What the warning signs know of use: one read of the days and records, and inputs made of it.

L28 are the 28 days up to the last day of data: that known of both logins and actions, where both
are imported.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from statistics import median

from crm_pilot.adoption import facts, facts_rare, features, proxy, rules
from crm_pilot.adoption.facts import UseDays
from crm_pilot.adoption.scope import Scope, UserAccount, accounts
from crm_pilot.adoption.terms import ObjectKind
from crm_pilot.adoption.worked import Worked, worked
from crm_pilot.governance import user_lock
from crm_pilot.governance.signs_terms import (
    SMALL,
    Alive,
    FeatureGap,
    FeatureInUse,
    MonthUse,
    Need,
    OwnedRecords,
    Sponsorship,
    UnitUse,
    Village,
)
from crm_pilot.governance.terms import DecisionStatus
from crm_pilot.people.newcomers import is_newcomer
from crm_pilot.people.terms import ProfileKind, RoleKind
from crm_pilot.planning import queries as planning
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, date_from_iso

ONE_DAY = dt.timedelta(days=1)
WORK = (ObjectKind.ACTIVITY, ObjectKind.OPPORTUNITY)


@dataclass(frozen=True)
class Window:
    """Days of data. `last`: the last one of logins and actions; `first`: the first one, not
    looked for further back than asked."""

    first: dt.date
    last: dt.date

    @property
    def days(self) -> int:
        """How many days lie in it."""
        return (self.last - self.first).days + 1


class Use:
    """Everything the signs ask of use on a day, each part read once and only when asked for."""

    def __init__(self, reader: Reader, today: dt.date, weeks: int, months: int) -> None:
        self.reader, self.today = reader, today
        self.logged = facts.last_logins(reader, today)
        self.until = max(self.logged.values(), default=None)  # last day of logins
        self.acted = facts.last_action(reader, today)
        known = [day for day in (self.until, self.acted) if day is not None]
        self.last = min(known, default=None)
        self._weeks, self.months = weeks, months
        self._spans: dict[tuple[dt.date, dt.date], tuple[UseDays, Worked]] = {}

    # days ----------------------------------------------------------------------------------

    @cached_property
    def window(self) -> Window | None:
        """From the first day of data to the last; None without any."""
        if self.last is None:
            return None
        first = facts_rare.first_login(self.reader) if self.until is not None else self._first_acted
        return None if first is None else Window(min(first, self.last), self.last)

    @property
    def _first_acted(self) -> dt.date | None:
        """The first day of records, not looked for further back than the weeks asked for."""
        assert self.last is not None
        start = self.last - dt.timedelta(days=7 * self._weeks - 1)
        everything = 0
        for bits in facts.acted_days(self.reader, start, self.last).bits.values():
            everything |= bits
        if not everything:
            return None
        return start + dt.timedelta(days=(everything & -everything).bit_length() - 1)

    @cached_property
    def l28(self) -> tuple[dt.date, dt.date]:
        """First and last day of L28."""
        assert self.last is not None
        return self.last - dt.timedelta(days=rules.WINDOW_DAYS - 1), self.last

    def span(self, first: dt.date, last: dt.date) -> tuple[UseDays, Worked]:
        """Login days and working days of a stretch; a job's reader remembers nothing itself."""
        known = self._spans.get((first, last))
        if known is None:
            days = facts.login_days(self.reader, first, last)
            known = self._spans[first, last] = (days, worked(self.reader, first, last))
        return known

    # accounts ------------------------------------------------------------------------------

    @cached_property
    def everyone(self) -> tuple[UserAccount, ...]:
        """Measured accounts, closed ones too."""
        return accounts(self.reader)

    @cached_property
    def opened(self) -> tuple[UserAccount, ...]:
        """Accounts open on the last day of data."""
        day = self.last or self.today
        return tuple(a for a in self.everyone if rules.is_open(a.opened, a.closed, day))

    @cached_property
    def steady(self) -> tuple[UserAccount, ...]:
        """Open accounts that were open all through L28."""
        first = self.l28[0]
        return tuple(a for a in self.opened if a.opened is None or a.opened <= first)

    @cached_property
    def go_lives(self) -> Mapping[int, dt.date]:
        """Go-live of the waves that have one, by wave."""
        return {w.id: w.go_live for w in planning.waves(self.reader) if w.go_live is not None}

    def newcomer(self, account: UserAccount) -> bool | None:
        """Whether an account came after the go-live of its wave; None: the wave is to come, or
        not known."""
        live = None if account.wave_id is None else self.go_lives.get(account.wave_id)
        if live is None or live > self.today:
            return None
        return is_newcomer(account.opened, live)

    # records -------------------------------------------------------------------------------

    @cached_property
    def records(self) -> tuple[tuple[int, int, int], ...]:
        """(account, object, records created and updated) of open accounts in L28."""
        known = {a.id for a in self.opened}
        return tuple(
            (account, thing, created + updated)
            for account, thing, created, updated in facts.records(self.reader, *self.l28)
            if account in known and created + updated
        )


# one input each --------------------------------------------------------------------------------


def alive(use: Use) -> Alive:
    """D1."""
    kinds: dict[int, ObjectKind] = dict(use.reader.select("SELECT id, kind FROM crm_object"))
    contacts = {thing for thing, kind in kinds.items() if kind == ObjectKind.CONTACT}
    working = {thing for thing, kind in kinds.items() if kind in WORK}
    imported = use.acted is not None
    return Alive(
        accounts=len(use.opened),
        actions=sum(count for _, _, count in use.records) if imported else None,
        contacts=sum(count for _, thing, count in use.records if thing in contacts),
        active=len({account for account, _, _ in use.records}),
        acting=len({a for a, thing, _ in use.records if thing in working}) if working else None,
        quiet=_quiet(use),
    )


def _quiet(use: Use) -> float | None:
    """Median days since the last login; an account without one is quiet since its opening, or
    since the first day of data."""
    if use.until is None or use.window is None:
        return None
    until, start = use.until, use.window.first
    days = [
        (until - use.logged.get(a.id, max(a.opened or start, start))).days
        for a in use.everyone
        if rules.is_open(a.opened, a.closed, until)
    ]
    return float(median(days)) if days else None


def major_features(use: Use) -> list[FeatureInUse]:
    """D2: target users, veterans and newcomers together; a feature without an object in which its
    use shows is in no cohort."""
    assert use.acted is not None
    known = {one.feature_id: one for one in features.cohorts(use.reader, use.today)}
    found = []
    for key, name, day in use.reader.select(
        "SELECT id, name, delivered_on FROM feature WHERE major AND delivered_on <= ?1"
        " AND (withdrawn_on IS NULL OR withdrawn_on > ?1) ORDER BY position, id",
        use.today,
    ):
        one, days = known.get(key), (use.acted - date_from_iso(day)).days
        targets = one.veterans + one.newcomers if one else SMALL
        users = one.veteran_users + one.newcomer_users if one else None
        found.append(FeatureInUse(key, name, days, targets, users))
    return found


def gaps(use: Use) -> list[FeatureGap]:
    """D7: among the accounts that were open all through L28, of waves in service."""
    chosen = frozenset(a.id for a in use.steady if use.newcomer(a) is not None)
    return [
        FeatureGap(
            *(one.feature_id, one.name, one.veterans, one.veteran_users),
            *(one.newcomers, one.newcomer_users),
        )
        for one in features.cohorts(use.reader, use.today, Scope(accounts=chosen))
    ]


# regularity ------------------------------------------------------------------------------------


def regularity(
    use: Use, some: Iterable[UserAccount], first: dt.date, last: dt.date
) -> float | None:
    """Login days ÷ working days (less absences) of some accounts while they were open."""
    days, working = use.span(first, last)
    logins, due = 0, 0.0
    for account in some:
        logins += days.of(account.id).bit_count()
        due += working.total(account.id)
    return rules.regularity(logins, due)


def village(use: Use) -> Village:
    """D3. A department is a unit; accounts without one count among the licences only."""
    card = use.reader.one("SELECT legacy_fed, rival_bought FROM project") or (0, 0)
    open_ones: dict[int, list[UserAccount]] = defaultdict(list)
    for account in use.opened:
        if account.department_id is not None:
            open_ones[account.department_id].append(account)
    steady = {a.id for a in use.steady}
    units = [
        UnitUse(
            some[0].department,
            some[0].pilot,
            len(some),
            regularity(use, [a for a in some if a.id in steady], *use.l28),
        )
        for some in open_ones.values()
    ]
    return Village(tuple(units), len(use.opened), bool(card[0]), bool(card[1]))


def months(use: Use) -> list[int]:
    """The last whole months of login data, as many as D6 asks for, the oldest first."""
    if use.until is None or use.window is None:
        return []
    return list(_months(use.window.first, use.until))[-use.months - 1 :]


def whole_months(use: Use) -> list[MonthUse]:
    """D6: the regularity of those months."""
    found = []
    for month in months(use):
        first, last = facts.first_of(month), facts.last_of(month)
        found.append(MonthUse(month, regularity(use, use.everyone, first, last)))
    return found


def _months(first: dt.date, last: dt.date) -> Iterator[int]:
    """Months that lie in a stretch, weekends at their ends left out."""
    month = facts.month_of(first)
    if _weekdays(facts.first_of(month), first - ONE_DAY):
        month = facts.after(month)
    while not _weekdays(last + ONE_DAY, facts.last_of(month)):
        yield month
        month = facts.after(month)


def _weekdays(first: dt.date, last: dt.date) -> bool:
    """Whether a stretch has a day from Monday to Friday."""
    days = (last - first).days + 1
    return any((first + n * ONE_DAY).weekday() < 5 for n in range(min(days, 7)))


# people ----------------------------------------------------------------------------------------


def sponsorship(use: Use) -> Sponsorship:
    """D8. The sponsor's days are those of one person: they are read only when the sponsor agreed
    and figures of single users are open."""
    card = use.reader.one("SELECT sponsor_agreed, starts_on FROM project") or (0, None)
    agreed = bool(card[0]) and user_lock.lock(use.reader, use.today).open
    began = date_from_iso(card[1]) if card[1] else None
    days = _decision_days(use.reader)
    last = max((day for day in days if day <= use.today), default=None)
    since = last or began
    return Sponsorship(
        agreed,
        *(_sponsor_days(use) if agreed else (None, None)),
        last_decision=last,
        registered=bool(days),
        days=None if since is None or since > use.today else (use.today - since).days,
    )


def _decision_days(reader: Reader) -> list[dt.date]:
    """When steering decisions were taken: as written down, else on the day of the committee they
    were asked of, else on their own date."""
    rows = reader.select(
        "SELECT coalesce(d.decided_on, c.held_on, d.due_on) FROM decision d LEFT JOIN committee c"
        " ON c.id = d.committee_id"
        " WHERE d.status <> ? AND coalesce(c.kind, 'steering') = 'steering'",
        DecisionStatus.PROPOSED,
    )
    return [date_from_iso(day) for (day,) in rows]


def _sponsor_days(use: Use) -> tuple[int | None, float | None]:
    """Login days of the sponsor in L28 and the median of the department, over the accounts open
    all through it."""
    if use.until is None or use.last is None:
        return None, None
    person = use.reader.value(
        "SELECT person_id FROM role WHERE kind = ? AND person_id IS NOT NULL ORDER BY position, id",
        RoleKind.SPONSOR,
    )
    own = [a for a in use.steady if person is not None and a.person_id == person]
    if not own or own[0].department_id is None:
        return None, None
    others = [a for a in use.steady if a.department_id == own[0].department_id]
    days, _ = use.span(*use.l28)
    counts = {a.id: days.of(a.id).bit_count() for a in others}
    middle = float(median(counts.values())) if len(others) >= SMALL else None
    return max(counts[a.id] for a in own), middle


def owned(use: Use) -> tuple[list[OwnedRecords], Need | None]:
    """D9: records of the last whole month by salesperson, and what is missing, if anything is.

    A salesperson's records are those they created and those others created in their name."""
    assistants = _assistants(use.reader)
    if not assistants:
        return [], Need.ASSISTANTS
    month = proxy.last_full_month(use.reader, use.today)
    named = {} if month is None else facts_rare.owned(use.reader, month)
    if month is None or not named:
        return [], Need.OWNERS
    sellers = {a.id: a for a in use.everyone if a.profile_kind not in proxy.NOT_SELLING}
    created: dict[int, int] = defaultdict(int)
    typed: dict[int, int] = defaultdict(int)
    first, last = facts.first_of(month), facts.last_of(month)
    for account, _, count, _ in facts.records(use.reader, first, last):
        created[account] += count
    for (owner, account), count in named.items():
        if account != owner:  # their own are among the records of the month
            created[owner] += count
            typed[owner] += count if account in assistants else 0
    rows = [OwnedRecords(a.department_id, created[key], typed[key]) for key, a in sellers.items()]
    return rows, None


def _assistants(reader: Reader) -> frozenset[int]:
    rows = reader.select(
        "SELECT a.id FROM account a JOIN profile f ON f.id = a.profile_id WHERE f.kind = ?",
        ProfileKind.ASSISTANT,
    )
    return frozenset(key for (key,) in rows)
