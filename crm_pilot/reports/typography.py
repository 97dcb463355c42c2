"""Text on paper: measured, shortened with a visible mark, broken into lines, never overflowing.

Lines break at ordinary spaces only; no-break spaces (U+00A0, U+202F) hold. `bind` puts them
where paper wants them; it is the one function for it, applied after translation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from reportlab.pdfbase.pdfmetrics import getFont

from crm_pilot.formats import NO_BREAK
from crm_pilot.i18n import typeset
from crm_pilot.records import dataclass
from crm_pilot.reports.styles import BODY, font

ELLIPSIS = "…"
_MONTHS = (
    "janv|févr|mars|avr|mai|juin|juil|août|sept|oct|nov|déc|"
    "janvier|février|avril|juillet|septembre|octobre|novembre|décembre|"
    "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec"
)
_BINDINGS = [
    re.compile(r"(?<=\d) (?=(?:j|d|k€|M€|€|h|min|pts?|pers|%)(?![\w’]))"),
    re.compile(rf"(?<=\d) (?=(?:{_MONTHS})\b)"),
    re.compile(rf"(?<=[{NO_BREAK} ])((?:{_MONTHS})\.?) (?=\d{{4}}\b)"),
    re.compile(r"\b(vague|wave|lot|COPIL|n°|phase) (?=\d)", re.IGNORECASE),
    re.compile(r"(?<=\d) (?=/ \d)|(?<=\d /) (?=\d)"),
]
_DIGIT = re.compile(r"\d")
_ORDINALS = ((re.compile(r"\b1er\b"), "1ᵉʳ"), (re.compile(r"\b(\d+)e\b"), r"\1ᵉ"))


@lru_cache(maxsize=4096)  # a table is measured, split and drawn; cells repeat
def bind(text: str, language: str) -> str:
    """A finished text with the typography of `language` and no-break spaces between a number and
    its unit, day and month, month and year, “vague 3”."""
    text = typeset(text.replace("\n", " ").replace("\t", " "), language)
    if not _DIGIT.search(text):  # which all of them bind or raise
        return text
    for pattern in _BINDINGS:
        text = pattern.sub(lambda m: (m.group(1) if m.groups() else "") + NO_BREAK, text)
    if language == "fr":
        for pattern, superscript in _ORDINALS:
            text = pattern.sub(superscript, text)
    return text


class Cut(str):
    """A text that was shortened; it knows what it was, so that the author can be told."""

    __slots__ = ("whole",)
    whole: str

    @classmethod
    def of(cls, shown: str, whole: str) -> Cut:
        """`shown`, ended by “…”, in place of `whole`."""
        made = cls(shown)
        made.whole = getattr(whole, "whole", whole)
        return made


@lru_cache(maxsize=8192)
def width(text: str, size: float = BODY, bold: bool = False, tabular: bool = False) -> float:
    """Width of a text in points: of its characters one by one, as the font gives them (no kerning).
    The library's own `stringWidth` comes to the same in five times the time."""
    widths = _widths(font(bold=bold, tabular=tabular))
    return 0.001 * size * sum(map(widths.__getitem__, text))


class _Widths(dict[str, float]):
    """Character → its width in thousandths of the size."""

    def __init__(self, name: str) -> None:
        self._face = getFont(name).face

    def __missing__(self, character: str) -> float:
        face = self._face
        found: float = face.charWidths.get(ord(character), face.defaultWidth)
        self[character] = found
        return found


_widths = lru_cache(maxsize=None)(_Widths)


def shorten(
    text: str, room: float, size: float = BODY, *, bold: bool = False, tabular: bool = False
) -> str:
    """The text, or as much of it as fits in `room` points, ended by a visible “…”."""
    if width(text, size, bold, tabular) <= room:
        return text
    low, high = 0, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if width(text[:middle].rstrip() + ELLIPSIS, size, bold, tabular) <= room:
            low = middle
        else:
            high = middle - 1
    return Cut.of(text[:low].rstrip(" ,;:.–-" + NO_BREAK) + ELLIPSIS, text)


def wrap(
    text: str, room: float, size: float = BODY, *, bold: bool = False, most: int | None = None
) -> list[str]:
    """Lines no wider than `room`; beyond `most` lines the last one is shortened with “…”."""
    return list(_wrapped(text, room, size, bold, most))


