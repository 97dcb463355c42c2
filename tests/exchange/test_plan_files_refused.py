"""Plan files that are broken, hostile or none at all: refused with a sentence, in time and room."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from crm_pilot.errors import UserError
from crm_pilot.exchange.mspdi import read_mspdi
from crm_pilot.exchange.plan_formats import read_plan

SECONDS = 1.0
MEBIBYTES = 200
HANG = 300  # seconds: a guard against a hang
SLOW = 4  # a loaded machine takes longer; what it took is printed
MSPDI = '<Project xmlns="http://schemas.microsoft.com/project">'
CUT = 997  # bytes between two cuts of a good file
CUTS = 25  # of a larger one


def child(names: list[str]) -> dict[str, Any]:
    """What a process of its own said about files."""
    if not Path("/proc/self/status").exists():
        pytest.skip("memory is read from /proc")
    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("plan_child.py")), *names],
        capture_output=True,
        text=True,
        timeout=HANG,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    return dict(json.loads(run.stdout))


def refused(
    names: list[str], title: str, record: Callable[[str, object], None]
) -> list[tuple[str, str]]:
    """All files refused within time and memory; returns what was said."""
    found = child(names)
    worst = max(seconds for _name, _said, seconds in found["files"])
    record(
        "printed",
        f"{title}: {len(found['files'])} files refused, slowest {worst * 1000:.0f} ms,"
        f" {found['largest'] - found['before']:.0f} MiB above {found['before']:.0f}",
    )
    assert [name for name, said, _ in found["files"] if not said] == []
    assert worst < SECONDS * SLOW
    assert found["largest"] < MEBIBYTES
    return [(name, said) for name, said, _ in found["files"]]


def bombs(folder: Path) -> dict[str, tuple[bytes, str]]:
    """Files made to exhaust memory or time, and a part of what is said."""
    laughs = '<!DOCTYPE Project [<!ENTITY a0 "ha">' + "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12)
    )
    blow = '<!DOCTYPE Project [<!ENTITY a "' + "x" * 60_000 + '">]>'
    task = "<Task><UID>1</UID><Name>T</Name></Task>"
    return {
        "laughs.xml": (
            f"{laughs}]>{MSPDI}<Title>&a11;</Title></Project>".encode(),
            "document type",
        ),
        "quadratic.xml": (f"{blow}{MSPDI}{'&a;' * 20_000}</Project>".encode(), "document type"),
        "outside.xml": (
            b'<!DOCTYPE p [<!ENTITY e SYSTEM "file:///etc/passwd">]><Project>&e;</Project>',
            "document type",
        ),
        "parameter.xml": (
            b'<!DOCTYPE p [<!ENTITY % e SYSTEM "http://127.0.0.1:9/x.dtd"> %e;]><Project/>',
            "document type",
        ),
        "attribute.xml": (b'<Project a="' + b"x" * (30 << 20) + b'"/>', "one million characters"),
        "name.xml": (b"<" + b"P" * (30 << 20) + b"/>", "one million characters"),
        "text.xml": (
            f"{MSPDI}<Title>".encode() + b"x" * (30 << 20) + b"</Title></Project>",
            "one million characters",
        ),
        "deep.xml": (MSPDI.encode() + b"<a>" * 1_000_000, "far more than a plan"),
        "wide.xml": (MSPDI.encode() + b"<a/>" * 6_000_000, "far more than a plan"),
        "stuffed.xml": (
            f"{MSPDI}<Tasks><Task>".encode() + b"<a/>" * 3_000_000,
            "far more than a plan",
        ),
        "attributes.xml": (
            f"{MSPDI}<Tasks><Task %s/>".encode()
            % b" ".join(b"b%d='1'" % n for n in range(500_000)),
            "one million characters",
        ),
        "packed.xml": (
            gzip.compress(f"{MSPDI}<Tasks>{task * 2_000_000}</Tasks></Project>".encode()),
            "more than 50000 tasks",
        ),
        "utf7.xml": (b"<?xml version='1.0' encoding='UTF-7'?>\n<Project/>", "not a plan file"),
        "unknown.xml": (b"<?xml version='1.0' encoding='klingon'?>\n<Project/>", ""),
        "control.xml": (f"{MSPDI}\n<Title>\x01</Title></Project>".encode(), "line 2, column 8"),
        "entity.xml": (f"{MSPDI}\n<Title>&nbsp;</Title></Project>".encode(), "line 2, column 8"),
        "twice.xml": (b'<Project a="1" a="2"/>', "damaged at line 1"),
        "prefix.xml": (b"<x:Project/>", "damaged at line 1"),
    }


def test_bombs_are_refused_in_time_and_room(
    tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    made = bombs(tmp_path)
    for name, (data, _said) in made.items():
        (tmp_path / name).write_bytes(data)
    said = dict(refused([str(tmp_path / name) for name in made], "Plan bombs", record_property))
    for name, (_data, part) in made.items():
        assert name in said[name]
        assert part in said[name], said[name]


def test_the_bombs_of_the_corpus_are_refused(
    corpus: Path, record_property: Callable[[str, object], None]
) -> None:
    names = [str(path) for path in sorted((corpus / "xml-bombs").iterdir())]
    refused(names, "Corpus xml-bombs", record_property)


def test_good_files_cut_anywhere_are_refused(
    corpus: Path, record_property: Callable[[str, object], None]
) -> None:
    folders = ("mpxj-mspdi", "ganttproject", "mpxj-planner")
    paths = [p for f in folders for p in sorted((corpus / f).iterdir()) if p.suffix != ".json"]
    names = [f"{p}::{max(CUT, p.stat().st_size // CUTS)}" for p in paths]
    said = refused(names, "Good plans cut short", record_property)
    assert len(said) > 1200
    told = [line for name, line in said if not name.endswith(" at 0")]
    placed = [line for line in told if "at line " in line]
    # the rest ends before the first element, or is a file of Primavera
    assert len(placed) > 0.9 * len(told)


def test_every_single_cut_of_a_small_file() -> None:
    data = (
        f'<?xml version="1.0" encoding="UTF-8"?>\n{MSPDI}<Title>Été &amp; co</Title><Tasks><Task>'
        "<UID>1</UID><Name>A</Name></Task></Tasks></Project>"
    ).encode()
    assert read_plan(data).title == "Été & co"
    for cut in range(len(data)):
        with pytest.raises(UserError) as told:
            read_plan(data[:cut], "small.xml")
        assert "small.xml" in str(told.value)


@pytest.mark.parametrize(
    ("data", "part"),
    [
        (b"", "is empty"),
        (b"\n \n", "not a plan file"),
        (b"hello", "not a plan file"),
        (b"a;b;c\n1;2;3\n", "not a plan file"),
        (bytes(range(256)) * 20, "not a plan file"),
        (b"PK\x03\x04" + bytes(100), "not a plan file"),
        (b"%PDF-1.7", "not a plan file"),
        (b"MPX,Microsoft Project,4.0", "save it as MS Project XML"),
        (b"ERMHDR\t20.12", "save it as MS Project XML"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "“Save as”, type “XML”"),
        (b"<html/>", "begins with “html”"),
        (b'<Project xmlns="urn:other"/>', "begins with “Project”"),
        (b'<project name="x"/>', "begins with “project”"),
        (b'<project mrproject-version="2"', "not complete"),
        (b"\xff\xfe" + "<Project>".encode("utf-16-le"), "not complete"),
    ],
)
def test_what_is_no_plan_is_refused_with_advice(data: bytes, part: str) -> None:
    with pytest.raises(UserError) as told:
        read_plan(data, "x.xml")
    assert part in str(told.value)
    assert "x.xml" in str(told.value)


def test_files_of_ms_project_itself_are_refused_with_advice(corpus: Path) -> None:
    paths = sorted((corpus / "mpxj-mpp").glob("*.mpp"))
    assert paths
    for path in paths:
        with pytest.raises(UserError, match=r"“Save as”, type “XML”") as told:
            read_plan(path)
        assert path.name in str(told.value)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="cannot be read"):
        read_plan(tmp_path / "none.xml")
    with pytest.raises(UserError, match="cannot be read"):
        read_plan(tmp_path)


def test_encodings_and_packed_files_read(tmp_path: Path) -> None:
    text = f"{MSPDI}<Title>Déploiement</Title></Project>"
    for data in (
        text.encode("utf-16"),
        b"\xef\xbb\xbf" + text.encode(),
        f'<?xml version="1.0" encoding="windows-1252"?>{text}'.encode("cp1252"),
        gzip.compress(text.encode()),
    ):
        path = tmp_path / "plan.xml"
        path.write_bytes(data)
        assert read_mspdi(path).title == "Déploiement"
