"""Plans of GanttProject: the corpus against MPXJ and its own source, and a synthetic plan."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_pilot.errors import UserError
from crm_pilot.exchange.ganttproject import parse_gan
from crm_pilot.exchange.plan import Problems
from crm_pilot.exchange.plan_formats import read_plan
from crm_pilot.planning.document import PlanDocument
from crm_pilot.planning.terms import ConstraintKind, LinkKind

sys.path.insert(0, str(Path(__file__).parent))
import plan_corpus

WEEK = (
    '<day-types><default-week id="1" sun="1" mon="0" tue="0" wed="0" thu="0" fri="0" sat="1"/>'
    "</day-types>"
)


def plan(tasks: str, dates: str = "", after: str = "") -> PlanDocument:
    """A document of these tasks."""
    text = (
        f'<project name="P" version="3"><calendars>{WEEK}{dates}</calendars>'
        f'<tasks empty-milestones="true">{tasks}</tasks>{after}</project>'
    )
    return read_plan(text.encode())


def test_the_sample_reads_as_mpxj_reads_it(
    corpus: Path, record_property: Callable[[str, object], None]
) -> None:
    folder = corpus / "ganttproject"
    files = []
    for name, wanted in plan_corpus.expected(folder).items():
        document = read_plan(folder / name)
        # MPXJ leaves out the links of tasks below another, so links are compared apart
        done = plan_corpus.compare(name, document, wanted, dates=True, links=False)
        for line in wanted["tasks"]:
            for before, kind, _lag in line["preds"]:
                ours = [x for x in document.links if x.after == int(line["uid"])]
                pairs = [(x.before, str(x.kind).upper()) for x in ours]
                done.same("link", (int(before), kind) in pairs, True)
        assert len(document.links) == (folder / name).read_text("utf-8").count("<depend ")
        assert document.lost == ()
        files.append(done)
    record_property("printed", plan_corpus.table("GanttProject", files))
    assert [d for f in files for d in f.differences] == []


def test_kinds_of_links_and_lags() -> None:
    links = "".join(
        f'<depend id="{n}" type="{n}" difference="{n - 2}" hardness="Strong"/>'
        for n in (1, 2, 3, 4)
    )
    others = "".join(
        f'<task id="{n}" name="T" start="2026-01-06" duration="1"/>' for n in (1, 2, 3, 4)
    )
    found = plan(f'<task id="0" name="A" start="2026-01-05" duration="1">{links}</task>{others}')
    assert [(x.before, x.after, x.kind, x.lag) for x in found.links] == [
        (1, 2, LinkKind.SS, -480),
        (1, 3, LinkKind.FS, 0),
        (1, 4, LinkKind.FF, 480),
        (1, 5, LinkKind.SF, 960),
    ]


def test_tasks_keep_their_start_where_no_firm_link_puts_them_there() -> None:
    found = plan(
        '<task id="0" name="A" start="2026-01-05" duration="1">'
        '<depend id="1" type="2" difference="0" hardness="Strong"/>'
        '<depend id="2" type="2" difference="0" hardness="Rubber"/></task>'
        '<task id="1" name="B" start="2026-01-06" duration="1"/>'
        '<task id="2" name="C" start="2026-01-20" duration="1"/>'
    )
    held = {t.name: (t.constraint, t.constraint_at) for t in found.tasks}
    assert held == {
        "A": (ConstraintKind.SNET, dt.datetime(2026, 1, 5, 8)),
        "B": (ConstraintKind.ASAP, None),
        "C": (ConstraintKind.SNET, dt.datetime(2026, 1, 20, 8)),
    }


def test_days_off_are_not_counted() -> None:
    dates = (
        '<date year="2026" month="1" date="7" type="HOLIDAY">Fête</date>'
        '<date year="" month="1" date="9" type="HOLIDAY"/>'
        '<date year="2026" month="1" date="10" type="WORKING_DAY"/>'
    )
    found = plan('<task id="0" name="A" start="2026-01-05" duration="5"/>', dates)
    # Monday, Tuesday, Thursday, the Saturday that is worked, Monday
    assert found.tasks[0].finish == dt.datetime(2026, 1, 12, 17)
    named = {e.first: e.name for e in found.calendars[0].exceptions}
    assert named[dt.date(2026, 1, 7)] == "Fête"
    assert dt.date(2028, 1, 9) in named  # it comes back every year


def test_absences_make_a_calendar_and_move_nothing() -> None:
    found = plan(
        '<task id="0" name="A" start="2026-01-05" duration="5"/>'
        '<task id="1" name="B" start="2026-02-02" duration="5"/>',
        after=(
            '<resources><resource id="3" name="Zoé" contacts="zoe@example.org"/></resources>'
            '<allocations><allocation task-id="0" resource-id="3" load="50.0"/>'
            '<allocation task-id="1" resource-id="3" load="100.0"/></allocations>'
            '<vacations><vacation start="2026-01-06" end="2026-01-07" resourceid="3"/></vacations>'
        ),
    )
    zoe = found.resources[0]
    assert (zoe.name, zoe.email, zoe.calendar) == ("Zoé", "zoe@example.org", 2)
    assert found.calendars[1].exceptions[0].last == dt.date(2026, 1, 7)
    assert [t.ignores_resource_calendars for t in found.tasks] == [True, False]
    assert [a.units for a in found.assignments] == [0.5, 1.0]


def test_older_milestones_last_a_day() -> None:
    text = (
        '<project name="P"><tasks><task id="0" name="M" meeting="true" start="2026-01-05"'
        ' duration="1"/></tasks></project>'
    )
    task = read_plan(text.encode()).tasks[0]
    assert (task.milestone, task.duration) == (True, 480)


def test_a_value_that_cannot_be_read_is_a_problem_with_its_line() -> None:
    problems = Problems()
    text = (
        b'<project name="P"><tasks>\n<task id="0" name="A" start="soon" duration="x"/></tasks>'
        b"</project>"
    )
    parse_gan(text, problems, "p.gan")
    assert [(p.line, p.column, p.value) for p in problems.shown] == [
        (2, "duration", "x"),
        (2, "start", "soon"),
    ]
    with pytest.raises(UserError, match="Line 2"):
        read_plan(text)


def test_links_to_nowhere_are_named() -> None:
    found = plan(
        '<task id="0" name="A" start="2026-01-05" duration="1">'
        '<depend id="9" type="2"/><depend id="0" type="2"/></task>'
    )
    assert found.lost == ("depend × 2",)
