"""Settings of the adoption room: how long days are kept and why, which logins count, the time zone,
and what the lead says of sponsor, old tool and rival tool (warnings D3 and D8)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from crm_pilot.adoption.terms import Aspect
from crm_pilot.errors import UserError
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader, remembered

if TYPE_CHECKING:
    from crm_pilot.store.work import Work

MONTHS = (1, 120)


@dataclass(frozen=True)
class UseSettings:
    """What is set. An empty time zone is the country's."""

    retention_months: int
    retention_reason: str
    time_zone: str
    legacy_fed: bool
    rival_bought: bool
    sponsor_agreed: bool


@remembered("project")
def settings(reader: Reader) -> UseSettings:
    """What the project's card says."""
    (found,) = reader.rows(
        UseSettings,
        "SELECT retention_months, retention_reason, time_zone, legacy_fed, rival_bought,"
        " sponsor_agreed FROM project",
    )
    return found


@dataclass(frozen=True)
class SetUseSettings:
    """Write the settings, and the words that count where that was changed, as one step.

    `words`: (aspect, word as the export writes it) → whether logins with it count. Raises
    `UserError` for months out of range and for a time zone that is not known.
    """

    wanted: UseSettings
    words: Mapping[tuple[Aspect, str], bool] = field(default_factory=dict)

    @property
    def label(self) -> Message:
        return msg("Change the settings of adoption")

    def apply(self, work: Work) -> None:
        wanted = self.wanted
        if not MONTHS[0] <= wanted.retention_months <= MONTHS[1]:
            raise UserError(
                N_("Days are kept from {low} to {high} months. Nothing was changed."),
                low=MONTHS[0],
                high=MONTHS[1],
            )
        zone = wanted.time_zone.strip()
        if zone and not known_zone(zone):
            raise UserError(
                N_("“{name}” is no time zone that is known here; write one such as Europe/Paris."),
                name=zone,
            )
        work.set(
            "project",
            1,
            retention_months=wanted.retention_months,
            retention_reason=wanted.retention_reason.strip(),
            time_zone=zone,
            legacy_fed=wanted.legacy_fed,
            rival_bought=wanted.rival_bought,
            sponsor_agreed=wanted.sponsor_agreed,
        )
        rules = {
            (aspect, word): key
            for key, aspect, word in work.select("SELECT id, aspect, word FROM login_rule")
        }
        for (aspect, word), counts in self.words.items():
            key = rules.get((aspect, word))
            if key is None:
                work.add("login_rule", aspect=aspect, word=word, counts=counts)
            else:
                work.set("login_rule", key, counts=counts)


def known_zone(name: str) -> bool:
    """Whether a name is that of a time zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
