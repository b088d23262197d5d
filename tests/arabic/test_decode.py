"""Decoding: bytes to text, strictly, or not at all."""

import contextlib
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotator.arabic.decode import SURE, Decoded, NotText, decode, likeliest
from annotator.arabic.unseen import righted
from tests.arabic.dospages import cp864
from tests.strategies import encodings, texts

NEWS = (
    'أعلن الكرملين، الخميس، أنه لا يتوقع قرارات "سهلة وسريعة" في العلاقات مع واشنطن رغم التقارب '
    "المتسارع الجاري بين البلدين منذ أسبوعين.\nوقال المتحدث باسم الكرملين: هل اتفق الجانبان؟ نعم؛ "
    "واستقبل الرئيس الروسي المبعوث الأمريكي سعيدًا في موسكو عام 2025 لبحث الأزمة الأوكرانية.\n"
)
CODE_PAGES = ["cp1256", "iso8859-6", "mac-arabic", "cp720"]


@given(texts(min_size=1), encodings)
def test_a_named_encoding_gives_the_text_back(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding), encoding)

    # One leading byte order mark belongs to the encoding, also where none was asked for.
    if encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert decoded.text == text
    else:
        assert decoded.text == text.removeprefix("\ufeff")
    assert decoded.certainty == 100


@given(st.text(min_size=1), encodings)
def test_what_was_decoded_is_decoded_again_by_the_encoding_it_names(
    text: str, encoding: str
) -> None:
    data = (NEWS + text).encode(encoding)

    decoded = decode(data)

    assert decode(data, decoded.encoding).text == decoded.text == NEWS + text


@pytest.mark.parametrize("bom", ["utf-8-sig", "utf-16", "utf-32"])
def test_a_second_byte_order_mark_stays_text(bom: str) -> None:
    assert decode("\ufeffخبر".encode(bom)) == Decoded("\ufeffخبر", bom, 100)


@pytest.mark.parametrize("order", ["le", "be"])
@pytest.mark.parametrize("family", ["utf-16", "utf-32"])
def test_wide_encodings_are_known_by_their_layout(family: str, order: str) -> None:
    encoding = f"{family}-{order}"

    assert decode("خبر".encode(encoding)) == Decoded("خبر", encoding, 95)
    assert decode(NEWS.encode(encoding), family).text == NEWS


@pytest.mark.parametrize("encoding", CODE_PAGES)
def test_a_page_of_news_is_recognised(encoding: str) -> None:
    data = NEWS.encode(encoding, "ignore")

    decoded = decode(data)

    assert decoded.text == data.decode(encoding)
    assert decoded.certainty >= SURE


@pytest.mark.parametrize("encoding", CODE_PAGES)
def test_four_words_are_recognised(encoding: str) -> None:
    words = NEWS.split()
    for first in range(0, len(words) - 4, 4):
        data = " ".join(words[first : first + 4]).encode(encoding, "ignore")
        assert decode(data).text == data.decode(encoding)


@pytest.mark.parametrize("by_eye", [False, True], ids=["in order of reading", "of the eye"])
def test_the_shapes_of_dos_page_864_are_recognised_in_both_orders(by_eye: bool) -> None:
    decoded = decode(cp864(NEWS * 2, by_eye=by_eye))

    assert decoded.encoding == "cp864"
    assert decoded.certainty >= SURE
    assert righted(decoded.text).startswith("أعلن الكرملين")


def test_few_no_break_spaces_are_those_of_iso_8859_6_and_many_are_the_blanks_of_a_mac() -> None:
    few = NEWS.replace("عام 2025", "عام\u00a02025").encode("iso8859-6", "ignore")
    many = NEWS.encode("mac-arabic", "ignore")

    assert (decode(few).encoding, decode(few).certainty >= SURE) == ("iso8859-6", True)
    assert (decode(many).encoding, decode(many).certainty >= SURE) == ("mac-arabic", True)


def test_a_mac_text_with_blanks_as_in_ascii_is_read_right() -> None:
    data = NEWS.encode("mac-arabic", "ignore").replace(b"\xa0", b" ")

    assert decode(data).text == data.decode("mac-arabic")
    assert decode(data).certainty >= SURE


LANGUAGES = {
    "cp1251": "Сегодня президент России встретился с посланником Соединённых Штатов в Кремле",
    "koi8-r": "Сегодня президент России встретился с посланником Соединённых Штатов в Кремле",
    "cp866": "Сегодня президент России встретился с посланником Соединённых Штатов в Кремле",
    "cp737": "Ο πρόεδρος της Ρωσίας συναντήθηκε σήμερα με τον απεσταλμένο των Ηνωμένων Πολιτειών",
    "cp1255": "נשיא רוסיה נפגש היום עם שליח ארצות הברית בקרמלין כדי לדון במשבר באוקראינה",
    "cp874": "ประธานาธิบดีรัสเซียพบกับทูตพิเศษของสหรัฐในวันนี้ที่เครมลินเพื่อหารือเกี่ยวกับวิกฤต",
    "cp1252": "La réunion où étaient les délégués européens a été utile, déclara-t-il après dîner",
    "big5": "俄羅斯總統今天在克里姆林宮會見了美國特使討論烏克蘭危機發言人說會晤有益且富有建設性",
    "euc_kr": "러시아 대통령은 오늘 크렘린에서 미국 특사와 만나 우크라이나 위기에 대해 논의했다",
}


