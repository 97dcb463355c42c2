"""Garbage is collected in the main thread alone.

Python collects in whatever thread happens to allocate. A widget that is garbage would be destroyed
there, and Qt ends the program: so nothing is collected while another thread is at work.
"""

from __future__ import annotations

import gc
import threading

_at_work: list[threading.Event] = []
_wanted = True  # whether garbage is collected when no thread is at work


def hold() -> threading.Event:
    """Collect nothing from here on; the thread begun next sets the event when it has ended."""
    global _wanted
    release()
    if not _at_work:
        _wanted = gc.isenabled()
    gc.disable()
    ended = threading.Event()
    _at_work.append(ended)
    return ended


def release() -> None:
    """Collect again, once no thread is at work any more."""
    _at_work[:] = [ended for ended in _at_work if not ended.is_set()]
    if _wanted and not _at_work:
        gc.enable()


def begin() -> None:
    """Collect from now on: the program has started."""
    global _wanted
    _wanted = True
    release()
