"""Documents of the committee: sections chosen and ordered, marks, look, notes, what they say."""

from __future__ import annotations

import datetime as dt
import io
import sqlite3
import threading
from contextlib import closing
from itertools import pairwise
from pathlib import Path

import pypdf
import pytest
from PIL import Image as Picture

from crm_pilot import i18n
from crm_pilot.errors import UserError
from crm_pilot.governance.headline import PLACES
from crm_pilot.governance.terms import Document
from crm_pilot.palette import palette
from crm_pilot.project import Add, Project, SetField, Several
from crm_pilot.reports import documents
from crm_pilot.reports.content import (
    PARTS,
    ChartPart,
    Content,
    FactsPart,
    ListPart,
    Money,
    Share,
    TablePart,
    WeatherPart,
)
from crm_pilot.reports.documents import IssueMark, SetAccent, SetLogo, SetSections, lay
from crm_pilot.reports.sheets import Box, Image, Text
from crm_pilot.reports.sheets_svg import svg
from crm_pilot.store.reader import Reader
from tests.governance.rollout import TODAY
from tests.reports.reading import Box as Drawn
from tests.reports.reading import opened, plain
from tests.reports.test_committee_report import LONG, lengthened, outside, overlapping

ALL = list(Document)
MARK = IssueMark(3, dt.date(2026, 11, 23), "7f3a91c4d20b" + "0" * 52, corrects=2)


def made(project: Project, document: str = "committee", language: str = "en", **wish: object):
    """A document of a project as of the roll-out's day."""
    return lay(project.reader, TODAY, document, language=language, **wish)  # type: ignore[arg-type]


def texts(laid: documents.Laid, number: int) -> list[str]:
    """Every text on a page."""
    return [plain(item.text) for item in laid.page(number).items if isinstance(item, Text)]


def picture(kind: str = "PNG", size: tuple[int, int] = (240, 80)) -> bytes:
    """A picture file."""
    stream = io.BytesIO()
    Picture.new("RGB", size, (20, 90, 60)).save(stream, kind)
    return stream.getvalue()


# sections ----------------------------------------------------------------------------------------


def names(laid: documents.Laid) -> list[str]:
    """Keys of the sections in the order of their pages."""
    return list(dict.fromkeys(page.key for page in laid.content.pages))


def test_sections_come_as_the_product_has_them_until_they_are_chosen(rollout: Project) -> None:
    known = documents.sections(rollout.reader, "committee")
    assert known[0].key == "first_page"
    assert [one.key for one in known if one.shown][-1] == "annex"
    assert all(one.title for one in known)
    shown = [one.key for one in known if one.shown]
    assert names(made(rollout)) == [key for key in shown if key in names(made(rollout))]


def test_chosen_sections_are_printed_in_their_order_and_can_be_undone(rollout: Project) -> None:
    before = documents.sections(rollout.reader, "committee")
    rollout.execute(
        SetSections("committee", (("money", True), ("first_page", True), ("plan", False)))
    )
    known = documents.sections(rollout.reader, "committee")
    order = [one.key for one in known]
    assert order.index("money") < order.index("first_page") < order.index("plan")
    assert set(order) == {one.key for one in before}  # those not chosen yet are offered
    assert not next(one for one in known if one.key == "plan").shown
    printed = names(made(rollout))
    assert printed.index("money") < printed.index("first_page")
    assert "plan" not in printed
    annex = " ".join(texts(made(rollout), made(rollout).count))
    assert "Predictability" not in annex
    rollout.execute(SetSections("committee", (("money", True), ("first_page", True))))
    rollout.undo()
    assert documents.sections(rollout.reader, "committee") == before  # one step with the first


def test_the_choice_of_one_document_leaves_the_others(rollout: Project) -> None:
    before = documents.sections(rollout.reader, "risks")
    rollout.execute(SetSections("committee", (("money", True),)))
    assert documents.sections(rollout.reader, "risks") == before
    rollout.execute(SetSections("committee", ()))
    assert documents.sections(rollout.reader, "committee")[0].key == "first_page"


def test_a_section_of_another_version_is_passed_over(rollout: Project) -> None:
    rollout.execute(SetSections("flash", (("no_such_section", True), ("first_page", True))))
    assert "no_such_section" not in [one.key for one in documents.sections(rollout.reader, "flash")]
    assert made(rollout, "flash").count == 1


def test_a_document_keeps_one_section(rollout: Project) -> None:
    with pytest.raises(UserError, match="at least one section"):
        rollout.execute(SetSections("committee", (("money", False), ("plan", False))))


def test_the_annex_is_put_on_or_left_out_whatever_was_chosen(rollout: Project) -> None:
    assert "annex" not in names(made(rollout, annex=False))
    rollout.execute(SetSections("committee", (("first_page", True), ("annex", False))))
    assert "annex" not in names(made(rollout))
    assert names(made(rollout, annex=True))[-1] == "annex"


