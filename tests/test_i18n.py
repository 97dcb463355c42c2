"""Texts in two languages, and French typography."""

from __future__ import annotations

import ast
import datetime as dt
import importlib.util
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_pilot import i18n
from crm_pilot.i18n import Translator, msg, nmsg, typeset

ROOT = Path(__file__).resolve().parent.parent


def test_the_catalogues_are_complete() -> None:
    spec = importlib.util.spec_from_file_location("catalogue", ROOT / "i18n" / "catalogue.py")
    assert spec and spec.loader
    catalogue = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(catalogue)
    assert catalogue.problems() == []


def test_no_text_is_looked_up_inside_an_f_string() -> None:
    """The catalogue's reader does not look into f-strings: such a text would have no French."""
    looked_up = {"tr", "ntr", "N_", "msg", "nmsg"}
    found = []
    for path in sorted((*(ROOT / "crm_pilot").rglob("*.py"), *(ROOT / "ui").rglob("*.py"))):
        for joined in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(joined, ast.JoinedStr):
                continue
            for call in ast.walk(joined):
                if (
                    isinstance(call, ast.Call)
                    and isinstance(call.func, ast.Name)
                    and call.func.id in looked_up
                    and isinstance(call.args[0], ast.Constant)
                ):
                    found.append(f"{path.name}:{call.lineno} {call.args[0].value}")
    assert not found


@pytest.mark.parametrize(
    ("plain", "set_"),
    [
        ("Prêt : oui ; non ? 12 % !", "Prêt\u202f: oui\u202f; non\u202f? 12\u202f%\u202f!"),
        ("« l'outil »", "«\u202fl’outil\u202f»"),
        ("à 14:02", "à 14:02"),
        ("S:\\dossier\\x.crmp", "S:\\dossier\\x.crmp"),
        ("http://exemple", "http://exemple"),
        ("le 12 janv.. Puis…", "le 12 janv. Puis…"),
        ("à suivre...", "à suivre..."),
        ("", ""),
    ],
)
def test_french_typography(plain: str, set_: str) -> None:
    assert typeset(plain, "fr") == set_
    assert typeset(plain, "en") == plain.replace("'", "’")


@given(st.text(max_size=60))
def test_typesetting_twice_changes_nothing_more(text: str) -> None:
    once = typeset(text, "fr")
    assert typeset(once, "fr") == once


def test_messages_wait_for_their_language() -> None:
    message = msg("Change {what}", what=msg("Phase"))
    assert Translator("en").show(message) == "Change Phase"
    assert Translator("fr").show(message) == "Modifier\u202f: Phase"


def test_dates_and_decimals_in_messages_follow_the_language() -> None:
    message = msg("{day}: {value}", day=dt.date(2027, 1, 1), value=2.5)
    assert Translator("fr").show(message) == "1ᵉʳ\u00a0janv.\u202f: 2,5"
    assert Translator("en").show(message) == "1\u00a0Jan: 2.5"


def test_plurals() -> None:
    t = Translator("en")
    assert t.show(nmsg("{n} task", "{n} tasks", 1)) == "1 task"
    assert t.show(nmsg("{n} task", "{n} tasks", 0)) == "0 tasks"


def test_the_window_and_a_document_are_independent() -> None:
    i18n.set_language("fr")
    assert i18n.tr("Phase") == "Phase"
    assert i18n.tr("Task") == "Tâche"
    assert Translator("en").tr("Task") == "Task"


def test_pseudo_language_brackets() -> None:
    i18n.set_language("en", pseudo=True)
    assert i18n.tr("Task") == "⟦Task⟧"
    assert i18n.show(msg("Change {what}", what=msg("Task"))) == "⟦Change Task⟧"


def test_a_stale_compiled_catalogue_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "i18n" / "fr" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    po = folder / "crm_pilot.po"
    po.write_text('msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n')
    monkeypatch.setattr(i18n, "bundled", lambda *parts: tmp_path.joinpath(*parts))
    first = i18n.compiled_catalogue("fr")
    assert first.exists()
    stamp = first.stat().st_mtime_ns
    assert i18n.compiled_catalogue("fr").stat().st_mtime_ns == stamp
