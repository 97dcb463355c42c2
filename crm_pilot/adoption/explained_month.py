"""Why the figures of months, days and weeks are what they are."""

from __future__ import annotations

import datetime as dt

from crm_pilot.adoption import checkpoints, facts, grid, months, needs, retention, rules, trends
from crm_pilot.adoption.explained import ARTICLE, NOT_YET, RATE
from crm_pilot.i18n import msg, nmsg
from crm_pilot.people.explained import left_out
from crm_pilot.store.reader import Reader
from crm_pilot.why import OWN, Part, Why, as_of, from_to

REGULARITY = msg("Login days ÷ working days of the calendar of each person, less their absences.")
DAY_60 = msg("A vendor's article: habits slip 60 days after go-live; the goals are our own")
RETENTION = msg("CNIL recommendation on logs: 6 to 12 months (secondary sources)")
SUNDAY = dt.timedelta(days=6)


def month_parts(reader: Reader, today: dt.date) -> dict[str, Part]:
    """What answers for the last month known, its days, the weeks, and what follows from them."""

    def last_month() -> int:
        known = months.months_known(reader, today)
        return known[-1] if known else facts.month_of(today)

    return {
        **dict.fromkeys(("month", "regularity"), lambda: _month(reader, last_month(), today)),
        "month_grid": lambda: {"month_grid": _grid(reader, last_month(), today)},
        "multiples": lambda: {"multiples": _multiples(reader, today)},
        "movers": lambda: {"movers": _movers(reader, today)},
        "checkpoints": lambda: {"checkpoints": _checkpoints(reader, today)},
        "needs": lambda: {"needs": _needs(reader, today)},
        "retention": lambda: {"retention": _retention(reader, today)},
    }


def _month(reader: Reader, month: int, today: dt.date) -> dict[str, Why]:
    found = months.month_figures(reader, month, today)
    period = None if found.until is None else from_to(facts.first_of(month), found.until)
    total = found.total
    data = NOT_YET
    if found.until is not None:
        data = msg(
            "{days} login days, {accounts} open accounts, {departments} departments; {out}",
            days=total.login_days,
            accounts=total.accounts,
            departments=len(found.departments),
            out=left_out(reader),
        )
    return {
        "month": Why(
            name=msg("Figures of the month"),
            rule=msg(
                "{regularity} Days a week: the same × 5. Active: connected, and created or changed"
                " a record, within {window} days. Change: the month against the one before,"
                " brought to equal working days; “new” where there was nothing.",
                regularity=REGULARITY,
                window=rules.WINDOW_DAYS,
            ),
            thresholds=msg("▼ below the lower of the days expected"),
            data=data,
            source=ARTICLE,
            period=period,
        ),
        "regularity": Why(
            name=msg("Regularity"),
            rule=msg(
                "{regularity} A day with several logins counts once; a login on a day off counts.",
                regularity=REGULARITY,
            ),
            data=data,
            source=msg(
                "Login days: “CRM adoption: a key success factor”, a consultant's article"
                " (practitioner rule of thumb); the ratio is this program's own"
            ),
            period=period,
        ),
    }


def _grid(reader: Reader, month: int, today: dt.date) -> Why:
    found = grid.month_grid(reader, month, today)
    period = None if found.until is None else from_to(facts.first_of(month), found.until)
    off = sum(day.kind in (grid.DayKind.WEEKEND, grid.DayKind.HOLIDAY) for day in found.days)
    return Why(
        name=msg("The month by days"),
        rule=msg(
            "Accounts connected that day ÷ accounts open and not away that day; the stronger the"
            " colour, the more. Never by the hour, and by department unless the works council"
            " was informed."
        ),
        data=msg(
            "{rows} rows over {days} days, of which {off} days off; {out}",
            rows=len(found.rows),
            days=len(found.days),
            off=off,
            out=left_out(reader),
        )
        if found.until is not None
        else NOT_YET,
        source=ARTICLE,
        period=period,
    )


def _multiples(reader: Reader, today: dt.date) -> Why:
    curves = trends.multiples(reader, today)
    weeks = [day for day, _ in curves[0].points] if curves else []
    return Why(
        name=msg("Login days a week by department"),
        rule=msg(
            "Login days ÷ working days × 5 of the accounts open all week, on one scale for all"
            " departments; the band is the mean of the days expected of their profiles."
        ),
        thresholds=msg("▼ below the lower of the days expected"),
        data=msg(
            "{n} departments with figures, {later} that go live later; {pooled}",
            n=sum(curve.last is not None for curve in curves),
            later=sum(curve.opens_on is not None for curve in curves),
            pooled=msg("departments under five accounts are shown to the lead alone"),
        ),
        source=ARTICLE,
        period=from_to(weeks[0], weeks[-1] + SUNDAY) if weeks else None,
    )


def _movers(reader: Reader, today: dt.date) -> Why:
    moved = trends.movers(reader, today)
    period = None
    if moved.first_week is not None and moved.last_week is not None:
        period = from_to(moved.first_week, moved.last_week + SUNDAY)
    return Why(
        name=msg("Departments that moved"),
        rule=msg(
            "Days a week in the last full week less those {weeks} weeks before; changes under"
            " {still} hundredths of a day are not shown. Departments, never persons.",
            weeks=trends.MOVED_WEEKS,
            still=round(trends.STILL * 100),
        ),
        data=msg("{up} departments up, {down} down", up=len(moved.up), down=len(moved.down)),
        source=OWN,
        period=period,
    )


def _checkpoints(reader: Reader, today: dt.date) -> Why:
    found = checkpoints.checkpoints(reader, today)
    points = [point for wave in found for point in wave.points]
    return Why(
        name=msg("Checkpoints 30 and 60 days after go-live"),
        rule=msg(
            "The active share of a wave's accounts on the 30th and 60th day after its go-live,"
            " beside the goal."
        ),
        thresholds=msg("The goals are set among the thresholds"),
        data=msg(
            "{waves} waves with a go-live date, {due} checkpoints with a figure, {met} met",
            waves=len(found),
            due=sum(point.share is not None for point in points),
            met=sum(point.met is True for point in points),
        ),
        source=DAY_60,
        period=as_of(today),
    )


def _needs(reader: Reader, today: dt.date) -> Why:
    return Why(
        name=msg("Who needs help"),
        rule=msg(
            "Open accounts by the first reason that holds: never logged in; not for {days} days;"
            " logged in without creating or changing a record; fewer days than their profile"
            " expects. By department, to offer help: never a list of persons.",
            days=rules.IDLE_DAYS[1],
        ),
        data=nmsg(
            "{n} need for help; {pooled}",
            "{n} needs for help; {pooled}",
            len(needs.needs(reader, today)),
            pooled=msg("departments under five accounts are told together"),
        ),
        source=RATE,
        period=as_of(today),
    )


def _retention(reader: Reader, today: dt.date) -> Why:
    due = retention.due(reader, today)
    return Why(
        name=msg("Days kept one by one"),
        rule=msg(
            "Days of use are kept for as many months as the project says; of older months the"
            " totals by department and profile stay."
        ),
        data=msg(
            "{months} months kept; {past} months past that, with {days} login days",
            months=due.retention_months,
            past=len(due.months),
            days=due.user_days,
        ),
        source=RETENTION,
        period=as_of(today),
    )
