"""What the warning signs are called, their rules with the thresholds that count, what one can do,
and where they come from (DOMAIN.md 7; symptoms by seed 004, thresholds by this program)."""

from __future__ import annotations

from collections.abc import Mapping

from crm_pilot.governance.entry import Place
from crm_pilot.governance.thresholds import Limits
from crm_pilot.i18n import Message, msg

NAMES: Mapping[str, Message] = {  # as the row of a sign in order says
    "D1": msg("The CRM lives"),
    "D2": msg("Major features are used"),
    "D3": msg("No department lives apart"),
    "D5": msg("Newcomers are trained"),
    "D6": msg("Use holds"),
    "D7": msg("Newcomers know the features"),
    "D8": msg("The sponsor is there"),
    "D9": msg("Salespeople type their own records"),
    "D12": msg("Features come with training"),
    "D14": msg("Use is more than logins"),
}
WARNS: Mapping[str, Message] = {
    "D1": msg("The CRM is buried alive"),
    "D2": msg("A major feature is hardly used"),
    "D3": msg("Departments live apart"),
    "D5": msg("Newcomers are trained less than the first users"),
    "D6": msg("Use decays"),
    "D7": msg("Newcomers do not know a feature"),
    "D8": msg("The sponsor is absent"),
    "D9": msg("Assistants type for salespeople"),
    "D12": msg("Features come faster than training"),
    "D14": msg("Use is measured by logins only"),
}
ACTIONS: Mapping[str, Message] = {
    "D1": msg("Ask the teams what keeps activities and opportunities out of the CRM"),
    "D2": msg("Show the feature in a meeting of its users, or withdraw it"),
    "D3": msg("Visit the departments apart, and close the other tools"),
    "D5": msg("Hold a formal session for the newcomers"),
    "D6": msg("Ask in the departments what changed, and plan help"),
    "D7": msg("Put the feature on the programme of the newcomers"),
    "D8": msg("Ask the sponsor for a decision, and for an example"),
    "D9": msg("Look with the managers at what keeps salespeople from typing"),
    "D12": msg("Slow deliveries down until their users are trained"),
    "D14": msg("Import the actions of the CRM"),
}
_RESCUE = msg("{rule}, “Rescuing CRM projects”, a consultant's article; thresholds our own")
_ADOPTION = msg("{rule}, “CRM adoption: a key success factor”, a consultant's article")


def source(rule: str) -> Message:
    """The seed article of a sign."""
    base = _ADOPTION if rule == "D14" else _RESCUE
    return Message(base.template, {"rule": rule})


PLACES: Mapping[str, Place] = {  # the view of the room that shows it
    "D1": Place("adoption"),
    "D2": Place("adoption", "feature"),
    "D3": Place("adoption", "department"),
    "D5": Place("training", "attendance"),
    "D6": Place("adoption"),
    "D7": Place("adoption", "feature"),
    "D8": Place("committee", "decision"),
    "D9": Place("adoption"),
    "D12": Place("training", "course"),
    "D14": Place("adoption"),
}


def rule_text(rule: str, limits: Limits) -> Message:
    """The rule of a sign in one sentence, with the thresholds that count."""
    return Message(_RULES[rule].template, dict(limits))


_RULES: Mapping[str, Message] = {
    "D1": msg(
        "In the last 28 days of data contacts are {contacts}% of the actions or more and {acting}%"
        " of the active users or fewer act on activities or opportunities; or the median of days"
        " since the last login is {quiet} or more."
    ),
    "D2": msg(
        "A major feature delivered {days} days ago or more is used by fewer than {used}% of its"
        " target users in the last 28 days of data."
    ),
    "D3": msg(
        "The pilot departments reach a median regularity of {pilot}%, and departments at {low}% or"
        " less hold {licences}% of the licences or more, in the last 28 days of data. Graver when"
        " the old tool is still fed or another one was bought."
    ),
    "D5": msg(
        "Newcomers followed {minutes}% or less of the training minutes per head of the first"
        " users, or more than {untrained}% of them had no formal session within {days} days; while"
        " more features are delivered than at the first go-live."
    ),
    "D6": msg(
        "Regularity (login days ÷ working days) falls {months} months running, by {drop}% or more"
        " in all."
    ),
    "D7": msg(
        "A feature is used by {veterans}% or more of the veterans and {newcomers}% or less of the"
        " newcomers it is meant for, in the last 28 days of data."
    ),
    "D8": msg(
        "The sponsor logs in on fewer than {logins}% of the median days of the department, where"
        " the sponsor agreed and figures of single users are open; or no steering decision for"
        " {days} days."
    ),
    "D9": msg(
        "{share}% or more of a salesperson's records of the last whole month are created by"
        " assistants; told in sums, never who."
    ),
    "D12": msg(
        "More features are delivered in the last 91 days than in the 91 days before, while fewer"
        " than {trained}% of the users they are meant for are trained on them, on average."
    ),
    "D14": msg("Login days are imported, and created or updated records never were."),
}
