"""The printed report read back: languages, fonts, frame, figures, levels, and no overflow."""

from __future__ import annotations

import datetime as dt
import io
import re
from itertools import combinations
from pathlib import Path

import pytest

from crm_pilot import figures, i18n
from crm_pilot.adoption.checkpoints import checkpoints
from crm_pilot.adoption.needs import needs
from crm_pilot.errors import UserError
from crm_pilot.project import Add, Project, SetField, Several
from crm_pilot.reports import committee
from crm_pilot.reports.documents import lay
from crm_pilot.reports.sheets import Text
from crm_pilot.reports.styles import CONTENT, MARGIN, PAGE_HEIGHT
from crm_pilot.stakeholders.commands import AddStakeholder, Rate
from crm_pilot.stakeholders.terms import UnitKind
from tests.governance.rollout import TODAY
from tests.reports.reading import Box, boxes, made, opened, pages, plain

LONG = (
    "Très longue désignation du chantier de reprise des données historiques des comptes clés et"
    " des contacts rattachés, y compris les doublons, les secteurs et les adresses de facturation"
    " que personne n’a corrigés depuis la fusion des deux sociétés en 2019"
)


# languages and frame -----------------------------------------------------------------------------


def test_the_report_speaks_its_own_language_whatever_the_window_speaks(rollout: Project) -> None:
    i18n.set_language("fr")
    english = pages(made(rollout, "en"))
    i18n.set_language("en")
    french = pages(made(rollout, "fr"))
    assert "Wave 3 slips by 7 days, to 12 Jan:" in english[0]
    assert "Decisions asked of the committee" in english[0]
    assert "La vague 3 glisse de 7 jours, au 12 janv. :" in french[0]
    assert "Décisions demandées au comité" in french[0]
    assert "Highlights" not in french[0]
    assert "Faits marquants" not in english[0]


def test_every_page_carries_its_number_and_the_level(rollout: Project) -> None:
    texts = pages(made(rollout, "en"))
    for number, text in enumerate(texts, 1):
        assert f"page {number} of {len(texts)}" in text
        assert "Committee level: positions aggregated, no names" in text
        assert "Committee no. 7 · status on 21 November 2026" in text
    french = pages(made(rollout, "fr"))
    assert f"page 1 sur {len(french)}" in french[0]


def test_fonts_are_embedded_and_only_inter(rollout: Project) -> None:
    names = set()
    for page in opened(made(rollout)).pages:
        for reference in page["/Resources"]["/Font"].values():
            font = reference.get_object()
            names.add(font["/BaseFont"].split("+")[-1])
            assert "/FontFile2" in font["/FontDescriptor"]
            assert re.match(r"/[A-Z]{6}\+", font["/BaseFont"])  # a subset
    assert names == {
        "Inter-Regular",
        "Inter-SemiBold",
        "Inter-Regular-Tabular",
        "Inter-SemiBold-Tabular",
    }


@pytest.mark.parametrize(("language", "tag"), [("fr", "fr-FR"), ("en", "en-GB")])
def test_language_title_outline_and_vector_only(rollout: Project, language: str, tag: str) -> None:
    reader = opened(made(rollout, language))
    catalogue = reader.trailer["/Root"]
    assert catalogue["/Lang"] == tag
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert "Déploiement Salesforce" in reader.metadata["/Title"]
    assert reader.metadata["/Author"]
    names = [entry["/Title"] for entry in reader.outline]
    first = {"fr": "Le projet en une page", "en": "The project on one page"}[language]
    laid = lay(rollout.reader, TODAY, "committee", language=language)
    assert names[0] == first
    assert names == [page.name for page in laid.content.pages]
    for page in reader.pages:
        assert not page.images
        assert float(page.mediabox.width) == pytest.approx(595.28, abs=0.01)


def test_same_data_same_bytes(rollout: Project) -> None:
    first = made(rollout)
    assert made(rollout) == first
    rollout.execute(SetField("project", 1, "name", "Autre"))
    assert made(rollout) != first
    rollout.undo()
    assert made(rollout) == first


def test_dates_are_never_numeric_and_french_spacing_holds(rollout: Project) -> None:
    laid = lay(rollout.reader, TODAY, "committee", language="fr")
    texts = [i.text for n in range(1, laid.count + 1) for i in laid.page(n).items
             if isinstance(i, Text)]  # fmt: skip
    assert len(texts) > 500
    for text in texts:
        assert not re.search(r"\d{1,2}/\d{1,2}/\d{2,4}|\d{4}-\d\d-\d\d", text)
        assert not re.search(r"\w [;!?%]|\w :\s", text)
        assert not re.search(r"\w[;!?](?:\s|$)", text)


# figures -----------------------------------------------------------------------------------------


