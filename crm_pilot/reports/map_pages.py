"""The map on paper: `draw` lays it out and draws its pages, `write` puts them into a file.

Same data and options, same bytes. See docs/decisions/0071-map-on-paper.md.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from crm_pilot.errors import UserError
from crm_pilot.figures import Level
from crm_pilot.i18n import LANGUAGES, N_, Translator
from crm_pilot.records import dataclass
from crm_pilot.reports.context import Words
from crm_pilot.reports.map_pages_blocks import blocks
from crm_pilot.reports.map_pages_drawing import draw_legend, draw_plane, frame_in, watermark
from crm_pilot.reports.map_pages_flow import (
    ACROSS,
    AFTER,
    COLUMN,
    Band,
    Block,
    Part,
    bands,
    draw_part,
    fill,
    shortened,
)
from crm_pilot.reports.map_pages_list import Page, draw_list, entries_of, paged
from crm_pilot.reports.map_pages_plane import Frame, Plane, lay_out
from crm_pilot.reports.map_pages_source import Source, gather
from crm_pilot.reports.output import put
from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.sheets_frame import FOOT, HEAD_RULE, draw_foot, draw_head
from crm_pilot.reports.sheets_pdf import About, pdf
from crm_pilot.reports.sheets_svg import svg
from crm_pilot.reports.styles import KEY, MARGIN, NOTE, PAGE_HEIGHT, PAGE_WIDTH, TITLE
from crm_pilot.reports.typography import balanced, width
from crm_pilot.store.reader import Reader

WIDE, HIGH = PAGE_HEIGHT, PAGE_WIDTH  # A4, landscape
BOTTOM = HIGH - FOOT - 8
GUTTER = 22.0
PLANE_WIDE = WIDE - 2 * MARGIN - COLUMN - GUTTER
NOTES = 12.0  # under the plane: what is not on it
NEXT = HEAD_RULE + 10  # top of the pages after the first one
LEAST_LIST = 150.0  # under columns, or else the list begins on a page of its own
FEW = 120.0  # height of columns that are worth no page of their own
SVG, PNG, PDF = ".svg", ".png", ".pdf"


@dataclass(frozen=True)
class Leaf:
    """A page after the first one: columns, the list, or the list under columns."""

    band: Band | None
    page: Page | None


@dataclass(frozen=True)
class Drawing:
    """All pages of a print, drawn one by one when asked for."""

    source: Source
    words: Words
    plane: Plane
    sentence: tuple[str, ...]
    sentence_size: float
    top: float
    side: tuple[Part, ...]  # beside the plane
    leaves: tuple[Leaf, ...]  # the pages after the first one

    @property
    def lists(self) -> tuple[Page, ...]:
        """The pages of the list."""
        return tuple(leaf.page for leaf in self.leaves if leaf.page is not None)

    @property
    def count(self) -> int:
        """How many pages."""
        return 1 + len(self.leaves)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a page."""
        return WIDE, HIGH

    def page(self, number: int) -> Sheet:
        """A page, counted from 1."""
        sheet = Sheet(WIDE, HIGH, number)
        _frame(sheet, self)
        if number == 1:
            self._first(sheet)
        else:
            self._leaf(sheet, self.leaves[number - 2])
        return sheet

    def _first(self, sheet: Sheet) -> None:
        y = HEAD_RULE + 7 + self.sentence_size * 0.9
        for line in self.sentence:
            sheet.text(MARGIN, y, line, self.sentence_size, bold=True)
            y += self.sentence_size * 1.25
        draw_legend(sheet, MARGIN, self.top + 9, PLANE_WIDE, self.plane, self.source, self.words)
        draw_plane(sheet, self.plane, self.source, self.words, _behind(self))
        found = notes_of(self.source, self.plane, self.words, listed=bool(self.lists))
        notes = " · ".join(found)
        sheet.text(MARGIN, BOTTOM - 2, notes, 7, ink="muted", room=PLANE_WIDE)
        for part in self.side:
            draw_part(sheet, part, MARGIN + PLANE_WIDE + GUTTER, self.words)

    def _leaf(self, sheet: Sheet, leaf: Leaf) -> None:
        _mark_across(sheet, self)
        for number, parts in enumerate(leaf.band.columns if leaf.band else ()):
            x = MARGIN + number * (COLUMN + (WIDE - 2 * MARGIN - ACROSS * COLUMN) / (ACROSS - 1))
            for part in parts:
                draw_part(sheet, part, x, self.words)
        if leaf.page is not None:
            draw_list(sheet, leaf.page, self.source, self.words)


