"""Files as they arrive: encodings, delimiters, quotes and headings found, told and overruled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from crm_pilot import exchange
from crm_pilot.errors import UserError
from crm_pilot.exchange.plan import ImportPlan
from crm_pilot.exchange.reading import Asked, Table, read_table
from crm_pilot.project import Project

FRENCH = (
    "Matricule;Nom;Prénom;Fonction\n1001;Lefèvre;Zoé;Chargée d’études à Nîmes\n"
    "1002;Hébrard;Françoise;Maître d’œuvre – pôle « région »\n1003;BÉRANGER;ANAÏS;Où ça ? Là\n"
)
CELLS = [line.split(";") for line in FRENCH.splitlines()[1:]]


def table(folder: Path, data: bytes | str, *, name: str = "f.csv", **asked: str) -> Table:
    path = folder / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return read_table(path, asked=Asked(**asked))


def cells(found: Table) -> list[list[str]]:
    return [row.cells for row in found.rows]


def lines(found: Table) -> list[tuple[int, str]]:
    return [(problem.line, problem.severity.value) for problem in found.problems]


# encodings -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "code",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "mac_roman"],
)
def test_french_text_is_read_in_the_encoding_it_is_in(code: str, tmp_path: Path) -> None:
    found = table(tmp_path, FRENCH.encode(code))
    assert cells(found) == CELLS
    assert found.problems == []
    assert found.source.encoding_why is not None


def test_text_of_dos_is_told_from_windows(tmp_path: Path) -> None:
    text = FRENCH.replace("’", "'").replace("–", "-").replace("œ", "oe")
    found = table(tmp_path, text.encode("cp850"))
    assert found.encoding == "cp850"
    assert found.rows[1].cells[2] == "Françoise"


@pytest.mark.parametrize("word", ["Été", "ÉTÉ", "élève", "aujourd’hui", "Müller", "50 €", "œuf"])
def test_one_word_is_enough_to_tell_windows_from_mac(word: str, tmp_path: Path) -> None:
    for code in ("cp1252", "mac_roman"):
        found = table(tmp_path, f"a;b\n1;{word}\n".encode(code))
        assert found.rows[0].cells[1] == word, code


def test_bytes_without_a_meaning_are_named_by_line(tmp_path: Path) -> None:
    found = table(tmp_path, "a;b\n1;été\n2;à\n3;ç\n".encode("cp1252") + b"4;x\x81y\n5;z\x8d\n")
    assert found.encoding == "cp1252"
    assert found.rows[3].cells[1] == "x�y"
    assert lines(found) == [(5, "warning"), (6, "warning")]
    assert "81" in found.problems[0].sentence.english()


def test_a_few_spoiled_cells_do_not_spoil_the_others(tmp_path: Path) -> None:
    good = "a;b\n" + "".join(f"{n};été {n}\n" for n in range(20))
    found = table(tmp_path, good.encode() + b"20;\xe9t\xe9\n")
    assert found.encoding == "utf-8"
    assert found.rows[0].cells[1] == "été 0"
    assert lines(found) == [(22, "warning")]


def test_text_encoded_twice_is_named(tmp_path: Path) -> None:
    found = table(tmp_path, "id,nom\n1,ComptabilitÃ©\n2,Ventes\n3,RÃ©seau\n")
    problem = found.problems[0]
    assert (problem.line, problem.column, problem.value) == (2, "nom", "ComptabilitÃ©")
    assert "“Comptabilité”" in problem.sentence.english()
    assert found.rows[0].cells[1] == "ComptabilitÃ©"  # left as it is


def test_windows_quotes_taken_for_control_characters_are_mended(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b\n1,\x91x\x92\n")
    assert found.rows[0].cells[1] == "‘x’"
    assert lines(found) == [(2, "warning")]


def test_every_line_with_nul_characters_is_named(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b\n1,x\0y\n2,enough other text\n3,\0\0\n")
    assert lines(found) == [(2, "warning"), (4, "warning")]


# delimiters and quotes -----------------------------------------------------------------------


@pytest.mark.parametrize("mark", [",", ";", "\t", "|", "~", "^", "\x1f"])
def test_delimiters(mark: str, tmp_path: Path) -> None:
    text = FRENCH.replace(";", mark)
    found = table(tmp_path, text)
    assert (found.delimiter, cells(found)) == (mark, CELLS)


def test_a_space_after_each_delimiter_belongs_to_it(tmp_path: Path) -> None:
    found = table(tmp_path, 'a, b, c\n1, "x, y", 2\n3, "z ""w""", 4\n')
    assert cells(found) == [["1", "x, y", "2"], ["3", 'z "w"', "4"]]
    assert found.problems == []


def test_columns_set_apart_by_spaces(tmp_path: Path) -> None:
    found = table(tmp_path, 'name age city\n"Jo Do" 31 Lyon\n"Al Lo" 32 Metz\n')
    assert (found.delimiter, found.rows[0].cells[:2]) == (" ", ["Jo Do", "31"])


