"""What a project says about its zones: the delivered advice with the lead's own words over it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field

from crm_pilot.i18n import Translator
from crm_pilot.records import dataclass
from crm_pilot.stakeholders.terms import Style, Zone
from crm_pilot.stakeholders.zones import HANDLING, entry_rank


@dataclass(frozen=True)
class Advice:
    """What the project says about a zone: the lead's words where there are any.

    `own_*` map a language to what the lead wrote; a language without an entry has the delivered
    text. `edited`: the lead wrote a text or chose a style; `sourced` then no longer holds.
    """

    zone: Zone
    style: Style
    sourced: bool
    edited: bool
    own_handling: Mapping[str, str] = field(default_factory=dict)
    own_role: Mapping[str, str] = field(default_factory=dict)

    @property
    def rank(self) -> int:
        """Place in the order of entry, 1 to 7."""
        return entry_rank(self.zone)

    def handling(self, language: str) -> str:
        """How people in the zone are handled, in the language."""
        own = self.own_handling.get(language)
        return own or Translator(language).tr(HANDLING[self.zone].advice)

    def role(self, language: str) -> str:
        """Their role on stage, in the language."""
        own = self.own_role.get(language)
        return own or Translator(language).tr(HANDLING[self.zone].role)


Written = tuple[str, str | None, str, str, str, str]  # zone, style, handling en fr, role en fr


def merged(written: Iterable[Written]) -> dict[Zone, Advice]:
    """The advice of every zone: rows of `zone_advice` over the delivered texts."""
    found = {zone: Advice(zone, one.style, one.sourced, False) for zone, one in HANDLING.items()}
    for name, style, handling_en, handling_fr, role_en, role_fr in written:
        zone = Zone(name)
        delivered = HANDLING[zone]
        handling = _filled(en=handling_en, fr=handling_fr)
        role = _filled(en=role_en, fr=role_fr)
        chosen = delivered.style if style is None else Style(style)
        edited = bool(handling or role) or chosen != delivered.style
        found[zone] = Advice(zone, chosen, delivered.sourced and not edited, edited, handling, role)
    return found


def _filled(**texts: str) -> dict[str, str]:
    return {language: text.strip() for language, text in texts.items() if text.strip()}
