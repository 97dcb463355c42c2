"""Why the warning signs say what they say; their thresholds are in the rule."""

from __future__ import annotations

import datetime as dt

from crm_pilot.governance.signs import signs
from crm_pilot.governance.thresholds import thresholds
from crm_pilot.i18n import msg, nmsg
from crm_pilot.store.reader import Reader
from crm_pilot.why import OWN, Why, as_of

CHANGED = msg("Changed by you")
DECLARED = msg("As the program declares them")


def sign_whys(reader: Reader, today: dt.date) -> dict[str, Why]:
    """`check.D2` or `check.D2.<feature>` for each sign, and `signs` for all of them."""
    found = signs(reader, today)
    made = {
        check.key: Why(
            check.says,
            check.data,
            check.source,
            check.period,
            CHANGED if check.changed else DECLARED,
            check.title,
        )
        for check in found
    }
    own = sum(row.changed for row in thresholds(reader))
    made["signs"] = Why(
        msg(
            "Written rules look at use, training and decisions; each says its data, its period and"
            " what one can do. Under eight weeks of data, or without what they need, they say so."
        ),
        nmsg("{n} sign looked at", "{n} signs looked at", len(found)),
        OWN,
        as_of(today),
        nmsg("{n} threshold changed by you", "{n} thresholds changed by you", own),
        msg("Warning signs"),
    )
    return made
