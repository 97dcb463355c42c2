"""The start: nothing heavy before the first paint, the cockpit without SQLAlchemy."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from crm_pilot.project import Add, Project
from ui import preload

HEAVY = ("sqlalchemy", "pyqtgraph", "numpy", "reportlab", "python_calamine", "babel")
SCRIPT = """
import json, sys
from pathlib import Path
from ui.app import Options, run
file = sys.argv[2]
code = run(Path(file) if file else None, Options("en", "light", sys.argv[1]))
touched = [n for n, m in sys.modules.items() if n.startswith("ui.") and hasattr(m, "Qt")]
print(json.dumps([code, [*sys.modules, *(f"Qt in {name}" for name in touched)]]))
"""


def loaded(quit_after: str, file: str = "") -> tuple[int, set[str]]:
    """Exit code and modules of a process that ends after the paint it was asked for."""
    found = subprocess.run(
        [sys.executable, "-c", SCRIPT, quit_after, file],
        capture_output=True,
        check=True,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    code, modules = json.loads(found.stdout.splitlines()[-1])
    return code, set(modules)


def test_first_paint_loads_nothing_heavy() -> None:
    code, modules = loaded("window")
    assert code == 0
    assert not modules & set(HEAVY)
    assert not modules & {"crm_pilot.project", "sqlite3"}
    assert not [name for name in modules if name.startswith("Qt in")]  # 20 ms, see decision 40


def test_cockpit_is_complete_without_sqlalchemy(project: Project, tmp_path: Path) -> None:
    project.execute(Add("department", {"name": "Sales"}))
    path = tmp_path / "trial.crmp"
    project.save(path)
    code, modules = loaded("cockpit", str(path))
    assert code == 0
    assert "ui.screens.cockpit.screen" in modules
    assert not modules & {"sqlalchemy", "reportlab", "python_calamine", "holidays"}
    assert not any(name.startswith("ui.screens.planning") for name in modules)


def test_missing_file_ends_with_code_two(tmp_path: Path) -> None:
    code, _ = loaded("cockpit", str(tmp_path / "nowhere.crmp"))
    assert code == 2


@pytest.mark.parametrize("name", ["QtCore", "QtGui", "QtWidgets"])
def test_lean_pyqtgraph_shares_the_modules_of_qt(name: str) -> None:
    script = (
        f"from ui.charts.lean import load; import PySide6.{name} as m; before = set(dir(m));"
        f" pg = load(); assert pg.Qt.{name} is m; assert before and before <= set(dir(m))"
    )
    subprocess.run([sys.executable, "-c", script], check=True, capture_output=True)


def test_the_thread_of_the_start_loads_nothing_of_qt() -> None:
    """PySide6 does not bear two threads making classes of widgets at once."""
    script = (
        "import sys; from ui import preload; known = set(sys.modules); preload.load_engine();"
        " print([n for n in set(sys.modules) - known"
        " if n.split('.')[0] in ('ui', 'PySide6', 'pyqtgraph', 'shiboken6')])"
    )
    found = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        check=True,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    )
    assert found.stdout.strip() == "[]"


def test_the_rest_is_loaded_in_parts(qtbot: QtBot) -> None:
    parent = QObject()
    loader = preload.Preload(parent)
    loader.begin()
    qtbot.waitUntil(lambda: loader.done, timeout=60_000)
    assert "ui.screens.adoption.signs_view" in sys.modules
    assert gc.isenabled()
