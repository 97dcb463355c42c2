"""Head and foot of the documents of the committee: names, marks of drafts and issues, the look."""

from __future__ import annotations

from dataclasses import replace

from crm_pilot.errors import UserError
from crm_pilot.figures import Level
from crm_pilot.governance.report_choices import ReportLook, check_logo, look, picture_size
from crm_pilot.governance.rows import committee_of
from crm_pilot.governance.terms import DOCUMENTS, Document
from crm_pilot.planning import queries as planning
from crm_pilot.records import dataclass
from crm_pilot.reports.context import Context
from crm_pilot.reports.document import Frame

SIGNS, GROUP = 12, 4  # of a fingerprint that are printed


@dataclass(frozen=True)
class Marks:
    """What a document carries on every page besides what it says. `number` 0: not issued."""

    draft: bool = True
    number: int = 0
    day: str = ""  # of the issue
    fingerprint: str = ""
    corrects: int | None = None


def frame(context: Context, document: Document, marks: Marks) -> Frame:
    """What stands on every page of a document."""
    tr = context.tr
    name, company = context.reader.one("SELECT name, company FROM project") or ("", "")
    as_of = tr("status on {date}", date=context.long_day(context.today))
    short, kind = _short(context, document), tr(DOCUMENTS[document])
    pack = document is Document.COMMITTEE
    heads = [short if pack else kind, as_of] if short or not pack else [as_of]
    made = Frame(
        title=" – ".join(part for part in (name, "" if pack and short else kind, short) if part),
        author=company or "CRM Pilot",
        project=context.own(name),
        subject=" · ".join(heads),
        reference=_reference(context),
        short=short or kind,
        issued=tr("issued on {date}", date=context.day(context.today, year=True)),
        mark=_mark(context),
        draft=tr("DRAFT") if marks.draft else "",
    )
    return _looking(_marked(made, context, marks), look(context.reader))


def _short(context: Context, document: Document) -> str:
    """The committee the document is for."""
    found = committee_of(context.reader, context.today, document)
    return "" if found is None else context.tr("Committee no. {number}", number=found.number)


def _reference(context: Context) -> str:
    plan = planning.figures(context.reader, context.today)
    if not plan.baseline_name or not plan.baseline_set_on:
        return ""
    return context.tr(
        "{name}, {date}",
        name=context.own(plan.baseline_name),
        date=context.day(plan.baseline_set_on, year=True),
    )


def _mark(context: Context) -> str:
    if context.level == Level.OWN:
        return context.tr("Lead's own, not for distribution")
    return context.tr("Committee level: positions aggregated, no names")


def _marked(made: Frame, context: Context, marks: Marks) -> Frame:
    tr = context.tr
    if marks.draft:
        day = context.day(context.today, year=True)
        return replace(made, issued=tr("draft of {date}, not issued", date=day))
    if not marks.number:
        return made
    issue = [tr("Issue no. {number}", number=marks.number)]
    if marks.corrects is not None:
        issue.append(tr("corrects issue no. {number}", number=marks.corrects))
    signs = short_fingerprint(marks.fingerprint)
    if signs:
        issue.append(tr("fingerprint {signs}", signs=signs))
    return replace(
        made,
        issued=tr("issued on {date} · frozen version", date=marks.day),
        issue=" · ".join(issue),
        fingerprint=signs,
    )


def short_fingerprint(fingerprint: str) -> str:
    """`7F3A-91C4-D20B`: the first twelve digits of a fingerprint, as printed."""
    signs = fingerprint[:SIGNS].upper()
    return "-".join(signs[at : at + GROUP] for at in range(0, len(signs), GROUP))


def _looking(made: Frame, chosen: ReportLook) -> Frame:
    """With logo and colour of the company; a logo that cannot be read any more is left out."""
    made = replace(made, accent=chosen.accent)
    if chosen.logo is None:
        return made
    try:
        check_logo(chosen.logo)
    except UserError:
        return made
    return replace(made, logo=chosen.logo, logo_size=picture_size(chosen.logo))
