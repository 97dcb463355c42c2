"""Every damaged database of the corpus: exit code 2, one clear sentence, the file untouched."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from pathlib import Path

import pytest

from crm_pilot.cli import main
from crm_pilot.store.sqlite import APPLICATION_ID

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def damaged(corpus: Path) -> list[Path]:
    found = sorted((corpus / "sqlite-corrupt").glob("*.db"))
    assert len(found) > 40
    return found


def commands(path: Path, out: Path) -> list[list[str]]:
    return [
        ["check", str(path)],
        ["figures", str(path), "--json"],
        ["report", str(path), "-o", str(out)],
    ]


def as_ours(source: Path, target: Path) -> Path:
    """A copy with our mark in its header, so that it gets past the first look."""
    content = bytearray(source.read_bytes())
    if len(content) >= 100:
        content[68:72] = APPLICATION_ID.to_bytes(4, "big")
        content[60:64] = (1 << 16).to_bytes(4, "big")
    target.write_bytes(content)
    return target


@pytest.mark.parametrize("marked", [False, True], ids=["as it is", "marked as ours"])
def test_damaged_files_are_refused_in_words(
    damaged: list[Path], tmp_path: Path, capsys: pytest.CaptureFixture[str], marked: bool
) -> None:
    out = tmp_path / "report.pdf"
    for number, source in enumerate(damaged):
        path = as_ours(source, tmp_path / f"{number}.crmp") if marked else source
        before = hashlib.sha256(path.read_bytes()).hexdigest()
        for words in commands(path, out):
            assert main(words) == 2, (source.name, words[0])
            shown = capsys.readouterr()
            assert len(shown.err.strip().splitlines()) == 1, (source.name, shown.err)
            assert str(path) in shown.err
            assert "Traceback" not in shown.err
        assert hashlib.sha256(path.read_bytes()).hexdigest() == before
    assert not out.exists()


def test_a_truncated_project_is_refused_in_words(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = demo.read_bytes()
    for size in (0, 50, 99, 100, 4096, 5000, len(whole) // 2, len(whole) - 1):
        path = tmp_path / f"cut-{size}.crmp"
        path.write_bytes(whole[:size])
        assert main(["check", str(path)]) == 2, size
        assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_in_processes_of_their_own(damaged: list[Path], tmp_path: Path) -> None:
    for path in damaged[::15]:
        for words in commands(path, tmp_path / "report.pdf"):
            done = subprocess.run(
                [sys.executable, "-m", "crm_pilot", *words],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 2
            assert "Traceback" not in done.stderr
            assert done.stdout == ""
