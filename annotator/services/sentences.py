"""The English template of each code, one line a code; `wording` chooses among them and fills them.

`code.why` goes before `code` where the data say why, and `code.bare` stands in where they lack what
the template names. Each says what is wrong and what to do, and what was not saved where something
was to be. Sentences of one feature of the command line or the window only stand there.
"""

from annotator.i18n import marked
from annotator.services.backupsentences import OF_BACKUPS
from annotator.services.doctorsentences import OF_DOCTOR
from annotator.services.namessentences import OF_NAMES
from annotator.services.placesentences import OF_PLACES
from annotator.services.recordsentences import OF_RECORDS
from annotator.services.regionsentences import OF_REGIONS
from annotator.services.teamsentences import OF_BUNDLES
from annotator.services.textsentences import OF_TEXTS

_OF_LABELS = {
    "empty_span": marked("There is nothing to label here but white space: take in a letter."),
    "out_of_text": marked("The span leaves the text, whose length is {length}: mend its offsets."),
    "out_of_text.bare": marked("The span leaves the text: mend its offsets."),
    "bad_extent": marked("The spans are not in the order of the text, each apart from the next."),
    "quote_differs": marked("The text here is “{text}”, not “{quote}”: mend the offsets."),
    "quote_differs.bare": marked("The quote is not the text that stands here: mend the offsets."),
    "inside_grapheme": marked("The span would part a letter from its marks: take the marks in."),
    "clitic_inside": marked(
        "The label takes in the attached letters “{detail}”: the label schema leaves them out."
    ),
    "clitic_outside": marked(
        "The attached letters “{detail}” stand beside the label: the label schema takes them in."
    ),
    "bad_head": marked("The head must be one span inside the label: mend its offsets."),
    "unknown_type": marked("The label schema has no type “{detail}”: choose one that it has."),
    "type_split": marked("The type was split: decide for one of {detail}."),
    "type_split.bare": marked("The type was split into types that are gone: choose another."),
    "unknown_subtype": marked("The type has no subtype “{detail}” in the label schema."),
    "unknown_role": marked("Events of this type have no role “{detail}” in the label schema."),
    "unknown_attribute": marked("The type has no attribute “{detail}” in the label schema."),
    "unknown_value": marked("The value “{detail}” is not one of those that can stand here."),
    "unknown_topic": marked("The label schema has no topic “{detail}”."),
    "unknown_label": marked("There is no label “{detail}” in this layer: was it removed?"),
    "bad_filler": marked("The label “{detail}” is not of a type that can fill this place."),
    "bad_holder": marked("By the label schema “{detail}” cannot hold a stance."),
    "bad_target": marked("By the label schema “{detail}” cannot be the target of a stance."),
    "bad_voice": marked("There is no voice “{detail}”: write author or reported."),
    "bad_values": marked("These values do not fit the kind of the question “{detail}”."),
    "twin.stance": marked(
        "This holder already has a stance on this target in this voice: change that one."
    ),
    "twin": marked("The same label “{detail}” is already there, in the same place."),
    "circle": marked("The label “{detail}” would lead back to itself: point to another."),
    "role_missing": marked("The role “{detail}” still needs a filler."),
    "too_many_fillers": marked("The role “{detail}” has more fillers than it takes: remove some."),
    "topic_unjudged": marked("The topic “{detail}” has no stance yet."),
    "held_no_article": marked("Held back: its article is not in this project."),
    "held_span_differs": marked("Held back: its quote is not the text that stands there."),
    "held_points_to_nothing": marked("Held back: a label that it points to does not stand."),
    "bad_regions": marked("Regions must lie in the text, in its order, without overlapping."),
    "unknown_region_role": marked("There is no region role “{role}”."),
}

