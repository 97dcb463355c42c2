"""The list of keys on paper: one page, everything on it, the same bytes each time."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from pypdf import PdfReader

from crm_pilot.errors import UserError
from crm_pilot.reports.keys import Group, KeyColumns, make, write
from crm_pilot.reports.styles import CONTENT

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


def test_more_than_a_page_goes_on_over_leaf() -> None:
    many = [(f"Place {n}", [(f"F{k}", f"Thing {n}.{k}") for k in range(30)]) for n in range(5)]
    read = PdfReader(io.BytesIO(make(many, language="en")))
    texts = [page.extract_text() for page in read.pages]
    assert len(texts) == 3  # two groups side by side, and no group torn
    for title, rows in many:
        holding = [text for text in texts if f"{title}\n" in text]
        assert len(holding) == 1
        assert all(said in holding[0] for _, said in rows)


def test_rows_stand_closer_where_the_page_asks_for_it() -> None:
    airy = KeyColumns(GROUPS, 1000.0).height(CONTENT)
    close = KeyColumns(GROUPS, airy - 5).height(CONTENT)
    assert close <= airy - 5


def test_no_place_to_write(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="is a folder"):
        write(GROUPS, tmp_path, language="en")
