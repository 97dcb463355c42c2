"""Warning rules about the casting: parts that are mixed, parts that nobody plays (D10)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from crm_pilot.governance.rows import OWN_RULE, Text, Warning, commas
from crm_pilot.governance.terms import Weather
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.people import casting
from crm_pilot.people.terms import ROLES
from crm_pilot.store.reader import Reader, date_from_iso


def casting_mixed(reader: Reader) -> Iterator[Warning]:
    """D10: one person holds two of sponsor, lead and integrator. The person is not named."""
    pairs = casting.mixed(casting.roles(reader))
    if not pairs:
        return
    listed: list[Text] = [
        msg("{one} and {other}", one=Message(ROLES[one]), other=Message(ROLES[other]))
        for one, other in pairs
    ]
    yield Warning(
        "casting_mixed",
        Weather.WATCH,
        msg("One person plays two leading parts"),
        msg("{list}: the same person", list=commas(listed)),
        msg("Give each part a person of its own"),
        "people",
        msg("Warning sign D10, seed 004"),
    )


def casting_vacant(reader: Reader, today: dt.date) -> Iterator[Warning]:
    """The project has started, and a leading part that is listed is played by nobody."""
    starts = reader.value("SELECT starts_on FROM project")
    if starts is None or date_from_iso(starts) > today:
        return
    empty = casting.vacant(casting.roles(reader))
    if not empty:
        return
    yield Warning(
        "casting_vacant",
        Weather.WATCH,
        nmsg("A leading part has nobody", "{n} leading parts have nobody", len(empty)),
        msg("Nobody named: {list}", list=commas([Message(ROLES[kind]) for kind in empty])),
        msg("Name them in the register of roles"),
        "people",
        OWN_RULE,
    )
