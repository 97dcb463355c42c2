"""What stands beside the plane, and after it: blocks of rows that flow from column to column."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crm_pilot.reports.context import Wording
from crm_pilot.reports.map_pages_marks import bar, mark
from crm_pilot.reports.map_pages_plane import Plane
from crm_pilot.reports.map_pages_source import Act, Move, Source, Unit
from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.styles import SECTION
from crm_pilot.reports.typography import width, wrap
from crm_pilot.stakeholders.terms import ACTIONS, TRIO, ZONES, Trio, Zone

COLUMN = 246.0  # width of a column
TEXT = 8
LINE = 10.0
TITLE_HIGH, AFTER = 17.0, 11.0  # a title with its rule; room after a block
KEY_LEFT, KEY_MOST = 14.0, 4  # room of a number; columns of the key
MOST_ACTS = 16  # named for the committee; the later ones are counted
KEY_SHORT = 16  # entries below each other rather than cut
Draw = Callable[[Sheet, float, float], None]


@dataclass(frozen=True)
class Row:
    """A row of a block: its height, and how it is drawn from a left edge and a top."""

    high: float
    draw: Draw


@dataclass(frozen=True)
class Block:
    """A titled list; `note` stands quietly at the right of its title. It is split between rows,
    never with fewer than `least` rows before the break."""

    title: str
    rows: tuple[Row, ...]
    note: str = ""
    least: int = 2


@dataclass(frozen=True)
class Part:
    """A block, or a part of it, at its place in a column."""

    block: Block
    rows: tuple[Row, ...]
    continued: bool
    y: float


def flow(blocks: Sequence[Block], rooms: Callable[[int], tuple[float, float]]) -> list[list[Part]]:
    """Blocks in columns; `rooms` gives the top and bottom of a column by number from 0."""
    columns: list[list[Part]] = [[]]
    top, bottom = rooms(0)
    y = top
    for block in blocks:
        rest, continued = block.rows, False
        while rest:
            room = bottom - y - TITLE_HIGH
            count = _fitting(rest, room)
            tail = len(rest) - count
            if count < len(rest) and (count < block.least or tail < 1) and columns[-1]:
                count = 0
            if count == 0 and not columns[-1]:
                count = 1  # higher than a column: drawn as it is
            if count:
                part = rest[:count]
                columns[-1].append(Part(block, part, continued, y))
                y += TITLE_HIGH + sum(row.high for row in part) + AFTER
                rest, continued = rest[count:], True
            if rest:
                columns.append([])
                top, bottom = rooms(len(columns) - 1)
                y = top
    return columns


def _fitting(rows: Sequence[Row], room: float) -> int:
    used = 0.0
    for count, row in enumerate(rows):
        used += row.high
        if used > room + 0.01:
            return count
    return len(rows)


def draw_part(sheet: Sheet, part: Part, x: float, words: Wording) -> None:
    """A part of a block from its left edge on."""
    y = part.y
    title = part.block.title
    if part.continued:
        title = words.tr("{title} (continued)", title=title)
    right = 0.0
    if part.block.note and not part.continued:
        room = COLUMN - width(title, SECTION, True) - 10
        right = sheet.text(
            x + COLUMN, y + 9, part.block.note, 7, ink="muted", align="right", room=room
        )
    sheet.text(x, y + 9, title, SECTION, bold=True, room=COLUMN - right - 8)
    sheet.line((x, y + 13), (x + COLUMN, y + 13), ink="line", weight=0.6)
    y += TITLE_HIGH
    for row in part.rows:
        row.draw(sheet, x, y)
        y += row.high


# blocks ----------------------------------------------------------------------------------------


def blocks(source: Source, plane: Plane, words: Wording) -> list[Block]:
    """Everything the plane does not say, in the order of a committee's questions."""
    found = [
        key(plane, words),
        distribution(source, words),
        movement(source, words),
        actions(source, words),
        checks(source, words),
        unrated(source, words),
        counted(source, plane, words),
    ]
    return [block for block in found if block is not None and block.rows]


def paragraph(text: str, *, ink: str = "text", size: int = TEXT, wide: float = COLUMN) -> list[Row]:
    """Lines of text, a row each."""

    def line(part: str) -> Row:
        def draw(sheet: Sheet, x: float, y: float) -> None:
            sheet.text(x, y + size * 0.95, part, size, ink=ink)

        return Row(size * 1.25, draw)

    return [line(part) for part in wrap(text, wide, size)]


