#!/usr/bin/env python3
"""Makes the program folder dist/crm-pilot for this system, measures it and tries it out.

`python3 run.py package` calls it; needs nothing but Python 3.11 or newer. PyInstaller runs in an
environment of its own, `.venv.build`, which holds only what is shipped (constraints-build.txt).
"""

from __future__ import annotations

import importlib.util
import os
import platform
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BUILD_VENV = ROOT / ".venv.build"
DIST = ROOT / "dist"
LIMIT_MB = 260
MB = 1_000_000
LARGEST = 12


# Without a network, and with a program folder that nobody can write to.
LOCKED_IN = (
    'mount --bind "$0" "$0" && mount -o remount,bind,ro "$0" && ! touch "$0/x" 2>/dev/null'
    ' && exec "$@"'
)


def start_script():
    """run.py as a module; it knows how to make an environment."""
    spec = importlib.util.spec_from_file_location("start_script", ROOT / "run.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def freeze(python):
    """Run PyInstaller; the exit code."""
    folders = ["--distpath", str(DIST), "--workpath", str(ROOT / "build")]
    command = [python, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *folders]
    # The same source gives the same folder: no hash of texts may differ between two builds.
    environment = {**os.environ, "PYTHONHASHSEED": "1"}
    command.append(str(ROOT / "build.spec"))
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def files_of(folder):
    """Size in bytes of each file below `folder`; links count nothing."""
    found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder): path.stat().st_size for path in found}


def program():
    """The program to call from a command line."""
    if sys.platform == "win32":
        return DIST / "crm-pilot" / "crm-pilot-cli.exe"
    return DIST / "crm-pilot" / "crm-pilot"


def measure(sizes):
    """Print what takes the room; the size of the whole in megabytes."""
    groups = {}
    for path, size in sizes.items():
        inside = path.parts[1:] if path.parts[0] == "_internal" else path.parts
        groups[inside[0]] = groups.get(inside[0], 0) + size
    for name, size in sorted(groups.items(), key=lambda item: -item[1])[:LARGEST]:
        print(f"  {size / MB:6.1f} MB  {name}")
    whole = sum(sizes.values()) / MB
    print(f"  {whole:6.1f} MB  in {len(sizes)} files (limit {LIMIT_MB} MB)", flush=True)
    return whole


def try_out():
    """The self-test inside, on Linux also shut in where the system allows that; the exit code."""
    test = [str(program()), "--self-test"]
    code = subprocess.run(test, check=False).returncode
    own = ["unshare", "--map-root-user", "--mount", "--net"]
    if code or not shutil.which("unshare"):
        return code
    if subprocess.run([*own, "true"], capture_output=True, check=False).returncode:
        return code
    print("Again without a network and with a read-only program folder:", flush=True)
    shut_in = [*own, "sh", "-c", LOCKED_IN, str(DIST / "crm-pilot"), *test]
    return subprocess.run(shut_in, check=False).returncode


def main():
    """Build, measure, try out; the exit code."""
    start = time.monotonic()
    run = start_script()
    run.check_system(testing=False)
    run.prepare(BUILD_VENV, "constraints-build.txt")
    begin = time.monotonic()
    print(f"Building for {platform.system()} {platform.machine()}", flush=True)
    if freeze(str(run.venv_python(BUILD_VENV))):
        return 1
    print(f"Built in {time.monotonic() - begin:.0f} s: {DIST / 'crm-pilot'}")
    whole = measure(files_of(DIST / "crm-pilot"))
    if whole > LIMIT_MB:
        print(f"The folder is larger than {LIMIT_MB} MB.", file=sys.stderr)
        return 1
    code = try_out()
    print(f"{'Ready' if code == 0 else 'FAILED'} after {time.monotonic() - start:.0f} s")
    return code


if __name__ == "__main__":
    sys.exit(main())
