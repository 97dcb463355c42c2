"""`crm-pilot report FILE --document gantt`."""

from __future__ import annotations

from pathlib import Path

import pypdf
import pytest

from crm_pilot.cli import main


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "en_GB.UTF-8")


def run(demo: Path, out: Path, *words: str) -> int:
    return main(["report", str(demo), "--document", "gantt", "-o", str(out), *words])


def test_the_gantt_is_written_as_pdf(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "plan.pdf"
    assert run(demo, out, "--lang", "en") == 0
    pages = pypdf.PdfReader(out).pages
    assert f"{len(pages)} pages" in capsys.readouterr().out
    assert (round(pages[0].mediabox.width), round(pages[0].mediabox.height)) == (842, 595)
    assert "N. Faure" not in "".join(page.extract_text() for page in pages)


def test_paper_pages_days_filters_and_colours_are_obeyed(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.pdf"
    words = (
        "--paper a3 --orientation portrait --from 2026-09-01 --to 2026-12-31 --wide 2 --tall 1"
        " --filter hide-done --filter late --colour-by owner --all-pages --lang fr"
    )
    assert run(demo, out, *words.split()) == 0
    pages = pypdf.PdfReader(out).pages
    assert len(pages) == 2
    assert round(pages[0].mediabox.width) == 842 and round(pages[0].mediabox.height) == 1191
    assert "en retard" in pages[0].extract_text()


def test_too_few_pages_are_told(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(demo, tmp_path / "plan.pdf", "--tall", "1", "--lang", "en") == 0
    assert "smaller than 7 points" in capsys.readouterr().out


def test_an_svg_for_each_page(demo: Path, tmp_path: Path) -> None:
    assert run(demo, tmp_path / "plan.svg", "--filter", "critical") == 0
    assert list(tmp_path.glob("plan*.svg"))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("--filter nonsense", "is no filter"),
        ("--filter phase=zzz", "Nothing in the plan is called “zzz”"),
        ("--filter text=zzz", "nothing to print"),
        ("--wide 0", "from 1 to 60"),
        ("--wide 2 --as-many-as-readable", "either --as-many-as-readable or"),
        ("--from 2026-12-01 --to 2026-11-01", "before the beginning"),
        ("--from soon", "is not a date"),
        ("--paper a5", "a4, a3"),
    ],
)
def test_what_cannot_be_printed_is_said(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], words: str, said: str
) -> None:
    assert run(demo, tmp_path / "plan.pdf", *words.split(), "--lang", "en") == 2
    assert said in capsys.readouterr().err
    assert not list(tmp_path.iterdir())


def test_a_person_is_found_by_a_part_of_the_name(demo: Path, tmp_path: Path) -> None:
    out = tmp_path / "plan.pdf"
    assert run(demo, out, "--filter", "person=faure", "--lang", "en") == 0
    text = pypdf.PdfReader(out).pages[0].extract_text().replace("\xa0", " ")
    assert "N. Faure" in text and "owners of tasks are named" in text
