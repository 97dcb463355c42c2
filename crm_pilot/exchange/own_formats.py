"""Our own exports as sources of an import: one importer a table, known by its titles in either
language. How they are read and compared is in `own`."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.plan import Field
from crm_pilot.exchange.tables import ID, ExportTable
from crm_pilot.exchange.tables_list import TABLES
from crm_pilot.i18n import LANGUAGES, Message, Translator
from crm_pilot.records import dataclass

KIND = "table"
KEY = "id"
ENOUGH = 0.6  # of the headings must be ours


@dataclass(frozen=True)
class TableFormat:
    """How an export of one table is recognised."""

    table: ExportTable
    fields: tuple[Field, ...]
    marks: frozenset[str]
    kind: str = KIND

    @property
    def name(self) -> str:
        """Name of the table."""
        return self.table.name

    @property
    def title(self) -> Message:
        """Title of the table."""
        return Message(self.table.title)


@lru_cache(maxsize=1)
def formats() -> tuple[TableFormat, ...]:
    """One importer for each exported table."""
    return tuple(_format(table) for table in TABLES)


def _format(table: ExportTable) -> TableFormat:
    fields = [Field(KEY, ID, synonyms(ID), required=True)]
    fields += [Field(c.column, c.title, synonyms(c.title)) for c in table.columns]
    marks = frozenset(word for wanted in fields for word in wanted.synonyms)
    return TableFormat(table, tuple(fields), marks)


def synonyms(title: str) -> tuple[str, ...]:
    """A title in every language, as headers are compared."""
    return tuple(dict.fromkeys(normal(Translator(lang).tr(title)) for lang in LANGUAGES))


def is_ours(headers: Sequence[str]) -> bool:
    """Whether these are the headings of one of our exports, perhaps with some more or fewer."""
    return format_of(headers) is not None


def format_of(headers: Sequence[str]) -> TableFormat | None:
    """The table these headings belong to, None when they are not ours."""
    plain = {normal(header) for header in headers if header.strip()}
    best = max(formats(), key=lambda form: (len(plain & form.marks), -len(form.fields)))
    common = plain & best.marks
    keyed = bool(plain & set(synonyms(ID)))
    if keyed and len(common) > 2 and len(common) >= ENOUGH * len(plain):
        return best
    return None
