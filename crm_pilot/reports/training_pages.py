"""The papers of training: `draw` lays one out, `write` puts it into a file. Same data, same bytes.

Adding a paper is one line of `PAPERS`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Translator
from crm_pilot.records import dataclass
from crm_pilot.reports import (
    training_form,
    training_letters,
    training_plan_pages,
    training_sign_in,
)
from crm_pilot.reports.context import Words
from crm_pilot.reports.output import put
from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.sheets_pdf import About, pdf
from crm_pilot.reports.styles import PAGE_HEIGHT, PAGE_WIDTH
from crm_pilot.reports.training_source import Source, gather
from crm_pilot.store.reader import Reader
from crm_pilot.training.terms import Evaluated

Draw = Callable[[int, int], Sheet]


class Paper(StrEnum):
    """What can be printed of training."""

    SIGN_IN = "sign-in"
    CONVOCATION = "convocation"
    EVALUATION = "evaluation"
    COLD = "evaluation-cold"
    CERTIFICATE = "certificate"
    PLAN = "training-plan"


PAPERS: dict[Paper, tuple[str, Callable[[Source, Words], list[Draw]]]] = {
    Paper.SIGN_IN: (N_("Sign-in sheet"), training_sign_in.pages),
    Paper.CONVOCATION: (N_("Convocation"), training_letters.convocations),
    Paper.EVALUATION: (
        N_("Evaluation at the end"),
        partial(training_form.forms, kind=Evaluated.HOT),
    ),
    Paper.COLD: (
        N_("Evaluation after three months"),
        partial(training_form.forms, kind=Evaluated.COLD),
    ),
    Paper.CERTIFICATE: (N_("Certificate of attendance"), training_letters.certificates),
    Paper.PLAN: (N_("Training plan and coverage"), training_plan_pages.pages),
}
OF_SESSIONS = frozenset(Paper) - {Paper.PLAN}  # papers that are of one session or several


@dataclass(frozen=True)
class Drawing:
    """All pages of a paper, drawn one by one when asked for."""

    paper: Paper
    source: Source
    words: Words
    pages: Sequence[Draw]

    @property
    def count(self) -> int:
        """How many pages."""
        return len(self.pages)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of a page in points."""
        return PAGE_WIDTH, PAGE_HEIGHT

    def page(self, number: int) -> Sheet:
        """A page, counted from 1."""
        return self.pages[number - 1](number, self.count)

    @property
    def name(self) -> str:
        """The name of the paper in its language."""
        return self.words.tr(PAPERS[self.paper][0])


def draw(paper: Paper | str, source: Source, language: str) -> Drawing:
    """A paper laid out, ready to be drawn page by page.

    Raises `UserError` where there is nothing to print: no session, nobody to convene or to
    certify.
    """
    paper, words = Paper(paper), Words(Translator(language))
    if paper in OF_SESSIONS and not source.sessions:
        raise UserError(
            N_("There is no training session to print: plan one first. Nothing was written.")
        )
    return Drawing(paper, source, words, tuple(PAPERS[paper][1](source, words)))


def as_pdf(drawing: Drawing) -> bytes:
    """All pages in one PDF."""
    sheets = [drawing.page(number) for number in range(1, drawing.count + 1)]
    outline = tuple((0, sheet.name, sheet.number) for sheet in sheets if sheet.name)
    about = About(
        title=f"{drawing.source.project} – {drawing.name}",
        author=drawing.source.company or "CRM Pilot",
        subject=drawing.name,
        language=drawing.words.language,
        outline=outline,
    )
    return pdf(sheets, about)


def write_pages(drawing: Drawing, out: Path) -> int:
    """Write all pages as PDF. How many."""
    put(as_pdf(drawing), out)
    return drawing.count


def make(
    reader: Reader,
    today: dt.date,
    paper: Paper | str,
    *,
    language: str,
    sessions: Sequence[int] | None = None,
) -> Drawing:
    """A paper of an open project; `sessions` by number, None: all."""
    wanted = None if Paper(paper) is Paper.PLAN else sessions
    return draw(paper, gather(reader, today, wanted), language)
