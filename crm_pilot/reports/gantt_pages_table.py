"""The columns beside the bars: titles, dates, owners; wide enough for most, never for all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from crm_pilot import formats
from crm_pilot.records import dataclass
from crm_pilot.reports.context import Wording
from crm_pilot.reports.gantt_pages_lines import Line
from crm_pilot.reports.gantt_pages_options import Options
from crm_pilot.reports.styles import MARGIN, NOTE
from crm_pilot.reports.typography import width

INDENT = 8.0
MOST_INDENT = 5  # levels; deeper lines stand under each other
GAP = 8.0
LATE = 9.0  # for the mark of a late line at the right of its title
TITLE_SHARES = (0.18, 0.31)  # of the page, least and most
OWNER_SHARE = 0.12
WIDE_PAGE = 700.0  # points; on narrower ones the bar says the start
MOST_FIT = 0.93  # of the titles stand on one line, where the page allows


@dataclass(frozen=True)
class Column:
    """A column after the titles: `right` is its right edge."""

    name: str  # start, finish, owner
    heading: str
    right: float
    wide: float


@dataclass(frozen=True)
class Table:
    """Titles from the margin on, and the columns after them."""

    title_wide: float
    columns: tuple[Column, ...]
    years: bool  # dates are written with their year

    @property
    def right(self) -> float:
        """Right edge of the last column."""
        return self.columns[-1].right if self.columns else MARGIN + self.title_wide

    def title_left(self, line: Line) -> float:
        """Where a title begins."""
        return MARGIN + min(line.depth, MOST_INDENT) * INDENT

    def title_room(self, line: Line) -> float:
        """What a title may take."""
        return MARGIN + self.title_wide - self.title_left(line) - (LATE if line.late else 0.0)


def table_for(lines: Sequence[Line], options: Options, words: Wording, *, years: bool) -> Table:
    """The columns for these lines on this paper."""
    page = options.size[0]
    low, high = (share * page for share in TITLE_SHARES)
    needed = sorted(
        min(line.depth, MOST_INDENT) * INDENT
        + width(line.title, NOTE, line.heads)
        + (LATE if line.late else 0)
        for line in lines
    )
    title = min(max(needed[int((len(needed) - 1) * MOST_FIT)] + 1, low), high)
    columns: list[Column] = []
    right = MARGIN + title
    if options.dates:
        samples = [formats.day(dt.date(2027, m, 28), words.language, year=years) for m in _MONTHS]
        wide = max(width(text, NOTE, tabular=True) for text in samples) + 1
        both = [("start", words.tr("Start")), ("finish", words.tr("Finish"))]
        for name, heading in both if page >= WIDE_PAGE else both[1:]:
            right += GAP + wide
            columns.append(Column(name, heading, right, wide))
    if options.owners:
        names = [width(line.owner, NOTE) for line in lines if line.owner]
        wide = min(max([*names, width(words.tr("Owner"), NOTE)]) + 1, OWNER_SHARE * page)
        right += GAP + wide
        columns.append(Column("owner", words.tr("Owner"), right, wide))
    return Table(title, tuple(columns), years)


_MONTHS = range(1, 13)
