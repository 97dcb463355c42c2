"""Every free text of the file: where somebody is named in it, and the same text without them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from crm_pilot.personal.identity import Subject
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.wording import fold

Select = Callable[..., list[tuple[Any, ...]]]
# Names of things rather than sentences: a last name alone in them is seldom the person's
THINGS = frozenset(
    {
        *("project", "department", "profile", "wave", "feature", "course", "calendar"),
        *("budget_line", "crm_object", "passage", "completeness", "objective", "login_rule"),
    }
)
# Words of the program, ids of other tables' rows, and columns the erasing itself empties
LEFT_OUT = frozenset(
    {
        *(("headline", "place"), ("headline", "language"), ("project", "country")),
        *(("project", "time_zone"), ("threshold", "rule"), ("threshold", "name")),
        *(("sign_action", "rule"), ("sign_action", "subject")),
        *(("report_section", "section"), ("report_look", "accent")),
        # issued reports are withdrawn whole (`personal/frozen.py`)
        *(("report_issue", "title"), ("report_issue", "sentence"), ("report_issue", "reason")),
        *(("report_issue", "figures"), ("report_issue", "fingerprint")),
        *(("report_file", "language"), ("report_file", "format"), ("report_file", "digest")),
    }
)


@dataclass(frozen=True)
class Column:
    """A column that holds what people wrote. `unique`: no two rows may hold the same."""

    table: str
    name: str
    unique: bool


@dataclass(frozen=True)
class Mention:
    """A text that names somebody. `sure` is False where only the last name stands."""

    column: Column
    row: int
    text: str
    sure: bool


@lru_cache(maxsize=1)
def columns() -> tuple[Column, ...]:
    """Every column of free text; the models must have been loaded."""
    from sqlalchemy import CheckConstraint, Text

    from crm_pilot.store.schema import Base

    found = []
    for table in Base.metadata.tables.values():
        if "id" not in table.c:
            continue  # facts: counts and ids only
        for column in table.c:
            chosen = any(
                isinstance(rule, CheckConstraint) and " IN (" in str(rule.sqltext)
                for rule in column.constraints
            )
            if not isinstance(column.type, Text) or column.foreign_keys or chosen:
                continue
            if (table.name, column.name) not in LEFT_OUT:
                found.append(Column(table.name, column.name, bool(column.unique)))
    return tuple(found)


def mentions(select: Select, subject: Subject) -> Iterator[Mention]:
    """Every text that names `subject`, surely or by the last name alone."""
    sure, alone, others = subject.pattern(), subject.alone(), subject.others()
    for column in columns():
        rows = select(
            f'SELECT id, "{column.name}" FROM "{column.table}"'
            f" WHERE \"{column.name}\" <> '' ORDER BY id"
        )
        for key, text in rows:
            words = readable(text)
            if sure.search(fold(words)):
                yield Mention(column, key, text, sure=True)
            elif column.table != "person" and written_as_name(alone, words, others):
                yield Mention(column, key, text, sure=False)


def written_as_name(alone: re.Pattern[str], text: str, others: re.Pattern[str]) -> bool:
    """Whether the last name stands in `text` with a capital, as names do, and not in the name of
    one of the `others`."""
    rest = others.sub(lambda match: " " * len(match.group()), fold(text))
    return any(text[m.start()].isupper() for m in alone.finditer(rest))


def readable(text: str) -> str:
    """The words of a text; of JSON (parts of foreign files) with its escapes undone."""
    if text[:1] in "{[":
        try:
            return json.dumps(json.loads(text), ensure_ascii=False)
        except ValueError:
            return text  # a sentence that begins with a bracket
    return text


def without(text: str, subject: Subject, mask: str) -> str:
    """`text` with every mention of `subject` replaced by `mask`; JSON stays JSON."""
    if text[:1] in "{[":
        try:
            return json.dumps(_walk(json.loads(text), subject, mask), ensure_ascii=False)
        except ValueError:
            pass  # a sentence that begins with a bracket
    return _masked(text, subject, mask)


def _walk(value: Any, subject: Subject, mask: str) -> Any:
    if isinstance(value, str):
        return _masked(value, subject, mask)
    if isinstance(value, list):
        return [_walk(one, subject, mask) for one in value]
    if isinstance(value, dict):
        return {
            _masked(key, subject, mask): _walk(one, subject, mask) for key, one in value.items()
        }
    return value


def _masked(text: str, subject: Subject, mask: str) -> str:
    text = _replaced(text, subject.pattern(), mask)
    return text if subject.shared else _replaced(text, subject.alone(), mask, named=True)


def _replaced(text: str, pattern: re.Pattern[str], mask: str, *, named: bool = False) -> str:
    """Folding keeps each character in its place, so matches are those of the text itself."""
    made, at = [], 0
    for match in pattern.finditer(fold(text)):
        if named and not text[match.start()].isupper():
            continue
        made += [text[at : match.start()], mask]
        at = match.end()
    return "".join([*made, text[at:]])
