"""Where people stand: positions by headcount, zones, crossings. At committee level nobody is
named beside a position and groups under five people are pooled; the lead's own copy names them."""

from __future__ import annotations

from crm_pilot.figures import SMALL, Level, is_small, zones
from crm_pilot.governance.readiness import trained_by_trio
from crm_pilot.reports.bars import PARTS_HEIGHT, distribution
from crm_pilot.reports.blocks import Block, Columns, Drawn, Empty, Facts, Note, Section, Stack
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.table import Cell, Column, Table, TableRow, count, day
from crm_pilot.reports.table import share as share_of
from crm_pilot.stakeholders import charts as stakeholder_charts
from crm_pilot.stakeholders import queries as stakeholders
from crm_pilot.stakeholders.queries import PositionsFigures, UnitRow
from crm_pilot.stakeholders.terms import TRIO, ZONES, Trio, UnitKind, Zone
from crm_pilot.stakeholders.zones import trio as trio_of
from crm_pilot.training import queries as training

SHAPES = {Trio.LOCOMOTIVE: "triangle", Trio.HESITANT: "circle", Trio.OPPONENT: "square"}
FACTS = 160.0


def build(context: Context) -> list[Page]:
    """The page of positions."""
    figures = stakeholders.figures(context.reader, context.today)
    name = context.tr("Positions")
    if not figures.headcount_rated:
        empty = Empty(
            context.tr("Nobody is placed on the map yet."),
            context.tr("Place the groups of the first wave, with an observed fact each."),
        )
        return [context.page(name, "positions", [Section(name, empty)], empty=True)]
    blocks: list[Block] = [
        Columns(_shares(context, figures), _facts(context, figures), FACTS),
        _zones(context, figures),
        _crossings(context, figures),
    ]
    if context.level == Level.OWN:
        blocks.append(_everyone(context, figures))
    blocks.append(Note(_footnote(context)))
    return [context.page(name, "positions", blocks)]


def _shares(context: Context, figures: PositionsFigures) -> Block:
    chart = stakeholder_charts.distribution(figures)

    def paint(pen: Pen, x: float, y: float, room: float, high: float) -> None:
        distribution(pen, x, y, room, high, chart, context)

    tail = context.tr("% of headcount")
    if figures.since is not None:
        tail = context.tr("% of headcount; changes since {date}", date=context.day(figures.since))
    return Section(context.tr("Positions"), Drawn(PARTS_HEIGHT - 20, paint, shows=chart), tail)


def _facts(context: Context, figures: PositionsFigures) -> Block:
    rated = context.tr(
        "{rated} of {total}",
        rated=context.number(figures.headcount_rated),
        total=context.number(figures.headcount_total),
    )
    facts = [(rated, context.tr("people in rated groups"))]
    trained = trained_by_trio(
        figures.units, training.figures(context.reader, context.today).departments
    )
    for trio in (Trio.HESITANT, Trio.OPPONENT):
        if trio in trained:
            name = context.tr(TRIO[trio])
            text = context.tr("trained among: {name}", name=name)
            facts.append((context.percent(trained[trio]), text))
    return Section(context.tr("Reading"), Facts(facts))


