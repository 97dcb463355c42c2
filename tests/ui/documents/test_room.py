"""The documents room: what it shows, how it follows edits, and its keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from crm_pilot.figures import Level
from crm_pilot.governance.headline import sentence, written
from crm_pilot.governance.headline_commands import SetSentence
from crm_pilot.governance.report_choices import chosen
from crm_pilot.governance.terms import Document
from crm_pilot.i18n import Translator
from crm_pilot.project import Project, SetField
from tests.ui.conftest import let_go
from tests.ui.documents.conftest import PATIENCE, Room
from ui.bridge import Bridge
from ui.main_window import MainWindow
from ui.screens.documents.screen import DocumentsScreen
from ui.screens.documents.sentence import one_line
from ui.widgets.section import ElidedLink


def action(window: MainWindow, name: str) -> QAction:
    """An action of the window."""
    return window.actions_.by_id[name]


# the way here ------------------------------------------------------------------------------------


def test_printing_leads_here_and_here_to_the_printer(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(
        "ui.screens.documents.carrying.ask_printer",
        lambda _parent, pages, _name, _layout: asked.append(pages.count) or True,
    )
    room.window.show_screen("cockpit")
    action(room.window, "print").trigger()
    assert room.window.current is room.screen
    assert asked == []
    room.settle()
    for name in ("print", "pack"):
        action(room.window, name).trigger()
    assert asked == [room.screen.pages.count] * 2
    room.window.show_screen("people")
    action(room.window, "pack").trigger()
    assert room.window.current is room.screen


def test_nothing_is_printed_before_the_pages_are_those_of_now(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(
        "ui.screens.documents.carrying.ask_printer", lambda *_: asked.append(1) or True
    )
    room.screen.show_document(Document.RISKS)
    assert not room.screen.print_button.isEnabled()
    assert "laid out" in room.screen.print_button.toolTip()
    assert room.screen.print_room()
    assert asked == []
    room.settle()
    assert room.screen.print_button.isEnabled()
    assert asked == [1]  # as soon as they are


def test_what_is_being_typed_is_printed(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    printed: list[str] = []
    monkeypatch.setattr(
        "ui.screens.documents.carrying.ask_printer",
        lambda _parent, pages, *_: printed.append(pages.content.pages[0].sentence) or True,
    )
    field = room.screen.options.sentence.field
    room.window.activateWindow()
    field.setFocus()
    field.setPlainText("Typed a moment ago.")
    action(room.window, "print").trigger()
    room.settle()
    assert printed == ["Typed a moment ago."]


def test_documents_are_chosen_by_keys(room: Room) -> None:
    screen, listed = room.screen, room.screen.listing.documents
    assert screen.document is Document.COMMITTEE
    assert listed.current_key == Document.COMMITTEE
    listed.setFocus()
    QTest.keyClick(listed, Qt.Key.Key_Down)
    assert screen.document is Document.MINUTES
    room.settle()
    assert screen.pages.document is Document.MINUTES
    QTest.keyClick(listed, Qt.Key.Key_Home)
    room.settle()
    assert screen.pages.document is Document.FLASH
    listed.choose(Document.COMMITTEE)
    screen.show_document(Document.COMMITTEE)
    room.settle()
    QTest.keyClick(listed, Qt.Key.Key_PageDown)
    assert screen.preview.number == 2
    assert screen.document is Document.COMMITTEE
    QTest.keyClick(listed, Qt.Key.Key_Return)
    assert screen.preview.page.hasFocus()


def test_pages_are_chosen_by_name(room: Room) -> None:
    preview = room.screen.preview
    assert preview.names.count() == room.screen.pages.count > 3
    _, name, begun = room.screen.pages.outline[1]
    assert begun > 1
    assert preview.names.itemText(begun - 1) == f"{begun} · {name}"
    assert preview.names.itemText(0).startswith("1 · ")
    preview.names.setCurrentIndex(2)
    preview.names.activated.emit(2)
    assert preview.number == 3
    preview.turn(1)
    assert preview.names.currentIndex() == 3


def test_another_document_begins_at_its_first_page(room: Room) -> None:
    room.screen.preview.go_to(4)
    room.screen.show_document(Document.FLASH)
    room.settle()
    assert room.screen.preview.number == 1


# following ---------------------------------------------------------------------------------------


def test_an_edit_is_followed_and_the_page_stays(room: Room) -> None:
    screen, before = room.screen, room.screen.pages
    screen.preview.go_to(2)
    room.bridge.execute(SetSentence("report", "en", "Written just now.", room.bridge.today))
    assert not screen.settled
    room.settle()
    assert screen.pages is not before
    assert screen.preview.number == 2
    assert screen.pages.content.pages[0].sentence == "Written just now."
    room.bridge.undo()
    room.settle()
    assert screen.pages.content.pages[0].sentence != "Written just now."


def test_of_several_edits_the_last_one_is_shown(room: Room) -> None:
    laid: list[str] = []
    room.screen.laying.laid.connect(
        lambda _wish, pages: laid.append(pages.content.pages[0].sentence)
    )
    for number in range(5):
        text = f"Sentence number {number}."
        room.bridge.execute(SetSentence("report", "en", text, room.bridge.today))
        if number % 2:
            room.qtbot.waitUntil(lambda: room.screen.laying._job is not None, timeout=PATIENCE)
    room.settle()
    assert laid[-1] == "Sentence number 4."
    assert room.screen.pages.content.pages[0].sentence == "Sentence number 4."
    assert len(laid) < 5


def test_an_edit_elsewhere_is_followed_when_the_room_is_shown(room: Room) -> None:
    room.window.show_screen("committee")
    row = room.bridge.reader.value("SELECT id FROM project")
    room.bridge.execute(SetField("project", row, "name", "Renamed meanwhile"))
    room.window.show_screen("documents")
    room.settle()
    assert "Renamed meanwhile" in room.screen.pages.content.title


def test_language_and_level_are_those_of_the_document(room: Room) -> None:
    screen, readers = room.screen, room.screen.options.readers
    assert (screen.pages.language, screen.pages.level) == ("en", Level.COMMITTEE)
    readers.language.set_value("fr")
    readers.language.chosen.emit("fr")
    readers.level.setCurrentIndex(readers.level.findData(Level.OWN))
    assert "not to be passed on" in readers.told.text()
    room.settle()
    assert (screen.pages.language, screen.pages.level) == ("fr", Level.OWN)
    assert screen.issue_button.text() == "Issue…"  # the window stays in its own language


def test_leaving_the_project_while_pages_are_laid_out(room: Room) -> None:
    room.screen.show_document(Document.RISKS)
    room.screen.show_document(Document.COMMITTEE)
    project = room.bridge.detach()
    room.idle()
    assert project is not None
    room.bridge.attach(project)
    room.window.show_screen("documents")
    room.screen = room.window.screen_named("documents")  # type: ignore[assignment]
    assert isinstance(room.screen, DocumentsScreen)
    room.settle()
    assert room.screen.pages is not None


def test_pages_of_another_project_are_let_go(room: Room) -> None:
    """What was read of the project before is neither shown nor remembered."""
    screen = room.screen
    laid: list[object] = []
    screen.laying.laid.connect(lambda *_: laid.append(_))
    screen.show_document(Document.RISKS)
    QTest.qWait(1)  # the job has begun
    before = room.bridge.detach()
    assert before is not None
    with Project.create(name="Another", language="en") as other:
        room.bridge.attach(other)
        room.idle()
        assert laid == []
        assert not [key for key in other.reader.memory if key[0].__name__ == "risk_table"]
        room.bridge.detach()
        room.idle()
    room.bridge.attach(before)


def test_the_room_speaks_another_language(room: Room) -> None:
    room.bridge.set_language("fr")
    room.settle()
    assert room.screen.print_button.text() == "Imprimer…"
    assert room.screen.pages.language == "en"  # the document keeps its own
    room.bridge.set_language("en")


def test_the_sentence_says_whether_the_next_committee_has_its_report(room: Room) -> None:
    said = room.screen.header.sentence.text()
    assert said == "Committee no. 7 meets on 26\u00a0Nov: its report is still a draft."


# the sentence of a page --------------------------------------------------------------------------


def test_a_sentence_is_edited_where_the_page_is(room: Room) -> None:
    part, screen = room.screen.options.sentence, room.screen
    computed = sentence("report", room.bridge.reader, room.bridge.today, Translator("en"))
    assert part.place == "report"
    assert part.field.text == one_line(computed)
    assert not part.computed.isEnabled()
    screen.preview.page.setFocus()
    QTest.keyClick(screen.preview.page, Qt.Key.Key_F2)
    assert part.field.hasFocus()
    QTest.keyClicks(part.field, "Decide wave 3 today.")
    QTest.keyClick(part.field, Qt.Key.Key_Return)
    assert written("report", room.bridge.reader, "en") == "Decide wave 3 today."
    assert written("report", room.bridge.reader, "fr") is None
    room.settle()
    assert one_line(screen.pages.content.pages[0].sentence) == "Decide wave 3 today."
    assert part.computed.isEnabled()
    part.computed.click()
    assert written("report", room.bridge.reader, "en") is None
    assert part.field.text == one_line(computed)


def test_what_is_typed_can_be_put_back(room: Room) -> None:
    part = room.screen.options.sentence
    before = part.field.toPlainText()
    part.field.setFocus()
    room.screen.preview.page.setFocus()  # looked into, and left as it was
    assert written("report", room.bridge.reader, "en") is None
    part.field.setFocus()
    part.field.selectAll()
    QTest.keyClicks(part.field, "No")
    QTest.keyClick(part.field, Qt.Key.Key_Escape)
    assert part.field.toPlainText() == before
    room.screen.preview.page.setFocus()
    assert written("report", room.bridge.reader, "en") is None


def test_an_emptied_sentence_is_the_computed_one(room: Room) -> None:
    part = room.screen.options.sentence
    room.bridge.execute(SetSentence("report", "en", "Mine.", room.bridge.today))
    room.settle()
    assert part.field.toPlainText() == "Mine."
    for typed in ("", part.field.toolTip().removeprefix("Computed: ")):
        room.bridge.execute(SetSentence("report", "en", "Mine.", room.bridge.today))
        room.settle()
        part.field.setFocus()
        part.field.setPlainText(typed)
        part.field.commit()
        assert written("report", room.bridge.reader, "en") is None
        assert len(part.field.text) > len("Mine.")


def test_each_page_has_its_own_sentence(room: Room) -> None:
    part, screen = room.screen.options.sentence, room.screen
    places = {screen.pages.place(number) for number in range(1, screen.pages.count + 1)}
    assert len(places) > 4
    for number in range(1, screen.pages.count + 1):
        screen.preview.go_to(number)
        assert part.place == screen.pages.place(number)
        assert part.field.isHidden() is not bool(part.place)


# sections ----------------------------------------------------------------------------------------


def keys(room: Room) -> list[str]:
    """Sections the document has, in order."""
    return [key for key, shown in room.screen.options.sections.listed.things if shown]


def test_sections_are_ticked_and_ordered_by_keys(room: Room) -> None:
    listed, reader = room.screen.options.sections.listed, room.bridge.reader
    before = keys(room)
    assert chosen(reader, Document.COMMITTEE) == ()
    listed.setFocus()
    listed.setCurrentRow(1)
    QTest.keyClick(listed, Qt.Key.Key_Space)
    assert keys(room) == [before[0], *before[2:]]
    QTest.keyClick(listed, Qt.Key.Key_Down)
    QTest.keyClick(listed, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert keys(room)[1:3] == [before[3], before[2]]
    assert listed.current_key == before[2]
    assert [key for key, shown in chosen(reader, Document.COMMITTEE) if shown] == keys(room)
    room.settle()
    names = list(dict.fromkeys(page.key for page in room.screen.pages.content.pages))
    assert names == [key for key in keys(room) if key in names]
    room.screen.options.sections.usual.click()
    assert keys(room) == before
    assert chosen(reader, Document.COMMITTEE) == ()


def test_the_last_section_stays(room: Room) -> None:
    room.screen.show_document(Document.RISKS)
    room.settle()
    listed = room.screen.options.sections.listed
    for row in range(listed.count()):
        listed.item(row).setCheckState(Qt.CheckState.Unchecked)
    assert room.errors
    assert any(shown for _, shown in listed.things)


def test_sections_belong_to_one_document(room: Room) -> None:
    listed = room.screen.options.sections.listed
    listed.item(1).setCheckState(Qt.CheckState.Unchecked)
    assert chosen(room.bridge.reader, Document.FLASH) == ()
    room.screen.show_document(Document.FLASH)
    assert listed.count() < 5
    room.screen.show_document(Document.COMMITTEE)
    assert not listed.things[1][1]


# other papers ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "dialog"),
    [("gantt", "PrintGantt"), ("map", "PrintMapDialog"), ("training", "TrainingPapers")],
)
def test_other_papers_open_their_dialogs(room: Room, name: str, dialog: str) -> None:
    room.screen.listing.papers[name].click()
    assert type(room.front()).__name__ == dialog


def test_what_edits_is_grey_in_a_read_only_project(room: Room) -> None:
    room.bridge.project.read_only = True
    room.bridge.saved.emit()
    room.screen.refresh(None)
    options = room.screen.options
    for widget in (room.screen.issue_button, options.sections.listed, options.look.choose):
        assert not widget.isEnabled()
        assert "read-only" in widget.toolTip()
    assert options.sentence.field.isReadOnly()
    assert room.screen.save_button.isEnabled() or not room.screen.settled
    room.bridge.project.read_only = False


# the author --------------------------------------------------------------------------------------


def test_shortened_texts_are_told_to_the_author(room: Room) -> None:
    long = "Reprise des données de la région Nord-Est " * 5
    risk = room.bridge.reader.value(
        "SELECT id FROM risk WHERE status = 'open' ORDER BY probability * impact DESC LIMIT 1"
    )
    room.bridge.execute(SetField("risk", risk, "title", long))
    notes = room.screen.options.notes
    room.qtbot.waitUntil(lambda: bool(notes.findChildren(ElidedLink)), timeout=8000)
    told = [note for note in room.screen.pages.notes if note.whole.split() == long.split()]
    assert told
    links = [link for link in notes.findChildren(ElidedLink) if not link.isHidden()]
    assert links[0].accessibleName().startswith(f"Page {room.screen.pages.notes[0].page}: ")
    room.screen.preview.go_to(3)
    links[0].click()
    assert room.screen.preview.number == room.screen.pages.notes[0].page


def test_an_empty_project_has_its_pages_too(qtbot: QtBot) -> None:
    with Project.create(name="Nothing yet", language="en") as project:
        window = MainWindow(Bridge())
        qtbot.addWidget(window, before_close_func=let_go)
        window.complete()
        window.show()
        window.bridge.attach(project)
        room = Room(qtbot, window)
        for document in Document:
            room.screen.show_document(document)
            room.settle()
            assert room.screen.preview.pages > 0, document
        said = room.screen.header.sentence.text()
        assert said.startswith("No committee is dated")
        window.jobs.wait()
