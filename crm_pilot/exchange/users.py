"""CRM users from the list the CRM exports: accounts, their profiles and licences, and whose they
are. Persons are never made here: who is not surely known is left for review.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING, Any

from crm_pilot.errors import UserError
from crm_pilot.exchange.apply import STALE, next_id
from crm_pilot.exchange.columns import Cells, Setting
from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.logins import accounts_by_key, short_id
from crm_pilot.exchange.plan import Changes, Field, Problems, Watch
from crm_pilot.exchange.reading import Row, Table
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.people.matching import Match, People, Reason, User
from crm_pilot.people.users import named, profile_of
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

KIND = "users"
COLUMNS = ("username", "email", "full_name", "licence", "opened_on", "closed_on")
OPEN = frozenset(
    [
        *("1", "true", "vrai", "oui", "yes", "y", "o", "x", "active", "actif", "active user"),
        *("enabled", "activee", "in use"),
    ]
)
CLOSED = frozenset(
    [
        *("0", "false", "faux", "non", "no", "n", "inactive", "inactif", "disabled", "suspended"),
        *("desactive", "desactivee", "deactivated"),
    ]
)


@dataclass(frozen=True)
class UsersFormat:
    """How lists of CRM users look."""

    name: str
    title: Message
    fields: tuple[Field, ...]
    marks: frozenset[str]
    kind: str = KIND
    one_of: tuple[tuple[str, ...], ...] = (("external_id", "username", "email"),)


def _field(name: str, title: str, synonyms: str) -> Field:
    return Field(name, title, tuple(s.strip() for s in synonyms.split(",")))


FORMAT = UsersFormat(
    name="users",
    title=msg("CRM users"),
    fields=(
        _field(
            "external_id",
            N_("CRM user id"),
            "user id,userid,id,id utilisateur,crm user id,id crm,do not modify user,systemuserid,"
            "user guid,hubspot user id,id de l utilisateur",
        ),
        _field(
            "username",
            N_("CRM user name"),
            "username,user name,nom d utilisateur,identifiant,login,domain name,nom de domaine,"
            "user principal name",
        ),
        _field(
            "full_name",
            N_("Name in the CRM"),
            "name,full name,nom complet,nom,user full name,display name,nom affiche,utilisateur,"
            "user",
        ),
        _field("first_name", N_("First name"), "first name,firstname,prenom,given name"),
        _field("last_name", N_("Last name"), "last name,lastname,nom de famille,surname"),
        _field(
            "email",
            N_("E-mail of the account"),
            "email,e mail,courriel,mail,email address,adresse e mail,primary email,user email,"
            "adresse e mail principale",
        ),
        _field(
            "number",
            N_("Staff number"),
            "employee number,employeenumber,matricule,staff number,employee id,numero d employe,"
            "federation id,federationidentifier",
        ),
        _field(
            "profile",
            N_("CRM profile"),
            "profile,profil,profile name,profile.name,profil crm,nom du profil,security role,"
            "role de securite,permission set,seat type,user type,role",
        ),
        _field(
            "licence",
            N_("Licence"),
            "licence,license,user license,profile.userlicense.name,type de licence,license type,"
            "access mode,mode d acces,seat,licence utilisateur,user licence",
        ),
        _field(
            "active",
            N_("Active or not"),
            "active,isactive,is active,actif,status,statut,enabled,etat",
        ),
        _field(
            "opened_on",
            N_("Account opened on"),
            "created date,createddate,created on,cree le,date de creation,account opened on,"
            "compte ouvert le,date created,creation date",
        ),
        _field(
            "closed_on",
            N_("Account closed on"),
            "closed on,compte ferme le,deactivated on,date de desactivation,disabled on,"
            "deactivation date,date de fermeture",
        ),
    ),
    marks=frozenset(
        [
            *("isactive", "profile", "user license", "license", "licence", "username", "profil"),
            *("systemuserid", "security role", "access mode", "seat type", "federation id"),
            *("created date", "createddate", "nom d utilisateur", "employeenumber"),
        ]
    ),
)


@dataclass
class Account:
    """A user of the file."""

    line: int
    external_id: str
    profile: str
    number: str
    values: dict[str, Any]  # columns of `account` that the row says


@dataclass
class Found:
    """Everybody in the file."""

    users: list[Account] = field(default_factory=list)
    rows: int = 0


def read_users(
    table: Table, cells: Cells, setting: Setting, problems: Problems, watch: Watch, forced: str
) -> Found:
    """Every user of a table."""
    cells.decide_dates(("opened_on", "closed_on"), setting, forced=forced)
    found, seen = Found(rows=len(table.rows)), dict[str, int]()
    for count, row in enumerate(table.rows):
        if not count % 500:
            watch.at(count, len(table.rows))
        user = _user(row, cells, setting, problems)
        if user is None:
            continue
        key = short_id(user.external_id)
        if key in seen:
            column = next(n for n in ("external_id", "username", "email") if cells.has(n))
            problems.error(
                row.line,
                cells.mapping[column],
                user.external_id,
                msg("already used on line {line}", line=seen[key]),
            )
            continue
        seen[key] = row.line
        found.users.append(user)
    return found


def _user(row: Row, cells: Cells, setting: Setting, problems: Problems) -> Account | None:
    said = {name: cells.line(row, name) for name in ("username", "email", "licence")}
    said["full_name"] = cells.line(row, "full_name") or " ".join(
        filter(None, (cells.line(row, "first_name"), cells.line(row, "last_name")))
    )
    external = cells.line(row, "external_id") or said["username"] or said["email"]
    if not external:
        column = next(n for n in ("external_id", "username", "email") if cells.has(n))
        problems.error(row.line, cells.mapping[column], "", msg("must be filled"))
        return None
    values: dict[str, Any] = {name: text for name, text in said.items() if text}
    for name in ("opened_on", "closed_on"):
        day = cells.day(row, name, problems)
        if day is not None:
            values[name] = day
    _activity(row, cells, setting, values, problems)
    opened, closed = values.get("opened_on"), values.get("closed_on")
    if opened and closed and closed < opened:
        problems.error(
            row.line,
            cells.mapping["closed_on"],
            str(closed),
            msg("the account is closed before it is opened ({opened})", opened=opened),
        )
    return Account(
        row.line, external, cells.line(row, "profile"), cells.line(row, "number"), values
    )


def _activity(
    row: Row, cells: Cells, setting: Setting, values: dict[str, Any], problems: Problems
) -> None:
    """An account that is not active is closed: since the day told, else since this list."""
    text = cells.line(row, "active")
    if not text:
        return
    word = normal(text)
    if word in CLOSED:
        values.setdefault("closed_on", setting.today)
        values["_inactive"] = True
    elif word in OPEN:
        values["_active"] = True
    else:
        problems.warn(
            row.line,
            cells.mapping["active"],
            text,
            msg("not known here; accepted are: {values}", values="true, false, active, inactive"),
        )


# beside the project --------------------------------------------------------------------------


def changes(found: Found, source: str, reader: Reader, imported: dt.datetime) -> Changes:
    """Accounts that are new or changed, profiles that come with them, and whom they are tied to."""
    known = accounts_by_key(reader)
    stored = {
        key: dict(zip((*COLUMNS, "person_id", "profile", "settled"), values, strict=True))
        for key, *values in reader.select(
            f"SELECT a.id, {', '.join(f'a.{c}' for c in COLUMNS)}, a.person_id, f.name, a.settled"
            " FROM account a LEFT JOIN profile f ON f.id = a.profile_id"
        )
    }
    profiles = {normal(name): name for (name,) in reader.select("SELECT name FROM profile")}
    people = People(named(reader))
    fresh: list[str] = []
    new: list[dict[str, Any]] = []
    changed: list[tuple[int, dict[str, Any]]] = []
    tied: Counter[Reason] = Counter()
    doubtful = 0
    for user in found.users:
        profile = _profile(user.profile, profiles, fresh)
        match = people.match(_keys(user))
        account = known.get(short_id(user.external_id)) or known.get(
            user.values.get("username", "").casefold()
        )
        if account is None:
            row = _new(user, profile, match)
            new.append(row)
            doubtful += row["person_id"] is None and "closed_on" not in row
            if match.person_id is not None and match.reason is not None:
                tied[match.reason] += 1
            continue
        before = stored[account.id]
        differing = _differing(user, profile, match, before)
        if "person_id" in differing and match.reason is not None:
            tied[match.reason] += 1
        closed = differing.get("closed_on", before["closed_on"])
        doubtful += not (before["person_id"] or differing.get("person_id") or closed)
        if differing:
            changed.append((account.id, differing))
    counts = {
        "rows": found.rows,
        "new": len(new),
        "changed": len(changed),
        "unchanged": len(found.users) - len(new) - len(changed),
        "profiles": len(fresh),
        "by_number": tied[Reason.NUMBER],
        "by_email": tied[Reason.EMAIL],
        "by_name": tied[Reason.NAME],
        "doubtful": doubtful,
    }
    count = len(new) + len(changed)
    label = nmsg(
        "Import {n} CRM user from {name}", "Import {n} CRM users from {name}", count, name=source
    )
    if not count:
        return Changes(counts, label, None)
    command = ImportUsers(label, source, imported, found.rows, tuple(fresh), tuple(new),
                          tuple(changed))  # fmt: skip
    return Changes(counts, label, command)


def _keys(user: Account) -> User:
    values = user.values
    return User(
        values.get("full_name", ""), values.get("email", ""), values.get("username", ""),
        user.number,
    )  # fmt: skip


def _profile(text: str, known: dict[str, str], fresh: list[str]) -> str:
    """The profile's name as the project writes it; noted as new when it has none such."""
    if not text:
        return ""
    key = normal(text) or text
    if key not in known:
        known[key] = text
        fresh.append(text)
    return known[key]