def test_figures_on_the_pages_are_those_collected(rollout: Project) -> None:
    found = figures.collect(rollout.reader, TODAY)
    texts = pages(made(rollout, "en"))
    whole = " ".join(texts)
    share = round(found["adoption"]["active_share"] * 100)
    assert f"{share}%" in texts[0]
    assert f"{share}% of accounts are active" in whole
    training = found["training"]
    assert f"{training['trained']} trained of {training['users']} users" in whole
    told = [row for row in training["departments"] if row["trained"] is not None]
    few = [row for row in training["departments"] if row["trained"] is None]
    assert told
    assert any(row["users"] < figures.SMALL for row in few)
    page = next(text for text in texts if "Coverage by department" in text)
    for row in told:
        assert f"{row['trained']}/{row['users']}" in page
    together = training["trained"] - sum(row["trained"] for row in told)
    assert f"{together}/{sum(row['users'] for row in few)}" in page
    assert not any(f"/{row['users']} " in page for row in few if row["users"] < figures.SMALL)
    positions = found["stakeholders"]
    for part in positions["shares"]:
        assert f"{round(part['share'] * 100)}%" in texts[0]
    page = next(text for text in texts if "Golden triangle" in text)
    for zone in positions["zones"]:
        if zone["zone"] == "zealot":
            assert f"Zealots Locomotives {zone['headcount']}" in page
    tickets = found["maintenance"]
    assert f"Total {tickets['open']} {tickets['total']}" in whole
    money = found["committee"]["budget"]
    total = [money[key] // 100_000 for key in ("baseline_cents", "spent_cents")]
    assert f"Total {total[0]} {total[1]}" in whole
    for milestone in found["planning"]["milestones"]:
        if milestone["slip_days"]:
            assert f"+{milestone['slip_days']} d" in texts[0]
    for warning in found["committee"]["warnings"]:
        assert plain(warning["title"]) in whole
    for row in found["committee"]["weather"]:
        assert plain(row["line"]) in texts[0]


def test_checkpoints_and_accounts_to_help_stand_beside_the_use(rollout: Project) -> None:
    live = [one for one in checkpoints(rollout.reader, TODAY) if one.accounts >= figures.SMALL]
    page = next(text for text in pages(made(rollout, "en")) if "Use by department" in text)
    assert live
    for wave in live:
        shown = [
            f"{'▼ ' if point.met is False else ''}{round(point.share * 100)}%"
            for point in wave.points
            if point.share is not None
        ]
        assert " ".join([str(wave.accounts), *shown]) in page
    count = sum(need.accounts for need in needs(rollout.reader, TODAY))
    assert (f"{count} accounts need help." in page) is (count >= figures.SMALL)


# levels ------------------------------------------------------------------------------------------


def persons(project: Project) -> set[str]:
    """Family names of all persons."""
    return {row[0] for row in project.reader.select("SELECT last_name FROM person")}


def test_at_committee_level_no_person_stands_beside_a_position(rollout: Project) -> None:
    for language in ("fr", "en"):
        text = " ".join(pages(made(rollout, language)))
        assert not [name for name in persons(rollout) if name in text]
        assert "A quitté la réunion" not in text  # observed facts are free text
        assert "N. Faure" in text  # owners of risks are named
        assert "H. Marchand" in text  # owners of decisions too


def test_small_groups_are_pooled_at_committee_level(rollout: Project) -> None:
    page = next(t for t in pages(made(rollout, "en")) if "Golden triangle" in t)
    assert "Direction" not in page
    assert "Itinérants Sud" in page
    assert "2 other changes are not shown: single persons, or groups under 5" in page


def test_the_leads_own_copy_names_and_says_so(rollout: Project) -> None:
    texts = pages(made(rollout, "en", "own"))
    page = " ".join(texts)
    assert "Claire Marchand-60" in page
    assert "Direction" in page
    for text in texts:
        assert (
            text.count("Lead's own, not for distribution")
            + text.count("Lead’s own, not for distribution")
            >= 2
        )  # watermark and foot


# nothing, much, long -----------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "en"])
def test_an_empty_project_prints_one_clean_page(project: Project, language: str) -> None:
    texts = pages(made(project, language))
    assert len(texts) == 1
    expected = {"fr": "Aucun jalon n’est encore daté.", "en": "No milestone is dated yet."}
    assert expected[language] in texts[0]
    left_out = {"fr": "page non imprimée", "en": "page left out"}
    assert left_out[language] in texts[0]


def outside(found: list[Box]) -> list[Box]:
    """Texts beyond the margins or the foot of a page."""
    right, low = MARGIN + CONTENT, PAGE_HEIGHT - 24
    return [b for b in found if b.x < MARGIN - 1 or b.right > right + 1 or not 20 < b.y < low]


def overlapping(found: list[Box]) -> list[tuple[str, str]]:
    """Pairs of texts of one page that cover each other."""
    pairs = []
    by_page: dict[int, list[Box]] = {}
    for box in found:
        by_page.setdefault(box.page, []).append(box)
    for shown in by_page.values():
        for a, b in combinations(shown, 2):
            wide = min(a.right, b.right) - max(a.x, b.x)
            high = min(a.y, b.y) - max(a.y - a.size * 0.7, b.y - b.size * 0.7)
            if wide > 1.5 and high > 1.5:
                pairs.append((a.text, b.text))
    return pairs


def lengthened(project: Project) -> None:
    """Give everything that people write a very long French text."""
    wordy = {
        "task": "title",
        "risk": "title",
        "decision": "wording",
        "highlight": "detail",
        "budget_line": "name",
        "department": "name",
        "stakeholder": "name",
        "course": "title",
        "wave": "name",
        "profile": "name",
        "training_session": "trainer",
        "project": "name",
        "baseline": "name",
    }
    edits = []
    for table, column in wordy.items():
        for (key,) in project.reader.select(f"SELECT id FROM {table}"):
            edits.append(SetField(table, key, column, f"{LONG} {key}"))
    for table in ("risk", "decision"):
        for (key,) in project.reader.select(f"SELECT id FROM {table}"):
            edits.append(SetField(table, key, "owner", f"Marie-Bénédicte {LONG}"))
    project.execute(Several(tuple(edits), i18n.msg("Lengthen")))


@pytest.mark.parametrize("level", ["committee", "own"])
@pytest.mark.parametrize("language", ["fr", "en"])
def test_nothing_leaves_the_page_and_no_text_covers_another(
    rollout: Project, monkeypatch: pytest.MonkeyPatch, language: str, level: str
) -> None:
    found = boxes(monkeypatch, rollout, language, level)
    assert not outside(found)
    assert not overlapping(found)
    assert min(box.size for box in found) >= 7
    assert {box.size for box in found} <= {8, 9.5, 11, 14, 20}


@pytest.mark.parametrize("language", ["fr", "en"])
def test_very_long_texts_flow_or_are_shortened_visibly(
    rollout: Project, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    lengthened(rollout)
    found = boxes(monkeypatch, rollout, language)
    assert not outside(found)
    assert not overlapping(found)
    text = " ".join(pages(made(rollout, language)))
    assert "…" in text
    assert "Très longue désignation" in text


def test_long_registers_go_on_over_pages_without_losing_a_row(rollout: Project) -> None:
    edits = tuple(
        Add(
            "decision",
            {
                "code": f"X-{number:03d}",
                "wording": LONG,
                "owner": "Équipe",
                "due_on": TODAY + dt.timedelta(days=number),
                "status": "validated",
            },
        )
        for number in range(120)
    )
    rollout.execute(Several(edits, i18n.msg("Many")))
    texts = pages(made(rollout, "en"))
    whole = " ".join(texts)
    for number in range(120):
        assert whole.count(f"X-{number:03d}") == 1
    assert sum("Register of decisions" in text for text in texts) >= 3
    outline = [entry["/Title"] for entry in opened(made(rollout, "en")).outline]
    assert len(outline) == len(set(outline))  # continued pages are not listed again


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_demonstration_prints_cleanly(
    demo_files: dict[str, Path], monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    with Project.open(demo_files[language], read_only=True) as project:
        found = boxes(monkeypatch, project, language)
        assert not outside(found)
        assert not overlapping(found)
        names = {
            f"{first} {last}"
            for first, last in project.reader.select("SELECT first_name, last_name FROM person")
        }
        for number, text in enumerate(pages(made(project, language)), 1):
            named = [name for name in names if name in text]
            assert not named or "Trainer" in text or "Formateur" in text, (number, named)


# writing -----------------------------------------------------------------------------------------


def test_it_writes_to_a_path_or_a_stream(rollout: Project, tmp_path: Path) -> None:
    target = tmp_path / "copil.pdf"
    committee.write(rollout.reader, TODAY, target, language="fr")
    stream = io.BytesIO()
    committee.write(rollout.reader, TODAY, stream, language="fr")
    assert target.read_bytes() == stream.getvalue()
    assert [path.name for path in tmp_path.iterdir()] == ["copil.pdf"]


def test_what_cannot_be_done_is_said(rollout: Project, tmp_path: Path) -> None:
    with pytest.raises(UserError, match="does not exist"):
        committee.write(rollout.reader, TODAY, tmp_path / "no" / "x.pdf", language="fr")
    with pytest.raises(UserError, match="is a folder"):
        committee.write(rollout.reader, TODAY, tmp_path, language="fr")
    with pytest.raises(UserError, match="no language"):
        committee.make(rollout.reader, TODAY, language="de")
    with pytest.raises(UserError, match="no level"):
        committee.make(rollout.reader, TODAY, language="fr", level="all")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_all_of_one_camp_is_said_in_full(project: Project, language: str) -> None:
    unit = project.execute(AddStakeholder(UnitKind.GROUP, "Export", headcount=30))
    project.execute(Rate(unit, dt.date(2026, 11, 20), 3, 2, "Asked for a training", "Lead"))
    (first, *_) = pages(made(project, language))
    assert re.search(r"100 ?%", first)
