"""The lock on figures of single users: the works council milestone of the plan."""

from __future__ import annotations

import datetime as dt

from crm_pilot.governance import warnings
from crm_pilot.governance.user_lock import DateWorksCouncil, Lock, lock
from crm_pilot.i18n import Translator
from crm_pilot.planning import queries as planning
from crm_pilot.project import Add, Project, SetField

D = dt.date
TODAY = D(2026, 11, 21)
EN, FR = Translator("en"), Translator("fr")


def milestone(project: Project, title: str, day: dt.date | None, **values: object) -> int:
    given = {"title": title, "kind": "milestone", "start": day, "finish": day, **values}
    key = int(project.execute(Add("task", given)))
    if day is None:
        project.execute(SetField("task", key, "start", None))
    return key


def locked(project: Project) -> Lock:
    return lock(project.reader, TODAY)


def test_without_a_milestone_it_is_locked_and_says_what_to_add(project: Project) -> None:
    found = locked(project)
    assert not found.open and found.milestone_id is None
    assert "no milestone for it: add one" in EN.show(found.why)


def test_a_milestone_without_a_date_keeps_it_locked(project: Project) -> None:
    key = milestone(project, "Council", None, mark="works_council")
    found = locked(project)
    assert (found.open, found.milestone_id, found.day) == (False, key, None)
    assert "“Council” has a date" in EN.show(found.why)


def test_it_opens_on_the_day(project: Project) -> None:
    key = milestone(project, "Council", TODAY + dt.timedelta(days=1), mark="works_council")
    found = locked(project)
    assert not found.open
    assert "they open on 22 Nov 2026, the day of “Council”" in EN.show(found.why)
    assert "22 nov. 2026" in FR.show(found.why)
    day = TODAY + dt.timedelta(days=1)
    passed = lock(project.reader, day)  # nobody said that it took place
    assert (passed.open, passed.late, passed.milestone_id) == (False, True, key)
    assert "“Council” of 22\xa0Nov 2026 is not reached" in EN.show(passed.why)
    project.execute(SetField("task", key, "percent", 100))
    opened = lock(project.reader, day)
    assert (opened.open, opened.late, opened.milestone_id) == (True, False, key)
    assert opened.day == found.day


def test_the_day_of_a_template_that_has_passed_opens_nothing(project: Project) -> None:
    """As the warning says at the same time: the milestone is late."""
    late = milestone(project, "Council", D(2026, 6, 9), mark="works_council")
    milestone(project, "Opinion", D(2026, 7, 9), mark="works_council", percent=100)
    found = locked(project)
    assert (found.open, found.late, found.milestone_id) == (False, True, late)
    assert project.execute(DateWorksCouncil(D(2026, 6, 11), TODAY)) == late  # it took place then
    assert locked(project).open
    assert locked(project).day == D(2026, 7, 9)
    project.undo()
    assert locked(project).late


def test_all_milestones_of_the_council_must_be_past(project: Project) -> None:
    milestone(project, "Information", D(2026, 6, 11), mark="works_council", percent=100)
    assert locked(project).open
    later = milestone(project, "By person", None, mark="works_council")
    assert locked(project).milestone_id == later and not locked(project).open
    project.execute(SetField("task", later, "active", False))  # put aside
    assert locked(project).open


def test_a_title_opens_it_only_where_nothing_is_marked(project: Project) -> None:
    titled = milestone(project, "Avis du CSE", D(2026, 6, 11), percent=100)
    assert locked(project).milestone_id == titled and locked(project).open
    milestone(project, "Council", None, mark="works_council")
    assert not locked(project).open


def test_dating_it_makes_the_milestone_once(project: Project) -> None:
    project.execute(SetField("project", 1, "language", "fr"))
    key = project.execute(DateWorksCouncil(D(2026, 12, 3), TODAY))
    found = locked(project)
    assert (found.open, found.milestone_id, found.day) == (False, key, D(2026, 12, 3))
    assert project.execute(DateWorksCouncil(TODAY, TODAY)) == key
    assert locked(project).open
    rows = project.reader.select("SELECT title, kind, mark, start, finish FROM task")
    assert len(rows) == 1
    assert rows[0][1:] == ("milestone", "works_council", "2026-11-21", "2026-11-21")
    assert "CSE" in rows[0][0]
    project.undo()
    assert locked(project).day == D(2026, 12, 3)
    project.undo()
    assert locked(project).milestone_id is None


def test_a_weekend_stays_the_day_that_was_given(project: Project) -> None:
    sunday = D(2026, 12, 6)
    project.execute(DateWorksCouncil(sunday, TODAY))
    assert locked(project).day == sunday


def test_dating_takes_the_milestone_that_decides(project: Project) -> None:
    milestone(project, "Information", D(2026, 6, 11), mark="works_council", percent=100)
    later = milestone(project, "By person", None, mark="works_council")
    assert project.execute(DateWorksCouncil(D(2026, 11, 20), TODAY)) == later
    assert locked(project).open
    assert project.execute(DateWorksCouncil(D(2026, 12, 1), TODAY)) == later  # the last one
    assert not locked(project).open


def test_it_finds_the_milestone_the_warning_speaks_of(project: Project) -> None:
    live = milestone(project, "Live", D(2026, 12, 1))
    project.execute(Add("wave", {"name": "W1", "milestone_id": live}))

    def warned() -> str:
        waves = planning.waves(project.reader)
        return " ".join(
            EN.show(w.data) for w in warnings.works_council(project.reader, waves, TODAY)
        )

    assert "No milestone" in warned() and locked(project).milestone_id is None
    milestone(project, "Council", None, mark="works_council")
    assert "“Council”" in warned() and "“Council”" in EN.show(locked(project).why)
    project.execute(DateWorksCouncil(D(2026, 11, 24), TODAY))
    assert not warned() and not locked(project).open
