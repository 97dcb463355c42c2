"""Accounts of the project by every way an export may name them."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from crm_pilot.exchange.use_found import short_id as short_id
from crm_pilot.store.reader import Reader


@dataclass(frozen=True)
class Account:
    """An account of the project."""

    id: int
    external_id: str
    username: str
    email: str
    full_name: str
    opened_on: dt.date | None


@dataclass(frozen=True)
class KnownAccounts:
    """Accounts by id, user name, e-mail and full name; `doubtful`: names that several bear."""

    by_key: dict[str, Account]
    doubtful: frozenset[str]

    def of(self, name: str) -> Account | None:
        """The account an export means."""
        return self.by_key.get(short_id(name)) or self.by_key.get(name.casefold())

    def is_doubtful(self, name: str) -> bool:
        """Whether several accounts bear this name."""
        return name.casefold() in self.doubtful and self.of(name) is None


def known_accounts(reader: Reader) -> KnownAccounts:
    """The accounts of the project, known by the surest of what they have."""
    rows = reader.rows(
        Account, "SELECT id, external_id, username, email, full_name, opened_on FROM account"
    )
    found: dict[str, Account] = {}
    doubtful: set[str] = set()
    for attribute in ("full_name", "email", "username"):
        keys = [(getattr(account, attribute).strip().casefold(), account) for account in rows]
        times = Counter(key for key, _ in keys)
        doubtful |= {key for key, count in times.items() if key and count > 1}
        found |= {key: account for key, account in keys if key and times[key] == 1}
    for account in rows:
        found[short_id(account.external_id)] = account
        found[account.external_id.casefold()] = account
    return KnownAccounts(found, frozenset(doubtful - found.keys()))


def accounts_by_key(reader: Reader) -> dict[str, Account]:
    """Accounts by every way a log may name them."""
    return known_accounts(reader).by_key
