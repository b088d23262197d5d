"""Where Hashiya's own files lie: what comes with the program, and what this machine keeps.

The only module that builds paths from its own place. It imports no floor and no Qt, and makes no
folder: who writes makes it.
"""

import functools
import os
from pathlib import Path

import platformdirs

_APP = "hashiya"
_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_resources"
_DATA_VARIABLE = "HASHIYA_DATA"


def package() -> Path:
    """Return the folder of the code, which reports leave out of the places that they name."""
    return _PACKAGE


def resource(name: str) -> Path:
    """Return the file or folder `name` of the resources, as in ``resource("schemas/news.toml")``.

    An installed Hashiya has them inside the package, a clone beside it. Whether `name` is there
    is for the caller to ask.
    """
    return _resources() / name


@functools.cache
def _resources() -> Path:
    return _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent / "resources"


def seeds() -> Path:
    """Return the folder of the sample material; its articles are in a clone only."""
    return _INSTALLED / "seeds" if _INSTALLED.is_dir() else _PACKAGE.parent / "seeds"


def data_folder() -> Path:
    """Return where this machine keeps what is not in projects; HASHIYA_DATA names another place."""
    chosen = os.environ.get(_DATA_VARIABLE)
    return Path(chosen).absolute() if chosen else platformdirs.user_data_path(_APP, appauthor=False)


def log_folder() -> Path:
    """Return where logs are written: with the data when HASHIYA_DATA names a place."""
    if os.environ.get(_DATA_VARIABLE):
        return data_folder() / "logs"
    return platformdirs.user_log_path(_APP, appauthor=False)