@pytest.mark.parametrize(
    "text",
    ["a,b,c\n1,'x, y',2\n3,'z, w',4\n", 'a,b,c\n1,"x, y",2\n3,"z, w",4\n'],
    ids=("single", "double"),
)
def test_single_and_double_quotes(text: str, tmp_path: Path) -> None:
    assert cells(table(tmp_path, text)) == [["1", "x, y", "2"], ["3", "z, w", "4"]]


def test_quotes_escaped_with_a_backslash(tmp_path: Path) -> None:
    found = table(tmp_path, 'a,b,c\n1,"x \\"y\\", z",2\n3,"w, \\"v\\"",4\n')
    assert cells(found) == [["1", 'x "y", z', "2"], ["3", 'w, "v"', "4"]]
    assert found.problems == []


def test_a_stray_quote_spoils_its_own_line_only(tmp_path: Path) -> None:
    text = 'a,b,c\n1,"x",2\n3,"y,4\n5,""z" w",6\n7,"two\nlines",8\n9,v,10\n'
    found = table(tmp_path, text)
    assert cells(found) == [
        ["1", "x", "2"], ["3", '"y', "4"], ["5", '"z" w', "6"], ["7", "two\nlines", "8"],
        ["9", "v", "10"],
    ]  # fmt: skip
    assert lines(found) == [(3, "warning"), (4, "warning")]
    assert [row.line for row in found.rows] == [2, 3, 4, 5, 7]


def test_a_file_cut_off_inside_quotes_is_refused(tmp_path: Path) -> None:
    found = table(tmp_path, 'a,b,c\n1,"x",2\n3,"y and no en')
    assert lines(found)[0] == (3, "error")


def test_the_hint_of_excel_is_followed_and_not_read(tmp_path: Path) -> None:
    found = table(tmp_path, "sep=|\na,b|c\n1,5|2\n")
    assert (found.delimiter, found.headers, found.header_line) == ("|", ("a,b", "c"), 2)


