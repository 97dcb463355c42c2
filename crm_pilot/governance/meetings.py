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
from crm_pilot.people.working import working_days
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

USUAL_WEEKS = 4  # between two committees where nothing says otherwise: “usually monthly” [W70]
LOOKED_BACK = 4  # gaps between committees that make their rhythm
WEEK = 7
LONGEST_CLOSURE = 60  # days looked ahead for one that is worked
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


def proposed_day(
    reader: Reader, kind: CommitteeKind, today: dt.date | None = None
) -> dt.date | None:
    """The day the rhythm gives the next committee of a kind, not before `today`; a day nobody
    works (public holiday, closure) moves to the next one worked. None for the first of its kind."""
    days = [row.held_on for row in committees(reader) if row.kind == kind]
    if not days:
        return None
    step = dt.timedelta(days=rhythm(days))
    day = max(days) + step
    while today is not None and day < today:
        day += step
    week = working_days(reader).project
    later = (day + dt.timedelta(days=n) for n in range(LONGEST_CLOSURE))
    return next((one for one in later if week.works(one)), day)


def taken_over(
    reader: Reader, kind: CommitteeKind
) -> tuple[tuple[ParticipantRow, ...], tuple[AgendaRow, ...]]:
    """Whom `PlanNext` invites and which points it copies: those of the last committee of a kind
    that has any."""
    known = [row.id for row in reversed(committees(reader)) if row.kind == kind]
    guests = next((found for key in known if (found := participants(reader, key))), ())
    points = next((told for key in known if (told := agenda(reader, key))), ())
    return guests, points


@dataclass(frozen=True)
class PlanNext:
    """The next committee of a kind, made from the last one: place, hour, everybody invited and
    the agenda, on the day of `proposed_day`. The result is its id.

    `held_on` replaces the day that the rhythm gives; the first of its kind needs one.
    """

    kind: CommitteeKind = CommitteeKind.STEERING
    held_on: dt.date | None = None

    @property
    def label(self) -> Message:
        return msg("Plan the next committee")

    def apply(self, work: Work) -> int:
        reader = work.reader()
        held_on = self.held_on or proposed_day(reader, self.kind)
        if held_on is None:
            raise UserError(N_("The first committee of its kind needs a date. Nothing was added."))
        guests, points = taken_over(reader, self.kind)
        known = [row for row in committees(reader) if row.kind == self.kind]
        key = AddCommittee(held_on, kind=self.kind).apply(work)
        if known:
            last = known[-1]
            times = {"starts_minute": last.starts_minute, "minutes": last.minutes}
            work.set("committee", key, place=last.place, **times)
        _invite(work, guests, key)
        if points:
            told = next(row.number for row in known if row.id == points[0].committee_id)
            _copy_agenda(work, points, key, told)
        return key


def _invite(work: Work, guests: Sequence[ParticipantRow], key: int) -> None:
    """Invite again who was invited."""
    for one in guests:
        values = {"person_id": one.person_id, "position": one.position}
        work.add("participant", committee_id=key, name=one.name, role=one.role, **values)


def _copy_agenda(work: Work, points: Sequence[AgendaRow], key: int, told: int) -> None:
    """The same points again, nothing said about them yet; `told` is the number of the committee
    they come from."""
    step = work.get("committee", key).number - told
    for one in points:
        work.add(
            "agenda_item",
            committee_id=key,
            title=renumbered(one.title, told, step),
            presenter=one.presenter,
            minutes=one.minutes,
            position=one.position,
        )


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
