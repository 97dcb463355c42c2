"""What moved since the last issued report: dates, decisions, positions and warnings.

At committee level and at the lead's own alike: units of the map are counted, and only groups of
five and more people are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from crm_pilot.governance import queries as governance
from crm_pilot.governance import since_words
from crm_pilot.governance.rows import DecisionRow
from crm_pilot.governance.since import Crossed, Moved, Since, since
from crm_pilot.governance.terms import DECISION_STATUSES
from crm_pilot.reports.blocks import Block, Drawn, Empty, Note, Points, Section, Stack
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.styles import LEADING, NOTE
from crm_pilot.reports.table import Cell, Column, Table, TableRow, day
from crm_pilot.reports.typography import wrap

if TYPE_CHECKING:
    from crm_pilot.reports.content import Part

PLACE = "since"  # where the sentence of the page is kept
MOST = 14  # milestones in the table; more are counted
MOST_WARNINGS = 16
STRIP = 50.0
FIGURE = 18.0


def build(context: Context) -> list[Page]:
    """The page, when a report of an earlier day was issued."""
    found = since(context.reader, context.today, context.corrects)
    if found is None:
        return []
    name = context.tr("Since the last issue")
    if found.nothing:
        text = context.tr("Dates, decisions, positions and warnings are what they were.")
        return [_page(context, name, [Empty(text)])]
    blocks = [_strip(context, found), _milestones(context, found), _decisions(context, found)]
    blocks += [_positions(context, found), _warnings(context, found), _source(context, found)]
    return [_page(context, name, [block for block in blocks if block is not None])]


def _page(context: Context, name: str, blocks: Sequence[Block]) -> Page:
    page = context.page(name, PLACE, blocks)
    own = governance.written(PLACE, context.reader, context.language) is not None
    if own or context.corrects is None:
        return page
    told = since_words.headline(context.reader, context.today, context.corrects)
    return replace(page, sentence=context.show(told))


# figures -----------------------------------------------------------------------------------------


def _strip(context: Context, found: Since) -> Block:
    """Six counts side by side, hairlines between them."""
    items = _counts(context, found)

    def paint(pen: Pen, x: float, y: float, room: float, high: float) -> None:
        wide = room / len(items)
        pen.rule(x, y, room)
        for place, (figure, text) in enumerate(items):
            left = x + place * wide + (10 if place else 0)
            if place:
                pen.line(x + place * wide, y, x + place * wide, y + STRIP)
            pen.text(left, y + 21, figure, FIGURE, bold=True, ink="text")
            at = y + 23
            for line in wrap(text, wide - 16, NOTE, most=2):
                at += NOTE * LEADING
                pen.text(left, at, line, NOTE, ink="muted")
        pen.rule(x, y + STRIP, room)

    def shows() -> tuple[Part, ...]:
        from crm_pilot.reports.content import FactsPart

        return (FactsPart("", tuple(items)),)

    return Drawn(STRIP, paint, shows=shows)


def _counts(context: Context, found: Since) -> list[tuple[str, str]]:
    counts = (
        (len(found.slipped), context.ntr("milestone slips", "milestones slip", len(found.slipped))),
        (
            len(found.added),
            context.ntr("added half-way", "added half-way", len(found.added)),
        ),
        (len(found.done), context.ntr("decision done", "decisions done", len(found.done))),
        (
            found.crossed,
            context.ntr("position crossed a line", "positions crossed a line", found.crossed),
        ),
        (
            len(found.warnings_new),
            context.ntr("new warning", "new warnings", len(found.warnings_new)),
        ),
        (
            len(found.warnings_gone),
            context.ntr("warning gone", "warnings gone", len(found.warnings_gone)),
        ),
    )
    return [(context.number(count), text) for count, text in counts]


# milestones --------------------------------------------------------------------------------------


def _milestones(context: Context, found: Since) -> Block | None:
    """Dates at the issue and today; those taken out are named in a line below."""
    rows = [
        *(_moved(context, one, context.tr("slipped"), bold=True) for one in found.slipped),
        *(_moved(context, one, context.tr("added")) for one in found.added),
        *(_moved(context, one, context.tr("reached"), tick=True) for one in found.reached),
        *(_moved(context, one, context.tr("sooner")) for one in found.advanced),
    ]
    notes = _left(context, found, len(rows) - MOST)
    if not rows and not notes:
        return None
    columns = [
        Column(context.tr("Milestone"), share=1, lines=2),
        Column(context.tr("Issue no. {number}", number=found.issue.number), 72, align="right"),
        Column(context.tr("Today"), 76, align="right", strong=True),
        Column(context.tr("Gap"), 44, align="right"),
        Column("", 52),
    ]
    table = [Table(columns, rows[:MOST])] if rows else []
    body = Stack([*table, *([Points(notes)] if notes else [])], 6.0) if notes else table[0]
    return Section(context.tr("Milestones"), body, _issued(context, found))


def _moved(
    context: Context, one: Moved, word: str, *, bold: bool = False, tick: bool = False
) -> TableRow:
    def mark(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
        if tick:
            pen.tick(x, y + 12.6, 6.5)

    gap = "–" if one.before is None else context.slip(one.days)
    return TableRow(
        [
            Cell(context.own(one.title), bold=bold),
            day(context, one.before, ink="muted"),
            day(context, one.after, bold=bold),
            Cell(gap, bold=bold, value=one.days),
            Cell(word, ink="text" if bold else "muted", paint=mark, indent=11.0 if tick else 0.0),
        ]
    )


def _left(context: Context, found: Since, more: int) -> list[tuple[str, str]]:
    """What the table does not show: rows that are too many, milestones and lines taken out."""
    made = []
    if more > 0:
        made.append((context.ntr("{n} more milestone", "{n} more milestones", more), ""))
    if found.removed:
        titles = ", ".join(context.own(title) for title in found.removed)
        made.append((context.tr("Taken out of the plan:"), titles))
    if found.lines_added or found.lines_removed:
        text = context.tr(
            "{added} added, {removed} taken out",
            added=found.lines_added,
            removed=found.lines_removed,
        )
        made.append((context.tr("Lines of the plan:"), text))
    return made


def _issued(context: Context, found: Since) -> str:
    return context.tr("issue of {date}", date=context.day(found.issue.as_of, year=True))


# decisions ---------------------------------------------------------------------------------------


def _decisions(context: Context, found: Since) -> Block | None:
    rows = [_decision(context, row) for row in (*found.done, *found.taken, *found.asked)]
    if not rows:
        return None
    columns = [
        Column(context.tr("No."), 34),
        Column(context.tr("Decision"), share=1, lines=3),
        Column(context.tr("Owner"), 106, lines=2),
        Column(context.tr("Due"), 72, align="right"),
        Column("", 1),
        Column(context.tr("Status"), 56),
    ]
    return Section(
        context.tr("Decisions"), Table(columns, rows), context.tr("done, taken or asked since")
    )


def _decision(context: Context, row: DecisionRow) -> TableRow:
    return TableRow(
        [
            Cell(context.own(row.code), ink="muted"),
            context.own(row.wording),
            context.own(row.owner),
            day(context, row.due_on),
            "",
            Cell(context.tr(DECISION_STATUSES[row.status])),
        ]
    )


# positions ---------------------------------------------------------------------------------------


def _positions(context: Context, found: Since) -> Block | None:
    ways = (
        (context.tr("Joined the allies"), found.joined),
        (context.tr("Left the allies"), found.left),
        (context.tr("Above the initiative line"), found.risen),
        (context.tr("Below the initiative line"), found.fallen),
    )
    points = [(f"{name} · {way.count}", _who(context, way)) for name, way in ways if way.count]
    if not points:
        return None
    return Section(
        context.tr("Positions"),
        Points(points),
        context.tr("units of the map; groups of five and more are named"),
    )


def _who(context: Context, way: Crossed) -> str:
    rest = way.count - len(way.groups)
    names = [context.own(name) for name in way.groups]
    if rest:
        names.append(context.ntr("{n} not named", "{n} not named", rest))
    return ", ".join(names)


# warnings ----------------------------------------------------------------------------------------


def _warnings(context: Context, found: Since) -> Block | None:
    new = [(context.tr("New:"), context.show(one.title)) for one in found.warnings_new]
    gone = [
        (context.tr("Gone:"), context.own(one.title(context.language)))
        for one in found.warnings_gone
    ]
    points: list[tuple[str, str]] = [*new, *gone]
    if not points:
        return None
    more = len(points) - MOST_WARNINGS
    if more > 0:
        left = context.ntr("{n} more warning", "{n} more warnings", more)
        points = [*points[:MOST_WARNINGS], (left, "")]
    return Section(context.tr("Warnings"), Points(points))


def _source(context: Context, found: Since) -> Block:
    """Which version the page compares with, so that it can be held beside it."""
    row = found.issue
    return Note(
        context.tr(
            "Compared with issue no. {number}, status on {date}, fingerprint {mark}; positions as"
            " rated on that day.",
            number=row.number,
            date=context.long_day(row.as_of),
            mark=row.mark,
        )
    )
