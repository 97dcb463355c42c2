"""The committee report: one page for the committee, then a detail page per room.

Same data, same bytes. The language is that of the report alone. Level `committee` names nobody
beside a position; owners of risks and decisions are named.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import BinaryIO

from crm_pilot.errors import UserError
from crm_pilot.figures import Level
from crm_pilot.governance import queries as governance
from crm_pilot.i18n import LANGUAGES, N_, Translator
from crm_pilot.planning import queries as planning
from crm_pilot.reports.context import Build, Context
from crm_pilot.reports.document import Frame, render
from crm_pilot.reports.output import put
from crm_pilot.reports.sections import annex as annex_section
from crm_pilot.reports.sections import (
    first_page,
    money,
    people,
    plan,
    registers,
    signals,
    tickets,
    training,
    use,
)
from crm_pilot.store.reader import Reader

# the detail pages in their order; page 1 comes before them
SECTIONS: tuple[Build, ...] = (
    signals.build,
    plan.build,
    people.build,
    training.build,
    use.build,
    tickets.build,
    money.build,
    registers.build,
)


def write(
    reader: Reader,
    today: dt.date,
    out: Path | str | BinaryIO,
    *,
    language: str,
    level: Level | str = Level.COMMITTEE,
    annex: bool = True,
) -> None:
    """Write the report as PDF to a path (replaced at once, never half written) or a stream.

    `annex`: with the section that says how the figures are computed.
    Raises `UserError` for an unknown language or level, or a path that cannot be written.
    """
    data = make(reader, today, language=language, level=level, annex=annex)
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
    annex: bool = True,
) -> bytes:
    """The report as PDF."""
    if language not in LANGUAGES:
        raise UserError(
            N_("There is no language called “{language}”. Languages: {languages}."),
            language=language,
            languages=", ".join(LANGUAGES),
        )
    if level not in list(Level):
        raise UserError(N_("There is no level called “{level}”."), level=str(level))
    context = Context(reader, today, Level(level), Translator(language))
    details = [page for section in SECTIONS for page in section(context)]
    left_out = tuple(page.name for page in details if page.empty)
    pages = [*first_page.build(context, left_out), *(p for p in details if not p.empty)]
    if annex:
        pages += annex_section.build(context, left_out)
    return render(_frame(context), pages, context)


def _frame(context: Context) -> Frame:
    name, company = context.reader.one("SELECT name, company FROM project") or ("", "")
    following = governance.next_committee(context.reader, context.today)
    last = governance.last_committee(context.reader, context.today)
    number = following or last
    plan_figures = planning.figures(context.reader, context.today)
    as_of = context.tr("status on {date}", date=context.long_day(context.today))
    short = context.tr("Project report")
    subject = as_of
    if number is not None:
        short = context.tr("Committee no. {number}", number=number.number)
        subject = f"{short} · {as_of}"
    reference = ""
    if plan_figures.baseline_name and plan_figures.baseline_set_on:
        reference = context.tr(
            "{name}, {date}",
            name=context.own(plan_figures.baseline_name),
            date=context.day(plan_figures.baseline_set_on, year=True),
        )
    return Frame(
        title=f"{name} – {short}",
        author=company or "CRM Pilot",
        project=context.own(name),
        subject=subject,
        reference=reference,
        short=short,
        issued=context.tr("issued on {date}", date=context.day(context.today, year=True)),
        mark=_mark(context),
    )


def _mark(context: Context) -> str:
    if context.level == Level.OWN:
        return context.tr("Lead's own, not for distribution")
    return context.tr("Committee level: positions aggregated, no names")
