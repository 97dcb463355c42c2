"""The mapped classes of all rooms."""

from __future__ import annotations

import importlib

ROOMS_WITH_TABLES = (
    "store",
    "people",
    "planning",
    "stakeholders",
    "training",
    "adoption",
    "maintenance",
    "feedback",
    "governance",
)


def load_models() -> None:
    """Import SQLAlchemy and every mapped class, and join them (about half a second, once). Threads
    may call it ahead of the first edit, of which the joining alone would take 0.1 s."""
    from sqlalchemy.orm import configure_mappers

    for room in ROOMS_WITH_TABLES:
        importlib.import_module(f"crm_pilot.{room}.model")
    configure_mappers()
