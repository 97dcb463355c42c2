"""The strip below the plan: what is known of the current line, and the fields of its form."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crm_pilot.i18n import N_, Message, msg, tr
from crm_pilot.planning import queries
from crm_pilot.planning.outline_commands import SetKind, SetPillar
from crm_pilot.planning.rows import TaskRow
from crm_pilot.planning.terms import KINDS, MARKS, PILLARS, Pillar, TaskKind
from crm_pilot.project import Command, SetFields
from ui import theme
from ui.screens.planning import tips
from ui.widgets.form import Field, Form
from ui.widgets.text import ElidedLabel, label

if TYPE_CHECKING:
    from ui.bridge import Bridge

LINES = 5
NOTE_HEIGHT = 52  # with the tick below it, as high as the two choices beside


class TaskStrip(QFrame):
    """Facts at the left, form fields beside them, the note at the right."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.row: TaskRow | None = None
        self.setProperty("role", "card")
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 10, 12, 6)
        row.setSpacing(20)
        row.addWidget(self._facts(), 5)
        self.forms: tuple[Form, ...] = tuple(
            Form(bridge, "task", fields, self._command) for fields in self._fields()
        )
        for form, share in zip(self.forms, (2, 3, 5), strict=True):
            row.addWidget(form, share)
        self.forms[2].editor("note").setFixedHeight(NOTE_HEIGHT)

    def least(self) -> int:
        """The height its fields need; it may be given more."""
        box = self.layout()
        return box.totalMinimumSize().height() if box is not None else 0

    def _facts(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        self.title = ElidedLabel(theme.BODY, bold=True)
        column.addWidget(self.title)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(3)
        grid.setColumnStretch(1, 1)
        self._names: list[QLabel] = []
        self._values: list[ElidedLabel] = []
        for place in range(LINES):
            name, value = label(theme.CAPTION, ink="muted"), ElidedLabel(theme.CAPTION)
            grid.addWidget(name, place, 0)
            grid.addWidget(value, place, 1)
            self._names.append(name)
            self._values.append(value)
        column.addLayout(grid)
        column.addStretch(1)
        return made

    def _fields(self) -> tuple[tuple[Field, ...], ...]:
        pillar = Field("pillar", N_("Pillar"), "choice", "pillar", choices=PILLARS, optional=False)
        kind = Field("kind", N_("Kind"), "choice", "kind", choices=KINDS, optional=False)
        wave = Field("wave_id", N_("Wave"), "choice", "wave_id", choices=self._waves)
        committee = Field("committee", N_("Shown to the committee"), "bool", "committee")
        mark = Field(
            "mark",
            N_("What it stands for"),
            "choice",
            "mark",
            choices=MARKS,
            tooltip=N_("Warnings know the works council by this, whatever the title says"),
        )
        note = Field("note", N_("Note"), "long", "note")
        return (pillar, kind), (wave, mark), (note, committee)

    def _waves(self) -> dict[Any, str]:
        if not self.bridge.has_project:
            return {}
        return dict(queries.wave_names(self.bridge.reader))

    def _command(self, row: TaskRow, field: Field, value: Any) -> Command | None:
        if field.key == "pillar":
            return SetPillar(row.id, Pillar(value), row.title)
        if field.key == "kind":
            return SetKind(row.id, TaskKind(value), row.title)
        label_ = msg("{what} of “{title}”", what=Message(field.title), title=row.title)
        return SetFields("task", row.id, {str(field.column): value}, label_)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        for form in self.forms:
            form.retranslate()
        self.setAccessibleName(tr("Details of the line"))

    def show_row(
        self, row: TaskRow | None, today: dt.date, about: tips.About | None = None, pillar: str = ""
    ) -> None:
        """Show a line and what the plan knows about it. None: a pillar, or nothing."""
        self.row = row
        for form in self.forms:
            form.show_row(row)
        facts = tips.facts(row, today, about) if row is not None else []
        waits = [fact for fact in facts if fact[0] == tr("Waits for")]  # never cut off
        facts = [fact for fact in facts if fact not in waits][: LINES - len(waits)] + waits
        self.title.set_whole(row.title if row else pillar or tr("No line chosen"))
        if row is None:
            facts = [(tr("Choose a line to see and change its details."), "")]
        for place in range(LINES):
            name, value = facts[place] if place < len(facts) else ("", "")
            self._names[place].setText(name)
            self._values[place].set_whole(value)

    def commit(self) -> None:
        """Store what was typed and not stored yet."""
        for form in self.forms:
            form.commit()
