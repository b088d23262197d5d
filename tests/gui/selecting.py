"""One text with all that is hard to select, and what is selected of it."""

from annotator.gui.canvas.view import Canvas

TEXT = (
    "قال فلاديمير بوتين للمبعوث وويتكوف إن شبكة CBS News ووكالة AFP نقلتا عن «الكرملين» أن 25% "
    "من الاتفاق لا يلزم الاتحاد، والاتفاق للاتحاد مُحَمَّدٌ ومحـــمد في 12/05/2022 على +964 770 123\n"
    "وقالت A/B و C++ إن نمى\u200cرود 😀 👨\u200d👩\u200d👧 زار ع\u00a0ع و\u2067AFP\u2069 و10.5%\n"
    "\n"
    "Text without any Arabic: CBS News, 25% (A/B)"
)
# What is selected letter by letter, with Alt, in this order from one end to the other.
LETTERS = [
    "ويتكوف", "وويتكوف", "تكو", "لا", "ا يلزم", "«الكرملين»", "«", "الكرملين", "كرملين", "25%",
    "5%", "%", "CBS News", "CBS", "AFP", "F", "BS Ne", "والاتفاق", "لاتفاق", "الاتفاق لل", "تحاد مُ",
    "مُحَمَّدٌ", "حَمَّ", "محـــمد", "ـــ", "12/05/2022", "/05/", "+964 770 123", "70 1", "A/B", "C++",
    "+ إن", "نمى\u200cرود", "ى\u200cر", "😀", "👨\u200d👩\u200d👧", "ع\u00a0ع", "\u00a0", "10.5%",
    "Text without any Arabic", "out any", "25% (A", "CBS News ووكالة AFP", "عن «", "من الاتفاق لا",
    "964 770 123\nوقالت A", "%\n\nText", "فلاديمير بوتين للمبعوث وويتكوف إن شبكة CBS",
]  # fmt: skip


def selected(made: Canvas, text: str = TEXT) -> str:
    selection = made.selection()
    return text[slice(*selection)] if selection else ""


def place(letters: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(letters)
    return start, start + len(letters)
