#!/usr/bin/env python3
"""Sets CRM Pilot up and starts it; needs nothing but Python 3.11 or newer.

python3 run.py                start the program
python3 run.py demo           start on a demonstration project (without a screen: write files)
python3 run.py test [ARGS]    run every check; ARGS go to pytest
python3 run.py setup          only make .venv ready
python3 run.py package        make the program folder dist/crm-pilot and try it out
python3 run.py -- ARGS        start the program with ARGS, for example a project file
"""

import hashlib
import importlib.util
import locale
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
OUT = ROOT / "out"
WINDOWS = os.name == "nt"
OLDEST = (3, 11)

# Debian and Ubuntu: what has to be found (library, command or module) and the package that has it.
DRAWING = {
    "libGL.so.1": "libgl1",
    "libEGL.so.1": "libegl1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libfontconfig.so.1": "libfontconfig1",
    "libdbus-1.so.3": "libdbus-1-3",
}
WINDOW = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
TESTING = {"Xvfb": "xvfb", "xauth": "xauth", "pdftotext": "poppler-utils"}


def say(text):
    print(text, flush=True)


def stop(*lines):
    """End with status 2 and the one thing that the reader has to do."""
    for line in lines:
        print(line, file=sys.stderr, flush=True)
    sys.exit(2)


def missing_packages(wanted, libraries, has_command=shutil.which):
    """Packages of `wanted` whose library is not in `libraries` and whose command is not found."""
    absent = (n for n in wanted if not (n in libraries if ".so." in n else has_command(n)))
    return [wanted[name] for name in absent]


def install_line(packages):
    return "apt-get install -y --no-install-recommends " + " ".join(packages)


def known_libraries():
    """Names of the shared libraries the loader knows; None where nobody can tell."""
    ldconfig = shutil.which("ldconfig") or shutil.which("ldconfig", path="/sbin:/usr/sbin")
    if not sys.platform.startswith("linux") or not ldconfig:
        return None
    listing = subprocess.run([ldconfig, "-p"], capture_output=True, text=True, check=False).stdout
    return {line.split()[0] for line in listing.splitlines()[1:] if line.strip()}


def apt_install(packages):
    """Install Debian packages if this user may; say whether it worked."""
    if not shutil.which("apt-get"):
        return False
    prefix = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if prefix and (
        not shutil.which("sudo")
        or subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode
    ):
        return False
    say("Installing system packages: " + " ".join(packages))
    environment = ["env", "DEBIAN_FRONTEND=noninteractive"]
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "check": False}
    subprocess.run([*prefix, *environment, "apt-get", "-qq", "update"], **quiet)
    line = install_line(packages).replace("install", "-qq install", 1)
    return subprocess.run([*prefix, *environment, *line.split()], **quiet).returncode == 0


def check_system(testing):
    """Make sure that the libraries Qt loads are there; the test tools may stay absent."""
    libraries = known_libraries()
    if libraries is None:
        return
    needed = missing_packages(
        {**DRAWING, **WINDOW} if testing or has_screen() else DRAWING, libraries
    )
    tools = missing_packages(TESTING, libraries) if testing else []
    if not needed + tools or apt_install(needed + tools):
        return
    advice = "  sudo " + install_line(needed + tools)
    if needed:
        stop("Qt needs system libraries that are missing. On Debian or Ubuntu:", advice)
    say("Some tests will be left out because tools are missing. On Debian or Ubuntu:\n" + advice)


def stamp(root, python, constraints="constraints.txt"):
    """A text that changes when the environment has to be set up again."""
    digest = hashlib.sha256()
    for name in (constraints, "pyproject.toml"):
        digest.update((root / name).read_bytes())
    return f"{python} {root} {digest.hexdigest()}"


def venv_python(folder=VENV):
    return folder / ("Scripts/python.exe" if WINDOWS else "bin/python")


