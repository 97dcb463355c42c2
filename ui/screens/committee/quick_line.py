"""The line for typing during a meeting: what is decided, to be done, risky, wrong or noteworthy.
What was understood stands below it while it is typed; Enter enters it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_pilot.governance.quick import KINDS, MISSING, Enter, Kind, Missing, Quick, parse
from crm_pilot.i18n import tr
from crm_pilot.people.queries import owners
from ui import theme
from ui.language import formats, lang
from ui.widgets.buttons import Guard
from ui.widgets.fields import LineEdit
from ui.widgets.text import ElidedLabel, label, set_ink

if TYPE_CHECKING:
    from ui.bridge import Bridge

SETTLE_MS = 30  # typing does not wait for names to be looked up
ICONS = {
    Kind.DECISION: "check-circle",
    Kind.ACTION: "check",
    Kind.RISK: "warning",
    Kind.PROBLEM: "close",
    Kind.HIGHLIGHT: "star",
}
CODED = ("decision", "committee_action", "risk", "problem")  # tables whose rows have a code
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuickField(LineEdit):
    """Enter asks for what is typed to be entered; Escape empties the line."""

    entered = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTER:
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.setText("")
        else:
            super().keyPressEvent(event)


class QuickLine(QWidget):
    """`entered(table, id)` after each line. `committee` is the one the lines belong to."""

    entered = Signal(str, int)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.committee: int | None = None
        self.quick: Quick | None = None
        self.field = QuickField()
        self.field.setMinimumHeight(32)
        self.field.entered.connect(self.enter)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SETTLE_MS)
        self._soon.timeout.connect(self.understand)
        self.field.textChanged.connect(self._typed)
        self.guard = Guard(bridge, self)
        self.guard.add(self.field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.field)
        column.addLayout(self._build_understood())
        theme.switched().changed.connect(self._draw)

    def _build_understood(self) -> QHBoxLayout:
        self._icon = QLabel()
        self._icon.setFixedWidth(16)
        self._kind = label(bold=True)
        self._wording = ElidedLabel(ink="muted")
        self._facts = label()
        self._lacks = label(ink="alert")
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self._icon)
        row.addWidget(self._kind)
        row.addWidget(self._wording, 1)
        row.addWidget(self._facts)
        row.addWidget(self._lacks)
        return row

    def show_committee(self, key: int | None) -> None:
        """Lines belong to this committee from now on; what was entered for another is past."""
        if key != self.committee:
            self.committee = key
            self.understand()

    # texts -----------------------------------------------------------------------------------

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        self.field.setAccessibleName(tr("Type a line of the meeting"))
        self.field.setPlaceholderText(tr("D open wave 3 @Marchand 12/1"))
        self.understand()

    def _hint(self) -> str:
        return tr(
            "D decision (D? still to take), A action, R risk 3x4, P problem !3, H highlight"
            "  ·  @owner  ·  the day at the end  ·  Enter"
        )

    # understanding ---------------------------------------------------------------------------

    def _typed(self) -> None:
        if self.field.text():
            self._soon.start()
        else:
            self.understand()

    def understand(self) -> None:
        """Show what was understood of the line as it stands."""
        self._soon.stop()
        text = self.field.text()
        if not text.strip() or not self.bridge.has_project:
            self.quick = None
            self._show("", "", self._hint(), "", "", "muted")
            return
        quick = self.quick = parse(text, self.bridge.today, owners(self.bridge.reader))
        kind = tr(KINDS[quick.kind]) if quick.kind else ""
        icon = ICONS[quick.kind] if quick.kind else "unknown"
        self._show(icon, kind, quick.wording, self._facts_of(quick), lacking(quick), "")

    def _show(self, icon: str, kind: str, wording: str, facts: str, lacks: str, ink: str) -> None:
        self._shown = (icon, "alert" if lacks else "accent")
        self._kind.setText(kind)
        set_ink(self._wording, ink)
        self._wording.set_whole(wording)
        self._facts.setText(facts)
        self._lacks.setText(lacks)
        for part in (self._kind, self._facts, self._lacks, self._icon):
            part.setVisible(bool(part.text()) or (part is self._icon and bool(icon)))
        said = ", ".join(text for text in (kind, wording, facts, lacks) if text)
        self.field.setAccessibleDescription(said)
        self._draw()

    def _draw(self) -> None:
        icon, token = getattr(self, "_shown", ("", "accent"))
        if icon:
            self._icon.setPixmap(theme.pixmap(icon, token, 16))

    def _facts_of(self, quick: Quick) -> str:
        parts = []
        if quick.probability and quick.impact:
            parts.append(
                f"{quick.probability} × {quick.impact} = {quick.probability * quick.impact}"
            )
        if quick.severity:
            parts.append(tr("severity {n}", n=quick.severity))
        if quick.owner and not quick.several:
            new = tr("{name} (new)", name=quick.owner)
            parts.append(quick.owner if quick.owner_id is not None else new)
        if quick.due_on:
            parts.append(formats.day(quick.due_on, lang(), year=True))
        if quick.kind is Kind.DECISION and quick.proposed:
            parts.append(tr("still to take"))
        return "  ·  ".join(parts)

    # entering --------------------------------------------------------------------------------

    def enter(self) -> None:
        """Enter the line, if all is there; what it lacks stays said."""
        self.understand()
        quick = self.quick
        if quick is None or not quick.complete or not self.bridge.may_edit():
            return
        found = self.bridge.execute(Enter(quick, self.committee))
        if found is None:
            return
        table, key = found
        self.field.setText("")  # not `clear`: Ctrl+Z is for the project again
        self._show("check", self._name(quick, table, key), quick.wording, self._back(), "", "")
        self.entered.emit(table, key)

    def _name(self, quick: Quick, table: str, key: int) -> str:
        assert quick.kind is not None
        if table not in CODED:
            return tr("{kind} entered", kind=tr(KINDS[quick.kind]))
        code = self.bridge.reader.value(f"SELECT code FROM {table} WHERE id = ?", key)
        return tr("{code} entered", code=code)

    def _back(self) -> str:
        return tr("Ctrl+Z takes it back")


def lacking(quick: Quick) -> str:
    """What a line still needs, in words."""
    if quick.several:
        return tr("This name may be {names}.", names=", ".join(quick.several[:3]))
    missing = [one for one in quick.missing if one is not Missing.KIND]
    if quick.kind is None:
        return tr(MISSING[Missing.KIND])
    if not missing:
        return ""
    return tr("Missing: {what}", what=", ".join(tr(MISSING[one]) for one in missing))
