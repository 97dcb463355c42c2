"""Lateral projects as a table: whose concern, what is offered, who carries it, how far it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.governance import influence
from crm_pilot.governance.lateral import LateralRow, SaveLateral, laterals
from crm_pilot.i18n import N_, tr
from crm_pilot.people.queries import owners
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.terms import LATERAL_STATUSES
from ui import theme
from ui.language import formats, lang
from ui.models.rows import Column, RowsModel
from ui.screens.stakeholders.action_dialog import ActionDialog
from ui.screens.stakeholders.lateral_dialog import LateralDialog
from ui.widgets.buttons import Guard, link_button, primary_button
from ui.widgets.empty import EmptyState
from ui.widgets.page import GAP
from ui.widgets.table import Table
from ui.widgets.text import label

if TYPE_CHECKING:
    from crm_pilot.project import Changed, Command
    from ui.bridge import Bridge

A_PROJECT = N_("a lateral project")
WORDS = (
    ("concern", N_("Their concern")),
    ("offer", N_("Our offer")),
    ("goal", N_("Link to the main goal")),
)
LEAST_WORDS = 72  # pixels: a name and three lines, so that the table does not jump


class LateralModel(RowsModel):
    """Rows of `governance.lateral`, with the group and the next action of each."""

    def __init__(self, bridge: Bridge) -> None:
        self.names = False
        self._units: dict[int, str] = {}
        self._next: dict[int, influence.ActionRow] = {}
        super().__init__(
            bridge,
            "lateral_project",
            self._columns(bridge),
            lambda: laterals(bridge.reader),
            what=A_PROJECT,
            fresh=self._fresh,
        )

    def refresh(self, changed: Changed | None = None) -> None:
        """Read the projects, and beside them the units and actions."""
        reader = self.bridge.reader
        units = queries.units(reader, self.bridge.today)
        self._units = {row.id: row.shown(names=self.names) for row in units}
        self._next = {}
        for act in influence.actions(reader):
            if act.lateral_id is not None and act.active and not act.done:
                self._next.setdefault(act.lateral_id, act)
        super().refresh(None)
        self.retranslate()

    def next_action(self, key: int) -> influence.ActionRow | None:
        """The next open action tied to a project."""
        return self._next.get(key)

    def _fresh(self, values: Mapping[str, Any]) -> Command:
        """A row pasted from a spreadsheet."""
        return SaveLateral(str(values.get("title") or ""), self.bridge.today)

    def _group(self, row: LateralRow) -> str:
        return self._units.get(row.stakeholder_id or 0, "")

    def _following(self, row: LateralRow) -> str:
        act = self._next.get(row.id)
        if act is None:
            return ""
        day = formats.day(act.start, lang()) if act.start else ""
        return f"{day}  {act.title}".strip()

    def _columns(self, bridge: Bridge) -> tuple[Column, ...]:
        return (
            Column("title", N_("Title"), column="title", width=170, grow=True, bold=True,
                   optional=False),
            Column("stakeholder_id", N_("Group"), "choice", "stakeholder_id", 130,
                   text=self._group, choices=lambda: self._units),
            Column("concern", N_("Their concern"), column="concern", width=170, grow=True),
            Column("offer", N_("Our offer"), column="offer", width=170, grow=True),
            Column("goal", N_("Link to the main goal"), column="goal", width=170, grow=True,
                   spare=3),
            Column("pilot", N_("Pilot"), "choice", "pilot_id", 120, value_key="pilot_id",
                   choices=lambda: dict(owners(bridge.reader)), spare=2),
            Column("status", N_("Status"), "choice", "status", 100, choices=LATERAL_STATUSES,
                   optional=False),
            Column("following", N_("Next action"), width=160, text=self._following,
                   sort=self._following, spare=1),
            Column("noted_on", N_("Noted on"), "date", width=104, hidden=True),
        )  # fmt: skip


class ProjectWords(QWidget):
    """Concern, offer and link of one project in full: the table cuts them."""

    def __init__(self) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 2, 0, 2)
        row.setSpacing(GAP)
        self._names, self.texts = [], []
        for _ in WORDS:
            name, words = label(theme.CAPTION, ink="muted"), label(wrap=True)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            column = QVBoxLayout()
            column.setSpacing(2)
            column.addWidget(name)
            column.addWidget(words, 1)
            row.addLayout(column, 1)
            self._names.append(name)
            self.texts.append(words)
        self.setMinimumHeight(LEAST_WORDS)

    def show_project(self, row: LateralRow | None) -> None:
        """The texts of a project; nothing without one."""
        for (key, title), name, words in zip(WORDS, self._names, self.texts, strict=True):
            name.setText(tr(title) if row is not None else "")
            words.setText((getattr(row, key) or "–") if row is not None else "")


class LateralView(QWidget):
    """The table with its buttons, or what a lateral project is while there is none."""

    go = Signal(str, str, int)
    picked = Signal(int)
    opened = Signal(int)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.model = LateralModel(bridge)
        self.table = Table(bridge, self.model, "lateral", what=A_PROJECT)
        self.words = ProjectWords()
        self.empty = EmptyState("stakeholders")
        self.add, self.act, self.map = primary_button(icon="add"), link_button(), link_button()
        self.note = label(theme.CAPTION, ink="muted", wrap=True)
        self._build()
        self.guard = Guard(bridge, self)
        self.guard.add(self.add, self.empty.button)
        self.guard.add(self.act, why=self._why_not_act)
        self.guard.add(self.map, why=self._why_not_act, edits=False)
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(14)
        row.addWidget(self.note, 1)
        for button in (self.map, self.act, self.add):
            row.addWidget(button)
        self.head = QWidget()
        self.head.setLayout(row)
        row.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.head)
        column.addWidget(self.table, 1)
        column.addWidget(self.words)
        column.addWidget(self.empty, 1)

    def _connect(self) -> None:
        for signal in (self.add.clicked, self.empty.clicked, self.table.add_asked):
            signal.connect(lambda *_: self.ask_project())
        self.table.opened.connect(self._open)
        self.table.current_changed.connect(lambda _: self._show_words())
        self.act.clicked.connect(self.ask_action)
        self.map.clicked.connect(self._show_on_map)

    def show_names(self, names: bool) -> None:
        """Show persons by name, or by code."""
        self.model.names = names
        self.refresh(None)

    def refresh(self, changed: Changed | None = None) -> None:
        """Read what is shown."""
        if not self.bridge.has_project:
            return
        self.model.refresh(changed)
        filled = bool(self.model.total)
        for widget in (self.head, self.table, self.words):
            widget.setVisible(filled)
        self.empty.setVisible(not filled)
        if filled and self.current is None and self.model.shown:
            self.table.select(self.model.shown[0].id)  # something to read and to act on
        self._show_words()

    def open_item(self, table: str, key: int) -> None:
        """Show and select one lateral project."""
        if table == "lateral_project":
            self.refresh(None)
            self.table.reveal(key)

    def _show_words(self) -> None:
        self.words.show_project(self.current)
        self.guard.refresh()

    def retranslate(self) -> None:
        """Every text in the language of the window."""
        self.table.retranslate(tr("Lateral projects"))
        self.add.setText(tr("Add a lateral project"))
        self.act.setText(tr("Plan an action…"))
        self.map.setText(tr("Show the group on the map"))
        self.note.setText(tr("Each answers a group's own concern and carries the main project."))
        self.empty.set_texts(
            tr("No lateral project yet"),
            tr(
                "Where opposition is strong, the project is redesigned with and by the people"
                " concerned, without betraying its goal. A lateral project answers a concern of"
                " their own, such as fewer reports to type, and carries the main one because of"
                " that. It has a group, an offer, a link to the main goal and a pilot."
            ),
            tr("Add a lateral project"),
        )
        self.guard.refresh()

    # acting ----------------------------------------------------------------------------------

    @property
    def current(self) -> LateralRow | None:
        """The project the keyboard stands on."""
        key = self.table.current_id
        return next(iter(self.model.held([key])), None) if key is not None else None

    def _why_not_act(self) -> str:
        row = self.current
        if row is None:
            return tr("Choose a lateral project first.")
        if row.stakeholder_id is None:
            return tr("Say first which group it is for.")
        return ""

    def ask_project(self, row: LateralRow | None = None) -> None:
        """Add a project, or change one."""
        if not self.bridge.may_edit():
            return
        asked = LateralDialog(self, self.bridge, row)
        asked.saved.connect(self._saved)
        asked.open()

    def _saved(self, key: int) -> None:
        self.refresh(None)
        self.table.select(key)
        self.table.setFocus()

    def _open(self, key: int) -> None:
        self.ask_project(next(iter(self.model.held([key])), None))

    def ask_action(self) -> None:
        """Plan an action tied to the project, or change its next one."""
        row = self.current
        if row is None or row.stakeholder_id is None:
            return
        ActionDialog(self, self.bridge, row.stakeholder_id, lateral_id=row.id).open()

    def _show_on_map(self) -> None:
        row = self.current
        if row is not None and row.stakeholder_id is not None:
            self.picked.emit(row.stakeholder_id)
