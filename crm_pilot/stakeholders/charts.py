"""What the charts of the lateral project show; drawn alike on screens and on paper."""

from __future__ import annotations

from crm_pilot.charts import Distribution, Part
from crm_pilot.i18n import msg, nmsg
from crm_pilot.stakeholders.queries import PositionsFigures
from crm_pilot.stakeholders.terms import TRIO, Trio

SHAPES = {Trio.LOCOMOTIVE: "triangle", Trio.HESITANT: "circle", Trio.OPPONENT: "square"}


def distribution(figures: PositionsFigures) -> Distribution:
    """Positions by headcount beside 20/60/20; parts carry shapes, since colour never stands alone.

    Colours are the palette tokens named as the trio.
    """
    return Distribution(
        title=msg("Positions"),
        caption=nmsg(
            "{n} person placed of {total}",
            "{n} people placed of {total}",
            figures.headcount_rated,
            total=figures.headcount_total,
        ),
        parts=tuple(
            Part(
                name=msg(TRIO[share.trio]),
                count=share.headcount,
                share=share.share,
                colour=share.trio.value,
                shape=SHAPES[share.trio],
                change=share.change_headcount,
                reference=share.reference_share,
            )
            for share in figures.shares
        ),
        reference_name=msg("practitioner's rule of thumb"),
        why="stakeholders.shares",
    )
