"""Exports of records, who created and changed them; and lists of actions (DOMAIN.md 2.2)."""

from __future__ import annotations

from crm_pilot.exchange.headers import words
from crm_pilot.exchange.login_formats import ACTION, COUNTS, RECORDS, LoginFormat, fields
from crm_pilot.i18n import msg

_OWNERS = (
    "owner id, owner, record owner, owner name, owner full name, account owner, contact owner,"
    " lead owner, opportunity owner, case owner, deal owner, company owner, ticket owner,"
    " assigned to, proprietaire, proprietaire du compte, proprietaire du contact,"
    " proprietaire de la piste, proprietaire de l opportunite, proprietaire de la requete,"
    " proprietaire de l enregistrement, responsable"
)
_RECORD = {
    "created_by": "created by id, created by, created by full name, created by alias,"
    " created by user id, created by username, creator, cree par, auteur",
    "created_on": "created date, created on, create date, creation date, date created, created at,"
    " date de creation, cree le",
    "modified_by": "last modified by id, last modified by, modified by, updated by,"
    " updated by user id, last modified by full name, derniere modification par, modifie par",
    "modified_on": "last modified date, modified on, last modified on, last modified at,"
    " updated at, last updated, date de derniere modification, date de la derniere modification,"
    " derniere modification le, modifie le, date de modification",
    "owner": _OWNERS,
}
_GROUPS = (("created_by", "modified_by"), ("created_on", "modified_on"))
SALESFORCE = LoginFormat(
    name="salesforce_records",
    title=msg("Salesforce records"),
    fields=fields(**_RECORD),
    marks=words(
        "created by id, created date, last modified by id, last modified by, last modified "
        "date, owner id, system modstamp, last activity date, derniere modification par, date "
        "de derniere modification, date de la derniere modification"
    ),
    shape=RECORDS,
    kind="actions",
    one_of=_GROUPS,
)
DYNAMICS = LoginFormat(
    name="dynamics_records",
    title=msg("Dynamics 365 records"),
    fields=fields(**_RECORD),
    marks=words(
        "created by, modified by, owner, cree par, modifie par, proprietaire,"
        " do not modify row checksum, do not modify modified on, created on, modified on, ne "
        "pas modifier somme de controle de la ligne, ne pas modifier modifie le, cree le, "
        "modifie le"
    ),
    shape=RECORDS,
    kind="actions",
    one_of=_GROUPS,
)
RECORD_LIST = LoginFormat(
    name="records",
    title=msg("Other records"),
    fields=fields(
        **_RECORD,
        object="object, objet, entity, entite, record type, table, module, type d objet",
    ),
    marks=words(
        "created by, created on, created at, modified by, modified on, updated by, updated "
        "at, owner, cree par, cree le, modifie par, modifie le, proprietaire, created date, "
        "last modified date, create date, created by user id, updated by user id"
    ),
    shape=RECORDS,
    kind="actions",
    one_of=_GROUPS,
)
GENERIC = LoginFormat(
    name="generic_actions",
    title=msg("Other actions"),
    fields=fields(
        user="user id, userid, user, username, user name, user email, email, login, account,"
        " utilisateur, id utilisateur, identifiant, nom d utilisateur, courriel, adresse e mail,"
        " compte",
        moment="date, day, timestamp, time, datetime, occurred at, jour, horodatage, date heure",
        operation="action, operation, event, evenement",
        days="login days, jours de connexion",
        object="object, objet, entity, table, module",
        created="created, records created, crees, creations",
        updated="updated, records updated, modifies, modifications",
    ),
    marks=frozenset(),
    shape=COUNTS,
    judge=ACTION,
    kind="actions",
    one_of=(("operation", "created", "updated"),),
)
