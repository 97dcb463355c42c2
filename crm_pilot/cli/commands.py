"""The commands: each takes the parsed words and returns the exit code."""

from __future__ import annotations

import datetime as dt
import errno
import os
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from crm_pilot import i18n
from crm_pilot.cli.speech import complain, say
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, tr

if TYPE_CHECKING:
    from crm_pilot.project import Project

COUNTED = {  # tables that `check` counts
    "task": N_("lines of the plan"),
    "stakeholder": N_("stakeholders"),
    "rating": N_("ratings"),
    "person": N_("persons"),
    "account": N_("accounts"),
    "training_session": N_("training sessions"),
    "ticket": N_("tickets"),
    "login_fact": N_("login days"),
    "action_fact": N_("records of use"),
    "decision": N_("decisions"),
    "risk": N_("risks"),
    "report_issue": N_("issued reports"),
}


def new(asked: Namespace) -> int:
    """Make a new project from a template."""
    from crm_pilot.demo import templates
    from crm_pilot.project import Project

    _keep(asked.file, asked.force)
    language = asked.lang or i18n.current().language
    start = asked.start or _next_monday()
    chosen = asked.departments
    wish = templates.Wish(
        asked.template,
        language,
        start,
        asked.country,
        None if chosen is None else tuple(templates.Department(*one) for one in chosen),
        company=asked.company,
        crm=asked.crm,
    )
    made = templates.draft(wish)
    project = Project.create(
        templates.FromTemplate(made),
        name=asked.name or templates.template_name(asked.template, language),
        language=language,
        country=asked.country,
        starts_on=start,
    )
    with project:
        saved = project.save(asked.file, replace=asked.force)
    say(tr("The project is in “{path}”.", path=str(saved.path)))
    spoken = i18n.current()
    held = ", ".join(spoken.show(part) for part in made.summary(spoken.language))
    if held:
        say(tr("It holds {list}.", list=held))
    return 0


def _next_monday() -> dt.date:
    today = dt.date.today()
    return today + dt.timedelta(days=-today.weekday() % 7)


def demo(asked: Namespace) -> int:
    """Write the demonstration project."""
    from crm_pilot import demo as demonstration

    _keep(asked.file, asked.force)
    language = asked.lang or i18n.current().language
    path = demonstration.build(asked.file, language, replace=asked.force)
    say(tr("The demonstration is in “{path}”.", path=str(path)))
    return 0


def _keep(path: Path, force: bool) -> None:
    """Refuse to write over a file, unless told to."""
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
    if not path.absolute().parent.is_dir():
        raise UserError(N_("The folder “{path}” does not exist."), path=str(path.absolute().parent))


def import_file(asked: Namespace) -> int:
    """Import a file, or only check it."""
    from crm_pilot.cli.importing import run

    return run(asked)


def export(asked: Namespace) -> int:
    """Write tables to CSV or XLSX."""
    from crm_pilot.cli.exporting import run

    return run(asked)


def report(asked: Namespace) -> int:
    """Write a document of the committee, the Gantt, the map or a paper of training."""
    if asked.issue is not None:
        from crm_pilot.cli import issuing

        return issuing.reprint(asked)
    from crm_pilot.cli import gantt, mapping, papers, reporting
    from crm_pilot.project import Project

    with Project.open(asked.file, read_only=True) as project, writing(asked.output, asked.file):
        language = asked.lang or language_of(project)
        today = asked.date or project.today()
        if asked.document == "gantt":
            return gantt.run(project, asked, language, today)
        if asked.document == mapping.DOCUMENT:
            return mapping.run(project, asked, language, today)
        if asked.document in papers.DOCUMENTS:
            return papers.run(project, asked, language, today)
        return reporting.run(project, asked, language, today)


def language_of(project: Project) -> str:
    """The project's language where we speak it, otherwise that of the messages."""
    stored = project.reader.value("SELECT language FROM project")
    return stored if stored in i18n.LANGUAGES else i18n.current().language


