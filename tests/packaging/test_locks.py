"""The locks: every file pinned with its hashes, nothing of any machine in them."""

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "packaging" / "requirements"
LOCKS = ["app", "dev", "build"]


def text_of(lock: str) -> str:
    return (FOLDER / f"{lock}.txt").read_text(encoding="ascii")


def pins(lock: str) -> list[tuple[Requirement, list[str]]]:
    """Return each pin of `lock` with its hashes."""
    body = "\n".join(line for line in text_of(lock).splitlines() if "#" not in line)
    entries = [entry.split() for entry in re.split(r"\n(?=\S)", body.replace("\\\n", " "))]
    return [
        (
            Requirement(" ".join(word for word in entry if not word.startswith("--"))),
            [word.removeprefix("--hash=sha256:") for word in entry if word.startswith("--")],
        )
        for entry in entries
    ]


def versions(lock: str) -> dict[str, set[str]]:
    """Return the version, or the versions where they differ by machine, of each pinned name."""
    found: dict[str, set[str]] = {}
    for pin, _ in pins(lock):
        (only,) = pin.specifier
        assert only.operator == "=="
        found.setdefault(canonicalize_name(pin.name), set()).add(only.version)
    return found


def wanted(lock: str) -> list[Requirement]:
    """Return what pyproject.toml asks for in `lock`."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = project["dependency-groups"]
    of_build = groups["build"]
    of_dev = [line for line in groups["dev"] if isinstance(line, str)]
    base = project["project"]["dependencies"]
    asked = {"app": base, "dev": base + of_dev + of_build, "build": of_build}[lock]
    return [Requirement(line) for line in asked]


@pytest.mark.parametrize("lock", LOCKS)
@pytest.mark.parametrize(
    "trace", ["://", "file:", " --index-url", "--extra-index-url", " --find-links"]
)
def test_a_lock_names_no_address(lock: str, trace: str) -> None:
    assert trace not in text_of(lock)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_path_of_the_machine_that_made_it(lock: str) -> None:
    assert not re.search(r"(?:^|\s)(?:/|[A-Za-z]:\\)", text_of(lock).replace("\\\n", "\n"))


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_of_a_lock_has_hashes(lock: str) -> None:
    for pin, hashes in pins(lock):
        assert hashes, pin.name
        assert all(re.fullmatch("[0-9a-f]{64}", digest) for digest in hashes), pin.name


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_has_what_the_project_asks_for(lock: str) -> None:
    pinned = versions(lock)
    for need in wanted(lock):
        for version in pinned[canonicalize_name(need.name)]:
            assert need.specifier.contains(version), need


def test_tests_run_on_the_versions_that_people_get() -> None:
    dev = versions("dev")
    for lock in ("app", "build"):
        assert {name: dev[name] for name in versions(lock)} == versions(lock)


@pytest.mark.parametrize("lock", ["app", "dev"])
def test_pip_is_pinned_like_the_rest(lock: str) -> None:
    assert "pip" in versions(lock)  # sqlite-utils depends on it
