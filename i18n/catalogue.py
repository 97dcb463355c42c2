"""The catalogues: `update` extracts our strings and merges them, `check` refuses what is wrong.

python i18n/catalogue.py update [FOLDER]   FOLDER: JSON files {English: French or [one, many]}
python i18n/catalogue.py check
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE = ROOT / "i18n" / "crm_pilot.pot"
FRENCH = ROOT / "i18n" / "fr" / "LC_MESSAGES" / "crm_pilot.po"
KEYWORDS = {
    "tr": None,
    "ntr": (1, 2),
    "N_": None,
    "msg": None,
    "nmsg": (1, 2),
    "UserError": None,
}
PLACEHOLDER = re.compile(r"\{(\w*)[^}]*\}")


def extracted() -> Catalog:
    """Every marked string of the program."""
    catalogue = Catalog(project="CRM Pilot", charset="utf-8", fuzzy=False)
    for package in ("crm_pilot", "ui"):
        found = extract_from_dir(
            str(ROOT / package), keywords=KEYWORDS, comment_tags=("Translators:",)
        )
        for name, _line, text, comments, context in found:
            texts = text if isinstance(text, tuple) else (text,)
            if not texts[0]:
                continue
            catalogue.add(
                text, None, [(f"{package}/{name}", 0)], auto_comments=comments, context=context
            )
    return catalogue


def fragments(folder: Path) -> dict[str, str | list[str]]:
    """Translations handed in as JSON files."""
    found: dict[str, str | list[str]] = {}
    for path in sorted(folder.glob("*.json")):
        found |= json.loads(path.read_text("utf-8"))
    return found


def update(folder: Path | None = None) -> None:
    """Write the template and merge it into the French catalogue; nothing is guessed."""
    fresh = extracted()
    old = Catalog(locale="fr", fuzzy=False)
    if FRENCH.exists():
        with FRENCH.open("rb") as handle:
            old = read_po(handle, locale="fr")
    given = fragments(folder) if folder else {}
    merged = Catalog(locale="fr", project="CRM Pilot", charset="utf-8", fuzzy=False)
    for message in sorted((m for m in fresh if m.id), key=_key):
        known = old.get(message.id, message.context) if FRENCH.exists() else None
        translation = given.get(_key(message)) or (known.string if known else None)
        if isinstance(message.id, tuple) and isinstance(translation, str):
            translation = [translation, translation]
        string = tuple(translation) if isinstance(translation, list) else translation
        merged.add(message.id, string or None, [(n, None) for n in _files(message)])
    FRENCH.parent.mkdir(parents=True, exist_ok=True)
    for path, catalogue in ((TEMPLATE, None), (FRENCH, merged)):
        if catalogue is None:
            catalogue = Catalog(project="CRM Pilot", charset="utf-8", fuzzy=False)
            for message in sorted((m for m in fresh if m.id), key=_key):
                catalogue.add(message.id, None, [(n, None) for n in _files(message)])
        temporary = path.with_suffix(".part")
        with temporary.open("wb") as handle:
            write_po(handle, catalogue, width=100, omit_header=False, include_lineno=False)
        lines = temporary.read_text("utf-8").splitlines(keepends=True)
        kept = [line for line in lines if not re.match(r'"(POT-Creation|PO-Revision)-Date', line)]
        temporary.write_text("".join(kept), "utf-8")
        temporary.replace(path)


def _key(message: Message) -> str:
    return message.id[0] if isinstance(message.id, tuple) else message.id


def _files(message: Message) -> list[str]:
    return sorted({name for name, _line in message.locations})


def problems() -> list[str]:
    """What is wrong with the French catalogue, one sentence each."""
    with FRENCH.open("rb") as handle:
        catalogue = read_po(handle, locale="fr")
    found = []
    for message in extracted():
        if not message.id:
            continue
        key = _key(message)
        known = catalogue.get(message.id, message.context)
        strings = [] if known is None else _strings(known)
        if not strings or not all(strings):
            found.append(f"missing: {key!r} ({', '.join(_files(message))})")
            continue
        assert known is not None
        if known.fuzzy:
            found.append(f"fuzzy: {key!r}")
        wanted = {p for text in _ids(message) for p in PLACEHOLDER.findall(text)}
        for string in strings:
            extra = set(PLACEHOLDER.findall(string)) - wanted
            lost = set(PLACEHOLDER.findall(_ids(message)[-1])) - set(PLACEHOLDER.findall(string))
            if extra or lost - {"n"}:
                found.append(f"placeholders differ: {key!r} → {string!r}")
    return found


def _ids(message: Message) -> list[str]:
    return list(message.id) if isinstance(message.id, tuple) else [message.id]


def _strings(message: Message) -> list[str]:
    return list(message.string) if isinstance(message.string, (tuple, list)) else [message.string]


def main(arguments: list[str]) -> int:
    """Command line."""
    if arguments[:1] == ["update"]:
        update(Path(arguments[1]) if arguments[1:] else None)
        return 0
    if arguments[:1] == ["check"]:
        found = problems()
        print("\n".join(found) or "catalogues: complete")
        return 1 if found else 0
    print(__doc__)
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
