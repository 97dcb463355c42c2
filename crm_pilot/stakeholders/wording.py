"""Words that do not belong beside a person's position; a local list, nothing leaves the machine.

The CNIL asks for filtering of excessive words in free comments (DOMAIN.md 6, [W88], [W89]). This
only warns: the person who writes decides.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from functools import lru_cache

from crm_pilot.i18n import LANGUAGES, N_
from crm_pilot.paths import resource
from crm_pilot.records import dataclass

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


Entry = tuple[str, bool, str]  # beginning of the folded text, whether any end goes, category
_START = re.compile(r"(?<!\w)\w.")
_END = re.compile(r"\w*")


@lru_cache(maxsize=1)
def _entries() -> dict[str, list[Entry]]:
    """Both languages' lists by the first two letters, long entries first.

    One pattern of all of them would try hundreds of ways at every letter: 4 ms a sentence.
    """
    entries: dict[str, str] = {}
    for language in LANGUAGES:
        with resource("wordlists", f"{language}.toml").open("rb") as handle:
            for category, words in tomllib.load(handle).items():
                entries.update({fold(word): category for word in words})
    found: dict[str, list[Entry]] = {}
    for word in sorted(entries, key=len, reverse=True):
        entry = (word.rstrip("*"), word.endswith("*"), entries[word])
        found.setdefault(word[:2], []).append(entry)
    return found


def fold(text: str) -> str:
    """Lower case without accents, one character for each character of `text`."""
    folded = []
    for character in text.replace("’", "'"):
        base = unicodedata.normalize("NFD", character)[0].lower()
        folded.append(base if len(base) == 1 else character)
    return "".join(folded)


def delicate(text: str) -> tuple[Finding, ...]:
    """Words of `text` that are on the list, in order of appearance, each once."""
    entries, folded = _entries(), fold(text)
    found: dict[str, Finding] = {}
    at = 0
    while start := _START.search(folded, at):
        at = start.start() + 1
        for stem, open_end, category in entries.get(start.group(), ()):
            if not folded.startswith(stem, start.start()):
                continue
            rest = _END.match(folded, start.start() + len(stem))
            if rest is not None and (open_end or not rest.group()):
                word, at = text[start.start() : rest.end()], rest.end()
                found.setdefault(fold(word), Finding(word, category))
                break
    return tuple(found.values())
