"""Kill the process at random points during edits and saves; every committed edit is found again.

`--kills 10000` raises the count. A pool of victims that were forked after the imports keeps one
kill at some tens of milliseconds.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
import traceback
from pathlib import Path

import pytest

from crm_pilot.project import Project, load_models, recoverable
from crm_pilot.store.sqlite import check_file

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")


def run_and_kill(path: Path, seed: int, patience: float, *, saved: bool = False) -> tuple[int, int]:
    """Fork a victim, kill it after `patience` seconds of work; last edit and last save it told.

    `saved`: its work begins with its first save, however slow the machine is.
    """
    from tests.store import victim

    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:  # the victim: never returns
        os.close(reading)
        os.dup2(writing, 1)
        sys.stdout = os.fdopen(1, "w")
        try:
            victim.main(path, seed)
        except BaseException:
            traceback.print_exc(file=sys.__stderr__)
        finally:
            os._exit(3)
    os.close(writing)
    with os.fdopen(reading) as told:
        before = [told.readline()]
        while saved and before[-1] and not before[-1].startswith("saved"):
            before.append(told.readline())
        time.sleep(patience)  # not waiting for anything: the point of the kill is random
        os.kill(child, signal.SIGKILL)
        lines = [*before, *told]
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"the victim ended by itself: {lines[-3:]}"
    whole = [line.split() for line in lines if line.endswith("\n")]
    edits = [int(n) for what, n in whole if what in ("edit", "open")]
    saves = [int(n) for what, n in whole if what == "saved"]
    return max(edits, default=0), max(saves, default=0)


def numbers(project: Project) -> list[int]:
    """Numbers of the committees in the project."""
    return [n for (n,) in project.reader.select("SELECT number FROM committee ORDER BY number")]


def test_no_committed_edit_is_lost(tmp_path: Path, kills: int) -> None:
    load_models()
    path = tmp_path / "torture.crmp"
    with Project.create(name="Torture") as fresh:
        fresh.save(path)
    dice = random.Random(20261121)
    edits_seen = saves_seen = 0
    for seed in range(kills):
        patience = dice.choice((0.0, 0.01, 0.03, 0.06)) * dice.random()
        edited, saved = run_and_kill(path, seed, patience, saved=seed % 10 == 0)
        check_file(path)
        with Project.open(path, read_only=True) as on_disk:
            known = numbers(on_disk)
            assert known == list(range(1, len(known) + 1))
            assert len(known) >= saved
        left = [one for one in recoverable() if one.original == path]
        assert len(left) <= 1
        if left:
            folder = left[0].folder
            with_edits = Project.recover(left[0])
            assert not with_edits.read_only
            known = numbers(with_edits)
            with_edits.close(keep=True)
            assert folder.exists()
        assert known == list(range(1, len(known) + 1))
        assert len(known) >= edited, f"edit {edited} was told and is gone (kill {seed})"
        edits_seen, saves_seen = max(edits_seen, edited), saves_seen + bool(saved)
    assert edits_seen > kills / 20
    assert saves_seen >= kills / 10
    assert [p.name for p in tmp_path.glob("*.crmp")] == ["torture.crmp"]
