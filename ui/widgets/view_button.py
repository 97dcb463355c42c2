"""The button beside a table that tells of its filters and opens filter, columns and views."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QMenu, QWidget

from crm_pilot.i18n import tr
from ui import theme
from ui.widgets.buttons import quiet_button

if TYPE_CHECKING:
    from ui.widgets.grid import Grid


class ViewButton(QWidget):
    """“View”, and while columns are filtered a button that names them and takes them away."""

    def __init__(self, grid: Grid | None = None, *, chip_only: bool = False) -> None:
        super().__init__()
        self._grid: Grid | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        self.clear = quiet_button()
        theme.set_icon(self.clear, "filter", "accent", 16)
        self.clear.clicked.connect(self._clear)
        self.button = quiet_button(icon="columns")
        for one in (self.clear, self.button):
            one.setProperty("role", "chip")
        self.button.clicked.connect(self.open_menu)
        row.addWidget(self.clear)
        row.addWidget(self.button)
        self.button.setVisible(not chip_only)
        if grid is not None:
            self.follow(grid)
        self.retranslate()

    def follow(self, grid: Grid) -> None:
        """Belong to another table from now on."""
        if self._grid is not None:
            self._grid.arranged.disconnect(self._show)
        self._grid = grid
        grid.arranged.connect(self._show)
        self._show()

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.button.setText(tr("View"))
        self.button.setAccessibleName(tr("View: filters, columns, saved views"))
        self._show()

    def _clear(self) -> None:
        if self._grid is not None:
            self._grid.clear_filters()

    def _show(self) -> None:
        model = self._grid.grid if self._grid is not None else None
        named = (
            [tr(column.title) for column in model.columns if column.key in model.filters]
            if model is not None
            else []
        )
        self.clear.setVisible(bool(named))
        shown = ", ".join(named[:2]) + (" …" if len(named) > 2 else "")
        self.clear.setText(tr("Filtered: {columns}", columns=shown) + "  ×")
        self.clear.setAccessibleName(tr("Take all filters away"))
        self.clear.setToolTip(tr("Take all filters away") + " (Ctrl+Shift+L)")

    def open_menu(self) -> None:
        """Open the menu below the button."""
        from ui.widgets.grid_menu import fill_view_menu

        if self._grid is None:
            return
        menu = QMenu(self)
        menu.setToolTipsVisible(True)
        fill_view_menu(menu, self._grid)
        menu.exec(self.button.mapToGlobal(self.button.rect().bottomLeft()))
        menu.deleteLater()
