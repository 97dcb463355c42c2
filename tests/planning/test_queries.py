"""Queries of the plan on a real project file."""

from __future__ import annotations

import datetime as dt

from crm_pilot.planning import queries
from crm_pilot.planning.announcements import AnnounceForecast
from crm_pilot.planning.charts import macro_gantt, milestone_table
from crm_pilot.planning.commands import SetPercent, SetTaskDates
from crm_pilot.planning.headline import headline
from crm_pilot.planning.schedule_commands import SetConstraint, SetMode
from crm_pilot.planning.terms import ConstraintKind, Mode, Pillar
from crm_pilot.project import Add, Project, Remove, SetField
from tests.planning.example import TODAY, day, fill, fill_with_baseline


def test_tasks_come_in_outline_order_rolled_up(project: Project) -> None:
    fill(project)
    rows = queries.tasks(project.reader)
    assert [r.title for r in rows[:3]] == ["Data migration", "2nd dry run", "Deduplicate customers"]
    phase = rows[0]
    assert (phase.start, phase.finish) == (day("2026-11-09"), day("2026-12-11"))
    assert phase.percent == 32  # 11 Nov. is not worked: (4 × 100 + 13 × 30 + 7 × 0) / 24 = 32.9
    assert rows[-1].pillar is Pillar.ADOPTION


def test_owner_is_short_and_follows_the_person(project: Project) -> None:
    keys = fill(project)
    project.execute(SetField("task", keys["dedup"], "owner_id", keys["faure"]))
    owner = {r.id: r.owner for r in queries.tasks(project.reader)}
    assert owner[keys["dedup"]] == "N. Faure"
    project.execute(SetField("person", keys["faure"], "last_name", "Morel"))
    owner = {r.id: r.owner for r in queries.tasks(project.reader)}
    assert owner[keys["dedup"]] == "N. Morel"


def test_unchanged_rows_are_not_made_anew(project: Project) -> None:
    keys = fill(project)
    before = {r.id: r for r in queries.tasks(project.reader)}
    project.execute(SetPercent(keys["dedup"], 40))
    after = {r.id: r for r in queries.tasks(project.reader)}
    assert after[keys["dedup"]].percent == 40
    assert after[keys["final"]] is before[keys["final"]]


def test_figures(project: Project) -> None:
    fill_with_baseline(project)
    figures = queries.figures(project.reader, TODAY)
    assert (figures.tasks, figures.tasks_done, figures.tasks_late) == (6, 1, 1)
    assert (figures.start, figures.finish) == (day("2026-11-02"), day("2027-01-12"))
    assert figures.baseline_name == "Plan of October"
    assert figures.baseline_set_on == day("2026-10-01")
    assert [p.title for p in figures.phases] == ["Data migration", "Wave 3"]
    assert figures.phases[1].slip_days == 7
    assert [m.title for m in figures.phases[0].milestones] == ["Data accepted"]
    assert [m.title for m in figures.next_milestones] == ["Data accepted", "Go-live of wave 3"]
    assert [t.title for t in figures.next_tasks] == [
        "Deduplicate customers",
        "3rd dry run",
        "Sessions West and South",
    ]
    wave = figures.waves[0]
    assert (wave.go_live, wave.baseline) == (day("2027-01-12"), day("2027-01-05"))
    assert wave.departments == ("Sales South", "Sales West")


def live(project: Project, today: dt.date = TODAY) -> queries.MilestoneRow:
    return queries.figures(project.reader, today).milestones[-1]


def test_previous_is_what_the_last_committee_saw(project: Project) -> None:
    keys = fill_with_baseline(project)  # announced on 21 November: 5 to 12 January
    assert (live(project).slip_days, live(project).moved_days) == (7, 7)
    committee = project.execute(Add("committee", {"number": 7, "held_on": day("2026-11-25")}))
    later = day("2026-12-10")
    assert live(project, later).previous == day("2027-01-12")
    assert live(project, later).moved_days == 0
    project.execute(AnnounceForecast(keys["live"], day("2027-01-19"), later, "Data not clean"))
    assert (live(project, later).slip_days, live(project, later).moved_days) == (14, 7)
    project.execute(Remove("committee", (committee,)))
    assert live(project, later).previous == day("2027-01-05")


def test_links_show_when_they_are_broken(project: Project) -> None:
    keys = fill(project)
    assert not any(link.broken for link in queries.links(project.reader))
    project.execute(SetMode((keys["checks"],), Mode.MANUAL))
    project.execute(SetTaskDates(keys["dedup"], day("2026-11-16"), day("2026-12-04")))
    broken = [link for link in queries.links(project.reader) if link.broken]
    ends = [(link.predecessor_id, link.successor_id) for link in broken]
    assert ends == [(keys["dedup"], keys["checks"])]


def test_headline_names_what_drives_the_next_go_live(project: Project) -> None:
    keys = fill(project)
    said = headline(project.reader, TODAY).english()
    assert said == "“Final migration” drives Wave 3, 12\xa0Jan; 1 task is late."
    project.execute(SetPercent(keys["rights"], 100))
    assert headline(project.reader, TODAY).english().endswith("nothing is late.")


def test_what_may_slip_does_not_drive(project: Project) -> None:
    keys = fill(project)  # the last migration is not to start before 4 January
    project.execute(SetConstraint(keys["final"], ConstraintKind.ASAP, None))
    said = headline(project.reader, TODAY).english()
    assert said.startswith("Wave 3 holds 12\xa0Jan")  # by a date of its own
    project.execute(SetConstraint(keys["live"], ConstraintKind.ASAP, None))
    said = headline(project.reader, TODAY).english()
    assert said.startswith("“Deduplicate customers” drives Wave 3")
    project.execute(SetTaskDates(keys["checks"], day("2026-12-14"), day("2026-12-22")))
    said = headline(project.reader, TODAY).english()
    assert said.startswith("“3rd dry run” drives Wave 3")  # it waits for its day, not for others


def test_headline_says_how_late_the_go_live_is(project: Project) -> None:
    fill_with_baseline(project)
    said = headline(project.reader, TODAY).english()
    assert said == "“Final migration” drives Wave 3, 7 days late; 1 task is late."


def test_headline_without_waves(project: Project) -> None:
    fill(project)
    project.execute(Remove("wave", (project.reader.value("SELECT id FROM wave"),)))
    assert "of the plan is done" in headline(project.reader, TODAY).english()


def test_macro_gantt_covers_whole_months_by_pillar(project: Project) -> None:
    fill_with_baseline(project)
    figures = queries.figures(project.reader, TODAY)
    chart = macro_gantt(figures, TODAY)
    assert chart is not None
    assert (chart.start, chart.finish) == (day("2026-11-01"), day("2027-01-31"))
    assert [p.pillar for p in chart.pillars] == [Pillar.DEPLOYMENT]
    bar = chart.pillars[0].bars[1]
    assert (bar.name, bar.percent, bar.slip_days) == ("Wave 3", 42, 7)
    assert [m.title for m in bar.milestones] == ["Go-live of wave 3"]
    assert len(milestone_table(figures)) == 2


def test_an_empty_plan_has_figures_and_no_chart(project: Project) -> None:
    figures = queries.figures(project.reader, TODAY)
    assert (figures.tasks, figures.percent_done, figures.start) == (0, 0.0, None)
    assert macro_gantt(figures, TODAY) is None
