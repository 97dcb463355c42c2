"""The rules of the warning signs (DOMAIN.md 7): pure functions of their inputs and thresholds.

Each gives a `Finding`: in order, watch, or unknown with what is missing. Where a rule has two
halves joined by "or", one that holds is enough to warn, and both must be known to be in order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from crm_pilot.governance.entry import Verdict
from crm_pilot.governance.rows import commas
from crm_pilot.governance.signs_terms import (
    SMALL,
    Alive,
    Decay,
    FeatureGap,
    FeatureInUse,
    Finding,
    MonthUse,
    Need,
    OwnedRecords,
    Pace,
    Sponsorship,
    UnitUse,
    Village,
)
from crm_pilot.governance.thresholds import Limits
from crm_pilot.i18n import Message, msg, nmsg


def _percent(share: float) -> int:
    return round(share * 100)


def at_least(part: float, whole: float, percent: int) -> bool:
    """Whether part ÷ whole ≥ percent, as decimals: 0.5 - 0.4 is a fifth of 0.5."""
    return round(part * 100 - percent * whole, 9) >= 0


def _under(part: float, whole: float, percent: int) -> bool:
    return not at_least(part, whole, percent)


def _at_most(part: float, whole: float, percent: int) -> bool:
    """Whether part ÷ whole ≤ percent."""
    return round(part * 100 - percent * whole, 9) <= 0


def _verdict(*halves: bool | None) -> Verdict:
    """One half that holds warns; one that is unknown keeps the rest from being in order."""
    if any(halves):
        return Verdict.WARN
    return Verdict.UNKNOWN if None in halves else Verdict.OK


def _unknown(*missing: Need) -> Finding:
    return Finding(Verdict.UNKNOWN, missing=missing)


def enough(days: int, limits: Limits) -> bool:
    """Whether so many days of data are the weeks asked for (8 unless changed)."""
    return days >= limits["weeks"] * 7


# use -------------------------------------------------------------------------------------------


def buried_alive(use: Alive, limits: Limits) -> Finding:
    """D1: contacts ÷ actions ≥ 80 % and users acting on activities or opportunities ÷ active
    users ≤ 20 %, in 28 days; or median days since the last login ≥ 21."""
    if use.accounts < SMALL:
        return _unknown(Need.ACCOUNTS)
    data: list[Message] = []
    missing: list[Need] = []
    bare = _bare(use, limits, data, missing)
    quiet = None
    if use.quiet is None:
        missing.append(Need.LOGINS)
    else:
        quiet = use.quiet >= limits["quiet"]
        data.append(msg("median of {days} d since the last login", days=_whole(use.quiet)))
    return Finding(_verdict(bare, quiet), tuple(data), tuple(missing), grave=True)


def _bare(use: Alive, limits: Limits, data: list[Message], missing: list[Need]) -> bool | None:
    """Whether little but contacts is kept; None where it cannot be said."""
    if use.actions is None:
        missing.append(Need.ACTIONS)
        return None
    if not use.actions or use.active < SMALL:
        data.append(msg("{active} active users", active=use.active))
        return False
    if use.acting is None:
        missing.append(Need.KINDS)
        return None
    data.append(
        msg(
            "{contacts}% of {actions} actions on contacts, {acting} of {active} active users on"
            " activities or opportunities",
            contacts=_percent(use.contacts / use.actions),
            actions=use.actions,
            acting=use.acting,
            active=use.active,
        )
    )
    mostly = at_least(use.contacts, use.actions, limits["contacts"])
    return mostly and _at_most(use.acting, use.active, limits["acting"])


def major_unused(features: Sequence[FeatureInUse], limits: Limits) -> list[Finding]:
    """D2: a major feature delivered ≥ 60 days ago, distinct users in 28 days ÷ target users
    < 15 %; a finding for each that warns, otherwise one."""
    if not features:
        return [_unknown(Need.MAJOR)]
    due = [one for one in features if one.days >= limits["days"]]
    seen = [one for one in due if one.users is not None and one.targets >= SMALL]
    bad = [one for one in seen if _under(one.users or 0, one.targets, limits["used"])]
    if bad:
        return [_unused(one) for one in bad]
    if not due:
        days = limits["days"]
        return [Finding(Verdict.OK, (msg("None was delivered {days} d ago or more", days=days),))]
    if len(seen) < len(due):
        lacks = Need.FEATURE_OBJECTS if any(one.users is None for one in due) else Need.ACCOUNTS
        return [Finding(Verdict.UNKNOWN, _uses(seen), (lacks,))]
    return [Finding(Verdict.OK, _uses(seen))]


def _uses(seen: Sequence[FeatureInUse]) -> tuple[Message, ...]:
    if not seen:
        return ()
    return (Message("{list}", {"list": commas([_used(one) for one in seen], 3)}),)


def _used(one: FeatureInUse) -> Message:
    return msg("“{name}”: {users} of {targets} users", name=one.name, users=one.users or 0,
               targets=one.targets)  # fmt: skip


def _unused(one: FeatureInUse) -> Finding:
    return Finding(
        Verdict.WARN,
        (
            msg(
                "{users} of {targets} target users, {days} d after delivery",
                users=one.users or 0,
                targets=one.targets,
                days=one.days,
            ),
        ),
        title=msg("“{name}” is hardly used", name=one.name),
        subject=str(one.id),
    )


def village(use: Village, limits: Limits) -> Finding:
    """D3: median regularity of the pilot departments ≥ 0.6 and departments ≤ 0.25 hold ≥ 40 % of
    the licences; graver when the old tool is still fed or a rival one was bought."""
    pilots = [unit for unit in use.units if unit.pilot]
    if not pilots:
        return _unknown(Need.PILOT)
    known = [unit.regularity for unit in pilots if unit.regularity is not None]
    if not known or use.licences < SMALL:
        return _unknown(Need.REGULARITY)
    middle = median(known)
    apart = [unit for unit in use.units if _apart(unit, limits)]
    held = sum(unit.accounts for unit in apart)
    data = [
        msg("Pilot at {share}% of working days", share=_percent(middle)),
        _held(len(apart), held / use.licences, limits["low"]),
    ]
    named = [unit.name for unit in apart if unit.accounts >= SMALL]
    if named:
        data.append(Message("{list}", {"list": commas(named)}))
    holds = at_least(middle, 1, limits["pilot"]) and at_least(
        held, use.licences, limits["licences"]
    )
    if holds and use.legacy_fed:
        data.append(msg("the old tool is still fed"))
    if holds and use.rival_bought:
        data.append(msg("another tool was bought"))
    grave = use.legacy_fed or use.rival_bought
    return Finding(Verdict.WARN if holds else Verdict.OK, tuple(data), grave=grave)


def _held(units: int, share: float, low: int) -> Message:
    if not units:
        return msg("no department at {low}% or less", low=low)
    return nmsg(
        "{n} department at {low}% or less holds {share}% of the licences",
        "{n} departments at {low}% or less hold {share}% of the licences",
        units,
        low=low,
        share=_percent(share),
    )


def _apart(unit: UnitUse, limits: Limits) -> bool:
    return unit.regularity is not None and _at_most(unit.regularity, 1, limits["low"])


def use_decays(months: Sequence[MonthUse], limits: Limits) -> Finding:
    """D6: regularity falls 3 months running, and by ≥ 20 % in all: (first − last) ÷ first.
    `months` are whole ones, the oldest first."""
    asked = months[-limits["months"] - 1 :]
    known = [one.regularity for one in asked if one.regularity is not None]
    if len(asked) <= limits["months"] or len(known) < len(asked):
        return _unknown(Need.MONTHS)
    falls = all(later < sooner for sooner, later in pairwise(known))
    drop = (known[0] - known[-1]) / known[0] if known[0] else 0.0
    line = known[0]
    said: Message = msg("{share}%", share=_percent(line))
    for value in known[1:]:
        said = msg("{before} → {share}%", before=said, share=_percent(value))
    data: tuple[Message, ...] = (msg("Regularity month by month: {list}", list=said),)
    warns = falls and at_least(known[0] - known[-1], known[0], limits["drop"])
    if warns:
        data += (msg("{share}% lost", share=_percent(drop)),)
    return Finding(Verdict.WARN if warns else Verdict.OK, data)


def forgotten(features: Sequence[FeatureGap], limits: Limits) -> list[Finding]:
    """D7: a feature used in 28 days by ≥ 50 % of the veterans and ≤ 25 % of the newcomers it is
    meant for; a finding for each that warns, otherwise one."""
    if not features:
        return [_unknown(Need.FEATURE_OBJECTS)]
    seen = [one for one in features if one.veterans >= SMALL and one.newcomers >= SMALL]
    if not seen:
        few = all(one.newcomers < SMALL for one in features)
        return [_unknown(Need.NEWCOMERS if few else Need.COHORT)]
    bad = [one for one in seen if _forgotten(one, limits)]
    if bad:
        return [
            Finding(
                Verdict.WARN,
                (_gap(one),),
                title=msg("Newcomers do not know “{name}”", name=one.name),
                subject=str(one.id),
            )
            for one in bad
        ]
    counted = nmsg("{n} feature compared", "{n} features compared", len(seen))
    return [Finding(Verdict.OK, (counted,))]


def _forgotten(one: FeatureGap, limits: Limits) -> bool:
    veterans = at_least(one.veteran_users, one.veterans, limits["veterans"])
    return veterans and _at_most(one.newcomer_users, one.newcomers, limits["newcomers"])


def _gap(one: FeatureGap) -> Message:
    return msg(
        "{veterans}% of {old} veterans and {newcomers}% of {new} newcomers use it",
        veterans=_percent(one.veteran_users / one.veterans),
        old=one.veterans,
        newcomers=_percent(one.newcomer_users / one.newcomers),
        new=one.newcomers,
    )


def proxy_typing(owners: Iterable[OwnedRecords], limits: Limits, missing: Need | None) -> Finding:
    """D9: ≥ 50 % of a salesperson's records created by assistants; told in sums only."""
    counted = [one for one in owners if one.created]
    if missing is not None or not counted:
        return _unknown(missing or Need.OWNERS)
    if len(counted) < SMALL:
        return _unknown(Need.ACCOUNTS)
    typed = [one for one in counted if at_least(one.by_assistants, one.created, limits["share"])]
    total = sum(one.created for one in counted)
    share = msg(
        "{share}% of the {records} records created by assistants",
        share=_percent(sum(one.by_assistants for one in counted) / total),
        records=total,
    )
    if not typed:
        return Finding(Verdict.OK, (share,))
    places = len({one.department for one in typed})
    return Finding(Verdict.WARN, (_typed(len(typed), len(counted), places, limits), share))