@lru_cache(maxsize=4096)  # a table is measured, split and drawn
def _wrapped(text: str, room: float, size: float, bold: bool, most: int | None) -> tuple[str, ...]:
    if width(text, size, bold) <= room:
        return (text,)
    lines: list[str] = []
    words = [part for word in text.split(" ") if word for part in _parts(word, room, size, bold)]
    space, at = width(" ", size, bold), 0.0  # without kerning a line is as wide as its words
    for word in words:
        wide = width(word, size, bold)
        if lines and at + space + wide <= room:
            lines[-1] += f" {word}"
            at += space + wide
        else:
            lines.append(word)
            at = wide
    if most is not None and len(lines) > most:
        rest = " ".join(lines[most - 1 :])
        last = shorten(rest, room, size, bold=bold)
        lines[most - 1 :] = [Cut.of(last, text) if last is not rest else last]
    return tuple(lines) or ("",)


def _parts(word: str, room: float, size: float, bold: bool) -> list[str]:
    """A word, cut where it would be wider than a whole line."""
    if width(word, size, bold) <= room:
        return [word]
    parts, start = [], 0
    for end in range(1, len(word) + 1):
        if end - start > 1 and width(word[start:end], size, bold) > room:
            parts.append(word[start : end - 1])
            start = end - 1
    parts.append(word[start:])
    return parts


def balanced(text: str, room: float, size: float, *, most: int = 2) -> list[str]:
    """At most `most` bold lines of about the same length (a sentence on top of a page)."""
    lines = wrap(text, room, size, bold=True)
    if len(lines) < 2:
        return lines
    if len(lines) > most:
        return wrap(text, room, size, bold=True, most=most)
    clauses = _clauses(text, room, size)
    if clauses:
        return clauses
    low, high = width(text, size, True) / len(lines), room
    while high - low > 2:
        middle = (low + high) / 2
        if len(wrap(text, middle, size, bold=True)) <= len(lines):
            high = middle
        else:
            low = middle
    return wrap(text, high, size, bold=True)


def _clauses(text: str, room: float, size: float) -> list[str]:
    """The two clauses of a sentence on a line each, where both fit and neither is a rump."""
    stops = [*re.finditer(r"[;:] ", text), *re.finditer(r", ", text)]
    for match in stops:
        parts = [text[: match.end() - 1], text[match.end() :]]
        widths = [width(part, size, True) for part in parts]
        if max(widths) <= room and min(widths) >= 0.4 * max(widths):
            return parts
    return []


@dataclass(frozen=True)
class Run:
    """A stretch of text in one weight and ink."""

    text: str
    bold: bool = False
    colour: str = "text"


Placed = tuple[float, Run]  # offset from the left edge, the run


def wrap_runs(
    runs: Sequence[Run], room: float, size: float = BODY, *, most: int | None = None
) -> list[list[Placed]]:
    """Runs of different weight broken into lines together; shortened with “…” beyond `most`."""
    lines: list[list[Placed]] = [[]]
    at = 0.0
    words = [
        Run(part, run.bold, run.colour)
        for run in runs
        for word in run.text.split(" ")
        if word
        for part in _parts(word, room, size, run.bold)
    ]
    for number, word in enumerate(words):
        wide = width(word.text, size, word.bold)
        if lines[-1] and at + wide > room:
            if most is not None and len(lines) == most:
                whole = " ".join(run.text for run in runs)
                _end_here(lines[-1], words[number:], room, size, whole)
                break
            lines.append([])
            at = 0.0
        lines[-1].append((at, word))
        at += wide + width(" ", size, word.bold)
    return [_joined(line) for line in lines]


def _end_here(
    line: list[Placed], rest: Sequence[Run], room: float, size: float, whole: str
) -> None:
    """Put as much of the next word as fits at the end of a full line, with “…”."""
    at, last = line[-1]
    tail = f"{last.text} {rest[0].text}{ELLIPSIS}" if rest else last.text + ELLIPSIS
    text = shorten(tail, room - at, size, bold=last.bold)
    if not text.endswith(ELLIPSIS):
        text += ELLIPSIS
    line[-1] = (at, Run(Cut.of(text, whole), last.bold, last.colour))


def _joined(line: list[Placed]) -> list[Placed]:
    """Neighbouring words of one weight and ink as one run: fewer pieces, real spaces."""
    joined: list[Placed] = []
    for at, word in line:
        if joined:
            start, before = joined[-1]
            if (before.bold, before.colour) == (word.bold, word.colour):
                text = f"{before.text} {word.text}"
                if isinstance(word.text, Cut):
                    text = Cut.of(text, word.text)
                joined[-1] = (start, Run(text, word.bold, word.colour))
                continue
        joined.append((at, word))
    return joined
