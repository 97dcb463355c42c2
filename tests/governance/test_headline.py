"""Sentences: computed from the data, short, in both languages; the lead's own comes first."""

from __future__ import annotations

import pytest

from crm_pilot.governance import queries
from crm_pilot.governance.headline import PLACE_NAMES, PLACES, wave_words
from crm_pilot.i18n import Translator
from crm_pilot.project import Add, Project
from tests.governance.rollout import TODAY

OURS = ("cockpit", "report", "schedule", "work", "positions", "adoption", "committee", "registers")


def test_every_place_has_a_name() -> None:
    assert set(PLACE_NAMES) == set(PLACES)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("place", PLACES)
def test_every_place_says_something_even_of_nothing(
    project: Project, place: str, language: str
) -> None:
    text = queries.sentence(place, project.reader, TODAY, Translator(language))
    assert text.endswith((".", "…"))
    assert "{" not in text


@pytest.mark.parametrize("place", OURS)
def test_sentences_are_short(rollout: Project, place: str) -> None:
    assert len(queries.sentence(place, rollout.reader, TODAY, Translator("en"))) <= 88


def test_the_report_says_the_date_and_what_is_asked(rollout: Project) -> None:
    said = queries.sentence("report", rollout.reader, TODAY, Translator("en"))
    assert said == "Wave 3 slips by 7 days, to 12\xa0Jan: the committee has 3 decisions to take."


def test_the_cockpit_counts_the_departments_it_does_not_name(rollout: Project) -> None:
    said = queries.sentence("cockpit", rollout.reader, TODAY, Translator("en"))
    assert said.startswith("3 departments of 5 are below their profile; wave 3")


def test_small_groups_are_counted_and_not_named(rollout: Project) -> None:
    said = queries.sentence("positions", rollout.reader, TODAY, Translator("en"))
    assert said.startswith("2 groups turned to opposition")
    assert "Direction" not in said


def test_the_budget_names_the_line_that_adds_most(rollout: Project) -> None:
    said = queries.sentence("budget", rollout.reader, TODAY, Translator("en"))
    assert "€469k, €19k more than planned; Intégration et paramétrage adds 12." in said


def test_the_leads_own_sentence_overrides_in_its_language_only(rollout: Project) -> None:
    values = {
        "place": "report",
        "language": "fr",
        "sentence": "Tout va bien.",
        "written_on": TODAY,
    }
    rollout.execute(Add("headline", values))
    assert queries.sentence("report", rollout.reader, TODAY, Translator("fr")) == "Tout va bien."
    assert "Wave 3" in queries.sentence("report", rollout.reader, TODAY, Translator("en"))


def test_waves_are_named_in_the_language_of_the_reader() -> None:
    english = Translator("en")
    assert english.show(wave_words("Vague 3", first=True)) == "Wave 3"
    assert english.show(wave_words("Vague 3", first=False)) == "wave 3"
    assert wave_words("Pilote Lyon", first=True) == "Pilote Lyon"


def test_an_empty_plan_has_reached_nothing(project: Project) -> None:
    said = queries.sentence("work", project.reader, TODAY, Translator("en"))
    assert said == "The plan holds neither tasks nor milestones yet."


def test_a_budget_without_amounts_says_so(project: Project) -> None:
    project.execute(Add("budget_line", {"name": "Licences"}))
    said = queries.sentence("budget", project.reader, TODAY, Translator("en"))
    assert said == "The budget has its lines, but no amount yet."
