"""`crm-pilot report FILE --document committee|flash|minutes|risks|actions`: a PDF, slides or a
workbook, by the suffix."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from typing import TYPE_CHECKING

from crm_pilot.cli.speech import complain, say
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, ntr, tr

if TYPE_CHECKING:
    from crm_pilot.project import Project
    from crm_pilot.reports.documents import Laid

DOCUMENTS = ("committee", "flash", "minutes", "risks", "actions")
SUFFIXES = (".pdf", ".pptx", ".xlsx")
TOLD = 5  # shortened texts told one by one


def run(project: Project, asked: Namespace, language: str, today: dt.date) -> int:
    """Write a document as it stands, marked as a draft. 0: written."""
    from crm_pilot.reports.documents import as_file, lay
    from crm_pilot.reports.output import put

    suffix = asked.output.suffix.casefold()
    if suffix not in SUFFIXES:
        raise UserError(
            N_(
                "“{path}”: this document is written to .pdf, .pptx (slides) or .xlsx (workbook)."
                " Nothing was written."
            ),
            path=str(asked.output),
        )
    laid = lay(
        project.reader,
        today,
        asked.document,
        language=language,
        level=asked.level,
        annex=asked.annex,
    )
    put(as_file(laid, suffix[1:]), asked.output)
    say(tr("The report is in “{path}”.", path=str(asked.output)))
    if suffix == ".pdf":
        _tell(laid)
    return 0


def _tell(laid: Laid) -> None:
    """Which texts were shortened: for the author."""
    notes = laid.notes
    if not notes:
        return
    complain(ntr("{n} text was shortened to fit.", "{n} texts were shortened to fit.", len(notes)))
    for note in notes[:TOLD]:
        complain(tr("Page {page}: {text}", page=note.page, text=note.whole))
    if len(notes) > TOLD:
        complain(ntr("and {n} more", "and {n} more", len(notes) - TOLD))
