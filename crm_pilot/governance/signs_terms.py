"""The warning signs of use and training: their inputs, and what a rule finds (DOMAIN.md 7).

Shares are parts of 1, thresholds whole numbers (percent, days, months). No input names a person.
"""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from crm_pilot.governance.entry import Verdict
from crm_pilot.i18n import N_, Message
from crm_pilot.records import dataclass

SIGNS = ("D1", "D2", "D3", "D5", "D6", "D7", "D8", "D9", "D12", "D14")
SMALL = 5  # of fewer accounts or people nothing is told (DOMAIN.md 6)


class Need(StrEnum):
    """What a rule cannot do without."""

    LOGINS = "logins"
    ACTIONS = "actions"
    KINDS = "kinds"
    ACCOUNTS = "accounts"
    MAJOR = "major"
    FEATURE_OBJECTS = "feature_objects"
    DELIVERED = "delivered"
    PILOT = "pilot"
    REGULARITY = "regularity"
    GO_LIVE = "go_live"
    NEWCOMERS = "newcomers"
    COHORT = "cohort"
    SESSIONS = "sessions"
    MONTHS = "months"
    DECISIONS = "decisions"
    SPONSOR = "sponsor"
    OWNERS = "owners"
    ASSISTANTS = "assistants"
    COURSE_FEATURES = "course_features"
    QUARTERS = "quarters"


NEEDS = {  # as the end of "Not enough data: …"
    Need.LOGINS: N_("login days are not imported"),
    Need.ACTIONS: N_("records created and updated are not imported"),
    Need.KINDS: N_("no object of the CRM is marked as activity or opportunity"),
    Need.ACCOUNTS: N_("fewer than five open accounts"),
    Need.MAJOR: N_("no feature is marked as major"),
    Need.FEATURE_OBJECTS: N_("it is not said in which objects the features are used"),
    Need.DELIVERED: N_("no feature has a delivery date"),
    Need.PILOT: N_("no wave is marked as pilot"),
    Need.REGULARITY: N_("no department of the pilot was open all these days"),
    Need.GO_LIVE: N_("no wave is in service yet"),
    Need.NEWCOMERS: N_("fewer than five newcomers long enough"),
    Need.COHORT: N_("fewer than five users were there from the start"),
    Need.SESSIONS: N_("no training session has been held"),
    Need.MONTHS: N_("too few whole months of login days"),
    Need.DECISIONS: N_("no steering decision is registered"),
    Need.SPONSOR: N_("the sponsor has no account in a department of five or more"),
    Need.OWNERS: N_("no export says who owns the records that others create"),
    Need.ASSISTANTS: N_("no profile is marked as assistant"),
    Need.COURSE_FEATURES: N_("no course says which features it covers"),
    Need.QUARTERS: N_("no feature was delivered before the last quarter"),
}


@dataclass(frozen=True)
class Finding:
    """What a rule found. `data` are the parts of its line of data, `missing` what it lacked."""

    verdict: Verdict
    data: tuple[Message, ...] = ()
    missing: tuple[Need, ...] = ()
    title: Message | None = None
    subject: str = ""
    grave: bool = False


@dataclass(frozen=True)
class Alive:
    """D1. None: not imported, or nobody to measure."""

    accounts: int  # open on the last day
    actions: int | None  # records created or updated in the window, by measured accounts
    contacts: int  # of them, in contacts
    active: int  # accounts with an action in the window
    acting: int | None  # of them, with one on activities or opportunities; None: no such object
    quiet: float | None  # median days since the last login, on the last day of logins


@dataclass(frozen=True)
class FeatureInUse:
    """D2: a major feature that is delivered and not withdrawn."""

    id: int
    name: str
    days: int  # from its delivery to the last day of data
    targets: int
    users: int | None  # None: no object shows its use


@dataclass(frozen=True)
class UnitUse:
    """D3: a department; `regularity` is that of the accounts open all through the window."""

    name: str
    pilot: bool
    accounts: int
    regularity: float | None


@dataclass(frozen=True)
class Village:
    """D3. `licences`: all open accounts."""

    units: tuple[UnitUse, ...]
    licences: int
    legacy_fed: bool
    rival_bought: bool


@dataclass(frozen=True)
class Cohort:
    """D5: users and the minutes of the sessions they attended."""

    heads: int
    minutes: int

    @property
    def per_head(self) -> float | None:
        """Minutes a head; None of nobody."""
        return self.minutes / self.heads if self.heads else None


@dataclass(frozen=True)
class Decay:
    """D5. `due`: newcomers whose account is old enough that they should have been trained."""

    initial: Cohort
    newcomers: Cohort
    due: int
    without: int  # of those due, without a formal session in time
    held: bool  # a session was held at all
    dated: bool  # some feature has a delivery date
    delivered_then: int  # on the first go-live
    delivered_now: int


@dataclass(frozen=True)
class MonthUse:
    """D6: regularity of everybody in a whole month (202611)."""

    month: int
    regularity: float | None


@dataclass(frozen=True)
class FeatureGap:
    """D7: a feature among veterans and newcomers, target users and those who use it."""

    id: int
    name: str
    veterans: int
    veteran_users: int
    newcomers: int
    newcomer_users: int


@dataclass(frozen=True)
class Sponsorship:
    """D8. `agreed`: login days of the sponsor may be compared; otherwise they are not read.
    `median`: login days of the department, None when it has fewer than five accounts."""

    agreed: bool
    login_days: int | None
    median: float | None
    last_decision: dt.date | None
    registered: bool  # the register holds a decision
    days: int | None  # since the last decision, or since the project began


@dataclass(frozen=True)
class OwnedRecords:
    """D9: records created in the name of one salesperson, who is not named."""

    department: int | None
    created: int
    by_assistants: int


@dataclass(frozen=True)
class Pace:
    """D12: features delivered in the last quarter and the one before; of those of the last one,
    the trained share of the target users, None where no course covers it."""

    before: int
    now: int
    earlier: int  # delivered before the last quarter, at any time
    covered: bool  # some course says which features it covers
    shares: tuple[float, ...]