_OF_GESTURES = {
    "nothing_selected": marked("There is no word here: select what is to be labelled."),
    "nothing_in_hand": marked("Nothing is in hand: click a label, or put the caret into one."),
    "no_samples": marked("The sample articles do not come with this installation."),
    "layer_done": marked("The article is marked done: reopen it before you change its labels."),
    "changed_since.regions": marked("Not taken back: somebody changed the regions since."),
    "changed_since": marked("Not taken back, because they changed since: {uids}."),
    "nothing_unsaved": marked("Everything is saved: there is nothing to copy."),
    "nothing_to_undo": marked("There is nothing to undo here."),
    "nothing_to_redo": marked("There is nothing to redo here."),
    "unknown_gesture": marked("There is no gesture “{gesture}” in the history."),
    "not_your_layer": marked("This label stands in somebody else's reading: it stays as it is."),
    "not_yours": marked("Somebody else did this, and nobody else can take it back."),
    "not_your_file": marked("This file was handed out to one annotator; “{name}” is another."),
    "lead_only": marked("Only the lead's file can do this."),
    "unknown_annotator": marked("Nobody in this project is called “{name}”; in it are: {names}."),
    "unknown_annotator.bare": marked("Nobody in this project is called “{name}”."),
    "unknown_article": marked("There is no article “{article}” here: give its uid or SHA-256."),
    "article_withdrawn": marked("The article “{article}” has been withdrawn from the project."),
    "no_doubt": marked("The label “{detail}” holds no question to answer."),
    "cancelled": marked("Stopped before the end, as you asked."),
}

_OF_TEAMS = {
    "nobody_named": marked("Nobody is named: say who gets articles."),
    "bad_shares": marked("Give a share from 1 up to each of the {n} people, or none to anybody."),
    "repeated_name": marked("“{name}” and “{other}” are one person: name everybody once."),
    "takes_from_herself": marked("Nobody can take articles over from herself."),
    "overlap_zero": marked("Every article needs a reader: let the overlap be 1 or more."),
    "overlap_too_great": marked(
        "{overlap} people cannot read each article, because {n} are named: name more, or ask for a"
        " smaller overlap."
    ),
    "double_too_many": marked("{wanted} articles cannot be read by two: there are {n} in all."),
    "double_needs_two": marked(
        "{n} articles cannot be read by two people: name somebody who does not read them yet."
    ),
    "nothing_to_assign": marked(
        "There is nothing left to assign: import articles, ask for a greater overlap, or take some"
        " over from a colleague."
    ),
    "nothing_for": marked(
        "There are too few articles for {names}: name fewer people, give other shares, or ask for a"
        " greater overlap."
    ),
    "nothing_to_take_over": marked("Nothing unfinished is assigned to {names}."),
    "not_a_folder": marked("“{path}” is a file, and a folder is needed here."),
    "holds_work": marked(
        "“{path}” holds work that this project does not have: merge it first, or give another"
        " folder."
    ),
    "no_such_type": marked(
        "The label schema has no type “{type}” of entities, events or relations: only these can be"
        " changed."
    ),
    "type_exists": marked("There is a type “{type}” already: merge “{other}” into it instead."),
    "former_name": marked(
        "“{type}” is what “{other}” was called before, and some labels may still come by it:"
        " choose another name."
    ),
    "type_twice": marked("Two types are called “{type}”: rename one of them in the TOML first."),
    "cannot_merge": marked("“{type}” cannot become “{other}”: they must be two types of one kind."),
    "other_types": marked(
        "That label schema has other types than the project's ({names}): only guidelines, names,"
        " keys and colours may differ. Types are changed by rename, merge, retire and split."
    ),
    "is_retired": marked("The type “{type}” is retired already."),
    "is_split": marked("The type “{type}” is split already: split one of those that it became."),
    "split_needs_two": marked("Name at least two types that “{type}” becomes, each once."),
    "cannot_split": marked(
        "“{type}” cannot become “{other}”: name new types, or others of its kind that are offered."
    ),
}

