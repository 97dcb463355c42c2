"""What the last check of a file found, in a sentence: the sidebar says it from the start on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from crm_pilot import formats
from crm_pilot.i18n import Message, msg

if TYPE_CHECKING:
    from crm_pilot.store.checks import Check


def check_sentence(check: Check) -> Message:
    """What was checked, when, and how it came out."""
    when: dict[str, object] = {
        "day": check.moment.date(),
        "time": formats.clock(check.moment),
    }
    if not check.good:
        return msg(
            "The check on {day} at {time} failed ({problem}): that version was thrown away and the"
            " file left as it was.",
            problem=check.problem,
            **when,
        )
    if check.saving:
        return msg(
            "Checked when it was saved, on {day} at {time}: every page and index, every reference"
            " between rows, every text, file format {format}.",
            format=check.format,
            **when,
        )
    return msg(
        "Checked when it was opened, on {day} at {time}: every page, every reference between rows,"
        " every text, file format {format}.",
        format=check.format,
        **when,
    )
