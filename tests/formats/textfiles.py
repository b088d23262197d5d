"""Files of text in a project, and what they became there."""

from annotator.services.importing import import_sources
from annotator.store.project import Project
from tests.formats.rows import empty
from tests.projects import assert_sound


def stored(project: Project) -> list[str]:
    """Return the texts of the articles in the order in which they came."""
    return [row[0] for row in project.connection.execute("SELECT text FROM texts ORDER BY article")]


def text_from(data: bytes, **options: str) -> str:
    """Return the text that a file with `data` becomes."""
    with empty() as project:
        path = project.path.parent / "خبر.txt"
        path.write_bytes(data)
        report = import_sources(project, [path], **options)  # type: ignore[arg-type]
        assert report.refused == ()
        (text,) = stored(project)
        assert_sound(project)
    return text
