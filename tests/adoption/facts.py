"""Building blocks for the tests: accounts, batches and facts put in by plain commands."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

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
            work.insert_facts(
                "login_fact",
                ("batch_id", "account_id", "day"),
                [(batch, account, str(day)) for account, day in self.rows],
            )
        else:
            work.insert_facts(
                "action_fact",
                ("batch_id", "account_id", "day", "object", "created", "updated"),
                [(batch, a, str(day), *rest) for a, day, *rest in self.rows],
            )
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
