#!/usr/bin/env python3
"""What others wrote and is shipped: `docs/third-party.md`, and the licence texts for the package.

Run it with `.venv/bin/python packaging/third_party.py` after a change of the dependencies.
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import Distribution, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "docs" / "third-party.md"
TEXT = re.compile(r"(^|/)(licen[cs]e|copying|notice|authors)[^/]*$", re.IGNORECASE)
SHORT = 60  # a longer field holds the whole text, not its name

# What comes inside the wheels or from the Linux that the package is built on, by file name.
LIBRARIES = (
    ("Python", "libpython", "PSF-2.0"),
    ("Qt 6", "libQt6", "LGPL-3.0-only"),
    ("PySide6, Shiboken", "libpyside6 libshiboken6", "LGPL-3.0-only"),
    ("ICU", "libicu", "Unicode-3.0"),
    ("OpenBLAS (in numpy)", "libscipy_openblas", "BSD-3-Clause"),
    ("GCC run-time libraries", "libgcc_s libstdc++ libgfortran", "GPL-3.0 WITH GCC-exception-3.1"),
    ("libquadmath (in numpy)", "libquadmath", "LGPL-2.1-or-later"),
    ("SQLite", "libsqlite3", "public domain"),
    ("GLib", "libglib libgthread", "LGPL-2.1-or-later"),
    ("D-Bus", "libdbus", "AFL-2.1 OR GPL-2.0-or-later"),
    ("systemd library", "libsystemd", "LGPL-2.1-or-later"),
    ("Libgcrypt, Libgpg-error", "libgcrypt libgpg-error", "LGPL-2.1-or-later"),
    ("libcap", "libcap", "BSD-3-Clause OR GPL-2.0-only"),
    ("X11 and XCB client libraries", "libX libxcb", "MIT"),
    ("xkbcommon", "libxkbcommon", "MIT"),
    ("Fontconfig", "libfontconfig", "MIT"),
    ("FreeType", "libfreetype", "FTL OR GPL-2.0-or-later"),
    ("Expat", "libexpat", "MIT"),
    ("libffi", "libffi", "MIT"),
    ("libbsd, libmd", "libbsd libmd", "BSD-3-Clause"),
    ("PCRE2", "libpcre2", "BSD-3-Clause"),
    ("libuuid", "libuuid", "BSD-3-Clause"),
    ("libpng, zlib", "libpng libz.", "Zlib"),
    ("bzip2", "libbz2", "bzip2-1.0.6"),
    ("Brotli", "libbrotli", "MIT"),
    ("LZ4", "liblz4", "BSD-2-Clause"),
    ("XZ Utils (liblzma)", "liblzma", "0BSD"),
    ("Zstandard", "libzstd", "BSD-3-Clause OR GPL-2.0-only"),
    ("libjpeg-turbo (in Pillow)", "libjpeg", "BSD-3-Clause AND IJG"),
    ("LibTIFF (in Pillow)", "libtiff", "libtiff"),
    ("OpenJPEG (in Pillow)", "libopenjp2", "BSD-2-Clause"),
    ("Little CMS (in Pillow)", "liblcms2", "MIT"),
    ("PDFium (in pypdfium2)", "libpdfium", "BSD-3-Clause AND Apache-2.0"),
    ("libxml2, libxslt (in lxml)", "libxml2 libxslt libexslt", "MIT"),
    ("libiconv (in lxml; not on Linux)", "libiconv", "LGPL-2.1-or-later"),
)

HEAD = """# What others wrote

CRM Pilot is under the MIT licence (`LICENSE`). It ships, or needs, the works below; none of them
is under the GPL alone. Their licence texts are in the folder `licences` of the packaged program.
The versions stand in `constraints-build.txt`. This page is written by `packaging/third_party.py`.

**Qt and PySide6** are used under the LGPL 3.0, unchanged, as shared libraries. In the packaged
program they are files of their own (`_internal/PySide6`), so you may replace them by a version of
your own of the same series; the sources are those of PySide6 and Qt at the version named in
`constraints-build.txt`, from the Qt Project. Parts of Qt that are under the GPL alone, such as Qt
Charts, are not used.

**Inter**, the font, is under the SIL Open Font License 1.1 (`resources/fonts/OFL.txt`). **The
icons** of program, project file and commands were made for this project and are under its licence
(`resources/icons/README.md`).

**PyInstaller** makes the packaged program; its start program is part of it, under the GPL 2.0 with
an exception that lets it start programs under any licence.
"""
PYTHON = "\n## Python packages\n\n| package | licence | shipped because |\n| --- | --- | --- |\n"
OTHERS = """
## Libraries inside the packages, and those of the Linux the package is built on

The second group differs with the system; on Windows and macOS most of it is absent.

| library | licence |
| --- | --- |
"""


def shipped() -> dict[str, tuple[Distribution, str]]:
    """Every package that the program needs, with what asks for it ("" for the program itself)."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    waiting = [(text, "") for text in project["dependencies"]]
    found: dict[str, tuple[Distribution, str]] = {}
    while waiting:
        text, reason = waiting.pop(0)
        wanted = Requirement(text)
        if wanted.marker and not wanted.marker.evaluate({"extra": ""}):
            continue
        name = wanted.name.lower().replace("_", "-")
        if name not in found:
            found[name] = distribution(wanted.name), reason
            waiting += [(more, name) for more in found[name][0].requires or ()]
    return dict(sorted(found.items()))


def licence(package: Distribution) -> str:
    """The licence that a package names, as an SPDX expression where it gives one."""
    fields = package.metadata
    named = fields.get("License-Expression") or fields.get("License") or ""
    classes = [value.split(" :: ") for value in fields.get_all("Classifier") or ()]
    by_class = [parts[-1] for parts in classes if parts[0] == "License"]
    if by_class and ("\n" in named or len(named) > SHORT or named in ("", "Dual License")):
        return " OR ".join(by_class)
    return " ".join(named.split())


def may_be_shipped(expression: str) -> bool:
    """Whether one of the alternatives leaves a program under any licence free: everything but the
    GPL without an exception."""
    return any(
        not re.search(r"(?<!L)(?<!Lesser )GPL|GNU General", alternative) or "WITH" in alternative
        for alternative in re.split(r"\s+OR\s+", expression)
    )


def licence_files() -> Iterator[tuple[Path, str]]:
    """Each licence text with the folder below `licences` where it goes."""
    for path in sorted((ROOT / "packaging" / "licences").glob("*.txt")):
        yield path, ""
    for name, (package, _) in shipped().items():
        for file in package.files or ():
            path = file.as_posix()
            if ".dist-info/" in path and (TEXT.search(path) or ".dist-info/licenses/" in path):
                yield Path(str(file.locate())), name


def page() -> str:
    """The text of `docs/third-party.md`."""
    rows = [
        f"| {name} | {licence(package)} | {reason or 'CRM Pilot'} |\n"
        for name, (package, reason) in shipped().items()
    ]
    others = [f"| {name} | {terms} |\n" for name, _, terms in LIBRARIES]
    return HEAD + PYTHON + "".join(rows) + OTHERS + "".join(others)


def unknown(names: list[str]) -> list[str]:
    """Names of shared libraries that the page does not speak of."""
    known = tuple(start for _, starts, _ in LIBRARIES for start in starts.split())
    return sorted(name for name in names if name.startswith("lib") and not name.startswith(known))


if __name__ == "__main__":
    TARGET.write_text(page(), "utf-8")
    sys.exit(0)
