"""The start script: what it decides, without installing anything."""

from __future__ import annotations

import importlib.util
import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def run() -> ModuleType:
    spec = importlib.util.spec_from_file_location("start_script", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    (tmp_path / "constraints.txt").write_text("numpy==2.4.6\n")
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    return tmp_path


@pytest.mark.parametrize("name", ["constraints.txt", "pyproject.toml"])
def test_stamp_changes_with_each_file(run: ModuleType, tree: Path, name: str) -> None:
    before = run.stamp(tree, "3.11.2")
    assert run.stamp(tree, "3.11.2") == before
    (tree / name).write_text("something else\n")
    assert run.stamp(tree, "3.11.2") != before


def test_stamp_changes_with_python_and_place(run: ModuleType, tree: Path) -> None:
    other = tree / "moved here"
    other.mkdir()
    for name in ("constraints.txt", "pyproject.toml"):
        (other / name).write_bytes((tree / name).read_bytes())
    stamps = {run.stamp(tree, "3.11.2"), run.stamp(tree, "3.12.0"), run.stamp(other, "3.11.2")}
    assert len(stamps) == 3


def test_missing_packages_are_named(run: ModuleType) -> None:
    found = set(run.DRAWING) - {"libEGL.so.1", "libGL.so.1"}
    missing = run.missing_packages(run.DRAWING, found)
    assert missing == ["libgl1", "libegl1"]
    line = run.install_line(missing)
    assert line == "apt-get install -y --no-install-recommends libgl1 libegl1"


def test_missing_commands_are_named(run: ModuleType) -> None:
    def has(name: str) -> str | None:
        return name if name == "Xvfb" else None

    assert run.missing_packages(run.TESTING, set(), has) == ["xauth", "poppler-utils"]


def test_nothing_missing(run: ModuleType) -> None:
    assert run.missing_packages(run.WINDOW, set(run.WINDOW)) == []


@pytest.mark.parametrize(
    ("variables", "expected"),
    [
        ({"LANG": "fr_FR.UTF-8"}, "fr"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_ALL": "fr_CA.UTF-8"}, "fr"),
        ({"LANG": "C"}, "en"),
    ],
)
def test_language(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str], expected: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert run.language() == expected


linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="X11 and Wayland")


@linux_only
@pytest.mark.parametrize("display", ["", ":nonsense", ":98765", "localhost:64000"])
def test_no_screen(run: ModuleType, monkeypatch: pytest.MonkeyPatch, display: str) -> None:
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", display)
    assert not run.has_screen()


@linux_only
def test_a_listening_compositor_is_a_screen(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    with tempfile.TemporaryDirectory() as folder, socket.socket(socket.AF_UNIX) as server:
        server.bind(os.path.join(folder, "wayland-7"))
        server.listen()
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-7")
        assert run.has_screen()


# Stands for the program: writes a file where the real one would.
WRITES = """
import sys
from pathlib import Path
task, file, *rest = sys.argv[4:]
target = Path(file if task == "demo" else rest[-1])
(target / "cockpit.png" if task == "picture" else target).write_text(task)
"""


def test_demo_without_a_screen_names_every_file(
    run: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def program(*args: object) -> list[str]:
        return [sys.executable, "-c", WRITES, "-", "-", "-", *map(str, args)]

    monkeypatch.setattr(run, "program", program)
    monkeypatch.setattr(run, "has_screen", lambda: False)
    monkeypatch.setattr(run, "OUT", tmp_path / "out")
    run.demo()
    said = capsys.readouterr().out
    for lang in ("fr", "en"):
        for name in (f"demo-{lang}.crmp", f"report-{lang}.pdf", f"pictures-{lang}/cockpit.png"):
            assert (tmp_path / "out" / name).is_file()
            assert str(Path("out", name)) in said
    (tmp_path / "out" / "demo-fr.crmp").write_text("edited by hand")
    run.demo()
    assert "demo-fr.crmp was there already" in capsys.readouterr().out
    assert (tmp_path / "out" / "demo-fr.crmp").read_text() == "edited by hand"


def test_an_unknown_task_explains_the_known_ones() -> None:
    result = subprocess.run(
        [sys.executable, str(ROOT / "run.py"), "dance"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 2
    assert "python3 run.py demo" in result.stderr


def test_run_py_needs_only_the_standard_library() -> None:
    code = "import sys; sys.path.insert(0, %r); import run; print('numpy' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-I", "-S", "-c", code % str(ROOT)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert result.stdout.strip() == "False"
