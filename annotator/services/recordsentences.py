"""The English template of each code about history and the second record; see `sentences`."""

from annotator.i18n import marked

OF_RECORDS = {
    "unsaved_of_others": marked(
        "Nothing of yours is unsaved. What others did here is not saved yet: choose who labels,"
        " then copy."
    ),
    "unsound_history": marked(
        "In “{path}” an operation on the article “{article}” is not what its hash says, so nothing"
        " of the file is handed on. Make a repaired copy of it first (hashiya doctor --repair)."
    ),
    "unsound_history.project": marked(
        "In “{path}” an operation on the project itself is not what its hash says, so nothing of"
        " the file is handed on. Make a repaired copy of it first (hashiya doctor --repair)."
    ),
    "unsound_history.lost": marked(
        "In “{path}” an operation belongs to no layer that is there, so nothing of the file is"
        " handed on. Make a repaired copy of it first (hashiya doctor --repair)."
    ),
    "second_record_off": marked(
        "Saved in the project only: the second record, in the data folder “{path}”, cannot be"
        " written. Allow writing there."
    ),
    "second_record_off.full": marked(
        "Saved in the project only: there is no room for the second record in the data folder"
        " “{path}”. Free some space."
    ),
    "second_record_off.unread": marked(
        "Saved in the project only: the file could not be read just now for the second record, in"
        " the data folder “{path}”. It is tried again."
    ),
    "data_unread": marked(
        "The data folder “{path}” cannot be read, so it is not known what its backups and its"
        " second record hold. Allow reading there, then repeat."
    ),
    "second_record_unread": marked(
        "The second record cannot be read, so it is not known whether the file lacks anything:"
        " check the rights on the data folder “{path}”."
    ),
    "file_went_back": marked(
        "Not saved: an older copy was written over “{path}”. Open it again: what it lacks comes"
        " back."
    ),
}
