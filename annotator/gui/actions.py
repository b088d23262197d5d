"""The one table of actions: menus, hints, the key sheet and the command palette are made from it.

An action is data: what it is called, where it stands and which keys it has. What it does is wired
in the window. Keys that only label (letters, digits, brackets) belong to the label schema and to
what is in hand; they are listed here with `is_typed`, so that the key sheet has them too.
"""

from collections.abc import Container

import msgspec

from annotator.i18n import marked

MENUS = (
    ("file", marked("File")),
    ("edit", marked("Edit")),
    ("view", marked("View")),
    ("label", marked("Labelling")),
    ("team", marked("Team")),
    ("help", marked("Help")),
)
"""The menus in order, with their names."""
NEEDS = {
    "project": marked("no project is open"),
    "article": marked("no article is shown"),
    "hand": marked("nothing is in hand"),
    "lead": marked("Only the lead's file can do this."),
    "anybody": marked("This file was handed out to one annotator and takes no other."),
}
"""Why an action cannot be done: what it needs is not there."""
_IMPLIED = {
    "project": ("project",),
    "article": ("project", "article"),
    "hand": ("project", "article", "hand"),
    "lead": ("project", "lead"),
    "anybody": ("project", "anybody"),
}


class Action(msgspec.Struct, frozen=True):
    """One thing that a person can ask for.

    `keys` are in Qt's portable spelling; `is_typed` says that they are pressed in the article and
    found by place, so they are no shortcut of the window. `needs` is what must be there: nothing,
    or one of `NEEDS`.
    """

    id: str
    menu: str
    name: str
    keys: tuple[str, ...] = ()
    icon: str = ""
    needs: str = "project"
    is_typed: bool = False


def _typed(id: str, name: str, *keys: str, needs: str = "hand") -> Action:
    return Action(id, "label", name, keys, needs=needs, is_typed=True)


