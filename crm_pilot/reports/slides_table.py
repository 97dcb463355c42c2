"""Tables of slides: native tables with rules instead of boxes, as wide as the slide allows, going
on to a next slide with their head repeated."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from crm_pilot.records import dataclass
from crm_pilot.reports.content import ContentCell, TablePart
from crm_pilot.reports.slides_board import Board
from crm_pilot.reports.slides_shapes import Para, Run, body_xml, fill_xml, stroke
from crm_pilot.reports.slides_style import BODY, NOTE, cut, emu, leading, lines, wide
from crm_pilot.reports.workbook_sheets import groups, tidy

PAD = 14.0  # between two columns
ABOVE = 4.0  # inner margin above and below the text of a row
MATRIX_ROW = 46.0
GROUP_ROW = leading(NOTE) + 2 * ABOVE
MOST_SECOND = 3
MOST_TITLE = 2  # lines of the title of a column
MOST_LINES = 5  # of a cell; what is longer is shortened with “…”
_NARROW = 110.0  # a column whose texts all fit into this keeps its width
_LEAST = 48.0
_LONGEST_WORD = 200.0  # a longer one is cut
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # the program's table without any look

Row = tuple[ContentCell, ...]


class GroupRow(tuple[ContentCell, ...]):
    """A row that only names the group of the rows after it."""


def is_group(row: Row) -> bool:
    """Whether a row of `columns_of` names a group."""
    return isinstance(row, GroupRow)


@dataclass(frozen=True)
class Measured:
    """A table for a width: its size of text, widths of columns and heights of rows, in points."""

    size: float
    widths: tuple[float, ...]
    heights: tuple[float, ...]
    head: float


def columns_of(part: TablePart) -> TablePart:
    """The part without columns that only hold drawings, or the words of a drawing again; rows
    that name a group are `GroupRow`s."""
    part = tidy(part)
    kept = list(range(len(part.columns)))
    for at, column in enumerate(part.columns):
        if not column.title and not _tells(part, at, kept):
            kept.remove(at)
    named = groups(part)
    return TablePart(
        part.title,
        part.tail,
        tuple(part.columns[at] for at in kept),
        tuple(
            (GroupRow if place in named else tuple)(row[at] for at in kept)
            for place, row in enumerate(part.rows)
        ),
    )


def group_at(part: TablePart, first: int) -> GroupRow | None:
    """The group that goes on where a slide begins with row `first`; None: none, or a new one."""
    for at in range(first, -1, -1):
        row = part.rows[at]
        if isinstance(row, GroupRow):
            return row if at < first else None
    return None


def _tells(part: TablePart, at: int, kept: Sequence[int]) -> bool:
    """Whether a column says what no other of the columns `kept` says in the same row."""
    others = [other for other in kept if other != at]
    return any(
        row[at].text and row[at].text not in {row[other].text for other in others}
        for row in part.rows
    )


def natural(part: TablePart, size: float = BODY) -> list[float]:
    """Width of every column with all its texts on one line."""
    found = []
    for at, column in enumerate(part.columns):
        texts = [wide(column.title, NOTE)]
        for row in part.rows:
            if not is_group(row):
                texts.append(wide(row[at].text, size, bold=row[at].bold))
                texts.append(wide(row[at].second, NOTE) if row[at].second else 0.0)
        found.append(max(texts) + 1)
    return found


def measured(part: TablePart, room: float) -> Measured:
    """The table as wide as `room`; in the smaller size where the larger does not fit."""
    size = BODY
    widths = _even(part, room) if is_matrix(part) else _widths(part, room, size)
    if widths is None:
        size = NOTE
        widths = _widths(part, room, size) or _squeezed(part, room)
    heights = tuple(row_height(part, row, widths, size) for row in part.rows)
    most = max(
        len(lines(column.title, width, NOTE, most=MOST_TITLE))
        for column, width in zip(part.columns, widths, strict=True)
    )
    return Measured(size, tuple(widths), heights, most * leading(NOTE) + 6)


def is_matrix(part: TablePart) -> bool:
    """Whether the cells have grounds: then they are alike, with room in them."""
    return any(cell.tint for row in part.rows for cell in row)


def _even(part: TablePart, room: float) -> list[float]:
    first = natural(part)[0]
    count = len(part.columns) - 1
    return [first, *([(room - first - PAD * count) / count] * count)]


def _widths(part: TablePart, room: float, size: float) -> list[float] | None:
    """Narrow columns as wide as their texts, the others by their need; None: too many words."""
    wanted = natural(part, size)
    free = room - PAD * (len(wanted) - 1)
    if sum(wanted) <= free:
        return _stretched(part, wanted, free)
    least = [
        want if want <= _NARROW else max(_LEAST, word)
        for want, word in zip(wanted, _words(part, size), strict=True)
    ]
    spare = free - sum(least)
    if spare < sum(0.25 * (want - low) ** 0.75 for want, low in zip(wanted, least, strict=True)):
        return None
    return _shared(wanted, least, spare)


def _shared(wanted: Sequence[float], least: Sequence[float], spare: float) -> list[float]:
    """Spare width by the root of what is missing, so that long texts do not take it all; no
    column gets more than it wants."""
    widths = list(least)
    for _ in range(4):
        missing = [max(want - width, 0.0) for want, width in zip(wanted, widths, strict=True)]
        roots = [gap**0.6 for gap in missing]
        if spare < 1 or not sum(roots):
            break
        given = [
            min(gap, spare * root / sum(roots)) for gap, root in zip(missing, roots, strict=True)
        ]
        widths = [width + more for width, more in zip(widths, given, strict=True)]
        spare -= sum(given)
    return widths


def _words(part: TablePart, size: float) -> list[float]:
    """The longest word of every column, which a column has to hold."""
    found = []
    for at, column in enumerate(part.columns):
        told = [(word, NOTE, False) for word in column.title.split(" ")]
        for row in part.rows:
            if not is_group(row):
                told += [(word, size, row[at].bold) for word in row[at].text.split(" ")]
                told += [(word, NOTE, False) for word in row[at].second.split(" ")]
        longest = max((wide(text, height, bold=bold) for text, height, bold in set(told)))
        found.append(min(longest + 1, _LONGEST_WORD))
    return found


def _stretched(part: TablePart, wanted: list[float], free: float) -> list[float]:
    """Spare width goes to the columns of words, by what they hold."""
    spare = free - sum(wanted)
    words = [
        want if column.align == "left" else 0.0
        for want, column in zip(wanted, part.columns, strict=True)
    ]
    total = sum(words)
    if not total:
        return [want + spare / len(wanted) for want in wanted]
    return [want + spare * word / total for want, word in zip(wanted, words, strict=True)]


def _squeezed(part: TablePart, room: float) -> list[float]:
    """A table of more words than a slide can hold: its words first, then by need."""
    wanted, least = natural(part, NOTE), _words(part, NOTE)
    free = room - PAD * (len(wanted) - 1)
    if sum(least) > free:
        return [free * low / sum(least) for low in least]
    return _shared(wanted, least, free - sum(least))


def row_height(part: TablePart, row: Row, widths: Sequence[float], size: float) -> float:
    """Height of a row: of its longest cell."""
    if is_group(row):
        return GROUP_ROW
    tallest = max(
        len(_first(cell, width, size)) * leading(size) + len(_second(cell, width)) * leading(NOTE)
        for cell, width in zip(row, widths, strict=True)
    )
    least = MATRIX_ROW if any(cell.tint for cell in row) else leading(size)
    return max(tallest, least) + 2 * ABOVE


def _first(cell: ContentCell, width: float, size: float) -> list[str]:
    if not cell.text:
        return []
    return lines(cell.text, width, size, bold=cell.bold, most=MOST_LINES)


def _second(cell: ContentCell, width: float) -> list[str]:
    return lines(cell.second, width, NOTE, most=MOST_SECOND) if cell.second else []


def cuts(part: TablePart, sizes: Measured, first: float, later: float) -> list[tuple[int, int]]:
    """Which rows stand on which slide: at most `first` points of height on the first, `later` on
    the others, shared out evenly. No name of a group is left alone at the foot."""
    best = _filled(part, sizes, first, later)
    low, high = max(sizes.heights, default=0.0) + sizes.head, max(first, later)
    while len(best) > 1 and high - low > 4:
        middle = (low + high) / 2
        tried = _filled(part, sizes, min(first, middle), min(later, middle))
        if len(tried) == len(best):
            best, high = tried, middle
        else:
            low = middle
    return best


def _filled(part: TablePart, sizes: Measured, first: float, later: float) -> list[tuple[int, int]]:
    edges, used, room = [0], sizes.head, first
    for at, high in enumerate(sizes.heights):
        if used + high > room and at > edges[-1]:
            edge = at
            while edge - 1 > edges[-1] and is_group(part.rows[edge - 1]):
                edge -= 1
            edges.append(edge)
            again = GROUP_ROW if group_at(part, edge) is not None else 0.0
            used, room = sizes.head + again + sum(sizes.heights[edge:at]), later
        used += high
    edges.append(len(sizes.heights))
    return list(pairwise(edges))


# drawing -----------------------------------------------------------------------------------------


def draw_table(
    board: Board,
    part: TablePart,
    sizes: Measured,
    rows: tuple[int, int],
    x: float,
    y: float,
    describe: str,
) -> float:
    """The head and some rows; its height."""
    first, last = rows
    heights = [sizes.head, *sizes.heights[first:last]]
    gaps = [PAD] * (len(sizes.widths) - 1) + [0.0]
    widths = [width + gap for width, gap in zip(sizes.widths, gaps, strict=True)]
    grid = "".join(f'<a:gridCol w="{emu(width)}"/>' for width in widths)
    lined = [_head(part, sizes, board.language)]
    standing = group_at(part, first)
    if standing is not None:
        heights.insert(1, GROUP_ROW)
        lined.append(_line(part, standing, sizes, board.language, total=False))
    lined += [
        _line(part, part.rows[at], sizes, board.language, total=_total(part, at + 1, last))
        for at in range(first, last)
    ]
    made = "".join(
        f'<a:tr h="{emu(high)}">{cells}</a:tr>' for high, cells in zip(heights, lined, strict=True)
    )
    inner = (
        f'<a:tbl><a:tblPr firstRow="1"><a:tableStyleId>{_NO_STYLE}</a:tableStyleId></a:tblPr>'
        f"<a:tblGrid>{grid}</a:tblGrid>{made}</a:tbl>"
    )
    board.graphic(x, y, sum(widths), sum(heights), inner, "table", "Table", describe)
    return sum(heights)


def _total(part: TablePart, at: int, last: int) -> bool:
    """Whether the row after this one is the total: all of it bold."""
    if at != len(part.rows) - 1 or at >= last:
        return False
    told = [cell for cell in part.rows[at] if cell.text]
    return len(told) > 1 and all(cell.bold for cell in told)


def _head(part: TablePart, sizes: Measured, language: str) -> str:
    titles = [
        cut(column.title, width, NOTE, most=MOST_TITLE)
        for column, width in zip(part.columns, sizes.widths, strict=True)
    ]
    return "".join(
        _cell(
            (Para((Run(titles[at], False, "muted", NOTE),), column.align),),
            language,
            heavy=True,
            gap=at + 1 < len(part.columns),
            anchor="b",
        )
        for at, column in enumerate(part.columns)
    )


def _line(part: TablePart, row: Row, sizes: Measured, language: str, *, total: bool) -> str:
    if is_group(row):
        para = Para((Run(row[0].text, True, "muted", NOTE),))
        span = len(row)
        return _cell((para,), language, span=span) + _cell((), language, merged=True) * (span - 1)
    cells = []
    for at, (cell, column, width) in enumerate(zip(row, part.columns, sizes.widths, strict=True)):
        paras = []
        if cell.text or not cell.second:
            text = cut(cell.text, width, sizes.size, bold=cell.bold, most=MOST_LINES)
            paras.append(Para((Run(text, cell.bold, "text", sizes.size),), column.align))
        if cell.second:
            text = cut(cell.second, width, NOTE, most=MOST_SECOND)
            paras.append(Para((Run(text, False, "muted", NOTE),), column.align))
        anchor = "ctr" if any(one.tint for one in row) else "t"
        gap = at + 1 < len(row)
        cells.append(_cell(paras, language, heavy=total, gap=gap, anchor=anchor, tint=cell.tint))
    return "".join(cells)


def _cell(
    paras: Sequence[Para],
    language: str,
    *,
    heavy: bool = False,
    gap: bool = False,
    span: int = 1,
    merged: bool = False,
    anchor: str = "t",
    tint: str = "",
) -> str:
    """A cell with a rule below and no other edge; with a ground, white edges all round."""
    body = body_xml(paras, language, tag="a")
    body = body[: body.index("<a:bodyPr")] + "<a:bodyPr/>" + body[body.index("<a:lstStyle") :]
    if tint:
        edges = "".join(stroke("surface", 2.0).replace("a:ln", f"a:ln{side}") for side in "LRTB")
        place = f'marL="{emu(PAD / 2)}" marR="{emu(PAD / 2)}" marT="0" marB="0" anchor="{anchor}"'
        return f"<a:tc>{body}<a:tcPr {place}>{edges}{fill_xml(tint)}</a:tcPr></a:tc>"
    none = "".join(f'<a:ln{side} w="0"><a:noFill/></a:ln{side}>' for side in "LRT")
    below = stroke("text" if heavy else "line", 0.75 if heavy else 0.5)
    below = below.replace("<a:ln ", "<a:lnB ").replace("</a:ln>", "</a:lnB>")
    spans = f' gridSpan="{span}"' if span > 1 else ' hMerge="1"' if merged else ""
    up, down = (0.0, 3.0) if anchor == "b" else (ABOVE, ABOVE)
    return (
        f'<a:tc{spans}>{body}<a:tcPr marL="0" marR="{emu(PAD if gap else 0)}" marT="{emu(up)}" '
        f'marB="{emu(down)}" anchor="{anchor}">{none}{below}<a:noFill/></a:tcPr></a:tc>'
    )
