"""Reads every file of one folder of the corpus in a process of its own and says how it went.

`python corpus_child.py CORPUS FOLDER` prints one JSON object: an outcome a file, and the largest
memory of this process and of those it started.
"""

from __future__ import annotations

import csv
import json
import re
import resource
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from crm_pilot import exchange
from crm_pilot.errors import UserError
from crm_pilot.exchange.headers import is_dropped
from crm_pilot.exchange.reading import Table, read_table
from crm_pilot.exchange.registry import KINDS
from crm_pilot.exchange.sheet_process import text_of
from crm_pilot.i18n import Translator
from crm_pilot.project import Project

NOT_DATA = ("EXPECTED.json", "clean/", "parameters/", "json/")
BY_HAND = {
    "location_coordinates.csv": "by eye (its JSON has another number)",
    "O18_air.csv": "by eye (slip in line 20 of the clean form)",
    "mos-oct-dec-2014.csv": "by eye (the clean form lacks titles inside)",
}
Rows = list[list[str]]


@dataclass
class Outcome:
    """What became of one file."""

    file: str
    read: bool = False
    encoding: str = ""
    delimiter: str = ""
    size: str = ""
    problems: int = 0
    compared: str = ""
    sentence: str = ""
    wrong: str = ""
    plans: str = ""
    seconds: float = 0.0


def data_files(folder: Path) -> list[Path]:
    """The files somebody might want to import."""
    found = (path for path in folder.rglob("*") if path.is_file())
    return sorted(p for p in found if not str(p.relative_to(folder)).startswith(NOT_DATA))


def outcome_of(path: Path, folder: Path, project: Project) -> Outcome:
    """Read one file, compare it with what is known, and plan its import as every kind."""
    outcome = Outcome(str(path.relative_to(folder)))
    begun = time.perf_counter()
    try:
        table = read_table(path)
    except UserError as error:
        outcome.sentence = str(error)
        if path.name not in outcome.sentence:
            outcome.wrong = "the sentence does not name the file"
        outcome.wrong = outcome.wrong or unexpected_refusal(path, folder)
    else:
        outcome.read = True
        outcome.encoding = table.encoding or "sheet"
        outcome.delimiter = {"\t": "TAB", " ": "SPACE"}.get(table.delimiter, table.delimiter)
        outcome.size = f"{len(table.rows)}×{len(table.headers)}"
        outcome.problems = len(table.problems)
        outcome.sentence = table.problems[0].sentence.english() if table.problems else ""
        outcome.compared, outcome.wrong = compare(table, path, folder)
    outcome.plans = " ".join(planned(kind, path, project) for kind in KINDS)
    outcome.seconds = round(time.perf_counter() - begun, 2)
    return outcome


def planned(kind: str, path: Path, project: Project) -> str:
    """`+` a plan, `!` a plan with problems, `-` refused; every sentence is spoken in French."""
    french = Translator("fr")
    try:
        plan = exchange.plan_import(kind, path, project.reader, language="fr")
    except UserError as error:
        french.show(error.message)
        return "-"
    for problem in plan.problems:
        french.show(problem.sentence)
    why = plan.understood
    for message in (*plan.summary, why.encoding_why, why.delimiter_why, why.header_why, why.dates):
        if message is not None:
            french.show(message)
    return "+" if plan.ok else "!"


# what is known ---------------------------------------------------------------------------------


def unexpected_refusal(path: Path, folder: Path) -> str:
    """Why a file should not have been refused; empty when it rightly was."""
    expected = expectations(folder).get(str(path.relative_to(folder)), {})
    if path.suffix in (".json", ".txt"):
        return ""
    sizes = expected.get("calamine", {})
    if sizes:
        full = [sheet for sheet, size in sizes.items() if size != [0, 0]]
        return "" if "error" in sizes or not full or path.name in BLANK else f"it has {full}"
    clean = folder / "clean" / path.name
    if clean.exists() and clean.stat().st_size:
        return "it has a clean form"
    return f"it has {expected['pycsv']['records']} records" if "pycsv" in expected else ""


# every cell of these is empty
BLANK = ("issue343.xls", "pictures_in_cell_and_over_cell.xlsx")


def expectations(folder: Path) -> dict[str, Any]:
    """`EXPECTED.json` of a folder; empty where there is none."""
    path = folder / "EXPECTED.json"
    found: dict[str, Any] = json.loads(path.read_text("utf-8")) if path.exists() else {}
    return found


def compare(table: Table, path: Path, folder: Path) -> tuple[str, str]:
    """(beside what it was compared, what differs)."""
    clean = folder / "clean" / path.name
    if path.name in BY_HAND:
        return BY_HAND[path.name], ""
    if clean.exists():
        return "clean form", beside_clean(table, clean, parameters(folder, path))
    converted = {".xls": "testxls", ".xlsx": "testxlsx"}.get(path.suffix, "")
    if path.stem == "test" and converted and (folder / f"{converted}_converted.csv").exists():
        expected = plain_rows(folder / f"{converted}_converted.csv", "utf-8", ",")
        return "converted", differing(expected, table, typed=True)
    expected_json = folder / "json" / f"{path.stem}.json"
    if expected_json.exists():
        return "json", beside_json(table, expected_json)
    known = expectations(folder).get(str(path.relative_to(folder)), {})
    if "pycsv" in known:
        shape = known["pycsv"]
        rows = plain_rows(path, shape["encoding"], shape["delimiter"] or ",")
        if len(rows) != shape["records"] and any(not any(row) for row in rows):
            rows = [row for row in rows if any(row)]
        return "cell by cell", differing(rows, table) or beside_sizes(table, known)
    if table.sheet:
        return "cell by cell", differing(sheet_rows(path, table.sheet), table)
    return "by eye", ""


