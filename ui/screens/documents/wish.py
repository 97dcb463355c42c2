"""What is wanted of the documents room: which document, for whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crm_pilot.figures import Level
from crm_pilot.governance.terms import Document

if TYPE_CHECKING:
    from crm_pilot.project import Reader
    from crm_pilot.reports.documents import Laid


@dataclass(frozen=True)
class Wish:
    """A document in a language at a level; `issue`: the number of a frozen one."""

    document: Document
    language: str
    level: Level = Level.COMMITTEE
    issue: int | None = None


def drawn(reader: Reader, today: dt.date, wish: Wish) -> Laid:
    """A document that is not issued, laid out; marked as a draft."""
    from crm_pilot.reports.documents import lay

    return lay(reader, today, wish.document, language=wish.language, level=wish.level)
