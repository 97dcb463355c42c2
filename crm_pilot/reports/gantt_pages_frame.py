"""What stands round the bars of every printed page: head, sentence, scope, foot, map of pages."""

from __future__ import annotations

from crm_pilot import formats
from crm_pilot.figures import Level
from crm_pilot.reports.context import Wording
from crm_pilot.reports.gantt_pages_layout import LEGEND_LINE, Layout, Page, day_of
from crm_pilot.reports.gantt_pages_legend import draw_legend, entries
from crm_pilot.reports.gantt_pages_lines import Form
from crm_pilot.reports.gantt_pages_options import Filter
from crm_pilot.reports.gantt_pages_source import Source
from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.sheets_frame import HEAD_RULE, draw_foot, draw_head
from crm_pilot.reports.styles import MARGIN, SECTION

MAP_WIDE, MAP_HIGH = 54.0, 17.0
MOST_CELL, LEAST_CELL = 7.0, 1.5  # of the map; smaller cells are not drawn one by one


def draw_frame(
    sheet: Sheet, layout: Layout, page: Page, source: Source, words: Wording, level: Level
) -> None:
    """Everything but the table and the bars."""
    _head(sheet, source, words)
    if page.band == 0:
        _sentence(sheet, layout)
    _section(sheet, layout, page, source, words)
    _foot(sheet, layout, page, source, words, level)


def _head(sheet: Sheet, source: Source, words: Wording) -> None:
    reference = ""
    if source.baseline_on is not None:
        reference = words.tr(
            "{name}, {date}",
            name=words.own(source.baseline_name),
            date=words.day(source.baseline_on, year=True),
        )
    status = words.tr("status on {date}", date=words.long_day(source.today))
    draw_head(sheet, words.own(source.project), status, reference)


def _sentence(sheet: Sheet, layout: Layout) -> None:
    size = layout.sentence_size
    y = HEAD_RULE + 7 + size * 0.9
    for line in layout.sentence:
        sheet.text(MARGIN, y, line, size, bold=True)
        y += size * 1.25


def _section(sheet: Sheet, layout: Layout, page: Page, source: Source, words: Wording) -> None:
    band = layout.bands[page.band]
    y = band.axis_top - 6 - layout.legend_lines * LEGEND_LINE
    wide = sheet.text(MARGIN, y - 3, words.tr("Plan"), SECTION, bold=True)
    room = sheet.wide - 2 * MARGIN - wide - 9
    sheet.text(MARGIN + wide + 9, y - 3, scope(layout, page, source, words), ink="muted", room=room)
    used = entries(
        layout.lines,
        source,
        layout.options,
        words,
        several=len(layout.pages) > 1,
        free=any(layout.shows_free(one) for one in source.free),
    )
    draw_legend(sheet, MARGIN, y + 9, used, sheet.wide - 2 * MARGIN)


def scope(layout: Layout, page: Page, source: Source, words: Wording) -> str:
    """Which lines and months the page shows, and what was left out of the plan."""
    band = layout.bands[page.band]
    shown = [p for p in band.lines if p.line.form is not Form.PILLAR]
    total = sum(line.form is not Form.PILLAR for line in layout.lines)
    before = sum(line.form is not Form.PILLAR for line in layout.lines[: band.first - 1])
    if len(layout.bands) > 1 and shown:
        lines = words.tr(
            "lines {first} to {last} of {all}",
            first=words.number(before + 1),
            last=words.number(before + len(shown)),
            all=words.number(total),
        )
    else:
        lines = words.ntr("{count} line", "{count} lines", total, count=words.number(total))
    first, after = layout.columns[page.column]
    months = [
        formats.month(day_of(day), words.language, year=True, full=True)
        for day in (first, after - 1)
    ]
    days = months[0] if months[0] == months[1] else f"{months[0]} – {months[1]}"
    return " · ".join([lines, words.own(days), *_filtered(layout.options.filter, source, words)])


def _filtered(wanted: Filter, source: Source, words: Wording) -> list[str]:
    found = []
    if wanted.hide_done:
        found.append(words.tr("without what is done"))
    if wanted.late:
        found.append(words.tr("late only"))
    if wanted.critical:
        found.append(words.tr("critical path only"))
    if wanted.phase is not None:
        titles = {row.id: row.title for row in source.rows}
        found.append(words.own(titles.get(wanted.phase, "")))
    if wanted.person is not None:
        names = {row.owner_id: row.owner for row in source.rows}
        found.append(words.own(names.get(wanted.person, "")))
    if wanted.text.strip():
        found.append(words.tr("with “{needle}”", needle=wanted.text.strip()))
    return [text for text in found if text]


def _foot(
    sheet: Sheet, layout: Layout, page: Page, source: Source, words: Wording, level: Level
) -> None:
    def small_map(right: float, top: float) -> float:
        return _map(sheet, layout, page, right, top)

    draw_foot(
        sheet,
        words.tr("Gantt chart"),
        words.tr("issued on {date}", date=words.day(source.today, year=True)),
        _mark(layout, words, level),
        words.tr("page {number} of {total}", number=page.number, total=len(layout.pages)),
        small_map if len(layout.pages) > 1 else None,
    )


def _mark(layout: Layout, words: Wording, level: Level) -> str:
    if level == Level.OWN:
        return words.tr("Lead's own, not for distribution")
    if layout.options.names_people:
        return words.tr("Committee level: owners of tasks are named")
    return words.tr("Committee level: no names")


def _map(sheet: Sheet, layout: Layout, page: Page, right: float, top: float) -> float:
    """The pages as they lie beside each other, this one filled; where a page is left out, nothing.
    Its width."""
    across, down = len(layout.columns), len(layout.bands)
    wide = min(MOST_CELL, MAP_WIDE / across)
    high = min(MOST_CELL / 1.4, MAP_HIGH / down)
    if across > 1:
        wide = min(wide, max(high * 1.4, 3.0))
    left, y = right - across * wide, top + (MAP_HIGH - down * high) / 2
    single = min(wide, high) >= LEAST_CELL
    for one in layout.pages:
        at = left + one.column * wide, y + one.band * high
        if single:
            ink, fill = ("text", "text") if one == page else ("muted", "surface")
            sheet.box(
                at[0] + 0.3, at[1] + 0.3, wide - 0.6, high - 0.6, fill=fill, ink=ink, weight=0.4
            )
        else:
            sheet.box(*at, wide, high, fill="muted 40%")
    if not single:
        sheet.box(left - 1, y - 1, across * wide + 2, down * high + 2, ink="muted", weight=0.4)
        size = max(wide, 2.0), max(high, 2.0)
        x = min(left + page.column * wide, right - size[0])
        sheet.box(x, min(y + page.band * high, y + down * high - size[1]), *size, fill="text")
    return across * wide
