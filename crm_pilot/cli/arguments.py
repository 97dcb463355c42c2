"""What can be written after `crm-pilot`."""

from __future__ import annotations

import argparse
from pathlib import Path

from crm_pilot import __version__, i18n
from crm_pilot.cli import values
from crm_pilot.cli.speech import Parser, say
from crm_pilot.i18n import tr

TEMPLATE_IDS = ("first-crm", "replacement", "new-stage", "rescue", "empty")
KINDS = (
    *("tickets", "logins", "actions", "users", "people", "stakeholders", "training", "attendance"),
    *("sessions", "calendar", "completeness", "plan", "table"),
)
LEVELS = ("committee", "own")
THEMES = ("light", "dark", "contrast", "system")
COMMANDS = (
    *("new", "demo", "import", "export", "report", "figures", "picture", "check", "copies"),
    *("warnings", "person-file", "erase", "issue"),
)


def window_parser() -> Parser:
    """For `crm-pilot [FILE]`: the window."""
    parser = Parser(prog="crm-pilot", add_help=False)
    parser.add_argument("file", nargs="?", type=Path)
    parser.add_argument("--lang", choices=i18n.LANGUAGES, default="")
    parser.add_argument("--theme", choices=THEMES, default="")
    parser.add_argument(
        "--quit-after-paint", nargs="?", const="window", default="", choices=("window", "cockpit")
    )
    return parser


def command_parser() -> Parser:
    """For `crm-pilot COMMAND …`, and for the help."""
    parser = Parser(
        prog="crm-pilot",
        usage=tr("crm-pilot [FILE] | crm-pilot COMMAND …"),
        description=tr("Steer a CRM roll-out: plan, people, training, use, tickets, committee."),
        epilog=tr(
            "Without a command the window opens, with the project FILE if one is given; it knows"
            " --lang, --theme and --quit-after-paint. Exit codes: 0 done, 1 a bug in the program,"
            " 2 something you can mend."
        ),
    )
    parser.add_argument(
        "--version",
        action="version",
        version=f"CRM Pilot {__version__}",
        help=tr("show program's version number and exit"),
    )
    parser.add_argument(
        "--self-test",
        action="store_true",
        help=tr("try out this installation on a sample, and say what works"),
    )
    commands = parser.add_subparsers(
        dest="command",
        required=True,
        title=tr("commands"),
        metavar=tr("COMMAND"),
        prog="crm-pilot",
    )
    rooms = (_new, _demo, _import, _export, _report, _figures, _picture, _check, _copies)
    for make in (*rooms, _issue, _warnings, _person_file, _erase):
        make(commands)
    return parser


Commands = argparse._SubParsersAction  # the type has no public name


def _command(commands: Commands[Parser], name: str, help_text: str) -> Parser:
    parser = commands.add_parser(name, help=help_text, description=help_text)
    parser.add_argument("file", metavar=tr("FILE"), type=Path, help=tr("the project file"))
    return parser


def _lang(parser: Parser, help_text: str) -> None:
    parser.add_argument("--lang", choices=i18n.LANGUAGES, help=help_text)


def _force(parser: Parser) -> None:
    parser.add_argument(
        "--force", action="store_true", help=tr("replace a file that is there; a copy is kept")
    )


def _new(commands: Commands[Parser]) -> None:
    parser = _command(commands, "new", tr("make a new project"))
    parser.add_argument(
        "--template",
        choices=TEMPLATE_IDS,
        default="first-crm",
        help=tr("what it starts with (first-crm unless said)"),
    )
    parser.add_argument("--list", action=_Templates, nargs=0, help=tr("name the templates"))
    _lang(parser, tr("language of the project and of the messages"))
    parser.add_argument("--name", metavar=tr("NAME"), help=tr("name of the project"))
    parser.add_argument(
        "--company", metavar=tr("NAME"), default="", help=tr("the company, printed on reports")
    )
    parser.add_argument(
        "--crm", metavar=tr("NAME"), default="", help=tr("the CRM that is rolled out")
    )
    parser.add_argument(
        "--start",
        metavar=tr("DATE"),
        type=values.day,
        help=tr("first day of the plan, such as 2026-11-23"),
    )
    parser.add_argument(
        "--country",
        metavar=tr("COUNTRY"),
        default="FR",
        type=values.country,
        help=tr("country of the public holidays, such as FR or BE"),
    )
    parser.add_argument(
        "--departments",
        metavar=tr("LIST"),
        type=values.departments,
        help=tr(
            "departments with their users, and their wave if not the first: {example}",
            example="Ventes=40,Marketing=12:2",
        ),
    )
    _force(parser)


