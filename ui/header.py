"""The header: menus, the way into the palette, and the four weathers of the project."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QMenuBar, QPushButton, QSizePolicy

from crm_pilot.i18n import N_, show, tr
from ui import theme
from ui.bridge import Bridge
from ui.reading import Reading
from ui.widgets.text import ElidedLabel, label

if TYPE_CHECKING:
    from crm_pilot.governance.rows import WeatherRow
    from crm_pilot.governance.terms import Axis
    from ui.widgets.weather import WeatherWord

HEIGHT = 56
MENUS = (N_("&File"), N_("&Edit"), N_("&View"), N_("&Help"))
SEARCH, BARE_SEARCH = 150, 40
PAUSE_MS = 120  # after an edit, before the weathers are computed again


class Header(QFrame):
    """56 px at the top. `search_asked` opens the palette."""

    search_asked = Signal()

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.setProperty("role", "header")
        self.setFixedHeight(HEIGHT)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 24, 0)
        row.setSpacing(12)
        self.menus = QMenuBar()
        self.menus.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.menu_list: list[QMenu] = [self.menus.addMenu("") for _ in MENUS]
        row.addWidget(self.menus)
        self._search = QPushButton()
        self._search.setProperty("role", "search")
        self._search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._search.setMinimumWidth(SEARCH)
        self._search.setMaximumWidth(400)
        theme.set_icon(self._search, "search", "muted", 16)
        self._search.clicked.connect(self.search_asked)
        inside = QHBoxLayout(self._search)
        inside.setContentsMargins(38, 0, 10, 0)
        self._hint = ElidedLabel(ink="muted")
        inside.addWidget(self._hint, 1)
        self._keys = label(theme.CAPTION, ink="muted")
        self._keys.setText("Ctrl+K")
        inside.addWidget(self._keys)
        row.addWidget(self._search, 1)
        row.addStretch(0)
        self._row = row
        self.reading = Reading(bridge, self, kept=True)
        self.reading.found.connect(self._show)
        self._weathers: dict[Axis, WeatherWord] = {}
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(PAUSE_MS)
        self._later.timeout.connect(self.refresh)
        bridge.changed.connect(lambda _: self._later.start())
        bridge.project_changed.connect(self.refresh)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        for menu, title in zip(self.menu_list, MENUS, strict=True):
            menu.setTitle(tr(title))
        self.menus.setAccessibleName(tr("Menus"))
        self._hint.set_whole(tr("Find a screen, a person, a ticket…"))
        self._search.setAccessibleName(tr("Find anything"))
        self.refresh()

    def refresh(self) -> None:
        """The weathers as computed now."""
        if not self.bridge.has_project:
            for word in self._weathers.values():
                word.hide()
            return
        from crm_pilot.governance.queries import figures

        today = self.bridge.today
        self.reading.read(lambda reader: figures(reader, today).weather)

    def _show(self, rows: tuple[WeatherRow, ...]) -> None:
        from crm_pilot.governance.terms import AXES, TRENDS

        self._make_words()
        for row in rows:
            word = self._weathers[row.axis]
            word.show_weather(tr(AXES[row.axis]), row.weather)
            trend = f" · {tr(TRENDS[row.trend])}" if row.trend else ""
            word.setToolTip(f"{tr(AXES[row.axis])} · {show(row.line)}{trend}")
            word.show()
        for axis in set(self._weathers) - {row.axis for row in rows}:
            self._weathers[axis].hide()
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """On a narrow window the weathers go without the names of what they are about (these are
        in the tooltip, and told), then the search without its words."""
        words = [word for word in self._weathers.values() if not word.isHidden()]
        edges = self._row.contentsMargins()
        needed = edges.left() + edges.right() + self._row.spacing() * (len(words) + 2)
        needed += self.menus.sizeHint().width() + SEARCH
        needed += sum(word.whole_width for word in words)
        brief = needed > self.width()
        for word in words:
            word.set_brief(brief)
        needed -= sum(word.name_width for word in words)
        bare = brief and needed > self.width()
        self._search.setMinimumWidth(BARE_SEARCH if bare else SEARCH)
        self._hint.setVisible(not bare)
        self._keys.setVisible(not bare)

    def _make_words(self) -> None:
        from crm_pilot.governance.terms import AXES
        from ui.widgets.weather import WeatherWord

        if not self._weathers:
            self._weathers = {axis: WeatherWord(why=f"committee.weather.{axis}") for axis in AXES}
            for word in self._weathers.values():
                self._row.addWidget(word)
