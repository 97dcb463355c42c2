"""Slides read back with python-pptx: native text, tables and charts, and nothing that overflows."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from itertools import product

import pytest
from PIL import Image as Picture
from pptx.enum.shapes import MSO_SHAPE_TYPE
from python_calamine import CalamineWorkbook

from crm_pilot.charts import Mark, Series, Step, TimeChart
from crm_pilot.project import Project
from crm_pilot.reports import documents
from crm_pilot.reports.content import (
    ChartPart,
    Content,
    ContentCell,
    ContentColumn,
    ContentPage,
    TablePart,
)
from crm_pilot.reports.parcel import EPOCH
from crm_pilot.reports.slides import pptx
from crm_pilot.reports.slides_plan import title_of
from crm_pilot.reports.typography import wrap
from tests.governance.rollout import TODAY
from tests.reports.decks import every_text, opened, overflows, words
from tests.reports.packs import FLOW, FORMULA, IMPRINT, POSITIONS, SHARE, WEEKS, cell, pack
from tests.reports.test_committee_report import lengthened, persons


@pytest.fixture(scope="module")
def deck() -> bytes:
    return pptx(pack(), IMPRINT)


def alone(*charts: object) -> Content:
    """A document with these charts."""
    parts = tuple(ChartPart("Titre", "", chart) for chart in charts)
    return Content("T", "S", "fr", "M", (ContentPage("a", "A", "Une phrase.", parts),))


def charts(data: bytes) -> list:
    """The charts of a presentation in their order."""
    return [s.chart for slide in opened(data).slides for s in slide.shapes if s.has_chart]


def behind(chart) -> list[list]:
    """The rows of the workbook behind a chart."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    return book.get_sheet_by_index(0).to_python()


def heads(data: bytes) -> list[str]:
    """What the blocks of all slides are headed, in their order."""
    return [
        re.split("   |\n", shape.text_frame.text)[0]
        for slide in opened(data).slides
        for shape in slide.shapes
        if shape.name.startswith("Head")
    ]


# slides ------------------------------------------------------------------------------------------


def test_the_presentation_is_wide_and_only_ours(deck: bytes) -> None:
    show = opened(deck)
    assert show.slide_width * 9 == show.slide_height * 16
    assert [layout.name for layout in show.slide_layouts] == ["Cover", "Statement"]
    names = zipfile.ZipFile(io.BytesIO(deck)).namelist()
    assert not [n for n in names if "notes" in n or "printer" in n or "thumbnail" in n]
    assert show.core_properties.title == "Déploiement Salesforce – COPIL n° 7"
    assert show.core_properties.language == "fr"


def test_every_slide_is_titled_by_a_sentence(deck: bytes) -> None:
    cover, *slides = opened(deck).slides
    assert cover.shapes.title.text_frame.text == IMPRINT.project
    sentences = [page.sentence for page in pack().pages]
    titles = [slide.shapes.title.text_frame.text for slide in slides]
    assert set(sentences[:3]) <= set(titles)
    long = sentences[3]
    cut = next(title for title in titles if title not in sentences)
    assert cut.endswith("…")
    assert long.startswith(cut[:60])
    assert titles == sorted(titles, key=lambda t: sentences.index(t) if t in sentences else 3)


def test_nothing_is_a_picture(deck: bytes) -> None:
    shapes = [shape for slide in opened(deck).slides for shape in slide.shapes]
    assert not [s for s in shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE]
    assert sum(shape.has_table for shape in shapes) >= 6
    assert sum(shape.has_chart for shape in shapes) == 4
    assert [n for n in zipfile.ZipFile(io.BytesIO(deck)).namelist() if "media" in n] == []


def test_nothing_overflows(deck: bytes) -> None:
    assert list(overflows(deck)) == []


def test_what_belongs_to_a_head_is_never_cut_for_want_of_room_beside_it() -> None:
    tail = "les zones d’une à quatre personnes sont regroupées, les autres non"
    beside = (TablePart("Zones", tail, (ContentColumn("A"),), ((cell("x"),),)),) * 2
    page = ContentPage("a", "A", "Une phrase.", beside)
    data = pptx(Content("T", "S", "fr", "M", (page,)))
    texts = [words(slide) for slide in opened(data).slides]
    assert sum(text.count(tail) for text in texts) == 2
    assert not list(overflows(data))


def test_a_wider_font_does_not_add_a_line_to_a_title(deck: bytes) -> None:
    """Of two even lines, each leaves some room at its end."""
    sentence = "La vague 3 glisse de 7 jours, au 12 janvier : le comité a 3 décisions à prendre."
    shown, size, room, _ = title_of(sentence)
    assert shown == sentence and len(wrap(shown, room, size, bold=True)) == 2
    assert len(wrap(shown, room / 1.05, size, bold=True)) == 2


