"""The printed Gantt: every bar on one page or marked as going on, nothing outside, all of it
read back from the layout, from the drawing and from the PDF."""

from __future__ import annotations

import base64
import datetime as dt
import io
import re
from collections import Counter
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pypdf
import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

from crm_pilot.errors import UserError
from crm_pilot.reports import gantt_pages
from crm_pilot.reports.gantt_pages import Drawing, as_pdf, as_svg, draw
from crm_pilot.reports.gantt_pages_axis import Unit
from crm_pilot.reports.gantt_pages_layout import LEAST_TEXT
from crm_pilot.reports.gantt_pages_lines import Form, begins, ends
from crm_pilot.reports.gantt_pages_options import (
    ColourBy,
    Filter,
    Options,
    Orientation,
    Paper,
)
from crm_pilot.reports.sheets import Box, Item, Sheet, Strokes, Text
from crm_pilot.reports.sheets_fonts import TABULAR, faces
from crm_pilot.reports.sheets_frame import HEAD_RULE
from crm_pilot.reports.styles import MARGIN
from tests.reports.printed import plan
from tests.reports.reading import plain

EDGE = 20.0  # nothing is printed nearer to the edge of the paper
A4 = Options()


@pytest.fixture(scope="module")
def large() -> Drawing:
    """400 lines over 30 months on A4, landscape."""
    return draw(plan(400, 30), A4, "fr")


@pytest.fixture(scope="module")
def large_pdf(large: Drawing) -> bytes:
    return as_pdf(large)


def extent(item: Item) -> tuple[float, float, float, float]:
    """Left, top, right and lower edge of what is drawn."""
    if isinstance(item, Text):
        return item.x, item.y - item.size * 0.75, item.x + item.wide, item.y + item.size * 0.22
    if isinstance(item, Box):
        return item.x, item.y, item.x + item.wide, item.y + item.high
    points = [p for line in item.lines for p in line] if isinstance(item, Strokes) else item.points
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def check_inside(sheet: Sheet) -> None:
    """Nothing stands outside the margins, in the head rule or below the foot."""
    for item in sheet.items:
        left, top, right, low = extent(item)
        assert left >= MARGIN - 1.5, item
        assert right <= sheet.wide - MARGIN + 1.5, item
        assert top >= EDGE and low <= sheet.high - EDGE, item
        if isinstance(item, Text):
            assert item.size >= LEAST_TEXT, item
            assert not HEAD_RULE - 1 < item.y < HEAD_RULE + 6, item


def check_bars(drawing: Drawing) -> None:
    """Each dated line is on one page, or its pieces lie edge to edge, marked where they go on."""
    layout, marks = drawing.layout, drawing.marks
    pieces: dict[int, list[tuple[int, bool, bool, float, float]]] = {}
    points: Counter[int] = Counter()
    for page in layout.pages:
        left, right = layout.chart
        for bar in marks.bars(page):
            found = (page.column, bar.cut_left, bar.cut_right, bar.left, bar.right)
            pieces.setdefault(bar.placed.line.key, []).append(found)
            assert left - 0.01 <= bar.left <= bar.right <= right + 2, bar
            assert bar.left <= bar.done <= bar.right
        for point in marks.points(page):
            points[point.placed.line.key] += 1
            assert left - 0.01 <= point.x <= right + 0.01
    first, after = layout.columns[0][0], layout.columns[-1][1]
    for line in layout.lines:
        if line.start is None or line.finish is None or line.form is Form.PILLAR:
            assert line.key not in pieces
            continue
        if line.form is Form.MILESTONE:
            assert points[line.key] == (first <= line.finish <= after), line
            continue
        if line.finish <= first or line.start >= after:
            assert line.key not in pieces
            continue
        parts = pieces[line.key]
        columns = [part[0] for part in parts]
        assert columns == list(range(columns[0], columns[-1] + 1)), line  # none is left out
        assert parts[0][1] == (line.start < first) and parts[-1][2] == (line.finish > after)
        assert all(part[1] for part in parts[1:]) and all(part[2] for part in parts[:-1]), line
        for column, cut_left, cut_right, left, right in parts:
            start, end = layout.columns[column]
            assert left == pytest.approx(layout.at(start if cut_left else line.start, column))
            whole = layout.at(end if cut_right else line.finish, column)
            assert whole - 0.001 <= right <= whole + 2, line


