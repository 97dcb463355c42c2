"""Typical observed acts for each level: what is chosen first and completed then.

Predefined lists keep opinions and private matters out of free text (DOMAIN.md 6: [W88], [W89]).
Each is a beginning: the dots are filled by whoever saw it. They follow the anchors of the levels
(DOMAIN.md 1.1); the sentences themselves are this program's own.
"""

from __future__ import annotations

from crm_pilot.i18n import N_
from crm_pilot.stakeholders.terms import Trio
from crm_pilot.stakeholders.zones import PROVISIONAL_CELLS

GAP = "…"  # what is left to be filled in

SYNERGY_ACTS = {
    1: (
        N_("Invited to …, did not come."),
        N_("Came to … and said nothing."),
        N_("Sent … only after two reminders."),
        N_("Did … of the … exercises of the training."),
    ),
    2: (
        N_("Came to … when invited, … of …."),
        N_("Answered the questionnaire of …."),
        N_("Entered … in the CRM after being shown."),
        N_("Asked in … how … will work."),
    ),
    3: (
        N_("Proposed … in the workshop of …."),
        N_("Prepared … without being asked."),
        N_("Showed … to … colleagues."),
        N_("Offered to test … before …."),
    ),
    4: (
        N_("Organised … without being asked, for … people."),
        N_("Spoke for the project before … on …."),
        N_("Stopped using … and works in the CRM alone since …."),
        N_("Convinced … to …."),
    ),
}
ANTAGONISM_ACTS = {
    1: (
        N_("Raised no objection in the meeting of …."),
        N_("Changed … as agreed, without a remark."),
        N_("Said in … that … or … are both fine."),
    ),
    2: (
        N_("Criticised … and proposed … instead."),
        N_("Asked for … before saying yes."),
        N_("Said in … that … takes … minutes too long."),
        N_("In …, … of … asked to keep … for now."),
    ),
    3: (
        N_("Presented another solution than the CRM in …: …."),
        N_("In …, … of … asked to change nothing about …."),
        N_("Refused …, and came to talk about it on …."),
        N_("Goes on with … beside the CRM since …."),
    ),
    4: (
        N_("Refused any talk about … on …."),
        N_("Called on … not to use …."),
        N_("Left the meeting of … when … came up."),
        N_("Wrote to … to have the project stopped."),
    ),
}


def acts(synergy: int | None, antagonism: int | None) -> tuple[str, ...]:
    """Marked texts for the levels that are known: those of the synergy first."""
    return (*SYNERGY_ACTS.get(synergy or 0, ()), *ANTAGONISM_ACTS.get(antagonism or 0, ()))


def trio_acts(trio: Trio) -> tuple[str, ...]:
    """Marked texts for the cell that the simple entry writes."""
    return acts(*PROVISIONAL_CELLS[trio])