def _typed(some: int, every: int, places: int, limits: Limits) -> Message:
    if some < SMALL:  # who they are would be plain to see
        return msg(
            "Fewer than five of {every} salespeople have {limit}% or more typed by assistants",
            every=every,
            limit=limits["share"],
        )
    return nmsg(
        "{some} of {every} salespeople in {n} department have {limit}% or more typed by assistants",
        "{some} of {every} salespeople in {n} departments have {limit}% or more typed by"
        " assistants",
        places,
        some=some,
        every=every,
        limit=limits["share"],
    )


def logins_only(logins: bool, actions: bool) -> Finding:
    """D14: logins were imported, and no action indicator ever was."""
    if actions:
        return Finding(Verdict.OK, (msg("Records created and updated are imported"),))
    if not logins:
        return _unknown(Need.LOGINS)
    said = msg("No created or updated record was imported: activity may be overstated")
    return Finding(Verdict.WARN, (said,))


# training and steering -------------------------------------------------------------------------


def training_decays(use: Decay, limits: Limits) -> Finding:
    """D5: newcomers' minutes per head ≤ 25 % of those of the initial cohort, or > 50 % of the
    newcomers without a formal session 30 days after their account was opened; while the number of
    delivered features grew since the first go-live."""
    missing = _decay_lacks(use)
    if missing:
        return _unknown(*missing)
    first, late = use.initial.per_head or 0.0, use.newcomers.per_head or 0.0
    shorter = first > 0 and _at_most(late, first, limits["minutes"])
    without = not _at_most(use.without, use.due, limits["untrained"])
    grew = use.delivered_now > use.delivered_then
    data = (
        msg("{late} min per newcomer, {first} at the start", late=round(late), first=round(first)),
        msg(
            "{without} of {heads} newcomers without formal session at {days} d",
            without=use.without,
            heads=use.due,
            days=limits["days"],
        ),
        msg("features: {then} → {now}", then=use.delivered_then, now=use.delivered_now),
    )
    return Finding(Verdict.WARN if grew and (shorter or without) else Verdict.OK, data)


