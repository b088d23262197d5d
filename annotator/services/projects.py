"""New projects, and the label schemas that they begin with."""

from pathlib import Path

from annotator import paths
from annotator.core.errors import UserError
from annotator.core.schemafaults import Fault
from annotator.core.schematoml import checked_schema
from annotator.store.project import Project

BUNDLED = ("news", "ace", "wojood", "stance")


def new(path: Path, schema: str = "news", title: str = "") -> None:
    """Make a project file at `path`; refuse an existing one."""
    Project.create(path, schema_toml(schema), title).close()


def schema_toml(name: str) -> str:
    """Return the label schema that `name` names: a bundled one, a TOML file or a project file."""
    if name in BUNDLED:
        return paths.resource(f"schemas/{name}.toml").read_text(encoding="utf-8")
    path = Path(name)
    if not name or (path.name == name and not path.suffix and not path.exists()):
        raise UserError("unknown_schema", schema=name)
    if path.suffix == ".hashiya":
        with Project.open(path) as project:
            return project.schema_toml()
    return _read(path)


def schema_faults(path: Path) -> list[Fault]:
    """Return what is wrong with the label schema in the TOML file at `path`, and on which lines."""
    return checked_schema(_read(path))[1]


def _read(path: Path) -> str:
    if path.is_dir():
        raise UserError("is_a_folder", path=path.name)
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError as error:
        raise UserError("no_such_file", path=path.name) from error
    except UnicodeDecodeError as error:
        raise UserError("not_text", why="schema") from error
    except OSError as error:
        raise UserError("cannot_read", path=path.name) from error
