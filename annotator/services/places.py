"""Where a project file lies: in a folder that a program keeps in step, or on another's disk.

Nothing is forbidden there: what can happen is explained once. The rules are facts about other
programs, met in names of folders, in files that they leave there, and in the list of mounted disks.
"""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise
from pathlib import Path, PurePath

from annotator.core.errors import UserError
from annotator.services.copies import conflict_copies, copies_of
from annotator.store import beside, keptbeside
from annotator.store.project import Project

_NAMED = (
    ("Dropbox", re.compile(r"dropbox( \(.+\))?")),
    ("OneDrive", re.compile(r"onedrive( - .+|-.+)?")),
    ("iCloud", re.compile(r"icloud ?drive|mobile documents|com~apple~clouddocs")),
    ("Google Drive", re.compile(r"google ?drive(-.+)?|googledrive-.+")),
    ("Nextcloud", re.compile(r"nextcloud(-.+)?")),
    ("ownCloud", re.compile(r"owncloud(-.+)?")),
    ("Syncthing", re.compile(r"syncthing")),
)
"""How programs call the folder that they keep in step."""
_MARKERS = (
    ("Dropbox", (".dropbox", ".dropbox.cache")),
    ("OneDrive", (".849C9593-D756-4E56-8D6E-42412F2A707B",)),
    ("Google Drive", (".tmp.drivedownload", ".tmp.driveupload")),
    ("Syncthing", (".stfolder", ".stversions")),
    ("Nextcloud", (".nextcloudsync.log",)),
    ("ownCloud", (".owncloudsync.log", ".csync_journal.db")),
)
"""What they leave in its top folder."""
_NEXTCLOUD_BASE = re.compile(r"\._?sync_[0-9a-f]+\.db")
_LOOKED_AT = 2_000
"""Names in one folder that are looked at."""
_ONEDRIVE = ("OneDrive", "OneDriveConsumer", "OneDriveCommercial")
"""Variables in which Windows names its folders."""
_NETWORK = {
    "nfs": "NFS", "nfs4": "NFS", "cifs": "SMB", "smb3": "SMB", "smbfs": "SMB", "afpfs": "AFP",
    "webdav": "WebDAV", "davfs": "WebDAV", "fuse.davfs2": "WebDAV", "fuse.sshfs": "SSHFS",
    "fuse.rclone": "rclone", "fuse.gvfsd-fuse": "GVFS", "fuse.s3fs": "S3", "afs": "AFS",
    "ceph": "Ceph", "fuse.glusterfs": "GlusterFS", "glusterfs": "GlusterFS", "lustre": "Lustre",
    "9p": "9P", "vboxsf": "VirtualBox", "fuse.vmhgfs-fuse": "VMware", "prl_fs": "Parallels",
    "fuse.google-drive-ocamlfuse": "Google Drive", "fuse.onedriver": "OneDrive",
}  # fmt: skip
"""File systems that lie on another machine, by their names on Linux and macOS."""
_OF_WINDOWS = "drvfs"  # a disk of this machine, as Linux inside Windows sees it
_OCTAL = re.compile(r"\\([0-7]{3})")
_MOUNT_LINE = re.compile(r".+? on (/.*?) \(([a-z0-9_.]+)[,)]")


# --- where it lies ---


def remark_on(path: Path) -> UserError | None:
    """Return what a person should know of the place of the file at `path`; None where nothing.

    `in_synced_folder` or `on_network_disk`, with the name of the service.
    """
    whole = Path(os.path.realpath(path))
    service = _synced_by(whole)
    if service:
        return UserError("in_synced_folder", path=path.name, service=service)
    system = _network_of(whole)
    return UserError("on_network_disk", path=path.name, service=system) if system else None


def _synced_by(path: Path) -> str:
    """Return which program keeps a folder above `path` in step; "" for none."""
    given = (os.environ.get(name, "") for name in _ONEDRIVE)
    if any(one and path.is_relative_to(os.path.realpath(one)) for one in given):
        return "OneDrive"
    return service_of_names(path.parts[:-1]) or _service_of_markers(path.parents)


def service_of_names(folders: Sequence[str]) -> str:
    """Return which program's folder one of `folders` is called like; "" for none.

    >>> service_of_names(("/", "Users", "sara", "Library", "CloudStorage", "Dropbox"))
    'Dropbox'
    """
    for folder in folders:
        for service, pattern in _NAMED:
            if pattern.fullmatch(folder.casefold()):
                return service
    above = [*pairwise(folders)]
    return "CloudStorage" if ("Library", "CloudStorage") in above else ""


