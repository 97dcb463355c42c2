"""What stands beside the plane, and after it: blocks of rows that flow from column to column."""

from __future__ import annotations

from collections.abc import Sequence

from crm_pilot.reports.context import Wording
from crm_pilot.reports.map_pages_flow import COLUMN, Block, Row
from crm_pilot.reports.map_pages_marks import bar, mark, storm
from crm_pilot.reports.map_pages_plane import Plane
from crm_pilot.reports.map_pages_source import Act, Move, Source, Unit
from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.typography import shorten, width, wrap
from crm_pilot.stakeholders.terms import ACTIONS, TRIO, ZONES, Zone

TEXT = 8
LINE = 10.0
KEY_LEFT, KEY_MOST = 14.0, 4  # room of a number; columns of the key
MOST_ACTS = 16  # named for the committee; the later ones are counted
MOST_MOVES = 8  # the list has those of every unit
KEY_SHORT = 16  # entries below each other rather than cut
DAY_GAP, OWNER_MOST = 6.0, 74.0  # in the table of actions


# blocks ----------------------------------------------------------------------------------------


def blocks(source: Source, plane: Plane, words: Wording) -> list[Block]:
    """Everything the plane does not say, in the order of a committee's questions."""
    found = [
        key(plane, words),
        distribution(source, words),
        movement(source, words),
        checks(source, words),
        actions(source, words),
        unrated(source, words),
        counted(source, plane, words),
    ]
    return [block for block in found if block is not None and block.every]


def paragraph(text: str, *, ink: str = "text", size: int = TEXT, wide: float = COLUMN) -> list[Row]:
    """Lines of text, a row each."""

    def line(part: str) -> Row:
        def draw(sheet: Sheet, x: float, y: float) -> None:
            sheet.text(x, y + size * 0.95, part, size, ink=ink)

        return Row(size * 1.25, draw)

    return [line(part) for part in wrap(text, wide, size)]


def key(plane: Plane, words: Wording) -> Block | None:
    """Names of the numbers on the plane, in as many columns as their length allows."""
    if not plane.keyed or plane.listed:
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
    rows = [_move(move, words) for move in source.moves[:MOST_MOVES]]
    further = source.moves[MOST_MOVES:]
    if further:
        text = words.ntr(
            "{n} smaller move: {people}",
            "{n} smaller moves: {people} in all",
            len(further),
            people=words.ntr("{n} pers.", "{n} pers.", sum(move.headcount for move in further)),
        )
        rows += paragraph(text, ink="muted")
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
    tail = paragraph(" · ".join(rest), ink="muted", size=7) if rest else []
    return Block(title, tuple(rows), note, tail=tuple(tail))


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
    days = [_due(act, source, words) for act in shown]
    left = max((width(day, TEXT, True, True) for day in days), default=0.0)
    if any(act.late for act in shown):
        left = max(left, width(words.tr("late"), 7, True))
    owners = [shorten(words.own(act.owner), OWNER_MOST, 7) for act in shown]
    right = max((width(owner, 7) for owner in owners), default=0.0)
    rows = [
        _act(act, (day, owner), (left + DAY_GAP, right), words)
        for act, day, owner in zip(shown[:most], days, owners, strict=False)
    ]

    def more(out: int) -> Row:
        return paragraph(words.ntr("and {n} more", "and {n} more", out), ink="muted")[0]

    tail: list[Row] = []
    later = len(shown) - most
    if later > 0:
        text = words.ntr("{n} more later", "{n} more later", later)
        tail += paragraph(text, ink="muted", size=7)
    rest = len(source.acts) - len(shown)
    if rest:
        text = words.ntr(
            "{n} action on persons or groups under five, pooled",
            "{n} actions on persons or groups under five, pooled",
            rest,
        )
        tail += paragraph(text, ink="muted", size=7)
    if not rows and not tail:
        rows = paragraph(words.tr("No action is planned."), ink="muted")
    note = words.ntr("{n} to do", "{n} to do", len(source.acts))
    return Block(title, tuple(rows), note if source.acts else "", more=more, tail=tuple(tail))


def _due(act: Act, source: Source, words: Wording) -> str:
    """With its year where that is another one."""
    other = act.due is not None and act.due.year != source.day.year
    return words.day(act.due, year=other)


def _act(act: Act, texts: tuple[str, str], wide: tuple[float, float], words: Wording) -> Row:
    """Day, what is done, for whom and by whom, in columns as `wide` as the day and the owner."""
    day, owner = texts
    left, right = wide
    what = words.own(act.title) if act.title else words.tr(ACTIONS[act.kind])

    def draw(sheet: Sheet, x: float, y: float) -> None:
        edge = x + left - DAY_GAP
        sheet.text(edge, y + 8, day, TEXT, bold=True, align="right", tabular=True)
        if act.late:
            text = words.tr("late")
            sheet.text(edge, y + 17, text, 7, bold=True, ink="alert", align="right")
        if owner:
            sheet.text(x + COLUMN - right, y + 8, owner, 7, ink="muted")
        room = COLUMN - left - (right + 8 if right else 0.0)
        sheet.text(x + left, y + 8, what, TEXT, room=room)
        sheet.text(x + left, y + 17, words.own(act.aim), 7, ink="muted", room=COLUMN - left)

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
    lines = wrap(text, COLUMN - 14, TEXT)

    def draw(sheet: Sheet, x: float, y: float) -> None:
        storm(sheet, x + 4.6, y + 5.0, 10.0)
        for place, line in enumerate(lines):
            sheet.text(x + 14, y + 8 + LINE * place, line, TEXT)

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
        rows.append(_cell_heading(heading))
        rows += [_counted_row(unit, words) for unit in units if not unit.person]
        rows += _codes([unit for unit in units if unit.person], words)
    return Block(words.tr("Units of the crowded cells"), tuple(rows), least=3)


def _cell_heading(text: str) -> Row:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        sheet.text(x, y + 10.5, text, TEXT, bold=True, room=COLUMN)

    return Row(14.5, draw)


def _counted_row(unit: Unit, words: Wording) -> Row:
    def draw(sheet: Sheet, x: float, y: float) -> None:
        mark(sheet, unit.trio, x + 4, y + 4.8, 2.8)
        people = words.number(unit.headcount)
        right = sheet.text(x + COLUMN, y + 7.5, people, 7, ink="muted", align="right", tabular=True)
        sheet.text(x + 12, y + 7.5, words.own(unit.label), 7, room=COLUMN - 18 - right)

    return Row(9.6, draw)


def _codes(persons: Sequence[Unit], words: Wording) -> list[Row]:
    """Codes one after another; the sign of a person before the first line."""
    if not persons:
        return []
    text = ", ".join(words.own(unit.label) for unit in persons)

    def line(part: str, *, first: bool) -> Row:
        def draw(sheet: Sheet, x: float, y: float) -> None:
            if first:
                mark(sheet, persons[0].trio, x + 4, y + 4.8, 2.8, hollow=True)
            sheet.text(x + 12, y + 7.5, part, 7)

        return Row(9.6, draw)

    return [line(part, first=n == 0) for n, part in enumerate(wrap(text, COLUMN - 12, 7))]
