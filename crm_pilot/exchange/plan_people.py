"""The people of a plan file beside those of the project: by e-mail address, then by name.

Only names and addresses are taken over; whatever else a planner knows of a person stays out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import field

from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.plan import Problems
from crm_pilot.i18n import N_, Message
from crm_pilot.planning.document import DocResource, PlanDocument
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader

_SPACE = re.compile(r"\s+")


@dataclass(frozen=True)
class Team:
    """Who the resources are: resource → id of a person, or −1 − its place among the new ones."""

    of: Mapping[int, int] = field(default_factory=dict)
    new: tuple[Mapping[str, str | int], ...] = ()
    things: int = 0  # material, costs: no people

    @property
    def known(self) -> int:
        """How many were found in the project."""
        return len({person for person in self.of.values() if person >= 0})


def split_name(name: str) -> tuple[str, str]:
    """First and last name: of "Last, First", of "First Last", or with the last one in capitals."""
    text = _SPACE.sub(" ", name).strip()
    last, comma, first = text.partition(",")
    if comma and first.strip():
        return first.strip(), last.strip()
    words = text.split(" ")
    shouted = [word for word in words if len(word) > 1 and word.isupper()]
    if shouted and len(shouted) < len(words):
        return " ".join(word for word in words if word not in shouted), " ".join(shouted)
    return (words[0], " ".join(words[1:])) if len(words) > 1 else ("", text)


def match(document: PlanDocument, reader: Reader, problems: Problems) -> Team:
    """Find the people of a plan in the project; who is not there is new."""
    emails: dict[str, int] = {}
    names: dict[str, int | None] = {}  # None: several
    for key, email, first, last in reader.select(
        "SELECT id, email, first_name, last_name FROM person"
    ):
        if email:
            emails.setdefault(email.casefold(), key)
        full = _key(f"{first} {last}")
        names[full] = key if names.get(full, key) == key else None
    of: dict[int, int] = {}
    new: list[Mapping[str, str | int]] = []
    for resource in document.resources:
        if resource.kind != "work" or not resource.name:
            continue
        person = emails.get(resource.email.casefold()) if resource.email else None
        full = _key(resource.name)
        if person is None and full in names:
            person = names[full]
            if person is None:
                problems.warn(0, "", "", Message(SEVERAL, {"name": resource.name}))
                continue
        if person is None:
            person = -1 - len(new)
            new.append(_person(resource))
        names[full] = person
        of[resource.uid] = person
    things = sum(r.kind != "work" and bool(r.name) for r in document.resources)
    return Team(of, tuple(new), things)


def _key(name: str) -> str:
    """A name for comparison: its words in no order."""
    return " ".join(sorted(normal(name).split()))


def _person(resource: DocResource) -> Mapping[str, str | int]:
    first, last = split_name(resource.name)
    return {
        "first_name": first,
        "last_name": last,
        "email": resource.email,
        "units": min(1000, max(0, round(resource.units * 100))),
    }


SEVERAL = N_("Several people of the project are called “{name}”: their tasks have nobody yet")
