"""The look in use: colours by token, fonts, icons, and the switch between themes while running.

Palettes are set explicitly on Fusion because the system's colour scheme is not obeyed everywhere;
the system's wish only decides what the theme "system" means.
"""

from __future__ import annotations

import weakref
from functools import lru_cache
from pathlib import Path

import shiboken6
from PySide6.QtCore import QBuffer, QByteArray, QObject, QPointF, QSize, Signal
from PySide6.QtGui import (
    QAction,
    QColor,
    QFont,
    QFontDatabase,
    QGuiApplication,
    QIcon,
    QImageReader,
    QPainter,
    QPalette,
    QPixmap,
    QScreen,
    QStyleHints,
)
from PySide6.QtWidgets import QAbstractButton, QApplication

from crm_pilot.palette import Palette, palette
from crm_pilot.paths import resource
from ui.stylesheet import faded, stylesheet

THEMES = ("system", "light", "dark", "contrast")
CAPTION, BODY, HEADING, TITLE, KEY_FIGURE = 12, 13, 16, 20, 28


class Theme:
    """One palette as Qt colours."""

    def __init__(self, colours: Palette) -> None:
        self.palette = colours
        self.name = colours.name
        self.dark = colours.dark

    def colour(self, token: str) -> QColor:
        """The colour called `token`."""
        return QColor(self.palette[token])

    def mix(self, token: str, share: float, ground: str = "surface") -> QColor:
        """`token` at opacity `share` (0 to 1) over `ground`, as a plain colour."""
        return QColor(self.palette.mix(token, share, ground))

    @property
    def line_width(self) -> int:
        """Width of hairlines in pixels: 2 in high contrast."""
        return 2 if self.name == "contrast" else 1


class _Switch(QObject):
    """Tells long-lived drawings that the theme changed."""

    changed = Signal()


Iconed = QAbstractButton | QAction

_wish = "light"
_current: Theme | None = None
_switch = _Switch()
_system = "light"  # what the system asks for
_drawn_for = 0.0  # pixels per logical pixel that icons were last drawn with
_iconed: weakref.WeakKeyDictionary[Iconed, tuple[str, str, int, int]] = weakref.WeakKeyDictionary()


def theme() -> Theme:
    """The theme in use; light before one was applied."""
    global _current
    if _current is None:
        _current = Theme(palette("light"))
    return _current


def switched() -> _Switch:
    """Its `changed` is emitted after every change of theme."""
    return _switch


def start(wish: str) -> None:
    """Prepare the fonts of a new application in Fusion, then apply the theme `wish`."""
    app = _application()
    load_fonts()
    app.setFont(font())
    global _system
    _system = "dark" if app.palette().window().color().lightness() < 128 else "light"
    apply(wish)


def follow_system() -> None:
    """Follow the system's wish for light, dark or high contrast from now on. Called after the
    first paint: asking takes Qt's enums, and these take as long as a fifth of the start."""
    hints = _hints()
    hints.colorSchemeChanged.connect(_system_changed)
    hints.accessibility().contrastPreferenceChanged.connect(_system_changed)
    _system_changed()


def follow_screens() -> None:
    """Keep icons sharp when screens come, go or change their scale from now on."""
    global _drawn_for
    _drawn_for = _sharpest()
    app = _application()
    for signal in (app.screenAdded, app.screenRemoved, app.primaryScreenChanged):
        signal.connect(screens_changed)
    for screen in app.screens():
        _watch_scale(screen)
    app.screenAdded.connect(_watch_scale)


def _watch_scale(screen: QScreen) -> None:
    screen.geometryChanged.connect(screens_changed)  # in logical pixels: it tells of the scale


def apply(wish: str) -> None:
    """Switch to light, dark, contrast or system, at once and everywhere."""
    global _wish, _current
    _wish = wish if wish in THEMES else "system"
    look = _current = Theme(palette(_resolve(_wish)))
    app = _application()
    app.setPalette(_qpalette(look))
    sheet = stylesheet(look.palette)
    if app.styleSheet() != sheet:  # Qt would dress every widget there is anew, for nothing
        app.setStyleSheet(sheet)
    _draw.cache_clear()
    _dress_again()
    _switch.changed.emit()


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


def _resolve(wish: str) -> str:
    if wish != "system":
        return wish
    return _system


def _hints() -> QStyleHints:
    return QGuiApplication.styleHints()


