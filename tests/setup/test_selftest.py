"""The self-test: passes from the source tree without a network, and tells what is broken."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from crm_pilot import paths, selftest
from crm_pilot.selftest import Bench, Failed, Step

ROOT = Path(__file__).resolve().parents[2]


def offline() -> list[str]:
    """What to write before a command so that it has no network, where this system can do that."""
    prefix = ["unshare", "--map-root-user", "--net"]
    if shutil.which("unshare") and not subprocess.run([*prefix, "true"], check=False).returncode:
        return prefix
    return []


def test_every_step_passes_from_the_source_tree() -> None:
    found = subprocess.run(
        [*offline(), sys.executable, "-m", "crm_pilot", "--self-test"],
        cwd=ROOT,
        env={**os.environ, "LC_ALL": "C.UTF-8"},  # elsewhere Qt complains about the locale
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    lines = found.stdout.splitlines()
    assert found.returncode == 0, found.stdout + found.stderr
    assert "source tree" in lines[0]
    assert lines[-1].startswith(f"{len(lines) - 3} ok, 0 failed")
    assert len(lines) > 15
    assert found.stderr == ""


def carried_out(*steps: Step) -> tuple[int, str]:
    """Exit code and output of a self-test of these steps."""
    lines: list[str] = []
    return selftest.run(steps, lines.append), "\n".join(lines)


def test_a_missing_file_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(ROOT / "resources", tmp_path / "resources")
    (tmp_path / "resources" / "fonts" / "Inter-SemiBold.ttf").unlink()
    monkeypatch.setattr(paths, "bundled", lambda *parts: tmp_path.joinpath(*parts))
    code, said = carried_out(("program files", selftest.resources))
    assert code == 1
    assert "FAILED" in said
    assert "the font file Inter-SemiBold.ttf is missing" in said
    assert "0 ok, 1 failed" in said


def test_an_unexpected_error_is_a_failure_and_the_rest_goes_on(
    capsys: pytest.CaptureFixture[str],
) -> None:
    def breaks(bench: Bench) -> str:
        raise ValueError("broken on purpose")

    code, said = carried_out(("first", breaks), ("second", lambda bench: "fine"))
    assert code == 1
    assert "ValueError: broken on purpose" in said
    assert "1 ok, 1 failed" in said
    assert "Traceback" in capsys.readouterr().err


def test_a_step_without_the_sample_says_what_it_needs() -> None:
    code, said = carried_out(("report", selftest.print_reports))
    assert code == 1
    assert "needs the sample" in said


def test_a_call_to_the_network_is_noticed() -> None:
    def call(bench: Bench) -> str:
        with socket.socket() as one, contextlib.suppress(OSError):
            one.connect(("127.0.0.1", 9))
        return ""

    code, said = carried_out(("call", call), ("stay off", selftest.stay_offline))
    assert code == 1
    assert "tried to reach a network" in said
    assert "127.0.0.1" in said


def test_the_private_home_is_put_back(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def look(bench: Bench) -> str:
        seen.append(paths.config_dir())
        return ""

    assert carried_out(("look", look))[0] == 0
    assert home not in seen[0].parents
    assert not seen[0].exists()
    assert paths.config_dir() == home / "config"


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7\n%%EOF", b"not a PDF"])
def test_a_pdf_that_is_not_whole_is_refused(data: bytes) -> None:
    with pytest.raises(Failed):
        selftest.look_into_pdf(data)
