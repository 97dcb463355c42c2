"""Erasing a person: ratings, facts, notes, names and addresses go; counts stay, of nobody.

What counts hang on (attendances, login days) stays with a row that says no more than that somebody
was there. It cannot be undone: the file, its history and its dated copies must hold no trace.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from crm_pilot.i18n import Message, Translator, msg
from crm_pilot.personal import frozen, texts
from crm_pilot.personal.identity import Subject
from crm_pilot.personal.texts import Mention
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.terms import Zone
from crm_pilot.stakeholders.zones import grid

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

# Links that end: the thing stays, nobody stands beside it
LET_GO = (
    ("task", "owner_id"),
    ("role", "person_id"),
    ("stakeholder", "owner_id"),
    ("lateral_project", "pilot_id"),
    ("training_session", "trainer_id"),
    ("raci_actor", "person_id"),
)
# Those that count by their kind or marks: what was written in them goes too
SILENCED = (("support", ("matter", "answer")), ("evaluation", ("comment",)))
GONE_WITH_THEM = ("absence", "assignment", "plan_part", "waiting")
COUNTED = ("attendance", "quiz_result")  # they hang on the person's row, which then stays


@dataclass(frozen=True)
class Erased:
    """What an erasure did, in counts."""

    units: int
    ratings: int
    texts: int
    attendances: int  # kept, of nobody
    accounts: int  # kept without id and name
    doubtful: int  # texts with the last name alone that were left
    issues: int = 0  # issued reports that were withdrawn


@dataclass(frozen=True)
class ErasePerson:
    """Take everything on `subject` out of the project. `language`: of the words left instead.

    `today`: positions on committee days up to it are kept as counts.
    """

    subject: Subject
    today: dt.date
    language: str = "en"

    @property
    def label(self) -> Message:
        return msg("Erase a person")  # never the name: labels are kept

    def apply(self, work: Work) -> Erased:
        named = frozen.naming(work.reader(), self.subject)
        ratings = _rated(work, self.subject.units)
        _count_positions(work, self.subject.units, self.today)
        for unit in self.subject.units:
            work.remove("stakeholder", unit)
        kept, accounts = 0, len(self.subject.accounts)
        if self.subject.person_id is not None:
            kept = self._empty(work, self.subject.person_id)
        changed, doubtful = self._mask(work)
        withdrawn = frozen.withdraw(work, named, self.today)
        units = len(self.subject.units)
        return Erased(units, ratings, changed, kept, accounts, doubtful, withdrawn)

    def _empty(self, work: Work, person: int) -> int:
        """Empty the person's row, or take it away when no count hangs on it."""
        for table, column in LET_GO:
            for (key,) in work.select(f"SELECT id FROM {table} WHERE {column} = ?", person):
                work.set(table, key, **{column: None})
        for table, words in SILENCED:
            for (key,) in work.select(f"SELECT id FROM {table} WHERE person_id = ?", person):
                work.set(table, key, person_id=None, **dict.fromkeys(words, ""))
        for table in GONE_WITH_THEM:
            for (key,) in work.select(f"SELECT id FROM {table} WHERE person_id = ?", person):
                work.remove(table, key)
        self._leave_committees(work, person)
        for account in self.subject.accounts:
            nobody = {"external_id": f"erased-{account}", "username": "", "email": ""}
            work.set("account", account, **nobody, full_name="")
        kept, *others = (
            work.select(f"SELECT count(*) FROM {table} WHERE person_id = ?", person)[0][0]
            for table in COUNTED
        )
        if not kept and not any(others) and not self.subject.accounts:
            work.remove("person", person)
            return 0
        work.set(
            "person",
            person,
            code=None,
            first_name="",
            last_name=Translator(self.language).tr("Erased person {n}", n=person),
            email="",
            external_id=None,
            job="",
            arrived_on=None,
            note="",
            calendar_id=None,
            units=100,
        )
        return int(kept)

    def _leave_committees(self, work: Work, person: int) -> None:
        """That somebody was invited stays; as whom was typed, so it goes with the name."""
        mask = Translator(self.language).tr("[erased person]")
        for (key,) in work.select("SELECT id FROM participant WHERE person_id = ?", person):
            work.set("participant", key, person_id=None, name=mask, role="")

    def _mask(self, work: Work) -> tuple[int, int]:
        """Put neutral words where texts name them; (texts changed, doubtful ones left)."""
        mask = Translator(self.language).tr("[erased person]")
        changed = doubtful = 0
        for found in tuple(texts.mentions(work.select, self.subject)):
            if not found.sure and (self.subject.shared or found.column.table in texts.THINGS):
                doubtful += 1
                continue
            text = texts.without(found.text, self.subject, mask)
            if found.column.unique:
                text = f"{text} {found.row}"
            work.set(found.column.table, found.row, **{found.column.name: text})
            changed += 1
        return changed, doubtful


def _rated(work: Work, units: Iterable[int]) -> int:
    return sum(
        work.select("SELECT count(*) FROM rating WHERE stakeholder_id = ?", unit)[0][0]
        for unit in units
    )


def _count_positions(work: Work, units: Iterable[int], today: dt.date) -> None:
    """Add the zones they stood in on the days of past committees to the anonymous counts."""
    zones = grid(
        (s, a, Zone(zone))
        for s, a, zone in work.select("SELECT synergy, antagonism, zone FROM zone_cell")
    )
    held = work.select(
        "SELECT DISTINCT held_on FROM committee WHERE kind = 'steering' AND held_on <= ?",
        today.isoformat(),
    )
    counts: Counter[tuple[str, Zone]] = Counter()
    for (day,) in held:
        for unit in units:
            place = work.select(
                "SELECT synergy, antagonism FROM rating WHERE stakeholder_id = ?"
                " AND rated_on <= ? ORDER BY rated_on DESC, id DESC LIMIT 1",
                unit,
                day,
            )
            if place:
                counts[day, zones.zone(*place[0])] += 1
    for (day, zone), persons in counts.items():
        before = work.select(
            "SELECT id, persons FROM position_count WHERE counted_on = ? AND zone = ?", day, zone
        )
        if before:
            work.set("position_count", before[0][0], persons=before[0][1] + persons)
        else:
            work.add(
                "position_count",
                counted_on=dt.date.fromisoformat(day),
                zone=zone,
                persons=persons,
            )


def doubtful(found: Iterable[Mention], subject: Subject) -> list[Mention]:
    """Texts an erasure leaves: the last name alone, where it may as well be something else."""
    return [
        one
        for one in found
        if not one.sure and (subject.shared or one.column.table in texts.THINGS)
    ]


def traces(path: Path, subject: Subject) -> list[str]:
    """Which of the texts that name `subject` surely still stand in the bytes of a file.

    As they are written, in small letters and in capitals; UTF-8, as SQLite stores them.
    """
    content = path.read_bytes()
    return [
        text
        for text in subject.sure
        if any(
            form.encode() in content
            for form in {text, text.lower(), text.upper(), text.title(), text.capitalize()}
        )
    ]
