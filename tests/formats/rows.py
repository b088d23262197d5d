"""Rows of `hashiya/1` written by hand, as another program would write them, and files of them."""

import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from annotator.services.exporting import export
from annotator.services.importing import ImportReport, import_sources
from annotator.services.projects import schema_toml
from annotator.store.project import Project
from tests import projects
from tests.projects import made, quick_folder

Row = dict[str, Any]
NEWS_TOML = schema_toml("news")
SCHEMA = projects.SCHEMA.replace(
    'id = "same_as"',
    'id = "same_as"\nattributes = [{id = "why", values = ["name", "description"]}]',
)
"""Everything that a label schema can say, attributes of every kind of label too."""

TEXT = (
    "أعلن الكرملين أن بوتين التقى المبعوث ويتكوف يوم الخميس.\n"
    "وقال بيسكوف إن اللقاء كان مفيدًا لمحادثات السلام 😀.\n"
)
SARA = {"uid": "u-sara", "name": "سارة", "kind": "human"}


@contextmanager
def empty(which: str = "", schema: str = SCHEMA) -> Iterator[Project]:
    """Open an empty project; those with another `which` are other projects, with other uids."""
    with quick_folder() as folder:
        toml = f"{schema}\n# {which}\n"
        with Project.open(made(folder, schema=toml, texts=())) as project:
            yield project


def text_of(number: int) -> str:
    """Return the example's text with a last line of its own: another article, the same offsets."""
    return f"{TEXT}رقم {number}\n"


def span(quote: str, text: str = TEXT) -> Row:
    """Return the first place of `quote` as a span."""
    start = text.index(quote)
    return {"start": start, "end": start + len(quote), "quote": quote}


def common(**fields: object) -> Row:
    """Return what every label has, usual where not said."""
    usual = {
        "note": "",
        "doubt": "",
        "origin": {"by": "person", "source": "", "confidence": 1.0},
        "decision": "",
        "votes": [],
    }
    return {**usual, **fields}


def placed(uid: str, kind: str, *quotes: str, **fields: object) -> Row:
    """Return what an entity and an event of type `kind` over `quotes` have in common."""
    spans = [span(quote) for quote in quotes]
    start, end = spans[0]["start"], spans[-1]["end"]
    own = {"start": start, "end": end, "quote": TEXT[start:end], "spans": spans}
    return {"uid": uid, "type": kind, **own, "attributes": [], **common(), **fields}


def example(number: int = 0, **changes: object) -> Row:
    """Return a sound row in which no list is empty; `changes` replace keys of the top."""
    text = text_of(number)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    row = {
        "format": "hashiya/1",
        "article": {
            "uid": sha256[:16],
            "sha256": sha256,
            "title": f"خبر {number}",
            "source": "وكالة",
            "language": "ar",
            "meta": '{"published":"2025-05-06"}',
        },
        "text": text,
        "annotator": SARA,
        "status": "done",
        "suggestions": "seen",
        "schema": {"name": "everything", "version": "1", "digest": ""},
        "regions": [{"start": 0, "end": len(text), "role": "body", "source": "person"}],
        **_LABELS,
    }
    alone: Row = json.loads(json.dumps({**row, **changes}))  # no part stands in two places
    return alone


_VOTES = [{"annotator": "سارة", "value": "PERS"}]
_MACHINE = {"by": "suggestion", "source": "ذاكرة", "confidence": 0.375}
_LABELS: Row = {
    "entities": [
        placed(
            "E1",
            "PERS",
            "بوتين",
            subtype="",
            head=[span("بوتين")],
            link="Vladimir Putin",
            attributes=[{"name": "mention", "value": "NAM"}],
            note="ملاحظة",
            doubt="أهو هو؟",
            origin=_MACHINE,
            decision="majority",
            votes=_VOTES,
        ),
        placed("E2", "PERS", "المبعوث", "ويتكوف", subtype="", head=[], link=""),
        placed("E3", "GPE", "الكرملين", subtype="CITY", head=[], link=""),
    ],
    "events": [
        placed(
            "V1",
            "MEET",
            "التقى",
            attributes=[{"name": "polarity", "value": "positive"}],
            arguments=[
                {
                    "uid": "A1",
                    "role": "actor",
                    "filler": "E1",
                    **span("بوتين"),
                    **common(note="فاعل", votes=_VOTES),
                }
            ],
            votes=_VOTES,
        ),
        placed(
            "V2",
            "ATTACK",
            "وقال",
            arguments=[
                {"uid": "A2", "role": "cause", "filler": "V1", **span("التقى"), **common()},
            ],
        ),
    ],
    "stances": [
        {
            "uid": "S1",
            "holder": {"kind": "entity", "ref": "E3", "text": "الكرملين"},
            "target": {
                "kind": "topic",
                "ref": "peace-talks",
                "text": "محادثات السلام",
            },
            "value": "favor",
            "voice": "reported",
            "evidence": [span("مفيدًا")],
            "attributes": [{"name": "strength", "value": "weak"}],
            **common(votes=_VOTES),
        }
    ],
    "relations": [
        {
            "uid": "R1",
            "type": "same_as",
            "source": "E1",
            "target": "E3",
            "attributes": [{"name": "why", "value": "name"}],
            **common(votes=_VOTES),
        }
    ],
    "answers": [
        {"uid": "Q1", "question": "genre", "values": ["report"], **common(votes=_VOTES)},
        {"uid": "Q2", "question": "summary", "values": ["لقاء في موسكو"], **common()},
    ],
}


def bare(text: str, **changes: object) -> Row:
    """Return the least that a row must say, and `changes`."""
    return {"format": "hashiya/1", "text": text, "annotator": dict(SARA), **changes}


def entity(uid: str, start: int, end: int, kind: str = "PERS", **fields: object) -> Row:
    """Return an entity with nothing but its place."""
    return {"uid": uid, "type": kind, "start": start, "end": end, **fields}


def stance(**fields: object) -> Row:
    """Return a stance of the author, sound unless `fields` say otherwise."""
    return {
        "holder": {"kind": "author"},
        "target": {"kind": "topic", "ref": "peace-talks"},
        "value": "favor",
        **fields,
    }


def spelled(*rows: object) -> bytes:
    """Return `rows` as lines."""
    told = (json.dumps(row, ensure_ascii=False, separators=(",", ":")) + "\n" for row in rows)
    return "".join(told).encode()


def written(folder: Path, *rows: object, name: str = "rows.jsonl") -> Path:
    """Write `rows` to a file and return its path."""
    path = folder / name
    path.write_bytes(spelled(*rows))
    return path


def imported(project: Project, *rows: object, **options: Any) -> ImportReport:  # noqa: ANN401
    """Import `rows` from a file beside the project."""
    return import_sources(project, [written(project.path.parent, *rows)], **options)


def taken_from(project: Project, data: bytes, name: str = "rows.jsonl") -> ImportReport:
    """Import a file that holds `data`."""
    path = project.path.parent / name
    path.write_bytes(data)
    return import_sources(project, [path])


def exported(project: Project, **options: Any) -> bytes:  # noqa: ANN401
    """Return what export writes."""
    stream = io.BytesIO()
    export(project, None, stream=stream, **options)
    return stream.getvalue()


def rows_of(data: bytes) -> list[Row]:
    """Return the rows that exported lines say."""
    return [json.loads(line) for line in data.split(b"\n") if line]


def codes(report: ImportReport) -> list[str]:
    """Return the codes of what was refused, in order."""
    return [refusal.trouble.code for refusal in report.refused]
