"""Why the figures of use after a training, and of the four levels of Kirkpatrick, are so."""

from __future__ import annotations

import datetime as dt

from crm_pilot.feedback.queries import objectives
from crm_pilot.governance import transfer
from crm_pilot.governance.training_levels import levels
from crm_pilot.i18n import msg, nmsg
from crm_pilot.store.reader import Reader
from crm_pilot.why import Why, as_of

KIRKPATRICK = msg("Kirkpatrick, level 3 (behaviour); how it is computed is this program's own")
FOUR = msg("Kirkpatrick's four levels, as training guides give them")


LEVEL_KEYS = (
    "levels",
    *(f"levels.{level}" for level in ("reaction", "learning", "transfer", "results")),
)


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
                " after it, without the day itself. Whose account was open for less than {open} of"
                " them is left out.",
                days=transfer.WINDOW_DAYS,
                open=transfer.OPEN_DAYS,
            ),
            thresholds=few,
            data=msg(
                "{n} of {trainees} trainees", n=found.change.after.users, trainees=found.trainees
            ),
            source=KIRKPATRICK,
            period=period,
        ),
    }


def level_whys(reader: Reader, today: dt.date) -> dict[str, Why]:
    """Kirkpatrick's four levels, together and one by one."""
    found = levels(reader, today)
    reached = objectives(reader, today)
    day = as_of(today)
    reaction = msg(
        "Marks 1 to 4 of the forms filled in at the end and three months after, the mean over all"
        " marks given."
    )
    learning = msg(
        "Points in the quiz after less points in the quiz before, as parts of the whole, of those"
        " who took both."
    )
    results = msg("(value - baseline) ÷ (target - baseline) of each objective of the project.")
    answered = msg(
        "{answered} of {asked} forms at the end, {later} of {known} later",
        answered=found.hot.answered,
        asked=found.hot.asked,
        later=found.cold.answered,
        known=found.cold.asked,
    )
    transferred = transfer_whys(reader, today)["transfer"]
    return {
        "levels": Why(
            name=msg("Four levels of evaluation"),
            rule=msg(
                "1. {reaction} 2. {learning} 3. {behaviour} 4. {results}",
                reaction=reaction,
                learning=learning,
                behaviour=transferred.rule,
                results=results,
            ),
            data=answered,
            source=FOUR,
            period=day,
        ),
        "levels.reaction": Why(reaction, answered, FOUR, day, name=msg("Reaction")),
        "levels.learning": Why(
            name=msg("Learning"),
            rule=learning,
            data=nmsg("{n} trainee took both", "{n} trainees took both", found.gain.pairs),
            source=FOUR,
            period=day,
        ),
        "levels.transfer": transferred,
        "levels.results": Why(
            name=msg("Results"),
            rule=results,
            data=msg(
                "{n} objectives, {measured} measured, {reached} reached",
                n=len(reached),
                measured=sum(one.value is not None for one in reached),
                reached=sum(one.reached is True for one in reached),
            ),
            source=FOUR,
            period=day,
        ),
    }