def check_titles(drawing: Drawing) -> None:
    """Every line stands once in a band, and each of its pages names it."""
    layout = drawing.layout
    placed = [p for band in layout.bands for p in band.lines]
    assert [p.line for p in placed] == list(layout.lines)
    assert {page.band for page in layout.pages} == {band.number for band in layout.bands}
    for page in layout.pages:
        sheet = drawing.sheet(page)
        texts = Counter(item.text for item in sheet.items if isinstance(item, Text))
        for one in layout.bands[page.band].lines:
            for part in one.title:
                assert texts[part] >= 1, part
        check_inside(sheet)


# 400 tasks over 30 months ------------------------------------------------------------------------


def test_every_bar_is_on_one_page_or_marked_as_going_on(large: Drawing) -> None:
    check_bars(large)
    check_titles(large)
    cut = sum(bar.cut_right for page in large.layout.pages for bar in large.marks.bars(page))
    assert cut > 10 and len(large.layout.columns) > 1 < len(large.layout.bands)


def test_every_cut_has_its_arrow_on_both_pages(large: Drawing) -> None:
    for page in large.layout.pages:
        heads = [
            item
            for item in large.sheet(page).items
            if not isinstance(item, Text | Box | Strokes) and len(item.points) == 3
        ]
        tips = Counter((round(item.points[1][0], 1), item.fill) for item in heads)
        left, right = large.layout.chart[0], None
        bars = list(large.marks.bars(page))
        for bar in bars:
            if bar.cut_left:
                left = bar.left
            if bar.cut_right:
                right = bar.right
        assert tips[(round(left - 1.2 - 4.4, 1), "text")] == sum(bar.cut_left for bar in bars)
        if right is not None:
            assert tips[(round(right + 1.2 + 4.4, 1), "text")] == sum(b.cut_right for b in bars)


def test_the_pdf_has_these_pages_and_no_text_under_seven_points(
    large: Drawing, large_pdf: bytes
) -> None:
    reader = pypdf.PdfReader(io.BytesIO(large_pdf))
    assert len(reader.pages) == len(large.layout.pages)
    assert reader.trailer["/Root"]["/Lang"] == "fr-FR"
    for number, page in enumerate(reader.pages, 1):
        sizes: list[float] = []

        def note(
            text: str,
            _cm: object,
            tm: list[float],
            _font: object,
            size: float,
            sizes: list[float] = sizes,
        ) -> None:
            if text.strip():
                sizes.append(size * abs(tm[3]))

        text = plain(page.extract_text(visitor_text=note))
        assert min(sizes) >= LEAST_TEXT - 0.001
        assert f"page {number} sur {len(reader.pages)}" in text or f"page {number} of" in text


def test_the_pdf_names_every_task_and_stays_inside_the_page(
    large: Drawing, large_pdf: bytes
) -> None:
    texts = [plain(p.extract_text()) for p in pypdf.PdfReader(io.BytesIO(large_pdf)).pages]
    for page in large.layout.pages:
        for placed in large.layout.bands[page.band].lines:
            for part in placed.title:
                assert plain(part) in texts[page.number - 1], part
    whole = " ".join(texts)
    shown = sum(plain(row.title) in whole for row in large.source.rows)
    broken = sum(len(placed.title) > 1 for band in large.layout.bands for placed in band.lines)
    assert shown + broken >= len(large.source.rows) == 400
    assert not any("…" in text for text in texts)
    document = pypdfium2.PdfDocument(large_pdf)
    for page in document:
        wide, high = page.get_size()
        assert (round(wide), round(high)) == (842, 595)
        for item in page.get_objects():
            left, low, right, top = item.get_bounds()
            assert left >= EDGE and low >= EDGE, (left, low)
            assert right <= wide - EDGE and top <= high - EDGE, (right, top)


