"""Head and foot of a printed sheet: those of every document of the product."""

from __future__ import annotations

from collections.abc import Callable

from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.styles import MARGIN, NOTE
from crm_pilot.reports.typography import shorten, width

HEAD_RULE = 47.0
FOOT = 42.0  # from the lower edge of the page to the rule over the foot


def draw_head(sheet: Sheet, project: str, status: str, reference: str) -> None:
    """Project and day at the left, what it is compared with at the right, and a rule."""
    content = sheet.wide - 2 * MARGIN
    right = sheet.text(
        sheet.wide - MARGIN, 33, shorten(reference, content * 0.3, NOTE), ink="muted", align="right"
    )
    room = content - right - 20 - width(f" · {status}", NOTE)
    wide = sheet.text(MARGIN, 33, project, bold=True, room=room)
    sheet.text(MARGIN + wide, 33, f" · {status}", ink="muted")
    sheet.line((MARGIN, HEAD_RULE), (sheet.wide - MARGIN, HEAD_RULE), ink="text", weight=1.2)


def draw_foot(
    sheet: Sheet,
    document: str,
    issued: str,
    mark: str,
    page: str,
    beside: Callable[[float, float], float] | None = None,
) -> None:
    """Document and day at the left, level in the middle, page at the right; `beside` draws left of
    the page number, from a right edge and a top, and returns its width."""
    rule, y = sheet.high - FOOT, sheet.high - FOOT + 14
    right = sheet.wide - MARGIN
    sheet.line((MARGIN, rule), (right, rule))
    wide = sheet.text(MARGIN, y, document, bold=True)
    left = MARGIN + wide + sheet.text(MARGIN + wide, y, f" · {issued}", ink="muted")
    right -= sheet.text(right, y, page, align="right")
    if beside is not None:
        right -= 8 + beside(right - 8, rule + 2.5)
    mark = shorten(mark, right - left - 24, NOTE)
    half = width(mark, NOTE) / 2
    middle = min(max(sheet.wide / 2, left + 12 + half), right - 12 - half)
    sheet.text(middle, y, mark, ink="muted", align="middle")
