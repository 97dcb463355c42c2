"""Column headers: how they compare, which are thrown away, and which field each one fills."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from crm_pilot.errors import UserError
from crm_pilot.exchange.plan import Field
from crm_pilot.i18n import N_

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_OTHER = re.compile(r"[^a-z0-9]+")

# Words of headers that tell a machine or a place (DOMAIN.md 6): dropped before anything is read
DROPPED_WORDS = frozenset(
    [
        "ip",
        "browser",
        "navigateur",
        "navegador",
        "platform",
        "plateforme",
        "plataforma",
        "tls",
        "cipher",
        "geo",
        "country",
        "pays",
        "location",
        "localisation",
        "emplacement",
        "localizacao",
        "latitude",
        "longitude",
        "city",
        "ville",
        "cidade",
        "device",
        "appareil",
        "appareils",
        "dispositivo",
        "useragent",
    ]
)
DROPPED_PHRASES = (
    *("user agent", "agent utilisateur", "adresse ip", "lieu de connexion", "plate forme"),
)


def words(listed: str) -> frozenset[str]:
    """Normalised words or headers written one after the other, with commas between."""
    return frozenset(word.strip() for word in listed.split(","))


@lru_cache(maxsize=4096)
def normal(header: str) -> str:
    """A header for comparison: no case, accents or punctuation; `LoginTime` is `login time`."""
    spaced = _CAMEL.sub(" ", header)
    plain = unicodedata.normalize("NFKD", spaced).encode("ascii", "ignore").decode().casefold()
    return _OTHER.sub(" ", plain).strip()


@lru_cache(maxsize=4096)
def is_dropped(header: str) -> bool:
    """Whether a column is thrown away at the door."""
    plain = normal(header)
    return bool(DROPPED_WORDS & set(plain.split())) or any(p in plain for p in DROPPED_PHRASES)


def labelled(cells: Sequence[str]) -> tuple[str, ...]:
    """Headers as unique labels: `Labels`, `Labels (2)`; a blank one is its letter: `(P)`."""
    seen: dict[str, int] = {}
    labels = []
    for number, cell in enumerate(cells):
        text = " ".join(cell.split()) or f"({letter(number)})"
        seen[text] = seen.get(text, 0) + 1
        labels.append(text if seen[text] == 1 else f"{text} ({seen[text]})")
    return tuple(labels)


def letter(number: int) -> str:
    """Spreadsheet letter of column `number` (0 is A)."""
    text = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def match(headers: Sequence[str], fields: Iterable[Field]) -> dict[str, str]:
    """Field name → header. Synonyms are tried in their order; a header fills one field only."""
    known: dict[str, str] = {}
    for header in headers:
        if not is_dropped(header):
            known.setdefault(normal(header), header)
    taken: set[str] = set()
    mapping = {}
    for wanted in fields:
        for synonym in wanted.synonyms:
            found = known.get(synonym)
            if found is not None and found not in taken:
                mapping[wanted.name] = found
                taken.add(found)
                break
    return mapping


def corrected(
    found: Mapping[str, str],
    chosen: Mapping[str, str] | None,
    headers: Sequence[str],
    fields: Iterable[Field],
) -> dict[str, str]:
    """`found` with the person's choices over it; an empty choice leaves the field out.

    Raises `UserError` for a column the file does not have or that is thrown away at the door.
    """
    mapping = dict(found)
    names = {wanted.name for wanted in fields}
    for name, header in (chosen or {}).items():
        if name not in names:
            continue
        mapping.pop(name, None)
        if not header:
            continue
        if header not in headers:
            raise UserError(
                N_("The mapping names a column “{column}” that this file does not have."),
                column=header,
            )
        if is_dropped(header):
            raise UserError(
                N_(
                    "“{column}” tells a machine or a place: such columns are thrown away before"
                    " anything is read."
                ),
                column=header,
            )
        mapping[name] = header
    return mapping


def signature(kind: str, headers: Iterable[str]) -> str:
    """Under which a corrected mapping is remembered: the same columns give the same one."""
    text = "\n".join(normal(header) for header in headers)
    return f"{kind}:{hashlib.sha256(text.encode()).hexdigest()[:16]}"