@pytest.mark.parametrize("encoding", LANGUAGES)
def test_a_few_words_of_another_script_are_never_surely_arabic(encoding: str) -> None:
    text = LANGUAGES[encoding]
    for n in (6, 10, 20, 40):
        for first in range(0, len(text) - n, 3):
            data = text[first : first + n].encode(encoding)
            with contextlib.suppress(NotText):
                decoded = decode(data)
                assert decoded.certainty < SURE or decoded.text == data.decode(encoding)


def test_few_letters_without_a_usual_word_are_unsure_and_what_they_may_be_is_named() -> None:
    data = "موسكو واشنطن كييف".encode("cp1256")

    assert decode(data).certainty < SURE
    assert likeliest(data)[0] == "cp1256"


def test_what_may_be_chosen_fits_every_byte_and_gives_each_text_once() -> None:
    data = "نص قصير".encode("iso8859-6")

    texts = [data.decode(name) for name in likeliest(data)]

    assert texts
    assert len(set(texts)) == len(texts)


def test_arabic_far_behind_a_long_head_of_ascii_is_found() -> None:
    data = b"<div></div>\n" * 20_000 + NEWS.encode("cp1256")

    assert decode(data).encoding == "cp1256"


def test_what_is_not_arabic_is_a_guess_of_low_certainty() -> None:
    decoded = decode("Сегодня президент России встретился с посланником".encode("cp1251"))

    assert decoded.text.startswith("Сегодня")
    assert decoded.certainty < SURE


def refusal(data: bytes, encoding: str | None = None) -> NotText:
    with pytest.raises(NotText) as refused:
        decode(data, encoding)
    return refused.value


@pytest.mark.parametrize("data", [b"", b"\xef\xbb\xbf", b"\xff\xfe", b"\xff\xfe\0\0"])
def test_a_file_without_a_character_is_empty(data: bytes) -> None:
    assert refusal(data).code == "empty"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"PK\x03\x04\x14\0",
        b"SQLite format 3\0\x20\0",
        b"%PDF-1.7\n%\xe2\xe3\xcf\xd3",
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        zlib.compress(bytes(range(256)) * 20)[2:] + bytes(range(256)) * 20,
        bytes(1_000),
        struct.pack("<200H", *range(200)),
        struct.pack("<200I", *range(200)),
        b"\x7fELF\x02\x01\x01",
        bytes(range(32)) * 4,
    ],
)
def test_a_binary_file_is_refused(data: bytes) -> None:
    assert refusal(data).code == "binary"


def test_an_image_is_refused_whatever_encoding_is_named() -> None:
    assert refusal(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "cp1256").code == "binary"


@pytest.mark.parametrize(
    "name", ["nope", "", "hex", "rot13", "a\0b", "عربي", "x" * 5_000, "unicode_escape", "undefined"]
)
def test_a_name_of_no_encoding_is_refused(name: str) -> None:
    assert refusal(b"\\d", name).code == "unknown_encoding"


def test_a_named_encoding_that_does_not_fit_is_refused_with_its_place() -> None:
    error = refusal("خبر\r\nعاجل".encode("cp1256"), "utf-8")

    assert (error.code, error.offset, error.unit, error.line) == ("wrong_encoding", 0, "bytes", 1)


def test_damaged_utf8_is_refused_at_the_damage_and_not_guessed_at() -> None:
    data = NEWS.encode()
    error = refusal(data + b"\xff" + data)

    assert (error.code, error.offset, error.line) == ("not_utf8", len(data), 3)


@pytest.mark.parametrize("bom", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xff\xfe\0\0"])
def test_a_byte_order_mark_before_something_else_is_refused(bom: bytes) -> None:
    assert refusal(bom + b"\xd8\xd8\xd8\xd8\xd8").code == "wrong_encoding"


def test_bytes_that_are_no_text_in_any_encoding_are_unsure() -> None:
    assert refusal(b"\x81\x8d\x8f\x90\x9d" * 5).code == "unsure"


def test_one_letter_over_and_over_proves_nothing() -> None:
    assert decode(b"\xa0" * 30).certainty < SURE


@given(st.binary(max_size=200), st.none() | encodings | st.sampled_from(CODE_PAGES))
def test_any_bytes_are_a_text_or_are_refused(data: bytes, encoding: str | None) -> None:
    try:
        decoded = decode(data, encoding)
    except NotText:
        return
    assert decoded.text
    assert 0 <= decoded.certainty <= 100
    assert decode(data, decoded.encoding).text == decoded.text
