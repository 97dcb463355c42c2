"""A row of controls that stays inside its window: what can be reached elsewhere gives way."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QLayout, QWidget

LEAST = 320  # pixels below which nothing more gives way
CAUSES = (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show)


class GiveWay(QObject):
    """Hides widgets of `row`, the first of `dispensable` first, as long as all do not fit."""

    def __init__(self, row: QWidget, dispensable: Sequence[QWidget]) -> None:
        super().__init__(row)
        self._row, self._dispensable = row, tuple(dispensable)
        row.setMinimumWidth(LEAST)  # of its own, or it would push its window wider
        row.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in CAUSES:
            self._fit()
        return False

    def _fit(self) -> None:
        layout = self._row.layout()
        if layout is None:
            return
        margins = layout.contentsMargins()
        room = self._row.width() - margins.left() - margins.right()
        spare = room - needed(layout, self._dispensable)
        for widget in self._dispensable:
            fits = spare >= 0
            if widget.isHidden() is fits:
                widget.setVisible(fits)
            if not fits:
                spare += least(widget) + layout.spacing()
        stays = [one for one in shown(layout) if one not in self._dispensable]
        width = sum(map(least, stays)) + layout.spacing() * len(stays)
        width = max(LEAST, width + margins.left() + margins.right())
        if self._row.minimumWidth() != width:
            self._row.setMinimumWidth(width)  # narrower than this, the room scrolls


def shown(layout: QLayout) -> list[QWidget]:
    """Widgets of a row that are not hidden."""
    items = (layout.itemAt(place) for place in range(layout.count()))
    widgets = (one for item in items if item is not None and (one := item.widget()) is not None)
    return [one for one in widgets if not one.isHidden()]


def needed(layout: QLayout, always: Sequence[QWidget]) -> int:
    """Pixels of all widgets of a row that are shown, and of `always`, beside each other."""
    seen = [one for one in shown(layout) if one not in always]
    return sum(map(least, (*seen, *always))) + layout.spacing() * (len(seen) + len(always))


def least(widget: QWidget) -> int:
    """The least width of a widget, shown or not."""
    return widget.minimumWidth() or widget.sizeHint().width()
