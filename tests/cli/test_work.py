"""Commands that do the main job: import a real file, print the report, draw a picture."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from crm_pilot.cli import main
from crm_pilot.project import Project

ROOT = Path(__file__).resolve().parents[2]
GOOD = "number;opened_at;short_description;priority;state\n" + "".join(
    f"INC{n:04d};2026-11-{n + 10:02d} 09:00;Printer {n};3 - Moderate;New\n" for n in range(1, 6)
)
BAD = GOOD.replace("2026-11-13 09:00", "soon")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


@pytest.fixture
def file(demo: Path, tmp_path: Path) -> Path:
    """A copy of the demonstration that may be changed."""
    return Path(shutil.copy(demo, tmp_path / "mine.crmp"))


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "incident.csv"
    path.write_text(GOOD, "utf-8")
    return path


def tickets(file: Path) -> int:
    with Project.open(file, read_only=True) as project:
        return int(project.reader.value("SELECT count(*) FROM ticket"))


# import ----------------------------------------------------------------------------------------


def test_import_saves_the_file(
    file: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(file), str(source), "--as", "tickets"]) == 0
    shown = capsys.readouterr().out
    assert "5 rows" in shown
    assert "opened_at = opened_at" in shown
    assert tickets(file) == 305
    again = main(["import", str(file), str(source), "--as", "tickets"])
    assert again == 0
    assert tickets(file) == 305


def test_check_changes_nothing(file: Path, source: Path) -> None:
    before = file.read_bytes()
    assert main(["import", str(file), str(source), "--as", "tickets", "--check"]) == 0
    assert file.read_bytes() == before


@pytest.mark.parametrize("check", [[], ["--check"]])
@pytest.mark.parametrize(("lang", "word"), [("fr", "rien n’a été modifié"), ("en", "nothing was")])
def test_a_problem_keeps_the_whole_file_out(
    file: Path,
    source: Path,
    check: list[str],
    lang: str,
    word: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    source.write_text(BAD, "utf-8")
    before = file.read_bytes()
    assert main(["import", str(file), str(source), "--as", "tickets", "--lang", lang, *check]) == 2
    shown = capsys.readouterr()
    assert word in shown.err
    assert len(shown.err.strip().splitlines()) == 1
    assert "soon" in shown.out
    assert "4" in shown.out  # the line of the file
    assert file.read_bytes() == before


def test_a_file_open_elsewhere_is_refused(
    file: Path, source: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = file.read_bytes()
    with Project.open(file, person="Nicolas"):
        assert main(["import", str(file), str(source), "--as", "tickets"]) == 2
        assert "Nicolas" in capsys.readouterr().err
        assert main(["import", str(file), str(source), "--as", "tickets", "--check"]) == 0
    assert file.read_bytes() == before


def test_a_column_can_be_mapped(file: Path, source: Path) -> None:
    source.write_text(GOOD.replace("short_description", "words of the caller"), "utf-8")
    words = ["import", str(file), str(source), "--as", "tickets"]
    assert main([*words, "--map", "title=words of the caller"]) == 0
    with Project.open(file, read_only=True) as project:
        titles = project.reader.select("SELECT title FROM ticket WHERE number LIKE 'INC000_'")
    assert ("Printer 1",) in titles


@pytest.mark.parametrize("words", [["--map", "title"], ["--map", "=x"]])
def test_a_wrong_mapping_is_said(
    file: Path, source: Path, words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["import", str(file), str(source), "--as", "tickets", *words]) == 2
    assert "field=Column" in capsys.readouterr().err


def test_a_missing_source_is_said(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["import", str(file), str(file.parent / "no.csv"), "--as", "people"]) == 2
    assert "no.csv" in capsys.readouterr().err


# report ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "word"), [("fr", "Jalons"), ("en", "Milestones")])
def test_report_in_a_language_of_its_own(demo: Path, tmp_path: Path, lang: str, word: str) -> None:
    out = tmp_path / "report.pdf"
    assert main(["report", str(demo), "--lang", lang, "-o", str(out)]) == 0
    text = "\n".join(page.extract_text() for page in PdfReader(out).pages)
    assert word in text


def test_report_names_nobody_beside_a_position_at_committee_level(
    demo: Path, tmp_path: Path
) -> None:
    out = tmp_path / "report.pdf"
    assert main(["report", str(demo), "-o", str(out)]) == 0
    text = "\n".join(page.extract_text() for page in PdfReader(out).pages)
    with Project.open(demo, read_only=True) as project:
        names = project.reader.select(
            "SELECT s.name FROM stakeholder s WHERE s.kind = 'person'"
            " AND NOT EXISTS (SELECT 1 FROM task t WHERE t.owner_id = s.person_id)"
        )
    assert len(names) > 40
    assert not [name for (name,) in names if name in text]


def test_report_never_replaces_the_project(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = file.read_bytes()
    assert main(["report", str(file), "-o", str(file)]) == 2
    assert "project itself" in capsys.readouterr().err
    assert file.read_bytes() == before


def test_report_into_nowhere_is_said(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", str(demo), "-o", str(tmp_path / "no" / "r.pdf")]) == 2
    assert "does not exist" in capsys.readouterr().err


def test_report_loads_no_qt(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.pdf"
    code = (
        "import sys\nfrom crm_pilot.cli import main\ncode = main(sys.argv[1:])\n"
        "assert not [m for m in sys.modules if m.startswith(('PySide6', 'pyqtgraph'))]\n"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "report", str(demo), "-o", str(out)],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    assert out.read_bytes().startswith(b"%PDF")


# picture ---------------------------------------------------------------------------------------


def test_picture_of_a_screen(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "cockpit.png"
    words = ["picture", str(demo), "cockpit", "-o", str(out), "--lang", "fr", "--theme", "dark"]
    done = subprocess.run(
        [sys.executable, "-m", "crm_pilot", *words, "--size", "1280x720", "--scale", "1.5"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    head = out.read_bytes()[:24]
    size = int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    assert size == (1920, 1080)


def test_picture_of_an_unknown_screen_is_said(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["picture", str(demo), "kitchen", "-o", str(tmp_path / "k.png")]) == 2
    assert "cockpit" in capsys.readouterr().err


def test_the_window_quits_after_its_first_paint(demo: Path) -> None:
    for moment in ("window", "cockpit"):
        done = subprocess.run(
            [sys.executable, "-m", "crm_pilot", str(demo), f"--quit-after-paint={moment}"],
            cwd=ROOT,
            capture_output=True,
            timeout=60,
            check=False,
        )
        assert done.returncode == 0, done.stderr.decode()
