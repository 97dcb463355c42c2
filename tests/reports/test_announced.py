"""The page of announced dates read back: its sentence, diagram, figures and causes."""

from __future__ import annotations

import datetime as dt
import re
from itertools import combinations
from pathlib import Path

import pytest

from crm_pilot.planning import history
from crm_pilot.planning.announcements import AnnounceForecast
from crm_pilot.planning.terms import SlipReason
from crm_pilot.project import Project
from crm_pilot.reports.sections import milestones
from tests.governance.rollout import TODAY
from tests.reports.reading import Box, boxes, made, pages

FRENCH_HEAD, ENGLISH_HEAD = "Dates annoncées, comité après comité", "Announced dates, committee"


def page_of(texts: list[str], head: str) -> str:
    """The page that holds a section."""
    return next(text for text in texts if (head in text and "Prévis" in text) or "Predict" in text)


def test_the_page_of_the_demonstration(demo: Path) -> None:
    with Project.open(demo, read_only=True) as project:
        text = page_of(pages(made(project, "fr")), FRENCH_HEAD)
        english = page_of(pages(made(project, "en")), ENGLISH_HEAD)
        told = history.figures(project.reader, TODAY)
    assert (
        "21 des 35 jours perdus viennent des données ; la vague 3 bouge pour la première fois, de"
        " 7 jours." in text
    )
    assert "21 of the 35 days lost come from the data; wave 3 moves for the first time" in english
    assert "5 reports de mise en service en 7 COPIL (Vague 1 : 1, Vague 2 : 3, Vague 3 : 1)" in text
    assert "+12 j de glissement moyen des 3 mises en service (7, 21, 7 jours)" in text
    assert f"{told.held} sur {told.due} jalons échus tenus à 3 jours ouvrés près" in text
    assert "0,12 pente de Vague 3" in text
    assert "Jours perdus, total 35" in text
    lost = re.findall(r"(\d+) j (?:V\d(?:, )?)+", text[text.index("Causes des glissements") :])
    assert [int(days) for days in lost] == [21, 7, 7]  # the total adds up as printed
    assert "20 nov. : Données recevables le 11 décembre seulement" in text
    assert "12 janv. (+7 j)" in text
    assert "Plan par pilier" in text  # all on one page


def stretched(project: Project, back: int = 9) -> None:
    """The third wave announced for another day, for every reason there is, and once earlier."""
    live = project.reader.value("SELECT milestone_id FROM wave WHERE name = 'Vague 3'")
    day = dt.date(2027, 1, 12)
    for number, code in enumerate(SlipReason):
        day += dt.timedelta(days=3 + number)
        reported = TODAY - dt.timedelta(days=len(SlipReason) - number)
        project.execute(AnnounceForecast(live, day, reported, f"Motif {number} " * 12, code=code))
    project.execute(AnnounceForecast(live, day - dt.timedelta(days=back), TODAY, "Rattrapé"))


def test_every_reason_is_listed_and_the_total_adds_up(rollout: Project) -> None:
    stretched(rollout)
    told = history.figures(rollout.reader, TODAY)
    assert sum(cause.days for cause in told.causes) == told.days_lost
    text = " ".join(pages(made(rollout, "en")))
    start = text.index("Causes of slips")
    for name in ("Data not clean", "Scope added", "Reason missing", "Regained"):
        assert name in text[start:]
    assert f"Days: {told.days_lost + 9} − 9 = {told.days_lost}" in text
    assert "−9 d" in text[start:]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_label_of_the_diagram_covers_another(
    rollout: Project, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    stretched(rollout, back=-2)  # a day before the end of the project
    with monkeypatch.context() as patch:
        patch.setattr(milestones, "APART", 0)
        found = boxes(patch, rollout, language)
    head = next(b for b in found if b.text.startswith((FRENCH_HEAD[:15], ENGLISH_HEAD[:15])))
    side = next(b for b in found if b.text in ("Prévisibilité", "Predictability"))
    plot = [b for b in found if b.page == head.page and b.y > head.y and b.right < side.x]
    plot = [b for b in plot if b.y < head.y + 260]
    labels = [b for b in plot if b.size == 8.0]
    assert len(labels) > 12
    assert all(b.size >= 7 for b in found)
    assert not [(a.text, b.text) for a, b in combinations(labels, 2) if _covers(a, b)]


def _covers(a: Box, b: Box) -> bool:
    return a.x < b.right - 0.5 and b.x < a.right - 0.5 and a.y - 5.5 < b.y and b.y - 5.5 < a.y


def test_a_project_without_announced_dates_has_no_diagram(project: Project) -> None:
    text = " ".join(pages(made(project, "en")))
    assert ENGLISH_HEAD not in text
