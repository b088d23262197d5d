"""Bundles changed at random, merged one after the other in a process of its own.

    .venv/bin/python -m tests.exchange.mutating N SEED

Prints what became of them as JSON: counts by code, the longest time, the memory, and what fell
over. A third of the bundles are broken as bytes; the others are sealed rightly again, so that what
is wrong lies deeper: in lines, in values, in the order of lines.
"""

import copy
import json
import random
import resource
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotator.services import merging
from annotator.store.project import Project
from tests.exchange.bundling import (
    ARTICLES,
    MANIFEST,
    SCHEMA,
    Members,
    bundle_of,
    canonical,
    handed_in,
    labelled,
    lines_of,
    manifest_of,
    members_of,
    resealed,
    team,
    with_operations,
    zip_bytes,
)
from tests.projects import contents, copied, quick_folder

_HOSTILE: list[Any] = [
    None, True, False, 0, 1, -1, 2**31, 2**53, 2**63, 2**64 - 1, 1.5, 1e300, "", " ", "a", "é",
    "\0", "\ud800", "\u202e", "x" * 5000, "0" * 64, "f" * 63, [], [[]], [[[]]], {}, {"a": {}},
    [0, 0, ""], ["", ""], "E" + "0" * 14, "V00000000000001", "lead", "all", "import", "mark_all",
    "2099-13-45T99:99Z", "entity", "taken_back", "label_schema", "regions",
]  # fmt: skip


def main() -> int:
    """Merge mutated bundles and print what became of them."""
    n, seed = int(sys.argv[1]), int(sys.argv[2])
    with quick_folder() as folder:
        found = _run(folder, n, random.Random(seed))  # noqa: S311
    sys.stdout.write(json.dumps(found))
    return 0


def most_memory() -> float:
    """Return the most memory in MB that this process had: of its own, not of who started it."""
    status = Path("/proc/self/status")
    if status.exists():  # `ru_maxrss` begins with what the parent had
        lines = status.read_text("ascii").splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _run(folder: Path, n: int, chance: random.Random) -> dict[str, Any]:
    lead, files = team(folder)
    other_lead = copied(lead, "other.hashiya")
    labelled(other_lead)
    whole = [members_of(handed_in(files["a1"])), members_of(bundle_of(other_lead))]
    codes: Counter[str] = Counter()
    fallen: list[str] = []
    longest = 0.0
    path = folder / "mutant.zip"
    with Project.open(lead) as project:
        before = contents(project)
        for number in range(n):
            path.write_bytes(mutant(chance.choice(whole), chance))
            began = time.process_time()
            try:
                report = merging.merge(project, [path], dry_run=True)
                codes[report.refused[0].trouble.code if report.refused else "merged"] += 1
            except Exception:
                fallen.append(f"{number}: {traceback.format_exc()[-1500:]}")
                path.rename(folder / f"fallen-{number}.zip")
            longest = max(longest, time.process_time() - began)
        is_as_before = contents(project) == before
    megabytes = most_memory()
    return {
        "codes": dict(codes),
        "fallen": fallen[:5],
        "n_fallen": len(fallen),
        "longest": longest,
        "megabytes": megabytes,
        "is_as_before": is_as_before,
    }


def mutant(members: Members, chance: random.Random) -> bytes:
    """Return a bundle of `members` with something wrong."""
    return chance.choice(_WAYS)(members, chance)


# --- as bytes -----------------------------------------------------------------------------------


def _bytes(data: bytes, chance: random.Random) -> bytes:
    """Return `data` with a few bytes flipped, cut, doubled or put in."""
    found = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 5, 20))):
        at = chance.randrange(len(found) + 1)
        match chance.randrange(5):
            case 0 if at < len(found):
                found[at] ^= 1 << chance.randrange(8)
            case 1:
                del found[at : at + chance.choice((1, 4, 100))]
            case 2:
                found[at:at] = bytes(chance.randrange(256) for _ in range(chance.choice((1, 4))))
            case 3:
                found[at:at] = found[at : at + chance.choice((10, 200))]
            case _:
                del found[at:]
        if not found:
            break
    return bytes(found)


def _broken_zip(members: Members, chance: random.Random) -> bytes:
    return _bytes(zip_bytes(members), chance)


def _broken_member(members: Members, chance: random.Random) -> bytes:
    name = chance.choice(list(members))
    return zip_bytes({**members, name: _bytes(members[name], chance)})


# --- sealed rightly -----------------------------------------------------------------------------


def _sealed_member(members: Members, chance: random.Random) -> bytes:
    name = chance.choice([name for name in members if name != MANIFEST])
    return zip_bytes(resealed({**members, name: _bytes(members[name], chance)}))


def _other_lines(members: Members, chance: random.Random) -> bytes:
    """Double, drop and shuffle lines."""
    lines = lines_of(members)
    for _ in range(chance.randrange(1, 4)):
        match chance.randrange(3):
            case 0:
                lines.insert(chance.randrange(len(lines) + 1), chance.choice(lines))
            case 1 if len(lines) > 1:
                lines.pop(chance.randrange(len(lines)))
            case _:
                chance.shuffle(lines)
    return zip_bytes(with_operations(members, lines))


def _other_values(members: Members, chance: random.Random) -> bytes:
    """Change values in an operation, and spell it canonically."""
    lines = lines_of(members)
    at = chance.randrange(len(lines))
    value = json.loads(lines[at])
    for _ in range(chance.choice((1, 1, 1, 3))):
        _change(value, chance)
    lines[at] = canonical(value)
    return zip_bytes(with_operations(members, lines))


def _other_article(members: Members, chance: random.Random) -> bytes:
    lines = members.get(ARTICLES, b"").splitlines() or [b'{"sha256":""}']
    at = chance.randrange(len(lines))
    value = json.loads(lines[at])
    _change(value, chance)
    lines[at] = canonical(value)
    return zip_bytes(resealed({**members, ARTICLES: b"".join(line + b"\n" for line in lines)}))


def _other_manifest(members: Members, chance: random.Random) -> bytes:
    value = manifest_of(members)
    _change(value, chance)
    return zip_bytes({**members, MANIFEST: canonical(value)})


def _other_schema(members: Members, chance: random.Random) -> bytes:
    value = {**manifest_of(members), "label_schema": "1" * 64}
    told = {**members, MANIFEST: canonical(value), SCHEMA: _bytes(members[SCHEMA], chance)}
    return zip_bytes(resealed(told))


def _change(value: Any, chance: random.Random) -> None:  # noqa: ANN401
    """Change something somewhere in a value of lists and maps."""
    place, key = value, chance.choice(list(value))
    while isinstance(place[key], dict | list) and place[key] and chance.random() < 0.85:
        place = place[key]
        key = chance.choice(list(place) if isinstance(place, dict) else range(len(place)))
    match chance.randrange(4):
        case 0:
            del place[key]
        case 1 if isinstance(place, dict):
            names = ("before", "after", "uid", "x", "kind", "spans")
            place[chance.choice(names)] = copy.deepcopy(place[key])
        case 2 if isinstance(place[key], int):
            place[key] += chance.choice((-1, 1, 1000))
        case _:
            place[key] = copy.deepcopy(chance.choice(_HOSTILE))


_WAYS: list[Callable[[Members, random.Random], bytes]] = [
    _broken_zip,
    _broken_zip,
    _broken_member,
    _sealed_member,
    _other_lines,
    _other_values,
    _other_values,
    _other_values,
    _other_article,
    _other_manifest,
    _other_schema,
]

if __name__ == "__main__":
    sys.exit(main())
