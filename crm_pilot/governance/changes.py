"""What changed since the last committee: the figures at its date beside today's."""

from __future__ import annotations

import datetime as dt

from crm_pilot.adoption import queries as adoption
from crm_pilot.governance.rows import ChangeRow, Text, last_committee
from crm_pilot.governance.weather import share_at
from crm_pilot.i18n import Message, msg
from crm_pilot.planning import queries as planning
from crm_pilot.planning.history import go_live_ids
from crm_pilot.stakeholders import queries as stakeholders
from crm_pilot.stakeholders.terms import UnitKind
from crm_pilot.store.reader import Reader
from crm_pilot.training import queries as training

SMALL = 5  # groups with fewer people are not named (DOMAIN.md 6)


def changes(reader: Reader, today: dt.date) -> tuple[ChangeRow, ...]:
    """Rows that differ between the last committee and `today`; empty before the first one."""
    last = last_committee(reader, today)
    if last is None or last.held_on >= today:
        return ()
    since = last.held_on
    rows = [
        _count(
            "accounts",
            msg("Open accounts"),
            _accounts(reader, since),
            _accounts(reader, today),
            "training",
        ),
        _active_share(reader, since, today),
        _count(
            "trained",
            msg("People trained"),
            training.figures(reader, since).trained,
            training.figures(reader, today).trained,
            "training",
        ),
        *_moved(reader, today),
        _count(
            "tickets",
            msg("Tickets in stock"),
            _open_tickets(reader, since),
            _open_tickets(reader, today),
            "maintenance",
        ),
        *_positions(reader, since, today),
    ]
    return tuple(row for row in rows if row is not None and row.before_value != row.after_value)


def _count(key: str, label: Message, before: int, after: int, screen: str) -> ChangeRow:
    return ChangeRow(key, label, str(before), str(after), before, after, screen)


def _accounts(reader: Reader, day: dt.date) -> int:
    return int(
        reader.value(
            "SELECT count(*) FROM account a LEFT JOIN profile p ON p.id = a.profile_id"
            " WHERE (a.opened_on IS NULL OR a.opened_on <= ?1)"
            " AND (a.closed_on IS NULL OR a.closed_on > ?1) AND coalesce(p.measured, 1)",
            day,
        )
    )


def _open_tickets(reader: Reader, day: dt.date) -> int:
    return int(
        reader.value(
            "SELECT count(*) FROM ticket WHERE date(opened_at) <= ?1"
            " AND NOT (status IN ('resolved', 'closed')"
            " AND coalesce(date(coalesce(resolved_at, closed_at)), '') <= ?1)",
            day,
        )
    )


def _active_share(reader: Reader, since: dt.date, today: dt.date) -> ChangeRow | None:
    use = adoption.figures(reader, today)
    then = share_at(use, since)
    if use.active_share is None or then is None:
        return None
    before, after = round(then, 3), round(use.active_share, 3)
    return ChangeRow(
        "active_share",
        msg("Active share"),
        _percent(before),
        _percent(after),
        before,
        after,
        "training",
    )


def _percent(share: float) -> Text:
    return Message("{n}%", {"n": round(share * 100)})


def _moved(reader: Reader, today: dt.date) -> list[ChangeRow]:
    go_lives = go_live_ids(reader)
    moved = [
        m
        for m in planning.figures(reader, today).milestones
        if m.moved_days and m.previous and not m.done and (m.committee or m.id in go_lives)
    ]
    return [
        ChangeRow(
            "milestone",
            Message("{title}", {"title": m.title}),
            Message("{date}", {"date": m.previous}),
            Message("{date}", {"date": m.forecast}),
            m.previous.isoformat() if m.previous else None,
            m.forecast.isoformat(),
            "planning",
        )
        for m in moved
    ]


def _positions(reader: Reader, since: dt.date, today: dt.date) -> list[ChangeRow]:
    rows = []
    for unit in stakeholders.figures(reader, today, since).crossings:
        if unit.kind != UnitKind.GROUP or unit.headcount < SMALL or unit.synergy is None:
            continue
        before = f"S{unit.previous_synergy} A{unit.previous_antagonism}"
        after = f"S{unit.synergy} A{unit.antagonism}"
        label = msg("Position of {name}", name=unit.name)
        rows.append(ChangeRow("position", label, before, after, before, after, "stakeholders"))
    return rows
