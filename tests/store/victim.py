"""The process that the torture kills: edits and saves without end, reporting what is committed.

python victim.py FILE SEED     prints "edit N" after each committed edit, "saved N" after a save
"""

from __future__ import annotations

import random
import sys
from pathlib import Path

from crm_pilot.project import Add, Project, Remove, SetField, recoverable


def main(path: Path, seed: int) -> None:
    """Go on from what was recovered, or from the file."""
    dice = random.Random(seed)
    left = [one for one in recoverable() if one.original == path]
    project = Project.recover(left[0]) if left else Project.open(path)
    if project.read_only:
        raise SystemExit("read-only")
    last = project.reader.value("SELECT COALESCE(MAX(number), 0) FROM committee")
    print(f"open {last}", flush=True)
    while True:
        last += 1
        key = project.execute(Add("committee", {"number": last, "held_on": _day(last)}))
        print(f"edit {last}", flush=True)
        for number in range(dice.randrange(3)):
            task = project.execute(Add("task", {"title": f"{last}.{number}", "note": "x" * 3000}))
            if dice.random() < 0.4:
                project.execute(SetField("task", task, "percent", dice.randrange(101)))
            if dice.random() < 0.3:
                project.execute(Remove("task", (task,)))
            if dice.random() < 0.3:
                project.undo()
        project.execute(SetField("committee", key, "note", "done"))
        if dice.random() < 0.25:
            project.save()
            print(f"saved {last}", flush=True)


def _day(number: int) -> object:
    import datetime as dt

    return dt.date(2026, 1, 1) + dt.timedelta(days=number % 3000)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
