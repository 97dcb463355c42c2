"""Rooms and dialogs at 100 to 200 %: nothing cut, nothing out of reach, pictures with all their
pixels. Where a screen is too small for a room, the room scrolls."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCREENS = (  # scale, and what is left of the screen in logical pixels
    (1.0, (1366, 768)),
    (1.25, (1092, 614)),  # a screen of 1366 × 768
    (1.5, (1280, 720)),  # 1920 × 1080
    (2.0, (960, 540)),  # 1920 × 1080
)


@pytest.mark.parametrize(("scale", "size"), SCREENS, ids=[f"{scale:.0%}" for scale, _ in SCREENS])
def test_everything_is_whole_or_scrolls(
    demo: Path, tmp_path: Path, scale: float, size: tuple[int, int]
) -> None:
    env = {**os.environ, "QT_SCALE_FACTOR": str(scale), "QT_QPA_PLATFORM": "offscreen"}
    width, height = map(str, size)
    done = subprocess.run(
        [sys.executable, "-m", "tests.ui.scaled", str(demo), width, height, str(tmp_path)],
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert found.pop("ratio") == scale
    assert {place: wrong for place, wrong in found.items() if wrong} == {}
