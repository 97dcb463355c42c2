"""`crm-pilot report FILE --document committee|flash|minutes|risks|actions`, in every format."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pypdf
import pytest

from crm_pilot.cli.entry import main
from crm_pilot.governance.terms import Document

STARTS = {".pdf": b"%PDF", ".pptx": b"PK", ".xlsx": b"PK"}
FIRST = {
    "committee": "Le projet en une page",
    "flash": "Le projet en une page",
    "minutes": "Relevé de décisions",
    "risks": "Risques et problèmes",
    "actions": "Plan d’actions",
}


def outline(path: Path) -> list[str]:
    """Names of the entries of a PDF's outline."""
    return [str(entry["/Title"]) for entry in pypdf.PdfReader(path).outline]


@pytest.mark.parametrize("document", [str(one) for one in Document])
def test_every_document_in_every_format(demo: Path, tmp_path: Path, document: str) -> None:
    for suffix, start in STARTS.items():
        out = tmp_path / f"out{suffix}"
        words = ["report", str(demo), "--document", document, "--lang", "fr", "-o", str(out)]
        assert main(words) == 0
        assert out.read_bytes().startswith(start)
    assert outline(tmp_path / "out.pdf")[0].startswith(FIRST[document].split()[0])
    for suffix in (".pptx", ".xlsx"):
        with zipfile.ZipFile(tmp_path / f"out{suffix}") as archive:
            assert archive.testzip() is None


def test_the_committee_report_is_what_comes_unless_said(demo: Path, tmp_path: Path) -> None:
    one, other = tmp_path / "one.pdf", tmp_path / "other.pdf"
    assert main(["report", str(demo), "-o", str(one)]) == 0
    assert main(["report", str(demo), "--document", "committee", "-o", str(other)]) == 0
    assert one.read_bytes() == other.read_bytes()


def test_the_annex_can_be_left_out(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    assert main(["report", str(demo), "--lang", "en", "-o", str(out)]) == 0
    assert outline(out)[-1] == "How these figures are computed"
    assert main(["report", str(demo), "--lang", "en", "--no-annex", "-o", str(out)]) == 0
    assert "How these figures are computed" not in outline(out)


@pytest.mark.parametrize("name", ["out.doc", "out", "out.pdf.zip"])
def test_a_format_that_is_not_written_is_said(
    demo: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / name
    assert main(["report", str(demo), "--lang", "en", "-o", str(out)]) == 2
    told = capsys.readouterr().err
    assert ".pptx" in told
    assert "Nothing was written" in told
    assert not out.exists()


def test_shortened_texts_are_told_to_the_author(
    tmp_path: Path, demo: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import shutil

    from crm_pilot.project import Project, SetField

    file, out = tmp_path / "long.crmp", tmp_path / "out.pdf"
    shutil.copy(demo, file)
    words = "Reprise des données des comptes clés et des contacts rattachés " * 8
    with Project.open(file) as project:
        key = project.reader.value("SELECT id FROM risk ORDER BY probability * impact DESC LIMIT 1")
        project.execute(SetField("risk", key, "title", words.strip()))
        project.save()
    assert main(["report", str(file), "--document", "flash", "--lang", "en", "-o", str(out)]) == 0
    told = capsys.readouterr().err
    assert "shortened to fit" in told
    assert f"Page 1: {words.strip()}" in " ".join(told.replace("\u202f", " ").split())
    text = pypdf.PdfReader(io.BytesIO(out.read_bytes())).pages[0].extract_text()
    assert "…" in text


def test_a_draft_says_so(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.pdf"
    assert main(["report", str(demo), "--document", "flash", "--lang", "fr", "-o", str(out)]) == 0
    text = pypdf.PdfReader(out).pages[0].extract_text()
    assert "PROJET" in text
    assert "non diffusé" in text
