"""What a line of `apply` names: articles, layers, labels by `$name`, parties and places."""

from collections.abc import Sequence

from annotator.core.checks import attributes_of
from annotator.core.errors import UserError
from annotator.core.model import AUTHOR, Annotator, Attributes, Extent, Layer, Party, Span
from annotator.services import gestures
from annotator.store.project import Project


class References:
    """One run of `apply`: whose it is, and what its labels were called."""

    def __init__(self, project: Project, annotator: Annotator) -> None:
        self.project = project
        self.annotator = annotator
        self._uids: dict[str, str] = {}

    def call(self, name: str, uid: str) -> None:
        """Remember that the label `uid` is called `$name` from now on."""
        self._uids[name] = uid

    def layer(self, name: str) -> tuple[Layer, str]:
        """Return the annotator's layer of the article called `name`, and the article's text."""
        article = self.project.article(name)
        layer = self.project.layer(article.sha256, self.annotator.uid)
        return layer, self.project.text(article.sha256)

    def layer_of(self, uid: str) -> Layer:
        """Return the layer of the label `uid`; refuse another annotator's."""
        layer = self.project.layer_of(uid, self.annotator.uid)
        if layer.annotator != self.annotator.uid:
            raise UserError("not_your_layer")
        return layer

    def uid(self, name: str) -> str:
        """Return the uid that `name`, a uid or a `$name`, means."""
        if not name.startswith("$"):
            return name
        if name[1:] not in self._uids:
            raise UserError("unknown_name", name=name)
        return self._uids[name[1:]]

    def holder(self, name: str) -> Party:
        """Return the holder that `name` means: the author, or an entity."""
        return AUTHOR if name == "author" else Party("entity", self.uid(name))

    def target(self, given: gestures.PartyGiven) -> Party:
        """Return the target that a line gives: a topic by its id, a label by uid or `$name`."""
        return Party(given.kind, given.ref if given.kind == "topic" else self.uid(given.ref))


def extent_given(text: str, given: gestures.AddEntity | gestures.AddEvent) -> Extent:
    """Return the extent that a line gives, by start and end or by spans, with its quotes."""
    if given.spans:
        _refuse_both(given.start, given.end, given.quote)
        return extent(text, given.spans, given.quotes)
    if given.start is None or given.end is None:
        raise UserError("missing_key", key="start" if given.start is None else "end", where="")
    quotes = given.quotes if given.quote is None else [given.quote]
    if given.quotes not in (None, quotes):
        raise UserError("unknown_key", key="quotes", where="")
    return extent(text, [(given.start, given.end)], quotes)


def _refuse_both(*given: object) -> None:
    if any(item is not None for item in given):
        raise UserError("unknown_key", key="start", where="")


def head(text: str, given: Sequence[int] | None) -> Extent:
    """Return the head span; an empty list takes it away."""
    if not given:
        return ()
    if len(given) != 2:
        raise UserError("wrong_type", expected="[start,end]", found=str(list(given)), where="head")
    return extent(text, [(given[0], given[1])], None)


def extent(text: str, offsets: list[gestures.Offsets], quotes: list[str] | None) -> Extent:
    """Return the extent at `offsets`, with the quotes that the line says, to be compared."""
    if quotes is None:
        return tuple(Span(start, end, text[max(start, 0) : max(end, 0)]) for start, end in offsets)
    if len(quotes) != len(offsets):
        raise UserError("missing_key", key="quotes", where="")
    return tuple(
        Span(start, end, quote) for (start, end), quote in zip(offsets, quotes, strict=True)
    )


def pairs(given: list[gestures.NamedPair]) -> Attributes:
    """Return the attributes that a line gives, sorted by name."""
    return attributes_of((item.name, item.value) for item in given)
