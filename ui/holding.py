"""Methods that Qt calls are held more often than once, against a fault of PySide6 6.11.

Where an exception is pending while Qt first looks a method up that is overridden in Python, the
method is let go once too often: it is freed while its class lives, and the program ends a while
later, anywhere (docs/decisions/0081). Held often enough, the exception is a bug that is told.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import FunctionType

from shiboken6 import Shiboken

OFTEN = 100  # times a method may be let go too often
_held: dict[type, list[FunctionType]] = {}


def hold_methods() -> None:
    """Hold the methods of every class of ours made until now."""
    for kind in _kinds(Shiboken.Object):
        if kind not in _held and kind.__module__.startswith("ui."):
            own = [one for one in vars(kind).values() if isinstance(one, FunctionType)]
            _held[kind] = own * OFTEN


def _kinds(root: type) -> Iterator[type]:
    """Every class below `root`, each once."""
    waiting: list[type] = [root]
    seen: set[type] = set()
    while waiting:
        below: list[type] = type.__subclasses__(waiting.pop())
        for kind in below:
            if kind not in seen:
                seen.add(kind)
                waiting.append(kind)
                yield kind
