"""Who works on a line, and for how much of their time: a short list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import show, tr
from crm_pilot.typed import parse_whole
from ui import theme
from ui.widgets.buttons import set_reason
from ui.widgets.fields import LineEdit
from ui.widgets.line_list import LineList
from ui.widgets.picker import Picker

MOST = 1000  # per cent: ten people under one name
FULL = 100


class _PersonLine(QWidget):
    edited = Signal()
    gone = Signal()

    def __init__(self, names: Sequence[tuple[int, str]], key: int | None, units: int) -> None:
        super().__init__()
        self.wrong = ""
        self.who = Picker(names, tr("Type a name"))
        self.who.setAccessibleName(tr("Person"))
        self.who.choose(key)
        self.units = LineEdit(f"{units} %")
        self.units.setFont(theme.font(numbers=True))
        self.units.setAccessibleName(tr("Share of their time"))
        self.units.setFixedWidth(90)
        self.away = QToolButton()
        theme.set_icon(self.away, "close", "muted", 16)
        self.away.setAccessibleName(tr("Remove this person"))
        self.away.setToolTip(tr("Remove this person"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.who, 1)
        row.addWidget(self.units)
        row.addWidget(self.away)
        self.who.picked.connect(self.edited)
        self.who.field.textEdited.connect(lambda _: self.edited.emit())
        self.units.textEdited.connect(lambda _: self.edited.emit())
        self.away.clicked.connect(self.gone)

    def read(self) -> tuple[int, int] | None:
        """Person and units; None when they cannot be read, with `wrong` saying why."""
        self.wrong = ""
        if not self.who.typed:
            return None
        if self.who.key is None:
            self.wrong = tr("Nobody here is called “{name}”.", name=self.who.typed)
            return None
        try:
            units = parse_whole(self.units.text(), 1, MOST)
        except UserError as error:
            self.wrong = show(error.message)
            return None
        return self.who.key, FULL if units is None else units

    def lock(self, reason: str) -> None:
        for one in (self.who, self.units, self.away):
            set_reason(one, reason)


class PeopleList(LineList[_PersonLine]):
    """All who work on a line; nobody means that its owner does."""

    def __init__(self, names: Sequence[tuple[int, str]]) -> None:
        super().__init__(tr("Who works on it"), tr("Add a person"))
        self._names = names

    def put(self, people: Sequence[tuple[int, int]]) -> None:
        """Show these persons with their units."""
        for key, units in people:
            self.add(key, units)

    def add_empty(self) -> None:
        self.add(None, FULL)

    def add(self, key: int | None, units: int) -> None:
        """One more person; an empty line takes the keyboard."""
        made = _PersonLine(self._names, key, units)
        self.take(made)
        if key is None:
            made.who.setFocus()

    @property
    def people(self) -> tuple[tuple[int, int], ...]:
        """Persons and units that can be read."""
        read = (line.read() for line in self.lines)
        return tuple(one for one in read if one is not None)

    @property
    def wrong(self) -> str:
        seen: set[int] = set()
        for line in self.lines:
            found = line.read()
            if line.wrong:
                return line.wrong
            if found is not None and found[0] in seen:
                return tr("“{name}” is named twice.", name=line.who.typed)
            seen |= {found[0]} if found is not None else set()
        return ""

    def lock(self, reason: str) -> None:
        nobody = tr("Nobody named: the owner works on it with all their time.")
        self.none.setText(reason or nobody)
        super().lock(reason)