def key(plane: Plane, words: Wording) -> Block | None:
    """Names of the numbers on the plane, in as many columns as their length allows."""
    if not plane.keyed:
        return None
    entries = [(number, _named(unit, words)) for number, unit in plane.keyed]
    widest = max(width(text, 7) for _, text in entries)
    least = 1 if len(entries) <= KEY_SHORT else 2
    across = min(max(int(COLUMN // (widest + KEY_LEFT + 4)), least), KEY_MOST)
    step = COLUMN / across
    down = -(-len(entries) // across)
    rows = [
        _key_row(
            [(n * step, entry) for n, entry in enumerate(entries[place::down])], step - 4, words
        )
        for place in range(down)
    ]
    return Block(words.tr("Numbers on the map"), tuple(rows), least=1)


def _named(unit: Unit, words: Wording) -> str:
    if unit.person:
        return words.own(unit.label)
    return words.tr("{name} ({n})", name=words.own(unit.label), n=words.number(unit.headcount))


def _key_row(row: Sequence[tuple[float, tuple[int, str]]], wide: float, words: Wording) -> Row:
    entries = [
        (left, str(number), wrap(text, wide - KEY_LEFT, 7, most=2)) for left, (number, text) in row
    ]

    def draw(sheet: Sheet, x: float, y: float) -> None:
        for left, number, lines in entries:
            sheet.text(x + left + 11, y + 7.5, number, 7, bold=True, align="right")
            for place, line in enumerate(lines):
                sheet.text(x + left + KEY_LEFT, y + 7.5 + 8.2 * place, line, 7)

    most = max(len(lines) for _, _, lines in entries)
    return Row(9.2 + 8.2 * (most - 1), draw)


def distribution(source: Source, words: Wording) -> Block:
    """Shares of the rated headcount beside 20/60/20."""
    note = words.ntr(
        "{count} person placed of {total}",
        "{count} people placed of {total}",
        source.placed,
        count=words.number(source.placed),
        total=words.number(source.people),
    )
    row = Row(52.0, lambda sheet, x, y: _shares(sheet, x, y, source, words))
    return Block(words.tr("Positions"), (row,), note, least=1)


def _shares(sheet: Sheet, x: float, y: float, source: Source, words: Wording) -> None:
    at = x
    for share in source.shares:
        mark(sheet, share.trio, at + 4, y + 4.6, 3.6)
        text = words.percent(share.share)
        step = sheet.text(at + 11, y + 7.5, text, TEXT, bold=True)
        name = words.tr(TRIO[share.trio]).lower()
        at += 11 + step + 3 + sheet.text(at + 14 + step, y + 7.5, name, 7, ink="muted") + 9
    left = x
    if not source.placed:
        sheet.box(x, y + 13, COLUMN, 11, fill="raised")
    for share in source.shares:
        wide = share.share * COLUMN
        if wide > 0:
            bar(sheet, share.trio, left, y + 13, wide - 0.8, 11)
        left += wide
    left = x
    for share in source.shares:
        wide = share.reference_share * COLUMN
        sheet.line((left + 0.6, y + 28), (left + wide - 0.6, y + 28), ink="muted", weight=1.8)
        text = words.number(share.reference_share * 100)
        sheet.text(left + wide / 2, y + 37, text, 7, ink="muted", align="middle")
        left += wide
    text = words.tr("20 / 60 / 20: a practitioner’s rule of thumb, not a norm")
    sheet.text(x, y + 47, text, 7, ink="muted", room=COLUMN)


def movement(source: Source, words: Wording) -> Block:
    """From zone to zone since the day it is compared with."""
    title = words.tr("Movement")
    if source.since is None:
        text = words.tr("No earlier committee to compare with.")
        return Block(title, tuple(paragraph(text, ink="muted")), least=1)
    note = words.tr("since {day}", day=words.day(source.since, year=True))
    rows = [_move(move, words) for move in source.moves]
    if not rows:
        rows += paragraph(words.tr("No zone has changed in what may be shown."), ink="muted")
    rest = []
    if source.still:
        rest.append(
            words.ntr(
                "{n} person in the same zone", "{n} people in the same zone",
                source.still,
            )
        )  # fmt: skip
    if source.hidden_moves:
        rest.append(
            words.ntr(
                "{n} person moved in groups under five, pooled",
                "{n} people moved in groups under five, pooled",
                source.hidden_moves,
            )
        )
    if rest:
        rows += paragraph(" · ".join(rest), ink="muted", size=7)
    return Block(title, tuple(rows), note)


def _zone(zone: Zone | None, words: Wording, none: str) -> str:
    return words.tr(ZONES[zone]) if zone is not None else none


def _move(move: Move, words: Wording) -> Row:
    before = _zone(move.before, words, words.tr("not rated"))
    after = _zone(move.after, words, words.tr("erased"))
    names = words.own(", ".join(move.names))
    lines = wrap(names, COLUMN - 12, 7, most=2) if names else []

    def draw(sheet: Sheet, x: float, y: float) -> None:
        people = words.ntr("{n} pers.", "{n} pers.", move.headcount)
        right = sheet.text(x + COLUMN, y + 8, people, TEXT, bold=True, align="right", tabular=True)
        sheet.text(x, y + 8, f"{before} → {after}", TEXT, room=COLUMN - right - 8)
        for place, line in enumerate(lines):
            sheet.text(x, y + 17 + 8.6 * place, line, 7, ink="muted")

    return Row(12.0 + 8.6 * len(lines), draw)


def actions(source: Source, words: Wording) -> Block:
    """Influence actions that are not done; those on persons and small groups are only counted."""
    title = words.tr("Influence actions")
    shown = [act for act in source.acts if act.aim]
    most = len(shown) if source.own else MOST_ACTS
    rows = [_act(act, words) for act in shown[:most]]
    later = shown[most:]
    if later:
        text = words.ntr("{n} more later", "{n} more later", len(later))
        rows += paragraph(text, ink="muted", size=7)
    rest = len(source.acts) - len(shown)
    if rest:
        text = words.ntr(
            "{n} action on persons or groups under five, pooled",
            "{n} actions on persons or groups under five, pooled",
            rest,
        )
        rows += paragraph(text, ink="muted", size=7)
    if not rows:
        rows = paragraph(words.tr("No action is planned."), ink="muted")
    note = words.ntr("{n} to do", "{n} to do", len(source.acts))
    return Block(title, tuple(rows), note if source.acts else "")


def _act(act: Act, words: Wording) -> Row:
    what = words.tr(ACTIONS[act.kind])
    if act.title:
        what = words.own(act.title)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.text(x, y + 8, words.day(act.finish or act.start), TEXT, bold=True, room=40)
        right = 0.0
        if act.owner:
            right = sheet.text(
                x + COLUMN, y + 8, words.own(act.owner), 7, ink="muted", align="right", room=74
            )
        sheet.text(x + 44, y + 8, what, TEXT, room=COLUMN - 44 - right - 6)
        sheet.text(x + 44, y + 17, words.own(act.aim), 7, ink="muted", room=COLUMN - 44)

    return Row(20.5, draw)


def checks(source: Source, words: Wording) -> Block:
    """What warns in the order of entry, a sentence each."""
    title = words.tr("Order of entry")
    if not source.checks:
        text = words.tr("No check of the order of entry warns.")
        return Block(title, tuple(paragraph(text, ink="muted")), least=1)
    rows = []
    for check in source.checks:
        rows.append(_warning(words.show(check)))
    note = words.ntr("{n} warning", "{n} warnings", len(rows))
    return Block(title, tuple(rows), note)


def _warning(text: str) -> Row:
    lines = wrap(text, COLUMN - 12, TEXT)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.shape((x + 4, y + 1.6), (x + 8, y + 8.6), (x, y + 8.6), fill="alert")
        for place, line in enumerate(lines):
            sheet.text(x + 12, y + 8 + LINE * place, line, TEXT)

    return Row(LINE * len(lines) + 3, draw)


def unrated(source: Source, words: Wording) -> Block | None:
    """Units without a position."""
    if not source.unrated:
        return None
    names = [
        f"{label} ({words.number(people)})" if people > 1 else label
        for label, people in source.unrated
    ]
    rows = paragraph(words.own(", ".join(names)), size=7)
    note = words.ntr("{n} unit", "{n} units", len(names))
    return Block(words.tr("Not rated yet"), tuple(rows), note)


def counted(source: Source, plane: Plane, words: Wording) -> Block | None:
    """Who stands in the cells that are only counted; at the lead's own level the list says it."""
    if not plane.counted or source.own:
        return None
    rows: list[Row] = []
    for (synergy, antagonism), units in plane.counted.items():
        zone = words.tr(ZONES[source.grid.zone(synergy, antagonism)])
        heading = words.tr("S{s} A{a} · {zone}", s=synergy, a=antagonism, zone=zone)
        rows += [_cell_heading(heading), *(_counted_row(unit, words) for unit in units)]
    return Block(words.tr("Units of the crowded cells"), tuple(rows), least=3)


def _cell_heading(text: str) -> Row:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.text(x, y + 10.5, text, TEXT, bold=True, room=COLUMN)

    return Row(14.5, draw)


def _counted_row(unit: Unit, words: Wording) -> Row:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        mark(sheet, unit.trio, x + 4, y + 4.8, 2.8, hollow=unit.person)
        right = 0.0
        if not unit.person:
            right = sheet.text(
                x + COLUMN, y + 7.5, words.number(unit.headcount), 7, ink="muted", align="right",
                tabular=True,
            )  # fmt: skip
        sheet.text(x + 12, y + 7.5, words.own(unit.label), 7, room=COLUMN - 18 - right)

    return Row(9.6, draw)


__all__ = ["Block", "Part", "Row", "Trio", "blocks", "draw_part", "flow"]
