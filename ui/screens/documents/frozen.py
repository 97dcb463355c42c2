"""The pages of an issued report as they were frozen: pictures of its very PDF."""

from __future__ import annotations

import pypdfium2 as pdfium
from PySide6.QtCore import QRectF
from PySide6.QtGui import QImage, QPainter

from crm_pilot.reports.sheets import Sheet

FINEST = 400 / 72  # pixels a point: what paper shows at reading distance, and no more


class FrozenPages:
    """A print (`sheets.Pages`) that draws itself. Use it in the main thread alone: the library
    behind it is made for one thread."""

    def __init__(self, content: bytes) -> None:
        self._document = pdfium.PdfDocument(content)
        self.count = len(self._document)
        self.size: tuple[float, float] = self._document[0].get_size()
        self.outline = tuple(
            (mark.level, mark.get_title(), mark.get_dest().get_index() + 1)
            for mark in self._document.get_toc()
            if mark.get_dest() is not None
        )
        self._sheets: dict[int, Sheet] = {}

    def page(self, number: int) -> Sheet:
        """A page, counted from 1: its size; `paint` draws it."""
        if number not in self._sheets:
            wide, high = self._document[number - 1].get_size()
            self._sheets[number] = Sheet(wide, high, number)
        return self._sheets[number]

    def paint(self, painter: QPainter, sheet: Sheet) -> None:
        """Draw a page; one unit of the painter is a point."""
        scale = min(painter.deviceTransform().m11(), FINEST)
        drawn = self._document[sheet.number - 1].render(scale=scale, prefer_bgrx=True)
        image = QImage(
            drawn.buffer, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(QRectF(0, 0, sheet.wide, sheet.high), image)
        painter.device()  # the buffer lives until here
        drawn.close()
