"""The checks of the order of entry, with their data, a suggested action and their source.

The rules are those of `stakeholders.entry` and `readiness`; here they meet the plan, the waves and
the snoozes. A rule that looks at waves has a check for each wave it warns about, or one that says
all is well.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from crm_pilot.governance import entry_words as words
from crm_pilot.governance import influence
from crm_pilot.governance.influence import ActionRow, Effort
from crm_pilot.governance.readiness import counted, opposed_waves, relays
from crm_pilot.governance.rows import Text, commas
from crm_pilot.governance.snoozing import SnoozeRow, in_force
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.planning import queries as planning
from crm_pilot.planning.rows import WaveRow
from crm_pilot.records import dataclass
from crm_pilot.stakeholders import entry
from crm_pilot.stakeholders import queries as stakeholders
from crm_pilot.stakeholders.entry import Approach, Early, Uncovered, WaveOrder
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import Trio
from crm_pilot.store.reader import Reader, remembered


class Verdict(StrEnum):
    """What a check found."""

    OK = "ok"
    WARN = "warn"
    SNOOZED = "snoozed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Place:
    """Where one acts: `unit` is whom an action would aim at; without one, the room with a table
    and id there."""

    room: str = "stakeholders"
    table: str = ""
    key: int = 0
    unit: int | None = None


@dataclass(frozen=True)
class CheckTask:
    """A task of the plan that answers a check."""

    id: int  # of the task
    title: str
    finish: dt.date | None
    percent: int


@dataclass(frozen=True)
class Check:
    """One check as shown on a row. No text names a person, but the titles of tasks may."""

    rule: str  # stable key, e.g. "opponents_first"
    subject: str  # which one of its rule: the id of a wave; "" where there is one only
    verdict: Verdict
    title: Message  # what was found, in a few words
    says: Message  # the rule
    data: Message
    action: Message
    source: Message
    place: Place
    snooze: SnoozeRow | None
    period: Message | None = None  # the days of its data
    tasks: tuple[CheckTask, ...] = ()  # planned because of it
    changed: bool = False  # by a threshold of the lead's own
    grave: bool = False  # it warns, and cannot wait

    @property
    def key(self) -> str:
        """Its key among the figures that are explained."""
        return f"check.{self.rule}" + (f".{self.subject}" if self.subject else "")


_TABLES = (
    *("influence", "task", "stakeholder", "rating", "zone_cell", "department", "wave", "snooze"),
    *("baseline", "baseline_task", "profile"),
    *planning.HOURS,
)
_RANK = {Verdict.WARN: 0, Verdict.UNKNOWN: 1, Verdict.OK: 2, Verdict.SNOOZED: 3}


@remembered(*_TABLES)
def checks(reader: Reader, today: dt.date) -> tuple[Check, ...]:
    """Every check on `today`: those that warn first, the snoozed ones last."""
    units = stakeholders.units(reader, today)
    acts = tuple(row for row in influence.actions(reader) if row.active)
    waves = planning.waves(reader)
    found = [
        _opponents_first(units, acts, today),
        *_golden(units, waves, today),
        *_opposed(units, waves, today),
        *_hours(reader, units, acts),
        *_turn(units, acts, waves, today),
    ]
    quiet = in_force(reader, today)
    made = [_snoozed(check, quiet) for check in found]
    return tuple(sorted(made, key=lambda check: _RANK[check.verdict]))


@remembered(*_TABLES)
def order(reader: Reader, today: dt.date) -> tuple[WaveOrder[ActionRow], ...]:
    """The order of entry by wave and department on `today`: waves to come, then the open ones."""
    found = entry.order(
        stakeholders.units(reader, today), influence.actions(reader), planning.waves(reader)
    )
    return tuple(sorted(found, key=lambda wave: wave.go_live is not None and wave.go_live <= today))


def waves_put_aside(found: Iterable[Check]) -> frozenset[int]:
    """Ids of the waves whose check of opponents is snoozed."""
    return frozenset(
        int(check.subject)
        for check in found
        if check.rule == words.OPPOSED and check.verdict is Verdict.SNOOZED
    )


def _snoozed(check: Check, quiet: Mapping[tuple[str, str], SnoozeRow]) -> Check:
    snooze = quiet.get((check.rule, check.subject))
    if snooze is None or check.verdict is not Verdict.WARN:
        return check
    return replace(check, verdict=Verdict.SNOOZED, snooze=snooze)


def _check(
    rule: str,
    verdict: Verdict,
    data: Text,
    *,
    title: Message | None = None,
    action: Message | None = None,
    place: Place | None = None,
    subject: str = "",
) -> Check:
    return Check(
        rule,
        subject,
        verdict,
        title or words.NAMES[rule],
        words.RULES[rule],
        data if isinstance(data, Message) else Message("{text}", {"text": data}),
        action or msg("Show the map"),
        words.SOURCES[rule],
        place or Place(),
        None,
    )


def _unrated(rule: str) -> Check:
    return _check(
        rule, Verdict.UNKNOWN, msg("Nobody is rated yet"), action=msg("Rate the first group")
    )


def _with_ally(units: Sequence[UnitRow]) -> Place:
    best = entry.best_ally(units)
    return Place(unit=None if best is None else best.id)


# one check each --------------------------------------------------------------------------------


def _opponents_first(units: Sequence[UnitRow], acts: Sequence[ActionRow], today: dt.date) -> Check:
    rule = words.OPPONENTS_FIRST
    if not any(unit.rated for unit in units):
        return _unrated(rule)
    found = entry.approached_first(units, acts, today)
    if found is not None:
        return _check(
            rule,
            Verdict.WARN,
            _approach(found),
            title=msg("Opponents approached before any ally acted"),
            action=msg("Plan an action with an ally"),
            place=_with_ally(units),
        )
    against = {unit.id for unit in units if unit.zone in entry.AGAINST}
    aimed = sum(act.stakeholder_id in against for act in acts)
    if not aimed:
        return _check(rule, Verdict.OK, msg("No action aims at opponents or mutineers"))
    return _check(
        rule,
        Verdict.OK,
        nmsg(
            "{n} action aims at opponents, and an ally acts before",
            "{n} actions aim at opponents, and an ally acts before",
            aimed,
        ),
    )


def _approach(found: Approach) -> Message:
    who = words.named(found.units)
    when = (
        msg("{who}: first action without a date", who=who)
        if found.first is None
        else msg("{who}: first action on {day}", who=who, day=found.first)
    )
    if not found.planned:
        return msg("{when}; no action with an ally is planned", when=when)
    return nmsg(
        "{when}; {n} action with an ally planned, none done",
        "{when}; {n} actions with allies planned, none done",
        found.planned,
        when=when,
    )


def _golden(units: Sequence[UnitRow], waves: Sequence[WaveRow], today: dt.date) -> Iterator[Check]:
    rule = words.GOLDEN
    found = entry.uncovered(units, waves, today)
    bad = [one for one in found if one.without]
    for one in bad:
        best = entry.best_candidate(units, one.without)
        yield _check(
            rule,
            Verdict.WARN,
            _without(one),
            title=nmsg(
                "{wave}: a department without golden triangle",
                "{wave}: {n} departments without golden triangle",
                len(one.without),
                wave=one.wave.name,
            ),
            action=msg("Plan an action that brings an ally forward"),
            place=Place(unit=None if best is None else best.id),
            subject=str(one.wave.id),
        )
    if bad:
        return
    covered, unknown = sum(one.covered for one in found), sum(one.unknown for one in found)
    if not found:
        yield _check(rule, Verdict.UNKNOWN, msg("No department belongs to a wave to come"))
    elif unknown:
        yield _check(rule, Verdict.UNKNOWN, _not_rated(unknown), action=msg("Rate the groups"))
    else:
        yield _check(
            rule,
            Verdict.OK,
            nmsg("{n} department to come has one", "{n} departments to come have one", covered),
        )


def _not_rated(count: int) -> Message:
    return nmsg(
        "{n} department to come has no rated unit",
        "{n} departments to come have no rated unit",
        count,
    )


def _without(one: Uncovered) -> Text:
    names = commas(one.without)
    if not one.unknown:
        return names
    return msg("{list}; {more}", list=names, more=_not_rated(one.unknown))


def _opposed(units: Sequence[UnitRow], waves: Sequence[WaveRow], today: dt.date) -> Iterator[Check]:
    rule = words.OPPOSED
    found = opposed_waves(waves, units, today)
    for wave, against in found:
        yield _check(
            rule,
            Verdict.WARN,
            counted(against),
            title=msg("{wave} opens where opponents are the majority", wave=wave.name),
            action=relays(wave.go_live, today),
            place=_with_ally(units),
            subject=str(wave.id),
        )
    if found:
        return
    ahead = [wave for wave in waves if wave.go_live is None or wave.go_live > today]
    if not ahead:
        yield _check(rule, Verdict.UNKNOWN, msg("No wave is to come"))
    elif not any(unit.rated for unit in units):
        yield _unrated(rule)
    else:
        yield _check(rule, Verdict.OK, nmsg("{n} wave to come", "{n} waves to come", len(ahead)))


def _hours(reader: Reader, units: Sequence[UnitRow], acts: Sequence[ActionRow]) -> Iterator[Check]:
    """The hours by trio, and the two figures the lead may ask for."""
    sums = influence.by_trio(units, acts)
    yield _more_hours(units, sums)
    share, ratio = _asked_for(reader)
    if share is not None:
        yield _share(units, sums, share)
    if ratio is not None:
        yield _ratio(units, ratio)


def _asked_for(reader: Reader) -> tuple[int | None, int | None]:
    row = reader.one("SELECT ally_hours_percent, ally_ratio_percent FROM project")
    return (None, None) if row is None else (row[0], row[1])


def _more_hours(units: Sequence[UnitRow], sums: Mapping[Trio, Effort]) -> Check:
    rule = words.HOURS
    allies, against = sums[Trio.LOCOMOTIVE].minutes, sums[Trio.OPPONENT].minutes
    if not any(part.minutes for part in sums.values()):
        return _check(
            rule,
            Verdict.UNKNOWN,
            msg("No action is planned yet"),
            action=msg("Plan an action with an ally"),
            place=_with_ally(units),
        )
    data = msg(
        "{against} h on opponents, {allies} h on allies",
        against=words.hours(against),
        allies=words.hours(allies),
    )
    if against <= allies:
        return _check(rule, Verdict.OK, data)
    return _check(
        rule,
        Verdict.WARN,
        data,
        title=msg("More hours on opponents than on allies"),
        action=msg("Plan an action with an ally"),
        place=_with_ally(units),
    )


def _share(units: Sequence[UnitRow], sums: Mapping[Trio, Effort], wanted: int) -> Check:
    rule = words.SHARE
    total = sum(part.minutes for part in sums.values())
    if not total:
        return _check(rule, Verdict.UNKNOWN, msg("No action is planned yet"))
    part = sums[Trio.LOCOMOTIVE].minutes / total
    data = msg("{share}% of the hours; {goal}% asked for", share=round(part * 100), goal=wanted)
    if part * 100 >= wanted:
        return _check(rule, Verdict.OK, data)
    return _check(
        rule,
        Verdict.WARN,
        data,
        title=msg("Too few hours for allies"),
        action=msg("Plan an action with an ally"),
        place=_with_ally(units),
    )


def _ratio(units: Sequence[UnitRow], wanted: int) -> Check:
    rule = words.RATIO
    heads = {kind: entry.people(u for u in units if u.trio == kind) for kind in Trio}
    if not any(heads.values()):
        return _unrated(rule)
    allies, against = heads[Trio.LOCOMOTIVE], heads[Trio.OPPONENT]
    data = msg("{allies} allies for {against} opponents; {goal} for 100 asked for",
               allies=allies, against=against, goal=wanted)  # fmt: skip
    if allies * 100 >= wanted * against:
        return _check(rule, Verdict.OK, data)
    best = entry.best_candidate(unit for unit in units if unit.trio != Trio.LOCOMOTIVE)
    return _check(
        rule,
        Verdict.WARN,
        data,
        title=msg("Too few allies for the opponents there are"),
        action=msg("Plan an action that brings an ally forward"),
        place=Place(unit=None if best is None else best.id),
    )


def _turn(
    units: Sequence[UnitRow], acts: Sequence[ActionRow], waves: Sequence[WaveRow], today: dt.date
) -> Iterator[Check]:
    rule = words.TURN
    every = entry.entrants(units, acts)
    ahead = {w.id: w for w in waves if w.go_live is None or w.go_live > today}
    found = [one for one in entry.out_of_turn(every) if one.wave_id in ahead]
    for one in found:
        yield _check(
            rule,
            Verdict.WARN,
            _early(one),
            title=msg("{wave}: entries out of turn", wave=ahead[one.wave_id].name),
            action=msg("Change the day of entry"),
            place=Place(table="stakeholder", key=one.units[0].id),
            subject=str(one.wave_id),
        )
    if found:
        return
    dated = sum(one.enters_on is not None for one in every)
    if not dated:
        yield _check(
            rule,
            Verdict.UNKNOWN,
            msg("No day of entry is set and no action is planned"),
            action=msg("Set the days of entry"),
            place=Place(table="stakeholder", key=units[0].id if units else 0),
        )
    else:
        yield _check(
            rule, Verdict.OK, nmsg("{n} unit has its day", "{n} units have their day", dated)
        )


def _early(one: Early) -> Message:
    return msg("{early} before {late}", early=words.named(one.units), late=words.named(one.before))
