"""Plans of GNOME Planner: the corpus against MPXJ, calendars, constraints and durations."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_pilot.errors import UserError
from crm_pilot.exchange.plan_formats import read_plan
from crm_pilot.planning.document import PlanDocument
from crm_pilot.planning.terms import ConstraintKind, LagUnit, LinkKind

sys.path.insert(0, str(Path(__file__).parent))
import plan_corpus

CALENDAR = (
    '<calendar id="1" name="Default"><default-week mon="0" tue="0" wed="0" thu="0" fri="0" sat="1"'
    ' sun="1"/><overridden-day-types><overridden-day-type id="0"><interval start="0800"'
    ' end="1200"/><interval start="1300" end="1700"/></overridden-day-type></overridden-day-types>'
    "<days>"
    '<day date="20260501" type="day-type" id="1"/></days>{}</calendar>'
)


def plan(tasks: str, below: str = "", after: str = "") -> PlanDocument:
    """A document of these tasks."""
    text = (
        '<project name="P" mrproject-version="2" calendar="1" project-start="20260105T000000Z">'
        f"<calendars>{CALENDAR.format(below)}</calendars><tasks>{tasks}</tasks>{after}</project>"
    )
    return read_plan(text.encode())


def test_the_samples_read_as_mpxj_reads_them(
    corpus: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = corpus / "mpxj-planner"
    files = []
    for name, wanted in plan_corpus.expected(folder).items():
        document = read_plan(folder / name)
        shift = int(wanted["tasks"][0]["uid"] == "0")  # 0 stands for the project elsewhere
        done = plan_corpus.compare(name, document, wanted, shift=shift)
        names = [c.name for c in document.calendars]
        # MPXJ adds a calendar of its own where the file names none for the project
        done.same("calendars", names, wanted["calendars"][: len(names)])
        assert len(wanted["calendars"]) - len(names) in (0, 1)
        files.append(done)
    record_property("printed", plan_corpus.table("GNOME Planner", files))
    assert [d for f in files for d in f.differences] == []


def test_durations_follow_from_the_work_where_nobody_is_assigned() -> None:
    found = plan(
        '<task id="1" name="A" work="57600" work-start="20260105T080000Z" end="20260105T170000Z"/>'
        '<task id="2" name="B" work="0" work-start="20260105T080000Z" end="20260106T120000Z"/>'
        '<task id="3" name="M" type="milestone" work="0" work-start="20260105T080000Z"/>'
        '<task id="4" name="F" scheduling="fixed-duration" duration="14400" work="0"/>'
        '<task id="5" name="Z" work="57600"/>',
        after=(
            '<resources><resource id="1" name="R" type="1" units="0"/></resources><allocations>'
            '<allocation task-id="5" resource-id="1" units="50"/></allocations>'
        ),
    )
    assert [t.duration for t in found.tasks] == [960, 720, 0, 240, 1920]
    assert found.tasks[2].milestone
    assert found.assignments[0].units == 0.5


def test_constraints_links_and_lags_of_the_clock() -> None:
    found = plan(
        '<task id="1" name="A" work="28800"><constraint type="must-start-on"'
        ' time="20260107T080000Z"/></task>'
        '<task id="2" name="B" work="28800"><predecessors>'
        '<predecessor id="1" predecessor-id="1" type="SS" lag="86400"/></predecessors></task>'
        '<task id="3" name="C" work="28800"><predecessors>'
        '<predecessor id="1" predecessor-id="2"/><predecessor id="2" predecessor-id="8"/>'
        "</predecessors></task>"
    )
    first = found.tasks[0]
    assert (first.constraint, first.constraint_at) == (
        ConstraintKind.MSO,
        dt.datetime(2026, 1, 7, 8),
    )
    assert [(x.before, x.after, x.kind, x.lag, x.lag_unit) for x in found.links] == [
        (1, 2, LinkKind.SS, 1440, LagUnit.ELAPSED),
        (2, 3, LinkKind.FS, 0, LagUnit.WORKING),
    ]
    assert found.lost == ("predecessor × 1",)


def test_calendars_inherit_hours_and_days() -> None:
    below = (
        '<calendar id="2" name="Half"><default-week mon="2" tue="2" wed="1" thu="2" fri="3" sat="2"'
        ' sun="2"/><overridden-day-types><overridden-day-type id="3"><interval start="0800"'
        ' end="1200"/></overridden-day-type></overridden-day-types><days>'
        '<day date="20260502" type="day-type" id="0"/></days></calendar>'
    )
    main, half = plan("", below).calendars
    usual = ((480, 720), (780, 1020))
    assert main.exceptions[0].first == dt.date(2026, 5, 1)
    assert half.base == 1
    assert half.days == (None, None, (), None, ((480, 720),), None, None)
    assert half.exceptions[0].shifts == usual


def test_hours_until_midnight_and_round_the_clock(corpus: Path) -> None:
    found = read_plan(corpus / "mpxj-planner" / "planner-calendar.planner").calendars
    by_name = {calendar.name: calendar for calendar in found}
    assert by_name["24 Hours"].days[6] == ((0, 1440),)
    assert by_name["Night Shift"].days[0] == ((1380, 1440),)
    assert by_name["Night Shift"].days[6] == ()


def test_a_value_that_cannot_be_read_is_refused_with_its_line() -> None:
    with pytest.raises(UserError, match="Line 1, column “work-start”, value “now”"):
        plan('<task id="1" name="A" work="1" work-start="now"/>')
    with pytest.raises(UserError, match="two tasks have the same number"):
        plan('<task id="1" name="A" work="60"/><task id="1" name="B" work="60"/>')
