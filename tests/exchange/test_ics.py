"""The plan as an iCalendar file: the rules of RFC 5545, and what stays out of it."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_pilot.errors import UserError
from crm_pilot.exchange.ics import Event, calendar_text, escaped, folded, identity
from crm_pilot.exchange.plan_exporting import export_plan
from crm_pilot.figures import Level
from crm_pilot.planning import queries
from crm_pilot.planning.terms import Pillar, TaskKind
from crm_pilot.project import Project

MADE = dt.datetime(2026, 11, 22, 4, 5, 6, tzinfo=dt.UTC)
NEEDED = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"}
_LINE = re.compile(r"([A-Z-]+)((?:;[A-Z-]+=[^:;,\"]+)*):(.*)\Z", re.DOTALL)
_ESCAPE = re.compile(r"\\([\\;,nN])")


def unfolded(data: bytes) -> list[str]:
    """Content lines, by the rules of RFC 5545, 3.1."""
    assert data.endswith(b"\r\n")
    raw = data[:-2].split(b"\r\n")
    for line in raw:
        assert len(line) <= 75, line
        assert b"\n" not in line
        assert b"\r" not in line
        line.decode("utf-8")  # no character is cut in two
    lines: list[str] = []
    for line in raw:
        if line.startswith((b" ", b"\t")):
            lines[-1] += line[1:].decode("utf-8")
        else:
            lines.append(line.decode("utf-8"))
    return lines


def plain(value: str) -> str:
    """A value of type TEXT as it was meant."""
    return _ESCAPE.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)


def events(data: bytes) -> list[dict[str, str]]:
    """Events with their values; everything around them is checked."""
    lines = unfolded(data)
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-1] == "END:VCALENDAR"
    found: list[dict[str, str]] = []
    inside = False
    for line in lines[1:-1]:
        match = _LINE.match(line)
        assert match, line
        name, parameters, value = match.groups()
        if line == "BEGIN:VEVENT":
            assert not inside
            inside = True
            found.append({})
        elif line == "END:VEVENT":
            assert inside
            inside = False
            assert found[-1].keys() >= NEEDED
        elif inside:
            assert name not in found[-1], f"{name} twice"
            found[-1][name] = value
            if name in ("DTSTART", "DTEND"):
                assert parameters == ";VALUE=DATE"
    assert not inside
    assert len({event["UID"] for event in found}) == len(found)
    return found


def event(title: str, **others: object) -> Event:
    """A task of two days."""
    given_ = {
        "key": 7, "kind": TaskKind.TASK, "pillar": Pillar.DEPLOYMENT,
        "first": dt.date(2026, 3, 2), "last": dt.date(2026, 3, 3), "percent": 40,
    } | others  # fmt: skip
    return Event(title=title, **given_)  # type: ignore[arg-type]


def text(*made: Event, confidential: bool = False, language: str = "en") -> bytes:
    """A whole file."""
    return calendar_text(
        "Roll-out", made, language=language, made=MADE, confidential=confidential
    ).encode("utf-8")


def test_an_event_covers_whole_days_and_ends_on_the_day_after() -> None:
    (found,) = events(text(event("Build, test; ship", above="Phase 1", owner="N. Faure")))
    assert (found["DTSTART"], found["DTEND"]) == ("20260302", "20260304")
    assert found["DTSTAMP"] == "20261122T040506Z"
    assert plain(found["SUMMARY"]) == "Build, test; ship"
    assert found["CATEGORIES"] == "Deployment,Task"
    assert plain(found["DESCRIPTION"]) == "Phase: Phase 1\nOwner: N. Faure\nDone: 40 %"
    assert found["TRANSP"] == "TRANSPARENT"
    assert "CLASS" not in found
    (marked,) = events(text(event("A"), confidential=True))
    assert marked["CLASS"] == "CONFIDENTIAL"


def test_identities_stay() -> None:
    assert identity("Roll-out", 7) == identity("Roll-out", 7)
    assert len({identity("Roll-out", 7), identity("Roll-out", 8), identity("Other", 7)}) == 3


@given(st.text(st.characters(codec="utf-8"), max_size=200))
def test_any_title_comes_back(title: str) -> None:
    (found,) = events(text(event(title)))
    meant = re.sub(r"\r\n|[\r\n\v\f\x85\u2028\u2029]", "\n", title)
    assert plain(found["SUMMARY"]) == re.sub("[\x00-\x09\x0e-\x1f\x7f]", _kept, meant)


def _kept(found: re.Match[str]) -> str:
    return found[0] if found[0] == "\t" else ""


@given(st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=300))
def test_folding_cuts_no_character(line: str) -> None:
    data = folded("X" + line).encode("utf-8")
    assert unfolded(data) == ["X" + line]


def test_nothing_breaks_out_of_a_value() -> None:
    hostile = "a\r\nEND:VEVENT\nBEGIN:VEVENT\rATTACH:file:///etc/passwd\u2028X:1"
    assert len(events(text(event(hostile, above=hostile, note=hostile)))) == 1
    assert "\n" not in escaped(hostile)
    assert "\r" not in escaped(hostile)


def test_the_plan_goes_out_without_names_at_committee_level(demo: Path, tmp_path: Path) -> None:
    today = dt.date(2026, 11, 22)
    with Project.open(demo, read_only=True) as project:
        rows = queries.tasks(project.reader)
        files = {
            level: export_plan(
                project.reader,
                "ics",
                tmp_path / f"{level}.ics",
                level=level,
                language="fr",
                today=today,
            ).read_bytes()
            for level in Level
        }
    dated = [row for row in rows if row.kind is not TaskKind.PHASE and row.start and row.active]
    for data in files.values():
        found = events(data)
        assert [plain(e["SUMMARY"]) for e in found] == [row.title for row in dated]
        spans = [(e["DTSTART"], e["DTEND"]) for e in found]
        day = dt.timedelta(days=1)
        assert spans == [(f"{r.start:%Y%m%d}", f"{r.finish + day:%Y%m%d}") for r in dated]
    owners = {row.owner for row in dated if row.owner}
    notes = {row.note.splitlines()[0] for row in dated if row.note}
    quiet, loud = (
        "\n".join(plain(e["DESCRIPTION"]) for e in events(files[level]))
        for level in (Level.COMMITTEE, Level.OWN)
    )
    assert owners
    assert notes
    assert not any(owner in quiet for owner in owners)
    assert not any(note in quiet for note in notes)
    assert all(owner in loud for owner in owners)
    assert all(note in loud for note in notes)


def test_refusals(project: Project, tmp_path: Path) -> None:
    options = {"level": Level.COMMITTEE, "language": "en", "today": dt.date(2026, 1, 1)}
    with pytest.raises(UserError, match="no dated line"):
        export_plan(project.reader, "ics", tmp_path / "a.ics", **options)  # type: ignore[arg-type]
    with pytest.raises(UserError, match=r"does not end in \.ics"):
        export_plan(project.reader, "ics", tmp_path / "a.xml", **options)  # type: ignore[arg-type]
    with pytest.raises(UserError, match=r"does not end in \.xml"):
        export_plan(project.reader, "mspdi", tmp_path / "a.ics", **options)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []
