"""Salesforce logins: EventLogFile, LoginHistory, and the download of Setup ▸ Login History."""

from __future__ import annotations

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
    marks=frozenset(["event type", "timestamp derived", "user id derived", "login status"]),
    utc=True,
    short_ids=True,
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
    marks=frozenset(["user id", "login time", "login geo id", "api type", "cipher suite"]),
    utc=True,
    short_ids=True,
)
SETUP = LoginFormat(
    name="salesforce_setup",
    title=msg("Salesforce login history"),
    fields=fields(
        user="username, user name, user, nom d utilisateur, utilisateur",
        moment="login time, heure de connexion, date de connexion",
        status="status, statut, etat",
        type="login type, type de connexion",
    ),
    marks=frozenset(
        [
            "username",
            "login time",
            "source ip",
            "heure de connexion",
            "type de connexion",
            "login url",
        ]
    ),
)
