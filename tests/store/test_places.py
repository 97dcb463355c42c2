"""Where a file lives, from what three systems tell; second versions by the names services give."""

from __future__ import annotations

import json
import shutil
from pathlib import Path, PurePath

import pytest

from crm_pilot.project import Project, SetField
from crm_pilot.store import places
from crm_pilot.store.conflicts import naming, second_versions
from crm_pilot.store.places import Place, Surroundings, place_of, read_mounts
from crm_pilot.versions import newest_second
from crm_pilot.versions import place_of as real_place_of

WINDOWS = Surroundings(
    windows=True,
    home=r"C:\Users\Claire",
    environment={"OneDriveCommercial": r"D:\Travail", "OneDrive": r"D:\Travail"},
    dropbox=(r"E:\Nuage",),
    remote_drive=lambda drive: drive.upper() == "Z:\\",
)
MAC = Surroundings(home="/Users/claire", mounts=(("/", "apfs"), ("/Volumes/projets", "smbfs")))
LINUX = Surroundings(
    home="/users/claire",
    mounts=(("/", "ext4"), ("/mnt/partage", "cifs"), ("/mnt/partage/local", "ext4")),
)


@pytest.mark.parametrize(
    ("around", "path", "service", "name"),
    [
        (WINDOWS, r"C:\Users\Claire\OneDrive\p.crmp", "OneDrive", "OneDrive"),
        (
            WINDOWS,
            r"C:\Users\Claire\OneDrive - Mervane\CRM\p.crmp",
            "OneDrive",
            "OneDrive - Mervane",
        ),
        (WINDOWS, r"d:\travail\CRM\p.crmp", "OneDrive", "OneDrive"),  # by variable, any case
        (WINDOWS, r"E:\Nuage\p.crmp", "Dropbox", "Dropbox"),  # by info.json
        (WINDOWS, r"C:\Users\Claire\iCloudDrive\p.crmp", "iCloud", "iCloud"),
        (WINDOWS, r"C:\Users\Claire\Box\p.crmp", "Box", "Box"),
        (WINDOWS, r"G:\Google Drive\p.crmp", "Google Drive", "Google Drive"),
        (WINDOWS, r"\\serveur\projets\CRM\p.crmp", "network", r"\\serveur\projets" + "\\"),
        (WINDOWS, r"Z:\CRM\p.crmp", "network", "Z:"),
        (WINDOWS, r"C:\Users\Claire\Documents\p.crmp", None, ""),
        (WINDOWS, r"C:\Users\Claire\Documents\Box\p.crmp", None, ""),  # just a box
        (WINDOWS, r"\\?\C:\Users\Claire\p.crmp", None, ""),
        (
            MAC,
            "/Users/claire/Library/CloudStorage/OneDrive-Mervane/p.crmp",
            "OneDrive",
            "OneDrive-Mervane",
        ),
        (
            MAC,
            "/Users/claire/Library/CloudStorage/GoogleDrive-c@x.fr/p.crmp",
            "Google Drive",
            "Google Drive",
        ),
        (MAC, "/Users/claire/Library/CloudStorage/Egnyte-x/p.crmp", "Egnyte", "Egnyte-x"),
        (
            MAC,
            "/Users/claire/Library/Mobile Documents/com~apple~CloudDocs/p.crmp",
            "iCloud",
            "iCloud",
        ),
        (MAC, "/Volumes/projets/p.crmp", "network", "/Volumes/projets"),
        (MAC, "/Users/claire/Documents/p.crmp", None, ""),
        (LINUX, "/users/claire/Dropbox/CRM/p.crmp", "Dropbox", "Dropbox"),
        (LINUX, "/users/claire/Dropbox (Mervane)/p.crmp", "Dropbox", "Dropbox (Mervane)"),
        (LINUX, "/users/claire/Nextcloud/p.crmp", "Nextcloud", "Nextcloud"),
        (LINUX, "/users/claire/ownCloud/p.crmp", "ownCloud", "ownCloud"),
        (LINUX, "/mnt/partage/CRM/p.crmp", "network", "/mnt/partage"),
        (LINUX, "/mnt/partage/local/p.crmp", None, ""),  # the innermost mount counts
        (LINUX, "/users/claire/onedriver-notes/p.crmp", None, ""),
        (LINUX, "/srv/p.crmp", None, ""),
    ],
)
def test_a_place_is_recognised(
    around: Surroundings, path: str, service: str | None, name: str
) -> None:
    found = place_of(path, around)
    if service is None:
        assert found is None
    else:
        assert found is not None
        assert (found.service, found.name.rstrip("\\")) == (service, name.rstrip("\\"))
        assert found.network == (service == "network")


@pytest.mark.parametrize(
    ("mark", "service"),
    [
        (".dropbox.cache", "Dropbox"),
        (".owncloudsync.log", "ownCloud"),
        (".sync_0123abcd.db", "Nextcloud"),
        (".stfolder", "Syncthing"),
        (".tmp.driveupload", "Google Drive"),
    ],
)
def test_a_folder_is_known_by_what_its_service_leaves(mark: str, service: str) -> None:
    def marks(folder: PurePath) -> frozenset[str]:
        return frozenset({mark} if str(folder) == "/data/nuage" else ())

    around = Surroundings(home="/users/claire", marks=marks)
    assert place_of("/data/nuage/CRM/p.crmp", around) == Place(service, "/data/nuage")
    assert place_of("/data/p.crmp", around) is None


def test_the_programs_own_folder_is_no_mark() -> None:
    around = Surroundings(home="/users/claire", marks=lambda _: frozenset({".dropbox"}))
    assert place_of("/users/claire/CRM/p.crmp", Surroundings(home="/users/claire")) is None
    assert place_of("/users/claire/p.crmp", around) is None


