"""The floors and what lives where. What import-linter cannot say is said here."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import bootstrap

ROOT = Path(__file__).resolve().parents[2]
MODULES = sorted((ROOT / "annotator").rglob("*.py"))


def imports_of(module: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.module or ""


def importers_of(name: str) -> set[str]:
    return {
        module.relative_to(ROOT).as_posix()
        for module in MODULES
        if any(imported.split(".")[0] == name for imported in imports_of(module))
    }


def test_one_module_imports_pyarabic() -> None:
    importers = importers_of("pyarabic")
    assert len(importers) <= 1
    assert all(path.startswith("annotator/arabic/") for path in importers)


def test_paths_alone_knows_where_its_own_file_lies() -> None:
    knowing = [module for module in MODULES if "__file__" in module.read_text(encoding="utf-8")]
    assert knowing == [ROOT / "annotator" / "paths.py"]


@pytest.mark.slow
@pytest.mark.parametrize("linter", bootstrap.LINTERS, ids=" ".join)
def test_the_source_passes(linter: list[str]) -> None:
    program, *words = linter
    assert bootstrap.start([bootstrap.program(program), *words]) == 0
