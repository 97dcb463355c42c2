"""The list of keys as one A4 sheet, printed on both sides, to lie beside the keyboard."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from itertools import product
from pathlib import Path

from crm_pilot import __version__
from crm_pilot.figures import Level
from crm_pilot.i18n import Translator
from crm_pilot.reports.blocks import Block
from crm_pilot.reports.context import Context, Page
from crm_pilot.reports.document import Frame, content_top, render
from crm_pilot.reports.output import put
from crm_pilot.reports.pen import Pen
from crm_pilot.reports.styles import BOTTOM, GUTTER, NOTE, SECTION
from crm_pilot.reports.typography import width, wrap
from crm_pilot.store.reader import Reader

Group = tuple[str, Sequence[tuple[str, str]]]  # a place; its keys and what they do
HEAD, AFTER = 19.0, 11.0  # of a group: its head with the rule, and the space below it
LINE = 10.4  # of a row: each line of text
PADS = (3.6, 2.8, 2.0, 1.2, 0.6, 0.0)  # between rows, as much as the page allows
CAP_HIGH, CAP_PAD, CAP_GAP = 11.0, 3.2, 2.6  # of a key, drawn as on the keyboard
_NO_DAY = dt.date.min  # nothing on this page has a date
KEYS_SHARE = 0.38  # of a column, for the keys


class KeyColumns(Block):
    """Groups in two columns, dealt so that both are about equally high; where they are higher than
    `most` points the rows stand closer."""

    def __init__(self, groups: Sequence[Group], most: float) -> None:
        self.groups, self.most = list(groups), most

    def height(self, room: float) -> float:
        return self._highest(self._columns(room), room, self._pad(room))

    def split(self, room: float, high: float) -> tuple[Block | None, Block | None]:
        """What does not fit goes to the next page; a shorter group after it may still fit here."""
        kept: list[Group] = []
        for group in self.groups:
            if KeyColumns([*kept, group], self.most).height(room) <= high:
                kept.append(group)
        if not kept:
            return None, self
        left = [group for group in self.groups if group not in kept]
        return KeyColumns(kept, self.most), KeyColumns(left, self.most) if left else None

    def _pad(self, room: float) -> float:
        columns = self._columns(room)
        fits = (pad for pad in PADS if self._highest(columns, room, pad) <= self.most)
        return next(fits, PADS[-1])

    def _columns(self, room: float) -> tuple[list[Group], list[Group]]:
        """The first group at the left, the others wherever the page stays lowest."""
        dealt: list[tuple[list[Group], list[Group]]] = []
        for sides in product((0, 1), repeat=max(0, len(self.groups) - 1)):
            columns: tuple[list[Group], list[Group]] = ([], [])
            for group, side in zip(self.groups, (0, *sides), strict=False):
                columns[side].append(group)
            dealt.append(columns)
        return min(dealt, key=lambda columns: self._highest(columns, room, PADS[0]))

    def _highest(self, columns: Sequence[Sequence[Group]], room: float, pad: float) -> float:
        wide = (room - GUTTER) / 2
        return max(_high(groups, wide, pad) for groups in columns)

    def draw(self, pen: Pen, x: float, y: float, room: float, spare: float = 0.0) -> None:
        wide, pad = (room - GUTTER) / 2, self._pad(room)
        for column in self._columns(room):
            at = y
            for title, rows in column:
                pen.text(x, at + 10, title, SECTION, bold=True, room=wide)
                pen.rule(x, at + 15, wide, 0.75)
                at += HEAD
                for keys, text in rows:
                    at += _draw_row(pen, x, at, wide, keys, text) + pad
                at += AFTER
            x += wide + GUTTER


def _high(groups: Sequence[Group], wide: float, pad: float) -> float:
    rows = sum(_row_high(keys, text, wide) + pad for _, rows in groups for keys, text in rows)
    return rows + len(groups) * HEAD + max(0, len(groups) - 1) * AFTER


def _caps(keys: str) -> list[str]:
    return [key for key in keys.split("  ") if key]


def _lines(keys: str, room: float) -> list[list[str]]:
    """Keys on as many lines as they need beside the text."""
    lines: list[list[str]] = [[]]
    at = 0.0
    for cap in _caps(keys):
        wide = _cap_wide(cap)
        if lines[-1] and at + wide > room:
            lines.append([])
            at = 0.0
        lines[-1].append(cap)
        at += wide + CAP_GAP
    return lines


def _cap_wide(cap: str) -> float:
    return width(cap, NOTE) + 2 * CAP_PAD


def _parts(keys: str, text: str, wide: float) -> tuple[list[list[str]], list[str], float]:
    """Lines of keys, lines of text, height."""
    shown = _lines(keys, wide * KEYS_SHARE)
    said = wrap(text, wide * (1 - KEYS_SHARE) - 6, NOTE)
    high = max(len(shown) * (CAP_HIGH + 1.4), len(said) * LINE)
    return shown, said, high


def _row_high(keys: str, text: str, wide: float) -> float:
    return _parts(keys, text, wide)[2]


def _draw_row(pen: Pen, x: float, y: float, wide: float, keys: str, text: str) -> float:
    shown, said, high = _parts(keys, text, wide)
    for number, line in enumerate(shown):
        at, top = x, y + number * (CAP_HIGH + 1.4)
        for cap in line:
            cap_wide = _cap_wide(cap)
            pen.box(at, top, cap_wide, CAP_HIGH, fill="raised", ink="line", weight=0.5, radius=2)
            pen.text(at + CAP_PAD, top + 8.2, cap, NOTE)
            at += cap_wide + CAP_GAP
    for number, line_text in enumerate(said):
        pen.text(x + wide * KEYS_SHARE + 6, y + 8.2 + number * LINE, line_text, NOTE)
    return high


def make(groups: Sequence[Group], *, language: str) -> bytes:
    """The page as PDF. `groups` are plain texts in `language`; keys that do the same stand two
    spaces apart."""
    with closing(sqlite3.connect(":memory:")) as nothing:  # no project is needed for this one
        context = Context(Reader(nothing), _NO_DAY, Level.COMMITTEE, Translator(language))
        count = sum(len(rows) for _, rows in groups)
        bound = [(context.own(title), _bound(rows, context)) for title, rows in groups]
        sentence = context.tr("Everything by the keyboard: {n} gestures, by place", n=count)
        columns = KeyColumns(bound, BOTTOM - content_top(sentence))
        page = Page(context.tr("Keys"), sentence, (columns,))
        frame = Frame(
            title="CRM Pilot – " + context.tr("Keys"),
            author="CRM Pilot",
            project="CRM Pilot",
            subject=context.tr("List of keys"),
            reference="",
            short="CRM Pilot",
            issued=context.tr("version {version}", version=__version__),
            mark="",
        )
        return render(frame, [page], context)


def _bound(rows: Sequence[tuple[str, str]], context: Context) -> list[tuple[str, str]]:
    return [(keys, context.own(text)) for keys, text in rows]


def write(groups: Sequence[Group], out: Path, *, language: str) -> None:
    """Write the page to a file, replaced at once. Raises `UserError` when it cannot be written."""
    put(make(groups, language=language), out)