def _decay_lacks(use: Decay) -> tuple[Need, ...]:
    found = []
    if use.due < SMALL:
        found.append(Need.NEWCOMERS)
    if use.initial.heads < SMALL:
        found.append(Need.COHORT)
    if not use.held:
        found.append(Need.SESSIONS)
    if not use.dated:
        found.append(Need.DELIVERED)
    return tuple(found)


def sponsor_absent(use: Sponsorship, limits: Limits) -> Finding:
    """D8: the sponsor's login days in 28 days < 50 % of the department's median, when the sponsor
    agreed; or no steering decision in 60 days."""
    data: list[Message] = []
    missing: list[Need] = []
    halves = [_undecided(use, limits, data, missing)]
    if use.agreed:
        halves.append(_away(use, limits, data, missing))
    return Finding(_verdict(*halves), tuple(data), tuple(missing))


def _undecided(
    use: Sponsorship, limits: Limits, data: list[Message], missing: list[Need]
) -> bool | None:
    if not use.registered or use.days is None:
        missing.append(Need.DECISIONS)
        return None
    if use.last_decision is None:
        data.append(msg("No steering decision since the start, {days} d ago", days=use.days))
    else:
        data.append(msg("Last steering decision on {date}", date=use.last_decision))
    return use.days >= limits["days"]


