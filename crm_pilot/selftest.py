"""The self-test (`crm-pilot --self-test`): whether this installation is whole and works.

Here are its steps without a window; `ui/selftest.py` adds the window and the order. What it prints
is for support and stays in English.
"""

from __future__ import annotations

import csv
import os
import platform
import re
import sys
import tempfile
import time
import tomllib
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import field
from functools import lru_cache
from pathlib import Path
from typing import Any

from crm_pilot import __version__, i18n
from crm_pilot.catalogue import Compiled
from crm_pilot.paths import bundled, resource
from crm_pilot.records import dataclass

TICKETS = (  # a file as Excel writes it in France: semicolons, days before months
    ("Numéro", "Titre", "Statut", "Priorité", "Ouvert le", "Résolu le"),
    ("ZZ-9001", "Écran vide après connexion", "Résolu", "2", "03/11/2026", "05/11/2026"),
    ("ZZ-9002", "Œuvres : champ « été » coupé", "Nouveau", "3", "04/11/2026", ""),
)
PEOPLE = (
    ("Matricule", "Nom", "Prénom", "Courriel", "Service"),
    ("ZZ9001", "Lefèvre", "Zoé", "zoe.lefevre@example.org", "Essais"),
    ("ZZ9002", "Ålund", "Noël", "noel.alund@example.org", "Essais"),
)
NETWORK = frozenset({"socket.connect", "socket.sendto", "socket.getaddrinfo", "socket.bind"})


class Failed(Exception):
    """Something is not as it has to be; the text says what."""


def expect(true: object, otherwise: str) -> None:
    """Raise `Failed` with the text unless `true` is."""
    if not true:
        raise Failed(otherwise)


@dataclass
class Bench:
    """What the steps work on: a folder that is thrown away, and the sample once it is made."""

    folder: Path
    sample: Path | None = None
    contacted: list[str] = field(default_factory=list)  # attempts to reach a network

    @property
    def project(self) -> Path:
        """Path of the sample. Raises `Failed` when there is none."""
        if self.sample is None:
            raise Failed("needs the sample, which could not be made")
        return self.sample


Step = tuple[str, Callable[[Bench], str]]  # what is tried, and how; the result is a remark
Write = Callable[[str], object]


def run(steps: Sequence[Step], write: Write) -> int:
    """Carry out `steps` in a private home; one line each. The exit code: 0 if all is well, or 1."""
    start = time.monotonic()
    write(f"CRM Pilot {__version__}, {build()}, Python {platform.python_version()}")
    write(f"{platform.platform()}, {bundled()}")
    with _private_home() as folder:
        bench = Bench(folder, contacted=_watch_network())
        bench.contacted.clear()
        failed = sum(not _carried_out(step, bench, write) for step in steps)
    count = f"{len(steps) - failed} ok, {failed} failed"
    write(f"{count}, {time.monotonic() - start:.1f} s")
    return 1 if failed else 0


def build() -> str:
    """Which kind of installation this is."""
    if getattr(sys, "frozen", False):
        return "packaged program"
    return "source tree" if bundled("pyproject.toml").exists() else "installed wheel"


def _carried_out(step: Step, bench: Bench, write: Write) -> bool:
    name, work = step
    start = time.monotonic()
    try:
        remark, well = work(bench), True
    except Failed as error:
        remark, well = str(error), False
    except Exception as error:  # the border: whatever breaks is the result of this test
        traceback.print_exception(error)
        remark, well = f"{type(error).__name__}: {error}", False
    took = time.monotonic() - start
    write(f"{'ok    ' if well else 'FAILED'} {took:6.2f} s  {name}{': ' * bool(remark)}{remark}")
    return well


@contextmanager
def _private_home() -> Iterator[Path]:
    """A folder with an accent and a space in its name, and the private folders below it."""
    before = os.environ.get("CRM_PILOT_HOME"), i18n.current()
    with tempfile.TemporaryDirectory(prefix="crm pilot é ", ignore_cleanup_errors=True) as name:
        os.environ["CRM_PILOT_HOME"] = str(Path(name) / "home")
        try:
            yield Path(name)
        finally:
            if before[0] is None:
                del os.environ["CRM_PILOT_HOME"]
            else:
                os.environ["CRM_PILOT_HOME"] = before[0]
            i18n.set_language(before[1].language, pseudo=before[1].pseudo)


@lru_cache(maxsize=1)  # such a hook stays until the process ends
def _watch_network() -> list[str]:
    """A list that from now on receives every attempt of this process to reach a network."""
    seen: list[str] = []

    def hook(event: str, details: tuple[Any, ...]) -> None:
        if event in NETWORK:
            seen.append(f"{event} {details[1:]}")

    sys.addaudithook(hook)
    return seen


# the steps that need no window ---------------------------------------------------------------


def resources(bench: Bench) -> str:
    """Everything that is shipped beside the code is there and can be read."""
    for name in ("Inter-Regular.ttf", "Inter-SemiBold.ttf", "OFL.txt"):
        expect(resource("fonts", name).is_file(), f"the font file {name} is missing")
    counts = {
        "icons": len(list(resource("icons").glob("*.svg"))),
        "themes": _tables("themes", 3),
        "templates": _tables("templates", 1),
        "samples": _tables("samples", 5),
        "word lists": _tables("wordlists", 2),
        "migrations": _migrations(),
        "French texts": _catalogue(),
    }
    expect(counts["icons"] >= 30, "icons are missing")
    expect(counts["French texts"] >= 500, "the French catalogue is not whole")
    return ", ".join(f"{count} {name}" for name, count in counts.items())