def test_the_bars_of_the_pdf_are_those_of_the_layout(large: Drawing, large_pdf: bytes) -> None:
    """Read back: where the layout has a piece of a task, the page has a box from edge to edge."""
    document = pypdfium2.PdfDocument(large_pdf)
    high = large.layout.options.size[1]
    for page in large.layout.pages:
        found = set()
        for item in document[page.number - 1].get_objects(filter=[FPDF_PAGEOBJ_PATH]):
            left, low, right, _top = item.get_bounds()
            found.add((round(left), round(right), round(high - low)))
        for bar in large.marks.bars(page):
            if bar.placed.line.form is not Form.TASK:
                continue
            low = bar.placed.middle + 2.35
            assert any(
                (round(bar.left) + a, round(bar.right) + b, round(low) + c) in found
                for a in (-1, 0, 1) for b in (-1, 0, 1) for c in (-1, 0, 1)
            ), bar  # fmt: skip


def test_fonts_are_embedded_and_phases_are_in_the_outline(large_pdf: bytes) -> None:
    reader = pypdf.PdfReader(io.BytesIO(large_pdf))
    for page in reader.pages:
        for reference in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in reference.get_object()["/FontDescriptor"]
    assert reader.metadata is not None and "Déploiement Salesforce" in reader.metadata["/Title"]
    top = [entry for entry in reader.outline if not isinstance(entry, list)]
    assert [entry["/Title"] for entry in top] == ["Déploiement", "Adoption", "Feedback"]


def test_same_plan_same_bytes(large: Drawing, large_pdf: bytes) -> None:
    assert as_pdf(draw(plan(400, 30), A4, "fr")) == large_pdf


# other sizes and papers ----------------------------------------------------------------------


@pytest.mark.parametrize("paper", Paper)
@pytest.mark.parametrize("orientation", Orientation)
@pytest.mark.parametrize("count", [30, 400])
def test_all_papers_both_ways(paper: Paper, orientation: Orientation, count: int) -> None:
    drawing = draw(plan(count, 12), Options(paper=paper, orientation=orientation), "en")
    check_bars(drawing)
    check_titles(drawing)


def test_two_thousand_tasks() -> None:
    drawing = draw(plan(2000, 30), A4, "fr")
    check_bars(drawing)
    for page in drawing.layout.pages[::7]:
        check_inside(drawing.sheet(page))


def test_thirty_tasks_of_a_year_fit_one_page() -> None:
    assert len(draw(plan(30, 9), A4, "fr").layout.pages) == 1


@pytest.mark.parametrize(("wide", "tall"), [(1, 1), (2, 3), (5, 12), (1, None), (None, 1)])
def test_pages_as_asked_for(wide: int | None, tall: int | None) -> None:
    options = replace(A4, wide=wide, tall=tall, skip_empty=False)
    layout = draw(plan(120, 18), options, "fr").layout
    if wide is not None:
        assert len(layout.columns) == wide
    if tall is not None and layout.wanted_tall is None:
        assert len(layout.bands) <= tall
    assert len(layout.pages) == len(layout.columns) * len(layout.bands)
    assert layout.density.text >= LEAST_TEXT


def test_too_few_pages_are_not_bought_with_small_text() -> None:
    drawing = draw(plan(400, 30), replace(A4, tall=2), "fr")
    assert drawing.layout.wanted_tall == 2 and len(drawing.layout.bands) > 2
    check_titles(drawing)


def test_pages_without_bars_are_left_out_only_if_wished() -> None:
    source = plan(120, 30)
    less = draw(source, replace(A4, wide=5), "fr").layout
    whole = draw(source, replace(A4, wide=5, skip_empty=False), "fr").layout
    assert len(less.pages) < len(whole.pages) == len(whole.columns) * len(whole.bands)


@pytest.mark.parametrize("tall", [3, 4, 5, 6, 7, 8])
def test_no_heading_is_left_alone_at_the_end_of_a_page(tall: int) -> None:
    layout = draw(plan(160, 12), replace(A4, tall=tall), "fr").layout
    for band in layout.bands[:-1]:
        assert not band.lines[-1].line.heads


