"""How a journal may be written: as ours is, and as none must be; for power cuts (`journalcuts`)."""

from dataclasses import dataclass

from annotator.store import journalfile
from annotator.store.journalfile import Line


@dataclass(frozen=True, slots=True)
class Mode:
    """What differs: patches of the program, and whether an old file is put back after each cut."""

    name: str
    patches: tuple[tuple[object, str, object], ...] = ()
    puts_back: bool = True
    ignores_syncs: bool = False


def _nothing(*_: object) -> None:
    """Do nothing."""


def _believed(raw: bytes) -> Line | None:
    """Believe a line without asking for its hash."""
    is_remark = raw[:1] == b"#"
    name, _, said = raw[is_remark:].partition(b" ")
    return Line(name.decode("utf-8", "replace"), said, is_remark)


OURS = (
    Mode("the file as it is left", puts_back=False),
    Mode("an old file put back"),
)
MUST_LOSE = (
    Mode(
        "a journal that is not synced",
        ((journalfile, "sync", _nothing), (journalfile, "_sync", _nothing)),
    ),
    Mode("names that are not synced", ((journalfile, "sync_folder", _nothing),)),
    Mode("lines believed without their hash", ((journalfile, "line_of", _believed),)),
    Mode("a device that ignores flushes", ignores_syncs=True),
)
