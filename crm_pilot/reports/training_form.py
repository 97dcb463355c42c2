"""The evaluation form: at the end of a session (hot), or three months later (cold).

Marks are 1 to 4, without a middle; the form is not signed, and asks for free words, as Qualiopi's
indicator 30 wants appreciations collected (DOMAIN.md 3). What it asks are the columns of
`evaluation`, so that a filled-in form is typed back as it stands.
"""

from __future__ import annotations

from collections.abc import Callable

from crm_pilot.i18n import N_
from crm_pilot.reports.context import Words
from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.styles import BODY, CONTENT, MARGIN, NOTE, SECTION
from crm_pilot.reports.training_parts import (
    LAST,
    RIGHT,
    Frame,
    page,
    paragraph,
    tick,
    title,
    when,
)
from crm_pilot.reports.training_source import SessionPaper, Source
from crm_pilot.reports.typography import wrap
from crm_pilot.training.questions import SCALE, STATEMENTS
from crm_pilot.training.terms import Evaluated

Draw = Callable[[int, int], Sheet]
QUESTIONS = {
    Evaluated.HOT: (N_("What helped you most?"), N_("What should be changed?")),
    Evaluated.COLD: (
        N_("What do you use, and what not? Why?"),
        N_("What help do you need now?"),
    ),
}
BOX = 58.0  # width of a column of the scale
STATEMENT = CONTENT - 4 * BOX
ROW = 30.0
RULED = 22.0  # between the lines to write on


def forms(source: Source, words: Words, kind: Evaluated) -> list[Draw]:
    """One form a session, to be copied as often as there are trainees."""

    def draw(session: SessionPaper) -> Draw:
        return lambda number, total: _form(source, session, kind, words, number, total)

    return [draw(session) for session in source.sessions]


def _form(
    source: Source,
    session: SessionPaper,
    kind: Evaluated,
    words: Words,
    number: int,
    total: int,
) -> Sheet:
    hot = kind is Evaluated.HOT
    name = words.tr("Evaluation at the end") if hot else words.tr("Evaluation after three months")
    frame = Frame(name, words.tr("Unsigned: answers are counted, not named"), total)
    sheet = page(source, words, frame, number, words.own(session.course))
    y = title(sheet, words, name, words.own(session.course))
    y = paragraph(sheet, y, when(session, words), ink="muted", most=3)
    asked = words.tr("How far do you agree? Tick one box a line; there is no right answer.")
    y = paragraph(sheet, y + 14, asked)
    y = _scale(sheet, y + 10, words)
    for place, (_, statement) in enumerate(STATEMENTS[kind], 1):
        _statement(sheet, y, place, words.tr(statement))
        y += ROW
    return _questions(sheet, y + 26, kind, words)


def _scale(sheet: Sheet, y: float, words: Words) -> float:
    for place, text in enumerate(SCALE):
        x = MARGIN + STATEMENT + place * BOX + BOX / 2
        sheet.text(x, y, str(place + 1), BODY, bold=True, align="middle", tabular=True)
        sheet.text(x, y + 11, words.tr(text), NOTE, ink="muted", align="middle", room=BOX - 3)
    sheet.line((MARGIN, y + 17), (RIGHT, y + 17), ink="text", weight=0.75)
    return y + 17


def _statement(sheet: Sheet, y: float, number: int, text: str) -> None:
    lines = wrap(text, STATEMENT - 26, BODY, most=2)
    low = y + ROW / 2 + 3 - (len(lines) - 1) * 6
    sheet.text(MARGIN, low, str(number), NOTE, ink="muted", tabular=True)
    for line in lines:
        sheet.text(MARGIN + 14, low, line, BODY)
        low += 12
    for place in range(4):
        tick(sheet, MARGIN + STATEMENT + place * BOX + BOX / 2 - 6, y + ROW / 2 + 4, 12)
    sheet.line((MARGIN, y + ROW), (RIGHT, y + ROW))


def _questions(sheet: Sheet, y: float, kind: Evaluated, words: Words) -> Sheet:
    """The free questions share what is left of the page."""
    asked = QUESTIONS[kind]
    each = (LAST - 22 - y) / len(asked)
    for text in asked:
        sheet.text(MARGIN, y, words.tr(text), SECTION, bold=True)
        line = y + RULED + 4
        while line < y + each - 16:
            sheet.line((MARGIN, line), (RIGHT, line))
            line += RULED
        y += each
    hint = words.tr("Write about the session and your work, not about persons.")
    sheet.text(MARGIN, LAST - 4, hint, NOTE, ink="muted")
    return sheet
