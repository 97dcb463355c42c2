"""Looking into a version of a large project: checked and compared well within a second."""

from __future__ import annotations

import statistics
from pathlib import Path

import pytest

from crm_pilot.project import Add, Project, SetField
from crm_pilot.store.differences import compare
from crm_pilot.versions import before, examine, versions_of
from tests.benchmarks import big
from tests.benchmarks.floor import limit, timed


@pytest.fixture
def large(tmp_path: Path) -> Path:
    """The large project, saved once more after two edits."""
    path = big.build(tmp_path / "large.crmp")
    with Project.open(path) as project:
        project.execute(Add("department", {"name": "one more"}))
        project.execute(SetField("ticket", 7, "title", "another"))
        project.save()
    return path


def test_looking_into_a_version(large: Path) -> None:
    found = versions_of(large)
    looks, compares = [], []
    for _ in range(5):
        looks.append(timed(lambda: examine(found[0], before(found[0], found))))
        compares.append(timed(lambda: compare(found[1].path, found[0].path)))
    finding = examine(found[0], before(found[0], found))
    assert finding.changes is not None and len(finding.changes) == 2
    look, comparing = statistics.median(looks), statistics.median(compares)
    print(f"{large.stat().st_size / 1e6:.1f} MB: look {look:.0f} ms, compare {comparing:.0f} ms")
    assert look <= limit(800)
    assert comparing <= limit(300)
