"""Finding by a few letters: folding, ranking, marks, and an index that re-reads what changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest

from crm_pilot import index as module
from crm_pilot.findable import KINDS
from crm_pilot.i18n import Translator
from crm_pilot.index import Index
from crm_pilot.project import Add, Project, Remove, SetField
from crm_pilot.search import (
    Part,
    Query,
    chosen_lately,
    fixed,
    fold,
    folded_lines,
    parse,
    search,
    spans,
)


def titles(*texts: str, typed: str, recent: tuple[tuple[str, str], ...] = ()) -> list[str]:
    """Titles found among `texts`, in the order shown."""
    part = fixed("thing", [(text, text, "") for text in texts])
    return [hit.title for hit in search([part], typed, recent).hits]


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("L’équipe d'été", "l equipe d ete"),
        ("Go-live (vague 2)", "go live vague 2"),
        ("  1ᵉʳ Œuvre\u202f: NAÏVE  ", "1er oeuvre naive"),
        ("INC0000012", "inc0000012"),
        ("", ""),
    ],
)
def test_fold(text: str, plain: str) -> None:
    assert fold(text) == plain


def test_lines_are_those_of_each_title_alone() -> None:
    texts = [("Mise en service vague 2", "M-2"), ("(Été)", ""), ("two\nlines", "x"), ("", "")]
    lines, initials = folded_lines(texts)
    assert lines == [
        " mise en service vague 2 \t m 2 ",
        " ete \t  ",
        " two lines \t x ",
        "  \t  ",
    ]
    assert initials == ["mesv2", "e", "tl", ""]
    for place, pair in enumerate(texts):
        assert folded_lines([pair]) == ([lines[place]], [initials[place]])


def test_accents_case_and_apostrophes_do_not_count() -> None:
    known = ("Réunion de l’équipe", "Reporting")
    assert titles(*known, typed="REUN") == ["Réunion de l’équipe"]
    assert titles(*known, typed="l'équ") == ["Réunion de l’équipe"]
    assert titles(*known, typed="équipe réu") == ["Réunion de l’équipe"]
    assert titles(*known, typed="équipe x") == []


def test_initials() -> None:
    known = ("Mise en service vague 1", "Mise en service vague 2", "Amvil 2")
    assert titles(*known, typed="mv2") == ["Mise en service vague 2"]
    assert titles(*known, typed="mesv") == list(known[:2])
    assert titles(*known, typed="sv2") == []  # not the first word


def test_the_closest_stands_first() -> None:
    known = (
        "The planning",
        "Airplanes",
        "Plan",
        "Planning of waves",
        "Pilots learn a new tool",
    )
    assert titles(*known, typed="plan") == [
        "Plan",
        "Planning of waves",
        "The planning",
        "Pilots learn a new tool",
        "Airplanes",
    ]


def test_of_equals_the_one_chosen_lately_stands_first() -> None:
    known = ("Plan A", "Plan B", "Plan C", "Plan")
    recent = (("thing", "Plan C"), ("other", "Plan B"))
    assert titles(*known, typed="plan", recent=recent) == ["Plan", "Plan C", "Plan A", "Plan B"]


def test_the_latest_choice_stands_before_earlier_ones() -> None:
    known = ("Plan A", "Plan B", "Plan C")
    recent = (("thing", "Plan C"), ("thing", "Plan B"))
    assert titles(*known, typed="plan", recent=recent) == ["Plan C", "Plan B", "Plan A"]


def test_nothing_is_found_twice() -> None:
    part = fixed("thing", [("a", "Plan lots", ""), ("b", "Place", "")])
    found = search([part], "pl")  # the beginning of a title that has these initials too
    assert [hit.key for hit in found.hits] == ["b", "a"]
    assert found.more == 0


def test_a_number_counts_as_much_as_a_title() -> None:
    lines, initials = folded_lines([("Call 7 of D-0", "X-1"), ("Go", "D-021"), ("No", "D-02")])
    rows = [
        (n, t, c) for n, (t, c) in enumerate([("Call", "X-1"), ("Go", "D-021"), ("No", "D-02")])
    ]
    part = Part("decision", rows, lambda row: (row[1], row[2], ""), lines, initials)
    assert [hit.key for hit in search([part], "d-0").hits] == [2, 1, 0]
    assert [hit.key for hit in search([part], "D-02").hits] == [2, 1]
    assert search([part], "021").hits[0].code_marks == ((2, 5),)


def test_first_characters_ask_for_kinds() -> None:
    parts = [
        fixed("room", [("a", "Save the dates", "")]),
        fixed("action", [("b", "Save", "")]),
        fixed("ticket", [("c", "Save fails", "")]),
        fixed("person", [("d", "Saveria", "")]),
    ]
    found = {typed: [h.kind for h in search(parts, typed).hits] for typed in ("", *">#@")}
    assert found == {
        "": ["room", "action", "ticket", "person"],
        ">": ["action"],
        "#": ["ticket"],
        "@": ["person"],
    }
    assert [h.kind for h in search(parts, "> sav").hits] == ["action"]
    assert parse("#0012") == Query(("0012",), frozenset({"ticket"}))


def test_rooms_and_actions_before_things_and_things_by_their_best() -> None:
    parts = [
        fixed("room", [("a", "Cockpit sale", "")]),
        fixed("action", [("b", "The sale", "")]),
        fixed("task", [("c", "Wholesale", "")]),
        fixed("person", [("d", "Sale", "")]),
    ]
    found = search(parts, "sale")
    assert [kind for kind, _ in found.groups] == ["room", "action", "person", "task"]


def test_few_of_many_are_shown_and_the_rest_counted() -> None:
    many = fixed("ticket", [(str(n), f"Sale {n}", "") for n in range(400)])
    few = fixed("person", [(str(n), f"Wholesale {n}", "") for n in range(5)])
    found = search([many, few], "sale")
    assert len(found.hits) == 50
    assert found.more == 355
    assert sum(hit.kind == "person" for hit in found.hits) == 3  # no kind is crowded out
    assert search([many, few], "sale 399").more == 0


@pytest.mark.parametrize(
    ("text", "typed", "letters"),
    [
        ("Réunion de l’équipe", "equ réu", "Réuéqu"),
        ("Mise en service vague 2", "mv2", "Mv2"),
        ("Une vague de vacances", "vac", "vac"),
        ("Œuvre", "oeu", "Œu"),
        ("cafe\u0301 noir", "fe n", "fen"),
        ("Nothing", "zz", ""),
    ],
)
def test_marks_are_letters_of_the_title(text: str, typed: str, letters: str) -> None:
    assert "".join(text[a:b] for a, b in spans(text, parse(typed))) == letters


# the index -----------------------------------------------------------------------------------


@pytest.fixture
def index(demo: Path) -> Iterator[Index]:
    """Everything of the French demonstration project."""
    with Project.open(demo, read_only=True) as project:
        made = Index(project.reader, Translator("fr"))
        made.complete()
        yield made


def test_every_kind_is_found_in_the_demonstration(index: Index) -> None:
    assert [part.kind for part in index.parts] == [kind.table for kind in KINDS]
    for part in index.parts:
        title, code, detail = part.describe(part.rows[0])
        assert title.strip(), part.kind
        found = search([part], f"{title} {code}")
        assert part.rows[0][0] in [hit.key for hit in found.hits], part.kind
        assert "\n" not in detail


def test_a_committee_is_found_in_the_words_of_the_window(index: Index) -> None:
    number = next(part for part in index.parts if part.kind == "committee").rows[0][1]
    found = search(index.parts, f"copil {number}")
    assert "committee" in [hit.kind for hit in found.hits]


def test_committees_of_other_kinds_are_called_by_their_kind(project: Project) -> None:
    for kind in ("steering", "project"):
        day = dt.date(2026, 11, 19)
        held = project.execute(Add("committee", {"kind": kind, "number": 3, "held_on": day}))
    project.execute(Add("agenda_item", {"committee_id": held, "title": "Doublons"}))
    wanted = {"fr": "Comité de projet n° 3", "en": "Project committee no. 3"}
    for language, called in wanted.items():
        index = Index(project.reader, Translator(language))
        index.complete()
        assert called in {hit.title for hit in search(index.parts, called).hits}
        (point,) = search(index.parts, "doublons").hits
        assert point.detail.startswith(called)


def test_nobody_of_the_map_is_found_by_name(project: Project) -> None:
    unit = {"kind": "person", "name": "Nora Faure", "code": "P-07"}
    project.execute(Add("stakeholder", unit))
    index = Index(project.reader, Translator("en"))
    index.complete()
    assert search(index.parts, "faure").hits == ()
    assert [hit.title for hit in search(index.parts, "p-07").hits] == ["P-07"]


def test_an_edit_reads_its_own_tables_again(project: Project) -> None:
    person = project.execute(Add("person", {"last_name": "Faure"}))
    project.execute(Add("task", {"title": "Design", "kind": "task"}))
    index = Index(project.reader, Translator("en"))
    index.complete()
    before = {part.kind: part for part in index.parts}
    project.execute(SetField("person", person, "last_name", "Morel"))
    assert search(index.parts, "faure").hits  # known until it was read again
    index.complete()
    after = {part.kind: part for part in index.parts}
    assert [kind for kind in after if after[kind] is not before[kind]] == ["person"]
    assert not search(index.parts, "faure").hits
    assert search(index.parts, "morel").hits
    project.execute(Remove("person", (person,)))
    index.complete()
    assert not search(index.parts, "morel").hits


def test_slices_come_to_the_same_and_an_edit_between_them_counts(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "SLICE", 2)
    keys = [
        project.execute(
            Add("ticket", {"number": f"INC{n}", "title": f"T{n}", "opened_at": dt.datetime.min})
        )
        for n in range(5)
    ]
    index = Index(project.reader, Translator("en"))
    while not any(part.kind == "course" for part in index.parts):  # tickets are next
        assert not index.step()
    index.step()
    project.execute(SetField("ticket", keys[4], "title", "Late"))
    index.complete()
    tickets = next(part for part in index.parts if part.kind == "ticket")
    assert [row[1] for row in tickets.rows] == ["Late", "T3", "T2", "T1", "T0"]
    assert index.step()


def test_what_was_chosen_lately_and_is_gone_is_left_out(project: Project) -> None:
    person = project.execute(Add("person", {"last_name": "Faure"}))
    index = Index(project.reader, Translator("en"))
    index.complete()
    recent = [("task", 99), ("person", person), ("person", 12), ("gone", 1)]
    assert [hit.title for hit in chosen_lately(index.parts, recent)] == ["Faure"]