def _away(
    use: Sponsorship, limits: Limits, data: list[Message], missing: list[Need]
) -> bool | None:
    if use.login_days is None or use.median is None:
        missing.append(Need.SPONSOR)
        return None
    away = _under(use.login_days, use.median, limits["logins"])
    share = limits["logins"]  # never the days themselves: they are one person's
    if away:
        data.append(msg("the sponsor logs in under {share}% of the median", share=share))
    else:
        data.append(msg("the sponsor logs in at {share}% of the median or more", share=share))
    return away


def indigestion(use: Pace, limits: Limits) -> Finding:
    """D12: more features delivered in the last quarter than in the one before, while the trained
    share of their target users is under 50 % on average."""
    if not use.now and not use.earlier:
        return _unknown(Need.DELIVERED)
    paced = msg("{before} → {now} features delivered by quarter", before=use.before, now=use.now)
    if use.now <= use.before:
        return Finding(Verdict.OK, (paced,))
    if not use.earlier:  # the first delivery is no rise
        return Finding(Verdict.UNKNOWN, (paced,), (Need.QUARTERS,))
    if not use.covered:
        return Finding(Verdict.UNKNOWN, (paced,), (Need.COURSE_FEATURES,))
    if not use.shares:
        return Finding(Verdict.UNKNOWN, (paced,), (Need.ACCOUNTS,))
    trained = sum(use.shares) / len(use.shares)
    low = sum(_under(share, 1, limits["trained"]) for share in use.shares)
    data = (
        paced,
        msg("{share}% of their users trained on average", share=_percent(trained)),
        nmsg("{n} feature under {limit}%", "{n} features under {limit}%", low,
             limit=limits["trained"]),
    )  # fmt: skip
    warns = _under(trained, 1, limits["trained"])
    return Finding(Verdict.WARN if warns else Verdict.OK, data)


def _whole(value: float) -> int | float:
    return int(value) if value == int(value) else value
