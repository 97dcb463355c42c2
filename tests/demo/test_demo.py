"""The demonstration project: deterministic, the same in both languages, and of the right size."""

from __future__ import annotations

import datetime as dt
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import holidays
import pytest

from crm_pilot import demo
from crm_pilot.adoption import queries as adoption
from crm_pilot.adoption import use_settings
from crm_pilot.errors import StorageError, StorageKind
from crm_pilot.exchange import login_words
from crm_pilot.governance import actions, entry, influence, problems, raci, risks
from crm_pilot.governance.terms import Trend
from crm_pilot.maintenance import queries as maintenance
from crm_pilot.planning import queries as planning
from crm_pilot.project import Project
from crm_pilot.stakeholders import queries as stakeholders
from crm_pilot.training import agenda, clashes, evaluations, newcomers
from crm_pilot.training import coverage as training_coverage
from crm_pilot.training import queries as training
from tests.adoption.facts import ACTION_DAY, LOGIN_DAY

TODAY = dt.date(2026, 11, 21)
TEXT_COLUMNS = {  # what is written in the language of the project
    "project": {"name", "language", "retention_reason"},
    "profile": {"name"},
    "wave": {"name"},
    "department": {"name", "short"},
    "person": {"job"},
    "role": {"name", "duty"},
    "task": {"title", "note"},
    "baseline": {"name", "reason"},
    "calendar": {"name"},
    "calendar_exception": {"name"},
    "forecast": {"reason"},
    "stakeholder": {"name", "role"},
    "lateral_project": {"title", "concern", "offer", "goal"},
    "snooze": {"reason"},
    "rating": {"fact"},
    "course": {"title", "aim"},
    "training_session": {"place", "trainer", "note"},
    "import_batch": {"source"},
    "crm_object": {"name"},
    "ticket": {"title", "category"},
    "committee": {"note", "place"},
    "agenda_item": {"title", "outcome"},
    "participant": {"role"},
    "weather_record": {"reason"},
    "decision": {"wording", "owner", "context", "evidence"},
    "risk": {"title", "response"},
    "problem": {"title", "response"},
    "raci_item": {"title"},
    "raci_actor": {"name"},
    "highlight": {"lead", "detail"},
    "budget_line": {"name", "reason"},
    "budget_estimate": {"reason"},
    "feature": {"name"},
    "passage": {"title", "note"},
    "completeness": {"field"},
    "support": {"matter", "answer"},
    "objective": {"title", "unit"},
    "evaluation": {"comment"},
}


