"""Why the counts of the people room are what they are."""

from __future__ import annotations

import datetime as dt

from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.people import queries
from crm_pilot.store.reader import Reader
from crm_pilot.why import OWN, Why, as_of


def left_out(reader: Reader) -> Message:
    """How many open accounts no figure of people counts, in words that follow a semicolon."""
    count = sum(row.accounts for row in queries.profiles(reader) if not row.measured)
    if not count:
        return msg("no account is left out")
    return nmsg("{n} integration account left out", "{n} integration accounts left out", count)


def explained(reader: Reader, today: dt.date) -> dict[str, Why]:
    """Every figure of the room by key."""
    persons, accounts = queries.persons(reader), queries.accounts(reader)
    departments = queries.departments(reader)
    apart = {row.id for row in queries.profiles(reader) if not row.measured}
    strangers = [r for r in accounts if r.person_id is None and r.profile_id not in apart]
    known = as_of(today)
    return {
        "persons": Why(
            name=msg("Persons"),
            rule=msg("Every person entered or imported; a department counts those who work in it."),
            data=msg(
                "Persons: {persons}; departments: {departments}",
                persons=len(persons),
                departments=len(departments),
            ),
            source=OWN,
            period=known,
        ),
        "accounts": Why(
            name=msg("CRM accounts"),
            rule=msg("Every CRM account entered or imported; a profile counts those not closed."),
            data=msg("Accounts: {accounts}; {out}", accounts=len(accounts), out=left_out(reader)),
            source=OWN,
            period=known,
        ),
        "strangers": Why(
            name=msg("Accounts that belong to nobody"),
            rule=msg(
                "Accounts of measured profiles that are linked to no person: their use counts for"
                " no department and their user cannot count as trained."
            ),
            data=msg("{n} of {all} accounts", n=len(strangers), all=len(accounts)),
            source=OWN,
            period=known,
        ),
        "homeless": Why(
            name=msg("Persons without a department"),
            rule=msg("Persons whose department is not filled in."),
            data=msg(
                "{n} of {all} persons",
                n=sum(row.department_id is None for row in persons),
                all=len(persons),
            ),
            source=OWN,
            period=known,
        ),
    }