def draw(source: Source, language: str, *, whole: bool = True) -> Drawing:
    """The print laid out, ready to draw page by page; without `whole` the first page alone."""
    words = Words(Translator(language))
    told = words.show(source.headline)
    told = told[:1].upper() + told[1:]
    content = WIDE - 2 * MARGIN
    size = TITLE if width(told, TITLE, True) <= content else KEY
    sentence = tuple(balanced(told, content, size))
    top = HEAD_RULE + 7 + size * (0.9 + 1.25 * (len(sentence) - 1)) + 16
    frame = frame_in(MARGIN, top, PLANE_WIDE, BOTTOM - NOTES - top)
    plane = lay_out(source, frame, words, listed=source.own and whole)
    side, rest = _beside(blocks(source, plane, words), top, whole=whole, listed=plane.listed)
    leaves = _leaves(source, rest, words, listed=plane.listed) if whole else []
    return Drawing(source, words, plane, sentence, size, top, tuple(side), tuple(leaves))


def _beside(
    found: list[Block], top: float, *, whole: bool, listed: bool
) -> tuple[list[Part], list[Block]]:
    """What stands beside the plane, and what is left for further pages. Rows are left out where
    no page follows, or a nearly empty one would."""
    side, rest = fill(found, top, BOTTOM, force=False)
    little = not listed and sum(block.high for block in rest) <= FEW
    if rest and (little or not whole):
        side, rest = fill(shortened(found, BOTTOM - top), top, BOTTOM, force=False)
    return side, rest


def _leaves(source: Source, rest: list[Block], words: Words, *, listed: bool) -> list[Leaf]:
    """Columns of what is left, then the list, under them where there is room."""
    made = [Leaf(band, None) for band in bands(rest, NEXT, BOTTOM)]
    entries = entries_of(source, words) if listed else []
    if not entries:
        return made
    first = NEXT
    last = made[-1].band if made else None
    if last is not None and BOTTOM - last.end >= LEAST_LIST:
        first = last.end + AFTER + 4
    pages = paged(entries, first, NEXT, BOTTOM, words)
    if pages[0].top != NEXT:
        made[-1] = Leaf(last, pages.pop(0))
    return made + [Leaf(None, page) for page in pages]


def notes_of(source: Source, plane: Plane, words: Words, *, listed: bool = True) -> list[str]:
    """What the plane leaves out; `listed`: a list follows."""
    found = []
    if source.pooled.units:
        found.append(
            words.ntr(
                "{n} group under five people, pooled: {people} in all, without a position",
                "{n} groups under five people, pooled: {people} in all, without a position",
                source.pooled.units,
                people=words.number(source.pooled.headcount),
            )
        )
    if plane.untold and source.own:
        if listed:
            text = words.ntr(
                "{n} route or target in the list", "{n} routes and targets in the list",
                plane.untold,
            )  # fmt: skip
        else:
            text = words.ntr(
                "{n} route or target left out", "{n} routes and targets left out", plane.untold
            )
        found.append(text)
    return found


def alone(source: Source, language: str) -> Sheet:
    """The map alone, with its key where it has numbers: for a slide or a message."""
    words = Words(Translator(language))
    wide, high, edge = 560.0, 470.0, 16.0
    frame = frame_in(edge, 34, wide - 2 * edge, high - 34 - 34)
    plane = lay_out(source, frame, words)
    rest = [block for block in blocks(source, plane, words)[:1] if plane.keyed]
    columns = []
    while rest:
        parts, rest = fill(rest, 40.0, high - 30)
        columns.append(parts)
    sheet = Sheet(wide + len(columns) * (COLUMN + edge), high, 1)
    status = words.tr("status on {date}", date=words.long_day(source.day))
    room = wide - 2 * edge - width(f" · {status}", NOTE)
    step = sheet.text(edge, 20, words.own(source.project), bold=True, room=room)
    sheet.text(edge + step, 20, f" · {status}", ink="muted")
    draw_legend(sheet, edge, 34 + 9, wide - 2 * edge, plane, source, words)
    draw_plane(sheet, plane, source, words, _passed_on(words) if source.own else "")
    notes = " · ".join([*notes_of(source, plane, words, listed=False), mark_of(source, words)])
    sheet.text(edge, high - 14, notes, 7, ink="muted", room=sheet.wide - 2 * edge)
    for number, parts in enumerate(columns):
        for part in parts:
            draw_part(sheet, part, wide + number * (COLUMN + edge), words)
    return sheet


