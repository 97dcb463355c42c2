"""Where a project file lives: a synced folder, a network, or this computer alone.

`place_of` is pure over `Surroundings`; `surroundings()` reads them from the system.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import field
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

from crm_pilot.records import dataclass

NETWORK_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afpfs", "webdav", "davfs", "9p", "ncpfs"}
    | {"fuse.sshfs", "fuse.davfs2", "fuse.rclone", "fuse.gvfsd-fuse"}
)
ENVIRONMENT = ("OneDriveCommercial", "OneDriveConsumer", "OneDrive")
REMOTE_DRIVE = 4  # DRIVE_REMOTE of GetDriveTypeW


@dataclass(frozen=True)
class Place:
    """A synced or shared place: the service, and the folder that belongs to it."""

    service: str  # a proper name, or "network"
    root: str

    @property
    def network(self) -> bool:
        return self.service == NETWORK

    @property
    def name(self) -> str:
        """What to call it beside the service: "OneDrive - Mervane", "\\\\server\\share"."""
        if self.network:
            return self.root
        last = PureWindowsPath(self.root).name  # reads both kinds of slashes
        says_more = last.casefold().startswith(
            (f"{self.service} ".casefold(), f"{self.service}-".casefold())
        )
        return last if says_more else self.service


NETWORK = "network"


@dataclass(frozen=True)
class Surroundings:
    """What tells synced folders from others on this computer."""

    windows: bool = False
    home: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    dropbox: tuple[str, ...] = ()  # folders named by Dropbox's info.json
    mounts: tuple[tuple[str, str], ...] = ()  # (mount point, type of file system)
    remote_drive: Callable[[str], bool] = lambda drive: False  # of Windows: "Z:\\"
    marks: Callable[[PurePath], frozenset[str]] = lambda folder: frozenset()  # names in a folder


# by the name of a folder, anywhere on the way down
_BY_FOLDER = (
    (re.compile(r"onedrive( - .+)?$", re.I), "OneDrive"),
    (re.compile(r"onedrive-.+$", re.I), "OneDrive"),  # macOS, below CloudStorage
    (re.compile(r"sharepoint( - .+)?$|.+ - sharepoint$", re.I), "SharePoint"),
    (re.compile(r"dropbox( \(.+\)|-.+)?$", re.I), "Dropbox"),
    (re.compile(r"icloud ?drive$|com~apple~clouddocs$|mobile documents$", re.I), "iCloud"),
    (re.compile(r"google ?drive( .*|-.+)?$|drivefs$", re.I), "Google Drive"),
    (re.compile(r"box( sync|-box)?$", re.I), "Box"),
    (re.compile(r"nextcloud\d*$", re.I), "Nextcloud"),
    (re.compile(r"owncloud\d*$", re.I), "ownCloud"),
    (re.compile(r"kdrive\d*$", re.I), "kDrive"),
)
# by what the service leaves at the root of its folder
_BY_MARK = (
    (re.compile(r"\.dropbox(\.cache)?$"), "Dropbox"),
    (re.compile(r"\.owncloudsync\.log.*$"), "ownCloud"),
    (re.compile(r"\.nextcloudsync\.log$|\.sync_[0-9a-f]+\.db.*$"), "Nextcloud"),
    (re.compile(r"\.stfolder$"), "Syncthing"),
    (re.compile(r"\.(tmp\.drivedownload|tmp\.driveupload)$"), "Google Drive"),
)


def place_of(path: str | PurePath, around: Surroundings) -> Place | None:
    """Where `path` (absolute) lives; None for a plain folder of this computer."""
    kind = PureWindowsPath if around.windows else PurePosixPath
    where = kind(str(path))
    return (
        _announced(where, around)
        or _named(where, around)
        or _marked(where, around)
        or _on_network(where, around)
    )


def _announced(where: PurePath, around: Surroundings) -> Place | None:
    """By what the services tell of themselves: variables, Dropbox's own file."""
    told = [("OneDrive", around.environment.get(name, "")) for name in ENVIRONMENT]
    told += [("Dropbox", folder) for folder in around.dropbox]
    for service, folder in told:
        if folder and where.is_relative_to(type(where)(folder)):
            return Place(service, folder)
    return None


