"""The preview of the printed Gantt follows every choice: laying 2,000 lines out again, with the
page that is shown, against writing the same pages to a PDF, in one run."""

from __future__ import annotations

import statistics

import pytest

from crm_pilot.reports.gantt_pages import as_pdf, draw
from crm_pilot.reports.gantt_pages_options import Options
from tests.benchmarks.floor import timed
from tests.reports.printed import plan

RUNS = 7
LIMIT = 0.15


@pytest.mark.slow
def test_laying_out_again_takes_little_beside_writing() -> None:
    source, options = plan(2000, 30), Options()
    first = draw(source, options, "fr")

    def again() -> None:
        made = draw(source, options, "fr")
        made.sheet(made.layout.pages[3])

    again()
    laid, written = [], []
    for _ in range(RUNS):
        laid.append(timed(again))
        written.append(timed(lambda: as_pdf(first)))
    spent, whole = statistics.median(laid), statistics.median(written)
    print(
        f"\nlaid out {spent:.0f} ms, PDF of {len(first.layout.pages)} pages"
        f" {whole:.0f} ms, ratio {spent / whole:.2f}"
    )
    assert spent / whole <= LIMIT
