"""The preview: one page of a print, as large as wished, and the way to the others."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from crm_pilot import formats
from crm_pilot.i18n import tr
from crm_pilot.reports.sheets import Pages, Sheet
from ui import theme
from ui.dialogs.print_pen import paint
from ui.language import lang
from ui.widgets.buttons import quiet_button, set_reason
from ui.widgets.text import label

AROUND = 12  # pixels of ground round the page
STEP = 1.25
NARROW = 34  # pixels of a button with an icon alone
LEAST, MOST = 0.2, 4.0  # pixels a point
SCREEN = 96 / 72  # pixels a point where the page has its true size
Paint = Callable[[QPainter, Sheet], None]


def painter_of(pages: Pages) -> Paint:
    """What draws the pages of a print: those of a frozen one are pictures of its PDF."""
    own: Paint | None = getattr(pages, "paint", None)
    return own or paint


class PageView(QWidget):
    """A page on the ground. PgUp and PgDown turn it, + and − change its size."""

    turned = Signal(int)  # pages further, ±1; a large number goes to an end
    sized = Signal(float)  # a factor; 0: the whole page

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._sheet: Sheet | None = None
        self._image: QImage | None = None
        self._zoom = 1.0
        self._sentence = ""
        self._paint: Paint = paint

    def show_sheet(
        self, sheet: Sheet | None, zoom: float, sentence: str = "", painted: Paint = paint
    ) -> None:
        """Show a page, drawn by `painted`, or instead of one a sentence."""
        self._paint = painted
        if sheet is not self._sheet or zoom != self._zoom:
            self._image = None
        self._sheet, self._zoom, self._sentence = sheet, zoom, sentence
        size = QSize(0, 0)
        if sheet is not None:
            size = QSize(round(sheet.wide * zoom), round(sheet.high * zoom))
        self.setMinimumSize(size + QSize(2 * AROUND, 2 * AROUND))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.theme()
        painter.fillRect(self.rect(), look.colour("raised"))
        if self._sheet is not None:
            image = self._drawn(self._sheet)
            size = image.deviceIndependentSize()
            left = max((self.width() - size.width()) / 2, AROUND)
            top = max((self.height() - size.height()) / 2, AROUND)
            painter.drawImage(QPointF(round(left), round(top)), image)
        elif self._sentence:
            painter.setPen(look.colour("text"))
            painter.setFont(theme.font())
            room = QRectF(self.rect()).adjusted(40, 20, -40, -20)
            flags = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
            painter.drawText(room, flags, self._sentence)
        if self.hasFocus():
            painter.setPen(QPen(look.colour("accent"), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _drawn(self, sheet: Sheet) -> QImage:
        ratio = self.devicePixelRatioF()
        if self._image is None or self._image.devicePixelRatio() != ratio:
            size = QSize(round(sheet.wide * self._zoom), round(sheet.high * self._zoom))
            self._image = QImage(size * ratio, QImage.Format.Format_RGB32)
            self._image.fill(Qt.GlobalColor.white)
            painter = QPainter(self._image)
            painter.scale(self._zoom * ratio, self._zoom * ratio)
            self._paint(painter, sheet)
            painter.end()
            self._image.setDevicePixelRatio(ratio)
        return self._image

    def keyPressEvent(self, event: QKeyEvent) -> None:
        turns = {
            Qt.Key.Key_PageUp: -1,
            Qt.Key.Key_PageDown: 1,
            Qt.Key.Key_Home: -(10**6),
            Qt.Key.Key_End: 10**6,
        }
        sizes = {"+": STEP, "-": 1 / STEP, "0": 0.0}
        if event.key() in turns:
            self.turned.emit(turns[Qt.Key(event.key())])
        elif event.text() in sizes:
            self.sized.emit(sizes[event.text()])
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel change the size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.sized.emit(STEP if event.angleDelta().y() > 0 else 1 / STEP)
            return
        super().wheelEvent(event)


class Preview(QWidget):
    """The page, and above it the buttons that turn it and change its size; with `named` a choice
    of pages by name instead of the number. `moved` when another page is shown, or
    another document."""

    moved = Signal(int)

    def __init__(self, *, named: bool = False) -> None:
        super().__init__()
        self.drawing: Pages | None = None
        self.names = QComboBox()
        self._named = named
        self.number = 1
        self._zoom = 0.0  # 0: the whole page
        self._reason = ""
        self._told: tuple[Pages | None, int] = (None, 0)
        self.before = quiet_button(icon="chevron-left")
        self.after = quiet_button(icon="chevron-right")
        self.smaller, self.larger = quiet_button(icon="remove"), quiet_button(icon="add")
        self.whole = quiet_button()
        self.where, self.size_ = label(), label(theme.CAPTION, ink="muted")
        self.page = PageView()
        self.area = QScrollArea()
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.area.setWidgetResizable(True)
        self.area.setWidget(self.page)
        self.page.turned.connect(self.turn)
        self.page.sized.connect(self.resize_by)
        self.before.clicked.connect(lambda: self.turn(-1))
        self.after.clicked.connect(lambda: self.turn(1))
        self.smaller.clicked.connect(lambda: self.resize_by(1 / STEP))
        self.larger.clicked.connect(lambda: self.resize_by(STEP))
        self.whole.clicked.connect(lambda: self.resize_by(0.0))
        self.names.activated.connect(lambda at: self.go_to(int(self.names.itemData(at))))
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.before)
        row.addWidget(self.after)
        if self._named:
            least = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            self.names.setSizeAdjustPolicy(least)
            self.names.setMinimumContentsLength(8)
            row.addWidget(self.names, 1)
            for button in (self.before, self.after, self.smaller, self.larger):
                button.setFixedWidth(NARROW)
        else:
            row.addWidget(self.where)
            row.addStretch(1)
        for widget in (self.smaller, self.size_, self.larger, self.whole):
            row.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addLayout(row)
        column.addWidget(self.area, 1)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        for button, text in (
            (self.before, tr("Previous page")),
            (self.after, tr("Next page")),
            (self.smaller, tr("Smaller")),
            (self.larger, tr("Larger")),
        ):
            button.setAccessibleName(text)
            button.setToolTip(text)
        self.whole.setText(tr("Whole page"))
        self.names.setAccessibleName(tr("Pages of the document"))
        self._show()

    # what is shown ---------------------------------------------------------------------------

    def show_drawing(self, drawing: Pages) -> None:
        """Show another print; the page stays where there is one with its number."""
        self.drawing, self._reason = drawing, ""
        self._list()
        self._show()

    def show_reason(self, reason: str) -> None:
        """Say why there is nothing to show."""
        self.drawing, self._reason = None, reason
        self._show()

    @property
    def pages(self) -> int:
        """How many there are."""
        return self.drawing.count if self.drawing is not None else 0

    def turn(self, by: int) -> None:
        """Go some pages further."""
        self.number = min(max(self.number + by, 1), max(self.pages, 1))
        self._show()

    def go_to(self, number: int) -> None:
        """Show a page, counted from 1."""
        self.turn(number - self.number)

    def _list(self) -> None:
        """Offer every page, by the entry of the outline it belongs to."""
        if not self._named:
            return
        entries = list(getattr(self.drawing, "outline", ()))
        self.names.clear()
        for number in range(1, self.pages + 1):
            begun = [name for _, name, page in entries if page <= number]
            text = f"{number} · {begun[-1]}" if begun else str(number)
            self.names.addItem(text, number)

    def resize_by(self, factor: float) -> None:
        """Show the page larger or smaller; 0: the whole page."""
        self._zoom = min(max(self._scale() * factor, LEAST), MOST) if factor else 0.0
        self._show()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show()

    def _scale(self) -> float:
        """Pixels a point."""
        if self._zoom or self.drawing is None:
            return self._zoom or 1.0
        wide, high = self.drawing.size
        room = self.area.contentsRect().size() - QSize(2 * AROUND, 2 * AROUND)
        return max(min(room.width() / wide, room.height() / high), 0.1)

    def _write(self, where: str, size: str) -> None:
        for told, text in ((self.where, where), (self.size_, size)):
            told.setText(text)
            told.setVisible(bool(text))

    def _show(self) -> None:
        drawing = self.drawing
        if drawing is None:
            self.page.show_sheet(None, 1.0, self._reason)
            self.page.setAccessibleName(self._reason or tr("Preview"))
            self._write("", "")
            for button in (self.before, self.after, self.smaller, self.larger, self.whole):
                set_reason(button, self._reason or tr("The pages are being laid out."))
            return
        self.number = min(max(self.number, 1), self.pages)
        scale = self._scale()
        self.page.show_sheet(drawing.page(self.number), scale, painted=painter_of(drawing))
        self.names.setCurrentIndex(self.number - 1)
        text = tr("Page {number} of {total}", number=self.number, total=self.pages)
        size = formats.percent(scale / SCREEN, lang())
        self._write("" if self._named else text, "" if self._named else size)
        self.names.setToolTip(f"{text} · {size}")
        self.page.setAccessibleName(text)
        set_reason(self.before, tr("This is the first page.") if self.number == 1 else "")
        set_reason(self.after, tr("This is the last page.") if self.number == self.pages else "")
        set_reason(self.smaller, tr("It cannot be smaller.") if scale <= LEAST else "")
        set_reason(self.larger, tr("It cannot be larger.") if scale >= MOST else "")
        set_reason(self.whole, "" if self._zoom else tr("The whole page is shown."))
        if (drawing, self.number) != self._told:
            self._told = (drawing, self.number)
            self.moved.emit(self.number)