def _system_changed() -> None:
    """Read the system's wish again. High contrast goes before dark; where the system says nothing
    about dark, what its palette said at the start holds."""
    from PySide6.QtCore import Qt

    global _system
    hints, before = _hints(), _system
    scheme = hints.colorScheme()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        _system = "contrast"
    elif scheme != Qt.ColorScheme.Unknown:
        _system = "dark" if scheme == Qt.ColorScheme.Dark else "light"
    elif before == "contrast":
        _system = "light"
    if _wish == "system" and _system != before:
        apply("system")


def _qpalette(look: Theme) -> QPalette:
    role = QPalette.ColorRole
    tokens = {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "raised",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "alert",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
        role.PlaceholderText: "muted",
        role.Highlight: "accent",
        role.HighlightedText: "on_accent",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.Mid: "line",
        role.Midlight: "line",
        role.Dark: "line",
        role.Light: "surface",
        role.Accent: "accent",
    }
    made = QPalette()
    for where, token in tokens.items():
        made.setColor(where, look.colour(token))
    for where in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(faded(look.palette)))
    return made


# fonts ---------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def load_fonts() -> None:
    """Register the bundled Inter (once a process)."""
    for style in ("Regular", "SemiBold"):
        QFontDatabase.addApplicationFont(str(resource("fonts", f"Inter-{style}.ttf")))


@lru_cache(maxsize=64)
def font(size: int = BODY, *, bold: bool = False, numbers: bool = False) -> QFont:
    """Inter at `size` pixels (12, 13, 16, 20, 28). `numbers`: tabular figures, for right-aligned
    numbers only, because they also widen spaces and hyphens of prose."""
    made = QFont("Inter")
    made.setPixelSize(size)
    made.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if numbers:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


# icons ---------------------------------------------------------------------------------------


def pixmap(name: str, token: str = "text", size: int = 20, ratio: float | None = None) -> QPixmap:
    """The icon `name` of resources/icons in colour `token`, `size` logical pixels wide. Without
    a `ratio` it is drawn for the sharpest screen there is: the others draw it smaller."""
    return _draw(name, theme().palette[token], size, ratio or _sharpest())


def draw_icon(painter: QPainter, x: float, y: float, name: str, token: str, size: int) -> None:
    """Paint an icon with its top left at x, y, in the pixels of the screen it is painted on."""
    drawn = pixmap(name, token, size, painter.device().devicePixelRatioF())
    painter.drawPixmap(QPointF(x, y), drawn)


def screens_changed() -> None:
    """Draw icons anew when a sharper or less sharp screen came or went."""
    global _drawn_for
    now = _sharpest()
    if now != _drawn_for:
        _drawn_for = now
        _dress_again()
        _switch.changed.emit()


def _sharpest() -> float:
    return float(_application().devicePixelRatio())


def _dress_again() -> None:
    for target, (name, token, size, gap) in list(_iconed.items()):
        if shiboken6.isValid(target):
            target.setIcon(icon(name, token, size, gap))


def icon(name: str, token: str = "text", size: int = 20, gap: int = 0) -> QIcon:
    """The same as an icon, with `gap` empty pixels after it."""
    return QIcon(_widened(pixmap(name, token, size), gap))


def set_icon(
    target: Iconed, name: str, token: str = "text", size: int = 20, *, gap: int = 0
) -> None:
    """Give a button or action an icon that follows the theme."""
    _iconed[target] = (name, token, size, gap)
    target.setIcon(icon(name, token, size, gap))


def _widened(drawn: QPixmap, gap: int) -> QPixmap:
    if not gap:
        return drawn
    ratio = drawn.devicePixelRatio()
    wide = QPixmap(drawn.width() + round(gap * ratio), drawn.height())
    wide.setDevicePixelRatio(ratio)
    wide.fill(QColor(0, 0, 0, 0))
    painter = QPainter(wide)
    painter.drawPixmap(0, 0, drawn)
    painter.end()
    return wide


@lru_cache(maxsize=1)
def _icons() -> Path:
    return resource("icons")


@lru_cache(maxsize=256)
def _draw(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    source = _icons().joinpath(f"{name}.svg").read_bytes().replace(b"#000", colour.encode())
    data = QByteArray(source)
    buffer = QBuffer(data)
    reader = QImageReader(buffer, QByteArray(b"svg"))
    pixels = round(size * ratio)
    reader.setScaledSize(QSize(pixels, pixels))
    drawn = QPixmap.fromImage(reader.read())
    drawn.setDevicePixelRatio(ratio)
    return drawn
