"""The tasks of the plan that answer a warning, by its rule and subject."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from crm_pilot.governance.entry import CheckTask
from crm_pilot.planning import queries as planning
from crm_pilot.store.reader import Reader, remembered

TABLES = ("sign_action", "task", *planning.HOURS)


@remembered(*TABLES)
def planned(reader: Reader) -> Mapping[tuple[str, str], tuple[CheckTask, ...]]:
    """Tasks by rule and subject, in the order they were planned."""
    rows = reader.select("SELECT rule, subject, task_id FROM sign_action ORDER BY id")
    if not rows:
        return {}
    tasks = {row.id: row for row in planning.tasks(reader)}
    found: dict[tuple[str, str], list[CheckTask]] = defaultdict(list)
    for rule, subject, key in rows:
        row = tasks[key]
        found[rule, subject].append(CheckTask(key, row.title, row.finish, row.percent))
    return {key: tuple(some) for key, some in found.items()}
