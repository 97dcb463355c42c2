"""Use of features and mandatory passages, by hand and by a second computation in plain SQL."""

from __future__ import annotations

import datetime as dt
import random

import pytest

from crm_pilot.adoption import features, passages
from crm_pilot.adoption.commands import SetFeatureTargets, SetPassage
from crm_pilot.adoption.scope import Scope
from crm_pilot.errors import UserError
from crm_pilot.people.newcomers import is_newcomer
from crm_pilot.project import Add, Project, SetField
from tests.adoption.facts import ACTED_DAY, account, actions

D = dt.date
TODAY = D(2026, 11, 21)
LAST = D(2026, 11, 20)
EDGE = LAST - dt.timedelta(days=27)  # first day of the window
BEFORE = LAST - dt.timedelta(days=28)


def profile(project: Project, name: str) -> int:
    return int(project.execute(Add("profile", {"name": name})))


def object_id(project: Project, name: str) -> int:
    return int(project.reader.value("SELECT id FROM crm_object WHERE name = ?", name))


def user(project: Project, name: str, department: int | None, **values: object) -> int:
    person = project.execute(Add("person", {"last_name": name, "department_id": department}))
    return account(project, name, person_id=person, **values)


def feature(project: Project, name: str, **values: object) -> int:
    given = {"name": name, "delivered_on": D(2026, 9, 1), **values}
    return int(project.execute(Add("feature", given)))


@pytest.fixture
def trial(project: Project) -> dict[str, int]:
    """Two departments, two profiles, five open accounts and one closed."""
    ids = {"field": profile(project, "Field"), "desk": profile(project, "Desk")}
    for name in ("North", "South"):
        ids[name] = project.execute(Add("department", {"name": name, "position": len(ids)}))
    for name, place, kind in (
        *(("a", "North", "field"), ("b", "North", "field"), ("c", "North", "desk")),
        *(("d", "South", "field"), ("e", "South", "desk")),
    ):
        ids[name] = user(project, name, ids[place], profile_id=ids[kind])
    ids["gone"] = user(
        project, "gone", ids["South"], profile_id=ids["field"], closed_on=D(2026, 11, 1)
    )
    actions(
        project,
        [
            (ids["a"], EDGE, "quote", 1, 0),
            (ids["b"], BEFORE, "quote", 1, 0),  # a day too early
            (ids["c"], LAST, "quote", 0, 1),
            (ids["d"], LAST, "contact", 1, 0),
            (ids["e"], LAST, "quote", 0, 0),  # looked, changed nothing
            (ids["gone"], EDGE, "quote", 1, 0),
        ],
    )
    return ids


def test_use_by_target_users_and_by_department(project: Project, trial: dict[str, int]) -> None:
    key = feature(project, "Quotes", major=True)
    project.execute(SetFeatureTargets(key, (object_id(project, "quote"),), (trial["field"],)))
    found = features.matrix(project.reader, TODAY)
    assert (found.first, found.until) == (EDGE, LAST)
    assert [column.name for column in found.departments] == ["North", "South"]
    assert [column.accounts for column in found.departments] == [3, 2]  # "gone" is closed
    (row,) = found.rows
    assert (row.users, row.targets, row.share) == (1, 3, pytest.approx(1 / 3))  # a of a, b, d
    assert row.major and row.delivered and row.measurable
    assert [(c.users, c.targets, c.share) for c in row.cells] == [
        (1, 2, pytest.approx(0.5)),
        (0, 1, 0.0),
    ]


def test_a_feature_without_profiles_is_for_everybody(
    project: Project, trial: dict[str, int]
) -> None:
    key = feature(project, "Quotes and contacts")
    objects = (object_id(project, "quote"), object_id(project, "contact"))
    project.execute(SetFeatureTargets(key, objects, ()))
    (row,) = features.matrix(project.reader, TODAY).rows
    assert (row.users, row.targets) == (3, 5)  # a, c, d
    (row,) = features.matrix(
        project.reader, TODAY, Scope(departments=frozenset({trial["South"]}))
    ).rows
    assert (row.users, row.targets) == (1, 2)


