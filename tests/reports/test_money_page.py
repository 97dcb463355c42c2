"""The budget page: its figures as drawn, nothing cut, what is not known as a dash."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from crm_pilot.figures import Level
from crm_pilot.governance.budget_commands import Reestimate
from crm_pilot.i18n import Translator
from crm_pilot.project import Add, Project
from crm_pilot.reports.content import ChartPart, FactsPart, TablePart
from crm_pilot.reports.context import Context
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.sections import money
from crm_pilot.reports.sheets import Sheet, Text
from crm_pilot.reports.styles import CONTENT, PAGE_HEIGHT, PAGE_WIDTH
from tests.reports.reading import plain

TODAY = dt.date(2026, 11, 21)


def context(project: Project, language: str = "fr") -> Context:
    return Context(project.reader, TODAY, Level.COMMITTEE, Translator(language))


def drawn(project: Project, language: str = "fr") -> list[Text]:
    """Every text of the blocks of the page, one under the other on a high sheet."""
    found: list[Text] = []
    (page,) = money.build(context(project, language))
    sheet = Sheet(PAGE_WIDTH, 4 * PAGE_HEIGHT, 1, "")
    y = 0.0
    for block in page.blocks:
        block.draw(Pen(sheet), 0.0, y, CONTENT)
        y += block.height(CONTENT) + 13
    found += [item for item in sheet.items if isinstance(item, Text)]
    return found


def said(project: Project, language: str = "fr") -> list[str]:
    return [plain(text.text) for text in drawn(project, language)]


@pytest.fixture
def demonstration(demo_files: dict[str, Path]) -> Iterator[Project]:
    with Project.open(demo_files["fr"], read_only=True) as opened:
        yield opened


def test_the_page_says_what_the_mock_up_says(demonstration: Project) -> None:
    texts = said(demonstration)
    for wanted in (
        *("CBTP", "359", "CRTE", "351", "CBTE", "337", "0,96", "IPC, stable", "0,94"),
        *("IPD, en baisse", "469 k€", "ECA = CRTE + RAF", "+19", "Délai, CBTE − CBTP : −22"),
        *("Coût, CBTE − CRTE : −14", "27,8 %", "25,4 %", "−2,4 pts", "19 %", "32 %", "450"),
        *("Recoupé par 450 ÷ IPC, soit 469 k€.", "Avancement : 351 ÷ 469 = 75 %."),
    ):
        assert any(wanted in text for text in texts), wanted
    note = " ".join(texts)
    assert "définition propre à ce rapport" in note
    assert note.count("epères de praticien, non des normes") == 1
    assert "ici aucune ligne" in note  # no line of maintenance is not 0 %


@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_text_is_small_or_covers_another(demonstration: Project, language: str) -> None:
    texts = [text for text in drawn(demonstration, language) if text.text.strip()]
    assert min(text.size for text in texts) >= 7
    boxes = []
    for text in texts:
        left = text.x
        assert left >= -0.5, text.text
        assert left + text.wide <= CONTENT + 0.5, text.text
        boxes.append((left, text.y - text.size * 0.7, left + text.wide, text.y, text.text))
    for a, b in combinations(boxes, 2):
        apart = a[2] <= b[0] + 0.2 or b[2] <= a[0] + 0.2 or a[3] <= b[1] or b[3] <= a[1]
        assert apart, (a[4], b[4])


def test_large_amounts_are_never_cut(project: Project) -> None:
    for number in range(3):
        key = project.execute(
            Add(
                "budget_line",
                {
                    "name": f"Ligne {number} " + "très longue " * 12,
                    "baseline_cents": 123_456 * 100_000,
                    "baseline_days": 12_345_600,
                    "starts_on": dt.date(2026, 1, 1),
                    "ends_on": dt.date(2026, 12, 31),
                    "kind": "internal",
                },
            )
        )
        project.execute(
            Reestimate(key, TODAY, 99_999 * 100_000, 88_888 * 100_000, 999_900, 88_800, 40)
        )
    texts = said(project)
    for wanted in ("370 368", "299 997", "266 664", "566 661", "+196 293"):
        assert wanted in texts, wanted
    assert not [text for text in texts if "…" in text and any(c.isdigit() for c in text[-5:])]


def test_without_dates_the_amounts_stand_as_bars(project: Project) -> None:
    amounts = {"baseline_cents": 10_000_000, "spent_cents": 4_000_000, "remaining_cents": 7_000_000}
    project.execute(Add("budget_line", {"name": "Licences", **amounts}))
    texts = said(project)
    assert "Où en est le budget" in texts
    assert "Courbe en S" not in texts
    assert "Charge" not in texts
    note = " ".join(texts)
    assert "1 ligne a une référence et pas de dates" in note


def test_days_nobody_planned_are_a_dash(project: Project) -> None:
    key = project.execute(Add("budget_line", {"name": "Intégration", "kind": "integrator"}))
    project.execute(Reestimate(key, TODAY, 100_000, 100_000, 1000, 500))
    texts = said(project)
    assert texts.count("–") >= 4  # baseline and gap, of the line and of the total
    assert "Part interne" not in texts  # nobody counts internal days: that is no 0 %
    assert "0 %" not in texts


def test_slides_and_workbooks_get_amounts_and_a_chart(demonstration: Project) -> None:
    (page,) = money.build(context(demonstration))
    parts = [part for block in page.blocks for part in block.parts()]
    lines = next(part for part in parts if isinstance(part, TablePart))
    last = lines.rows[-1]
    cents = [getattr(cell.value, "cents", None) for cell in last[1:6]]
    assert cents == [45_000_000, 35_100_000, 11_800_000, 46_900_000, 1_900_000]
    charts = [part.chart for part in parts if isinstance(part, ChartPart)]
    assert len(charts) == 2
    facts = next(part for part in parts if isinstance(part, FactsPart))
    assert [figure for figure, _ in facts.items][:2] == ["0,96", "0,94"]
