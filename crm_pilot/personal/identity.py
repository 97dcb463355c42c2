"""Who somebody is: a person of the company, a unit of the map, or both, and how texts name them.

Texts name a person surely (full name either way round, initial and last name, address, staff
number, code) or by the last name alone, which may as well be somebody else's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from crm_pilot.errors import UserError
from crm_pilot.folding import folded
from crm_pilot.i18n import N_
from crm_pilot.people.queries import PersonRow, persons
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.terms import UnitKind
from crm_pilot.stakeholders.wording import fold
from crm_pilot.store.reader import Reader

SHORTEST = 3  # characters of a text that may be searched for alone


@dataclass(frozen=True)
class Subject:
    """Somebody the file may hold something on.

    `person_id` is None for a unit of the map that was typed in by name only. `sure` are texts
    that name nobody else, `last_name` is empty when a colleague shares it.
    """

    person_id: int | None
    units: tuple[int, ...]  # ids of stakeholders that are this person
    accounts: tuple[int, ...]
    name: str
    first_name: str
    last_name: str
    namesakes: tuple[str, ...]  # full names of colleagues with the same last name
    sure: tuple[str, ...]

    @property
    def shared(self) -> bool:
        """Whether a colleague has the same last name."""
        return bool(self.namesakes)

    def pattern(self) -> re.Pattern[str]:
        """Finds what names them surely, in text that was folded by `wording.fold`."""
        return _words(self.sure)

    def alone(self) -> re.Pattern[str]:
        """Finds the last name alone, in folded text."""
        return _words([self.last_name] if len(self.last_name) >= SHORTEST else [])

    def others(self) -> re.Pattern[str]:
        """Finds the namesakes, in folded text."""
        return _words(self.namesakes)


def _words(texts: Iterable[str]) -> re.Pattern[str]:
    parts = sorted({re.escape(fold(text)) for text in texts if text}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)" if parts else r"(?!)")


def of_person(reader: Reader, person_id: int) -> Subject:
    """The subject that is a row of `person`. Raises `UserError` when it is gone."""
    row = next((one for one in persons(reader) if one.id == person_id), None)
    if row is None:
        raise UserError(N_("This person is no longer in the project. Nothing was changed."))
    units = _units(reader, person_id, row.name)
    accounts = reader.select(
        "SELECT id, external_id, username, email, full_name FROM account WHERE person_id = ?",
        person_id,
    )
    codes = [code for (code,) in reader.select(_CODES, person_id, row.name) if code]
    extra = [row.email, row.external_id or "", row.code or "", *codes]
    extra += [text for _, *names, _ in accounts for text in names]
    # a shared account may be called like a department: that is not the person's name
    extra += [name for *_, name in accounts if folded(row.last_name.strip()) in folded(name)]
    others = [one for one in persons(reader) if one.id != person_id]
    return _subject(row, units, tuple(key for key, *_ in accounts), extra, others)


def of_unit(reader: Reader, stakeholder_id: int) -> Subject:
    """The subject behind a unit of the map. Raises `UserError` for a group."""
    found = reader.one(
        "SELECT kind, name, code, person_id FROM stakeholder WHERE id = ?", stakeholder_id
    )
    if found is None:
        raise UserError(N_("This person is no longer in the project. Nothing was changed."))
    kind, name, code, person_id = found
    if kind != UnitKind.PERSON:
        raise UserError(
            N_("“{name}” is a group: only what is held on one person can be handed out or erased."),
            name=name,
        )
    if person_id is not None:
        return of_person(reader, person_id)
    same = [one for one in persons(reader) if folded(one.name) == folded(name)]
    if len(same) == 1:
        return of_person(reader, same[0].id)
    first, _, last = name.strip().rpartition(" ")
    row = PersonRow(0, code, name, first, last, "", None, "", None, None, None, "")
    return _subject(row, _units(reader, None, name), (), [code], persons(reader))


_CODES = "SELECT code FROM stakeholder WHERE kind = 'person' AND (person_id = ? OR name = ?)"


def _units(reader: Reader, person_id: int | None, name: str) -> tuple[int, ...]:
    """Units of the map that are this person, by the link or, without one, by the name."""
    rows = reader.select("SELECT id, name, person_id FROM stakeholder WHERE kind = 'person'")
    return tuple(
        key
        for key, called, linked in rows
        if (linked is not None and linked == person_id)
        or (linked is None and folded(called) == folded(name))
    )


def _subject(
    row: PersonRow,
    units: tuple[int, ...],
    accounts: tuple[int, ...],
    extra: Iterable[str],
    others: Iterable[PersonRow],
) -> Subject:
    first, last = row.first_name.strip(), row.last_name.strip()
    same = [one for one in others if folded(one.last_name) == folded(last)]
    namesakes = {name for one in same for name in (one.name, f"{last} {one.first_name}".strip())}
    sure = {row.name, *(text for text in extra if text and len(text) >= SHORTEST)}
    if first and last:
        sure |= {f"{first} {last}", f"{last} {first}", f"{last}, {first}"}
        if not namesakes:
            sure |= {f"{first[0]}. {last}", f"{first[0]} {last}", f"{last} {first[0]}."}
    return Subject(
        row.id or None,
        units,
        accounts,
        row.name,
        first,
        last,
        tuple(sorted(namesakes)),
        tuple(sorted(text for text in sure if text.strip())),
    )


def by_words(reader: Reader, words: str) -> Subject:
    """The one person named so on the command line: name, code, address or staff number.

    Raises `UserError` when nobody or several are.
    """
    wanted = folded(words.strip())
    found = {
        one.id: one.name
        for one in persons(reader)
        if wanted
        in {
            folded(text)
            for text in (
                one.name,
                f"{one.last_name} {one.first_name}",
                one.email,
                one.code or "",
                one.external_id or "",
            )
            if text
        }
    }
    if len(found) == 1:
        return of_person(reader, next(iter(found)))
    if found:
        raise UserError(
            N_("“{words}” names {n} persons. Say the e-mail address, staff number or code."),
            words=words,
            n=len(found),
        )
    units = [
        key
        for key, name, code in reader.select(
            "SELECT id, name, code FROM stakeholder WHERE kind = 'person'"
        )
        if wanted in (folded(name), folded(code))
    ]
    if not units:
        raise UserError(N_("Nobody in this project is called “{words}”."), words=words)
    return of_unit(reader, units[0])
