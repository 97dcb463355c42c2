"""Why the figures of adoption are what they are."""

from __future__ import annotations

import datetime as dt

from crm_pilot.adoption import queries
from crm_pilot.adoption.queries import AdoptionFigures
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.people.explained import left_out
from crm_pilot.store.reader import Reader
from crm_pilot.why import LEAD, OWN, Why, as_of, dated, from_to

ARTICLE = msg(
    "“CRM adoption: a key success factor”, a consultant's article (practitioner rule of thumb)"
)
RATE = msg("Adoption rate as KPI Tree publishes it; the 28 days are this program's own")
FRIDAY = dt.timedelta(days=4)  # after a Monday
NOT_YET = msg("No login was imported yet")


def explained(reader: Reader, today: dt.date) -> dict[str, Why]:
    """Every figure of the room by key."""
    use = queries.figures(reader, today)
    return {
        **_active(reader, use, today),
        **_days(reader, use),
        **_records(reader, use, today),
    }


def _window(use: AdoptionFigures) -> Message | None:
    if use.active_on is None:
        return None
    return from_to(use.active_on - dt.timedelta(days=use.window_days - 1), use.active_on)


def _active(reader: Reader, use: AdoptionFigures, today: dt.date) -> dict[str, Why]:
    counted = msg(
        "{active} active of {open} open accounts of measured profiles; {out}",
        active=use.active,
        open=use.accounts_open,
        out=left_out(reader),
    )
    if not use.by_actions:
        rule = msg(
            "Accounts that logged in on at least one of the last {days} days ÷ open accounts. No"
            " record was ever imported, so logins alone decide.",
            days=use.window_days,
        )
    else:
        rule = msg(
            "Accounts that logged in and created or changed a record within {days} days ÷ open"
            " accounts.",
            days=use.window_days,
        )
    weeks = [day for day, _ in use.active_curve]
    return {
        "accounts_open": Why(
            name=msg("Open accounts"),
            rule=msg(
                "CRM accounts opened by that day and not closed. Accounts of profiles that are not"
                " measured (integration) are left out."
            ),
            data=nmsg(
                "{n} open account; {out}",
                "{n} open accounts; {out}",
                use.accounts_open,
                out=left_out(reader),
            ),
            source=OWN,
            period=as_of(use.active_on or today),
        ),
        "active": Why(rule, counted, RATE, _window(use), name=msg("Active accounts")),
        "active_share": Why(rule, counted, RATE, _window(use), name=msg("Active share")),
        "previous_active_share": Why(
            name=msg("Active share a week before"),
            rule=msg("The active share by the same rule, seven days earlier."),
            data=msg(
                "{before}% then, {now}% now",
                before=round((use.previous_active_share or 0.0) * 100),
                now=round((use.active_share or 0.0) * 100),
            ),
            source=RATE,
            period=None if use.active_on is None else as_of(use.active_on - dt.timedelta(days=7)),
        ),
        "target_share": Why(
            name=msg("Target of the active share"),
            rule=msg("The share the project wants to reach; one figure for the whole project."),
            data=msg("{n}% of open accounts", n=round(use.target_share * 100)),
            source=LEAD,
        ),
        "active_curve": Why(
            name=msg("Active users"),
            rule=msg(
                "The active share on the same weekday of every week, each time over the accounts"
                " open that day."
            ),
            data=nmsg("{n} week; {today}", "{n} weeks; {today}", len(weeks), today=counted),
            source=RATE,
            period=from_to(weeks[0], use.active_on) if weeks and use.active_on else None,
        ),
        "never_logged": Why(
            name=msg("Never logged in"),
            rule=msg("Open accounts for which no login day was ever imported."),
            data=msg("{n} of {open} open accounts", n=use.never_logged, open=use.accounts_open),
            source=msg("Usual first figure of CRM vendors (Salesforce help on login rates)"),
            period=as_of(use.data_until) if use.data_until else None,
        ),
    }


def _days(reader: Reader, use: AdoptionFigures) -> dict[str, Why]:
    weeks = sorted({day for curve in use.profiles for day, _ in curve.points})
    period = from_to(weeks[0], weeks[-1] + FRIDAY) if weeks else None
    measured = [row for row in use.departments if row.days_per_week is not None]
    return {
        "profiles": Why(
            name=msg("Login days a week"),
            rule=msg(
                "Days with at least one login ÷ accounts open all week, brought to five working"
                " days: several logins on a day count once, public holidays do not count."
            ),
            thresholds=msg(
                "The band is what the profile is expected to do; 3 to 5 days a week is usual in"
                " field sales."
            ),
            data=msg(
                "{n} accounts in {profiles} profiles, in the last whole week; {out}",
                n=sum(curve.accounts for curve in use.profiles),
                profiles=len(use.profiles),
                out=left_out(reader),
            )
            if use.profiles
            else NOT_YET,
            source=ARTICLE,
            period=period,
        ),
        "departments": Why(
            name=msg("Use by department"),
            rule=msg(
                "Login days a week of the department's accounts in the last whole week, beside the"
                " mean of the days expected of their profiles."
            ),
            thresholds=msg("▼ below the lower of the days expected"),
            data=msg(
                "{n} departments with figures, {below} of them below; departments under five"
                " accounts are shown to the lead alone",
                n=len(measured),
                below=sum(row.below for row in measured),
            ),
            source=ARTICLE,
            period=None if use.week is None else from_to(use.week, use.week + FRIDAY),
        ),
    }


def _records(reader: Reader, use: AdoptionFigures, today: dt.date) -> dict[str, Why]:
    scope = queries.features(reader, today)
    return {
        "objects": Why(
            name=msg("Records by object"),
            rule=msg(
                "Records created and changed by measured accounts. Where two imports cover the same"
                " day, the larger count is kept."
            ),
            data=msg(
                "{objects} objects, {created} records created and {updated} changed",
                objects=len(use.objects),
                created=sum(created for _, created, _ in use.objects),
                updated=sum(updated for _, _, updated in use.objects),
            ),
            source=ARTICLE,
            period=_window(use),
        ),
        "features": Why(
            name=msg("Features"),
            rule=msg(
                "Features promised; delivered: delivery date past and not withdrawn since;"
                " withdrawn: withdrawal date past."
            ),
            data=msg(
                "{promised} promised, {delivered} delivered, {withdrawn} withdrawn by {date}",
                promised=scope.promised,
                delivered=scope.delivered,
                withdrawn=scope.withdrawn,
                date=dated(today),
            ),
            source=OWN,
            period=as_of(today),
        ),
    }
