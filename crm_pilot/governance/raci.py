"""Who does what: lines, actors, a letter where they meet, and what is wrong with it.

Exactly one A (or AR) for every line, and at least one R (or AR) [W85].
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.governance.owners import match
from crm_pilot.governance.terms import Letter
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.people.queries import FULL_NAME
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

ANSWERS = frozenset({Letter.A, Letter.AR})
DOES = frozenset({Letter.R, Letter.AR})
Letters = Mapping[tuple[int, int], Letter]  # by ids of item and actor


class FaultKind(StrEnum):
    """What a line of the RACI lacks, or has too much of."""

    NO_A = "no_a"
    MANY_A = "many_a"
    NO_R = "no_r"


@dataclass(frozen=True)
class RaciItemRow:
    """A line: a deliverable or an activity, with its task where there is one."""

    id: int
    position: int
    title: str
    task_id: int | None


@dataclass(frozen=True)
class RaciActorRow:
    """A column: a role or a person."""

    id: int
    position: int
    name: str
    person_id: int | None


@dataclass(frozen=True)
class Fault:
    """A line that breaks a rule, with the sentence that says so."""

    item_id: int
    kind: FaultKind
    text: Message


@dataclass(frozen=True)
class RaciTable:
    """The whole of it, with its faults in the order of the lines."""

    actors: tuple[RaciActorRow, ...]
    items: tuple[RaciItemRow, ...]
    letters: Letters
    faults: tuple[Fault, ...]

    def letter(self, item_id: int, actor_id: int) -> Letter | None:
        """What an actor is for a line, or None."""
        return self.letters.get((item_id, actor_id))


def faults(items: Iterable[RaciItemRow], letters: Letters) -> tuple[Fault, ...]:
    """What is wrong, by line: none or several who answer for it, nobody who does it."""
    found = []
    for item in items:
        given = [letter for (line, _), letter in letters.items() if line == item.id]
        answer = sum(letter in ANSWERS for letter in given)
        if answer == 0:
            text = msg("“{title}”: nobody answers for it. Give exactly one A.", title=item.title)
            found.append(Fault(item.id, FaultKind.NO_A, text))
        if answer > 1:
            text = nmsg(
                "“{title}”: {n} answers for it. Leave exactly one A.",
                "“{title}”: {n} answer for it. Leave exactly one A.",
                answer,
                title=item.title,
            )
            found.append(Fault(item.id, FaultKind.MANY_A, text))
        if not any(letter in DOES for letter in given):
            text = msg("“{title}”: nobody does it. Give at least one R.", title=item.title)
            found.append(Fault(item.id, FaultKind.NO_R, text))
    return tuple(found)


@remembered("raci_item", "raci_actor", "raci_cell")
def raci(reader: Reader) -> RaciTable:
    """The RACI in the lead's order."""
    items = tuple(
        reader.rows(
            RaciItemRow, "SELECT id, position, title, task_id FROM raci_item ORDER BY position, id"
        )
    )
    actors = tuple(
        reader.rows(
            RaciActorRow,
            "SELECT id, position, name, person_id FROM raci_actor ORDER BY position, id",
        )
    )
    letters = {
        (item, actor): Letter(letter)
        for item, actor, letter in reader.select("SELECT item_id, actor_id, letter FROM raci_cell")
    }
    return RaciTable(actors, items, letters, faults(items, letters))


@dataclass(frozen=True)
class SetLetter:
    """What an actor is for a line; None takes the letter away."""

    item_id: int
    actor_id: int
    letter: Letter | None

    @property
    def label(self) -> Message:
        return msg("Change the RACI")

    def apply(self, work: Work) -> None:
        known = work.select(
            "SELECT id FROM raci_cell WHERE item_id = ? AND actor_id = ?",
            self.item_id,
            self.actor_id,
        )
        if self.letter is None:
            for (key,) in known:
                work.remove("raci_cell", key)
        elif known:
            work.set("raci_cell", known[0][0], letter=self.letter)
        else:
            work.add("raci_cell", item_id=self.item_id, actor_id=self.actor_id, letter=self.letter)


@dataclass(frozen=True)
class AddRaciItem:
    """A line at the end; the result is its id."""

    title: str
    task_id: int | None = None

    @property
    def label(self) -> Message:
        return msg("Add a line to the RACI")

    def apply(self, work: Work) -> int:
        if not self.title.strip():
            raise UserError(N_("This needs a few words. Nothing was added."))
        place = _end(work, "raci_item")
        return work.add("raci_item", title=self.title.strip(), task_id=self.task_id, position=place)


@dataclass(frozen=True)
class AddRaciActor:
    """A column at the end; the result is its id. Without `person_id`, the person of that name
    where there is exactly one."""

    name: str
    person_id: int | None = None

    @property
    def label(self) -> Message:
        return msg("Add an actor to the RACI")

    def apply(self, work: Work) -> int:
        if not self.name.strip():
            raise UserError(N_("This needs a few words. Nothing was added."))
        person = self.person_id
        if person is None:
            people = work.select(f"SELECT p.id, {FULL_NAME.format(table='p')} FROM person p")
            person = match(self.name, ((int(key), str(who)) for key, who in people)).id
        place = _end(work, "raci_actor")
        return work.add("raci_actor", name=self.name.strip(), person_id=person, position=place)


def _end(work: Work, table: str) -> int:
    last = work.select(f"SELECT MAX(position) FROM {table}")[0][0]
    return 0 if last is None else int(last) + 1
