"""Every importer, in the order in which they are asked; adding one is one line."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import lru_cache

from crm_pilot.errors import UserError
from crm_pilot.exchange import (
    actions_formats,
    calendar_plan,
    completeness,
    logins_dynamics,
    logins_generic,
    logins_hubspot,
    logins_salesforce,
    own_formats,
    people,
    plan_formats,
    session_formats,
    stakeholder_formats,
    tickets_generic,
    tickets_glpi,
    tickets_jira,
    tickets_servicenow,
    training_formats,
    users,
)
from crm_pilot.exchange.headers import match, normal
from crm_pilot.exchange.plan import Field, Importer
from crm_pilot.i18n import N_

KINDS = (
    *("tickets", "logins", "actions", "users", "people", "stakeholders", "training", "sessions"),
    *("calendar", "completeness", "plan", "table"),
)
ALIASES = {"attendance": "training"}  # other words for a kind on the command line
KIND_TITLES = {
    "tickets": N_("Tickets"),
    "logins": N_("CRM logins"),
    "actions": N_("Records created and updated"),
    "users": N_("CRM users"),
    "people": N_("People"),
    "stakeholders": N_("People and groups of the map"),
    "training": N_("Trainings followed"),
    "sessions": N_("Training sessions"),
    "calendar": N_("A calendar of sessions"),
    "completeness": N_("Completeness of key fields"),
    "plan": N_("A plan"),
    "table": N_("A table exported by CRM Pilot"),
}
KIND_NOUNS = {
    "tickets": N_("tickets"),
    "logins": N_("CRM logins in rows"),
    "actions": N_("a list of records or actions of the CRM"),
    "users": N_("a list of CRM users"),
    "people": N_("a list of people"),
    "stakeholders": N_("a list of stakeholders"),
    "training": N_("a list of trainings followed"),
    "sessions": N_("a list of training sessions"),
    "calendar": N_("a calendar"),
    "completeness": N_("a list of records"),
    "plan": N_("a plan of MS Project, GanttProject or Planner"),
    "table": N_("a table exported by CRM Pilot"),
}
# known by their headings
BY_COLUMNS = (
    "tickets",
    "logins",
    "actions",
    "users",
    "people",
    "stakeholders",
    "training",
    "sessions",
)


def importers() -> tuple[Importer, ...]:
    """All importers; of equal fit the first is taken, so the general ones come last."""
    return (
        tickets_servicenow.FORMAT,
        tickets_jira.FORMAT,
        tickets_glpi.FORMAT,
        tickets_generic.FORMAT,
        logins_salesforce.EVENT_LOG,
        logins_salesforce.LOGIN_HISTORY,
        logins_salesforce.SETUP,
        logins_dynamics.AUDIT_VIEW,
        logins_dynamics.PURVIEW_LOG,
        logins_hubspot.LOGIN_HISTORY,
        logins_hubspot.AUDIT_LOG,
        logins_generic.FORMAT,
        actions_formats.SALESFORCE,
        actions_formats.DYNAMICS,
        logins_dynamics.AUDIT_VIEW_ACTIONS,
        logins_dynamics.PURVIEW_ACTIONS,
        logins_hubspot.AUDIT_ACTIONS,
        actions_formats.RECORD_LIST,
        actions_formats.GENERIC,
        people.FORMAT,
        users.FORMAT,
        stakeholder_formats.FORMAT,
        training_formats.TEAMS,
        training_formats.FOLLOWED,
        session_formats.FORMAT,
        calendar_plan.FORMAT,
        completeness.FORMAT,
        *plan_formats.formats(),
        *own_formats.formats(),
    )


def of_kind(kind: str) -> tuple[Importer, ...]:
    """Importers of one kind. Raises `UserError` for a kind that does not exist."""
    if kind not in KINDS:
        raise UserError(
            N_("“{kind}” cannot be imported; choose one of: {kinds}."),
            kind=kind,
            kinds=", ".join(KINDS),
        )
    return tuple(importer for importer in importers() if importer.kind == kind)


def by_name(kind: str, name: str) -> Importer:
    """One importer by its name."""
    for importer in of_kind(kind):
        if importer.name == name:
            return importer
    raise UserError(N_("There is no importer “{name}”."), name=name)


@lru_cache(maxsize=8)
def known_headers(kind: str) -> frozenset[str]:
    """Every normalised header that some importer of `kind` knows."""
    return frozenset(
        synonym
        for importer in of_kind(kind)
        for wanted in importer.fields
        for synonym in wanted.synonyms
    )


def missing(importer: Importer, mapping: Container[str]) -> list[Field]:
    """Fields that a file must have and `mapping` lacks; of several of which one is enough, the
    first."""
    named = {wanted.name: wanted for wanted in importer.fields}
    found = [f for f in importer.fields if f.required and f.name not in mapping]
    for group in getattr(importer, "one_of", ()):
        if not any(name in mapping for name in group):
            found.append(named[group[0]])
    return found


def fit(importer: Importer, headers: Sequence[str]) -> tuple[bool, int, int]:
    """How well a file fits: required fields found, headers only this source has, fields found."""
    mapping = match(headers, importer.fields)
    complete = not missing(importer, mapping)
    marks = len({normal(header) for header in headers} & importer.marks)
    return complete, marks, len(mapping)


def importer_for(kind: str, headers: Sequence[str]) -> Importer:
    """The importer of `kind` that fits the headers best; a source's own importer only when at
    least two headers are its own."""
    candidates = of_kind(kind)
    best, best_fit = candidates[-1], (False, -1, -1)
    for importer in candidates:
        found = fit(importer, headers)
        special = importer is not candidates[-1]
        if special and found[1] < 2:
            continue
        if found > best_fit:
            best, best_fit = importer, found
    return best


def likely_kind(headers: Sequence[str]) -> str:
    """The kind of file these headers belong to; empty when none is complete."""
    if own_formats.is_ours(headers):
        return own_formats.KIND
    stakeholders = _of_the_map(headers)
    if stakeholders:
        return stakeholder_formats.FORMAT.kind
    others = [importer for importer in importers() if importer.kind in BY_COLUMNS]
    if stakeholders is None:
        others.remove(stakeholder_formats.FORMAT)
    found = [(fit(importer, headers), importer.kind) for importer in others]
    complete = [item for item in found if item[0][0]]
    return max(complete, key=lambda item: item[0])[1] if complete else ""


def _of_the_map(headers: Sequence[str]) -> bool | None:
    """Whether this is surely a list of stakeholders; None where hardly anything speaks for it: a
    name is all it needs, and most lists have one."""
    form = stakeholder_formats.FORMAT
    plain = {normal(header) for header in headers}
    if missing(form, match(headers, form.fields)):
        return None
    if plain & form.sure:
        return True
    return False if len(plain & form.marks) > 1 else None
