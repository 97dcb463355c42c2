"""The project file: save by replacement, copies, lock, read-only, recovery, refusals."""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest

from crm_pilot.errors import StorageError, StorageKind, UserError
from crm_pilot.project import Add, Opening, Project, SetField, recoverable
from crm_pilot.store import copies, lock, saving, sqlite, workcopy
from tests.store.dump import dump, dump_file


@pytest.fixture
def saved(project: Project, tmp_path: Path) -> Path:
    """A saved project file with one task, not open."""
    project.execute(Add("task", {"title": "Reprise"}))
    path = project.save(tmp_path / "Déploiement.crmp").path
    project.close()
    return path


def test_saved_and_reopened_is_the_same(project: Project, tmp_path: Path) -> None:
    project.execute(Add("department", {"name": "Télévente"}))
    project.save(tmp_path / "p.crmp")
    assert dump_file(tmp_path / "p.crmp") == dump(project)
    assert sqlite.inspect(tmp_path / "p.crmp") == sqlite.FORMAT
    assert {p.name for p in tmp_path.iterdir()} == {".p.crmp.lock", "p.crmp"}


def test_the_file_is_untouched_until_save(saved: Path) -> None:
    before = saved.read_bytes()
    with Project.open(saved) as project:
        project.execute(Add("task", {"title": "b"}))
        assert saved.read_bytes() == before
    assert saved.read_bytes() == before
    assert not lock.lock_path(saved).exists()


def test_each_save_keeps_what_was_there(saved: Path) -> None:
    first = saved.read_bytes()
    with Project.open(saved) as project:
        project.execute(Add("task", {"title": "b"}))
        assert project.save().copies == 1
        assert project.copies()[0].path.read_bytes() == first


def test_copies_thin_out_with_age() -> None:
    now = dt.datetime(2026, 11, 21, 14, 0)
    moments = [now - dt.timedelta(minutes=20 * n) for n in range(24 * 3 * 400)]
    unwanted = copies.superfluous(moments, now)
    kept = [m for m, gone in zip(moments, unwanted, strict=True) if not gone]
    assert kept[0] == moments[0]
    assert sum(m > now - dt.timedelta(hours=2) for m in kept) == 6
    assert 40 <= len(kept) <= 70
    later = copies.superfluous(kept, now)
    assert not any(later)  # thinning is stable


@pytest.mark.parametrize("age", [0, 1, 5, 100])
def test_the_only_copy_always_stays(age: int) -> None:
    now = dt.datetime(2026, 11, 21)
    assert copies.superfluous([now - dt.timedelta(days=age * 30)], now) == [False]


def test_changed_elsewhere_is_never_overwritten(saved: Path) -> None:
    with Project.open(saved) as project:
        project.execute(Add("task", {"title": "mine"}))
        other = saved.with_name("other.crmp")
        shutil.copy(saved, other)
        with closing(sqlite3.connect(other)) as theirs:
            theirs.execute("UPDATE task SET title = 'theirs'")
            theirs.commit()
        os.replace(other, saved)
        foreign = saved.read_bytes()
        with pytest.raises(StorageError) as refused:
            project.save()
        assert refused.value.kind is StorageKind.CHANGED
        assert saved.read_bytes() == foreign
        assert project.unsaved
        project.save(replace=True)
        assert project.copies()[0].path.read_bytes() == foreign
        assert not project.unsaved


def test_a_mere_touch_is_not_a_change(saved: Path) -> None:
    with Project.open(saved) as project:
        project.execute(Add("task", {"title": "b"}))
        os.utime(saved, (1, 1))
        project.save()


def test_removed_underneath(saved: Path) -> None:
    with Project.open(saved) as project:
        project.execute(Add("task", {"title": "b"}))
        saved.unlink()
        with pytest.raises(StorageError) as refused:
            project.save()
        assert refused.value.kind is StorageKind.GONE
        project.save(replace=True)
    assert len(dump_file(saved)["task"]) == 2


