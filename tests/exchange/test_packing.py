"""A bundle as it is written: the manifest first, the same bytes for the same work, whole."""

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotator.core import operations as op
from annotator.core.canonical import text_digest
from annotator.services import handing_in, merging
from annotator.store.project import Project
from tests.exchange.bundling import (
    ARTICLES,
    MANIFEST,
    OPERATIONS,
    SCHEMA,
    bundle_of,
    handed_in,
    labelled,
    lines_of,
    manifest_of,
    members_of,
    team,
)
from tests.projects import code_of, copied, operations_in, quick_folder


@pytest.fixture
def folder() -> Iterator[Path]:
    with quick_folder() as found:
        yield found


def test_the_manifest_stands_first_and_tells_every_member(folder: Path) -> None:
    _, files = team(folder)
    bundle = handed_in(files["a1"])

    with zipfile.ZipFile(bundle) as archive:
        assert archive.namelist() == [MANIFEST, ARTICLES, OPERATIONS, SCHEMA]
    members = members_of(bundle)
    manifest = manifest_of(members)
    assert list(manifest) == sorted(manifest)
    assert manifest["format"] == "hashiya-bundle/1"
    for name, told in manifest["members"].items():
        data = members[name]
        assert told["bytes"] == len(data)
        assert told["lines"] == data.count(b"\n")
        assert told["sha256"] == text_digest(data.decode())
    with Project.open(files["a1"]) as project:
        assert manifest["project"] == project.uid
        assert manifest["annotator"]["uid"] == project.owner
        assert manifest["replica"] == project.replica
        assert manifest["label_schema"] == project.label_schema.digest
        assert members[SCHEMA].decode() == project.schema_toml()


def test_each_line_is_an_operation_whose_hash_is_its_name(folder: Path) -> None:
    _, files = team(folder)
    lines = lines_of(members_of(handed_in(files["a1"])))

    with Project.open(files["a1"]) as project:
        names = {one.hash for one in operations_in(project)}
        of_layers = {one.hash for one in operations_in(project) if not one.scope.is_project}
        spelled = {op.canonical_json(one) for one in operations_in(project)}
    told = {text_digest(line.decode()) for line in lines}
    assert of_layers < told <= names
    assert set(lines) <= spelled
    assert [b'"scope":[]' in line for line in lines] == [True] + [False] * (len(lines) - 1)


def test_the_same_work_gives_the_same_bytes(folder: Path) -> None:
    _, files = team(folder)
    first = handed_in(files["a1"]).read_bytes()

    assert bundle_of(files["a1"]).read_bytes() == first


def test_articles_that_were_handed_out_are_only_named(folder: Path) -> None:
    lead, files = team(folder)
    hers = members_of(bundle_of(files["a1"]))
    labelled(copied(lead, "other.hashiya"))
    whole = members_of(bundle_of(lead.with_name("other.hashiya")))

    assert all(not json.loads(line)["text"] for line in hers[ARTICLES].splitlines())
    assert all(json.loads(line)["text"] for line in whole[ARTICLES].splitlines())
    assert manifest_of(whole)["annotator"] == {"uid": "", "name": "", "kind": ""}


def test_a_bundle_that_is_there_is_replaced_as_a_whole_or_stays(folder: Path) -> None:
    _, files = team(folder)
    bundle = handed_in(files["a1"])
    before = bundle.read_bytes()

    class Cancelled:
        """Cancels at once."""

        cancelled = True

        def advance(self, done: int, total: int) -> None:
            assert total >= done == 0

    with Project.open(files["a1"]) as project:
        for path, code in (
            (files["a1"], "is_the_project"),
            (folder, "is_a_folder"),
            (folder / "none" / "b.zip", "no_such_folder"),
        ):
            assert code_of(lambda path=path: handing_in.hand_in(project, path)) == code  # type: ignore[misc]
        refused = code_of(lambda: handing_in.hand_in(project, bundle, Cancelled()))

    assert refused == "cancelled"
    assert bundle.read_bytes() == before
    assert [path.name for path in bundle.parent.glob(".hashiya*")] == []


def test_a_lead_who_labelled_alone_hands_in_a_whole_file(folder: Path) -> None:
    lead, _ = team(folder)
    other = copied(lead, "other.hashiya")
    labelled(other)

    with Project.open(lead) as project:
        report = merging.merge(project, [bundle_of(other)])

    assert report.parts[0].who == ""
    assert report.new == 11
