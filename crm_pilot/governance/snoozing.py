"""Putting a check aside, with a reason, for good or until a day; and waking it up again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class SnoozeRow:
    """A check put aside. `until` is the last day of it; None: for good."""

    id: int
    rule: str
    subject: str
    reason: str
    set_on: dt.date
    until: dt.date | None

    def holds(self, today: dt.date) -> bool:
        """Whether it still counts on `today`."""
        return self.until is None or today <= self.until


@remembered("snooze")
def snoozes(reader: Reader) -> tuple[SnoozeRow, ...]:
    """Every snooze, also those that have run out, the newest first."""
    return tuple(
        reader.rows(
            SnoozeRow,
            "SELECT id, rule, subject, reason, set_on, until FROM snooze ORDER BY set_on DESC, id",
        )
    )


def in_force(reader: Reader, today: dt.date) -> Mapping[tuple[str, str], SnoozeRow]:
    """Snoozes that count on `today`, by rule and subject."""
    return {(row.rule, row.subject): row for row in snoozes(reader) if row.holds(today)}


@dataclass(frozen=True)
class Snooze:
    """Put the check `rule` about `subject` aside; the result is the row's id.

    Raises `UserError` without a reason, and for a last day that has passed.
    """

    rule: str
    subject: str
    reason: str
    set_on: dt.date
    until: dt.date | None = None

    @property
    def label(self) -> Message:
        return msg("Snooze a check")

    def apply(self, work: Work) -> int:
        if not self.reason.strip():
            raise UserError(
                N_("A check is snoozed with a reason only: write why. Nothing was changed.")
            )
        if self.until is not None and self.until < self.set_on:
            raise UserError(
                N_("{day} has passed: type today or a later day. Nothing was changed."),
                day=self.until,
            )
        values = {"reason": self.reason.strip(), "set_on": self.set_on, "until": self.until}
        known = work.select(
            "SELECT id FROM snooze WHERE rule = ? AND subject = ?", self.rule, self.subject
        )
        if known:
            work.set("snooze", known[0][0], **values)
            return int(known[0][0])
        return work.add("snooze", rule=self.rule, subject=self.subject, **values)


@dataclass(frozen=True)
class WakeUp:
    """Let a snoozed check speak again."""

    key: int

    @property
    def label(self) -> Message:
        return msg("Wake a check up")

    def apply(self, work: Work) -> None:
        work.remove("snooze", self.key)
