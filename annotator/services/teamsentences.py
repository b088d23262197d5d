"""The English template of each code about bundles, merging and taking back; see `sentences`."""

from annotator.i18n import marked

OF_BUNDLES = {
    "not_a_bundle": marked("“{path}” is neither a bundle nor a Hashiya project."),
    "damaged_bundle": marked("“{path}” is not whole, or was changed on the way: ask for it again."),
    "damaged_bundle.operation": marked(
        "“{path}” holds an operation that Hashiya does not write: ask for it again."
    ),
    "too_new.bundle": marked(
        "“{path}” was made by a newer Hashiya: update Hashiya, then merge it again."
    ),
    "damaged_bundle.unnamed": marked(
        "“{path}” holds work of somebody whom it does not name: ask for it again."
    ),
    "strange_bundle": marked(
        "“{path}” holds what no bundle holds: ask for it just as Hashiya wrote it."
    ),
    "strange_bundle.encrypted": marked(
        "“{path}” is locked with a password: ask for it just as Hashiya wrote it."
    ),
    "bundle_too_big": marked("“{path}” is too big: {limit} bytes are the most."),
    "foreign_project": marked(
        "“{path}” belongs to another project: between projects labels go as JSONL."
    ),
    "not_your_bundle": marked(
        "“{path}” is not for this file, which takes the lead's replies to its annotator, and what"
        " she did herself."
    ),
    "not_hers": marked("“{path}” holds more than what {name} did, so nothing of it is taken."),
    "unknown_text": marked(
        "“{path}” speaks of articles that are not in this project ({articles}): import them first."
    ),
    "text_differs.bundle": marked(
        "“{path}” names the article “{article}” but holds another text: ask for it again."
    ),
    "merges_itself": marked("“{path}” is the project itself: give the file of somebody else."),
    "unknown_receipt": marked("No merge into this file left the receipt “{receipt}”."),
    "nothing_to_take_back": marked("What came with “{receipt}” is taken back already."),
    "other_label_schema": marked(
        "“{path}” comes from another label schema: what does not fit is listed as problems."
    ),
    "label_schema_overruled": marked(
        "The label schema was changed by two leads at once. What stands: {stands}. What does not:"
        " {did}; make that change again if it is to hold too."
    ),
    "strange_clock": marked(
        "A clock was wrong: something is dated {at}. The order does not depend on it."
    ),
    "history_gap": marked(
        "“{path}” leaves out operations that others in it go on from ({n}). What came is merged;"
        " ask for a whole hand-in, and merge that too."
    ),
    "history_fork": marked(
        "“{path}” numbers operations like others that are here ({n}): a copy of the file went on"
        " under the same name, or the bundle was changed on the way. Nothing is lost; Check the"
        " file names them."
    ),
    "brings_taken_back": marked(
        "Operations that were taken back here, and stay so until that is undone: {n}."
    ),
}