def _plain(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if not name.startswith("_")}


def _new(user: Account, profile: str, match: Match) -> dict[str, Any]:
    row = {"external_id": user.external_id, **_plain(user.values)}
    row["person_id"] = match.person_id
    return row | ({"profile": profile} if profile else {})


def _differing(
    user: Account, profile: str, match: Match, before: Mapping[str, Any]
) -> dict[str, Any]:
    """Columns to change. An empty cell erases nothing; the person the lead chose stays; an account
    closed before stays closed since then, one that is active again is opened."""
    found: dict[str, Any] = {}
    for name, value in _plain(user.values).items():
        stored = value.isoformat() if isinstance(value, dt.date) else value
        if name == "closed_on" and user.values.get("_inactive") and before["closed_on"]:
            continue
        if stored != before[name]:
            found[name] = value
    if user.values.get("_active") and before["closed_on"] and "closed_on" not in user.values:
        found["closed_on"] = None
    if profile and profile != before["profile"]:
        found["profile"] = profile
    if before["person_id"] is None and match.person_id is not None and not before["settled"]:
        found["person_id"] = match.person_id
    return found


@dataclass(frozen=True, eq=False)
class ImportUsers:
    """Add and change accounts and the profiles they name, as one undoable step."""

    label: Message
    source: str
    imported: dt.datetime
    rows: int
    profiles: tuple[str, ...]
    new: tuple[Mapping[str, Any], ...]
    changed: tuple[tuple[int, Mapping[str, Any]], ...]

    def apply(self, work: Work) -> None:
        known = {row[0] for row in work.select("SELECT external_id FROM account")}
        there = {row[0] for row in work.select("SELECT id FROM account")}
        if any(row["external_id"] in known for row in self.new) or any(
            key not in there for key, _ in self.changed
        ):
            raise UserError(STALE)
        for name in self.profiles:
            work.add("profile", name=name, **profile_of(name))
        ids = {name: key for key, name in work.select("SELECT id, name FROM profile")}
        first = next_id(work, "account")
        for number, row in enumerate(self.new):
            work.add("account", id=first + number, **_stored(row, ids))
        for key, row in self.changed:
            work.set("account", key, **_stored(row, ids))
        work.add(
            "import_batch",
            kind=KIND,
            source=self.source,
            imported_at=self.imported,
            rows_read=self.rows,
            rows_kept=len(self.new) + len(self.changed),
        )


