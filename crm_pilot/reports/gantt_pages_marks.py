"""Bars, milestones and links as they fall on each page: cut at its edges, and marked there.

Every dated line is on exactly one page, or its pieces lie edge to edge on several, each but the
outer ends marked as going on. A milestone is never cut.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator

from crm_pilot.planning.rows import LinkRow
from crm_pilot.planning.terms import LinkKind
from crm_pilot.records import dataclass
from crm_pilot.reports.gantt_pages_layout import Layout, Page, Placed
from crm_pilot.reports.gantt_pages_lines import Form
from crm_pilot.reports.gantt_pages_source import Source

LEAST_BAR = 1.6


@dataclass(frozen=True)
class Bar:
    """A piece of a bar on a page; `done` is where the solid part ends."""

    placed: Placed
    left: float
    right: float
    done: float
    cut_left: bool
    cut_right: bool


@dataclass(frozen=True)
class Point:
    """A milestone on a page."""

    placed: Placed
    x: float


@dataclass(frozen=True)
class End:
    """One end of a link: which line, its start or its finish, and where that is."""

    placed: Placed
    finish: bool
    x: float
    band: int
    column: int


@dataclass(frozen=True)
class Link:
    """A link, or the one end of it that is on the page; the other is None then, and `down` says
    on which side it lies."""

    before: End | None
    after: End | None
    critical: bool
    broken: bool
    down: bool
    beside: bool = False  # the other end is on the same lines, further left or right


class Marks:
    """What falls on each page of a layout."""

    def __init__(self, layout: Layout, source: Source) -> None:
        self.layout = layout
        self._starts = [first for first, _ in layout.columns]
        self._afters = [after for _, after in layout.columns]
        self._places = {
            placed.line.key: (band.number, placed) for band in layout.bands for placed in band.lines
        }
        self._links: dict[tuple[int, int], list[Link]] = {}
        if layout.options.links:
            for row in source.links:
                self._take(row)

    # bars ------------------------------------------------------------------------------------

    def bars(self, page: Page) -> Iterator[Bar]:
        """Bars of tasks and phases, from the top down."""
        for placed in self.layout.bands[page.band].lines:
            line = placed.line
            if line.form is Form.MILESTONE or line.start is None or line.finish is None:
                continue
            found = self._piece(placed, line.start, line.finish, page.column, line.percent)
            if found is not None:
                yield found

    def baselines(self, page: Page) -> Iterator[Bar]:
        """The reference plan under the bars."""
        if not self.layout.options.baseline:
            return
        for placed in self.layout.bands[page.band].lines:
            line = placed.line
            if line.form is Form.MILESTONE or line.base_start is None or line.base_finish is None:
                continue
            found = self._piece(placed, line.base_start, line.base_finish, page.column, 0)
            if found is not None:
                yield found

    def _piece(
        self, placed: Placed, start: float, finish: float, column: int, percent: int
    ) -> Bar | None:
        layout = self.layout
        first, after = layout.columns[column]
        if start >= after or finish <= first:
            return None
        done = start + (finish - start) * percent / 100
        left, right = layout.at(max(start, first), column), layout.at(min(finish, after), column)
        solid = layout.at(min(max(done, first), after), column)
        if finish <= after:  # what is very short is drawn a little longer
            longer = max(right, left + LEAST_BAR)
            solid = longer if solid >= right else solid
            right = longer
        return Bar(placed, left, right, solid, start < first, finish > after)

    def points(self, page: Page) -> Iterator[Point]:
        """Milestones."""
        for placed in self.layout.bands[page.band].lines:
            line = placed.line
            if (
                line.form is Form.MILESTONE
                and line.finish is not None
                and self.layout.shows(line.finish, page.column)
            ):
                yield Point(placed, self.layout.at(line.finish, page.column))

    def base_points(self, page: Page) -> Iterator[Point]:
        """Where the reference plan had the milestones that moved."""
        if not self.layout.options.baseline:
            return
        for placed in self.layout.bands[page.band].lines:
            line = placed.line
            if line.form is not Form.MILESTONE or line.base_finish is None or not line.slip:
                continue
            if self.layout.shows(line.base_finish, page.column):
                yield Point(placed, self.layout.at(line.base_finish, page.column))

    # links -----------------------------------------------------------------------------------

    def links(self, page: Page) -> list[Link]:
        """Links with an end on the page."""
        return self._links.get((page.band, page.column), [])

    def _take(self, row: LinkRow) -> None:
        before = self._end(row.predecessor_id, finish=row.kind in (LinkKind.FS, LinkKind.FF))
        after = self._end(row.successor_id, finish=row.kind in (LinkKind.FF, LinkKind.SF))
        if before is None or after is None:
            return
        critical = before.placed.line.critical and after.placed.line.critical
        down = (after.band, after.placed.y) >= (before.band, before.placed.y)
        here, there = (before.band, before.column), (after.band, after.column)
        beside = before.band == after.band
        if here == there:
            whole = Link(before, after, critical, row.broken, down)
            self._links.setdefault(here, []).append(whole)
            return
        out = Link(before, None, critical, row.broken, down, beside)
        into = Link(None, after, critical, row.broken, not down, beside)
        self._links.setdefault(here, []).append(out)
        self._links.setdefault(there, []).append(into)

    def _end(self, key: int, *, finish: bool) -> End | None:
        found = self._places.get(key)
        if found is None:
            return None
        band, placed = found
        line = placed.line
        moment = line.finish if finish else line.start
        if moment is None:
            return None
        if finish and line.form is not Form.MILESTONE:  # an end on an edge belongs to its bar
            column = bisect_left(self._afters, moment)
        else:
            column = bisect_right(self._starts, moment) - 1
        if not 0 <= column < len(self._starts):
            return None
        if not self._starts[column] <= moment <= self._afters[column]:
            return None
        return End(placed, finish, self.layout.at(moment, column), band, column)
