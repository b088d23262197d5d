"""Bytes of a file to the text they hold, decoded once and strictly.

One leading byte order mark belongs to the encoding; a second one is text. Nothing is replaced or
left out on the way: what does not fit is refused. Line ends and characters that no article may hold
are the business of `lines`.
"""

import codecs
import contextlib
from dataclasses import dataclass

from annotator.arabic import likeness
from annotator.arabic.lines import line_of, with_line_feeds
from annotator.arabic.nottext import NotText

__all__ = ["SURE", "Decoded", "NotText", "decode", "likeliest"]

# From this certainty on nobody needs to be asked.
SURE = 80

# As many bytes as are looked at where bytes are counted or tried.
_SAMPLE = 1 << 16

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig", "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32", "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32", "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16", "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16", "utf-16-be"),
)
_MARKS_BEGIN = frozenset(mark[0] for mark, _, _ in _BYTE_ORDER_MARKS)
_BINARY_BEGINNINGS = (
    b"\x89PNG\r\n", b"PK\x03\x04", b"PK\x05\x06", b"SQLite format 3\0", b"%PDF-", b"\x1f\x8b",
    b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"\xd0\xcf\x11\xe0", b"\x7fELF", b"\xfd7zXZ\0",
    b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07", b"ID3\x03", b"ID3\x04", b"OggS\0",
)  # fmt: skip
# Controls that no text has; tab, the line ends, form feed, DOS's end of file and escape may occur.
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1a\x1b") + b"\x7f"
# Python has codecs that spell characters in ASCII; they are no encoding of a file.
_SPELLINGS = {"unicode-escape", "raw-unicode-escape", "idna", "punycode", "undefined"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the name of the codec that gives it again, and 0–100 how sure that is."""

    text: str
    encoding: str
    certainty: int


def decode(data: bytes, encoding: str | None = None) -> Decoded:
    """Decode `data`, by `encoding` where one is given; raise NotText for what is no text.

    A given encoding is believed (certainty 100) but must fit every byte. Without one a byte order
    mark decides, then the layout of UTF-16 or UTF-32, then strict UTF-8, then the look of the text.

    >>> decode("لقاء".encode("cp1256"), "windows-1256")
    Decoded(text='لقاء', encoding='cp1256', certainty=100)
    """
    if not data:
        raise NotText("empty")
    if data.startswith(_BINARY_BEGINNINGS):
        raise NotText("binary")
    decoded = _guessed(data) if encoding is None else _as_told(data, encoding)
    if not decoded.text:
        raise NotText("empty")
    return decoded


def likeliest(data: bytes, most: int = 3) -> list[str]:
    """Return the codecs that may have written `data`, likeliest first, for a person to choose from.

    Only those that fit every byte, and of two that give the same text the first.

    >>> likeliest("قال الرئيس الروسي".encode("cp720"))[0]
    'cp720'
    """
    found: dict[str, str] = {}
    for name, _ in likeness.candidates(_telling(data)):
        with contextlib.suppress(UnicodeDecodeError):
            found.setdefault(data.decode(name), name)
    return list(found.values())[:most]


def _as_told(data: bytes, encoding: str) -> Decoded:
    """Decode by the encoding a person named."""
    name = _codec_name(encoding)
    for mark, marked, bare in _BYTE_ORDER_MARKS:
        if name in (marked, bare) and data.startswith(mark):
            return Decoded(_strictly(data, bare, len(mark)), marked, 100)
    if name in ("utf-16", "utf-32"):
        layout = _wide_layout(data[:_SAMPLE])
        name = layout if layout and layout.startswith(name) else f"{name}-le"
    return Decoded(_strictly(data, name.removesuffix("-sig")), name, 100)


def _codec_name(encoding: str) -> str:
    """Return Python's own name for an encoding."""
    try:
        name = codecs.lookup(encoding).name
    except (LookupError, ValueError):  # ValueError: a NUL in the name
        raise NotText("unknown_encoding") from None
    if name in _SPELLINGS:
        raise NotText("unknown_encoding")
    return name


def _guessed(data: bytes) -> Decoded:
    """Decode by what the bytes themselves say."""
    for mark, marked, bare in _BYTE_ORDER_MARKS if data[0] in _MARKS_BEGIN else ():
        if data.startswith(mark):
            return Decoded(_strictly(data, bare, len(mark)), marked, 100)
    sample = data[:_SAMPLE]
    wide = _wide_layout(sample) if b"\0" in sample or b"\6" in sample else None
    if wide:
        text = _strictly(data, wide)
        _refuse_binary(text[:_SAMPLE].encode("latin-1", "replace"))
        if not any(sign.isalnum() for sign in text[:_SAMPLE]):
            raise NotText("binary")
        return Decoded(text, wide, 95)
    _refuse_binary(sample)
    try:
        return Decoded(data.decode(), "utf-8", 100)
    except UnicodeDecodeError:
        return _by_look(data)


def _by_look(data: bytes) -> Decoded:
    """Decode by the encoding whose text looks most like Arabic."""
    _refuse_surrogates(data)
    sample = _telling(data)
    if likeness.is_nearly_utf8(sample):
        try:
            _strictly(data, "utf-8")
        except NotText as trouble:
            raise NotText("not_utf8", trouble.offset, trouble.line, trouble.unit) from None
    for name, certainty in likeness.candidates(sample):
        try:
            return Decoded(data.decode(name), name, certainty)
        except UnicodeDecodeError:
            continue
    raise NotText("unsure")


def _refuse_surrogates(data: bytes) -> None:
    """Refuse what would be UTF-8 but for halves of characters, which some programs write."""
    try:
        text = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return
    place = next(at for at, sign in enumerate(text) if "\ud800" <= sign <= "\udfff")
    raise NotText("lone_surrogate", place, line_of(with_line_feeds(text), place))


def _telling(data: bytes) -> bytes:
    """Return a sample that begins shortly before the first byte that is not ASCII."""
    try:
        data.decode("ascii")
    except UnicodeDecodeError as error:
        start = max(0, error.start - 64)
        return data[start : start + _SAMPLE]
    return data[:_SAMPLE]


def _strictly(data: bytes, encoding: str, start: int = 0) -> str:
    """Decode what follows byte `start`; where a byte does not fit, raise NotText with its place."""
    try:
        return data[start:].decode(encoding)
    except UnicodeDecodeError as error:
        before = data[start : start + error.start].decode(encoding, "replace")
        line = line_of(with_line_feeds(before), len(before))
        raise NotText("wrong_encoding", start + error.start, line, "bytes") from None
    except UnicodeError:
        raise NotText("wrong_encoding") from None
    except LookupError:  # a codec of bytes to bytes
        raise NotText("unknown_encoding") from None


def _wide_layout(sample: bytes) -> str | None:
    """Return the UTF-32 or UTF-16 whose high bytes these look like, if any.

    Arabic and Latin letters have high bytes 6 and 0, which no text in single bytes has.
    """
    if len(sample) < 4:
        return None
    for name, plane, zero in (("utf-32-le", 2, 3), ("utf-32-be", 1, 0)):
        if not any(sample[zero::4]) and max(sample[plane::4]) <= 0x10:
            return name
    for name, high, low in (("utf-16-le", 1, 0), ("utf-16-be", 0, 1)):
        if _share(sample[high::2]) > 0.5 and _share(sample[low::2]) < 0.25:
            return name
    return None


def _share(half: bytes) -> float:
    """Return the share of bytes 0 and 6."""
    return (half.count(0) + half.count(6)) / len(half)


def _refuse_binary(sample: bytes) -> None:
    """Raise NotText when more than a few bytes are controls that no text has."""
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > 3 and controls * 30 > len(sample):
        raise NotText("binary")
