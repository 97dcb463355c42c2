"""The list of keys on paper: one page, everything on it, the same bytes each time."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from crm_pilot.errors import UserError
from crm_pilot.reports.keys import Group, make, write

GROUPS: list[Group] = [
    ("Everywhere", [("Ctrl+S", "Save"), ("Ctrl+Y  Ctrl+Shift+Z", "Redo")]),
    (
        "Tables",
        [(f"F{n}", f"Do the thing number {n}, and say so at some length") for n in range(9)],
    ),
    ("Plan", [("Alt+↑  Alt+↓", "Move the line")]),
]


def test_one_page_with_everything() -> None:
    read = PdfReader(io.BytesIO(make(GROUPS, language="en")))
    assert len(read.pages) == 1
    text = " ".join(read.pages[0].extract_text().split())
    for title, rows in GROUPS:
        assert title in text
        for keys, said in rows:
            assert said in text
            assert all(key in text for key in keys.split())
    assert "12 gestures" in text
    assert read.metadata is not None
    assert read.metadata.title == "CRM Pilot – Keys"


def test_same_bytes_and_french_spaces() -> None:
    assert make(GROUPS, language="fr") == make(GROUPS, language="fr")
    said = [("Tableaux", [("Ctrl+D", "Recopier : vers le bas")])]
    text = PdfReader(io.BytesIO(make(said, language="fr"))).pages[0].extract_text()
    assert "Recopier\u202f: vers le bas" in text


def test_no_place_to_write(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        write(GROUPS, tmp_path, language="en")
