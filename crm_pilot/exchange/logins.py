"""Accounts of the project by every way an export may name them."""

from __future__ import annotations

import datetime as dt
from collections import Counter

from crm_pilot.exchange.use_found import short_id as short_id
from crm_pilot.records import dataclass
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
    """Accounts by id, user name, e-mail and full name, then by the name of their person;
    `doubtful`: names that several bear."""

    by_key: dict[str, Account]
    doubtful: frozenset[str]
    by_person: dict[str, Account]

    def of(self, name: str) -> Account | None:
        """The account an export means."""
        plain = name.casefold()
        return (
            self.by_key.get(short_id(name)) or self.by_key.get(plain) or self.by_person.get(plain)
        )

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
    by_person = _by_person(reader, {account.id: account for account in rows})
    return KnownAccounts(found, frozenset(doubtful - found.keys()), by_person)


def _by_person(reader: Reader, accounts: dict[int, Account]) -> dict[str, Account]:
    """Accounts by the name of whom they are tied to: a list may write the name out that the
    account bears in short. Names of several accounts are left out."""
    named = [
        (f"{first} {last}".strip().casefold(), accounts[key])
        for key, first, last in reader.select(
            "SELECT a.id, p.first_name, p.last_name FROM account a JOIN person p"
            " ON p.id = a.person_id"
        )
    ]
    times = Counter(name for name, _ in named)
    return {name: account for name, account in named if name and times[name] == 1}


def accounts_by_key(reader: Reader) -> dict[str, Account]:
    """Accounts by every way a log may name them."""
    return known_accounts(reader).by_key
