"""Several files given at once: folders, and archives of exports, as one list of files to read.

A file inside an archive is read where it lies, in pieces, and refused when it grows absurdly; only
a spreadsheet is unpacked, into a folder of its own that goes away with the list.
"""

from __future__ import annotations

import struct
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import IO, cast

from crm_pilot.errors import UserError
from crm_pilot.exchange import archives
from crm_pilot.i18n import N_
from crm_pilot.records import dataclass

MOST_FILES = 1000
MOST_RATIO = 200  # exports shrink 3 to 40 times
SMALL = 4 << 20  # below this a ratio is no danger
TABLES = frozenset([".csv", ".txt", ".tsv", ".gz", ".log", ".xlsx", ".xlsm", ".xlsb", ".xls",
                    ".ods", ""])  # fmt: skip
SHEETS = frozenset([".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"])
_MARKS = ("[content_types].xml", "content.xml", "mimetype", "_rels/.rels")
BROKEN = N_("“{name}” is not an archive that can be read ({reason}).")
_BAD = (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, struct.error, EOFError)


@dataclass(frozen=True)
class Member:
    """A file inside an archive."""

    archive: Path
    part: str

    @property
    def name(self) -> str:
        """As people are told."""
        return f"{self.archive.name}/{self.part}"

    @property
    def suffix(self) -> str:
        """Ending of its name."""
        return PurePosixPath(self.part).suffix

    @property
    def stem(self) -> str:
        """Its name without the ending."""
        return PurePosixPath(self.part).stem

    @property
    def size(self) -> int:
        """Bytes it says it has."""
        with zipfile.ZipFile(self.archive) as archive:
            return archive.getinfo(self.part).file_size

    def open(self, mode: str = "rb") -> IO[bytes]:
        """Its bytes, refused when they become too many."""
        return cast("IO[bytes]", _Opened(self))


class _Opened:
    """A file inside an archive, open for reading."""

    def __init__(self, member: Member) -> None:
        self._name = member.name
        self._archive = zipfile.ZipFile(member.archive)
        self._packed = max(1, self._archive.getinfo(member.part).compress_size)
        self._handle = self._archive.open(member.part)
        self._given = 0

    def read(self, size: int = -1) -> bytes:
        """Up to `size` bytes. Raises `UserError` for a bomb, `OSError` for what is broken."""
        try:
            data = self._handle.read(size)
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, zlib.error) as error:
            raise OSError(str(error)) from error
        self._given += len(data)
        if self._given > SMALL and self._given > MOST_RATIO * self._packed:
            raise UserError(
                N_("“{name}” would unpack to more than {size} MB: it was not read."),
                name=self._name,
                size=self._given >> 20,
            )
        return data

    def tell(self) -> int:
        """How many bytes were given."""
        return self._given

    def close(self) -> None:
        """Close file and archive."""
        self._handle.close()
        self._archive.close()

    def __enter__(self) -> _Opened:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


Openable = Path | Member


@dataclass(frozen=True)
class Given:
    """The files to read, and the names of those that are no tables."""

    files: tuple[Openable, ...]
    left_out: tuple[str, ...] = ()
    names: tuple[tuple[Openable, str], ...] = ()  # of unpacked spreadsheets

    def name(self, file: Openable) -> str:
        """What the person calls a file."""
        return dict(self.names).get(file, file.name)


@contextmanager
def gathered(paths: Sequence[Path]) -> Iterator[Given]:
    """All files of the paths given: folders and archives are looked into. Raises `UserError`."""
    with tempfile.TemporaryDirectory(prefix="crm-pilot-") as folder:
        yield _gather(paths, Path(folder))


def _gather(paths: Sequence[Path], folder: Path) -> Given:
    files: list[Openable] = []
    left: list[str] = []
    names: list[tuple[Openable, str]] = []
    for path in _files(paths, left):
        parts = _members(path, left) if is_bundle(path) else (path,)
        for part in parts:
            if isinstance(part, Member) and part.suffix.lower() in SHEETS:
                unpacked = _unpack(part, folder, len(names))
                names.append((unpacked, part.name))
                part = unpacked
            files.append(part)
        if len(files) > MOST_FILES:
            raise UserError(N_("These are more than {n} files: none was read."), n=MOST_FILES)
    if not files:
        name = paths[0].name if paths else ""
        raise UserError(N_("“{name}” holds no file that is a table."), name=name)
    return Given(tuple(files), tuple(left), tuple(names))


def _files(paths: Sequence[Path], left: list[str]) -> Iterator[Path]:
    """Every file once, those of a folder in the order of their names."""
    seen: set[Path] = set()
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for found in inside:
            if found.is_dir() or found.resolve() in seen:
                continue
            seen.add(found.resolve())
            if not path.is_dir() or _is_table(found.name):
                yield found
            elif not found.name.startswith("."):
                left.append(found.name)


def _is_table(name: str) -> bool:
    plain = PurePosixPath(name)
    suffix = plain.suffix.lower()
    return (suffix in TABLES or suffix == ".zip") and not plain.name.startswith((".", "~$"))


def is_bundle(path: Path) -> bool:
    """Whether a file is an archive of files rather than a spreadsheet."""
    try:
        with path.open("rb") as handle:
            if handle.read(4) not in (b"PK\x03\x04", b"PK\x05\x06"):
                return False
            if path.suffix.lower() in SHEETS:
                return False
            archives.refuse_many(handle, path.name)
            with zipfile.ZipFile(handle) as archive:
                names = {name.lower() for name in archive.namelist()}
    except _BAD:
        return path.suffix.lower() == ".zip"
    return not (names & set(_MARKS) or any(name.startswith("xl/") for name in names))


def _members(path: Path, left: list[str]) -> list[Member]:
    """The tables of an archive in the order of their names. Raises `UserError`."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [part for part in archive.infolist() if not part.is_dir()]
    except _BAD as error:
        raise UserError(BROKEN, name=path.name, reason=str(error)) from error
    if len(parts) > MOST_FILES:
        raise UserError(N_("These are more than {n} files: none was read."), n=MOST_FILES)
    if any(part.flag_bits & 1 for part in parts):
        raise UserError(archives.LOCKED, name=path.name)
    archives.refuse_overlapping(parts, path.name)
    members = []
    for part in sorted(parts, key=lambda part: part.filename):
        if part.filename.lower().endswith(".zip"):
            raise UserError(
                N_("“{name}” holds an archive in an archive (“{part}”): unpack it first."),
                name=path.name,
                part=part.filename,
            )
        hidden = part.filename.startswith("__MACOSX/")
        if _is_table(part.filename) and not hidden:
            members.append(Member(path, part.filename))
        elif not hidden:
            left.append(f"{path.name}/{part.filename}")
    if not members:
        raise UserError(N_("“{name}” holds no file that is a table."), name=path.name)
    return members


def _unpack(member: Member, folder: Path, number: int) -> Path:
    """A spreadsheet of an archive as a file. Raises `UserError`."""
    path = folder / f"{number}{member.suffix.lower()}"
    given = 0
    with member.open() as source, path.open("wb") as target:
        try:
            while piece := source.read(1 << 18):
                given += len(piece)
                if given > archives.MOST_UNPACKED:
                    raise UserError(
                        N_("“{name}” would unpack to more than {size} MB: it was not read."),
                        name=member.name,
                        size=given >> 20,
                    )
                target.write(piece)
        except OSError as error:
            raise UserError(BROKEN, name=member.name, reason=str(error)) from error
    return path
