"""What became of announced dates, computed by hand, and once more in plain SQL."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from crm_pilot.planning import history, trend
from crm_pilot.planning.announcements import (
    AnnounceForecast,
    RemoveBaseline,
    SetBaseline,
    SetReason,
)
from crm_pilot.planning.commands import SetTaskDates
from crm_pilot.planning.terms import Pillar, SlipReason
from crm_pilot.planning.trend import Announced, History, Origin
from crm_pilot.project import Add, Project, SetField
from tests.planning.example import TODAY, day, fill_with_baseline

COMMITTEES = [
    day(text) for text in ("2026-04-24", "2026-05-28", "2026-06-25", "2026-07-23", "2026-09-24",
                           "2026-10-22")
]  # fmt: skip
DATA, BUSY, MAIL = SlipReason.DATA_NOT_CLEAN, SlipReason.BUSINESS_BUSY, SlipReason.GATEWAY_LATE


def made(
    title: str,
    *spoken: tuple[str, str] | tuple[str, str, SlipReason],
    done: bool = False,
    go_live: bool = True,
    today: dt.date = TODAY,
) -> History:
    """A milestone announced for (day of the announcement, date, reason)."""
    said = tuple(
        Announced(day(one[0]), day(one[1]), one[2] if len(one) > 2 else None) for one in spoken
    )
    forecast = said[-1].expected_on
    whole = trend.said((), said, forecast, today, done=done)
    return History(1, title, title, Pillar.DEPLOYMENT, True, go_live, done, forecast, whole)


# the three waves of the mock-up: slips of 7, 21 and 7 days
WAVES = (
    made("V1", ("2026-04-24", "2026-09-08"), ("2026-06-25", "2026-09-15", MAIL), done=True),
    made(
        "V2",
        ("2026-04-24", "2026-10-12"),
        ("2026-07-23", "2026-10-19", BUSY),
        ("2026-09-24", "2026-10-26", DATA),
        ("2026-10-22", "2026-11-02", DATA),
        done=True,
    ),
    made("V3", ("2026-04-24", "2027-01-05"), ("2026-11-20", "2027-01-12", DATA)),
)


# figures by hand ---------------------------------------------------------------------------------


def test_causes_add_up_to_the_slips_of_the_go_lives() -> None:
    found = trend.causes(WAVES)
    assert [(c.code, c.days, c.milestones) for c in found] == [
        (DATA, 21, ("V2", "V3")),
        (BUSY, 7, ("V2",)),
        (MAIL, 7, ("V1",)),
    ]
    assert sum(c.days for c in found) == 35 == sum(one.slip or 0 for one in WAVES)
    assert found[0].latest.reported_on == day("2026-11-20")
    assert trend.mean_slip(WAVES) == pytest.approx(35 / 3)  # 11.67, printed as +12
    assert [one.postponed for one in WAVES] == [1, 3, 1]


def test_days_won_back_and_days_without_reason_stand_apart() -> None:
    one = made(
        "V",
        ("2026-01-05", "2026-03-02"),
        ("2026-02-02", "2026-03-16"),  # + 14, nobody said why
        ("2026-02-16", "2026-03-26", DATA),  # + 10
        ("2026-03-02", "2026-03-23", DATA),  # − 3
    )
    found = trend.causes([one])
    assert [(c.code, c.days, c.regained) for c in found] == [
        (DATA, 10, False),
        (None, 14, False),
        (None, -3, True),
    ]
    assert sum(c.days for c in found) == one.slip == 21


def test_a_milestone_is_held_up_to_three_working_days_after_the_first_date() -> None:
    def reached(on: str) -> bool | None:
        one = made("M", ("2026-09-01", "2026-10-08"), ("2026-10-01", on), done=True)
        return trend.held(one, TODAY)

    assert reached("2026-10-05")  # before its Thursday
    assert reached("2026-10-13")  # Friday, Monday, Tuesday: three working days
    assert not reached("2026-10-14")


def test_a_milestone_not_reached_is_missed_once_the_tolerance_is_over() -> None:
    one = made("M", ("2026-09-01", "2026-10-08"), ("2026-09-20", "2026-12-01"))
    assert trend.held(one, day("2026-10-08")) is None
    assert trend.held(one, day("2026-10-13")) is None  # it may still be held
    assert trend.held(one, day("2026-10-14")) is False
    assert trend.held(one, day("2026-08-31")) is None  # nothing had been announced


def test_a_date_that_was_past_when_it_was_announced_is_no_promise() -> None:
    past = made("Start", ("2026-04-24", "2026-04-01"), done=True)
    assert trend.held(past, TODAY) is None
    assert trend.predictability([past, *WAVES], TODAY) == (0, 2)


def test_predictability_of_an_earlier_day_knows_only_what_was_known_then() -> None:
    kept = made("K", ("2026-04-24", "2026-09-10"), done=True)
    rows = [kept, *WAVES]
    assert trend.predictability(rows, day("2026-09-09")) == (0, 0)
    assert trend.predictability(rows, day("2026-09-11")) == (1, 1)
    assert trend.predictability(rows, day("2026-09-12")) == (1, 1)  # V1: three working days after
    assert trend.predictability(rows, day("2026-09-14")) == (1, 2)
    assert trend.predictability(rows, TODAY) == (1, 3)


# the line and its slope --------------------------------------------------------------------------


def test_the_line_has_a_point_a_committee_and_ends_today_or_on_the_diagonal() -> None:
    line = trend.points(WAVES[2], COMMITTEES, TODAY)
    assert line == (*((c, day("2027-01-05")) for c in COMMITTEES), (TODAY, day("2027-01-12")))
    reached = trend.points(WAVES[1], COMMITTEES, TODAY)
    assert reached[-1] == (day("2026-11-02"), day("2026-11-02"))
    assert [date.isoformat() for _, date in reached[3:6]] == [
        "2026-10-19",
        "2026-10-26",
        "2026-11-02",
    ]


def test_slope_over_the_last_three_reports() -> None:
    line = trend.points(WAVES[2], COMMITTEES, TODAY)
    assert trend.slope(line) == pytest.approx(7 / 58)  # 24 Sept. to 21 Nov.: 0.12
    flat = trend.points(made("V", ("2026-04-24", "2027-01-05")), COMMITTEES, TODAY)
    assert trend.slope(flat) == 0
    assert trend.slope(line[-2:]) is None


def test_without_committees_announcements_are_the_reports() -> None:
    one = made("V", ("2026-04-01", "2026-09-01"), ("2026-06-01", "2026-10-01"))
    line = trend.points(one, [], day("2026-08-01"))
    assert [report.isoformat() for report, _ in line] == ["2026-04-01", "2026-06-01", "2026-08-01"]
    assert trend.slope(line) == pytest.approx(30 / 122)


# rule D4 -----------------------------------------------------------------------------------------


def ever(one: History) -> trend.Postponed | None:
    """Rule D4 on the committees of the example."""
    return trend.ever_postponed(one, trend.points(one, COMMITTEES, TODAY))


def test_d4_two_moves_with_a_slope_of_seven_tenths() -> None:
    """From 24 Sept. to 21 Nov. are 58 days: 41 days are 0.707, 40 are 0.690."""

    def moving(days: int, *, moves: int = 2) -> History:
        first = day("2026-12-01")
        steps = [("2026-10-01", first + dt.timedelta(days=20))] if moves == 2 else []
        steps.append(("2026-11-15", first + dt.timedelta(days=days)))
        return made("V", ("2026-04-24", "2026-12-01"),
                    *((on, date.isoformat(), DATA) for on, date in steps))  # fmt: skip

    found = ever(moving(41))
    assert found is not None
    assert (found.moves, found.slip, found.codes) == (2, 41, (DATA,))
    assert found.slope == pytest.approx(41 / 58)
    assert ever(moving(40)) is None  # not steep enough
    assert ever(moving(41, moves=1)) is None  # put off once only


def test_d4_sixty_days_in_all() -> None:
    def slipped(days: int, **more: bool) -> History:
        late = (day("2026-12-01") + dt.timedelta(days=days)).isoformat()
        return made("V", ("2026-04-24", "2026-12-01"), ("2026-05-28", late), **more)  # type: ignore[arg-type]

    found = ever(slipped(60))
    assert found is not None
    assert (found.moves, found.slip, found.slope, found.codes) == (1, 60, 0, (None,))
    assert ever(slipped(59)) is None
    assert ever(slipped(60, go_live=False)) is None
    assert ever(made("V", ("2026-04-24", "2026-08-01"), ("2026-05-28", "2026-10-01"),
                     done=True)) is None  # fmt: skip


def test_the_waves_of_the_mock_up_do_not_trip_d4() -> None:
    assert [ever(one) for one in WAVES] == [None, None, None]


# in a project ------------------------------------------------------------------------------------


def of(project: Project, key: int, today: dt.date = TODAY) -> History:
    """The history of one milestone."""
    return next(one for one in history.histories(project.reader, today) if one.id == key)


def test_moving_a_milestone_announces_it_without_reason(project: Project) -> None:
    keys = fill_with_baseline(project)
    said = of(project, keys["live"]).said
    assert [(one.origin, str(one.expected_on), one.code) for one in said] == [
        (Origin.REFERENCE, "2027-01-05", None),
        (Origin.SAID, "2027-01-12", None),
    ]
    assert said[1].id is not None
    project.execute(SetReason(said[1].id, DATA, "Doublons"))
    assert of(project, keys["live"]).said[1].code is DATA
    project.undo()
    assert of(project, keys["live"]).said[1].code is None


def test_announcements_of_other_days_are_kept_and_one_of_the_same_day_is_replaced(
    project: Project,
) -> None:
    keys = fill_with_baseline(project)
    live, later = keys["live"], TODAY + dt.timedelta(days=9)
    project.execute(AnnounceForecast(live, day("2027-01-19"), later, "Doublons", code=DATA))
    project.execute(SetTaskDates(live, day("2027-01-26"), day("2027-01-26"), today=later))
    said = of(project, live, later).said
    assert [str(one.expected_on) for one in said] == ["2027-01-05", "2027-01-12", "2027-01-26"]
    assert (said[2].code, said[2].reason) == (DATA, "Doublons")  # the reason stays
    again = later + dt.timedelta(days=1)
    project.execute(SetTaskDates(live, day("2027-01-26"), day("2027-01-26"), today=again))
    assert len(of(project, live, again).said) == 3  # nothing moved, nothing to announce
    project.execute(AnnounceForecast(live, day("2027-01-26"), again))
    assert len(of(project, live, again).said) == 4  # confirmed


def test_an_announcement_entered_late_leaves_the_plan_as_it_is(project: Project) -> None:
    keys = fill_with_baseline(project)
    earlier = TODAY - dt.timedelta(days=20)
    project.execute(AnnounceForecast(keys["live"], day("2027-01-08"), earlier, code=BUSY))
    one = of(project, keys["live"])
    assert str(one.forecast) == "2027-01-12"
    assert [str(said.expected_on) for said in one.said] == [
        "2027-01-05",
        "2027-01-08",
        "2027-01-12",
    ]


def test_a_plan_that_moved_unannounced_still_counts(project: Project) -> None:
    keys = fill_with_baseline(project)
    project.execute(SetTaskDates(keys["ready"], day("2026-12-18"), day("2026-12-18")))
    one = of(project, keys["ready"])
    assert one.said[-1].origin in (Origin.PLAN, Origin.SAID)
    assert one.slip == 7


def test_baselines_are_kept_and_the_newest_counts(project: Project) -> None:
    keys = fill_with_baseline(project)
    second = project.execute(SetBaseline("Plan of November", TODAY, "Scope grew"))
    newest, oldest = history.baselines(project.reader)
    assert (newest.id, newest.name, newest.reason) == (second, "Plan of November", "Scope grew")
    assert (newest.counts, oldest.counts) == (True, False)
    assert newest.lines == oldest.lines == 8  # tasks and milestones, no phases
    assert (newest.mean_slip, oldest.mean_slip) == (0, pytest.approx(14 / 8))
    moved = history.differences(project.reader, oldest.id, newest.id)
    assert {(one.task.id, one.days) for one in moved} == {(keys["live"], 7), (keys["final"], 7)}
    assert of(project, keys["live"]).slip == 7  # from the first announced date, not the newest
    project.execute(RemoveBaseline(second))
    assert [one.counts for one in history.baselines(project.reader)] == [True]
    project.undo()
    assert len(history.baselines(project.reader)) == 2


def test_a_baseline_keeps_minutes_duration_and_work(project: Project) -> None:
    keys = fill_with_baseline(project)
    project.execute(SetField("task", keys["dedup"], "work", 960))
    second = project.execute(SetBaseline("Second", TODAY))
    columns = "start, finish, start_minute, finish_minute, duration, work"
    held = project.reader.one(
        f"SELECT {columns} FROM baseline_task WHERE baseline_id = ? AND task_id = ?",
        second,
        keys["dedup"],
    )
    assert held == project.reader.one(f"SELECT {columns} FROM task WHERE id = ?", keys["dedup"])
    assert held is not None
    assert held[5] == 960


def test_comparing_with_another_baseline_changes_no_figure(project: Project) -> None:
    from crm_pilot.planning import queries

    keys = fill_with_baseline(project)
    first = history.baselines(project.reader)[0].id
    project.execute(SetBaseline("Second", TODAY))
    rows = queries.tasks(project.reader)
    beside = history.compared(rows, history.dates_in(project.reader, first))
    live = next(row for row in beside if row.id == keys["live"])
    assert str(live.baseline_finish) == "2027-01-05"
    assert str(next(r for r in rows if r.id == keys["live"]).baseline_finish) == "2027-01-12"
    assert [row.finish for row in beside] == [row.finish for row in rows]


def test_figures_of_the_demonstration_in_plain_sql(demo: Path) -> None:
    """Every figure a second time, with window functions over the stored rows."""
    with Project.open(demo, read_only=True) as project:
        reader, today = project.reader, project.today()
        told = history.figures(reader, today)
        steps = (
            "WITH said AS (SELECT f.*, julianday(expected_on) - julianday(lag(expected_on)"
            " OVER (PARTITION BY task_id ORDER BY reported_on, id)) AS days FROM forecast f"
            " WHERE task_id IN (SELECT milestone_id FROM wave))"
        )
        lost = dict(
            reader.select(
                f"{steps} SELECT reason_code, CAST(sum(days) AS INTEGER) FROM said"
                " WHERE days > 0 GROUP BY reason_code"
            )
        )
        assert {c.code: c.days for c in told.causes} == lost
        assert told.postponements == reader.value(f"{steps} SELECT count(*) FROM said WHERE days>0")
        slips = (
            "SELECT julianday(t.finish) - julianday(r.finish) AS days FROM task t"
            " JOIN baseline_task r ON r.task_id = t.id"
            " WHERE t.id IN (SELECT milestone_id FROM wave)"
        )
        assert told.mean_slip == pytest.approx(reader.value(f"SELECT avg(days) FROM ({slips})"))
        assert told.days_lost == reader.value(f"SELECT sum(days) FROM ({slips})")
        assert sum(c.days for c in told.causes) == told.days_lost
        late = reader.select(
            "SELECT t.percent, t.finish, r.finish FROM task t JOIN baseline_task r"
            " ON r.task_id = t.id JOIN baseline b ON b.id = r.baseline_id"
            " WHERE t.kind = 'milestone' AND r.finish > b.set_on"
        )
        due = [row for row in late if row[0] == 100 and row[1] <= today.isoformat()]
        held = [row for row in due if _working_days_after(row[2], row[1]) <= 3]
        missed = [
            row
            for row in late
            if row not in due and _working_days_after(row[2], today.isoformat()) > 3
        ]
        assert (told.held, told.due) == (len(held), len(due) + len(missed))


def _working_days_after(first: str, last: str) -> int:
    """Counted one by one."""
    at, end, count = day(first), day(last), 0
    while at < end:
        at += dt.timedelta(days=1)
        count += at.weekday() < 5
    return count


def test_a_project_without_announcements_has_no_figures(project: Project) -> None:
    told = history.figures(project.reader, TODAY)
    assert (told.histories, told.due, told.mean_slip, told.slope) == ((), 0, None, None)
    project.execute(
        Add("task", {"title": "M", "kind": "milestone", "start": TODAY, "finish": TODAY})
    )
    assert history.figures(project.reader, TODAY).histories == ()
