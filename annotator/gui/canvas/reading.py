"""Steps through the text as one reads it, whatever its direction: how a selection grows.

Offsets of the article in, an offset out; where there is nowhere to go, the same. No Qt.
"""

from collections.abc import Iterator, Sequence

from annotator.arabic.graphemes import snap_outward
from annotator.gui.canvas.paragraphs import Paragraph, paragraph_at
from annotator.gui.canvas.unseen import is_unseen
from annotator.gui.canvas.words import end_of_word_after, start_of_word_before


def forward(text: str, paragraphs: Sequence[Paragraph], offset: int) -> int:
    """Return the end of the next grapheme that can be seen."""
    while offset < len(text):
        start, (_, offset) = offset, snap_outward(text, offset, offset + 1)
        if not is_unseen(text[start]):
            break
    return offset


def backward(text: str, paragraphs: Sequence[Paragraph], offset: int) -> int:
    """Return the start of the grapheme before that can be seen."""
    while offset:
        offset, _ = snap_outward(text, offset - 1, offset)
        if not is_unseen(text[offset]):
            break
    return offset


def word_forward(text: str, paragraphs: Sequence[Paragraph], offset: int) -> int:
    """Return the end of the word that ends next, else of the paragraph, or the next paragraph."""
    end = paragraphs[paragraph_at(paragraphs, offset)].end
    if offset >= end:
        return forward(text, paragraphs, offset)
    return end_of_word_after(text, offset, end)


def word_backward(text: str, paragraphs: Sequence[Paragraph], offset: int) -> int:
    """Return the start of the word that begins before, else of the paragraph, or the one before."""
    start = paragraphs[paragraph_at(paragraphs, offset)].start
    if offset <= start:
        return backward(text, paragraphs, offset)
    return start_of_word_before(text, offset, start)


def paragraph_forward(text: str, paragraphs: Sequence[Paragraph], offset: int) -> int:
    """Return the end of the paragraph, or of the next one that says something."""
    ends = (p.end for p in _filled(paragraphs, offset, 1) if p.end > offset)
    return next(ends, len(text))


def paragraph_backward(text: str, paragraphs: Sequence[Paragraph], offset: int) -> int:
    """Return the start of the paragraph, or of the one before that says something."""
    starts = (p.start for p in _filled(paragraphs, offset, -1) if p.start < offset)
    return next(starts, 0)


def _filled(paragraphs: Sequence[Paragraph], offset: int, step: int) -> Iterator[Paragraph]:
    """Yield the paragraphs that are not empty, from the one of `offset` on."""
    index = paragraph_at(paragraphs, offset)
    while 0 <= index < len(paragraphs):
        if paragraphs[index].start < paragraphs[index].end:
            yield paragraphs[index]
        index += step
