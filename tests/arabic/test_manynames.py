"""Many names at once are found where each is found alone."""

from hypothesis import given
from hypothesis import strategies as st

from annotator.arabic.finding import Finder, Query
from annotator.arabic.graphemes import is_boundary
from annotator.arabic.manynames import ManyNames, name_key, without_clitics
from tests.strategies import texts

TEXT = (
    "التقى وبوتين فلاديمير بوتين في البيت الأبيض، وللاتحاد الأوروبي ولبوتِينَ كتابٌ.\n"
    "«وزير» بوتينا وزيرة والاتحاد وترامــب، فالبيت الأبيض. ﻻهاي بـترامب"
)
NAMES = ["بوتين", "فلاديمير بوتين", "البيت الأبيض", "الاتحاد", "ترامب", "وزير", "كتاب", "لاهاي"]


def test_each_name_is_found_where_it_is_found_alone() -> None:
    for name in NAMES:
        alone = [hit[:2] for hit in Finder(Query(name)).hits(TEXT)]
        found = ManyNames([name_key(name)]).places(TEXT)
        assert [one[:2] for one in found] == alone, name


def test_the_longest_name_wins_and_clitics_are_told() -> None:
    found = ManyNames(map(name_key, NAMES)).places(TEXT)
    spelled = [TEXT[one.start : one.end] for one in found]
    assert spelled[:4] == ["بوتين", "فلاديمير بوتين", "البيت الأبيض", "لاتحاد"]
    assert TEXT[found[3].with_clitics_from : found[3].end] == "وللاتحاد"
    assert found[3].name == name_key("الاتحاد")


def test_a_name_with_clitics_is_that_name_where_it_is_known_without() -> None:
    known = {"بوتين", "الاتحاد", "زير"}
    assert without_clitics(name_key("وَبوتين"), known) == "بوتين"
    assert without_clitics("وزير", known) == "وزير"
    assert without_clitics("ولترامب", known) == "ولترامب"


@given(texts(), st.lists(texts(max_size=12), max_size=4))
def test_places_are_whole_graphemes_in_order_and_hold_their_name(
    text: str, names: list[str]
) -> None:
    keys = [key for name in [*names, *text.split()] if (key := name_key(name))]
    last = 0
    for one in ManyNames(keys).places(text):
        assert last <= one.start < one.end
        assert one.with_clitics_from <= one.start
        assert is_boundary(text, one.start)
        assert is_boundary(text, one.end)
        assert one.name in keys
        last = one.start


def test_words_of_a_name_may_stand_apart_by_any_blanks() -> None:
    text = "فلاديمير  بوتين ثم فلاديمير\nبوتين"
    names = ManyNames([name_key("فلاديمير بوتين"), name_key("بوتين")])

    assert [text[one.start : one.end] for one in names.places(text)] == [
        "فلاديمير  بوتين",
        "فلاديمير\nبوتين",
    ]