def _tables(folder: str, least: int) -> int:
    found = [tomllib.loads(path.read_text("utf-8")) for path in resource(folder).glob("**/*.toml")]
    expect(len(found) >= least and all(found), f"files are missing in {resource(folder)}")
    return len(found)


def _migrations() -> int:
    from crm_pilot.store.migrate import migrations
    from crm_pilot.store.sqlite import FORMAT

    found = migrations()
    expect(found and found[-1].target == FORMAT, f"no migration leads to format {FORMAT}")
    expect(all(migration.statements() for migration in found), "a migration is empty")
    return len(found)


def _catalogue() -> int:
    return len(Compiled(i18n.compiled_catalogue("fr").read_bytes()))


def libraries(bench: Bench) -> str:
    """What is loaded late, and so easily forgotten in a package, is there."""
    import zoneinfo
    from importlib import import_module

    import numpy
    from babel import Locale

    for name in (
        "defusedxml.ElementTree",
        "python_calamine",
        "pypdfium2",
        "reportlab.pdfgen.canvas",
    ):
        import_module(name)
    one = numpy.eye(8) * 3
    expect((one @ one)[7, 7] == 9, "linear algebra is broken")
    expect(Locale.parse("fr").months["format"]["wide"][8] == "août", "French dates are missing")
    zoneinfo.reset_tzpath(to=[])  # as on Windows, where only the package `tzdata` has time zones
    try:
        paris = zoneinfo.ZoneInfo.no_cache("Europe/Paris")
    finally:
        zoneinfo.reset_tzpath()
    return f"{_holidays()} countries with holidays, time zones ({paris.key}), {_versions()}"


def _holidays() -> int:
    import datetime as dt

    import holidays

    from crm_pilot.people.calendar import public_holidays

    feast = {"BE": dt.date(2027, 7, 21), "DE": dt.date(2027, 10, 3), "CA": dt.date(2027, 7, 1)}
    for country, day in feast.items():
        expect(day in public_holidays(country, 2027), f"holidays of {country} are missing")
    return len(holidays.list_supported_countries())


def _versions() -> str:
    import sqlite3

    import sqlalchemy

    return f"SQLite {sqlite3.sqlite_version}, SQLAlchemy {sqlalchemy.__version__}"


def make_sample(bench: Bench) -> str:
    """The French demonstration is written."""
    from crm_pilot import demo

    bench.sample = demo.build(bench.folder / "Démonstration d’été.crmp", "fr")
    return f"{bench.sample.stat().st_size // 1024} KB"


def write_tickets(bench: Bench) -> Path:
    """A CSV of two tickets that the sample does not know."""
    path = bench.folder / "tickets.csv"
    with path.open("w", encoding="cp1252", newline="") as handle:
        csv.writer(handle, delimiter=";").writerows(TICKETS)
    return path


def write_people(bench: Bench) -> Path:
    """A workbook of two colleagues whom the sample does not know."""
    import xlsxwriter

    path = bench.folder / "équipe.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Équipe")
        for number, row in enumerate(PEOPLE):
            sheet.write_row(number, 0, row)
    return path


def print_reports(bench: Bench) -> str:
    """The committee report in both languages, as PDF, slides and workbook, read back as far as
    that needs no library."""
    from crm_pilot.project import Project
    from crm_pilot.reports import documents

    remarks = []
    with Project.open(bench.project, read_only=True) as project:
        for language in i18n.LANGUAGES:
            laid = documents.lay(project.reader, project.today(), "committee", language=language)
            made = {kind: documents.as_file(laid, kind) for kind in documents.FORMATS}
            for kind, data in made.items():
                (bench.folder / f"report {language}.{kind}").write_bytes(data)
            pages, fonts = look_into_pdf(made["pdf"])
            slides = _parts_of(made["pptx"], r"ppt/slides/slide\d+\.xml")
            charts = _parts_of(made["pptx"], r"ppt/charts/chart\d+\.xml")
            sheets = _parts_of(made["xlsx"], r"xl/worksheets/sheet\d+\.xml")
            expect(slides > pages / 2 and charts, "slides or charts are missing")
            expect(sheets > pages, "sheets are missing")
            remarks.append(f"{language} {pages} pages, {fonts} fonts embedded")
            remarks.append(f"{slides} slides, {sheets} sheets")
    return "; ".join(remarks)


def _parts_of(data: bytes, names: str) -> int:
    """How many parts of an archive have such a name. Raises `Failed` when one is damaged."""
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        expect(archive.testzip() is None, "an archive is damaged")
        return sum(bool(re.fullmatch(names, name)) for name in archive.namelist())


def look_into_pdf(data: bytes) -> tuple[int, int]:
    """Pages and embedded fonts of a PDF of ours. Raises `Failed` when it is not whole."""
    expect(data.startswith(b"%PDF-") and data.rstrip().endswith(b"%%EOF"), "the PDF is not whole")
    pages = len(re.findall(rb"/Type\s*/Page\b", data))
    files = len(re.findall(rb"/FontFile2\b", data))
    expect(pages >= 2, f"the report has {pages} pages")
    expect(files and re.search(rb"/FontName\s*/[A-Z]{6}\+Inter", data), "Inter is not embedded")
    return pages, files


def stay_offline(bench: Bench) -> str:
    """No step before this one tried to reach a network."""
    expect(not bench.contacted, f"tried to reach a network: {bench.contacted[:3]}")
    return ""
