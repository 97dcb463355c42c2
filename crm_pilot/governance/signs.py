"""The warning signs of use and training, with their data, period, source and what one can do.

The rules are those of `signs_rules.py`; here they get what the rooms know, the thresholds, the
snoozes and the tasks planned because of them. Below eight weeks of data the signs of use say so.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from crm_pilot.adoption import facts, features, proxy
from crm_pilot.adoption.rules import WINDOW_DAYS
from crm_pilot.governance import signs_rules as rules
from crm_pilot.governance import signs_training, signs_use
from crm_pilot.governance import signs_words as words
from crm_pilot.governance.entry import Check, Place, Verdict
from crm_pilot.governance.signs_tasks import planned
from crm_pilot.governance.signs_terms import NEEDS, SIGNS, Finding, Need
from crm_pilot.governance.signs_use import Use
from crm_pilot.governance.snoozing import in_force
from crm_pilot.governance.thresholds import ANY, Limits, changed_rules, limits
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.planning import queries as planning
from crm_pilot.store.reader import Reader, remembered
from crm_pilot.training import coverage
from crm_pilot.why import as_of, from_to

TABLES = (
    *("account", "profile", "person", "department", "wave", "task", "role"),
    *("crm_object", "feature", "feature_object", "feature_profile"),
    *("training_session", "attendance", "course", "course_feature"),
    *("committee", "decision", "threshold", "snooze", "sign_action", "baseline", "baseline_task"),
    *facts.TABLES,
    *features.TABLES,
    *coverage.TABLES,
    *planning.HOURS,
)
_RANK = {Verdict.WARN: 0, Verdict.UNKNOWN: 1, Verdict.OK: 2, Verdict.SNOOZED: 3}
Known = Mapping[str, Limits]
L28 = dt.timedelta(days=WINDOW_DAYS - 1)


@remembered(*dict.fromkeys(TABLES))
def signs(reader: Reader, today: dt.date) -> tuple[Check, ...]:
    """Every sign on `today`: those that warn first, the snoozed ones last."""
    known = limits(reader)
    use = Use(reader, today, known[ANY]["weeks"], known["D6"]["months"])
    changed, quiet, tasks = changed_rules(reader), in_force(reader, today), planned(reader)
    found = []
    for rule in SIGNS:
        for finding in _findings(rule, use, known):
            key = (rule, finding.subject)
            made = replace(
                _check(rule, finding, use, known.get(rule, {})),
                tasks=tasks.get(key, ()),
                changed=rule in changed,
            )
            snooze = quiet.get(key)
            if snooze is not None and made.verdict is Verdict.WARN:
                made = replace(made, verdict=Verdict.SNOOZED, snooze=snooze)
            found.append(made)
    return tuple(sorted(found, key=lambda check: _RANK[check.verdict]))


def _findings(rule: str, use: Use, known: Known) -> Sequence[Finding]:
    if rule in OF_USE:
        short = _too_short(use, known[ANY])
        if short is not None:
            return [short]
    return list(_RULES[rule](use, known.get(rule, {})))


def _too_short(use: Use, known: Limits) -> Finding | None:
    """Not enough data: none, or fewer weeks than asked for."""
    if use.window is None:
        return Finding(Verdict.UNKNOWN, missing=(Need.LOGINS,))
    if rules.enough(use.window.days, known):
        return None
    weeks = nmsg("{n} week of data", "{n} weeks of data", use.window.days // 7)
    needed = msg("{weeks}; {needed} are needed", weeks=weeks, needed=known["weeks"])
    return Finding(Verdict.UNKNOWN, (needed,))


def _d1(use: Use, known: Limits) -> Iterable[Finding]:
    return [rules.buried_alive(signs_use.alive(use), known)]


def _d2(use: Use, known: Limits) -> Iterable[Finding]:
    return [_no_actions()] if use.acted is None else rules.major_unused(
        signs_use.major_features(use), known
    )  # fmt: skip


def _d3(use: Use, known: Limits) -> Iterable[Finding]:
    if use.until is None:
        return [Finding(Verdict.UNKNOWN, missing=(Need.LOGINS,))]
    return [rules.village(signs_use.village(use), known)]


def _d5(use: Use, known: Limits) -> Iterable[Finding]:
    live = min((day for day in use.go_lives.values() if day <= use.today), default=None)
    if live is None:
        return [Finding(Verdict.UNKNOWN, missing=(Need.GO_LIVE,))]
    return [rules.training_decays(signs_training.decay(use, known["days"]), known)]


def _d6(use: Use, known: Limits) -> Iterable[Finding]:
    return [rules.use_decays(signs_use.whole_months(use), known)]


def _d7(use: Use, known: Limits) -> Iterable[Finding]:
    return [_no_actions()] if use.acted is None else rules.forgotten(signs_use.gaps(use), known)


def _d8(use: Use, known: Limits) -> Iterable[Finding]:
    return [rules.sponsor_absent(signs_use.sponsorship(use), known)]


def _d9(use: Use, known: Limits) -> Iterable[Finding]:
    rows, missing = signs_use.owned(use)
    return [rules.proxy_typing(rows, known, missing)]


def _d12(use: Use, known: Limits) -> Iterable[Finding]:
    return [rules.indigestion(signs_training.pace(use), known)]


def _d14(use: Use, known: Limits) -> Iterable[Finding]:
    return [rules.logins_only(use.until is not None, use.acted is not None)]


def _no_actions() -> Finding:
    return Finding(Verdict.UNKNOWN, missing=(Need.ACTIONS,))


_RULES: Mapping[str, Callable[[Use, Limits], Iterable[Finding]]] = {
    "D1": _d1, "D2": _d2, "D3": _d3, "D5": _d5, "D6": _d6, "D7": _d7, "D8": _d8, "D9": _d9,
    "D12": _d12, "D14": _d14,
}  # fmt: skip
OF_USE = ("D1", "D2", "D3", "D6", "D7", "D9")  # that want weeks of data


# a row of it -----------------------------------------------------------------------------------


def _check(rule: str, finding: Finding, use: Use, known: Limits) -> Check:
    warns = finding.verdict is Verdict.WARN
    title = finding.title or (words.WARNS[rule] if warns else words.NAMES[rule])
    place = words.PLACES[rule]
    if finding.subject:
        place = Place(place.room, place.table, int(finding.subject))
    return Check(
        rule,
        finding.subject,
        finding.verdict,
        title,
        words.rule_text(rule, known),
        line(finding),
        words.ACTIONS[rule],
        words.source(rule),
        place,
        None,
        period=_period(rule, use),
        grave=finding.grave and warns,
    )


def _period(rule: str, use: Use) -> Message:
    """The days a sign looked at."""
    if rule in ("D2", "D7") and use.acted is not None:
        return from_to(use.acted - L28, use.acted)
    if rule in ("D1", "D3") and use.last is not None:
        return from_to(*use.l28)
    months = _months(rule, use)
    if months:
        return from_to(facts.first_of(months[0]), facts.last_of(months[-1]))
    return as_of(use.today)


def _months(rule: str, use: Use) -> list[int]:
    """The months a sign looked at."""
    if rule == "D6":
        return signs_use.months(use)
    month = proxy.last_full_month(use.reader, use.today) if rule == "D9" else None
    return [] if month is None else [month]


def line(finding: Finding) -> Message:
    """The data of a finding in a line, with what is missing."""
    lacks = [_lack(need) for need in finding.missing]
    if finding.verdict is not Verdict.UNKNOWN:
        return _joined([*finding.data, *lacks]) if finding.data else msg("Nothing to see")
    return msg("Not enough data: {list}", list=_joined([*lacks, *finding.data]))


def _lack(need: Need) -> Message:
    return Message(NEEDS[need])


def _joined(parts: Sequence[Message]) -> Message:
    said, *rest = parts
    for part in rest:
        said = Message("{first}; {rest}", {"first": said, "rest": part})
    return said
