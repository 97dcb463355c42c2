"""How links run on a page: at right angles, ending in a small head; quiet where they leave it."""

from __future__ import annotations

from crm_pilot.reports.gantt_pages_legend import ring
from crm_pilot.reports.gantt_pages_lines import Form
from crm_pilot.reports.gantt_pages_marks import End, Link
from crm_pilot.reports.sheets import Point, Sheet

OUT = 3.4  # how far a link leaves its bar before it turns
HEAD_WIDE, HEAD_LONG = 2.1, 3.8
STUB = 7.0
BROKEN = (1.6, 1.4)


def draw_links(sheet: Sheet, links: list[Link], half: float, radius: float) -> None:
    """All links of a page; `half` is half the height of a bar, `radius` that of a milestone."""
    stubs: set[tuple[float, float, bool, bool]] = set()
    for link in sorted(links, key=lambda link: link.critical):  # the critical ones on top
        if link.before is not None and link.after is not None:
            _whole(sheet, link, link.before, link.after, half, radius)
            continue
        end = link.before or link.after
        assert end is not None
        known = (end.x, end.placed.y, link.down, link.before is not None)
        if known not in stubs:  # several links that leave alike are one mark
            stubs.add(known)
            _stub(sheet, link, end, half, radius)


def _style(link: Link) -> tuple[str, float]:
    return ("text", 1.1) if link.critical else ("muted", 0.6)


def _whole(sheet: Sheet, link: Link, before: End, after: End, half: float, radius: float) -> None:
    if after.finish == before.finish:
        points = _beside(before, after, half, radius)
    else:
        points = _over(before, after, half, radius, link.down)
    ink, weight = _style(link)
    sheet.line(*points, ink=ink, weight=weight, dash=BROKEN if link.broken else None)
    _head(sheet, points[-2], points[-1], ink)


def _over(before: End, after: End, half: float, radius: float, down: bool) -> list[Point]:
    """From a finish to a start (or back): the head comes down, or up, onto the bar."""
    way = 1 if down else -1
    side = 1 if before.finish else -1
    x, tip_y = _landing(after, half, radius, way, side)
    edge = after.placed.y if down else after.placed.y + after.placed.high
    start_y = before.placed.middle
    if before.placed.line.form is Form.MILESTONE:  # its label stands beside it
        start = (before.x, start_y + way * radius)
        if abs(before.x - x) < 0.6:
            return [(x, start[1]), (x, tip_y)]
        return [start, (before.x, edge), (x, edge), (x, tip_y)]
    if (x - before.x) * side >= 0:
        return [(before.x, start_y), (x, start_y), (x, tip_y)]
    turn = before.x + OUT * side
    return [(before.x, start_y), (turn, start_y), (turn, edge), (x, edge), (x, tip_y)]


def _landing(after: End, half: float, radius: float, way: int, side: int) -> Point:
    middle = after.placed.middle
    if after.placed.line.form is Form.MILESTONE:
        return after.x, middle - way * radius
    inside = -2.6 if after.finish else 2.6
    return after.x + inside, middle - way * half


def _beside(before: End, after: End, half: float, radius: float) -> list[Point]:
    """Start to start, or finish to finish: round the outside of both."""
    side = 1 if before.finish else -1
    reach = max if before.finish else min
    ends = [_outside(before, radius, side), _outside(after, radius, side)]
    turn = reach(ends) + (OUT + HEAD_LONG) * side
    y1, y2 = before.placed.middle, after.placed.middle
    return [(ends[0], y1), (turn, y1), (turn, y2), (ends[1], y2)]


def _outside(end: End, radius: float, side: int) -> float:
    return end.x + (radius * side if end.placed.line.form is Form.MILESTONE else 0.0)


def _head(sheet: Sheet, before: Point, tip: Point, ink: str) -> None:
    (x0, y0), (x, y) = before, tip
    if abs(x - x0) < 0.01:
        back = -HEAD_LONG if y > y0 else HEAD_LONG
        sheet.shape((x - HEAD_WIDE, y + back), (x + HEAD_WIDE, y + back), (x, y), fill=ink)
    else:
        back = -HEAD_LONG if x > x0 else HEAD_LONG
        sheet.shape((x + back, y - HEAD_WIDE), (x + back, y + HEAD_WIDE), (x, y), fill=ink)


def _stub(sheet: Sheet, link: Link, end: End, half: float, radius: float) -> None:
    """The end of a link whose other end is on another page: a short line with a ring."""
    way = 1 if link.down else -1
    ink, weight = _style(link)
    middle = end.placed.middle
    side = 1 if end.finish else -1
    milestone = end.placed.line.form is Form.MILESTONE
    if link.before is not None:  # leaves towards its successor
        edge = middle + way * end.placed.high / 2
        if milestone:
            points = [(end.x, middle + way * radius), (end.x, edge + way)]
        else:
            turn = end.x + OUT * side
            points = [(end.x, middle), (turn, middle), (turn, edge)]
        sheet.line(*points, ink=ink, weight=weight)
        ring(sheet, *points[-1])
        return
    x, tip = _landing(end, half, radius, -way, side)
    far = tip + way * STUB
    sheet.line((x, far), (x, tip), ink=ink, weight=weight)
    _head(sheet, (x, far), (x, tip), ink)
    ring(sheet, x, far)
