"""The links of the plan: which of them can be seen, how they are drawn, what circle they close."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPolygonF

from crm_pilot.planning.engine.activity import Timing
from crm_pilot.planning.engine.worktime import Calendar
from crm_pilot.planning.rows import LinkRow, TaskRow
from crm_pilot.planning.terms import LagUnit, LinkKind, TaskKind
from ui.screens.planning.gantt_data import Span, begin_of, end_of
from ui.screens.planning.gantt_inks import inks
from ui.screens.planning.gantt_route import End, Route, Taken, route

SPANS = (32, 128, 512, 2048)  # rows of the blocks that long links are found by
MOST_PASSING = 160  # links drawn that begin and end out of sight: more are only noise
BEYOND = 24.0  # pixels round the window within which lines are drawn
QUIET = 0.4  # of the ink of a link that only passes
LOOKS: dict[str, tuple[str, float, tuple[float, ...]]] = {  # colour, width, dashes
    "passing": ("muted", 1.0, ()),  # begins and ends out of sight
    "plain": ("muted", 1.2, ()),
    "broken": ("alert", 1.0, (4, 3)),  # a wider pen takes forty times as long to dash
    "critical": ("text", 2.0, ()),
    "ghost": ("accent", 1.6, ()),  # of a link that is being drawn
    "refused": ("alert", 1.0, (4, 3)),
}
Antialiasing = QPainter.RenderHint.Antialiasing
Links = Sequence[LinkRow] | Sequence[tuple[int, int]]


def as_rows(links: Links) -> tuple[LinkRow, ...]:
    """Links as rows; a pair of ids is a finish-to-start link."""
    return tuple(
        link if isinstance(link, LinkRow) else LinkRow(0, link[0], link[1], False) for link in links
    )


class LinkIndex:
    """Finds the links of some rows among many thousands. `first` and `last` rows by place."""

    def __init__(self, links: Iterable[LinkRow], places: Mapping[int, int]) -> None:
        self.links: list[tuple[LinkRow, int, int]] = []
        self._ends: dict[int, list[int]] = {}
        self._long: dict[tuple[int, int], list[int]] = {}
        for link in links:
            before, after = places.get(link.predecessor_id), places.get(link.successor_id)
            if before is None or after is None:
                continue
            number = len(self.links)
            self.links.append((link, before, after))
            self._ends.setdefault(before, []).append(number)
            self._ends.setdefault(after, []).append(number)
            if abs(after - before) > 1:
                self._keep_long(number, min(before, after), max(before, after))

    def _keep_long(self, number: int, low: int, high: int) -> None:
        """Keep a link in the blocks it touches, blocks as large as the link is long."""
        block = next((span for span in SPANS if high - low < span), SPANS[-1] * 64)
        for place in range(low // block, high // block + 1):
            self._long.setdefault((block, place), []).append(number)

    def of(self, place: int) -> list[int]:
        """Numbers of the links that begin or end at a row."""
        return self._ends.get(place, [])

    def leaves(self, place: int) -> bool:
        """Whether a link leaves or meets the right end of a row."""
        for number in self._ends.get(place, ()):
            link, before, after = self.links[number]
            if before == place and link.kind in (LinkKind.FS, LinkKind.FF):
                return True
            if after == place and link.kind in (LinkKind.FF, LinkKind.SF):
                return True
        return False

    def seen(self, rows: range) -> Iterator[tuple[LinkRow, int, int]]:
        """Links that touch one of `rows`, and some of those that pass them."""
        found = {number for place in rows for number in self._ends.get(place, ())}
        passing = 0
        for number in self._passing(rows):
            if number in found:
                continue
            _, before, after = self.links[number]
            if min(before, after) < rows.start and max(before, after) >= rows.stop:
                found.add(number)
                passing += 1
                if passing >= MOST_PASSING:
                    break
        for number in sorted(found):
            yield self.links[number]

    def _passing(self, rows: range) -> Iterator[int]:
        for block in (*SPANS, SPANS[-1] * 64):
            for place in range(rows.start // block, rows.stop // block + 1):
                yield from self._long.get((block, place), ())


class LinkPainter:
    """Gathers the links of one paint by their look and draws those of one look after another."""

    def __init__(self, painter: QPainter, width: float, height: float, taken: Taken) -> None:
        self.painter, self.taken = painter, taken
        self._high_x, self._high_y = width + BEYOND, height + BEYOND
        self._width = width
        self._routes: dict[str, list[Route]] = {}

    def add(self, kind: LinkKind, before: End, after: End, look: str) -> None:
        """Take a link; `look` is one of `LOOKS`."""
        if self.sees(before, after):
            self._routes.setdefault(look, []).append(route(kind, before, after, self.taken))

    def sees(self, before: End, after: End) -> bool:
        """Whether a link between two ends comes into the window."""
        left, right = min(before.left, after.left), max(before.right, after.right)
        return right >= -20 and left <= self._width + 20

    def holds(self, end: End) -> bool:
        """Whether an end is in the window, from left to right."""
        return end.right >= 0 and end.left <= self._width

    def draw(self) -> None:
        """Draw all that was taken, the critical ones last. One line at a time: many in one path
        cost far more than each on its own."""
        painter, colours = self.painter, inks()
        sharp = painter.device().devicePixelRatioF() <= 1
        for look, (token, width, dash) in LOOKS.items():
            routes = self._routes.get(look)
            if not routes:
                continue
            thick = max(width, colours.look.line_width)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            part = QUIET if look == "passing" else 1.0
            painter.setPen(colours.pen(token, width, part, dash))
            painter.setRenderHint(Antialiasing, not sharp)  # on whole pixels it is all the same
            middle = 0.0 if sharp and round(thick) % 2 == 0 else 0.5
            for found in routes:
                corners = [self._near(x, y, middle) for x, y in found.points]
                painter.drawPolyline(QPolygonF(corners))
            painter.setRenderHint(Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colours.brush(token))
            for found in routes:
                if -BEYOND < found.tip[0] < self._high_x and -BEYOND < found.tip[1] < self._high_y:
                    corners = [QPointF(x + middle, y) for x, y in found.sharp_head()]
                    painter.drawPolygon(QPolygonF(corners))

    def _near(self, x: float, y: float, middle: float) -> QPointF:
        """A corner on a pixel, and no farther from the window than `BEYOND`: a line that turns at
        right angles looks the same in it."""
        x, y = min(max(x, -BEYOND), self._high_x), min(max(y, -BEYOND), self._high_y)
        return QPointF(int(x) + middle, int(y) + middle)


# what a link says ------------------------------------------------------------------------------


def contradicted(
    link: LinkRow, before: tuple[TaskRow, Span], after: tuple[TaskRow, Span], calendar: Calendar
) -> bool:
    """Whether two lines do not keep their link where they are drawn. Milestones count by the day:
    one may fall on the last day of what it waits for."""
    (row, span), (other, held) = before, after
    if link.lag < 0:
        return False
    by_day = TaskKind.MILESTONE in (row.kind, other.kind)
    if link.kind in (LinkKind.FS, LinkKind.FF):
        limit = span.finish.toordinal() if by_day else end_of(span, calendar)
    else:
        limit = span.start.toordinal() if by_day else begin_of(span, calendar)
    if link.kind in (LinkKind.FS, LinkKind.SS):
        found = held.start.toordinal() if by_day else begin_of(held, calendar)
    else:
        found = held.finish.toordinal() if by_day else end_of(held, calendar)
    return found < limit


def bound(link: LinkRow, before: tuple[int, int], length: int, calendar: Calendar) -> int:
    """The moment before which a line of `length` working minutes cannot start, as a link tells.
    `before` are the begin and end of what it waits for."""
    begin, end = before
    moment = end if link.kind in (LinkKind.FS, LinkKind.FF) else begin
    lag = link.lag
    if link.lag_unit in (LagUnit.PERCENT, LagUnit.ELAPSED_PERCENT):
        working = link.lag_unit is LagUnit.PERCENT
        whole = calendar.between(begin, end) if working else end - begin
        lag = round(whole * link.lag / 100)
    if link.lag_unit in (LagUnit.ELAPSED, LagUnit.ELAPSED_PERCENT):
        moment += lag
    elif lag:
        moment = calendar.add(moment, lag)
    if link.kind in (LinkKind.FF, LinkKind.SF):
        return calendar.subtract(moment, length) if length else moment
    return calendar.next_work(moment) if length else moment


def drives(link: LinkRow, before: Timing, after: Timing, calendar: Calendar) -> bool:
    """Whether a link is part of the critical path: both its ends are, and nothing lies between."""
    if not (before.critical and after.critical):
        return False
    length = max(0, calendar.between(after.start, after.finish))
    limit = bound(link, (before.start, before.finish), length, calendar)
    return calendar.between(limit, after.start) <= 0


class Circles:
    """Finds out what a new link would close: links, and phases that span their lines."""

    def __init__(self, links: Iterable[LinkRow], parents: Mapping[int, int | None]) -> None:
        self._after: dict[int, list[int]] = {}
        for link in links:
            self._after.setdefault(link.predecessor_id, []).append(link.successor_id)
        self._parents = parents
        self._children: dict[int, list[int]] = {}
        for key, parent in parents.items():
            if parent is not None:
                self._children.setdefault(parent, []).append(key)

    def closes(self, before: int, after: int) -> bool:
        """Whether `before` waits for `after`, so that `after` cannot wait for `before`."""
        return before == after or (before, False) in self._reached(after)

    def _reached(self, start: int) -> set[tuple[int, bool]]:
        """What the begin of a line holds back: (key, True) a begin, (key, False) an end."""
        found: set[tuple[int, bool]] = set()
        left = [(start, True)]
        while left:
            key, begins = node = left.pop()
            if node in found:
                continue
            found.add(node)
            if begins:
                left.append((key, False))
                left += [(child, True) for child in self._children.get(key, ())]
            else:
                left += [(after, True) for after in self._after.get(key, ())]
                parent = self._parents.get(key)
                if parent is not None:
                    left.append((parent, False))
        return found
