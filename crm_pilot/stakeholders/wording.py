"""Words that do not belong beside a person's position; a local list, nothing leaves the machine.

The CNIL asks for filtering of excessive words in free comments (DOMAIN.md 6, [W88], [W89]). This
only warns: the person who writes decides.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from crm_pilot.i18n import LANGUAGES, N_
from crm_pilot.paths import resource

CATEGORIES = {
    "insult": N_("insult or judgement"),
    "health": N_("health"),
    "religion": N_("religion"),
    "union": N_("union or politics"),
    "origin": N_("origin"),
    "family": N_("family or private life"),
}


@dataclass(frozen=True)
class Finding:
    """A word as written, and the category that makes it delicate."""

    word: str
    category: str


@lru_cache(maxsize=1)
def _pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern over both languages' lists, and the category of each entry (folded)."""
    entries: dict[str, str] = {}
    for language in LANGUAGES:
        with resource("wordlists", f"{language}.toml").open("rb") as handle:
            for category, words in tomllib.load(handle).items():
                entries.update({fold(word): category for word in words})
    whole = sorted(entries, key=len, reverse=True)
    parts = [re.escape(word.rstrip("*")) + (r"\w*" if word.endswith("*") else "") for word in whole]
    groups = "|".join(f"({part})" for part in parts)
    categories = {str(number): entries[word] for number, word in enumerate(whole, 1)}
    return re.compile(rf"(?<!\w)(?:{groups})(?!\w)"), categories


def fold(text: str) -> str:
    """Lower case without accents, one character for each character of `text`."""
    folded = []
    for character in text.replace("’", "'"):
        base = unicodedata.normalize("NFD", character)[0].lower()
        folded.append(base if len(base) == 1 else character)
    return "".join(folded)


def delicate(text: str) -> tuple[Finding, ...]:
    """Words of `text` that are on the list, in order of appearance, each once."""
    pattern, categories = _pattern()
    found: dict[str, Finding] = {}
    for match in pattern.finditer(fold(text)):
        word = text[match.start() : match.end()]
        found.setdefault(fold(word), Finding(word, categories[str(match.lastindex)]))
    return tuple(found.values())
