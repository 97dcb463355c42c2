"""The map alone, as drawing and as picture: into a file or onto the clipboard.

What it shows was read at a level, and nothing of another one can get into it.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QMimeData, Qt
from PySide6.QtGui import QGuiApplication, QImage, QImageWriter, QPainter

from crm_pilot.reports import map_pages
from crm_pilot.reports.map_pages_source import Source
from crm_pilot.reports.output import put
from crm_pilot.reports.sheets import Sheet
from ui.dialogs.print_pen import paint

SCALE = 3.0  # pixels a point: 216 to the inch
SVG_TYPE, PNG_TYPE = "image/svg+xml", "image/png"


def image(sheet: Sheet, scale: float = SCALE) -> QImage:
    """A sheet in pixels."""
    made = QImage(round(sheet.wide * scale), round(sheet.high * scale), QImage.Format.Format_RGB32)
    made.fill(Qt.GlobalColor.white)
    dots = round(72 * scale / 0.0254)
    painter = QPainter(made)
    painter.scale(scale, scale)
    paint(painter, sheet)
    painter.end()
    made.setDotsPerMeterX(dots)
    made.setDotsPerMeterY(dots)
    return made


def png(sheet: Sheet) -> bytes:
    """The same as a file."""
    held = QByteArray()
    buffer = QBuffer(held)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(b"png")).write(image(sheet))
    buffer.close()
    return bytes(held.data())


def write_alone(source: Source, language: str, out: Path) -> None:
    """Write the map as SVG, or for a name in .png as a picture."""
    if out.suffix.lower() == map_pages.PNG:
        put(png(map_pages.alone(source, language)), out)
    else:
        put(map_pages.alone_as_svg(source, language), out)


def to_clipboard(source: Source, language: str, *, drawing: bool = True) -> None:
    """Put the map on the clipboard: as SVG and picture, or as a picture alone."""
    sheet = map_pages.alone(source, language)
    data = QMimeData()
    if drawing:
        data.setData(SVG_TYPE, QByteArray(map_pages.alone_as_svg(source, language)))
    data.setData(PNG_TYPE, QByteArray(png(sheet)))
    data.setImageData(image(sheet))
    QGuiApplication.clipboard().setMimeData(data)
