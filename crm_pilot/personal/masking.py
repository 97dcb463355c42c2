"""Other people's names taken out of what is handed to one person."""

from __future__ import annotations

import re

from crm_pilot.i18n import Translator
from crm_pilot.people.queries import persons
from crm_pilot.personal.identity import SHORTEST, Subject
from crm_pilot.stakeholders.terms import UnitKind
from crm_pilot.stakeholders.wording import fold
from crm_pilot.store.reader import Reader


class Mask:
    """Call it with a text: the same without the names of others, the subject's own kept.

    Full names either way round, initials with the last name, addresses, and a last name alone
    that nobody but a colleague has.
    """

    def __init__(self, reader: Reader, subject: Subject, shown: Translator) -> None:
        self.somebody = shown.tr("[another person]")
        self._subject = subject
        self._own = {fold(text) for text in subject.sure}
        self._names, self._alone = _others(reader, subject)

    def __call__(self, text: str) -> str:
        text = self._cut(text, self._names, capital=False)
        return self._cut(text, self._alone, capital=True)

    def author(self, name: str) -> str:
        """Who wrote something: the subject, or another person whoever it is."""
        return name if not name or self.is_subject(name) else self.somebody

    def unit(self, name: str, kind: str) -> str:
        """A unit of the map: a group by name, a person masked."""
        return self.somebody if kind == UnitKind.PERSON else self(name)

    def is_subject(self, name: str) -> bool:
        """Whether a text that holds one name is the subject's."""
        return bool(name) and fold(name.strip()) in self._own

    def _cut(self, text: str, pattern: re.Pattern[str], *, capital: bool) -> str:
        made, at = [], 0
        for match in pattern.finditer(fold(text)):
            if match.group() in self._own or (capital and not text[match.start()].isupper()):
                continue
            made += [text[at : match.start()], self.somebody]
            at = match.end()
        return "".join([*made, text[at:]])


def _others(reader: Reader, subject: Subject) -> tuple[re.Pattern[str], re.Pattern[str]]:
    names: set[str] = set()
    alone: set[str] = set()
    for row in persons(reader):
        if row.id == subject.person_id:
            continue
        first, last = row.first_name.strip(), row.last_name.strip()
        names |= {row.name, f"{last} {first}".strip(), row.email}
        if first:
            names |= {f"{first[0]}. {last}", f"{first[0]} {last}"}
        if len(last) >= SHORTEST and fold(last) != fold(subject.last_name):
            alone.add(last)
    for key, name in reader.select("SELECT id, name FROM stakeholder WHERE kind = 'person'"):
        if key not in subject.units:
            names.add(name)
    return _any_of(names), _any_of(alone)


def _any_of(texts: set[str]) -> re.Pattern[str]:
    folded = sorted({re.escape(fold(text)) for text in texts if text}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(folded)})(?!\w)" if folded else r"(?!)")
