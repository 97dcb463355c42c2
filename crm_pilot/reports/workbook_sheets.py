"""Which sheets a document becomes: a table each, a chart as the table behind it."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import field, replace
from functools import cached_property

from crm_pilot.i18n import Translator
from crm_pilot.records import dataclass
from crm_pilot.reports.chart_tables import chart_cells
from crm_pilot.reports.content import (
    ChartPart,
    Content,
    ContentCell,
    FactsPart,
    ListPart,
    NotePart,
    Part,
    TablePart,
    WeatherPart,
)
from crm_pilot.reports.workbook_cells import plain

__all__ = ["Leaf", "Leaves", "leaves", "plain"]

_WIDEST, _NARROWEST = 60, 7
MOST_TAB = 31  # characters, the limit of the format
Rows = list[list[ContentCell]]


@dataclass
class Leaf:
    """A sheet: its tab, what it is headed when printed, titles and rows."""

    name: str
    heading: str
    titles: list[str]
    rows: Rows

    @cached_property
    def widths(self) -> list[float]:
        """Widths of the columns in characters: of titles and texts."""
        return [
            _wide([title, *(self.seen(row[at]) for row in self.rows)])
            for at, title in enumerate(self.titles)
        ]

    @staticmethod
    def seen(cell: ContentCell) -> str:
        """What a cell shows, as wide as it is."""
        if isinstance(cell.value, dt.date):
            return "00/00/0000 "
        return cell.value if isinstance(cell.value, str) else cell.text


@dataclass
class Leaves:
    """The sheets of a document; `pages` are page, text and sheet of the summary's rows."""

    summary: str
    sheets: list[Leaf] = field(default_factory=list)
    pages: list[tuple[str, str, str]] = field(default_factory=list)


def leaves(content: Content, shown: Translator) -> Leaves:
    """Every part of every page: as a sheet, or as a row of the summary."""
    taken = {"history"}  # a name that spreadsheets keep for themselves
    made = Leaves(_tab(shown.tr("Contents"), taken))
    for page in content.pages:
        made.pages.append((page.name, page.sentence, ""))
        for part in page.parts:
            if isinstance(part, NotePart):
                made.pages.append(("", part.text, ""))
                continue
            titles, rows = _table(part, shown)
            if not rows:
                continue
            title = part.title or page.name
            name = _tab(title, taken)
            heading = f"{title}, {part.tail}" if part.tail else title
            made.sheets.append(Leaf(name, heading, titles, rows))
            made.pages.append(("", heading, name))
    return made


def _table(part: Part, shown: Translator) -> tuple[list[str], Rows]:
    if isinstance(part, TablePart):
        return _of_table(part, shown)
    if isinstance(part, ChartPart):
        return chart_cells(part.chart, shown)
    if isinstance(part, WeatherPart):
        titles = [shown.tr("Axis"), shown.tr("Weather"), shown.tr("Trend"), shown.tr("Detail")]
        return titles, [
            [_text(one.axis), _text(one.word), _text(one.trend_word), _text(one.line)]
            for one in part.rows
        ]
    if isinstance(part, ListPart):
        titles = [shown.tr("Subject"), shown.tr("Detail")]
        return titles, [[_text(lead), _text(detail)] for lead, detail in part.items]
    if isinstance(part, FactsPart):
        titles = [shown.tr("Figure"), shown.tr("Detail")]
        return titles, [[_text(figure), _text(text)] for figure, text in part.items]
    return [], []


def _of_table(part: TablePart, shown: Translator) -> tuple[list[str], Rows]:
    """Columns without title and values (drawings) are left out, second lines are a column, and
    the name of a group stands in every row of the group."""
    part = tidy(part)
    kept = [
        at
        for at, column in enumerate(part.columns)
        if column.title or any(row[at].text or row[at].value is not None for row in part.rows)
    ]
    second = {at for at in kept if any(row[at].second for row in part.rows)}
    named = groups(part)
    grouped = bool(named)
    titles = [shown.tr("Group")] if grouped else []
    for at in kept:
        title = part.columns[at].title
        titles += [title, f"{title} (2)"] if at in second else [title]
    rows: Rows = []
    group = _text("")
    for place, row in enumerate(part.rows):
        if place in named:
            group = _text(row[0].text)
            continue
        line = [group] if grouped else []
        for at in kept:
            line += [row[at], _text(row[at].second)] if at in second else [row[at]]
        rows.append(line)
    return titles, rows


def tidy(part: TablePart) -> TablePart:
    """The same without blank first lines: where a mark was drawn over a word, the word remains."""
    rows = tuple(
        tuple(
            replace(cell, text=cell.second, second="")
            if cell.second and not cell.text.strip()
            else cell
            for cell in row
        )
        for row in part.rows
    )
    return replace(part, rows=rows)


def groups(part: TablePart) -> frozenset[int]:
    """The rows of a table that only name the group of the rows after them: a bold first cell and
    nothing else. Where every first cell is bold, these are the headings of their rows."""
    if all(row[0].bold for row in part.rows):
        return frozenset()
    return frozenset(
        at
        for at, (first, *rest) in enumerate(part.rows)
        if rest
        and first.bold
        and not first.second
        and all(not one.text and one.value is None for one in rest)
    )


def _text(text: str) -> ContentCell:
    return ContentCell(text, text)


def _wide(texts: list[str]) -> float:
    longest = max(len(line) for text in texts for line in text.splitlines() or [""])
    return min(_WIDEST, max(_NARROWEST, longest + 3))  # the arrow of the filter


def _short(name: str, most: int) -> str:
    """As many whole words as fit, with “…” where some are left out."""
    if len(name) <= most:
        return name
    kept = name[:most].rsplit(" ", 1)[0] if " " in name[:most] else name
    return kept[: most - 1].rstrip(" ,;:'’-") + "…"


def _tab(title: str, taken: set[str]) -> str:
    """A name that a sheet may have, not taken yet."""
    clean = re.sub(r"[\[\]:*?/\\]", " ", plain(title))
    clean = " ".join(clean.split()).strip("' ") or "1"
    tab, number = _short(clean, MOST_TAB), 2
    while tab.casefold() in taken:
        tab = f"{_short(clean, MOST_TAB - 4)} ({number})"
        number += 1
    taken.add(tab.casefold())
    return tab
