"""`crm-pilot export`: tables to CSV or XLSX, the plan for MS Project or calendars."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from crm_pilot import i18n
from crm_pilot.cli.speech import Parser, say
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, ntr, tr

if TYPE_CHECKING:
    from crm_pilot.project import Project

ALL = "all"
PLAN = "tasks"  # the table that holds the plan
PLANS = ("mspdi", "ics")
FORMS = ("mspdi", "csv", "xlsx", "ics")
DELIMITERS = {"semicolon": ";", "comma": ",", "tab": "\t"}
ENCODINGS = ("utf-8", "cp1252")


def arguments(parser: Parser) -> None:
    """What can be written after `crm-pilot export FILE`, beside language and level."""
    parser.add_argument(
        "tables",
        metavar=tr("TABLE"),
        nargs="*",
        help=tr("tables such as tasks, persons or tickets, or “all”"),
    )
    parser.add_argument(
        "--as",
        dest="form",
        choices=FORMS,
        help=tr("the plan: for MS Project (mspdi), as a table (csv, xlsx) or a calendar (ics)"),
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar=tr("OUT"),
        type=Path,
        required=True,
        help=tr(
            "a file that ends in .csv or .xlsx (with --as mspdi .xml, with --as ics .ics), or a"
            " folder for one CSV a table"
        ),
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
    parser.set_defaults(level=None)


def run(asked: Namespace) -> int:
    """Write the tables, or the plan. 0: written; 2: something to mend, and nothing was written."""
    from crm_pilot.project import Project

    if not asked.tables and not asked.form:
        raise UserError(N_("Name the tables to export, or a form of the plan with --as."))
    with Project.open(asked.file, read_only=True) as project:
        stored = project.reader.value("SELECT language FROM project")
        language = asked.lang or (stored if stored in i18n.LANGUAGES else i18n.current().language)
        if asked.form in PLANS:
            return _plan(asked, project, language)
        return _tables(asked, project, language)


def _tables(asked: Namespace, project: Project, language: str) -> int:
    from crm_pilot.exchange import exporting
    from crm_pilot.exchange.tables_list import TABLES
    from crm_pilot.figures import Level

    names = [table.name for table in TABLES] if ALL in asked.tables else asked.tables or [PLAN]
    out: Path = asked.output
    if asked.form and out.suffix.lower() != f".{asked.form}":
        raise UserError(
            N_("“{path}” does not end in {suffix}; give the file a name that does."),
            path=str(out),
            suffix=f".{asked.form}",
        )
    level = Level(asked.level or Level.COMMITTEE)
    delimiter = DELIMITERS.get(asked.delimiter or "", "")
    wanted = exporting.Wanted(language, level, delimiter, asked.encoding)
    _refuse(exporting.targets(names, out, wanted), out, force=asked.force)
    written = exporting.export(project.reader, names, out, wanted, project.today())
    for path in written:
        say(str(path))
    say(ntr("One table was exported.", "{n} tables were exported.", len(set(names))))
    return 0


def _plan(asked: Namespace, project: Project, language: str) -> int:
    from crm_pilot.exchange.plan_exporting import USUAL_LEVEL, export_plan
    from crm_pilot.figures import Level

    if asked.tables:
        raise UserError(
            N_("With --as {form} the plan is exported; name no tables."), form=asked.form
        )
    level = Level(asked.level) if asked.level else USUAL_LEVEL[asked.form]
    _refuse_there((asked.output,), asked.output, force=asked.force)
    today = project.today()
    written = export_plan(
        project.reader, asked.form, asked.output, level=level, language=language, today=today
    )
    say(str(written))
    if level == Level.OWN:
        say(tr("The plan was exported with notes and names: the lead's own level."))
    else:
        say(tr("The plan was exported without notes, addresses and absences."))
    return 0


def _refuse(targets: tuple[Path, ...], out: Path, *, force: bool) -> None:
    """Refuse to write where something else is, or where nothing can be."""
    if out.suffix.lower() not in (".csv", ".xlsx") and (out.suffix or out.is_file()):
        raise UserError(
            N_("“{path}” is neither a folder nor a file that ends in .csv or .xlsx."),
            path=str(out),
        )
    _refuse_there(targets, out, force=force)


def _refuse_there(targets: tuple[Path, ...], out: Path, *, force: bool) -> None:
    """Refuse to write into a folder that is not there, or over something else."""
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
