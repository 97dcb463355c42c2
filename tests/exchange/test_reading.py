"""Tables as other programs write them: encodings, delimiters, headers, broken files."""

from __future__ import annotations

import codecs
import gzip
import zipfile
from pathlib import Path

import pytest

from crm_pilot.errors import UserError
from crm_pilot.exchange.headers import is_dropped, labelled, normal
from crm_pilot.exchange.reading import Table, read_table

TEXT = "Numéro;Créé le;Résumé\n1;2026-01-02;été\n2;2026-01-03;à l’œuvre\n"


def table(tmp_path: Path, data: bytes | str, known: str = "") -> Table:
    path = tmp_path / "file.csv"
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_table(path, frozenset(known.split(",")))


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8"),
        (TEXT.encode("cp1252"), "cp1252"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (gzip.compress(TEXT.encode(), mtime=0), "utf-8"),
        (TEXT.replace("\n", "\r\n").encode(), "utf-8"),
        (TEXT.replace("\n", "\r").encode(), "utf-8"),
    ],
    ids=("utf-8", "bom", "cp1252", "utf-16", "utf-16-be", "bare-16-le", "gzip", "crlf", "cr"),
)
def test_encodings_and_line_ends_read_the_same(tmp_path: Path, data: bytes, encoding: str) -> None:
    found = table(tmp_path, data)
    assert found.encoding == encoding
    assert found.headers == ("Numéro", "Créé le", "Résumé")
    assert [row.cells for row in found.rows] == [
        ["1", "2026-01-02", "été"],
        ["2", "2026-01-03", "à l’œuvre"],
    ]
    assert [row.line for row in found.rows] == [2, 3]
    assert found.problems == []


def test_text_encoded_twice_is_left_as_it_is(tmp_path: Path) -> None:
    twice = "id,nom\n1,ComptabilitÃ©\n"
    assert table(tmp_path, twice).rows[0].cells[1] == "ComptabilitÃ©"


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_with_the_most_even_columns_is_taken(tmp_path: Path, mark: str) -> None:
    text = f'a{mark}b{mark}c\n1{mark}"2,5; x"{mark}"3{mark}4"\n5{mark}"6,5; y"{mark}7\n'
    found = table(tmp_path, text)
    assert found.delimiter == mark
    assert found.rows[0].cells == ["1", "2,5; x", f"3{mark}4"]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    text = 'a,b\n1,"two\nlines"\n\n2,"three\n\nlines"\n3,x\n'
    assert [row.line for row in table(tmp_path, text).rows] == [2, 5, 8]


def test_blank_lead_rows_and_titles_do_not_hide_the_header(tmp_path: Path) -> None:
    text = ",,\nExport of March,,\n,,\nIssue key,Summary,Created\nA-1,x,2026-01-02\n"
    found = table(tmp_path, text, "issue key,summary,created")
    assert (found.header_line, found.headers[0]) == (4, "Issue key")
    assert [row.line for row in found.rows] == [5]


def test_repeated_and_blank_headers_get_labels_of_their_own() -> None:
    assert labelled(["Labels", "Labels", " ", "Labels"]) == (
        "Labels", "Labels (2)", "(C)", "Labels (3)",
    )  # fmt: skip


def test_ragged_rows_are_reported_by_line(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3,\n")
    assert [(p.line, p.severity.value) for p in found.problems] == [
        (3, "warning"), (4, "error"), (5, "warning"),
    ]  # fmt: skip
    assert all(len(row.cells) == 3 for row in found.rows)


def test_nul_bytes_and_open_quotes_are_reported(tmp_path: Path) -> None:
    found = table(tmp_path, 'a,b\n1,x\0y\n2,"z\n')
    assert found.rows[0].cells == ["1", "xy"]
    assert [p.line for p in found.problems][:2] == [2, 3]
    assert not any(p.severity == "error" for p in found.problems[:1])


def test_salesforce_footers_are_left_out(tmp_path: Path) -> None:
    text = (
        "a,b\n1,2\n\nGrand Totals (1 records)\nConfidential Information - Do Not Distribute\n"
        '"Copyright (c) 2000-2026 salesforce.com, inc. All rights reserved."\n'
    )
    assert [row.cells for row in table(tmp_path, text).rows] == [["1", "2"]]


@pytest.mark.parametrize(
    "header",
    ["SourceIp", "CLIENT_IP", "Adresse IP", "BROWSER_TYPE", "Navigateur", "Platform", "TlsProtocol",
     "CIPHER_SUITE", "LoginGeoId", "CountryIso", "Localização", "location", "User Agent"],
)  # fmt: skip
def test_columns_of_machines_and_places_are_dropped(header: str) -> None:
    assert is_dropped(header)


@pytest.mark.parametrize("header", ["LoginTime", "Description", "Principal", "Type", "User Id"])
def test_other_columns_stay(header: str) -> None:
    assert not is_dropped(header)


def test_dropped_cells_are_emptied_at_the_door(tmp_path: Path) -> None:
    found = table(tmp_path, "id,Source IP,b\n1,10.1.2.3,x\n")
    assert found.rows[0].cells == ["1", "", "x"]
    assert found.dropped == ("Source IP",)


@pytest.mark.parametrize("data", [b"", b"  \n\n", b"\x00\x01\x02\x03" * 500, b"%PDF-1.7\n\x01\x02"])
def test_what_is_no_table_is_refused_with_a_sentence(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(UserError, match=r"file\.csv"):
        table(tmp_path, data)


def test_a_missing_file_and_a_folder_are_refused(tmp_path: Path) -> None:
    for path in (tmp_path / "none.csv", tmp_path):
        with pytest.raises(UserError, match="cannot be read"):
            read_table(path)


def test_headers_compare_without_case_accents_or_camels() -> None:
    assert normal("LoginTime") == normal("LOGIN_TIME") == normal("Login time") == "login time"
    assert normal("Date d'entrée") == normal("date d’ENTREE".replace("’", "'"))


def refusal(path: Path) -> str:
    """The sentence with which a file is refused; empty when it reads."""
    try:
        read_table(path)
    except UserError as error:
        return str(error)
    return ""


def spreadsheet(path: Path) -> Path:
    import datetime as dt

    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Notes")
    sheet = book.add_worksheet("Data")
    day = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
    sheet.write_row(0, 0, ["Number", "Opened", "Title"])
    sheet.write_row(1, 0, [12, None, "Été"])
    sheet.write_datetime(1, 1, dt.datetime(2026, 3, 12, 16, 24), day)
    book.close()
    return path


def test_a_spreadsheet_reads_as_a_table_of_texts(tmp_path: Path) -> None:
    found = read_table(spreadsheet(tmp_path / "a.xlsx"))
    assert found.sheet == "Data"
    assert found.rows[0].cells == ["12", "2026-03-12T16:24:00", "Été"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(64 << 20))
    with pytest.raises(UserError, match="would unpack to more than 8 MB"):
        read_table(path)


def test_broken_and_locked_spreadsheets_are_refused(tmp_path: Path) -> None:
    whole = spreadsheet(tmp_path / "a.xlsx").read_bytes()
    (tmp_path / "cut.xlsx").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(UserError, match=r"cut\.xlsx"):
        read_table(tmp_path / "cut.xlsx")


def test_the_odd_spreadsheets_of_the_corpus_read_or_are_refused(corpus: Path) -> None:
    """57 files: passwords, truncated, wrong counts, huge declared sizes."""
    read = refused = 0
    for path in sorted((corpus / "xlsx-calamine").iterdir()):
        if path.suffix.lower() not in (".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"):
            continue
        said = refusal(path)
        assert not said or path.name in said
        read += not said
        refused += bool(said)
    assert read > 20
    assert refused > 3


def test_the_odd_csv_files_of_the_corpus_read_or_are_refused(corpus: Path) -> None:
    count = 0
    for folder in ("csv-pollock-polluted", "csv-pollock-survey", "csv-spectrum", "csv-csvkit",
                   "csv-agate", "training-fr", "training-teams", "crm-opportunities"):  # fmt: skip
        for path in sorted((corpus / folder).rglob("*.*sv")):
            said = refusal(path)
            assert not said or path.name in said
            count += 1
    assert count > 60


def test_the_french_places_read_alike_in_both_encodings(corpus: Path) -> None:
    one = read_table(corpus / "fr-encodings" / "laposte_3000_utf8.csv")
    two = read_table(corpus / "fr-encodings" / "laposte_3000_cp1252_crlf.csv")
    assert (one.encoding, two.encoding) == ("utf-8", "cp1252")
    assert one.headers == two.headers
    assert [row.cells for row in one.rows] == [row.cells for row in two.rows]
    assert len(one.rows) == 3000
