"""The demonstration's report against reportlab's own time for as many pages of plain tables.

Whole processes, run in turn, ratio of medians; both compiled (a byte-code cache of their own).
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from tests.benchmarks.floor import timed

RUNS = 9
LIMIT = 3.0
TABLES = """
import sys
from reportlab.platypus import PageBreak, SimpleDocTemplate, Table

rows = [[f"Row {n}", "12 Jan 2027", "Owner", str(n), "4.2"] for n in range(38)]
story = []
for _ in range(int(sys.argv[1])):
    story += [Table(rows), PageBreak()]
SimpleDocTemplate(sys.argv[2]).build(story)
"""


@pytest.mark.slow
def test_the_report_takes_at_most_three_times_plain_tables(demo: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPYCACHEPREFIX": str(tmp_path / "cache")}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    report, tables = tmp_path / "report.pdf", tmp_path / "tables.pdf"

    def run(*arguments: str) -> None:
        command = [sys.executable, *arguments]
        subprocess.run(command, check=True, env=environment, capture_output=True)

    def ours() -> None:
        run("-m", "crm_pilot", "report", str(demo), "--lang", "fr", "-o", str(report))

    ours()
    pages = len(pypdf.PdfReader(report).pages)

    def floor() -> None:
        run("-c", TABLES, str(pages), str(tables))

    floor()
    assert len(pypdf.PdfReader(tables).pages) == pages
    spent: list[float] = []
    least: list[float] = []
    for _ in range(RUNS):
        spent.append(timed(ours))
        least.append(timed(floor))
    ratio = statistics.median(spent) / statistics.median(least)
    print(
        f"report {statistics.median(spent):.0f} ms, {pages} pages of tables"
        f" {statistics.median(least):.0f} ms, ratio {ratio:.2f}"
    )
    assert ratio <= LIMIT