def test_what_is_not_delivered_or_shows_nowhere_has_no_share(
    project: Project, trial: dict[str, int]
) -> None:
    quote = object_id(project, "quote")
    later = feature(project, "Later", delivered_on=TODAY + dt.timedelta(days=1))
    project.execute(SetFeatureTargets(later, (quote,), ()))
    feature(project, "Nowhere")
    gone = feature(project, "Withdrawn", withdrawn_on=TODAY)
    project.execute(SetFeatureTargets(gone, (quote,), ()))
    rows = features.matrix(project.reader, TODAY).rows
    assert [(r.name, r.delivered, r.measurable, r.share) for r in rows] == [
        ("Later", False, True, None),
        ("Nowhere", True, False, None),
    ]
    assert all(cell.share is None for row in rows for cell in row.cells)
    assert features.cohorts(project.reader, TODAY) == ()


def test_without_actions_nothing_is_measured(project: Project) -> None:
    feature(project, "Quotes")
    user(project, "a", None)
    found = features.matrix(project.reader, TODAY)
    assert found.until is None
    assert [column.department_id for column in found.departments] == [None]
    assert found.rows[0].share is None
    assert features.cohorts(project.reader, TODAY) == ()


def test_targets_are_set_in_one_step_and_undone(project: Project, trial: dict[str, int]) -> None:
    key = feature(project, "Quotes")
    quote, contact = object_id(project, "quote"), object_id(project, "contact")
    project.execute(SetFeatureTargets(key, (quote, quote), (trial["field"],), "Quotes"))
    kept = project.reader.value("SELECT id FROM feature_object")
    project.execute(SetFeatureTargets(key, (quote, contact), ()))
    assert project.reader.select("SELECT object_id FROM feature_object ORDER BY id") == [
        (quote,),
        (contact,),
    ]
    assert project.reader.value("SELECT min(id) FROM feature_object") == kept
    assert not project.reader.select("SELECT 1 FROM feature_profile")
    project.undo()
    assert project.reader.select("SELECT profile_id FROM feature_profile") == [(trial["field"],)]
    with pytest.raises(UserError):
        project.execute(SetFeatureTargets(999, (quote,), ()))


@pytest.mark.parametrize(
    ("opened", "live", "new"),
    [
        (D(2026, 9, 16), D(2026, 9, 15), True),
        (D(2026, 9, 15), D(2026, 9, 15), False),
        (None, D(2026, 9, 15), False),
        (D(2026, 9, 16), None, False),
    ],
)
def test_newcomers_came_after_the_go_live(
    opened: dt.date | None, live: dt.date | None, new: bool
) -> None:
    assert is_newcomer(opened, live) is new


def test_veterans_and_newcomers_of_a_feature(project: Project, trial: dict[str, int]) -> None:
    live = D(2026, 9, 15)
    milestone = project.execute(
        Add("task", {"title": "Live", "kind": "milestone", "start": live, "finish": live})
    )
    wave = project.execute(Add("wave", {"name": "W1", "milestone_id": milestone}))
    project.execute(SetField("department", trial["North"], "wave_id", wave))
    for name, day in (("a", D(2026, 9, 1)), ("b", D(2026, 9, 15)), ("c", D(2026, 10, 1))):
        project.execute(SetField("account", trial[name], "opened_on", day))
    project.execute(SetField("account", trial["d"], "opened_on", D(2026, 10, 1)))  # no wave
    key = feature(project, "Quotes")
    project.execute(SetFeatureTargets(key, (object_id(project, "quote"),), ()))
    (row,) = features.cohorts(project.reader, TODAY)
    # veterans a, b, d, e: a used it; newcomer c used it
    assert (row.veterans, row.veteran_users, row.veteran_share) == (4, 1, 0.25)
    assert (row.newcomers, row.newcomer_users, row.newcomer_share) == (1, 1, 1.0)


