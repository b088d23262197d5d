"""Lines and paragraphs of a text, and what no text may hold.

A paragraph is what stands between two line feeds. U+0085, U+2028, U+2029 and the like are
characters like any other here.
"""

from collections.abc import Iterator

from annotator.arabic.nottext import NotText

__all__ = ["NotText", "check_text", "line_of", "longest_paragraph", "paragraphs", "with_line_feeds"]


def with_line_feeds(text: str) -> str:
    r"""Return `text` with CRLF and CR turned into LF, and nothing else changed.

    >>> with_line_feeds("خبر\r\nعاجل\r")
    'خبر\nعاجل\n'
    """
    return text.replace("\r\n", "\n").replace("\r", "\n")


def check_text(text: str) -> None:
    """Raise NotText, with its place, when `text` holds a NUL or a lone surrogate."""
    nul = text.find("\0")
    if nul >= 0:
        raise NotText("nul", nul, line_of(text, nul))
    try:
        text.encode()
    except UnicodeEncodeError as error:
        place = error.start
        raise NotText("lone_surrogate", place, line_of(text, place)) from None


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield `(start, end)` of each paragraph, line feeds left out; always at least one.

    A text that ends in a line feed ends in an empty paragraph, as in `text.split("\n")`.

    >>> list(paragraphs("خبر\n\nعاجل"))
    [(0, 3), (4, 4), (5, 9)]
    """
    start = 0
    while (end := text.find("\n", start)) >= 0:
        yield start, end
        start = end + 1
    yield start, len(text)


def longest_paragraph(text: str) -> tuple[int, int]:
    r"""Return the line, counted from 1, and the length in code points of the longest paragraph.

    >>> longest_paragraph("خبر\nعاجل")
    (2, 4)
    """
    lengths = ((number, end - start) for number, (start, end) in enumerate(paragraphs(text), 1))
    return max(lengths, key=lambda line: line[1])


def line_of(text: str, offset: int) -> int:
    r"""Return the line, counted from 1, that `offset` stands in.

    >>> line_of("خبر\nعاجل", 4)
    2
    """
    return text.count("\n", 0, offset) + 1
