"""`crm-pilot issue`: freezes a document, or lists what was issued; `report --issue` reprints."""

from __future__ import annotations

import datetime as dt
from argparse import ArgumentParser, Namespace
from typing import Any

from crm_pilot import formats, i18n
from crm_pilot.cli.commands import language_of, writing
from crm_pilot.cli.speech import complain, say
from crm_pilot.cli.tables import as_json
from crm_pilot.errors import UserError
from crm_pilot.governance import issued
from crm_pilot.governance.issued import IssueRow
from crm_pilot.governance.terms import DOCUMENTS
from crm_pilot.i18n import N_, tr
from crm_pilot.project import Project
from crm_pilot.why import dated

ISSUABLE = tuple(document.value for document in DOCUMENTS)
CHANGED = 2  # exit code of a list with an issue that is not what was issued


def arguments(parser: ArgumentParser) -> None:
    """What `issue` takes besides the file."""
    parser.add_argument(
        "--document",
        choices=ISSUABLE,
        help=tr("which document (committee unless said; of a correction, that which it corrects)"),
    )
    parser.add_argument(
        "--corrects", metavar="N", type=int, help=tr("it is a correction of what was issued as N")
    )
    parser.add_argument(
        "--reason", metavar=tr("TEXT"), default="", help=tr("why it is corrected; told in the list")
    )
    parser.add_argument(
        "--list", action="store_true", help=tr("list what was issued; change nothing")
    )
    parser.add_argument("--json", action="store_true", help=tr("with --list: for machines"))


def issue(asked: Namespace) -> int:
    """Freeze a document of the project and save, or list what was issued."""
    if asked.list:
        return _list(asked)
    if asked.json:
        raise UserError(N_("--json goes with --list."))
    if asked.reason and asked.corrects is None:
        raise UserError(N_("--reason says why an issue is corrected: say which with --corrects."))
    if asked.corrects is not None and not asked.reason.strip():
        raise UserError(N_("Say why the issue is corrected, with --reason. Nothing was issued."))
    return _freeze(asked)


def _freeze(asked: Namespace) -> int:
    from crm_pilot.reports import issuing

    with Project.open(asked.file) as project:
        if project.holder is not None:
            raise UserError(
                N_(
                    "“{path}” is open by {person} on {host} since {since}. Nothing was issued:"
                    " issue it there, or close it first."
                ),
                path=str(asked.file),
                person=project.holder.person,
                host=project.holder.host,
                since=project.holder.since,
            )
        made = issuing.prepare(
            project.reader,
            project.today(),
            _document(project, asked),
            now=dt.datetime.now(),
            corrects=asked.corrects,
        )
        project.execute(issuing.FreezeReport(made, asked.reason))
        project.save()
    say(
        tr(
            "Issue no. {number} is frozen: {document}, status on {date}, fingerprint {mark}.",
            number=made.number,
            document=tr(DOCUMENTS[made.document]),
            date=dated(made.as_of),
            mark=made.mark,
        )
    )
    return 0


def _document(project: Project, asked: Namespace) -> str:
    """The document asked for; of a correction, that of the issue it corrects."""
    if asked.document is None and asked.corrects is not None:
        return issued.issue(project.reader, asked.corrects).document
    return str(asked.document or "committee")


# the list ----------------------------------------------------------------------------------------


def _list(asked: Namespace) -> int:
    """Say what was issued, newest first, and whether it still is what was issued."""
    with Project.open(asked.file, read_only=True) as project:
        rows = issued.issues(project.reader)
        whole = {row.number: issued.intact(project.reader, row.number) for row in rows}
    if asked.json:
        say(as_json({"issues": [_plain(row, whole[row.number]) for row in rows]}))
    elif not rows:
        say(tr("No report was issued yet."))
    else:
        for row in rows:
            _say(row, whole[row.number])
    return 0 if all(whole.values()) else CHANGED


def _plain(row: IssueRow, whole: bool) -> dict[str, Any]:
    """An issue for machines."""
    return {
        "number": row.number,
        "document": row.document.value,
        "issued_at": row.issued_at.isoformat(timespec="seconds"),
        "as_of": row.as_of.isoformat(),
        "committee": row.committee,
        "title": row.title,
        "sentence": row.sentence,
        "corrects": row.corrects,
        "corrected_by": row.corrected_by,
        "reason": row.reason,
        "fingerprint": row.fingerprint,
        "mark": row.mark,
        "withdrawn_on": row.withdrawn_on.isoformat() if row.withdrawn_on else None,
        "intact": whole,
        "files": [
            {
                "language": file.language,
                "format": file.format,
                "pages": file.pages or None,
                "bytes": file.size,
                "sha256": file.digest,
            }
            for file in row.files
        ],
    }


def _say(row: IssueRow, whole: bool) -> None:
    """An issue in a line, what became of it in others."""
    moment = formats.moment(row.issued_at, i18n.current().language)
    document = tr(DOCUMENTS[row.document])
    say(f"{row.number:>3}  {moment}  {row.mark}  {document}")
    if row.sentence:
        say(f"     {row.sentence}")
    if row.corrects is not None:
        said = tr("Corrects no. {number}: {reason}", number=row.corrects, reason=row.reason)
        say(f"     {said}")
    if row.corrected_by is not None:
        say("     " + tr("Corrected by no. {number}", number=row.corrected_by))
    if row.withdrawn_on is not None:
        day = dated(row.withdrawn_on)
        say("     " + tr("Withdrawn on {date}: somebody it named was erased", date=day))
    if not whole:
        complain(tr("Issue no. {number} is not what was issued any more.", number=row.number))


# reprinting --------------------------------------------------------------------------------------


def reprint(asked: Namespace) -> int:
    """Write a file of an issue as it was issued, byte for byte; its kind by the suffix."""
    from crm_pilot.reports.output import put

    if asked.level != "committee":
        raise UserError(N_("Reports are issued at committee level: leave --level out."))
    with Project.open(asked.file, read_only=True) as project, writing(asked.output, asked.file):
        row = issued.issue(project.reader, asked.issue)
        language = asked.lang or language_of(project)
        put(issued.file(project.reader, row.number, language, _kind(row, asked)), asked.output)
    say(
        tr(
            "Issue no. {number}, as issued on {date}, is in “{path}”.",
            number=row.number,
            date=dated(row.issued_at.date()),
            path=str(asked.output),
        )
    )
    return 0


def _kind(row: IssueRow, asked: Namespace) -> str:
    """The kind of file by its suffix, among those of the issue."""
    kind = str(asked.output.suffix.casefold().removeprefix("."))
    kinds = tuple(dict.fromkeys(file.format for file in row.files))
    if kinds and kind not in kinds:
        raise UserError(
            N_("Issue no. {number} is kept as {kinds}, not as “{suffix}”. Nothing was written."),
            number=row.number,
            kinds=", ".join(f".{one}" for one in kinds),
            suffix=asked.output.suffix or asked.output.name,
        )
    return kind
