"""Settings: declared, kept, and never lost in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from crm_pilot.palette import palette
from crm_pilot.settings import Settings, load_settings, save_settings, settings_path


def test_settings_come_back(tmp_path: Path) -> None:
    settings = Settings(language="fr", theme="dark")
    for number in range(12):
        settings.remember_recent(tmp_path / f"{number}.crmp")
    settings.remember_recent(tmp_path / "5.crmp")
    save_settings(settings)
    again = load_settings()
    assert again == settings
    assert again.recent[0].endswith("5.crmp")
    assert len(again.recent) == 10


def test_a_damaged_file_is_set_aside() -> None:
    save_settings(Settings())
    settings_path().write_text("{ broken")
    assert load_settings() == Settings()
    assert settings_path().with_suffix(".damaged.json").read_text() == "{ broken"


def test_wrong_types_fall_back() -> None:
    save_settings(Settings())
    settings_path().write_text('{"recent": 3, "theme": "dark", "unknown": 1}')
    assert load_settings() == Settings(theme="dark")


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_palettes_mix(name: str) -> None:
    colours = palette(name)
    assert colours.mix("accent", 1.0) == colours["accent"].upper()
    assert colours.mix("accent", 0.0) == colours["surface"].upper()