def _named(where: PurePath, around: Surroundings) -> Place | None:
    """By the name of a folder the file is below."""
    for folder in reversed(where.parents[:-1]):
        if folder.name == "Box" and folder.parent != type(where)(around.home):
            continue  # too plain a word elsewhere than in the home folder
        if folder.parent.name == "CloudStorage":  # macOS gives every service a folder here
            service = next((s for p, s in _BY_FOLDER if p.match(folder.name)), "")
            return Place(service or folder.name.partition("-")[0], str(folder))
        for pattern, service in _BY_FOLDER:
            if pattern.match(folder.name):
                return Place(service, str(folder))
    return None


def _marked(where: PurePath, around: Surroundings) -> Place | None:
    """By the files a service keeps at the root of its folder."""
    home = type(where)(around.home) if around.home else None
    for folder in where.parents:
        if folder == home:  # ~/.dropbox is the program's own folder, not a mark
            break
        names = around.marks(folder)
        for pattern, service in _BY_MARK:
            if any(pattern.match(name) for name in names):
                return Place(service, str(folder))
    return None


def _on_network(where: PurePath, around: Surroundings) -> Place | None:
    if isinstance(where, PureWindowsPath):
        if where.drive.startswith("\\\\"):
            local = where.drive.casefold().startswith(("\\\\?\\", "\\\\.\\"))
            return None if local else Place(NETWORK, where.drive)
        if where.drive and around.remote_drive(where.drive + "\\"):
            return Place(NETWORK, where.drive)
        return None
    inside = [(p, t) for p, t in around.mounts if where.is_relative_to(PurePosixPath(p))]
    if inside:
        point, system = max(inside, key=lambda mount: len(mount[0]))  # the innermost counts
        if system in NETWORK_SYSTEMS:
            return Place(NETWORK, point)
    return None


def surroundings(home: Path | None = None) -> Surroundings:
    """Read them from this computer. May take a moment where a network is slow."""
    home = home or Path.home()
    windows = os.name == "nt"
    return Surroundings(
        windows=windows,
        home=str(home),
        environment={name: os.environ.get(name, "") for name in ENVIRONMENT},
        dropbox=dropbox_folders(home, os.environ),
        mounts=_mounts(),
        remote_drive=_remote_drive,
        marks=_hidden_names,
    )


def dropbox_folders(home: Path, environment: Mapping[str, str]) -> tuple[str, ...]:
    """The folders of the personal and the company account, from Dropbox's info.json."""
    bases = [Path(environment[name]) for name in ("APPDATA", "LOCALAPPDATA") if name in environment]
    files = [base / "Dropbox" / "info.json" for base in bases] + [home / ".dropbox" / "info.json"]
    found: list[str] = []
    for file in files:
        with suppress(OSError, ValueError, AttributeError, TypeError):
            accounts = json.loads(file.read_text("utf-8")).values()
            found += [str(account["path"]) for account in accounts if account.get("path")]
    return tuple(found)


def read_mounts(text: str) -> tuple[tuple[str, str], ...]:
    """Mount points and types from the text of /proc/mounts (blanks are written as \\040)."""
    found = []
    for line in text.splitlines():
        parts = line.split(" ")
        if len(parts) >= 3:
            point = re.sub(r"\\(\d{3})", lambda code: chr(int(code[1], 8)), parts[1])
            found.append((point, parts[2]))
    return tuple(found)


def _mounts() -> tuple[tuple[str, str], ...]:
    system = str(sys.platform)  # mypy would take only its own platform for real
    if system.startswith("linux"):
        with suppress(OSError):
            return read_mounts(Path("/proc/mounts").read_text("utf-8", "replace"))
    if system == "darwin":
        return _mounts_of_mac()
    return ()


def _mounts_of_mac() -> tuple[tuple[str, str], ...]:
    """From `mount`: "//marie@server/share on /Volumes/share (smbfs, nodev, nosuid)"."""
    import subprocess

    with suppress(OSError, subprocess.SubprocessError):
        done = subprocess.run(
            ["/sbin/mount"], capture_output=True, text=True, timeout=3, check=True
        )
        return tuple(re.findall(r" on (/.*) \((\w+)", done.stdout))
    return ()


def _remote_drive(drive: str) -> bool:
    if sys.platform == "win32":
        import ctypes

        return bool(ctypes.windll.kernel32.GetDriveTypeW(drive) == REMOTE_DRIVE)
    return False


def _hidden_names(folder: PurePath) -> frozenset[str]:
    """Names in a folder that begin with a dot; none where it cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return frozenset(entry.name for entry in entries if entry.name.startswith("."))
    except OSError:
        return frozenset()
