"""Who writes files, and how: few modules do, each whole or with a check that all of it went out."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "annotator").rglob("*.py"))
WRITERS = {
    "gui/crash.py": "one sentence on stderr; the file of the interpreter",
    "gui/crashreports.py": "the log of Qt, which no work depends on",
    "exchange/packing.py": "members of a zip, whose file is written by `files`",
    "files.py": "the one way in which a file takes the place of another",
    "store/backing.py": "a backup, checked before it appears",
    "store/backuptexts.py": "the lock of a folder",
    "store/journalfile.py": "the second record: each write is looked at and gone on with",
    "store/lockedfile.py": "a lock",
    "store/replica.py": "names added to those of a file: lines that stand for themselves",
    "store/restoring.py": "a restored file, checked before it appears",
}
_WRITING = frozenset("wxa+")


def calls(module: Path) -> Iterator[ast.Call]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            yield node


def name_of(call: ast.Call) -> str:
    of = call.func
    if isinstance(of, ast.Attribute) and isinstance(of.value, ast.Name):
        return f"{of.value.id}.{of.attr}"
    return getattr(of, "attr", getattr(of, "id", ""))


def writes(call: ast.Call) -> bool:
    name = name_of(call)
    if name in ("os.write", "os.pwrite", "tempfile.mkstemp") or name.endswith(
        (".write_text", ".write_bytes")
    ):
        return name != "formatter.write_text"
    if name.split(".")[-1] not in ("open", "fdopen"):
        return False
    modes = [one.value for one in call.args if isinstance(one, ast.Constant)]
    modes += [one.value.value for one in call.keywords if isinstance(one.value, ast.Constant)]
    return any(isinstance(one, str) and len(one) < 4 and set(one) & _WRITING for one in modes)


def test_few_modules_write_files_and_each_says_why_it_may() -> None:
    found = {
        module.relative_to(ROOT / "annotator").as_posix()
        for module in MODULES
        if any(writes(call) for call in calls(module))
    }

    assert found - WRITERS.keys() == set(), "write through annotator.files"


def test_what_a_write_of_the_system_returns_is_looked_at() -> None:
    for module in MODULES:
        tree = ast.parse(module.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            is_dropped = isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
            if is_dropped and name_of(node.value) == "os.write":  # type: ignore[attr-defined]
                assert module.name == "crash.py", module


FORBIDDEN = ("extract", "extractall", "unpack_archive")


@pytest.mark.parametrize("word", FORBIDDEN)
def test_nothing_is_taken_out_of_an_archive_by_its_name(word: str) -> None:
    users = [m for m in MODULES if any(name_of(c).endswith(f".{word}") for c in calls(m))]
    assert users == []


def test_nobody_writes_csv_without_guarding_its_cells() -> None:
    for module in MODULES:
        text = module.read_text(encoding="utf-8")
        if "csv.writer(" in text:
            assert "csvcells import guarded" in text, module
