"""Letters that the label in hand leaves out of its words: `و` where `بوتين` is labelled. No Qt.

They are drawn quietly where they stand in the text, so that the chip goes on saying the type and a
person sees at once what `[` and `]` take in or leave out.
"""

from annotator.arabic.tokens import attached
from annotator.gui.canvas.paragraphs import Paragraph

Span = tuple[int, int]


def left_out(paragraph: Paragraph, start: int, end: int) -> list[Span]:
    """Return what of `paragraph` is written together with `[start, end)` of the article.

    Offsets are the article's; what lies in another paragraph is left out.

    >>> left_out(Paragraph("قال وبوتين", 0, 10), 5, 10)
    [(4, 5)]
    """
    first, last = paragraph.start, paragraph.end
    if end <= first or start >= last:
        return []
    inner = max(start, first) - first, min(end, last) - first
    before, after = attached(paragraph.text, *inner)
    found = []
    if before and start >= first:
        found.append((start - len(before), start))
    if after and end <= last:
        found.append((end, end + len(after)))
    return found
