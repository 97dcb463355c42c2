"""The frame of a document: pages of blocks, head and foot, outline, language and fonts.

The same data give the same bytes: nothing here asks the clock.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import replace

from reportlab.pdfgen.canvas import Canvas

from crm_pilot.figures import Level
from crm_pilot.records import dataclass
from crm_pilot.reports.blocks import Block
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.styles import (
    BODY,
    BOTTOM,
    CONTENT,
    GAP,
    MARGIN,
    MOST_GAP,
    NOTE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    REGULAR,
    TITLE,
    colour,
    font,
    register_fonts,
)
from crm_pilot.reports.typography import balanced, shorten, width

LOCALES = {"fr": "fr-FR", "en": "en-GB"}
TITLE_LINE = 25.0
UNDER_TITLE = 17.0  # from the baseline of the sentence to the first block


@dataclass(frozen=True)
class Frame:
    """What stands on every page."""

    title: str  # of the document
    author: str
    project: str
    subject: str  # "COPIL n° 7 · situation au 21 novembre 2026"
    reference: str  # "Plan de référence n° 1, 24 avr. 2026"
    short: str  # left of the foot, bold
    issued: str
    mark: str  # what the level allows


def render(frame: Frame, pages: Sequence[Page], context: Context) -> bytes:
    """The finished PDF."""
    register_fonts()
    laid = [part for page in pages for part in paginate(page)]
    buffer = io.BytesIO()
    canvas = Canvas(
        buffer,
        pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
        initialFontName=REGULAR,
        initialFontSize=BODY,
        pageCompression=1,
        invariant=1,
        lang=LOCALES[context.language],
    )
    canvas.setTitle(frame.title)
    canvas.setAuthor(frame.author)
    canvas.setSubject(frame.subject)
    canvas.setCreator("CRM Pilot")
    canvas.setViewerPreference("DisplayDocTitle", "true")
    canvas.showOutline()
    pen = Pen(canvas)
    for number, page in enumerate(laid, 1):
        _draw_page(pen, frame, page, number, len(laid), context)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


# layout ----------------------------------------------------------------------------------------


def paginate(page: Page) -> list[Page]:
    """A page, or as many as its blocks need: split between rows, sentence repeated."""
    room = BOTTOM - content_top(page.sentence)
    made: list[Page] = []
    waiting: list[Block] = list(page.blocks)
    kept: list[Block] = []
    used = 0.0
    while waiting:
        block = waiting.pop(0)
        gap = GAP if kept else 0.0
        head, rest = block.split(CONTENT, room - used - gap)
        if head is None and not kept:
            head, rest = block, None  # taller than a page and not splittable: drawn as it is
        if head is not None:
            kept.append(head)
            used += gap + head.height(CONTENT)
        if rest is not None:
            made.append(_part(page, kept, made))
            kept, used = [], 0.0
            waiting.insert(0, rest)
    if kept or not made:
        made.append(_part(page, kept, made))
    return made


def _part(page: Page, blocks: Sequence[Block], before: Sequence[Page]) -> Page:
    return replace(page, blocks=tuple(blocks), continued=bool(before))


def content_top(sentence: str) -> float:
    """Where blocks begin under a sentence of one or two lines."""
    lines = len(balanced(sentence, CONTENT, TITLE))
    return 60.0 + 18 + (lines - 1) * TITLE_LINE + UNDER_TITLE


# drawing ---------------------------------------------------------------------------------------


def _draw_page(
    pen: Pen, frame: Frame, page: Page, number: int, total: int, context: Context
) -> None:
    key = f"page-{number}"
    pen.canvas.bookmarkPage(key)
    if not page.continued:
        pen.canvas.addOutlineEntry(page.name, key, level=0)
    if context.level == Level.OWN:
        _watermark(pen, frame.mark)
    _head(pen, frame)
    y = 60.0 + 18
    for line in balanced(page.sentence, CONTENT, TITLE):
        pen.text(MARGIN, y, line, TITLE, bold=True)
        y += TITLE_LINE
    _draw_blocks(pen, page.blocks, y - TITLE_LINE + UNDER_TITLE)
    _foot(pen, frame, number, total, context)


def _draw_blocks(pen: Pen, blocks: Sequence[Block], y: float) -> None:
    """Blocks from the top; spare height first to charts, then to the gaps, the rest stays free."""
    heights = [block.height(CONTENT) for block in blocks]
    spare = BOTTOM - y - sum(heights) - GAP * max(len(blocks) - 1, 0)
    spare = max(spare, 0.0)
    growing = sum(block.grow for block in blocks)
    growth = min(spare, growing)
    gaps = max(len(blocks) - 1, 1)
    gap = GAP + min((spare - growth) / gaps, MOST_GAP - GAP)
    for block, high in zip(blocks, heights, strict=True):
        more = growth * block.grow / growing if growing else 0.0
        block.draw(pen, MARGIN, y, CONTENT, more)
        y += high + more + gap


def _head(pen: Pen, frame: Frame) -> None:
    reference = shorten(frame.reference, CONTENT * 0.3, NOTE)
    right = width(reference, NOTE)
    pen.text(MARGIN + CONTENT, 33, reference, NOTE, ink="muted", align="right")
    room = CONTENT - right - 20
    subject = f" · {frame.subject}"
    name = shorten(frame.project, room - width(subject, NOTE), NOTE, bold=True)
    wide = pen.text(MARGIN, 33, name, NOTE, bold=True)
    pen.text(MARGIN + wide, 33, subject, NOTE, ink="muted")
    pen.rule(MARGIN, 47, CONTENT, 1.2, "text")


def _foot(pen: Pen, frame: Frame, number: int, total: int, context: Context) -> None:
    y = 814.0
    pen.rule(MARGIN, y - 14, CONTENT)
    wide = pen.text(MARGIN, y, frame.short, NOTE, bold=True, room=150)
    pen.text(MARGIN + wide, y, f" · {frame.issued}", NOTE, ink="muted")
    pen.text(MARGIN + CONTENT / 2 + 24, y, frame.mark, NOTE, ink="muted", align="middle")
    text = context.tr("page {number} of {total}", number=number, total=total)
    pen.text(MARGIN + CONTENT, y, text, NOTE, align="right")


def _watermark(pen: Pen, text: str) -> None:
    """Large and pale across the page: the lead's own copy is not for distribution."""
    canvas = pen.canvas
    canvas.saveState()
    canvas.setFillColor(colour("raised"))
    canvas.setFont(font(bold=True), 34)
    canvas.translate(PAGE_WIDTH / 2, PAGE_HEIGHT / 2)
    canvas.rotate(54)
    canvas.drawCentredString(0, 0, text)
    canvas.restoreState()
