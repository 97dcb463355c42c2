"""The form of a ticket: status with its moments, impact and urgency with the priority they make,
and the steps of its life."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from crm_pilot.i18n import N_, tr
from crm_pilot.maintenance import queries, rules
from crm_pilot.maintenance.commands import SetStatus
from crm_pilot.maintenance.queries import EventRow, TicketDetail, TicketRow
from crm_pilot.maintenance.terms import LEVELS, STATUSES, TICKET_KINDS, TicketStatus
from ui import theme
from ui.language import formats, lang
from ui.screens.maintenance.model import department_choices, priority_word
from ui.widgets.form import Field, Form
from ui.widgets.scroll import Scroll
from ui.widgets.text import ElidedLabel, label, rule

if TYPE_CHECKING:
    from crm_pilot.project import Command
    from ui.bridge import Bridge


@dataclass(frozen=True)
class Whole:
    """A ticket's line and its detail as one row for the form."""

    id: int
    title: str
    kind: str
    status: TicketStatus
    impact: int | None
    urgency: int | None
    department_id: int | None
    due_on: dt.date | None
    assignee: str
    requester: str
    category: str
    description: str


def whole(row: TicketRow, detail: TicketDetail) -> Whole:
    """Join the two."""
    return Whole(
        row.id,
        row.title,
        row.kind,
        row.status,
        row.impact,
        row.urgency,
        row.department_id,
        row.due_on,
        row.assignee,
        detail.requester,
        detail.category,
        detail.description,
    )


def _fields(bridge: Bridge) -> tuple[tuple[Field, ...], ...]:
    """Fields of the title, of the left and right columns, and of the bottom."""
    level = {"choices": LEVELS}
    return (
        (Field("title", N_("Title"), "text", "title"),),
        (
            Field("status", N_("Status"), "choice", "status", choices=STATUSES, optional=False),
            Field("impact", N_("Impact"), "choice", "impact", **level),  # type: ignore[arg-type]
        ),
        (
            Field("kind", N_("Kind"), "choice", "kind", choices=TICKET_KINDS, optional=False),
            Field("urgency", N_("Urgency"), "choice", "urgency", **level),  # type: ignore[arg-type]
        ),
        (
            Field("due_on", N_("Due on"), "date", "due_on"),
            Field("requester", N_("Requester"), "text", "requester"),
        ),
        (
            Field("category", N_("Category"), "text", "category"),
            Field("assignee", N_("Assignee"), "text", "assignee"),
        ),
        (
            Field(
                "department_id",
                N_("Department"),
                "choice",
                "department_id",
                choices=lambda: department_choices(bridge),
            ),
            Field("description", N_("Description"), "long", "description"),
        ),
    )


