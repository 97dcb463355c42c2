"""The demonstration project as the window opens it: a fresh file in the person's own folder."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from crm_pilot.paths import sessions_dir


def make(language: str) -> Path:
    """Write a fresh demonstration project and return its path. May run in a job."""
    from crm_pilot.demo import build

    folder = sessions_dir().parent / "demonstration"
    folder.mkdir(parents=True, exist_ok=True)
    moment = dt.datetime.now()
    return build(folder / f"Demonstration {moment:%Y-%m-%d %H-%M-%S}.crmp", language)
