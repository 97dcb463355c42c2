"""Issued reports are outside undo: undo goes past them, the file knows that it must be saved."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from crm_pilot.errors import UserError
from crm_pilot.i18n import Message, msg
from crm_pilot.project import Add, Changed, Project, Remove, SetField, recoverable
from crm_pilot.records import dataclass


@dataclass(frozen=True)
class Freeze:
    """An issue with one file, as the reports store it."""

    number: int = 1

    @property
    def label(self) -> Message:
        return msg("Issue a report")

    def apply(self, work: Any) -> int:
        key: int = work.add(
            "report_issue",
            number=self.number,
            document="committee",
            issued_at=dt.datetime(2026, 11, 21, 14, 2),
            as_of=dt.date(2026, 11, 21),
            fingerprint="7f3a",
            figures="{}",
        )
        work.add(
            "report_file", issue_id=key, language="fr", format="pdf", digest="x", content=b"%PDF"
        )
        return key


@dataclass(frozen=True)
class Change:
    """Try to write over an issue."""

    @property
    def label(self) -> Message:
        return msg("Issue a report")

    def apply(self, work: Any) -> None:
        work.set_many("report_issue", {1: {"title": "Other"}})


def issues(project: Project) -> list[tuple[Any, ...]]:
    """Number and content of what is issued."""
    return project.reader.select(
        "SELECT i.number, f.content FROM report_issue i JOIN report_file f ON f.issue_id = i.id"
    )


def test_an_issue_is_no_step_of_undo(project: Project) -> None:
    first = project.execute(Add("risk", {"code": "R-01", "title": "Before"}))
    project.undo()
    project.execute(Freeze())
    assert [label.english() for label in project.redo_labels] == ["Add risk"]
    project.redo()
    project.execute(SetField("risk", first, "title", "After"))
    project.undo()
    project.undo()
    assert project.undo_labels == []
    assert issues(project) == [(1, b"%PDF")]
    project.redo()
    project.redo()
    assert project.reader.value("SELECT title FROM risk") == "After"
    assert issues(project) == [(1, b"%PDF")]


def test_an_issue_is_something_to_save(project: Project, tmp_path: Path) -> None:
    project.execute(Add("risk", {"code": "R-01", "title": "Before"}))
    path = tmp_path / "trial.crmp"
    project.save(path)
    told: list[Changed] = []
    project.subscribe(told.append)
    project.execute(Freeze())
    assert project.unsaved
    assert [event.tables for event in told] == [
        {"report_issue": frozenset({1}), "report_file": frozenset({1})}
    ]
    project.undo()  # no step of undo brings the saved content back
    assert project.unsaved
    project.redo()
    assert project.unsaved
    project.save()
    assert not project.unsaved
    with Project.open(path, read_only=True) as again:
        assert issues(again) == [(1, b"%PDF")]


def test_an_issue_made_while_a_save_runs_is_still_to_save(project: Project, tmp_path: Path) -> None:
    project.save(tmp_path / "trial.crmp")
    written = project.begin_save()()
    project.execute(Freeze())
    project.finish_save(written)
    assert project.unsaved
    assert project.reader.value("SELECT edits FROM working_copy") == 1


def test_an_issue_is_recovered_after_a_crash(tmp_path: Path) -> None:
    path = tmp_path / "trial.crmp"
    with Project.create(name="Trial") as made:
        made.save(path)
    crashed = Project.open(path)
    crashed.execute(Freeze())
    crashed.close(keep=True)
    left = [one for one in recoverable() if one.original == path]
    assert len(left) == 1
    with Project.recover(left[0]) as back:
        assert back.unsaved
        assert issues(back) == [(1, b"%PDF")]


def test_an_issue_is_in_the_dated_copies(project: Project, tmp_path: Path) -> None:
    project.save(tmp_path / "trial.crmp")
    project.execute(Freeze())
    project.save()
    project.execute(Add("risk", {"code": "R-01", "title": "Later"}))
    project.save()
    newest = project.copies()[0]
    with Project.open(newest.path, read_only=True) as copy:
        assert issues(copy) == [(1, b"%PDF")]


@pytest.mark.parametrize(
    "command",
    [
        SetField("report_issue", 1, "title", "Other"),
        SetField("report_file", 1, "digest", "Other"),
        Remove("report_issue", (1,)),
        Remove("report_file", (1,)),
        Change(),
    ],
)
def test_an_issue_is_never_changed(project: Project, command: Any) -> None:
    project.execute(Freeze())
    with pytest.raises(UserError, match="never changed"):
        project.execute(command)
    assert issues(project) == [(1, b"%PDF")]


def test_someone_who_only_reads_cannot_issue(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "trial.crmp"
    project.save(path)
    with (
        Project.open(path) as reading,  # the first session holds the file
        pytest.raises(UserError, match="read-only"),
    ):
        reading.execute(Freeze())
