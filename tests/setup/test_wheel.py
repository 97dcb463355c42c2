"""The wheel: holds what the program needs and nothing else, and runs from an empty folder."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.setup.test_selftest import offline

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("crm_pilot", "ui", "resources", "i18n", "packaging", "tests/setup")
FILES = ("pyproject.toml", "README.md", "LICENSE")
BUILD = (
    "import sys; from hatchling.builders.wheel import WheelBuilder as W;"
    " list(W('.').build(directory=sys.argv[1], versions=['standard']))"
)
READ_ONLY = 'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && exec "$@"'


def run(*command: object, cwd: Path, **more: str) -> str:
    """The output of a command that must succeed."""
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME")}
    found = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env={**environment, "PYTHONUTF8": "1", **more},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert found.returncode == 0, f"{command}\n{found.stdout}\n{found.stderr}"
    return found.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the tree: building compiles catalogues in place."""
    pytest.importorskip("hatchling")
    tree, out = tmp_path_factory.mktemp("tree"), tmp_path_factory.mktemp("wheel")
    ignore = shutil.ignore_patterns("__pycache__", "*.mo")
    for part in PARTS:
        shutil.copytree(ROOT / part, tree / part, ignore=ignore)
    for name in FILES:
        shutil.copy(ROOT / name, tree)
    run(sys.executable, "-c", BUILD, out, cwd=tree)
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new environment with the wheel; the packages it needs are lent by this one."""
    if importlib.util.find_spec("pip") is None:
        pytest.skip("this environment has no pip")
    folder = tmp_path_factory.mktemp("clean") / "venv"
    run(sys.executable, "-m", "venv", "--without-pip", folder, cwd=folder.parent)
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    pip = [sys.executable, "-m", "pip", "--python", python, "install", "--quiet"]
    run(*pip, "--no-deps", "--no-index", "--disable-pip-version-check", wheel, cwd=folder.parent)
    site = Path(run(python, "-c", SITE, cwd=folder.parent).strip())
    # Folders added by a .pth file have their own .pth files left unread: the source tree, which
    # is installed that way, cannot be reached.
    (site / "lent.pth").write_text(sysconfig.get_path("purelib") + "\n", "utf-8")
    return folder


SITE = "import sysconfig; print(sysconfig.get_path('purelib'))"


def test_it_holds_all_that_is_needed_and_nothing_else(wheel: Path) -> None:
    names = {name for name in zipfile.ZipFile(wheel).namelist() if not name.endswith("/")}
    info = {name for name in names if ".dist-info/" in name}
    expected = {
        path.relative_to(ROOT).as_posix()
        for part in ("crm_pilot", "ui", "resources")
        for path in (ROOT / part).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    expected |= {
        po.with_suffix(".mo").relative_to(ROOT).as_posix()
        for po in ROOT.glob("i18n/*/LC_MESSAGES/*.po")
    }
    assert names - info == expected
    assert {"OFL.txt", "LICENSE"} <= {Path(name).name for name in info if "/licenses/" in name}
    assert any(name.endswith(".sql") for name in names)


def test_it_runs_from_an_empty_folder(installed: Path, tmp_path: Path) -> None:
    pilot = installed / ("Scripts/crm-pilot.exe" if os.name == "nt" else "bin/crm-pilot")
    empty, home = tmp_path / "empty", str(tmp_path / "home")
    empty.mkdir()

    def told(*words: str) -> str:
        return run(pilot, *words, cwd=empty, CRM_PILOT_HOME=home)

    where = run(installed / "bin/python", "-c", "import ui; print(ui.__file__)", cwd=empty)
    assert Path(where.strip()).is_relative_to(installed)
    assert told("--version").startswith("CRM Pilot ")
    assert "Le projet est dans" in told("new", "neuf.crmp", "--lang", "fr")
    told("demo", "demo.crmp", "--lang", "en")
    told("report", "demo.crmp", "-o", "report.pdf")
    assert (empty / "report.pdf").read_bytes().startswith(b"%PDF-")
    assert {path.name for path in empty.iterdir()} == {"neuf.crmp", "demo.crmp", "report.pdf"}


def test_its_self_test_passes_shut_in(installed: Path, tmp_path: Path) -> None:
    """Without a network and with a program folder that cannot be written, where Linux lets us."""
    command = [str(installed / "bin" / "crm-pilot"), "--self-test"]
    if offline():
        command = [*offline(), "--mount", "sh", "-c", READ_ONLY, str(installed), *command]
    said = run(*command, cwd=tmp_path)
    assert "installed wheel" in said
    assert ", 0 failed" in said
