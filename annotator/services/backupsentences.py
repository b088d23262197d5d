"""The English template of each code about backups and restoring; see `sentences`."""

from annotator.i18n import marked

OF_BACKUPS = {
    "no_backup": marked(
        "Not done: no backup of “{path}” could be kept in the data folder before. Free some space"
        " there, then repeat."
    ),
    "no_backup.unsound": marked(
        "Not done: “{path}” is not sound, so no backup of it was made before. Examine it first:"
        " `hashiya doctor`."
    ),
    "no_backup.rights": marked(
        "Not done: no backup of “{path}” could be kept before, because the data folder cannot be"
        " written. Allow writing there, then repeat."
    ),
    "no_backup.rights_beside": marked(
        "No backup of “{path}” can be kept: the data folder cannot be written. Your work is saved"
        " in the file itself; allow writing there."
    ),
    "no_backup.beside": marked(
        "No backup of “{path}” can be kept in the data folder. Your work is saved in the file"
        " itself; free some space on the disk of your home folder."
    ),
    "no_backup.unsound_beside": marked(
        "“{path}” is not sound, so no backup of it is made, and the earlier ones stay. Examine it."
    ),
    "no_backups": marked("No backup of “{path}” is kept on this machine."),
    "no_backups.elsewhere": marked(
        "No backup of “{path}” is kept on this machine, but where it stood before: {n}. Give that"
        " place too: --from “{place}”"
    ),
    "other_backups": marked(
        "Not done: the backups of “{place}” are of another file than “{path}”."
    ),
    "unknown_backup": marked(
        "“{path}” has no backup {number}: `hashiya backups` lists those there are."
    ),
    "unknown_journal": marked(
        "No other file of the project has a journal “{replica}” on this machine: without --journals"
        " those are listed that there are."
    ),
    "damaged_backup": marked("Backup {number} is damaged: take another one."),
    "texts_missing": marked(
        "Backup {number} is not whole: the texts of {n} articles are missing. Take another one."
    ),
}
