"""Use of Dynamics 365: the audit view, and the audit log of Microsoft Purview (DOMAIN.md 2.2)."""

from __future__ import annotations

from crm_pilot.exchange.headers import words
from crm_pilot.exchange.login_formats import AUDIT, PURVIEW, LoginFormat, as_actions, fields
from crm_pilot.i18n import msg

AUDIT_VIEW = LoginFormat(
    name="dynamics_audit",
    title=msg("Dynamics 365 audit view"),
    fields=fields(
        user="changed by, user, modifie par, auteur de la modification",
        moment="changed date, date changed, date de modification, date de changement",
        operation="operation",
        event="event, evenement",
        object="entity, record type, table, entite, type d enregistrement",
    ),
    marks=words(
        "changed date, changed by, event, operation, entity, record, date de modification, "
        "modifie par, evenement, entite, enregistrement"
    ),
    judge=AUDIT,
    one_of=(("operation", "event"),),
)
PURVIEW_LOG = LoginFormat(
    name="purview_audit",
    title=msg("Microsoft Purview audit"),
    fields=fields(
        user="user id, user ids",
        moment="creation date, creation time",
        operation="operation, operations",
        detail="audit data",
    ),
    marks=words(
        "record id, creation date, record type, audit data, associated admin units, "
        "associated admin units names, associated admin unit names"
    ),
    utc=True,
    shape=PURVIEW,
    one_of=(("operation", "detail"),),
)
AUDIT_VIEW_ACTIONS, PURVIEW_ACTIONS = as_actions(AUDIT_VIEW), as_actions(PURVIEW_LOG)
