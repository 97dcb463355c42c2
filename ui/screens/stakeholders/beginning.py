"""The empty map: what to do first, and three ways to do it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from crm_pilot.i18n import ntr, tr
from crm_pilot.stakeholders.starting import OtherHeadcount
from ui.widgets.buttons import link_button
from ui.widgets.empty import EmptyState
from ui.widgets.text import label

NAMED = 6  # groups of which both numbers are told


def headcounts_offered(other: Sequence[OtherHeadcount]) -> str:
    """The entry of the menu that takes headcounts from the people of departments."""
    return ntr(
        "Take the headcount of {n} group from its people",
        "Take the headcount of {n} groups from their people",
        len(other),
    )


def headcounts_told(other: Sequence[OtherHeadcount]) -> str:
    """What would change, a group a line: “Telesales: 60 → 64”."""
    lines = [
        tr("{name}: {before} → {after}", name=one.name, before=one.headcount, after=one.persons)
        for one in other[:NAMED]
    ]
    return "\n".join([*lines, "…"] if len(other) > NAMED else lines)


class Beginning(QWidget):
    """Add a group, import a list, or make a group of every department. `state` holds the first
    two buttons."""

    groups_asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.state = EmptyState("stakeholders")
        self.groups: QPushButton = link_button()
        self.groups.clicked.connect(self.groups_asked)
        self._found = label(ink="muted")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addStretch(1)
        row.addWidget(self._found)
        row.addWidget(self.groups)
        row.addStretch(1)
        box = self.state.layout()
        assert isinstance(box, QVBoxLayout)
        box.insertLayout(box.count() - 1, row)  # above the stretch at the foot
        column.addWidget(self.state)

    def show_departments(self, missing: int) -> None:
        """Departments that could each become a group; the offer is hidden without any."""
        self.groups.setVisible(missing > 0)
        self._found.setVisible(missing > 0)
        self.groups.setText(tr("Make one group per department"))
        self._found.setText(ntr("{n} department is known:", "{n} departments are known:", missing))

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.state.set_texts(
            tr("Who carries the project, who waits, who resists?"),
            tr(
                "Begin with the groups that go live first: their headcount, what was observed, and"
                " the map shows whom to work with. Rating persons is never needed."
            ),
            tr("Add a group"),
            tr("Import people and groups…"),
        )
