"""Figures for machines: ISO dates, plain JSON, and what each level may show."""

from __future__ import annotations

import datetime as dt
import json
import re

import pytest

from crm_pilot.errors import UserError
from crm_pilot.figures import ROOMS, collect
from crm_pilot.figures_parts import pooled
from crm_pilot.governance.snoozing import Snooze
from crm_pilot.project import Project
from crm_pilot.stakeholders.commands import AddStakeholder, Rate, SetTarget
from crm_pilot.stakeholders.terms import UnitKind
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


def test_a_pool_of_one_zone_would_tell_who_is_in_it() -> None:
    assert pooled([("a", 20), ("b", 0), ("c", 7)]) == ([("a", 20), ("b", 0), ("c", 7)], 0, 0)
    # three people in "b": the zone that is missing would be theirs, so the next one joins
    assert pooled([("a", 20), ("b", 3), ("c", 7), ("d", 0)]) == ([("a", 20), ("d", 0)], 2, 10)
    assert pooled([("a", 20), ("b", 2), ("c", 1), ("d", 9)]) == ([("a", 20)], 3, 12)
    assert pooled([("a", 20), ("b", 3), ("c", 4)]) == ([("a", 20)], 2, 7)
    assert pooled([("a", 3), ("b", 0), ("c", 0)]) == ([], 3, 3)


@pytest.fixture
def moved(rollout: Project) -> Project:
    """The trial roll-out, where a person and two groups, a small one too, crossed since."""
    run = rollout.execute
    day = TODAY - dt.timedelta(days=20)
    places = (
        (AddStakeholder(UnitKind.GROUP, "Studio", headcount=40), (2, 2), (3, 2)),
        (AddStakeholder(UnitKind.GROUP, "Trésorerie", headcount=3), (3, 3), (1, 3)),
        (AddStakeholder(UnitKind.PERSON, "Zoé Quentin", code="P-77"), (2, 1), (4, 1)),
    )
    for add, before, after in places:
        key = run(add)
        run(Rate(key, day, *before, "Vue en atelier", "Lead"))
        run(Rate(key, TODAY, *after, "Vue en réunion", "Lead"))
    return rollout


def test_movements_name_only_groups_at_committee_level(moved: Project) -> None:
    since = TODAY - dt.timedelta(days=10)
    told = collect(moved.reader, TODAY, room="stakeholders", since=since)["stakeholders"]
    text = json.dumps(told["movements"], ensure_ascii=False)
    assert not [n for n in ("Zoé", "Trésorerie", "P-77", "Vue en") if n in text]
    risen, left = told["movements"]["initiative_risen"], told["movements"]["allies_left"]
    assert [unit["name"] for unit in risen["units"]] == ["Studio"]
    assert (risen["count"], risen["only_counted"]) == (2, 1)
    assert (left["count"], left["only_counted"], left["units"]) == (1, 1, [])
    cells = told["movements"]["cells"]
    small = [cell for cell in cells if "pooled_cells" in cell]
    assert [cell["pooled_cells"] >= 2 and cell["headcount"] >= 5 for cell in small] == [True]
    assert all(cell["headcount"] >= 5 for cell in cells)
    assert sum(cell["headcount"] for cell in cells) == told["headcount_rated"]


def test_the_leads_own_movements_are_whole(moved: Project) -> None:
    since = TODAY - dt.timedelta(days=10)
    told = collect(moved.reader, TODAY, "own", "stakeholders", since=since)["stakeholders"]
    movements = told["movements"]
    assert (movements["since"], movements["until"]) == (since.isoformat(), TODAY.isoformat())
    assert {"before": "passive", "after": "golden_triangle", "headcount": 40} in movements["cells"]
    assert {"before": "hesitant", "after": "rebel", "headcount": 3} in movements["cells"]
    risen = {unit["name"] for unit in movements["initiative_risen"]["units"]}
    assert risen == {"Studio", "Zoé Quentin"}
    fallen = movements["initiative_fallen"]["units"]
    assert [(unit["name"], unit["previous_synergy"]) for unit in fallen] == [("Trésorerie", 3)]


def test_a_unit_gives_cell_zone_drift_and_target(moved: Project) -> None:
    key = moved.reader.value("SELECT id FROM stakeholder WHERE name = 'Studio'")
    moved.execute(SetTarget(key, 4, 2, dt.date(2027, 1, 8)))
    told = collect(moved.reader, TODAY, room="stakeholders")["stakeholders"]["units"]
    studio = next(unit for unit in told if unit["name"] == "Studio")
    assert (studio["synergy"], studio["antagonism"], studio["zone"], studio["trio"]) == (
        *(3, 2, "golden_triangle"),
        "locomotive",
    )
    assert studio["drift_per_month"] == pytest.approx(30.4375 / 20, abs=1e-6)
    target = (studio["target_synergy"], studio["target_antagonism"], studio["target_date"])
    assert target == (4, 2, "2027-01-08")
    assert not {"fact", "note", "role", "owner", "owner_id", "drift"} & studio.keys()
    person = next(unit for unit in told if unit.get("code") == "P-77")
    assert not {"profile", "profile_id", "department", "role"} & person.keys()


def test_ratings_to_confirm_are_counted_and_listed_for_the_lead(moved: Project) -> None:
    later = TODAY + dt.timedelta(days=61)
    told = collect(moved.reader, later, room="stakeholders")["stakeholders"]["to_confirm"]
    own = collect(moved.reader, later, "own", "stakeholders")["stakeholders"]["to_confirm"]
    assert set(told) == {"after_days", "count"}
    assert told["after_days"] == 60
    assert len(own["units"]) == told["count"] > 3
    assert "Zoé Quentin" in [unit["name"] for unit in own["units"]]


def test_every_check_has_a_verdict_and_reasons_stay_with_the_lead(moved: Project) -> None:
    checks = collect(moved.reader, TODAY, room="stakeholders")["stakeholders"]["checks"]
    assert checks
    for check in checks:
        assert check["verdict"] in {"ok", "warn", "snoozed", "unknown"}
        assert all(check[part] for part in ("rule", "says", "data", "action", "source"))
    first = checks[0]
    moved.execute(Snooze(first["rule"], first["subject"], "Vu avec Zoé", TODAY))
    for level, shown in (("committee", False), ("own", True)):
        told = collect(moved.reader, TODAY, level, "stakeholders")["stakeholders"]["checks"]
        verdicts = {(one["rule"], one["subject"]): one["verdict"] for one in told}
        assert verdicts[first["rule"], first["subject"]] == "snoozed"
        assert ("Vu avec Zoé" in json.dumps(told, ensure_ascii=False)) == shown


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
