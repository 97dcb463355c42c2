"""The commands that apply a checked import, each one undoable step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import field
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

STALE = N_(
    "The project has changed since this file was checked. Nothing was imported; check it again."
)


@dataclass(frozen=True)
class NewTicket:
    """A ticket to insert, with its history as (moment, status, by)."""

    values: Mapping[str, Any]
    events: tuple[tuple[dt.datetime, str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class ImportTickets:
    """Insert and change tickets."""

    label: Message
    source: str
    imported: dt.datetime
    rows: int
    new: tuple[NewTicket, ...]
    changed: tuple[tuple[int, Mapping[str, Any]], ...]
    events: tuple[tuple[int, dt.datetime, str, str], ...]  # of known tickets

    def apply(self, work: Work) -> None:
        known = {row[0] for row in work.select("SELECT number FROM ticket")}
        if any(ticket.values["number"] in known for ticket in self.new):
            raise UserError(STALE)
        first = next_id(work, "ticket")
        work.insert_many("ticket", [{"id": first + n, **t.values} for n, t in enumerate(self.new)])
        for key, values in self.changed:
            work.set("ticket", key, **values)
        story = [(first + n, *event) for n, t in enumerate(self.new) for event in t.events]
        work.insert_many("ticket_event", [_event(*event) for event in (*story, *self.events)])
        work.add(
            "import_batch",
            kind="tickets",
            source=self.source,
            imported_at=self.imported,
            rows_read=self.rows,
            rows_kept=len(self.new) + len(self.changed),
        )


def _event(ticket: int, moment: dt.datetime, status: str, by: str) -> dict[str, Any]:
    return {"ticket_id": ticket, "happened_at": moment, "status": status, "by": by}


def next_id(work: Work, table: str) -> int:
    """The id the next row of `table` may take; where ids are never used twice, a new one."""
    highest = work.select(
        f"SELECT max((SELECT coalesce(max(id), 0) FROM {table}),"
        " coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?), 0))",
        table,
    )
    return int(highest[0][0]) + 1


@dataclass(frozen=True, eq=False)
class ImportPeople:
    """Insert and change people; create the departments, profiles and accounts they name."""

    label: Message
    source: str
    imported: dt.datetime
    rows: int
    departments: tuple[str, ...] = ()
    profiles: tuple[str, ...] = ()
    # values may hold `department` and `profile` by name; `account` is a mapping or None
    new: tuple[Mapping[str, Any], ...] = ()
    changed: tuple[tuple[int, Mapping[str, Any]], ...] = ()
    accounts: tuple[Mapping[str, Any], ...] = field(default=())

    def apply(self, work: Work) -> None:
        departments = self._named(work, "department", self.departments)
        profiles = self._named(work, "profile", self.profiles)
        first = next_id(work, "person")
        work.insert_many(
            "person",
            [{"id": first + n, **_with(row, departments)} for n, row in enumerate(self.new)],
        )
        for key, values in self.changed:
            work.set("person", key, **_with(values, departments))
        for account in self.accounts:
            self._account(work, dict(account), profiles, first)
        work.add(
            "import_batch",
            kind="people",
            source=self.source,
            imported_at=self.imported,
            rows_read=self.rows,
            rows_kept=len(self.new) + len(self.changed),
        )

    def _named(self, work: Work, table: str, names: Sequence[str]) -> dict[str, int]:
        """Ids by name, after adding `names`."""
        place = len(work.select(f"SELECT id FROM {table}"))
        for number, name in enumerate(names):
            extra = {"position": place + number} if table == "department" else {}
            work.add(table, name=name, **extra)
        return {name: key for key, name in work.select(f"SELECT id, name FROM {table}")}

    def _account(
        self, work: Work, account: dict[str, Any], profiles: Mapping[str, int], first: int
    ) -> None:
        person = account.pop("person")  # id, or −1 − number among the new people
        account["person_id"] = person if person >= 0 else first - 1 - person
        profile = account.pop("profile", "")
        if profile:
            account["profile_id"] = profiles[profile]
        key = account.pop("id", None)
        if key is None:
            work.add("account", **account)
        else:
            work.set("account", key, **account)


def _with(values: Mapping[str, Any], departments: Mapping[str, int]) -> dict[str, Any]:
    row = dict(values)
    name = row.pop("department", None)
    if name is not None:
        row["department_id"] = departments[name] if name else None
    return row
