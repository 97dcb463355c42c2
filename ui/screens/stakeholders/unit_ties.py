"""Who a unit influences, who influences it, whom it reports to: a short list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from crm_pilot.i18n import N_, tr
from crm_pilot.stakeholders.commands import TieEnd
from crm_pilot.stakeholders.queries import UnitRow
from crm_pilot.stakeholders.terms import TieKind
from ui import theme
from ui.widgets.buttons import set_reason
from ui.widgets.line_list import LineList
from ui.widgets.picker import Picker
from ui.widgets.scroll import Scroll

HOW = {  # kind and direction -> as said of the unit in front
    (TieKind.INFLUENCES, True): N_("influences"),
    (TieKind.INFLUENCES, False): N_("is influenced by"),
    (TieKind.REPORTS_TO, True): N_("reports to"),
    (TieKind.REPORTS_TO, False): N_("is reported to by"),
}


class _TieLine(QWidget):
    edited = Signal()
    gone = Signal()

    def __init__(self, things: Sequence[tuple[int, str]], end: TieEnd | None) -> None:
        super().__init__()
        self.how = QComboBox()
        self.how.setAccessibleName(tr("Kind of the tie"))
        for text in HOW.values():
            self.how.addItem(tr(text))
        self.other = Picker(things, tr("Type a name"))
        self.other.setAccessibleName(tr("Group or person"))
        self.away = QToolButton()
        theme.set_icon(self.away, "close", "muted", 16)
        self.away.setAccessibleName(tr("Remove this tie"))
        self.away.setToolTip(tr("Remove this tie"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.how)
        row.addWidget(self.other, 1)
        row.addWidget(self.away)
        if end is not None:
            self.how.setCurrentIndex(list(HOW).index((end.kind, end.outgoing)))
            self.other.choose(end.other_id)
        self.how.activated.connect(lambda _: self.edited.emit())
        self.other.picked.connect(self.edited)
        self.other.field.textEdited.connect(lambda _: self.edited.emit())
        self.away.clicked.connect(self.gone)

    @property
    def end(self) -> TieEnd | None:
        """The tie; None while nobody is named."""
        key = self.other.key
        if key is None:
            return None
        kind, outgoing = list(HOW)[self.how.currentIndex()]
        return TieEnd(kind, key, outgoing)

    def lock(self, reason: str) -> None:
        for one in (self.how, self.other, self.away):
            set_reason(one, reason)


class TieList(LineList[_TieLine]):
    """All ties of a unit."""

    def __init__(self, things: Sequence[tuple[int, str]]) -> None:
        super().__init__(tr("Ties with others"), tr("Add a tie"))
        self._things = things
        self.none.setText(
            tr("No tie yet: who opens the door to this one, and whom do they follow?")
        )

    def add_empty(self) -> None:
        self.add(None)

    def add(self, end: TieEnd | None) -> None:
        """One more line; an empty one takes the keyboard."""
        made = _TieLine(self._things, end)
        self.take(made)
        if end is None:
            made.how.setFocus()

    @property
    def wrong(self) -> str:
        seen: set[TieEnd] = set()
        for line in self.lines:
            if not line.other.typed:
                continue
            end = line.end
            if end is None:
                return tr(
                    "Nobody on the map, or several, are called “{name}”.", name=line.other.typed
                )
            if end in seen:
                return tr("“{name}” is named twice.", name=line.other.typed)
            seen.add(end)
        return ""


class TiesPage(QWidget):
    """The list as a page of a dialog."""

    edited = Signal()

    def __init__(self, units: Sequence[UnitRow], unit: UnitRow | None, *, names: bool) -> None:
        super().__init__()
        others = [one for one in units if unit is None or one.id != unit.id]
        self.list = TieList([(one.id, one.shown(names=names)) for one in others])
        inner = QWidget()
        inner.setProperty("role", "page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 4, 6, 0)
        column.addWidget(self.list)
        column.addStretch(1)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scroll(inner))
        self.list.edited.connect(self.edited)

    def put(self, ends: Sequence[TieEnd]) -> None:
        """Show these ties."""
        for end in ends:
            self.list.add(end)

    def add_empty(self) -> None:
        """One more line."""
        self.list.add_empty()

    @property
    def ends(self) -> tuple[TieEnd, ...]:
        """The ties that can be read."""
        found = (line.end for line in self.list.lines if line.other.typed)
        return tuple(end for end in found if end is not None)
