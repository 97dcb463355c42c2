"""The preview and the printer draw a sheet as the PDF does, kind of item by kind of item."""

from __future__ import annotations

import io
from collections.abc import Callable

import numpy
import pypdfium2
import pytest
from PIL import Image as Picture
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from crm_pilot.reports.pen import DASH, DOTS, Pen
from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.sheets_pdf import About, pdf
from ui import theme
from ui.dialogs.print_pen import _font, paint

WIDE, HIGH, SCALE, TILE = 200.0, 120.0, 3, 12  # points, pixels a point, pixels compared together
NEAR = 60  # of 255, the mean of a tile: edges are smoothed otherwise


def picture() -> bytes:
    """A picture with a corner that tells up from down."""
    made = Picture.new("RGB", (60, 40), (40, 90, 60))
    made.paste((240, 240, 240), (0, 0, 20, 20))
    stream = io.BytesIO()
    made.save(stream, "PNG")
    return stream.getvalue()


DRAWN: dict[str, Callable[[Pen], object]] = {
    "text": lambda pen: [
        pen.text(10, 20 + 18 * place, "Vague 3 : 12 janv. 2027", size, bold=bold)
        for place, (size, bold) in enumerate(((8, False), (9.5, True), (11, True), (20, True)))
    ],
    "text at the right": lambda pen: pen.text(190, 60, "+19 k€", 14, align="right", tabular=True),
    "turned": lambda pen: pen.sheet.turned(100, 60, "PROJET", 34, 54, bold=True),
    "lines": lambda pen: [
        pen.line(10, 20, 190, 20, weight=3, ink="text"),
        pen.line(10, 50, 190, 50, weight=3, ink="text", dash=DASH),
        pen.line(10, 80, 190, 80, weight=3, ink="alert", dash=DOTS),
    ],
    "polyline": lambda pen: pen.polyline([(10, 100), (60, 20), (110, 90), (190, 30)], weight=6),
    "shape": lambda pen: pen.shape([(20, 20), (180, 40), (90, 110)], fill="watch", ink="text"),
    "box": lambda pen: pen.box(20, 20, 150, 80, fill="raised", ink="text", weight=4),
    "round box": lambda pen: pen.box(20, 20, 150, 80, ink="accent", weight=3, radius=20),
    "disc": lambda pen: pen.disc(100, 60, 40, fill="good", ink="text", weight=5),
    "path": lambda pen: pen.path(
        (20, 100), ((20, 20), (60, 10), (100, 50)), ((140, 90), (180, 20), (180, 100)), fill="alert"
    ),
    "hatched": lambda pen: pen.hatched(20, 20, 160, 80, "opponent"),
    "dotted": lambda pen: pen.dotted(20, 20, 160, 80, "hesitant"),
    "marks": lambda pen: [
        pen.mark("triangle", 40, 60, 40, "locomotive"),
        pen.diamond(100, 60, 25, filled=False),
        pen.arrow(150, 60, 45, size=40),
        pen.tick(170, 100, 20),
    ],
    "image": lambda pen: pen.image(20, 20, 120, 80, picture()),
}


def painted(sheet: Sheet) -> numpy.ndarray:
    """The sheet as the preview paints it."""
    size = round(sheet.wide * SCALE), round(sheet.high * SCALE)
    image = QImage(*size, QImage.Format.Format_RGB888)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.scale(SCALE, SCALE)
    paint(painter, sheet)
    painter.end()
    rows = numpy.frombuffer(image.constBits(), numpy.uint8).reshape(size[1], image.bytesPerLine())
    return tiles(rows[:, : 3 * size[0]].reshape(size[1], size[0], 3).copy())


def printed(sheet: Sheet) -> numpy.ndarray:
    """The sheet as a reader of PDF shows it."""
    (page,) = pypdfium2.PdfDocument(pdf([sheet], About("", "", "", "fr")))
    return tiles(numpy.asarray(page.render(scale=SCALE).to_pil().convert("RGB")))


def tiles(pixels: numpy.ndarray) -> numpy.ndarray:
    """Mean colours of small squares."""
    high, wide = (side // TILE for side in pixels.shape[:2])
    cut = pixels[: high * TILE, : wide * TILE].astype(float)
    return cut.reshape(high, TILE, wide, TILE, 3).mean((1, 3))


@pytest.mark.parametrize("kind", DRAWN)
def test_the_preview_is_the_pdf(qtbot: QtBot, kind: str) -> None:
    theme.load_fonts()
    sheet, empty = Sheet(WIDE, HIGH, 1), Sheet(WIDE, HIGH, 1)
    DRAWN[kind](Pen(sheet))
    shown, wanted = painted(sheet), printed(sheet)
    assert abs(wanted - printed(empty)).max() > 1.5 * NEAR  # something is there to be compared
    assert abs(shown - wanted).max() < NEAR, kind
    assert abs(shown - wanted).mean() < 2.5, kind


def test_fonts_of_the_window_stay_as_they_are() -> None:
    for size in (8, 20):
        _font(size, True, False)
        assert theme.font(size, bold=True).kerning()