def test_what_cannot_be_laid_out_is_said(rollout: Project) -> None:
    with pytest.raises(UserError, match="no document"):
        made(rollout, "letter")
    with pytest.raises(UserError, match="no language"):
        made(rollout, language="de")
    with pytest.raises(UserError, match="no level"):
        made(rollout, level="all")


@pytest.mark.parametrize("document", ALL)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_document_of_an_empty_project_is_a_clean_page(
    project: Project, document: Document, language: str
) -> None:
    laid = made(project, document, language)
    assert laid.count >= 1
    assert len(opened(laid.pdf()).pages) == laid.count
    assert laid.content.pages


# pages -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", ALL)
def test_pdf_and_sheets_say_the_same(rollout: Project, document: Document) -> None:
    laid = made(rollout, document, "fr")
    pages = opened(laid.pdf()).pages
    assert len(pages) == laid.count
    for number, page in enumerate(pages, 1):
        read = plain(page.extract_text()).replace(" ", "")
        for text in texts(laid, number):
            assert text.replace(" ", "") in read


def test_every_page_has_a_sentence_of_its_own_that_can_be_written(rollout: Project) -> None:
    for document in ALL:
        laid = made(rollout, document)
        for number in range(1, laid.count + 1):
            assert laid.place(number) in PLACES, (document, number)
    place = made(rollout).place(1)
    rollout.execute(
        Add(
            "headline",
            {"place": place, "language": "en", "sentence": "Say this.", "written_on": TODAY},
        )
    )
    assert "Say this." in texts(made(rollout), 1)
    assert "Say this." not in texts(made(rollout, language="fr"), 1)


def test_pages_are_drawn_when_the_project_is_closed(rollout: Project, tmp_path: Path) -> None:
    """The preview lays out in a job, whose reader is gone when a page is turned."""
    rollout.save(tmp_path / "copy.crmp")
    kept: list[documents.Laid] = []

    def job() -> None:
        path = f"file:{tmp_path / 'copy.crmp'}?mode=ro"
        with closing(sqlite3.connect(path, uri=True)) as connection:
            reader = Reader(connection)
            for document in ALL:
                kept.append(lay(reader, TODAY, document, language="fr"))

    worker = threading.Thread(target=job)
    worker.start()
    worker.join()
    assert len(kept) == len(ALL)
    for laid in kept:
        assert len(opened(laid.pdf()).pages) == laid.count
        assert laid.content.pages


def test_pages_as_svg_are_whole_pictures(rollout: Project) -> None:
    import xml.etree.ElementTree as Tree

    rollout.execute(SetLogo(picture()))
    laid = made(rollout)
    root = Tree.fromstring(svg(laid.page(1), "Page 1", "en"))
    kinds = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert {"text", "path", "rect", "circle", "image"} <= kinds


# marks -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "word"), [("en", "DRAFT"), ("fr", "PROJET")])
def test_a_draft_says_so_on_every_page(rollout: Project, language: str, word: str) -> None:
    laid = made(rollout, language=language)
    for number in range(1, laid.count + 1):
        assert texts(laid, number).count(word) == 2  # across the page, and on the rule of the head
    assert word not in " ".join(texts(made(rollout, language=language, draft=False), 1))


def test_an_issue_carries_its_number_and_fingerprint_and_no_draft(rollout: Project) -> None:
    laid = made(rollout, issue=MARK)
    for number in range(1, laid.count + 1):
        read = texts(laid, number)
        assert "DRAFT" not in read
        assert "· issued on 23 Nov 2026 · frozen version" in read
        assert "Issue no. 3 · corrects issue no. 2 · fingerprint 7F3A-91C4-D20B" in read
    assert "corrects" not in " ".join(
        texts(made(rollout, issue=IssueMark(4, TODAY, MARK.fingerprint)), 1)
    )
    french = texts(made(rollout, language="fr", issue=MARK), 1)
    assert "Édition n° 3 · corrige l’édition n° 2 · empreinte 7F3A-91C4-D20B" in french


def test_the_foot_has_room_for_all_its_marks(rollout: Project) -> None:
    for language in ("fr", "en"):
        laid = made(rollout, language=language, issue=MARK)
        foot = [i for i in laid.page(1).items if isinstance(i, Text) and 810 < i.y < 818]
        spans = sorted((item.x, item.x + item.wide) for item in foot)
        assert all(right <= left + 0.01 for (_, right), (left, _) in pairwise(spans))


