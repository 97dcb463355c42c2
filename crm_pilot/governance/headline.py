"""The sentence that opens a screen or a page: what matters today, computed from the data.

Each names every unit concerned or gives a count. Rooms compute their own sentence; those that join
several rooms, and those of the committee, are here. The lead's own sentence, in the table
`headline`, comes before the computed one.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from crm_pilot.adoption import checkpoints
from crm_pilot.adoption import queries as adoption
from crm_pilot.governance.budget import budget
from crm_pilot.governance.rows import (
    HIGH_RISK,
    decisions,
    enumeration,
    next_committee,
    risks,
)
from crm_pilot.governance.terms import DecisionStatus, RiskStatus
from crm_pilot.governance.weather import kept_days
from crm_pilot.i18n import N_, Message, Translator, msg, nmsg
from crm_pilot.maintenance import charts as maintenance_charts
from crm_pilot.maintenance import queries as maintenance
from crm_pilot.planning import headline as planning_room
from crm_pilot.planning import queries as planning
from crm_pilot.planning import trend_headline as announced
from crm_pilot.planning.history import go_live_ids
from crm_pilot.planning.queries import MilestoneRow
from crm_pilot.planning.trend_headline import wave_words
from crm_pilot.stakeholders import queries as stakeholders
from crm_pilot.stakeholders import sentences as stakeholders_room
from crm_pilot.stakeholders.terms import Trio, UnitKind
from crm_pilot.store.reader import Reader
from crm_pilot.training import charts as training_charts
from crm_pilot.training import queries as training

NAMED = 2  # units named in a sentence; more are counted
SMALL = 5  # smaller groups are not named (DOMAIN.md 6)


def sentence(place: str, reader: Reader, today: dt.date, translator: Translator) -> str:
    """The sentence to show in the translator's language: the lead's own, or the computed one."""
    own = written(place, reader, translator.language)
    return own if own is not None else translator.show(headline(place, reader, today))


def written(place: str, reader: Reader, language: str) -> str | None:
    """The lead's own sentence for a place in a language, or None."""
    found = reader.value(
        "SELECT sentence FROM headline WHERE place = ? AND language = ?"
        " ORDER BY written_on DESC, id DESC",
        place,
        language,
    )
    return None if found is None else str(found)


def headline(place: str, reader: Reader, today: dt.date) -> Message:
    """The computed sentence for one of `PLACES`."""
    return PLACES[place](reader, today)


# clauses -----------------------------------------------------------------------------------


def _next_go_live(reader: Reader, today: dt.date) -> MilestoneRow | None:
    go_lives = go_live_ids(reader)
    pending = [
        m for m in planning.figures(reader, today).milestones if m.id in go_lives and not m.done
    ]
    return min(pending, key=lambda m: m.forecast, default=None)


def _go_live_clause(reader: Reader, go_live: MilestoneRow, *, first: bool) -> Message:
    slip = go_live.slip_days or 0
    wave = wave_words(go_live.wave or go_live.title, first=first)
    if slip > kept_days(reader):
        return nmsg(
            "{wave} slips by {n} day, to {date}",
            "{wave} slips by {n} days, to {date}",
            slip,
            wave=wave,
            date=go_live.forecast,
        )
    return msg("{wave} holds {date}", wave=wave, date=go_live.forecast)


def _below(reader: Reader, today: dt.date) -> Message | None:
    use = adoption.figures(reader, today)
    measured = [d for d in use.departments if d.days_per_week is not None]
    low = [d.department for d in measured if d.below]
    if not low:
        return None
    named = all(d.accounts >= SMALL for d in measured if d.below)
    if len(low) == 1 and named:
        return msg("{department} uses the CRM less than expected", department=low[0])
    if len(low) <= NAMED and named:
        return msg("{departments} use the CRM less than expected", departments=enumeration(low))
    return nmsg(
        "{n} department of {all} is below its profile",
        "{n} departments of {all} are below their profile",
        len(low),
        all=len(measured),
    )


# places ------------------------------------------------------------------------------------


def _cockpit(reader: Reader, today: dt.date) -> Message:
    trouble, go_live = _below(reader, today), _next_go_live(reader, today)
    if trouble is not None and go_live is not None:
        return msg(
            "{trouble}; {plan}.",
            trouble=trouble,
            plan=_go_live_clause(reader, go_live, first=False),
        )
    if trouble is not None:
        return msg("{sentence}.", sentence=trouble)
    use = adoption.figures(reader, today)
    if go_live is not None:
        if use.active_share is None:
            return msg("{sentence}.", sentence=_go_live_clause(reader, go_live, first=True))
        return msg(
            "{plan}; {share}% of open accounts are active.",
            plan=_go_live_clause(reader, go_live, first=True),
            share=round(use.active_share * 100),
        )
    plan = planning.figures(reader, today)
    if not plan.tasks and not plan.milestones:
        return msg("The plan is empty: start with its phases and go-live dates.")
    return planning_room.headline(reader, today)


