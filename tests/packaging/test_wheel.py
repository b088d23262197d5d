"""The wheel, as a person gets it: built here, installed elsewhere, run from another folder."""

import json
import os
import re
import subprocess
import sys
import sysconfig
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from annotator import __version__

ROOT = Path(__file__).resolve().parents[2]
RESOURCES = "annotator/_resources"
ARABIC = re.compile("[\u0621-\u064a]{3}")

pytestmark = pytest.mark.slow


def run(*command: object, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run a program as a person would, with none of our settings around it."""
    environment = dict(os.environ, PYTHONUTF8="1", HASHIYA_DATA=str(cwd / "data"))
    environment.pop("PYTHONPATH", None)
    words = [str(word) for word in command]
    return subprocess.run(
        words, cwd=cwd, env=environment, capture_output=True, encoding="utf-8", check=False
    )


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the wheel and the sdist in it."""
    folder = tmp_path_factory.mktemp("dist")
    for kind in ("wheel", "sdist"):
        done = run(sys.executable, "-m", "hatchling", "build", "-t", kind, "-d", folder)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (wheel,) = built.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def hashiya(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the program, installed in an environment of its own.

    Its dependencies are lent by the environment of the tests, which has them from the same lock;
    that our own clone is installed there is not lent: a `.pth` inside a lent folder is not read.
    """
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, with_pip=False)
    folder = home / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", folder / "python", "install", "--no-input"]
    done = run(*pip, "--no-deps", "--no-index", wheel)
    assert done.returncode == 0, done.stderr
    (packages,) = {path.parent for path in home.rglob("annotator")}
    (packages / "lent.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder / "hashiya"


def names_in(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def place_of(path: Path) -> str:
    """Return where a file of the clone's resources is in the wheel."""
    return f"{RESOURCES}/{path.relative_to(ROOT / 'resources').as_posix()}"


def test_the_wheel_has_every_resource(wheel: Path) -> None:
    kept = [path for path in (ROOT / "resources").rglob("*") if path.is_file()]
    assert ROOT / "resources" / "schemas" / "news.toml" in kept
    expected = {place_of(path) for path in kept if path.suffix not in {".cfg", ".po", ".pot"}}
    assert expected <= names_in(wheel)


def test_the_wheel_has_every_catalogue_compiled(wheel: Path) -> None:
    catalogues = (ROOT / "resources" / "i18n").glob("*/LC_MESSAGES/*.po")
    compiled = {place_of(path.with_suffix(".mo")) for path in catalogues}
    assert {f"{RESOURCES}/i18n/{name}/LC_MESSAGES/hashiya.mo" for name in ("ar", "en")} <= compiled
    assert compiled <= names_in(wheel)
    assert not [name for name in names_in(wheel) if name.endswith(".po")]


def test_other_peoples_articles_never_leave_the_clone(built: Path, wheel: Path) -> None:
    assert [name for name in names_in(wheel) if "articles/" in name] == []
    (sdist,) = built.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        listed = archive.getnames()
    assert any(name.endswith("annotator/paths.py") for name in listed)
    assert [name for name in listed if "articles/" in name] == []


def test_no_long_line_of_an_article_is_anywhere_in_the_wheel(wheel: Path) -> None:
    articles = sorted((ROOT / "seeds" / "articles").glob("*.txt"))
    longest = [max(path.read_bytes().splitlines(), key=len) for path in articles]
    assert longest
    with zipfile.ZipFile(wheel) as archive:
        inside = b"".join(archive.read(name) for name in names_in(wheel))
    assert [line for line in longest if line in inside] == []


def test_the_wheel_names_no_path_of_the_machine_that_built_it(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        guilty = [name for name in names_in(wheel) if os.fsencode(ROOT) in archive.read(name)]
    assert guilty == []


def test_the_installed_program_says_its_version(hashiya: Path, tmp_path: Path) -> None:
    said = run(hashiya, "--version", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert __version__ in said.stdout


def test_the_installed_program_speaks_arabic(hashiya: Path, tmp_path: Path) -> None:
    said = run(hashiya, "--lang", "ar", "--help", cwd=tmp_path)
    assert said.returncode == 0, said.stderr
    assert ARABIC.search(said.stdout)


def test_the_installed_program_makes_a_project_and_imports_an_article(
    hashiya: Path, tmp_path: Path
) -> None:
    (tmp_path / "خبر.txt").write_text("التقى الوزير نظيره في القاهرة أمس.\n", encoding="utf-8")
    made = run(hashiya, "new", "x.hashiya", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    imported = run(hashiya, "import", "x.hashiya", "خبر.txt", "--json", cwd=tmp_path)
    assert imported.returncode == 0, imported.stderr
    assert json.loads(imported.stdout)["added"] == 1
