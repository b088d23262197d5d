"""In how many articles a word stands: as far as it is worth knowing, and whatever is asked."""

from pathlib import Path

from annotator.store.project import Project
from annotator.store.wordcounts import n_articles_with
from tests import projects


def test_articles_are_counted_and_not_places(tmp_path: Path) -> None:
    texts = ("بوتين وبوتين بوتين", "عاد بوتين", "موسكو")
    with Project.open(projects.made(tmp_path, texts=texts)) as project:
        asked = ("بوتين", "وبوتين", "موسكو", "لندن", 'بوتين" OR "موسكو', "NEAR(")
        assert [n_articles_with(project, word) for word in asked] == [2, 1, 1, 0, 0, 0]