def _report(reader: Reader, today: dt.date) -> Message:
    asked = _asked(reader)
    go_live = _next_go_live(reader, today)
    if go_live is None:
        return _cockpit(reader, today)
    plan = _go_live_clause(reader, go_live, first=True)
    if asked:
        return nmsg(
            "{plan}: the committee has {n} decision to take.",
            "{plan}: the committee has {n} decisions to take.",
            asked,
            plan=plan,
        )
    trouble = _below(reader, today)
    if trouble is not None:
        return msg(
            "{trouble}; {plan}.",
            trouble=trouble,
            plan=_go_live_clause(reader, go_live, first=False),
        )
    return _cockpit(reader, today)


def _schedule(reader: Reader, today: dt.date) -> Message:
    """What the days lost come from, and whether the next go-live holds."""
    return announced.headline(reader, today) or _cockpit(reader, today)


def _work(reader: Reader, today: dt.date) -> Message:
    """Late tasks and late milestones to come."""
    plan = planning.figures(reader, today)
    if not plan.tasks and not plan.milestones:
        return msg("The plan holds neither tasks nor milestones yet.")
    pending = plan.next_milestones
    kept = kept_days(reader)
    late = sum((m.slip_days or 0) > kept or m.forecast < today for m in pending)
    tasks = nmsg("{n} task is late", "{n} tasks are late", plan.tasks_late)
    if not plan.tasks_late:
        tasks = msg("No task is late")
    if not pending:
        return msg("{tasks}; every milestone is reached.", tasks=tasks)
    if not late:
        return msg("{tasks}; every milestone to come holds.", tasks=tasks)
    return nmsg(
        "{tasks}; {n} milestone to come of {all} slips.",
        "{tasks}; {n} milestones to come of {all} slip.",
        late,
        tasks=tasks,
        all=len(pending),
    )


def _positions(reader: Reader, today: dt.date) -> Message:
    positions = stakeholders.figures(reader, today)
    if not positions.headcount_rated:
        return msg("Nobody is placed on the map yet: start with the groups.")
    share = {part.trio: round(part.share * 100) for part in positions.shares}
    turned = [
        unit
        for unit in positions.crossings
        if unit.trio == Trio.OPPONENT and unit.kind == UnitKind.GROUP
    ]
    if turned:
        many = len(turned) > NAMED or any(unit.headcount < SMALL for unit in turned)
        if many:
            return nmsg(
                "{n} group turned to opposition; locomotives are {share}% of the headcount.",
                "{n} groups turned to opposition; locomotives are {share}% of the headcount.",
                len(turned),
                share=share[Trio.LOCOMOTIVE],
            )
        names = enumeration([f"{unit.name} ({unit.headcount})" for unit in turned])
        return nmsg(
            "{names} turned to opposition; locomotives are {share}% of the headcount.",
            "{names} turned to opposition; locomotives are {share}% of the headcount.",
            len(turned),
            names=names,
            share=share[Trio.LOCOMOTIVE],
        )
    return msg(
        "{locomotives}% pull, {hesitants}% wait and {opponents}% resist, of {n} people rated.",
        locomotives=share[Trio.LOCOMOTIVE],
        hesitants=share[Trio.HESITANT],
        opponents=share[Trio.OPPONENT],
        n=positions.headcount_rated,
    )


def _whole(share: float | None) -> int:
    return round((share or 0.0) * 100)


def _adoption(reader: Reader, today: dt.date) -> Message:
    use = adoption.figures(reader, today)
    if not use.accounts_open:
        return msg("No account is open yet: use will be measured from the first go-live.")
    if use.active_share is None:
        return nmsg(
            "{n} account is open and no login was imported yet.",
            "{n} accounts are open and no login was imported yet.",
            use.accounts_open,
        )
    share = msg(
        "{share}% of accounts are active, target {target}%",
        share=_whole(use.active_share),
        target=_whole(use.target_share),
    )
    trouble, missed = _below(reader, today), _missed(reader, today)
    if trouble is None and missed is None:
        return msg("{sentence}.", sentence=share)
    if trouble is not None and missed is not None:
        return msg("{trouble}; {missed}.", trouble=trouble, missed=missed)
    if missed is not None:
        return msg("{share}; {missed}.", share=share, missed=missed)
    return msg("{share}; {trouble}.", share=share, trouble=trouble)


