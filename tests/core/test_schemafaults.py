"""The line of each place in the bundled label schemas, against what stands on that line."""

import tomllib

import pytest

from annotator.core.schemafaults import line_of
from annotator.paths import resource


@pytest.mark.parametrize("name", ["news", "ace", "wojood", "stance"])
def test_every_place_of_a_bundled_schema_is_on_the_line_that_says_its_id(name: str) -> None:
    toml = resource(f"schemas/{name}.toml").read_text("utf-8")
    lines = toml.splitlines()
    found = 0

    for kind, tables in tomllib.loads(toml).items():
        for n, table in enumerate(tables if isinstance(tables, list) else []):
            assert table["id"] in lines[line_of(toml, f"{kind}[{n}].id") - 1]
            found += 1
            for inner in ("roles", "attributes", "subtypes", "values"):
                for k, item in enumerate(table.get(inner, [])):
                    line = lines[line_of(toml, f"{kind}[{n}].{inner}[{k}].id") - 1]
                    assert f'id = "{item["id"]}"' in line
                    found += 1
    assert found >= 3


def test_an_unknown_place_is_on_the_last_line_that_was_reached() -> None:
    assert line_of('[[event]]\nid = "A"', "event[0].roles[3].fillers") == 1
    assert line_of('[[event]]\nid = "A"', "entity[0]") == 0
