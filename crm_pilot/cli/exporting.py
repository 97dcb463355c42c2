"""`crm-pilot export`: tables of a project to CSV or XLSX, at committee level unless said."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

from crm_pilot import i18n
from crm_pilot.cli.speech import Parser, say
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, ntr, tr

ALL = "all"
DELIMITERS = {"semicolon": ";", "comma": ",", "tab": "\t"}
ENCODINGS = ("utf-8", "cp1252")


def arguments(parser: Parser) -> None:
    """What can be written after `crm-pilot export FILE`, beside language and level."""
    parser.add_argument(
        "tables",
        metavar=tr("TABLE"),
        nargs="+",
        help=tr("tables such as tasks, persons or tickets, or “all”"),
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar=tr("OUT"),
        type=Path,
        required=True,
        help=tr("a file that ends in .csv or .xlsx, or a folder for one CSV a table"),
    )
    parser.add_argument(
        "--delimiter",
        choices=tuple(DELIMITERS),
        help=tr("of a CSV (in French the semicolon, in English the comma)"),
    )
    parser.add_argument(
        "--encoding",
        choices=ENCODINGS,
        default="utf-8",
        help=tr("of a CSV (utf-8 holds every character)"),
    )
    parser.add_argument("--force", action="store_true", help=tr("replace files that are there"))


def run(asked: Namespace) -> int:
    """Write the tables. 0: written; 2: something to mend, and nothing was written."""
    from crm_pilot.exchange import exporting
    from crm_pilot.exchange.tables_list import TABLES
    from crm_pilot.figures import Level
    from crm_pilot.project import Project

    names = [table.name for table in TABLES] if ALL in asked.tables else asked.tables
    with Project.open(asked.file, read_only=True) as project:
        stored = project.reader.value("SELECT language FROM project")
        language = asked.lang or (stored if stored in i18n.LANGUAGES else i18n.current().language)
        wanted = exporting.Wanted(
            language, Level(asked.level), DELIMITERS.get(asked.delimiter or "", ""), asked.encoding
        )
        out: Path = asked.output
        _refuse(exporting.targets(names, out, wanted), out, force=asked.force)
        written = exporting.export(project.reader, names, out, wanted, project.today())
    for path in written:
        say(str(path))
    say(ntr("One table was exported.", "{n} tables were exported.", len(set(names))))
    return 0


def _refuse(targets: tuple[Path, ...], out: Path, *, force: bool) -> None:
    """Refuse to write where something else is, or where nothing can be."""
    if out.suffix.lower() not in (".csv", ".xlsx") and (out.suffix or out.is_file()):
        raise UserError(
            N_("“{path}” is neither a folder nor a file that ends in .csv or .xlsx."),
            path=str(out),
        )
    if not out.absolute().parent.is_dir():
        raise UserError(N_("The folder “{path}” does not exist."), path=str(out.absolute().parent))
    for path in targets:
        if path.is_dir():
            raise UserError(N_("“{path}” is a folder; give the name of a file."), path=str(path))
        if path.exists() and not force:
            raise UserError(
                N_(
                    "“{path}” is there already and was not touched. Choose another name, or add"
                    " --force to replace it."
                ),
                path=str(path),
            )