class _Templates(argparse.Action):
    """`--list`: says the templates and ends, as `--help` does."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> None:
        from crm_pilot.demo.templates import TEMPLATES

        for name, (title, about) in TEMPLATES.items():
            say(f"{name:<12} {tr(title)} – {tr(about)}")
        parser.exit()


def _demo(commands: Commands[Parser]) -> None:
    parser = _command(commands, "demo", tr("write the demonstration project"))
    _lang(parser, tr("language of the project and of the messages"))
    _force(parser)


def _import(commands: Commands[Parser]) -> None:
    parser = _command(commands, "import", tr("import a file into a project, all or nothing"))
    parser.add_argument(
        "source",
        metavar=tr("SOURCE"),
        type=Path,
        nargs="+",
        help=tr("the file to read; for logins and actions also several files, folders, archives"),
    )
    parser.add_argument("--as", dest="kind", choices=KINDS, required=True, help=tr("what it holds"))
    parser.add_argument(
        "--check", action="store_true", help=tr("only say what would happen; change nothing")
    )
    parser.add_argument(
        "--map",
        action="append",
        default=[],
        metavar=tr("FIELD=COLUMN"),
        help=tr("read a field from a column with another heading; can be repeated"),
    )
    parser.add_argument(
        "--encoding", metavar=tr("NAME"), default="", help=tr("such as utf-8, cp1252 or mac_roman")
    )
    parser.add_argument(
        "--delimiter",
        metavar=tr("SIGN"),
        default="",
        help=tr("what stands between cells: a sign, or tab"),
    )
    parser.add_argument(
        "--header",
        metavar=tr("LINE"),
        default="",
        help=tr("the line of the headings; 0 where there are none"),
    )
    parser.add_argument(
        "--sheet", metavar=tr("NAME"), default="", help=tr("the sheet of a spreadsheet")
    )
    parser.add_argument(
        "--object",
        metavar=tr("NAME"),
        default="",
        help=tr("the object of the records, where the file does not say it: Contact"),
    )
    parser.add_argument("--json", action="store_true", help=tr("for machines"))
    parser.add_argument(
        "--create-departments",
        action="store_true",
        help=tr("create the departments that stakeholders name and the project does not know"),
    )
    parser.add_argument(
        "--by-department",
        action="store_true",
        help=tr("take a list of people for stakeholders: one group for each department"),
    )
    parser.add_argument(
        "--add",
        action="store_true",
        help=tr("put a plan under a phase of its own, beside the plan that is there"),
    )
    _lang(parser, tr("language of the messages, and of dates such as 3/12"))


def _export(commands: Commands[Parser]) -> None:
    from crm_pilot.cli import exporting

    parser = _command(commands, "export", tr("export tables, or the plan for other programs"))
    _level(parser)
    exporting.arguments(parser)
    _lang(parser, tr("language of the tables (the project's unless said)"))


def _report(commands: Commands[Parser]) -> None:
    from crm_pilot.cli import gantt, mapping, papers, reporting

    parser = _command(
        commands,
        "report",
        tr("print the committee report, the Gantt chart, the map or a paper of training"),
    )
    parser.add_argument(
        "--document",
        choices=(*reporting.DOCUMENTS, gantt.DOCUMENT, mapping.DOCUMENT, *papers.DOCUMENTS),
        default=reporting.DOCUMENTS[0],
        help=tr("which document (committee unless said)"),
    )
    parser.add_argument(
        "--no-annex",
        dest="annex",
        action="store_const",
        const=False,
        help=tr("without the last section, which says how the figures are computed"),
    )
    _lang(parser, tr("language of the report (the project's unless said)"))
    _level(parser)
    parser.add_argument(
        "--date",
        metavar=tr("DATE"),
        type=values.day,
        help=tr("day of the figures (the status date unless said)"),
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar=tr("FILE"),
        type=Path,
        required=True,
        help=tr("the file to write; its suffix says the format (.pdf, .pptx, .xlsx)"),
    )
    parser.add_argument(
        "--issue",
        metavar="N",
        type=int,
        help=tr("reprint what was issued as no. N, byte for byte (.pdf, .pptx or .xlsx)"),
    )
    gantt.arguments(parser, values.day)
    mapping.arguments(parser, values.day)
    papers.arguments(parser)


def _issue(commands: Commands[Parser]) -> None:
    from crm_pilot.cli import issuing

    parser = _command(commands, "issue", tr("freeze a report for good, or list what was issued"))
    issuing.arguments(parser)
    _lang(parser, tr("language of the messages"))


def _figures(commands: Commands[Parser]) -> None:
    from crm_pilot.cli import using

    parser = _command(commands, "figures", tr("give every figure of the screens and the report"))
    parser.add_argument("room", metavar=tr("ROOM"), nargs="?", help=tr("one room only"))
    parser.add_argument("--json", action="store_true", help=tr("for machines"))
    parser.add_argument(
        "--from",
        dest="since",
        metavar=tr("DATE"),
        type=values.day,
        help=tr("of the map: the day it is compared with (the last committee unless said)"),
    )
    parser.add_argument(
        "--to",
        dest="until",
        metavar=tr("DATE"),
        type=values.day,
        help=tr("of the map: the day of the positions (the status date unless said)"),
    )
    using.arguments(parser)
    _level(parser)
    _lang(parser, tr("language of sentences and messages"))


def _warnings(commands: Commands[Parser]) -> None:
    parser = _command(
        commands, "warnings", tr("say every warning sign: rule, data, period, source and action")
    )
    parser.add_argument("--json", action="store_true", help=tr("for machines"))
    parser.add_argument(
        "--date",
        metavar=tr("DATE"),
        type=values.day,
        help=tr("day of the figures (the status date unless said)"),
    )
    _level(parser)
    _lang(parser, tr("language of sentences and messages"))


def _level(parser: Parser) -> None:
    parser.add_argument(
        "--level",
        choices=LEVELS,
        default="committee",
        help=tr("committee: no name beside a position; own: everything, for the lead alone"),
    )


def _picture(commands: Commands[Parser]) -> None:
    parser = _command(commands, "picture", tr("draw a screen to a PNG"))
    parser.add_argument(
        "screen", metavar=tr("SCREEN"), help=tr("a screen such as cockpit, or “all” with a folder")
    )
    parser.add_argument(
        "-o", "--output", metavar="PNG", type=Path, required=True, help=tr("the file to write")
    )
    _lang(parser, tr("language of the screen"))
    parser.add_argument("--theme", choices=THEMES[:3], default="light", help=tr("colours"))
    parser.add_argument(
        "--size",
        metavar=tr("WxH"),
        type=values.size,
        default=(1366, 768),
        help=tr("in logical pixels, such as 1366x768"),
    )
    parser.add_argument(
        "--scale",
        metavar=tr("S"),
        type=values.scale,
        default=1.0,
        help=tr("pixels per logical pixel, such as 1.5"),
    )


def _check(commands: Commands[Parser]) -> None:
    parser = _command(commands, "check", tr("say whether a project file is sound"))
    _lang(parser, tr("language of the messages"))


def _copies(commands: Commands[Parser]) -> None:
    parser = _command(commands, "copies", tr("list the dated copies and what changed in each"))
    parser.add_argument(
        "--restore",
        metavar="N",
        type=int,
        help=tr("write version N of the list to a new file; never over one that is there"),
    )
    parser.add_argument(
        "-o", "--output", metavar="NEW", type=Path, help=tr("the file to write with --restore")
    )
    _lang(parser, tr("language of the messages"))


def _person(parser: Parser) -> None:
    parser.add_argument(
        "person",
        metavar=tr("PERSON"),
        help=tr("name, code, e-mail address or staff number of the person"),
    )


def _person_file(commands: Commands[Parser]) -> None:
    parser = _command(
        commands, "person-file", tr("write everything held on one person, other names masked")
    )
    _person(parser)
    parser.add_argument(
        "-o",
        "--output",
        metavar="OUT",
        type=Path,
        required=True,
        help=tr("the file to write, .pdf or .json"),
    )
    _lang(parser, tr("language of the document"))


def _erase(commands: Commands[Parser]) -> None:
    parser = _command(
        commands, "erase", tr("erase one person from the file and its dated copies, for good")
    )
    _person(parser)
    parser.add_argument(
        "--check", action="store_true", help=tr("only say what is held and what would go")
    )
    parser.add_argument("--yes", action="store_true", help=tr("carry it out"))
    _lang(parser, tr("language of the messages"))
