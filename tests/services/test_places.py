"""Where a file lies: folders that programs keep in step, disks of other machines, and copies."""

import shutil
import sqlite3
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest

from annotator.i18n import CODES, Language
from annotator.services import copies, places
from annotator.services.wording import sentence
from annotator.store import beside
from annotator.store.project import Project
from tests import projects

# --- folders that are kept in step ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("folder", "service"),
    [
        ("Dropbox/news", "Dropbox"),
        ("Dropbox (جامعة القاهرة)", "Dropbox"),
        ("OneDrive", "OneDrive"),
        ("OneDrive - Contoso/مشروع", "OneDrive"),
        ("Library/CloudStorage/OneDrive-Personal", "OneDrive"),
        ("Library/CloudStorage/GoogleDrive-a@b.org/My Drive", "Google Drive"),
        ("Library/CloudStorage/Box-Box", "CloudStorage"),
        ("Library/Mobile Documents/com~apple~CloudDocs/x", "iCloud"),
        ("iCloudDrive", "iCloud"),
        ("Google Drive/x", "Google Drive"),
        ("Nextcloud/team", "Nextcloud"),
        ("ownCloud", "ownCloud"),
        ("Documents/news", ""),
        ("my dropbox notes", ""),
        ("Onedriver", ""),
    ],
)
def test_a_folder_is_known_by_its_name(tmp_path: Path, folder: str, service: str) -> None:
    (tmp_path / folder).mkdir(parents=True)

    remark = places.remark_on(tmp_path / folder / "أخبار.hashiya")

    assert (remark.data["service"] if remark else "") == service


@pytest.mark.parametrize(
    ("marker", "service"),
    [
        (".dropbox.cache/", "Dropbox"),
        (".stfolder/", "Syncthing"),
        (".sync_1a2b3c4d5e6f.db", "Nextcloud"),
        ("._sync_1a2b3c4d5e6f.db", "Nextcloud"),
        (".owncloudsync.log", "ownCloud"),
        (".tmp.drivedownload/", "Google Drive"),
        (".849C9593-D756-4E56-8D6E-42412F2A707B", "OneDrive"),
        (".sync_notes.db", ""),
    ],
)
def test_a_folder_is_known_by_what_lies_in_the_topmost_one(
    tmp_path: Path, marker: str, service: str
) -> None:
    deep = tmp_path / "top" / "a" / "b"
    deep.mkdir(parents=True)
    place = tmp_path / "top" / marker
    place.mkdir() if marker.endswith("/") else place.touch()

    remark = places.remark_on(deep / "x.hashiya")

    assert (remark.data["service"] if remark else "") == service


def test_a_link_into_such_a_folder_is_followed(tmp_path: Path) -> None:
    (tmp_path / "Dropbox").mkdir()
    (tmp_path / "work").symlink_to(tmp_path / "Dropbox")

    remark = places.remark_on(tmp_path / "work" / "x.hashiya")

    assert remark is not None
    assert remark.code == "in_synced_folder"


def test_windows_says_where_its_own_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "عملي").mkdir()
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "عملي"))

    remark = places.remark_on(tmp_path / "عملي" / "x.hashiya")

    assert remark is not None
    assert remark.data["service"] == "OneDrive"


# --- disks of other machines ----------------------------------------------------------------------

MOUNTS = r"""
sysfs /sys sysfs rw,nosuid 0 0
/dev/vda1 / ext4 rw,relatime 0 0
server:/export /home/sara/Team\040Share nfs4 rw,vers=4.2 0 0
//nas/data /mnt/nas cifs rw,vers=3.0 0 0
/dev/sdb1 /mnt/nas/stick vfat rw 0 0
C:\134 /mnt/c 9p rw,dirsync,aname=drvfs;path=C:\;uid=1000 0 0
me@host:/x /home/sara/remote fuse.sshfs rw 0 0
gvfsd-fuse /run/user/1000/gvfs fuse.gvfsd-fuse rw 0 0
"""
OF_MACOS = """\
/dev/disk3s1s1 on / (apfs, sealed, local, read-only, journaled)
//sara@nas._smb._tcp.local/team on /Volumes/team (smbfs, nodev, nosuid, mounted by sara)
/dev/disk4s1 on /Volumes/STICK (exfat, local, nodev, nosuid)
map auto_home on /System/Volumes/Data/home (autofs, automounted, nobrowse)
"""


@pytest.mark.parametrize(
    ("path", "system"),
    [
        ("/home/sara/x.hashiya", ""),
        ("/home/sara/Team Share/x.hashiya", "NFS"),
        ("/home/sara/Team Share 2/x.hashiya", ""),
        ("/mnt/nas/a/x.hashiya", "SMB"),
        ("/mnt/nas/stick/x.hashiya", ""),
        ("/mnt/c/Users/x.hashiya", ""),
        ("/home/sara/remote/x.hashiya", "SSHFS"),
        ("/run/user/1000/gvfs/smb-share:server=a/x.hashiya", "GVFS"),
    ],
)
def test_linux_lists_what_is_mounted(path: str, system: str) -> None:
    assert places.network_in(PurePosixPath(path), places.mounts_of_linux(MOUNTS)) == system


