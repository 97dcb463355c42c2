"""Several files, folders and archives as one import: one step, all or nothing, no day twice."""

from __future__ import annotations

import gzip
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm_pilot.adoption import facts
from crm_pilot.cli import entry
from crm_pilot.errors import Cancelled, UserError
from crm_pilot.exchange import log_blocks
from crm_pilot.project import Project
from tests.exchange.use_files import (
    LOGIN_HISTORY,
    actions,
    apply,
    history,
    logins,
    plan,
    said,
    sheet,
    take,
    write,
)

HEADER = LOGIN_HISTORY + "\n"


def month(number: int, *days: int, user: str = "u1") -> str:
    """A log of a month."""
    rows = (history(user, f"2026-{number:02d}-{day:02d}T08:00:00Z") for day in days)
    return HEADER + "".join(rows)


def dump(project: Project) -> list[str]:
    """Everything the project holds, table by table."""
    names = [name for (name,) in project.reader.select(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )]  # fmt: skip
    return [
        f"{name}: {row}"
        for name in sorted(names)
        for row in project.reader.select(f"SELECT * FROM {name}")
    ]


def bundle(path: Path, members: dict[str, bytes]) -> Path:
    """A zip of these files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return path


def test_a_folder_of_monthly_files_is_one_step(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "months"
    write(folder, month(1, 5, 6), "2026-01.csv")
    write(folder, month(2, 2, 3, user="u2"), "2026-02.csv")
    write(folder / "old", month(1, 6, 7), "more.csv")  # overlaps January
    write(folder, "x", "notes.pdf")
    write(folder, "x", ".DS_Store")
    found = take("logins", project, folder)
    assert [(f.name, f.rows, f.kept) for f in found.files] == [
        ("2026-01.csv", 2, 2), ("2026-02.csv", 2, 2), ("more.csv", 2, 2),
    ]  # fmt: skip
    assert (found.counts["rows"], found.counts["user_days"], found.counts["new"]) == (6, 5, 5)
    assert "2026-02.csv: 2 rows, 2 counted" in said(found)
    assert ["notes.pdf" in p.sentence.english() for p in found.problems] == [True]
    assert len(logins(project)) == 5
    batches = project.reader.select("SELECT source, rows_read FROM import_batch")
    assert batches == [("months", 6)]
    project.undo()
    assert logins(project) == []
    project.redo()
    assert len(logins(project)) == 5


def test_files_of_every_kind_given_at_once(project: Project, tmp_path: Path) -> None:
    plain = write(tmp_path, month(1, 5), "a.csv")
    packed = tmp_path / "b.csv.gz"
    packed.write_bytes(gzip.compress(month(2, 5).encode()) + gzip.compress(b""))
    other = write(tmp_path, "user_id;date;login_days\nu1;2026-04-05;1\n", "c.csv", "cp1252")
    rows = [["Username", "Login Time", "Status"], ["u1", "2026-05-05 08:00", "Success"]]
    book = sheet(tmp_path / "d.xlsx", rows)
    archive = bundle(tmp_path / "e.zip", {
        "in/06.csv": month(6, 5).encode(),
        "in/07.csv.gz": gzip.compress(month(7, 5).encode()),
        "08.xlsx": sheet(tmp_path / "x.xlsx", [rows[0], ["u1", "2026-08-05", "Success"]])
        .read_bytes(),
        "__MACOSX/in/._06.csv": b"\0\0",
        "readme.md": b"hello",
    })  # fmt: skip
    found = take("logins", project, [plain, packed, other, book, archive])
    assert [day for _, day in logins(project)] == [
        "2026-01-05", "2026-02-05", "2026-04-05", "2026-05-05", "2026-06-05", "2026-07-05",
        "2026-08-05",
    ]  # fmt: skip
    assert [f.name for f in found.files] == [
        "a.csv", "b.csv.gz", "c.csv", "d.xlsx", "e.zip/08.xlsx", "e.zip/in/06.csv",
        "e.zip/in/07.csv.gz",
    ]  # fmt: skip
    assert {f.title.english() for f in found.files} == {
        "Salesforce LoginHistory", "Other logins", "Salesforce login history",
    }  # fmt: skip
    source = project.reader.value("SELECT source FROM import_batch")
    assert source == "a.csv, b.csv.gz, c.csv, d.xlsx, e.zip"


def test_what_two_files_show_of_a_day_counts_once(project: Project, tmp_path: Path) -> None:
    head = "user;date;object;action\n"
    row = "u1;2026-03-12;contact;create\n"
    paths = [write(tmp_path, head + row * 3, "a.csv"), write(tmp_path, head + row * 2, "b.csv")]
    take("actions", project, paths)
    assert actions(project) == [("u1", "2026-03-12", "contact", 3, 0)]
    take("actions", project, write(tmp_path, head + row * 5, "c.csv"))
    first, last = facts.first_of(202603), facts.last_of(202603)
    assert [row[2:] for row in facts.records(project.reader, first, last)] == [(5, 0)]


def test_one_bad_file_keeps_all_out_and_is_named(project: Project, tmp_path: Path) -> None:
    good = write(tmp_path, month(1, 5), "a.csv")
    bad = write(tmp_path, month(2, 5) + history("u1", "soon"), "b.csv")
    before = dump(project)
    found = plan("logins", project, [good, bad])
    assert found.problems[0].sentence.english() == (
        "Line 3, column “LoginTime”, value “soon”: no date that can be read; accepted are dates"
        " such as 2026-03-12T09:41:00Z, 2026-03-12, 12/03/2026 16:24 (in “b.csv”)"
    )
    with pytest.raises(UserError):
        apply(project, found)
    assert dump(project) == before
    people = write(tmp_path, "Last name,First name,Department\nRoux,Zoé,North\n", "people.csv")
    refused = plan("logins", project, [good, people])
    assert "It looks like a list of people" in refused.problems[0].sentence.english()
    assert "people.csv" in refused.problems[0].sentence.english()


ARCHIVES: dict[str, tuple[Callable[[Path], Path], str]] = {
    "empty": (lambda f: bundle(f / "a.zip", {}), "holds no file that is a table"),
    "nothing of use": (lambda f: bundle(f / "a.zip", {"x.pdf": b"1"}), "holds no file"),
    "nested": (lambda f: bundle(f / "a.zip", {"b.zip": b"PK"}), "an archive in an archive"),
    "bomb": (lambda f: bundle(f / "a.zip", {"b.csv": HEADER.encode() + b",,\n" * (16 << 20)}),
             "would unpack to more than"),
    "broken": (lambda f: write(f, "PK\x03\x04" + "x" * 50, "a.zip"), "a.zip"),
    "cut": (lambda f: _cut(bundle(f / "a.zip", {"b.csv": month(1, *range(1, 28)).encode()})),
            "a.zip"),
}  # fmt: skip


def _cut(path: Path) -> Path:
    data = bytearray(path.read_bytes())
    data[60:90] = b"\xff" * 30  # the packed data, not the list of parts
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("case", ARCHIVES)
def test_archives_that_cannot_be_taken(project: Project, tmp_path: Path, case: str) -> None:
    make, reason = ARCHIVES[case]
    path = make(tmp_path)
    before = dump(project)
    with pytest.raises(UserError, match=reason):
        plan("logins", project, path)
    assert dump(project) == before


def test_a_password_and_a_quine_are_refused(project: Project, tmp_path: Path) -> None:
    path = bundle(tmp_path / "a.zip", {"b.csv": month(1, 5).encode()})
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + at] |= 1
    path.write_bytes(data)
    with pytest.raises(UserError, match="password"):
        plan("logins", project, path)


@pytest.mark.parametrize("after", [1, 2, 5, 9, 14])
def test_cancelled_at_any_time_the_project_is_as_it_was(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(log_blocks, "BLOCK", 512)
    take("logins", project, write(tmp_path, month(1, 5), "first.csv"))
    before = dump(project)
    paths = [write(tmp_path, month(n, *range(1, 28)), f"{n}.csv") for n in range(2, 6)]
    calls = iter(range(10_000))
    with pytest.raises(Cancelled):
        plan("logins", project, paths, cancelled=lambda: next(calls) >= after)
    assert dump(project) == before
    assert len(take("logins", project, paths).files) == 4


def test_one_file_of_a_folder_on_the_command_line(
    project: Project, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    saved = project.save(tmp_path / "p.crmp").path
    project.close()
    folder = tmp_path / "months"
    write(folder, month(1, 5, 6), "01.csv")
    write(folder, month(2, 5) + history("u1", "2026-02-06T08:00:00Z", "Other Apex API"), "02.csv")
    single = write(tmp_path, month(3, 5), "03.csv")
    words = ["import", str(saved), str(folder), str(single), "--as", "logins", "--json"]
    assert entry.main([*words, "--check"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["ok"], told["applied"], told["counts"]["new"]) == (True, False, 4)
    assert told["left_out"]["type"] == {"Other Apex API": 1}
    assert [(f["name"], f["rows"]) for f in told["files"]] == [
        ("01.csv", 2), ("02.csv", 2), ("03.csv", 1),
    ]  # fmt: skip
    assert entry.main(words) == 0
    assert json.loads(capsys.readouterr().out)["applied"] is True
    assert entry.main([*words]) == 0
    again: dict[str, Any] = json.loads(capsys.readouterr().out)
    assert (again["applied"], again["counts"]["new"]) == (False, 0)
    assert entry.main(["import", str(saved), str(single), str(folder), "--as", "people"]) != 0
