"""Sheets in files: no formulas, nothing lost, and the old file kept when something fails."""

from __future__ import annotations

import csv
import datetime as dt
import errno
import io
import os
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_pilot.errors import Cancelled, UserError
from crm_pilot.exchange.plan import Watch
from crm_pilot.exchange.writing import (
    Sheet,
    SheetColumn,
    guard,
    unguard,
    write_csv,
    write_xlsx,
)

BAD = ("=1+1", "+33 6", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("http://x")', "'=1", "''=1")


def sheet(*texts: str) -> Sheet:
    return Sheet("Risks", (SheetColumn("Title"), SheetColumn("Note")), [(t, "x") for t in texts])


@given(st.text(alphabet="'=+-@\t\r\nab ", max_size=6))
def test_the_apostrophe_is_taken_back_exactly(text: str) -> None:
    assert unguard(guard(text)) == text
    assert guard(text)[:1] not in ("=", "+", "-", "@", "\t", "\r")


def test_a_csv_as_excel_wants_it(tmp_path: Path) -> None:
    columns = tuple(
        SheetColumn(kind, kind) for kind in ("text", "whole", "money", "date", "moment", "truth")
    )
    row = (
        "é;\n", -3, 1234.5, dt.date(2026, 3, 12), dt.datetime(2026, 3, 12, 14, 2), True
    )  # fmt: skip
    made = Sheet("T", columns, [row, (None,) * 6])
    path = tmp_path / "t.csv"
    write_csv(made, path, language="fr")
    assert path.read_bytes().decode("utf-8") == (
        "\ufefftext;whole;money;date;moment;truth\r\n"
        '"é;\n";-3;1234,50;2026-03-12;2026-03-12 14:02;oui\r\n;;;;;\r\n'
    )
    write_csv(made, path, language="en", encoding="cp1252")
    assert (
        path.read_bytes().decode("cp1252").splitlines()[0] == "text,whole,money,date,moment,truth"
    )
    assert "1234.50,2026-03-12," in path.read_bytes().decode("cp1252")


@pytest.mark.parametrize("reader", [";", ",", "\t"])
def test_no_cell_is_a_formula_whatever_delimiter_is_expected(tmp_path: Path, reader: str) -> None:
    path = tmp_path / "t.csv"
    write_csv(sheet(*BAD, "a;=1", "a,=1", "a\t=1", 'b"",=1'), path, language="fr")
    text = path.read_bytes().decode("utf-8-sig")
    cells = [
        cell for row in csv.reader(io.StringIO(text, newline=""), delimiter=reader) for cell in row
    ]
    assert len(cells) > 10
    assert not [cell for cell in cells if re.match(r"[=+\-@\t\r]", cell)]


def test_a_workbook_has_texts_and_no_formulas(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    write_xlsx([sheet(*BAD, "http://example.org", "007", "1e5")], path, language="en", notes=["N"])
    with zipfile.ZipFile(path) as archive:
        page = archive.read("xl/worksheets/sheet1.xml").decode()
        styles = archive.read("xl/styles.xml").decode()
    assert "<f>" not in page
    assert "hyperlink" not in page
    assert "<autoFilter" in page
    assert 'state="frozen"' in page
    assert 'quotePrefix="1"' in styles
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["Risks", "Read me"]
    rows = book.get_sheet_by_name("Risks").to_python(skip_empty_area=False)
    assert [row[0] for row in rows[1:]] == [*BAD, "http://example.org", "007", "1e5"]


def test_cells_of_a_workbook_have_their_kind(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    kinds = ("whole", "percent", "money", "date", "moment", "date")
    row = (
        7,
        45,
        12.5,
        dt.date(2026, 3, 12),
        dt.datetime(2026, 3, 12, 14, 2, 33),
        dt.date(1899, 5, 1),
    )
    write_xlsx([Sheet("T", tuple(SheetColumn(k, k) for k in kinds), [row])], path, language="fr")
    from python_calamine import CalamineWorkbook

    found = CalamineWorkbook.from_path(str(path)).get_sheet_by_name("T").to_python()
    assert found[1] == [7.0, 45.0, 12.5, row[3], row[4], "1899-05-01"]
    with zipfile.ZipFile(path) as archive:
        assert "dd/mm/yyyy" in archive.read("xl/styles.xml").decode()


def test_sheets_with_alike_or_odd_names(tmp_path: Path) -> None:
    path = tmp_path / "t.xlsx"
    names = ["A/B", "a?b", "x" * 40, "x" * 50, "''"]
    write_xlsx([Sheet(n, (SheetColumn("a"),), []) for n in names], path, language="en")
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_path(str(path))
    assert book.sheet_names == ["A B", "a b (2)", "x" * 31, "x" * 27 + " (2)", "1"]


# refusals ------------------------------------------------------------------------------------


def test_what_cp1252_lacks_is_named_and_nothing_written(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_bytes(b"before")
    with pytest.raises(UserError) as refused:
        write_csv(sheet("é€œ’", "fine\u202f?"), path, language="fr", encoding="cp1252")
    told = str(refused.value)
    assert "“Risks”, row 3, column “Title”" in told
    assert "(U+202F)" in told
    assert "choose UTF-8" in told
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_cp1252_that_looks_like_utf8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="take this text for UTF-8"):
        write_csv(sheet("Ã©"), tmp_path / "t.csv", language="en", encoding="cp1252")
    write_csv(sheet("Ã© é"), tmp_path / "t.csv", language="en", encoding="cp1252")
    write_csv(sheet("plain"), tmp_path / "t.csv", language="en", encoding="cp1252")


def test_nul_and_too_long_texts_are_refused(tmp_path: Path) -> None:
    for text, form in (("a\0b", "csv"), ("a\0b", "xlsx"), ("x" * 40_000, "xlsx")):
        with pytest.raises(UserError, match=r"row 2, column “Title”"):
            if form == "csv":
                write_csv(sheet(text), tmp_path / "t.csv", language="en")
            else:
                write_xlsx([sheet(text)], tmp_path / "t.xlsx", language="en")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "The disk is full"),
        (errno.EACCES, "open in another program such as Excel"),
        (errno.EIO, "cannot be written (Input/output error)"),
    ],
)
@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_a_file_that_cannot_be_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, words: str, form: str
) -> None:
    path = tmp_path / f"t.{form}"
    path.write_bytes(b"before")

    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(UserError) as refused:
        if form == "csv":
            write_csv(sheet("a"), path, language="en")
        else:
            write_xlsx([sheet("a")], path, language="en")
    assert words in str(refused.value)
    assert path.read_bytes() == b"before"
    assert list(tmp_path.iterdir()) == [path]


def test_cancelled_leaves_nothing(tmp_path: Path) -> None:
    calls = iter([False, True])
    watch = Watch(None, lambda: next(calls))
    many = Sheet("T", (SheetColumn("a"),), [("x",)] * 2000)
    with pytest.raises(Cancelled):
        write_csv(many, tmp_path / "t.csv", language="en", watch=watch)
    assert not list(tmp_path.iterdir())
