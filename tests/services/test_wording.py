"""Wording: every code of the code base has its sentence, and that says what the data say."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import annotator
from annotator.arabic import names, nottext
from annotator.core import clitics, schematoml
from annotator.core.errors import UserError
from annotator.core.schematoml import checked_schema
from annotator.core.standing import NO_ARTICLE, POINTS_TO_NOTHING, SPAN_DIFFERS
from annotator.i18n import CODES, Language
from annotator.services import wording
from annotator.services.sentences import SENTENCES
from annotator.services.wording import fault_sentence, sentence, template_of
from annotator.store import trouble

PACKAGE = Path(annotator.__file__).parent
RAISED = {"UserError", "Problem", "Fault"}
COMPOSED = {"nothing_to_undo", "nothing_to_redo", clitics.INSIDE, clitics.OUTSIDE} | {
    f"held_{reason}" for reason in (NO_ARTICLE, SPAN_DIFFERS, POINTS_TO_NOTHING)
}
NOWHERE_YET = {"article_withdrawn", "lead_only", "no_data_folder", "schema_differs", "unknown_do"}
"""Codes that the interfaces promise and that later features raise."""


def trees() -> Iterator[ast.Module]:
    for path in PACKAGE.rglob("*.py"):
        yield ast.parse(path.read_text(encoding="utf-8"))


def literal(node: ast.expr | None) -> str:
    is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    return str(node.value) if isinstance(node, ast.Constant) and is_text else ""


def called(node: ast.Call) -> str:
    return getattr(node.func, "id", getattr(node.func, "attr", ""))


def codes_raised() -> set[str]:
    """Return the codes of all troubles, problems and faults that are made from a literal."""
    found = set(COMPOSED) | set(trouble._CODES.values())  # noqa: SLF001
    found |= literals_in(schematoml, "schema_[a-z_]+")
    for tree in trees():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and called(node) in RAISED and node.args:
                found.add(literal(node.args[0]))
    return found - {""}


def codes_yielded() -> set[str]:
    """Return the codes of problems: what the checks yield as pairs of code and detail."""
    tree = ast.parse((PACKAGE / "core" / "checks.py").read_text(encoding="utf-8"))
    return {
        literal(node.value.elts[0])
        for node in ast.walk(tree)
        if isinstance(node, ast.Yield) and isinstance(node.value, ast.Tuple)
    } - {""}


def literals_in(module: object, pattern: str) -> set[str]:
    tree = ast.parse(Path(str(getattr(module, "__file__", ""))).read_text(encoding="utf-8"))
    found = {literal(node) for node in ast.walk(tree) if isinstance(node, ast.expr)}
    return {word for word in found if re.fullmatch(pattern, word)}


@pytest.fixture(params=CODES)
def language(request: pytest.FixtureRequest) -> Language:
    return Language.of(request.param)


# --- whole --------------------------------------------------------------------------------------


def test_every_code_of_the_code_base_has_a_sentence() -> None:
    assert (codes_raised() | codes_yielded()) - SENTENCES.keys() == set()


def test_every_reason_why_something_is_no_text_or_no_name_has_a_sentence() -> None:
    reasons = set()
    for path in (PACKAGE / "arabic").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and called(node) == nottext.NotText.__name__:
                reasons.add(f"not_text.{literal(node.args[0])}")
    reasons |= {f"bad_name.{code}" for code in literals_in(names, "name_[a-z_]+")}

    assert len(reasons) > 8
    assert reasons - SENTENCES.keys() == set()


def test_no_sentence_waits_for_a_code_that_nobody_raises() -> None:
    known = codes_raised() | codes_yielded() | NOWHERE_YET
    written = {code.partition(".")[0] for code in SENTENCES}

    assert written - known == set()


def test_every_sentence_is_said_in_both_languages() -> None:
    arabic, english = Language.of("ar"), Language.of("en")
    for code, template in SENTENCES.items():
        blank = dict.fromkeys(wording.fields_of(template), "…")
        said = arabic.text(template, **blank)
        assert said != english.text(template, **blank), code
        assert re.search("[\u0621-\u064a]", said), code


# --- sentences ----------------------------------------------------------------------------------


def test_the_sentence_names_what_the_data_name(language: Language) -> None:
    assert "رأي.hashiya" in sentence(UserError("not_a_project", path="رأي.hashiya"), language)


def test_offsets_stand_after_the_sentence() -> None:
    trouble = UserError("inside_grapheme", start=3, end=9, offset=9)

    assert sentence(trouble, Language.of("en")).endswith(" (Offsets 3 to 9.)")
    assert sentence(trouble, Language.of("ar")).endswith(" (المواضع من 3 إلى 9.)")


def test_a_problem_without_offsets_is_still_a_sentence(language: Language) -> None:
    for code in ("inside_grapheme", "out_of_text", "quote_differs", "empty_span"):
        assert "?" not in sentence(UserError(code, uid="E1"), language)


def test_the_place_in_a_text_or_a_line_is_named() -> None:
    trouble = UserError("not_text", why="nul", line=7, offset=90, unit="characters")
    assert sentence(trouble, Language.of("ar")).endswith("(السطر 7.)")

    trouble = UserError("unknown_key", key="wher", where="target")
    assert sentence(trouble, Language.of("en")).endswith("(At “target”.)")


def test_long_numbers_are_grouped() -> None:
    trouble = UserError("article_too_long", length=1234567, limit=1000000)

    assert "1,234,567" in sentence(trouble, Language.of("en"))
    assert "1,000,000" in sentence(trouble, Language.of("ar"))


def test_types_of_json_are_said_in_words() -> None:
    trouble = UserError("wrong_type", expected="int | null", found="str", where="start")

    assert sentence(trouble, Language.of("en")).startswith(
        "The value must be a whole number, not text."
    )
    assert "عدد صحيح" in sentence(trouble, Language.of("ar"))


def test_of_many_labels_the_first_are_named() -> None:
    uids = [f"E{n}" for n in range(9)]

    said = sentence(UserError("changed_since", uids=uids), Language.of("en"))

    assert "E0, E1, E2, E3, E4, …" in said


def test_an_unknown_code_still_gives_a_sentence(language: Language) -> None:
    assert "very_new" in sentence(UserError("very_new", why="that", n=3), language)


@given(
    st.sampled_from(sorted({code.partition(".")[0] for code in SENTENCES} | {"very_new"})),
    st.dictionaries(
        st.sampled_from(
            ["path", "detail", "uid", "where", "why", "start", "end", "line", "length", "found"]
        ),
        st.one_of(st.text(), st.integers(), st.lists(st.text()), st.none()),
    ),
    st.sampled_from(CODES),
)
def test_no_data_can_break_a_sentence(code: str, data: dict[str, object], language: str) -> None:
    assert sentence(UserError(code, **data), Language.of(language))


def test_what_the_data_hold_is_never_read_as_a_template(language: Language) -> None:
    said = sentence(UserError("unknown_annotator", name="{0.__class__}"), language)

    assert "{0.__class__}" in said


def test_the_template_is_the_one_that_says_most() -> None:
    assert template_of("disk_full", {"path": "a"}) == SENTENCES["disk_full"]
    assert template_of("disk_full", {}) == SENTENCES["disk_full.bare"]
    assert template_of("not_text", {"why": "nul"}) == SENTENCES["not_text.nul"]
    assert template_of("not_text", {"why": "strange"}) == SENTENCES["not_text"]


# --- label schemas ------------------------------------------------------------------------------

_FAULTY = """
[schema]
name = "x"
[[entity]]
id = "PERS"
key = "S"
kye = "p"
"""


def test_a_fault_is_told_with_its_place_in_the_file(language: Language) -> None:
    faults = checked_schema(_FAULTY)[1]

    told = [fault_sentence(fault.code, fault.where, fault.value, language) for fault in faults]

    assert any(line.startswith("entity[0].kye: ") for line in told)


def test_what_msgspec_says_is_said_in_words() -> None:
    english = Language.of("en")
    expected = fault_sentence(
        "schema_wrong_type", "entity[0].key", "Expected `str`, got `int`", english
    )
    missing = fault_sentence(
        "schema_wrong_type", "relation[0]", "Object missing required field `sources`", english
    )

    assert expected == "entity[0].key: The value must be text, not a whole number."
    assert missing == "relation[0]: The key “sources” is missing."


def test_what_is_no_toml_needs_no_place_before_it() -> None:
    fault = checked_schema("[schema")[1][0]

    said = fault_sentence(fault.code, fault.where, fault.value, Language.of("en"))

    assert said.startswith("This is not sound TOML (")


def test_a_faulty_schema_is_one_sentence_with_its_faults(language: Language) -> None:
    faults = [[fault.code, fault.where, fault.value] for fault in checked_schema(_FAULTY)[1]]

    assert "entity[0].kye: " in sentence(UserError("bad_schema", faults=faults), language)
