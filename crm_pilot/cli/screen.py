"""Whether there is a screen to draw on."""

from __future__ import annotations

import os
import sys

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_


def has_screen() -> bool:
    """Whether a window can be shown, or was told to be drawn elsewhere (QT_QPA_PLATFORM)."""
    if sys.platform in ("win32", "darwin") or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def need_screen() -> None:
    """Raise a `UserError` where no window can be shown."""
    if not has_screen():
        raise UserError(
            N_(
                "There is no screen here, so no window can be opened. “crm-pilot --help” lists"
                " what works without one."
            )
        )


def draw_anywhere() -> None:
    """Let Qt draw in memory where there is no screen."""
    if not has_screen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