ACTIONS = (
    Action("new_project", "file", marked("New project…"), ("Ctrl+N",), "file-plus", ""),
    Action("open_project", "file", marked("Open project…"), ("Ctrl+O",), "folder-open", ""),
    Action("open_samples", "file", marked("Try it on five articles"), (), "book-open", ""),
    Action("import", "file", marked("Import articles…"), ("Ctrl+I",), "download"),
    Action("export", "file", marked("Export…"), ("Ctrl+E",), "upload"),
    Action("backups", "file", marked("Backups…"), (), "history", ""),
    Action("check_file", "file", marked("Check the file…"), (), "circle-check", ""),
    Action("close_project", "file", marked("Close project"), ("Ctrl+W",), ""),
    Action("quit", "file", marked("Quit"), ("Ctrl+Q",), "", ""),
    Action("undo", "edit", marked("Undo"), ("Ctrl+Z",), "undo-2", "article"),
    Action("redo", "edit", marked("Redo"), ("Ctrl+Shift+Z", "Ctrl+Y"), "redo-2", "article"),
    Action("copy", "edit", marked("Copy"), ("Ctrl+C",), "copy", "article"),
    Action("select_all", "edit", marked("Select the whole article"), ("Ctrl+A",), "", "article"),
    Action("find", "edit", marked("Find in the article"), ("Ctrl+F",), "search", "article"),
    Action("search", "edit", marked("Search all articles"), ("Ctrl+Shift+F",), "search"),
    Action("find_next", "edit", marked("Next hit"), ("F3",), "", "article"),
    Action("find_previous", "edit", marked("Previous hit"), ("Shift+F3",), "", "article"),
    Action("try_again", "edit", marked("Save again what was not saved"), ("F9",), "", "article"),
    Action("copy_unsaved", "edit", marked("Copy what was not saved"), ("Shift+F9",), "copy"),
    Action("zoom_in", "view", marked("Larger text"), ("Ctrl++", "Ctrl+="), "zoom-in", ""),
    Action("zoom_out", "view", marked("Smaller text"), ("Ctrl+-",), "", ""),
    Action("zoom_usual", "view", marked("Usual size"), ("Ctrl+0",), "", ""),
    Action("chips", "view", marked("Names over labels: name, code, none"), ("F7",), "eye", ""),
    Action("unseen", "view", marked("Show what is not seen"), ("Shift+F7",), "pilcrow", ""),
    Action("theme", "view", marked("Light, dark, high contrast"), ("F8",), "moon", ""),
    Action("language", "view", marked("العربية / English"), ("Ctrl+Shift+L",), "languages", ""),
    Action("density", "view", marked("Compact or comfortable"), (), "", ""),
    Action("labelling", "view", marked("Go to labelling"), ("Ctrl+L",), "highlighter"),
    Action(
        "agreement",
        "view",
        marked("Agreement of the annotators"),
        ("Ctrl+G",),
        "chart-no-axes-column",
    ),
    Action("names", "view", marked("Names in all articles"), ("Ctrl+J",), "link"),
    Action("sides", "view", marked("Lists, where the window is narrow"), ("F2",), "panel-right"),
    Action("articles", "view", marked("To the list of articles"), ("Ctrl+1",), "", "project"),
    Action("text", "view", marked("To the text"), ("Ctrl+2",), "", "article"),
    Action("hand", "view", marked("To what is in hand"), ("Ctrl+3",), "", "article"),
    Action("all_labels", "view", marked("All labels of the article"), ("Ctrl+4",), "", "article"),
    Action("problems", "view", marked("Problems of the article"), ("Ctrl+5",), "", "article"),
    Action(
        "about_article", "view", marked("Questions about the article"), ("Ctrl+6",), "", "article"
    ),
    Action("next_article", "label", marked("Next article"), ("Ctrl+PgDown",), "", "article"),
    Action("previous_article", "label", marked("Previous article"), ("Ctrl+PgUp",), "", "article"),
    Action("finish", "label", marked("Finish article"), ("Ctrl+Return",), "check", "article"),
    Action("skip", "label", marked("Skip article"), ("Ctrl+Shift+Return",), "", "article"),
    Action("reopen", "label", marked("Reopen article"), ("Ctrl+R",), "", "article"),
    Action("any_type", "label", marked("Any type, by its name…"), ("Ctrl+T",), "tags", "article"),
    Action(
        "mark_all", "label", marked("Label every occurrence…"), ("Ctrl+Shift+A",), "", "article"
    ),
    Action("consistency", "label", marked("Consistency of your labels…"), ("Ctrl+Shift+K",)),
    Action("role", "label", marked("Role of this part…"), ("Ctrl+Shift+R",), "", "article"),
    Action(
        "part_earlier",
        "label",
        marked("This part begins a line earlier"),
        ("Alt+Shift+Up",),
        "",
        "article",
    ),
    Action(
        "part_later",
        "label",
        marked("This part begins a line later"),
        ("Alt+Shift+Down",),
        "",
        "article",
    ),
    Action("noise_line", "label", marked("This line is always noise…"), (), "", "article"),
    Action("make_two", "label", marked("Two articles, from this line on"), (), "", "article"),
    Action("put_right", "label", marked("Add a copy put right"), (), "", "article"),
    Action("next_label", "label", marked("Next label"), ("F6",), "", "article"),
    Action("previous_label", "label", marked("Previous label"), ("Shift+F6",), "", "article"),
    Action("outward", "label", marked("The label around this one"), ("Alt+Up",), "", "article"),
    Action("inward", "label", marked("The label inside this one"), ("Alt+Down",), "", "article"),
    Action(
        "left_edge_left", "label", marked("Left edge one letter left"), ("Alt+Left",), "", "article"
    ),
    Action(
        "left_edge_right",
        "label",
        marked("Left edge one letter right"),
        ("Alt+Right",),
        "",
        "article",
    ),
    Action(
        "right_edge_left",
        "label",
        marked("Right edge one letter left"),
        ("Alt+Shift+Left",),
        "",
        "article",
    ),
    Action(
        "right_edge_right",
        "label",
        marked("Right edge one letter right"),
        ("Alt+Shift+Right",),
        "",
        "article",
    ),
    Action("next_problem", "label", marked("Next problem"), ("F4",), "triangle-alert", "article"),
    Action("repair", "label", marked("Mend the problem"), ("Ctrl+M",), "", "article"),
    Action("mend_clitics", "label", marked("Mend attached letters in all articles…")),
    Action(
        "hand_over",
        "label",
        marked("Remove it, another mention stands in"),
        ("Ctrl+Shift+X",),
        "",
        "hand",
    ),
    Action("note", "label", marked("Note…"), ("Ctrl+Shift+N",), "message-square", "hand"),
    Action("doubt", "label", marked("Question to the lead…"), ("Ctrl+Shift+Q",), "flag", "hand"),
    _typed("type_entity", marked("Label as an entity"), "A…Z", needs="article"),
    _typed("type_event", marked("Label as an event"), "Shift+A…Z", needs="article"),
    _typed("type_inside", marked("Label inside a label"), "Alt+A…Z", needs="article"),
    _typed("stance", marked("Stance"), "S", needs="article"),
    _typed("relation", marked("Relation"), "V"),
    _typed("remove", marked("Remove label"), "X", "Del"),
    _typed("edge_right", marked("Move the right edge"), "]", needs="article"),
    _typed("edge_left", marked("Move the left edge"), "[", needs="article"),
    _typed("candidate", marked("Take the candidate with this number"), "1…9"),
    _typed("next_role", marked("Next role"), "Return"),
    _typed("let_go", marked("Let go"), "Esc"),
    Action("hand_out", "team", marked("Hand out articles…"), (), "users", "lead"),
    Action("hand_in", "team", marked("Hand in…"), ("Ctrl+Shift+H",), "inbox"),
    Action("merge", "team", marked("Merge hand-ins…"), ("Ctrl+Shift+M",), "git-merge"),
    Action("reply", "team", marked("Reply to annotators…"), (), "message-square", "lead"),
    Action("receipts", "team", marked("Hand-ins merged…"), (), "history"),
    Action("questions", "team", marked("Questions of annotators…"), (), "circle-help", "lead"),
    Action("withdraw", "team", marked("Withdraw an article…"), (), "", "lead"),
    Action("noise_lines", "team", marked("Lines that are always noise…"), (), "", "lead"),
    Action("change_type", "team", marked("Change a type…"), (), "tags", "lead"),
    Action("who", "file", marked("Who labels…"), (), "users", "anybody"),
    Action("statistics", "view", marked("Statistics"), ("F11",), "layers"),
    Action("settings", "file", marked("Settings…"), ("Ctrl+,",), "settings", ""),
    Action("commands", "help", marked("Find a command…"), ("Ctrl+K",), "search", ""),
    Action("keys", "help", marked("Keys"), ("F1",), "keyboard", ""),
    Action(
        "guideline", "help", marked("Guideline of this type"), ("Shift+F1",), "book-open", "article"
    ),
    Action("about", "help", marked("About Hashiya"), (), "", ""),
)
BY_ID = {action.id: action for action in ACTIONS}


def why_not(action: Action, there: Container[str]) -> str:
    """Return why `action` cannot be done where only `there` is there, or nothing.

    >>> why_not(BY_ID["note"], {"project"}), why_not(BY_ID["quit"], ())
    ('no article is shown', '')
    """
    missing = (NEEDS[need] for need in _IMPLIED.get(action.needs, ()) if need not in there)
    return next(missing, "")
