"""The language of the window, switched while running: our texts, Qt's own, and the locale."""

from __future__ import annotations

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from crm_pilot import formats, i18n

__all__ = ["apply", "formats", "lang", "wanted"]

_LOCALES = {"fr": "fr_FR", "en": "en_GB"}
_qt_texts: list[QTranslator] = []


def lang() -> str:
    """`fr` or `en`: pass it to `formats`."""
    return i18n.current().language


def wanted(setting: str) -> str:
    """The language to use for a stored setting; empty means as the system."""
    return setting if setting in i18n.LANGUAGES else i18n.system_language()


def apply(language: str, *, pseudo: bool = False) -> None:
    """Switch catalogue, locale and Qt's own texts. Widgets are then told to `retranslate`."""
    i18n.set_language(language, pseudo=pseudo)
    locale = QLocale(_LOCALES.get(language, "en_GB"))
    QLocale.setDefault(locale)
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        return
    while _qt_texts:
        app.removeTranslator(_qt_texts.pop())
    if language != "en":
        translator = QTranslator(app)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if translator.load(f"qtbase_{language}", folder):
            app.installTranslator(translator)
            _qt_texts.append(translator)
    for window in app.topLevelWidgets():
        window.setLocale(locale)
