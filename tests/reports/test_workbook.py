"""Workbooks read back: a sheet for every table and chart, values in their types, no formulas."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from crm_pilot.project import Project
from crm_pilot.reports import documents
from crm_pilot.reports.content import (
    ChartPart,
    Content,
    ContentCell,
    ContentColumn,
    ContentPage,
    FactsPart,
    ListPart,
    TablePart,
    WeatherPart,
)
from crm_pilot.reports.parcel import EPOCH
from crm_pilot.reports.workbook import xlsx
from tests.governance.rollout import TODAY
from tests.reports.packs import FORMULA, IMPRINT, cell, pack
from tests.reports.test_committee_report import lengthened

Rows = list[list[object]]


@pytest.fixture(scope="module")
def book() -> bytes:
    return xlsx(pack(), IMPRINT)


def read(data: bytes) -> dict[str, Rows]:
    """The rows of every sheet."""
    found = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: found.get_sheet_by_name(name).to_python() for name in found.sheet_names}


def inside(data: bytes, name: str) -> str:
    """A part of the archive."""
    return zipfile.ZipFile(io.BytesIO(data)).read(name).decode("utf-8")


def sheets(data: bytes) -> list[str]:
    """The XML of every sheet."""
    names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    return [inside(data, n) for n in sorted(names) if n.startswith("xl/worksheets/sheet")]


def of(*rows: tuple[ContentCell, ...]) -> Content:
    """A document of one table."""
    columns = tuple(ContentColumn(f"C{at}") for at in range(len(rows[0])))
    page = ContentPage("a", "A", "Une phrase.", (TablePart("Table", "", columns, rows),))
    return Content("T", "S", "fr", "M", (page,))


def test_there_is_a_sheet_for_every_table_and_chart(book: bytes) -> None:
    kinds = (TablePart, ChartPart, ListPart, FactsPart, WeatherPart)
    parts = [part for page in pack().pages for part in page.parts if isinstance(part, kinds)]
    first, *others = read(book)
    assert first == "Sommaire"
    assert len(others) == len(parts)
    assert "Budget par ligne" in others
    assert "Adoption" in others


def test_the_summary_says_what_it_is_and_where_what_stands(book: bytes) -> None:
    rows = read(book)["Sommaire"]
    texts = [str(value) for row in rows for value in row]
    assert texts[0] == "Déploiement Salesforce – COPIL n° 7"
    assert "7F3A-91C4-D20B" in texts
    assert "Niveau comité : positions agrégées, sans nom" in texts
    assert "Le projet finira à 469 k€, soit 19 k€ de plus." in texts
    assert {row[2] for row in rows if row[2] and row[2] != "Feuille"} == set(read(book)) - {
        "Sommaire"
    }


def test_values_have_their_types(book: bytes) -> None:
    found = read(book)
    heads, *rows = found["Registre des risques"]
    assert heads == [
        *("Groupe", "N°", "Risque et parade", "Risque et parade (2)", "P × I", "Pilote"),
        *("Échéance", "Part"),
    ]
    assert rows[1] == [
        *("Groupe 1", "R-02", "Données refusées le 11 déc. par les équipes des régions "),
        *("Équipe renforcée, 3ᵉ essai à blanc", 12, "N. Faure", dt.date(2026, 12, 11), 0.247),
    ]
    assert len(rows) == 30  # names of groups are a column
    budget = found["Budget par ligne"]
    assert budget[0] == [
        "Ligne",
        "Référence",
        "Consommé",
        "RAF",
        "Révisé",
        "Écart",
        "Raison",
    ]  # without the column that was drawn
    assert budget[2][1:6] == [148_000, 131_000, 29_000, 160_000, 12_000]  # euros


def test_what_is_unknown_is_an_empty_cell(book: bytes) -> None:
    rows = read(book)["Registre des risques"]
    assert rows[1][6] == ""
    assert read(book)["Adoption"][1][1] == ""


def test_a_word_under_a_drawn_mark_stands_once() -> None:
    row = (cell("Délai", bold=True), ContentCell("\u00a0", "Bon", False, "Bon"), cell("stable"))
    assert read(xlsx(of(row)))["Table"] == [["C0", "C1", "C2"], ["Délai", "Bon", "stable"]]


def test_texts_never_become_formulas_or_links(book: bytes) -> None:
    assert not [xml for xml in sheets(book) if "<f>" in xml or "<f " in xml]
    assert read(book)["Budget par ligne"][3][0] == FORMULA
    styles = inside(book, "xl/styles.xml")
    assert 'quotePrefix="1"' in styles
    for text in ("=1+1", "+33 1 02", "-5", "@SUM(A1)", "\t=1", "http://example.org", "12"):
        made = xlsx(of((cell(text),)))
        assert not [xml for xml in sheets(made) if "<f>" in xml]
        assert read(made)["Table"][1][0] == text
    external = xlsx(of((cell("http://example.org"),)))
    names = zipfile.ZipFile(io.BytesIO(external)).namelist()
    assert not [
        n for n in names if n.startswith("xl/worksheets/_rels") and "http" in inside(external, n)
    ]


def test_heads_stay_and_columns_are_wide_enough(book: bytes) -> None:
    for xml in sheets(book)[1:]:
        assert 'state="frozen"' in xml
        assert "<autoFilter" in xml
        assert all(7 <= float(wide) <= 61 for wide in re.findall(r'width="([\d.]+)"', xml))


def test_rows_are_as_high_as_their_wrapped_texts() -> None:
    long = "Dérive = (consommé + reste à faire − référence) ÷ référence. " * 4
    xml = sheets(xlsx(of((cell("court"), cell(long)), (cell("a"), cell("b")))))[1]
    heights = dict(re.findall(r'<row r="(\d)"[^>]*? ht="([\d.]+)"', xml))
    assert set(heights) == {"2"}  # neither the head nor the row of short texts
    assert 4 * 15 <= float(heights["2"]) <= 6 * 15


def test_a_long_name_of_a_sheet_ends_with_a_whole_word() -> None:
    columns = (ContentColumn("A"),)
    part = TablePart("Dates annoncées, comité après comité", "", columns, ((cell("x"),),))
    page = ContentPage("p", "P", "S", (part, part))
    names = list(read(xlsx(Content("T", "S", "fr", "M", (page,)))))[1:]
    assert names == ["Dates annoncées, comité après…", "Dates annoncées, comité… (2)"]


@pytest.mark.parametrize(
    ("language", "money", "share", "day"),
    [
        ("fr", '#,##0\\ "€"', "0.0\\ %", "dd/mm/yyyy"),
        ("en", '"€"#,##0', "0.0%", "d mmm yyyy"),
    ],
)
def test_numbers_are_written_as_in_the_language(
    language: str, money: str, share: str, day: str
) -> None:
    from dataclasses import replace

    styles = inside(xlsx(replace(pack(), language=language)), "xl/styles.xml")
    styles = styles.replace("&quot;", '"')
    assert f'formatCode="{money}"' in styles
    assert f'formatCode="{share}"' in styles
    assert f'formatCode="{day}"' in styles


def test_names_of_sheets_are_those_a_workbook_may_have() -> None:
    titles = [
        "Un titre bien trop long pour un onglet",
        "Un titre bien trop long pour un autre",
        "a/b:c*[d]?",
        "'",
        "Sommaire",
        "history",
    ]
    columns = (ContentColumn("A"),)
    parts = tuple(TablePart(title, "", columns, ((cell("x"),),)) for title in titles)
    names = list(read(xlsx(Content("T", "S", "fr", "M", (ContentPage("p", "P", "S", parts),)))))
    assert len(names) == len({name.casefold() for name in names}) == 7
    assert "history" not in {name.casefold() for name in names}
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\]", name) for name in names)


def test_the_same_content_gives_the_same_bytes(book: bytes) -> None:
    assert xlsx(pack(), IMPRINT) == book
    archive = zipfile.ZipFile(io.BytesIO(book))
    assert {entry.date_time for entry in archive.infolist()} == {EPOCH}
    assert "2026-11-21T00:00:00Z" in inside(book, "docProps/core.xml")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_document_is_a_workbook_also_with_the_longest_texts(
    rollout: Project, language: str
) -> None:
    lengthened(rollout)
    for document in documents.Document:
        laid = documents.lay(rollout.reader, TODAY, document, language=language)
        found = read(documents.as_file(laid, "xlsx"))
        said = [part for page in laid.content.pages for part in page.parts]
        tables = [part for part in said if isinstance(part, TablePart) and part.rows]
        assert len(found) > len(tables)
        assert all(rows for rows in found.values())
