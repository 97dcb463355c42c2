"""The headings of tables and outlines: sort by a click, a funnel that filters, a menu."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFontMetrics, QHelpEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QHeaderView, QToolTip, QWidget

from crm_pilot.i18n import tr
from ui import theme
from ui.models.grid import GridModel

HEIGHT = 30
PAD = 8
FUNNEL = 16
ARROW = 12
NONE = -1


class Heading(QHeaderView):
    """Titles in captions. A click sorts; the funnel, shown under the mouse and wherever a filter
    holds, emits `filter_asked(section)`; the right button emits `menu_asked(section, where)`."""

    filter_asked = Signal(int)
    menu_asked = Signal(int, QPoint)

    def __init__(self, parent: QWidget, model: GridModel, height: int = HEIGHT) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._grid = model
        self.pad = PAD  # as far from the edges as the cells below keep
        self._hover = NONE
        self._pressed = NONE  # section whose funnel is held down
        self.setFixedHeight(height)
        self.setHighlightSections(False)
        self.setSectionsClickable(True)
        self.setMinimumSectionSize(36)
        self.setMouseTracking(True)
        self.setSortIndicatorClearable(True)
        self.setSortIndicatorShown(True)
        self.setSortIndicator(NONE, Qt.SortOrder.AscendingOrder)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._ask_menu)

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.height())

    def sectionSizeFromContents(self, logical: int) -> QSize:
        return QSize(super().sectionSizeFromContents(logical).width() + FUNNEL, self.height())

    def retranslate(self) -> None:
        """What a screen reader says."""
        self.setAccessibleName(tr("Headings"))

    def _ask_menu(self, at: QPoint) -> None:
        section = self.logicalIndexAt(at)
        if section >= 0:
            self.menu_asked.emit(section, self.viewport().mapToGlobal(at))

    # painting --------------------------------------------------------------------------------

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        look, height = theme.theme(), self.height()
        left, width = self.sectionViewportPosition(section), self.sectionSize(section)
        painter.save()
        painter.fillRect(left, 0, width, height, look.colour("raised"))
        line = look.line_width
        painter.fillRect(left, height - line, width, line, look.colour("line"))
        sorted_ = self.sortIndicatorSection() == section
        filtered = self._grid.columns[section].key in self._grid.filters
        hovered = self._hover == section
        painter.setPen(look.colour("text" if hovered or filtered else "muted"))
        painter.setFont(theme.font(theme.CAPTION, bold=filtered))
        self._text(painter, left, width, section, signs=(filtered or hovered, sorted_))
        if filtered or hovered:
            ink = "accent" if filtered else "muted"
            at = self._funnel(section)
            theme.draw_icon(painter, at.left(), at.top(), "filter", ink, FUNNEL)
        painter.restore()

    def _text(
        self, painter: QPainter, left: int, width: int, section: int, signs: tuple[bool, bool]
    ) -> None:
        """The title and, after it, the sign of the order; cut only where the room ends."""
        funnel, sorted_ = signs
        top = self.height() - HEIGHT  # on the lower row of a double heading
        inner = QRect(left + self.pad, top, width - 2 * self.pad, HEIGHT - 1)
        if funnel:
            inner.setRight(inner.right() - FUNNEL)
        if sorted_:
            inner.setRight(inner.right() - ARROW)
        title = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        right = self._grid.columns[section].right
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        metrics = painter.fontMetrics()
        text = metrics.elidedText(title, Qt.TextElideMode.ElideRight, max(0, inner.width()))
        painter.drawText(inner, int(side | Qt.AlignmentFlag.AlignVCenter), text)
        if sorted_:
            wide = metrics.horizontalAdvance(text)
            x = inner.right() + 3 if right else inner.left() + wide + 3
            descending = self.sortIndicatorOrder() == Qt.SortOrder.DescendingOrder
            name = "chevron-down" if descending else "chevron-up"
            top = inner.center().y() - ARROW // 2 + 1
            theme.draw_icon(painter, x, top, name, "accent", ARROW)

    def tip(self, section: int) -> str:
        """What the tooltip of a heading says: the whole title when it is cut, then its own."""
        across = Qt.Orientation.Horizontal
        title = str(self.model().headerData(section, across) or "")
        own = self.model().headerData(section, across, Qt.ItemDataRole.ToolTipRole)
        wide = QFontMetrics(theme.font(theme.CAPTION)).horizontalAdvance(title)
        whole = title if wide > self.sectionSize(section) - 2 * self.pad else ""
        return "\n".join(part for part in (whole, str(own or "")) if part)

    def viewportEvent(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            section = self.logicalIndexAt(event.pos())
            QToolTip.showText(event.globalPos(), self.tip(section) if section >= 0 else "", self)
            return True
        return super().viewportEvent(event)

    def _funnel(self, section: int) -> QRect:
        right = self.sectionViewportPosition(section) + self.sectionSize(section)
        top = self.height() - HEIGHT + (HEIGHT - FUNNEL) // 2
        return QRect(right - FUNNEL - 4, top, FUNNEL, FUNNEL)

    # mouse -----------------------------------------------------------------------------------

    def _over_funnel(self, event: QMouseEvent) -> int:
        at = event.position().toPoint()
        section = self.logicalIndexAt(at)
        if section >= 0 and self._funnel(section).adjusted(-2, -6, 2, 6).contains(at):
            return section
        return NONE

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._pressed = self._over_funnel(event)
        if self._pressed == NONE or event.button() != Qt.MouseButton.LeftButton:
            self._pressed = NONE
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        pressed, self._pressed = self._pressed, NONE
        if pressed == NONE:
            super().mouseReleaseEvent(event)
        elif self._over_funnel(event) == pressed:
            self.filter_asked.emit(pressed)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._point_at(self.logicalIndexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._point_at(self.logicalIndexAt(event.position().toPoint()))
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._point_at(NONE)
        super().leaveEvent(event)

    def _point_at(self, section: int) -> None:
        if section != self._hover:
            self._hover = section
            self.viewport().update()
