"""The look follows the system's wish, its colours are read by every eye, its icons are crisp."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject, Qt, Signal
from pytestqt.qtbot import QtBot

from ui import theme

Scheme, Contrast = Qt.ColorScheme, Qt.ContrastPreference


class FakeHints(QObject):
    """What Qt tells of the system; both kinds of hints in one."""

    colorSchemeChanged = Signal()
    contrastPreferenceChanged = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.scheme, self.contrast = Scheme.Unknown, Contrast.NoPreference

    def accessibility(self) -> FakeHints:
        """Hints of access."""
        return self

    def colorScheme(self) -> Qt.ColorScheme:
        """Light or dark."""
        return self.scheme

    def contrastPreference(self) -> Qt.ContrastPreference:
        """High contrast or not."""
        return self.contrast

    def wish(
        self, scheme: Qt.ColorScheme, contrast: Qt.ContrastPreference = Contrast.NoPreference
    ) -> None:
        """The person changes the settings of the system."""
        self.scheme, self.contrast = scheme, contrast
        self.colorSchemeChanged.emit()
        self.contrastPreferenceChanged.emit()


@pytest.fixture
def hints(monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeHints]:
    """A system whose wishes can be changed; put back to light after the test."""
    made = FakeHints()
    monkeypatch.setattr(theme, "_hints", lambda: made)
    yield made
    made.wish(Scheme.Light)


def test_the_theme_follows_the_system(qtbot: QtBot, hints: FakeHints) -> None:
    theme.apply("system")
    theme.follow_system()
    for scheme, contrast, name in (
        (Scheme.Dark, Contrast.NoPreference, "dark"),
        (Scheme.Dark, Contrast.HighContrast, "contrast"),
        (Scheme.Unknown, Contrast.NoPreference, "light"),
        (Scheme.Unknown, Contrast.HighContrast, "contrast"),
        (Scheme.Light, Contrast.NoPreference, "light"),
    ):
        hints.wish(scheme, contrast)
        assert theme.theme().name == name


def test_high_contrast_is_asked_for_at_the_start(qtbot: QtBot, hints: FakeHints) -> None:
    hints.contrast = Contrast.HighContrast
    theme.apply("system")
    assert theme.theme().name == "light"
    theme.follow_system()
    assert theme.theme().name == "contrast"


def test_a_chosen_theme_stays_whatever_the_system_wishes(qtbot: QtBot, hints: FakeHints) -> None:
    theme.apply("dark")
    theme.follow_system()
    hints.wish(Scheme.Light, Contrast.HighContrast)
    assert theme.theme().name == "dark"
    theme.apply("system")
    assert theme.theme().name == "contrast"