def _stored(row: Mapping[str, Any], profiles: Mapping[str, int]) -> dict[str, Any]:
    values = dict(row)
    name = values.pop("profile", None)
    return values if name is None else values | {"profile_id": profiles[name]}


def summary(counts: Mapping[str, int]) -> tuple[Message, ...]:
    """What the plan comes to, in sentences."""
    lines = [
        nmsg("{n} CRM user", "{n} CRM users", counts["rows"]),
        msg(
            "{new} new, {changed} changed, {unchanged} unchanged",
            new=counts["new"],
            changed=counts["changed"],
            unchanged=counts["unchanged"],
        ),
    ]
    tied = counts["by_number"] + counts["by_email"] + counts["by_name"]
    if tied:
        lines.append(
            msg(
                "Tied to a person: {number} by staff number, {email} by e-mail, {name} by name",
                number=counts["by_number"],
                email=counts["by_email"],
                name=counts["by_name"],
            )
        )
    if counts["doubtful"]:
        lines.append(
            nmsg(
                "{n} account is not surely anybody's: review it in Adoption, Users",
                "{n} accounts are not surely anybody's: review them in Adoption, Users",
                counts["doubtful"],
            )
        )
    if counts["profiles"]:
        lines.append(
            nmsg(
                "{n} profile is created: check the days expected of it",
                "{n} profiles are created: check the days expected of them",
                counts["profiles"],
            )
        )
    return tuple(lines)