def as_pdf(drawing: Drawing) -> bytes:
    """All pages in one PDF."""
    return pdf((drawing.page(n) for n in range(1, drawing.count + 1)), _about(drawing))


def alone_as_svg(source: Source, language: str) -> bytes:
    """The map alone as SVG."""
    words = Words(Translator(language))
    return svg(alone(source, language), title_of(source, words), language)


def write(source: Source, language: str, out: Path) -> int:
    """Write the pages as PDF, or for a name in .svg the map alone. How many pages."""
    if out.suffix.lower() == SVG:
        put(alone_as_svg(source, language), out)
        return 1
    return write_pages(draw(source, language), out)


def write_pages(drawing: Drawing, out: Path) -> int:
    """Write all pages as PDF. How many."""
    put(as_pdf(drawing), out)
    return drawing.count


def make(
    reader: Reader,
    today: dt.date,
    *,
    language: str,
    level: Level | str = Level.COMMITTEE,
    on: dt.date | None = None,
    since: dt.date | None = None,
) -> Drawing:
    """The print of an open project."""
    if language not in LANGUAGES:
        raise UserError(
            N_("There is no language called “{language}”. Languages: {languages}."),
            language=language,
            languages=", ".join(LANGUAGES),
        )
    return draw(gather(reader, today, level, on=on, since=since), language)


# frame -----------------------------------------------------------------------------------------


def title_of(source: Source, words: Words) -> str:
    """The title of the document."""
    name = words.tr("Stakeholder map")
    return f"{source.project} – {name}" if source.project else name


def mark_of(source: Source, words: Words) -> str:
    """What the level keeps back, and what positions rest on."""
    facts = words.tr("S and A rated on observed facts")
    if source.own:
        level = words.tr("Lead's own, not for distribution")
    else:
        level = words.tr("Committee level: persons coded, groups under five pooled")
    return f"{level} · {facts}"


def _frame(sheet: Sheet, drawing: Drawing) -> None:
    source, words = drawing.source, drawing.words
    reference = ""
    if source.since is not None:
        reference = words.tr("compared with {date}", date=words.long_day(source.since))
    status = words.tr("status on {date}", date=words.long_day(source.day))
    draw_head(sheet, words.own(source.project), status, reference)
    draw_foot(
        sheet,
        words.tr("Stakeholder map"),
        words.tr("issued on {date}", date=words.day(source.issued, year=True)),
        mark_of(source, words),
        words.tr("page {number} of {total}", number=sheet.number, total=drawing.count),
    )


def _passed_on(words: Words) -> str:
    return words.tr("Lead's own, do not pass on")


def _behind(drawing: Drawing) -> str:
    return _passed_on(drawing.words) if drawing.source.own else ""


def _mark_across(sheet: Sheet, drawing: Drawing) -> None:
    if drawing.source.own:
        whole = Frame(MARGIN, HEAD_RULE, WIDE - 2 * MARGIN, BOTTOM - HEAD_RULE)
        watermark(sheet, whole, _passed_on(drawing.words), "muted 13%")


def _about(drawing: Drawing) -> About:
    source, words = drawing.source, drawing.words
    outline = [(0, words.tr("Map"), 1)]
    if any(leaf.band for leaf in drawing.leaves):
        outline.append((0, words.tr("Figures and actions"), 2))
    first = next((n for n, leaf in enumerate(drawing.leaves, 2) if leaf.page), 0)
    if first:
        outline.append((0, words.tr("Units of the map"), first))
    return About(
        title=title_of(source, words),
        author=source.company or "CRM Pilot",
        subject=words.tr("status on {date}", date=words.long_day(source.day)),
        language=words.language,
        outline=tuple(outline),
    )


__all__: Sequence[str] = ["Drawing", "alone", "as_pdf", "draw", "gather", "make", "write"]