def plain_rows(path: Path, encoding: str, delimiter: str) -> Rows:
    """What Python's own reader finds, without rows that hold nothing."""
    with path.open(encoding=encoding, newline="") as handle:
        rows = list(csv.reader(handle, delimiter=delimiter))
    return [row for row in rows if any(cell.strip() for cell in row)]


def sheet_rows(path: Path, sheet: str) -> Rows:
    """What calamine finds when asked directly, without rows that hold nothing."""
    from python_calamine import CalamineWorkbook

    found = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet)
    rows = [[text_of(c) for c in row] for row in found.to_python(skip_empty_area=False)]
    rows = [[cell.replace("\0", "") for cell in row] for row in rows]
    return [row for row in rows if any(cell.strip() for cell in row)]


def differing(expected: Rows, table: Table, *, typed: bool = False) -> str:
    """The first difference from the raw rows, which begin above the header; empty for none."""
    skipped = len(table.above) + table.heading_rows
    named = {problem.line for problem in table.problems}
    left_out = sum(
        "left out" in p.sentence.english() and "headings" in p.sentence.english()
        for p in table.problems
    )
    body = expected[skipped:]
    if len(body) - left_out != len(table.rows):
        return f"{len(table.rows)} rows instead of {len(body)}"
    if table.heading_rows == 1:
        wrong = unlike(expected[skipped - 1], list(table.headers), table, header=True)
        if wrong and not typed:
            return f"header: {wrong}"
    if left_out:
        return ""
    for row, right in zip(table.rows, body, strict=True):
        wrong = unlike(right, row.cells, table, typed=typed)
        if wrong and row.line not in named:
            return f"line {row.line}: {wrong}"
    return ""


def unlike(
    right: list[str], cells: list[str], table: Table, *, header: bool = False, typed: bool = False
) -> str:
    """What differs between two rows; blank cells at the end and dropped columns do not count."""
    for number in range(max(len(right), len(cells))):
        want = right[number] if number < len(right) else ""
        have = cells[number] if number < len(cells) else ""
        label = table.headers[number] if number < len(table.headers) else ""
        if header:
            want, have = " ".join(want.split()), re.sub(r" \(\d+\)$|^\([A-Z]+\)$", "", have)
        elif is_dropped(label):
            want = ""
        if typed:
            want, have = plain_value(want), plain_value(have)
        if want.strip() != have.strip():
            return f"column {number + 1}: {have!r} instead of {want!r}"
    return ""


def plain_value(text: str) -> str:
    """Numbers and truths alike, whoever wrote them."""
    text = text.removesuffix("T00:00:00")
    try:
        return str(float(text))
    except ValueError:
        return text.casefold()


def beside_sizes(table: Table, known: dict[str, Any]) -> str:
    """Rows and columns as an independent reader counts them, where it understood the file."""
    shape = known.get("duckdb", {})
    if "rows" not in shape or shape["columns"] == 1 or known["pycsv"]["delimiter"] is None:
        return ""
    if shape["columns"] != len(table.headers):
        return f"{len(table.headers)} columns instead of {shape['columns']}"
    return ""


def parameters(folder: Path, path: Path) -> dict[str, Any]:
    """What Pollock knows of how a file is written."""
    text = (folder / "parameters" / f"{path.name}_parameters.json").read_text("utf-8")
    found: dict[str, Any] = json.loads(text)
    return found


def beside_clean(table: Table, clean: Path, known: dict[str, Any]) -> str:
    """Rows as in the clean form, except those a problem names by line."""
    expected = plain_rows(clean, "utf-8", ",")
    headings = int(known["header_lines"])
    if table.delimiter != known["delimiter"].strip(" ") and known["delimiter"] != " ":
        return f"delimiter {table.delimiter!r} instead of {known['delimiter']!r}"
    if (table.header_line == 0) != (headings == 0):
        return f"header in line {table.header_line} instead of {headings} rows of header"
    if headings == 1:
        wrong = unlike(expected[0], list(table.headers), table, header=True)
        if wrong and not table.problems:
            return f"header: {wrong}"
    body, rows = expected[1:], table.rows
    named = {problem.line for problem in table.problems}
    more = len(rows) - len(body)
    if more and not (headings > 1 and 0 < more < headings):  # a row of headings taken for data
        return f"{len(rows)} rows instead of {len(body)}"
    for row, right in zip(rows[max(more, 0) :], body, strict=True):
        wrong = unlike(right, row.cells, table)
        if wrong and row.line not in named:
            return f"line {row.line}: {wrong}"
    return ""


def beside_json(table: Table, path: Path) -> str:
    """Rows as the records of a JSON file."""
    records = json.loads(path.read_text("utf-8"))
    records = [records] if isinstance(records, dict) else records
    if len(records) != len(table.rows):
        return f"{len(table.rows)} rows instead of {len(records)}"
    for row, record in zip(table.rows, records, strict=True):
        right = [str(record[header]).replace("\r\n", "\n") for header in table.headers]
        wrong = unlike(right, [cell.replace("\r\n", "\n") for cell in row.cells], table)
        if wrong:
            return f"line {row.line}: {wrong}"
    return ""


def main(corpus: Path, name: str) -> None:
    """Everything of one folder."""
    folder = corpus / name
    with Project.create(name="Corpus", language="en", country="FR") as project:
        outcomes = [outcome_of(path, folder, project) for path in data_files(folder)]
    status = Path("/proc/self/status")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if status.exists():  # ru_maxrss there starts with what the parent had before exec
        own = int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps({"own": own, "started": started, "files": [asdict(o) for o in outcomes]}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
