"""A million login rows: read, checked, aggregated to user-days and stored, beside `sqlite3`.

The file is a LoginHistory export as Data Loader writes it, every cell quoted, nine columns of the
object (Id, UserId, LoginTime, LoginType, SourceIp, Browser, Platform, Status, Application), about
150 bytes a row: 400 users over six months, working days four times as busy, three types of login
of a person and one of an interface, one login in twenty refused. It is the narrow form: with all
23 columns the shell has more to store and the ratio falls.

The floor is the time the `sqlite3` shell needs to `.import` the same file as it is, in the same
run; at most 1.5 times, and under 200 MiB at the peak of a process of its own.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import shutil
import string
import subprocess
import sys
from pathlib import Path

import pytest

from tests.benchmarks.floor import timed

ROWS, USERS, RUNS = 1_000_000, 400, 8
RATIO, MEBIBYTES = 1.5, 200
HEADER = (
    '"Id","UserId","LoginTime","LoginType","SourceIp","Browser","Platform","Status","Application"'
)
IMPORT = """
import json, resource, sys, time
from pathlib import Path
from crm_pilot import exchange
from crm_pilot.adoption import facts
from crm_pilot.project import Project, load_models

with Project.create(name="Speed", country="FR") as project:
    seen = []
    begun = time.perf_counter()
    plan = exchange.plan_import(
        "logins", Path(sys.argv[1]), project.reader, language="fr",
        progress=lambda done, total: seen.append(done / total), cancelled=lambda: False,
    )
    project.execute(exchange.apply_command(plan))
    took = time.perf_counter() - begun
    stored = facts.stored_days(project.reader)
status = Path("/proc/self/status")
if status.exists():  # ru_maxrss there starts with what the parent had before exec
    peak = int(status.read_text().partition("VmHWM:")[2].split()[0]) / 1024
else:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1 << 20)  # macOS: bytes
print(json.dumps([took * 1000, peak, stored, dict(plan.counts), len(seen), max(seen)]))
"""


def write_log(path: Path, rows: int = ROWS, users: int = USERS) -> int:
    """Write the log; returns how many user-days of Paris are in it."""
    draw = random.Random(5)
    ids = ["0055j00000" + "".join(draw.choices(string.ascii_letters, k=8)) for _ in range(users)]
    browsers = ["Chrome 126", "Edge 126", "Safari 17", "Firefox 127"]
    types = ["Application"] * 6 + ["SAML Sfdc Initiated SSO"] * 3 + ["Remote Access 2.0"]
    types += ["Other Apex API"]
    days = [dt.date(2026, 1, 5) + dt.timedelta(days=n) for n in range(180)]
    days = [day for day in days for _ in range(4 if day.weekday() < 5 else 1)]
    found: set[tuple[str, dt.date]] = set()
    with path.open("w", encoding="utf-8", newline="\n") as handle:
        handle.write(HEADER + "\n")
        for number in range(rows):
            user, day, kind = draw.choice(ids), draw.choice(days), draw.choice(types)
            status = "Success" if draw.random() < 0.95 else "Invalid Password"
            hour = min(20, max(0, int(draw.gauss(11, 3))))  # UTC: the same day in Paris
            address = f"203.0.{draw.randrange(256)}.{draw.randrange(256)}"
            handle.write(
                f'"0Ya5j{number:013d}","{user}","{day}T{hour:02d}:{number % 60:02d}:07.000Z",'
                f'"{kind}","{address}","{browsers[number % 4]}","Windows 10","{status}","Browser"\n'
            )
            if status == "Success" and kind != "Other Apex API":
                found.add((user, day))
    return len(found)


def shell_import(shell: str, path: Path, folder: Path) -> None:
    """The floor: import the file as it is."""
    target = folder / "raw.db"
    target.unlink(missing_ok=True)
    subprocess.run([shell, str(target), ".mode csv", f".import {path} raw"], check=True)


@pytest.mark.slow
def test_a_million_logins(tmp_path: Path) -> None:
    shell = shutil.which("sqlite3")
    if shell is None:
        pytest.skip("the sqlite3 shell is not here")
    pytest.importorskip("resource")  # not on Windows
    path = tmp_path / "LoginHistory.csv"
    user_days = write_log(path)
    floors, times, peaks, ratio = [], [], [], float("inf")
    for _ in range(RUNS):  # the best of each counts: other programs only ever add time
        floors.append(timed(lambda: shell_import(shell, path, tmp_path)))
        run = subprocess.run(
            [sys.executable, "-c", IMPORT, str(path)], check=True, capture_output=True, text=True
        )
        took, peak, stored, counts, calls, done = json.loads(run.stdout)
        assert stored == counts["new"] == user_days
        assert counts["rows"] == ROWS
        assert calls > 100
        assert done == 1
        times.append(took)
        peaks.append(peak)
        ratio = min(times) / min(floors)
        if len(times) > 2 and ratio <= RATIO:
            break
    print(
        f"{ROWS:,} rows, {path.stat().st_size / 1e6:.0f} MB: {min(times):.0f} ms,"
        f" sqlite3 {min(floors):.0f} ms, ratio {ratio:.2f}, peak {max(peaks):.0f} MiB"
    )
    assert ratio <= RATIO
    assert max(peaks) < MEBIBYTES
