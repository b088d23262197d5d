"""Real bundles for tests, taken apart and put together again: soundly, or as somebody would not."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from annotator.core.errors import UserError
from annotator.core.model import Party, replace
from annotator.services import annotators, assigning, handing_in, handing_out, labelling, merging
from annotator.store.project import Project
from tests.projects import TEXTS, contents, extent_of, layer_of, made

MANIFEST, ARTICLES, OPERATIONS = "manifest.json", "articles.jsonl", "operations.jsonl"
SCHEMA = "label_schema.toml"
Members = dict[str, bytes]


def team(
    folder: Path, names: tuple[str, ...] = ("a1", "a2"), texts: tuple[str, ...] = TEXTS
) -> tuple[Path, dict[str, Path]]:
    """Make a lead's file and hand its articles out to each of `names`; return the files."""
    lead = made(folder, "lead.hashiya", texts=texts)
    with Project.open(lead) as project:
        plan = assigning.planned(project, assigning.Wish(names, overlap=len(names), seed=1))
        assigning.assign(project, plan)
        handed = handing_out.hand_out(project, plan.receivers, folder / "handed")
    return lead, {one.annotator.name: one.path for one in handed}


def labelled(path: Path, name: str = "a1") -> None:
    """Label two articles in the file that was handed out to `name`: something of every kind."""
    with Project.open(path) as project:
        layer = layer_of(project, name)
        labelling.add_entity(project, layer, extent_of("بوتين"), "PERS", link="بوتين")
        labelling.add_entity(project, layer, extent_of("موسكو"), "GPE", note="عاصمة")
        labelling.add_event(project, layer, extent_of("لقاءه"), "MEET")
        person, place, event = (label.uid for label in project.labels(layer))
        labelling.add_argument(project, layer, event, "actor", person)
        labelling.add_argument(project, layer, event, "place", place, doubt="أهي المدينة؟")
        labelling.add_stance(
            project, layer, Party("topic", "vaccines"), "favor", evidence=extent_of("مفيدًا")
        )
        labelling.add_relation(project, layer, "same_as", person, place)
        labelling.answer(project, layer, "genre", ("report",))
        label = project.reading(layer).label(place)
        if label is not None:
            labelling.change(project, layer, replace(label, note=""))
        other = layer_of(project, name, 1)
        labelling.add_entity(project, other, extent_of("بغداد", 1), "GPE")
        labelling.set_status(project, other, "done")


def handed_in(path: Path, name: str = "a1") -> Path:
    """Label in a file that was handed out, and hand in; return the bundle."""
    labelled(path, name)
    return bundle_of(path)


def bundle_of(path: Path) -> Path:
    """Return the bundle that the file at `path` hands in now."""
    bundle = path.with_suffix(".zip")
    with Project.open(path) as project:
        handing_in.hand_in(project, bundle)
    return bundle


def ensured(path: Path, *names: str) -> None:
    """Let the lead's file know annotators of these names."""
    with Project.open(path) as project:
        for name in names:
            annotators.ensure(project, name)


# --- apart and together -------------------------------------------------------------------------


def members_of(bundle: Path) -> Members:
    """Return the members of a bundle by name, the manifest among them."""
    with zipfile.ZipFile(bundle) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def manifest_of(members: Members) -> dict[str, Any]:
    """Return the manifest as a value."""
    found: dict[str, Any] = json.loads(members[MANIFEST])
    return found


def with_manifest(members: Members, /, **changed: object) -> Members:
    """Return `members` with fields of the manifest changed."""
    return {**members, MANIFEST: _json({**manifest_of(members), **changed})}


def resealed(members: Members) -> Members:
    """Return `members` with a manifest that tells their hashes and lengths as they are now."""
    told = {
        name: {
            "sha256": hashlib.sha256(data).hexdigest(),
            "bytes": len(data),
            "lines": data.count(b"\n"),
        }
        for name, data in members.items()
        if name != MANIFEST
    }
    return with_manifest(members, members=told)


def with_operations(members: Members, lines: Iterable[bytes]) -> Members:
    """Return `members` with other operations, rightly sealed."""
    return resealed({**members, OPERATIONS: b"".join(line + b"\n" for line in lines)})


def lines_of(members: Members) -> list[bytes]:
    """Return the operations of a bundle, line by line."""
    return members[OPERATIONS].splitlines()


def canonical(value: object) -> bytes:
    """Return `value` as the standard library spells canonical JSON."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode(
        "utf-8", "surrogatepass"
    )


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode("utf-8", "surrogatepass")


def zipped(path: Path, members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> Path:
    """Write a zip of `members` to `path`, as any program would."""
    path.write_bytes(zip_bytes(members, method))
    return path


def zip_bytes(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a zip of `members`."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return held.getvalue()


# --- what becomes of it -------------------------------------------------------------------------


def refusal(project: Project, *paths: Path) -> UserError:
    """Merge `paths`; return why they are refused, and check that the project is as it was."""
    before = contents(project)
    report = merging.merge(project, paths)
    assert report.refused, report
    assert report.new == report.same == 0
    assert contents(project) == before
    assert not project.connection.in_transaction
    return report.refused[0].trouble
