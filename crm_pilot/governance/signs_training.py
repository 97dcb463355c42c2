"""What the warning signs know of training: newcomers beside the first users, and new features.

Minutes are those of the sessions somebody was present at, up to the day asked for.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping

from crm_pilot.adoption import rules
from crm_pilot.governance.signs_terms import SMALL, Cohort, Decay, Pace
from crm_pilot.governance.signs_use import Use
from crm_pilot.records import dataclass
from crm_pilot.store.reader import date_from_iso
from crm_pilot.training import coverage

QUARTER = dt.timedelta(days=91)


@dataclass(frozen=True)
class _Trainee:
    """A person with an account; the first one they had counts."""

    person: int
    opened: dt.date | None
    new: bool


def _trainees(use: Use) -> list[_Trainee]:
    """Persons with an open account, whose wave is in service."""
    found: dict[int, _Trainee] = {}
    for account in use.everyone:
        if account.person_id is None or not rules.is_open(
            account.opened, account.closed, use.today
        ):
            continue
        new = use.newcomer(account)
        if new is None:
            continue
        one = _Trainee(account.person_id, account.opened, new)
        known = found.get(one.person)
        if known is None or (one.opened or dt.date.min) < (known.opened or dt.date.min):
            found[one.person] = one
    return list(found.values())


def decay(use: Use, days: int) -> Decay:
    """D5. `days`: how long a newcomer may wait for a formal session."""
    people = _trainees(use)
    minutes, formal = _followed(use)
    news = [one for one in people if one.new]
    due = [one for one in news if one.opened and (use.today - one.opened).days >= days]
    late = [one for one in due if not _in_time(one, formal, days)]
    went_live = min((day for day in use.go_lives.values() if day <= use.today), default=None)
    dates = _deliveries(use)
    return Decay(
        initial=_cohort([one for one in people if not one.new], minutes),
        newcomers=_cohort(news, minutes),
        due=len(due),
        without=len(late),
        held=bool(use.reader.value("SELECT 1 FROM training_session WHERE held_on <= ?", use.today)),
        dated=bool(dates),
        delivered_then=_standing(dates, went_live or use.today),
        delivered_now=_standing(dates, use.today),
    )


def _cohort(some: Iterable[_Trainee], minutes: Mapping[int, int]) -> Cohort:
    every = list(some)
    return Cohort(len(every), sum(minutes.get(one.person, 0) for one in every))


def _followed(use: Use) -> tuple[Mapping[int, int], Mapping[int, dt.date]]:
    """Minutes of training, and the first formal session, by person."""
    minutes: dict[int, int] = defaultdict(int)
    formal: dict[int, dt.date] = {}
    for person, day, length, counts in use.reader.select(
        "SELECT t.person_id, s.held_on, s.minutes, c.formal FROM attendance t"
        " JOIN training_session s ON s.id = t.session_id JOIN course c ON c.id = s.course_id"
        " WHERE t.presence = 'present' AND s.held_on <= ? ORDER BY s.held_on",
        use.today,
    ):
        minutes[person] += length
        if counts:
            formal.setdefault(person, date_from_iso(day))
    return minutes, formal


def _in_time(one: _Trainee, formal: Mapping[int, dt.date], days: int) -> bool:
    first = formal.get(one.person)
    return first is not None and one.opened is not None and (first - one.opened).days <= days


def _deliveries(use: Use) -> list[tuple[dt.date, dt.date | None]]:
    """(delivered, withdrawn) of the features delivered by today."""
    rows = use.reader.select(
        "SELECT delivered_on, withdrawn_on FROM feature WHERE delivered_on <= ?", use.today
    )
    return [(date_from_iso(on), date_from_iso(off) if off else None) for on, off in rows]


def _standing(dates: Iterable[tuple[dt.date, dt.date | None]], day: dt.date) -> int:
    """Features delivered by a day and not withdrawn by then."""
    return sum(on <= day and (off is None or off > day) for on, off in dates)


def pace(use: Use) -> Pace:
    """D12: the last 91 days and the 91 days before them. Coverage is read when it decides."""
    dates = [on for on, _ in _deliveries(use)]
    start = use.today - QUARTER
    before = sum(start - QUARTER < on <= start for on in dates)
    now, earlier = sum(on > start for on in dates), sum(on <= start for on in dates)
    covered = bool(coverage.feature_courses(use.reader))
    rises = covered and earlier > 0 and now > before
    return Pace(before, now, earlier, covered, _shares(use, start) if rises else ())


def _shares(use: Use, start: dt.date) -> tuple[float, ...]:
    """Trained share of the target users of each feature delivered since."""
    recent = _delivered_since(use, start)
    return tuple(
        row.share
        for row in coverage.by_feature(use.reader, use.today)
        if row.id in recent and row.users >= SMALL and row.share is not None
    )


def _delivered_since(use: Use, start: dt.date) -> frozenset[int]:
    rows = use.reader.select(
        "SELECT id FROM feature WHERE delivered_on > ? AND delivered_on <= ?", start, use.today
    )
    return frozenset(key for (key,) in rows)
