"""What the wizard shows of an export: no hour, and nothing of the details of an audit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from crm_pilot.exchange import headers as heads
from crm_pilot.exchange.login_formats import MOMENTS
from crm_pilot.exchange.plan import ImportPlan
from crm_pilot.exchange.use_purview import brief

CLOCK = re.compile(r"(?<=\d)[T ,]+(?:à |at )?\d{1,2}[:hH]\d{0,2}.*$|(?<=^\d{8})\d{6}.*$", re.DOTALL)


def discreet(plan: ImportPlan) -> ImportPlan:
    """The plan, its samples of the file without hours and details."""
    names = [wanted.name for wanted in plan.fields if wanted.name in plan.mapping]
    preview = tuple(_row(names, row) for row in plan.preview)
    read = plan.understood
    lead = tuple(
        row if line <= read.header_line else tuple(_cell("", cell) for cell in row)
        for line, row in zip(read.lead_lines, read.lead, strict=True)
    )
    return replace(plan, preview=preview, understood=replace(read, lead=lead))


def _row(names: Sequence[str], row: Sequence[str]) -> tuple[str, ...]:
    return tuple(_cell(name, cell) for name, cell in zip(names, row, strict=True))


def _cell(name: str, cell: str) -> str:
    if name == "detail" or (not name and cell.lstrip().startswith("{")):
        return brief(cell)
    if name in MOMENTS or not name:
        return CLOCK.sub("", cell)
    return cell


def is_detail(header: str) -> bool:
    """Whether a column holds the details of an audit."""
    return heads.normal(header) == "audit data"
