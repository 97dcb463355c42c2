"""The committee report as a file: one page for the committee, then a detail page per room.

Same data, same bytes. The language is that of the report alone. Level `committee` names nobody
beside a position; owners of risks and decisions are named.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import BinaryIO

from crm_pilot.figures import Level
from crm_pilot.governance.terms import Document
from crm_pilot.reports.documents import lay
from crm_pilot.reports.output import put
from crm_pilot.store.reader import Reader


def write(
    reader: Reader,
    today: dt.date,
    out: Path | str | BinaryIO,
    *,
    language: str,
    level: Level | str = Level.COMMITTEE,
    annex: bool | None = None,
    draft: bool = True,
) -> None:
    """Write the report as PDF to a path (replaced at once, never half written) or a stream.

    `annex`: with or without the section that says how the figures are computed, whatever was
    chosen. Raises `UserError` for an unknown language or level, or a path that cannot be written.
    """
    data = make(reader, today, language=language, level=level, annex=annex, draft=draft)
    if not isinstance(out, (str, Path)):
        out.write(data)
        return
    put(data, Path(out))


def make(
    reader: Reader,
    today: dt.date,
    *,
    language: str,
    level: Level | str = Level.COMMITTEE,
    annex: bool | None = None,
    draft: bool = True,
) -> bytes:
    """The report as PDF."""
    return lay(
        reader, today, Document.COMMITTEE, language=language, level=level, draft=draft, annex=annex
    ).pdf()