def dump(path: Path, *, texts: bool = True) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table; without `texts` the columns of the language are left out."""
    content = {}
    with closing(sqlite3.connect(path)) as connection:
        names = [
            n for (n,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
        ]
        for name in names:
            columns = [row[1] for row in connection.execute(f"PRAGMA table_info({name})")]
            left_out = set() if texts else TEXT_COLUMNS.get(name, set())
            kept = ", ".join(f'"{c}"' for c in columns if c not in left_out)
            content[name] = sorted(connection.execute(f"SELECT {kept} FROM {name}"), key=repr)
    return content


def count(path: Path, sql: str) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute(sql).fetchone()[0])


def test_two_builds_hold_the_same_rows(demo_files: dict[str, Path], tmp_path: Path) -> None:
    again = demo.build(tmp_path / "again.crmp", "fr")
    assert dump(again) == dump(demo_files["fr"])


def test_both_languages_hold_the_same_figures(demo_files: dict[str, Path]) -> None:
    french, english = (dump(demo_files[lang], texts=False) for lang in ("fr", "en"))
    for table in french:
        assert french[table] == english[table], table


@pytest.mark.parametrize(
    ("sql", "low", "high"),
    [
        ("SELECT count(*) FROM task WHERE kind <> 'phase'", 115, 140),
        ("SELECT count(*) FROM stakeholder WHERE kind = 'group'", 10, 10),
        ("SELECT count(*) FROM stakeholder WHERE kind = 'person'", 60, 60),
        ("SELECT count(*) FROM training_session", 25, 28),
        ("SELECT count(*) FROM account WHERE person_id IS NOT NULL", 412, 412),
        # the 412 users, and four who run the machines: a group under five people
        ("SELECT sum(headcount) FROM stakeholder WHERE kind = 'group'", 416, 416),
        ("SELECT count(*) FROM influence", 7, 7),
        ("SELECT count(*) FROM stakeholder_tie", 14, 14),
        ("SELECT count(*) FROM lateral_project", 2, 2),
        ("SELECT count(DISTINCT rated_on) FROM rating", 35, 45),
        ("SELECT count(*) FROM rating WHERE provisional", 1, 1),
        ("SELECT count(*) FROM stakeholder WHERE profile_id IS NULL", 1, 20),
        ("SELECT count(*) FROM ticket", 300, 300),
        ("SELECT count(*) FROM risk", 12, 12),
        ("SELECT count(*) FROM decision", 23, 23),
        ("SELECT count(*) FROM decision WHERE committee_id = 7 AND status = 'proposed'", 3, 3),
        ("SELECT count(*) FROM committee WHERE kind <> 'steering'", 5, 5),
        ("SELECT count(*) FROM committee_action", 14, 14),
        ("SELECT count(*) FROM problem", 5, 5),
        ("SELECT count(*) FROM raci_item", 10, 10),
        # what the register says of a risk is its last rating
        (
            "SELECT count(*) FROM risk r JOIN risk_rating t ON t.risk_id = r.id AND t.rated_on ="
            " (SELECT max(rated_on) FROM risk_rating WHERE risk_id = r.id)"
            " WHERE (r.probability, r.impact) = (t.probability, t.impact)",
            12,
            12,
        ),
        ("SELECT count(*) FROM feature", 48, 48),
        ("SELECT sum(baseline_cents) FROM budget_line", 45_000_000, 45_000_000),
        ("SELECT sum(spent_cents + remaining_cents) FROM budget_line", 46_900_000, 46_900_000),
        ("SELECT count(DISTINCT stakeholder_id || rated_on) - count(*) FROM rating", 0, 0),
    ],
)
def test_it_has_the_size_that_was_asked_for(demo: Path, sql: str, low: int, high: int) -> None:
    assert low <= count(demo, sql) <= high


def test_it_tells_the_story_of_the_roll_out(demo: Path) -> None:
    with Project.open(demo, read_only=True) as project:
        reader = project.reader
        assert project.today() == TODAY
        plan = planning.figures(reader, TODAY)
        assert [(w.baseline, w.go_live) for w in plan.waves] == [
            (dt.date(2026, 9, 8), dt.date(2026, 9, 15)),
            (dt.date(2026, 10, 12), dt.date(2026, 11, 2)),
            (dt.date(2027, 1, 5), dt.date(2027, 1, 12)),
        ]
        assert not [link for link in planning.links(reader) if link.broken]
        assert plan.tasks_late == 3
        positions = stakeholders.figures(reader, TODAY, dt.date(2026, 10, 22))
        assert [share.headcount for share in positions.shares] == [102, 230, 84]
        assert [u.name for u in positions.crossings if u.kind == "group"] == ["Itinérants Sud"]
        coverage = training.figures(reader, TODAY)
        assert (coverage.trained, coverage.users) == (301, 412)
        use = adoption.figures(reader, TODAY)
        assert (use.active, use.accounts_open) == (214, 328)
        assert [d.department for d in use.departments if d.below] == [
            "Itinérants Nord",
            "Grands comptes",
            "Itinérants Ouest",
        ]
        assert adoption.features(reader, TODAY).delivered == 46
        tickets = maintenance.figures(reader, TODAY)
        assert (tickets.open, tickets.opened_this_week) == (59, 21)
        assert tickets.unsorted > 0
        assert dict(tickets.ageing)[">90"] > 0


def test_every_view_of_training_has_something_to_show(demo: Path) -> None:
    with Project.open(demo, read_only=True) as project:
        reader = project.reader
        due = evaluations.cold_due(reader, TODAY)
        assert [(row.held_on, row.remind) for row in due] == [(dt.date(2026, 8, 20), False)]
        expiring = training_coverage.expiring(reader, TODAY)
        assert {(row.expires_on, row.expired) for row in expiring} == {
            (dt.date(2026, 12, 26), False)
        }
        new = newcomers.newcomers(reader, TODAY)
        assert [cohort.users for cohort in new.later] == [5, 5]
        assert new.newcomers.minutes == 2 * 15 + 2 * 210
        kinds = {clash.kind for found in agenda.clashes(reader).values() for clash in found}
        assert clashes.ClashKind.TRAINEE_ABSENT in kinds
        assert training.figures(reader, TODAY).sheets_waiting == 1
        words = {word.word: word.counts for word in login_words.all_words(reader)}
        assert (words["Application"], words["Data Loader"]) == (True, False)
        assert use_settings.settings(reader).retention_reason
    free = (
        "SELECT count(*) FROM training_session s WHERE EXISTS (SELECT 1 FROM waiting w"
        " WHERE w.session_id = s.id) AND s.seats > (SELECT count(*) FROM attendance a"
        " WHERE a.session_id = s.id)"
    )
    assert count(demo, free) == 1


def test_the_lateral_project_is_acted_on(demo: Path) -> None:
    with Project.open(demo, read_only=True) as project:
        reader = project.reader
        units = {unit.id: unit for unit in stakeholders.units(reader, TODAY)}
        south = next(unit for unit in units.values() if unit.name == "Itinérants Sud")
        acts = influence.of_unit(reader, south.id)
        assert [(act.owner, act.finish) for act in acts] == [
            ("C. Lambert", dt.date(2026, 11, 27)),
            ("N. Haddad", dt.date(2026, 12, 18)),
            ("S. Roux", dt.date(2026, 12, 4)),
        ]
        ally = next(act.ally_id for act in acts if act.ally_id)
        assert units[ally].name == "Télévente"
        verdicts = {check.rule: str(check.verdict) for check in entry.checks(reader, TODAY)}
        assert verdicts == {
            "no_golden_triangle": "warn",
            "wave_opposed": "warn",
            "opponents_first": "ok",
            "entry_order": "ok",
            "hours_on_opponents": "snoozed",
        }
        stale = [unit for unit in units.values() if unit.rated_on < TODAY - dt.timedelta(days=60)]
        assert "Exploitation informatique" in {unit.name for unit in stale}
        assert not [link for link in planning.links(reader) if link.broken]


def test_every_register_of_the_committee_has_something_to_show(demo: Path) -> None:
    with Project.open(demo, read_only=True) as project:
        reader = project.reader
        acts = actions.actions(reader, TODAY)
        assert [a.code for a in acts if a.late] == ["A-008", "A-005", "A-010"]
        assert all(a.owner and a.due_on for a in acts)
        told = risks.risk_table(reader, TODAY)
        trends = {t: sorted(r.code for r in told if r.trend is t) for t in Trend}
        assert trends[Trend.WORSE] == ["R-06", "R-07", "R-11"]
        assert trends[Trend.BETTER] == ["R-04", "R-05"]
        assert [r.code for r in told if r.open and r.trend is None] == ["R-10"]  # noted since
        found = problems.problems(reader, TODAY)
        assert [p.code for p in found if p.late] == ["P-02"]
        (fault,) = raci.raci(reader).faults
        assert fault.kind is raci.FaultKind.MANY_A


def test_milestones_were_announced_before_the_day_they_were_set_for(demo: Path) -> None:
    late = count(demo, "SELECT count(*) FROM forecast WHERE reported_on > '2026-11-21'")
    assert late == 0
    disagreeing = count(
        demo,
        "SELECT count(*) FROM task t JOIN forecast f ON f.task_id = t.id WHERE f.expected_on <>"
        " t.start AND NOT EXISTS (SELECT 1 FROM forecast n WHERE n.task_id = t.id"
        " AND n.reported_on > f.reported_on) AND t.percent < 100",
    )
    assert disagreeing == 0


def test_nobody_works_on_a_weekend_or_a_public_holiday(demo: Path) -> None:
    closed = holidays.country_holidays("FR", years=(2026, 2027))
    with closing(sqlite3.connect(demo)) as connection:
        found = connection.execute(
            "SELECT start, title FROM task WHERE start IS NOT NULL"
            " UNION SELECT finish, title FROM task WHERE finish IS NOT NULL"
            " UNION SELECT start, 'baseline' FROM baseline_task"
            " UNION SELECT finish, 'baseline' FROM baseline_task"
            " UNION SELECT held_on, 'session' FROM training_session"
            " UNION SELECT held_on, 'committee' FROM committee"
            f" UNION SELECT day, 'login' FROM {LOGIN_DAY} l JOIN account a ON a.id = l.account_id"
            " WHERE a.person_id IS NOT NULL"
            " UNION SELECT date(resolved_at), number FROM ticket WHERE resolved_at IS NOT NULL"
        ).fetchall()
    assert len(found) > 500
    dated = [(dt.date.fromisoformat(day), what) for day, what in found]
    assert not [row for row in dated if row[0].weekday() > 4 or row[0] in closed]


def test_what_happened_is_in_order(demo: Path) -> None:
    never = (
        "SELECT count(*) FROM ticket WHERE acknowledged_at < opened_at OR resolved_at < opened_at"
        " OR resolved_at < acknowledged_at OR closed_at < resolved_at",
        "SELECT count(*) FROM ticket WHERE opened_at > '2026-11-21' OR closed_at > '2026-11-22'",
        f"SELECT count(*) FROM {LOGIN_DAY} l JOIN account a ON a.id = l.account_id"
        " WHERE l.day < a.opened_on",
        f"SELECT count(*) FROM {ACTION_DAY} f WHERE NOT EXISTS (SELECT 1 FROM {LOGIN_DAY} l"
        " WHERE l.account_id = f.account_id AND l.day = f.day)",
        "SELECT count(*) FROM training_session s WHERE seats < (SELECT count(*) FROM attendance"
        " WHERE session_id = s.id)",
        "SELECT count(*) FROM attendance x JOIN training_session s ON s.id = x.session_id"
        " JOIN person p ON p.id = x.person_id WHERE s.held_on < p.arrived_on",
        "SELECT count(*) FROM rating WHERE rated_on > '2026-11-21' OR fact = ''",
    )
    for sql in never:
        assert count(demo, sql) == 0, sql


ENGLISH = re.compile(r"\b(the|and|with|of|training|wave|week|users|customer|from|for)\b", re.I)
FRENCH = re.compile(r"\b(le|les|des|une|avec|pour|vague|semaine|et|du|aux)\b", re.I)


@pytest.mark.parametrize(("lang", "foreign"), [("fr", ENGLISH), ("en", FRENCH)])
def test_no_text_is_in_the_other_language(
    demo_files: dict[str, Path], lang: str, foreign: re.Pattern[str]
) -> None:
    with closing(sqlite3.connect(demo_files[lang])) as connection:
        for table, columns in TEXT_COLUMNS.items():
            for column in columns - {"language", "object"}:
                for (text,) in connection.execute(f'SELECT DISTINCT "{column}" FROM {table}'):
                    assert not foreign.search(text), f"{table}.{column}: {text}"


def test_french_typography_is_set(demo: Path) -> None:
    with closing(sqlite3.connect(demo)) as connection:
        titles = [t for (t,) in connection.execute("SELECT title FROM task")]
    assert not [t for t in titles if "'" in t or " :" in t or " ?" in t]


def test_an_existing_file_is_kept(demo: Path, tmp_path: Path) -> None:
    target = tmp_path / "mine.crmp"
    target.write_bytes(b"mine")
    with pytest.raises(StorageError) as caught:
        demo_build(target)
    assert caught.value.kind is StorageKind.TAKEN
    assert target.read_bytes() == b"mine"


def demo_build(target: Path) -> Path:
    return demo.build(target, "fr")
