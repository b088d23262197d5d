"""The languages: catalogues that are whole, plural forms, and the language to begin with."""

import configparser
import locale
import re
import string
from collections.abc import Iterator
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import catalogues
from annotator import i18n, paths
from annotator.i18n import CODES, Language, usual_code

ROOT = Path(i18n.__file__).resolve().parent.parent
I18N = ROOT / "resources" / "i18n"
KEYWORDS = {"text": (1,), "plural": (1, 2), "marked": None}
ARABIC_FORMS = 6


def extracted() -> set[str | tuple[str, ...]]:
    mapping = configparser.RawConfigParser()
    mapping.read(I18N / "extraction.cfg", encoding="utf-8")
    methods = [(pattern, method) for method, pattern in map(_split, mapping.sections())]
    found = extract_from_dir(ROOT, methods, keywords=KEYWORDS)
    return {message for _, _, message, _, _ in found}


def _split(section: str) -> list[str]:
    return section.split(": ")


def catalogue(code: str) -> Catalog:
    with (I18N / code / "LC_MESSAGES" / "hashiya.po").open("rb") as source:
        return read_po(source, locale=code, abort_invalid=True)


def messages(code: str) -> Iterator[Message]:
    return (message for message in catalogue(code) if message.id)


def translations(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def places(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


@pytest.fixture(autouse=True)
def _compiled() -> None:
    """Compile what the set-up would compile."""
    if catalogues.stale():
        catalogues.compile_all()


# --- catalogues ---------------------------------------------------------------------------------


def test_the_arabic_catalogue_holds_every_sentence_of_the_code_and_no_other() -> None:
    there = {message.id for message in messages("ar")}
    used = extracted()

    assert used - there == set(), "these sentences have no Arabic"
    assert there - used == set(), "these sentences are no longer said"


def test_every_sentence_is_translated_in_all_its_forms() -> None:
    for message in messages("ar"):
        forms = translations(message)
        assert all(forms), message.id
        assert not message.fuzzy, message.id
        assert len(forms) == (ARABIC_FORMS if message.pluralizable else 1), message.id


def test_the_english_catalogue_holds_every_plural_and_nothing_else() -> None:
    there = {message.id for message in messages("en")}

    assert there == {message for message in extracted() if isinstance(message, tuple)}


@pytest.mark.parametrize("code", CODES)
def test_translations_fill_the_places_of_their_sentence(code: str) -> None:
    for message in messages(code):
        ids = (message.id,) if isinstance(message.id, str) else message.id
        wanted = places(ids[-1])
        for form in translations(message):
            is_number_in_words = message.pluralizable and places(form) == wanted - {"n"}
            assert places(form) == wanted or is_number_in_words, form


def test_arabic_is_written_in_arabic_signs() -> None:
    for message in messages("ar"):
        for form in translations(message):
            assert not re.search("[“”\"'!]|(?<=[\u0621-\u064a])[,;?]", form), form


def test_an_option_in_arabic_text_keeps_its_dashes_in_front() -> None:
    for message in messages("ar"):
        for form in translations(message):
            assert not re.search(r"(?:^|[^\w\u200e-])--?[a-z]", form), form


# --- language -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("n", "said"),
    [
        (0, "لا مقالات"),
        (1, "مقال واحد"),
        (2, "مقالان"),
        (3, "3 مقالات"),
        (10, "10 مقالات"),
        (11, "11 مقالًا"),
        (99, "99 مقالًا"),
        (100, "100 مقال"),
        (102, "102 مقال"),
        (103, "103 مقالات"),
        (1011, "1011 مقالًا"),
    ],
)
def test_arabic_counts_in_six_forms(n: int, said: str) -> None:
    assert Language.of("ar").plural("{n} article", "{n} articles", n) == said


@pytest.mark.parametrize(("n", "said"), [(0, "No labels"), (1, "1 label"), (7, "7 labels")])
def test_english_has_a_form_for_none(n: int, said: str) -> None:
    assert Language.of("en").plural("{n} label", "{n} labels", n) == said


def test_the_language_gives_direction_quotes_and_comma() -> None:
    arabic, english = Language.of("ar"), Language.of("en")

    assert (arabic.direction, english.direction) == ("rtl", "ltr")
    assert (arabic.quoted("غزة"), english.quoted("غزة")) == ("«غزة»", "“غزة”")
    assert (arabic.listed(["أ", "ب"]), english.listed(["أ", "ب"])) == ("أ، ب", "أ, ب")


def test_without_a_catalogue_it_speaks_english(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(i18n, "resource", lambda _: tmp_path)

    language = Language.of("ar")

    assert language.text("Made the project “{path}”.", path="a") == "Made the project “a”."
    assert language.plural("{n} label", "{n} labels", 2) == "2 labels"


def test_a_catalogue_that_cannot_be_read_is_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    folder = tmp_path / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "hashiya.mo").write_bytes(b"no catalogue at all")
    monkeypatch.setattr(i18n, "resource", lambda _: tmp_path)

    assert Language.of("ar").text("Undone.") == "Undone."


def test_there_is_no_third_language() -> None:
    with pytest.raises(ValueError, match="fr"):
        Language.of("fr")


def test_the_empty_text_is_not_the_head_of_the_catalogue() -> None:
    assert Language.of("ar").text("") == ""


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("--lang", "\u200e--lang\u200e"),
        ("/tmp/a.hashiya", "\u200e/tmp/a.hashiya\u200e"),  # noqa: S108
        ("C++", "\u200eC++\u200e"),
        ("a.hashiya", "a.hashiya"),
        ("قال (ثم قال)", "قال (ثم قال)"),
        ("", ""),
    ],
)
def test_a_latin_word_in_arabic_text_keeps_its_signs(value: str, said: str) -> None:
    assert said in Language.of("ar").text("“{name}” is missing.", name=value)
    assert value in Language.of("en").text("“{name}” is missing.", name=value)


@pytest.mark.parametrize(
    ("environment", "code"),
    [
        ({"HASHIYA_LANG": "ar", "LANG": "en_GB.UTF-8"}, "ar"),
        ({"HASHIYA_LANG": " EN ", "LANG": "ar_EG.UTF-8"}, "en"),
        ({"HASHIYA_LANG": "fr", "LANG": "ar_EG.UTF-8"}, "ar"),
        ({"LANG": "ar_SA.UTF-8"}, "ar"),
        ({"LANG": "ar"}, "ar"),
        ({"LANG": "arc_SY"}, "en"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LC_ALL": "C.UTF-8", "LANG": "ar_EG"}, "en"),
        ({"LC_MESSAGES": "ar_MA", "LANG": "fr_MA"}, "ar"),
        ({"LANGUAGE": "ar:en", "LANG": "en_GB"}, "ar"),
        ({"LANGUAGE": "ar:en", "LC_ALL": "C"}, "en"),
    ],
)
def test_the_language_to_begin_with(environment: dict[str, str], code: str) -> None:
    assert usual_code(environment) == code


@pytest.mark.parametrize(
    ("locale_name", "code"),
    [(("Arabic_Egypt", "1256"), "ar"), (("ar_EG", "UTF-8"), "ar"), ((None, None), "en")],
)
def test_without_variables_the_locale_of_the_process_counts(
    monkeypatch: pytest.MonkeyPatch, locale_name: tuple[str | None, str | None], code: str
) -> None:
    monkeypatch.setattr(locale, "getlocale", lambda: locale_name)

    assert usual_code({}) == code


def test_the_catalogues_lie_where_resources_do() -> None:
    assert paths.resource("i18n") == I18N
