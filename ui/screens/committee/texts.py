"""What the registers of the room say: their buttons, and what to do while they are empty."""

from __future__ import annotations

from crm_pilot.i18n import tr


def add_text(key: str) -> str:
    """The button that adds a row to a register."""
    return {
        "decisions": tr("New decision"),
        "actions": tr("New action"),
        "risks": tr("New risk"),
        "problems": tr("New problem"),
        "highlights": tr("New highlight"),
        "budget": tr("New budget line"),
    }[key]


def empty_texts(key: str) -> tuple[str, str]:
    """Sentence and detail of an empty register."""
    return {
        "decisions": (
            tr("No decision yet"),
            tr(
                "A decision has an owner and a date, or it is none. Those to take are"
                " printed on the first page of the report."
            ),
        ),
        "actions": (
            tr("No action yet"),
            tr(
                "An action has an owner and a date. It is a task of the plan: who does it sees it"
                " there, and its progress is told here."
            ),
        ),
        "risks": (
            tr("No risk yet"),
            tr(
                "Probability × impact, each 1 to 4, gives the score;"
                " the report prints the three highest."
            ),
        ),
        "problems": (
            tr("No problem yet"),
            tr(
                "A risk may happen; a problem has. It has a severity of 1 to 4, an owner and a day."
            ),
        ),
        "highlights": (
            tr("No highlight yet"),
            tr("What happened since the last committee, in a few words: the report prints it."),
        ),
        "budget": (
            tr("No budget line yet"),
            tr("Reference, spent and still needed give the revised amount and the drift."),
        ),
    }[key]
