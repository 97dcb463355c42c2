"""The key to the drawing, on the line of the section: a small mark and a word for each form."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import StrEnum

from crm_pilot.records import dataclass
from crm_pilot.reports.context import Wording
from crm_pilot.reports.gantt_pages_lines import Line
from crm_pilot.reports.gantt_pages_options import ColourBy, Options
from crm_pilot.reports.gantt_pages_source import Source
from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.styles import MARGIN, NOTE
from crm_pilot.reports.typography import width

MARK, AFTER_MARK, BETWEEN = 13.0, 4.0, 13.0
LINE = 12.0
RING = 1.5


class Sign(StrEnum):
    """What a mark of the legend shows."""

    DONE = "done"
    TO_DO = "to do"
    CRITICAL = "critical"
    BASELINE = "baseline"
    MILESTONE = "milestone"
    LATE = "late"
    CONTINUED = "continued"
    LINKED = "linked"
    FREE = "free"


@dataclass(frozen=True)
class Entry:
    """One mark with its word."""

    sign: Sign
    text: str

    @property
    def wide(self) -> float:
        """Its width, with the space after it."""
        return MARK + AFTER_MARK + width(self.text, NOTE) + BETWEEN


def entries(
    lines: Sequence[Line],
    source: Source,
    options: Options,
    words: Wording,
    *,
    several: bool = True,
    free: bool = True,
) -> list[Entry]:
    """What needs saying for these lines; `several` pages, and `free` days that are drawn."""
    dark = options.colour_by is ColourBy.CRITICAL
    critical = words.tr("critical path, in dark") if dark else words.tr("critical path")
    baseline = words.tr("baseline: {name}", name=words.own(source.baseline_name))
    based = options.baseline and any(line.base_start is not None for line in lines)
    cut = several or options.first is not None or options.last is not None
    found = (
        (Sign.DONE, words.tr("done"), True),
        (Sign.TO_DO, words.tr("to do"), True),
        (Sign.CRITICAL, critical, any(line.critical for line in lines)),
        (Sign.BASELINE, baseline, based),
        (Sign.LATE, words.tr("late"), any(line.late for line in lines)),
        (Sign.CONTINUED, words.tr("goes on over the edge"), cut),
        (Sign.LINKED, words.tr("link to another page"), several and options.links),
        (Sign.FREE, words.tr("not worked"), free),
    )
    return [Entry(sign, text) for sign, text, needed in found if needed]


def broken(items: list[Entry], room: float) -> list[list[Entry]]:
    """Entries in lines of at most `room` points."""
    lines: list[list[Entry]] = [[]]
    at = 0.0
    for item in items:
        if lines[-1] and at + item.wide - BETWEEN > room:
            lines.append([])
            at = 0.0
        lines[-1].append(item)
        at += item.wide
    return lines


def legend_rows(lines: Sequence[Line], source: Source, options: Options, words: Wording) -> int:
    """How many lines the legend takes at most."""
    return len(broken(entries(lines, source, options, words), options.size[0] - 2 * MARGIN))


def draw_legend(sheet: Sheet, x: float, y: float, items: list[Entry], room: float) -> None:
    """Marks and words from the baseline `y` downwards."""
    for line in broken(items, room):
        at = x
        for item in line:
            _draw_mark(sheet, item.sign, at, y - 2.9)
            sheet.text(at + MARK + AFTER_MARK, y, item.text, NOTE, ink="muted")
            at += item.wide
        y += LINE


def _draw_mark(sheet: Sheet, sign: Sign, x: float, middle: float) -> None:
    if sign is Sign.DONE:
        sheet.box(x, middle - 2.7, MARK, 5.4, fill="muted")
    elif sign is Sign.TO_DO:
        sheet.box(x, middle - 2.7, MARK, 5.4, fill="surface", ink="muted", weight=0.8)
    elif sign is Sign.CRITICAL:
        sheet.box(x, middle - 3, MARK, 6, fill="surface", ink="text", weight=1.5)
    elif sign is Sign.BASELINE:
        sheet.line((x, middle), (x + MARK, middle), ink="muted", weight=1.4)
    elif sign is Sign.LATE:
        late_mark(sheet, x + MARK - 4, middle)
    elif sign is Sign.CONTINUED:
        sheet.box(x, middle - 2.2, MARK - 5, 4.4, fill="muted")
        arrow(sheet, x + MARK - 4.4, middle, 1)
    elif sign is Sign.LINKED:
        sheet.line((x + 2, middle), (x + MARK - 3, middle), ink="muted", weight=0.7)
        ring(sheet, x + MARK - 2, middle)
    elif sign is Sign.FREE:
        sheet.box(x, middle - 3.4, MARK, 6.8, fill="raised")
        sheet.hatch(x, middle - 3.4, MARK, 6.8, "muted 55%", 3.2)


def arrow(sheet: Sheet, x: float, middle: float, way: int, *, high: float = 3.2) -> None:
    """A head from `x` on to the right (1) or left (−1): the bar goes on there."""
    sheet.shape((x, middle - high), (x + 4.4 * way, middle), (x, middle + high), fill="text")


def late_mark(sheet: Sheet, x: float, middle: float) -> None:
    """A small triangle standing on its tip."""
    sheet.shape((x - 3, middle - 2.4), (x + 3, middle - 2.4), (x, middle + 2.8), fill="alert")


def ring(sheet: Sheet, x: float, y: float) -> None:
    """The end of a link that goes on on another page."""
    turns = [math.pi * step / 6 for step in range(12)]
    points = tuple((x + RING * math.cos(turn), y + RING * math.sin(turn)) for turn in turns)
    sheet.shape(*points, fill="surface", ink="muted", weight=0.6)
