"""The frame of a document: pages of blocks, head and foot, outline, language and fonts.

The same data give the same bytes: nothing here asks the clock.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from crm_pilot.figures import Level
from crm_pilot.records import dataclass
from crm_pilot.reports.blocks import Block
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.sheets import Item, Sheet
from crm_pilot.reports.sheets_pdf import About, pdf
from crm_pilot.reports.styles import (
    BOTTOM,
    CONTENT,
    GAP,
    MARGIN,
    MOST_GAP,
    NOTE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    TITLE,
    register_fonts,
)
from crm_pilot.reports.typography import balanced, shorten, width

TITLE_LINE = 25.0
UNDER_TITLE = 17.0  # from the baseline of the sentence to the first block
FOOT = 814.0  # baseline of the foot
UNDER_FOOT = 10.4  # to the line of an issue
HEAD_RULE, DRAFT_HIGH = 47.0, 14.0
LOGO_HIGH, LOGO_WIDE = 24.0, 96.0  # at most
LOGO_TOP = 18.0
WATERMARK, TURN = 34.0, 54.0


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
    draft: str = ""  # the word that marks a draft
    issue: str = ""  # under the foot: number and fingerprint of a frozen version
    fingerprint: str = ""  # "7F3A-91C4-D20B"
    logo: bytes | None = None
    logo_size: tuple[float, float] = (0.0, 0.0)  # in pixels
    accent: str = ""  # colour in place of the product's, "#RRGGBB"


class Printout:
    """Pages laid out under their frame, each drawn when it is asked for (`sheets.Pages`)."""

    def __init__(self, frame: Frame, pages: Sequence[Page], context: Context) -> None:
        register_fonts()
        self.frame, self.context = frame, context
        self.laid = [part for page in pages for part in paginate(page)]
        self._drawn: dict[int, Sheet] = {}

    @property
    def count(self) -> int:
        """How many pages."""
        return len(self.laid)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a page in points."""
        return PAGE_WIDTH, PAGE_HEIGHT

    @property
    def outline(self) -> tuple[tuple[int, str, int], ...]:
        """Depth, name and page of every entry of the outline."""
        return tuple(
            (0, page.name, number) for number, page in enumerate(self.laid, 1) if not page.continued
        )

    def page(self, number: int) -> Sheet:
        """A page, counted from 1."""
        sheet = self._drawn.get(number)
        if sheet is None:
            page = self.laid[number - 1]
            sheet = Sheet(PAGE_WIDTH, PAGE_HEIGHT, number, page.name)
            _draw_page(Pen(sheet), self.frame, page, self.count, self.context)
            if self.frame.accent:
                sheet.items[:] = [_in_colour(item, self.frame.accent) for item in sheet.items]
            self._drawn[number] = sheet
        return sheet

    def pdf(self) -> bytes:
        """All pages as PDF."""
        frame = self.frame
        about = About(frame.title, frame.author, frame.subject, self.context.language, self.outline)
        return pdf((self.page(number) for number in range(1, self.count + 1)), about)


def render(frame: Frame, pages: Sequence[Page], context: Context) -> bytes:
    """The finished PDF."""
    return Printout(frame, pages, context).pdf()


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


def _draw_page(pen: Pen, frame: Frame, page: Page, total: int, context: Context) -> None:
    _watermarks(pen, frame, own=context.level == Level.OWN)
    _head(pen, frame)
    y = 60.0 + 18
    for line in balanced(page.sentence, CONTENT, TITLE):
        pen.text(MARGIN, y, line, TITLE, bold=True)
        y += TITLE_LINE
    _draw_blocks(pen, page.blocks, y - TITLE_LINE + UNDER_TITLE)
    _foot(pen, frame, total, context)


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
    """Project and day at the left, what it is compared with at the right; where a logo leaves no
    room for all, the name of the project comes first."""
    right = MARGIN + CONTENT - _logo(pen, frame)
    subject = f" · {frame.subject}"
    reference = shorten(frame.reference, CONTENT * 0.3, NOTE)
    wanted = width(frame.project, NOTE, True) + width(subject, NOTE) + width(reference, NOTE)
    if frame.logo is not None and wanted > right - MARGIN - 20:
        reference = ""
    room = right - width(reference, NOTE) - MARGIN - 20
    subject = shorten(subject, room * 0.75, NOTE)
    name = shorten(frame.project, room - width(subject, NOTE), NOTE, bold=True)
    wide = pen.text(MARGIN, 33, name, NOTE, bold=True)
    pen.text(MARGIN + wide, 33, subject, NOTE, ink="muted")
    pen.text(right, 33, reference, NOTE, ink="muted", align="right")
    pen.rule(MARGIN, HEAD_RULE, CONTENT, 1.2, "text")
    if frame.draft:
        _draft(pen, frame.draft, right)


