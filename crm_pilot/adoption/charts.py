"""Charts of adoption: login days a week against the profile, and the active share."""

from __future__ import annotations

import datetime as dt
import math

from crm_pilot.adoption.queries import AdoptionFigures, ProfileCurve
from crm_pilot.adoption.rules import WEEK
from crm_pilot.adoption.trends import ProfileCurves
from crm_pilot.charts import Band, Event, Reference, Series, Step, TimeChart, nice_ticks
from crm_pilot.i18n import msg


def login_days(figures: AdoptionFigures | ProfileCurves) -> TimeChart:
    """Days a week by profile. The chart is about the profile of whom the fewest days are expected
    (field sales, seed 003): its line is strong and the band is the days expected of it."""
    subject = _subject(figures.profiles)
    series = tuple(
        Series(
            name=curve.profile,
            points=curve.points,
            colour="adoption" if curve is subject else "muted",
            dashed=curve is not subject,
            strong=curve is subject,
            decimals=1,
        )
        for curve in figures.profiles
    )
    values = [value for curve in figures.profiles for _, value in curve.points if value is not None]
    high = float(max([WEEK, *(math.ceil(value) for value in values)]))
    return TimeChart(
        title=msg("Logins"),
        unit=msg("days a week, at 5 working days"),
        series=series,
        step=Step.WEEK,
        high=high,
        ticks=_ticks(subject, high),
        bands=(_band(subject),) if subject else (),
        events=_events(figures),
        why="adoption.profiles",
    )


def active_share(figures: AdoptionFigures) -> TimeChart:
    """Share of open accounts that are active, week by week, beside the target."""
    points = figures.active_curve
    return TimeChart(
        title=msg("Active users"),
        unit=msg("% of open accounts, over {days} days", days=figures.window_days),
        series=(Series(msg("Active"), points, "adoption", strong=True),),
        step=Step.WEEK,
        high=1.0,
        ticks=(0.0, 0.25, 0.5, 0.75, 1.0),
        percent=True,
        references=(Reference(figures.target_share, msg("Target")),),
        events=_between(figures, [day for day, _ in points]),
        why="adoption.active_curve",
    )


def _subject(curves: tuple[ProfileCurve, ...]) -> ProfileCurve | None:
    """Fewest expected days; among equals the one with the most accounts."""
    return min(curves, key=lambda curve: (curve.low, -curve.accounts), default=None)


def _band(curve: ProfileCurve) -> Band:
    name = msg(
        "{profile}: {low} to {high} d", profile=curve.profile, low=curve.low, high=curve.high
    )
    if curve.low == curve.high:
        name = msg("{profile}: {low} d", profile=curve.profile, low=curve.low)
    return Band(float(curve.low), float(curve.high), name, "adoption")


def _ticks(curve: ProfileCurve | None, high: float) -> tuple[float, ...]:
    """Zero, the band's edges and the top; round steps without a profile."""
    if curve is None:
        return nice_ticks(high, 5)
    return tuple(sorted({0.0, float(curve.low), float(curve.high), high}))


def _events(figures: AdoptionFigures | ProfileCurves) -> tuple[Event, ...]:
    return _between(figures, [day for curve in figures.profiles for day, _ in curve.points])


def _between(figures: AdoptionFigures | ProfileCurves, weeks: list[dt.date]) -> tuple[Event, ...]:
    """Go-lives within the weeks shown."""
    if not weeks:
        return ()
    first, last = min(weeks), max(weeks) + dt.timedelta(days=6)
    return tuple(Event(day, name) for day, name in figures.go_lives if first <= day <= last)
