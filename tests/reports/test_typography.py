"""Texts on paper: bound, wrapped, shortened with a visible mark; fonts with tabular figures."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from reportlab.pdfbase.pdfmetrics import stringWidth

from crm_pilot.paths import resource
from crm_pilot.reports import styles
from crm_pilot.reports.typography import Run, balanced, bind, shorten, width, wrap, wrap_runs

N, W = "\u202f", "\xa0"
TEXT = "Reprise des données historiques des comptes clés et de leurs contacts rattachés"


@pytest.mark.parametrize(
    ("plain", "bound"),
    [
        ("Prêt : oui", f"Prêt{N}: oui"),
        ("le 12 janvier 2027", f"le 12{W}janvier{W}2027"),
        ("7 j et 469 k€", f"7{W}j et 469{W}k€"),
        ("la vague 3 du COPIL 7", f"la vague{W}3 du COPIL{W}7"),
        ("3e essai, 1er lot", "3ᵉ essai, 1ᵉʳ lot"),
        ("20 / 60 / 20", f"20{W}/{W}60{W}/{W}20"),
        ("7 jours", "7 jours"),
        ("à 14:02\nle soir", "à 14:02 le soir"),
    ],
)
def test_french_is_bound_for_paper(plain: str, bound: str) -> None:
    assert bind(plain, "fr") == bound


def test_english_keeps_its_punctuation_and_binds_dates() -> None:
    assert bind("Ready: 12 Jan 2027; 3e", "en") == f"Ready: 12{W}Jan{W}2027; 3e"


@pytest.mark.parametrize("room", [30, 60, 120, 300])
def test_lines_fit_and_lose_nothing(room: float) -> None:
    lines = wrap(TEXT, room)
    assert all(width(line) <= room for line in lines)
    assert "".join(lines).replace(" ", "") == TEXT.replace(" ", "")


def test_too_many_lines_end_with_a_visible_mark() -> None:
    lines = wrap(TEXT, 120, most=2)
    assert len(lines) == 2
    assert lines[-1].endswith("…")
    assert width(lines[-1]) <= 120
    assert wrap("court", 120, most=2) == ["court"]
    assert wrap("", 120) == [""]


def test_no_break_spaces_hold() -> None:
    assert wrap(f"le 12{W}janvier{W}2027", width("12 janvier 2027") + 1) == [
        "le",
        f"12{W}janvier{W}2027",
    ]


def test_a_word_wider_than_the_line_is_cut() -> None:
    lines = wrap("a" * 80, 60)
    assert len(lines) > 1
    assert all(width(line) <= 60 for line in lines)


def test_shortened_text_fits_and_shows_it() -> None:
    assert shorten(TEXT, 100).endswith("…")
    assert width(shorten(TEXT, 100)) <= 100
    assert shorten("court", 100) == "court"
    assert shorten(TEXT, 1) == "…"


def test_a_sentence_breaks_between_its_clauses_or_in_the_middle() -> None:
    sentence = (
        "La vague 3 glisse de 7 jours, au 12 janvier 2027 : le comité a 3 décisions à prendre."
    )
    assert balanced(sentence, 523, 20)[0].endswith("2027 :")
    one = balanced(
        "Une phrase assez longue pour deux lignes mais sans la moindre pause dedans", 523, 20
    )
    assert len(one) == 2
    assert abs(width(one[0], 20, True) - width(one[1], 20, True)) < 150
    assert len(balanced("mot " * 80, 523, 20)) == 2


def test_runs_of_two_weights_wrap_together() -> None:
    lines = wrap_runs([Run("Adoption à 68 %.", bold=True), Run(TEXT)], 150, most=2)
    assert len(lines) == 2
    for line in lines:
        at, last = line[-1]
        assert at + width(last.text, 9.5, last.bold) <= 150
    assert lines[0][0][1].bold
    assert lines[-1][-1][1].text.endswith("…")


@pytest.mark.parametrize("file", ["Inter-Regular.ttf", "Inter-SemiBold.ttf"])
def test_the_tabular_digits_are_those_of_the_font(file: str) -> None:
    path: Path = resource("fonts", file)
    found = TTFont(path)
    features = found["GSUB"].table.FeatureList.FeatureRecord
    lookup = next(f.Feature.LookupListIndex[0] for f in features if f.FeatureTag == "tnum")
    glyphs: dict[str, str] = {}
    for table in found["GSUB"].table.LookupList.Lookup[lookup].SubTable:
        glyphs |= getattr(table, "ExtSubTable", table).mapping
    names = found.getBestCmap()
    ids = [found.getGlyphID(glyphs[names[ord("0") + digit]]) for digit in range(10)]
    assert ids == [styles._TABULAR_ZERO + digit for digit in range(10)]


def test_tabular_digits_are_equally_wide_and_the_others_are_not() -> None:
    assert len({round(width(str(d), 9.5, False, True), 4) for d in range(10)}) == 1
    assert width("1", 9.5, True, True) == width("8", 9.5, True, True)
    assert width("1") < width("8")


def test_a_tint_is_a_plain_colour() -> None:
    assert styles.colour("adoption 11%").hexval() == "0xe3f2ef"
    assert styles.colour("accent").hexval() == "0x2a56c6"


def test_a_width_is_that_of_the_library() -> None:
    for text in ("Été 2026 : 12 % « oui »", "", "→ 31", "漢"):
        for bold in (False, True):
            name = styles.font(bold=bold, tabular=False)
            assert width(text, 9, bold) == pytest.approx(stringWidth(text, name, 9))