def _service_of_markers(folders: Iterable[Path]) -> str:
    for folder in folders:
        for service, names in _MARKERS:
            if any(os.path.lexists(folder / name) for name in names):
                return service
        if any(_NEXTCLOUD_BASE.fullmatch(name) for name in _names_in(folder)):
            return "Nextcloud"
    return ""


def _names_in(folder: Path) -> Iterator[str]:
    try:
        with os.scandir(folder) as found:
            yield from (entry.name for entry in islice(found, _LOOKED_AT))
    except OSError:
        return


# --- disks of other machines ---


def _network_of(path: Path) -> str:
    """Return the file system of another machine on which `path` lies; "" for a disk of this one."""
    if sys.platform == "win32":
        return "SMB" if _is_remote_drive(path) else ""
    if sys.platform == "darwin":
        told = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False).stdout
        return network_in(path, mounts_of_macos(told))
    try:
        told = Path("/proc/mounts").read_text("utf-8", "surrogateescape")
    except OSError:
        return ""
    return network_in(path, mounts_of_linux(told))


if sys.platform == "win32":

    def _is_remote_drive(path: Path) -> bool:
        import ctypes

        remote = 4  # DRIVE_REMOTE
        return is_unc(path) or ctypes.windll.kernel32.GetDriveTypeW(path.anchor) == remote


def is_unc(path: PurePath) -> bool:
    """Whether `path` names another machine, as Windows writes it.

    >>> from pathlib import PureWindowsPath
    >>> is_unc(PureWindowsPath("//server/share/a.hashiya"))
    True
    """
    drive = path.drive
    is_device = drive.startswith(("\\\\?\\", "\\\\.\\"))
    return drive.startswith("\\\\") and (not is_device or drive.upper().startswith("\\\\?\\UNC\\"))


Mounts = Sequence[tuple[str, str, str]]
"""Where something is mounted, of which kind, and with which options."""


def mounts_of_linux(told: str) -> Mounts:
    """Return what /proc/mounts tells."""
    rows = (line.split(" ") for line in told.splitlines())
    return [(_plain(row[1]), row[2], f"{row[0]} {row[3]}") for row in rows if len(row) > 3]


def _plain(written: str) -> str:
    return _OCTAL.sub(lambda found: chr(int(found[1], 8)), written)


def mounts_of_macos(told: str) -> Mounts:
    """Return what `mount` of macOS prints: `//a@b/c on /Volumes/c (smbfs, nodev)`."""
    found = (_MOUNT_LINE.match(line) for line in told.splitlines())
    return [(one[1], one[2], "") for one in found if one]


def network_in(path: PurePath, mounts: Mounts) -> str:
    """Return on whose disk `path` lies by the longest fitting row of `mounts`; "" for our own."""
    best = ("", "", "")
    for row in mounts:
        if path.is_relative_to(row[0]) and len(row[0]) >= len(best[0]):  # the last one hides others
            best = row
    _, kind, options = best
    return "" if _OF_WINDOWS in options else _NETWORK.get(kind, "")


# --- telling ---


def remarks(project: Project) -> list[UserError]:
    """Return what a person should know of the place of `project`, worded in `wording`."""
    return _remarks(project.path, conflict_copies(project))


def remarks_at(path: Path) -> list[UserError]:
    """Return as much of the place of the file at `path`, which may be damaged.

    Also whether nobody may look what this machine keeps beside it.
    """
    whose = beside.identity_of(path)
    return _remarks(path, copies_of(path, whose) if whose else ()) + _unread(path)


def _unread(path: Path) -> list[UserError]:
    told = beside.told_by(path)
    try:
        if told is not None:
            keptbeside.own_at(told.project, path, told.handed)
    except UserError as met:
        return [met]
    return []


def _remarks(path: Path, copies: Sequence[Path]) -> list[UserError]:
    place = remark_on(path)
    found = [place] if place else []
    if copies:
        names = [one.name for one in copies]
        found.append(UserError("conflict_copies", path=path.name, copies=names))
    return found


def key_of(remark: UserError, project: Project) -> str:
    """Return under which name it is remembered that `remark` was read, for this file as it is.

    A copy that has changed since is another one.
    """
    told = [remark.code, str(remark.data.get("service", "")), os.path.realpath(project.path)]
    if remark.code == "conflict_copies":
        told += [_state_of(one) for one in conflict_copies(project)]
    return hashlib.sha256("\n".join(told).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _state_of(copy: Path) -> str:
    try:
        found = copy.stat()
    except OSError:
        return copy.name
    return f"{copy.name} {found.st_size} {found.st_mtime_ns}"
