"""Why the figures of use after a training are what they are."""

from __future__ import annotations

import datetime as dt

from crm_pilot.governance import transfer
from crm_pilot.i18n import msg
from crm_pilot.store.reader import Reader
from crm_pilot.why import Why, as_of

KIRKPATRICK = msg("Kirkpatrick, level 3 (behaviour); how it is computed is this program's own")


def transfer_whys(reader: Reader, today: dt.date) -> dict[str, Why]:
    """After and before a training, of all formal courses together."""
    found = transfer.after(reader, today)
    period = None if found.until is None else as_of(found.until)
    first = found.points[0]
    few = msg("Under {n} users on a side nothing is said", n=transfer.ENOUGH)
    return {
        "transfer": Why(
            name=msg("Use after the training"),
            rule=msg(
                "Login days ÷ working days less absences in the {days} days that end 30, 60 and 90"
                " days after each trainee's first session, beside users of the same departments"
                " who were not trained by then; departments weigh as much as they have trainees.",
                days=transfer.WINDOW_DAYS,
            ),
            thresholds=few,
            data=msg(
                "{trainees} trainees; after 30 days {trained} of them beside {untrained} untrained"
                " users",
                trainees=found.trainees,
                trained=first.trained.users,
                untrained=first.untrained.users,
            ),
            source=KIRKPATRICK,
            period=period,
        ),
        "transfer.change": Why(
            name=msg("Before and after the training"),
            rule=msg(
                "The same users in the {days} days before their session and in the {days} days"
                " after it, without the day itself. Whose account was not open all the time is"
                " left out.",
                days=transfer.WINDOW_DAYS,
            ),
            thresholds=few,
            data=msg(
                "{n} of {trainees} trainees", n=found.change.after.users, trainees=found.trainees
            ),
            source=KIRKPATRICK,
            period=period,
        ),
    }