def _missed(reader: Reader, today: dt.date) -> Message | None:
    """The last checkpoint of a wave that was missed; of several waves their number."""
    last = []
    for wave in checkpoints.checkpoints(reader, today):
        known = [point for point in wave.points if point.met is not None]
        if known and not known[-1].met:
            last.append((wave.wave, known[-1]))
    if not last:
        return None
    if len(last) > 1:
        return nmsg("{n} wave misses its checkpoint", "{n} waves miss their checkpoint", len(last))
    name, point = last[0]
    return nmsg(
        "{wave} misses day {days} by {n} point",
        "{wave} misses day {days} by {n} points",
        max(1, round(point.goal * 100) - _whole(point.share)),
        wave=wave_words(name, first=False),
        days=point.days,
    )


def _asked(reader: Reader) -> int:
    return sum(d.status == DecisionStatus.PROPOSED for d in decisions(reader))


def _committee(reader: Reader, today: dt.date) -> Message:
    following = next_committee(reader, today)
    asked = _asked(reader)
    if following is None:
        return msg("No committee is dated: date the next one.")
    if not asked:
        return msg("The committee of {date} has no decision to take yet.", date=following.held_on)
    high = _high_risks(reader)
    return nmsg(
        "The committee of {date} has {n} decision to take; high risks: {high}.",
        "The committee of {date} has {n} decisions to take; high risks: {high}.",
        asked,
        date=following.held_on,
        high=high,
    )


def _high_risks(reader: Reader) -> int:
    return sum(r.score >= HIGH_RISK and r.status == RiskStatus.OPEN for r in risks(reader))


def _budget(reader: Reader, today: dt.date) -> Message:
    money = budget(reader)
    if not money.lines:
        return msg("No budget line yet.")
    if not money.baseline_cents and not money.revised_cents:
        return msg("The budget has its lines, but no amount yet.")
    revised = round(money.revised_cents / 100_000)
    gap = revised - round(money.baseline_cents / 100_000)
    if not money.baseline_cents:
        return msg("The project will end at €{revised}k; no baseline to compare.", revised=revised)
    if gap > 0:
        worst = max(money.lines, key=lambda line: line.gap_cents)
        return msg(
            "The project will end at €{revised}k, €{gap}k more than planned; {line} adds {most}.",
            revised=revised,
            gap=gap,
            line=worst.name,
            most=round(worst.gap_cents / 100_000),
        )
    if gap < 0:
        return msg(
            "The project will end at €{revised}k, €{gap}k less than planned.",
            revised=revised,
            gap=-gap,
        )
    return msg("The project will end at €{revised}k, as planned.", revised=revised)


def _of_registers(name: str) -> Callable[[Reader, dt.date], Message]:
    """A sentence of `register_headlines`, which the cockpit does without."""

    def told(reader: Reader, today: dt.date) -> Message:
        from crm_pilot.governance import register_headlines

        found: Message = getattr(register_headlines, name)(reader, today)
        return found

    return told


def _since(reader: Reader, today: dt.date) -> Message:
    from crm_pilot.governance import since_words  # which reads all that this module reads

    return since_words.headline(reader, today)


PLACES: dict[str, Callable[[Reader, dt.date], Message]] = {
    "cockpit": _cockpit,
    "report": _report,
    "planning": planning_room.headline,
    "stakeholders": stakeholders_room.headline,
    "positions": _positions,
    "schedule": _schedule,
    "work": _work,
    "training": lambda reader, today: training_charts.headline(training.figures(reader, today)),
    "adoption": _adoption,
    "maintenance": lambda reader, today: maintenance_charts.headline(
        maintenance.figures(reader, today)
    ),
    "committee": _committee,
    "budget": _budget,
    "registers": _of_registers("decided"),
    "actions": _of_registers("acting"),
    "risks": _of_registers("risky"),
    "minutes": _of_registers("minutes"),
    "raci": _of_registers("answering"),
    "weather": _of_registers("skies"),
    "since": _since,
    "annex": lambda reader, today: msg("How these figures are computed, page by page."),
}
PLACE_NAMES = {
    "cockpit": N_("Cockpit"),
    "report": N_("Report, page 1"),
    "planning": N_("Planning"),
    "stakeholders": N_("Stakeholders"),
    "positions": N_("Report, positions"),
    "schedule": N_("Report, plan"),
    "work": N_("Report, milestones and tasks"),
    "training": N_("Training"),
    "adoption": N_("Adoption"),
    "maintenance": N_("Maintenance"),
    "committee": N_("Committee"),
    "budget": N_("Budget"),
    "registers": N_("Report, decisions"),
    "actions": N_("Report, action plan"),
    "risks": N_("Report, risks and problems"),
    "minutes": N_("Minutes of the meeting"),
    "raci": N_("Report, RACI"),
    "weather": N_("Report, weather"),
    "since": N_("Report, since the last issue"),
    "annex": N_("Report, how figures are computed"),
}
