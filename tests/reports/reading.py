"""A report read back: its texts, fonts and outline, and every text box as it was drawn."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import pypdf
import pytest

from crm_pilot.figures import Level
from crm_pilot.project import Project
from crm_pilot.reports import committee
from crm_pilot.reports.pen import Pen
from tests.governance.rollout import TODAY


@dataclass(frozen=True)
class Box:
    """A text as drawn; y counts from the top of the page."""

    page: int
    x: float
    y: float
    right: float
    size: float
    text: str


def made(project: Project, language: str = "fr", level: str = Level.COMMITTEE) -> bytes:
    """The report of a project as of the roll-out's day."""
    return committee.make(project.reader, TODAY, language=language, level=level)


def opened(data: bytes) -> pypdf.PdfReader:
    """The report opened."""
    return pypdf.PdfReader(io.BytesIO(data))


def plain(text: str) -> str:
    """Text with every kind of space as one blank."""
    return " ".join(text.replace("\u202f", " ").replace("\xa0", " ").split())


def pages(data: bytes) -> list[str]:
    """Text of each page, spaces made plain."""
    return [plain(page.extract_text()) for page in opened(data).pages]


def boxes(
    monkeypatch: pytest.MonkeyPatch,
    project: Project,
    language: str = "fr",
    level: str = Level.COMMITTEE,
) -> list[Box]:
    """Every text of the report with the place it was drawn at."""
    found: list[Box] = []
    write = Pen.text

    def note(pen: Pen, x: float, y: float, text: str, size: float = 9.5, **style: Any) -> float:
        wide = write(pen, x, y, text, size, **style)
        align = style.get("align", "left")
        left = x - wide if align == "right" else x - wide / 2 if align == "middle" else x
        if text.strip():
            found.append(Box(pen.sheet.number, left, y, left + wide, size, text))
        return wide

    monkeypatch.setattr(Pen, "text", note)
    made(project, language, level)
    monkeypatch.undo()
    return found