def test_a_page_says_which_phase_it_goes_on_with(large: Drawing) -> None:
    for band in large.layout.bands[1:]:
        first = band.lines[0].line
        assert bool(band.crumb) == (first.depth > 0)


# options -------------------------------------------------------------------------------------


def test_the_days_asked_for_cut_bars_with_marks() -> None:
    days = replace(A4, first=dt.date(2026, 8, 3), last=dt.date(2026, 9, 30), wide=1)
    drawing = draw(plan(120, 12), days, "fr")
    check_bars(drawing)
    bars = [bar for page in drawing.layout.pages for bar in drawing.marks.bars(page)]
    assert any(bar.cut_left for bar in bars) and any(bar.cut_right for bar in bars)
    assert drawing.layout.columns == ((days.first.toordinal(), days.last.toordinal() + 1),)  # type: ignore[union-attr]
    assert len(drawing.layout.lines) < 120


@pytest.mark.parametrize(
    "wanted",
    [
        Filter(hide_done=True),
        Filter(late=True),
        Filter(critical=True),
        Filter(phase=1),
        Filter(person=2),
        Filter(text="dedoublonnage"),
    ],
)
def test_filters_keep_what_passes_under_its_phase(wanted: Filter) -> None:
    source = plan(200, 20)
    late = source.rows[5]
    rows = [replace(r, percent=50, finish=START_LATE) if r is late else r for r in source.rows]
    source = replace(source, rows=tuple(rows))
    drawing = draw(source, replace(A4, filter=wanted), "fr")
    known = {row.id: row for row in source.rows}
    leaves = [line for line in drawing.layout.lines if not line.heads]
    assert 0 < len(leaves) < 185
    for line in leaves:
        row = known[line.key]
        assert not (wanted.hide_done and row.done)
        assert not wanted.late or line.late
        assert not wanted.critical or row.id in source.critical
        assert wanted.phase is None or row.parent_id == 1
        assert wanted.person is None or row.owner_id == 2
        assert not wanted.text or "Dédoublonnage" in row.title
        assert row.parent_id in {one.key for one in drawing.layout.lines}


START_LATE = dt.date(2026, 5, 4)


def test_names_are_printed_only_when_asked_for_and_then_said() -> None:
    source = plan(30, 9)
    silent = everything(draw(source, A4, "en"))
    assert "N. Faure" not in silent and "Committee level: no names" in silent
    for options in (replace(A4, owners=True), replace(A4, colour_by=ColourBy.OWNER)):
        named = everything(draw(source, options, "en"))
        assert "N. Faure" in named and "Committee level: owners of tasks are named" in named


def test_coloured_by_department_the_bar_says_which() -> None:
    source = replace(plan(30, 9), departments=((1, "Télévente"), (2, "Service client")))
    drawing = draw(source, replace(A4, colour_by=ColourBy.DEPARTMENT), "en")
    inks = {line.group: line.ink for line in drawing.layout.lines if line.form is Form.TASK}
    assert set(inks) == {"", "Télévente", "Service client"} and len(set(inks.values())) == 3
    text = everything(drawing)
    assert "Télévente" in text and "no names" in text


def everything(drawing: Drawing) -> str:
    sheets = [drawing.sheet(page) for page in drawing.layout.pages]
    items = [item for sheet in sheets for item in sheet.items]
    return plain(" ".join(item.text for item in items if isinstance(item, Text)))


@pytest.mark.parametrize("colour_by", ColourBy)
def test_form_tells_what_colour_tells(colour_by: ColourBy) -> None:
    """Critical bars have a dark outline and done ones are filled, whatever the colours."""
    drawing = draw(plan(30, 9), replace(A4, colour_by=colour_by), "en")
    page = drawing.layout.pages[0]
    outlined = {
        (round(i.x, 1), round(i.y, 1))
        for i in drawing.sheet(page).items
        if isinstance(i, Box) and i.ink == "text" and i.weight == 1.4
    }
    half = min(max(drawing.layout.density.high * 0.23, 2.3), 3.7)
    for bar in drawing.marks.bars(page):
        line = bar.placed.line
        if line.form is Form.TASK and not bar.cut_left and not bar.cut_right:
            at = round(bar.left, 1), round(bar.placed.middle - half, 1)
            assert (at in outlined) == line.critical


