"""People and groups of the map from a table: read, checked, and compared with the map."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from crm_pilot.exchange.columns import ORDER_KEY, Cells, Setting
from crm_pilot.exchange.own_stakeholders import starts_on
from crm_pilot.exchange.plan import Changes, Problems, Watch
from crm_pilot.exchange.reading import Table
from crm_pilot.exchange.stakeholder_formats import (
    BY_DEPARTMENT,
    CREATE,
    DEPARTMENTS,
    GROUPING,
)
from crm_pilot.exchange.stakeholder_plan import Comparison, changes, summary
from crm_pilot.exchange.stakeholder_rows import Reading, grouped
from crm_pilot.i18n import Message, msg
from crm_pilot.store.reader import Reader


def compare(
    source: str,
    table: Table,
    cells: Cells,
    reader: Reader,
    setting: Setting,
    problems: Problems,
    watch: Watch,
    chosen: Mapping[str, str],
    imported: dt.datetime,
) -> tuple[Changes, tuple[Message, ...]]:
    """What a list of stakeholders would change, and the same in sentences. `chosen` may say that
    unknown departments are created, and that each department becomes one group."""
    cells.decide_dates(("rated_on", "target_date"), setting, forced=chosen.get(ORDER_KEY, ""))
    found = Reading(cells, setting, problems, starts_on(reader)).rows(table, watch)
    create = chosen.get(DEPARTMENTS) == CREATE
    seen = Comparison(reader, cells, problems, create=create)
    if chosen.get(GROUPING) == BY_DEPARTMENT:
        if not cells.has("department"):
            message = msg("no column for the department, by which people are to be grouped")
            problems.error(table.header_line, "", "", message)
        found = grouped(found, seen.places, cells, problems)
    seen.run(found)
    made = changes(seen, len(table.rows), source, reader, imported)
    return made, summary(made.counts)
