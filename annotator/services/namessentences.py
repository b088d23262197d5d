"""The English template of each code about names: of people, and shared by labels."""

from annotator.i18n import marked

OF_NAMES = {
    "bad_name": marked("Nobody can be called “{name}”: choose another name."),
    "bad_name.name_kept": marked("The name “{name}” means something else here: choose another."),
    "bad_name.name_empty": marked("A name needs a letter or a digit, and “{name}” has none."),
    "bad_name.name_too_long": marked("This name is too long: 80 characters are the most."),
    "bad_name.name_not_nfc": marked("The name “{name}” is not in Unicode form NFC: type it anew."),
    "bad_name.name_invisible": marked("The name “{name}” holds a character that cannot be seen."),
    "bad_link": marked("Labels cannot share the name “{name}”: choose another."),
    "bad_link.name_empty": marked("A name that labels share needs a letter or a digit."),
    "bad_link.name_too_long": marked(
        "This name is too long for labels to share: {limit} characters are the most."
    ),
    "bad_link.name_invisible": marked(
        "The name “{name}” holds a character that cannot be seen: type it anew."
    ),
    "no_such_name": marked("No label is called “{name}”: write a name that `hashiya names` lists."),
    "not_of_name": marked("“{name}” is not spelled “{spelling}”: `hashiya names` lists how it is."),
}
