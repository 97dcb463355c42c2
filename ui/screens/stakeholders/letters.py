"""A department in one to three letters, different for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

SMALL = frozenset(
    {"de", "des", "du", "la", "le", "les", "et", "en", "of", "and", "the", "for", "to", "in"}
)
MOST = 3


def department_letters(names: Iterable[str]) -> dict[str, str]:
    """Letters for each name, in alphabetical order of the names so that they do not change with
    the order of the units: the initials of several words, else the first letter, then more."""
    given: dict[str, str] = {}
    for name in sorted({name for name in names if name}):
        taken = set(given.values())
        given[name] = next(
            (letters for letters in _candidates(name) if letters not in taken),
            _numbered(name, taken),
        )
    return given


def _candidates(name: str) -> list[str]:
    words = [word for word in re.findall(r"\w+", name) if word.lower() not in SMALL]
    words = words or re.findall(r"\w+", name) or [name]
    initials = "".join(word[0] for word in words).upper()[:MOST]
    first = words[0].upper()
    found = [initials] if len(words) > 1 else []
    if name.isupper() and len(name) <= MOST:
        found.insert(0, name)
    found += [first[:1], first[:2], first[:3]]
    found += [first[0] + letter for letter in first[1:]]
    found += [initials[:2] + letter for letter in words[-1].upper()[1:]]
    return [letters[:MOST] for letters in found]


def _numbered(name: str, taken: set[str]) -> str:
    first = name[0].upper()
    return next(
        letters for n in range(2, 1000) if (letters := f"{first}{n}"[:4]) not in taken or n == 999
    )
