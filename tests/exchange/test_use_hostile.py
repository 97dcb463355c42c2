"""Odd and hostile exports of use: right, or refused with a sentence, and nothing half-applied."""

from __future__ import annotations

import contextlib
import gzip
import time
from pathlib import Path

import pytest

from crm_pilot.errors import UserError
from crm_pilot.project import Project
from tests.exchange.test_use_several import HEADER, dump, month
from tests.exchange.use_files import PURVIEW, history, logins, plan, take, write


def test_orders_of_day_and_month_that_contradict_each_other(
    project: Project, tmp_path: Path
) -> None:
    text = "Username,Login Time,Status\nu1,13/03/2026,Success\nu1,03/14/2026,Success\n"
    text += "u1,15/03/2026,Success\n"
    found = plan("logins", project, write(tmp_path, text))
    assert [(p.line, p.column, p.value) for p in found.problems] == [
        (3, "Login Time", "03/14/2026")
    ]
    months = "Username,Login Time,Status\nu1,3/12/2026 1:00 PM,Success\n"
    months += "u1,3/13/2026 1:00 PM,Success\n"
    take("logins", project, write(tmp_path, months, "us.csv"))
    assert [day for _, day in logins(project)] == ["2026-03-12", "2026-03-13"]


def test_clocks_of_other_zones(project: Project, tmp_path: Path) -> None:
    text = "Username,Login Time,Status\n" + "".join(
        f"{number},{moment},Success\n"
        for number, moment in enumerate(
            ["2026-03-12 23:30:00 PST", "2026-03-12T23:30:00-08:00", "2026-03-12 23:30 GMT",
             "2026-03-12 23:30 CET", "2026-03-12 23:30:00 +0530", "2026-03-12 23:30 Asia/Tokyo"]
        )
    )  # fmt: skip
    take("logins", project, write(tmp_path, text))
    assert [day for _, day in logins(project)] == [
        "2026-03-13", "2026-03-13", "2026-03-13", "2026-03-12", "2026-03-12", "2026-03-12",
    ]  # fmt: skip
    odd = "Username,Login Time,Status\nu1,2026-03-12 23:30 QQQ,Success\n"
    found = plan("logins", project, write(tmp_path, odd, "odd.csv"))
    assert found.problems[0].value == "2026-03-12 23:30 QQQ"  # no day would be more than a guess


def test_headings_of_another_language_and_no_headings(project: Project, tmp_path: Path) -> None:
    text = "Benutzername;Anmeldezeit;Status\nu1;2026-03-12;Success\n"
    path = write(tmp_path, text)
    found = plan("logins", project, path)
    assert "no column for" in found.problems[0].sentence.english()
    told = {"user": "Benutzername", "moment": "Anmeldezeit"}
    take("logins", project, path, mapping=told)
    assert logins(project) == [("u1", "2026-03-12")]


def test_nul_bytes_wrong_encodings_and_ragged_rows(project: Project, tmp_path: Path) -> None:
    text = HEADER + history("u\x001", "2026-03-12T08:00:00Z")
    found = take("logins", project, write(tmp_path, text))
    assert logins(project) == [("u1", "2026-03-12")]
    assert (found.errors, found.warnings) == (0, 1)
    sixteen = write(tmp_path, HEADER + history("Zoé", "2026-03-13T08:00:00Z"), "b.csv", "utf-16")
    take("logins", project, sixteen)
    cp1252 = write(tmp_path, HEADER + history("Zoë", "2026-03-13T08:00:00Z"), "c.csv", "cp1252")
    take("logins", project, cp1252)
    assert {user for user, _ in logins(project)} == {"u1", "Zoé", "Zoë"}
    ragged = (
        HEADER + history("u1", "2026-03-14T08:00:00Z") + "a,b,c\n" + history("u1", "2026-03-15")
    )
    refused = plan("logins", project, write(tmp_path, ragged, "d.csv"))
    assert [(p.line, p.value) for p in refused.problems] == [(3, "")]
    note_in_the_middle = HEADER + "just one cell\n" + history("u1", "2026-03-15")
    held = plan("logins", project, write(tmp_path, note_in_the_middle, "e.csv"))
    assert [p.line for p in held.problems] == [2]


