"""Label schemas that are kept ready: the same as read from TOML, and never in the way."""

import os
from pathlib import Path

import pytest

from annotator.core.errors import UserError
from annotator.core.schematoml import read_schema
from annotator.paths import resource
from annotator.store import keptschemas
from annotator.store.keptschemas import schema_of

BUNDLED = sorted(resource("schemas").glob("*.toml"))
TOML = BUNDLED[0].read_text("utf-8")


def kept(folder: Path) -> list[Path]:
    return sorted((folder / "schemas").glob("*"))


@pytest.mark.parametrize("file", BUNDLED, ids=lambda file: file.stem)
def test_what_is_kept_is_what_the_toml_says(file: Path, tmp_path: Path) -> None:
    toml = file.read_text("utf-8")

    first, again = schema_of(toml, tmp_path), schema_of(toml, tmp_path)

    assert first == again == read_schema(toml)
    assert again.entity_types.keys() == first.entity_types.keys()
    assert len(kept(tmp_path)) == 1


def test_another_toml_is_read_for_itself(tmp_path: Path) -> None:
    changed = TOML.replace('version = "1"', 'version = "2"')

    assert schema_of(TOML, tmp_path).version == "1"
    assert schema_of(changed, tmp_path).version == "2"


def test_another_version_of_the_program_reads_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    schema_of(TOML, tmp_path)
    monkeypatch.setattr(keptschemas, "__version__", "another")

    schema_of(TOML, tmp_path)

    assert len(kept(tmp_path)) == 2


@pytest.mark.parametrize("damage", [b"", b"{", b'{"name":3}', b"\xff", b"null"])
def test_what_is_damaged_is_made_again(tmp_path: Path, damage: bytes) -> None:
    expected = schema_of(TOML, tmp_path)
    (file,) = kept(tmp_path)
    whole = file.read_bytes()
    file.write_bytes(damage)

    assert schema_of(TOML, tmp_path) == expected
    assert file.read_bytes() == whole


def test_what_says_something_else_than_was_kept_is_made_again(tmp_path: Path) -> None:
    expected = schema_of(TOML, tmp_path)
    (file,) = kept(tmp_path)
    whole = file.read_bytes()
    first = next(iter(expected.entity_types)).encode("ascii")
    file.write_bytes(whole.replace(b'"%s"' % first, b'"%s"' % first[::-1]))
    assert file.read_bytes() != whole

    assert schema_of(TOML, tmp_path) == expected
    assert file.read_bytes() == whole


def test_what_was_kept_of_another_label_schema_is_passed_over(tmp_path: Path) -> None:
    changed = TOML.replace('version = "1"', 'version = "2"')
    schema_of(TOML, tmp_path)
    (first,) = kept(tmp_path)
    schema_of(changed, tmp_path)
    (second,) = set(kept(tmp_path)) - {first}
    second.write_bytes(first.read_bytes())

    assert schema_of(changed, tmp_path).version == "2"


def test_a_label_schema_with_faults_is_refused_every_time(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(UserError, match="bad_schema"):
            schema_of("[schema]\n", tmp_path)
    assert not kept(tmp_path)


def test_a_folder_that_cannot_be_written_is_no_trouble(tmp_path: Path) -> None:
    (tmp_path / "schemas").write_text("a file is in the way")

    assert schema_of(TOML, tmp_path) == read_schema(TOML)


def test_the_oldest_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keptschemas, "KEPT", 2)
    schema_of(TOML, tmp_path)
    (oldest,) = kept(tmp_path)
    os.utime(oldest, (1, 1))

    for n in (2, 3):
        schema_of(TOML.replace('version = "1"', f'version = "{n}"'), tmp_path)

    assert len(kept(tmp_path)) == 2
    assert oldest not in kept(tmp_path)
