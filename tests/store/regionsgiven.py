"""A project with articles of every way in, the regions that they came with, and files of before."""

import json
from contextlib import closing
from pathlib import Path

from annotator.core.model import Region
from annotator.services import doctoring, importing, merging, newarticles, projectwide
from annotator.store import givenregions, migrations, opening, tables
from annotator.store.project import Project
from tests import projects
from tests.projects import copied, made, sha_of

PAGE = "وزير يصل إلى القاهرة\nكتب: محمد علي\nوصل الوزير اليوم إلى القاهرة.\nاقرأ أيضا: خبر آخر\n"
ROW = "خبر أول. خبر ثان."
GIVEN = [Region(0, 8, "headline", "person"), Region(9, 17, "body", "rule")]


def filled(folder: Path) -> Path:
    """Make a project with articles of every way in: files, a row with its own regions, parts."""
    path = made(folder)
    with Project.open(path) as project:
        projects.add_articles(project, PAGE)
        _add_row(project, folder)
        newarticles.parted(project, sha_of(0), projects.TEXTS[0].index("وأضاف"))
    return path


def _add_row(project: Project, folder: Path) -> None:
    rows = folder / "rows.jsonl"
    row = {"format": "hashiya/1", "article": {}, "text": ROW}
    regions = [dict(zip(("start", "end", "role", "source"), one, strict=True)) for one in GIVEN]
    rows.write_text(json.dumps({**row, "regions": regions}, ensure_ascii=False) + "\n", "utf-8")
    report = importing.import_sources(project, [rows])
    assert (report.added, report.refused) == (1, ())


def told(path: Path) -> list[tuple[str, str]]:
    """Return what the doctor finds in a file: codes, and why."""
    return [(one.code, one.why) for one in doctoring.examine(path).findings]


def kept(project: Project) -> dict[str, list[Region] | None]:
    """Return what every article came with, as the file keeps it."""
    rows = project.connection.execute("SELECT id,sha256 FROM articles").fetchall()
    return {name: givenregions.of_article(project.connection, row, name) for row, name in rows}


def with_a_role_merged(path: Path) -> str:
    """Merge another file's change of the roles of the row; return the receipt."""
    other = copied(path, "other.hashiya")
    with Project.open(other) as theirs:
        projectwide.set_regions(theirs, sha_of(ROW), [Region(0, 17, "noise")])
    with Project.open(path) as project:
        return merging.merge(project, [other]).receipt


def previous(path: Path, to: Path) -> Path:
    """Make at `to` the file that the version before would have made of the one at `path`."""
    with closing(opening.connect(to, "rwc")) as connection:
        connection.execute(f"PRAGMA page_size={tables.PAGE_SIZE}")
        migrations.apply_first(connection, 4)
        connection.execute(f"PRAGMA application_id={tables.APPLICATION_ID}")
        connection.execute("PRAGMA user_version=4")
        connection.execute("ATTACH DATABASE ? AS source", (str(path),))
        connection.execute("PRAGMA foreign_keys=OFF")
        for table in _OF_BEFORE:
            names = [row[1] for row in connection.execute(f"PRAGMA main.table_info({table})")]
            said = ",".join(f'"{name}"' for name in names)
            connection.execute(f"DELETE FROM main.{table}")  # noqa: S608
            query = f"INSERT INTO main.{table}({said}) SELECT {said} FROM source.{table}"  # noqa: S608
            connection.execute(query)
        connection.execute("DELETE FROM settings WHERE name='sealed_articles'")
        connection.execute("UPDATE settings SET value='0' WHERE name='indexed'")
    return to


_OF_BEFORE = (
    *("settings", "replicas", "articles", "texts", "regions", "annotators", "layers", "operations"),
    *("label_schemas", "receipts", "progress", "taken_back"),
)
