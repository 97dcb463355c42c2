"""What the Gantt shows, from lines to bars: one paint is one pass over the visible rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from crm_pilot.planning import rules
from crm_pilot.planning.engine.activity import Timing
from crm_pilot.planning.engine.worktime import of_datetime
from crm_pilot.planning.rows import LinkRow, TaskRow
from crm_pilot.planning.terms import TaskKind
from ui.screens.planning.drawing import (
    LINKED_GAP,
    PARCEL,
    POINT_GAP,
    TEXT_GAP,
    Bar,
    BarPainter,
    Text,
    is_milestone,
    progress_x,
    texts_of,
    width_of,
)
from ui.screens.planning.gantt_colours import Colouring
from ui.screens.planning.gantt_data import GanttOptions, Span, WorkHours
from ui.screens.planning.gantt_ground import GroundPainter, Knot, tag_of
from ui.screens.planning.gantt_header import HEADER, HeaderPainter
from ui.screens.planning.gantt_inks import inks
from ui.screens.planning.gantt_links import (
    LinkIndex,
    LinkPainter,
    Links,
    as_rows,
    contradicted,
    drives,
)
from ui.screens.planning.gantt_places import DIAMOND, Extent, Places, span_of
from ui.screens.planning.gantt_route import End, Taken
from ui.screens.planning.gestures import BarDrag, Gesture, LinkDrag, ProgressDrag, stretchable
from ui.screens.planning.lines import Line
from ui.screens.planning.timescale import TimeScale
from ui.widgets.grid import ROW_HEIGHT

FEW_LINKS = 1.0  # pixels a day under which a link is longer than what it links
BOTTOM = 20  # pixels of a row in which a bar, its text and its reference stand


class Scene:
    """Lines, links and what is known of them; draws any window of rows and time."""

    def __init__(self, scale: TimeScale, today: dt.date) -> None:
        self.scale, self.today = scale, today
        self.hours = WorkHours()
        self.places = Places(scale, self.hours)
        self.options = GanttOptions()
        self.colouring = Colouring()
        self.timings: Mapping[int, Timing] = {}
        self.lines: Sequence[Line] = ()
        self.rows: dict[int, int] = {}  # key → place
        self.all_links: tuple[LinkRow, ...] = ()
        self.index = LinkIndex((), {})
        self.selected: frozenset[int] = frozenset()
        self.hovered: int | None = None
        self.frozen = False
        self.gesture: Gesture | None = None

    # what is shown ---------------------------------------------------------------------------

    def show(self, lines: Sequence[Line], links: Links, today: dt.date) -> None:
        """Other lines or links."""
        self.lines, self.today = lines, today
        self.rows = {line.key: place for place, line in enumerate(lines)}
        self.all_links = as_rows(links)
        self.index = LinkIndex(self.all_links, self.rows)
        self.colouring.take(lines)

    def take_hours(self, hours: WorkHours) -> None:
        """Other hours of work."""
        self.hours = hours
        self.places = Places(self.scale, hours)

    def take_timings(self, timings: Mapping[int, Timing]) -> None:
        """What the engine found."""
        self.timings = self.colouring.timings = timings

    def take_options(self, options: GanttOptions) -> None:
        """What the person wants to see."""
        self.options = options
        if options.colour_by is not self.colouring.by:
            self.colouring.by = options.colour_by
            self.colouring.take(self.lines)

    def span(self, line: Line) -> Span | None:
        """Where a line is drawn now, also in the middle of a drag."""
        if isinstance(self.gesture, BarDrag):
            moved = self.gesture.spans.get(line.key)
            if moved is not None:
                return moved
        return span_of(line)

    def bar(self, place: int, top: float) -> Bar | None:
        """A line as it is to be drawn; `top` is that of row 0. None without dates."""
        line = self.lines[place]
        span = self.span(line)
        if span is None:
            return None
        row = line.row
        extent = self.places.extent(row, span)
        y = top + place * ROW_HEIGHT
        if row is None:
            return Bar(line, y, span, extent)
        timing = self.timings.get(line.key) if self._wants_timings else None
        critical = near = False
        slack_to = None
        if timing is not None and not line.holds and row.active and not row.done:
            if self.options.critical:
                critical, near = timing.critical, timing.near and not timing.critical
            if self.options.slack and timing.total_slack > 0:
                slack_to = self.places.of_moment(self.hours.of(row), timing.late_finish)
        token, pattern = self.colouring.look(line)
        texts = texts_of(line, span, self.today, self.options.labels, self.options.baseline)
        text_x = self._text_x(place, row, extent, texts, slack_to)
        return Bar(
            line,
            y,
            span,
            extent,
            token,
            pattern,
            critical,
            near,
            line.key in self.selected,
            line.key == self.hovered,
            self._percent(line),
            slack_to,
            tuple(texts),
            text_x,
        )

    def _text_x(
        self,
        place: int,
        row: TaskRow,
        extent: Extent,
        texts: Sequence[Text],
        slack_to: float | None,
    ) -> float:
        """Where the texts of a line begin: clear of its links, its deadline and a short slack."""
        if not texts:
            return extent.right
        if row.kind is TaskKind.MILESTONE:
            return extent.right + POINT_GAP
        at = extent.right + (LINKED_GAP if self.index.leaves(place) else TEXT_GAP)
        wide = width_of(texts)
        if slack_to is not None and slack_to < at + wide + TEXT_GAP:
            at = max(at, slack_to + TEXT_GAP)
        if row.deadline_at is not None:
            deadline = self.places.of_moment(self.hours.of(row), of_datetime(row.deadline_at))
            if extent.right - TEXT_GAP < deadline < at + wide + TEXT_GAP:
                at = max(at, deadline + TEXT_GAP)
        return at

    @property
    def _wants_timings(self) -> bool:
        return self.options.critical or self.options.slack

    def _percent(self, line: Line) -> int:
        gesture = self.gesture
        if isinstance(gesture, ProgressDrag) and gesture.row.id == line.key:
            return max(0, gesture.percent)
        return line.percent

    # painting --------------------------------------------------------------------------------

    def paint(self, painter: QPainter, width: float, height: float, scrolled: int) -> None:
        """Draw the window of `width` × `height` pixels, `scrolled` pixels down."""
        first = max(0, scrolled // ROW_HEIGHT)
        last = int(scrolled + height - HEADER) // ROW_HEIGHT
        rows = range(first, min(len(self.lines), last + 1))
        top = HEADER - scrolled
        ground = min(height, max(HEADER, top + len(self.lines) * ROW_HEIGHT))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(QRectF(0, 0, width, height), inks().colour("surface"))
        bars = {place: bar for place in rows if (bar := self.bar(place, top)) is not None}
        painter.save()
        painter.setClipRect(QRectF(0, HEADER, width, height - HEADER))
        behind = GroundPainter(painter, self.places, width, HEADER, ground)
        behind.calendar()
        behind.lines()
        for place in rows:
            line = self.lines[place]
            behind.row(line, top + place * ROW_HEIGHT, selected=line.key in self.selected)
        behind.words(
            [(bar.extent.left, bar.end, bar.y + 3, bar.y + BOTTOM) for bar in bars.values()]
        )
        if self.options.links:
            self._links(painter, (width, height), rows, bars, top)
        drawn = BarPainter(painter, self.places, width)
        for place in rows:
            self._line(drawn, place, bars.get(place), top)
        self._handles(drawn, bars)
        painter.restore()
        tag = tag_of(self.places, self.today, width)
        HeaderPainter(painter, self.scale, width, tag).draw()
        painter.fillRect(QRectF(0, 0, inks().look.line_width, height), inks().colour("line"))
        front = GroundPainter(painter, self.places, width, HEADER, height)
        front.today(self.today, self._points(bars) if self.options.progress_line else ())

    def _line(self, drawn: BarPainter, place: int, bar: Bar | None, top: float) -> None:
        if bar is not None:
            drawn.draw(bar, baseline=self.options.baseline)
            return
        row = self.lines[place].row
        if row is not None and self.options.baseline and row.kind is not TaskKind.MILESTONE:
            drawn.reference(row, top + place * ROW_HEIGHT)

    def _handles(self, drawn: BarPainter, bars: Mapping[int, Bar]) -> None:
        """What can be taken of the bar under the pointer, and of the one that is taken."""
        if self.frozen:
            return
        for bar in bars.values():
            row = bar.line.row
            if row is None or not (bar.hovered or self._alone(bar)):
                continue
            drawn.handles(bar, stretches=stretchable(row, bar.line.holds), dots=bar.hovered)

    def _alone(self, bar: Bar) -> bool:
        return bar.selected and len(self.selected) == 1

    def _points(self, bars: Mapping[int, Bar]) -> list[Knot]:
        """Where the progress line passes each row: at the progress of what is behind or ahead."""
        return [(bar.y, bar.y + ROW_HEIGHT / 2 - 2, self._progress(bar)) for bar in bars.values()]

    def _progress(self, bar: Bar) -> float | None:
        """Pixel of the progress of a line that is behind or ahead; None for one on time."""
        row = bar.line.row
        if row is None or bar.line.holds or not row.active:
            return None
        if bar.percent >= 100:
            ahead = bar.span.finish > self.today
            return bar.extent.right if ahead and not bar.milestone else None
        if bar.span.start > self.today and not bar.percent:
            return None
        if bar.milestone:
            centre = (bar.extent.left + bar.extent.right) / 2
            return centre if rules.late(row, self.today) else None
        return progress_x(bar)

    # links -----------------------------------------------------------------------------------

    def _links(
        self,
        painter: QPainter,
        size: tuple[float, float],
        rows: range,
        bars: Mapping[int, Bar],
        top: float,
    ) -> None:
        boxes = {place: (bar.extent.left, bar.end) for place, bar in bars.items()}
        drawn = LinkPainter(painter, *size, Taken(boxes, top))
        far = self.scale.px < FEW_LINKS
        for link, before, after in self.index.seen(rows):
            one = self._end(before, bars.get(before), top)
            other = self._end(after, bars.get(after), top)
            if one is not None and other is not None and drawn.sees(one, other):
                ends = (before, one), (after, other)
                near = any(place in rows and drawn.holds(end) for place, end in ends)
                look = self._look(link, before, after) if near else "passing"
                if look == "critical" or not far:
                    drawn.add(link.kind, one, other, look)
        gesture = self.gesture
        if isinstance(gesture, LinkDrag) and gesture.target is not None:
            places = [self.rows.get(row.id) for row in (gesture.row, gesture.target)]
            aimed = [self._end(at, bars.get(at), top) for at in places if at is not None]
            if len(aimed) == 2 and aimed[0] is not None and aimed[1] is not None:
                look = "refused" if gesture.refusal else "ghost"
                drawn.add(gesture.kind, aimed[0], aimed[1], look)
        drawn.draw()

    def _end(self, place: int, bar: Bar | None, top: float) -> End | None:
        """A line as a link sees it, whether it is in sight or not."""
        line = self.lines[place]
        if bar is not None:
            (left, right), texts = bar.extent, bool(bar.texts)
        else:
            span = self.span(line)
            if span is None:
                return None
            (left, right), texts = self.places.extent(line.row, span), False
        milestone = is_milestone(line)
        if milestone and line.row is not None and line.row.deliverable:
            left, right = left + DIAMOND - PARCEL, right - DIAMOND + PARCEL
        y = top + place * ROW_HEIGHT
        return End(left, right, y, milestone, texts and not milestone)

    def _look(self, link: LinkRow, before: int, after: int) -> str:
        """Whether a link is critical, broken, or neither."""
        line, waiting = self.lines[before], self.lines[after]
        row, other = line.row, waiting.row
        span, later = self.span(line), self.span(waiting)
        if row is None or other is None or span is None or later is None:
            return "plain"
        calendar = self.hours.of(other)
        if contradicted(link, (row, span), (other, later), calendar):
            return "broken"
        if self.options.critical and not row.done:
            found = self.timings.get(row.id), self.timings.get(other.id)
            if found[0] is None or found[1] is None:
                return "plain"
            if drives(link, found[0], found[1], calendar):
                return "critical"
        return "plain"

    def parents(self) -> dict[int, int | None]:
        """Each row that is known to its parent."""
        return {line.key: line.row.parent_id for line in self.lines if line.row is not None}

    def row(self, key: int) -> TaskRow | None:
        """The row of a line that is shown."""
        place = self.rows.get(key)
        return None if place is None else self.lines[place].row
