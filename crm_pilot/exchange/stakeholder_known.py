"""Who is known already: units of the map, people and departments of the project, by every key."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field

from crm_pilot.exchange.headers import normal
from crm_pilot.exchange.own_values import SHOWN
from crm_pilot.i18n import Message, msg
from crm_pilot.people.queries import FULL_NAME
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.terms import UnitKind
from crm_pilot.store.reader import Reader


@dataclass(frozen=True)
class Keys:
    """By what a unit or a person may be known, the surest first: code, staff number, e-mail, name.

    `department` tells groups of one name apart.
    """

    kind: UnitKind
    name: str
    code: str = ""
    number: str = ""
    email: str = ""
    department: int | None = None  # negative: one that the file brings

    @property
    def sure(self) -> Iterable[tuple[str, str]]:
        """The keys that only one can have."""
        found = (("code", self.code), ("number", self.number), ("email", self.email))
        return [(what, text.casefold()) for what, text in found if text]

    @property
    def named(self) -> str:
        """The name for comparison; the words of a person's name in no order."""
        words = normal(self.name) or self.name.casefold()
        if self.kind == UnitKind.PERSON:
            words = " ".join(sorted(words.split()))
        return f"{self.kind}/{words}"

    def other_than(self, known: Keys, *, by_mail: bool) -> bool:
        """Whether somebody of the same name is somebody else."""
        pairs = [(self.code, known.code), (self.number, known.number)]
        pairs += [(self.email, known.email)] if by_mail else []
        if any(one and other and one.casefold() != other.casefold() for one, other in pairs):
            return True
        both = self.department is not None and known.department is not None
        return self.kind == UnitKind.GROUP and both and self.department != known.department


@dataclass
class Register:
    """Units or people by their keys; `lines` holds those that the file itself brought."""

    lines: dict[int, int] = field(default_factory=dict)  # id → line
    _sure: dict[tuple[str, str], list[tuple[int, Keys]]] = field(default_factory=dict)
    _named: dict[str, list[tuple[int, Keys]]] = field(default_factory=dict)
    short: dict[str, list[int]] = field(default_factory=dict)  # "c lambert" → ids

    def note(self, key: int, keys: Keys, line: int = 0) -> None:
        """Know `key` by `keys` from now on."""
        for one in keys.sure:
            self._sure.setdefault(one, []).append((key, keys))
        theirs = self._named.setdefault(keys.named, [])
        if (key, keys) not in theirs:
            theirs.append((key, keys))
        if line:
            self.lines.setdefault(key, line)

    def find(self, keys: Keys) -> tuple[int, ...]:
        """Ids that these keys may mean: none, one, or several of one name."""
        for one in keys.sure:  # an address may be shared, two staff numbers are two people
            for key, known in self._sure.get(one, ()):
                if one[0] == "code" or not keys.other_than(known, by_mail=False):
                    return (key,)
        return tuple(
            dict.fromkeys(
                key
                for key, known in self._named.get(keys.named, ())
                if not keys.other_than(known, by_mail=key < 0)
            )
        )

    def called(self, text: str) -> tuple[int, ...]:
        """Ids of a code, a name or `C. Lambert`, whichever kind has it."""
        code = ("code", text.casefold())
        if code in self._sure:
            return (self._sure[code][0][0],)
        names = (Keys(kind, text).named for kind in UnitKind)
        found = [key for name in names for key, _ in self._named.get(name, ())]
        return tuple(dict.fromkeys(found or self.short.get(normal(text), [])))


def people(reader: Reader) -> Register:
    """The people of the project."""
    made = Register()
    for key, first, last, code, number, email in reader.select(
        "SELECT id, first_name, last_name, coalesce(code, ''), coalesce(external_id, ''), email"
        " FROM person"
    ):
        made.note(key, Keys(UnitKind.PERSON, f"{first} {last}".strip(), code, number, email))
        made.short.setdefault(normal(f"{first[:1]} {last}"), []).append(key)
    return made


def units(reader: Reader) -> Register:
    """The units of the map; persons also by what the project knows of them."""
    made = Register()
    name = FULL_NAME.format(table="p")
    for key, kind, shown, code, place, full, number, email in reader.select(
        f"SELECT u.id, u.kind, u.name, u.code, u.department_id, {name},"
        " coalesce(p.external_id, ''), coalesce(p.email, '')"
        " FROM stakeholder u LEFT JOIN person p ON p.id = u.person_id"
    ):
        kind = UnitKind(kind)
        made.note(key, Keys(kind, shown, code, number, email, place))
        if full and full != shown:
            made.note(key, Keys(kind, full, code, number, email, place))
    return made


class Departments:
    """The departments of the project, by name or short name; new ones get −1, −2 …"""

    def __init__(self, reader: Reader, *, create: bool) -> None:
        self._create = create
        self.new: list[str] = []
        self.names: dict[int, str] = {}
        self._by: dict[str, int] = {}
        for key, name, short in reader.select("SELECT id, name, short FROM department"):
            self.names[key] = name
            self._by.setdefault(normal(name) or name, key)
            if short:
                self._by.setdefault(normal(short) or short, key)

    def find(self, text: str) -> int | Message:
        """The department's id, or why there is none."""
        plain = normal(text) or text
        if plain in self._by:
            return self._by[plain]
        if self._create:
            key = self._by[plain] = -1 - len(self.new)
            self.new.append(text)
            self.names[key] = text
            return key
        if not self.names:
            return msg(
                "unknown department, and the project has none yet: create them with the import, or"
                " import people first"
            )
        return unknown_department(self.names.values())


def unknown_department(names: Iterable[str]) -> Message:
    """Which departments are known."""
    return msg("unknown department; accepted: {words}", words=accepted(names))


def accepted(names: Iterable[str]) -> str:
    """Values that would do, the first eight of them."""
    known = sorted(set(names), key=normal)
    return ", ".join(known[:SHOWN]) + (", …" if len(known) > SHOWN else "")
