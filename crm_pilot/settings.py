"""The person's settings, each declared once with its type and default; kept as one JSON file.

A damaged settings file is set aside under another name, never overwritten in silence.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import asdict, field, fields
from pathlib import Path
from typing import Any

from crm_pilot.paths import config_dir
from crm_pilot.records import dataclass

KEPT_MAPPINGS = 100  # corrections of imports; the oldest are forgotten
WHEN, SOURCE = "@when", "@file"  # in a remembered mapping: the day, and the file it was made for


@dataclass
class Settings:
    """Declared settings and their defaults."""

    language: str = ""  # "fr", "en" or "" = as the system
    theme: str = "system"  # light, dark, contrast, system
    person: str = ""  # name written into locks, ratings and versions
    recent: list[str] = field(default_factory=list)  # newest first, absolute paths
    window: dict[str, Any] = field(default_factory=dict)  # geometry and state of the main window
    columns: dict[str, list[int]] = field(default_factory=dict)  # widths of panes by name
    tables: dict[str, dict[str, Any]] = field(default_factory=dict)  # columns of tables by name
    views: dict[str, dict[str, Any]] = field(default_factory=dict)  # saved views by table name
    printing: dict[str, Any] = field(default_factory=dict)  # paper and looks of the printed Gantt
    rating: str = "full"  # how positions are asked for: simple (one of three) or full
    last_folder: str = ""
    import_folder: str = ""  # where the last imported file was
    explained: list[str] = field(default_factory=list)  # services whose folders were explained
    compared: dict[str, int] = field(default_factory=dict)  # reference plan drawn, by project
    found: dict[str, list[str]] = field(default_factory=dict)  # chosen by Ctrl+K, by project
    mappings: dict[str, dict[str, str]] = field(default_factory=dict)  # remembered import mappings

    def remember_recent(self, path: Path, limit: int = 10) -> None:
        """Put `path` first among the recent project files."""
        text = str(path.resolve())
        self.recent = [text, *(p for p in self.recent if p != text)][:limit]

    def remember_mapping(
        self, signature: str, mapping: dict[str, str], source: str, day: dt.date
    ) -> None:
        """Keep the corrections made for the files of one signature, with file name and day."""
        self.mappings.pop(signature, None)  # the newest stands last
        self.mappings[signature] = {**mapping, WHEN: day.isoformat(), SOURCE: source}
        for oldest in list(self.mappings)[:-KEPT_MAPPINGS]:
            del self.mappings[oldest]

    def mapping_day(self, signature: str) -> dt.date | None:
        """The day a mapping was remembered; None when that is not known."""
        try:
            return dt.date.fromisoformat(self.mappings[signature][WHEN])
        except (KeyError, ValueError):
            return None


def settings_path() -> Path:
    """The settings file."""
    return config_dir() / "settings.json"


def load_settings() -> Settings:
    """Read the settings; unknown keys are dropped, wrong types fall back to the default."""
    path = settings_path()
    settings = Settings()
    try:
        stored = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return settings
    except ValueError:
        path.replace(path.with_suffix(".damaged.json"))
        return settings
    if not isinstance(stored, dict):
        return settings
    for declared in fields(Settings):
        value = stored.get(declared.name)
        if isinstance(value, type(getattr(settings, declared.name))):
            setattr(settings, declared.name, value)
    return settings


def save_settings(settings: Settings) -> None:
    """Write the settings by replacement."""
    path = settings_path()
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f"{path.name}.{os.getpid()}")
    temporary.write_text(json.dumps(asdict(settings), ensure_ascii=False, indent=1), "utf-8")
    temporary.replace(path)
