"""Themes, icons and fonts: complete, readable, and usable by Qt and by the documents."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF, QRawFont
from PySide6.QtSvg import QSvgRenderer

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
TOKENS = {
    "window",
    "surface",
    "raised",
    "line",
    "text",
    "muted",
    "accent",
    "on_accent",
    "accent_wash",
    "deployment",
    "adoption",
    "feedback",
    "locomotive",
    "hesitant",
    "opponent",
    "good",
    "watch",
    "alert",
}
TEXTS = ("text", "muted", "accent")
MARKS = TOKENS - {"window", "surface", "raised", "line", "on_accent", "accent_wash", *TEXTS}
ICONS = sorted((RESOURCES / "icons").glob("*.svg"))
FONTS = {400: "Inter-Regular.ttf", 600: "Inter-SemiBold.ttf"}
SIGNS = "\u202f\u00a0\u2212→↗↘▲●■◆✓ᵉʳ€ŒœŸ«»’—…éèêëàâçîïôùûüЖω"


def theme(name: str) -> dict[str, str]:
    stored = tomllib.loads((RESOURCES / "themes" / f"{name}.toml").read_text("utf-8"))
    assert stored["name"]
    assert stored["dark"] is (name == "dark")
    return dict(stored["colours"])


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_theme_is_complete_and_readable(name: str) -> None:
    colours = theme(name)
    assert set(colours) == TOKENS
    assert all(re.fullmatch("#[0-9A-F]{6}", value) for value in colours.values())
    text, mark = (7.0, 7.0) if name == "contrast" else (4.5, 3.0)
    for ground in ("window", "surface", "raised"):
        for token in TEXTS:
            assert contrast(colours[token], colours[ground]) >= text, (token, ground)
    for token in MARKS:
        for ground in ("window", "surface"):
            assert contrast(colours[token], colours[ground]) >= mark, (token, ground)
    assert contrast(colours["on_accent"], colours["accent"]) >= text
    assert contrast(colours["text"], colours["accent_wash"]) >= 7


@pytest.mark.parametrize("name", ["light", "dark", "contrast"])
def test_positions_differ_in_lightness_too(name: str) -> None:
    colours = theme(name)
    assert contrast(colours["hesitant"], colours["opponent"]) > 1.3


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_icon_can_be_recoloured_and_drawn(path: Path, qapp: object) -> None:
    text = path.read_text("utf-8")
    ElementTree.fromstring(text)
    assert QSvgRenderer(str(path)).isValid()
    if path.stem != "app":
        assert 'viewBox="0 0 20 20"' in text
        assert set(re.findall(r'(?:fill|stroke)="([^"]+)"', text)) <= {"none", "#000"}


def test_both_weights_are_one_family(qapp: object) -> None:
    for name in FONTS.values():
        number = QFontDatabase.addApplicationFont(str(RESOURCES / "fonts" / name))
        assert "Inter" in QFontDatabase.applicationFontFamilies(number)
    for weight in FONTS:
        font = QFont("Inter")
        font.setPixelSize(13)
        font.setWeight(QFont.Weight(weight))
        assert QFontInfo(font).family() == "Inter"
        assert QFontInfo(font).weight() == weight
        raw = QRawFont.fromFont(font)
        assert [sign for sign in SIGNS if not raw.supportsCharacter(ord(sign))] == []
        assert advance(font, "1111") != advance(font, "8888")
        font.setFeature(QFont.Tag("tnum"), 1)
        assert advance(font, "1111") == advance(font, "8888")


def advance(font: QFont, text: str) -> float:
    return QFontMetricsF(font).horizontalAdvance(text)


@pytest.mark.parametrize("name", FONTS.values())
def test_documents_can_embed_the_font(name: str) -> None:
    from reportlab.pdfbase.ttfonts import TTFont

    face = TTFont(name, str(RESOURCES / "fonts" / name)).face
    assert [sign for sign in SIGNS if ord(sign) not in face.charToGlyph] == []


def test_fonts_and_icons_come_with_their_terms() -> None:
    """Every icon the code names is there, and the terms stand beside fonts and icons."""
    assert "SIL OPEN FONT LICENSE" in (RESOURCES / "fonts" / "OFL.txt").read_text("utf-8").upper()
    terms = (RESOURCES / "icons" / "README.md").read_text("utf-8")
    assert "MIT" in terms
    sources = (RESOURCES.parent / "ui").rglob("*.py")
    drawn = {
        name
        for path in sources
        for name in re.findall(r'icon(?:=|\(self\.\w+, )"([a-z-]+)"', path.read_text("utf-8"))
    }
    assert drawn
    assert drawn - {path.stem for path in ICONS} == set()
