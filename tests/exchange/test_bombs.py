"""Files made to exhaust memory or time: refused with a sentence, within limits of memory."""

from __future__ import annotations

import gzip
import json
import struct
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from crm_pilot.errors import Cancelled, UserError
from crm_pilot.exchange import workbook
from crm_pilot.exchange.plan import Watch
from crm_pilot.exchange.reading import read_table

MEBIBYTES = 300
HANG = 60  # seconds: a guard against a hang; how long it took is shown at the end of the run
PIECE = 1 << 20
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/'
    'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
)
HEAD = '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
HEAD += '2006/main">'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


def real(path: Path, rows: int = 3) -> dict[str, bytes]:
    """The parts of a real spreadsheet."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path)
    sheet = book.add_worksheet("Data")
    for row in range(rows):
        sheet.write_row(row, 0, ["a", row])
    book.close()
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def pack(path: Path, parts: dict[str, bytes | Iterable[bytes]]) -> Path:
    """An archive of these parts; an iterable is written piece by piece."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            with archive.open(name, "w", force_zip64=False) as handle:
                for piece in [data] if isinstance(data, bytes) else data:
                    handle.write(piece)
    return path


def changed(folder: Path, part: str, data: bytes | Iterable[bytes], name: str = "b.xlsx") -> Path:
    """A real spreadsheet with one part replaced."""
    return pack(folder / name, {**real(folder / "real.xlsx"), part: data})


SHEET = "xl/worksheets/sheet1.xml"


def inflating(folder: Path) -> Path:
    cell = b"<row><c><v>1</v></c></row>" * 40_000
    return changed(folder, SHEET, [HEAD.encode() + b"<sheetData>", *[cell] * 60])


def lying(folder: Path) -> Path:
    """The list of parts declares 100 bytes of each."""
    path = inflating(folder)
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 24 : at + 28] = struct.pack("<I", 100)
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(bytes(data))
    return path


def overlapping(folder: Path) -> Path:
    """A thousand entries that are all the same 15 MB."""
    path = pack(folder / "o.xlsx", {"[Content_Types].xml": TYPES.encode(), SHEET: bytes(15 << 20)})
    data = path.read_bytes()
    start, end = data.rfind(b"PK\x01\x02"), data.rfind(b"PK\x05\x06")
    first = data.find(b"PK\x01\x02")
    entry = data[start:end]
    directory = data[first:start] + entry * 1000
    tail = bytearray(data[end:])
    tail[8:12] = struct.pack("<HH", 1001, 1001)
    tail[12:20] = struct.pack("<II", len(directory), first)
    path.write_bytes(data[:first] + directory + bytes(tail))
    return path


def strings(folder: Path) -> Path:
    text = f'<?xml version="1.0"?>{LAUGHS}<sst><si><t>&b;</t></si></sst>'
    return changed(folder, "xl/sharedStrings.xml", text.encode())


def wide_strings(folder: Path) -> Path:
    text = f'<?xml version="1.0" encoding="utf-16"?>{LAUGHS}<sst><si><t>&b;</t></si></sst>'
    return changed(folder, "xl/sharedStrings.xml", text.encode("utf-16"))


def external(folder: Path) -> Path:
    text = HEAD.replace("<work", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><work')
    return changed(folder, SHEET, f"{text}<sheetData/></worksheet>".encode())


def content(folder: Path) -> Path:
    parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}
    text = f'<?xml version="1.0"?>{LAUGHS}<office:document-content>&b;</office:document-content>'
    return pack(folder / "b.ods", {**parts, "content.xml": text.encode()})


def nested(folder: Path) -> Path:
    inner = inflating(folder).read_bytes()
    return pack(folder / "n.xlsx", {f"{n}.xlsx": inner for n in range(20)})


def many(folder: Path) -> Path:
    parts = {f"xl/worksheets/sheet{n}.xml": b"<x/>" for n in range(20_000)}
    return pack(folder / "m.xlsx", {"[Content_Types].xml": TYPES.encode(), **parts})


def attribute(folder: Path) -> Path:
    return changed(folder, SHEET, [HEAD.encode() + b'<sheetData x="', *[b"a" * PIECE] * 12, b'"/>'])


def attributes(folder: Path) -> Path:
    """Two hundred thousand attributes of one element: comparing them is quadratic."""
    names = "".join(f' a{number}="&gt;"' for number in range(200_000))
    return changed(folder, SHEET, f"{HEAD}<sheetData{names}/></worksheet>".encode())


def sparse(corner: str) -> Callable[[Path], Path]:
    """Two cells far apart: what is between them would fill the memory."""

    def make(folder: Path) -> Path:
        row = "".join(char for char in corner if char.isdigit())
        cells = (
            f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{row}"><c r="{corner}"><v>2</v></c>'
        )
        text = f"{HEAD}<sheetData>{cells}</row></sheetData></worksheet>"
        return changed(folder, SHEET, text.encode())

    return make


