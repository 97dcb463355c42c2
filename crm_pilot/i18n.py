"""Our strings in the person's language: gettext catalogues, looked up at each call.

English text is the key. Tables, enums and errors hold marked text (`N_`) or a `Message` and are
translated when shown. The language of the window and the language of a document are independent:
`tr` uses the window's, `Translator("fr")` is explicit.

French typography (narrow no-break spaces before `: ; ! ?` and inside « ») is put in by `typeset`,
after translation, so that catalogues are written with plain spaces.
"""

from __future__ import annotations

import datetime as dt
import gettext
import os
import re
from collections.abc import Mapping
from dataclasses import field
from functools import lru_cache
from pathlib import Path
from typing import Any

from crm_pilot import formats
from crm_pilot.catalogue import Compiled
from crm_pilot.formats import NARROW
from crm_pilot.paths import bundled
from crm_pilot.records import dataclass

LANGUAGES = ("fr", "en")


def N_(text: str) -> str:
    """Mark a text for the catalogue without translating it now."""
    return text


@dataclass(frozen=True)
class Message:
    """A text to be translated when shown; parameters may be Messages or plain values."""

    template: str
    params: Mapping[str, Any] = field(default_factory=dict)
    plural: str | None = None  # with `n` among the parameters

    def english(self) -> str:
        """The text in English, for logs and `str(error)`."""
        return Translator("en").show(self)


def msg(template: str, /, **params: Any) -> Message:
    """A `Message`, marked for the catalogue."""
    return Message(template, params)


def nmsg(singular: str, plural: str, /, n: int, **params: Any) -> Message:
    """A `Message` with a plural; `n` is also a placeholder."""
    return Message(singular, {"n": n, **params}, plural)


_BEFORE = re.compile(r"[ \u00a0\u202f]?([;!?%»]|:(?=\s|$))")
_AFTER = re.compile(r"«[ \u00a0\u202f]?")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=\w)")
_TWO_STOPS = re.compile(r"(?<=\w)\.\.(?!\.)")
_WORD_CHAR = re.compile(r"[\w.)»\]’'\u00a0%]")


@lru_cache(maxsize=4096)
def typeset(text: str, language: str) -> str:
    """Apply the typography of `language` to a finished text. English: apostrophes only.

    French: U+202F before `; ! ? %`, before `:` that ends a phrase, and inside « »;
    typographic apostrophes; one stop where an abbreviated month ends a sentence. Times
    (14:02), addresses and formats are left alone.
    """
    if language != "fr" or not text:
        return _APOSTROPHE.sub("’", text)
    text = text.replace("'", "’")
    text = _TWO_STOPS.sub(".", text)
    text = _AFTER.sub("«" + NARROW, text)

    def narrow(match: re.Match[str]) -> str:
        start = match.start()
        if start == 0 or not _WORD_CHAR.match(text[start - 1]):
            return match.group(0)
        return NARROW + match.group(1)

    return _BEFORE.sub(narrow, text)


@lru_cache(maxsize=8)
def _catalogue(language: str) -> gettext.NullTranslations:
    if language not in LANGUAGES or language == "en":
        return gettext.NullTranslations()
    return Compiled(compiled_catalogue(language).read_bytes())


def compiled_catalogue(language: str) -> Path:
    """Path of the compiled catalogue, made anew when it is missing or older than its source."""
    po = bundled("i18n", language, "LC_MESSAGES", "crm_pilot.po")
    mo = po.with_suffix(".mo")
    if mo.exists() and (not po.exists() or mo.stat().st_mtime_ns >= po.stat().st_mtime_ns):
        return mo
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with po.open("rb") as source:
        catalogue = read_po(source, locale=language)
    temporary = mo.with_name(f"{mo.name}.{os.getpid()}")
    with temporary.open("wb") as target:
        write_mo(target, catalogue)
    temporary.replace(mo)
    return mo


class Translator:
    """Texts in one language. `pseudo=True` brackets every text: tests then find bare ones."""

    def __init__(self, language: str, *, pseudo: bool = False) -> None:
        self.language = language
        self.pseudo = pseudo

    def _dress(self, text: str) -> str:
        text = typeset(text, self.language)
        return f"⟦{text}⟧" if self.pseudo else text

    def tr(self, text: str, /, **params: Any) -> str:
        """Translate `text` and fill its named placeholders."""
        found = _catalogue(self.language).gettext(text) if text else ""
        return self._dress(found.format(**self._shown(params)) if params else found)

    def ntr(self, singular: str, plural: str, /, n: int, **params: Any) -> str:
        """Translate with a plural; `{n}` is filled with `n` unless given in `params`."""
        found = _catalogue(self.language).ngettext(singular, plural, n)
        return self._dress(found.format(**self._shown({"n": n, **params})))

    def show(self, message: Message | str) -> str:
        """The text of a `Message`; a plain string is translated as it is."""
        if isinstance(message, str):
            return self.tr(message)
        if message.plural is not None:
            params = dict(message.params)
            return self.ntr(message.template, message.plural, params.pop("n"), **params)
        return self.tr(message.template, **message.params)

    def _shown(self, params: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._value(value) for name, value in params.items()}

    def _value(self, value: Any) -> Any:
        """A parameter as it reads in this language: messages translated, dates and decimals
        formatted; whole numbers and texts as they are."""
        if isinstance(value, Message):
            return Translator(self.language).show(value)
        if isinstance(value, (dt.date, float)):
            if isinstance(value, float):
                return formats.number(value, self.language, 1)
            return formats.day(value, self.language)
        return value


_current = Translator("en")


def current() -> Translator:
    """The translator of the window or command line."""
    return _current


def set_language(language: str, *, pseudo: bool = False) -> None:
    """Choose the language of the window or command line."""
    global _current
    _current = Translator(language, pseudo=pseudo)


def system_language() -> str:
    """`fr` when the environment asks for French, otherwise `en`."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "fr" if value.lower().startswith("fr") else "en"
    import locale

    return "fr" if (locale.getlocale()[0] or "").lower().startswith("fr") else "en"


def tr(text: str, /, **params: Any) -> str:
    """Translate into the language of the window."""
    return _current.tr(text, **params)


def ntr(singular: str, plural: str, /, n: int, **params: Any) -> str:
    """Translate with a plural into the language of the window."""
    return _current.ntr(singular, plural, n, **params)


def show(message: Message | str) -> str:
    """Show a `Message` in the language of the window."""
    return _current.show(message)
