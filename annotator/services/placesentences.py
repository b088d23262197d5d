"""The English template of each code about the file and its place; see `sentences`.

Of what was only read it is told that nothing is lost by it: there `why` is `read`.
"""

from annotator.i18n import marked

OF_PLACES = {
    "quota": marked(
        "“{path}” was not saved: your quota is used up, or no file may grow as large. Free some of"
        " your space, then repeat."
    ),
    "quota.bare": marked("Not saved: your quota is used up. Free some of your space, then repeat."),
    "disk_full.read": marked(
        "“{path}” cannot be read: the disk is full. What is saved in it is safe. Free some space,"
        " then try again."
    ),
    "read_only.read": marked(
        "“{path}” was left in the middle of a change and is put right when it is opened, but it is"
        " read-only. Allow writing to it and to its folder."
    ),
    "locked.read": marked(
        "“{path}” cannot be read now: another program holds it. What is saved in it is safe. Try"
        " again in a while."
    ),
    "locked.bare": marked("Another program holds the file. Try again in a while."),
    "disk_trouble.read": marked(
        "“{path}” cannot be read: the disk reported an error. Check the disk, and copy the file to"
        " another one."
    ),
    "disk_trouble.bare": marked("The disk reported an error. Check the disk."),
    "damaged.bare": marked(
        "The file is damaged. Leave it as it is; restore a backup, or let the doctor save what is"
        " left."
    ),
    "cannot_open.write": marked(
        "Not saved: “{path}” cannot be opened to write. Check the rights on it and its folder."
    ),
    "damaged.write": marked(
        "Not saved: “{path}” is damaged. Leave it as it is; restore a backup, or let the doctor"
        " save what is left."
    ),
    "not_a_project.open": marked(
        "Something else was written over “{path}”. Leave it as it is; restore a backup, or let the"
        " doctor save what is left."
    ),
    "not_a_project.write": marked(
        "Not saved: something else was written over “{path}”. Leave it as it is; restore a backup,"
        " or let the doctor save what is left."
    ),
    "too_new.write": marked(
        "Not saved: a newer Hashiya changed “{path}” meanwhile. Open it again with that one."
    ),
    "strange_tables.write": marked(
        "Not saved: another program changed the tables of “{path}” meanwhile. Leave it as it is;"
        " restore a backup, or let the doctor make a sound copy."
    ),
    "file_gone.after": marked(
        "“{path}” was moved or removed before the command ended. Put it back: what was saved is in"
        " the file that was there, and your own work in the second record too."
    ),
    "file_replaced.after": marked(
        "Another file took the place of “{path}” before the command ended. What was saved is in the"
        " file that was there, and your own work in the second record too."
    ),
    "index_behind": marked(
        "All of it is saved in “{path}”, but search does not find all of it yet: its index could"
        " not be written. The next import adds what is lacking."
    ),
    "index_behind.full": marked(
        "All of it is saved in “{path}”, but search does not find all of it yet: there is no room"
        " for its index. Free some space; the next import adds what is lacking."
    ),
    "in_synced_folder": marked(
        "“{path}” lies in a folder that {service} keeps in step. What shows as saved is saved. But"
        " {service} can put an older file in its place, and makes a second one where two machines"
        " work at once: let one machine at a time have it open, or keep it in another folder and"
        " exchange hand-ins."
    ),
    "on_network_disk": marked(
        "“{path}” lies on the disk of another machine ({service}). There nothing can promise that"
        " two programs keep apart, or that what is saved survives a power cut: let one machine at a"
        " time have it open. A copy on this machine and hand-ins are safer."
    ),
    "conflict_copies": marked(
        "Beside “{path}” lies what was done in it on another machine at the same time: {copies}."
        " Merging takes in what only that has; nothing of either is lost."
    ),
}

_SAFE = marked("What was saved before is safe.")
_IN_THAT_FILE = marked(
    "What was saved before is in the file that was there, and your own work in the second record"
    " too."
)
_IN_THE_RECORD = marked("What was done here before is in the second record too.")
SAVED_BEFORE = {
    "cannot_open.write": _SAFE,
    "cannot_write": _SAFE,
    "disk_full": _SAFE,
    "locked": _SAFE,
    "quota": _SAFE,
    "read_only": _SAFE,
    "file_gone": _IN_THAT_FILE,
    "file_moved": _IN_THAT_FILE,
    "file_replaced": _IN_THAT_FILE,
    "damaged.write": _IN_THE_RECORD,
    "disk_trouble": _IN_THE_RECORD,
    "file_went_back": _IN_THE_RECORD,
    "not_a_project.write": _IN_THE_RECORD,
    "strange_tables.write": _IN_THE_RECORD,
    "too_new.write": _SAFE,
    "file_gone.after": "",
    "file_replaced.after": "",
}
"""What becomes, in trouble of that code, of what was saved before; said after its sentence.

Nothing is said where one only reads, or where the sentence says it itself.
"""