def test_a_long_table_goes_on_with_its_head_and_group() -> None:
    slides = [
        shape.table
        for slide in opened(pptx(pack(40), IMPRINT)).slides
        for shape in slide.shapes
        if shape.has_table and shape.table.cell(0, 0).text == "N°"
    ]
    assert len(slides) > 3
    codes = []
    for table in slides:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        assert rows[0] == ["N°", "Risque et parade", "P × I", "Pilote", "Échéance", "Part"]
        assert rows[1][0].startswith("Groupe")  # again where the group goes on
        codes += [row[0] for row in rows[1:] if row[0].startswith("R-")]
        assert not rows[-1][0].startswith("Groupe")
    assert codes == [f"R-{number + 1:02d}" for number in range(40)]
    counts = [len(table.rows) for table in slides]
    assert max(counts) - min(counts) <= 4  # shared out


def test_a_word_under_a_drawn_mark_is_the_text_of_its_cell() -> None:
    marked = ContentCell("\u00a0", "Bon", False, "Bon")
    table = TablePart("T", "", (ContentColumn("A"), ContentColumn("B")), ((cell("x"), marked),))
    show = opened(pptx(Content("T", "S", "fr", "M", (ContentPage("a", "A", "S.", (table,)),))))
    (made,) = [s.table for s in show.slides[1].shapes if s.has_table]
    assert [one.text for one in made.rows[1].cells] == ["x", "Bon"]


def test_heads_feet_and_marks_stand_on_the_layout() -> None:
    logo = io.BytesIO()
    Picture.new("RGB", (300, 100), "#207050").save(logo, "PNG")
    marked = replace(IMPRINT, draft="PROJET", logo=logo.getvalue(), accent="#AA3300")
    show = opened(pptx(pack(), marked))
    for layout in show.slide_layouts:
        texts = " ".join(s.text_frame.text for s in layout.shapes if s.has_text_frame)
        assert "PROJET" in texts
        assert "7F3A-91C4-D20B" in texts
        assert "Niveau comité" in texts
        pictures = [s for s in layout.shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE]
        assert len(pictures) == 1
        assert abs(pictures[0].width / pictures[0].height - 3) < 0.01
    theme = next(
        rel.target_part.blob.decode()
        for rel in show.slide_master.part.rels.values()
        if rel.reltype.endswith("/theme")
    )
    assert "AA3300" in theme
    assert theme.count('typeface="Arial"') == 2
    plain = " ".join(
        s.text_frame.text
        for layout in opened(pptx(pack(), IMPRINT)).slide_layouts
        for s in layout.shapes
        if s.has_text_frame
    )
    assert "PROJET" not in plain


def test_a_broken_logo_is_left_out() -> None:
    show = opened(pptx(pack(), replace(IMPRINT, logo=b"\x89PNG\r\n\x1a\nbroken")))
    kinds = [s.shape_type for layout in show.slide_layouts for s in layout.shapes]
    assert MSO_SHAPE_TYPE.PICTURE not in kinds


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    page = ContentPage("a", "A\x07", "Une phrase\x00 & <b>.", ())
    slides = opened(pptx(Content("T\x0b", "S", "fr", "M", (page,)))).slides
    assert slides[1].shapes.title.text_frame.text == "Une phrase & <b>."


# charts ------------------------------------------------------------------------------------------


def test_bars_and_lines_are_one_chart_with_its_figures() -> None:
    (chart,) = charts(pptx(alone(FLOW)))
    bars, lines = chart.plots
    assert [one.name for one in bars.series] == ["ouverts", "clos"]
    assert list(bars.series[0].values) == [4, 7, 3, 9, 12, 8, 6, 5, 7, 4]
    stock = lines.series[0]
    assert (stock.name, stock.values[-1]) == ("stock", 22)
    assert list(bars.categories)[:2] == ["S38", "S39"]
    assert not chart.has_legend
    label = stock._element.xpath("c:dLbls/c:dLbl")
    assert [one.xpath("c:idx/@val") for one in label] == [["9"]]  # its name at its end
    rows = behind(chart)
    assert rows[0] == ["Semaine du", "ouverts", "clos", "stock", "Vague 2"]
    assert rows[1][:4] == ["S38", 4, 2, 20]


def test_what_is_unknown_is_a_gap_and_never_zero() -> None:
    (chart,) = charts(pptx(alone(SHARE)))
    line = next(one for plot in chart.plots for one in plot.series if one.name == "actifs")
    assert line.values[0] is None
    assert line.values[1] == 0.41
    assert chart._chartSpace.xpath("c:chart/c:dispBlanksAs/@val") == ["gap"]
    assert behind(chart)[1][behind(chart)[0].index("actifs")] == ""


