"""The unit chosen on the board of the order of entry: its stage, role and day, edited in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from crm_pilot.i18n import N_, ntr, tr
from crm_pilot.project import SetField
from crm_pilot.stakeholders import queries
from crm_pilot.stakeholders.entry import STAGES
from crm_pilot.stakeholders.terms import ZONES
from crm_pilot.stakeholders.zones import HANDLING, entry_rank
from crm_pilot.typed import parse_day
from ui import theme
from ui.language import formats, lang
from ui.screens.stakeholders.entry_board import stage_name
from ui.widgets.asked import Asked, Chosen
from ui.widgets.buttons import link_button
from ui.widgets.text import ElidedLabel

if TYPE_CHECKING:
    from crm_pilot.governance.influence import ActionRow
    from crm_pilot.stakeholders.entry import Entrant
    from ui.bridge import Bridge

STAGE, ROLE, DAY = N_("Stage"), N_("Role on stage"), N_("Day of entry")


class EntrantStrip(QWidget):
    """Fields of one unit; what is typed is stored when a field is left. `action_asked(unit)`,
    `task_asked(action)`, `shown_on_map(unit)` and `opened(unit)` are its links."""

    action_asked = Signal(int)
    task_asked = Signal(object)  # ActionRow
    shown_on_map = Signal(int)
    opened = Signal(int)

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.entrant: Entrant[ActionRow] | None = None
        self._shown = ""
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 4)
        column.setSpacing(2)
        self._row = QHBoxLayout()
        self._row.setSpacing(14)
        self.note = ElidedLabel(theme.CAPTION, ink="muted")
        column.addLayout(self._row)
        column.addWidget(self.note)
        self._build()

    def _build(self) -> None:
        self.name = ElidedLabel(theme.BODY, bold=True)
        self.facts = ElidedLabel(theme.CAPTION, ink="muted")
        self.stage = Chosen(tr(STAGE), {})
        self.role = Asked(tr(ROLE), str.strip, tr("as its zone"))
        self.day = Asked(
            tr(DAY),
            lambda text: parse_day(text, self.bridge.today),
            tr("8 January"),
        )
        self.act = link_button(size=theme.CAPTION)
        self.more = link_button(size=theme.CAPTION)
        self.map = link_button(size=theme.CAPTION)
        self.page = link_button(size=theme.CAPTION)
        words, links, others = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        for column, widgets in (
            (words, (self.name, self.facts)),
            (links, (self.act, self.more)),
            (others, (self.map, self.page)),
        ):
            column.setSpacing(2)
            for widget in widgets:
                column.addWidget(widget)
        self._row.addLayout(words, 3)
        self._row.addWidget(self.stage, 3)
        self._row.addWidget(self.role, 5)
        self._row.addWidget(self.day, 2)
        self._row.addLayout(links)
        self._row.addLayout(others)
        self.stage.edited.connect(self._store_stage)
        self.role.field.editingFinished.connect(self._store_role)
        self.day.field.editingFinished.connect(self._store_day)
        self.act.clicked.connect(self._act)
        self.more.clicked.connect(lambda: self._tell(self.action_asked))
        self.map.clicked.connect(lambda: self._tell(self.shown_on_map))
        self.page.clicked.connect(lambda: self._tell(self.opened))

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        for editor, text in ((self.stage, STAGE), (self.role, ROLE), (self.day, DAY)):
            editor.title.setText(tr(text))
        self.stage.box.setAccessibleName(tr(STAGE))
        self.role.field.setAccessibleName(tr(ROLE))
        self.day.field.setAccessibleName(tr(DAY))
        self.day.field.setPlaceholderText(tr("8 January"))
        self.role.field.setPlaceholderText(tr("as its zone"))
        self.more.setText(tr("Plan an action…"))
        self.map.setText(tr("Show on the map"))
        self.page.setText(tr("Open its page"))
        self.show_entrant(self.entrant, names=False, shown=self._shown)

    def show_entrant(
        self, entrant: Entrant[ActionRow] | None, *, names: bool, shown: str = ""
    ) -> None:
        """Show a unit, or nothing; a field being typed in keeps its text for the same unit."""
        same = entrant is not None and self.entrant is not None
        same = same and entrant.unit.id == self.entrant.unit.id  # type: ignore[union-attr]
        self.entrant = entrant
        self.setVisible(entrant is not None)
        if entrant is None:
            return
        unit = entrant.unit
        self._shown = shown or unit.shown(names=names)
        self.name.set_whole(self._shown)
        self.facts.set_whole(ntr("{n} person", "{n} people", unit.headcount))
        self._fill_stages()
        if not (same and self.role.touched and self.role.field.hasFocus()):
            self.role.put(unit.role, unit.role)
        if not (same and self.day.wrong):
            day = unit.enters_on
            self.day.put(day, formats.day(day, lang(), year=True) if day else "")
        self._hints()
        self._lock()

    def _fill_stages(self) -> None:
        assert self.entrant is not None
        unit, box = self.entrant.unit, self.stage.box
        own = None if unit.zone is None else entry_rank(unit.zone)
        box.clear()
        for stage in STAGES:
            name = stage_name(stage)
            mine = stage == own
            box.addItem(tr("{stage} (zone)", stage=name) if mine else name, None if mine else stage)
        if own is None:
            box.insertItem(0, stage_name(None), None)
        self.stage.put(None if unit.stage == own else unit.stage)

    def _hints(self) -> None:
        """What holds while nothing is typed: the role of the zone, the day of the first action."""
        assert self.entrant is not None
        unit, following = self.entrant.unit, self.entrant.following
        if unit.zone is not None:
            own = queries.advice(self.bridge.reader)[unit.zone].own_role.get(lang())
            role = own or tr(HANDLING[unit.zone].role)
            self.note.set_whole(tr("{zone}: {role}", zone=tr(ZONES[unit.zone]), role=role))
        self.note.setVisible(unit.zone is not None)
        day = self.entrant.enters_on
        if day is not None and not self.entrant.planned:
            hint = f"({formats.day(day, lang())})"
            self.day.field.setToolTip(tr("The day of the first action, until one is typed"))
        else:
            hint = tr("8 January")
        self.day.field.setPlaceholderText(hint)
        self.act.setVisible(following is not None)
        if following is not None:
            title = following.title if len(following.title) < 28 else following.title[:26] + "…"
            self.act.setText(title)
            self.act.setToolTip(following.title)
            self.act.setAccessibleName(tr("Next action: {title}", title=following.title))

    def _lock(self) -> None:
        reason = self.bridge.why_not_edit()
        for editor in (self.stage, self.role, self.day):
            editor.lock(reason)

    # storing ---------------------------------------------------------------------------------

    def _store_stage(self) -> None:
        self._store("stage", self.stage.value, STAGE)

    def _store_role(self) -> None:
        if self.role.touched:
            self.role.touched = False
            self._store("role", self.role.field.text().strip(), ROLE)

    def _store_day(self) -> None:
        if self.day.touched and not self.day.wrong:
            self.day.touched = False
            self._store("enters_on", self.day.value, DAY)

    def _store(self, column: str, value: Any, what: str) -> None:
        if self.entrant is None or getattr(self.entrant.unit, column) == value:
            return
        self.bridge.execute(SetField("stakeholder", self.entrant.unit.id, column, value, what))

    def _act(self) -> None:
        if self.entrant is not None and self.entrant.following is not None:
            self.task_asked.emit(self.entrant.following)

    def _tell(self, signal: Any) -> None:
        if self.entrant is not None:
            signal.emit(self.entrant.unit.id)
