"""The person file on paper: everything held on someone, for them to read.

Texts are whole: what is owed on access is the content, not a shortened one.
"""

from __future__ import annotations

import datetime as dt

from crm_pilot.figures import Level
from crm_pilot.i18n import Message, Translator
from crm_pilot.personal.held import PersonFile
from crm_pilot.personal.held_parts import Part, Value
from crm_pilot.reports.blocks import Block, Empty, Note, Section, Stack
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.document import Frame, render
from crm_pilot.reports.styles import NOTE
from crm_pilot.reports.table import Cell, Column, Table, TableRow
from crm_pilot.reports.typography import width
from crm_pilot.store.reader import Reader

SHORT = 62.0  # points, for a date or a number
MOST_LINES = 45  # of a cell: what a page holds


def make(reader: Reader, file: PersonFile, language: str) -> bytes:
    """The person file as PDF, in `language`."""
    context = Context(reader, file.on, Level.COMMITTEE, Translator(language))
    held = sum(bool(part.rows) for part in file.parts)
    sentence = context.ntr(
        "What this project holds on {name}: {n} kind of data.",
        "What this project holds on {name}: {n} kinds of data.",
        held,
        name=context.own(file.name),
    )
    blocks = [_part(context, part) for part in file.parts if part.rows]
    nothing = [context.tr(part.title) for part in file.parts if not part.rows]
    if nothing:
        words = context.tr("Nothing is held under: {list}.", list=", ".join(nothing))
        blocks.append(Note(words, most=6))
    blocks.append(Note(_rights(context), most=6))
    page = Page(context.tr("Person file"), sentence, tuple(blocks))
    return render(_frame(context, file), [page], context)


def _part(context: Context, part: Part) -> Block:
    if not part.rows:
        return Section(context.tr(part.title), Empty(context.tr("Nothing is held.")))
    columns = [
        Column(context.tr(heading), _wide(context.tr(heading)), lines=2)
        if _is_short(part, place)
        else Column(context.tr(heading), share=_share(part, place), lines=MOST_LINES)
        for place, heading in enumerate(part.headings)
    ]
    rows = [TableRow([_cell(context, value) for value in row]) for row in part.rows]
    table = Table(columns, rows)
    body: Block = Stack([table, Note(context.tr(part.note))], gap=2) if part.note else table
    return Section(context.tr(part.title), body)


def _wide(heading: str) -> float:
    """Room for a short column and its heading."""
    return max(SHORT, width(heading, NOTE) + 2)


def _is_short(part: Part, place: int) -> bool:
    """Whether a column holds dates, numbers and short words only."""
    return all(
        not isinstance(row[place], Message) and len(str(row[place])) <= 10 for row in part.rows
    )


def _share(part: Part, place: int) -> float:
    """Room for a text column, by the longest text in it."""
    longest = max(
        len(value) if isinstance(value, str) else 14 for value in (row[place] for row in part.rows)
    )
    return min(6.0, max(1.0, longest / 20))


def _cell(context: Context, value: Value) -> Cell:
    if value is None or value == "":
        return Cell("–", ink="muted")
    if isinstance(value, dt.date):
        return Cell(context.day(value, year=True))
    if isinstance(value, Message):
        return Cell(context.show(value))
    if isinstance(value, (int, float)):
        return Cell(context.number(value), tabular=True)
    return Cell(context.own(value))


def _rights(context: Context) -> str:
    return context.tr(
        "Given on request of the person (right of access). They may ask for a correction or an"
        " erasure. Names of other people are masked."
    )


def _frame(context: Context, file: PersonFile) -> Frame:
    name, company = context.reader.one("SELECT name, company FROM project") or ("", "")
    short = context.tr("Person file")
    return Frame(
        title=f"{short} – {file.name}",
        author=company or "CRM Pilot",
        project=context.own(name),
        subject=short,
        reference="",
        short=short,
        issued=context.tr("issued on {date}", date=context.day(file.on, year=True)),
        mark=context.tr("Personal: for this person only"),
    )
