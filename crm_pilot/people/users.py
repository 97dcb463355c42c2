"""CRM users: their accounts beside the people of the project, and whose is still to be settled."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.people.matching import Candidate, Named, User, match_all
from crm_pilot.people.queries import FULL_NAME
from crm_pilot.people.terms import ProfileKind
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

TABLES = ("account", "person", "profile", "department")


@dataclass(frozen=True)
class UserRow:
    """An account as the register shows it. Nothing here says how it is used."""

    id: int
    external_id: str
    username: str
    email: str
    full_name: str
    licence: str
    person_id: int | None
    person: str | None
    department: str | None
    profile_id: int | None
    profile: str | None
    measured: bool
    opened_on: dt.date | None
    closed_on: dt.date | None
    settled: bool


@dataclass(frozen=True)
class Doubt:
    """An account whose person is not sure; the candidates may be none."""

    account_id: int
    external_id: str
    name: str  # as the CRM writes it, or the user name
    email: str
    profile: str | None
    candidates: tuple[Candidate, ...]


@remembered(*TABLES)
def users(reader: Reader) -> tuple[UserRow, ...]:
    """Every account, by name."""
    return tuple(
        reader.rows(
            UserRow,
            "SELECT a.id, a.external_id, a.username, a.email, a.full_name, a.licence, a.person_id,"
            f" {FULL_NAME.format(table='p')}, d.name, a.profile_id, f.name,"
            " coalesce(f.measured, 1), a.opened_on, a.closed_on, a.settled FROM account a"
            " LEFT JOIN person p ON p.id = a.person_id LEFT JOIN department d"
            " ON d.id = p.department_id LEFT JOIN profile f ON f.id = a.profile_id"
            " ORDER BY coalesce(p.last_name, nullif(a.full_name, ''), nullif(a.username, ''),"
            " a.external_id) COLLATE NOCASE, p.first_name COLLATE NOCASE, a.id",
        )
    )


@remembered("person")
def named(reader: Reader) -> tuple[Named, ...]:
    """The people of the project, by what may tell whose an account is."""
    return tuple(
        reader.rows(
            Named,
            "SELECT id, first_name, last_name, email, coalesce(external_id, '') FROM person"
            " ORDER BY id",
        )
    )


@remembered(*TABLES)
def doubts(reader: Reader) -> tuple[Doubt, ...]:
    """Open accounts that belong to nobody yet and were not settled: those with proposals first.
    Interfaces between systems are left out."""
    open_ones = [
        row
        for row in users(reader)
        if row.person_id is None and row.measured and not row.settled and row.closed_on is None
    ]
    people = named(reader)
    numbers = {one.number.casefold() for one in people}
    keys = {}
    for row in open_ones:
        # some logs name people by staff number; any other id of a CRM speaks against nobody
        number = row.external_id if row.external_id.casefold() in numbers else ""
        keys[row.id] = User(row.full_name, row.email, row.username, number)
    found = match_all(keys, people)
    made = []
    for row in open_ones:
        match = found[row.id]
        candidates = match.candidates
        if match.person_id is not None and match.reason is not None:
            candidates = (Candidate(match.person_id, match.reason),)
        name = row.full_name or row.username or row.external_id
        made.append(Doubt(row.id, row.external_id, name, row.email, row.profile, candidates))
    return tuple(sorted(made, key=lambda one: not one.candidates))


@dataclass(frozen=True)
class LinkAccount:
    """Say whose an account is."""

    account_id: int
    person_id: int

    @property
    def label(self) -> Message:
        return msg("Say whose an account is")

    def apply(self, work: Work) -> None:
        work.get("person", self.person_id)
        work.set("account", self.account_id, person_id=self.person_id, settled=False)


@dataclass(frozen=True)
class SettleAccounts:
    """These accounts belong to nobody of the project; they are not asked about again."""

    account_ids: tuple[int, ...]

    @property
    def label(self) -> Message:
        return nmsg(
            "Settle {n} account as nobody's",
            "Settle {n} accounts as nobody's",
            len(self.account_ids),
        )

    def apply(self, work: Work) -> None:
        for key in self.account_ids:
            work.set("account", key, person_id=None, settled=True)


@dataclass(frozen=True)
class PersonOfAccount:
    """Make a person of the project of an account's name; the result is the person's id.

    Raises `UserError` for an account without any name.
    """

    account_id: int
    department_id: int | None = None

    @property
    def label(self) -> Message:
        return msg("Add the person of an account")

    def apply(self, work: Work) -> int:
        account = work.get("account", self.account_id)
        first, last = split(account.full_name)
        if not last:
            last = account.email.partition("@")[0] or account.username.partition("@")[0]
        if not last:
            raise UserError(
                N_("The account “{account}” has no name to make a person of. Nothing was changed."),
                account=account.external_id,
            )
        person = work.add(
            "person",
            first_name=first,
            last_name=last,
            email=account.email,
            department_id=self.department_id,
        )
        work.set("account", self.account_id, person_id=person, settled=False)
        return int(person)


def split(full_name: str) -> tuple[str, str]:
    """First and last name of `Jeanne Roy`, `ROY Jeanne` or `Roy, Jeanne`."""
    last, comma, first = full_name.partition(",")
    if comma:
        return first.strip(), last.strip()
    parts = full_name.split()
    capitals = [word for word in parts if len(word) > 1 and word.isupper()]
    if capitals and len(capitals) < len(parts):
        return " ".join(word for word in parts if word not in capitals), " ".join(capitals)
    return (parts[0], " ".join(parts[1:])) if len(parts) > 1 else ("", full_name.strip())


_KINDS = (  # words in the name of a profile, the surest first
    (ProfileKind.INTEGRATION, "integration interface api passerelle automated connector"),
    (ProfileKind.ADMINISTRATOR, "administrator administrateur administratrice admin"),
    (ProfileKind.ASSISTANT, "assistant assistante assistantes assistants adv back"),
    (ProfileKind.MANAGER, "manager directeur directrice direction responsable chef head lead"),
    (ProfileKind.FIELD, "field itinerant itinerants terrain commercial commerciaux sales outside"
     " grands comptes key account"),
    (ProfileKind.CONNECTED, "televente televendeur televendeurs inside sedentaire sedentaires"
     " service support client call centre center"),
)  # fmt: skip
EXPECTED = {  # days a week, and whether it is measured (seed 003; the others are our own)
    ProfileKind.CONNECTED: (5, 5, True),
    ProfileKind.FIELD: (3, 5, True),
    ProfileKind.MANAGER: (2, 5, True),
    ProfileKind.ASSISTANT: (4, 5, True),
    ProfileKind.ADMINISTRATOR: (0, 5, True),
    ProfileKind.INTEGRATION: (0, 0, False),
    ProfileKind.OTHER: (3, 5, True),
}


def profile_of(name: str) -> dict[str, object]:
    """What a profile of this name is taken for until the lead says otherwise."""
    from crm_pilot.folding import folded

    told = set(folded(name).replace("-", " ").split())
    kind = next((k for k, known in _KINDS if told & set(known.split())), ProfileKind.OTHER)
    low, high, measured = EXPECTED[kind]
    return {"kind": kind, "expected_low": low, "expected_high": high, "measured": measured}
