"""How long days are kept one by one, and what is left of them afterwards."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from crm_pilot.adoption import facts
from crm_pilot.adoption.scope import UserAccount, accounts
from crm_pilot.adoption.sums import Period, period, sums
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class Due:
    """Months past the retention: `before` is the first day that would still be kept."""

    retention_months: int
    reason: str
    before: dt.date
    months: tuple[int, ...]  # of which days are kept though they are past it
    user_days: int  # login days they hold


@remembered(*facts.TABLES)
def due(reader: Reader, today: dt.date) -> Due:
    """Which months are past the retention of the project on `today`.

    The months before the running one that are kept are as many as the project says (CNIL: logs 6
    to 12 months, DOMAIN.md 6); what is older is due to be folded into totals."""
    card = reader.one("SELECT retention_months, retention_reason FROM project") or (12, "")
    before = facts.first_of(facts.after(facts.month_of(today), -card[0]))
    months = tuple(m for m in _months(reader) if m < facts.month_of(before))
    days = facts.stored_days(reader, months) if months else 0
    return Due(card[0], card[1], before, months, days)


def _months(reader: Reader) -> tuple[int, ...]:
    """Months, oldest first, of which anything is kept by the day."""
    last = dt.date.max
    return tuple(sorted({*facts.login_months(reader, last), *facts.action_months(reader)}))


@dataclass(frozen=True)
class FoldMonths:
    """Keep of the days before `before`, the first of a month, their totals alone.

    The days count no longer at once; they leave the file when it is saved. Undo brings them back
    as long as the project stays open, also after a save."""

    before: dt.date

    @property
    def label(self) -> Message:
        return msg("Keep totals of past months")

    def apply(self, work: Work) -> None:
        """Write the totals and move the first day that is kept."""
        first = self.before.replace(day=1)
        kept = facts.kept_from(work.reader())
        if kept is not None and first <= kept:
            raise UserError(
                N_("Days before {date} are kept as totals already. Nothing was changed."),
                date=kept,
            )
        made = [
            _totals(work.reader(), month)
            for month in _months(work.reader())
            if month < facts.month_of(first)
        ]
        for one in made:
            one.write(work)
        work.set("project", 1, daily_from=first)


@dataclass(frozen=True)
class _Totals:
    """What is left of a month."""

    month: int
    use: list[dict[str, Any]]
    actions: list[dict[str, Any]]

    def write(self, work: Work) -> None:
        """Put it into the file in place of what is there of the month."""
        for table, rows in (("use_total", self.use), ("action_total", self.actions)):
            for (key,) in work.select(f"SELECT id FROM {table} WHERE month = ?", self.month):
                work.remove(table, key)
            work.insert_many(table, rows)


def _totals(reader: Reader, month: int) -> _Totals:
    """The sums of a month by department and profile; half working days are rounded."""
    first, last = facts.first_of(month), facts.last_of(month)
    span = period(reader, month, dt.date.max) or Period(first, last, False, None, None)
    everybody = accounts(reader)
    by = sums(reader, span, everybody, lambda a: (a.department_id, a.profile_id))
    users = _users(reader, span, everybody)
    use, actions = [], []
    for (department, profile), one in by.items():
        place = {"month": month, "department_id": department, "profile_id": profile}
        if one.accounts or one.login_days:
            use.append(
                {
                    **place,
                    "accounts": one.accounts,
                    "active": one.active,
                    "login_days": one.login_days,
                    "working_days": round(one.working_days),
                }
            )
        for thing, (created, updated) in one.counts.items():
            if created or updated:
                acting = users[department, profile, thing]
                counted = {"users": acting, "created": created, "updated": updated}
                actions.append({**place, "object_id": thing, **counted})
    return _Totals(month, use, actions)


def _users(
    reader: Reader, span: Period, everybody: Iterable[UserAccount]
) -> Counter[tuple[int | None, int | None, int]]:
    """How many accounts acted in an object, by department, profile and object."""
    place = {account.id: (account.department_id, account.profile_id) for account in everybody}
    return Counter(
        (*place[account], thing)
        for account, thing, created, updated in facts.records(reader, span.first, span.until)
        if account in place and (created or updated)
    )