def test_units_of_the_axis_follow_the_zoom() -> None:
    found = [
        draw(
            plan(30, months), replace(A4, wide=wide, orientation=Orientation.LANDSCAPE), "fr"
        ).layout.axis.lower
        for months, wide in ((1, 12), (4, 2), (12, 1), (60, 1), (400, 1))
    ]
    assert found == [Unit.DAY, Unit.WEEK, Unit.MONTH, Unit.QUARTER, Unit.YEAR]


def test_half_days_are_drawn_as_halves() -> None:
    day = dt.date(2026, 4, 1)
    assert begins(day, None) == day.toordinal() == begins(day, 480)
    assert ends(day, None) == day.toordinal() + 1 == ends(day, 1020)
    assert day.toordinal() < ends(day, 720) < begins(day, 780) < day.toordinal() + 1


# what cannot be printed ------------------------------------------------------------------------


def test_what_cannot_be_printed_is_refused_with_its_reason() -> None:
    source = plan(30, 9)
    with pytest.raises(UserError, match="nothing to print"):
        draw(source, replace(A4, filter=Filter(text="zzz")), "en")
    with pytest.raises(UserError, match="from 1 to 60"):
        draw(source, replace(A4, wide=0), "en")
    with pytest.raises(UserError, match="before the beginning"):
        draw(source, replace(A4, first=dt.date(2026, 5, 1), last=dt.date(2026, 4, 1)), "en")
    with pytest.raises(UserError, match="nothing to print"):
        draw(replace(source, rows=()), A4, "en")


def test_lines_without_dates_are_named_without_a_bar() -> None:
    source = plan(30, 9)
    bare = [replace(r, start=None, finish=None, baseline_start=None, baseline_finish=None)
            for r in source.rows]  # fmt: skip
    drawing = draw(replace(source, rows=tuple(bare)), A4, "fr")
    check_titles(drawing)
    assert not list(drawing.marks.bars(drawing.layout.pages[0]))


# files ---------------------------------------------------------------------------------------


def test_one_svg_a_page_with_texts_and_plain_colours(large: Drawing, tmp_path: Path) -> None:
    written = gantt_pages.write(large, tmp_path / "plan.svg")
    assert len(written) == len(large.layout.pages) == len(as_svg(large))
    assert written[0].name == "plan-01.svg"
    root = ElementTree.parse(written[0]).getroot()
    assert root.get("viewBox") == "0 0 841.89 595.28"
    texts = [node.text or "" for node in root.iter("{http://www.w3.org/2000/svg}text")]
    assert large.layout.bands[0].lines[3].title[0] in texts
    for node in root.iter():
        for name in ("fill", "stroke"):
            value = node.get(name, "none")
            assert value == "none" or value.startswith("#"), value


def test_one_page_keeps_the_name_of_the_svg(tmp_path: Path) -> None:
    written = gantt_pages.write(draw(plan(20, 9), A4, "fr"), tmp_path / "plan.svg")
    assert [path.name for path in written] == ["plan.svg"]


def test_the_fonts_of_an_svg_come_with_it(large: Drawing) -> None:
    """Each face holds every character written in it, as wide as it was measured."""
    sheet = large.sheet(large.layout.pages[0])
    css = faces(sheet.items)
    known = {}
    for family, weight, data in re.findall(
        r"font-family:'([^']+)';font-weight:(\d+);src:url\(data:font/ttf;base64,([^)]+)\)", css
    ):
        known[(weight == "600", family == TABULAR)] = TTFont(io.BytesIO(base64.b64decode(data)))
    texts = [item for item in sheet.items if isinstance(item, Text)]
    assert set(known) == {(item.bold, item.tabular) for item in texts}
    for item in texts:
        face = known[(item.bold, item.tabular)]
        glyphs = [face.getBestCmap()[ord(letter)] for letter in item.text]
        units = sum(face["hmtx"][glyph][0] for glyph in glyphs)
        assert units * item.size / face["head"].unitsPerEm == pytest.approx(item.wide, abs=0.2)
    assert len(css) < 120_000