# look --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_the_logo_stands_on_every_page_in_its_proportions(rollout: Project, kind: str) -> None:
    rollout.execute(SetLogo(picture(kind)))
    laid = made(rollout)
    for number in range(1, laid.count + 1):
        (logo,) = [item for item in laid.page(number).items if isinstance(item, Image)]
        assert logo.wide / logo.high == pytest.approx(3)
        assert logo.x + logo.wide == pytest.approx(559.28, abs=0.1)
        others = [item for item in laid.page(number).items if isinstance(item, Text)]
        assert all(one.x + one.wide < logo.x for one in others if one.y < 40)
    for page in opened(laid.pdf()).pages:
        (shown,) = page.images
        assert shown.image is not None
        assert shown.image.size == (240, 80)
    rollout.execute(SetLogo(None))
    assert not [item for item in made(rollout).page(1).items if isinstance(item, Image)]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "neither a PNG nor a JPEG"),
        (b"hello", "neither a PNG nor a JPEG"),
        (b"GIF89a" + b"\0" * 99, "neither a PNG nor a JPEG"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "damaged"),
        (picture()[:-40], "damaged"),
        (picture("JPEG")[:60], "damaged"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 2_000_001, "too large"),
    ],
)
def test_a_logo_that_is_no_picture_is_refused(rollout: Project, data: bytes, sentence: str) -> None:
    with pytest.raises(UserError, match=sentence):
        rollout.execute(SetLogo(data))
    assert documents.look(rollout.reader).logo is None
    assert made(rollout).count


def test_a_broken_logo_in_the_file_does_not_stop_the_report(rollout: Project) -> None:
    rollout.execute(Add("report_look", {"logo": b"\x89PNG\r\n\x1a\nnothing"}))  # type: ignore[dict-item]
    assert opened(made(rollout).pdf()).pages


def test_the_colour_of_the_company_replaces_ours_everywhere(rollout: Project) -> None:
    ours = palette("light")["accent"]
    assert "accent" in inks(made(rollout))
    rollout.execute(SetAccent("8a1c2b"))
    assert documents.look(rollout.reader).accent == "#8A1C2B"
    assert "#8A1C2B" in inks(made(rollout))
    assert not {"accent", ours} & inks(made(rollout))
    rollout.execute(SetAccent(""))
    assert "accent" in inks(made(rollout))


def inks(laid: documents.Laid) -> set[str]:
    """Every colour of the first page."""
    items = laid.page(1).items
    return {getattr(item, part, None) or "" for item in items for part in ("ink", "fill")}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [("blue", "is no colour"), ("#12345", "is no colour"), ("#FFD54A", "too light")],
)
def test_a_colour_that_cannot_be_printed_is_refused(
    rollout: Project, text: str, sentence: str
) -> None:
    with pytest.raises(UserError, match=sentence):
        rollout.execute(SetAccent(text))
    assert documents.look(rollout.reader).accent == ""


# notes -------------------------------------------------------------------------------------------


def test_the_author_is_told_which_texts_were_shortened(rollout: Project) -> None:
    assert LONG not in " ".join(note.whole for note in made(rollout).notes)
    key = rollout.reader.value("SELECT id FROM risk ORDER BY id LIMIT 1")
    rollout.execute(SetField("risk", key, "title", LONG * 3))
    laid = made(rollout, language="fr")
    notes = [note for note in laid.notes if plain(note.whole) == plain(LONG * 3)]
    assert notes
    for note in notes:
        assert note.shown.endswith("…")
        assert plain(note.shown) in texts(laid, note.page)
    told = [item.text for item in laid.page(1).items if isinstance(item, Text)]
    assert sum(text.endswith("…") for text in told) == sum(note.page == 1 for note in laid.notes)


def test_a_text_that_is_short_on_every_page_is_told_once(rollout: Project) -> None:
    rollout.execute(SetField("project", 1, "name", LONG))
    laid = made(rollout)
    assert laid.count > 5
    (note,) = [note for note in laid.notes if plain(note.whole) == plain(LONG)]
    assert note.page == 1


# content -----------------------------------------------------------------------------------------


def parts(content: Content, kind: type) -> list:
    """Every part of a kind."""
    return [part for page in content.pages for part in page.parts if isinstance(part, kind)]


def test_what_the_report_says_is_typed(rollout: Project) -> None:
    content = made(rollout, language="fr").content
    assert content.language == "fr"
    assert "Déploiement Salesforce" in content.title
    tables = parts(content, TablePart)
    values = [cell.value for table in tables for row in table.rows for cell in row]
    assert {type(value) for value in values} >= {dt.date, int, float, str, Share, type(None)}
    assert any(isinstance(value, Money) for value in values)
    for table in tables:
        assert table.columns
        assert all(len(row) == len(table.columns) for row in table.rows)
        assert all(column.title or any(r[n].text for r in table.rows)
                   for n, column in enumerate(table.columns))  # fmt: skip
    for kind in (ChartPart, FactsPart, ListPart, WeatherPart):
        assert parts(content, kind), kind
    assert all(type(part) in PARTS for page in content.pages for part in page.parts)
    (weather,) = parts(content, WeatherPart)
    assert [row.axis for row in weather.rows] == ["Délai", "Budget", "Périmètre", "Adoption"]


