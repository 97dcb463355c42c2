"""Shared fixtures: a private home for each test, projects, and the corpus of real files."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from crm_pilot import i18n
from crm_pilot.demo import build as build_demo
from crm_pilot.project import Project

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Options of our own."""
    parser.addoption("--renew", action="store_true", help="draw the pictures of tests/visual anew")
    parser.addoption("--kills", type=int, default=200, help="how often the torture kills")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Show what tests recorded as "printed", also when they ran in other processes."""
    reports = [r for kind in ("passed", "failed") for r in terminalreporter.getreports(kind)]
    printed = sorted({str(v) for r in reports for k, v in r.user_properties if k == "printed"})
    if printed:
        terminalreporter.section("what was seen")
    for text in printed:
        terminalreporter.write_line(text)


@pytest.fixture
def kills(request: pytest.FixtureRequest) -> int:
    """How often the torture kills the process."""
    return int(request.config.getoption("--kills"))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A private home: settings, working copies, dated copies."""
    folder = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("CRM_PILOT_HOME", str(folder))
    i18n.set_language("en")
    return folder


@pytest.fixture
def project() -> Iterator[Project]:
    """A new, empty, unsaved project."""
    with Project.create(name="Trial", language="en") as opened:
        yield opened


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Folder of real files that are not in this repository; tests skip where it is absent."""
    if not CORPUS.is_dir():
        pytest.skip("the shared corpus is not here")
    return CORPUS


@pytest.fixture(scope="session")
def demo_files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The demonstration project by language, generated once; copy a file before editing it."""
    folder = tmp_path_factory.mktemp("demo")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_PILOT_HOME", str(folder / "home"))
        return {lang: build_demo(folder / f"demo-{lang}.crmp", lang) for lang in ("fr", "en")}


@pytest.fixture
def demo(demo_files: dict[str, Path]) -> Path:
    """The French demonstration project; open it read-only."""
    return demo_files["fr"]