@pytest.mark.parametrize("text", ["", "\n\n", "\x00\x01\x02\x03" * 50, "%PDF-1.7\n", "{}"])
def test_what_is_no_table_is_refused(project: Project, tmp_path: Path, text: str) -> None:
    before = dump(project)
    with pytest.raises(UserError):
        plan("logins", project, write(tmp_path, text))
    assert dump(project) == before


def test_a_truncated_gzip_and_a_bomb(project: Project, tmp_path: Path) -> None:
    whole = gzip.compress("".join(month(m, *range(1, 28)) for m in range(1, 12)).encode())
    cut = tmp_path / "cut.csv.gz"
    cut.write_bytes(whole[: len(whole) // 2])
    bomb = tmp_path / "bomb.csv.gz"
    with gzip.open(bomb, "wb", compresslevel=9) as handle:
        handle.write(HEADER.encode())
        for _ in range(64):
            handle.write(b"u," * (1 << 19))
    before = dump(project)
    for path in (cut, bomb):
        with pytest.raises(UserError, match=path.name):
            plan("logins", project, path)
    assert dump(project) == before


def test_two_hundred_megabytes_are_read_in_pieces(project: Project, tmp_path: Path) -> None:
    """Rows of 2 kB, as audits have: 200 MB in the time and memory of a few pieces."""
    path = tmp_path / "big.csv"
    padding = "x" * 2000
    block = "".join(
        history(f"u{n % 7}", f"2026-03-{n % 28 + 1:02d}T08:00:00Z").rstrip("\n") + padding + "\n"
        for n in range(1000)
    ).encode()
    with path.open("wb") as handle:
        handle.write(HEADER.encode())
        while handle.tell() < 200 << 20:
            handle.write(block)
    begun = time.monotonic()
    found = plan("logins", project, path)
    assert time.monotonic() - begun < 30
    assert found.ok
    assert found.counts["users"] == 7
    path.unlink()


def test_details_that_are_no_json(project: Project, tmp_path: Path) -> None:
    text = PURVIEW + "\n"
    text += '1,2026-03-12T08:00:00 ,CRM,UserLoggedIn,zoe@x.fr,"{""cut",,\n'
    text += "2,2026-03-13T08:00:00 ,CRM,Create,zoe@x.fr,,,\n"  # in what, nobody says
    deep = '{""a"":' * 2000
    text += f'3,2026-03-14T08:00:00 ,CRM,UserLoggedIn,zoe@x.fr,"{deep}",,\n'
    found = take("logins", project, write(tmp_path, text))
    assert [day for _, day in logins(project)] == ["2026-03-12", "2026-03-14"]
    assert found.counts["skipped"] == 1


def test_a_formula_in_a_name_stays_a_text(project: Project, tmp_path: Path) -> None:
    name = "=cmd|' /C calc'!A1"
    take("logins", project, write(tmp_path, HEADER + history(name, "2026-03-12T08:00:00Z")))
    assert logins(project) == [(name, "2026-03-12")]


def test_the_messy_files_of_the_corpus_end_in_a_sentence(project: Project, corpus: Path) -> None:
    """Nothing of it is an export of use: each is refused, or has nothing that counts."""
    before = dump(project)
    checked = 0
    for folder in ("csv-pollock-polluted", "csv-spectrum", "crm-opportunities"):
        for path in sorted((corpus / folder).rglob("*.csv"))[:40]:
            for kind in ("logins", "actions"):
                with contextlib.suppress(UserError):
                    plan(kind, project, path)
                checked += 1
    assert checked > 50
    assert dump(project) == before


def test_days_to_come_are_told(project: Project, tmp_path: Path) -> None:
    text = "Username,Login Time,Status\nu1,2026-03-12,Success\nu1,2131-03-13,Success\n"
    found = plan("logins", project, write(tmp_path, text))
    assert "2131" in found.problems[0].sentence.english()
    past = "Username,Login Time,Status\nu1,2026-03-12,Success\n"
    assert not plan("logins", project, write(tmp_path, past, "past.csv")).problems
