"""Adoption and training as data: nobody is named to the committee, small groups are not told."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path
from typing import Any

import pytest

from crm_pilot.cli.entry import main
from crm_pilot.errors import UserError
from crm_pilot.figures import collect
from crm_pilot.figures_parts import Level, hidden_keys
from crm_pilot.governance.user_lock import DateWorksCouncil
from crm_pilot.project import Add, Project, SetField
from tests.adoption.facts import LOGIN_DAY, account, actions, logins

D = dt.date
TODAY = D(2026, 11, 21)
SECRET = "Secretperson"
OCTOBER = [D(2026, 10, n) for n in range(1, 31) if D(2026, 10, n).weekday() < 5]  # 22 days


@pytest.fixture
def trial(project: Project) -> Project:
    """Departments of 6, 7, 3 and 1 users in two waves and two profiles, with use in October; the
    n-th user logs in on every (n + 1)-th working day."""
    kinds = [project.execute(Add("profile", {"name": name})) for name in ("Field", "Desk")]
    helper = project.execute(Add("profile", {"name": "Helpers", "kind": "assistant"}))
    waves = [project.execute(Add("wave", {"name": name})) for name in ("W1", "W2")]
    course = project.execute(Add("course", {"title": "Course"}))
    session = project.execute(
        Add("training_session", {"course_id": course, "held_on": D(2026, 9, 1), "seats": 40,
                                 "trainer": f"{SECRET} trainer"})
    )  # fmt: skip
    project.execute(
        Add("training_session", {"course_id": course, "held_on": D(2026, 12, 1), "seats": 40,
                                 "trainer": f"{SECRET} trainer"})
    )  # fmt: skip
    seen, done, number = [], [], 0
    for place, (name, size) in enumerate((("North", 6), ("South", 7), ("Few", 3), ("One", 1))):
        values = {"name": name, "wave_id": waves[place // 2], "position": place}
        department = project.execute(Add("department", values))
        for n in range(size):
            named = {"first_name": f"{SECRET}a", "last_name": f"{SECRET}b{number}"}
            contact = {
                "email": f"{SECRET}@mail{number}.example",
                "external_id": f"{SECRET}H{number}",
            }
            person = project.execute(
                Add("person", {**named, **contact, "department_id": department})
            )
            key = account(
                project,
                f"{SECRET}U{number}",
                person_id=person,
                profile_id=kinds[n % 2],
                username=f"{SECRET}-{number}",
                full_name=f"{SECRET} full {number}",
                opened_on=D(2026, 9, 1),
            )
            if n % 2:
                values = {"session_id": session, "person_id": person, "presence": "present"}
                project.execute(Add("attendance", values))
            seen += [(key, day) for day in OCTOBER[:: n + 1]]
            done.append((key, OCTOBER[-1], "Deal", 2, 1))
            project.execute(
                Add("support", {"noted_on": TODAY, "person_id": person, "matter": SECRET,
                                "department_id": department})
            )  # fmt: skip
            number += 1
    account(project, f"{SECRET}helper", profile_id=helper, opened_on=TODAY)
    logins(project, seen)
    actions(project, done)
    feature = project.execute(Add("feature", {"name": "Deals", "delivered_on": D(2026, 9, 1)}))
    deal = project.reader.value("SELECT id FROM crm_object")
    project.execute(Add("feature_object", {"feature_id": feature, "object_id": deal}))
    for kind in (*kinds, helper):
        project.execute(
            Add(
                "passage", {"profile_id": kind, "title": "Deals", "object_id": deal, "note": SECRET}
            )
        )
    return project


def adoption(project: Project, level: Level = Level.COMMITTEE, **asked: Any) -> dict[str, Any]:
    return collect(project.reader, TODAY, level, "adoption", **asked)["adoption"]  # type: ignore[no-any-return]


def training(project: Project, level: Level = Level.COMMITTEE, **asked: Any) -> dict[str, Any]:
    return collect(project.reader, TODAY, level, "training", **asked)["training"]  # type: ignore[no-any-return]


def unlocked(project: Project) -> None:
    project.execute(DateWorksCouncil(D(2026, 6, 11), TODAY))


# persons -------------------------------------------------------------------------------------


@pytest.mark.parametrize("by", ["department", "profile", "wave"])
@pytest.mark.parametrize("room", ["adoption", "training"])
def test_the_committee_reads_no_person(trial: Project, room: str, by: str) -> None:
    unlocked(trial)
    for month in (None, 202610):
        told = collect(trial.reader, TODAY, Level.COMMITTEE, room, by=by, month=month)
        assert SECRET.lower() not in json.dumps(told, ensure_ascii=False).lower()
    assert SECRET in json.dumps(collect(trial.reader, TODAY, Level.OWN, room, by="user"))


def test_no_person_of_the_demonstration_is_named(demo: Path) -> None:
    with Project.open(demo, read_only=True) as project:
        told = {
            room: collect(project.reader, project.today(), Level.COMMITTEE, room, language="fr")
            for room in ("adoption", "training")
        }
        words = {
            str(value).lower()
            for row in project.reader.select(
                "SELECT trim(first_name || ' ' || last_name), email, external_id, code FROM person"
                " UNION ALL SELECT username, external_id, email, full_name FROM account"
            )
            for value in row
            if value and len(str(value)) > 3
        }
    assert len(words) > 1000
    text = json.dumps(told, ensure_ascii=False).lower()
    assert not [word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]


def test_single_users_are_the_leads_own_and_wait_for_the_works_council(trial: Project) -> None:
    for room in (adoption, training):
        with pytest.raises(UserError, match="add --level own"):
            room(trial, by="user")
        with pytest.raises(UserError, match="works council"):
            room(trial, Level.OWN, by="user")
    unlocked(trial)
    with pytest.raises(UserError, match="add --level own"):
        adoption(trial, by="user")
    rows = adoption(trial, Level.OWN, by="user", month=202610)["month"]["rows"]
    assert len(rows) == 17
    assert [row["name"] for row in rows] == sorted(row["name"] for row in rows)  # never by use
    for row in rows:
        wanted = trial.reader.value(
            f"SELECT count(DISTINCT day) FROM {LOGIN_DAY} WHERE account_id = ?", row["id"]
        )
        assert row["login_days"] == wanted
    users = training(trial, Level.OWN, by="user")["coverage"]["rows"]
    assert sum(row["trained"] for row in users) == 3 + 3 + 1
    trial.undo()
    with pytest.raises(UserError, match="works council"):
        adoption(trial, Level.OWN, by="user")


def test_an_unknown_grouping_is_refused(trial: Project) -> None:
    with pytest.raises(UserError, match="hour"):
        adoption(trial, by="hour")


# small groups --------------------------------------------------------------------------------


def test_groups_that_may_not_be_told_alone() -> None:
    sizes = [(1, 6), (2, 7), (3, 3), (4, 1), (5, 0)]
    assert hidden_keys(sizes, Level.OWN) == frozenset()
    # 3 + 1 are fewer than five: the smallest other one joins them
    assert hidden_keys(sizes, Level.COMMITTEE) == {3, 4, 1}
    assert hidden_keys([(1, 6), (2, 7)], Level.COMMITTEE) == frozenset()
    assert hidden_keys([(1, 3), (2, 3), (3, 9)], Level.COMMITTEE) == {1, 2}


def test_small_departments_are_pooled_in_the_month(trial: Project) -> None:
    month = adoption(trial, month=202610)["month"]
    told = {row["name"]: row for row in month["rows"]}
    assert list(told) == ["South", None]
    assert told[None]["pooled"] == 3 and told[None]["accounts"] == 6 + 3 + 1
    days = trial.reader.value(
        f"SELECT count(*) FROM (SELECT DISTINCT account_id, day FROM {LOGIN_DAY} l JOIN account a"
        " ON a.id = l.account_id JOIN person p ON p.id = a.person_id JOIN department d"
        " ON d.id = p.department_id WHERE d.name <> 'South')"
    )
    assert told[None]["login_days"] == days
    assert told["South"]["login_days"] + days == month["total"]["login_days"]
    assert told[None]["regularity"] == pytest.approx(days / (10 * 22), abs=1e-6)
    own = adoption(trial, Level.OWN, month=202610)["month"]
    assert [row["name"] for row in own["rows"]] == ["North", "South", "Few", "One"]
    assert "pooled" not in own["rows"][0]


def test_cells_of_small_departments_are_empty(trial: Project) -> None:
    found = adoption(trial, month=202610)
    grid = {row["name"]: row["cells"] for row in found["month_grid"]["rows"]}
    assert grid["One"] == grid["Few"] == grid["North"] == []
    assert len(grid["South"]) == 31
    weeks = {row["department"]: row["weeks"] for row in found["multiples"]}
    assert weeks["South"] and not weeks["One"] and not weeks["Few"]
    (feature,) = found["feature_matrix"]["rows"]
    assert feature["users"] == feature["targets"] == 17
    assert [cell["department"] for cell in feature["cells"]] == ["South"]
    named = [one["department"] for way in ("up", "down") for one in found["movers"][way]]
    assert not {"Few", "One"} & set(named)
    assert all("note" not in row for row in found["passages"])


def test_completeness_of_small_departments_is_not_told(trial: Project) -> None:
    deal = trial.reader.value("SELECT id FROM crm_object")
    places = dict(trial.reader.select("SELECT name, id FROM department"))
    for place in (None, places["South"], places["North"], places["One"]):
        trial.execute(
            Add("completeness", {"measured_on": TODAY, "object_id": deal, "department_id": place,
                                 "field": "amount", "records": 10, "filled": 4})
        )  # fmt: skip
    told = adoption(trial)["completeness"]
    assert {row["department"] for row in told["fields"]} == {None, "South"}
    assert [row["name"] for row in told["departments"]] == ["South", ""]
    assert told["share"] == pytest.approx(0.4)
    assert len(adoption(trial, Level.OWN)["completeness"]["fields"]) == 4


def test_a_project_of_four_accounts_tells_the_committee_no_figure(project: Project) -> None:
    place = project.execute(Add("department", {"name": "Only"}))
    seen = []
    for n in range(4):
        person = project.execute(Add("person", {"last_name": f"{n}", "department_id": place}))
        key = account(project, f"u{n}", person_id=person, opened_on=D(2026, 9, 1))
        seen += [(key, day) for day in OCTOBER]
    logins(project, seen)
    month = adoption(project, month=202610)["month"]
    assert month["total"]["accounts"] == 4
    for row in (month["total"], *month["rows"]):
        assert row["login_days"] is None and row["regularity"] is None and row["objects"] is None
    assert adoption(project, Level.OWN, month=202610)["month"]["total"]["login_days"] == 88


def test_small_groups_of_trainees_are_not_told(trial: Project) -> None:
    found = training(trial)
    assert found["coverage"]["rows"][1:] == [
        {"id": None, "name": None, "pooled": 3, "trained": 4, "users": 10, "share": 0.4}
    ]
    empty = {row["department"] for row in found["departments"] if row["share"] is None}
    assert empty == {"North", "Few", "One"}
    own = training(trial, Level.OWN)
    assert [row["trained"] for row in own["coverage"]["rows"]] == [3, 3, 1, 0]


def test_answers_of_fewer_than_five_are_not_told(trial: Project) -> None:
    person = trial.reader.value("SELECT min(person_id) FROM attendance")
    for n in range(4):
        trial.execute(
            Add("evaluation", {"session_id": 1, "given_on": TODAY, "satisfaction": 4,
                               "comment": SECRET, "person_id": person if not n else None})
        )  # fmt: skip
    assert training(trial)["levels"]["hot"]["overall"]["mean"] is None
    assert training(trial, Level.OWN)["levels"]["hot"]["overall"]["mean"] == 4
    trial.execute(Add("evaluation", {"session_id": 1, "given_on": TODAY, "satisfaction": 2}))
    assert training(trial)["levels"]["hot"]["overall"]["mean"] == pytest.approx(3.6)


# the command line ----------------------------------------------------------------------------


@pytest.fixture
def stored(trial: Project, tmp_path: Path) -> Path:
    path = tmp_path / "trial.crmp"
    trial.execute(SetField("project", 1, "status_date", TODAY))
    trial.save(path)
    return path


def run(capsys: pytest.CaptureFixture[str], *words: object) -> tuple[int, str, str]:
    code = main([str(word) for word in words])
    said = capsys.readouterr()
    return code, said.out, said.err


def test_json_of_a_month_by_wave(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ("figures", stored, "adoption", "--json", "--month", "2026-10", "--by", "wave")
    code, out, _ = run(capsys, *words)
    month = json.loads(out)["adoption"]["month"]
    assert (code, month["month"], month["by"]) == (0, "2026-10", "wave")
    assert sum(row["accounts"] for row in month["rows"]) == 17


def test_a_table_for_people(stored: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "figures", stored, "adoption", "--month", "2026-10")
    lines = out.splitlines()
    assert code == 0 and lines[0] == "Use of the CRM – 2026-10"
    assert lines[1].split()[:2] == ["Department", "Accounts"]
    assert [line.split()[0] for line in lines[2:]] == ["South", "Small", "Total"]
    code, out, _ = run(capsys, "figures", stored, "training", "--by", "profile")
    assert code == 0 and "Coverage" in out and "41%" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("adoption", "--by", "user"), "add --level own"),
        (("adoption", "--by", "user", "--level", "own"), "works council"),
        (("training", "--by", "user", "--level", "own"), "works council"),
        (("training", "--month", "2026-10"), "write “adoption” after the file"),
        (("planning", "--by", "wave"), "write one of them"),
        (("--by", "wave"), "write one of them"),
        (("adoption", "--month", "2026-13"), "is not a month"),
        (("adoption", "--month", "2026-12"), "comes after the day"),
    ],
)
def test_what_is_refused_says_why(
    stored: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], said: str
) -> None:
    code, out, err = run(capsys, "figures", stored, *words)
    assert (code, out) == (2, "")
    assert said in err
