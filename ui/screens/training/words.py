"""Short words of a session: when, how long, where, how full."""

from __future__ import annotations

from crm_pilot.i18n import ntr, tr
from crm_pilot.training.halves import WHEN, HalfDay
from crm_pilot.training.quizzes import Gain
from crm_pilot.training.room import SessionLine
from crm_pilot.training.terms import HALVES, Half
from ui.language import formats, lang


def halves_text(halves: tuple[HalfDay, ...]) -> str:
    """`morning`, `whole day`, `2 days`, `3 half-days`."""
    days = {half.day for half in halves}
    if len(halves) == 1:
        return tr(HALVES[halves[0].part]).lower()
    if len(halves) == 2 * len(days):
        return tr("whole day") if len(days) == 1 else ntr("{n} day", "{n} days", len(days))
    return ntr("{n} half-d.", "{n} half-d.", len(halves))


def half_text(half: HalfDay) -> str:
    """`Thursday 12 November, 9:00–12:30`."""
    return f"{formats.long_day(half.day, lang())}, {half.begins}–{half.ends}"


def short_half(half: HalfDay) -> str:
    """`12 Nov in the morning`."""
    return f"{formats.day(half.day, lang())} {tr(WHEN[half.part])}"


def when_text(line: SessionLine) -> str:
    """`12 Nov 2026, 9:00–12:30`, or the first and last day."""
    halves = line.halves
    first = formats.day(halves[0].day, lang(), year=True)
    if line.days > 1:
        last = formats.day(halves[-1].day, lang(), year=True)
        return tr("{first} to {last}, {halves}", first=first, last=last, halves=halves_text(halves))
    return f"{first}, {halves[0].begins}–{halves[-1].ends}"


def day_part(part: Half) -> str:
    """`morning`, inside a phrase."""
    return tr(HALVES[part]).lower()


def seats_text(line: SessionLine) -> str:
    """`8/12`: enrolled of the seats."""
    return f"{formats.number(line.enrolled, lang())}/{formats.number(line.seats, lang())}"


def euros(cents: float | None) -> str:
    """`1 200 €`, `€1,200`; a dash while it is not known."""
    if cents is None:
        return "–"
    amount = formats.number(cents / 100, lang())
    return f"{amount}\u00a0€" if lang() == "fr" else f"€{amount}"


def hours(minutes: float | None) -> str:
    """`3 h 30`, `45 min`; a dash without any."""
    if minutes is None:
        return "–"
    whole = round(minutes)
    full, rest = divmod(whole, 60)
    if not full:
        return tr("{n} min", n=rest).replace(" ", "\u00a0")
    said = tr("{h} h {m}", h=full, m=f"{rest:02d}") if rest else tr("{h} h", h=full)
    return said.replace(" ", "\u00a0")


def gain_points(gain: Gain) -> str:
    """`+24`: the difference of both shares as they are shown, in points."""
    if gain.before is None or gain.after is None:
        return "–"
    apart = round(gain.after * 100) - round(gain.before * 100)
    return formats.signed(apart, lang())