def test_use_agrees_with_plain_sql(project: Project) -> None:
    chance = random.Random(6)
    profiles = [profile(project, f"P{n}") for n in range(3)]
    places = [project.execute(Add("department", {"name": f"D{n}"})) for n in range(4)]
    keys = [
        user(
            project,
            f"u{n}",
            chance.choice([*places, None]),
            profile_id=chance.choice([*profiles, None]),
            opened_on=D(2026, 1, 1) if n % 7 else D(2026, 11, 19),
            closed_on=D(2026, 11, 20) if n % 11 == 0 else None,
        )
        for n in range(60)
    ]
    names = ("quote", "contact", "case")
    for _ in range(3):  # overlapping batches
        rows = {}
        for _ in range(150):
            day = TODAY - dt.timedelta(days=chance.randrange(60))
            place = (chance.choice(keys), day, chance.choice(names))
            rows[place] = (chance.randrange(2), chance.randrange(2))
        actions(project, [(*place, *counts) for place, counts in rows.items()])
    for n in range(5):
        key = feature(project, f"F{n}")
        objects = chance.sample([object_id(project, name) for name in names], n % 3 + 1)
        project.execute(
            SetFeatureTargets(key, tuple(objects), tuple(chance.sample(profiles, n % 3)))
        )
    found = features.matrix(project.reader, TODAY)
    for row in found.rows:
        for cell in [None, *row.cells]:
            where = "1" if cell is None else "p.department_id IS ?4"
            sql = (
                "WITH target AS (SELECT a.id FROM account a LEFT JOIN person p"
                f" ON p.id = a.person_id WHERE {where}"
                " AND a.opened_on <= ?2 AND (a.closed_on IS NULL OR a.closed_on > ?2)"
                " AND (NOT EXISTS (SELECT 1 FROM feature_profile WHERE feature_id = ?1)"
                " OR a.profile_id IN (SELECT profile_id FROM feature_profile WHERE feature_id ="
                " ?1))) SELECT count(*), count(DISTINCT CASE WHEN EXISTS (SELECT 1 FROM"
                f" {ACTED_DAY} d JOIN feature_object o ON o.object_id = d.object_id"
                " WHERE o.feature_id = ?1 AND d.account_id = target.id"
                " AND d.day BETWEEN ?3 AND ?2) THEN id END) FROM target"
            )
            given = (row.feature_id, found.until, found.first)
            more = () if cell is None else (cell.department_id,)
            wanted = project.reader.one(sql, *given, *more)
            told = row if cell is None else cell
            assert (told.targets, told.users) == wanted
    assert sum(row.users for row in found.rows) > 20


# mandatory passages -----------------------------------------------------------------------------


def test_passages_by_hand(project: Project, trial: dict[str, int]) -> None:
    quote = object_id(project, "quote")
    first = project.execute(
        SetPassage(trial["field"], "Quotes are made in the CRM", quote, 33, closed_on=TODAY)
    )
    project.execute(SetPassage(trial["field"], "Visits are noted", None))
    project.execute(
        SetPassage(trial["desk"], "Calls", quote, 60, closed_on=TODAY + dt.timedelta(days=1))
    )
    calls, quotes, visits = passages.use(project.reader, TODAY)
    assert (quotes.users, quotes.passed, quotes.share) == (3, 1, pytest.approx(1 / 3))
    assert quotes.met is True and quotes.closed  # 33.3 % of 33 %
    assert (visits.users, visits.share, visits.met, visits.closed) == (3, None, None, False)
    assert (calls.users, calls.passed, calls.met, calls.closed) == (2, 1, False, False)
    project.execute(SetPassage(trial["field"], "Quotes are made in the CRM", quote, 34, key=first))
    assert passages.use(project.reader, TODAY)[1].met is False
    assert project.reader.value("SELECT closed_on FROM passage WHERE id = ?", first) is None


def test_a_passage_needs_a_title_and_a_percentage(project: Project, trial: dict[str, int]) -> None:
    for wrong in (SetPassage(trial["field"], "  "), SetPassage(trial["field"], "x", None, 101)):
        with pytest.raises(UserError):
            project.execute(wrong)
    assert not project.reader.value("SELECT count(*) FROM passage")


def test_passages_agree_with_plain_sql(project: Project, trial: dict[str, int]) -> None:
    quote = object_id(project, "quote")
    for kind in ("field", "desk"):
        project.execute(SetPassage(trial[kind], kind, quote))
    for row in passages.use(project.reader, TODAY):
        wanted = project.reader.one(
            "SELECT count(*), sum(id IN (SELECT account_id FROM"
            f" {ACTED_DAY} WHERE object_id = ? AND day BETWEEN ? AND ?)) FROM account"
            " WHERE profile_id = ? AND (closed_on IS NULL OR closed_on > ?)",
            *(row.object_id, EDGE, LAST, row.profile_id, LAST),
        )
        assert (row.users, row.passed) == wanted
