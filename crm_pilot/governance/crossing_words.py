"""What the crossings say in one sentence. Nobody is named: groups and allies are counted."""

from __future__ import annotations

from crm_pilot.governance.crossing_rows import Crossings
from crm_pilot.governance.rows import commas
from crm_pilot.i18n import Message, msg, nmsg
from crm_pilot.stakeholders.terms import Trio, UnitKind


def sentence(found: Crossings) -> Message | None:
    """Whether the hesitants are trained, allies without an action, departments that turn; None
    while nothing is placed."""
    if not found.placed:
        return None
    parts = [part for part in (_training(found), _allies(found), _falling(found)) if part]
    if not parts:
        return msg("Nobody placed is an ally or a hesitant")
    return _joined(parts)


def _training(found: Crossings) -> Message | None:
    row = found.row(Trio.HESITANT)
    if row is None or not row.headcount:
        return None
    if row.trained is None:
        return msg("nothing is known of the training of the hesitants")
    return msg("among hesitants, {share}% are trained", share=round(row.trained * 100))


def _allies(found: Crossings) -> Message | None:
    row = found.row(Trio.LOCOMOTIVE)
    idle = sum(unit.kind == UnitKind.GROUP for unit in found.idle)
    if idle:
        return nmsg("{n} allied group has no action", "{n} allied groups have no action", idle)
    if found.idle:
        return nmsg("{n} ally has no action", "{n} allies have no action", len(found.idle))
    if row is None or not row.headcount:
        return msg("nobody is an ally yet")
    return msg("every ally has an action")


def _falling(found: Crossings) -> Message | None:
    if not found.falling:
        return None
    if len(found.falling) <= 2:
        return msg(
            "tickets rise while synergy falls in {departments}",
            departments=commas([row.department for row in found.falling]),
        )
    return nmsg(
        "tickets rise while synergy falls in {n} department",
        "tickets rise while synergy falls in {n} departments",
        len(found.falling),
    )


def _joined(parts: list[Message]) -> Message:
    """The parts with semicolons between them."""
    named = {f"p{number}": part for number, part in enumerate(parts)}
    return Message("; ".join(f"{{{name}}}" for name in named), named)