_OF_ROWS = {
    "not_json": marked("This line is not sound JSON."),
    "holds_gestures": marked("This file holds labels for `hashiya apply`, and no articles."),
    "line_too_long": marked("The line is too long: {limit} bytes are the most."),
    "not_json.not_utf8": marked("This line is not UTF-8."),
    "not_json.too_deep": marked("This line is not sound JSON: it is nested too deeply."),
    "not_json.cut_off": marked("This line is not sound JSON: a string or a bracket does not end."),
    "duplicate_key": marked("The key “{key}” stands twice in one object: keep one of them."),
    "unknown_key": marked("There is no such key as “{key}”: mend or remove it."),
    "missing_key": marked("The key “{key}” is missing."),
    "wrong_type": marked("The value must be {expected}, not {found}."),
    "wrong_type.range": marked("The number is out of its range."),
    "wrong_type.meta": marked("The value must be a JSON object, written as a string."),
    "wrong_type.few": marked("The value “{detail}” is not one of those that can stand here."),
    "wrong_type.bare": marked("The value does not fit ({expected})."),
    "unknown_name": marked("No earlier line of this run gave a label the name “{name}”."),
    "empty_query": marked("There is nothing to look for: write at least one letter."),
    "query_too_long": marked("The query is too long: {length} characters, of {limit} at most."),
    "bad_pattern": marked("The regular expression has a fault at its character {at}."),
    "bad_pattern.bare": marked("The regular expression has a fault."),
    "pattern_too_slow": marked("The regular expression took too long and was ended: simplify it."),
    "unknown_do": marked("There is nothing called “{do}” to do."),
    "bad_version": marked("The format “{format}” is not one that this Hashiya reads."),
    "text_differs": marked("The row names the article “{article}” but holds another text."),
    "schema_differs": marked("The row comes from another label schema than the project's."),
    "layer_exists": marked("This layer is already there with other labels: it stays as it was."),
    "repeated_uid": marked("The uid “{uid}” is given to two labels of one row."),
    "repeated_attribute": marked("The attribute “{key}” is given twice to one label."),
}

_OF_TEXTS = {
    "not_text": marked("This cannot be read as text."),
    "not_text.binary": marked("This is a file of another kind, not text."),
    "not_text.nul": marked("The text holds a NUL character, which no article can hold."),
    "not_text.lone_surrogate": marked("The text holds half of a character (a lone surrogate)."),
    "not_text.empty": marked("There is no text in it."),
    "not_text.carriage_return": marked("The text holds a carriage return: lines must end in \\n."),
    "not_text.wrong_encoding": marked("The text is not in the encoding that was given."),
    "not_text.not_utf8": marked("The text looks like UTF-8, but a byte in it does not fit."),
    "not_text.schema": marked("A label schema is a file of UTF-8 text, and this is none."),
    "not_text.unknown_encoding": marked("There is no text encoding of the name that was given."),
    "not_text.unsure": marked("The encoding of the text cannot be told: give it (--encoding)."),
    "empty_text": marked("The text holds nothing but white space."),
    "article_too_long": marked("The article is too long: {length} characters, of {limit} at most."),
    "paragraph_too_long": marked("A line is too long: {length} characters, of {limit} at most."),
    "file_too_big": marked("The file is too big: {size} bytes, for {limit} characters at most."),
    "unknown_format": marked("No format fits “{format}”: `hashiya formats` lists those there are."),
}

_OF_FILES = {
    "bad_split": marked("The shares must make 100, of two or three parts."),
    "split_needs_a_path": marked("A split is several files: give a path, not stdout."),
    "disk_full": marked("“{path}” was not saved: the disk is full. Free some space, then repeat."),
    "disk_full.bare": marked("Not saved: the disk is full. Free some space, then repeat."),
    "file_moved": marked("Not saved: “{path}” was moved or removed meanwhile. Open it again."),
    "file_gone": marked("Not saved: “{path}” was moved or removed. Put it back and try again."),
    "file_replaced": marked("Not saved: another file took the place of “{path}”. Open that one."),
    "other_project": marked("“{path}” is another project now: the former one is gone from there."),
    "file_busy": marked("Another program is writing to “{path}”: what is new is shown after that."),
    "read_only": marked("Not saved: “{path}” is read-only. Allow writing to it, or copy it."),
    "read_only.folder": marked("Not saved: the folder of “{path}” is read-only. Allow writing."),
    "locked": marked("Not saved: another program is writing to “{path}”. Try again in a while."),
    "cannot_open": marked("“{path}” cannot be opened: check the rights on it and its folder."),
    "not_a_project": marked(
        "“{path}” is not a Hashiya project. Choose another file, or import this one."
    ),
    "damaged": marked(
        "“{path}” is damaged. Leave it as it is; restore a backup, or let the doctor save what is"
        " left."
    ),
    "disk_trouble": marked("Not saved: the disk of “{path}” reported an error. Check the disk."),
    "too_new": marked("“{path}” was made by a newer Hashiya: install that one to open it."),
    "strange_tables": marked(
        "“{path}” was changed by another program, so it is not opened. The doctor can make a sound"
        " copy of it."
    ),
    "old_sqlite": marked("SQLite {version} is too old: Hashiya needs 3.37 or newer."),
    "is_a_folder": marked("“{path}” is a folder, and a file is needed here."),
    "no_such_file": marked("There is no file “{path}”."),
    "no_such_folder": marked("There is no folder “{path}”: make it first."),
    "file_exists": marked("“{path}” is already there and stays as it was: choose another name."),
    "cannot_read": marked("“{path}” cannot be read: check the rights on it."),
    "unknown_schema": marked(
        "There is no label schema called “{schema}”: name news, ace, wojood, stance or a file."
    ),
    "annotator_differs": marked(
        "“{name}” is known in this project as {kind}, and here as something else."
    ),
    "is_the_project": marked(
        "Not saved: “{path}” is the project itself. Give another place for what comes out of it."
    ),
    "cannot_write": marked("Not saved: “{path}” cannot be written. Check the folder's rights."),
    "changed_history": marked("The history was altered: an operation is not what its hash says."),
    "no_data_folder": marked("Not saved: the data folder “{path}” cannot be written."),
    "settings_damaged": marked(
        "Your settings could not be read and begin anew; the old ones are kept as “{path}”."
    ),
    "internal_error": marked("Hashiya stopped by a fault of its own; the report is “{path}”."),
    "internal_error.bare": marked("Hashiya stopped by a fault of its own."),
}

