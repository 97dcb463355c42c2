"""Words of adoption."""

from enum import StrEnum

from crm_pilot.i18n import N_


class ObjectKind(StrEnum):
    """What an object of the CRM is, whatever the product calls it."""

    ACCOUNT = "account"
    CONTACT = "contact"
    LEAD = "lead"
    ACTIVITY = "activity"
    OPPORTUNITY = "opportunity"
    QUOTE = "quote"
    CASE = "case"
    DASHBOARD = "dashboard"
    MAILBOX = "mailbox"
    OTHER = "other"


OBJECT_KINDS = {
    ObjectKind.ACCOUNT: N_("Account"),
    ObjectKind.CONTACT: N_("Contact"),
    ObjectKind.LEAD: N_("Lead"),
    ObjectKind.ACTIVITY: N_("Activity"),
    ObjectKind.OPPORTUNITY: N_("Opportunity"),
    ObjectKind.QUOTE: N_("Quote"),
    ObjectKind.CASE: N_("Customer case"),
    ObjectKind.DASHBOARD: N_("Dashboard"),
    ObjectKind.MAILBOX: N_("Mailbox link"),
    ObjectKind.OTHER: N_("Other"),
}


class Cause(StrEnum):
    """Why somebody gives the CRM up: the three causes that can be mended (seed 000)."""

    QUESTION = "question"
    NOT_MASTERED = "not_mastered"
    COMPLICATED = "complicated"


CAUSES = {
    Cause.QUESTION: N_("A question"),
    Cause.NOT_MASTERED: N_("A function not mastered"),
    Cause.COMPLICATED: N_("Found complicated"),
}


class Aspect(StrEnum):
    """What a rule of the login import looks at."""

    STATUS = "status"
    TYPE = "type"


ASPECTS = {Aspect.STATUS: N_("Status"), Aspect.TYPE: N_("Login type")}


class NeedReason(StrEnum):
    """Why a department's users need help; the first that holds counts."""

    NEVER = "never"
    IDLE = "idle"
    NO_ACTION = "no_action"
    BELOW = "below"


NEED_REASONS = {
    NeedReason.NEVER: N_("Never logged in"),
    NeedReason.IDLE: N_("Not logged in for 21 days"),
    NeedReason.NO_ACTION: N_("Logs in without acting"),
    NeedReason.BELOW: N_("Below the profile"),
}
