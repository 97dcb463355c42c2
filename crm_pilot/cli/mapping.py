"""`crm-pilot report FILE --document map`: the map on pages, or the map alone as a picture."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING

from crm_pilot.cli.speech import Parser, say
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, current, ntr, tr

if TYPE_CHECKING:
    from crm_pilot.project import Project
    from crm_pilot.reports.map_pages_source import Source

DOCUMENT = "map"
SUFFIXES = (".pdf", ".svg", ".png")


def arguments(parser: Parser, day: Callable[[str], dt.date]) -> None:
    """What can be written for the map; `day` reads a date."""
    group = parser.add_argument_group(tr("only for --document map"))
    group.add_argument(
        "--on", metavar=tr("DATE"), type=day, help=tr("positions of that day (--date unless said)")
    )
    group.add_argument(
        "--since",
        metavar=tr("DATE"),
        type=day,
        help=tr("movement since that day (the last committee unless said)"),
    )


def run(project: Project, asked: Namespace, language: str, today: dt.date) -> int:
    """Write the map: its pages as PDF, the map alone as SVG or PNG. 0: written."""
    from crm_pilot.reports import map_pages

    suffix = asked.output.suffix.lower()
    if suffix not in SUFFIXES:
        raise UserError(
            N_("“{path}”: the map is written to .pdf (its pages), .svg or .png (the map alone)."),
            path=str(asked.output),
        )
    day = asked.on or today
    if asked.since is not None and asked.since >= day:
        raise UserError(
            N_("The map of {day} cannot be compared with {since}: give an earlier day."),
            day=day,
            since=asked.since,
        )
    source = map_pages.gather(project.reader, today, asked.level, on=day, since=asked.since)
    if suffix == ".png":
        _picture(source, language, asked)
        pages = 1
    else:
        pages = map_pages.write(source, language, asked.output)
    say(tr("The map is in “{path}”.", path=str(asked.output)))
    if suffix == ".pdf":
        say(ntr("{n} page", "{n} pages", pages))
    return 0


def _picture(source: Source, language: str, asked: Namespace) -> None:
    """A picture in pixels is drawn by the pen of the window, in memory where there is no
    screen."""
    from crm_pilot.cli.screen import draw_anywhere

    draw_anywhere()
    from ui.app import Options
    from ui.dialogs.print_map_alone import write_alone
    from ui.start import make_application

    spoken = current().language  # that of messages stays
    app = make_application(Options(language=spoken, theme="light"))  # loads the fonts
    write_alone(source, language, asked.output)
    assert app is not None  # held until all is drawn
