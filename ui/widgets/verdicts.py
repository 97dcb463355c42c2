"""How the verdict of a check is told: an icon of the house and a word; colour is never alone."""

from __future__ import annotations

from crm_pilot.governance.entry import Verdict
from crm_pilot.i18n import N_

SIGNS = {  # icon, colour, word
    Verdict.OK: ("check-circle", "good", N_("In order")),
    Verdict.WARN: ("warning", "watch", N_("Watch")),
    Verdict.UNKNOWN: ("unknown", "muted", N_("Unknown")),
    Verdict.SNOOZED: ("pause", "muted", N_("Snoozed")),
}
