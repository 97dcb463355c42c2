"""Every real file of the corpus: read right, or refused with a sentence; never anything else.

A process a folder reads each file, compares it with what is known of it, and plans its import as
every kind. The table of outcomes is printed at the end of the run.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

FOLDERS = {  # folder: files to import, of which are read
    "crm-opportunities": (4, 4),
    "crm-salesforce-elf": (1, 1),
    "csv-agate": (17, 10),
    "csv-csvkit": (47, 44),
    "csv-pollock-polluted": (16, 15),
    "csv-pollock-survey": (27, 27),
    "csv-spectrum": (12, 12),
    "fr-encodings": (2, 2),
    "importer-fixtures": (6, 6),
    "people-fr": (4, 4),
    "tickets-glpi": (1, 1),
    "tickets-servicenow-uci": (1, 1),
    "training-fr": (4, 4),
    "training-teams": (1, 1),
    "xlsx-calamine": (57, 41),
    "xml-bombs": (4, 0),
}
MEBIBYTES = 300
HANG = 300  # seconds for a folder: a guard against a hang, no measure of speed


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_read_right_or_refused(
    folder: str, corpus: Path, record_property: Callable[[str, object], None]
) -> None:
    pytest.importorskip("resource")  # not on Windows
    run = subprocess.run(
        [sys.executable, str(Path(__file__).with_name("corpus_child.py")), str(corpus), folder],
        capture_output=True,
        text=True,
        timeout=HANG,
    )
    assert run.returncode == 0, run.stderr[-2000:]
    found = json.loads(run.stdout)
    files = found["files"]
    record_property("printed", table(folder, found))
    assert [(f["file"], f["wrong"]) for f in files if f["wrong"]] == []
    assert (len(files), sum(f["read"] for f in files)) == FOLDERS[folder]
    assert found["own"] + found["started"] < MEBIBYTES


def table(folder: str, found: dict) -> str:
    """Outcomes of a folder as lines."""
    read = sum(f["read"] for f in found["files"])
    lines = [
        f"{folder}: {read} read, {len(found['files']) - read} refused,"
        f" peak {found['own']:.0f} + {found['started']:.0f} MiB"
    ]
    for f in found["files"]:
        how = "read   " if f["read"] else "refused"
        shape = f"{f['encoding']:8} {f['delimiter']:5} {f['size']:9}" if f["read"] else " " * 24
        lines.append(
            f"  {how} {f['file'][:44]:44} {shape} {f['plans']:10} {f['compared']:12}"
            f" {f['sentence'][:110]}"
        )
    return "\n".join(lines)
