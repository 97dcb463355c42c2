"""What a screen reader is told a drawn widget is: a chart, a slider, a button. Qt knows only that
it is something in a window."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QAccessibleInterface
    from PySide6.QtWidgets import QWidget

TOLD = "told-as"


def tell_role(widget: QWidget, role: str) -> None:
    """Tell a widget as a `role` of `QAccessible.Role`, from before anybody asks."""
    widget.setProperty(TOLD, role)
    _install()


@lru_cache(maxsize=1)
def _install() -> None:
    from PySide6.QtGui import QAccessible

    QAccessible.installFactory(_interface)


def _interface(_kind: str, told: QObject | None) -> QAccessibleInterface | None:
    """The interface of a widget with a role of its own; None leaves it to Qt. Called once for
    each widget, and only while something asks, such as a screen reader."""
    from PySide6.QtGui import QAccessible
    from PySide6.QtWidgets import QAccessibleWidget, QWidget

    if not isinstance(told, QWidget) or not (role := told.property(TOLD)):
        return None
    return QAccessibleWidget(told, QAccessible.Role[role])