def make_venv(folder):
    """Create a virtual environment."""
    if importlib.util.find_spec("ensurepip"):
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    elif importlib.util.find_spec("pip"):
        command = [sys.executable, "-m", "venv", "--clear", "--without-pip", str(folder)]
        subprocess.run(command, check=True)
    elif apt_install(["python3-venv"]):
        # This process has already looked for ensurepip and remembers that there was none.
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    else:
        stop(
            "Python's venv module is incomplete on this machine. On Debian or Ubuntu:",
            "  sudo " + install_line(["python3-venv"]),
        )


def setup(testing=False):
    """Make .venv fit constraints.txt; quick when nothing has changed."""
    check_system(testing)
    prepare(VENV, "constraints.txt", own=True)
    if testing:
        prepare_peers()


def prepare(folder, constraints, own=False):
    """Make a virtual environment of what `constraints` lists, and with `own` of this project."""
    version = ".".join(map(str, sys.version_info[:3]))
    mark, wanted = folder / "crm-pilot.stamp", stamp(ROOT, version, constraints)
    have = mark.read_text("utf-8") if mark.exists() else ""
    if have == wanted:
        return
    start = time.monotonic()
    python = str(venv_python(folder))
    if not Path(python).exists() or have.split(" ")[:2] != wanted.split(" ")[:2]:
        say(f"Making {folder.name} with Python {version}")
        make_venv(folder)
    mark.unlink(missing_ok=True)
    install = pip_of(python)
    say(f"Installing the packages of {constraints} (about 100 MB the first time)")
    commands = [[*install, "--require-hashes", "-r", str(ROOT / constraints)]]
    if own:
        commands.append([*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    for command in commands:
        if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode:
            stop(
                "The installation failed; the reason stands above."
                f" Nothing outside {folder.name} changed."
            )
    mark.write_text(wanted, "utf-8")
    say(f"Ready after {time.monotonic() - start:.0f} s")


def pip_of(python):
    """How packages are installed for a Python, also where its environment has no pip."""
    pip = [python, "-m", "pip"]
    if subprocess.run([*pip, "--version"], capture_output=True, check=False).returncode:
        pip = [sys.executable, "-m", "pip", "--python", python]
    return [*pip, "install", "--quiet", "--disable-pip-version-check", "--no-input"]


def prepare_peers():
    """Install what ours is measured beside; without it those tests are left out."""
    listed, mark = ROOT / "constraints-peers.txt", VENV / "crm-pilot.peers"
    wanted = hashlib.sha256(listed.read_bytes()).hexdigest()
    if mark.exists() and mark.read_text("utf-8") == wanted:
        return
    command = [*pip_of(str(venv_python())), "--no-deps", "--require-hashes", "-r", str(listed)]
    if subprocess.run(command, stdin=subprocess.DEVNULL, check=False).returncode:
        say("Some comparisons will be left out because other programs could not be installed.")
    else:
        mark.write_text(wanted, "utf-8")


def reachable(family, address):
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.settimeout(2)
        try:
            probe.connect(address)
        except (OSError, OverflowError):
            return False
    return True


def has_screen():
    """Whether a window can be opened; Qt itself would abort the process."""
    if WINDOWS or sys.platform == "darwin":
        return True
    wayland, display = os.environ.get("WAYLAND_DISPLAY"), os.environ.get("DISPLAY", "")
    if wayland:
        folder = os.environ.get("XDG_RUNTIME_DIR", "/")
        if reachable(socket.AF_UNIX, os.path.join(folder, wayland)):
            return True
    host, _, number = display.rpartition(":")
    number = number.split(".")[0]
    if not number.isdigit():
        return False
    if host in ("", "unix"):
        path = "/tmp/.X11-unix/X" + number
        return reachable(socket.AF_UNIX, path) or reachable(socket.AF_UNIX, "\0" + path)
    return reachable(socket.AF_INET, (host, 6000 + int(number)))


def language():
    names = [os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    name = next(filter(None, names), None) or locale.getlocale()[0] or ""
    return "fr" if name.lower().startswith("fr") else "en"


def program(*args):
    return [str(venv_python()), "-m", "crm_pilot", *map(str, args)]


def start_program(args):
    if not has_screen() and not args:
        stop(
            "There is no screen here, so no window can be opened.",
            "`python3 run.py demo` writes a demonstration report and pictures instead.",
        )
    command = program(*args)
    if WINDOWS:
        sys.exit(subprocess.run(command, check=False).returncode)
    os.execv(command[0], command)


def demo():
    OUT.mkdir(exist_ok=True)
    if has_screen():
        lang = language()
        project = OUT / f"demo-{lang}.crmp"
        if not project.exists():
            subprocess.run(program("demo", project, "--lang", lang), check=True)
        start_program([project])
    say("There is no screen here: the demonstration is written into the folder out.")
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for lang in ("fr", "en"):
        project, report = OUT / f"demo-{lang}.crmp", OUT / f"report-{lang}.pdf"
        pictures = OUT / f"pictures-{lang}"
        pictures.mkdir(exist_ok=True)
        start = time.time() - 1
        steps = [
            program("demo", project, "--lang", lang),
            program("report", project, "--lang", lang, "-o", report),
            program("picture", project, "all", "--lang", lang, "-o", pictures),
        ]
        if project.exists():
            say(f"  out/{project.name} was there already and is kept")
            del steps[0]
        for step in steps:
            if subprocess.run(step, stdout=subprocess.DEVNULL, check=False).returncode:
                stop("The demonstration stopped at: crm-pilot " + " ".join(step[3:]))
        for path in (project, report, *sorted(pictures.glob("*.png"))):
            if path.exists() and path.stat().st_mtime >= start:
                say(f"  {path.relative_to(OUT.parent)}  ({path.stat().st_size // 1024:,} KB)")


def test(args):
    """Run every check, the quick ones first; pytest has the last word."""
    python = str(venv_python())
    pytest = ["-m", "pytest", "-q"]
    steps = {
        "ruff check": ["-m", "ruff", "check", "."],
        "ruff format --check": ["-m", "ruff", "format", "--check", "."],
        "mypy": ["-m", "mypy", "crm_pilot", "ui"],
        "lint-imports": ["-c", "from importlinter.cli import lint_imports_command as r; r()"],
        "catalogues": ["i18n/catalogue.py", "check"],
        # One at a time, so that the measured ratios are not disturbed.
        "benchmarks": [*pytest, "-n", "0", "tests/benchmarks"],
        "pytest": [*pytest, "-n", "2", "--ignore", "tests/benchmarks", *args],
    }
    if not (ROOT / "tests" / "benchmarks").is_dir():
        del steps["benchmarks"]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUTF8": "1"}
    failed = []
    for name, command in steps.items():
        if name == "pytest":
            say(
                "\nBefore the tests: " + (", ".join(failed) + " FAILED" if failed else "all passed")
            )
        say(f"\n== {name}")
        start = time.monotonic()
        if subprocess.run([python, *command], cwd=ROOT, env=environment, check=False).returncode:
            failed.append(name)
        if name != "pytest":
            verdict = "FAILED" if name in failed else "passed"
            say(f"== {name} {verdict} after {time.monotonic() - start:.1f} s")
    return 1 if failed else 0


def main(args):
    if sys.version_info < OLDEST:
        stop("CRM Pilot needs Python 3.11 or newer; this is Python " + sys.version.split()[0])
    task, rest = (args[0], args[1:]) if args else ("", [])
    if task not in ("", "test", "demo", "setup", "package", "--"):
        stop(__doc__.strip())
    if task == "package":
        build = str(ROOT / "packaging" / "build.py")
        return subprocess.run([sys.executable, build, *rest], check=False).returncode
    setup(testing=task == "test")
    if task == "test":
        return test(rest)
    if task == "demo":
        return demo()
    if task != "setup":
        start_program(rest)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
