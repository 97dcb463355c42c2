"""Logo and colour of the company on documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel

from crm_pilot.errors import UserError
from crm_pilot.governance.report_choices import MOST_BYTES, SetAccent, SetLogo, check_accent, look
from crm_pilot.i18n import N_, show, tr
from ui import theme
from ui.files import usual_folder
from ui.widgets.buttons import Guard, link_button
from ui.widgets.fields import LineEdit
from ui.widgets.section import Section
from ui.widgets.text import label

if TYPE_CHECKING:
    from ui.bridge import Bridge

LOGO = QSize(96, 36)
SWATCH = 14


class Look(Section):
    """The logo with what chooses and removes it, and the colour as it is written in a charter."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.logo = QLabel()
        self.logo.setFixedSize(LOGO)
        self.logo.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.choose, self.remove = link_button(), link_button()
        self.choose.clicked.connect(self.ask_logo)
        self.remove.clicked.connect(lambda: self.bridge.execute(SetLogo(None)))
        self.named = label(theme.CAPTION, ink="muted")
        self.swatch = QLabel()
        self.colour = LineEdit()
        self.colour.setFixedWidth(104)
        self.colour.setMaxLength(7)
        self.named.setBuddy(self.colour)
        self.colour.editingFinished.connect(self._store)
        for widgets in (
            (self.logo, self.choose, self.remove),
            (self.named, self.swatch, self.colour),
        ):
            row = QHBoxLayout()
            row.setSpacing(10)
            for widget in widgets:
                row.addWidget(widget)
            row.addStretch(1)
            self.body.addLayout(row)
        self.complaint = label(theme.CAPTION, ink="alert", wrap=True)
        self.complaint.hide()
        self.body.addWidget(self.complaint)
        self.guard = Guard(bridge, self)
        self.guard.add(self.choose, self.remove, self.colour)
        theme.switched().changed.connect(self.refresh)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.say(tr("Look of the company"))
        self.named.setText(tr("Colour"))
        self.colour.setAccessibleName(tr("Colour of the documents"))
        self.colour.setPlaceholderText(tr("ours"))
        self.remove.setText(tr("Remove"))
        self.logo.setAccessibleName(tr("Logo"))
        self.refresh()

    def refresh(self) -> None:
        """Read both again."""
        if not self.bridge.has_project:
            return
        known = look(self.bridge.reader)
        picture = QPixmap()
        if known.logo:
            picture.loadFromData(known.logo)
        self.logo.setPixmap(_fitted(picture, self.devicePixelRatioF()))
        self.logo.setVisible(not picture.isNull())
        self.choose.setText(tr("Choose a logo…") if known.logo is None else tr("Another…"))
        self.remove.setVisible(known.logo is not None)
        if not self.colour.hasFocus() or not self.colour.isModified():
            self.colour.setText(known.accent)
            self._complain("")
        self.swatch.setPixmap(_swatch(known.accent or _house(), self.devicePixelRatioF()))

    def ask_logo(self) -> None:
        """Ask for a picture and keep it."""
        asked, _ = QFileDialog.getOpenFileName(
            self.window(),
            tr("Choose a logo"),
            usual_folder(self.bridge),
            tr("Pictures") + " (*.png *.jpg *.jpeg)",
        )
        if asked:
            self.set_logo(Path(asked))

    def set_logo(self, path: Path) -> None:
        """Keep the picture of a file, or say why it cannot be."""
        try:
            with path.open("rb") as file:
                data = file.read(MOST_BYTES + 1)  # one more: the command says that it is too large
        except OSError as error:
            self.bridge.failed.emit(
                UserError(
                    N_("“{path}” cannot be read ({reason}). Nothing was changed."),
                    path=str(path),
                    reason=error.strerror or str(error),
                )
            )
            return
        if len(data) <= MOST_BYTES and not QPixmap().loadFromData(data):
            self.bridge.failed.emit(
                UserError(
                    N_("“{path}” is no picture that can be shown. Nothing was changed."),
                    path=path.name,
                )
            )
            return
        self.bridge.execute(SetLogo(data))

    def _store(self) -> None:
        """Keep the colour, or say below the field why it cannot be."""
        text = self.colour.text().strip()
        try:
            wanted = check_accent(text)
        except UserError as error:
            self._complain(show(error.message))
            return
        self._complain("")
        self.colour.setModified(False)
        if wanted != look(self.bridge.reader).accent:
            self.bridge.execute(SetAccent(wanted))
        self.refresh()

    def _complain(self, sentence: str) -> None:
        self.colour.mark_wrong(sentence)
        self.complaint.setText(sentence)
        self.complaint.setVisible(bool(sentence))
        self.guard.refresh()  # its tooltip may say why it is grey


def _house() -> str:
    from crm_pilot.palette import palette

    return str(palette("light")["accent"])


def _fitted(picture: QPixmap, ratio: float) -> QPixmap:
    """The logo on white, as it stands on paper."""
    if picture.isNull():
        return picture
    room = LOGO * ratio
    made = picture.scaled(
        room, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
    on_white = QPixmap(made.size())
    on_white.fill(QColor("white"))
    painter = QPainter(on_white)
    painter.drawPixmap(0, 0, made)
    painter.end()
    on_white.setDevicePixelRatio(ratio)
    return on_white


def _swatch(colour: str, ratio: float) -> QPixmap:
    made = QPixmap(QSize(SWATCH, SWATCH) * ratio)
    made.fill(QColor(colour))
    made.setDevicePixelRatio(ratio)
    return made
