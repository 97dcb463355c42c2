"""Salesforce logins: EventLogFile, LoginHistory, and the download of Setup ▸ Login History."""

from __future__ import annotations

from crm_pilot.exchange.headers import words
from crm_pilot.exchange.login_formats import EVENT_LOG as LETTERS
from crm_pilot.exchange.login_formats import LoginFormat, fields
from crm_pilot.i18n import msg

EVENT_LOG = LoginFormat(
    name="salesforce_event_log",
    title=msg("Salesforce EventLogFile"),
    fields=fields(
        user="user id derived, user id",
        moment="timestamp derived, timestamp",
        status="login status, request status",
        type="login type",
    ),
    marks=words("event type, timestamp derived, user id derived, login status"),
    utc=True,
    judge=LETTERS,
)
LOGIN_HISTORY = LoginFormat(
    name="salesforce_login_history",
    title=msg("Salesforce LoginHistory"),
    fields=fields(
        user="user id",
        moment="login time",
        status="status",
        type="login type",
    ),
    marks=words("user id, login time, login geo id, api type, cipher suite"),
    utc=True,
)
SETUP = LoginFormat(
    name="salesforce_setup",
    title=msg("Salesforce login history"),
    fields=fields(
        user="username, user username, user name, user full name, user, nom d utilisateur,"
        " nom utilisateur, utilisateur nom d utilisateur, utilisateur nom complet, utilisateur",
        moment="login time, login date time, heure de connexion, date de connexion,"
        " date et heure de connexion, date heure de connexion",
        status="status, login status, statut, etat, statut de connexion",
        type="login type, type de connexion",
    ),
    marks=words(
        "username, login time, source ip, login type, login url, heure de connexion, type de "
        "connexion, nom d utilisateur, adresse ip source, url de connexion, ip source"
    ),
)
