"""What committees and the RACI hold on somebody."""

from __future__ import annotations

from crm_pilot.governance.terms import COMMITTEE_KINDS, LETTERS
from crm_pilot.governance.terms import PRESENCES as PRESENT_AT
from crm_pilot.i18n import N_, Message
from crm_pilot.personal.held_parts import Part, day
from crm_pilot.personal.identity import Subject
from crm_pilot.personal.masking import Mask
from crm_pilot.store.reader import Reader


def parts(reader: Reader, subject: Subject, mask: Mask) -> tuple[Part, ...]:
    """Committees they were invited to, and their letters: both, empty ones too."""
    return _committees(reader, subject, mask), _letters(reader, subject, mask)


def _committees(reader: Reader, subject: Subject, mask: Mask) -> Part:
    """By the link to the person, else by the name as it was typed."""
    rows = reader.select(
        "SELECT c.held_on, c.kind, c.number, p.role, p.presence, p.person_id, p.name"
        " FROM participant p JOIN committee c ON c.id = p.committee_id"
        " ORDER BY c.held_on, c.id, p.position, p.id"
    )
    return Part(
        "committees",
        N_("Committees"),
        (N_("Held on"), N_("Committee"), N_("No."), N_("Invited as"), N_("Presence")),
        tuple(
            (
                day(held),
                Message(COMMITTEE_KINDS[kind]),
                number,
                mask(role),
                Message(PRESENT_AT[presence]),
            )
            for held, kind, number, role, presence, person, name in rows
            if (person is not None and person == subject.person_id) or mask.is_subject(name)
        ),
    )


def _letters(reader: Reader, subject: Subject, mask: Mask) -> Part:
    rows = reader.select(
        "SELECT i.title, a.name, l.letter, a.person_id FROM raci_cell l"
        " JOIN raci_item i ON i.id = l.item_id JOIN raci_actor a ON a.id = l.actor_id"
        " ORDER BY i.position, i.id, a.position, a.id"
    )
    return Part(
        "raci",
        N_("Who does what (RACI)"),
        (N_("Line"), N_("As"), N_("Letter")),
        tuple(
            (mask(title), mask(name), Message(LETTERS[letter]))
            for title, name, letter, person in rows
            if (person is not None and person == subject.person_id) or mask.is_subject(name)
        ),
    )
