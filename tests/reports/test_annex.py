"""The annex: every figure of the pages with its rule, whole texts, and the data of the charts."""

from __future__ import annotations

import datetime as dt

import pytest

from crm_pilot.figures import whys
from crm_pilot.i18n import Translator
from crm_pilot.project import Project
from crm_pilot.reports import committee
from crm_pilot.reports.sections.annex import GROUPS
from tests.governance.frozen import freeze
from tests.governance.rollout import TODAY
from tests.reports.reading import boxes, made, opened, pages, plain

NAMES = {"fr": "Comment ces chiffres sont calculés", "en": "How these figures are computed"}


def annex(project: Project, language: str) -> list[str]:
    """The pages of the annex as text."""
    return [text for text in pages(made(project, language)) if NAMES[language] in text]


@pytest.fixture
def rollout(rollout: Project) -> Project:
    """The roll-out with a report issued a week ago, so that all pages are there."""
    freeze(rollout, TODAY - dt.timedelta(days=7))
    return rollout


@pytest.mark.parametrize("language", ["fr", "en"])
def test_it_is_the_last_entry_of_the_outline(rollout: Project, language: str) -> None:
    assert opened(made(rollout, language)).outline[-1]["/Title"] == NAMES[language]
    assert 1 < len(annex(rollout, language)) < 8


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_figure_is_there_with_its_whole_rule(rollout: Project, language: str) -> None:
    shown = Translator(language)
    text = "".join("".join(annex(rollout, language)).split())
    outline = [entry["/Title"] for entry in opened(made(rollout, language)).outline]
    printed = [group for group in GROUPS if plain(shown.tr(group.page)) in outline]
    assert len(printed) > 8
    for group in printed:
        for why in whys(rollout.reader, TODAY, group.keys):
            assert why.name is not None
            for word in plain(shown.show(why.name)).split():
                assert word in text, word
            # lines of neighbouring columns stand between each other: word by word
            for word in plain(shown.show(why.rule)).replace("n° ", "").split():
                assert word in text, word
    assert "…" not in text


def test_the_data_of_the_charts_are_there(rollout: Project) -> None:
    text = " ".join(annex(rollout, "en"))
    for heading in ("Week of", "Still open", "Target", "0–7 days", "practitioner’s"):
        assert heading in text


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_page_of_the_report_has_its_group(rollout: Project, language: str) -> None:
    shown = Translator(language)
    outline = [entry["/Title"] for entry in opened(made(rollout, language)).outline[:-1]]
    groups = [plain(shown.tr(group.page)) for group in GROUPS]
    assert [name for name in groups if name in outline] == outline
    assert plain(shown.tr("Since the last issue")) in outline


def test_it_is_left_out_when_asked(rollout: Project) -> None:
    data = committee.make(rollout.reader, TODAY, language="en", annex=False)
    assert NAMES["en"] not in [entry["/Title"] for entry in opened(data).outline]


def test_nothing_is_smaller_than_eight_points(
    rollout: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages_before = len(opened(committee.make(rollout.reader, TODAY, language="fr",
                                             annex=False)).pages)  # fmt: skip
    found = [box for box in boxes(monkeypatch, rollout) if box.page > pages_before]
    assert found
    assert min(box.size for box in found) >= 8
