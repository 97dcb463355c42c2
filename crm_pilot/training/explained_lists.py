"""Why the counts in the lists of the training room are what they are."""

from __future__ import annotations

import datetime as dt

from crm_pilot.i18n import msg, nmsg
from crm_pilot.store.reader import Reader
from crm_pilot.training.lacking import arrivals
from crm_pilot.training.newcomers import SOON
from crm_pilot.why import OWN, Why, as_of


def waiting_why(reader: Reader, today: dt.date) -> Why:
    """How many wait for a seat."""
    count = reader.value("SELECT COUNT(*) FROM waiting")
    return Why(
        name=msg("Waiting list"),
        rule=msg(
            "Persons on the waiting list of a session: they get a seat once one is free, first come"
            " first served."
        ),
        data=nmsg("{n} person waits in all", "{n} persons wait in all", count),
        source=OWN,
        period=as_of(today),
    )


def words_why(reader: Reader, today: dt.date) -> Why:
    """How many forms have free words."""
    count = reader.value("SELECT COUNT(*) FROM evaluation WHERE comment <> ''")
    return Why(
        name=msg("Forms with free words"),
        rule=msg("Evaluation forms of the session with free words, of both kinds."),
        data=nmsg("{n} form with words in all", "{n} forms with words in all", count),
        source=OWN,
        period=as_of(today),
    )


def arrival_why(reader: Reader, today: dt.date) -> Why:
    """How long a newcomer waits for training."""
    found = arrivals(reader, today)
    return Why(
        name=msg("Days since the account was opened"),
        rule=msg(
            "Days from the opening of the account to the day shown, of newcomers without a formal"
            " session."
        ),
        data=nmsg("{n} newcomer without one", "{n} newcomers without one", len(found)),
        source=OWN,
        period=as_of(today),
        thresholds=msg("A sign from {days} days on", days=SOON),
    )
