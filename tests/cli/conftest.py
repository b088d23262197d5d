"""Project files made by the command line itself."""

import shutil
from pathlib import Path

import pytest

from tests.cli.running import article_in, hashiya, lines

NAME = "خبر.txt"
TEXT = "التقى بوتين ترامب في موسكو.\nوأكد بوتين أن اللقاء كان مفيدًا.\n"


@pytest.fixture(scope="session")
def _template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project file with one article and no layer, of which each test gets a copy."""
    folder = tmp_path_factory.mktemp("template")
    path, article = folder / "template.hashiya", folder / NAME
    article.write_text(TEXT, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HASHIYA_DATA", str(folder / "data"))
        assert hashiya("new", path).code == 0
        assert hashiya("import", path, article).code == 0
    return path


@pytest.fixture
def article_file(tmp_path: Path) -> Path:
    """Return a file of text with one short article."""
    path = tmp_path / NAME
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def project_file(tmp_path: Path, article_file: Path, _template: Path) -> Path:
    """Return a project file with that article and no layer."""
    path = tmp_path / "مشروع.hashiya"
    shutil.copyfile(_template, path)
    return path


@pytest.fixture
def labelled_file(project_file: Path) -> Path:
    """Return a project file in which سارة has labelled two entities and an event with a role."""
    article = article_in(project_file)
    gestures = lines(
        {"do": "add_entity", "as": "p", "article": article, "start": 6, "end": 11, "type": "PERS"},
        {"do": "add_entity", "as": "c", "article": article, "start": 21, "end": 26, "type": "GPE"},
        {"do": "add_event", "as": "v", "article": article, "start": 0, "end": 5, "type": "CONSULT"},
        {"do": "add_argument", "event": "$v", "role": "actor", "filler": "$p"},
    )
    ran = hashiya("apply", project_file, "--as", "سارة", given=gestures)
    assert ran.code == 0, ran.out
    return project_file
