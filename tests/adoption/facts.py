"""Building blocks for the tests: accounts, batches and facts put in by plain commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from crm_pilot.adoption import facts
from crm_pilot.i18n import Message, msg
from crm_pilot.project import Add, Project


@dataclass(frozen=True)
class Facts:
    """Insert a batch of login days or of actions."""

    kind: str
    rows: tuple[tuple[Any, ...], ...]

    @property
    def label(self) -> Message:
        return msg("Import")

    def apply(self, work: Any) -> int:
        batch = work.add("import_batch", kind=self.kind, imported_at=dt.datetime(2026, 11, 20, 8))
        if self.kind == "logins":
            facts.write(work, batch, logins=self.rows)
        else:
            facts.write(work, batch, actions=self.rows)
        return int(batch)


def logins(project: Project, rows: Iterable[tuple[int, dt.date]]) -> int:
    """A batch of login days; returns its id."""
    return int(project.execute(Facts("logins", tuple(rows))))


def actions(project: Project, rows: Iterable[tuple[int, dt.date, str, int, int]]) -> int:
    """A batch of actions (account, day, object, created, updated); returns its id."""
    return int(project.execute(Facts("actions", tuple(rows))))


def account(project: Project, name: str, **values: Any) -> int:
    """An account; returns its id."""
    return int(project.execute(Add("account", {"external_id": name, **values})))


# Login days and days of action one by one, in plain SQL: batch_id, account_id, day (and object_id)
_BIT = (
    "(WITH RECURSIVE bit(n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM bit WHERE n < 30)"
    " SELECT n FROM bit)"
)
_DAY = (
    "date((f.month / 100) || '-' || substr('0' || (f.month % 100), -2) || '-01',"
    " '+' || b.n || ' days')"
)
LOGIN_DAY = (
    f"(SELECT f.batch_id, f.account_id, {_DAY} AS day FROM login_fact f JOIN {_BIT} b"
    " ON f.days >> b.n & 1)"
)
ACTED_DAY = (
    f"(SELECT f.batch_id, f.account_id, f.object_id, {_DAY} AS day FROM acted_fact f JOIN {_BIT} b"
    " ON f.days >> b.n & 1)"
)
ACTION_DAY = (
    "(SELECT batch_id, account_id, object_id, date(day * 86400, 'unixepoch') AS day, created,"
    " updated FROM action_fact)"
)
