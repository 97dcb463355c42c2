"""Any map on paper: the committee's pages let out no name, and nothing overlaps (hypothesis)."""

from __future__ import annotations

import datetime as dt
import io

import pypdf
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crm_pilot.figures import Level
from crm_pilot.project import Project
from crm_pilot.reports import map_pages
from crm_pilot.reports.map_pages import draw, gather
from crm_pilot.stakeholders.terms import UnitKind
from tests.reports.mapped import DAYS, TODAY, Spec, filled, said
from tests.reports.reading import plain
from tests.reports.test_map_pages import check_cells, check_sheet, page_sheets

FIRST_WORDS = ("Xylander", "Quenouille", "Zadigot", "Ypsilante", "Wolgast", "Uzérande")
LEVELS = st.integers(1, 4)
RATINGS = st.lists(st.tuples(st.sampled_from(DAYS), LEVELS, LEVELS), max_size=4).map(
    lambda found: tuple(sorted(found, key=lambda one: one[0]))
)
TARGETS = st.one_of(st.none(), st.tuples(LEVELS, LEVELS, st.just(TODAY + dt.timedelta(days=48))))


@st.composite
def specs(draw_: st.DrawFn) -> list[Spec]:
    """Up to thirty units; every name begins with a word that no other text holds."""
    made = []
    for n in range(draw_(st.integers(0, 30))):
        kind = draw_(st.sampled_from(UnitKind))
        word = f"{draw_(st.sampled_from(FIRST_WORDS))}{n:02}"
        rest = draw_(st.text("aéMW— ", max_size=60))
        made.append(
            Spec(
                kind,
                f"{word} {rest}".strip(),
                1 if kind is UnitKind.PERSON else draw_(st.integers(1, 90)),
                draw_(RATINGS),
                draw_(TARGETS),
                draw_(st.one_of(st.none(), st.just(TODAY + dt.timedelta(days=9)))),
            )
        )
    return made


@given(specs(), st.sampled_from(("fr", "en")))
@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_no_secret_leaves_at_the_committees_level(units: list[Spec], language: str) -> None:
    with Project.create(name="Trial", language="en") as project:
        filled(project, units)
        source = gather(project.reader, TODAY)
        drawing = draw(source, language)
        reader = pypdf.PdfReader(io.BytesIO(map_pages.as_pdf(drawing)))
        pdf = " ".join(page.extract_text() for page in reader.pages)
        svg = map_pages.alone_as_svg(source, language).decode()
        for out in (plain(repr(source)), plain(said(drawing)), plain(pdf), svg):
            for unit in units:
                if unit.secret:
                    assert unit.name.split(" ")[0] not in out
            assert "Fait observé" not in out
        shown = len(source.units) + len(source.unrated) + source.pooled.units
        assert shown == len(units)
        for level in Level:
            one = draw(gather(project.reader, TODAY, level), language)
            check_cells(one)
            for sheet in page_sheets(one):
                check_sheet(sheet)