def test_dropbox_tells_its_folders(tmp_path: Path) -> None:
    info = tmp_path / "Dropbox" / "info.json"
    info.parent.mkdir()
    info.write_text(json.dumps({"personal": {"path": "/data/Perso"}, "business": {"path": "/b"}}))
    assert places.dropbox_folders(tmp_path / "no", {"APPDATA": str(tmp_path)}) == (
        "/data/Perso",
        "/b",
    )
    info.write_text("[not json")
    assert places.dropbox_folders(tmp_path, {"APPDATA": str(tmp_path)}) == ()


def test_mounts_are_read() -> None:
    text = (
        "/dev/sda1 / ext4 rw 0 0\n"
        "//srv/projets /mnt/mes\\040projets cifs rw 0 0\n"
        "claire@h:/x /users/claire/x fuse.sshfs rw 0 0\n"
        "broken\n"
    )
    mounts = read_mounts(text)
    assert ("/mnt/mes projets", "cifs") in mounts
    around = Surroundings(home="/users/claire", mounts=mounts)
    assert place_of("/mnt/mes projets/p.crmp", around) == Place("network", "/mnt/mes projets")
    assert place_of("/users/claire/x/p.crmp", around) == Place("network", "/users/claire/x")
    assert place_of("/users/claire/p.crmp", around) is None


def test_this_computer_can_be_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OneDrive", str(tmp_path / "Nuage"))
    found = real_place_of(tmp_path / "Nuage" / "p.crmp")
    assert found is not None and found.service == "OneDrive"


# second versions -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "service", "who", "sure"),
    [
        ("CRM (conflicted copy 2026-11-21).crmp", "", "", True),
        ("CRM (conflicted copy 2026-11-21 140233).crmp", "", "", True),
        ("CRM (Marie Durand's conflicted copy 2026-11-21).crmp", "", "Marie Durand", True),
        ("CRM (Marie’s conflicted copy 2026-11-21 (1)).crmp", "", "Marie", True),
        ("CRM (Copie en conflit de Marie 2026-11-21).crmp", "Dropbox", "Marie", True),
        ("CRM (copie en conflit de PC-MARIE 2026-11-21).crmp", "Dropbox", "PC-MARIE", True),
        ("CRM (Case Conflict 1).crmp", "Dropbox", "", True),
        ("CRM_conflict-20261121-140233.crmp", "Nextcloud", "", True),
        ("CRM.sync-conflict-20261121-140233-ABCDEF7.crmp", "Syncthing", "ABCDEF7", True),
        ("CRM (SFConflict marie@x.fr 2026-11-21-14-02-33).crmp", "Seafile", "marie@x.fr", True),
        ("CRM-DESKTOP-7K2P.crmp", "OneDrive", "DESKTOP-7K2P", False),
        ("CRM-MacBook-de-Marie.crmp", "OneDrive", "MacBook-de-Marie", False),
        ("CRM (1).crmp", "", "", False),
        ("CRM 2.crmp", "iCloud", "", False),
    ],
)
def test_names_of_the_services(name: str, service: str, who: str, sure: bool) -> None:
    says = naming(name, "CRM.crmp")
    assert says is not None
    assert (says.service, says.who, says.sure) == (service, who, sure)


@pytest.mark.parametrize(
    "name",
    [
        "CRM.crmp",
        "CRM (12 Nov 14h02).crmp",  # restored by us
        "CRM 2027 budget.crmp",
        "CRM2.crmp",
        "CRM.xlsx",
        "Autre (1).crmp",
        "CRM (1).xlsx",
        "CR.crmp",
    ],
)
def test_other_names_are_no_second_versions(name: str) -> None:
    assert naming(name, "CRM.crmp") is None


@pytest.fixture
def saved(project: Project, tmp_path: Path) -> Path:
    """A saved project file, not open."""
    path = project.save(tmp_path / "CRM.crmp").path
    project.close()
    return path


def test_a_second_version_beside_the_file_is_found(saved: Path) -> None:
    second = saved.with_name("CRM-PC-LYON.crmp")
    shutil.copy(saved, second)
    assert [one.path for one in second_versions(saved)] == [second]
    assert [one.path for one in second_versions(second)] == [saved]  # seen from the other side
    with Project.open(second) as project:
        project.execute(SetField("project", 1, "company", "Mervane"))
        project.execute(SetField("project", 1, "company", ""))
        project.execute(SetField("project", 1, "crm", "Salesforce"))
        project.save()
    found = newest_second(saved)
    assert found is not None
    version, finding = found
    assert version.path == second and finding.good
    assert finding.changes is not None
    assert [one.english() for one in finding.changes] == ["project card changed"]


def test_a_project_of_another_name_is_not_taken_for_one(saved: Path, tmp_path: Path) -> None:
    with Project.create(name="Another") as other:
        other.save(tmp_path / "CRM-Lyon.crmp")
    (tmp_path / "CRM (1).crmp").write_bytes(b"not a project")
    assert second_versions(saved) == []
    sure = tmp_path / "CRM (conflicted copy 2026-11-21).crmp"
    sure.write_bytes(b"half a file")
    assert [one.path for one in second_versions(saved)] == [sure]
    found = newest_second(saved)
    assert found is not None and not found[1].good


def test_a_folder_that_cannot_be_read_has_none(tmp_path: Path) -> None:
    assert second_versions(tmp_path / "away" / "CRM.crmp") == []
    assert newest_second(tmp_path / "away" / "CRM.crmp") is None
