"""What a row says, apart from uids and order."""

import json
from typing import Any

from tests.formats.readings import SCHEMA
from tests.formats.rows import Row


def told(row: Row) -> Any:  # noqa: ANN401
    """Return all that the labels of `row` say, without their uids and order: for comparing."""
    by_uid = {label["uid"]: label for label in row["entities"] + row["events"]}
    return {
        "status": (row["status"], row["suggestions"]),
        **{
            kind: sorted(json.dumps(_told(label, by_uid), sort_keys=True) for label in row[kind])
            for kind in ("entities", "events", "stances", "relations", "answers")
        },
    }


def _told(label: Row, by_uid: dict[str, Row]) -> Row:
    """Return `label` with what it points to in place of the uids; derived keys left out."""
    label = {**label, "type": SCHEMA.current(label.get("type", ""))}
    derived = ("uid", "word_start", "word_end", "pre", "post", "text")
    found = {key: value for key, value in label.items() if key not in derived}
    found["attributes"] = sorted(map(tuple, map(dict.values, label.get("attributes", []))))
    if "arguments" in found:
        found["arguments"] = sorted(
            json.dumps(_told(item, by_uid), sort_keys=True) for item in label["arguments"]
        )
    for key in ("filler", "source", "target"):
        if isinstance(found.get(key), str):
            found[key] = _told(by_uid[found[key]], by_uid)
    for key in ("holder", "target"):
        if isinstance(found.get(key), dict) and "ref" in found[key]:
            party = found[key]
            end = by_uid.get(party["ref"])
            found[key] = [party["kind"], _told(end, by_uid) if end else party["ref"]]
    return found
