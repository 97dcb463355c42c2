"""Clashes of training sessions with the calendars of the plan, absences and each other."""

from __future__ import annotations

from collections.abc import Mapping

from crm_pilot.store.reader import Reader
from crm_pilot.training.clashes import Clash


def clashes(reader: Reader) -> Mapping[int, tuple[Clash, ...]]:
    """What is wrong with every session, by its id; a session without a clash is left out."""
    return {}


def printable(reader: Reader, session_id: int) -> tuple[Clash, ...]:
    """What would make the sign-in sheet of a session worthless; nothing: print it."""
    return ()
