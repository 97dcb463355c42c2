"""A process of its own in which a spreadsheet is opened: what breaks there breaks nothing else.

It answers questions on its input, one line of JSON each: `["lead", sheet]` with the first rows,
`["rows", sheet]` with all of them in blocks. It knows nothing of the program and starts in 40 ms.
"""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from typing import Any

# Bytes of addresses, beyond which the system refuses more (not on Windows): what a small sheet
# needs, and twice what the file unpacks to
MEMORY, TIMES = 200 << 20, 2
LEAD = 40
BLOCK = 500  # rows of an answer, or
CHARACTERS = 1 << 20
MOST_CELLS = 12_000_000  # of the rectangle around all cells of a sheet


def limit_memory(unpacked: int) -> None:
    """Ask the system to refuse more memory than a real file of `unpacked` bytes needs."""
    most = MEMORY + TIMES * unpacked
    try:
        import resource
    except ImportError:  # Windows
        return
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    if hard == resource.RLIM_INFINITY or hard > most:
        resource.setrlimit(resource.RLIMIT_AS, (most, most))


def text_of(cell: Any) -> str:
    """A cell as text: dates in ISO form, whole numbers without decimals."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, (dt.datetime, dt.date, dt.time)):
        return cell.isoformat()
    return str(cell)


def rows_of(sheet: Any, most: int = 0) -> Iterator[tuple[int, list[str]]]:
    """(row number from 1, cells) of the rows that have anything."""
    before = [""] * sheet.start[1] if sheet.start else []
    for number, row in enumerate(sheet.iter_rows(), 1):
        if most and number > most:
            return
        cells = [text_of(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if cells:
            yield number, before + cells


class Answers:
    """Answers questions about one workbook."""

    def __init__(self, path: str) -> None:
        from python_calamine import CalamineWorkbook

        self._book = CalamineWorkbook.from_path(path)
        self._name: str | None = None
        self._sheet: Any = None

    def names(self) -> list[str]:
        """Every sheet."""
        return list(self._book.sheet_names)

    def answer(self, question: str, name: str) -> Iterator[list[Any]]:
        """What to say to a question."""
        if name != self._name:
            self._sheet = None  # the one before need not be kept
            self._sheet, self._name = self._book.get_sheet_by_name(name), name
        height, width = self._sheet.total_height, self._sheet.total_width
        if height * width > MOST_CELLS:
            yield ["large", height, width]
            return
        block, characters = [], 0
        for row in rows_of(self._sheet, LEAD if question == "lead" else 0):
            block.append(row)
            characters += sum(map(len, row[1]))
            if len(block) == BLOCK or characters > CHARACTERS:
                yield ["block", block]
                block, characters = [], 0
        yield ["block", block]
        yield ["end"]


def main(path: str, unpacked: str) -> int:
    """Answer until the input ends. `unpacked`: bytes the file holds when unpacked."""
    limit_memory(int(unpacked))
    out, inn = sys.stdout.buffer, sys.stdin.buffer

    def say(answer: list[Any]) -> None:
        out.write(json.dumps(answer).encode() + b"\n")
        out.flush()

    try:
        answers = Answers(path)
        say(["sheets", answers.names()])
    except BaseException as error:  # a panic of the library is no Exception
        say(["error", type(error).__name__])
        return 0
    for line in inn:
        question, name = json.loads(line)
        try:
            for answer in answers.answer(question, name):
                say(answer)
        except BaseException as error:
            say(["error", type(error).__name__])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], sys.argv[2]))
