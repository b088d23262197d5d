"""A project to try Hashiya on: the five sample articles, where this installation has them."""

from pathlib import Path

from annotator import paths
from annotator.core.errors import UserError
from annotator.services import importing, projects
from annotator.store.project import Project

_NAME = "hashiya-samples.hashiya"


def are_there() -> bool:
    """Whether the sample articles came with this installation."""
    return (paths.seeds() / "articles").is_dir()


def project(folder: Path) -> Path:
    """Return the sample project in `folder`, made with the five articles where it is not there."""
    path = folder / _NAME
    try:
        if path.exists():
            return path
        if not are_there():
            raise UserError("no_samples")
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError("no_data_folder", path=folder.name) from error
    projects.new(path, title="عيّنة")
    with Project.open(path) as made:
        importing.import_sources(made, [paths.seeds() / "articles"])
    return path
