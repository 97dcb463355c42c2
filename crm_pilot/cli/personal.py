"""`crm-pilot person-file` and `crm-pilot erase`: what is held on someone, handed out or erased."""

from __future__ import annotations

import json
from argparse import Namespace
from typing import TYPE_CHECKING

from crm_pilot import i18n
from crm_pilot.cli.commands import language_of, writing
from crm_pilot.cli.speech import complain, say
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Translator, ntr, tr
from crm_pilot.personal import frozen, held, identity, purging, texts
from crm_pilot.personal.erasing import doubtful
from crm_pilot.project import Project
from crm_pilot.why import dated

if TYPE_CHECKING:
    from crm_pilot.personal.identity import Subject


def person_file(asked: Namespace) -> int:
    """Write everything held on one person, as PDF or JSON."""
    suffix = asked.output.suffix.casefold()
    if suffix not in (".pdf", ".json"):
        raise UserError(
            N_(
                "A person file is written as .pdf or .json, not as “{suffix}”. Nothing was written."
            ),
            suffix=suffix or asked.output.name,
        )
    with Project.open(asked.file, read_only=True) as project, writing(asked.output, asked.file):
        from crm_pilot.reports import person_file as paper
        from crm_pilot.reports.output import put

        language = asked.lang or language_of(project)
        shown = Translator(language)
        subject = identity.by_words(project.reader, asked.person)
        found = held.person_file(project.reader, subject, project.today(), shown)
        if suffix == ".pdf":
            data = paper.make(project.reader, found, language)
        else:
            data = json.dumps(found.plain(shown), ensure_ascii=False, indent=2).encode()
        put(data, asked.output)
    say(tr("The person file is in “{path}”.", path=str(asked.output)))
    return 0


def erase(asked: Namespace) -> int:
    """Erase one person from the file and its dated copies; `--check` only says what would go."""
    with Project.open(asked.file, read_only=asked.check) as project:
        subject = identity.by_words(project.reader, asked.person)
        _tell(project, subject)
        if asked.check:
            say(tr("Nothing was changed: this was a check."))
            return 0
        if not asked.yes:
            raise UserError(
                N_("An erasure cannot be undone. Say --yes to carry it out; nothing was changed.")
            )
        language = project.reader.value("SELECT language FROM project")
        done = purging.erase(
            project, subject, language if language in i18n.LANGUAGES else i18n.current().language
        )
        project.save()
        after = purging.purge(project, subject)
    say(
        tr(
            "Erased: {ratings} ratings, {texts} texts. Kept as counts of nobody: {attendances}"
            " attendances, {accounts} accounts.",
            ratings=done.ratings,
            texts=done.texts,
            attendances=done.attendances,
            accounts=done.accounts,
        )
    )
    if done.issues:
        say(
            ntr(
                "{n} issued report was withdrawn.",
                "{n} issued reports were withdrawn.",
                done.issues,
            )
        )
    say(
        ntr("{n} dated copy was deleted.", "{n} dated copies were deleted.", after.copies)
        if after.copies
        else tr("There was no dated copy to delete.")
    )
    if after.left:
        complain(tr("Still in the file: {list}", list=", ".join(after.left)))
        return 2
    say(tr("The saved file was searched byte by byte: no trace is left."))
    return 0


def _tell(project: Project, subject: Subject) -> None:
    """What is held, in counts, and the texts an erasure leaves for a person to read."""
    found = held.person_file(project.reader, subject, project.today(), i18n.current())
    for part in found.parts:
        if part.rows:
            say(f"{len(part.rows):>5}  {tr(part.title)}")
    for row in frozen.naming(project.reader, subject):
        say(
            tr(
                "Issue no. {number} of {date} will be withdrawn: its number, date and fingerprint"
                " stay, its files and texts go.",
                number=row.number,
                date=dated(row.issued_at.date()),
            )
        )
    left = doubtful(texts.mentions(project.reader.select, subject), subject)
    if left:
        say(
            ntr(
                "{n} text holds the last name alone and is left as it is; read it yourself:",
                "{n} texts hold the last name alone and are left as they are; read them yourself:",
                len(left),
            )
        )
    for one in left:
        say(f"       {one.column.table}.{one.column.name} {one.row}: {one.text[:80]}")
