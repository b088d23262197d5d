"""A fault at every step of whatever writes a file: what stood there stands there, byte for byte."""

import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from msgspec.structs import replace

from annotator import paths
from annotator.core.errors import UserError
from annotator.files import empty_beside, making, put_in_place, replacing, replacing_all
from annotator.gui import crashreports, settings
from annotator.i18n import Language
from annotator.services import agreeing, agreeingcsv, agreeinghtml, assigning, replying
from annotator.store import keptschemas
from annotator.store.project import Project
from tests.faults.faults import Fault, watched_python
from tests.projects import SCHEMA, annotator, made

OLD, NEW = b"old " * 30_000, b"new " * 40_000
Act = Callable[[Path], object]


def _streamed(folder: Path) -> None:
    with replacing(folder / "a") as file:
        for at in range(0, len(NEW), 50_000):
            file.write(NEW[at : at + 50_000])


def _several(folder: Path) -> None:
    with replacing_all([folder / "a", folder / "new", folder / "b"]) as files:
        for file in files:
            file.write(NEW)


def _new(folder: Path) -> None:
    with making(folder / "new") as file:
        file.write(NEW)


def _named(folder: Path) -> None:
    made_here: list[tuple[Path, Path]] = []
    try:
        for name in ("a", "new", "b"):
            made_here.append((empty_beside(folder / name), folder / name))
        put_in_place(made_here)
    finally:
        for temporary, _ in made_here:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


WAYS: dict[str, Act] = {
    "streamed": _streamed,
    "several": _several,
    "new": _new,
    "named": _named,
    "report of a fault": lambda folder: crashreports.written(folder, "test", ["x"]),
}


def said(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", ["full", "io"])
def test_a_fault_at_any_step_leaves_what_stood_there(tmp_path: Path, way: str, kind: str) -> None:
    folder = tmp_path / "x"
    for at in range(1, counted(folder, kind, WAYS[way]) + 1):
        fill(folder)
        before = said(folder)
        fault = Fault(kind, folder, at)
        code = code_of(fault, WAYS[way], folder)
        if code:
            assert code == ("disk_full" if kind == "full" else "disk_trouble")
            assert said(folder) == before, fault.hits
        else:  # only what is cleared away, or a second name, which is done without
            assert fault.hits[0].split()[0] in ("delete", "link", "mkdir"), fault.hits


@pytest.mark.parametrize("way", ["streamed", "several", "new"])
def test_a_disk_that_is_gone_for_good_leaves_each_file_whole(tmp_path: Path, way: str) -> None:
    folder = tmp_path / "x"
    for at in range(1, counted(folder, "io", WAYS[way]) + 1):
        fill(folder)
        code = code_of(Fault("io", folder, at, is_for_good=True), WAYS[way], folder)
        found = said(folder)
        assert code or found["a"] == NEW or way == "new"
        assert {found["a"], found["b"], found.get("new", NEW)} <= {OLD, NEW}


def fill(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    (folder / "a").write_bytes(OLD)
    (folder / "b").write_bytes(OLD)


def counted(folder: Path, kind: str, act: Act) -> int:
    fill(folder)
    counting = Fault(kind, folder)
    assert code_of(counting, act, folder) == ""
    assert counting.met > 2
    return counting.met


def code_of(fault: Fault, act: Act, folder: Path) -> str:
    with watched_python(fault):
        try:
            with fault.on():
                act(folder)
        except UserError as trouble:
            return trouble.code
    return ""


# --- those who write ------------------------------------------------------------------------------


def _set(folder: Path) -> None:
    settings.change(lambda one: replace(one, zoom=30))


def _reports(folder: Path) -> tuple[Act, Act]:
    with Project.open(folder / "p.hashiya") as project:
        report = agreeing.agreement(project)
    return (
        lambda to: agreeingcsv.write_csv(report, to / "r.csv"),
        lambda to: agreeinghtml.write_html(report, to / "r.html", Language.of("ar")),
    )


@pytest.mark.parametrize("kind", ["full", "io"])
def test_reports_and_replies_are_before_or_after(tmp_path: Path, kind: str) -> None:
    with Project.open(made(tmp_path, "p.hashiya")) as project:
        annotator(project, "a1"), annotator(project, "a2")
        plan = assigning.planned(project, assigning.Wish(("a1", "a2"), overlap=2))
        assigning.assign(project, plan)
        replied = lambda to: replying.reply(project, ["a1", "a2"], to)  # noqa: E731
        for act in (*_reports(tmp_path), replied):
            to = tmp_path / "out"
            shutil.rmtree(to, ignore_errors=True)
            to.mkdir()
            act(to)
            for path in to.iterdir():
                path.write_bytes(OLD)
            before = said(to)
            counting = Fault(kind, to)
            assert code_of(counting, act, to) == ""
            after = said(to)
            for at in range(1, counting.met + 1):
                shutil.rmtree(to)
                to.mkdir()
                for name in before:
                    (to / name).write_bytes(OLD)
                code = code_of(Fault(kind, to, at), act, to)
                found = {name: said(to)[name] for name in before}
                assert found == (before if code else after)


def test_settings_are_before_or_after(tmp_path: Path) -> None:
    settings.change(lambda one: replace(one, zoom=20))
    folder = paths.data_folder()
    counting = Fault("io", folder)
    assert code_of(counting, _set, folder) == ""
    for at in range(1, counting.met + 1):
        settings.change(lambda one: replace(one, zoom=20))
        code = code_of(Fault("io", folder, at), _set, folder)
        assert settings.read() == (replace(settings.Settings(), zoom=20 if code else 30), None)


def test_a_kept_schema_that_cannot_be_written_is_read_anew(tmp_path: Path) -> None:
    read = keptschemas.schema_of(SCHEMA, tmp_path / "first")
    fault = Fault("full", tmp_path, 1, is_for_good=True)
    with watched_python(fault), fault.on():
        assert keptschemas.schema_of(SCHEMA, tmp_path) == read
    assert fault.hits
