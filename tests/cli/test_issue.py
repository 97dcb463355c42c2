"""`crm-pilot issue` and `report --issue`: frozen from the command line, reprinted byte for byte."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from crm_pilot.cli.entry import main
from crm_pilot.project import Project, SetField


@pytest.fixture(scope="module")
def issued(demo_files: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The French demonstration with one issue of the flash report; copy it before editing."""
    folder = tmp_path_factory.mktemp("issued")
    path = folder / "demo.crmp"
    shutil.copyfile(demo_files["fr"], path)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_PILOT_HOME", str(folder / "home"))
        assert main(["issue", str(path), "--document", "flash", "--lang", "en"]) == 0
    return path


def reprint(path: Path, out: Path, language: str = "fr", number: int = 1) -> bytes:
    """The file that `report --issue` writes."""
    words = ["report", str(path), "--issue", str(number), "--lang", language, "-o", str(out)]
    assert main(words) == 0
    return out.read_bytes()


def listed(path: Path, capsys: pytest.CaptureFixture[str]) -> tuple[int, list[dict[str, object]]]:
    """Exit code and rows of `issue --list --json`."""
    capsys.readouterr()
    code = main(["issue", str(path), "--list", "--json"])
    return code, json.loads(capsys.readouterr().out)["issues"]


@pytest.mark.parametrize("suffix", ["pdf", "pptx", "xlsx"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_reprint_is_what_was_issued(
    issued: Path, tmp_path: Path, suffix: str, language: str, capsys: pytest.CaptureFixture[str]
) -> None:
    content = reprint(issued, tmp_path / f"one.{suffix}", language)
    assert content.startswith(b"%PDF" if suffix == "pdf" else b"PK")
    code, (row,) = listed(issued, capsys)
    assert code == 0
    assert row["number"] == 1
    assert row["document"] == "flash"
    assert row["intact"] is True
    digests = {(f["language"], f["format"]): f["sha256"] for f in row["files"]}
    assert len(digests) == 6
    assert digests[language, suffix] == hashlib.sha256(content).hexdigest()


def test_another_process_reprints_the_same_after_every_edit(issued: Path, tmp_path: Path) -> None:
    path = tmp_path / "demo.crmp"
    shutil.copyfile(issued, path)
    before = {kind: reprint(path, tmp_path / f"before.{kind}") for kind in ("pdf", "pptx", "xlsx")}
    with Project.open(path) as project:
        project.execute(SetField("project", 1, "name", "Another name"))
        for (key,) in project.reader.select("SELECT id FROM decision"):
            project.execute(SetField("decision", key, "wording", f"Another wording {key}"))
        for (key,) in project.reader.select("SELECT id FROM budget_line"):
            project.execute(SetField("budget_line", key, "spent_cents", 1))
        project.save()
    for kind, content in before.items():
        out = tmp_path / f"after.{kind}"
        words = ["report", str(path), "--issue", "1", "--lang", "fr", "-o", str(out)]
        subprocess.run([sys.executable, "-m", "crm_pilot", *words], check=True, timeout=120)
        assert out.read_bytes() == content


def test_tampering_is_seen(
    issued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "demo.crmp"
    shutil.copyfile(issued, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(
            "UPDATE report_file SET content = CAST(content || x'20' AS BLOB) WHERE format = 'pdf'"
        )
        connection.commit()
    out = tmp_path / "one.pdf"
    assert main(["report", str(path), "--issue", "1", "--lang", "en", "-o", str(out)]) == 2
    assert "changed outside the program" in capsys.readouterr().err
    assert not out.exists()
    reprint(path, tmp_path / "one.xlsx")  # the others are what was issued
    code, (row,) = listed(path, capsys)
    assert (code, row["intact"]) == (2, False)
    assert main(["check", str(path), "--lang", "en"]) == 2
    assert "Issue no. 1 is not what was issued any more" in capsys.readouterr().err
    assert main(["check", str(issued), "--lang", "en"]) == 0
    assert "Issued reports: as they were issued" in capsys.readouterr().out


def test_tampering_with_figures_is_seen(
    issued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "demo.crmp"
    shutil.copyfile(issued, path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE report_issue SET figures = replace(figures, '2026', '2025')")
        connection.commit()
    assert main(["issue", str(path), "--list", "--lang", "en"]) == 2
    assert "is not what was issued any more" in capsys.readouterr().err


def test_a_correction_says_what_it_corrects_and_why(
    issued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "demo.crmp"
    shutil.copyfile(issued, path)
    first = reprint(path, tmp_path / "first.pdf")
    assert main(["issue", str(path), "--corrects", "1", "--lang", "en"]) == 2
    assert "Say why" in capsys.readouterr().err
    words = ["issue", str(path), "--corrects", "1", "--reason", "An amount was wrong"]
    assert main([*words, "--lang", "en"]) == 0
    _, (second, corrected) = listed(path, capsys)
    assert second["document"] == "flash"  # that of the corrected one
    assert (second["number"], second["corrects"]) == (2, 1)
    assert second["reason"] == "An amount was wrong"
    assert corrected["corrected_by"] == 2
    assert corrected["fingerprint"] != second["fingerprint"]
    assert reprint(path, tmp_path / "again.pdf") == first
    assert main([*words, "--lang", "en"]) == 2  # it is corrected already
    assert "was corrected by no. 2 already" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["report", "FILE", "--issue", "9", "-o", "OUT.pdf"], "no issue no. 9"),
        (["report", "FILE", "--issue", "1", "-o", "OUT.doc"], "is kept as"),
        (["report", "FILE", "--issue", "1", "--level", "own", "-o", "OUT.pdf"], "leave --level"),
        (["issue", "FILE", "--corrects", "9", "--reason", "x"], "no issue no. 9"),
        (["issue", "FILE", "--corrects", "1", "--document", "risks", "--reason", "x"], "another"),
        (["issue", "FILE", "--reason", "x"], "say which with --corrects"),
        (["issue", "FILE", "--json"], "goes with --list"),
    ],
)
def test_what_cannot_be_done_is_said(
    issued: Path,
    tmp_path: Path,
    words: list[str],
    said: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = tmp_path / "demo.crmp"
    shutil.copyfile(issued, path)
    before = path.read_bytes()
    named = {"FILE": str(path)}
    full = [named.get(word, word.replace("OUT", str(tmp_path / "out"))) for word in words]
    assert main([*full, "--lang", "en"]) == 2
    assert said in capsys.readouterr().err
    assert path.read_bytes() == before
    assert list(tmp_path.glob("out*")) == []


def test_a_file_that_is_open_elsewhere_is_not_issued(
    issued: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "demo.crmp"
    shutil.copyfile(issued, path)
    with Project.open(path):
        assert main(["issue", str(path), "--lang", "en"]) == 2
    assert "Nothing was issued" in capsys.readouterr().err


def test_listing_and_reprinting_load_no_mapper(issued: Path, tmp_path: Path) -> None:
    out = tmp_path / "one.pdf"
    script = (
        "import sys; from crm_pilot.cli.entry import main\n"
        f"assert main(['issue', {str(issued)!r}, '--list']) == 0\n"
        f"assert main(['report', {str(issued)!r}, '--issue', '1', '-o', {str(out)!r}]) == 0\n"
        "found = {'sqlalchemy', 'reportlab', 'pptx', 'PySide6'} & set(sys.modules)\n"
        "assert not found, found\n"
    )
    subprocess.run([sys.executable, "-c", script], check=True, timeout=120)
