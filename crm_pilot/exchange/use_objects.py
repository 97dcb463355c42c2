"""Which object of the CRM the records of an export are of, where its rows do not say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from crm_pilot.adoption.facts import kind_of
from crm_pilot.adoption.terms import OBJECT_KINDS, ObjectKind
from crm_pilot.exchange.headers import normal

OBJECT_KEY = "@object"  # in a corrected mapping: the object of every row
_DYNAMICS = re.compile(r"^\((?:do not modify|ne pas modifier)\)\s*(.+)$", re.IGNORECASE)
_FIRST = re.compile(r"^(?!e?mail)(\w+)(?: id| name| number)?$")
_NOT_IT = ("row checksum", "modified on", "somme de controle de la ligne", "modifie le")
_OWNER = re.compile(r"^(?:(\w+) owner|proprietaire (?:du|de la|de l) (\w+))\b")


def object_of_file(
    headers: Sequence[str], stem: str, chosen: str, *, any_heading: bool = True
) -> str:
    """As chosen, as a heading tells (`(Do Not Modify) Account`, `Opportunity Owner`), as the name
    of the file tells, or as the only object that headings name; empty when nothing does.

    Not `any_heading`: only the first one is asked, as records name those they belong to as well
    (the account of a contact, its e-mail address).
    """
    return (
        chosen.strip()
        or _of_dynamics(headers)
        or _of_owner(headers)
        or _only(re.split(r"[^a-z]+", normal(stem)))
        or (
            any_heading and _only(word for header in headers for word in normal(header).split()[:1])
        )
        or _only(_FIRST.findall(normal(headers[0]) if headers else ""))
    )


def _of_dynamics(headers: Sequence[str]) -> str:
    for header in headers:
        found = _DYNAMICS.match(header.strip())
        if found and normal(found[1]) not in _NOT_IT:
            return found[1].strip()
    return ""


def _of_owner(headers: Sequence[str]) -> str:
    for header in headers:
        found = _OWNER.match(normal(header))
        if found:
            word = _only([found[1] or found[2]])
            if word:
                return word
    return ""


def _only(words: Iterable[str]) -> str:
    """The one object that some of the words name, by its usual name."""
    kinds = {kind_of(word) for word in words} - {ObjectKind.OTHER}
    return OBJECT_KINDS[kinds.pop()] if len(kinds) == 1 else ""


def usual_objects() -> tuple[str, ...]:
    """Objects to choose from."""
    return tuple(name for kind, name in OBJECT_KINDS.items() if kind is not ObjectKind.OTHER)
