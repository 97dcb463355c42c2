"""Whom a CRM account belongs to: by staff number, e-mail or name; what is not sure is for review.

Sure is a staff number or an e-mail address that one person has, or the whole name of one person
when no address speaks against it. Everything else is a proposal: the same name of several people,
a name that is written a little differently, an address or user name made of the name. Nothing is
decided by a proposal; the lead chooses.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from enum import StrEnum

from crm_pilot.folding import folded
from crm_pilot.i18n import N_
from crm_pilot.records import dataclass

ALIKE = 0.84  # of two names, as SequenceMatcher measures; under it they are two names
MOST = 4  # proposals shown
_ASIDE = re.compile(r"\([^)]*\)")  # “(South)”, “(external)”
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")


class Reason(StrEnum):
    """Why an account is thought to be somebody's."""

    NUMBER = "number"
    EMAIL = "email"
    NAME = "name"
    SHARED = "shared"
    CONFLICT = "conflict"
    ADDRESS = "address"
    ALIKE = "alike"


REASONS = {
    Reason.NUMBER: N_("same staff number"),
    Reason.EMAIL: N_("same e-mail address"),
    Reason.NAME: N_("same name"),
    Reason.SHARED: N_("several people have this name"),
    Reason.CONFLICT: N_("same name, another address"),
    Reason.ADDRESS: N_("address or user name made of the name"),
    Reason.ALIKE: N_("similar name"),
}
SURE = frozenset({Reason.NUMBER, Reason.EMAIL, Reason.NAME})


@dataclass(frozen=True)
class Named:
    """A person, by what may tell them."""

    id: int
    first_name: str
    last_name: str
    email: str = ""
    number: str = ""  # staff number


@dataclass(frozen=True)
class User:
    """An account, by what may tell whose it is."""

    full_name: str = ""
    email: str = ""
    username: str = ""
    number: str = ""


@dataclass(frozen=True)
class Candidate:
    """Somebody an account may belong to."""

    person_id: int
    reason: Reason


@dataclass(frozen=True)
class Match:
    """The person when it is sure; otherwise whom it may be, the likeliest first."""

    person_id: int | None
    reason: Reason | None = None
    candidates: tuple[Candidate, ...] = ()


def words(*names: str) -> tuple[str, ...]:
    """The words of a name for comparison: folded, in the order of the alphabet."""
    text = _ASIDE.sub(" ", folded(" ".join(names)))
    return tuple(sorted(filter(None, _NOT_LETTERS.split(text))))


class People:
    """The people of the project by everything that tells them; made once for many accounts."""

    def __init__(self, people: Iterable[Named]) -> None:
        self._people = {person.id: person for person in people}
        self._number: dict[str, list[int]] = defaultdict(list)
        self._email: dict[str, list[int]] = defaultdict(list)
        self._name: dict[tuple[str, ...], list[int]] = defaultdict(list)
        self._made: dict[str, list[int]] = defaultdict(list)
        self._word: dict[str, list[int]] = defaultdict(list)
        for person in self._people.values():
            if person.number:
                self._number[person.number.casefold()].append(person.id)
            if person.email:
                self._email[person.email.casefold()].append(person.id)
            name = words(person.first_name, person.last_name)
            if name:
                self._name[name].append(person.id)
            for made in _spellings(person):
                self._made[made].append(person.id)
            for word in name:
                self._word[word[:3]].append(person.id)

    def match(self, user: User) -> Match:
        """Whom an account belongs to, or may belong to."""
        for keys, said, reason in (
            (self._number, user.number, Reason.NUMBER),
            (self._email, user.email, Reason.EMAIL),
            (self._email, user.username, Reason.EMAIL),
        ):
            found = keys.get(said.casefold(), []) if said else []
            if len(found) == 1:
                return Match(found[0], reason)
        return self._by_name(user)

    def _by_name(self, user: User) -> Match:
        same = self._name.get(words(user.full_name), []) if user.full_name else []
        if len(same) == 1 and not self._conflicts(same[0], user):
            return Match(same[0], Reason.NAME)
        told: dict[int, Reason] = {}
        for person in same:
            told[person] = Reason.SHARED if len(same) > 1 else Reason.CONFLICT
        for made in _of_user(user):
            for person in self._made.get(made, []):
                told.setdefault(person, Reason.ADDRESS)
        for person in self._alike(user.full_name):
            told.setdefault(person, Reason.ALIKE)
        listed = tuple(Candidate(person, reason) for person, reason in told.items())
        return Match(None, None, listed[:MOST])

    def _conflicts(self, person: int, user: User) -> bool:
        """Whether number or address say that it is somebody else of the same name."""
        known = self._people[person]
        numbers = known.number and user.number and known.number.casefold() != user.number.casefold()
        emails = known.email and user.email and known.email.casefold() != user.email.casefold()
        return bool(numbers or emails)

    def _alike(self, name: str) -> list[int]:
        """People whose name differs by little, the most alike first."""
        asked = words(name)
        if len(asked) < 2:
            return []
        text = " ".join(asked)
        near = {person for word in asked for person in self._word.get(word[:3], [])}
        rated = []
        for person in near:
            known = self._people[person]
            theirs = " ".join(words(known.first_name, known.last_name))
            share = SequenceMatcher(None, text, theirs, autojunk=False).ratio()
            if share >= ALIKE:
                rated.append((-share, person))
        return [person for _, person in sorted(rated)]


def _spellings(person: Named) -> set[str]:
    """How addresses and user names are made of a name: jeanne.roy, jroy, roy.jeanne, royj."""
    first, last = "".join(words(person.first_name)), "".join(words(person.last_name))
    if not (first and last):
        return set()
    return {first + last, last + first, first[0] + last, last + first[0]}


def _of_user(user: User) -> list[str]:
    """The letters of the name, of the address and of the user name before the @."""
    found = []
    for text in (user.full_name, user.email, user.username):
        letters = _NOT_LETTERS.sub("", folded(text.partition("@")[0]))
        letters = letters.rstrip("0123456789")
        if len(letters) > 3 and letters not in found:
            found.append(letters)
    return found


def match_all(users: Mapping[int, User], people: Sequence[Named]) -> dict[int, Match]:
    """Every account by its id."""
    known = People(people)
    return {key: known.match(user) for key, user in users.items()}
