"""The sentence over announced dates: what the lost days come from, and whether the next go-live
holds the date of the last committee."""

from __future__ import annotations

import datetime as dt
import re

from crm_pilot.charts import Text
from crm_pilot.i18n import N_, Message, msg, nmsg
from crm_pilot.planning import history
from crm_pilot.planning.history import TrendFigures
from crm_pilot.planning.terms import SlipReason
from crm_pilot.store.reader import Reader

_NUMBERED = re.compile(r"(?:vague|wave)\s+(\S+)$", re.IGNORECASE)
SOURCES = {  # in a sentence: “21 of the 35 days lost come …”
    SlipReason.DATA_NOT_CLEAN: N_("from the data"),
    SlipReason.MISSING_FUNCTION: N_("from a missing function"),
    SlipReason.BUSINESS_BUSY: N_("from trades that were not available"),
    SlipReason.GATEWAY_LATE: N_("from a late gateway"),
    SlipReason.INTEGRATOR_LATE: N_("from the integrator"),
    SlipReason.DECISION_PENDING: N_("from a pending decision"),
    SlipReason.TRAINING_LATE: N_("from late training"),
    SlipReason.ABSENCE: N_("from absences"),
    SlipReason.SCOPE_ADDED: N_("from added scope"),
    SlipReason.OTHER: N_("from other causes"),
}


def wave_words(name: str, *, first: bool) -> Text:
    """A wave in a sentence: “Wave 3” / “La vague 3” whatever the project's language; other names
    as they are. `first`: at the start of the sentence."""
    number = _NUMBERED.match(name.strip())
    if number is None:
        return name
    if first:
        return msg("Wave {number}", number=number[1])
    return msg("wave {number}", number=number[1])


def headline(reader: Reader, today: dt.date) -> Message | None:
    """The sentence, or None while no go-live has an announced date."""
    told = history.figures(reader, today)
    if not told.go_lives:
        return None
    return msg("{lost}; {plan}.", lost=_lost(told), plan=_next(told))


def _lost(told: TrendFigures) -> Message:
    lost = [cause for cause in told.causes if not cause.regained]
    total = sum(cause.days for cause in lost)
    if not total:
        return msg("No go-live was ever put off")
    most = max(lost, key=lambda cause: cause.days)
    if most.code is None:
        return nmsg(
            "{days} of {n} day lost on go-lives has no reason yet",
            "{days} of {n} days lost on go-lives have no reason yet",
            total,
            days=most.days,
        )
    source = Message(SOURCES[most.code])
    if most.days == total:
        return nmsg(
            "The day lost comes {source}", "The {n} days lost come {source}", total, source=source
        )
    return nmsg(
        "{days} of the {n} day lost come {source}",
        "{days} of the {n} days lost come {source}",
        total,
        days=most.days,
        source=source,
    )


def _next(told: TrendFigures) -> Message:
    """The next go-live against the report before today's."""
    live = told.next_go_live
    if live is None:
        return msg("every go-live is reached")
    wave = wave_words(live.wave or live.title, first=False)
    line = told.lines[live.id]
    moved = (line[-1][1] - line[-2][1]).days if len(line) > 1 else 0
    if moved < 0:
        return nmsg(
            "{wave} is brought forward by {n} day",
            "{wave} is brought forward by {n} days",
            -moved,
            wave=wave,
        )
    if not moved:
        return msg("{wave} holds {date}", wave=wave, date=live.forecast)
    if live.postponed == 1:
        return nmsg(
            "{wave} moves for the first time, by {n} day",
            "{wave} moves for the first time, by {n} days",
            moved,
            wave=wave,
        )
    return nmsg(
        "{wave} moves again, by {n} day", "{wave} moves again, by {n} days", moved, wave=wave
    )