@pytest.mark.parametrize(
    ("path", "system"),
    [
        ("/Users/sara/x.hashiya", ""),
        ("/Volumes/team/x.hashiya", "SMB"),
        ("/Volumes/STICK/x.hashiya", ""),
    ],
)
def test_macos_prints_it(path: str, system: str) -> None:
    assert places.network_in(PurePosixPath(path), places.mounts_of_macos(OF_MACOS)) == system


@pytest.mark.parametrize(
    ("path", "is_far"),
    [
        (r"\\server\share\x.hashiya", True),
        (r"\\?\UNC\server\share\x.hashiya", True),
        (r"\\?\C:\x.hashiya", False),
        (r"C:\Users\x.hashiya", False),
    ],
)
def test_windows_writes_it(path: str, is_far: bool) -> None:
    assert places.is_unc(PureWindowsPath(path)) == is_far


def test_the_disk_of_this_test_is_looked_up_without_trouble(tmp_path: Path) -> None:
    assert places.remark_on(tmp_path / "x.hashiya") is None


# --- copies ---------------------------------------------------------------------------------------

CONFLICTING = (
    "p (سلمى's conflicted copy 2026-11-22)",
    "p (conflicted copy 2026-11-22 101500)",
    "p (نسخة متعارضة 2026-11-22)",
    "p.sync-conflict-20261122-101500-ABCDEF7",
    "p-conflict-2",
    "p_conf(1)",
    "p (1)",
    "p 2",
    "p-DESKTOP-4F2K9QZ",
    "p-LAPTOP-A1B2C3D4-2",
)
INNOCENT = ("p-sara", "p2", "other (1)", "p-", "q")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = projects.made(tmp_path)
    return made.rename(made.with_name("p.hashiya"))


@pytest.mark.parametrize("stem", CONFLICTING)
def test_what_a_sync_program_doubled_is_found_from_both_sides(path: Path, stem: str) -> None:
    copy = Path(shutil.copy(path, path.with_name(f"{stem}.hashiya")))

    with Project.open(path) as project:
        assert copies.conflict_copies(project) == (copy,)
    with Project.open(copy) as project:
        assert copies.conflict_copies(project) == (path,)


@pytest.mark.parametrize("stem", INNOCENT)
def test_other_files_of_the_project_are_no_copies(path: Path, stem: str) -> None:
    shutil.copy(path, path.with_name(f"{stem}.hashiya"))

    with Project.open(path) as project:
        assert copies.conflict_copies(project) == ()


def test_only_the_same_project_counts(path: Path) -> None:
    Project.create(path.with_name("p (1).hashiya"), projects.SCHEMA).close()
    path.with_name("p (2).hashiya").write_bytes(b"SQLite format 3\0" * 100)
    path.with_name("p (3).hashiya").mkdir()
    path.with_name("p (4).hashiya").symlink_to(path.with_name("nothing"))

    with Project.open(path) as project:
        assert copies.conflict_copies(project) == ()


def test_of_a_file_with_a_view_for_settings_nothing_is_asked(tmp_path: Path) -> None:
    path = tmp_path / "x.hashiya"
    with sqlite3.connect(path) as made:
        made.execute("PRAGMA application_id=1213417801")
        made.execute(
            "CREATE VIEW settings AS SELECT zeroblob(900000000) AS value,'project' AS name"
        )
    made.close()

    assert beside.identity_of(path) is None


# --- telling --------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", CODES)
def test_what_is_remarked_is_told_and_remembered_for_the_file_as_it_is(
    path: Path, language: str
) -> None:
    folder = path.parent / "Dropbox"
    folder.mkdir()
    path = path.rename(folder / path.name)
    copy = Path(shutil.copy(path, folder / "p (conflicted copy).hashiya"))

    with Project.open(path) as project:
        found = places.remarks(project)
        keys = [places.key_of(one, project) for one in found]
        again = [places.key_of(one, project) for one in places.remarks(project)]
        with Project.open(copy) as other:
            projects.annotator(other, "زيد")
        changed = [places.key_of(one, project) for one in places.remarks(project)]

    assert [one.code for one in found] == ["in_synced_folder", "conflict_copies"]
    said = [sentence(one, Language.of(language)) for one in found]
    assert "Dropbox" in said[0]
    assert "p (conflicted copy).hashiya" in said[1]
    assert keys == again
    assert (changed[0] == keys[0], changed[1] == keys[1]) == (True, False)
