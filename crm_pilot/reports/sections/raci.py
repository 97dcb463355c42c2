"""Who does what: the RACI as a table of letters, with what it lacks."""

from __future__ import annotations

from crm_pilot.governance.raci import RaciItemRow, RaciTable, raci
from crm_pilot.reports.blocks import Block, Empty, Note, Points, Section
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.styles import CONTENT, NOTE
from crm_pilot.reports.table import Cell, Column, Table, TableRow

MOST_ACTORS = 8  # beside each other; more stand in further tables
LINE_SHARE = 0.4  # of the page, for the names of the lines


def build(context: Context) -> list[Page]:
    """The page; empty where no line is written."""
    table = raci(context.reader)
    name = context.tr("Roles (RACI)")
    if not table.items or not table.actors:
        empty = Empty(context.tr("No line of the RACI is written yet."))
        return [context.page(name, "raci", [Section(name, empty)], empty=True)]
    blocks: list[Block] = [
        Section(
            context.tr("Who does what"),
            _letters(context, table, start),
            context.tr("A answers for it, R does it, C is asked before, I is told after"),
        )
        for start in range(0, len(table.actors), MOST_ACTORS)
    ]
    if table.faults:
        said = [(context.show(fault.text), "") for fault in table.faults]
        blocks.append(Section(context.tr("To be mended"), Points(said, most=3)))
    else:
        blocks.append(Note(context.tr("Each line has exactly one A and at least one R.")))
    return [context.page(name, "raci", blocks)]


def _letters(context: Context, table: RaciTable, start: int) -> Table:
    actors = table.actors[start : start + MOST_ACTORS]
    wide = CONTENT * (1 - LINE_SHARE) / MOST_ACTORS - 7
    columns = [Column(context.tr("Line"), share=1, lines=2)]
    columns += [Column(context.own(actor.name), wide, size=NOTE, align="left") for actor in actors]
    wrong = {fault.item_id for fault in table.faults}
    rows = [_row(context, table, item, start, item.id in wrong) for item in table.items]
    return Table(columns, rows)


def _row(
    context: Context, table: RaciTable, item: RaciItemRow, start: int, wrong: bool
) -> TableRow:
    title = context.own(item.title)
    cells: list[Cell | str] = [Cell(f"▼ {title}" if wrong else title, bold=wrong)]
    for actor in table.actors[start : start + MOST_ACTORS]:
        letter = table.letter(item.id, actor.id)
        text = "" if letter is None else letter.value.replace("AR", "A/R")
        cells.append(Cell(text, bold="A" in text))
    return TableRow(cells)
