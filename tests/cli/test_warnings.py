"""`crm-pilot warnings`: every sign and check, for machines and for people; nothing personal."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from crm_pilot.cli import main
from crm_pilot.governance.sign_actions import PlanAction
from crm_pilot.governance.signs_terms import SIGNS
from crm_pilot.governance.snoozing import Snooze
from crm_pilot.governance.thresholds import SetThreshold
from crm_pilot.project import SetField
from tests.governance.planted import TODAY, plant

REASON = "Secret-1 is away until May"
TITLE = "Talk to Secret-2"


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A project with a department apart, an action, a snooze and a threshold of its own."""
    folder = tmp_path_factory.mktemp("planted")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CRM_PILOT_HOME", str(folder / "home"))
        with plant("D3") as project:
            project.execute(SetField("project", 1, "status_date", TODAY))
            project.execute(PlanAction("D3", "", TITLE, TODAY, "Answers", start=TODAY))
            project.execute(SetThreshold("D8", "days", 10))
            project.execute(Snooze("D8", "", REASON, TODAY))
            path = folder / "planted.crmp"
            project.save(path)
        yield path


def asked(capsys: pytest.CaptureFixture[str], *words: str) -> dict[str, Any]:
    assert main(["warnings", *words, "--json"]) == 0
    made: dict[str, Any] = json.loads(capsys.readouterr().out)
    return made


def rows(found: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {row["rule"]: row for row in found["warnings"]}


def test_json_has_every_sign_and_check(planted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, str(planted))
    assert found["as_of"] == "2026-11-23"
    known = rows(found)
    assert set(SIGNS) <= set(known)
    assert {row["kind"] for row in found["warnings"]} == {"sign", "check", "warning"}
    for row in found["warnings"]:
        for key in ("verdict", "title", "says", "data", "period", "source", "action", "room"):
            assert row[key], (row["rule"], key)
        assert row["verdict"] in ("ok", "warn", "unknown", "snoozed")
    counts = found["counts"]
    assert sum(counts.values()) == len(found["warnings"])
    assert counts["warn"] == sum(row["verdict"] == "warn" for row in found["warnings"])


def test_json_tells_thresholds_tasks_and_snoozes(
    planted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = rows(asked(capsys, str(planted)))
    assert known["D3"]["verdict"] == "warn"
    assert [task["finish"] for task in known["D3"]["tasks"]] == ["2026-11-23"]
    assert known["D8"]["verdict"] == "snoozed"
    assert known["D8"]["snooze"] == {"set_on": "2026-11-23", "until": None}
    days = next(one for one in known["D8"]["thresholds"] if one["name"] == "days")
    assert (days["value"], days["default"], days["changed"]) == (10, 60, True)
    assert days["unit"] == "days"


def test_what_the_lead_typed_is_for_the_lead_alone(
    planted: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["warnings", str(planted), "--json"]) == 0
    assert "Secret" not in capsys.readouterr().out
    assert main(["warnings", str(planted)]) == 0
    assert "Secret" not in capsys.readouterr().out
    known = rows(asked(capsys, str(planted), "--level", "own"))
    assert known["D8"]["snooze"]["reason"] == REASON
    assert known["D3"]["tasks"][0]["title"] == TITLE


def test_lines_for_people_in_french(planted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["warnings", str(planted), "--lang", "fr"]) == 0
    said = capsys.readouterr().out
    assert "[À surveiller] D3 Des services vivent à part" in said
    assert "D8" in said
    assert "En veille pour de bon" in said
    assert "{" not in said
    assert "Not enough" not in said


def test_another_day_may_be_asked_for(planted: Path, capsys: pytest.CaptureFixture[str]) -> None:
    found = asked(capsys, str(planted), "--date", "2026-08-01")
    assert found["as_of"] == "2026-08-01"
    assert rows(found)["D3"]["verdict"] == "unknown"
    assert rows(found)["D3"]["data"].startswith("Not enough data: 4 weeks of data")


def test_it_only_reads_and_does_without_the_mapped_classes(planted: Path) -> None:
    before = planted.read_bytes()
    code = (
        "import sys\nfrom crm_pilot.cli import main\n"
        f"assert main(['warnings', {str(planted)!r}, '--json']) == 0\n"
        "sys.exit('sqlalchemy' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert planted.read_bytes() == before