_OF_MACHINES = {
    "no_display": marked(
        "There is no screen here to open a window on: start Hashiya from a desktop session."
    ),
    "dead_display": marked(
        "The screen “{display}” does not answer: start Hashiya from a running desktop session."
    ),
    "dead_display.refused": marked(
        "The screen “{display}” lets this user not in: start Hashiya as who is logged in there."
    ),
    "missing_libraries": marked(
        "The window needs libraries that this system lacks ({libraries}). Run: {command}"
    ),
    "missing_libraries.unpackaged": marked(
        "The window needs libraries that this system lacks: install {libraries}."
    ),
    "no_platform": marked(
        "QT_QPA_PLATFORM names “{platform}”, which Qt does not know:"
        " take it out of the environment."
    ),
    "no_qt": marked("PySide6, which draws the window, is not installed. Run: {command}"),
    "wrong_qt": marked("PySide6 {version} does not go with this Hashiya. Run: {command}"),
}

_OF_SCHEMAS = {
    "bad_schema": marked("The label schema has faults: {faults}"),
    "schema_not_toml": marked("This is not sound TOML ({where})."),
    "schema_nameless": marked("The label schema has no name."),
    "schema_unknown_key": marked("There is no such key."),
    "schema_wrong_type": marked("The value must be {expected}, not {found}."),
    "schema_wrong_type.missing": marked("The key “{key}” is missing."),
    "schema_wrong_type.bare": marked("The value is not of the right type ({value})."),
    "schema_bad_value": marked("“{value}” cannot stand here."),
    "schema_repeated_id": marked("“{value}” stands here twice."),
    "schema_bad_id": marked("“{value}” cannot be an id: letters, digits and . _ - but no date."),
    "schema_circle": marked("The new names of “{value}” lead back to it."),
    "schema_repeated_key": marked("Two types have the key “{value}”."),
    "schema_bad_key": marked("“{value}” cannot be a key: one letter, a to z, without s, v and x."),
    "schema_bad_color": marked("“{value}” is no colour: n1 to n8, m1 to m8, o1 to o8 or #rrggbb."),
    "schema_unknown_filler": marked("There is no type “{value}” to stand here."),
    "schema_no_filler": marked("Nothing can stand here: name at least one type."),
    "schema_bad_values": marked("Questions of every kind but “text” need values; “text” has none."),
}

UNKNOWN = marked("Something does not fit ({code}).")
SENTENCES = (
    _OF_LABELS
    | _OF_GESTURES
    | _OF_TEAMS
    | OF_BACKUPS
    | OF_BUNDLES
    | OF_DOCTOR
    | OF_NAMES
    | _OF_ROWS
    | _OF_TEXTS
    | _OF_FILES
    | OF_PLACES
    | OF_RECORDS
    | OF_TEXTS
    | OF_REGIONS
    | _OF_MACHINES
    | _OF_SCHEMAS
)