def test_dates_and_numbers_are_those_of_the_project(rollout: Project) -> None:
    content = made(rollout, "committee").content
    page = next(page for page in content.pages if page.key == "registers")
    table = next(part for part in page.parts if isinstance(part, TablePart))
    stored = rollout.reader.select("SELECT code, due_on FROM decision")
    due = [column.title for column in table.columns].index("Due")
    shown = {row[0].text: row[due].value for row in table.rows}
    assert shown == {code: dt.date.fromisoformat(day) for code, day in stored}


def test_unknown_is_nothing_and_never_zero(rollout: Project) -> None:
    content = made(rollout).content
    dashes = [
        cell
        for table in parts(content, TablePart)
        for row in table.rows
        for cell in row
        if cell.text == "–"
    ]
    assert dashes
    assert all(cell.value is None for cell in dashes)


def test_what_is_said_is_whole_where_the_page_is_short(rollout: Project) -> None:
    key = rollout.reader.value("SELECT id FROM risk ORDER BY id LIMIT 1")
    rollout.execute(SetField("risk", key, "title", LONG * 3))
    content = made(rollout, language="fr").content
    cells = [plain(c.text) for t in parts(content, TablePart) for row in t.rows for c in row]
    assert plain(LONG * 3) in cells


# long texts --------------------------------------------------------------------------------------


@pytest.mark.parametrize("document", [one for one in ALL if one is not Document.COMMITTEE])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_overflows_with_the_longest_texts(
    rollout: Project, document: Document, language: str
) -> None:
    lengthened(rollout)
    laid = made(rollout, document, language, issue=MARK)
    for number in range(1, laid.count + 1):
        sheet = laid.page(number)
        for item in sheet.items:
            if isinstance(item, Text) and not item.turn:
                assert item.x >= 35, item
                assert item.x + item.wide <= 560.3, item
                assert 20 < item.y < 828, item
                assert item.size >= 7
            elif isinstance(item, Box):
                assert item.x >= 32
                assert item.x + item.wide <= 564


def test_the_outline_names_every_section_once(rollout: Project) -> None:
    edits = tuple(
        Add(
            "decision",
            {"code": f"X-{n:03d}", "wording": LONG, "owner": "Équipe", "due_on": TODAY},
        )
        for n in range(60)
    )
    rollout.execute(Several(edits, i18n.msg("Many")))
    laid = made(rollout, annex=False)
    reader = pypdf.PdfReader(io.BytesIO(laid.pdf()))
    assert len(reader.outline) == len(laid.outline) == len(laid.content.pages)
    assert laid.count > len(laid.outline)


WORDY = {
    "agenda_item": ("title", "presenter", "outcome"),
    "budget_line": ("name", "reason"),
    "committee": ("place", "note"),
    "decision": ("wording", "owner", "context", "evidence"),
    "highlight": ("lead", "detail"),
    "participant": ("name", "role"),
    "problem": ("title", "response", "owner"),
    "raci_actor": ("name",),
    "raci_item": ("title",),
    "risk": ("title", "response", "owner"),
    "person": ("first_name", "last_name"),
    "department": ("name",),
}


def wordy(project: Project) -> None:
    """Every text of the registers as long as a paragraph, and names as long as a line."""
    edits = []
    for table, columns in WORDY.items():
        names = table in ("person", "participant", "raci_actor")
        for (key,) in project.reader.select(f"SELECT id FROM {table}"):
            for column in columns:
                text = f"Marie-Bénédicte de la Rochefoucauld-{key}" if names else f"{LONG} {key}"
                edits.append(SetField(table, key, column, text))
    project.execute(Several(tuple(edits), i18n.msg("Lengthen")))


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_demonstration_with_the_longest_texts_stays_on_its_pages(
    demo: Path, tmp_path: Path, language: str
) -> None:
    file = tmp_path / "long.crmp"
    file.write_bytes(demo.read_bytes())
    with Project.open(file) as project:
        wordy(project)
        for document in ALL:
            laid = lay(project.reader, project.today(), document, language=language)
            assert laid.count < 60
            for number in range(1, laid.count + 1):
                boxes = [
                    Drawn(number, item.x, item.y, item.x + item.wide, item.size, item.text)
                    for item in laid.page(number).items
                    if isinstance(item, Text) and not item.turn
                ]
                assert not outside(boxes), document
                assert not overlapping(boxes), (document, number)
