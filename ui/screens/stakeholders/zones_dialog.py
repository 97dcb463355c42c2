"""The plane as the lead wants it: zone of each cell with its source, and handling of each zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from crm_pilot.i18n import ntr, tr
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.zone_commands import SetZones
from ui.dialogs.base import Dialog
from ui.screens.stakeholders import zones_advice, zones_plane
from ui.screens.stakeholders.rating_dialog import save_by_keys
from ui.screens.stakeholders.zones_advice import AdvicePage
from ui.screens.stakeholders.zones_plane import ZonesPlane
from ui.widgets.buttons import segmented, set_reason
from ui.widgets.text import label, set_ink

if TYPE_CHECKING:
    from ui.bridge import Bridge

PAGES = ("cells", "advice")
WIDE = 800


class ZonesDialog(Dialog):
    """Writes what was changed itself, as one step."""

    def __init__(self, parent: QWidget | None, bridge: Bridge) -> None:
        super().__init__(parent)
        self.bridge = bridge
        set_ink(self.detail, "muted")
        self.say(
            tr("Zones of the map"),
            tr(
                "Authors do not agree on every cell. Change what your project reads otherwise, and"
                " say where you have it from."
            ),
        )
        self.setMinimumWidth(WIDE)
        self._units = queries.units(bridge.reader, bridge.today)
        self.pages = segmented(PAGES)
        self.pages.set_texts((tr("Cells"), tr("Handling")))
        self.pages.setAccessibleName(tr("Page"))
        self.pages.chosen.connect(self.turn)
        self.plane = ZonesPlane(queries.cells(bridge.reader))
        self.advice = AdvicePage(queries.advice(bridge.reader))
        self.stack = QStackedWidget()
        for page in (self.plane, self.advice):
            self.stack.addWidget(page)
            page.edited.connect(self._check)
        self.effect = label(bold=True, wrap=True)
        self.body.addWidget(self.pages, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.stack, 1)
        self.body.addWidget(self.effect)
        self.add_button("cancel", tr("Cancel"))
        self.save = self.add_button("save", tr("Save"), primary=True, closes=False)
        save_by_keys(self, self.save)
        self.chosen.connect(self._chosen)
        self._check()
        self.plane.cells[4, 1].box.setFocus()

    def sizeHint(self) -> QSize:
        return QSize(WIDE, super().sizeHint().height())

    def turn(self, page: str) -> None:
        """Show `cells` or `advice`."""
        self.pages.set_value(page)
        self.stack.setCurrentIndex(PAGES.index(page))

    # answers ---------------------------------------------------------------------------------

    @property
    def moved(self) -> tuple[int, int]:
        """How many units get another zone, and how many people they are."""
        zones = self.plane.grid
        found = [row for row in self._units if row.rated and zones.zone(*row.position) != row.zone]
        return len(found), sum(row.headcount for row in found)

    def _check(self) -> None:
        cells, texts = len(self.plane.changed), len(self.advice.changed)
        units, people = self.moved
        parts = []
        if cells:
            parts.append(ntr("{n} cell changes.", "{n} cells change.", cells))
            parts.append(
                ntr("{n} unit gets another zone", "{n} units get another zone", units)
                + ntr(" ({n} person).", " ({n} people).", people)
                if units
                else tr("No unit gets another zone.")
            )
        if texts:
            parts.append(
                ntr(
                    "The handling of {n} zone changes.", "The handling of {n} zones changes.", texts
                )
            )
        self.effect.setText(" ".join(parts))
        set_reason(self.save, "" if parts else tr("Nothing was changed yet."))

    def _chosen(self, key: str) -> None:
        if key != "save":
            return
        cells = tuple(zones_plane.command_of(at, draft) for at, draft in self.plane.changed.items())
        advice = tuple(
            zones_advice.command_of(zone, draft) for zone, draft in self.advice.changed.items()
        )
        self.accept()
        if cells or advice:
            self.bridge.execute(SetZones(cells, advice))
