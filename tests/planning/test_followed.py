"""What is said of lines that moved because another one was edited."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.i18n import Translator
from crm_pilot.planning import queries
from crm_pilot.planning.commands import SetPercent, SetTaskDates
from crm_pilot.planning.followed import Followed, GoLive, followed, sentence
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.schedule_commands import SetDuration
from crm_pilot.project import Project, SetField
from tests.planning.example import TODAY, fill_with_baseline

ENGLISH, FRENCH = Translator("en"), Translator("fr")


@pytest.fixture
def keys(project: Project) -> dict[str, int]:
    project.execute(SetField("project", 1, "status_date", TODAY))
    return fill_with_baseline(project)


def plan(project: Project) -> list[TaskRow]:
    return list(queries.tasks(project.reader))


def test_a_longer_task_pushes_what_waits_for_it(project: Project, keys: dict[str, int]) -> None:
    before = plan(project)
    row = next(one for one in before if one.id == keys["dedup"])
    assert row.duration is not None
    project.execute(SetDuration(keys["dedup"], row.duration + 25 * 480))
    found = followed(before, plan(project), [keys["dedup"]], [keys["live"]])
    after = {one.id: one for one in plan(project)}
    pushed = [name for name in ("checks", "ready", "final", "live") if after[keys[name]].finish]
    assert found.lines == len(pushed) == 4
    assert found.go_live is not None and found.go_live.date == after[keys["live"]].finish
    assert found.go_live.days > 0
    said = ENGLISH.show(sentence(found))
    assert said.startswith("4 lines follow; “Go-live of wave 3” moves to ")
    assert said.endswith("later.")


def test_the_edited_line_and_what_it_holds_do_not_follow(
    project: Project, keys: dict[str, int]
) -> None:
    before = plan(project)
    project.execute(
        SetTaskDates(keys["training"], dt.date(2026, 12, 8), dt.date(2027, 1, 9), TODAY)
    )
    assert not followed(before, plan(project), [keys["training"]])
    assert followed(before, plan(project), []).lines == 1


def test_progress_moves_nothing(project: Project, keys: dict[str, int]) -> None:
    before = plan(project)
    project.execute(SetPercent(keys["dedup"], 40))
    assert not followed(before, plan(project), [keys["dedup"]])
    assert sentence(Followed(0)) is None


def test_the_sentence_of_hours_and_of_several_go_lives() -> None:
    goal = GoLive("Wave 2", dt.date(2027, 1, 14), -2)
    said = sentence(Followed(3, goal, 2), alone=True)
    assert ENGLISH.show(said) == (
        "3 lines moved; “Wave 2” moves to 14\u00a0Jan, 2 days earlier, and 1 other go-live."
    )
    assert ENGLISH.show(sentence(Followed(1))) == "1 line follows."
    assert ENGLISH.show(sentence(Followed(0, goal, 1))).startswith("“Wave 2” moves")