class TicketForm(QWidget):
    """One ticket whole. `show_ticket` fills it."""

    def __init__(self, bridge: Bridge) -> None:
        super().__init__()
        self.bridge = bridge
        self.row: TicketRow | None = None
        self.heading = ElidedLabel(theme.HEADING, bold=True)
        self.forms = tuple(
            Form(bridge, "ticket", fields, self._command) for fields in _fields(bridge)
        )
        self.priority = label(bold=True)
        self.reason = label(theme.CAPTION, ink="muted", wrap=True)
        self.moments = label(theme.CAPTION, ink="muted", wrap=True)
        self.steps_title = label(theme.CAPTION, bold=True)
        self.steps = label(theme.CAPTION, ink="muted", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setProperty("role", "page")
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 10, 0)
        column.setSpacing(0)
        title, left, right, below_left, below_right, bottom = self.forms
        column.addWidget(title)
        column.addLayout(_pair(left, right))
        column.addWidget(self.priority)
        column.addWidget(self.reason)
        column.addSpacing(10)
        column.addLayout(_pair(below_left, below_right))
        column.addWidget(bottom)
        column.addWidget(rule())
        column.addSpacing(6)
        column.addWidget(self.moments)
        column.addSpacing(6)
        column.addWidget(self.steps_title)
        column.addWidget(self.steps)
        column.addStretch(1)
        scroll = Scroll(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8)
        outer.addWidget(self.heading)
        outer.addWidget(scroll, 1)

    def retranslate(self) -> None:
        """Texts in the language of the window."""
        for form in self.forms:
            form.retranslate()
        self.steps_title.setText(tr("Steps"))
        self.show_ticket(self.row)

    def editor(self, key: str) -> QWidget:
        """The input of a field."""
        return next(f for f in self.forms if key in {c.key for c in f.fields}).editor(key)

    def commit(self) -> None:
        """Store what was typed and not stored yet."""
        for form in self.forms:
            form.commit()

    def show_ticket(self, row: TicketRow | None) -> None:
        """Show a ticket; None empties the form."""
        detail = queries.ticket(self.bridge.reader, row.id) if row is not None else None
        self.row = row if detail is not None else None
        shown = whole(row, detail) if row is not None and detail is not None else None
        for form in self.forms:
            form.show_row(shown)
        if self.row is None or detail is None:
            self.heading.set_whole(tr("No ticket is selected"))
            for one in (self.priority, self.reason, self.moments, self.steps):
                one.clear()
            self.steps_title.hide()
            return
        self.heading.set_whole(self.row.number)
        self._show_priority(self.row, detail)
        self.moments.setText(_moments(self.row, detail))
        self._show_steps(queries.events(self.bridge.reader, self.row.id))

    def _show_priority(self, row: TicketRow, detail: TicketDetail) -> None:
        cells = dict(queries.cells(self.bridge.reader))
        level = rules.priority(row.impact, row.urgency, detail.source_priority, cells)
        self.priority.setText(
            tr("Priority: unknown")
            if level is None
            else tr("Priority: {priority}", priority=priority_word(level))
        )
        self.reason.setText(_reason(row, detail))

    def _show_steps(self, steps: tuple[EventRow, ...]) -> None:
        lines = []
        for step in steps[-12:]:
            day = formats.day(step.happened_at.date(), lang(), year=True)
            parts = [f"{day} {formats.clock(step.happened_at)}", tr(STATUSES[step.status]), step.by]
            lines.append(" · ".join(part for part in parts if part))
        self.steps.setText("\n".join(lines))
        self.steps_title.setVisible(bool(lines))

    def _command(self, row: Any, field: Field, value: Any) -> Command | None:
        if field.key != "status":
            return None
        now = dt.datetime.combine(
            self.bridge.today, dt.datetime.now().time().replace(microsecond=0)
        )
        opened = self.row.opened_at if self.row is not None else now
        # A ticket opened later on the project's very day is taken at once, not refused.
        moment = opened if opened.date() == now.date() and opened > now else now
        return SetStatus((row.id,), TicketStatus(value), moment, self.bridge.settings.person)


def _pair(left: QWidget, right: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(10)
    for widget in (left, right):  # equal halves, whatever the longest choice is
        widget.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        row.addWidget(widget, 1)
    return row


def _reason(row: TicketRow, detail: TicketDetail) -> str:
    if row.impact is not None and row.urgency is not None:
        return tr(
            "impact {impact} × urgency {urgency}",
            impact=row.impact,
            urgency=row.urgency,
        )
    if detail.source_priority is not None:
        return tr("as the source gave it; impact and urgency decide once both are known")
    return tr("give impact and urgency")


def _moments(row: TicketRow, detail: TicketDetail) -> str:
    known = (
        (N_("Opened"), row.opened_at),
        (N_("Taken in charge"), detail.acknowledged_at),
        (N_("Resolved"), detail.resolved_at),
        (N_("Closed"), detail.closed_at),
    )
    lines = []
    for name, moment in known:
        if moment is not None:
            day = formats.day(moment.date(), lang(), year=True)
            lines.append(
                tr("{what}: {moment}", what=tr(name), moment=f"{day} {formats.clock(moment)}")
            )
    return "\n".join(lines)
