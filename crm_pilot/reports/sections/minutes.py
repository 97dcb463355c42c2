"""Minutes (relevé de décisions): what a committee decided, not what was said about it [W83]."""

from __future__ import annotations

from collections.abc import Sequence

from crm_pilot.governance.actions import actions
from crm_pilot.governance.decisions import taken_at
from crm_pilot.governance.meetings import AgendaRow, ParticipantRow, agenda, participants
from crm_pilot.governance.rows import (
    CommitteeRow,
    DecisionRow,
    committee_of,
    decisions,
    steering_committees,
)
from crm_pilot.governance.terms import DecisionStatus, Document, Presence
from crm_pilot.reports.blocks import Block, Columns, Empty, Facts, Note, Points, Section, Stack
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.sections.actions import asked_by
from crm_pilot.reports.styles import SIDE
from crm_pilot.reports.table import Cell, Column, Table, TableRow

HERE = (Presence.PRESENT, Presence.REPRESENTED)
AWAY = (Presence.EXCUSED, Presence.ABSENT)


def build(context: Context) -> list[Page]:
    """The minutes of the steering committee of the day, else of the last one held."""
    held = committee_of(context.reader, context.today, Document.MINUTES)
    if held is None:
        empty = Empty(
            context.tr("No committee was held yet."),
            context.tr("Minutes are those of the last committee: date it in the committee room."),
        )
        name = context.tr("Minutes of the meeting")
        return [context.page(name, "minutes", [Section(name, empty)], empty=True)]
    blocks = [
        Columns(_decided(context, held), _who(context, held), SIDE),
        _put_off(context, held),
        _actions(context, held),
        _agenda(context, agenda(context.reader, held.id)),
        _next(context, held),
    ]
    name = context.tr("Minutes of committee no. {number}", number=held.number)
    return [context.page(name, "minutes", [block for block in blocks if block is not None])]


# decisions -------------------------------------------------------------------------------------


def _decided(context: Context, held: CommitteeRow) -> Block:
    title = context.tr("Decisions taken")
    rows = taken_at(decisions(context.reader), held.id)
    if not rows:
        return Section(title, Empty(context.tr("The committee took no decision.")))
    return Section(title, _decisions(context, rows))


def _put_off(context: Context, held: CommitteeRow) -> Block | None:
    """Decisions that were asked of this committee and are still to take."""
    rows = [
        row
        for row in decisions(context.reader)
        if row.committee_id == held.id and row.status is DecisionStatus.PROPOSED
    ]
    if not rows:
        return None
    return Section(context.tr("Put off"), _decisions(context, rows), context.tr("still to take"))


def _decisions(context: Context, rows: Sequence[DecisionRow]) -> Table:
    columns = [
        Column(context.tr("No."), 34),
        Column(context.tr("Decision"), share=1, lines=4),
        Column(context.tr("Owner"), 88, lines=2),
        Column(context.tr("Due"), 62, align="right"),
    ]
    return Table(columns, [_decision(context, row) for row in rows])


def _decision(context: Context, row: DecisionRow) -> TableRow:
    name, _, role = row.owner.partition(",")
    return TableRow(
        [
            Cell(context.own(row.code), ink="muted"),
            Cell(context.own(row.wording), bold=True),
            Cell(context.own(name), second=context.own(role.strip())),
            Cell(context.day(row.due_on, year=True), value=row.due_on),
        ]
    )


# actions, agenda, people -------------------------------------------------------------------------


def _actions(context: Context, held: CommitteeRow) -> Block:
    title = context.tr("Actions decided")
    rows = [
        row
        for row in actions(context.reader, context.today)
        if row.committee_id == held.id and row.active
    ]
    if not rows:
        return Section(title, Empty(context.tr("No action was decided.")))
    columns = [
        Column(context.tr("No."), 36),
        Column(context.tr("Action"), share=1, lines=3),
        Column(context.tr("In answer to"), 70),
        Column(context.tr("Owner"), 110, lines=2),
        Column(context.tr("Due"), 72, align="right"),
    ]
    made = [
        TableRow(
            [
                Cell(context.own(row.code), ink="muted"),
                context.own(row.title),
                Cell(asked_by(context, row).partition(" · ")[2] or "–", ink="muted"),
                context.own(row.owner),
                Cell(context.day(row.due_on, year=True), bold=True, value=row.due_on),
            ]
        )
        for row in sorted(rows, key=lambda row: row.code)
    ]
    return Section(title, Table(columns, made))


def _agenda(context: Context, rows: Sequence[AgendaRow]) -> Block | None:
    told = [row for row in rows if row.outcome]
    if not told:
        return None
    items = [(context.own(f"{row.title}."), context.own(row.outcome)) for row in told]
    return Section(context.tr("In a line"), Points(items, most=3))


def _who(context: Context, held: CommitteeRow) -> Block:
    """When, where, and who was there."""
    invited = participants(context.reader, held.id)
    facts = [(context.day(held.held_on, year=True), _when(context, held))]
    lines: list[Block] = [Facts(facts)]
    for title, wanted in (
        (context.tr("Present"), HERE),
        (context.tr("Excused or absent"), AWAY),
        (context.tr("Invited, presence not noted"), (Presence.INVITED,)),
    ):
        there = [row for row in invited if row.presence in wanted]
        if there:
            lines.append(Note(_named(context, title, there), ink="text", most=30))
    if len(lines) == 1:
        lines.append(Note(context.tr("No participant is noted.")))
    return Section(context.tr("Meeting"), Stack(lines, gap=6))


def _when(context: Context, held: CommitteeRow) -> str:
    parts = []
    if held.starts_minute is not None:
        parts.append(f"{held.starts_minute // 60:02d}:{held.starts_minute % 60:02d}")
    if held.minutes:
        parts.append(context.tr("{n} min", n=held.minutes))
    if held.place:
        parts.append(context.own(held.place))
    return " · ".join(parts) or context.tr("place and hour not noted")


def _named(context: Context, title: str, rows: Sequence[ParticipantRow]) -> str:
    names = []
    for row in rows:
        name = f"{row.name} ({row.role})" if row.role else row.name
        if row.presence is Presence.REPRESENTED:
            name = context.tr("{name}, represented", name=name)
        elif row.presence is Presence.ABSENT:
            name = context.tr("{name}, absent", name=name)
        names.append(context.own(name))
    people = "; ".join(names)
    return context.tr("{title}: {people}.", title=title, people=people)


def _next(context: Context, held: CommitteeRow) -> Block | None:
    later = [row for row in steering_committees(context.reader) if row.held_on > held.held_on]
    if not later:
        return None
    following = later[0]
    text = context.tr(
        "Next committee: no. {number}, {date}.",
        number=following.number,
        date=context.long_day(following.held_on),
    )
    return Note(text, ink="text")
