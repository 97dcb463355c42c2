"""Slides and workbooks as LibreOffice draws them: no text over another, nothing lost.

Only where LibreOffice is installed, with fonts as wide as Arial and Calibri (Liberation, Carlito):
    sudo apt-get install libreoffice-impress libreoffice-calc fonts-liberation
        fonts-crosextra-carlito
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest

from crm_pilot.project import Project
from crm_pilot.reports import documents
from tests.governance.rollout import TODAY
from tests.reports.decks import opened
from tests.reports.test_committee_report import lengthened

OFFICE = shutil.which("soffice")
LEAST = 0.4  # of the smaller of two characters: what covers less of it touches it
Box = tuple[float, float, float, float]  # left, bottom, right, top

pytestmark = pytest.mark.skipif(not OFFICE, reason="needs LibreOffice")


def drawn(data: bytes, suffix: str, folder: Path) -> pypdfium2.PdfDocument:
    """What LibreOffice makes of a file, as PDF."""
    file = folder / f"made{suffix}"
    file.write_bytes(data)
    home = (folder / "office").as_uri()  # a profile of its own: two at once refuse each other
    command = [str(OFFICE), "--headless", f"-env:UserInstallation={home}", "--convert-to", "pdf"]
    subprocess.run(
        [*command, "--outdir", str(folder), str(file)], check=True, capture_output=True, timeout=180
    )
    return pypdfium2.PdfDocument(file.with_suffix(".pdf"))


def told(text: str) -> str:
    """A text without its spaces: programs break and set them in their own ways."""
    return re.sub(r"\s", "", text)


def covered(page: pypdfium2.PdfPage) -> list[str]:
    """Characters that lie over each other."""
    text = page.get_textpage()
    marks = sorted((text.get_charbox(at), at) for at in range(text.count_chars()))
    marks = [(box, at) for box, at in marks if _area(box) and text.get_text_range(at, 1).strip()]
    pairs = []
    for place, (one, at) in enumerate(marks):
        for other, beside in marks[place + 1 :]:
            if other[0] >= one[2]:
                break  # in order from the left: all others begin further right
            if abs(at - beside) <= 2:
                continue  # the letters of a ligature share its place
            if _shared(one, other) > LEAST * min(_area(one), _area(other)):
                pairs.append(text.get_text_range(at, 1) + text.get_text_range(beside, 1))
    return pairs


def _area(box: Box) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _shared(one: Box, other: Box) -> float:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(across, 0.0) * max(down, 0.0)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("document", ["flash", "committee", "minutes", "risks", "actions"])
def test_slides(rollout: Project, document: str, language: str, tmp_path: Path) -> None:
    laid = documents.lay(rollout.reader, TODAY, document, language=language, annex=False)
    data = documents.as_file(laid, "pptx")
    made, slides = drawn(data, ".pptx", tmp_path), opened(data).slides
    assert len(made) == len(slides)
    for page, slide in zip(made, slides, strict=True):
        shown = page.get_textpage().get_text_range()
        assert told(slide.shapes.title.text_frame.text) in told(shown)
        assert covered(page) == []


def test_slides_with_the_longest_texts(rollout: Project, tmp_path: Path) -> None:
    lengthened(rollout)
    laid = documents.lay(rollout.reader, TODAY, "committee", language="fr", annex=False)
    for page in drawn(documents.as_file(laid, "pptx"), ".pptx", tmp_path):
        assert covered(page) == []


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_workbook(rollout: Project, language: str, tmp_path: Path) -> None:
    laid = documents.lay(rollout.reader, TODAY, "committee", language=language)
    made = drawn(documents.as_file(laid, "xlsx"), ".xlsx", tmp_path)
    whole = "".join(told(page.get_textpage().get_text_range()) for page in made)
    for page in laid.content.pages:
        assert told(page.sentence) in whole
    for page in made:
        assert covered(page) == []
