"""Reads the texts and figures of the demonstration and the templates from `resources/samples`
and `resources/templates`; each entry holds its text in every language (`fr`, `en`)."""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Mapping
from typing import Any

from crm_pilot.i18n import typeset
from crm_pilot.paths import resource
from crm_pilot.records import dataclass

SEED = "aubrac-2026"
_ORDINAL = re.compile(r"\b(\d+)(er|e)\b")
Entry = Mapping[str, Any]


def load(name: str, folder: str = "samples") -> dict[str, Any]:
    """The content of one TOML file of `resources/<folder>`."""
    with resource(folder, f"{name}.toml").open("rb") as handle:
        return tomllib.load(handle)


def dice(part: str) -> random.Random:
    """A source of chance for one part of the demonstration: the same on every run, and not
    disturbed by changes to the other parts."""
    return random.Random(f"{SEED}/{part}")


@dataclass(frozen=True)
class Words:
    """Texts of the samples in one language, with its typography."""

    language: str

    def __call__(self, entry: Entry) -> str:
        """The text of an entry in this language, with French ordinals raised (1er, 3e)."""
        text = typeset(entry[self.language], self.language)
        if self.language == "fr":
            text = _ORDINAL.sub(lambda m: m[1] + ("ᵉʳ" if m[2] == "er" else "ᵉ"), text)
        return text

    def optional(self, entry: Entry | None) -> str:
        """The text of an entry, or nothing."""
        return self(entry) if entry else ""
