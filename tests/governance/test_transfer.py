"""Level 3: use after a training against the untrained of the same departments, by hand."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterable

import pytest

from crm_pilot.governance import transfer
from crm_pilot.governance.transfer import Side
from crm_pilot.project import Add, Project, SetField
from tests.adoption.facts import LOGIN_DAY, account, actions, logins

D = dt.date
TODAY = D(2026, 10, 31)
SESSION = D(2026, 7, 1)  # a Wednesday
DAY = dt.timedelta(days=1)


def working(first: dt.date, last: dt.date) -> list[dt.date]:
    """Monday to Friday without the holidays of the summer of 2026 in France (14 July)."""
    days = [first + n * DAY for n in range((last - first).days + 1)]
    return [day for day in days if day.weekday() < 5 and day != D(2026, 7, 14)]


class Trial:
    """Departments, users, sessions, and their logins and actions in one batch each."""

    def __init__(self, project: Project) -> None:
        self.project = project
        self.course = project.execute(Add("course", {"title": "C"}))
        self.places: dict[str, int] = {}
        self.keys: dict[str, int] = {}
        self.persons: dict[str, int] = {}
        self.seen: list[tuple[int, dt.date]] = []
        self.done: list[tuple[int, dt.date, str, int, int]] = []

    def users(self, place: str, names: Iterable[str], **values: object) -> None:
        if place not in self.places:
            self.places[place] = self.project.execute(Add("department", {"name": place}))
        for name in names:
            given = {"last_name": name, "department_id": self.places[place]}
            self.persons[name] = self.project.execute(Add("person", given))
            self.keys[name] = account(self.project, name, person_id=self.persons[name], **values)

    def session(self, day: dt.date, names: Iterable[str], course: int | None = None) -> int:
        key = self.project.execute(
            Add("training_session", {"course_id": course or self.course, "held_on": day})
        )
        for name in names:
            values = {"session_id": key, "person_id": self.persons[name], "presence": "present"}
            self.project.execute(Add("attendance", values))
        return int(key)

    def uses(self, name: str, first: dt.date, last: dt.date, every: int, acts: bool = True) -> None:
        """Connected on one working day of `every`."""
        for day in working(first, last)[::every]:
            self.seen.append((self.keys[name], day))
            if acts:
                self.done.append((self.keys[name], day, "deal", 1, 0))

    def write(self, *, acting: bool = True) -> None:
        logins(self.project, self.seen)
        if acting:
            actions(self.project, self.done)

    def after(self, course: int | None = None) -> transfer.Transfer:
        return transfer.after(self.project.reader, TODAY, course)


@pytest.fixture
def trial(project: Project) -> Trial:
    return Trial(project)


NAMES = [f"t{n}" for n in range(5)]
OTHERS = [f"u{n}" for n in range(5)]


def test_trained_against_untrained_by_hand(trial: Trial) -> None:
    trial.users("North", [*NAMES, *OTHERS])
    trial.session(SESSION, NAMES)
    for name in NAMES:
        trial.uses(name, D(2026, 5, 1), SESSION, 4)
        trial.uses(name, SESSION + DAY, TODAY, 1)
    for name in OTHERS:
        trial.uses(name, D(2026, 5, 1), TODAY, 2, acts=name != "u0")
    trial.write()
    found = trial.after()
    assert (found.trainees, found.until, found.by_actions) == (5, D(2026, 10, 30), True)
    day30, day60, day90 = found.points
    assert [p.days for p in found.points] == [30, 60, 90]
    for point in found.points:
        assert (point.trained.users, point.untrained.users) == (5, 5)
        assert point.trained.enough and point.untrained.enough
        assert point.trained.regularity == pytest.approx(1.0)
        assert point.trained.days_per_week == pytest.approx(5.0)
        assert point.trained.active_share == 1.0
        assert point.untrained.active_share == 0.8  # u0 acted in nothing
        assert (point.alone, point.waiting, point.unknown) == (0, 0, 0)
    # 28 days up to 31 July: 20 weekdays less 14 July = 19, of which every second one counts
    window = working(D(2026, 7, 4), D(2026, 7, 31))
    seen = [d for d in working(D(2026, 5, 1), TODAY)[::2] if d in window]
    assert (len(window), len(seen)) == (19, 10)
    assert day30.untrained.regularity == pytest.approx(10 / 19)
    assert day30.untrained.days_per_week == pytest.approx(50 / 19)
    change = found.change
    assert (change.before.users, change.after.users) == (5, 5)
    assert change.after.days_per_week == pytest.approx(5.0)
    assert change.before.regularity == pytest.approx(5 / 20)
    assert day60 != day90


def test_windows_are_28_days_that_end_on_the_day(trial: Trial) -> None:
    trial.users("North", [*NAMES, *OTHERS])
    trial.session(SESSION, NAMES)
    trial.seen += [(trial.keys["u0"], D(2026, 5, 1)), (trial.keys["u0"], TODAY)]
    inside = SESSION + 30 * DAY - 27 * DAY, SESSION + 30 * DAY
    outside = inside[0] - DAY, inside[1] + DAY
    trial.seen += [(trial.keys["t0"], day) for day in inside + outside]
    trial.write(acting=False)
    assert not trial.after().by_actions
    assert trial.after().points[0].trained.regularity == pytest.approx(2 / (5 * 19))
    assert trial.after().points[0].trained.active_share == pytest.approx(1 / 5)


def test_fewer_than_five_on_a_side_is_not_enough(trial: Trial) -> None:
    trial.users("North", [*NAMES, *OTHERS[:4]])
    trial.session(SESSION, NAMES)
    for name in trial.keys:
        trial.uses(name, D(2026, 5, 1), TODAY, 1)
    trial.write()
    point = trial.after().points[0]
    assert point.trained.days_per_week == pytest.approx(5.0)
    assert point.untrained == Side(4, None, None, None)
    assert not point.untrained.enough


def test_where_all_are_trained_nobody_is_compared(trial: Trial) -> None:
    trial.users("North", [*NAMES, *OTHERS])
    trial.users("South", ["s0", "s1"])
    trial.session(SESSION, [*NAMES, "s0", "s1"])
    for name in trial.keys:
        trial.uses(name, D(2026, 5, 1), TODAY, 1)
    trial.write()
    found = trial.after()
    assert (found.points[0].trained.users, found.points[0].alone) == (5, 2)
    assert found.change.after.users == 7


def test_who_is_trained_in_between_is_no_longer_untrained(trial: Trial) -> None:
    trial.users("North", [*NAMES, *OTHERS])
    trial.session(SESSION, NAMES)
    trial.session(SESSION + 45 * DAY, ["u0"])
    for name in trial.keys:
        trial.uses(name, D(2026, 5, 1), TODAY, 1)
    trial.write()
    day30, day60, _ = trial.after().points
    # u0 is among the untrained on day 30; from its own session on it is a trainee itself
    assert (day30.untrained.users, day30.trained.users) == (5, 6)
    assert (day60.untrained.users, day60.trained.users) == (4, 6)


def test_the_untrained_weigh_as_much_as_the_trainees(trial: Trial) -> None:
    trial.users("North", [f"n{n}" for n in range(6)])
    trial.users("South", [f"s{n}" for n in range(5)])
    trial.session(SESSION, ["n0", "n1", "n2", "n3", "s0"])  # 4 of the North, 1 of the South
    for name in trial.keys:
        trial.uses(name, D(2026, 5, 1), TODAY, 1 if name[0] == "n" else 10)
    trial.write()
    point = trial.after().points[0]
    assert (point.trained.users, point.untrained.users) == (5, 6)  # n4, n5; s1 to s4
    # both departments behave alike, trained or not: no difference may be seen
    assert point.untrained.regularity == pytest.approx(point.trained.regularity)
    assert point.untrained.regularity == pytest.approx((4 * 1.0 + 2 / 19) / 5, abs=0.02)


def test_what_is_still_to_come_waits_and_what_is_before_the_data_is_unknown(
    trial: Trial,
) -> None:
    trial.users("North", [*NAMES, *OTHERS])
    trial.users("North", ["late"], opened_on=SESSION + 20 * DAY)
    trial.session(SESSION, [*NAMES, "late"])
    for name in trial.keys:
        trial.uses(name, SESSION + 10 * DAY, SESSION + 70 * DAY, 1)
    trial.write()
    day30, day60, day90 = trial.after().points
    assert (day30.unknown, day30.trained.users) == (6, 0)  # the logins begin on day 12
    assert (day60.unknown, day60.trained.users) == (0, 6)
    assert (day90.waiting, day90.trained.users) == (6, 0)
    assert trial.after().change.before.users == 0


def test_who_is_trained_before_the_account_opens_counts_from_then_on(trial: Trial) -> None:
    trial.users("North", [*NAMES, *OTHERS])
    trial.users("North", ["half"], opened_on=D(2026, 7, 18))  # 14 of the 28 days up to 31 July
    trial.users("North", ["short"], opened_on=D(2026, 7, 19))
    trial.session(SESSION, [*NAMES, "half", "short"])
    for name in trial.keys:
        trial.uses(name, D(2026, 5, 1) if len(name) == 2 else D(2026, 7, 20), TODAY, 1)
    trial.write()
    day30, day60, _ = trial.after().points
    assert (day30.trained.users, day30.unknown) == (6, 1)
    assert day30.trained.regularity == pytest.approx(1.0)  # of the ten working days it was open
    assert day60.trained.users == 7
    assert trial.after().change.before.users == 5


def test_absences_and_holidays_are_not_held_against_anybody(trial: Trial) -> None:
    trial.users("North", [*NAMES, *OTHERS])
    trial.session(SESSION, NAMES)
    away = D(2026, 7, 20), D(2026, 7, 31)
    for name in NAMES:
        values = {"person_id": trial.persons[name], "first": away[0], "last": away[1]}
        trial.project.execute(Add("absence", values))
        trial.uses(name, D(2026, 5, 1), away[0] - DAY, 1)
    trial.uses("u0", D(2026, 5, 1), TODAY, 1)
    trial.write()
    assert trial.after().points[0].trained.regularity == pytest.approx(1.0)


def test_a_course_looks_at_its_own_sessions_and_short_helps_do_not_train(trial: Trial) -> None:
    project = trial.project
    short = project.execute(Add("course", {"title": "Help", "formal": False}))
    trial.users("North", [*NAMES, *OTHERS])
    trial.session(SESSION, NAMES, short)
    for name in trial.keys:
        trial.uses(name, D(2026, 5, 1), TODAY, 1)
    trial.write()
    assert trial.after().trainees == 0
    assert trial.after(short).trainees == 5
    assert trial.after(trial.course).trainees == 0
    project.execute(SetField("course", short, "formal", True))
    assert trial.after().trainees == 5


def test_a_session_of_several_days_ends_on_the_last(trial: Trial) -> None:
    trial.users("North", [*NAMES, *OTHERS])
    key = trial.session(SESSION, NAMES)
    end = TODAY - DAY - 30 * DAY
    for day in (SESSION, end):
        trial.project.execute(
            Add("session_half", {"session_id": key, "day": day, "part": "morning"})
        )
    for name in trial.keys:
        trial.uses(name, D(2026, 5, 1), TODAY, 1)
    trial.write()
    day30, day60, _ = trial.after().points
    assert (day30.trained.users, day60.waiting) == (5, 5)


def test_nothing_known(project: Project) -> None:
    found = transfer.after(project.reader, TODAY)
    assert (found.trainees, found.until) == (0, None)
    assert all(point.trained == Side(0, None, None, None) for point in found.points)
    trial = Trial(project)
    trial.users("North", NAMES)
    trial.session(SESSION, NAMES)
    assert [p.waiting for p in trial.after().points] == [5, 5, 5]


def test_no_figure_moves_with_a_session_of_tomorrow(trial: Trial) -> None:
    trial.users("North", [*NAMES, *OTHERS])
    trial.session(TODAY + DAY, NAMES)
    for name in trial.keys:
        trial.uses(name, D(2026, 5, 1), TODAY, 1)
    trial.write()
    assert trial.after().trainees == 0


def test_both_sides_agree_with_plain_sql(trial: Trial) -> None:
    chance = random.Random(3)
    for place in ("North", "South", "East"):
        trial.users(place, [f"{place}{n}" for n in range(12)])
    everybody = list(trial.keys)
    for n in range(6):
        trial.session(SESSION + 7 * n * DAY, chance.sample(everybody, 5))
    for name in everybody:
        trial.uses(name, D(2026, 5, 1), TODAY, chance.randrange(1, 9))
    trial.write(acting=False)
    for point in trial.after().points:
        trained, untrained = trial.project.reader.select(
            f"""
            WITH learned AS (
              SELECT t.person_id, min(s.held_on) AS day FROM attendance t
              JOIN training_session s ON s.id = t.session_id GROUP BY 1),
            people AS (
              SELECT a.id, p.department_id AS place, l.day FROM account a
              JOIN person p ON p.id = a.person_id LEFT JOIN learned l ON l.person_id = p.id),
            trained AS (
              SELECT id, place, day, date(day, '+{point.days} days') AS last FROM people
              WHERE day IS NOT NULL AND date(day, '+{point.days} days') <= '2026-10-30'),
            spans AS (
              SELECT place, last, count(*) AS weight FROM trained GROUP BY 1, 2),
            beside AS (
              SELECT p.id, s.last, 1.0 * s.weight / count(*) OVER (PARTITION BY s.place, s.last)
                AS weight FROM spans s JOIN people p ON p.place = s.place
              WHERE p.day IS NULL OR p.day > s.last),
            both AS (
              SELECT 1 AS side, id, last, 1.0 AS weight FROM trained
              UNION ALL SELECT 2, id, last, weight FROM beside),
            days(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM days WHERE n < 27),
            worked AS (
              SELECT last, count(*) AS number FROM (SELECT DISTINCT last FROM both), days
              WHERE strftime('%w', last, '-' || n || ' days') NOT IN ('0', '6')
                AND date(last, '-' || n || ' days') NOT IN
                  ('2026-07-14', '2026-08-15') GROUP BY last)
            SELECT count(DISTINCT id), sum(weight * (SELECT count(DISTINCT d.day)
              FROM {LOGIN_DAY} d WHERE d.account_id = both.id
              AND d.day BETWEEN date(last, '-27 days') AND last))
              / sum(weight * (SELECT number FROM worked WHERE worked.last = both.last))
            FROM both GROUP BY side ORDER BY side
            """
        )
        assert (point.trained.users, point.untrained.users) == (trained[0], untrained[0])
        assert point.trained.regularity == pytest.approx(trained[1])
        assert point.untrained.regularity == pytest.approx(untrained[1])
        assert point.trained.users > 10 and point.untrained.users > 5
