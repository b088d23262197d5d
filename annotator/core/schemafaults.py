"""Faults of a label schema, and on which line of its TOML file each stands.

The reader of TOML keeps no lines. A place (`event[2].roles[0].fillers`) is followed down through
headers, keys and inline tables; where a step is not found, the line reached so far is given.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

_SIGN = re.compile(r'"(?:[^"\\\n]|\\.)*"|[{}\[\]]|#.*')
"""Brackets, and what may hold some that mean nothing: strings and remarks."""
_STEP = re.compile(r"([a-z_]+)(?:\[(\d+)\])?")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a label schema: what, where, the value at fault; line 0 is not known."""

    code: str
    where: str
    value: str = ""
    line: int = field(default=0, compare=False)


def with_lines(toml: str, faults: Iterable[Fault]) -> list[Fault]:
    """Return `faults` of the label schema `toml`, each with its line."""
    return [replace(fault, line=line_of(toml, fault.where)) for fault in faults]


def line_of(toml: str, where: str) -> int:
    r"""Return the line, counted from 1, of the place `where`; 0 where nothing of it is found.

    >>> line_of('[schema]\n[[entity]]\nid = "A"\n[[entity]]\nid = "B"', "entity[1].id")
    5
    >>> line_of('[[event]]\nroles = [\n  {id = "a"},\n  {id = "b"},\n]', "event[0].roles[1].id")
    4
    """
    steps = [(name, int(n or 0)) for name, n in _STEP.findall(where)]
    reached, path = -1, ""
    for name, n in steps:
        path = f"{path}.{name}" if path else name
        at = _header(toml, path, n, max(reached, 0)) if reached < 0 or "." in path else -1
        if at < 0 and reached >= 0:
            at = _key(toml, name, n, reached)
        if at < 0:
            break
        reached = at
    return toml.count("\n", 0, reached) + 1 if reached >= 0 else 0


def _header(toml: str, path: str, n: int, after: int) -> int:
    """Return where the table `path`, the `n`th from `after` on, has its header; -1 for nowhere."""
    written = re.escape(path).replace(r"\.", r"\s*\.\s*")
    pattern = re.compile(rf"^\s*\[\[?\s*{written}\s*\]\]?", re.MULTILINE)
    found = [match.end() for match in pattern.finditer(toml, after)]
    return found[n] if n < len(found) else -1


def _key(toml: str, name: str, n: int, after: int) -> int:
    """Return where the key `name` of the table at `after` stands, or its `n`th inline table."""
    found = re.compile(rf"(?<![\w-]){name}\s*=").search(toml, after)
    following = re.compile(r"^\s*\[", re.MULTILINE).search(toml, after)
    if found is None or (following and following.start() < found.start()):
        return -1
    return _table(toml, n, found.end()) if _opens_array(toml, found.end()) else found.start()


def _opens_array(toml: str, at: int) -> bool:
    return toml[at : at + 200].lstrip().startswith("[")


def _table(toml: str, n: int, at: int) -> int:
    """Return where the `n`th inline table of the array at `at` opens, or the array itself."""
    depth = 0
    for sign in _SIGN.finditer(toml, at):
        if sign[0] in "{[":
            if sign[0] == "{" and depth == 1:
                if n == 0:
                    return sign.start()
                n -= 1
            depth += 1
        elif sign[0] in "}]":
            depth -= 1
            if depth == 0:
                break
    return at
