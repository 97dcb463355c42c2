"""The generated networks that peers are timed on: dates and critical activities as expected."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from crm_pilot.exchange.mspdi import read_mspdi
from crm_pilot.planning.from_document import schedule_of
from tests.planning.networks import NETWORKS, PHASES, generate, read
from tests.planning.plans import DAY, OFFICE, START, told, when


@pytest.mark.parametrize(("tasks", "option", "finish", "critical"), NETWORKS)
def test_generated_networks(
    tasks: int, option: str, finish: str, critical: int, tmp_path: Path
) -> None:
    made = generate(tmp_path, tasks, option)
    plan = read(made).schedule()
    expected = json.loads(made.with_suffix(".expected.json").read_text(encoding="utf-8"))
    timings = dict(plan.timings())
    found = sorted(key for key, timing in timings.items() if key < PHASES and timing.critical)
    assert told(plan.finish)[:10] == expected["finish"][:10] == finish
    assert len(found) == critical
    assert found == sorted(expected["critical_ids"])
    begin = when(START)
    for key, days in expected["ES"].items():
        timing = timings[int(key)]
        assert OFFICE.between(begin, timing.start) == days * DAY
        assert OFFICE.between(begin, timing.finish) == expected["EF"][key] * DAY
        assert OFFICE.between(begin, timing.late_start) == expected["LS"][key] * DAY
        assert OFFICE.between(begin, timing.late_finish) == expected["LF"][key] * DAY


def test_the_same_network_from_its_file(tmp_path: Path) -> None:
    made = generate(tmp_path, 1000, "")
    plan = schedule_of(read_mspdi(made.with_suffix(".xml")))
    other = read(made).schedule()
    for key in other.keys():  # noqa: SIM118
        assert plan.dates(key) == other.dates(key)
        assert plan.timing(key).total_slack == other.timing(key).total_slack
