"""Draws one page of the printed Gantt: axis, table, bars, labels.

Done is solid and to do outlined; the critical path has a dark outline; the reference is a grey
line under the bar; what goes on over the edge ends in an arrow head.
"""

from __future__ import annotations

from crm_pilot import formats
from crm_pilot.figures import Level
from crm_pilot.planning.calendars import DayOff
from crm_pilot.records import dataclass
from crm_pilot.reports.context import Wording
from crm_pilot.reports.gantt_pages_axis import Unit, cells
from crm_pilot.reports.gantt_pages_frame import draw_frame
from crm_pilot.reports.gantt_pages_layout import AXIS, CRUMB, PAD, Layout, Page, Placed
from crm_pilot.reports.gantt_pages_legend import arrow, late_mark
from crm_pilot.reports.gantt_pages_lines import Form, Line
from crm_pilot.reports.gantt_pages_links import draw_links
from crm_pilot.reports.gantt_pages_marks import Bar, Marks, Point
from crm_pilot.reports.gantt_pages_options import ColourBy
from crm_pilot.reports.gantt_pages_source import Source
from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.styles import MARGIN, NOTE
from crm_pilot.reports.typography import width

CELL_PAD = 3.0


@dataclass(frozen=True)
class Drawing:
    """All pages of a print, drawn one by one when asked for."""

    layout: Layout
    source: Source
    words: Wording
    level: Level
    marks: Marks

    @property
    def count(self) -> int:
        """How many pages."""
        return len(self.layout.pages)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a page."""
        return self.layout.options.size

    def page(self, number: int) -> Sheet:
        """A page by its number, counted from 1."""
        return self.sheet(self.layout.pages[number - 1])

    def sheet(self, page: Page) -> Sheet:
        """One page."""
        wide, high = self.layout.options.size
        sheet = Sheet(wide, high, page.number)
        draw_frame(sheet, self.layout, page, self.source, self.words, self.level)
        _Chart(self, sheet, page).draw()
        return sheet


class _Chart:
    """Axis, table and bars of one page."""

    def __init__(self, drawing: Drawing, sheet: Sheet, page: Page) -> None:
        self.layout, self.source, self.words = drawing.layout, drawing.source, drawing.words
        self.marks, self.sheet, self.page = drawing.marks, sheet, page
        self.band = self.layout.bands[page.band]
        self.first, self.after = self.layout.columns[page.column]
        self.left = self.layout.chart[0]
        self.right = self.x(self.after)
        self.edge = sheet.wide - MARGIN  # of the page's content
        self.body = self.band.axis_top + AXIS
        last = self.band.lines[-1]
        self.foot = last.y + last.high
        high = self.layout.density.high
        self.half = min(max(high * 0.23, 2.3), 3.7)
        self.radius = min(high * 0.32, 4.8)
        self.base = self.half + 2.1  # from the middle of the bar to the reference line
        today = self.source.today.toordinal()
        self.today = self.x(today + 0.5) if self.first <= today < self.after else None

    def x(self, moment: float) -> float:
        return self.layout.at(moment, self.page.column)

    def draw(self) -> None:
        """From the ground up."""
        self._free_days()
        self._grid()
        self._axis()
        for placed in self.band.lines:
            self._row(placed)
        self._crumb()
        draw_links(self.sheet, self.marks.links(self.page), self.half, self.radius)
        if self.today is not None:
            top = self.band.axis_top + 10
            self.sheet.line((self.today, top), (self.today, self.foot), ink="accent", weight=1.0)
        self._bars()

    # ground ----------------------------------------------------------------------------------

    def _free_days(self) -> None:
        """Weekends tinted, holidays and closures hatched, where a day is wide enough."""
        for free in self.source.free:
            first = max(free.first.toordinal(), self.first)
            after = min(free.last.toordinal() + 1, self.after)
            weekend = free.kind is DayOff.WEEKEND
            left, right = self.x(first), self.x(after)
            if right <= left or not self.layout.shows_free(free):
                continue
            top, high = self.body, self.foot - self.body
            self.sheet.box(
                left, top, right - left, high, fill="raised 62%" if weekend else "raised"
            )
            if not weekend:
                self.sheet.hatch(left, top, right - left, high, "muted 45%", 3.6)

    def _grid(self) -> None:
        sheet = self.sheet
        rows = [
            ((MARGIN, placed.y + placed.high), (self.edge, placed.y + placed.high))
            for placed in self.band.lines
        ]
        sheet.lines(rows, "line", 0.4)
        axis = self.layout.axis
        unit = axis.lower if axis.lower in (Unit.MONTH, Unit.QUARTER, Unit.YEAR) else axis.upper
        assert unit is not None
        starts = [
            self.x(cell.first)
            for cell in cells(unit, self.first, self.after, self.words)
            if cell.first > self.first
        ]
        sheet.lines([((x, self.body), (x, self.foot)) for x in starts], "line", 0.5)

    # axis ------------------------------------------------------------------------------------

    def _axis(self) -> None:
        top, axis = self.band.axis_top, self.layout.axis
        tag = self._today_tag(top)
        if axis.upper is not None:
            for cell in cells(axis.upper, self.first, self.after, self.words):
                left, right = self.x(cell.first), self.x(cell.after)
                if cell.first > self.first:
                    self.sheet.line((left, top), (left, self.body), ink="line", weight=0.5)
                self._upper(left, right, cell.labels, top, tag)
        free = self.left
        for cell in cells(axis.lower, self.first, self.after, self.words, lower=True):
            left, right = self.x(cell.first), self.x(cell.after)
            text = cell.labels[-1]
            wide = width(text, NOTE)
            centred = axis.lower is Unit.DAY
            if cell.first > self.first and not centred:
                self.sheet.line((left, top + 13), (left, self.body), ink="line", weight=0.5)
            at = (left + right - wide) / 2 if centred else left + CELL_PAD
            if at < free or at + wide > (right if centred else right - 1):
                continue
            self.sheet.text(at, top + 21, text, ink="muted", tabular=centred)
            free = at + wide
        self._headings(top)
        sheet = self.sheet
        sheet.line((MARGIN, self.body), (self.edge, self.body), ink="text", weight=0.75)
        if tag is not None:
            label = self.words.day(self.source.today)
            sheet.box(tag[0], top, tag[1] - tag[0], 11.5, fill="accent", radius=2)
            sheet.text(
                (tag[0] + tag[1]) / 2, top + 8.6, label, bold=True, ink="surface", align="middle"
            )

    def _today_tag(self, top: float) -> tuple[float, float] | None:
        """Left and right edge of the tag of today in the upper row."""
        if self.today is None:
            return None
        wide = width(self.words.day(self.source.today), NOTE, True) + 8
        left = min(max(self.today - wide / 2, self.left - PAD), self.edge - wide)
        return left, left + wide

    def _upper(
        self,
        left: float,
        right: float,
        labels: tuple[str, ...],
        top: float,
        tag: tuple[float, float] | None,
    ) -> None:
        """The longest label that fits beside the tag of today; none where none fits."""
        spaces = [(left + CELL_PAD, right - CELL_PAD)]
        if tag is not None and tag[0] < right and tag[1] > left:
            spaces = [
                (left + CELL_PAD, min(right, tag[0]) - CELL_PAD),
                (max(left, tag[1]) + CELL_PAD, right - CELL_PAD),
            ]
        for text in labels:
            for low, high in spaces:
                if width(text, NOTE, True) <= high - low:
                    self.sheet.text(low, top + 8.6, text, bold=True)
                    return

    def _headings(self, top: float) -> None:
        self.sheet.text(MARGIN, top + 21, self.words.tr("Task"), ink="muted")
        for column in self.layout.table.columns:
            if column.name == "owner":
                at, align = column.right - column.wide, "left"
            else:
                at, align = column.right, "right"
            self.sheet.text(
                at, top + 21, column.heading, ink="muted", align=align, room=column.wide
            )

    # table -----------------------------------------------------------------------------------

    def _crumb(self) -> None:
        if self.band.crumb:
            table = self.layout.table
            room = table.right - MARGIN
            y = self.body + CRUMB - 3.4
            self.sheet.text(MARGIN, y, self.band.crumb, 7.0, ink="muted", room=room)

    def _row(self, placed: Placed) -> None:
        line, sheet, size = placed.line, self.sheet, self.layout.density.text
        table = self.layout.table
        left = table.title_left(line)
        step = size * 1.12
        y = placed.middle + size * 0.35 - (len(placed.title) - 1) * step / 2
        pillar = line.form is Form.PILLAR
        ink = line.ink if pillar else "text" if line.active else "muted"
        for text in placed.title:
            sheet.text(left, y, text, size, bold=line.heads, ink=ink)
            y += step
        if line.late:
            late_mark(sheet, MARGIN + table.title_wide - 3.5, placed.middle)
        if pillar:
            return
        base = placed.middle + size * 0.35
        for column in table.columns:
            if column.name == "owner":
                at = column.right - column.wide
                sheet.text(at, base, line.owner, size, ink="muted", room=column.wide)
                continue
            day = line.first if column.name == "start" else line.last
            if day is not None and not (line.form is Form.MILESTONE and column.name == "start"):
                text = self.words.day(day, year=table.years)
                ink = "text" if column.name == "finish" else "muted"
                sheet.text(column.right, base, text, size, ink=ink, align="right", tabular=True)

    # bars ------------------------------------------------------------------------------------

    def _bars(self) -> None:
        for placed in self.band.lines:
            if placed.line.form is Form.PILLAR:
                self._pillar(placed)
        for bar in self.marks.baselines(self.page):
            y = self._base_y(bar.placed)
            self.sheet.line((bar.left, y), (bar.right, y), ink="muted", weight=1.3)
        for point in self.marks.base_points(self.page):
            self.sheet.diamond(point.x, point.placed.middle, self.radius * 0.68, ink="muted")
        for bar in self.marks.bars(self.page):
            if bar.placed.line.form is Form.SUMMARY:
                self._summary(bar)
            else:
                self._task(bar)
            self._cut(bar)
            self._label(bar)
        for point in self.marks.points(self.page):
            self._milestone(point)

    def _base_y(self, placed: Placed) -> float:
        return min(placed.middle + self.base, placed.y + placed.high - 0.9)

    def _pillar(self, placed: Placed) -> None:
        y = placed.middle
        left = self.left - PAD
        self.sheet.line((left, y), (self.edge, y), ink=placed.line.ink, weight=0.7)

    def _summary(self, bar: Bar) -> None:
        """A dark beam with a foot at each end that is really its own."""
        top, thick, drop = bar.placed.middle - self.half, 2.0, self.half * 2 + 0.4
        tooth = min(3.2, (bar.right - bar.left) / 2)
        points = [(bar.left, top), (bar.right, top)]
        if bar.cut_right:
            points.append((bar.right, top + thick))
        else:
            points += [(bar.right, top + drop), (bar.right - tooth, top + thick)]
        if bar.cut_left:
            points.append((bar.left, top + thick))
        else:
            points += [(bar.left + tooth, top + thick), (bar.left, top + drop)]
        self.sheet.shape(*points, fill="text 86%")

    def _task(self, bar: Bar) -> None:
        line, sheet = bar.placed.line, self.sheet
        top, high, wide = bar.placed.middle - self.half, 2 * self.half, bar.right - bar.left
        ink = line.ink if line.active else "muted"
        sheet.box(bar.left, top, wide, high, fill="surface")
        sheet.box(bar.left, top, bar.done - bar.left, high, fill=ink)
        weight = 1.4 if line.critical else 0.8
        self._outline(bar, top, high, "text" if line.critical else ink, weight, line)

    def _outline(
        self, bar: Bar, top: float, high: float, ink: str, weight: float, line: Line
    ) -> None:
        """Open where the bar goes on; dashed for a task that does not count."""
        inset = weight / 2
        left, right = bar.left, bar.right
        up, down = top + inset, top + high - inset
        dash = None if line.active else (1.6, 1.4)
        if not bar.cut_left and not bar.cut_right and dash is None:
            self.sheet.box(left, top, right - left, high, ink=ink, weight=weight)
            return
        lines = [((left, up), (right, up)), ((left, down), (right, down))]
        if not bar.cut_left:
            lines.append(((left + inset, top), (left + inset, top + high)))
        if not bar.cut_right:
            lines.append(((right - inset, top), (right - inset, top + high)))
        self.sheet.lines(lines, ink, weight, dash)

    def _cut(self, bar: Bar) -> None:
        middle = bar.placed.middle
        if bar.placed.line.form is Form.SUMMARY:
            middle += 1.0 - self.half
        if bar.cut_left:
            arrow(self.sheet, bar.left - 1.2, middle, -1)
        if bar.cut_right:
            arrow(self.sheet, bar.right + 1.2, middle, 1)

    def _milestone(self, point: Point) -> None:
        line, placed = point.placed.line, point.placed
        ink = line.ink if line.active else "muted"
        self.sheet.diamond(
            point.x,
            placed.middle,
            self.radius,
            fill=ink if line.done else "surface",
            ink="text" if line.critical else ink,
            weight=1.4 if line.critical else 0.9,
        )
        text = self.words.day(line.last) if line.last else ""
        if line.slip:
            text += f" ({formats.days(line.slip, self.words.language, sign=True)})"
        taken = [point.x]
        base = line.base_finish if line.slip and self.layout.options.baseline else None
        if base is not None and self.layout.shows(base, self.page.column):
            taken.append(self.x(base))
        self._write(placed, min(taken) - self.radius, max(taken) + self.radius, text)

    def _label(self, bar: Bar) -> None:
        """The slip at the end of a bar, and the owner or department its colour stands for."""
        line, options = bar.placed.line, self.layout.options
        if bar.cut_right:
            return
        slip = ""
        if line.slip and options.baseline:
            slip = formats.days(line.slip, self.words.language, sign=True)
        told = options.colour_by is ColourBy.OWNER and options.owners
        group = line.group if line.form is Form.TASK and not told else ""
        left = bar.left - (6 if bar.cut_left else 0)
        self._write(bar.placed, left, bar.right, slip, group)

    def _write(self, placed: Placed, left: float, right: float, bold: str, plain: str = "") -> None:
        """A label after its bar, before it where the page ends, on its end where both do."""
        size = self.layout.density.text
        gap = 3.0 if bold and plain else 0.0
        first = width(bold, size, True) + gap
        wide = first + width(plain, size)
        y = placed.middle + size * 0.35
        if right + 4 + wide <= self.edge:
            at = right + 4
        elif left - 4 - wide >= self.left - PAD:
            at = left - 4 - wide
        else:
            at = max(min(right, self.edge) - 4 - wide, self.left - PAD)
        if bold:
            self.sheet.text(at, y, bold, size, bold=True, halo=True)
        if plain:
            room = self.edge - at - first
            self.sheet.text(at + first, y, plain, size, ink="muted", halo=True, room=room)
