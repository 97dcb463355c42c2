"""Use of HubSpot: its login history and its audit log (DOMAIN.md 2.2)."""

from __future__ import annotations

from crm_pilot.exchange.headers import words
from crm_pilot.exchange.login_formats import HUBSPOT, LoginFormat, as_actions, fields
from crm_pilot.i18n import msg

LOGIN_HISTORY = LoginFormat(
    name="hubspot_logins",
    title=msg("HubSpot login history"),
    fields=fields(
        user="user email, email, e mail, adresse e mail de l utilisateur, user",
        moment="login timestamp, login at, timestamp, horodatage de connexion",
        status="login succeeded, status",
        type="type of login, login type, type de connexion",
    ),
    marks=words(
        "login timestamp, login at, type of login, user email, location, user agent, login "
        "succeeded, horodatage de connexion"
    ),
)
AUDIT_LOG = LoginFormat(
    name="hubspot_audit",
    title=msg("HubSpot audit log"),
    fields=fields(
        user="acting user user email, modified by, acting user email, user email,"
        " acting user user id, modifie par",
        moment="occurred at, date",
        operation="action",
        category="category, categorie",
        subcategory="sub category, subcategory, sous categorie",
    ),
    marks=words(
        "category, subcategory, sub category, target object id, occurred at, acting user user "
        "email, acting user user id, modified by, categorie, sous categorie"
    ),
    judge=HUBSPOT,
    one_of=(("operation", "category"),),
)
AUDIT_ACTIONS = as_actions(AUDIT_LOG)
