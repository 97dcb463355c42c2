"""The quiz before and after a session: Kirkpatrick's second level."""

from __future__ import annotations

from dataclasses import dataclass

from crm_pilot.store.reader import Reader


@dataclass(frozen=True)
class Gain:
    """Mean shares of points (0 to 1) before and after, of those who took both (`pairs`)."""

    before: float | None = None
    after: float | None = None
    gain: float | None = None
    pairs: int = 0
    befores: int = 0
    afters: int = 0


def gain(reader: Reader, *, session_id: int | None = None, course_id: int | None = None) -> Gain:
    """What was learned in a session, in a course, or in all of them."""
    return Gain()
