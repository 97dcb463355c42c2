"""Rules of training: what counts as coverage, and when a share is too low."""

from __future__ import annotations

LOW_SHARE = 0.70  # below it the figure is bold and the department is named (LOOK.md rule 6)


def share(trained: int, users: int) -> float | None:
    """trained ÷ users, None where there is no user."""
    return trained / users if users else None


def is_low(value: float | None) -> bool:
    """Whether a coverage share calls for action."""
    return value is not None and value < LOW_SHARE


def places_open(seats: int, coming: int) -> int:
    """Seats still free; never negative when a session is overbooked."""
    return max(seats - coming, 0)
