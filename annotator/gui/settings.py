"""What this machine remembers for the person at it: one file of JSON, no project and no window.

Several windows share the file. Each change is made on what the file says at that moment, so that
none undoes another's; who shows settings keeps the value that a change returns.
"""

import contextlib
import os
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec.structs import replace

from annotator import paths
from annotator.core.errors import UserError
from annotator.files import replacing

NAME = "settings.json"
RECENT_AT_MOST = 12
_PROJECTS_AT_MOST = 200
_DAMAGED_AT_MOST = 99
_EXPLAINED_AT_MOST = 500
_PATIENCE = 3.0
"""Seconds that a change waits for another window's."""


class Place(msgspec.Struct, frozen=True):
    """Where in a project a person was: the article's uid, the canvas' place in it, and the tab."""

    article: str = ""
    offset: int = 0
    below: int = 0
    tab: str = ""


class OfProject(msgspec.Struct, frozen=True):
    """What is remembered of one project: who labels in it here (an annotator's uid), and where."""

    who: str = ""
    place: Place = Place()


class Recent(msgspec.Struct, frozen=True):
    """A project that was open here: its file, wherever that is now, and its title then."""

    path: str
    title: str = ""

    @property
    def is_there(self) -> bool:
        """Whether there still is such a file."""
        return Path(self.path).is_file()


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is remembered, with what holds where nothing was chosen."""

    language: Literal["", "ar", "en"] = ""  # empty: as the system
    theme: Literal["system", "light", "dark", "contrast"] = "system"
    zoom: Annotated[int, msgspec.Meta(ge=16, le=36)] = 22
    chips: Literal["name", "code", "off"] = "name"
    is_compact: bool = False
    shows_unseen: bool = False
    digits: Literal["western", "arabic"] = "western"
    geometry: str = ""  # of the window, as Qt saves it, in base64
    splitters: dict[str, tuple[int, ...]] = {}
    recent: tuple[Recent, ...] = ()  # the newest first
    projects: dict[str, OfProject] = {}  # by the project's uid, the newest last
    explained: tuple[str, ...] = ()  # remarks on files that were read, by a hash; the newest last

    def of_project(self, uid: str) -> OfProject:
        """Return what is remembered of the project `uid`."""
        return self.projects.get(uid, OfProject())


Edit = Callable[[Settings], Settings]


# --- edits ---


def with_recent(settings: Settings, path: Path, title: str) -> Settings:
    """Return `settings` with the project file at `path` as the one that was open last."""
    told = str(path.absolute())
    if not _is_text(told):  # a name that is no Unicode: JSON cannot hold it
        return settings
    newest = Recent(told, title if _is_text(title) else "")
    others = [one for one in settings.recent if one.path != told]
    return replace(settings, recent=(newest, *others)[:RECENT_AT_MOST])


def without_recent(settings: Settings, path: str) -> Settings:
    """Return `settings` without the recent project at `path`."""
    return replace(settings, recent=tuple(one for one in settings.recent if one.path != path))


def with_project(settings: Settings, uid: str, **changes: str | Place) -> Settings:
    """Return `settings` with other `who` or `place` for the project `uid`."""
    others = {known: told for known, told in settings.projects.items() if known != uid}
    newest = [*others.items(), (uid, replace(settings.of_project(uid), **changes))]
    return replace(settings, projects=dict(newest[-_PROJECTS_AT_MOST:]))


def with_splitter(settings: Settings, name: str, sizes: tuple[int, ...]) -> Settings:
    """Return `settings` with the pixel sizes of the splitter called `name`."""
    return replace(settings, splitters={**settings.splitters, name: sizes})


def with_explained(settings: Settings, key: str) -> Settings:
    """Return `settings` with the remark called `key` as one that was read."""
    others = [one for one in settings.explained if one != key]
    return replace(settings, explained=(*others, key)[-_EXPLAINED_AT_MOST:])


def _is_text(told: str) -> bool:
    return told == told.encode("utf-8", "replace").decode()


# --- the file ---


def read() -> tuple[Settings, UserError | None]:
    """Return what the file says, and what there is to tell of it; what does not fit is left out.

    A file that is no JSON is set aside under another name, and everything begins anew.
    """
    path = paths.data_folder() / NAME
    try:
        told = path.read_bytes()
    except FileNotFoundError:
        return Settings(), None
    except OSError:
        return Settings(), UserError("cannot_read", path=NAME)
    try:
        return _settings_of(msgspec.json.decode(told, type=dict[str, Any])), None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return Settings(), UserError("settings_damaged", path=_set_aside(path))


def change(edit: Edit) -> Settings:
    """Make `edit` of what the file says now, write it, and return it.

    Raise `UserError` where it cannot be written; about a sync of the disk each.
    """
    folder = paths.data_folder()
    with _alone(folder):
        settings = edit(read()[0])
        with replacing(folder / NAME) as file:
            file.write(msgspec.json.format(msgspec.json.encode(settings), indent=1) + b"\n")
    return settings


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let no other window change the settings meanwhile."""
    import filelock

    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = filelock.FileLock(folder / "settings.lock", timeout=_PATIENCE)
        lock.acquire()
    except filelock.Timeout as error:
        raise UserError("locked", path=NAME) from error
    except OSError as error:
        raise UserError("no_data_folder", path=folder.name) from error
    try:
        yield
    finally:
        lock.release()


def _set_aside(path: Path) -> str:
    """Give a damaged file a free name; return the name that it has then."""
    names = [path.with_name(f"settings-damaged-{n}.json") for n in range(1, _DAMAGED_AT_MOST + 1)]
    aside = next((name for name in names if not os.path.lexists(name)), names[-1])
    try:
        path.replace(aside)
    except OSError:
        return path.name
    return aside.name


def _settings_of(told: Mapping[str, Any]) -> Settings:
    fits = {}
    for field in msgspec.structs.fields(Settings):
        if field.name in told:
            with contextlib.suppress(msgspec.ValidationError):
                fits[field.name] = msgspec.convert(_items_of(field.name, told), field.type)
    return Settings(**fits)


def _items_of(name: str, told: Mapping[str, Any]) -> Any:  # noqa: ANN401  # whatever JSON held
    """Return the value called `name`; of recent and known projects those that fit."""
    value = told[name]
    if name == "recent" and isinstance(value, list):
        return [one for one in value if _fits(one, Recent)]
    if name == "projects" and isinstance(value, dict):
        return {uid: one for uid, one in value.items() if _fits(one, OfProject)}
    return value


def _fits(value: object, kind: type) -> bool:
    try:
        msgspec.convert(value, kind)
    except msgspec.ValidationError:
        return False
    return True
