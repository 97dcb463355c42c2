"""The words beside the pointer while something is held: new dates, what they wait for, the link."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from crm_pilot.i18n import tr
from crm_pilot.planning.calendars import finish_of
from crm_pilot.planning.durations import format_duration
from crm_pilot.planning.terms import LINK_KINDS, TaskKind
from ui import theme
from ui.language import formats, lang
from ui.screens.planning import tips
from ui.screens.planning.gantt_data import WorkHours, begin_of, end_of
from ui.screens.planning.gantt_header import HEADER
from ui.screens.planning.gantt_inks import advance, inks
from ui.screens.planning.gestures import BarDrag, Gesture, LinkDrag, ProgressDrag

LINE, PAD = 18, 8


def words(gesture: Gesture, hours: WorkHours) -> list[str]:
    """What the tag of a gesture says, one line each."""
    if isinstance(gesture, BarDrag):
        return _of_bar(gesture, hours)
    if isinstance(gesture, ProgressDrag):
        return [formats.percent(max(0, gesture.percent) / 100, lang())]
    return _of_link(gesture)


def _of_bar(gesture: BarDrag, hours: WorkHours) -> list[str]:
    span, row = gesture.span, gesture.row
    if span is None:
        return []
    text = tips.spoken_span((span.start, span.start_minute), (span.finish, span.finish_minute))
    if row.kind is TaskKind.MILESTONE:
        text = formats.day(span.finish, lang())
        if span.finish_minute is not None and gesture.minutes is not None:
            text += f" {tips.clock(span.finish_minute)}"
    else:
        calendar = hours.of(row)
        length = max(0, calendar.between(begin_of(span, calendar), end_of(span, calendar)))
        text += ", " + format_duration(length, lang(), hours.day_minutes)
    made = [text]
    if len(gesture.keys) > 1:
        made.append(tr("{n} lines", n=len(gesture.keys)))
    held = gesture.waiting
    if held is not None:
        calendar = hours.of(row)
        day, _minute = finish_of(calendar, calendar.last_work(held.moment))
        date = formats.day(day, lang())
        made.append(
            tr("waits for “{title}” until {date}", title=held.title, date=date)
            if held.title
            else tr("waits until {date}", date=date)
        )
    return made


def _of_link(gesture: LinkDrag) -> list[str]:
    if gesture.refusal:
        return [gesture.refusal]
    if gesture.target is None:
        return [tr("Drop it on the begin or the end of a bar")]
    return [f"{gesture.row.title} → {gesture.target.title}", tr(LINK_KINDS[gesture.kind])]


def draw_tag(
    painter: QPainter, lines: list[str], pointer: QPointF, width: float, *, refused: bool = False
) -> None:
    """Write the lines above the pointer, inside the window."""
    if not lines:
        return
    colours = inks()
    room = max(advance(line, bold=True) for line in lines) + 2 * PAD
    high = LINE * len(lines) + 4
    x = min(max(4.0, pointer.x() + 12), max(4.0, width - room - 4))
    y = max(HEADER + 4.0, pointer.y() - 12 - high)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colours.brush("alert" if refused else "accent"))
    painter.drawRoundedRect(QRectF(x, y, room, high), 4, 4)
    painter.setPen(colours.colour("on_accent"))
    painter.setFont(theme.font(theme.CAPTION, bold=True))
    for place, line in enumerate(lines):
        painter.drawText(QPointF(x + PAD, y + 15.5 + LINE * place), line)