def _logo(pen: Pen, frame: Frame) -> float:
    """The logo at the right of the head, as high as there is room; the width it takes."""
    if frame.logo is None:
        return 0.0
    wide, high = frame.logo_size
    scale = min(LOGO_HIGH / high, LOGO_WIDE / wide)
    wide, high = wide * scale, high * scale
    top = LOGO_TOP + (LOGO_HIGH - high) / 2
    pen.image(MARGIN + CONTENT - wide, top, wide, high, frame.logo)
    return wide + 12


def _draft(pen: Pen, word: str, right: float) -> None:
    """A boxed word on the rule of the head: form, not colour, says that this is a draft."""
    wide = width(word, NOTE, True) + 12
    top = HEAD_RULE - DRAFT_HIGH / 2
    pen.box(right - wide, top, wide, DRAFT_HIGH, fill="surface", ink="text", weight=1.2, radius=2)
    pen.text(right - wide / 2, HEAD_RULE + 2.9, word, NOTE, bold=True, align="middle")


def _foot(pen: Pen, frame: Frame, total: int, context: Context) -> None:
    y = FOOT
    pen.rule(MARGIN, y - 14, CONTENT)
    left = MARGIN + pen.text(MARGIN, y, frame.short, NOTE, bold=True, room=150)
    left += pen.text(left, y, f" · {frame.issued}", NOTE, ink="muted", room=190)
    text = context.tr("page {number} of {total}", number=pen.sheet.number, total=total)
    right = MARGIN + CONTENT - width(text, NOTE)
    mark = shorten(frame.mark, right - left - 24, NOTE)
    middle = max(MARGIN + CONTENT / 2 + 24, left + 12 + width(mark, NOTE) / 2)
    pen.text(middle, y, mark, NOTE, ink="muted", align="middle")
    pen.text(right, y, text, NOTE)
    if frame.issue:
        pen.text(MARGIN, y + UNDER_FOOT, frame.issue, NOTE, ink="muted", room=CONTENT)


def _watermarks(pen: Pen, frame: Frame, *, own: bool) -> None:
    """Large and pale across the page: a draft, and the lead's own copy, which is not for
    distribution."""
    words = [word for word in (frame.draft, frame.mark if own else "") if word]
    for place, word in enumerate(words):
        down = (place - (len(words) - 1) / 2) * WATERMARK * 1.6
        pen.sheet.turned(
            PAGE_WIDTH / 2 + down * 0.8,
            PAGE_HEIGHT / 2 + down * 0.6,
            word,
            WATERMARK,
            TURN,
            bold=True,
            ink="raised",
        )


def _in_colour(item: Item, accent: str) -> Item:
    """The same item in the colour of the company where it had that of the product."""
    ink, fill = getattr(item, "ink", None), getattr(item, "fill", None)
    changed: dict[str, Any] = {}
    if ink is not None and ink.startswith("accent"):
        changed["ink"] = tinted(ink, accent)
    if fill is not None and fill.startswith("accent"):
        changed["fill"] = tinted(fill, accent)
    return replace(item, **changed) if changed else item


def tinted(token: str, accent: str) -> str:
    """`accent` in another colour; `accent 40%` as a tint of it on white."""
    _, _, share = token.partition(" ")
    if not share:
        return accent
    part = int(share.rstrip("%")) / 100
    values = (int(accent[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part * value + (1 - part) * 255):02X}" for value in values)
