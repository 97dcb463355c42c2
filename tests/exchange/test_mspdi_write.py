"""Plans written as MS Project XML read back as they were, whatever stands in them."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings

from crm_pilot.errors import UserError
from crm_pilot.exchange import mspdi_order
from crm_pilot.exchange.mspdi import read_mspdi
from crm_pilot.exchange.mspdi_write import mspdi_bytes, write_mspdi
from crm_pilot.exchange.plan_formats import read_plan
from crm_pilot.planning.document import (
    DocAssignment,
    DocCalendar,
    DocException,
    DocTask,
    PlanDocument,
)

sys.path.insert(0, str(Path(__file__).parent))
import plan_documents

SPACE = "{http://schemas.microsoft.com/project}"
ORDERS = {
    "Project": mspdi_order.PROJECT,
    "Calendar": mspdi_order.CALENDAR,
    "Task": mspdi_order.TASK,
    "Resource": mspdi_order.RESOURCE,
    "Assignment": mspdi_order.ASSIGNMENT,
    "Baseline": mspdi_order.BASELINE,
}


def tree(document: PlanDocument) -> ElementTree.Element:
    """The root of the file."""
    return ElementTree.fromstring(mspdi_bytes(document))


def names(element: ElementTree.Element) -> list[str]:
    """Names of the children."""
    return [child.tag.removeprefix(SPACE) for child in element]


def in_order(found: Sequence[str], order: Sequence[str]) -> bool:
    """Whether names that the schema knows stand in its order."""
    places = [order.index(name) for name in found if name in order]
    return places == sorted(places)


def test_every_file_of_the_corpus_comes_back_as_it_was(
    corpus: Path, record_property: Callable[[str, object], None]
) -> None:
    same, size = 0, [0, 0]
    for folder in ("mpxj-mspdi", "ganttproject", "mpxj-planner"):
        for path in sorted((corpus / folder).iterdir()):
            if path.suffix == ".json" or path.name == "resource-rates-test.xml":  # no plan of ours
                continue
            document = read_plan(path)
            written = mspdi_bytes(document)
            assert read_mspdi(written) == as_mspdi(document), path.name
            assert mspdi_bytes(read_mspdi(written)) == written
            same += 1
            size = [size[0] + path.stat().st_size, size[1] + len(written)]
    record_property(
        "printed",
        f"Plans written again: {same} of {same} identical, {size[0] >> 10} KiB became"
        f" {size[1] >> 10} KiB",
    )
    assert same == 63


def as_mspdi(document: PlanDocument) -> PlanDocument:
    """The same plan as MS Project XML holds it: without parts of other formats."""
    if document.source == "mspdi":
        return document
    plain = {"extras": {}}
    return replace(
        document,
        source="mspdi",
        application="",
        extras={},
        lost=(),
        tasks=tuple(replace(t, **plain, work=t.work) for t in document.tasks),
        resources=tuple(replace(r, **plain) for r in document.resources),
        assignments=tuple(replace(a, **plain) for a in document.assignments),
    )


@given(plan_documents.documents())
@settings(max_examples=100, deadline=None)
def test_any_plan_comes_back_as_it_was(document: PlanDocument) -> None:
    assert read_mspdi(mspdi_bytes(document)) == document


@given(plan_documents.documents())
@settings(max_examples=30, deadline=None)
def test_elements_stand_in_the_order_of_the_schema(document: PlanDocument) -> None:
    for element in tree(document).iter():
        order = ORDERS.get(element.tag.removeprefix(SPACE))
        if order is not None:
            assert in_order(names(element), order), names(element)


def test_elements_of_real_files_stand_in_their_order(corpus: Path) -> None:
    for path in sorted((corpus / "mpxj-mspdi").glob("*.xml")):
        if path.name == "resource-rates-test.xml":
            continue
        for element in tree(read_mspdi(path)).iter():
            order = ORDERS.get(element.tag.removeprefix(SPACE))
            if order is not None:
                assert in_order(names(element), order), (path.name, names(element))


def test_what_ms_project_needs_to_open_a_file() -> None:
    document = PlanDocument(
        title="Rollout",
        start=dt.datetime(2026, 1, 5, 8),
        finish=dt.datetime(2026, 1, 9, 17),
        calendar=3,
        calendars=(DocCalendar(3, "Standard", (((480, 720), (780, 1440)),) * 5 + ((), ())),),
        tasks=(
            DocTask(7, "Phase"),
            DocTask(8, "Work", parent=7, duration=480, duration_unit="d", manual=True,
                    start=dt.datetime(2026, 1, 5, 8), finish=dt.datetime(2026, 1, 5, 17)),
            DocTask(9, "Other", parent=7),
            DocTask(10, "Next"),
        ),
    )  # fmt: skip
    root = tree(document)
    assert root.tag == f"{SPACE}Project"
    assert root.findtext(f"{SPACE}SaveVersion") == "14"
    assert root.findtext(f"{SPACE}CalendarUID") == "3"
    tasks = root.findall(f"{SPACE}Tasks/{SPACE}Task")
    told = [
        tuple(
            t.findtext(SPACE + n) for n in ("UID", "ID", "OutlineNumber", "OutlineLevel", "Summary")
        )
        for t in tasks
    ]
    assert told == [
        ("0", "0", "0", "0", "1"),  # the line that sums up the project
        ("7", "1", "1", "1", "1"),
        ("8", "2", "1.1", "2", "0"),
        ("9", "3", "1.2", "2", "0"),
        ("10", "4", "2", "1", "0"),
    ]
    assert tasks[0].findtext(f"{SPACE}Name") == "Rollout"
    assert tasks[2].findtext(f"{SPACE}ManualStart") == "2026-01-05T08:00:00"
    assert tasks[2].findtext(f"{SPACE}ManualDuration") == "PT8H0M0S"
    days = root.findall(f".//{SPACE}WeekDay")
    assert [d.findtext(f"{SPACE}DayType") for d in days] == list("1234567")  # Sunday first
    assert [d.findtext(f"{SPACE}DayWorking") for d in days] == list("0111110")
    assert days[1].findall(f".//{SPACE}ToTime")[1].text == "00:00:00"


def test_rules_of_recurring_exceptions_stay_rules(corpus: Path) -> None:
    path = corpus / "mpxj-mspdi" / "calendar-recurring-exceptions-project2013-mspdi.xml"
    document = read_mspdi(path)
    assert len(tree(document).findall(f".//{SPACE}Exception")) == 27
    calendar = document.calendars[0]
    fewer = replace(calendar, exceptions=calendar.exceptions[1:])  # the rules are wrong now
    changed = replace(document, calendars=(fewer, *document.calendars[1:]))
    found = tree(changed).findall(f".//{SPACE}Exception")
    assert len(found) == len(fewer.exceptions)
    assert read_mspdi(mspdi_bytes(changed)).calendars[0].exceptions == fewer.exceptions


def test_stretches_of_a_split_task_come_back() -> None:
    calendar = DocCalendar(1, "C", (((480, 720), (780, 1020)),) * 5 + ((), ()))
    stretches = (
        (dt.datetime(2026, 1, 5, 8), dt.datetime(2026, 1, 6, 17)),
        (dt.datetime(2026, 1, 12, 8), dt.datetime(2026, 1, 13, 12)),
    )
    document = PlanDocument(
        source="mspdi", calendar=1, calendars=(calendar,), tasks=(DocTask(1, "Split"),),
        assignments=(DocAssignment(1, None, segments=stretches),),
    )  # fmt: skip
    assert read_mspdi(mspdi_bytes(document)) == document


# nothing in a plan becomes markup ------------------------------------------------------------

HOSTILE = [
    "</Task><Task><UID>99</UID></Task>",
    "<UID>99</UID>",
    "<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><HideBar>&a;</HideBar>",
    "<HideBar>1</HideBar></Task></Tasks></Project>",
    "<HideBar>1",
    "<HideBar><![CDATA[</HideBar></Task>]]></HideBar>",
    "<?xml-stylesheet href='x'?><HideBar>1</HideBar>",
    "<x:HideBar>1</x:HideBar>",
    "plain & text",
]


@pytest.mark.parametrize("kept", HOSTILE)
def test_kept_parts_cannot_break_out(kept: str) -> None:
    name = "HideBar"
    task = DocTask(
        1, "A", extras={name: kept, "UID": "<UID>77</UID>", "a b": "<a/>", "gan:x": "<x/>"}
    )
    document = PlanDocument(
        tasks=(task,), extras={name: kept, "Tasks": "<Tasks><Task><UID>5</UID></Task></Tasks>"}
    )
    found = tree(document)
    assert len(found.findall(f"{SPACE}Tasks/{SPACE}Task")) == 2
    assert [u.text for u in found.iter(f"{SPACE}UID")] == ["0", "1"]
    assert "etc/passwd" not in mspdi_bytes(document).decode()
    read = read_mspdi(mspdi_bytes(document))
    assert [t.uid for t in read.tasks] == [1]


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    document = PlanDocument(tasks=(DocTask(1, "a\x00b\x0b\ufffe\ud800c", note="x\r\ny\u2028"),))
    found = read_mspdi(mspdi_bytes(document)).tasks[0]
    assert (found.name, found.note) == ("abc", "x\r\ny\u2028")


def test_a_file_that_cannot_be_written_is_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "plan.xml"
    path.write_text("before")
    with pytest.raises(UserError, match="cannot be written"):
        write_mspdi(PlanDocument(), tmp_path / "none" / "plan.xml")
    write_mspdi(PlanDocument(title="After"), path)
    assert read_mspdi(path).title == "After"
    assert [p.name for p in tmp_path.iterdir()] == ["plan.xml"]


def test_kept_exceptions_of_a_calendar_are_sound(tmp_path: Path) -> None:
    day = DocException(dt.date(2026, 5, 1), dt.date(2026, 5, 1))
    calendar = DocCalendar(
        1, "C", ((),) * 7, exceptions=(day,), extras={"Exceptions": "<Exception>"}
    )
    found = read_mspdi(mspdi_bytes(PlanDocument(calendars=(calendar,))))
    assert found.calendars[0].exceptions == (day,)


def test_the_order_of_the_schema_names_nothing_twice() -> None:
    for order in ORDERS.values():
        assert all(a != b for a, b in pairwise(sorted(order)))