def test_mixed_line_ends_count_as_lines(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b\r\n1,2\r3,4\n5\r\n")
    assert [row.line for row in found.rows] == [2, 3, 4]
    assert lines(found) == [(4, "warning")]


# headings and what stands around the table ---------------------------------------------------


@pytest.mark.parametrize(
    ("text", "header", "labels"),
    [
        ("1,2,7\n4,5,6\n", 0, ("A", "B", "C")),
        ("12/03/2026,5,x\n13/03/2026,6,y\n14/03/2026,7,z\n", 0, ("A", "B", "C")),
        ("town,2024,2025\nLyon,5,6\nMetz,7,8\n", 1, ("town", "2024", "2025")),
        ("a,b\nx,y\n", 1, ("a", "b")),
        ("Export of March\n\nname,value\nx,1\ny,2\n", 3, ("name", "value")),
        ("by,unit\nname,value\nx,1\ny,2\n", 1, ("by", "unit")),
        ("n,v,w\nname,value,cost\nx,1,2\ny,2,3\n", 2, ("name", "value", "cost")),
    ],
    ids=("numbers", "dates", "years", "words", "title", "one-column", "two-rows"),
)
def test_where_the_headings_are(
    text: str, header: int, labels: tuple[str, ...], tmp_path: Path
) -> None:
    found = table(tmp_path, text)
    assert (found.header_line, found.headers) == (header, labels)


def test_headings_that_come_again_are_left_out_by_line(tmp_path: Path) -> None:
    found = table(tmp_path, "name,value\nx,1\nname,value\ny,2\n")
    assert cells(found) == [["x", "1"], ["y", "2"]]
    assert lines(found) == [(3, "warning")]


def test_a_second_table_is_named_and_not_read(tmp_path: Path) -> None:
    found = table(tmp_path, "name,value,unit\nx,1,a\n\nname,value,unit,cost\ny,2,b,3\nz,4,c,5\n")
    assert len(found.rows) == 1
    assert found.problems[0].line == 4
    assert "3 rows" in found.problems[0].sentence.english()


def test_notes_under_the_table_are_left_out_by_line(tmp_path: Path) -> None:
    found = table(tmp_path, "name,value,unit\nx,1,a\ny,2,b\n\nSource: HR\n")
    assert len(found.rows) == 2
    assert lines(found) == [(5, "warning")]


def test_rows_all_wider_than_the_headings_lose_nothing(tmp_path: Path) -> None:
    found = table(tmp_path, "name,value\nx,1,p\ny,2,q\nz,3,r\n")
    assert found.headers == ("name", "value", "(C)")
    assert [row.cells[2] for row in found.rows] == ["p", "q", "r"]
    assert found.problems == []


# what the person says ------------------------------------------------------------------------


def test_encoding_delimiter_and_header_can_be_chosen(tmp_path: Path) -> None:
    text = "title|x;y\na|b;1\nc|d;2\n"
    found = table(tmp_path, text.encode("mac_roman"), encoding="mac_roman", delimiter="|")
    assert (found.encoding, found.headers) == ("mac_roman", ("title", "x;y"))
    assert found.source.delimiter_why is not None
    assert found.source.delimiter_why.english() == "as you chose"
    assert table(tmp_path, text, header="2").headers == ("a|b", "1")
    none = table(tmp_path, text, header="0")
    assert (none.headers, none.header_line, len(none.rows)) == (("A", "B"), 0, 3)


@pytest.mark.parametrize(
    ("asked", "said"),
    [({"encoding": "klingon"}, "not an encoding"), ({"delimiter": ";;"}, "one sign"),
     ({"delimiter": '"'}, "one sign"), ({"header": "99"}, "no headings in line 99"),
     ({"header": "x"}, "no headings in line x")],
)  # fmt: skip
def test_what_cannot_be_chosen_is_refused(asked: dict[str, str], said: str, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=said):
        table(tmp_path, FRENCH, **asked)


def workbook(path: Path) -> Path:
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    book.add_worksheet("Empty")
    book.add_worksheet("Notes").write_row(0, 0, ["written", "by hand"])
    sheet = book.add_worksheet("People")
    sheet.write_row(0, 0, ["Nom", "Prénom"])
    sheet.write_row(1, 0, ["Lefèvre", "Zoé"])
    book.close()
    return path


def test_the_sheet_that_names_known_columns_is_read_or_the_one_chosen(
    project: Project, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "b.xlsx")
    found = plan(project, path)
    assert (found.understood.sheet, found.counts["new"]) == ("People", 1)
    assert found.understood.sheets == ("Empty", "Notes", "People")
    other = plan(project, path, mapping={"@sheet": "Notes"})
    assert other.headers == ("written", "by hand")
    with pytest.raises(UserError, match=r"no sheet “X”; it has: Empty, Notes, People"):
        plan(project, path, mapping={"@sheet": "X"})


def plan(project: Project, path: Path, kind: str = "people", **options: Any) -> ImportPlan:
    return exchange.plan_import(kind, path, project.reader, language="fr", **options)


def test_a_plan_says_how_the_file_was_read_and_shows_its_beginning(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(("Liste du personnel\n" + FRENCH).encode("cp1252"))
    read = plan(project, path).understood
    assert (read.encoding, read.delimiter, read.header_line) == ("cp1252", ";", 2)
    assert read.lead[0] == ("Liste du personnel",)
    assert read.lead[1] == ("Matricule", "Nom", "Prénom", "Fonction")
    assert read.lead_lines == (1, 2, 3, 4, 5)
    assert read.encoding_why is not None and "Windows" in read.encoding_why.english()
    assert read.delimiter_why is not None and "4 columns" in read.delimiter_why.english()
    assert read.header_why is not None and "Matricule" in read.header_why.english()
    assert "1 line above" in read.header_why.english()


def test_the_beginning_shown_holds_no_dropped_column(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text("Nom,Adresse IP\nA,10.1.2.3\nB,10.1.2.4\n", "utf-8")
    assert "10.1.2" not in repr(plan(project, path))


def test_how_to_read_a_file_is_remembered_under_its_uncorrected_columns(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(FRENCH.replace(";", "~").encode("mac_roman"))
    chosen = {"@encoding": "cp1252", "@header": "2", "last_name": "Lefèvre".encode("mac_roman")
              .decode("cp1252", "replace")}  # fmt: skip
    corrected = plan(project, path, mapping=chosen)
    assert corrected.understood.encoding == "cp1252"
    assert corrected.signature == plan(project, path).signature
    again = plan(project, path, remembered={corrected.signature: chosen})
    assert (again.understood.encoding, again.understood.header_line) == ("cp1252", 2)
    # a sheet of last month that this file does not have: the file is read as it is
    lost = {corrected.signature: {"@header": "77"}}
    assert plan(project, path, remembered=lost).understood.encoding == "mac_roman"


# logs ----------------------------------------------------------------------------------------


def test_a_log_takes_the_same_corrections_and_names_lost_bytes(
    project: Project, tmp_path: Path
) -> None:
    path = tmp_path / "log.csv"
    rows = b"".join(b"zo\xe9@x.org|2026-03-%02dT08:00:00\n" % (n % 28 + 1) for n in range(60))
    path.write_bytes(b"x|y\nUsername|Login Time\n" + rows + b"a\x81b@x.org|2026-03-02T08:00:00\n")
    found = plan(project, path, "logins")
    assert found.ok
    assert (found.understood.encoding, found.counts["users"]) == ("cp1252", 2)
    assert [problem.line for problem in found.problems] == [63]
    bare = tmp_path / "bare.csv"
    bare.write_text("zoé|2026-03-02\nali|2026-03-03\n", "utf-8")
    mapping = {"@header": "0", "@delimiter": "|", "user": "A", "moment": "B"}
    chosen = plan(project, bare, "logins", mapping=mapping)
    assert (chosen.ok, chosen.counts["kept"], chosen.understood.header_line) == (True, 2, 0)
    quoted = tmp_path / "quoted.csv"
    quoted.write_text("Username, Login Time\n'a, b', 2026-03-02\n'c, d', 2026-03-03\n", "utf-8")
    assert plan(project, quoted, "logins").counts["users"] == 2
