"""Copies, their checks and restoring; a change from elsewhere is seen, told and never lost."""

from __future__ import annotations

import datetime as dt
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from crm_pilot.errors import StorageError, StorageKind
from crm_pilot.project import Add, Project, SetField, copies_of
from crm_pilot.store import checks, copies, outside, saving, sqlite
from crm_pilot.versions import (
    VersionKind,
    before,
    changes_elsewhere,
    check_sentence,
    examine,
    keep_base,
    look,
    restore,
    restored_name,
    versions_of,
)
from tests.store.dump import dump_file


@pytest.fixture
def saved(project: Project, tmp_path: Path) -> Path:
    """A saved project file with one task, not open."""
    project.execute(Add("task", {"title": "Reprise"}))
    path = project.save(tmp_path / "Déploiement.crmp").path
    project.close()
    return path


def someone_else(path: Path, title: str = "theirs") -> bytes:
    """Let another program put its own version in the place of the file."""
    other = path.with_name("other.tmp")
    shutil.copy(path, other)
    with closing(sqlite3.connect(other)) as theirs:
        theirs.execute("UPDATE task SET title = ?", (title,))
        theirs.commit()
    os.replace(other, path)
    return path.read_bytes()


def damage(path: Path) -> None:
    """Overwrite the second half of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2 :] = b"\0" * (len(content) - len(content) // 2)
    path.write_bytes(content)


# checks ----------------------------------------------------------------------------------------


def test_a_save_records_what_it_checked(saved: Path) -> None:
    found = checks.last(saved)
    assert found is not None and found.good
    assert found.format == str(sqlite.FORMAT)
    told = check_sentence(found).english()
    assert "every page and index" in told and f"{found.moment:%H:%M}" in told
    with Project.open(saved) as project:
        assert project.last_check is not None
        assert not project.last_check.saving  # made by the opening, of what lies there now
        project.execute(Add("task", {"title": "b"}))
        assert project.save().check == project.last_check == checks.last(saved)


def test_a_failed_check_is_told_and_nothing_replaced(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before_ = saved.read_bytes()
    with Project.open(saved) as project:
        project.execute(Add("task", {"title": "b"}))
        finish = saving._checked

        def spoil(temporary: Path, target: Path, moment: dt.datetime) -> checks.Check:
            with closing(sqlite3.connect(temporary)) as connection:
                connection.execute("PRAGMA foreign_keys=OFF")
                connection.execute("UPDATE task SET parent_id = 999")
                connection.commit()
            return finish(temporary, target, moment)

        monkeypatch.setattr(saving, "_checked", spoil)
        with pytest.raises(StorageError, match="did not pass its check") as refused:
            project.save()
        assert refused.value.kind is StorageKind.FAILED
        assert saved.read_bytes() == before_
        assert project.unsaved
        assert project.last_check is not None and not project.last_check.good
        assert "failed" in check_sentence(project.last_check).english()
        monkeypatch.undo()
        project.save()
        assert project.last_check.good
    assert [p.name for p in saved.parent.glob(".*.tmp*")] == []


def test_an_index_that_misses_a_row_is_not_sound(saved: Path) -> None:
    """`quick_check` would let it pass."""
    with closing(sqlite3.connect(saved)) as connection:
        connection.execute("PRAGMA writable_schema=ON")
        name, sql = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type='index' AND tbl_name='task'"
            " AND sql IS NOT NULL"
        ).fetchone()
        connection.execute("DELETE FROM sqlite_master WHERE name = ?", (name,))
        connection.commit()
    with closing(sqlite3.connect(saved)) as connection:
        root = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute("INSERT INTO task(title) VALUES ('not in the index')")
        connection.commit()
        assert name and sql and root
    with pytest.raises(StorageError):  # pages that belong to nothing
        sqlite.check_file(saved, thorough=True)


# versions --------------------------------------------------------------------------------------


def test_a_copy_keeps_the_time_it_was_written(saved: Path) -> None:
    written = dt.datetime(2026, 11, 12, 14, 2)
    os.utime(saved, (written.timestamp(), written.timestamp()))
    with Project.open(saved) as project:
        project.execute(Add("task", {"title": "b"}))
        project.save()
    (copy,) = copies_of(saved)
    assert copy.saved == written < copy.moment


def test_versions_tell_what_changed_in_each(saved: Path) -> None:
    with Project.open(saved) as project:
        for number in range(3):
            project.execute(Add("department", {"name": f"D{number}"}))
            project.save()
    found = versions_of(saved)
    assert [one.kind for one in found] == [VersionKind.FILE] + [VersionKind.COPY] * 3
    findings = [examine(one, before(one, found)) for one in found]
    assert all(one.good for one in findings)
    assert findings[-1].first and findings[-1].changes is None
    for one in findings[:-1]:
        assert one.changes is not None
        assert [m.english() for m in one.changes] == ["1 department added"]


def test_a_damaged_copy_is_told_and_stepped_over(saved: Path) -> None:
    with Project.open(saved) as project:
        for number in range(3):
            project.execute(Add("department", {"name": f"D{number}"}))
            project.save()
    found = versions_of(saved)
    content = bytearray(found[1].path.read_bytes())
    content[6000:9000] = b"\0" * 3000  # most of it could still be read
    found[1].path.write_bytes(content)
    newest, bad = (examine(one, before(one, found)) for one in found[:2])
    assert not bad.good and bad.problem is not None
    assert str(found[1].path) in bad.problem.english()
    assert newest.changes is not None
    assert [m.english() for m in newest.changes] == ["2 departments added"]


def test_copies_of_a_file_that_is_gone_are_still_there(saved: Path) -> None:
    with Project.open(saved) as project:
        project.execute(Add("department", {"name": "D"}))
        project.save()
    saved.unlink()
    assert [one.kind for one in versions_of(saved)] == [VersionKind.COPY]
    assert versions_of(saved.with_name("never.crmp")) == []


def test_restoring_makes_a_new_file_and_touches_none(saved: Path) -> None:
    with Project.open(saved) as project:
        project.execute(Add("department", {"name": "D"}))
        project.save()
    now, (copy,) = saved.read_bytes(), copies_of(saved)
    target = restore(copy.path, saved.with_name("restored.crmp"))
    assert dump_file(target) == dump_file(copy.path)
    assert saved.read_bytes() == now
    with pytest.raises(StorageError) as refused:
        restore(copy.path, saved)
    assert refused.value.kind is StorageKind.TAKEN
    assert saved.read_bytes() == now
    damage(copy.path)
    with pytest.raises(StorageError) as refused:
        restore(copy.path, saved.with_name("again.crmp"))
    assert refused.value.kind is StorageKind.CORRUPT
    assert not saved.with_name("again.crmp").exists()
    with pytest.raises(StorageError) as refused:
        restore(target, saved.parent / "nowhere" / "x.crmp")
    assert refused.value.kind is StorageKind.MISSING


@pytest.mark.parametrize(
    ("language", "name"), [("en", "R (12 Nov 14h02)"), ("fr", "R (12 nov 14h02)")]
)
def test_the_name_proposed_is_free(tmp_path: Path, language: str, name: str) -> None:
    project, moment = tmp_path / "R.crmp", dt.datetime(2026, 11, 12, 14, 2)
    first = restored_name(project, moment, language)
    assert first.name == f"{name}.crmp"
    first.touch()
    assert restored_name(project, moment, language).name == f"{name} 2.crmp"
    may = restored_name(project, dt.datetime(2026, 5, 1, 9, 0), "fr")
    assert may.name == "R (1er mai 09h00).crmp"


# a change from elsewhere ------------------------------------------------------------------------


def test_same_size_and_same_time_are_seen_at_save(saved: Path) -> None:
    with Project.open(saved) as project:
        project.execute(Add("task", {"title": "mine"}))
        stat = saved.stat()
        foreign = someone_else(saved, "Repris!")  # as long as the title it replaces
        os.utime(saved, ns=(stat.st_atime_ns, stat.st_mtime_ns))
        assert saved.stat().st_size == stat.st_size
        with pytest.raises(StorageError) as refused:
            project.save()
        assert refused.value.kind is StorageKind.CHANGED
        assert saved.read_bytes() == foreign
        assert copies_of(saved) == []


def test_a_change_while_the_save_runs_is_not_written_over(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Project.open(saved) as project:
        project.execute(Add("task", {"title": "mine"}))
        finish, foreign = saving._checked, b""

        def meanwhile(temporary: Path, target: Path, moment: dt.datetime) -> checks.Check:
            nonlocal foreign
            foreign = someone_else(saved)
            return finish(temporary, target, moment)

        monkeypatch.setattr(saving, "_checked", meanwhile)
        with pytest.raises(StorageError) as refused:
            project.save()
        assert refused.value.kind is StorageKind.CHANGED
        assert saved.read_bytes() == foreign
        assert project.unsaved


def test_replacing_keeps_the_version_that_is_there_at_the_last_moment(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Project.open(saved) as project:
        project.execute(Add("task", {"title": "mine"}))
        keep, seen = copies.keep_copy, []

        def slow(path: Path, moment: dt.datetime) -> Path:
            kept = keep(path, moment)
            if not seen:
                seen.append(someone_else(saved))  # between the copy and the replacing
            return kept

        monkeypatch.setattr(copies, "keep_copy", slow)
        project.save(replace=True)
        assert [one.path.read_bytes() for one in project.copies()] == seen


def test_a_new_name_that_appears_meanwhile_is_not_written_over(
    saved: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = saved.with_name("new.crmp")
    with Project.open(saved) as project:
        finish = saving._checked

        def meanwhile(temporary: Path, path: Path, moment: dt.datetime) -> checks.Check:
            target.write_bytes(b"someone was quicker")
            return finish(temporary, path, moment)

        monkeypatch.setattr(saving, "_checked", meanwhile)
        with pytest.raises(StorageError) as refused:
            project.save(target)
        assert refused.value.kind is StorageKind.CHANGED
        assert target.read_bytes() == b"someone was quicker"
        assert project.path == saved


def known(project: Project) -> outside.KnownFile:
    """What the session knows of its file."""
    found = project.known_file
    assert found is not None
    return found


def test_a_look_tells_what_someone_else_changed(saved: Path) -> None:
    with Project.open(saved) as project:
        assert look(known(project)) is None
        assert keep_base(known(project))
        project.execute(Add("department", {"name": "mine"}))
        someone_else(saved)
        found = look(known(project))
        assert found is not None and found.kind is StorageKind.CHANGED
        assert not found.against_mine
        told = changes_elsewhere(found)
        assert told is not None
        assert [one.english() for one in told] == ["1 task changed"]  # my edit is not in it


def test_without_a_base_theirs_is_compared_with_mine(saved: Path) -> None:
    with Project.open(saved) as project:
        project.execute(Add("department", {"name": "mine"}))
        someone_else(saved)
        assert not keep_base(known(project))  # too late
        found = look(known(project))
        assert found is not None and found.against_mine
        told = changes_elsewhere(found)
        assert told is not None
        assert [one.english() for one in told] == ["1 task changed", "1 department removed"]


def test_a_look_names_the_holder_of_the_lock(saved: Path) -> None:
    other = (
        "import sys; from pathlib import Path; from crm_pilot.project import *\n"
        "p = Project.open(Path(sys.argv[1]), person='Karim')\n"
        "p.execute(SetField('task', 1, 'title', 'theirs')); p.save()\n"
        "print('saved', flush=True); input(); p.close()"
    )
    with Project.open(saved, read_only=True) as mine:  # holds no lock
        assert keep_base(known(mine))
        with subprocess.Popen(
            [sys.executable, "-c", other, str(saved)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as theirs:
            assert theirs.stdout and theirs.stdin
            assert theirs.stdout.readline() == "saved\n"
            found = look(known(mine))
            theirs.communicate("\n")
        assert found is not None and found.person == "Karim"
        assert found.moment is not None
        told = changes_elsewhere(found)
        assert told is not None
        assert [one.english() for one in told] == ["1 task changed"]


def test_deleted_underneath(saved: Path) -> None:
    with Project.open(saved) as project:
        project.execute(Add("task", {"title": "b"}))
        saved.unlink()
        found = look(known(project))
        assert found is not None and found.kind is StorageKind.GONE
        with pytest.raises(StorageError, match="no longer there"):
            project.save()
        project.save(replace=True)  # nothing is lost by writing it again
    assert len(dump_file(saved)["task"]) == 2


def test_folder_unplugged(saved: Path) -> None:
    away = saved.parent.with_name("away")
    with Project.open(saved) as project:
        project.execute(Add("task", {"title": "b"}))
        saved.parent.rename(away)
        found = look(known(project))
        assert found is not None and found.kind is StorageKind.UNREACHABLE
        for replace in (False, True):
            with pytest.raises(StorageError, match="unplugged") as refused:
                project.save(replace=replace)
            assert refused.value.kind is StorageKind.UNREACHABLE
        assert project.unsaved
        away.rename(saved.parent)
        project.save()


def test_a_placeholder_of_a_sync_program(saved: Path) -> None:
    with Project.open(saved) as project:
        project.execute(Add("task", {"title": "b"}))
        whole = saved.read_bytes()
        saved.write_bytes(b"")
        found = look(known(project))
        assert found is not None and found.kind is StorageKind.EMPTY
        with pytest.raises(StorageError, match="0 bytes") as refused:
            project.save()
        assert refused.value.kind is StorageKind.EMPTY
        saved.write_bytes(whole)  # it was fetched
        assert look(known(project)) is None
        project.save()


def test_a_file_being_written_elsewhere_cannot_be_compared(saved: Path) -> None:
    with Project.open(saved) as project:
        saved.write_bytes(saved.read_bytes()[:5000])
        found = look(known(project))
        assert found is not None and found.kind is StorageKind.CHANGED
        assert found.changes is None
        assert changes_elsewhere(found) is None


def test_a_mere_touch_is_no_change(saved: Path) -> None:
    with Project.open(saved) as project:
        os.utime(saved, (1, 1))
        assert look(known(project), thorough=False) is None
        assert look(known(project)) is None
        project.execute(SetField("task", 1, "title", "b"))
        project.save()


def test_the_base_follows_the_saves(saved: Path) -> None:
    with Project.open(saved) as project:
        assert keep_base(known(project)) and keep_base(known(project))
        project.execute(SetField("task", 1, "title", "b"))
        project.save()
        assert not known(project).base.exists()
        assert keep_base(known(project))
        assert len(list(known(project).folder.glob("base-*"))) == 1
        assert dump_file(known(project).base) == dump_file(saved)