def test_save_as_does_not_overwrite_unasked(saved: Path, tmp_path: Path) -> None:
    there = tmp_path / "there.crmp"
    there.write_text("mine")
    with Project.open(saved) as project:
        with pytest.raises(StorageError):
            project.save(there)
        project.save(tmp_path / "new.crmp")
        assert project.path == tmp_path / "new.crmp"
        assert not lock.lock_path(saved).exists()
    assert there.read_text() == "mine"


def test_second_opener_is_read_only_and_knows_who(saved: Path, tmp_path: Path) -> None:
    with Project.open(saved, person="Claire") as first, Project.open(saved) as second:
        assert not first.read_only
        assert second.read_only and second.holder and second.holder.person == "Claire"
        with pytest.raises(UserError, match="read-only"):
            second.execute(Add("task", {"title": "b"}))
        with pytest.raises(UserError, match="read-only"):
            second.save()
        second.save(tmp_path / "own.crmp")
        assert not second.read_only
        second.execute(Add("task", {"title": "b"}))
    with Project.open(saved) as third:
        assert not third.read_only


def test_two_processes(saved: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from crm_pilot.project import Project\n"
        "p = Project.open(Path(sys.argv[1])); print(p.read_only, flush=True)\n"
        "input(); p.close()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script, str(saved)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout and other.stdin
        assert other.stdout.readline() == "False\n"
        with Project.open(saved) as mine:
            assert mine.read_only
        other.kill()
        other.wait()
        other.stdin.close()
    assert lock.lock_path(saved).exists()  # left by the dead process
    with Project.open(saved) as mine:
        assert not mine.read_only


def test_a_lock_from_another_computer_counts(saved: Path) -> None:
    note = {
        "person": "Karim",
        "host": socket.gethostname() + "-2",
        "since": "2026-11-21 09:00:00",
        "process": 1,
        "session": "abc",
    }
    lock.lock_path(saved).write_text(json.dumps(note))
    with Project.open(saved) as project:
        assert project.holder and project.holder.person == "Karim"


def test_recovery_after_a_crash(saved: Path) -> None:
    crashed = Project.open(saved)
    crashed.execute(Add("task", {"title": "unsaved"}))
    expected = dump(crashed)
    crashed.close(keep=True)  # the process is gone, its session folder stays
    left = recoverable()
    assert [(one.original, one.edits) for one in left] == [(saved, 1)]
    with Project.recover(left[0]) as project:
        assert dump(project) == expected
        assert project.unsaved
        project.save()
    assert dump_file(saved) == expected
    assert recoverable() == []


def test_saved_sessions_are_cleared(saved: Path) -> None:
    project = Project.open(saved)
    project.execute(Add("task", {"title": "b"}))
    project.save()
    project.close(keep=True)
    assert recoverable() == []


def test_an_unreadable_working_copy_is_offered_not_deleted(saved: Path) -> None:
    project = Project.open(saved)
    work = project._session.work
    project.close(keep=True)
    work.write_bytes(b"not a database" * 100)
    left = recoverable()
    assert len(left) == 1
    with pytest.raises(StorageError):
        Project.recover(left[0])
    assert work.exists()


def test_edits_during_a_save_are_kept(saved: Path) -> None:
    with Project.open(saved) as project:
        project.execute(Add("task", {"title": "b"}))
        write = project.begin_save()
        project.execute(Add("task", {"title": "c"}))
        project.finish_save(write())
        assert project.unsaved
        project.undo()


def test_newer_major_is_refused_newer_minor_opens(saved: Path) -> None:
    def stamp(version: sqlite.Version) -> None:
        with closing(sqlite3.connect(saved)) as connection:
            connection.execute(f"PRAGMA user_version={version.packed}")
            connection.commit()

    stamp(sqlite.Version(sqlite.FORMAT.major, sqlite.FORMAT.minor + 1))
    with closing(sqlite3.connect(saved)) as connection:
        connection.execute("ALTER TABLE task ADD COLUMN later TEXT DEFAULT 'kept'")
        connection.commit()
    with Project.open(saved) as project:
        before = dump(project)
        project.execute(SetField("task", 1, "title", "x"))
        project.undo()
        assert dump(project) == before
        project.save()
        assert sqlite.inspect(saved).minor == sqlite.FORMAT.minor + 1
    stamp(sqlite.Version(sqlite.FORMAT.major + 1, 0))
    with pytest.raises(StorageError) as refused:
        Project.open(saved)
    assert refused.value.kind is StorageKind.TOO_NEW


def refused_kind(path: Path) -> StorageKind:
    """How opening `path` is refused; no session must be left behind."""
    with pytest.raises(StorageError) as refused:
        Project.open(path).close()
    left = [p for p in workcopy.sessions_dir().glob("*") if p.is_dir()]
    assert left == []
    return refused.value.kind


def test_foreign_and_missing_files(tmp_path: Path) -> None:
    assert refused_kind(tmp_path / "none.crmp") is StorageKind.MISSING
    assert refused_kind(tmp_path) is StorageKind.NOT_OURS
    (tmp_path / "nothing").touch()
    assert refused_kind(tmp_path / "nothing") is StorageKind.EMPTY
    for name, content in (("text", b"a;b\n1;2\n"), ("zip", b"PK\x03\x04" * 50)):
        (tmp_path / name).write_bytes(content)
        assert refused_kind(tmp_path / name) is StorageKind.NOT_OURS
    with closing(sqlite3.connect(tmp_path / "foreign.db")) as connection:
        connection.execute("CREATE TABLE t(x)")
    assert refused_kind(tmp_path / "foreign.db") is StorageKind.NOT_OURS


def test_ours_in_name_only(tmp_path: Path) -> None:
    path = tmp_path / "hollow.crmp"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA application_id={sqlite.APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version={sqlite.FORMAT.packed}")
        connection.execute("CREATE TABLE t(x)")
    assert refused_kind(path) is StorageKind.CORRUPT


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.9, 0.999])
def test_truncated_files(saved: Path, keep: float) -> None:
    whole = saved.read_bytes()
    cut = saved.with_name("cut.crmp")
    cut.write_bytes(whole[: int(len(whole) * keep)])
    assert refused_kind(cut) is StorageKind.CORRUPT
    assert cut.read_bytes() == whole[: int(len(whole) * keep)]


