"""The papers of training, read back from the PDF: what a sheet must say, and nothing cut."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from crm_pilot.cli import main
from crm_pilot.errors import UserError
from crm_pilot.project import Add, Project, SetField
from crm_pilot.reports import training_pages
from crm_pilot.reports.sheets import Box, Sheet, Strokes, Text
from crm_pilot.reports.styles import MARGIN, PAGE_WIDTH
from crm_pilot.reports.training_pages import Drawing, Paper
from crm_pilot.training.questions import COLD, HOT

D = dt.date
TODAY = D(2027, 1, 20)


class Room:
    """A course with a session of two days and three people, of whom one excused themselves."""

    def __init__(self, project: Project, people: int = 3) -> None:
        self.project = project
        add = lambda table, **values: int(project.execute(Add(table, values)))  # noqa: E731
        department = add("department", name="Itinérants Sud")
        self.course = add("course", title="Préparer sa tournée", aim="Planifier une semaine")
        feature = add("feature", name="Tournée sur mobile")
        add("course_feature", course_id=self.course, feature_id=feature)
        self.session = add(
            "training_session", course_id=self.course, held_on=D(2027, 1, 12), begins="09:00",
            minutes=840, place="Salle Rhône", trainer="Nadia Petit", seats=people + 1,
        )  # fmt: skip
        for day in (12, 13):
            for part, begins in (("morning", "09:00"), ("afternoon", "13:30")):
                add("session_half", session_id=self.session, day=D(2027, 1, day), part=part,
                    begins=begins, minutes=210)  # fmt: skip
        self.attendance = []
        for number in range(people):
            person = add(
                "person", first_name="Anne", last_name=f"Roy-{number:02d}",
                department_id=department,
            )  # fmt: skip
            add("account", external_id=f"U{number}", person_id=person)
            self.attendance.append(add("attendance", session_id=self.session, person_id=person))

    def presence(self, number: int, presence: str) -> None:
        self.project.execute(SetField("attendance", self.attendance[number], "presence", presence))

    def draw(self, paper: Paper, language: str = "fr") -> Drawing:
        return training_pages.make(
            self.project.reader, TODAY, paper, language=language, sessions=[self.session]
        )


@pytest.fixture
def room(project: Project) -> Room:
    return Room(project)


def texts(drawing: Drawing) -> list[str]:
    """The text of each page, read back from the PDF, without no-break spaces."""
    reader = PdfReader(io.BytesIO(training_pages.as_pdf(drawing)))
    return [page.extract_text().replace("\u202f", " ").replace("\xa0", " ")
            for page in reader.pages]  # fmt: skip


def test_a_sheet_a_day_with_a_column_a_half_day(room: Room) -> None:
    room.presence(1, "excused")
    first, second = texts(room.draw(Paper.SIGN_IN))
    assert "mardi 12 janvier 2027" in first
    assert "mercredi 13 janvier 2027" in second
    for page in (first, second):
        for said in ("Préparer sa tournée", "Salle Rhône", "Nadia Petit", "de 9 h à 12 h 30",
                     "de 13 h 30 à 17 h", "(7 h)", "Matin", "Après-midi"):  # fmt: skip
            assert said in page, said
        assert page.count("Signature") == 4  # two half-days, trainees and trainer
        assert all(f"Roy-{n:02d}" in page for n in range(3))
        assert page.count("Excusé") == 2
        assert "Roy-03" not in page


def test_a_long_list_goes_on_and_keeps_its_numbers(project: Project) -> None:
    room = Room(project, people=40)
    drawing = room.draw(Paper.SIGN_IN, "en")
    pages = texts(drawing)
    assert len(pages) == 4  # two a day, as full as each other
    listed = [n for page in pages[:2] for n in range(41) if f"Roy-{n:02d}" in page]
    assert listed == list(range(40))
    assert all("Nadia Petit" in page for page in pages)  # the trainer signs every page


def test_a_usual_session_signs_on_one_page(project: Project) -> None:
    room = Room(project, people=22)
    assert len(texts(room.draw(Paper.SIGN_IN))) == 2  # one a day; spare lines make no page


def test_a_plan_closes_its_lines_up_where_that_saves_a_page(project: Project) -> None:
    room = Room(project)
    day = D(2027, 2, 1)
    for number in range(31):
        held = day + dt.timedelta(days=number // 2)
        project.execute(Add("training_session", {"course_id": room.course, "held_on": held}))
    drawing = training_pages.make(project.reader, TODAY, Paper.PLAN, language="fr")
    plan, coverage = texts(drawing)
    assert plan.count("Préparer sa tournée") == 32
    assert "Par service" in coverage


def test_an_empty_session_has_lines_to_write_on(room: Room) -> None:
    empty = room.project.execute(
        Add("training_session", {"course_id": room.course, "held_on": D(2027, 2, 2)})
    )
    drawing = training_pages.make(
        room.project.reader, TODAY, Paper.SIGN_IN, language="fr", sessions=[empty]
    )
    assert "3" in texts(drawing)[0]


def test_a_convocation_for_everyone_who_is_expected(room: Room) -> None:
    room.presence(1, "excused")
    pages = texts(room.draw(Paper.CONVOCATION))
    assert len(pages) == 2
    assert "Roy-00" in pages[0] and "Roy-02" in pages[1]
    assert all("Roy-01" not in page for page in pages)
    for said in ("mercredi 13 janvier 2027", "14 h", "Planifier une semaine", "Tournée sur mobile"):
        assert said in pages[0]


def test_a_certificate_says_the_hours_followed(room: Room) -> None:
    with pytest.raises(UserError, match="type the attendance first"):
        room.draw(Paper.CERTIFICATE)
    room.presence(0, "present")
    room.presence(2, "absent")
    for day, part in ((12, "morning"), (12, "afternoon"), (13, "morning")):
        room.project.execute(
            Add("half_presence", {"attendance_id": room.attendance[0], "day": D(2027, 1, day),
                                  "part": part, "presence": "present"})
        )  # fmt: skip
    room.project.execute(
        Add("half_presence", {"attendance_id": room.attendance[0], "day": D(2027, 1, 13),
                              "part": "afternoon", "presence": "absent"})
    )  # fmt: skip
    (page,) = texts(room.draw(Paper.CERTIFICATE))
    assert "10 h 30 suivies sur 14 h" in page
    assert page.count("Matin") == 2 and page.count("Après-midi") == 1
    assert "Roy-02" not in page


@pytest.mark.parametrize(("paper", "asked"), [(Paper.EVALUATION, HOT), (Paper.COLD, COLD)])
def test_a_form_asks_what_can_be_typed_back(room: Room, paper: Paper, asked: object) -> None:
    columns = {
        row[0]
        for row in room.project.reader.select("SELECT name FROM pragma_table_info('evaluation')")
    }
    statements = [*asked]  # type: ignore[misc]
    assert {name for name, _ in statements} < columns
    sheet = room.draw(paper, "en").page(1)
    boxes = [item for item in sheet.items if isinstance(item, Box) and item.ink]
    assert len(boxes) == 4 * len(statements)
    (page,) = texts(room.draw(paper, "en"))
    assert all(text in page for _, text in statements)
    assert "Roy" not in page


def test_the_plan_and_the_coverage_pool_small_groups(project: Project) -> None:
    room = Room(project, people=6)
    few = project.execute(Add("department", {"name": "Direction"}))
    person = project.execute(Add("person", {"last_name": "Kern", "department_id": few}))
    project.execute(Add("account", {"external_id": "K", "person_id": person}))
    room.presence(0, "present")
    plan, coverage = texts(room.draw(Paper.PLAN))
    assert "12–13 janv." in plan
    assert "6 / 7" in plan
    assert "Direction" not in coverage and "Kern" not in coverage
    assert "Services de moins de cinq" in coverage


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("paper", list(Paper))
def test_nothing_leaves_the_page(room: Room, paper: Paper, language: str) -> None:
    long = "Préparer, conduire et rendre compte de sa tournée dans toutes ses étapes " * 4
    room.project.execute(SetField("course", room.course, "title", long.strip()))
    room.project.execute(SetField("course", room.course, "aim", long * 4))
    room.project.execute(SetField("training_session", room.session, "place", long.strip()))
    room.project.execute(SetField("training_session", room.session, "trainer", long.strip()))
    room.presence(0, "present")
    drawing = room.draw(paper, language)
    for number in range(1, drawing.count + 1):
        check(drawing.page(number))


def check(sheet: Sheet) -> None:
    for item in sheet.items:
        if isinstance(item, Text):
            assert item.size >= 7
            assert item.x >= MARGIN - 1 and item.x + item.wide <= PAGE_WIDTH - MARGIN + 1, item.text
            assert 20 < item.y < sheet.high - 20, item.text
        elif isinstance(item, Box):
            assert item.x + item.wide <= PAGE_WIDTH - MARGIN + 1
        elif isinstance(item, Strokes):
            assert all(y < sheet.high - 20 for line in item.lines for _, y in line)


def test_the_same_data_give_the_same_bytes(room: Room) -> None:
    one, two = (training_pages.as_pdf(room.draw(Paper.SIGN_IN)) for _ in range(2))
    assert one == two
    fonts = PdfReader(io.BytesIO(one)).pages[0]["/Resources"]["/Font"]
    assert all("Inter" in str(font.get_object()["/BaseFont"]) for font in fonts.values())


def test_a_session_that_is_not_there_and_a_project_without_any(project: Project) -> None:
    with pytest.raises(UserError, match="no training session No"):
        training_pages.make(project.reader, TODAY, Paper.SIGN_IN, language="fr", sessions=[9])
    with pytest.raises(UserError, match="plan one first"):
        training_pages.make(project.reader, TODAY, Paper.SIGN_IN, language="fr")


def test_the_command_line_writes_papers_and_calendars(
    room: Room, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, key = tmp_path / "p.crmp", str(room.session)
    room.project.save(path)
    room.project.close()
    out = tmp_path / "sheet.pdf"
    assert (
        main(["report", str(path), "--document", "sign-in", "--session", key, "-o", str(out)]) == 0
    )
    assert out.read_bytes().startswith(b"%PDF")
    one = tmp_path / "s.ics"
    assert (
        main(["report", str(path), "--document", "calendar", "--session", key, "-o", str(one)]) == 0
    )
    assert one.read_bytes().count(b"BEGIN:VEVENT") == 4
    folder = tmp_path / "calendars"
    assert main(["report", str(path), "--document", "calendar", "-o", str(folder)]) == 0
    assert [file.suffix for file in folder.iterdir()] == [".ics"]
    capsys.readouterr()
    wrong = tmp_path / "sheet.docx"
    assert main(["report", str(path), "--document", "sign-in", "-o", str(wrong)]) == 2
    assert "written to .pdf" in capsys.readouterr().err
    assert not wrong.exists()
