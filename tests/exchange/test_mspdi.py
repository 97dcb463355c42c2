"""Plans of MS Project: the corpus against MPXJ, calendars, links, values that cannot be read."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_pilot.errors import UserError
from crm_pilot.exchange.mspdi import read_mspdi
from crm_pilot.exchange.mspdi_calendars import read_calendar
from crm_pilot.exchange.mspdi_recurrence import Recurrence
from crm_pilot.exchange.plan import Problems
from crm_pilot.exchange.plan_xml import Node, read_xml
from crm_pilot.planning.document import DocCalendar, PlanDocument
from crm_pilot.planning.terms import ConstraintKind, LagUnit, LinkKind

sys.path.insert(0, str(Path(__file__).parent))
import plan_corpus

USUAL = ((480, 720), (780, 1020))
HEAD = '<?xml version="1.0"?>\n<Project xmlns="http://schemas.microsoft.com/project">\n'


def plan(inside: str) -> PlanDocument:
    """A document of these elements of a project."""
    return read_mspdi(f"{HEAD}{inside}\n</Project>".encode())


def task(number: int, inside: str = "", level: int = 1) -> str:
    """A task of eight hours."""
    return (
        f"<Task><UID>{number}</UID><ID>{number}</ID><Name>T{number}</Name>"
        f"<OutlineLevel>{level}</OutlineLevel><Duration>PT8H0M0S</Duration>"
        f"<DurationFormat>7</DurationFormat>{inside}</Task>"
    )


def calendar(inside: str, base: str = "<IsBaseCalendar>1</IsBaseCalendar>") -> DocCalendar:
    """The only calendar of a plan."""
    found = plan(
        f"<Calendars><Calendar><UID>1</UID><Name>C</Name>{base}{inside}</Calendar></Calendars>"
    )
    return found.calendars[0]


# the corpus ----------------------------------------------------------------------------------


def test_every_file_of_ms_project_reads_as_mpxj_reads_it(
    corpus: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = corpus / "mpxj-mspdi"
    files = []
    for name, wanted in plan_corpus.expected(folder).items():
        if wanted["type"] != "MSPDI":
            with pytest.raises(UserError, match="begins with"):
                read_mspdi(folder / name)
            continue
        document = read_mspdi(folder / name)
        done = plan_corpus.compare(name, document, wanted)
        done.same("calendars", [c.name for c in document.calendars], wanted["calendars"])
        done.same("lost", document.lost, ())
        files.append(done)
    record_property("printed", plan_corpus.table("MS Project XML", files))
    assert len(files) == 59
    assert [d for f in files for d in f.differences] == []
    assert sum(f.values for f in files) > 15_000


def test_slack_is_counted_in_minutes(corpus: Path) -> None:
    found = read_mspdi(corpus / "mpxj-mspdi" / "mspdisplittask.xml")
    stored = found.tasks[0].stored
    assert (stored.total_slack, stored.free_slack, stored.critical) == (3360, 3360, False)
    assert stored.late_start == dt.datetime(2006, 10, 2, 8)


def test_split_tasks_have_stretches_and_weekends_are_no_gaps(corpus: Path) -> None:
    folder = corpus / "mpxj-mspdi"
    split = {a.task: a.segments for a in read_mspdi(folder / "mspdisplittask.xml").assignments}
    assert [len(segments) for segments in split.values()] == [2, 3]
    assert split[1][0] == (dt.datetime(2006, 9, 21, 8), dt.datetime(2006, 9, 26, 17))
    plain = read_mspdi(folder / "assignment-flags-project2019-mspdi.xml")  # zeros on Saturdays
    assert {a.segments for a in plain.assignments} == {()}


def test_all_baselines(corpus: Path) -> None:
    found = read_mspdi(corpus / "mpxj-mspdi" / "baselines.xml").tasks[0].baselines
    assert [b.number for b in found] == [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    assert found[1].start == dt.datetime(2001, 1, 2, 9)
    assert found[1].duration == 900


@pytest.mark.parametrize("year", [2007, 2010, 2013])
def test_recurring_exceptions_are_the_days_ms_project_wrote_out(year: int, corpus: Path) -> None:
    """Those files hold both the rules and, in the form of 2003, every single day."""
    path = corpus / "mpxj-mspdi" / f"calendar-recurring-exceptions-project{year}-mspdi.xml"
    nodes: list[Node] = []
    read_xml(path, path.name, lambda _root, _name: None, {("Calendars", "Calendar"): nodes.append})
    rules = read_calendar(nodes[0], Problems()).exceptions
    nodes[0].children = [c for c in nodes[0].children if c.tag != "Exceptions"]
    written = read_calendar(nodes[0], Problems()).exceptions
    assert {(e.first, e.last, e.shifts) for e in rules} == {
        (e.first, e.last, e.shifts) for e in written
    }
    assert len(written) > 130
    assert {e.name for e in rules} >= {"Daily 1", "Weekly 7 Sunday", "Yearly Relative 3"}


# calendars -----------------------------------------------------------------------------------


def week_day(kind: int, *times: str) -> str:
    hours = "".join(
        f"<WorkingTime><FromTime>{t[:5]}:00</FromTime><ToTime>{t[6:]}:00</ToTime></WorkingTime>"
        for t in times
    )
    inside = f"<WorkingTimes>{hours}</WorkingTimes>" if times else ""
    working = f"<DayWorking>{int(bool(times))}</DayWorking>"
    return f"<WeekDay><DayType>{kind}</DayType>{working}{inside}</WeekDay>"


def test_hours_may_end_at_midnight_or_go_over_it() -> None:
    monday, friday = week_day(2, "14:00-00:00"), week_day(6, "22:00-06:00")
    found = calendar(f"<WeekDays>{monday}{friday}</WeekDays>")
    assert found.days[0] == ((840, 1440),)
    assert found.days[4] == ((1320, 1440),)
    assert found.days[5] == ((0, 360),)
    assert found.days[1] == ()
    round_the_clock = calendar(f"<WeekDays>{week_day(2, '00:00-00:00')}</WeekDays>")
    assert round_the_clock.days[0] == ((0, 1440),)


def test_a_calendar_that_says_no_day_has_the_usual_week() -> None:
    assert calendar("").days == (USUAL,) * 5 + ((), ())
    working = (
        "<WeekDays><WeekDay><DayType>2</DayType><DayWorking>1</DayWorking></WeekDay></WeekDays>"
    )
    assert calendar(working).days[0] == USUAL


def test_the_calendar_of_a_person_stands_on_another() -> None:
    two = (
        "<Calendar><UID>1</UID><Name>S</Name><IsBaseCalendar>1</IsBaseCalendar></Calendar>"
        "<Calendar><UID>2</UID><Name>P</Name><IsBaseCalendar>0</IsBaseCalendar>"
        f"<BaseCalendarUID>1</BaseCalendarUID><WeekDays>{week_day(4)}</WeekDays></Calendar>"
        "<Calendar><UID>3</UID><Name>Q</Name><IsBaseCalendar>0</IsBaseCalendar>"
        "<BaseCalendarUID>9</BaseCalendarUID></Calendar>"
    )
    found = plan(f"<CalendarUID>1</CalendarUID><Calendars>{two}</Calendars>")
    assert found.calendar == 1
    assert found.calendars[1].base == 1
    assert found.calendars[1].days == (None, None, (), None, None, None, None)
    assert found.calendars[2].base is None  # its base is not in the file


def test_exceptions_of_both_forms() -> None:
    period = (
        "<TimePeriod><FromDate>2026-05-01T00:00:00</FromDate>"
        "<ToDate>2026-05-03T23:59:00</ToDate></TimePeriod>"
    )
    old = f"<WeekDay><DayType>0</DayType><DayWorking>0</DayWorking>{period}</WeekDay>"
    told = "<Name>Bridge</Name><Type>1</Type><DayWorking>0</DayWorking>"
    new = f"<Exception>{period}{told}</Exception>"
    first, last = dt.date(2026, 5, 1), dt.date(2026, 5, 3)
    for inside, name in (
        (f"<WeekDays>{old}</WeekDays>", ""),
        (f"<WeekDays>{old}</WeekDays><Exceptions>{new}</Exceptions>", "Bridge"),
    ):
        found = calendar(inside).exceptions
        assert [(e.first, e.last, e.shifts, e.name) for e in found] == [(first, last, (), name)]


def test_another_week_for_some_time() -> None:
    week = (
        "<WorkWeeks><WorkWeek><TimePeriod><FromDate>2026-07-06T00:00:00</FromDate>"
        "<ToDate>2026-08-28T23:59:00</ToDate></TimePeriod><Name>Summer</Name>"
        f"<WeekDays>{week_day(6, '08:00-12:00')}</WeekDays></WorkWeek></WorkWeeks>"
    )
    found = calendar(week).weeks[0]
    assert (found.name, found.first) == ("Summer", dt.date(2026, 7, 6))
    assert found.days == (None, None, None, None, ((480, 720),), None, None)


@pytest.mark.parametrize(
    ("rule", "wanted"),
    [
        (Recurrence(2, dt.date(2026, 1, 1), dt.date(2029, 1, 1), day=29, month=1),
         ["2026-02-28", "2027-02-28", "2028-02-29"]),
        (Recurrence(3, dt.date(2026, 3, 1), dt.date(2027, 12, 31), month=2, item=3, position=4),
         ["2026-03-29", "2027-03-28"]),
        (Recurrence(4, dt.date(2026, 1, 31), dt.date(2026, 4, 30), day=31),
         ["2026-01-31", "2026-02-28", "2026-03-31", "2026-04-30"]),
        (Recurrence(5, dt.date(2026, 1, 1), dt.date(2026, 2, 28), item=1, position=0),
         ["2026-01-01", "2026-02-02"]),
        (Recurrence(6, dt.date(2026, 1, 7), dt.date(2026, 1, 31), period=2, weekdays=0b0001010),
         ["2026-01-07", "2026-01-19", "2026-01-21"]),
        (Recurrence(7, dt.date(2026, 1, 1), dt.date(2026, 1, 9), period=4),
         ["2026-01-01", "2026-01-05", "2026-01-09"]),
        (Recurrence(8, dt.date(2026, 1, 1), dt.date(2026, 12, 31), count=3),
         ["2026-01-01", "2026-01-02", "2026-01-05"]),
        (Recurrence(7, dt.date(9999, 12, 30), dt.date(9999, 12, 31)), ["9999-12-30", "9999-12-31"]),
    ],
)  # fmt: skip
def test_recurrences(rule: Recurrence, wanted: list[str]) -> None:
    assert [day.isoformat() for day in rule.days()] == wanted


def test_a_recurrence_over_all_times_is_cut() -> None:
    assert len(Recurrence(7, dt.date(1, 1, 1), dt.date(9999, 12, 31)).days()) == 5000


# tasks and links -----------------------------------------------------------------------------


def test_links_of_every_kind_with_lags_in_every_unit() -> None:
    cases = [
        (0, 4800, 7, LinkKind.FF, 480, LagUnit.WORKING),
        (1, -600, 5, LinkKind.FS, -60, LagUnit.WORKING),
        (2, 14400, 8, LinkKind.SF, 1440, LagUnit.ELAPSED),
        (3, 50, 19, LinkKind.SS, 50, LagUnit.PERCENT),
        (1, 25, 20, LinkKind.FS, 25, LagUnit.ELAPSED_PERCENT),
        (1, 0, 39, LinkKind.FS, 0, LagUnit.WORKING),
    ]
    tasks = [task(1)]
    for number, (kind, lag, code, *_rest) in enumerate(cases, 2):
        link = (
            f"<PredecessorLink><PredecessorUID>1</PredecessorUID><Type>{kind}</Type>"
            f"<LinkLag>{lag}</LinkLag><LagFormat>{code}</LagFormat></PredecessorLink>"
        )
        tasks.append(task(number, link))
    found = plan(f"<Tasks>{''.join(tasks)}</Tasks>").links
    assert [(link.kind, link.lag, link.lag_unit) for link in found] == [c[3:] for c in cases]


def test_a_link_to_nowhere_is_named() -> None:
    link = "<PredecessorLink><PredecessorUID>{}</PredecessorUID></PredecessorLink>"
    found = plan(f"<Tasks>{task(1)}{task(2, link.format(7) + link.format(1) * 2)}</Tasks>")
    assert [(entry.before, entry.after) for entry in found.links] == [(1, 2)]
    assert found.lost == ("Task 2: PredecessorLink 7", "Task 2: PredecessorLink 1 × 2")


def test_a_link_to_another_file_is_kept() -> None:
    link = (
        "<PredecessorLink><PredecessorUID>5</PredecessorUID><CrossProject>1</CrossProject>"
        "<CrossProjectName>a.mpp\\5</CrossProjectName></PredecessorLink>"
    )
    found = plan(f"<Tasks>{task(1, link)}</Tasks>")
    assert found.links == ()
    assert found.tasks[0].extras["PredecessorLink"] == link


def test_the_outline_follows_the_levels_in_the_order_of_the_ids() -> None:
    found = plan(f"<Tasks>{task(3, level=3)}{task(1)}{task(2, level=2)}{task(4, level=2)}</Tasks>")
    assert [(t.uid, t.parent) for t in found.tasks] == [(1, None), (2, 1), (3, 2), (4, 1)]


def test_everything_about_a_task() -> None:
    inside = (
        "<Type>2</Type><Manual>1</Manual><Active>0</Active><Milestone>1</Milestone>"
        "<Estimated>1</Estimated><PercentComplete>40</PercentComplete>"
        "<ConstraintType>7</ConstraintType><ConstraintDate>2026-03-02T17:00:00</ConstraintDate>"
        "<Deadline>2026-03-05T17:00:00</Deadline><LevelingDelay>600</LevelingDelay>"
        "<IgnoreResourceCalendar>1</IgnoreResourceCalendar><Priority>700</Priority>"
        "<Notes>Two\nlines &amp; more</Notes><ActualStart>2026-03-01T08:00:00</ActualStart>"
        "<ExtendedAttribute><FieldID>1</FieldID><Value>x &lt; y</Value></ExtendedAttribute>"
        "<Recurring>0</Recurring><HideBar>1</HideBar>"
    )
    found = plan(f"<Tasks>{task(1, inside)}</Tasks>").tasks[0]
    assert (found.task_type, found.manual, found.active) == ("fixed_work", True, False)
    assert (found.milestone, found.estimated, found.percent) == (True, True, 40)
    assert (found.constraint, found.constraint_at) == (
        ConstraintKind.FNLT,
        dt.datetime(2026, 3, 2, 17),
    )
    assert (found.level_delay, found.priority, found.note) == (60, 700, "Two\nlines & more")
    assert found.ignores_resource_calendars
    assert found.extras == {
        "ExtendedAttribute": "<ExtendedAttribute><FieldID>1</FieldID><Value>x &lt; y</Value>"
        "</ExtendedAttribute>",
        "HideBar": "<HideBar>1</HideBar>",
    }


@pytest.mark.parametrize(
    ("code", "unit", "elapsed"),
    [(3, "m", False), (6, "h", True), (7, "d", False), (40, "d", True), (43, "mo", False),
     (21, "", False), (53, "", False), (10, "w", True)],
)  # fmt: skip
def test_units_of_durations(code: int, unit: str, elapsed: bool) -> None:
    told = f"<Duration>PT30H30M0S</Duration><DurationFormat>{code}</DurationFormat>"
    found = plan(f"<Tasks><Task><UID>1</UID>{told}</Task></Tasks>").tasks[0]
    assert (found.duration, found.duration_unit, found.elapsed) == (1830, unit, elapsed)


def test_the_settings_of_the_project() -> None:
    found = plan(
        "<Title>Rollout</Title><ScheduleFromStart>0</ScheduleFromStart>"
        "<StartDate>2026-01-05T08:00:00Z</StartDate><FinishDate>2026-06-30T17:00:00</FinishDate>"
        "<CriticalSlackLimit>2</CriticalSlackLimit><MinutesPerDay>450</MinutesPerDay>"
        "<MinutesPerWeek>2250</MinutesPerWeek><DaysPerMonth>18</DaysPerMonth>"
        "<DefaultStartTime>09:00:00</DefaultStartTime><DefaultFinishTime>17:30:00</DefaultFinishTime>"
        "<MultipleCriticalPaths>1</MultipleCriticalPaths><CurrencyCode>EUR</CurrencyCode>"
        "<StatusDate>2026-02-01T17:00:00</StatusDate>"
    )
    assert (found.title, found.from_finish, found.critical_per_path) == ("Rollout", True, True)
    assert (found.day_minutes, found.week_minutes, found.month_days) == (450, 2250, 18)
    assert (found.day_start, found.day_finish, found.critical_slack) == (540, 1050, 900)
    assert (found.start, found.status) == (dt.datetime(2026, 1, 5, 8), dt.datetime(2026, 2, 1, 17))
    assert found.extras == {"CurrencyCode": "<CurrencyCode>EUR</CurrencyCode>"}


# what cannot be read -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("element", "value"),
    [
        ("Start", "soon"), ("Start", "2026-02-30T08:00:00"), ("Duration", "8 hours"),
        ("Duration", "PT999999999999H0M0S"), ("ConstraintType", "12"), ("PercentComplete", "half"),
        ("TotalSlack", "1e30"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_read_is_refused_with_its_line(element: str, value: str) -> None:
    inside = f"<Tasks>\n<Task><UID>1</UID>\n<{element}>{value}</{element}></Task></Tasks>"
    with pytest.raises(UserError) as refused:
        plan(inside)
    assert f"Line 5, column “{element}”, value “{value}”" in str(refused.value)


def test_two_tasks_of_one_number_are_refused() -> None:
    with pytest.raises(UserError, match="two tasks have the same number"):
        plan(f"<Tasks>{task(1)}{task(1)}</Tasks>")
    with pytest.raises(UserError, match="this task has no number"):
        plan("<Tasks><Task><Name>A</Name></Task></Tasks>")
