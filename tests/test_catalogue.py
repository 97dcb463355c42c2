"""The catalogue looked up as it lies gives what the standard library makes of the whole of it."""

from __future__ import annotations

import gettext
import io

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from hypothesis import given
from hypothesis import strategies as st

from crm_pilot.catalogue import Compiled
from crm_pilot.i18n import compiled_catalogue

TEXT = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), include_characters="\n"), min_size=1, max_size=12
)


def compiled(texts: dict[str, str | tuple[str, str]]) -> bytes:
    """A catalogue of French texts; a pair is a text with a plural."""
    made = Catalog(locale="fr")
    for key, text in texts.items():
        made.add(key if isinstance(text, str) else (key, f"{key}s"), text)
    target = io.BytesIO()
    write_mo(target, made)
    return target.getvalue()


def test_every_text_of_ours_is_found() -> None:
    data = compiled_catalogue("fr").read_bytes()
    ours, whole = Compiled(data), gettext.GNUTranslations(io.BytesIO(data))
    entries = vars(whole)["_catalog"]
    assert len(entries) > 5000
    for key in entries:
        if isinstance(key, str):
            assert key == "" or ours.gettext(key) == whole.gettext(key)
        else:
            for n in (0, 1, 2, 1000):
                assert ours.ngettext(key[0], "?", n) == whole.ngettext(key[0], "?", n)


@given(st.dictionaries(TEXT, TEXT | st.tuples(TEXT, TEXT), max_size=20), TEXT, st.integers(0, 30))
def test_it_answers_as_the_standard_library_does(
    texts: dict[str, str | tuple[str, str]], other: str, n: int
) -> None:
    data = compiled(texts)
    ours, whole = Compiled(data), gettext.GNUTranslations(io.BytesIO(data))
    for key in (*texts, other):
        assert ours.gettext(key) == whole.gettext(key)
        if not isinstance(texts.get(key), str):
            assert ours.ngettext(key, f"{key}s", n) == whole.ngettext(key, f"{key}s", n)


def test_what_is_missing_stays_english() -> None:
    ours = Compiled(compiled({"Plan": "Planning"}))
    assert ours.gettext("Nothing") == "Nothing"
    assert ours.ngettext("{n} task", "{n} tasks", 1) == "{n} task"
    assert ours.ngettext("{n} task", "{n} tasks", 2) == "{n} tasks"


@pytest.mark.parametrize("data", [b"", b"\xde\x12\x04\x95", b"PK\x03\x04" + bytes(40)])
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not a compiled catalogue"):
        Compiled(data)
