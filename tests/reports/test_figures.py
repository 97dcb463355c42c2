"""Figures for machines: ISO dates, plain JSON, and what each level may show."""

from __future__ import annotations

import json
import re

import pytest

from crm_pilot.errors import UserError
from crm_pilot.figures import ROOMS, collect
from crm_pilot.project import Project
from tests.governance.rollout import TODAY

POSITION = {"synergy", "antagonism", "zone", "trio"}


def named_beside_a_position(value: object) -> list[str]:
    """Names that stand in the same object as a position."""
    found: list[str] = []
    if isinstance(value, dict):
        if POSITION & value.keys() and value.get("name"):
            found.append(value["name"])
        for inner in value.values():
            found += named_beside_a_position(inner)
    if isinstance(value, list):
        for inner in value:
            found += named_beside_a_position(inner)
    return found


def test_every_room_is_there_as_plain_json(rollout: Project) -> None:
    found = collect(rollout.reader, TODAY)
    assert set(ROOMS) <= set(found)
    text = json.dumps(found)
    assert json.loads(text) == found
    assert found["as_of"] == "2026-11-21"
    assert "2027-01-12" in text
    assert found["committee"]["budget"]["revised_cents"] == 46_900_000


def test_one_room_alone(rollout: Project) -> None:
    found = collect(rollout.reader, TODAY, room="training")
    assert "training" in found
    assert not set(ROOMS) - {"training"} & set(found)
    with pytest.raises(UserError, match="no room called"):
        collect(rollout.reader, TODAY, room="kitchen")
    with pytest.raises(UserError, match="no level called"):
        collect(rollout.reader, TODAY, "everyone")


def test_at_committee_level_no_person_is_named_beside_a_position(rollout: Project) -> None:
    found = collect(rollout.reader, TODAY)
    persons = {row[0] for row in rollout.reader.select("SELECT last_name FROM person")}
    beside = named_beside_a_position(found["stakeholders"])
    assert beside  # groups are named
    assert not [name for name in beside if any(person in name for person in persons)]
    text = json.dumps(found["stakeholders"], ensure_ascii=False)
    assert not [person for person in persons if person in text]
    assert "A quitté la réunion" not in text
    coded = [unit for unit in found["stakeholders"]["units"] if unit["kind"] == "person"]
    assert [unit["code"] for unit in coded] == ["P-14"]
    assert "department" not in coded[0]


def test_groups_under_five_are_pooled_without_a_position(rollout: Project) -> None:
    units = collect(rollout.reader, TODAY)["stakeholders"]["units"]
    assert "Direction" not in [unit["name"] for unit in units]
    pooled = [unit for unit in units if "pooled_groups" in unit]
    assert [(unit["pooled_groups"], unit["headcount"]) for unit in pooled] == [(1, 3)]
    assert not POSITION & pooled[0].keys()


def test_zones_with_few_people_are_pooled(rollout: Project) -> None:
    zones = collect(rollout.reader, TODAY)["stakeholders"]["zones"]
    assert all(zone["headcount"] == 0 or zone["headcount"] >= 5 for zone in zones if zone["zone"])
    own = collect(rollout.reader, TODAY, "own")["stakeholders"]["zones"]
    assert sum(z["headcount"] for z in own) == sum(z["headcount"] for z in zones)


def test_the_leads_own_level_gives_kind_and_name(rollout: Project) -> None:
    units = collect(rollout.reader, TODAY, "own")["stakeholders"]["units"]
    person = next(unit for unit in units if unit["kind"] == "person")
    assert person["name"] == "Claire Marchand-60"
    assert "Direction" in [unit["name"] for unit in units]


def test_dates_are_iso_everywhere(rollout: Project) -> None:
    planning = collect(rollout.reader, TODAY, room="planning")["planning"]
    for milestone in planning["milestones"]:
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", milestone["forecast"])
    weeks = collect(rollout.reader, TODAY, room="adoption")["adoption"]["active_curve"]
    assert all(re.fullmatch(r"\d{4}-\d\d-\d\d", week["week_start"]) for week in weeks)


def test_sentences_follow_the_language_asked(rollout: Project) -> None:
    english = collect(rollout.reader, TODAY, room="committee")["committee"]
    assert english["headlines"]["report"].startswith("Wave 3 slips")
    assert "stakeholders" not in english["headlines"]  # may name a small group


def test_an_empty_project_collects_too(project: Project) -> None:
    found = collect(project.reader, TODAY)
    assert found["training"]["users"] == 0
    assert found["committee"]["warnings"] == []
