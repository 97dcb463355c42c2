"""The look follows the system's wish, its colours are read by every eye, its icons are crisp."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from crm_pilot.palette import palette
from ui import theme
from ui.stylesheet import stylesheet
from ui.widgets.buttons import chip, link_button, primary_button, quiet_button

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


# colours ---------------------------------------------------------------------------------------

INKS = ("text", "muted", "accent", "alert")  # of texts, as labels and cells are told
GROUNDS = ("window", "surface", "raised")
WASHED = ("text", "muted", "accent")  # on the wash of what is selected
RULE = re.compile(r"([^{}]+)\{([^{}]*)\}")
PAIR = re.compile(r"(?<![-\w])(color|background): (#[0-9A-F]{6})")


def luminance(colour: str) -> float:
    """Relative luminance of `#RRGGBB` (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """Contrast ratio of two colours (WCAG 2.2)."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_every_ink_is_read_on_every_ground(name: str) -> None:
    colours, least = palette(name), 7.0 if name == "contrast" else 4.5
    pairs = [(ink, ground) for ink in INKS for ground in GROUNDS]
    pairs += [(ink, "accent_wash") for ink in WASHED] + [("text", "line"), ("on_accent", "accent")]
    if name == "contrast":
        pairs.remove(("text", "line"))  # a button held down, for a moment; its line is dark here
    found = {pair: round(ratio(colours[pair[0]], colours[pair[1]]), 2) for pair in pairs}
    assert {pair: value for pair, value in found.items() if value < least} == {}


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_every_rule_of_the_stylesheet_is_read(name: str) -> None:
    least, poor = 7.0 if name == "contrast" else 4.5, {}
    for selector, body in RULE.findall(stylesheet(palette(name))):
        said = dict(PAIR.findall(body))
        if len(said) == 2 and ":disabled" not in selector:
            found = ratio(said["color"], said["background"])
            if found < least:
                poor[selector.strip()] = round(found, 2)
    assert poor == {}


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_marks_stand_out_from_the_wash_too(name: str) -> None:
    colours = palette(name)
    for token in ("deployment", "adoption", "feedback", "locomotive", "hesitant", "opponent"):
        assert ratio(colours[token], colours["accent_wash"]) >= (4.5 if name == "contrast" else 2.5)


def grey(widget: QWidget) -> QImage:
    """What is seen of a widget by an eye without colours."""
    return widget.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


def edge(widget: QWidget) -> set[int]:
    """Greys along the upper border, its corners left out."""
    seen = grey(widget)
    return {seen.pixelColor(x, 0).lightness() // 32 for x in range(16, seen.width() - 16)}


@pytest.mark.parametrize(
    "make",
    [quiet_button, primary_button, chip, lambda text: QLineEdit(text), lambda text: box(text)],
    ids=["quiet", "primary", "chip", "field", "choice"],
)
def test_grey_is_more_than_a_colour_in_high_contrast(
    qtbot: QtBot, make: Callable[[str], QWidget]
) -> None:
    theme.apply("contrast")
    widget = make("Enregistrer sous un autre nom")
    qtbot.addWidget(widget)
    widget.resize(260, 34)
    widget.show()
    widget.clearFocus()
    assert len(edge(widget)) == 1
    widget.setEnabled(False)
    assert len(edge(widget)) > 1, "the border of what cannot be used is dashed"


@pytest.mark.parametrize(
    "kind", [QCheckBox, QRadioButton, link_button], ids=["tick", "radio", "link"]
)
def test_a_grey_tick_or_link_differs_in_shape(
    qtbot: QtBot, kind: Callable[[str], QAbstractButton]
) -> None:
    theme.apply("contrast")
    widget = kind("Enregistrer")
    qtbot.addWidget(widget)
    widget.show()
    widget.clearFocus()
    ink = [shape(grey(widget))]
    widget.setEnabled(False)
    ink.append(shape(grey(widget)))
    assert ink[0] != ink[1]


def shape(seen: QImage) -> set[tuple[int, int]]:
    """Where anything is drawn at all."""
    ground = seen.pixelColor(0, seen.height() - 1).lightness()
    return {
        (x, y)
        for x in range(seen.width())
        for y in range(seen.height())
        if abs(seen.pixelColor(x, y).lightness() - ground) > 40
    }


def box(text: str) -> QComboBox:
    """A choice of one."""
    made = QComboBox()
    made.addItem(text)
    return made


# icons -----------------------------------------------------------------------------------------


def test_icons_are_drawn_anew_for_a_sharper_screen(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    button = quiet_button("Ajouter", "add")
    qtbot.addWidget(button)
    theme.follow_screens()
    for sharpest in (2.0, 1.25):
        monkeypatch.setattr(theme, "_sharpest", lambda sharpest=sharpest: sharpest)
        theme.screens_changed()
        (size,) = button.icon().availableSizes()
        assert size.height() == round(16 * sharpest)


@pytest.mark.parametrize("sharp", [1.0, 1.25, 1.5, 2.0])
def test_a_painted_icon_has_the_pixels_of_its_screen(qtbot: QtBot, sharp: float) -> None:
    paper = QImage(QSize(round(20 * sharp), round(20 * sharp)), QImage.Format.Format_ARGB32)
    paper.setDevicePixelRatio(sharp)
    paper.fill(0)
    painter = QPainter(paper)
    theme.draw_icon(painter, 0, 0, "add", "text", 20)
    painter.end()
    wanted = theme.pixmap("add", "text", 20, sharp).toImage()
    assert paper == wanted.convertToFormat(QImage.Format.Format_ARGB32)


def test_pictures_of_two_screens_are_kept_apart(qtbot: QtBot) -> None:
    one, two = theme.pixmap("add", ratio=1.0), theme.pixmap("add", ratio=2.0)
    assert (one.width(), two.width()) == (20, 40)
    assert theme.pixmap("add", ratio=1.0).cacheKey() == one.cacheKey()


def test_the_same_look_again_dresses_nothing_anew(qtbot: QtBot) -> None:
    """Qt dresses every widget there is when it is given a sheet, the same one included."""

    class Dressed(QWidget):
        times = 0

        def changeEvent(self, event: QEvent) -> None:
            self.times += event.type() == QEvent.Type.StyleChange

    theme.apply("light")
    shown = Dressed()
    qtbot.addWidget(shown)
    shown.show()
    before = shown.times
    theme.apply("light")
    assert shown.times == before
    theme.apply("dark")
    assert shown.times > before
    theme.apply("light")
