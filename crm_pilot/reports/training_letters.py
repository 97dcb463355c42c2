"""Papers for one trainee each: the convocation, and the certificate of attendance (attestation)."""

from __future__ import annotations

from collections.abc import Callable

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_
from crm_pilot.reports.context import Words
from crm_pilot.reports.sheets import Sheet
from crm_pilot.reports.sheets_frame import HEAD_RULE
from crm_pilot.reports.styles import BODY, CONTENT, KEY, MARGIN, NOTE, SECTION, TITLE
from crm_pilot.reports.training_parts import (
    LINE,
    RIGHT,
    Frame,
    facts,
    half_name,
    hours,
    page,
    paragraph,
    session_facts,
    title,
    to_sign,
)
from crm_pilot.reports.training_source import SessionPaper, Source, Trainee
from crm_pilot.reports.typography import wrap
from crm_pilot.training.terms import Presence

Draw = Callable[[int, int], Sheet]


def convocations(source: Source, words: Words) -> list[Draw]:
    """A letter to every trainee who did not excuse themselves.

    Raises `UserError` when there is nobody to convene.
    """
    found = [(s, t) for s in source.sessions for t in s.trainees if not t.excused]
    if not found:
        raise UserError(
            N_("Nobody is enrolled in this session, so there is nobody to convene: enrol people.")
        )

    def draw(session: SessionPaper, trainee: Trainee) -> Draw:
        return lambda number, total: _convocation(source, session, trainee, words, number, total)

    return [draw(session, trainee) for session, trainee in found]


def certificates(source: Source, words: Words) -> list[Draw]:
    """A certificate for everyone who was present. Raises `UserError` when nobody was."""
    found = [(s, t) for s in source.sessions for t in s.trainees if t.present]
    if not found:
        raise UserError(
            N_(
                "Nobody of this session is marked as present, so there is no certificate to print:"
                " type the attendance first."
            )
        )

    def draw(session: SessionPaper, trainee: Trainee) -> Draw:
        return lambda number, total: _certificate(source, session, trainee, words, number, total)

    return [draw(session, trainee) for session, trainee in found]


# convocation ---------------------------------------------------------------------------------


def _convocation(
    source: Source,
    session: SessionPaper,
    trainee: Trainee,
    words: Words,
    number: int,
    total: int,
) -> Sheet:
    frame = Frame(words.tr("Convocation"), words.tr("For the addressee"), total)
    sheet = page(source, words, frame, number, words.own(trainee.name))
    y = title(
        sheet, words, words.tr("Convocation to a training session"), words.own(session.course)
    )
    sheet.text(MARGIN, y + 8, words.own(trainee.name), SECTION, bold=True, room=CONTENT)
    sheet.text(MARGIN, y + 22, words.own(trainee.department), BODY, ink="muted", room=CONTENT)
    y = paragraph(
        sheet,
        y + 48,
        words.tr("You are expected at the training session described below. Please arrive ten"
                 " minutes early: the sheet is signed at the beginning of each half-day."),
    )  # fmt: skip
    y = facts(sheet, y + 12, session_facts(session, words))
    y = _content(sheet, y + 14, session, words)
    y = paragraph(
        sheet,
        y + 10,
        words.tr("If you cannot come, tell us as soon as you know: your seat goes to somebody on"
                 " the waiting list, and you are offered the next session."),
    )  # fmt: skip
    if source.lead:
        sheet.text(MARGIN, y + 26, words.own(source.lead), BODY, bold=True, room=CONTENT)
        sheet.text(MARGIN, y + 26 + LINE, words.tr("Project lead"), NOTE, ink="muted")
    return sheet


def _content(sheet: Sheet, y: float, session: SessionPaper, words: Words) -> float:
    """Aims and functions of the course, as far as they are known."""
    for name, text in (
        (words.tr("What you will be able to do"), words.own(session.aim)),
        (words.tr("Functions covered"), words.own(", ".join(session.features))),
    ):
        if text:
            sheet.text(MARGIN, y, name, SECTION, bold=True)
            y = paragraph(sheet, y + 15, text, most=8) + 8
    return y


# certificate ---------------------------------------------------------------------------------


def _certificate(
    source: Source,
    session: SessionPaper,
    trainee: Trainee,
    words: Words,
    number: int,
    total: int,
) -> Sheet:
    frame = Frame(words.tr("Certificate of attendance"), words.tr("For the addressee"), total)
    sheet = page(source, words, frame, number, words.own(trainee.name))
    y = HEAD_RULE + 66
    y = _centred(sheet, y, words.tr("Certificate of attendance"), TITLE) + 18
    company = words.own(source.company or source.project)
    y = _centred(sheet, y, words.tr("{company} certifies that", company=company), BODY, bold=False)
    y = _centred(sheet, y + 16, words.own(trainee.name), KEY)
    if trainee.department:
        y = _centred(sheet, y - 2, words.own(trainee.department), BODY, bold=False)
    y = _centred(sheet, y + 12, words.tr("attended the training"), BODY, bold=False)
    y = _centred(sheet, y + 16, words.own(session.course), KEY)
    followed, planned = hours(trainee.minutes, words), hours(session.minutes, words)
    told = words.tr("{hours} attended", hours=followed)
    if trainee.minutes != session.minutes:
        told = words.tr("{hours} attended of {planned}", hours=followed, planned=planned)
    y = _centred(sheet, y + 4, told, BODY, bold=False)
    y = facts(sheet, y + 24, _held(session, trainee, words))
    y = _content(sheet, y + 12, session, words)
    line = max(y + 70, 640.0)
    wide = (CONTENT - 40) / 2
    to_sign(sheet, MARGIN, line, wide, words.tr("Trainer"), words.own(session.trainer))
    to_sign(
        sheet, RIGHT - wide, line, wide, words.tr("For the project team"), words.own(source.lead)
    )
    made = words.tr("Drawn up on {date}", date=words.long_day(source.issued))
    sheet.text(MARGIN, line - 52, made, BODY)
    return sheet


def _held(session: SessionPaper, trainee: Trainee, words: Words) -> list[tuple[str, str]]:
    """Half-days attended, and where."""
    found = []
    for half, presence in zip(session.halves, trainee.presences, strict=True):
        if presence is Presence.PRESENT:
            found.append((words.day(half.day, year=True), half_name(half, words)))
    found.append((words.tr("Place"), words.own(session.place)))
    return found


def _centred(sheet: Sheet, y: float, text: str, size: float, *, bold: bool = True) -> float:
    for line in wrap(text, CONTENT - 40, size, bold=bold, most=3):
        sheet.text(sheet.wide / 2, y, line, size, bold=bold, align="middle")
        y += size * 1.35
    return y