def test_flipped_bytes_open_whole_or_not_at_all(saved: Path) -> None:
    whole = saved.read_bytes()
    bad = saved.with_name("bad.crmp")
    outcomes = set()
    for place in range(100, len(whole), max(1, len(whole) // 60)):
        damaged = bytearray(whole)
        damaged[place] ^= 0xFF
        bad.write_bytes(damaged)
        try:
            with Project.open(bad) as project:
                dump(project)
            outcomes.add("opened")
        except StorageError as error:
            outcomes.add(error.kind.value)
    assert outcomes <= {"opened", "corrupt", "not-ours"}


def test_every_corrupt_database_is_refused(corpus: Path) -> None:
    files = sorted((corpus / "sqlite-corrupt").glob("*.db"))
    assert len(files) == 50
    for file in files:
        with pytest.raises(StorageError):
            Project.open(file)
        with pytest.raises(StorageError):
            sqlite.check_file(file)


def test_corrupt_databases_under_our_own_mark(corpus: Path, tmp_path: Path) -> None:
    for file in sorted((corpus / "sqlite-corrupt").glob("*.db")):
        content = bytearray(file.read_bytes())
        content[68:72] = sqlite.APPLICATION_ID.to_bytes(4, "big")
        content[60:64] = sqlite.FORMAT.packed.to_bytes(4, "big")
        dressed = tmp_path / file.name
        dressed.write_bytes(content)
        assert refused_kind(dressed) in {StorageKind.CORRUPT, StorageKind.NOT_OURS}, file.name


def test_a_full_working_disk(project: Project) -> None:
    project.execute(Add("task", {"title": "a"}))
    before = dump(project)
    pages = project._connection.execute("PRAGMA page_count").fetchone()[0]
    project._connection.execute(f"PRAGMA max_page_count={pages}")
    with pytest.raises(StorageError) as refused:
        for number in range(1000):
            project.execute(Add("task", {"title": "x" * 5000, "note": str(number)}))
            before = dump(project)
    assert refused.value.kind is StorageKind.FULL
    assert dump(project) == before
    project._connection.execute(f"PRAGMA max_page_count={pages * 100}")
    project.undo()


LIMITED = """
import resource, signal, sys
from pathlib import Path
from crm_pilot.errors import StorageError
from crm_pilot.project import Add, Project
project = Project.open(Path(sys.argv[1]))
project.execute(Add("task", {"title": "b", "note": "x" * 400_000}))
work = project._session.work
project._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (work.stat().st_size // 2, resource.RLIM_INFINITY))
try:
    project.save()
except StorageError as error:
    print(error.kind, error)
resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
print(project.reader.value("SELECT COUNT(*) FROM task"), project.unsaved)
project.close()
"""


@pytest.mark.skipif(os.name == "nt", reason="limits of POSIX")
def test_no_room_for_the_new_file(saved: Path) -> None:
    before = saved.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(saved)], capture_output=True, text=True, check=True
    )
    first, second = done.stdout.splitlines()
    assert first.startswith(("full ", "failed ")), done.stdout
    assert second == "2 True"
    assert saved.read_bytes() == before
    assert [p.name for p in saved.parent.glob(".*.tmp*")] == []


