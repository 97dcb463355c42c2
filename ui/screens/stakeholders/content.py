"""Map and list in one tile, the panel at their right: widgets only, the screen connects them."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from crm_pilot.i18n import tr
from ui.bridge import Bridge
from ui.screens.stakeholders.legend import Legend
from ui.screens.stakeholders.listing import UnitsModel, UnitTable
from ui.screens.stakeholders.panel import UnitPanel
from ui.screens.stakeholders.plane import PlaneView
from ui.screens.stakeholders.timeline import Timeline
from ui.widgets.page import GAP
from ui.widgets.tile import Tile

WHYS = ("committee.headlines", "stakeholders.units", "stakeholders.zones")


class UnitsContent(QWidget):
    """`show_view` turns from map to list and back."""

    def __init__(self, bridge: Bridge, what: str) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP)
        self.tile = Tile()
        self.tile.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.tile.set_why(*WHYS)
        self.legend = Legend()
        self.tile.head.insertWidget(1, self.legend, 100)  # all that is left, while it is shown
        self.tile.caption.hide()  # the legend ends where the plane does
        self._pages = QStackedWidget()
        self._pages.addWidget(self._build_map())
        self.model = UnitsModel(bridge, self)
        self.table = UnitTable(bridge, self.model, what=what)
        self._pages.addWidget(self.table)
        self.tile.body.addWidget(self._pages)
        self.panel = UnitPanel()
        row.addWidget(self.tile, 1)
        row.addWidget(self.panel)

    def _build_map(self) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 2, 0, 0)
        column.setSpacing(8)
        self.plane = PlaneView()
        self.timeline = Timeline()
        column.addWidget(self.plane, 1)
        column.addWidget(self.timeline)
        return page

    @property
    def listed(self) -> bool:
        """Whether the list is in front."""
        return self._pages.currentIndex() == 1

    def show_view(self, view: str) -> None:
        """`map` or `list`."""
        listed = view == "list"
        self._pages.setCurrentIndex(int(listed))
        self.legend.setVisible(not listed)
        self.tile.set_title(tr("Groups and people") if listed else tr("Synergy and antagonism"))

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.plane.setAccessibleName(tr("Map of synergy and antagonism"))
        self.timeline.retranslate()
        self.table.retranslate(tr("Groups and people"))
        self.show_view("list" if self.listed else "map")
