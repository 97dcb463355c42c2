"""Edits of the weather: the lead's own verdict, and what was given when a committee was held."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from crm_pilot.errors import UserError
from crm_pilot.governance.rows import next_committee
from crm_pilot.governance.terms import AXES, Axis, Weather
from crm_pilot.governance.weather import proposals
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass
from crm_pilot.store.reader import Reader

if TYPE_CHECKING:
    from crm_pilot.store.work import Work


@dataclass(frozen=True)
class SetVerdict:
    """The lead's own weather of an axis for a committee; None goes back to the proposal.

    `proposed` is what the rule says: another weather needs a reason, the same one without a
    reason is no verdict at all.
    """

    axis: Axis
    weather: Weather | None
    reason: str
    committee_id: int
    proposed: Weather

    @property
    def label(self) -> Message:
        return msg("Weather: {axis}", axis=Message(AXES[self.axis]))

    def apply(self, work: Work) -> None:
        reason, known = self.reason.strip(), _record(work, self.committee_id, self.axis)
        differs = self.weather is not None and self.weather is not self.proposed
        if differs and not reason:
            raise UserError(
                N_("A weather that differs from the proposal needs a reason. Nothing was changed.")
            )
        if self.weather is None or not (differs or reason):
            if known is not None:
                work.remove("weather_record", known)
            return
        _write(work, known, self.committee_id, self.axis, self.weather, reason)


def verdict(
    reader: Reader, today: dt.date, axis: Axis, weather: Weather | None, reason: str
) -> SetVerdict:
    """The command for the next steering committee. Raises `UserError` where there is none."""
    following = next_committee(reader, today)
    if following is None:
        raise UserError(
            N_("No steering committee is planned: plan the next one first. Nothing was changed.")
        )
    proposed = proposals(reader, today)[axis].weather
    return SetVerdict(axis, weather, reason, following.id, proposed)


@dataclass(frozen=True)
class KeepWeather:
    """Keep the weather of the four axes with a committee that is held: what the rules say on
    `today`, or on its own day without one, and the lead's verdicts as they are. Later committees
    compare with it. `proposed`: what the rules say, where that was read already."""

    committee_id: int
    today: dt.date | None = None
    proposed: tuple[tuple[Axis, Weather], ...] = ()

    @property
    def label(self) -> Message:
        return msg("Keep the weather of the committee")

    def apply(self, work: Work) -> None:
        held_on = work.get("committee", self.committee_id).held_on
        for axis, weather in self.proposed or self._read(work, self.today or held_on):
            if _record(work, self.committee_id, axis) is None:
                _write(work, None, self.committee_id, axis, weather, "")

    def _read(self, work: Work, day: dt.date) -> list[tuple[Axis, Weather]]:
        return [(axis, one.weather) for axis, one in proposals(work.reader(), day).items()]


def _record(work: Work, committee_id: int, axis: Axis) -> int | None:
    found = work.select(
        "SELECT id FROM weather_record WHERE committee_id = ? AND axis = ?", committee_id, axis
    )
    return int(found[0][0]) if found else None


def _write(
    work: Work, known: int | None, committee_id: int, axis: Axis, weather: Weather, reason: str
) -> None:
    values = {"weather": weather, "reason": reason}
    if known is not None:
        work.set("weather_record", known, **values)
    else:
        work.add("weather_record", committee_id=committee_id, axis=axis, **values)
