"""Logo and colour of the documents, and what is no logo or colour."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from crm_pilot.governance.report_choices import MOST_BYTES, look
from tests.ui.documents.conftest import Room


def picture(path: Path) -> Path:
    """A picture of 200 × 80 pixels."""
    image = QImage(200, 80, QImage.Format.Format_RGB32)
    image.fill(0x2A56C6)
    assert image.save(str(path))
    return path


@pytest.mark.parametrize("name", ["logo.png", "logo.jpg"])
def test_a_logo_is_kept_shown_and_removed(room: Room, tmp_path: Path, name: str) -> None:
    part, before = room.screen.options.look, room.screen.pages
    path = picture(tmp_path / name)
    part.set_logo(path)
    assert look(room.bridge.reader).logo == path.read_bytes()
    assert part.logo.isVisibleTo(part) and not part.logo.pixmap().isNull()
    assert part.choose.text() == "Another…"
    room.settle()
    assert room.screen.pages is not before
    part.remove.click()
    assert look(room.bridge.reader).logo is None
    assert not part.logo.isVisibleTo(part)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"MZ this is a program", "is no picture"),
        (b"\x89PNG\r\n\x1a\nand then nothing", "is no picture"),
        (b"\x89PNG\r\n\x1a\n" + b"0" * MOST_BYTES, "is too large"),
        (None, "cannot be read"),
    ],
)
def test_what_is_no_logo_is_told_and_changes_nothing(
    room: Room, tmp_path: Path, content: bytes | None, said: str
) -> None:
    path = tmp_path / "logo.png"
    if content is not None:
        path.write_bytes(content)
    room.screen.options.look.set_logo(path)
    assert len(room.errors) == 1
    assert said in room.errors[0]
    assert look(room.bridge.reader).logo is None
    assert room.screen.settled


def test_a_colour_is_kept_as_it_is_written_in_a_charter(room: Room) -> None:
    part = room.screen.options.look
    part.colour.setText("7a1f3d")
    part.colour.editingFinished.emit()
    assert look(room.bridge.reader).accent == "#7A1F3D"
    assert part.colour.text() == "#7A1F3D"
    room.settle()
    room.bridge.undo()
    assert look(room.bridge.reader).accent == ""
    assert part.colour.text() == ""


@pytest.mark.parametrize(("typed", "said"), [("blue", "is no colour"), ("#FFE000", "too light")])
def test_a_colour_that_cannot_be_used_is_told_at_the_field(
    room: Room, typed: str, said: str
) -> None:
    part = room.screen.options.look
    part.colour.setText(typed)
    part.colour.editingFinished.emit()
    assert said in part.complaint.text()
    assert part.complaint.isVisibleTo(part)
    assert room.errors == []
    assert look(room.bridge.reader).accent == ""
    part.colour.setText("")
    part.colour.editingFinished.emit()
    assert not part.complaint.isVisibleTo(part)
