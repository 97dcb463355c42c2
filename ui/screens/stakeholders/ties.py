"""Who bears on the selected unit, and on whom it bears: quiet curves between marks."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtGui import QPen

from crm_pilot.stakeholders.terms import TieKind
from ui import theme
from ui.screens.stakeholders.moves import Arrow, Curve
from ui.screens.stakeholders.options import Tie
from ui.screens.stakeholders.painting import ring_radius
from ui.screens.stakeholders.scene import Scene

BEND = 0.16  # of its length: how far a curve bows
MOST = 24  # curves at one unit; more are told in the panel only


def of_unit(ties: Iterable[Tie], key: int | None) -> list[Tie]:
    """The ties that begin or end at a unit."""
    return [tie for tie in ties if key in tie[:2]][:MOST] if key is not None else []


def tie_arrows(scene: Scene, ties: Iterable[Tie], key: int | None) -> list[Arrow]:
    """Full for influence, broken for the line of report; the arrow points at who is influenced
    or reported to."""
    look = theme.theme()
    made = []
    for start, end, kind in of_unit(ties, key):
        here, there = scene.mark(start), scene.mark(end)
        if here is None or there is None:
            continue
        reports = kind == TieKind.REPORTS_TO
        pen = QPen(look.mix("text", 0.62), 1.3)
        if reports:
            pen.setDashPattern([4, 3])
        leave = ring_radius(here) if start == key else here.radius + 4
        reach = ring_radius(there) + 1 if end == key else there.radius * 1.2 + 5
        curve = Curve(here.centre, there.centre, BEND, leave, reach)
        curve = curve.from_label(here).to_label(there)
        if curve.length > 10:
            made.append(Arrow(curve, pen, reports))
    return made
