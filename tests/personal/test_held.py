"""The person file: all that is held, and nobody else in it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from crm_pilot.cli import main
from crm_pilot.i18n import Message, Translator
from crm_pilot.personal import held, identity
from crm_pilot.reports import person_file
from tests.personal.conftest import TODAY, Told


def parts(told: Told, language: str = "en") -> dict[str, held.Part]:
    subject = identity.of_person(told.project.reader, told.person)
    made = held.person_file(told.project.reader, subject, TODAY, Translator(language))
    return {part.key: part for part in made.parts}


def test_everything_is_there(told: Told) -> None:
    found = parts(told)
    empty = {key for key, part in found.items() if not part.rows}
    assert empty == {"ties", "actions", "issues"}
    assert [row[:3] for row in found["ratings"].rows] == [
        (dt.date(2026, 9, 1), 2, 1),
        (dt.date(2026, 10, 9), 3, 2),
    ]
    names = ("005XYZ", "hvasseur", "VASSEUR (ext) Hélène", "h.v-crm@acme.example", "Sales Pro")
    assert [row[:5] for row in found["accounts"].rows] == [names]
    assert found["use"].rows == (("2026-10", 2, 2, 1), ("2026-11", 1, 0, 0))
    assert found["proxy"].rows == (("2026-10", 4, 0), ("2026-11", 0, 3))
    assert found["training"].rows[0][1] == "Selling"
    assert [row[0] for row in found["halves"].rows] == [TODAY]
    assert [row[3:] for row in found["evaluations"].rows] == [
        (4, None, None, 2, None, None, "My own words")
    ]
    assert [row[3:] for row in found["quizzes"].rows] == [(7, 10)]
    assert [row[2] for row in found["waiting"].rows] == [TODAY]
    assert [row[1] for row in found["given"].rows] == ["Selling"]
    (asked,) = found["support"].rows
    assert asked[3:5] == ("Asked: My own words", "Shown by [another person]")
    assert found["tickets"].rows[0][0] == "T-1"
    assert {row[0].template for row in found["duties"].rows} == {*("Role", "Decision", "Problem")}


def test_committees_and_letters_are_there_by_link_or_name(told: Told) -> None:
    found = parts(told)
    assert [(row[0], row[2], row[3]) for row in found["committees"].rows] == [
        (dt.date(2026, 11, 5), 1, "Sales champion"),
        (dt.date(2026, 11, 5), 1, ""),
    ]
    assert [row[:2] for row in found["raci"].rows] == [
        ("Train the team", "Lead of telesales"),
        ("Train the team", "H. Vasseur"),
    ]
    (duty,) = (row for row in found["duties"].rows if row[0] == Message("Problem"))
    assert duty[1] == "P-1 No signal"


def test_what_is_said_in_registers_is_told_once(told: Told) -> None:
    words = [row for row in parts(told)["mentions"].rows if row[0] == Message("Problem")]
    said = "Told by H. Vasseur and [another person]"
    assert [row[1] for row in words] == [said, said]  # of their own problem and another's
    where = {row[0].template for row in parts(told)["mentions"].rows}  # type: ignore[union-attr]
    assert "Agenda of a committee" in where


def test_facts_are_whole_and_others_masked(told: Told) -> None:
    found = parts(told)
    facts = [row[4] for row in found["ratings"].rows]
    assert facts[0] == "Mme VASSEUR told [another person] she keeps her list in Excel"
    authors = {row[5] for row in found["ratings"].rows}
    assert authors == {"[another person]"}
    everything = json.dumps(
        held.PersonFile("x", TODAY, tuple(found.values())).plain(Translator("en"))
    )
    assert "Tournier" not in everything
    assert "Marc" not in everything


def test_mentions_come_from_every_table(told: Told) -> None:
    where = {row[0].template for row in parts(told)["mentions"].rows}  # type: ignore[union-attr]
    assert {"Committee", "Observed fact on another unit", "Training session", "Plan"} <= where
    assert {"CRM account of nobody", "Evaluation of a session", "Support of users"} <= where
    words = [row[1] for row in parts(told)["mentions"].rows]
    assert "My own words" not in words
    assert words.count("H. Vasseur helped") == 1


def test_it_prints_in_both_languages(told: Told, tmp_path: Path) -> None:
    reader = told.project.reader
    subject = identity.of_person(reader, told.person)
    for language, word in (("fr", "Fait observé"), ("en", "Observed fact")):
        made = held.person_file(reader, subject, TODAY, Translator(language))
        path = tmp_path / f"{language}.pdf"
        path.write_bytes(person_file.make(reader, made, language))
        text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
        assert word in text
        assert "Tournier" not in text
        assert "Hélène" in text


@pytest.fixture
def path(told: Told, tmp_path: Path) -> Path:
    path = tmp_path / "p.crmp"
    told.project.save(path)
    told.project.close(keep=False)
    return path


def ran(capsys: pytest.CaptureFixture[str], *words: Any) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_the_command_line(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "h.json"
    assert ran(capsys, "person-file", path, "helene vasseur", "-o", out)[0] == 0
    assert json.loads(out.read_text())["name"] == "Hélène Vasseur"
    assert ran(capsys, "person-file", path, "P-014", "-o", tmp_path / "h.pdf")[0] == 0
    code, _, said = ran(capsys, "person-file", path, "P-014", "-o", tmp_path / "h.docx")
    assert code == 2
    assert ".docx" in said
    code, _, said = ran(capsys, "person-file", path, "Nobody Here", "-o", out)
    assert (code, "Nobody in this project" in said) == (2, True)


def test_erasing_on_the_command_line(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = path.read_bytes()
    assert ran(capsys, "erase", path, "A20999", "--check")[0] == 0
    code, _, said = ran(capsys, "erase", path, "A20999")
    assert (code, "--yes" in said) == (2, True)
    assert path.read_bytes() == before
    code, said, _ = ran(capsys, "erase", path, "A20999", "--yes")
    assert code == 0
    assert "no trace" in said
    assert b"asseur" not in path.read_bytes()
