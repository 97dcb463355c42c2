"""What sets one source of CRM logins apart: headers, times, what counts as a person's login."""

from __future__ import annotations

from dataclasses import dataclass

from crm_pilot.exchange.plan import Field
from crm_pilot.i18n import N_, Message

TITLES = {
    "user": N_("User"),
    "moment": N_("Login time"),
    "status": N_("Status"),
    "type": N_("Login type"),
    "days": N_("Login days"),
    "object": N_("Object"),
    "created": N_("Created"),
    "updated": N_("Updated"),
}
REQUIRED = frozenset({"user", "moment"})

# Statuses of a login that worked, normalised; everything else is skipped and counted
SUCCESS = frozenset(
    [
        "success",
        "succes",
        "reussite",
        "reussi",
        "reussie",
        "login no error",
        "ok",
        "true",
        "1",
        "user access via web",
        "sucesso",
    ]
)
# Types of login that no person does at a screen (DOMAIN.md 2.2), normalised
NOT_INTERACTIVE = frozenset(
    [
        "other apex api",
        "partner product",
        "app exchange",
        "appexchange",
        "apex office toolkit",
        "data loader",
        "dataloader",
        "soap api",
        "rest api",
        "bulk api",
        "metadata api",
        "api",
        "api only",
        "integration",
        "oauth refresh token",
        "user access via web services",
        "web services",
        "service",
        "sync",
        "offline client",
    ]
)


@dataclass(frozen=True)
class LoginFormat:
    """One source of logins."""

    name: str
    title: Message
    fields: tuple[Field, ...]
    marks: frozenset[str]
    utc: bool = False  # times without a zone are in UTC
    short_ids: bool = False  # user ids come with 15 or 18 characters
    success: frozenset[str] = SUCCESS
    not_interactive: frozenset[str] = NOT_INTERACTIVE
    kind: str = "logins"


def fields(**synonyms: str) -> tuple[Field, ...]:
    """Fields in the order of `TITLES`, from comma-separated normalised headers."""
    return tuple(
        Field(name, title, tuple(s.strip() for s in synonyms[name].split(",")), name in REQUIRED)
        for name, title in TITLES.items()
        if name in synonyms
    )
