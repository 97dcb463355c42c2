"""Progress of an objective. Pure functions of their input."""

from __future__ import annotations

SCALE = 100  # values are whole hundredths of their unit


def progress(baseline: int | None, target: int | None, value: int | None) -> float | None:
    """(value − baseline) ÷ (target − baseline), in any unit; below 0 it got worse, above 1 it is
    exceeded. Works for targets below the baseline too. None where one of the three is unknown or
    there is no way to go."""
    if baseline is None or target is None or value is None or target == baseline:
        return None
    return (value - baseline) / (target - baseline)


def is_reached(baseline: int | None, target: int | None, value: int | None) -> bool | None:
    """Whether the target is reached; without a baseline it is meant to be at least the target."""
    if target is None or value is None:
        return None
    if baseline is not None and target < baseline:
        return value <= target
    return value >= target
