"""Why the figures of training are what they are."""

from __future__ import annotations

import datetime as dt

from crm_pilot.i18n import msg, nmsg
from crm_pilot.store.reader import Reader
from crm_pilot.training import queries, rules
from crm_pilot.training.queries import TrainingFigures
from crm_pilot.why import OWN, Why, as_of

SOURCE = msg(
    "This program's own definition, after “Rescuing CRM projects”, a consultant's article"
    " (practitioner rule of thumb)"
)


def explained(reader: Reader, today: dt.date) -> dict[str, Why]:
    """Every figure of the room by key."""
    figures = queries.figures(reader, today)
    return {**_coverage(figures, today), **_sessions(figures, today)}


def _coverage(figures: TrainingFigures, today: dt.date) -> dict[str, Why]:
    users = msg(
        "Persons with at least one CRM account that is not closed, opened or still to open, of a"
        " measured profile."
    )
    trained = msg(
        "Users who were present at one session or more of a formal course, held by that day and not"
        " expired."
    )
    share = msg(
        "Users trained ÷ users. A user has a CRM account that is not closed, of a measured profile;"
        " trained is who was present at one session or more of a formal course, not expired."
    )
    counted = msg(
        "{trained} of {users} users trained; departments: {departments}",
        trained=figures.trained,
        users=figures.users,
        departments=len(figures.departments),
    )
    low = msg(
        "Bold under {share}%; this program's own threshold", share=round(rules.LOW_SHARE * 100)
    )
    known = as_of(today)
    return {
        "users": Why(users, counted, OWN, known, name=msg("Users")),
        "trained": Why(trained, counted, SOURCE, known, name=msg("Users trained")),
        "share": Why(share, counted, SOURCE, known, low, msg("Coverage")),
        "departments": Why(share, counted, SOURCE, known, low, msg("Coverage by department")),
        "unlinked_accounts": Why(
            name=msg("Accounts without a person"),
            rule=msg(
                "Accounts in scope that are linked to nobody: they cannot count as trained, and"
                " are not in the coverage."
            ),
            data=nmsg("{n} account", "{n} accounts", figures.unlinked_accounts),
            source=OWN,
            period=known,
        ),
    }


def _sessions(figures: TrainingFigures, today: dt.date) -> dict[str, Why]:
    counted = msg(
        "Sessions: {held} held, {planned} to come",
        held=figures.sessions_held,
        planned=figures.sessions_planned,
    )
    known = as_of(today)
    return {
        "sessions_held": Why(
            msg("Sessions dated that day or before count as held."),
            counted,
            OWN,
            known,
            name=msg("Sessions held"),
        ),
        "sessions_planned": Why(
            msg("Sessions dated after that day are to come."),
            counted,
            OWN,
            known,
            name=msg("Sessions to come"),
        ),
        "next_sessions": Why(
            name=msg("Enrolled and attended"),
            rule=msg(
                "Enrolled: trainees of the session without the excused. Attended: those marked"
                " present; a dash while nobody was marked."
            ),
            thresholds=msg("A sign warns of more trainees than seats"),
            data=counted,
            source=OWN,
            period=known,
        ),
        "places_open": Why(
            name=msg("Free seats"),
            rule=msg(
                "Seats − enrolled, over the sessions to come; an overbooked session counts 0."
            ),
            data=msg(
                "{seats} free seats in {planned} sessions to come",
                seats=figures.places_open,
                planned=figures.sessions_planned,
            ),
            source=OWN,
            period=known,
        ),
        "sheets_waiting": Why(
            name=msg("Attendance sheets to type"),
            rule=msg(
                "Sessions held of which at least one trainee is still marked as invited, for a"
                " half-day or for all."
            ),
            data=msg(
                "{n} of {held} sessions held", n=figures.sheets_waiting, held=figures.sessions_held
            ),
            source=OWN,
            period=known,
        ),
    }
