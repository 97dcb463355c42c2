"""The row above map and list: which view, search, filter, and what the map shows."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from crm_pilot.i18n import N_, tr
from ui.screens.stakeholders.asking import Asking
from ui.screens.stakeholders.seen import SeenOptions
from ui.widgets.buttons import chip, quiet_button, segmented, set_reason
from ui.widgets.fields import SearchField
from ui.widgets.view_button import ViewButton

GAP = 8
VIEWS = ("map", "list", "entry", "lateral", "crossings")
SHOWN = (
    ("zones", N_("Zones")),
    ("letters", N_("Letters of the departments")),
    ("influence", N_("Rings of influence")),
    ("ties", N_("Ties of the selected unit")),
    ("routes", N_("Routes since the day compared with")),
)


class RoomToolbar(QWidget):
    """Only widgets; the screen connects them."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        self.view = segmented(VIEWS)
        self.search = SearchField(190)
        self.filter: QPushButton = chip()
        self.shown: QPushButton = quiet_button(icon="columns")
        self.shown.setProperty("role", "chip")
        self.columns = ViewButton()
        row.addWidget(self.view)
        row.addStretch(1)
        for widget in (self.search, self.filter, self.shown, self.columns):
            row.addWidget(widget)
        self._units = True

    def show_view(self, view: str) -> None:
        """Search and filter belong to map and list."""
        self.view.set_value(view)
        self._units = view in ("map", "list")
        self.filter.setVisible(self._units)
        self.shown.setVisible(view == "map")
        self.columns.setVisible(view == "list")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The search gives way where not all of them find room."""
        shown = [w for w in (self.view, self.filter, self.shown, self.columns) if not w.isHidden()]
        least = sum(w.sizeHint().width() + GAP for w in shown)
        self.setMinimumWidth(least)
        self.search.setVisible(self._units and least + self.search.width() <= self.width())

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.view.set_texts(
            (
                tr("Map"),
                tr("List"),
                tr("Order of entry"),
                tr("Lateral projects"),
                tr("Across rooms"),
            )
        )
        self.view.setAccessibleName(tr("View"))
        self.search.retranslate(tr("Group, code or name"))
        self.shown.setText(tr("Show"))
        self.shown.setAccessibleName(tr("What the map shows"))
        self.columns.retranslate()
        self._fit()


class ShownMenu:
    """What the map shows beside its marks; zones and parameters of the method; copies of it."""

    def __init__(self, button: QPushButton, seen: SeenOptions, asking: Asking) -> None:
        self._button, self._seen, self._asking = button, seen, asking
        button.clicked.connect(self.open_menu)

    def menu(self) -> QMenu:
        """Made anew each time: it shows what is chosen."""
        made = QMenu(self._button)
        made.setToolTipsVisible(True)
        for name, words in SHOWN:
            entry = made.addAction(tr(words))
            entry.setCheckable(True)
            entry.setChecked(getattr(self._seen.seen, name))
            entry.triggered.connect(lambda on, name=name: self._seen.set(name, on))
        made.addSeparator()
        asking = self._asking
        edits = (
            (tr("Zones and advice…"), asking.zones),
            (tr("Settings of the map…"), asking.settings),
        )
        for words, act in edits:
            entry = made.addAction(words)
            entry.triggered.connect(lambda _=False, act=act: act())
            set_reason(entry, asking.why_not_edit())
        made.addSeparator()
        copies = made.addMenu(tr("Copy the map"))
        for kind, words in (("svg", tr("As a drawing (SVG)")), ("png", tr("As a picture (PNG)"))):
            entry = copies.addAction(words)
            entry.triggered.connect(lambda _=False, kind=kind: asking.copy_map(kind))
        made.addAction(tr("Print the map…")).triggered.connect(lambda: asking.print_map())
        return made

    def open_menu(self) -> None:
        """Open the menu below the button."""
        menu = self.menu()
        menu.exec(self._button.mapToGlobal(self._button.rect().bottomLeft()))
        menu.deleteLater()
