"""Dated copies of a project file, kept in the person's own data folder and thinned with age.

They are kept away from the original so that a damaged or synced folder does not take them along.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
from pathlib import Path

from crm_pilot.paths import copies_dir
from crm_pilot.records import dataclass

STAMP = "%Y-%m-%dT%H-%M-%S"
KEEP_ALL = dt.timedelta(hours=2)
STEPS = (  # older than, one kept per
    (dt.timedelta(days=1), dt.timedelta(hours=1)),
    (dt.timedelta(days=14), dt.timedelta(days=1)),
    (dt.timedelta(days=70), dt.timedelta(days=7)),
    (dt.timedelta(days=730), dt.timedelta(days=30)),
)


@dataclass(frozen=True)
class Copy:
    """A dated copy: `saved` is when this version was written, `moment` when it was replaced."""

    moment: dt.datetime
    path: Path
    bytes: int
    saved: dt.datetime


def folder_for(project: Path) -> Path:
    """Folder of the copies of `project`."""
    resolved = str(project.resolve())
    mark = hashlib.sha256(resolved.encode()).hexdigest()[:8]
    return copies_dir() / f"{project.stem[:40]}-{mark}"


def list_copies(project: Path) -> list[Copy]:
    """Copies of `project`, newest first."""
    found = []
    for path in folder_for(project).glob("*.crmp"):
        try:
            moment = dt.datetime.strptime(path.stem[:19], STAMP)
        except ValueError:
            continue  # not one of ours
        try:
            stat = path.stat()
        except OSError:
            continue  # thinned by a save that runs just now
        written = dt.datetime.fromtimestamp(stat.st_mtime).replace(microsecond=0)
        found.append(Copy(moment, path, stat.st_size, min(written, moment)))
    return sorted(found, key=lambda copy: (copy.moment, _number(copy.path)), reverse=True)


def _number(path: Path) -> int:
    """Place among the copies of one second: `…T14-02-33.crmp`, then `…T14-02-33-2.crmp`."""
    tail = path.stem[20:]
    return int(tail) if tail.isdecimal() else 1


def keep_copy(project: Path, now: dt.datetime) -> Path:
    """Copy the file as it lies, with its time, into the dated copies; returns the copy."""
    folder = folder_for(project)
    folder.mkdir(parents=True, exist_ok=True)
    stem = now.strftime(STAMP)
    target = folder / f"{stem}.crmp"
    number = 1
    while target.exists():
        number += 1
        target = folder / f"{stem}-{number}.crmp"
    part = target.with_suffix(".part")
    shutil.copyfile(project, part)
    stat = project.stat()
    os.utime(part, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    part.replace(target)
    return target


def thin(project: Path, now: dt.datetime) -> None:
    """Delete the copies that `superfluous` names."""
    copies = list_copies(project)
    unwanted = superfluous([copy.moment for copy in copies], now)
    for copy, unneeded in zip(copies, unwanted, strict=True):
        if unneeded:
            copy.path.unlink(missing_ok=True)


def superfluous(moments: list[dt.datetime], now: dt.datetime) -> list[bool]:
    """For moments sorted newest first: which may go.

    All of the last two hours stay, then one an hour for a day, one a day for two weeks, one a
    week for ten weeks, one a month for two years. The oldest of each slot stays, so that a copy
    once kept is not replaced for ever by younger ones; the newest copy always stays.
    """
    slots: dict[tuple[int, int], int] = {}
    verdict = [True] * len(moments)
    for index, moment in enumerate(moments):
        age = now - moment
        if index == 0 or age < KEEP_ALL:
            verdict[index] = False
            continue
        for band, (limit, width) in enumerate(STEPS):
            if age < limit:
                slot = (band, int(moment.timestamp() // width.total_seconds()))
                slots[slot] = index  # later in the list = older
                break
    for index in slots.values():
        verdict[index] = False
    return verdict