def test_a_name_that_looks_like_a_formula_stays_a_text() -> None:
    points = tuple((day, 1.0) for day in WEEKS)
    chart = TimeChart(
        "T", "u", (Series(FORMULA, points, "text", Mark.BAR),), Step.WEEK, 2, (0, 1, 2)
    )
    (made,) = charts(pptx(alone(chart)))
    assert made.plots[0].series[0].name == FORMULA
    book = made.part.chart_workbook.xlsx_part.blob
    sheet = zipfile.ZipFile(io.BytesIO(book)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert behind(made)[0][1] == FORMULA


def test_parts_of_a_whole_differ_in_more_than_colour() -> None:
    (chart,) = charts(pptx(alone(POSITIONS)))
    assert [tuple(one.values) for one in chart.plots[0].series] == [
        (0.27, 0.2),
        (0.55, 0.6),
        (0.18, 0.2),
    ]
    patterns = [
        tuple(one._element.xpath("c:spPr/a:pattFill/@prst")) for one in chart.plots[0].series
    ]
    assert len(set(patterns)) == 3
    slide = opened(pptx(alone(POSITIONS))).slides[1]
    assert "27" in words(slide)
    assert "Hésitants" in words(slide)


def test_slides_describe_tables_and_charts_for_those_who_hear_them(deck: bytes) -> None:
    frames = [
        shape
        for slide in opened(deck).slides
        for shape in slide.shapes
        if shape.has_chart or shape.has_table
    ]
    assert all(shape._element.xpath("./p:nvGraphicFramePr/p:cNvPr/@descr") for shape in frames)


# bytes -------------------------------------------------------------------------------------------


def test_the_same_content_gives_the_same_bytes(deck: bytes) -> None:
    assert pptx(pack(), IMPRINT) == deck


def test_no_time_of_writing_is_left_in_the_file(deck: bytes) -> None:
    def look(data: bytes) -> int:
        archive = zipfile.ZipFile(io.BytesIO(data))
        assert {entry.date_time for entry in archive.infolist()} == {EPOCH}
        core = archive.read("docProps/core.xml").decode()
        assert core.count("2026-11-21T00:00:00Z") >= 1
        assert core.count("T00:00:00Z") == core.count("dcterms:W3CDTF")
        inner = [name for name in archive.namelist() if name.endswith(".xlsx")]
        return 1 + sum(look(archive.read(name)) for name in inner)

    assert look(deck) == 5


# the report --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_overflows_with_the_longest_texts(rollout: Project, language: str) -> None:
    lengthened(rollout)
    for document in documents.Document:
        laid = documents.lay(rollout.reader, TODAY, document, language=language)
        made = documents.as_file(laid, "pptx")
        assert list(overflows(made)) == []
        seen: set[str] = set()
        for told in heads(made):
            before = told.replace(" (suite)", "").replace(" (continued)", "")
            assert told == before or before in seen, "goes on before it has begun"
            seen.add(told)


@pytest.mark.parametrize(("language", "number"), [("fr", "40C"), ("en", "809")])
def test_axes_of_dates_are_in_the_language_of_the_document(
    rollout: Project, language: str, number: str
) -> None:
    laid = documents.lay(rollout.reader, TODAY, "committee", language=language, annex=False)
    made = charts(documents.as_file(laid, "pptx"))
    shown = "".join(chart._chartSpace.xml for chart in made)
    found = set(re.findall(r'formatCode="([^"]*mmm[^"]*)"', shown))
    assert found == {f"[$-{number}]d mmm"}


def test_every_sentence_of_the_report_is_the_title_of_a_slide(rollout: Project) -> None:
    laid = documents.lay(rollout.reader, TODAY, "committee", language="fr", annex=False)
    slides = opened(documents.as_file(laid, "pptx")).slides
    titles = {slide.shapes.title.text_frame.text for slide in slides}
    assert {page.sentence for page in laid.content.pages} <= titles


@pytest.mark.parametrize("language", ["fr", "en"])
def test_at_committee_level_no_output_names_a_person_beside_a_position(
    rollout: Project, language: str
) -> None:
    for document, kind in product(documents.Document, ("pptx", "xlsx")):
        laid = documents.lay(rollout.reader, TODAY, document, language=language)
        text = every_text(documents.as_file(laid, kind))
        assert [name for name in persons(rollout) if name in text] == []
        assert "A quitté la réunion" not in text  # observed facts are free text


def test_the_leads_own_slides_name_and_say_so(rollout: Project) -> None:
    laid = documents.lay(rollout.reader, TODAY, "committee", language="fr", level="own")
    for kind in ("pptx", "xlsx"):
        text = every_text(documents.as_file(laid, kind))
        assert "Claire Marchand-60" in text
        assert laid.content.mark in text.replace("&apos;", "'")


def test_a_page_that_says_nothing_is_its_sentence() -> None:
    empty = Content("T", "S", "en", "M", (ContentPage("a", "A", "Nothing yet.", ()),))
    assert len(opened(pptx(empty)).slides) == 2
