"""Links of a line as a short list: another line, the kind of the link, its lag."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QWidget

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, show, tr
from crm_pilot.planning.predecessors import Wait, format_waits, parse_waits
from crm_pilot.planning.terms import LINK_KINDS, LagUnit, LinkKind
from ui import theme
from ui.language import lang
from ui.widgets.buttons import set_reason
from ui.widgets.fields import LineEdit
from ui.widgets.line_list import LineList
from ui.widgets.picker import Picker

Sizes = tuple[int, int]


def lag_text(wait: Wait, day_minutes: int) -> str:
    """`2 d`, `-50%`, `1 ed`; empty without a lag."""
    if not wait.lag:
        return ""
    plain = Wait(wait.before, LinkKind.FS, wait.lag, wait.lag_unit)
    return format_waits((plain,), lambda _: "", lang(), day_minutes)[2:].removeprefix("+")


def parse_lag(text: str, sizes: Sizes) -> tuple[int, LagUnit]:
    """A lag as it is typed: `2 d`, `-1 wk`, `50 %`, `2 d elapsed`. Raises `UserError`."""
    plain = text.strip().replace("\u2212", "-")
    if not plain or plain == "0":
        return 0, LagUnit.WORKING
    signed = plain if plain[0] in "+-" else f"+{plain}"
    try:
        (found,) = parse_waits(f"1FS{signed}", {"1": 1}, *sizes)
    except (UserError, ValueError):
        raise UserError(
            N_("“{text}” is no lag. Type for example 2 d, -1 wk, 50% or 2 d elapsed."), text=text
        ) from None
    return found.lag, found.lag_unit


class _LinkLine(QWidget):
    edited = Signal()
    gone = Signal()

    def __init__(self, things: Sequence[tuple[int, str]], wait: Wait | None, sizes: Sizes) -> None:
        super().__init__()
        self._sizes = sizes
        self.wrong = ""
        self.line = Picker(things, tr("Number or title"))
        self.line.setAccessibleName(tr("Line"))
        self.kind = QComboBox()
        self.kind.setAccessibleName(tr("Kind of the link"))
        for kind, text in LINK_KINDS.items():
            self.kind.addItem(tr(text), kind)
        self.lag = LineEdit()
        self.lag.setAccessibleName(tr("Lag"))
        self.lag.setPlaceholderText(tr("lag: 2 d"))
        self.lag.setFixedWidth(110)
        self.away = QToolButton()
        theme.set_icon(self.away, "close", "muted", 16)
        self.away.setAccessibleName(tr("Remove this link"))
        self.away.setToolTip(tr("Remove this link"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self.line, 1)
        row.addWidget(self.kind)
        row.addWidget(self.lag)
        row.addWidget(self.away)
        if wait is not None:
            self.line.choose(wait.before)
            self.kind.setCurrentIndex(self.kind.findData(wait.kind))
            self.lag.setText(lag_text(wait, sizes[0]))
        self.line.picked.connect(self.edited)
        self.line.field.textEdited.connect(lambda _: self.edited.emit())
        self.kind.activated.connect(lambda _: self.edited.emit())
        self.lag.textEdited.connect(lambda _: self.edited.emit())
        self.away.clicked.connect(self.gone)

    @property
    def empty(self) -> bool:
        """Whether no line is named yet."""
        return not self.line.typed

    def read(self) -> Wait | None:
        """The link; None when it cannot be read, with `wrong` saying why."""
        self.wrong = ""
        key = self.line.key
        if key is None:
            self.wrong = tr("No line, or several, are called “{text}”.", text=self.line.typed)
        try:
            lag, unit = parse_lag(self.lag.text(), self._sizes)
        except UserError as error:
            self.wrong = self.wrong or show(error.message)
            return None
        return None if key is None else Wait(key, LinkKind(self.kind.currentData()), lag, unit)

    def lock(self, reason: str) -> None:
        for one in (self.line, self.kind, self.lag, self.away):
            set_reason(one, reason)


class LinkList(LineList[_LinkLine]):
    """All links of one side."""

    def __init__(self, title: str, nothing: str, things: Sequence[tuple[int, str]]) -> None:
        super().__init__(title, tr("Add a link"))
        self._things = things
        self.sizes: Sizes = (480, 2400)
        self.more.setAccessibleName(tr("Add a link: {side}", side=title))
        self.none.setText(nothing)

    def put(self, waits: Sequence[Wait], sizes: Sizes) -> None:
        """Show these links."""
        self.sizes = sizes
        for wait in waits:
            self.add(wait)

    def add_empty(self) -> None:
        self.add(None)

    def add(self, wait: Wait | None) -> None:
        """One more line; an empty one takes the keyboard."""
        made = _LinkLine(self._things, wait, self.sizes)
        self.take(made)
        if wait is None:
            made.line.setFocus()

    @property
    def waits(self) -> tuple[Wait, ...]:
        """The links that can be read."""
        read = (line.read() for line in self.lines if not line.empty)
        return tuple(wait for wait in read if wait is not None)

    @property
    def wrong(self) -> str:
        seen: set[int] = set()
        for line in self.lines:
            wait = None if line.empty else line.read()
            if line.wrong and not line.empty:
                return line.wrong
            if wait is not None and wait.before in seen:
                return tr("“{line}” is named twice.", line=line.line.typed)
            seen |= {wait.before} if wait is not None else set()
        return ""
