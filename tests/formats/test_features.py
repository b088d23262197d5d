"""The file of column types says what the rows are: the same keys, in the same order."""

import json
from pathlib import Path
from typing import Any

from annotator.formats.features import features
from annotator.services.exporting import export
from tests.formats import shape
from tests.formats.rows import empty, example, imported

_DTYPES = {str: "string", int: "int64", float: "float64"}


def as_features(told: Any) -> Any:  # noqa: ANN401
    """Return the shape of a row in the form that `datasets.Features.from_dict` reads."""
    if isinstance(told, dict):
        return {name: as_features(inner) for name, inner in told.items()}
    if isinstance(told, list):
        return [as_features(told[0])]
    return {"dtype": _DTYPES[told], "_type": "Value"}


def test_the_features_are_those_of_the_row_in_its_order() -> None:
    found = json.loads(features())

    assert found == as_features(shape.ROW)
    assert json.dumps(found) == json.dumps(as_features(shape.ROW))


def test_the_features_stand_beside_every_export_and_are_always_the_same(tmp_path: Path) -> None:
    with empty() as project:
        export(project, tmp_path / "none.jsonl")
        imported(project, example(1))
        export(project, tmp_path / "one.jsonl")
        report = export(project, tmp_path / "three.jsonl", split=(80, 10, 10))

    names = ["none.jsonl", "one.jsonl", *(path.name for path in report.paths)]
    found = {(tmp_path / f"{name}.features.json").read_bytes() for name in names}
    assert found == {features()}
    assert len(names) == 5
