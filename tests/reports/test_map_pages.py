"""The map on paper: what each level lets out, where everything stands, and what the files say."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from crm_pilot import figures
from crm_pilot.cli.entry import main
from crm_pilot.errors import UserError
from crm_pilot.figures import Level
from crm_pilot.project import Project, SetField
from crm_pilot.reports import map_pages
from crm_pilot.reports.map_pages import Drawing, draw, gather
from crm_pilot.reports.map_pages_cells import MARKS, Look, Told
from crm_pilot.reports.map_pages_list import Line
from crm_pilot.reports.map_pages_marks import crosses, outline
from crm_pilot.reports.sheets import Sheet
from crm_pilot.stakeholders.terms import Trio, UnitKind
from tests.reports.mapped import COMMITTEE, DAYS, TODAY, Spec, filled, said, some, texts
from tests.reports.reading import plain

SIZES = {"twelve": (12, 3, 0), "eighty": (64, 16, 30), "three hundred": (250, 50, 0)}


@pytest.fixture(scope="module", params=SIZES)
def made(request: pytest.FixtureRequest) -> Iterator[tuple[Project, list[Spec]]]:
    """A project with few, many or very many units."""
    groups, persons, crowded = SIZES[request.param]
    specs = some(groups, persons, crowded=crowded)
    with Project.create(name="Déploiement CRM", language="fr") as project:
        filled(project, specs)
        yield project, specs


def page_sheets(drawing: Drawing) -> list[Sheet]:
    return [drawing.page(number) for number in range(1, drawing.count + 1)]


def lines_of(drawing: Drawing) -> list[Line]:
    return [line for page in drawing.lists for line in page.lines]


def secrets(specs: list[Spec]) -> list[str]:
    """What the committee may not read: names of persons and small groups."""
    return [spec.name for spec in specs if spec.secret]


def told(text: str, name: str) -> bool:
    """Whether a name is in a text as itself, not as the beginning of a longer one."""
    return re.search(rf"{re.escape(plain(name))}(?![\w-]| \d)", plain(text)) is not None


# levels ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_committee_reads_no_name_that_is_kept_back(
    made: tuple[Project, list[Spec]], language: str
) -> None:
    project, specs = made
    source = gather(project.reader, TODAY)
    drawing = draw(source, language)
    pdf = "\n".join(
        page.extract_text() for page in pypdf.PdfReader(io.BytesIO(map_pages.as_pdf(drawing))).pages
    )
    svg = map_pages.alone_as_svg(source, language).decode()
    for found in (repr(source), said(drawing), pdf, svg):
        text = plain(found)
        for name in secrets(specs):
            assert not told(text, name)
        assert "Fait observé chez" not in text
        assert "Rencontrer" not in text


def test_the_lead_reads_every_name_and_fact(made: tuple[Project, list[Spec]]) -> None:
    project, specs = made
    drawing = draw(gather(project.reader, TODAY, Level.OWN), "fr")
    text = plain(" ".join(said(drawing).split("\n")))
    lines = lines_of(drawing)
    listed = plain(" ".join(" ".join(cell) for line in lines for cell in line.cells))
    assert Counter(line.unit.key for line in lines) == Counter(
        unit.key for unit in drawing.source.units
    )
    assert len(drawing.source.units) == len(specs)
    assert "Fait observé chez" in listed
    assert "Exemplaire du chef de projet, ne pas diffuser" in text
    for sheet in page_sheets(drawing):
        assert sum(bool(item.turn) and item.size >= 20 for item in texts(sheet)) == 1


def test_every_unit_is_shown_once_or_pooled(made: tuple[Project, list[Spec]]) -> None:
    project, specs = made
    for level in Level:
        drawing = draw(gather(project.reader, TODAY, level), "fr")
        plane, source = drawing.plane, drawing.source
        shown = [p.item.unit.key for p in plane.placed if p.item.look in MARKS[:2]]
        counted = [unit.key for units in plane.counted.values() for unit in units]
        assert Counter(shown + counted) == Counter(unit.key for unit in source.units)
        kept = [spec for spec in specs if spec.kind is UnitKind.GROUP and spec.headcount < 5]
        pooled = 0 if level == Level.OWN else len(kept)
        assert source.pooled.units == pooled
        assert source.pooled.headcount == sum(spec.headcount for spec in kept[:pooled])
        assert len(source.units) + len(source.unrated) + pooled == len(specs)
        numbers = [number for number, _ in plane.keyed]
        if level == Level.OWN:
            lines = {line.unit.key: int(line.cells[0][0]) for line in lines_of(drawing)}
            assert [lines[unit.key] for _, unit in plane.keyed] == numbers
            assert list(lines.values()) == list(range(1, len(lines) + 1))
            assert not any(part.block.title == "Numéros de la carte" for part in drawing.side)
        else:
            assert numbers == list(range(1, len(numbers) + 1))
        assert sorted(unit.key for _, unit in plane.keyed) == sorted(
            p.item.unit.key for p in plane.placed if p.item.number
        )


def test_units_are_those_of_the_figures(made: tuple[Project, list[Spec]]) -> None:
    """What may stand with a position is decided in one place."""
    project, _ = made
    source = gather(project.reader, TODAY)
    listed = figures.collect(project.reader, TODAY, room="stakeholders")["stakeholders"]["units"]
    alone = [one for one in listed if "pooled_groups" not in one]
    assert {unit.key for unit in source.units} == {one["id"] for one in alone if one["zone"]}
    (pooled,) = [one for one in listed if "pooled_groups" in one]
    assert (source.pooled.units, source.pooled.headcount) == (
        pooled["pooled_groups"],
        pooled["headcount"],
    )


def test_persons_are_coded_hollow_and_without_department(project: Project) -> None:
    day = DAYS[3]
    (key,) = filled(project, [Spec(UnitKind.PERSON, "Aglaé Vautrin", 1, ((day, 3, 3),))])
    project.execute(SetField("stakeholder", key, "department_id", None))
    drawing = draw(gather(project.reader, TODAY), "en")
    (placed,) = drawing.plane.placed
    assert placed.item.look is Look.PERSON and placed.item.lines == ("P-01",)
    assert "Aglaé" not in said(drawing)


def test_a_small_move_is_only_counted(project: Project) -> None:
    small = Spec(UnitKind.GROUP, "Juristes", 3, ((DAYS[0], 2, 1), (DAYS[3], 1, 3)))
    large = Spec(UnitKind.GROUP, "Sales", 30, ((DAYS[0], 2, 1), (DAYS[3], 3, 2)))
    filled(project, [small, large])
    source = gather(project.reader, TODAY)
    assert [(move.headcount, move.names) for move in source.moves] == [(30, ("Sales",))]
    assert source.hidden_moves == 3
    own = gather(project.reader, TODAY, Level.OWN)
    assert sorted(move.headcount for move in own.moves) == [3, 30]
    assert own.hidden_moves == 0


def test_actions_on_persons_and_small_groups_are_pooled(project: Project) -> None:
    action = dt.date(2026, 12, 4)
    specs = [
        Spec(UnitKind.GROUP, "Sales", 30, ((DAYS[3], 3, 2),), action=action),
        Spec(UnitKind.GROUP, "Juristes", 3, ((DAYS[3], 2, 2),), action=action),
        Spec(UnitKind.PERSON, "Aglaé Vautrin", 1, ((DAYS[3], 2, 2),), action=action),
    ]
    filled(project, specs)
    text = plain(said(draw(gather(project.reader, TODAY), "en")))
    assert "2 actions on persons or groups under five, pooled" in text
    assert "One-to-one" in text and "4 Dec" in text
    assert "Rencontrer" not in text
    own = plain(said(draw(gather(project.reader, TODAY, Level.OWN), "en")))
    assert "Rencontrer Aglaé Vautrin" in own


def test_a_check_that_names_what_is_kept_back_says_its_rule(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    from crm_pilot.governance import entry
    from crm_pilot.i18n import msg

    filled(project, [Spec(UnitKind.PERSON, "Aglaé Vautrin", 1, ((DAYS[3], 2, 3),))])
    place = entry.Place("stakeholders")
    check = entry.Check(
        "x", "", entry.Verdict.WARN, msg("{name} is alone", name="Aglaé Vautrin"),
        msg("The rule"), msg("data"), msg("action"), msg("source"), place, None,
    )  # fmt: skip
    monkeypatch.setattr(entry, "checks", lambda *_: (check, replace(check, title=msg("Fine"))))
    source = gather(project.reader, TODAY)
    assert [message.template for message in source.checks] == ["The rule", "Fine"]


# layout ------------------------------------------------------------------------------------------


def boxes_of(sheet: Sheet) -> list[tuple[float, float, float, float, str]]:
    return [
        (t.x, t.y - t.size * 0.72, t.x + t.wide, t.y + t.size * 0.18, t.text)
        for t in texts(sheet)
        if not t.turn
    ]


def check_sheet(sheet: Sheet) -> None:
    """No text under seven points, none outside the page, no two over each other."""
    found = boxes_of(sheet)
    for text in texts(sheet):
        assert text.size >= 7
        assert (text.x >= 0 and text.x + text.wide <= sheet.wide + 0.1) or text.turn
    for place, (left, top, right, bottom, one) in enumerate(found):
        assert top >= 0 and bottom <= sheet.high
        for left2, top2, right2, bottom2, other in found[place + 1 :]:
            across = min(right, right2) - max(left, left2)
            down = min(bottom, bottom2) - max(top, top2)
            assert across <= 0.1 or down <= 0.1, (one, other)


def check_cells(drawing: Drawing) -> None:
    """Marks and labels keep to their cell and off each other."""
    plane = drawing.plane
    spots = [placed.box for placed in plane.placed]
    for place, (left, top, right, bottom) in enumerate(spots):
        frame = plane.frame
        assert left >= frame.left and right <= frame.left + frame.wide + 0.1
        assert top >= frame.top - 0.1 and bottom <= frame.top + frame.high + 0.1
        for left2, top2, right2, bottom2 in spots[place + 1 :]:
            across = min(right, right2) - max(left, left2)
            down = min(bottom, bottom2) - max(top, top2)
            assert across <= 0.1 or down <= 0.1


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("level", list(Level))
def test_nothing_overlaps(made: tuple[Project, list[Spec]], level: Level, language: str) -> None:
    source = gather(made[0].reader, TODAY, level)
    drawing = draw(source, language)
    check_cells(drawing)
    for sheet in [*page_sheets(drawing), map_pages.alone(source, language)]:
        check_sheet(sheet)


def test_marks_have_equal_areas() -> None:
    def area(points: tuple[tuple[float, float], ...]) -> float:
        pairs = zip(points, points[1:] + points[:1], strict=True)
        return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2

    areas = [area(outline(trio, 0, 0, 10)) for trio in Trio]
    assert max(areas) / min(areas) < 1.02


def test_an_area_is_in_proportion_to_its_people(project: Project) -> None:
    filled(
        project,
        [
            Spec(UnitKind.GROUP, "Few", 12, ((DAYS[3], 4, 1),)),
            Spec(UnitKind.GROUP, "Many", 48, ((DAYS[3], 1, 4),)),
        ],
    )
    marks = {
        p.item.unit.label: p.item for p in draw(gather(project.reader, TODAY), "en").plane.placed
    }
    assert marks["Many"].radius == pytest.approx(2 * marks["Few"].radius)


def test_a_crowded_cell_has_numbers_and_a_key(project: Project) -> None:
    filled(project, some(24, crowded=24))
    drawing = draw(gather(project.reader, TODAY), "fr")
    way = drawing.plane.ways[2, 2]
    assert way.groups is Told.NUMBERS
    text = said(drawing)
    for number, unit in drawing.plane.keyed:
        assert f"\n{number}\n" in text
        assert plain(text).count(f"{unit.label} (") == 1


def test_many_units_fall_back_to_counts_and_lists(project: Project) -> None:
    filled(project, some(420, 80))
    drawing = draw(gather(project.reader, TODAY), "fr")
    counted = drawing.plane.counted
    assert counted
    assert len(drawing.plane.keyed) <= 84
    assert drawing.count > 2
    text = said(drawing)
    lines = Counter(plain(line) for line in text.split("\n"))
    for cell, units in counted.items():
        groups = sum(not unit.person for unit in units)
        assert drawing.plane.ways[cell].persons is Told.COUNTED
        if groups > 1 and drawing.plane.ways[cell].groups is Told.COUNTED:
            assert lines[f"{groups} groupes"]
        for unit in units:
            assert told(text, unit.label) if unit.person else lines[unit.label]


def test_an_empty_map_is_a_page_that_says_so(project: Project) -> None:
    for level in Level:
        drawing = draw(gather(project.reader, TODAY, level), "en")
        assert drawing.count == 1
        assert "Nobody is placed yet" in said(drawing)
        check_sheet(drawing.page(1))


def test_a_line_crosses_a_rectangle() -> None:
    box = (10.0, 10.0, 20.0, 20.0)
    assert crosses((0, 0), (30, 30), box)
    assert crosses((15, 15), (16, 16), box)
    assert not crosses((0, 0), (30, 5), box)
    assert not crosses((0, 15), (9, 15), box)


# days --------------------------------------------------------------------------------------------


def test_it_shows_the_day_that_was_asked_for(project: Project) -> None:
    moved = Spec(UnitKind.GROUP, "Sales", 30, ((DAYS[0], 2, 1), (DAYS[2], 1, 3), (DAYS[3], 3, 2)))
    filled(project, [moved])
    then = gather(project.reader, TODAY, on=DAYS[2])
    assert [(u.synergy, u.antagonism) for u in then.units] == [(1, 3)]
    assert then.since is None and "No earlier committee" in said(draw(then, "en"))
    chosen = gather(project.reader, TODAY, since=DAYS[0])
    assert chosen.since == DAYS[0]
    assert [(m.before, m.after) for m in chosen.moves] == [("passive", "golden_triangle")]
    assert gather(project.reader, TODAY).since == COMMITTEE
    assert "since 19 May 2026" in plain(said(draw(chosen, "en")))


# files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "locale"), [("fr", "fr-FR"), ("en", "en-GB")])
def test_the_pdf_is_vector_selectable_and_in_its_language(
    made: tuple[Project, list[Spec]], language: str, locale: str
) -> None:
    drawing = draw(gather(made[0].reader, TODAY), language)
    data = map_pages.as_pdf(drawing)
    assert data == map_pages.as_pdf(draw(gather(made[0].reader, TODAY), language))
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert reader.trailer["/Root"]["/Lang"] == locale
    assert reader.metadata is not None
    title = {"fr": "Carte des parties prenantes", "en": "Stakeholder map"}[language]
    assert reader.metadata.title == f"Déploiement CRM – {title}"
    assert len(reader.pages) == drawing.count
    for number, page in enumerate(reader.pages, 1):
        assert not page.images
        wide, high = float(page.mediabox.width), float(page.mediabox.height)
        assert (round(wide), round(high)) == (842, 595)
        between = {"fr": "sur", "en": "of"}[language]
        assert f"page {number} {between} {drawing.count}" in plain(page.extract_text())
        for font in page["/Resources"]["/Font"].values():
            assert "/FontFile2" in font["/FontDescriptor"]


def test_french_has_no_english_left(made: tuple[Project, list[Spec]]) -> None:
    for level in Level:
        text = plain(said(draw(gather(made[0].reader, TODAY, level), "fr")))
        for word in ("Movement", "people", "since", "Committee", "actions on", "Owner", "target"):
            assert word not in text


def test_the_command_line_writes_by_the_suffix(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for suffix, begins in ((".pdf", b"%PDF"), (".svg", b"<?xml"), (".png", b"\x89PNG")):
        out = tmp_path / f"map{suffix}"
        done = main(["report", str(demo), "--document", "map", "--lang", "fr", "-o", str(out)])
        assert done == 0
        assert out.read_bytes().startswith(begins)
    refused = main(["report", str(demo), "--document", "map", "-o", str(tmp_path / "map.docx")])
    assert refused == 2
    assert not (tmp_path / "map.docx").exists()
    assert ".svg" in capsys.readouterr().err


def test_the_day_compared_with_must_be_earlier(
    demo: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["report", str(demo), "--document", "map", "-o", str(tmp_path / "map.pdf")]
    assert main([*asked, "--on", "2026-09-01", "--since", "2026-09-01"]) == 2
    assert "earlier day" in capsys.readouterr().err
    assert main([*asked, "--on", "2026-10-30", "--since", "2026-09-01"]) == 0
    text = plain(pypdf.PdfReader(tmp_path / "map.pdf").pages[0].extract_text())
    assert "30 octobre 2026" in text and "1 septembre 2026" in text.replace("1ᵉʳ", "1")


def test_the_language_is_one_there_is(project: Project) -> None:
    with pytest.raises(UserError):
        map_pages.make(project.reader, TODAY, language="de")