def repeated(folder: Path) -> Path:
    """One long string in two hundred thousand cells."""
    parts = real(folder / "real.xlsx")
    text = "x" * 30_000
    parts["xl/sharedStrings.xml"] = f"<sst><si><t>{text}</t></si></sst>".encode()
    cells = '<row><c t="s"><v>0</v></c></row>' * 200_000
    parts[SHEET] = f"{HEAD}<sheetData>{cells}</sheetData></worksheet>".encode()
    return pack(folder / "r.xlsx", parts)


def deep(folder: Path) -> Path:
    return changed(folder, SHEET, HEAD.encode() + b"<a>" * 3_000_000)


def packed_text(line: bytes) -> Callable[[Path], Path]:
    """A hundred megabytes of one line over and over, gzipped."""

    def make(folder: Path) -> Path:
        path = folder / "b.csv.gz"
        piece = line * (PIECE // len(line))
        with gzip.open(path, "wb", compresslevel=9) as handle:
            for _ in range(100):
                handle.write(piece)
        return path

    return make


def locked(folder: Path) -> Path:
    path = changed(folder, "docProps/app.xml", b"<x/>", "l.xlsx")
    data = bytearray(path.read_bytes())
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    path.write_bytes(bytes(data))
    return path


CASES: dict[str, tuple[Callable[[Path], Path], str, str]] = {
    "inflating": (inflating, "", "would unpack"),
    "lying": (lying, "", "would unpack"),
    "overlapping": (overlapping, "", "not built as"),
    "shared-strings": (strings, "", "document type"),
    "utf-16-strings": (wide_strings, "", "document type"),
    "external-entity": (external, "", "document type"),
    "ods-laughs": (content, "", "document type"),
    "nested": (nested, "", "archive of files"),
    "many-parts": (many, "", "far more parts"),
    "attribute": (attribute, "", "not built as"),
    "attributes": (attributes, "", "b.xlsx"),
    "sparse-largest": (sparse("XFD1048576"), "", "b.xlsx"),
    "sparse-90-million": (sparse("VCX6000"), "", "memory"),
    "sparse-7-million": (sparse("VCX500"), "", "memory"),
    "repeated-string": (repeated, "", "memory"),
    "deep": (deep, "", "b.xlsx"),
    "password": (locked, "", "password"),
    "gzip-zeros": (packed_text(b"\0"), "", "would unpack"),
    "gzip-lines": (packed_text(b"a,b\n"), "", "would unpack"),
    "gzip-log": (packed_text(b"Username,Login Time\n"), "logins", "would unpack"),
}


@pytest.mark.parametrize("case", CASES)
def test_bombs_are_refused(
    case: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    pytest.importorskip("resource")  # not on Windows
    make, kind, part = CASES[case]
    path = make(tmp_path)
    script = Path(__file__).with_name("read_child.py")
    run = subprocess.run(
        [sys.executable, str(script), str(path), kind], capture_output=True, text=True, timeout=HANG
    )
    assert run.returncode == 0, run.stderr[-2000:]
    said, took, own, started = json.loads(run.stdout)
    record_property(
        "printed", f"bomb {case:18} {took * 1000:5.0f} ms {own:4.0f} + {started:4.0f} MiB  {said}"
    )
    assert path.name in said
    assert part in said
    assert own + started < MEBIBYTES


@pytest.mark.parametrize("suffix", [".xlsx", ".csv", ".ods"])
def test_xml_bombs_under_other_names_are_refused(suffix: str, tmp_path: Path, corpus: Path) -> None:
    for bomb in sorted((corpus / "xml-bombs").iterdir()):
        path = tmp_path / f"{bomb.stem}{suffix}"
        path.write_bytes(bomb.read_bytes())
        with pytest.raises(UserError, match=path.name.replace(".", r"\.")):
            read_table(path)


@pytest.mark.parametrize(
    ("script", "part"),
    [
        ('print(\'["error", "PanicException"]\')', "not a spreadsheet"),
        ("import os; os.abort()", "memory"),
        ("print('x' * 9000000)", "memory"),
        ("import time; time.sleep(600)", "too long"),
    ],
    ids=("panic", "abort", "endless-answer", "hang"),
)
def test_whatever_the_library_does_becomes_a_sentence(
    script: str, part: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "real.xlsx"
    real(path)
    monkeypatch.setattr(workbook, "PATIENCE", 0.3 if part == "too long" else 30)
    monkeypatch.setattr(workbook, "command", lambda *_: [sys.executable, "-c", script])
    with pytest.raises(UserError, match=rf"real\.xlsx.*{part}"):
        read_table(path)


def test_opening_a_spreadsheet_can_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "real.xlsx"
    real(path)
    script = "import time; time.sleep(600)"
    monkeypatch.setattr(workbook, "command", lambda *_: [sys.executable, "-c", script])
    with pytest.raises(Cancelled):
        read_table(path, watch=Watch(cancelled=lambda: True))
