"""The mouse on the Gantt: from a press through a gesture to its one command, or to nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, QPointF, QTimer, Signal

from crm_pilot.i18n import tr
from crm_pilot.planning.rows import TaskRow
from ui.screens.planning.gantt_data import begin_of, end_of
from ui.screens.planning.gantt_hits import Hit, drop, hit
from ui.screens.planning.gantt_links import Circles, bound
from ui.screens.planning.gantt_places import span_of
from ui.screens.planning.gantt_scene import Scene
from ui.screens.planning.gestures import (
    BarDrag,
    Gesture,
    Held,
    LinkDrag,
    Part,
    ProgressDrag,
    movers,
)
from ui.screens.planning.lines import Line

THRESHOLD = 4  # pixels before a press becomes a drag
EDGE = 16  # pixels from the side where a held bar scrolls the plan
GLIDE_MS, GLIDE_PX = 30, 12


@dataclass(frozen=True)
class Press:
    """Where a bar was pressed."""

    at: QPointF
    hit: Hit
    edge: float  # pixel of the taken edge when it was pressed, with the scrolling of that moment
    offset: float  # pixels scrolled sideways then


class Mouse(QObject):
    """Follows the pointer over a scene. `changed` asks for a repaint."""

    changed = Signal()
    finished = Signal(object)  # a Command
    glided = Signal(int, int)  # scroll by pixels sideways and down

    def __init__(self, scene: Scene, parent: QObject) -> None:
        super().__init__(parent)
        self.scene = scene
        self.carried: Callable[[int], Sequence[TaskRow]] = lambda _key: ()
        self.press: Press | None = None
        self.pointer = QPointF()
        self.scrolled: Callable[[], int] = lambda: 0
        self.size: Callable[[], tuple[int, int]] = lambda: (0, 0)
        self._glide = QTimer(self)
        self._glide.setInterval(GLIDE_MS)
        self._glide.timeout.connect(self._glide_on)

    @property
    def gesture(self) -> Gesture | None:
        """What is under way."""
        return self.scene.gesture

    # taking ----------------------------------------------------------------------------------

    def find(self, at: QPointF) -> Hit | None:
        """What would be taken at a point."""
        return hit(self.scene, at, self.scrolled())

    def take(self, at: QPointF, found: Hit) -> None:
        """Hold what lies under the pointer."""
        bar = found.bar
        edge = bar.extent.right if found.part is Part.FINISH else bar.extent.left
        if bar.milestone:
            edge = (bar.extent.left + bar.extent.right) / 2
        self.press = Press(at, found, edge, self.scene.scale.offset)
        self.pointer = at

    def move(self, at: QPointF) -> None:
        """The pointer moved while something is held."""
        self.pointer = at
        self.follow()
        width, height = self.size()
        beyond = not EDGE < at.x() < width - EDGE
        if isinstance(self.gesture, LinkDrag):
            beyond = beyond or not EDGE + 40 < at.y() < height - EDGE
        if self.gesture is not None and beyond:
            self._glide.start()
        else:
            self._glide.stop()

    def follow(self) -> None:
        """Bring what is held to the pointer; the plan may have scrolled under it."""
        press = self.press
        if press is None:
            return
        scrolled = self.scene.scale.offset - press.offset
        moved = self.pointer.x() - press.at.x() + scrolled
        if self.gesture is None:
            far = max(abs(moved), abs(self.pointer.y() - press.at.y()))
            along = far if press.hit.part in (Part.LINK_START, Part.LINK_FINISH) else abs(moved)
            if along < THRESHOLD:
                return
            self.scene.gesture = self._begin(press.hit)
        gesture = self.gesture
        if isinstance(gesture, BarDrag):
            self._drag(gesture, press, moved)
        elif isinstance(gesture, ProgressDrag):
            self._progress(gesture)
        elif isinstance(gesture, LinkDrag):
            self._aim(gesture)
        self.changed.emit()

    def _begin(self, found: Hit) -> Gesture | None:
        line, row = found.line, found.line.row
        if row is None:
            return None
        if found.part is Part.PROGRESS:
            return ProgressDrag(row)
        if found.part in (Part.LINK_START, Part.LINK_FINISH):
            return LinkDrag(row, found.part is Part.LINK_FINISH)
        return self.bar_drag(line, found.part)

    def bar_drag(self, line: Line, part: Part) -> BarDrag | None:
        """A drag of a line, with all that moves along."""
        row, scene = line.row, self.scene
        if row is None:
            return None
        keys: tuple[int, ...] = (line.key,)
        if part is Part.WHOLE:
            keys = movers(line.key, scene.selected, scene.parents())
        carried: list[TaskRow] = []
        for key in keys:
            found = scene.row(key)
            below = self.carried(key)
            carried += below or ((found,) if found is not None else ())
        held = self._held(line) if len(carried) == 1 else None
        return BarDrag(row, part, carried, scene.today, scene.hours, held, keys)

    def _held(self, line: Line) -> Held | None:
        """What a line waits for last."""
        row, scene = line.row, self.scene
        span = span_of(line)
        if row is None or span is None or line.holds:
            return None
        calendar = scene.hours.of(row)
        length = row.duration
        if length is None:
            length = max(0, calendar.between(begin_of(span, calendar), end_of(span, calendar)))
        latest: Held | None = None
        for link in scene.all_links:
            if link.successor_id != row.id:
                continue
            ends = self._ends(link.predecessor_id)
            if ends is None:
                continue
            moment = bound(link, ends[0], length, calendar)
            if latest is None or moment > latest.moment:
                latest = Held(moment, ends[1])
        return latest

    def _ends(self, key: int) -> tuple[tuple[int, int], str] | None:
        """Begin and end of a line, and its title where it is shown."""
        scene = self.scene
        timing, place = scene.timings.get(key), scene.rows.get(key)
        line = scene.lines[place] if place is not None else None
        title = line.row.title if line is not None and line.row is not None else ""
        if timing is not None:
            return (timing.start, timing.finish), title
        span = span_of(line) if line is not None else None
        if line is None or span is None:
            return None
        calendar = scene.hours.of(line.row)
        return (begin_of(span, calendar), end_of(span, calendar)), title

    # following -------------------------------------------------------------------------------

    def _drag(self, gesture: BarDrag, press: Press, moved: float) -> None:
        scale = self.scene.scale
        if not scale.by_minute:
            gesture.move(round(moved / scale.px))
            return
        edge = press.edge + moved - (scale.offset - press.offset)
        calendar = self.scene.hours.of(gesture.row)
        finish = gesture.part is Part.FINISH
        if abs(moved) < THRESHOLD:
            gesture.move(0)
        else:
            gesture.move_to(self.scene.places.moment(calendar, edge, finish=finish))

    def _progress(self, gesture: ProgressDrag) -> None:
        place = self.scene.rows.get(gesture.row.id)
        bar = self.scene.bar(place, 0) if place is not None else None
        if bar is None:
            return
        left, right = bar.extent
        gesture.move(100 * (self.pointer.x() - left) / max(1.0, right - left))

    def _aim(self, gesture: LinkDrag) -> None:
        found = drop(self.scene, self.pointer, self.scrolled())
        if found is None or found[0].line.row is None:
            gesture.over(None)
            return
        bar, finish = found
        row = bar.line.row
        assert row is not None
        if row.id == gesture.row.id:
            gesture.over(None)
            return
        gesture.over(row, finish=finish, refusal=self._refusal(gesture.row, row))

    def _refusal(self, before: TaskRow, after: TaskRow) -> str:
        """Why `after` cannot wait for `before`; empty when it can."""
        parents = self.scene.parents()
        for line in self.scene.lines:
            if line.holds and not line.open and line.key > 0:
                parents.update((row.id, row.parent_id) for row in self.carried(line.key))
        for inner, outer in ((before, after), (after, before)):
            above = parents.get(inner.id)
            while above is not None:
                if above == outer.id:
                    return tr("A line does not wait for its own phase.")
                above = parents.get(above)
        if Circles(self.scene.all_links, parents).closes(before.id, after.id):
            return tr(
                "“{before}” already waits for “{after}”: that would be a circle.",
                before=before.title,
                after=after.title,
            )
        return ""

    def _glide_on(self) -> None:
        """Scroll in time while something is held at the edge."""
        (width, height), at = self.size(), self.pointer
        sideways = down = 0
        if not EDGE < at.x() < width - EDGE:
            sideways = GLIDE_PX if at.x() > width / 2 else -GLIDE_PX
        if isinstance(self.gesture, LinkDrag) and not EDGE + 40 < at.y() < height - EDGE:
            down = GLIDE_PX if at.y() > height / 2 else -GLIDE_PX
        self.glided.emit(sideways, down)
        self.follow()

    # letting go ------------------------------------------------------------------------------

    def release(self) -> bool:
        """Let go: tell of the command; whether there was a gesture."""
        gesture = self.gesture
        self.cancel()
        command = gesture.commit() if gesture is not None else None
        if command is not None:
            self.finished.emit(command)
        return gesture is not None

    def cancel(self) -> None:
        """Put what is held back; nothing was changed."""
        self.press = None
        self._glide.stop()
        if self.gesture is not None:
            self.scene.gesture = None
            self.changed.emit()
