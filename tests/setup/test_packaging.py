"""What a package needs beside the program: pins, file type, icons, installers, licences."""

from __future__ import annotations

import ast
import importlib.util
import os
import plistlib
import re
import shutil
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from xml.etree import ElementTree

import pytest
from PySide6.QtGui import QImage, QImageReader

from crm_pilot.store.sqlite import APPLICATION_ID, EXTENSION, MAGIC

ROOT = Path(__file__).resolve().parents[2]
PARTS = ROOT / "packaging"
LINUX = PARTS / "linux"
MIME = "application/x-crm-pilot"
SIZES = (16, 24, 32, 48, 64, 128, 256, 512)

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the Linux desktop")


def loaded(path: Path) -> ModuleType:
    """A script of packaging/ as a module."""
    spec = importlib.util.spec_from_file_location(f"packaging_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def pins(name: str) -> dict[str, str]:
    """Pinned requirement lines by package and marker."""
    text = (ROOT / name).read_text("utf-8")
    blocks = re.split(r"\n(?=[a-z0-9])", text)
    assert all("==" in block and "--hash=sha256:" in block for block in blocks)
    lines = (block.splitlines()[0].rstrip(" \\") for block in blocks)
    return {re.sub(r"==[^ ]+", "", line): line for line in lines}


def test_the_build_uses_the_versions_that_are_tested() -> None:
    tested, built = pins("constraints.txt"), pins("constraints-build.txt")
    names = {name.split()[0] for name in built}
    assert {"pyinstaller", "pyside6-essentials", "holidays"} <= names
    assert not names & {"pytest", "mypy", "ruff"}  # what is not shipped cannot slip in
    differ = {name for name in tested.keys() & built.keys() if tested[name] != built[name]}
    assert not differ


# licences ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def third_party() -> ModuleType:
    return loaded(PARTS / "third_party.py")


def test_nothing_under_the_gpl_alone_is_shipped(third_party: ModuleType) -> None:
    found = {name: third_party.licence(one) for name, (one, _) in third_party.shipped().items()}
    assert {"pyside6-essentials", "sqlalchemy", "six"} <= found.keys()
    assert all(found.values())
    assert [name for name, terms in found.items() if not third_party.may_be_shipped(terms)] == []
    others = [terms for _, _, terms in third_party.LIBRARIES]
    assert [terms for terms in others if not third_party.may_be_shipped(terms)] == []


@pytest.mark.parametrize(
    ("terms", "free"),
    [
        ("LGPL-3.0-only OR GPL-2.0-only", True),
        ("LGPL-2.1-or-later", True),
        ("GPL-3.0 WITH GCC-exception-3.1", True),
        ("GNU Lesser General Public License v3 (LGPLv3)", True),
        ("GPL-3.0-only", False),
        ("AGPL-3.0-only", False),
        ("GNU General Public License v3 (GPLv3)", False),
        ("GPL-2.0-only OR GPL-3.0-only", False),
    ],
)
def test_the_gpl_is_told_from_the_lgpl(third_party: ModuleType, terms: str, free: bool) -> None:
    assert third_party.may_be_shipped(terms) is free


def test_the_page_of_third_parties_is_up_to_date(third_party: ModuleType) -> None:
    assert (ROOT / "docs" / "third-party.md").read_text("utf-8") == third_party.page()


def test_every_package_comes_with_its_licence_text(third_party: ModuleType) -> None:
    named = {folder for _, folder in third_party.licence_files()}
    ours = {"pyside6-essentials", "shiboken6"}  # their wheels hold none: packaging/licences does
    without = {"defusedxml"}  # its wheel holds none either; PSF, as Python itself
    assert third_party.shipped().keys() - named <= ours | without
    assert {"LGPL-3.0.txt", "GPL-3.0.txt"} <= {p.name for p, _ in third_party.licence_files()}


def test_an_unknown_library_is_noticed(third_party: ModuleType) -> None:
    assert third_party.unknown(["libQt6Core.so.6", "libz.so.1", "base_library.zip"]) == []
    assert third_party.unknown(["libreadline.so.8"]) == ["libreadline.so.8"]


# icons ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["app", "document"])
def test_icons_have_every_size(name: str, qapp: object) -> None:
    for size in SIZES:
        image = QImage(str(PARTS / "icons" / f"{name}-{size}.png"))
        assert (image.width(), image.height()) == (size, size)
        assert image.pixelColor(size // 2, size // 2).alpha() == 255
        assert image.pixelColor(0, 0).alpha() < 255  # round corners, no ground
    reader = QImageReader(str(PARTS / "icons" / f"{name}.ico"))
    widths = set()
    for number in range(reader.imageCount()):
        reader.jumpToImage(number)
        widths.add(reader.read().width())
    assert {16, 32, 48, 256} <= widths
    data = (PARTS / "icons" / f"{name}.icns").read_bytes()
    assert data[:4] == b"icns"
    assert int.from_bytes(data[4:8], "big") == len(data)


# Linux ---------------------------------------------------------------------------------------


def test_the_file_type_is_told_by_its_content(demo: Path) -> None:
    root = ElementTree.parse(LINUX / "crm-pilot.xml").getroot()
    space = {"m": "http://www.freedesktop.org/standards/shared-mime-info"}
    kind = root.find("m:mime-type", space)
    assert kind is not None
    assert kind.get("type") == MIME
    glob = kind.find("m:glob", space)
    assert glob is not None
    assert glob.get("pattern") == f"*{EXTENSION}"
    first = kind.find("m:magic/m:match", space)
    assert first is not None
    second = first.find("m:match", space)
    assert second is not None
    head = demo.read_bytes()[:72]
    assert first.get("value", "").encode().replace(rb"\0", b"\0") == MAGIC == head[:16]
    assert int(second.get("value", ""), 16) == APPLICATION_ID
    place = int(second.get("offset", ""))
    assert head[place : place + 4] == APPLICATION_ID.to_bytes(4, "big")


def test_the_entry_of_the_menu_opens_project_files() -> None:
    text = (LINUX / "crm-pilot.desktop").read_text("utf-8")
    assert "\nExec=crm-pilot %f\n" in text
    assert f"\nMimeType={MIME};\n" in text
    assert "[fr]=" in text


@linux_only
def test_the_desktop_accepts_the_entry() -> None:
    validate = shutil.which("desktop-file-validate")
    if validate is None:
        pytest.skip("desktop-file-utils is not installed")
    found = subprocess.run(
        [validate, str(LINUX / "crm-pilot.desktop")], capture_output=True, text=True, check=False
    )
    assert (found.returncode, found.stdout) == (0, "")


PROGRAM = '#!/bin/sh\necho "started with $1"\n'


@pytest.fixture
def person(tmp_path: Path) -> dict[str, str]:
    """The environment of somebody whose home has a space and an & in its name."""
    home = tmp_path / "Zoé & co"
    home.mkdir()
    kept = {k: v for k, v in os.environ.items() if not k.startswith("XDG_")}
    return {**kept, "HOME": str(home)}


def install(person: dict[str, str], *words: str) -> str:
    """The output of the install script."""
    return subprocess.run(
        ["sh", str(LINUX / "install.sh"), *words],
        env=person,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
    ).stdout


@linux_only
def test_installing_for_one_person_and_taking_it_away(
    person: dict[str, str], tmp_path: Path, demo: Path
) -> None:
    built, home = tmp_path / "built", Path(person["HOME"])
    (built / "_internal").mkdir(parents=True)
    (built / "crm-pilot").write_text(PROGRAM)
    (built / "crm-pilot").chmod(0o755)
    (home / "mine.crmp").write_bytes(demo.read_bytes())
    for _ in range(2):  # the second time over the first
        install(person, str(built))
    command = home / ".local" / "bin" / "crm-pilot"
    started = subprocess.run([command, "x"], capture_output=True, text=True, check=True)
    assert started.stdout == "started with x\n"
    share = home / ".local" / "share"
    entry = (share / "applications" / "crm-pilot.desktop").read_text("utf-8")
    assert f'\nExec="{home}/.local/lib/crm-pilot/crm-pilot" %f\n' in entry
    for size in SIZES:
        for name in ("apps/crm-pilot", "mimetypes/application-x-crm-pilot"):
            assert (share / f"icons/hicolor/{size}x{size}/{name}.png").is_file()
    if shutil.which("update-mime-database"):
        assert mime_of(home / "mine.crmp", share) == MIME
        shutil.copy(home / "mine.crmp", home / "attachment")  # without its ending
        assert mime_of(home / "attachment", share) == MIME
    install(person, "--uninstall")
    left = {
        path.relative_to(home).as_posix()
        for path in home.rglob("*")
        if path.is_file() and "mime/" not in path.as_posix()
    }
    assert left <= {
        "mine.crmp",
        "attachment",
        ".local/share/applications/mimeinfo.cache",
    }
    assert not (share / "mime" / "packages" / "crm-pilot.xml").exists()
    assert not os.path.lexists(command)


def mime_of(path: Path, share: Path) -> str:
    """The type that Qt, as the desktop, finds with the data below `share`."""
    script = (
        "import sys; from PySide6.QtCore import QMimeDatabase as D;"
        " print(D().mimeTypeForFile(sys.argv[1]).name())"
    )
    environment = {**os.environ, "XDG_DATA_HOME": str(share)}
    return subprocess.run(
        [sys.executable, "-c", script, str(path)],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


@linux_only
def test_nothing_to_install_is_said(person: dict[str, str], tmp_path: Path) -> None:
    found = subprocess.run(
        ["sh", str(LINUX / "install.sh"), str(tmp_path)],
        env=person,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert found.returncode == 2
    assert "run.py package" in found.stderr
    assert not (Path(person["HOME"]) / ".local").exists()


# Windows and macOS, which cannot be tried here ------------------------------------------------


def test_the_windows_installer_needs_no_administrator() -> None:
    text = (PARTS / "windows" / "crm-pilot.iss").read_text("utf-8-sig")
    assert "\nPrivilegesRequired=lowest\n" in text
    roots = re.findall(r"^Root: (\w+);", text, re.MULTILINE)
    assert roots
    assert set(roots) == {"HKCU"}
    assert f"Software\\Classes\\{EXTENSION}" in text
    for name in re.findall(r"^(?:LicenseFile|SetupIconFile)=(.+)$", text, re.MULTILINE):
        assert (PARTS / "windows" / name.replace("\\", "/")).resolve().is_file()
    # spec and installer name the same files
    spec = (ROOT / "build.spec").read_text("utf-8")
    assert 'program("crm-pilot", console=False)' in spec
    assert '"document.ico"' in spec


def test_the_windows_resources_can_be_read() -> None:
    template = (PARTS / "windows" / "version.txt").read_text("utf-8")
    filled = template.format(numbers=(1, 2, 3, 0), version="1.2.3", name="crm-pilot")
    tree = ast.parse(filled, mode="eval")
    called = {node.func.id for node in ast.walk(tree) if isinstance(node, ast.Call)}  # type: ignore[attr-defined]
    assert {"VSVersionInfo", "FixedFileInfo", "StringFileInfo", "VarFileInfo"} <= called
    manifest = ElementTree.parse(PARTS / "windows" / "crm-pilot.manifest").getroot()
    texts = {node.tag.rpartition("}")[2]: node.text for node in manifest.iter()}
    assert texts["dpiAwareness"] == "PerMonitorV2"
    assert texts["longPathAware"] == "true"


def test_macos_knows_the_file_type() -> None:
    known = plistlib.loads((PARTS / "macos" / "Info.plist").read_bytes())
    declared = known["UTExportedTypeDeclarations"][0]
    opened = known["CFBundleDocumentTypes"][0]
    assert opened["LSItemContentTypes"] == [declared["UTTypeIdentifier"]]
    tags = declared["UTTypeTagSpecification"]
    assert tags["public.filename-extension"] == [EXTENSION.lstrip(".")]
    assert tags["public.mime-type"] == [MIME]
    assert set(known["CFBundleLocalizations"]) == {"en", "fr"}
    assert (PARTS / "icons" / opened["CFBundleTypeIconFile"]).is_file()
    plistlib.loads((PARTS / "macos" / "entitlements.plist").read_bytes())
