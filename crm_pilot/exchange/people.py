"""Colleagues from an HR export or a CRM's list of users: people, their department, their account.

Somebody is known again by staff number, otherwise by e-mail address, otherwise by name.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import field
from typing import Any

from crm_pilot.exchange.apply import ImportPeople
from crm_pilot.exchange.columns import Cells, Setting
from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.logins import accounts_by_key, short_id
from crm_pilot.exchange.plan import Changes, Field, Problems, Watch
from crm_pilot.exchange.reading import Row, Table
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader


@dataclass(frozen=True)
class PeopleFormat:
    """The one way lists of people are read."""

    name: str
    title: Message
    fields: tuple[Field, ...]
    marks: frozenset[str]
    kind: str = "people"


def _fields() -> tuple[Field, ...]:
    declared = (
        (
            "external_id",
            N_("Staff number"),
            "matricule,staff number,employee id,employee number,personnel number,numero d employe,"
            "id employe,staff id",
        ),
        (
            "last_name",
            N_("Last name"),
            "nom,last name,lastname,surname,family name,name,full name,nom complet,nom de famille,"
            "nom prenom,employee name,display name,nom employe",
        ),
        ("first_name", N_("First name"), "prenom,first name,firstname,given name,prenom employe"),
        (
            "email",
            N_("E-mail"),
            "email,e mail,courriel,mail,email address,adresse e mail,adresse mail,adresse email,"
            "adresse electronique",
        ),
        (
            "job",
            N_("Job"),
            "metier,job,job title,title,fonction,poste,intitule du poste,role,titre",
        ),
        (
            "department",
            N_("Department"),
            "service,department,departement,direction,entite,entity,bu,business unit,team,equipe,"
            "division,unite",
        ),
        (
            "arrived_on",
            N_("Arrived on"),
            "date d entree,arrived on,start date,hire date,date d embauche,date d arrivee,"
            "entree le,entry date",
        ),
        ("account", N_("CRM user id"), "user id,id utilisateur,crm user id,id,id crm"),
        ("username", N_("CRM user name"), "username,user name,nom d utilisateur,identifiant,login"),
        ("profile", N_("CRM profile"), "profile,profil,profile name,profil crm,nom du profil"),
        (
            "opened_on",
            N_("Account opened on"),
            "created date,account opened on,compte ouvert le,date d ouverture du compte",
        ),
    )
    return tuple(
        Field(name, title, tuple(synonyms.split(",")), name == "last_name")
        for name, title, synonyms in declared
    )


FORMAT = PeopleFormat(
    name="people",
    title=msg("People"),
    fields=_fields(),
    marks=frozenset(["matricule", "prenom", "nom", "first name", "last name", "hire date"]),
)
CUSTOMERS = frozenset(["lead id", "lead name", "lead status", "lead source", "deal stage"])
PERSON = ("first_name", "last_name", "email", "external_id", "job", "arrived_on")


@dataclass
class Colleague:
    """One person of the file."""

    line: int
    values: dict[str, Any]
    department: str
    account: dict[str, Any] | None = None


@dataclass
class Found:
    """Everybody in the file."""

    people: list[Colleague] = field(default_factory=list)
    codes: str = ""  # header of a department column that holds numbers only


def read_people(
    table: Table, cells: Cells, setting: Setting, problems: Problems, watch: Watch, forced: str
) -> Found:
    """Everybody in a table."""
    cells.decide_dates(("arrived_on", "opened_on"), setting, forced=forced)
    for header in table.headers:
        if normal(header) in CUSTOMERS:
            problems.warn(
                table.header_line,
                header,
                "",
                msg("this looks like a list of customers, not of colleagues"),
            )
            break
    found = Found()
    for count, row in enumerate(table.rows):
        if not count % 500:
            watch.at(count, len(table.rows))
        person = _person(row, cells, problems)
        if person is not None:
            found.people.append(person)
    _refuse_twins(found.people, cells, problems)
    named = [person.department for person in found.people if person.department]
    if named and all(text.isdigit() for text in named):
        found.codes = cells.mapping["department"]
    return found


def _person(row: Row, cells: Cells, problems: Problems) -> Colleague | None:
    values: dict[str, Any] = {name: cells.line(row, name) for name in PERSON[:5]}
    values["external_id"] = values["external_id"] or None
    values["arrived_on"] = cells.day(row, "arrived_on", problems)
    account = {
        "external_id": cells.line(row, "account") or cells.line(row, "username"),
        "username": cells.line(row, "username"),
        "profile": cells.line(row, "profile"),
        "opened_on": cells.day(row, "opened_on", problems),
    }
    if not values["last_name"]:
        if not values["email"]:
            problems.error(row.line, cells.mapping["last_name"], "", msg("must be filled"))
            return None
        values["last_name"] = values["email"].partition("@")[0]
        problems.warn(
            row.line,
            cells.mapping["last_name"],
            "",
            msg("empty; the e-mail address stands for the name"),
        )
    person = Colleague(row.line, values, cells.line(row, "department"))
    if cells.has("username") or (cells.has("account") and cells.has("profile")):
        person.account = account if account["external_id"] else None
    return person


def _keys(values: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """How a person may be known again, the surest way first."""
    if values["external_id"]:
        yield "external_id", str(values["external_id"])
    if values["email"]:
        yield "email", values["email"].casefold()
    yield "name", f"{normal(values['last_name'])}/{normal(values['first_name'])}"


def _refuse_twins(people: list[Colleague], cells: Cells, problems: Problems) -> None:
    """The same staff number twice in one file is a mistake of the file."""
    seen: dict[str, int] = {}
    for person in people:
        number = person.values["external_id"]
        if number is None:
            continue
        if number in seen:
            problems.error(
                person.line,
                cells.mapping["external_id"],
                number,
                msg("already used on line {line}", line=seen[number]),
            )
        seen.setdefault(number, person.line)


# beside the project --------------------------------------------------------------------------


class _Known:
    """People of the project by every key."""

    def __init__(self, reader: Reader) -> None:
        self._by_key: dict[tuple[str, str], int] = {}
        self.rows: dict[int, dict[str, Any]] = {}
        columns = (*PERSON, "department_id")
        for key, *values in reader.select(f"SELECT id, {', '.join(columns)} FROM person"):
            row = dict(zip(columns, values, strict=True))
            self.rows[key] = row
            for name in _keys(row):
                self._by_key.setdefault(name, key)

    def find(self, values: Mapping[str, Any]) -> int | None:
        """Id of the person, when known. Two different staff numbers are two people."""
        for name in _keys(values):
            key = self._by_key.get(name)
            if key is None:
                continue
            theirs = self.rows[key]["external_id"]
            if name[0] != "external_id" and theirs and values["external_id"]:
                continue
            return key
        return None


def changes(
    found: Found, source: str, cells: Cells, reader: Reader, imported: dt.datetime
) -> Changes:
    """Who is new, who changed, and which departments, profiles and accounts come with them."""
    known = _Known(reader)
    names = {normal(n): (n, k) for k, n in reader.select("SELECT id, name FROM department")}
    fresh_departments: dict[str, str] = {}
    new: list[dict[str, Any]] = []
    changed: list[tuple[int, dict[str, Any]]] = []
    places: list[int] = []
    for person in found.people:
        department = _department(person.department, names, fresh_departments)
        key = known.find(person.values)
        if key is None:
            places.append(-1 - len(new))
            extra = {"department": department} if department else {}
            new.append({**person.values, **extra})
            continue
        places.append(key)
        differing = _differing(known.rows[key], person.values, cells)
        stored = names.get(normal(department))
        if department and (stored is None or stored[1] != known.rows[key]["department_id"]):
            differing["department"] = department
        if differing:
            changed.append((key, differing))
    profiles, accounts = _accounts(found.people, places, reader)
    counts = {
        "rows": len(found.people),
        "new": len(new),
        "changed": len(changed),
        "unchanged": len(found.people) - len(new) - len(changed),
        "departments": len(fresh_departments),
        "profiles": len(profiles),
        "accounts": len(accounts),
    }
    count = len(new) + len(changed)
    label = nmsg(
        "Import {n} person from {name}", "Import {n} people from {name}", count, name=source
    )
    if not (count or accounts):
        return Changes(counts, label, None)
    command = ImportPeople(
        label=label,
        source=source,
        imported=imported,
        rows=len(found.people),
        departments=tuple(fresh_departments.values()),
        profiles=profiles,
        new=tuple(new),
        changed=tuple(changed),
        accounts=accounts,
    )
    return Changes(counts, label, command)


def _department(text: str, known: Mapping[str, tuple[str, int]], fresh: dict[str, str]) -> str:
    """The department's name as the project writes it; noted as new when it has none such."""
    if not text:
        return ""
    stored = known.get(normal(text))
    return stored[0] if stored else fresh.setdefault(normal(text) or text, text)


