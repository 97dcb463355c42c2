"""Erasing a person: nothing of them is left in the saved file, and what is counted stays."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_pilot.adoption import facts, facts_rare
from crm_pilot.errors import UserError
from crm_pilot.folding import folded
from crm_pilot.personal import identity, purging, texts
from crm_pilot.personal.erasing import doubtful, traces
from crm_pilot.project import Add, Project, SetField, copies_of
from crm_pilot.stakeholders import queries
from tests.personal.conftest import Told

FORMS = (
    *("vasseur", "Vasseur", "VASSEUR", "A20999", "005XYZ", "P-014", "Team lead", "Came back"),
    *("h.v-crm", "(ext)", "My own words", "Asked: My", "Sales champion"),
    *("Nénène",),
)


def test_the_saved_file_holds_no_trace(told: Told, tmp_path: Path) -> None:
    project = told.project
    path = tmp_path / "roll-out.crmp"
    project.save(path)
    assert all(form.encode() in path.read_bytes() for form in ("Vasseur", "A20999", "005XYZ"))
    subject = identity.of_person(project.reader, told.person)
    done = purging.erase(project, subject, "en")
    project.save()
    content = path.read_bytes()
    assert [form for form in FORMS if form.encode() in content] == []
    assert "Hélène".encode() not in content
    assert b"H\\u00e9l\\u00e8ne" not in content
    assert (done.units, done.ratings, done.attendances, done.accounts) == (1, 2, 1, 1)
    assert purging.purge(project, subject).left == ()


def test_committees_keep_that_somebody_was_there(told: Told) -> None:
    project = told.project
    purging.erase(project, identity.of_person(project.reader, told.person), "en")
    ask = project.reader.select
    mask = "[erased person]"
    assert ask("SELECT person_id, name, role FROM participant ORDER BY id") == [
        *[(None, mask, "")] * 2,
        (told.colleague, "Marc Tournier", "Sponsor"),
    ]
    assert ask("SELECT person_id, name FROM raci_actor ORDER BY id") == [
        (None, "Lead of telesales"),
        (None, mask),
        (told.colleague, "M. Tournier"),
    ]
    assert ask("SELECT letter FROM raci_cell ORDER BY id") == [("A",), ("R",), ("C",)]
    assert ask("SELECT owner FROM problem ORDER BY id") == [(mask,), ("Marc Tournier",)]
    assert ask("SELECT counted_on FROM position_count ORDER BY 1") == [
        ("2026-09-10",),
        ("2026-10-20",),
    ]  # of steering committees alone


def test_what_was_kept_of_the_file_goes_too(told: Told, tmp_path: Path) -> None:
    project = told.project
    path = tmp_path / "roll-out.crmp"
    project.save(path)
    project.execute(SetField("project", 1, "company", "Acme"))
    project.save()
    assert copies_of(path)
    subject = identity.of_person(project.reader, told.person)
    purging.erase(project, subject, "en")
    project.save()  # keeps a copy of the version with the name
    assert purging.purge(project, subject).copies == 2
    assert copies_of(path) == []


def test_it_cannot_be_undone_and_still_has_to_be_saved(told: Told, tmp_path: Path) -> None:
    project = told.project
    project.save(tmp_path / "roll-out.crmp")
    purging.erase(project, identity.of_person(project.reader, told.person), "en")
    assert project.undo_labels == []
    assert project.redo_labels == []
    assert project.unsaved
    assert project.reader.value("SELECT edits FROM working_copy") > 0


def test_the_working_copy_is_clean_before_the_save(told: Told) -> None:
    work = told.project._session.work
    purging.erase(told.project, identity.of_person(told.project.reader, told.person), "en")
    for path in work.parent.glob("work.crmp*"):
        assert b"Vasseur" not in path.read_bytes()


def test_counts_stay_of_nobody(told: Told) -> None:
    project, reader = told.project, told.project.reader
    purging.erase(project, identity.of_person(reader, told.person), "fr")
    assert reader.value("SELECT count(*) FROM attendance WHERE presence = 'present'") == 1
    assert reader.value("SELECT count(*) FROM account") == 2
    held = "SELECT count(*) FROM"
    assert reader.value(f"{held} evaluation WHERE satisfaction = 4 AND pace = 2") == 2
    assert reader.value(f"{held} support WHERE cause = 'complicated' AND person_id IS NULL") == 1
    assert reader.value(f"{held} quiz_result WHERE points = 7") == 1
    assert reader.value(f"{held} half_presence WHERE presence = 'present'") == 1
    assert reader.value(f"{held} waiting") == 0
    assert reader.value(f"{held} training_session WHERE trainer_id IS NOT NULL") == 0
    licences = reader.select("SELECT licence, email, full_name FROM account ORDER BY id")
    assert licences == [("Sales Pro", "", ""), ("", "", "[personne effacée]")]
    assert facts.stored_days(reader) == 3
    assert facts_rare.owned(reader, 202611) == {(1, 2): 3, (2, 2): 7}
    name, here = reader.one("SELECT last_name, department_id FROM person WHERE id = ?", told.person)
    assert name == f"Personne effacée {told.person}"
    assert here is not None
    kept = reader.select("SELECT counted_on, zone, persons FROM position_count ORDER BY id")
    assert kept == [("2026-09-10", "passive", 1), ("2026-10-20", "golden_triangle", 1)]


def test_a_second_person_adds_to_the_counts(told: Told) -> None:
    project, reader = told.project, told.project.reader
    other = project.execute(
        Add("stakeholder", {"kind": "person", "name": "Marc Tournier", "person_id": told.colleague})
    )
    project.execute(
        Add(
            "rating",
            {
                "stakeholder_id": other,
                "rated_on": dt.date(2026, 9, 1),
                "synergy": 1,
                "antagonism": 1,
                "fact": "Came",
            },
        )
    )
    for person in (told.person, told.colleague):
        purging.erase(project, identity.of_person(reader, person), "en")
    assert reader.select("SELECT persons FROM position_count WHERE counted_on = '2026-09-10'") == [
        (2,)
    ]


def test_others_are_left_as_they_are(told: Told) -> None:
    reader = told.project.reader
    purging.erase(told.project, identity.of_person(reader, told.person), "en")
    (group,) = queries.units(reader, dt.date(2026, 11, 21))
    assert group.fact == "[erased person] and M. Tournier asked"
    assert group.position == (2, 2)
    assert reader.value("SELECT last_name FROM person WHERE id = ?", told.colleague) == "Tournier"


def test_somebody_without_counts_goes_whole(told: Told) -> None:
    reader = told.project.reader
    purging.erase(told.project, identity.of_person(reader, told.colleague), "en")
    assert reader.value("SELECT count(*) FROM person WHERE id = ?", told.colleague) == 0
    authors = {author for (author,) in reader.select("SELECT author FROM rating")}
    assert authors == {"[erased person]"}
    words = reader.select("SELECT matter, answer FROM support ORDER BY id")
    assert words == [("Asked: My own words", "Shown by [erased person]"), ("", "")]
    comments = reader.select("SELECT person_id, comment FROM evaluation ORDER BY id")
    assert comments == [(told.person, "My own words"), (None, "")]


def test_a_namesake_keeps_the_name(told: Told) -> None:
    project, reader = told.project, told.project.reader
    project.execute(Add("person", {"first_name": "Paul", "last_name": "Vasseur"}))
    project.execute(SetField("task", 1, "title", "Ask Paul Vasseur"))
    project.execute(Add("highlight", {"noted_on": dt.date(2026, 11, 2), "lead": "Vasseur came"}))
    subject = identity.of_person(reader, told.person)
    left = doubtful(texts.mentions(reader.select, subject), subject)
    assert "highlight" in {one.column.table for one in left}
    assert "task" not in {one.column.table for one in left}  # it is surely Paul
    purging.erase(project, subject, "en")
    assert reader.value("SELECT title FROM task WHERE id = 1") == "Ask Paul Vasseur"
    assert reader.value("SELECT lead FROM highlight") == "Vasseur came"
    assert reader.value("SELECT owner FROM decision") == "[erased person]"


def test_a_thing_called_like_them_is_left_for_reading(told: Told) -> None:
    project, reader = told.project, told.project.reader
    project.execute(SetField("project", 1, "company", "Vasseur Frères"))
    subject = identity.of_person(reader, told.person)
    done = purging.erase(project, subject, "en")
    assert done.doubtful == 1
    assert reader.value("SELECT company FROM project") == "Vasseur Frères"


def test_a_group_is_refused(told: Told) -> None:
    with pytest.raises(UserError, match="is a group"):
        identity.of_unit(told.project.reader, told.group)


def test_read_only_changes_nothing(told: Told, tmp_path: Path) -> None:
    told.project.save(tmp_path / "roll-out.crmp")
    with Project.open(tmp_path / "roll-out.crmp", read_only=True) as other:
        subject = identity.of_person(other.reader, told.person)
        with pytest.raises(UserError, match="read-only"):
            purging.erase(other, subject, "en")
        assert traces(tmp_path / "roll-out.crmp", subject)


LETTERS = "abcdefghijklmnopqrstuvwxyzéèçñöü"
NAMES = st.text(LETTERS, min_size=3, max_size=9).map(str.capitalize)
PLACES = st.sampled_from(
    [
        ("rating", "fact"),
        ("rating", "author"),
        ("task", "note"),
        ("ticket", "description"),
        ("committee", "note"),
        ("decision", "wording"),
        ("stakeholder", "note"),
        ("training_session", "trainer"),
        ("import_batch", "source"),
    ]
)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    first=NAMES,
    last=NAMES,
    where=st.lists(st.tuples(PLACES, st.integers(0, 5)), min_size=1, max_size=6),
)
def test_whoever_it_is_and_wherever_it_stands(
    tmp_path_factory: pytest.TempPathFactory,
    first: str,
    last: str,
    where: list[tuple[tuple[str, str], int]],
) -> None:
    """Random names in random texts, in any of the ways people write them."""
    if folded(last) == folded(first):
        return
    forms = (
        f"{first} {last}",
        f"{last} {first}",
        f"{last.upper()} {first}",
        f"{first[0]}. {last}",
        last.upper(),
        f"{last}, {first.lower()}",
    )
    with Project.create(name="Trial", language="en") as project:
        add = lambda table, **values: project.execute(Add(table, values))  # noqa: E731
        day = dt.date(2026, 11, 2)
        person = add("person", first_name=first, last_name=last)
        unit = add("stakeholder", name="Group", kind="group")
        add("rating", stakeholder_id=unit, rated_on=day, synergy=1, antagonism=1, fact="x")
        add("task", title="t")
        add("ticket", number="1", title="t", opened_at=dt.datetime(2026, 11, 2))
        add("committee", number=1, held_on=day)
        add("decision", code="D", wording="w", owner="o", due_on=day)
        add("training_session", course_id=add("course", title="c"), held_on=day)
        add("import_batch", kind="people", imported_at=dt.datetime(2026, 11, 2))
        for (table, column), form in where:
            project.execute(SetField(table, 1, column, f"Seen: {forms[form]}, twice"))
        path = tmp_path_factory.mktemp("out") / "p.crmp"
        purging.erase(project, identity.of_person(project.reader, person), "en")
        project.save(path)
        content = folded(path.read_bytes().decode("utf-8", "ignore"))
        for (table, column), _ in where:
            text = project.reader.value(f"SELECT {column} FROM {table} WHERE id = 1")
            assert text == "Seen: [erased person], twice"
        assert f"seen: {folded(first)}" not in content
