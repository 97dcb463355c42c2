"""The action plan: what committees asked for, by what is late, to do and done."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from crm_pilot.governance.actions import ActionRow, actions
from crm_pilot.governance.terms import COMMITTEE_KINDS, CommitteeKind
from crm_pilot.reports.blocks import Block, Empty, Note, Section
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.table import Cell, Column, Table, TableRow

BAR = 26.0


def build(context: Context) -> list[Page]:
    """The page, or pages where actions are many."""
    rows = [row for row in actions(context.reader, context.today) if row.active]
    name = context.tr("Action plan")
    title = context.tr("Actions")
    if not rows:
        empty = Empty(
            context.tr("No action is recorded yet."),
            context.tr("An action has an owner and a date; it is a task of the plan."),
        )
        return [context.page(name, "actions", [Section(title, empty)], empty=True)]
    table = Section(title, action_table(context, rows), context.tr("▼ past its date"))
    note = Note(
        context.tr(
            "Actions are tasks of the plan: owner, date and progress are the same in both places."
        )
    )
    return [context.page(name, "actions", [table, note])]


def action_table(context: Context, rows: Sequence[ActionRow], *, grouped: bool = True) -> Block:
    """Actions by what is late, to do and done, each group by date."""
    columns = [
        Column(context.tr("No."), 36),
        Column(context.tr("Action"), share=1, lines=3),
        Column(context.tr("Owner"), 104, lines=2),
        Column(context.tr("Due"), 74, align="right"),
        Column("", 1),
        Column(context.tr("Done"), 62),
    ]
    made = []
    for title, group in _groups(context, rows):
        if grouped and group:
            made.append(TableRow((), group=f"{title} · {context.number(len(group))}"))
        made += [_action(context, row) for row in group]
    return Table(columns, made)


def _groups(context: Context, rows: Sequence[ActionRow]) -> list[tuple[str, list[ActionRow]]]:
    def day(row: ActionRow) -> tuple[dt.date, str]:
        return row.due_on or dt.date.max, row.code

    done = [row for row in rows if row.done]
    late = [row for row in rows if row.late]
    todo = [row for row in rows if not row.done and not row.late]
    return [
        (context.tr("Late"), sorted(late, key=day)),
        (context.tr("To do"), sorted(todo, key=day)),
        (context.tr("Done"), sorted(done, key=day, reverse=True)),
    ]


def _action(context: Context, row: ActionRow) -> TableRow:
    ink = "muted" if row.done else "text"
    due = context.day(row.due_on, year=True)
    return TableRow(
        [
            Cell(context.own(row.code), ink="muted"),
            Cell(context.own(row.title), bold=row.late, ink=ink, second=asked_by(context, row)),
            Cell(context.own(row.owner), ink=ink),
            Cell(f"▼ {due}" if row.late else due, bold=row.late, ink=ink, value=row.due_on),
            "",
            _progress(context, row),
        ]
    )


def asked_by(context: Context, row: ActionRow) -> str:
    """Who asked for it and what it answers: “committee no. 6 · D-021”."""
    parts = []
    if row.committee is not None:
        if row.committee_kind in (None, CommitteeKind.STEERING):
            parts.append(context.tr("Committee no. {number}", number=row.committee))
        else:
            kind = context.tr(COMMITTEE_KINDS[row.committee_kind])
            parts.append(context.tr("{kind} no. {number}", kind=kind, number=row.committee))
    parts += [context.own(code) for code in (row.decision, row.risk, row.problem) if code]
    return " · ".join(parts)


def _progress(context: Context, row: ActionRow) -> Cell:
    share = row.percent / 100
    text = context.percent(share)

    def paint(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
        pen.box(x, y + 5.8, BAR, 6, ink="muted", weight=0.7)
        if share:
            pen.box(x, y + 5.8, BAR * share, 6, fill="muted" if row.done else "text")
        pen.text(x + wide, y + 12.4, text, ink="muted" if row.done else "text", align="right",
                 tabular=True)  # fmt: skip

    return Cell(paint=paint, told=text, value=share, unit="share")
