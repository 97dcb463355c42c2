"""What separates and what quotes the cells of a text file, and why we think so."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import field, replace
from typing import Any

from crm_pilot.errors import UserError
from crm_pilot.exchange.headers import normal
from crm_pilot.i18n import N_, Message, msg
from crm_pilot.records import dataclass

USUAL = ",;\t|"
UNUSUAL = " :~^#¦§\x1f\x01"  # tried when no usual one makes columns
NAMES = {
    "\t": msg("tabs"),
    " ": msg("spaces"),
    ",": msg("commas"),
    ";": msg("semicolons"),
    "|": msg("vertical bars"),
    ":": msg("colons"),
}
SAMPLE = 1 << 17
ROWS = 500
LEAST = 0.2  # below this nothing makes columns
POOR = 0.3  # below this unusual delimiters are tried
IN_TEXTS = " :#"
BETTER = 0.02  # by how much an unusual way of quoting must be better
LEAD = 20  # rows in which known headings are looked for
CELL = 8 << 20
HINT = re.compile(r"\"?sep=([^\"'])\"?(?:\r\n|\r|\n)")  # Excel's own first line
_QUOTED = re.compile(r'(?:^| )"[^"]*"(?= |$)')
_LINE_END = re.compile(r"\r\n|\r|\n")


@dataclass(frozen=True)
class Dialect:
    """How cells are cut. `width`: cells in most rows."""

    delimiter: str = ","
    quote: str = '"'
    escape: str = ""
    spaced: bool = False  # a space after each delimiter
    width: int = 1
    why: Message = field(default_factory=lambda: msg("one column only: nothing separates cells"))

    @property
    def plain(self) -> bool:
        """Whether cells are quoted as usual."""
        return self.quote == '"' and not self.escape and not self.spaced

    def reader(self, lines: Iterable[str], *, strict: bool = True) -> Iterator[list[str]]:
        """Cells of each record. Raises `csv.Error` when strict."""
        csv.field_size_limit(CELL)
        options: dict[str, Any] = {"delimiter": self.delimiter, "skipinitialspace": self.spaced}
        options |= {"quotechar": self.quote, "doublequote": not self.escape}
        if self.escape:
            options["escapechar"] = self.escape
        return csv.reader(lines, strict=strict, **options)


@dataclass(frozen=True)
class _Trial:
    """A way to cut a sample, and how well it makes columns."""

    dialect: Dialect
    worth: float
    share: float  # of the rows that have the commonest width
    rows: int


def lines_of(text: str) -> Iterator[str]:
    """Lines with their ends, which may be CR, LF or both, even mixed."""
    start = 0
    for found in _LINE_END.finditer(text):
        yield text[start : found.end()]
        start = found.end()
    if start < len(text):
        yield text[start:]


def find_dialect(text: str, known: frozenset[str] = frozenset(), asked: str = "") -> Dialect:
    """The delimiter and quotes that give the most even columns, with two known headings that
    settle it. `asked`: the delimiter the person chose; raises `UserError` for what is none."""
    if asked and (len(asked) > 1 or asked in "\"'\r\n\0"):
        raise UserError(
            N_("“{value}” cannot separate cells: one sign is needed, such as ; or a tab."),
            value=asked,
        )
    hint = HINT.match(text)
    if hint and not asked:
        asked = hint[1]
        text = text[hint.end() :]
    sample, cut = text[:SAMPLE], len(text) > SAMPLE
    marks = asked or USUAL
    trials = [_best(sample, cut, mark, known) for mark in marks]
    best = max(trials, key=lambda trial: trial.worth)
    if best.worth < POOR and not asked:
        others = (_best(sample, cut, mark, known) for mark in UNUSUAL if mark in sample)
        best = max([best, *filter(_sound, others)], key=lambda trial: trial.worth)
    if not asked and _set_apart_by_spaces(sample, best):
        best = _best(sample, cut, " ", known)
    if asked:
        why = msg("the first line of the file says so") if hint else msg("as you chose")
    elif best.worth < LEAST:
        return Dialect()
    else:
        why = _why(best)
    return replace(best.dialect, why=why)


def _why(best: _Trial) -> Message:
    name = NAMES.get(best.dialect.delimiter, best.dialect.delimiter)
    return msg(
        "{name} make {width} columns in {share} % of the rows",
        name=name,
        share=round(best.share * 100),
        width=best.dialect.width,
    )


def _sound(trial: _Trial) -> bool:
    """Whether a sign that is common in texts makes columns from the first row to the last."""
    return trial.dialect.delimiter not in IN_TEXTS or (trial.share > 0.95 and trial.rows > 1)


def _set_apart_by_spaces(sample: str, best: _Trial) -> bool:
    """Whether the first line has none of the delimiter but several words, and most lines have
    cells in quotes with spaces around them."""
    lines = [line for line in sample.splitlines() if line.strip()][:ROWS]
    if best.dialect.delimiter in lines[0] or len(lines[0].split()) < 3:
        return False
    quoted = sum(bool(_QUOTED.search(line)) for line in lines)
    return quoted > 0.9 * len(lines)


def _best(sample: str, cut: bool, mark: str, known: frozenset[str]) -> _Trial:
    """The best way of quoting for a delimiter; an unusual one must be better."""
    best: _Trial | None = None
    for dialect in _quotings(sample, mark):
        trial = _measure(sample, cut, dialect, known)
        if best is None or trial.worth > best.worth + BETTER:
            best = trial
    assert best is not None
    return best


def _quotings(sample: str, mark: str) -> Iterator[Dialect]:
    yield Dialect(mark)
    if mark + ' "' in sample and mark != " ":
        yield Dialect(mark, spaced=True)
    if '\\"' in sample:
        yield Dialect(mark, escape="\\")
    edge = re.escape(mark)
    if (
        len(re.findall(f"(?:^|[\\r\\n]|{edge}) ?'[^'\\r\\n]*'(?={edge}|\\r|\\n|$)", sample[:20000]))
        > 1
    ):
        yield Dialect(mark, quote="'")
        if "\\'" in sample:
            yield Dialect(mark, quote="'", escape="\\")


def _measure(sample: str, cut: bool, dialect: Dialect, known: frozenset[str]) -> _Trial:
    """Worth: share of the rows that have the commonest width, more for wide tables, less where
    quotes do not close, one more where two headings are known."""
    widths: Counter[int] = Counter()
    hits, whole, worth = 0, True, 0.0
    try:
        for number, cells in enumerate(dialect.reader(lines_of(sample))):
            if number >= ROWS:
                break
            if any(cells):
                widths[len(cells)] += 1
            if number < LEAD and len(cells) > 1:
                hits = max(hits, len({normal(cell) for cell in cells} & known))
    except csv.Error as error:
        whole = cut and "unexpected end" in str(error)
        if not whole:
            widths.clear()
            for cells in dialect.reader(lines_of(sample), strict=False):
                widths[len(cells)] += any(cells)
    total = sum(widths.values())
    wide = {width: count for width, count in widths.items() if width > 1}
    if not wide:
        return _Trial(dialect, 0.0, 0.0, total)
    width, count = max(wide.items(), key=lambda item: (item[1], item[0]))
    worth = count / total * (1 - 1 / width) * (1 if whole else 0.9) + (hits > 1)
    return _Trial(replace(dialect, width=width), worth, count / total, total)
