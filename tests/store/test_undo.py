"""Undo is recorded by the database: named, deep, surviving Save, exact."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from crm_pilot.errors import UserError
from crm_pilot.i18n import msg
from crm_pilot.project import Add, Changed, Move, Project, Remove, SetField, SetFields, Several
from tests.store.dump import dump


def test_steps_have_names_and_come_back(project: Project) -> None:
    start = dump(project)
    key = project.execute(Add("task", {"title": "Reprise"}, "Task"))
    project.execute(SetField("task", key, "title", "Reprise Sud", "Title"))
    assert [label.english() for label in project.undo_labels] == ["Change Title", "Add Task"]
    end = dump(project)
    project.undo()
    project.undo()
    assert dump(project) == start
    assert [label.english() for label in project.redo_labels] == ["Add Task", "Change Title"]
    project.redo()
    project.redo()
    assert dump(project) == end


def test_more_than_a_hundred_steps_survive_save(project: Project, tmp_path: Path) -> None:
    start = dump(project)
    for number in range(250):
        project.execute(Add("department", {"name": f"D{number}"}))
    project.save(tmp_path / "deep.crmp")
    assert not project.unsaved
    for _ in range(250):
        project.undo()
    assert dump(project) == start
    assert project.unsaved
    for _ in range(250):
        project.redo()
    assert not project.unsaved


def test_deleting_an_outline_comes_back_whole(project: Project) -> None:
    root = project.execute(Add("task", {"title": "Phase", "kind": "phase"}))
    child = project.execute(Add("task", {"title": "Task", "parent_id": root}))
    person = project.execute(Add("person", {"last_name": "Faure"}))
    project.execute(SetField("task", child, "owner_id", person))
    project.execute(Add("link", {"predecessor_id": root, "successor_id": child}))
    before = dump(project)
    project.execute(Remove("task", (root,)))
    assert dump(project)["task"] == []
    project.undo()
    assert dump(project) == before
    project.execute(Remove("person", (person,)))
    assert project.reader.value("SELECT owner_id FROM task WHERE id = ?", child) is None
    project.undo()
    assert dump(project) == before


def test_removing_a_row_and_what_goes_with_it(project: Project) -> None:
    root = project.execute(Add("task", {"title": "Phase", "kind": "phase"}))
    child = project.execute(Add("task", {"title": "Task", "parent_id": root}))
    before = dump(project)
    project.execute(Remove("task", (root, child)))
    assert dump(project)["task"] == []
    project.undo()
    assert dump(project) == before


def test_move_numbers_the_siblings(project: Project) -> None:
    keys = [project.execute(Add("task", {"title": t, "position": i})) for i, t in enumerate("abc")]
    project.execute(Move("task", keys[2], None, 0))
    order = project.reader.select("SELECT title FROM task ORDER BY position")
    assert order == [("c",), ("a",), ("b",)]


def test_a_broken_rule_changes_nothing_and_says_so(project: Project) -> None:
    key = project.execute(Add("task", {"title": "a"}))
    before = dump(project)
    steps = len(project.undo_labels)
    with pytest.raises(UserError, match="not allowed"):
        project.execute(SetField("task", key, "percent", 120))
    with pytest.raises(UserError, match="not allowed"):
        project.execute(
            SetFields("task", key, {"start": dt.date(2026, 2, 2), "finish": dt.date(2026, 2, 1)})
        )
    with pytest.raises(UserError, match="must be filled"):
        project.execute(SetField("task", key, "title", None))
    with pytest.raises(UserError, match="no longer exists"):
        project.execute(SetField("task", 999, "title", "b"))
    with pytest.raises(UserError, match="refers to"):
        project.execute(SetField("task", key, "owner_id", 999))
    project.execute(Add("department", {"name": "Sud"}))
    with pytest.raises(UserError, match="“Sud” is already used"):
        project.execute(Add("department", {"name": "Sud"}))
    project.undo()
    assert dump(project) == before
    assert len(project.undo_labels) == steps


def test_half_a_command_is_rolled_back(project: Project) -> None:
    before = dump(project)
    both = Several((Add("task", {"title": "a"}), Add("task", {"title": ""})), msg("Two tasks"))
    with pytest.raises(UserError):
        project.execute(both)
    assert dump(project) == before
    assert project.undo_labels == []


def test_subscribers_hear_what_changed(project: Project) -> None:
    heard: list[Changed] = []
    end = project.subscribe(heard.append)
    origin = object()
    key = project.execute(Add("task", {"title": "a"}), origin)
    assert heard[-1].tables == {"task": frozenset({key})}
    assert heard[-1].origin is origin
    project.execute(SetField("task", key, "title", "a"))  # nothing changes: no step, no event
    assert len(heard) == 1 and len(project.undo_labels) == 1
    end()
    project.undo()
    assert len(heard) == 1


def test_typing_merges_into_one_step(project: Project) -> None:
    from dataclasses import dataclass

    @dataclass(frozen=True)
    class Typed(SetField):
        @property
        def merge_key(self) -> tuple[str, int, str]:
            return self.table, self.key, self.column

    key = project.execute(Add("task", {"title": "a"}))
    before = dump(project)
    for text in ("ab", "abc", "abcd"):
        project.execute(Typed("task", key, "title", text))
    assert len(project.undo_labels) == 2
    project.undo()
    assert dump(project) == before
    project.redo()
    assert project.reader.value("SELECT title FROM task") == "abcd"


def test_a_batch_of_facts_is_switched_off_by_undo(project: Project, tmp_path: Path) -> None:
    from dataclasses import dataclass
    from typing import Any

    from crm_pilot.i18n import Message

    @dataclass(frozen=True)
    class Load:
        label: Message = msg("Load")

        def apply(self, work: Any) -> None:
            batch = work.add("import_batch", kind="logins", imported_at=dt.datetime(2026, 1, 1))
            rows = [(batch, 202601, n, 1 << 4) for n in range(1000)]
            work.insert_facts("login_fact", ("batch_id", "month", "account_id", "days"), rows)

    counted = "SELECT COUNT(*) FROM login_fact WHERE batch_id IN (SELECT id FROM import_batch)"
    project.execute(Load())
    assert project.reader.value(counted) == 1000
    project.undo()
    assert project.reader.value(counted) == 0
    project.redo()
    assert project.reader.value(counted) == 1000
    project.undo()
    project.execute(Load())  # a batch of its own: the facts switched off stay off
    assert project.reader.value(counted) == 1000
    assert project.reader.value("SELECT COUNT(*) FROM login_fact") == 2000
    project.undo()
    saved = project.save(tmp_path / "off.crmp")
    with Project.open(saved.path) as again:  # switched-off facts do not leave with the file
        assert again.reader.value("SELECT COUNT(*) FROM login_fact") == 0


def test_a_row_changed_twice_in_one_step_gets_its_first_value_back(project: Project) -> None:
    key = project.execute(Add("department", {"name": "First"}))
    names = ("Second", "Third", "Fourth")
    steps = tuple(SetFields("department", key, {"name": name}) for name in names)
    project.execute(Several(steps, msg("Rename")))
    project.undo()
    assert project.reader.value("SELECT name FROM department") == "First"
    project.redo()
    assert project.reader.value("SELECT name FROM department") == "Fourth"


@pytest.mark.parametrize("count", [3, 7])
def test_unique_names_that_changed_places_change_back(project: Project, count: int) -> None:
    """Put back all at once they would stand beside each other twice for a moment."""
    keys = [project.execute(Add("department", {"name": f"D{n}"})) for n in range(count)]
    before = project.reader.select("SELECT id, name FROM department ORDER BY id")
    moves = [(keys[0], "spare")]
    moves += [(key, f"D{place}") for place, key in enumerate(keys[1:])]  # each takes the one before
    moves.append((keys[0], f"D{count - 1}"))
    steps = tuple(SetFields("department", key, {"name": name}) for key, name in moves)
    project.execute(Several(steps, msg("Rename")))
    after = project.reader.select("SELECT id, name FROM department ORDER BY id")
    project.undo()
    assert project.reader.select("SELECT id, name FROM department ORDER BY id") == before
    project.redo()
    assert project.reader.select("SELECT id, name FROM department ORDER BY id") == after
    project.undo()
    assert project.reader.select("SELECT id, name FROM department ORDER BY id") == before
