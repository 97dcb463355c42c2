"""The Gantt on paper: `draw` lays it out and draws its pages, `write` puts them into files.

Same data and options, same bytes. See docs/decisions/0062-gantt-on-paper.md.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from crm_pilot.errors import UserError
from crm_pilot.figures import Level
from crm_pilot.i18n import LANGUAGES, N_, Translator
from crm_pilot.reports.context import Words
from crm_pilot.reports.gantt_pages_drawing import Drawing
from crm_pilot.reports.gantt_pages_layout import lay_out
from crm_pilot.reports.gantt_pages_lines import Form
from crm_pilot.reports.gantt_pages_marks import Marks
from crm_pilot.reports.gantt_pages_options import Options
from crm_pilot.reports.gantt_pages_source import Source, gather
from crm_pilot.reports.output import put
from crm_pilot.reports.sheets_pdf import About, pdf
from crm_pilot.reports.sheets_svg import svg
from crm_pilot.store.reader import Reader

SVG = ".svg"
OUTLINE = 3  # levels


def draw(
    source: Source, options: Options, language: str, level: Level = Level.COMMITTEE
) -> Drawing:
    """The print laid out, ready to draw page by page. Raises `UserError` where nothing is left."""
    words = Words(Translator(language))
    layout = lay_out(source, options, words)
    return Drawing(layout, source, words, level, Marks(layout, source))


def as_pdf(drawing: Drawing) -> bytes:
    """All pages in one PDF."""
    return pdf((drawing.sheet(page) for page in drawing.layout.pages), _about(drawing))


def as_svg(drawing: Drawing) -> list[bytes]:
    """One SVG a page."""
    title, language = _about(drawing).title, drawing.words.language
    return [svg(drawing.sheet(page), title, language) for page in drawing.layout.pages]


def write(drawing: Drawing, out: Path) -> list[Path]:
    """Write a PDF, or for a name in .svg one SVG a page; each replaced at once. The files."""
    if out.suffix.lower() != SVG:
        put(as_pdf(drawing), out)
        return [out]
    targets = svg_paths(out, len(drawing.layout.pages))
    for path, data in zip(targets, as_svg(drawing), strict=True):
        put(data, path)
    return targets


def svg_paths(out: Path, pages: int) -> list[Path]:
    """`plan.svg` for one page, `plan-01.svg` … for several."""
    if pages == 1:
        return [out]
    digits = len(str(pages))
    return [out.with_name(f"{out.stem}-{n:0{digits}}{out.suffix}") for n in range(1, pages + 1)]


def make(
    reader: Reader,
    today: dt.date,
    options: Options,
    *,
    language: str,
    level: Level | str = Level.COMMITTEE,
) -> Drawing:
    """The print of an open project."""
    if language not in LANGUAGES:
        raise UserError(
            N_("There is no language called “{language}”. Languages: {languages}."),
            language=language,
            languages=", ".join(LANGUAGES),
        )
    return draw(gather(reader, today), options, language, Level(level))


def _about(drawing: Drawing) -> About:
    source, words = drawing.source, drawing.words
    name = words.tr("Gantt chart")
    return About(
        title=f"{source.project} – {name}",
        author=source.company or "CRM Pilot",
        subject=words.tr("status on {date}", date=words.long_day(source.today)),
        language=words.language,
        outline=_outline(drawing),
    )


def _outline(drawing: Drawing) -> tuple[tuple[int, str, int], ...]:
    """Pillars and the phases below them, each with the first page it stands on; for a plan
    without any, the first line of each page."""
    layout = drawing.layout
    pages: dict[int, int] = {}
    for page in layout.pages:
        pages.setdefault(page.band, page.number)
    if any(line.heads for line in layout.lines):
        kept = [(band, placed.line) for band in layout.bands for placed in band.lines]
        kept = [(band, line) for band, line in kept if line.heads and line.depth < OUTLINE]
    else:
        kept = [(band, band.lines[0].line) for band in layout.bands]
    made: list[tuple[int, str, int]] = []
    for band, line in kept:
        deepest = made[-1][0] + 1 if made else 0  # an entry stands at most one level deeper
        made.append((min(line.depth, deepest), line.title, pages[band.number]))
    return tuple(made)


__all__ = ["Drawing", "Form", "Options", "as_pdf", "as_svg", "draw", "gather", "make", "write"]
