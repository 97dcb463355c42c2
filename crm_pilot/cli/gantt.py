"""`crm-pilot report FILE --document gantt`: the Gantt on pages, as PDF or SVG."""

from __future__ import annotations

import datetime as dt
from argparse import Namespace
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from crm_pilot.cli.speech import Parser, say
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, ntr, tr

if TYPE_CHECKING:
    from crm_pilot.project import Project
    from crm_pilot.reports.gantt_pages_options import Filter, Options

DOCUMENT = "gantt"
PAPERS = ("a4", "a3")
ORIENTATIONS = ("landscape", "portrait")
COLOURS = ("pillar", "critical", "owner", "department", "none")
FLAGS = {"hide-done": "hide_done", "late": "late", "critical": "critical"}
NAMED = ("phase", "person", "text")


def arguments(parser: Parser, day: Callable[[str], dt.date]) -> None:
    """What can be written for the Gantt; `day` reads a date."""
    group = parser.add_argument_group(tr("only for --document gantt"))
    group.add_argument("--paper", choices=PAPERS, help=tr("size of the paper (a4 unless said)"))
    group.add_argument("--orientation", choices=ORIENTATIONS, help=tr("landscape unless said"))
    group.add_argument(
        "--from",
        dest="first",
        metavar=tr("DATE"),
        type=day,
        help=tr("first day printed"),
    )
    group.add_argument(
        "--to",
        dest="last",
        metavar=tr("DATE"),
        type=day,
        help=tr("last day printed"),
    )
    group.add_argument("--wide", metavar="N", type=int, help=tr("pages side by side"))
    group.add_argument("--tall", metavar="N", type=int, help=tr("pages below each other"))
    group.add_argument(
        "--as-many-as-readable",
        dest="readable",
        action="store_true",
        help=tr("as few pages as stay readable (so it is unless --wide or --tall is said)"),
    )
    group.add_argument(
        "--filter",
        action="append",
        default=[],
        metavar=tr("WHAT"),
        help=tr(
            "only these lines: hide-done, late, critical, phase=TITLE, person=NAME, text=WORDS;"
            " can be repeated"
        ),
    )
    group.add_argument("--colour-by", choices=COLOURS, help=tr("what colours say (pillar)"))
    group.add_argument("--owners", action="store_true", help=tr("with the owners of the tasks"))
    group.add_argument("--all-pages", action="store_true", help=tr("also pages without any bar"))


def run(project: Project, asked: Namespace, language: str, today: dt.date) -> int:
    """Write the Gantt. 0: written."""
    from crm_pilot.figures import Level
    from crm_pilot.reports import gantt_pages

    source = gantt_pages.gather(project.reader, today)
    options = _options(asked, [(r.id, r.title, r.owner_id, r.owner) for r in source.rows])
    drawing = gantt_pages.draw(source, options, language, Level(asked.level))
    written = gantt_pages.write(drawing, asked.output)
    for path in written:
        say(tr("The Gantt chart is in “{path}”.", path=str(path)))
    pages = len(drawing.layout.pages)
    say(ntr("{n} page", "{n} pages", pages))
    if drawing.layout.wanted_tall:
        say(not_enough(drawing.layout.wanted_tall, len(drawing.layout.bands)))
    return 0


def not_enough(wanted: int, used: int) -> str:
    """Why more pages than asked for were printed."""
    return tr(
        "{wanted} below each other would make the text smaller than 7 points; {used} are used.",
        wanted=wanted,
        used=used,
    )


def _options(asked: Namespace, rows: list[tuple[int, str, int | None, str]]) -> Options:
    from crm_pilot.reports.gantt_pages_options import ColourBy, Options, Orientation, Paper

    if asked.readable and (asked.wide or asked.tall):
        raise UserError(
            N_("Say either --as-many-as-readable or how many pages with --wide and --tall.")
        )
    return Options(
        paper=Paper(asked.paper or PAPERS[0]),
        orientation=Orientation(asked.orientation or ORIENTATIONS[0]),
        first=asked.first,
        last=asked.last,
        wide=asked.wide,
        tall=asked.tall,
        colour_by=ColourBy(asked.colour_by or COLOURS[0]),
        filter=_filter(asked.filter, rows),
        owners=asked.owners,
        skip_empty=not asked.all_pages,
    )


def _filter(words: Iterable[str], rows: list[tuple[int, str, int | None, str]]) -> Filter:
    from crm_pilot.reports.gantt_pages_options import Filter

    made = Filter()
    for word in words:
        name, _, value = word.partition("=")
        if name in FLAGS and not value:
            made = replace(made, **{FLAGS[name]: True})  # type: ignore[arg-type]
        elif name == "phase" and value:
            made = replace(made, phase=_found(value, {key: title for key, title, *_ in rows}))
        elif name == "person" and value:
            owners = {key: owner for *_, key, owner in rows if key is not None}
            made = replace(made, person=_found(value, owners))
        elif name == "text" and value:
            made = replace(made, text=value)
        else:
            raise UserError(
                N_("“{word}” is no filter. Filters: {names}."),
                word=word,
                names=", ".join([*FLAGS, *(f"{name}=…" for name in NAMED)]),
            )
    return made


def _found(value: str, names: Mapping[int, str]) -> int:
    """The one whose name is, or else contains, what was written."""
    from crm_pilot.folding import folded

    wanted = folded(value)
    same = [key for key, name in names.items() if folded(name) == wanted]
    near = same or [key for key, name in names.items() if wanted in folded(name)]
    if not near:
        raise UserError(N_("Nothing in the plan is called “{name}”."), name=value)
    return near[0]