def _differing(
    before: Mapping[str, Any], values: Mapping[str, Any], cells: Cells
) -> dict[str, Any]:
    """Columns to change; an empty cell erases nothing."""
    differing: dict[str, Any] = {}
    for name in PERSON:
        value = values[name]
        stored = value.isoformat() if isinstance(value, dt.date) else value
        if cells.has(name) and value not in ("", None) and stored != before[name]:
            differing[name] = value
    return differing


def _accounts(
    people: list[Colleague], places: list[int], reader: Reader
) -> tuple[tuple[str, ...], tuple[dict[str, Any], ...]]:
    """Profiles to add, and accounts to add or to tie to their person."""
    known = accounts_by_key(reader)
    ties = {
        key: (person, profile or "")
        for key, person, profile in reader.select(
            "SELECT a.id, a.person_id, p.name FROM account a"
            " LEFT JOIN profile p ON p.id = a.profile_id"
        )
    }
    profiles = {normal(name): name for (name,) in reader.select("SELECT name FROM profile")}
    fresh: Counter[str] = Counter()
    accounts = []
    for person, place in zip(people, places, strict=True):
        if person.account is None:
            continue
        wanted = {k: v for k, v in person.account.items() if v not in ("", None)}
        if wanted.get("profile"):
            name = wanted["profile"]
            if normal(name) not in profiles:
                profiles[normal(name)] = name
                fresh[name] += 1
            wanted["profile"] = profiles[normal(name)]
        account = known.get(short_id(wanted["external_id"])) or known.get(
            wanted.get("username", "").casefold()
        )
        if account is not None:
            tied = ties[account.id] == (place, wanted.get("profile", ties[account.id][1]))
            if tied and account.username == wanted.get("username", account.username):
                continue
            wanted["id"] = account.id
            wanted.pop("opened_on", None)
            wanted["external_id"] = account.external_id
        accounts.append({**wanted, "person": place})
    return tuple(fresh), tuple(accounts)


def summary(found: Found, counts: Mapping[str, int]) -> tuple[Message, ...]:
    """What the plan comes to, in sentences."""
    lines = [
        nmsg("{n} person", "{n} people", counts["rows"]),
        msg(
            "{new} new, {changed} changed, {unchanged} unchanged",
            new=counts["new"],
            changed=counts["changed"],
            unchanged=counts["unchanged"],
        ),
    ]
    if counts["departments"]:
        lines.append(
            nmsg("{n} department is created", "{n} departments are created", counts["departments"])
        )
    if found.codes:
        lines.append(
            msg(
                "“{column}” holds codes, not names: rename the departments afterwards",
                column=found.codes,
            )
        )
    if counts["accounts"]:
        lines.append(
            nmsg(
                "{n} CRM account is created or tied to its person",
                "{n} CRM accounts are created or tied to their people",
                counts["accounts"],
            )
        )
    return tuple(lines)
