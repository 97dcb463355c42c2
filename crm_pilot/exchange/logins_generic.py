"""Logins of any other CRM: one row a login, or one row a user and day with actions by object."""

from __future__ import annotations

from crm_pilot.exchange.login_formats import COUNTS, LoginFormat, fields
from crm_pilot.i18n import msg

FORMAT = LoginFormat(
    name="generic",
    title=msg("Other logins"),
    fields=fields(
        user="user id, userid, user, username, user username, user name, user full name,"
        " utilisateur nom d utilisateur, utilisateur nom complet, user email, email, login,"
        " account, changed by, acting user, utilisateur, id utilisateur, identifiant,"
        " nom d utilisateur, courriel, adresse e mail, compte",
        moment="date, day, timestamp, login timestamp, login time, login date, time, datetime,"
        " changed date, occurred at, creation date, jour, date de connexion, heure de connexion,"
        " connexion, horodatage, date heure",
        status="status, result, event, statut, resultat, etat",
        type="login type, type of login, type, type de connexion",
        days="login days, jours de connexion",
        object="object, objet, entity, table",
        created="created, records created, crees, creations",
        updated="updated, records updated, modifies, modifications",
    ),
    marks=frozenset(["login days", "jours de connexion", "login timestamp", "type of login"]),
    shape=COUNTS,
)