READ_ONLY = """
import os, sys
from pathlib import Path
from crm_pilot.errors import StorageError
from crm_pilot.project import Add, Project
Project.create(name="all modules are loaded now").close()
if os.geteuid() == 0:
    os.seteuid(65534)  # root may write anywhere
os.environ["CRM_PILOT_HOME"] = str(Path(sys.argv[2]).parent / "home")
project = Project.open(Path(sys.argv[1]))
project.execute(Add("task", {"title": "b"}))
try:
    project.save()
except StorageError as error:
    print(error.kind)
print(project.save(Path(sys.argv[2])).path.name)
project.close()
"""


@pytest.mark.skipif(os.name == "nt", reason="rights of POSIX")
def test_read_only_folder(saved: Path) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        base = Path(name)
        base.chmod(0o777)
        kept, own = base / "kept", base / "own"
        kept.mkdir()
        target = kept / "p.crmp"
        shutil.copy(saved, target)
        target.chmod(0o644)
        kept.chmod(0o555)
        own.mkdir()
        own.chmod(0o777)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(target), str(own / "mine.crmp")],
            capture_output=True,
            text=True,
            check=False,
        )
        kept.chmod(0o755)
    assert done.stdout.splitlines() == ["read-only", "mine.crmp"], done.stderr


def test_fingerprint_tells_content_not_time(tmp_path: Path) -> None:
    path = tmp_path / "f"
    path.write_bytes(b"one")
    mark = saving.Fingerprint.of(path)
    assert mark and mark.still_true(path)
    path.write_bytes(b"two")
    os.utime(path, ns=(mark.modified_ns, mark.modified_ns + 1))
    assert not mark.still_true(path)


def test_opening_in_a_job_and_giving_up(saved: Path) -> None:
    prepared: list[Opening] = []
    begin = Project.begin_open(saved)
    thread = threading.Thread(target=lambda: prepared.append(begin()))
    thread.start()
    thread.join()
    assert lock.lock_path(saved).exists()
    prepared[0].abandon()
    assert not lock.lock_path(saved).exists()
    assert not [p for p in workcopy.sessions_dir().glob("*") if p.is_dir()]
    thread = threading.Thread(target=lambda: prepared.append(begin()))
    thread.start()
    thread.join()
    with Project.finish_open(prepared[1]) as project:
        project.execute(Add("task", {"title": "b"}))
    assert not [p for p in workcopy.sessions_dir().glob("*") if p.is_dir()]
