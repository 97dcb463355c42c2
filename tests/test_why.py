"""Why a figure is what it is: every figure has an answer, in both languages, from its own data."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest

from crm_pilot.figures import EXPLAINED, FACTS, ROOMS, collect, why, whys
from crm_pilot.governance import queries as governance
from crm_pilot.governance.explained_warnings import RULES
from crm_pilot.i18n import Translator, msg
from crm_pilot.maintenance import queries as maintenance
from crm_pilot.project import Add, Project
from crm_pilot.reports.sections.annex import GROUPS
from crm_pilot.why import OWN, Later, Part, Parts, Why, as_of
from tests.governance.rollout import TODAY, build

ENGLISH, FRENCH = Translator("en"), Translator("fr")
PARTS = {"rule", "data", "source", "period"}


@pytest.fixture(scope="module")
def told() -> dict:
    """The figures of the trial roll-out with their answers, in English."""
    with build() as project:
        return collect(project.reader, TODAY)


@pytest.mark.parametrize("room", ROOMS)
def test_every_figure_of_the_json_has_an_answer_or_is_a_fact(told: dict, room: str) -> None:
    figures = set(told[room]) - {"why"}
    assert figures - set(told[room]["why"]) == FACTS[room] & figures
    assert not FACTS[room] & set(told[room]["why"])


@pytest.mark.parametrize("room", ROOMS)
def test_every_answer_says_rule_data_source_and_period(told: dict, room: str) -> None:
    for key, answer in told[room]["why"].items():
        assert set(answer) >= PARTS, key
        assert all(answer[part] for part in PARTS - {"period"}), key


@pytest.mark.parametrize("language", ["en", "fr"])
def test_no_internal_tag_and_no_bare_placeholder(language: str) -> None:
    with build() as project:
        told = collect(project.reader, TODAY, language=language)
    texts = [t for room in ROOMS for one in told[room]["why"].values() for t in one.values() if t]
    assert len(texts) > 200
    for text in texts:
        assert not re.search(r"\[[SWG]\d+\]|seed|\.txt|\.md|[{}]|_", text), text


def test_the_numbers_are_those_of_the_figures() -> None:
    with build() as project:
        reader = project.reader
        tickets = maintenance.figures(reader, TODAY)
        said = ENGLISH.show(why(reader, TODAY, "maintenance.open").data)
        assert said == f"{tickets.open} open of {tickets.total} tickets"
        money = governance.budget(reader)
        said = ENGLISH.show(why(reader, TODAY, "committee.drift_share").data)
        assert f"{len(money.lines)} budget lines" in said
        assert f"€{round(money.spent_cents / 100_000)}k spent" in said


def test_accounts_left_out_are_counted(project: Project) -> None:
    robot = project.execute(
        Add("profile", {"name": "Robots", "measured": False, "expected_low": 0,
                        "expected_high": 7})
    )  # fmt: skip
    for number in range(3):
        project.execute(Add("account", {"external_id": f"R{number}", "profile_id": robot}))
    project.execute(Add("account", {"external_id": "A"}))
    told = why(project.reader, TODAY, "adoption.accounts_open")
    assert ENGLISH.show(told.data) == "1 open account; 3 integration accounts left out"
    assert FRENCH.show(told.data).startswith("1 compte ouvert")


def test_rules_of_thumb_are_called_so() -> None:
    with build() as project:
        shares = why(project.reader, TODAY, "stakeholders.shares")
        use = why(project.reader, TODAY, "adoption.profiles")
    assert "rule of thumb" in ENGLISH.show(shares.source)
    assert "repère de praticien" in FRENCH.show(shares.source)
    assert shares.thresholds is not None
    assert "rule of thumb" in ENGLISH.show(shares.thresholds)
    assert "rule of thumb" in ENGLISH.show(use.source)


def test_no_answer_names_a_person() -> None:
    with build() as project:
        persons = [
            name
            for row in project.reader.select("SELECT last_name, first_name FROM person")
            for name in row
            if name
        ]
        answers = EXPLAINED["stakeholders"](project.reader, TODAY)
        said = " ".join(str(one.plain(ENGLISH)) for one in answers.values())
        assert persons
        assert not [name for name in persons if re.search(rf"\b{re.escape(name)}\b", said)]


def test_every_warning_has_its_rule_in_words() -> None:
    with build() as project:
        rows = governance.figures(project.reader, TODAY).warnings
        assert rows
        assert {row.rule for row in rows} <= set(RULES)
        found = whys(project.reader, TODAY, ["committee.warning.*"])
        assert [one.name for one in found] == [row.title for row in rows]


def test_an_empty_project_is_explained_too(project: Project) -> None:
    told = collect(project.reader, TODAY, language="fr")
    for room in ROOMS:
        assert told[room]["why"]
    assert EXPLAINED["people"](project.reader, TODAY)


def test_every_key_of_the_annex_is_known() -> None:
    with build() as project:
        for group in GROUPS:
            assert whys(project.reader, TODAY, group.keys)


def test_an_unknown_figure_is_a_mistake_of_ours(project: Project) -> None:
    with pytest.raises(KeyError):
        why(project.reader, TODAY, "adoption.happiness")


def test_a_period_has_its_year() -> None:
    assert ENGLISH.show(as_of(dt.date(2026, 11, 21))).endswith("2026")
    assert "2026" in FRENCH.show(as_of(dt.date(2026, 11, 21)))


def test_lines_for_people_leave_the_answers_out(told: dict) -> None:
    with build() as project:
        bare = collect(project.reader, TODAY, explained=False)
    assert all("why" not in bare[room] for room in ROOMS)
    assert all("why" in told[room] for room in ROOMS)


def test_one_answer_is_found_without_the_others() -> None:
    asked: list[str] = []

    def part(*keys: str) -> Part:
        def answer() -> dict[str, Why]:
            asked.append(keys[0])
            return {key: Why(msg("Rule"), msg("Data"), OWN) for key in keys}

        return answer

    two = part("b", "c")
    answers = Parts({"a": Why(msg("Rule"), msg("Data"), OWN)}, {"b": two, "c": two, "d": part("d")})
    assert answers["a"] and not asked
    assert answers["c"] and answers["b"] and asked == ["b"]
    with pytest.raises(KeyError):
        answers["nothing"]
    assert list(answers) == ["a", "b", "c", "d"] and asked == ["b", "d"]
    assert len(answers) == 4 and asked == ["b", "d"]


@pytest.mark.parametrize("room", ["adoption", "training"])
def test_every_key_is_answered_by_its_own_part(room: str) -> None:
    with build() as project:
        every = list(EXPLAINED[room](project.reader, TODAY))
        for key in every:
            assert why(project.reader, TODAY, f"{room}.{key}").rule
    assert len(every) > 15


def test_the_rest_of_a_room_is_loaded_when_asked_for() -> None:
    calls: list[str] = []

    def part(key: str) -> Part:
        def answer() -> dict[str, Why]:
            calls.append(key)
            return {key: Why(msg("Rule"), msg("Data"), OWN)}

        return answer

    def load() -> dict[str, Why]:
        calls.append("load")
        return Parts({}, {"b": part("b"), "c": part("c")})

    answers = Later({"a": Why(msg("Rule"), msg("Data"), OWN)}, load)
    assert answers["a"]
    assert not calls
    assert answers["b"]
    assert calls == ["load", "b"]  # one figure alone
    with pytest.raises(KeyError):
        answers["d"]
    assert sorted(answers) == ["a", "b", "c"]


def test_answers_still_to_be_found_stay_with_their_reader(demo: Path) -> None:
    """What a job remembers is handed to the window; it would ask the job's reader, closed."""
    with Project.open(demo, read_only=True) as project:
        today = project.today()
        job = project.job_reader()()
        job.versions = dict(project.reader.versions or {})
        EXPLAINED["planning"](job, today)
        project.reader.remember(dict(job.memory))
        job.close()
        assert list(EXPLAINED["planning"](project.reader, today).keys())
