"""Reads plan files in a process of its own: prints what was said, how long it took, largest memory.

`python plan_child.py FILE...` prints one JSON object: per file the sentence and the seconds, the
memory before the first and the largest at the end, in MiB. `FILE::STEP` reads the beginnings of the
file, cut at every STEP bytes.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from crm_pilot.errors import UserError
from crm_pilot.exchange.plan_formats import read_plan


def main(names: list[str]) -> None:
    """Read them all."""
    before, found = memory("VmRSS:"), []
    for name in names:
        plain, _, step = name.partition("::")
        path = Path(plain)
        if not step:
            found.append([path.name, *outcome(path, path.name)])
            continue
        data = path.read_bytes()
        for cut in range(0, len(data.rstrip()), int(step)):
            found.append([f"{path.name} at {cut}", *outcome(data[:cut], path.name)])
    print(json.dumps({"files": found, "before": before, "largest": memory("VmHWM:")}))


def outcome(source: Path | bytes, name: str) -> tuple[str, float]:
    """The refusal (empty: it was read) and the seconds."""
    begun = time.perf_counter()
    said = ""
    try:
        read_plan(source, name)
    except UserError as error:
        said = str(error)
    return said, time.perf_counter() - begun


def memory(field: str) -> float:
    """A figure of this process in MiB."""
    status = Path("/proc/self/status").read_text()
    return int(status.partition(field)[2].split()[0]) / 1024


if __name__ == "__main__":
    main(sys.argv[1:])
