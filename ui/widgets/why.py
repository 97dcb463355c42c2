"""The quiet "?" beside a figure, and the way from any figure to why it is what it is.

What is asked for is a key of `crm_pilot.figures.why`, a function that answers, or `NoFigure`.
Answers are computed when somebody asks, never before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton, QWidget

from crm_pilot.i18n import tr
from ui import theme

if TYPE_CHECKING:
    from crm_pilot.datatable import DataTable
    from crm_pilot.why import Why
    from ui.bridge import Bridge

SIDE = 18


@dataclass(frozen=True)
class NoFigure:
    """A part that shows no figure, with the reason why it needs no "?"."""

    reason: str


Asked = str | Callable[[], "Why"] | NoFigure


class WhyButton(QToolButton):
    """A small muted "?": click, Enter or Space asks."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "why")
        self.setText("?")
        self.setFont(theme.font(theme.CAPTION))
        self.setFixedSize(QSize(SIDE, SIDE))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.WhatsThisCursor)

    def say(self, title: str) -> None:
        """Name what is asked about, in the language of the window."""
        self.setAccessibleName(tr("Why? {title}", title=title) if title else tr("Why?"))
        self.setToolTip(tr("Why? Rule, data and source"))


def bridge_of(widget: QWidget) -> Bridge:
    """The bridge of the screen, dialog or window a part stands in. Raises `LookupError`."""
    place: QWidget | None = widget
    while place is not None:
        found = getattr(place, "bridge", None)
        if found is not None:
            return found
        place = place.parentWidget()
    raise LookupError(f"{type(widget).__name__} stands in nothing that has a bridge")


def asks(bridge: Bridge, key: str) -> Callable[[], Why]:
    """A function that answers for the figure `key`, for the columns of a table."""

    def answer() -> Why:
        from crm_pilot.figures import why

        return why(bridge.reader, bridge.today, key)

    return answer


def answers(widget: QWidget, asked: Iterable[Asked]) -> list[Why]:
    """What is to be said about the figures `asked` for."""
    from crm_pilot.figures import whys

    found: list[Why] = []
    for one in asked:
        if isinstance(one, str):
            bridge = bridge_of(widget)
            found += whys(bridge.reader, bridge.today, [one])
        elif not isinstance(one, NoFigure):
            found.append(one())
    return found


def show_why(
    anchor: QWidget,
    title: str,
    why: Why | Sequence[Why],
    table: DataTable | None = None,
    *,
    data_first: bool = False,
) -> QWidget:
    """Open the panel that answers, under `anchor`; with a `table` it also shows the data.

    `title` is translated. Escape or a click elsewhere closes it. Returns the panel.
    """
    from crm_pilot.why import Why
    from ui.widgets.why_panel import WhyPanel

    found = [why] if isinstance(why, Why) else list(why)
    panel = WhyPanel(anchor, title, found, table, data_first=data_first)
    panel.open_under(anchor)
    return panel
