"""What is exported comes back: the same bytes from another project, and nothing lost on the way."""

import contextlib
import io
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from annotator import paths
from annotator.core.errors import UserError
from annotator.core.model import AUTHOR, Extent, Layer, Party, extent_at
from annotator.services import annotators, labelling
from annotator.services.applying import apply_lines
from annotator.services.importing import import_sources
from annotator.store.project import Project
from tests.formats import shape
from tests.formats.readings import SCHEMA, article_texts, files
from tests.formats.rows import NEWS_TOML, Row, bare, empty, exported, imported, rows_of, taken_from
from tests.formats.saying import told
from tests.projects import assert_sound, contents
from tests.strategies import spans_of

usual = settings(deadline=None, suppress_health_check=list(HealthCheck))


@settings(usual, max_examples=45)
@given(files())
def test_whatever_a_row_may_say_is_exported_again_and_keeps_its_bytes(rows: list[Row]) -> None:
    with empty() as first, empty("other") as second:
        report = imported(first, *rows)
        assert report.refused == ()
        assert (report.layers, report.added) == (len(rows), len({row["text"] for row in rows}))
        data = exported(first)
        assert_sound(first)

        again = taken_from(second, data)

        assert again.refused == ()
        assert exported(second) == data
        check_lines(data)
        assert_told(rows, data)


def check_lines(data: bytes) -> None:
    """Check everything that INTERFACES.md says of a line, whoever made the labels."""
    lines = data.decode().split("\n")
    rows = rows_of(data)
    assert lines.pop() == ""
    assert lines == [shape.spelled(row) for row in rows]
    for row in rows:
        assert shape.misfits(row) == []
        assert shape.false_quotes(row) == []
        assert shape.false_hulls(row) == []
        assert shape.false_words(row) == []
        assert shape.strange_uids(row) == []
    assert shape.disorder(rows, SCHEMA.role_order) == []


def assert_told(given: list[Row], data: bytes) -> None:
    """Compare: the exported rows say what the given ones said, but for uids and order."""
    by_layer = {(row["text"], row["annotator"]["uid"]): row for row in rows_of(data)}
    for row in given:
        found = by_layer[row["text"], row["annotator"]["uid"]]
        assert told(found) == told(row)
        assert found["annotator"] == row["annotator"]
        for key in ("uid", "sha256"):
            assert found["article"][key] == row["article"][key]


@settings(usual, max_examples=20)
@given(files())
def test_importing_again_changes_nothing_and_foreign_uids_become_the_same_in_every_project(
    rows: list[Row],
) -> None:
    with empty() as first, empty("other") as second:
        imported(first, *rows)
        before = contents(first)

        report = imported(first, *reversed(rows))
        imported(second, *rows)

        assert (report.added, report.layers, report.refused) == (0, 0, ())
        assert report.duplicates == len(rows)
        assert contents(first) == before
        assert exported(second) == exported(first)


@st.composite
def _labelled(draw: st.DrawFn) -> tuple[str, list[tuple[str, tuple[int, int], int]]]:
    text = draw(article_texts(30))
    kinds = st.sampled_from(["entity", "event", "argument", "stance", "relation", "answer", "gone"])
    one = st.tuples(kinds, spans_of(text), st.integers(0, 99))
    return text, draw(st.lists(one, max_size=12))


@settings(usual, max_examples=30)
@given(_labelled())
def test_what_gestures_made_comes_back_byte_for_byte(
    work: tuple[str, list[tuple[str, tuple[int, int], int]]],
) -> None:
    text, gestures = work
    with empty() as first, empty("other") as second:
        imported(first, bare(text, annotator={}))
        for gesture in gestures:
            _do(first, text, *gesture)
        data = exported(first)
        assert_sound(first)

        assert taken_from(second, data).refused == ()

        assert exported(second) == data
        check_lines(data)


def _do(project: Project, text: str, kind: str, place: tuple[int, int], number: int) -> None:
    """Make some label; what a gesture may not make is refused, and that is well."""
    sara = annotators.ensure(project, "سارة")
    layer = project.layer(next(iter(_sha256s(project))), sara.uid)
    names = [label.uid for label in project.labels(layer) if label.uid[0] in "EV"] or [""]
    first, second = names[number % len(names)], names[number // 7 % len(names)]
    with contextlib.suppress(UserError):
        _MAKERS[kind](project, layer, extent_at(text, [place]), (first, second), number)


_Maker = Callable[[Project, Layer, Extent, tuple[str, str], int], object]


def _entity(project: Project, layer: Layer, extent: Extent, _: object, number: int) -> object:
    said, kind = extent[0].quote, sorted(SCHEMA.entity_types)[number % 3]
    return labelling.add_entity(project, layer, extent, kind, link=said, note=said, doubt=said)


def _event(project: Project, layer: Layer, extent: Extent, _: object, number: int) -> object:
    return labelling.add_event(project, layer, extent, sorted(SCHEMA.event_types)[number % 2])


def _argument(
    project: Project, layer: Layer, _: Extent, names: tuple[str, str], number: int
) -> object:
    role = ("theme", "actor", "cause")[number % 3]
    return labelling.add_argument(project, layer, names[1], role, names[0])


def _stance(
    project: Project, layer: Layer, extent: Extent, names: tuple[str, str], number: int
) -> object:
    target = Party("event" if names[0].startswith("V") else "entity", names[0])
    return labelling.add_stance(
        project,
        layer,
        target if number % 2 else Party("topic", "peace-talks"),
        sorted(SCHEMA.stance_values)[number % 4],
        holder=Party("entity", names[1]) if number % 3 else AUTHOR,
        evidence=extent if number % 5 else (),
    )


def _relation(
    project: Project, layer: Layer, _: Extent, names: tuple[str, str], number: int
) -> object:
    return labelling.add_relation(project, layer, "same_as", *names)


def _answer(project: Project, layer: Layer, extent: Extent, _: object, number: int) -> object:
    return labelling.answer(project, layer, "summary", (extent[0].quote,))


def _gone(project: Project, layer: Layer, _: Extent, names: tuple[str, str], number: int) -> object:
    return labelling.remove(project, layer, names[0])


_MAKERS: dict[str, _Maker] = {
    "entity": _entity,
    "event": _event,
    "argument": _argument,
    "stance": _stance,
    "relation": _relation,
    "answer": _answer,
    "gone": _gone,
}


def _sha256s(project: Project) -> list[str]:
    return [row[0] for row in project.connection.execute("SELECT sha256 FROM articles")]


@pytest.mark.parametrize("names", [("a1", "a2"), ("a1", "a2", "a3")])
def test_the_seeds_with_their_readings_come_back_byte_for_byte(names: tuple[str, ...]) -> None:
    seeds = paths.seeds()
    with empty("", NEWS_TOML) as first, empty("other", NEWS_TOML) as second:
        import_sources(first, [seeds / "articles"])
        for name in names:
            lines = io.BytesIO((seeds / "labels" / f"{name}.jsonl").read_bytes())
            refused = [item for item in apply_lines(first, name, lines) if item.trouble]
            assert refused == []
        data = exported(first)

        report = taken_from(second, data)

        assert (report.added, report.layers, report.refused) == (5, 5 * len(names), ())
        assert exported(second) == data
        assert_sound(second)
        check_lines(data)
