"""What an examination of a file found: codes, places and counts; the words are in `services`.

A place is a path of names that a program can read: `articles/<uid>`, `layers/<uid>/<label>`,
`operations/<hash>`, `tables/<name>`, `settings/<name>`, or `file`. No text and no name of a person
is in it.
"""

from collections import Counter
from dataclasses import dataclass

UNREADABLE = "D00"
PAGES = "D01"
IDENTITY = "D02"
TABLES = "D03"
REFERENCES = "D04"
TEXT = "D05"
OPERATION = "D06"
CHAIN = "D07"
STATE = "D08"
QUOTE = "D09"
DERIVED = "D10"
POINTER = "D11"
HELD = "D12"
DETAILS = "D13"
FORK = "I01"
CODES = (
    *(UNREADABLE, PAGES, IDENTITY, TABLES, REFERENCES, TEXT, OPERATION, CHAIN, STATE),
    *(QUOTE, DERIVED, POINTER, HELD, DETAILS, FORK),
)
"""Every code. `FORK` is worth knowing, and nothing is lost by it."""
FILE = "file"
MORE = "more"
MOST = 100
"""Findings of one code that are told one by one; how many more there are is told in one."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be; `why` tells cases of a code apart."""

    code: str
    where: str
    why: str = ""
    n: int = 1


class Findings:
    """Findings as they come in; the same place is told once a code, and `most` of a code."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._seen: set[tuple[str, str]] = set()
        self._told: list[Finding] = []
        self._n: Counter[str] = Counter()

    def add(self, code: str, where: str = FILE, why: str = "") -> None:
        """Add a finding, unless that code was found at that place before."""
        if (code, where) in self._seen:
            return
        self._seen.add((code, where))
        self._n[code] += 1
        if self._n[code] <= self._most:
            self._told.append(Finding(code, where, why))

    def has(self, *codes: str) -> bool:
        """Whether there is a finding of one of `codes`; without any, whether there is one."""
        return any(self._n[code] for code in codes) if codes else bool(self._n)

    def told(self) -> tuple[Finding, ...]:
        """Return what was found, code by code, and how many more there are of each."""
        more = [
            Finding(code, FILE, MORE, n - self._most)
            for code, n in self._n.items()
            if n > self._most
        ]
        return tuple(sorted(self._told + more, key=lambda one: CODES.index(one.code)))
