"""What the printed map points at, and what stands beside and after it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest

from crm_pilot.figures import Level
from crm_pilot.i18n import msg
from crm_pilot.project import Project
from crm_pilot.reports import map_pages
from crm_pilot.reports.map_pages import draw, gather
from crm_pilot.reports.map_pages_cells import Look
from crm_pilot.reports.map_pages_flow import Block, Row, bands, fill, shortened
from crm_pilot.reports.map_pages_list import Head, Line
from crm_pilot.reports.map_pages_marks import crosses
from crm_pilot.reports.map_pages_routes import MOST_ARROWS
from crm_pilot.reports.sheets import Shape
from crm_pilot.stakeholders.terms import Trio, UnitKind
from tests.reports.mapped import DAYS, TODAY, Filled, Spec, filled, said, some, texts
from tests.reports.reading import plain
from tests.reports.test_map_pages import boxes_of

SIZES = {"groups alone": (12, 0, 0), "eighty": (64, 16, 30), "three hundred": (250, 50, 0)}
NAMES = {
    Trio.LOCOMOTIVE: "locomotives",
    Trio.HESITANT: "hésitants",
    Trio.OPPONENT: "opposants",
}


@pytest.fixture(scope="module", params=SIZES)
def mapped(request: pytest.FixtureRequest) -> Iterator[Project]:
    """A project with few, many or very many units."""
    groups, persons, crowded = SIZES[request.param]
    with Project.create(name="Déploiement CRM", language="fr") as project:
        filled(project, some(groups, persons, crowded=crowded))
        yield project


# arrows ------------------------------------------------------------------------------------------


def test_an_arrow_shows_the_move_since_and_the_target_the_list_the_whole_route(
    project: Project,
) -> None:
    route = tuple(zip(DAYS, (1, 1, 1, 2), (3, 2, 2, 2), strict=True))
    filled(project, [Spec(UnitKind.GROUP, "Sales", 30, route, (3, 2, dt.date(2027, 1, 8)))])
    own = draw(gather(project.reader, TODAY, Level.OWN), "en")
    looks = Counter(placed.item.look for placed in own.plane.placed)
    assert looks == {Look.GROUP: 1, Look.STOP: 1, Look.TARGET: 1}
    first = plain("\n".join(text.text for text in texts(own.page(1))))
    assert " 7 Jul " in first and "target 8 Jan" in first and "19 May" not in first
    assert "1 route or target in the list" in first
    assert [(len(found.points), found.planned) for found in own.plane.routes] == [
        (2, False),
        (2, True),
    ]
    listed = plain(said(own))
    assert "S1 A3 on 19 May, S1 A2 on 7 Jul, target S3 A2 by 8 Jan" in listed
    committee = draw(gather(project.reader, TODAY), "en")
    assert "target" not in plain(said(committee))
    assert [found.planned for found in committee.plane.routes] == [False]


@pytest.mark.parametrize("level", list(Level))
def test_no_arrow_strikes_a_text_or_a_mark(mapped: Project, level: Level) -> None:
    drawing = draw(gather(mapped.reader, TODAY, level), "fr")
    plane = drawing.plane
    assert plane.routes
    assert len(plane.routes) <= MOST_ARROWS
    frame = plane.frame
    words = [
        box
        for *box, _ in boxes_of(drawing.page(1))
        if frame.left < box[0] < frame.left + frame.wide
        and frame.top < box[1] < frame.top + frame.high
    ]
    for route in plane.routes:
        own = [placed for placed in plane.placed if placed.item.unit.key == route.unit.key]
        others = [placed.box for placed in plane.placed if placed not in own]
        for start, end in pairwise(route.points):
            for left, top, right, bottom in [*others, *words]:
                inner = left + 0.2, top + 0.2, right - 0.2, bottom - 0.2
                assert not crosses(start, end, inner)


def test_persons_have_arrows_where_an_eye_can_follow_all(project: Project) -> None:
    moved = ((DAYS[0], 2, 1), (DAYS[3], 3, 1))
    person = Spec(UnitKind.PERSON, "Aglaé Vautrin", 1, ((DAYS[0], 3, 3), (DAYS[3], 4, 3)))
    filled(project, [Spec(UnitKind.GROUP, "Sales", 30, moved), person])
    few = draw(gather(project.reader, TODAY, Level.OWN), "en")
    assert sorted(route.unit.label for route in few.plane.routes) == ["Aglaé Vautrin", "Sales"]
    more = [
        Spec(UnitKind.PERSON, f"Zadigot-{n}", 1, ((DAYS[0], 2, 4), (DAYS[3], 1, 4)))
        for n in range(MOST_ARROWS)
    ]
    project.execute(Filled(tuple(more)))
    many = draw(gather(project.reader, TODAY, Level.OWN), "en")
    assert [route.unit.label for route in many.plane.routes] == ["Sales"]
    assert "13 routes and targets in the list" in plain(said(many))


# beside and after the plane -----------------------------------------------------------------------


def test_actions_stand_by_their_day_and_late_ones_say_so(project: Project) -> None:
    days = [TODAY + dt.timedelta(days=n) for n in (9, -8, 3, 60)]
    filled(
        project,
        [
            Spec(UnitKind.GROUP, f"Group {n}", 9, ((DAYS[3], 2, 2),), action=day)
            for n, day in enumerate(days)
        ],
    )
    for level in Level:
        source = gather(project.reader, TODAY, level)
        assert [act.due for act in source.acts] == sorted(days)
        assert [act.late for act in source.acts] == [True, False, False, False]
        text = plain(said(draw(source, "en")))
        assert text.count(" late ") == 1 and "13 Nov late " in text
        assert "20 Jan 2027" in text  # another year


def test_a_warning_has_a_form_that_no_unit_has(project: Project) -> None:
    """A triangle would be a locomotive."""
    filled(project, [Spec(UnitKind.GROUP, "Sales", 30, ((DAYS[3], 2, 3),))])
    source = replace(gather(project.reader, TODAY), checks=(msg("Something warns"),))
    sheet = draw(source, "en").page(1)
    signs = [item for item in sheet.items if isinstance(item, Shape) and item.fill == "alert"]
    assert [len(sign.points) for sign in signs] == [48, 6]  # cloud and bolt


def test_a_page_without_a_plane_is_never_nearly_empty(mapped: Project) -> None:
    for level in Level:
        drawing = draw(gather(mapped.reader, TODAY, level), "fr")
        for leaf in drawing.leaves:
            if leaf.page is None:
                assert leaf.band is not None
                least = map_pages.BOTTOM - map_pages.LEAST_LIST if drawing.source.own else 80.0
                assert leaf.band.end > least


def row(high: float = 10.0) -> Row:
    return Row(high, lambda *_: None)


def test_a_block_is_shortened_by_a_row_that_counts_the_rest() -> None:
    counted: list[int] = []

    def more(out: int) -> Row:
        counted.append(out)
        return row()

    long = Block("Long", tuple(row() for _ in range(12)), more=more, tail=(row(),))
    short = Block("Short", (row(), row()))
    found = shortened([long, short], long.high + short.high - 11 - 35)
    assert [len(block.every) for block in found] == [9, 2]  # seven, the count and the tail
    assert counted[-1] == 5
    parts, rest = fill(found, 0, long.high + short.high - 11 - 35)
    assert len(parts) == 2 and not rest
    assert shortened([short], 5.0) == [short]  # nothing may be left out


def test_columns_of_a_page_are_about_equally_high() -> None:
    blocks = [Block(str(n), tuple(row() for _ in range(9))) for n in range(4)]
    (band,) = bands(blocks, 60.0, 540.0)
    assert len(band.columns) == 3
    assert band.end < 300.0
    rows = [row for column in band.columns for part in column for row in part.rows]
    assert len(rows) == 36


def test_the_name_of_a_cell_stands_over_its_lines(mapped: Project) -> None:
    drawing = draw(gather(mapped.reader, TODAY, Level.OWN), "fr")
    cell = None
    for page in drawing.lists:
        assert isinstance(page.entries[0], Head)
        assert isinstance(page.entries[-1], Line)
        high = page.top + 30 + sum(entry.high for entry in page.entries)
        assert high <= map_pages.BOTTOM + 0.01
        for entry in page.entries:
            if isinstance(entry, Head):
                cell = plain(entry.title)
            else:
                assert cell is not None
                place = f"S{entry.unit.synergy} A{entry.unit.antagonism}"
                assert cell.startswith(place)
    text = plain("\n".join(text.text for text in texts(drawing.page(drawing.count))))
    for trio in Trio:
        number = sum(unit.trio is trio for unit in drawing.source.units)
        assert f" {number} {NAMES[trio]} " in text
