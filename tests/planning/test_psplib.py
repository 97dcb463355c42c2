"""Activity networks of the PSPLIB benchmark: lengths and critical activities as published."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_pilot.planning.engine.activity import Activity, Dependency
from crm_pilot.planning.engine.schedule import Schedule
from crm_pilot.planning.engine.worktime import ALWAYS

FOLDERS = ("psplib-j30", "psplib-j60", "psplib-j120")
BEGIN = 1_000_000  # any moment


def rows(text: str, heading: str) -> list[list[int]]:
    """Numbers of each line below a heading, up to a line of asterisks."""
    part = text.split(heading, 1)[1].split("\n", 1)[1].split("*****", 1)[0]
    found = [[int(word) for word in line.split()] for line in part.splitlines() if _numbers(line)]
    assert found, heading
    return found


def _numbers(line: str) -> bool:
    return bool(line.strip()) and all(word.isdigit() for word in line.split())


def read(path: Path) -> tuple[list[Activity], list[Dependency], int]:
    """Activities (a minute for each unit of time), links, and the published length."""
    text = path.read_text(encoding="latin-1")
    duration = {row[0]: row[2] for row in rows(text, "REQUESTS/DURATIONS:")}
    after = {row[0]: row[3:] for row in rows(text, "PRECEDENCE RELATIONS:")}
    assert len(duration) == len(after)
    published = rows(text, "PROJECT INFORMATION:")[0]
    names = re.search(r"^pronr\..*$", text, re.M)
    assert names is not None
    length = published[names[0].split().index("MPM-Time")]
    links = [
        Dependency(before * 1000 + other, before, other)
        for before, others in after.items()
        for other in others
    ]
    return [Activity(key, duration=long) for key, long in duration.items()], links, length


@pytest.mark.parametrize("folder", FOLDERS)
def test_critical_paths_are_the_published_ones(
    folder: str, corpus: Path, record_property: Callable[[str, object], None]
) -> None:
    expected = json.loads((corpus / folder / "EXPECTED_cpm.json").read_text(encoding="utf-8"))
    files = sorted((corpus / folder).glob("*.sm"))
    assert {file.name for file in files} == expected.keys()
    for file in files:
        activities, links, length = read(file)
        plan = Schedule(activities, links, start=BEGIN, calendar=ALWAYS)
        critical = [key for key, timing in plan.timings().items() if timing.critical]
        assert plan.finish - BEGIN == length == expected[file.name]["mpm"], file.name
        assert critical == expected[file.name]["critical"], file.name
    record_property(
        "printed", f"{folder}: {len(files)} of {len(files)} critical paths as published"
    )