@contextmanager
def writing(output: Path, project: Path) -> Iterator[None]:
    """Turn what keeps an output from being written into a sentence."""
    if output.absolute() == project.absolute():
        raise UserError(
            N_("“{path}” is the project itself; nothing was written. Choose another name."),
            path=str(output),
        )
    try:
        yield
    except OSError as error:
        raise UserError(
            N_("“{path}” cannot be written ({reason}). Choose another place with -o."),
            path=str(output),
            reason=error.strerror or str(error),
        ) from error


def figures(asked: Namespace) -> int:
    """Print the figures."""
    from crm_pilot import figures as engine
    from crm_pilot.cli import using
    from crm_pilot.cli.tables import as_json, as_lines
    from crm_pilot.project import Project
    from crm_pilot.why import dated

    language = asked.lang or i18n.current().language
    if (asked.since or asked.until) and asked.room != "stakeholders":
        raise UserError(
            N_("--from and --to compare two days of the map: write “stakeholders” after the file.")
        )
    with Project.open(asked.file, read_only=True) as project:
        today = asked.until or project.today()
        using.check(asked, today)
        if asked.since is not None and asked.since > today:
            raise UserError(
                N_("--from ({since}) comes after the day of the positions ({until}): swap them."),
                since=dated(asked.since),
                until=dated(today),
            )
        found = engine.collect(
            project.reader,
            today,
            asked.level,
            asked.room,
            language=language,
            explained=asked.json,
            since=asked.since,
            month=asked.month,
            by=asked.by or using.BY[0],
        )
    if using.is_table(asked):
        say("\n".join(using.table(found, asked.room, language)))
        return 0
    say(as_json(found) if asked.json else "\n".join(as_lines(found, language)))
    return 0


def warnings(asked: Namespace) -> int:
    """Say every warning sign and check."""
    from crm_pilot.cli.signs import run

    return run(asked)


def picture(asked: Namespace) -> int:
    """Draw one screen, or all of them into a folder."""
    from crm_pilot.cli.screen import draw_anywhere

    draw_anywhere()
    from ui import pictures

    if asked.screen not in (pictures.ALL, *pictures.NAMES):
        raise UserError(
            N_("There is no screen called “{name}”. Screens: {names}."),
            name=asked.screen,
            names=", ".join((pictures.ALL, *pictures.NAMES)),
        )
    with writing(asked.output, asked.file):
        made = pictures.render(
            asked.file,
            asked.screen,
            asked.output,
            lang=asked.lang or i18n.current().language,
            theme=asked.theme,
            size=asked.size,
            scale=asked.scale,
        )
        for path in made:
            if not path.is_file():
                raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(path))
            say(str(path))
    return 0


def check(asked: Namespace) -> int:
    """Say what a project file is, whether it is sound, and what it holds."""
    from crm_pilot import formats
    from crm_pilot.adoption import facts
    from crm_pilot.project import Project
    from crm_pilot.store import lock, sqlite

    language = i18n.current().language
    version = sqlite.check_file(asked.file)
    with Project.open(asked.file, read_only=True) as project:
        say(tr("Project: {name}", name=project.name))
        say(tr("File format: {version}", version=str(version)))
        say(tr("Pages and references: sound"))
        for table, title in COUNTED.items():
            rows = project.reader.value(f"SELECT count(*) FROM {table}")
            if table == "login_fact":  # a row holds the days of a month
                rows = facts.stored_days(project.reader)
            say(f"  {formats.number(rows, language):>9}  {tr(title)}")
        sound = _say_issues(project)
    holder = lock.read_lock(asked.file)
    if holder is not None and lock.is_alive(holder):
        say(
            tr(
                "It is open by {person} on {host} since {since}.",
                person=holder.person,
                host=holder.host,
                since=holder.since,
            )
        )
    return 0 if sound else 2


def _say_issues(project: Project) -> bool:
    """Say whether issued reports are what was issued; without one, nothing."""
    from crm_pilot.governance import issued

    rows = issued.issues(project.reader)
    changed = [row.number for row in rows if not issued.intact(project.reader, row.number)]
    if rows and not changed:
        say(tr("Issued reports: as they were issued"))
    for number in changed:
        complain(tr("Issue no. {number} is not what was issued any more.", number=number))
    return not changed


def copies(asked: Namespace) -> int:
    """List the versions of a project file, or restore one as a new file."""
    from crm_pilot.cli.copies import run

    return run(asked)
