"""What must never be committed: addresses of package registries and paths of one machine."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
# Built from parts, so that this file does not match itself.
FORBIDDEN = re.compile(
    "|".join(
        [
            "py" + r"pi\.(python\.)?org",
            "python" + r"hosted\.org",
            "--(extra-)?" + r"index-url[ =]+\S+:/",
            "files?" + r"://+/?(opt|home|root|work)/",
            "(?<![\\w.])/(home|root|work)" + r"/[a-z]",
        ]
    ),
    re.IGNORECASE,
)


def committed() -> list[Path]:
    git = shutil.which("git")
    if not git or not (ROOT / ".git").exists():
        pytest.skip("not a Git checkout")
    listing = subprocess.run(
        [git, "-C", str(ROOT), "ls-files", "-z"], capture_output=True, text=True, check=False
    )
    if listing.returncode:
        pytest.skip("Git refuses to read this checkout")
    return [ROOT / name for name in listing.stdout.split("\0") if name]


def test_no_registry_address_is_committed() -> None:
    found = []
    for path in committed():
        if not path.is_file():
            continue
        content = path.read_bytes()
        if b"\0" in content[:8000]:
            continue
        for number, line in enumerate(content.decode("utf-8", "replace").splitlines(), 1):
            if FORBIDDEN.search(line):
                found.append(f"{path.relative_to(ROOT)}:{number}: {line.strip()[:80]}")
    assert not found, "\n".join(found)


def test_the_pattern_finds_what_it_is_for() -> None:
    assert FORBIDDEN.search("https://" + "py" + "pi.org/simple")
    assert FORBIDDEN.search("--extra-" + "index-url=https://example.org/simple")
    assert FORBIDDEN.search("see /" + "home/ann/project")
    assert not FORBIDDEN.search("crm_pilot/people/work/plan.py and at home")


def test_no_lock_file_with_addresses() -> None:
    assert not {path.name for path in committed()} & {"uv.lock", "pylock.toml", "poetry.lock"}


def test_every_requirement_is_pinned_with_hashes() -> None:
    text = (ROOT / "constraints.txt").read_text("utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    names = [block.split("==")[0] for block in blocks]
    assert "pyside6-essentials" in names
    assert all("==" in block and "--hash=sha256:" in block for block in blocks)
