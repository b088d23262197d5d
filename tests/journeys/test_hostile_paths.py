"""No path is built from what others wrote: names in rows, texts, members of bundles, people."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

MARK = "zznastyzz"
NASTY = (
    f"../../{MARK}", f"/var/{MARK}", f"C:\\{MARK}", f"..\\{MARK}", f"{MARK}/../../x",
    f"{MARK}.hashiya", f"~/{MARK}", f"file:///{MARK}", f"$HOME/{MARK}", f"{MARK}:stream",
)  # fmt: skip
WATCHED = """
import json, os, sys
seen = []
EVENTS = ("open", "os.mkdir", "os.rename", "os.remove", "os.link", "os.symlink", "sqlite3.connect",
          "os.scandir", "os.listdir", "os.truncate", "os.chmod", "tempfile.mkstemp",
          "shutil.copyfile")
def hook(event, args):
    if event in EVENTS:
        seen.extend(os.fsdecode(one) for one in args if isinstance(one, (str, bytes, os.PathLike)))
sys.addaudithook(hook)
from annotator.cli.main import run
code = run(sys.argv[1:], lambda language, file: 0)
sys.stderr.write("\\nSEEN" + json.dumps(seen))
sys.exit(code)
"""


def touched(*words: object) -> tuple[int, list[str]]:
    """Run `hashiya` with `words`; return its code and every path that it touched."""
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *map(str, words)],
        capture_output=True, text=True, check=False, timeout=120,
    )  # fmt: skip
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, json.loads(done.stderr.rpartition("SEEN")[2])


def nasty(paths: list[str]) -> list[str]:
    return [one for one in paths if MARK in one]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "p.hashiya"
    assert touched("new", path, "--title", NASTY[0])[0] == 0
    return path


def rows_of(project: Path, folder: Path) -> list[dict[str, Any]]:
    """Return rows of articles as `project` exports them."""
    articles = folder / "in"
    articles.mkdir()
    for n in range(len(NASTY)):
        (articles / f"{n}.txt").write_text(f"قال الوزير {n} إن الاجتماع انتهى.", "utf-8")
    assert touched("import", project, articles)[0] == 0
    _, paths = touched("assign", project, "--to", "sara", "-o", folder / "files")
    assert nasty(paths) == []
    whole = folder / "out.jsonl"
    assert touched("export", project, "-o", whole)[0] == 0
    return [json.loads(line) for line in whole.read_text("utf-8").split("\n") if line]


@pytest.mark.slow
def test_rows_full_of_paths_touch_nothing(project: Path, tmp_path: Path) -> None:
    rows = rows_of(project, tmp_path)
    for row, name in zip(rows, NASTY, strict=True):
        row["article"] |= {"title": name, "source": name, "meta": json.dumps({"file": name})}
        row["annotator"] |= {"name": f"سارة {name}"[:60], "uid": f"N{name}"}
        row["status"] = "started"
    source, other = tmp_path / "rows.jsonl", tmp_path / "other.hashiya"
    source.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    assert touched("new", other)[0] == 0

    _, paths = touched("import", other, source)
    _, listed = touched("articles", other, "--json")
    exported, written = touched("export", other, "-o", tmp_path / "again.jsonl")

    assert exported == 0
    assert MARK in (tmp_path / "again.jsonl").read_text("utf-8")
    assert nasty([*paths, *listed, *written]) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", NASTY)
def test_members_of_a_bundle_are_never_files(project: Path, tmp_path: Path, name: str) -> None:
    bundle = tmp_path / "b.zip"
    with zipfile.ZipFile(bundle, "w") as made:
        made.writestr("manifest.json", json.dumps({"format": "hashiya-bundle/1", "member": name}))
        made.writestr(name, "{}")

    code, paths = touched("merge", project, bundle)

    assert code == 1
    assert nasty(paths) == []
    assert [one.name for one in tmp_path.iterdir() if MARK in one.name] == []


@pytest.mark.slow
def test_people_called_like_paths_get_files_in_the_folder_or_none(
    project: Path, tmp_path: Path
) -> None:
    articles = tmp_path / "in"
    articles.mkdir()
    for n in range(3):
        (articles / f"{n}.txt").write_text(f"قال الوزير {n} إن الاجتماع انتهى.", "utf-8")
    touched("import", project, articles)
    out = tmp_path / "out"
    for name in NASTY:
        _, paths = touched("assign", project, "--to", name, "--overlap", "1", "-o", out)
        for one in nasty(paths):
            assert Path(one).resolve().parent in (out, tmp_path / "data"), (name, one)
