"""Why the figures of features, mandatory passages, completeness, support and typing are so."""

from __future__ import annotations

import datetime as dt

from crm_pilot.adoption import facts, features, objects, passages, proxy, quality, rules, support
from crm_pilot.adoption.explained import ARTICLE
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.people.explained import left_out
from crm_pilot.store.reader import Reader
from crm_pilot.why import OWN, Part, Why, as_of, from_to

RESCUE = msg("“Rescuing CRM projects”, a consultant's article (practitioner rule of thumb)")
NO_ACTION = msg("No created or changed record was imported yet")
CAUSES = msg(
    "A student paper on CRM projects: a question, a function not mastered, found complicated"
    " (practitioner rule of thumb)"
)


def feature_parts(reader: Reader, today: dt.date) -> dict[str, Part]:
    """What answers for features, mandatory passages, completeness, support, typing, objects."""
    return {
        "feature_matrix": lambda: {"feature_matrix": _matrix(reader, today)},
        "passages": lambda: {"passages": _passages(reader, today)},
        "completeness": lambda: {"completeness": _completeness(reader, today)},
        "support": lambda: {"support": _support(reader, today)},
        "proxy_typing": lambda: {"proxy_typing": _proxy(reader, today)},
        "crm_objects": lambda: {"crm_objects": _objects(reader, today)},
    }


def _period(reader: Reader, today: dt.date) -> Message | None:
    """The 28 days up to the last action known."""
    until = facts.last_action(reader, today)
    if until is None:
        return None
    return from_to(until - dt.timedelta(days=rules.WINDOW_DAYS - 1), until)


def _matrix(reader: Reader, today: dt.date) -> Why:
    found = features.matrix(reader, today)
    return Why(
        name=msg("Use of features"),
        rule=msg(
            "Target users who created or changed a record in one of the feature's objects within"
            " {days} days ÷ target users. Targets are the open accounts of its profiles, all of"
            " them where it has none; looking does not count.",
            days=rules.WINDOW_DAYS,
        ),
        data=msg(
            "{n} features, {delivered} delivered, {measured} with a figure; {out}",
            n=len(found.rows),
            delivered=sum(row.delivered for row in found.rows),
            measured=sum(row.share is not None for row in found.rows),
            out=left_out(reader),
        )
        if found.until is not None
        else NO_ACTION,
        source=RESCUE,
        period=_period(reader, today),
    )


def _passages(reader: Reader, today: dt.date) -> Why:
    found = passages.use(reader, today)
    return Why(
        name=msg("Mandatory passages"),
        rule=msg(
            "Users of the profile who created or changed a record of the object within {days} days"
            " ÷ users of the profile. Mandatory passage: what can be done in the CRM alone.",
            days=rules.WINDOW_DAYS,
        ),
        thresholds=msg("Each has the target the lead set"),
        data=msg(
            "{n} mandatory passages, {closed} in the CRM alone, {met} that reach their target",
            n=len(found),
            closed=sum(row.closed for row in found),
            met=sum(row.met is True for row in found),
        ),
        source=RESCUE,
        period=_period(reader, today),
    )


def _completeness(reader: Reader, today: dt.date) -> Why:
    found = quality.latest(reader, today)
    return Why(
        name=msg("Completeness"),
        rule=msg(
            "Key fields filled in ÷ key fields expected, per record, averaged over the records; the"
            " latest measure of each field counts."
        ),
        data=msg(
            "{fields} fields of {objects} objects",
            fields=sum(one.fields for one in found.objects),
            objects=len(found.objects),
        ),
        source=OWN,
        period=None if found.measured_on is None else as_of(found.measured_on),
    )


def _support(reader: Reader, today: dt.date) -> Why:
    found = support.causes(reader, today)
    return Why(
        name=msg("Causes of giving up"),
        rule=msg(
            "Cases noted by cause; answered: with a day on which something was done about them."
            " Time to an answer is the median in days."
        ),
        data=nmsg(
            "{n} case, {answered} answered",
            "{n} cases, {answered} answered",
            sum(one.cases for one in found),
            answered=sum(one.answered for one in found),
        ),
        source=CAUSES,
        period=as_of(today),
    )


def _proxy(reader: Reader, today: dt.date) -> Why:
    found = proxy.share(reader, today)
    data = msg("No export named the owners of records, or no profile is of assistants")
    if found.known:
        data = msg(
            "{by} of {records} records, {owners} salespeople; told in sums only",
            by=found.by_assistants,
            records=found.records,
            owners=found.owners,
        )
    month = None
    if found.month is not None:
        month = from_to(facts.first_of(found.month), facts.last_of(found.month))
    return Why(
        name=msg("Typed by assistants"),
        rule=msg(
            "Records of salespeople that assistants created ÷ records of salespeople: those they"
            " created and those created in their name, in the last full month."
        ),
        thresholds=msg("Fewer than {n} salespeople are not told", n=proxy.SMALL),
        data=data,
        source=RESCUE,
        period=month,
    )


def _objects(reader: Reader, today: dt.date) -> Why:
    found = objects.register(reader, today)
    return Why(
        name=msg("Objects of the CRM"),
        rule=msg(
            "Objects as the exports name them, with the last day on which somebody created or"
            " changed a record, and the records of {days} days. Accounts of interfaces count too.",
            days=rules.WINDOW_DAYS,
        ),
        data=msg(
            "{n} objects, {used} used within {days} days",
            n=len(found),
            used=sum(row.users > 0 for row in found),
            days=rules.WINDOW_DAYS,
        ),
        source=ARTICLE,
        period=_period(reader, today),
    )