def _mark(trio: Trio) -> Cell:
    def paint(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
        pen.mark(SHAPES[trio], x + 6, y + 9, 8.5, trio.value)

    return Cell(paint=paint)


# zones -----------------------------------------------------------------------------------------


def _zones(context: Context, figures: PositionsFigures) -> Block:
    columns = [
        Column("", 14),
        Column(context.tr("Zone"), share=1),
        Column(context.tr("Read as"), 110),
        Column(context.tr("People"), 60, align="right"),
        Column(context.tr("Share"), 52, align="right"),
        Column("", 120),
    ]
    rows = []
    for entry in zones(figures, context.level):
        zone = Zone(entry["zone"]) if entry["zone"] else None
        rows.append(_zone_row(context, zone, entry["headcount"], figures.headcount_rated))
    tail = context.tr("zones with one to four people are pooled")
    return Section(
        context.tr("Zones"), Table(columns, rows), "" if context.level == Level.OWN else tail
    )


def _zone_row(context: Context, zone: Zone | None, headcount: int, total: int) -> TableRow:
    share = headcount / total if total else 0.0
    trio = trio_of(zone) if zone else None
    colour = trio.value if trio else "muted"

    def bar(pen: Pen, x: float, y: float, wide: float, high: float) -> None:
        pen.line(x, y + 4, x, y + 14, ink="text", weight=0.75)
        pen.box(x, y + 5.5, wide * share, 7, fill=colour)

    ink = "text" if headcount else "muted"
    return TableRow(
        [
            _mark(trio) if trio else Cell(),
            Cell(context.tr(ZONES[zone]) if zone else context.tr("Other zones"), ink=ink),
            Cell(context.tr(TRIO[trio]) if trio else "–", ink="muted"),
            count(context, headcount, ink=ink),
            share_of(context, share, ink=ink),
            Cell(paint=bar),
        ]
    )


# crossings ---------------------------------------------------------------------------------------


def _crossings(context: Context, figures: PositionsFigures) -> Block:
    title = context.tr("Crossings")
    if figures.since is None:
        return Section(title, Empty(context.tr("No earlier committee to compare with.")))
    tail = context.tr("since {date}", date=context.day(figures.since, year=True))
    own = context.level == Level.OWN
    shown = [u for u in figures.crossings if own or (u.kind == UnitKind.GROUP and not is_small(u))]
    hidden = len(figures.crossings) - len(shown)
    if not shown:
        empty = Empty(context.tr("No group changed side."), _hidden(context, hidden))
        return Section(title, empty, tail)
    columns = [
        Column(context.tr("Group"), share=1),
        Column(context.tr("People"), 50, align="right"),
        Column(context.tr("Before"), 62, align="right"),
        Column(context.tr("Now"), 62, align="right", strong=True),
        Column("", 14),
        Column(context.tr("Read as"), 90),
    ]
    table = Table(columns, [_crossing(context, unit) for unit in shown])
    note = _hidden(context, hidden)
    body: Block = Stack([table, Note(note)], gap=2) if note else table
    return Section(title, body, tail)


def _hidden(context: Context, hidden: int) -> str:
    if not hidden:
        return ""
    return context.ntr(
        "{n} other change is not shown: one person, or a group under {small}.",
        "{n} other changes are not shown: single persons, or groups under {small}.",
        hidden,
        small=SMALL,
    )


def _crossing(context: Context, unit: UnitRow) -> TableRow:
    return TableRow(
        [
            context.own(unit.name),
            count(context, unit.headcount),
            Cell(f"S{unit.previous_synergy} A{unit.previous_antagonism}", ink="muted"),
            Cell(f"S{unit.synergy} A{unit.antagonism}", bold=True),
            _mark(unit.trio) if unit.trio else Cell(),
            context.tr(TRIO[unit.trio]) if unit.trio else "–",
        ]
    )


def _everyone(context: Context, figures: PositionsFigures) -> Block:
    """Every unit by name: the lead's own copy only."""
    columns = [
        Column(context.tr("Unit"), share=1),
        Column(context.tr("People"), 44, align="right"),
        Column(context.tr("Position"), 50, align="right"),
        Column("", 14),
        Column(context.tr("Zone"), 84),
        Column(context.tr("Observed fact"), share=1.3, lines=5),
        Column(context.tr("On"), 66, align="right"),
    ]
    rows = [
        TableRow(
            [
                context.own(unit.name),
                count(context, unit.headcount),
                f"S{unit.synergy} A{unit.antagonism}",
                _mark(unit.trio) if unit.trio else Cell(),
                context.tr(ZONES[unit.zone]) if unit.zone else "–",
                Cell(context.own(unit.fact), ink="muted"),
                day(context, unit.rated_on, ink="muted"),
            ]
        )
        for unit in figures.units
        if unit.rated
    ]
    return Section(context.tr("Position at date, by unit"), Table(columns, rows))


def _footnote(context: Context) -> str:
    return context.tr(
        "S: synergy, energy spent for the project; A: antagonism, energy spent against it; 1 to 4,"
        " rated on observed facts. 20 / 60 / 20 is a practitioner's rule of thumb, not a norm."
    )
