"""Committees as meetings: agenda, who comes, and the next one made from the last of its kind."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median_low
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.governance.owners import match
from crm_pilot.governance.registers import AddCommittee
from crm_pilot.governance.rows import CommitteeRow, committees
from crm_pilot.governance.terms import CommitteeKind, Presence
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.people.queries import FULL_NAME
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, date_from_iso, remembered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

USUAL_WEEKS = 4  # between two committees where nothing says otherwise: “usually monthly” [W70]
LOOKED_BACK = 4  # gaps between committees that make their rhythm
WEEK = 7
_NUMBERED = re.compile(r"((?:\bno?[.°º]|\bcopil|\bcommittee|\bcomité)\s*)(\d+)\b", re.IGNORECASE)


@dataclass(frozen=True)
class AgendaRow:
    """A point of an agenda; `minutes` is how long it takes, `outcome` what became of it."""

    id: int
    committee_id: int
    position: int
    title: str
    presenter: str
    minutes: int | None
    outcome: str


@dataclass(frozen=True)
class ParticipantRow:
    """Somebody invited, with name and role as printed."""

    id: int
    committee_id: int
    person_id: int | None
    position: int
    name: str
    role: str
    presence: Presence


@remembered("agenda_item")
def agenda(reader: Reader, committee_id: int) -> tuple[AgendaRow, ...]:
    """The agenda of a committee, in its order."""
    return tuple(
        reader.rows(
            AgendaRow,
            "SELECT id, committee_id, position, title, presenter, minutes, outcome"
            " FROM agenda_item WHERE committee_id = ? ORDER BY position, id",
            committee_id,
        )
    )


@remembered("participant")
def participants(reader: Reader, committee_id: int) -> tuple[ParticipantRow, ...]:
    """Everybody invited to a committee, in the lead's order."""
    return tuple(
        reader.rows(
            ParticipantRow,
            "SELECT id, committee_id, person_id, position, name, role, presence"
            " FROM participant WHERE committee_id = ? ORDER BY position, id",
            committee_id,
        )
    )


def committee(reader: Reader, committee_id: int) -> CommitteeRow | None:
    """One committee; None when it is gone."""
    return next((row for row in committees(reader) if row.id == committee_id), None)


def rhythm(days: Sequence[dt.date]) -> int:
    """Calendar days from one committee to the next: the middle one of the last gaps, in whole
    weeks so that the weekday stays; four weeks where there are no two committees."""
    known = sorted(set(days))[-LOOKED_BACK - 1 :]
    gaps = [(after - before).days for before, after in pairwise(known)]
    weeks = round(median_low(gaps) / WEEK) if gaps else USUAL_WEEKS
    return max(1, weeks) * WEEK


@dataclass(frozen=True)
class PlanNext:
    """The next committee of a kind, made from the last one: place, hour, rhythm, everybody
    invited, and the titles of the agenda. The result is its id.

    `held_on` replaces the day that the rhythm gives; the first of its kind needs one.
    """

    kind: CommitteeKind = CommitteeKind.STEERING
    held_on: dt.date | None = None

    @property
    def label(self) -> Message:
        return msg("Plan the next committee")

    def apply(self, work: Work) -> int:
        days = [
            date_from_iso(row[0])
            for row in work.select("SELECT held_on FROM committee WHERE kind = ?", self.kind)
        ]
        if self.held_on is None and not days:
            raise UserError(N_("The first committee of its kind needs a date. Nothing was added."))
        held_on = self.held_on or max(days) + dt.timedelta(days=rhythm(days))
        model = _last(work, self.kind, "committee")
        key = AddCommittee(held_on, kind=self.kind).apply(work)
        if model is not None:
            last = work.get("committee", model)
            known = {"starts_minute": last.starts_minute, "minutes": last.minutes}
            work.set("committee", key, place=last.place, **known)
        _copy_people(work, _last(work, self.kind, "participant"), key)
        _copy_agenda(work, _last(work, self.kind, "agenda_item"), key)
        return key


def _last(work: Work, kind: CommitteeKind, table: str) -> int | None:
    """The last committee of a kind, or the last one with rows in `table`."""
    asked = "" if table == "committee" else f" JOIN {table} t ON t.committee_id = c.id"
    found = work.select(
        f"SELECT c.id FROM committee c{asked} WHERE c.kind = ?"
        " ORDER BY c.held_on DESC, c.number DESC LIMIT 1",
        kind,
    )
    return int(found[0][0]) if found else None


def _copy_people(work: Work, model: int | None, key: int) -> None:
    """Invite again who was invited."""
    columns = "person_id, position, name, role"
    for row in work.select(
        f"SELECT {columns} FROM participant WHERE committee_id = ? ORDER BY position, id", model
    ):
        values = dict(zip(columns.split(", "), row, strict=True))
        work.add("participant", committee_id=key, **values)


def _copy_agenda(work: Work, model: int | None, key: int) -> None:
    """The same points again, nothing said about them yet."""
    if model is None:
        return
    step = work.get("committee", key).number - (number := work.get("committee", model).number)
    columns = "position, title, presenter, minutes"
    for row in work.select(
        f"SELECT {columns} FROM agenda_item WHERE committee_id = ? ORDER BY position, id", model
    ):
        values = dict(zip(columns.split(", "), row, strict=True))
        values["title"] = renumbered(values["title"], number, step)
        work.add("agenda_item", committee_id=key, **values)


def renumbered(title: str, number: int, step: int) -> str:
    """A title of committee `number` for the one `step` later: “Follow-up of committee 6”, on the
    agenda of the seventh, is about the seventh on that of the eighth. Other numbers stay."""

    def moved(found: re.Match[str]) -> str:
        told = int(found[2])
        return found[1] + str(told + step if told in (number - 1, number) else told)

    return _NUMBERED.sub(moved, title)


@dataclass(frozen=True)
class AddAgendaItem:
    """A point at the end of an agenda; the result is its id."""

    committee_id: int
    title: str
    presenter: str = ""
    minutes: int | None = None

    @property
    def label(self) -> Message:
        return msg("Add a point to the agenda")

    def apply(self, work: Work) -> int:
        return work.add(
            "agenda_item",
            committee_id=self.committee_id,
            title=_filled(self.title),
            presenter=self.presenter.strip(),
            minutes=self.minutes,
            position=end_of(work, "agenda_item", self.committee_id),
        )


@dataclass(frozen=True)
class AddParticipant:
    """Somebody invited to a committee; the result is its id. Without `person_id`, the person of
    that name where there is exactly one."""

    committee_id: int
    name: str
    role: str = ""
    person_id: int | None = None

    @property
    def label(self) -> Message:
        return msg("Invite somebody")

    def apply(self, work: Work) -> int:
        name, person = _filled(self.name), self.person_id
        if person is None:
            people = work.select(f"SELECT p.id, {FULL_NAME.format(table='p')} FROM person p")
            person = match(name, ((int(key), str(who)) for key, who in people)).id
        return work.add(
            "participant",
            committee_id=self.committee_id,
            person_id=person,
            name=name,
            role=self.role.strip(),
            position=end_of(work, "participant", self.committee_id),
        )


def end_of(work: Work, table: str, committee_id: int) -> int:
    """The position after the last row of a committee."""
    last = work.select(f"SELECT MAX(position) FROM {table} WHERE committee_id = ?", committee_id)[
        0
    ][0]
    return 0 if last is None else int(last) + 1


def _filled(text: str) -> str:
    if not text.strip():
        raise UserError(N_("This needs a few words. Nothing was added."))
    return text.strip()
