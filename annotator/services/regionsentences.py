"""The English template of each code about regions and lines of noise; see `sentences`."""

from annotator.i18n import marked

OF_REGIONS = {
    "no_edge_above": marked(
        "No other part stands right above this one: put the caret in a part below another."
    ),
    "part_is_one_line": marked(
        "This part is only one line: to make it go, give the line the role of the part above."
    ),
    "part_above_is_one_line": marked(
        "The part above is only one line: to make it go, give the line the role of this part."
    ),
    "noise_line_empty": marked("A line of noise needs a letter or a digit: nothing was kept."),
    "noise_line_too_long": marked(
        "A line of noise and its site have at most {limit} characters each, not {length}: nothing"
        " was kept."
    ),
    "noise_lines_many": marked("Give one line at a time: nothing was kept."),
    "unknown_noise_line": marked(
        "“{uid}” does not name just one rule about noise: `hashiya noise-lines FILE` lists them."
    ),
}
