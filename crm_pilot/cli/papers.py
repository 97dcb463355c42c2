"""`crm-pilot report FILE --document sign-in|convocation|…|calendar`: the papers of training."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from crm_pilot import i18n
from crm_pilot.cli.speech import Parser, complain, say
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, ntr, tr

if TYPE_CHECKING:
    from crm_pilot.project import Project

DOCUMENTS = (
    *("sign-in", "convocation", "evaluation", "evaluation-cold", "certificate"),
    *("training-plan", "calendar"),
)
CALENDAR = "calendar"


def arguments(parser: Parser) -> None:
    """What can be asked of the papers of training."""
    group = parser.add_argument_group(tr("only for the papers of training"))
    group.add_argument(
        "--session",
        metavar=tr("NUMBER"),
        type=int,
        action="append",
        help=tr("number of a training session; may be repeated (every session unless said)"),
    )


def run(project: Project, asked: Namespace, language: str, today: dt.date) -> int:
    """Write a paper as PDF, or calendars as .ics. 0: written."""
    if asked.document == CALENDAR:
        return _calendars(project, asked, language)
    from crm_pilot.reports import training_pages

    if asked.output.suffix.lower() != ".pdf":
        raise UserError(
            N_("“{path}”: this document is written to .pdf. Nothing was written."),
            path=str(asked.output),
        )
    drawing = training_pages.make(
        project.reader, today, asked.document, language=language, sessions=asked.session
    )
    if asked.document == training_pages.Paper.SIGN_IN:
        _warn(project, asked.session)
    pages = training_pages.write_pages(drawing, asked.output)
    say(tr("“{name}” is in “{path}”.", name=drawing.name, path=str(asked.output)))
    say(ntr("{n} page", "{n} pages", pages))
    return 0


def _warn(project: Project, wanted: list[int] | None) -> None:
    """What would make a signed sheet worth little: said, and printed all the same."""
    from crm_pilot.training.agenda import printable

    for key in wanted or ():
        for clash in printable(project.reader, key):
            complain(i18n.show(clash.what))


def _calendars(project: Project, asked: Namespace, language: str) -> int:
    """One session into a file named .ics, several into a folder, one file each."""
    from crm_pilot.exchange.calendar_sessions import session_calendars
    from crm_pilot.figures_parts import Level
    from crm_pilot.reports.output import put

    found = session_calendars(
        project.reader,
        asked.session,
        language=language,
        level=Level(asked.level),
        made=dt.datetime.now(dt.UTC),
    )
    out: Path = asked.output
    if out.suffix.lower() == ".ics":
        if len(found) != 1:
            raise UserError(
                N_(
                    "“{path}” is one file, and there are {n} sessions: choose one with --session,"
                    " or name a folder. Nothing was written."
                ),
                path=str(out),
                n=len(found),
            )
        put(found[0].content, out)
    else:
        out.mkdir(parents=True, exist_ok=True)
        for one in found:
            put(one.content, out / one.name)
    say(ntr("{n} calendar is in “{path}”.", "{n} calendars are in “{path}”.", len(found),
            path=str(out)))  # fmt: skip
    return 0
