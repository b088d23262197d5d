"""What the command palette offers: actions, types of the label schema, articles. No widgets."""

from collections.abc import Collection, Iterable, Iterator

from annotator.core.labelschema import EntityType, EventType, LabelSchema, RelationType
from annotator.gui.actions import ACTIONS, NEEDS, Action, why_not
from annotator.gui.dialogs.finding import Entry
from annotator.gui.dialogs.keytable import caps_of, type_cap
from annotator.i18n import CODES, Language, marked
from annotator.store import queries
from annotator.store.project import Project

_NOT_OFFERED = frozenset(
    {"commands", "type_entity", "type_event", "type_inside", "candidate", "next_role", "let_go"}
)
"""The palette itself, and what is no act of its own but the meaning of a key."""
_KINDS = {
    "entity": marked("entity type"),
    "event": marked("event type"),
    "relation": marked("relation type"),
    "article": marked("article"),
}


def actions(language: Language, there: Collection[str]) -> list[Entry]:
    """Return the actions, those last named in the table last; `there` is what needs are met."""
    both = [Language.of(code) for code in CODES]
    return [
        Entry(
            "action",
            action.id,
            language.text(action.name),
            tuple(one.text(action.name) for one in both),
            caps_of(action),
            _why_not(action, language, there),
            action.icon,
        )
        for action in ACTIONS
        if action.id not in _NOT_OFFERED
    ]


def _why_not(action: Action, language: Language, there: Collection[str]) -> str:
    return language.text(why_not(action, there))


def types(language: Language, schema: LabelSchema, there: Collection[str]) -> Iterator[Entry]:
    """Yield the types of `schema`; one can label where an article is shown."""
    why_not = "" if "article" in there else language.text(NEEDS["article"])
    listed: Iterable[tuple[str, EntityType | EventType | RelationType]] = (
        *(("entity", one) for one in schema.entities),
        *(("event", one) for one in schema.events),
        *(("relation", one) for one in schema.relations),
    )
    for kind, type_ in listed:
        if type_.id not in schema.retired:
            cap = None if isinstance(type_, RelationType) else type_cap(type_)
            name = type_.ar if language.code == "ar" else type_.en
            hint = language.text(_KINDS[kind])
            names = (type_.ar, type_.en, type_.id, *_short(type_))
            yield Entry(kind, type_.id, name, names, (cap,) if cap else (), why_not, hint=hint)


def _short(type_: EntityType | EventType | RelationType) -> tuple[str, ...]:
    return () if isinstance(type_, RelationType) else (type_.ar_short, type_.en_short)


def titles(project: Project) -> Iterator[tuple[str, str]]:
    """Yield uid and title of each article of `project`, page by page."""
    for _, found in queries.articles(project):
        yield found.uid, found.title


def article(language: Language, uid: str, title: str) -> Entry:
    """Return an article under its title."""
    return Entry("article", uid, title, (title,), hint=language.text(_KINDS["article"]))
