"""What the checks of the order of entry say, and where their rules come from (DOMAIN.md 1.4,
1.5)."""

from __future__ import annotations

from collections.abc import Iterable

from crm_pilot.governance.rows import Text, commas
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.stakeholders.entry import SMALL
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import UnitKind

OPPONENTS_FIRST = "opponents_first"
GOLDEN = "no_golden_triangle"
OPPOSED = "wave_opposed"
HOURS = "hours_on_opponents"
SHARE = "ally_hours"
RATIO = "ally_ratio"
TURN = "entry_order"

RULES: dict[str, Message] = {  # in one sentence, as a row shows it
    OPPONENTS_FIRST: msg("An action with an ally is done before opponents are approached."),
    GOLDEN: msg("Each department of a wave to come has someone in the golden triangle."),
    OPPOSED: msg("No wave opens in a department where opponents are the majority."),
    HOURS: msg("At least as many hours are planned on allies as on opponents."),
    SHARE: msg("Allies get the share of hours that the project asks for."),
    RATIO: msg("There are as many allies for 100 opponents as the project asks for."),
    TURN: msg("Within a wave, nobody enters before someone of an earlier stage."),
}
EXACTLY: dict[str, Message] = {  # with what its words mean
    OPPONENTS_FIRST: msg(
        "No opponent or mutineer is approached before an action with an ally is done: one that"
        " aims at the golden triangle or zealots, or that an ally carries."
    ),
    GOLDEN: msg(
        "Each department of a wave to come has someone in the golden triangle. Departments under"
        " five people are left out."
    ),
    OPPOSED: msg(
        "No wave starts with a department where opponents, mutineers and moaners are the majority,"
        " by headcount of the rated groups."
    ),
    HOURS: msg(
        "No more hours are planned on opponents, mutineers and moaners than on the golden triangle"
        " and zealots. Hours of a task: its work, otherwise its duration."
    ),
    SHARE: msg(
        "The hours planned on the golden triangle and zealots reach the share of all hours that"
        " the project asks for."
    ),
    RATIO: msg(
        "For 100 people among opponents, mutineers and moaners there are as many in the golden"
        " triangle and zealots as the project asks for."
    ),
    TURN: msg(
        "Within a wave nobody enters before a stage that comes earlier: golden triangle, zealots,"
        " waverers, passives, moaners, opponents."
    ),
}
NAMES: dict[str, Message] = {  # of the rule, where several are told apart
    OPPONENTS_FIRST: msg("Allies act before opponents"),
    GOLDEN: msg("A golden triangle in each department"),
    OPPOSED: msg("No wave opens against its majority"),
    HOURS: msg("More hours on allies than on opponents"),
    SHARE: msg("Share of hours for allies"),
    RATIO: msg("Allies per 100 opponents"),
    TURN: msg("Everyone in turn"),
}
_ORDER = msg(
    "Order of entry as practitioners describe it (rule of thumb); the check is this program's own"
)
_TIME = msg(
    "“Most of the time goes to allies”, Wikimanagement (rule of thumb); the comparison is this"
    " program's own"
)
_LEADS = msg("Set by the project lead: no source gives a figure")
SOURCES: dict[str, Message] = {
    OPPONENTS_FIRST: _ORDER,
    GOLDEN: _ORDER,
    OPPOSED: _ORDER,
    HOURS: _TIME,
    SHARE: _LEADS,
    RATIO: _LEADS,
    TURN: _ORDER,
}


def named(units: Iterable[UnitRow]) -> Text:
    """Units in a line that anyone may read: groups of five or more by name, the rest counted."""
    every = list(units)
    open_ones = [u for u in every if u.kind == UnitKind.GROUP and u.headcount >= SMALL]
    rest = len(every) - len(open_ones)
    if not open_ones:
        return nmsg("{n} unit", "{n} units", rest)
    shown = commas([unit.name for unit in open_ones])
    return msg("{list} and {n} more", list=shown, n=rest) if rest else shown


def hours(minutes: int) -> float | int:
    """Hours for a line of data: whole ones without a decimal."""
    value = round(minutes / 60, 1)
    return int(value) if value == int(value) else value
