"""Reads one file in a process of its own: prints the refusal, the time and the largest memory."""

from __future__ import annotations

import json
import resource
import sys
import time
from pathlib import Path

from crm_pilot import exchange
from crm_pilot.errors import UserError
from crm_pilot.exchange.reading import read_table
from crm_pilot.project import Project


def main(path: Path, kind: str) -> None:
    """Read `path` as a table, or plan its import when a kind is given."""
    said = ""
    with Project.create(name="Bomb", country="FR") as project:
        begun = time.perf_counter()
        try:
            if kind:
                exchange.plan_import(kind, path, project.reader, language="fr")
            else:
                read_table(path)
        except UserError as error:
            said = str(error)
        took = time.perf_counter() - begun
    status = Path("/proc/self/status")
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if status.exists():  # ru_maxrss there starts with what the parent had before exec
        own = int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
    started = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(json.dumps([said, took, own, started]))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
