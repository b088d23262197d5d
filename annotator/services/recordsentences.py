"""The English template of each code about the second record; see `sentences`."""

from annotator.i18n import marked

OF_RECORDS = {
    "second_record_off": marked(
        "Saved in the project only: the second record, in the data folder “{path}”, cannot be"
        " written. Allow writing there."
    ),
    "second_record_off.full": marked(
        "Saved in the project only: there is no room for the second record in the data folder"
        " “{path}”. Free some space."
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
