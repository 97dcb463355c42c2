"""Whom a typed owner stands for: somebody of the project, or somebody new.

People type `Marchand`, `J. Marchand`, `Jean Marchand` or `MARCHAND Jean`, without accents, with
the role behind a comma. Pure, but for `person_of`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.folding import folded
from crm_pilot.i18n import N_
from crm_pilot.people.queries import FULL_NAME
from crm_pilot.records import dataclass

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

People = Iterable[tuple[int, str]]  # id, first and last name; `people.queries.owners`
_PARTS = re.compile(r"[^\s.,'-]+")


@dataclass(frozen=True)
class Match:
    """Who a typed name stands for. `name` is that of the person, or the text as it was typed;
    `several` are the names it fits alike, and then nobody is chosen."""

    name: str
    id: int | None = None
    several: tuple[str, ...] = ()


def typed_name(text: str) -> str:
    """The name in `Jean Marchand, sponsor`: without the role, without `@`."""
    return " ".join(text.partition(",")[0].replace("@", " ").split())


def match(text: str, people: People) -> Match:
    """Who `text` stands for among `people`: by every word of it, initials too. The whole name
    comes before a part of one."""
    name = typed_name(text)
    words = _words(name)
    if not words:
        return Match(name)
    known = _by_word(tuple(people)).get(max(words, key=len), ())
    same = [one for one in known if sorted(one.words) == sorted(words)]
    found = same or [one for one in known if _fits(words, one.words)]
    if len(found) == 1:
        return Match(found[0].name, found[0].id)
    return Match(name, None, tuple(sorted(one.name for one in found)))


@dataclass(frozen=True)
class _Named:
    """A person with the words of the name, folded."""

    id: int
    name: str
    words: tuple[str, ...]


@lru_cache(maxsize=2)  # asked per key pressed, of the same people
def _by_word(people: tuple[tuple[int, str], ...]) -> dict[str, list[_Named]]:
    """People by each word of their names."""
    found: dict[str, list[_Named]] = defaultdict(list)
    for key, name in people:
        one = _Named(key, name, _words(name))
        for word in set(one.words):
            found[word].append(one)
    return dict(found)


def _words(name: str) -> tuple[str, ...]:
    return tuple(_PARTS.findall(folded(name)))


def _fits(typed: tuple[str, ...], whole: tuple[str, ...]) -> bool:
    """Whether every typed word is one of the name's, in any order; a single letter is an initial.
    An initial alone tells nobody."""
    if all(len(word) == 1 for word in typed):
        return False
    left = list(whole)
    for word in sorted(typed, key=len, reverse=True):  # whole words first: they take theirs
        fitting = [one for one in left if one == word or (len(word) == 1 and one[0] == word)]
        if not fitting:
            return False
        left.remove(fitting[0])
    return True


def person_of(work: Work, text: str) -> int:
    """The person whom a typed owner stands for, made where there is none yet. Raises `UserError`
    for a name that fits several."""
    people = work.select(f"SELECT p.id, {FULL_NAME.format(table='p')} FROM person p")
    found = match(text, ((int(key), str(name)) for key, name in people))
    if found.several:
        raise UserError(
            N_("“{name}” may be {names}: type first and last name. Nothing was changed."),
            name=found.name,
            names=", ".join(found.several[:4]),
        )
    if found.id is not None:
        return found.id
    first, _, last = found.name.rpartition(" ")
    return work.add("person", first_name=first, last_name=last)
