"""A document as a presentation: native text, tables and charts that people can edit, 16:9.

Made from `Content` alone, so it tells what the level of confidence lets the page tell; same
content, same bytes. Written with python-pptx, which is imported when slides are made (decision
0080).
"""

from __future__ import annotations

from crm_pilot.reports.content import Content
from crm_pilot.reports.imprint import Imprint
from crm_pilot.reports.slides_board import Board
from crm_pilot.reports.slides_deck import Deck
from crm_pilot.reports.slides_frame import SECTION_ROOM, head_right, number_holder
from crm_pilot.reports.slides_plan import SlidePlan, plan
from crm_pilot.reports.slides_shapes import para
from crm_pilot.reports.slides_style import (
    KEY,
    MARGIN,
    NOTE,
    TITLE,
    cut,
    leading,
)

_COVER_ROOM = 800.0
NOT_PROJECTED = ("annex",)  # how figures are computed, two dozen slides: in PDF and workbook


def pptx(content: Content, imprint: Imprint | None = None) -> bytes:
    """The presentation: a cover, then the slides of every page."""
    imprint = imprint or Imprint()
    deck = Deck(content, imprint)
    _cover(deck)
    right = head_right(imprint, deck.logo)
    for page in content.pages:
        if page.key in NOT_PROJECTED:
            continue
        for one in plan(page, content.language):
            _draw(deck.board(), one, right)
    return deck.finished()


def _cover(deck: Deck) -> None:
    """The project, and what this is."""
    content, imprint = deck.content, deck.imprint
    board = deck.board(cover=True)
    name = imprint.project or content.title
    board.title((para(cut(name, _COVER_ROOM, TITLE, bold=True, most=2), TITLE, bold=True),))
    subject = content.subject or content.title
    board.title((para(cut(subject, _COVER_ROOM, KEY, most=2), KEY, ink="muted"),), 1)


def _draw(board: Board, one: SlidePlan, right: float) -> None:
    board.title((para(one.sentence, one.size, bold=True),), room=one.room)
    name = cut(one.name, SECTION_ROOM, NOTE)
    told = (para(name, NOTE, ink="muted", align="right"),)
    board.text(right - SECTION_ROOM, 14, SECTION_ROOM, leading(NOTE), told, name="Section")
    for placed in one.placed:
        placed.block.draw(board, MARGIN + placed.x, placed.y, placed.room, placed.high)
    board.put(number_holder(90))
