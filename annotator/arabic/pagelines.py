"""Lines of a page as rules look at them: what they say, folded, and which give a role away.

A line that boilerplate was glued to counts as two.
"""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

from annotator.arabic.fold import fold

_PROSE = 12
"""Words from which on a line without a final stop is read as prose."""
_SENTENCE = 6
"""Words from which on a line with a final stop is."""
_KEYWORDS = 5
"""Commas from which on a line of single words is a list of them."""
_STOPS = tuple('.!؟?…"”»:؛')
"""What running text ends with."""
_FINAL = tuple(".!؟…")
"""What only a sentence ends with."""
_BLANK = " \u00a0\t\u200f\u200e\ufeff"

_RELATED = (
    "اقرا ايضا|اخبار ذات صله|مقالات مشابهه|مقالات ذات صله|مواضيع ذات صله|مواضيع متعلقه|"
    "موضوعات ذات صله|موضوعات متعلقه|مرتبط|اكتشف|شاهد ايضا|قد يعجبك ايضا|الاكثر قراءه|تابع ايضا|"
    "المزيد من الاخبار|read also|related"
)
_GLUED = "أخبار ذات صلة|اخبار ذات صلة|اقرأ أيضا|اقرأ أيضاً|إقرأ أيضاً|مواضيع ذات صلة|موصى به"
"""As they are written: the cut is in the text itself."""
_GLUED_FIRST = frozenset("أاإم")
_BEGINNINGS = {
    "keywords": (
        "(?:كلمات دلاليه|كلمات مفتاحيه|الكلمات المفتاحيه|الوسوم|وسوم|tags?|keywords?) ?:|"
        r"(?:#\S+ ?)+$"
    ),
    "source": "(?:المصدر|مصدر|source) ?:",
    "date": (
        r"(?:تاريخ النشر|نشر في|اخر تحديث|اخر تعديل) ?:?|منذ \d+ |قبل \d+ (?:دقيقه|ساعه|ساعات)|"
        r"(?:السبت|الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه),? \d{1,2} \w+,? \d{4}|"
        r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4}"
    ),
    "byline": (
        "(?:كتبت?|حاورها?|اعداد|اعدها|بقلم|ترجمه|تقرير) ?:|by |"
        r"[\w ,/]{2,40}\([^\W\d][\w ,/]+\)$"
    ),
    "caption": "(?:غلاف|صوره|لقطه|تصوير|الصوره) ",
    "related": "موصي به$",
    "nav": (
        r"\d+ (?:دقيقه|دقائق) قراءه|contact us|من نحن$|اتصل بنا$|الق نظره سريعه|اكتشاف المزيد من|"
        "سياسه الخصوصيه$|مجلس التحرير|رءيس التحرير|هيءه التحرير|نشر$"
    ),
    "noise": (
        "اشترك (?:للحصول|في (?:نشرت|النشره|قنات|القناه|خدمه))|"
        "شارك(?:نا|ها|وا)?(?: (?:هذا |هذه )?(?:المقال|الخبر|الصفحه|علي|عبر)|$)|"
        "جميع الحقوق محفوظه|حقوق النشر|تابعنا(?: علي| عبر|$)|انضم الي (?:قنات|مجموع|صفح)|اعلان$|"
        r"التعليقات(?:$| ?[:(\d])|اضف تعليقا|فيسبوك$|تويتر$|واتساب$|يستخدم هذا الموقع|طباعه$|حفظ$"
    ),
}
"""With what a line of a role begins, folded."""
_FIRST_WORDS = (
    "كلمات الكلمات الوسوم وسوم tag tags keyword keywords المصدر مصدر source تاريخ نشر اخر منذ قبل "
    "السبت الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه السبت, الاحد, الاثنين, الثلاثاء, "
    "الاربعاء, الخميس, الجمعه, كتب كتبت حاور حاورها اعداد اعدها بقلم ترجمه تقرير by غلاف صوره "
    "لقطه تصوير الصوره موصي contact من اتصل الق اكتشاف سياسه مجلس رءيس هيءه اشترك شارك شاركنا "
    "شاركها شاركوا جميع حقوق تابعنا انضم اعلان التعليقات اضف فيسبوك تويتر واتساب يستخدم طباعه "
    "حفظ اقرا اخبار مقالات مواضيع موضوعات مرتبط اكتشف شاهد قد الاكثر تابع المزيد read "
    "related"
)
"""The first words of all these, and of what leads to other articles."""
_FIRST = frozenset(_FIRST_WORDS.split())
_ODD = frozenset("#0123456789٠١٢٣٤٥٦٧٨٩(")
"""With what else such a line may begin."""
_AT_MOST = {"date": 8, "byline": 8, "caption": 10, "source": 12, "nav": 12, "noise": 16}
"""Words of such a line: a longer one is prose that happens to begin so."""
_LONGEST = max(_AT_MOST.values())
_HEAD = 80
"""Characters of a line of more words that are looked at: no beginning is longer."""
_NO_SENTENCES = frozenset({"date", "byline", "caption", "nav"})
_CREDIT = r"/ ?[\w ]{2,20}$|\((?:تصوير|صورة|الصورة|عدسة)[ :][^()]+\)$"


class Line(NamedTuple):
    """A line that is not blank, without the blanks around it: where it stands and what it says."""

    start: int
    end: int
    said: str
    n_words: int
    is_stopped: bool
    """Whether it ends as running text does."""
    is_prose: bool
    """Whether it reads like running text."""

    @property
    def is_sentence(self) -> bool:
        """Whether it ends as only a sentence does."""
        return self.said.endswith(_FINAL)

    @property
    def is_long(self) -> bool:
        """Whether it is longer than headlines are."""
        return self.n_words >= 2 * _PROSE

    @property
    def is_list_of_words(self) -> bool:
        """Whether it is keywords with commas between them."""
        if self.said.endswith("."):
            return False
        n_commas = self.said.count("،") + self.said.count(",")
        return n_commas >= _KEYWORDS and self.n_words <= 3 * n_commas + 3

    @property
    def has_credit(self) -> bool:
        """Whether it ends with who took a picture."""
        return not self.is_long and _credit().search(self.said) is not None


def lines_of(page: str) -> Iterator[Line]:
    r"""Yield the lines of `page` that are not blank, in order.

    >>> [line.said for line in lines_of("خبر\n\nأخبار ذات صلةقال الوزير ")]
    ['خبر', 'أخبار ذات صلة', 'قال الوزير']
    """
    start = 0
    for line in page.split("\n"):
        said = line.strip(_BLANK)
        first = start + (line.find(said) if len(said) < len(line) else 0)
        start += len(line) + 1
        if not said:
            continue
        glued = _glued().match(said) if said[0] in _GLUED_FIRST else None
        if glued is not None:
            yield _line(first, glued.group())
            first, said = first + glued.end(), said[glued.end() :]
        yield _line(first, said)


def _line(start: int, said: str) -> Line:
    n_words, is_stopped = said.count(" ") + 1, said.endswith(_STOPS)
    is_prose = n_words >= (_SENTENCE if is_stopped else _PROSE)
    return Line(start, start + len(said), said, n_words, is_stopped, is_prose)


def gives_away(line: Line) -> str:
    """Return what a line says, folded, where its first word may give a role away; else nothing.

    Most lines do not begin with such a word, and need not be folded.
    """
    first = line.said.split(" ", 1)[0].split(":", 1)[0] or ":"
    is_odd = first[0] in _ODD or line.said[-1] == ")"
    if not is_odd and _bare(first) not in _FIRST:
        return ""
    is_read_whole = line.n_words <= _LONGEST or first[0] == "#"
    return " ".join(fold(line.said if is_read_whole else line.said[:_HEAD]).split())


@functools.lru_cache(maxsize=4096)
def _bare(word: str) -> str:
    return fold(word)


def role_by_beginning(line: Line, folded: str) -> str:
    """Return the role that the first words of a line give away; nothing where they give none."""
    if not _any_beginning().match(folded):
        return ""
    is_sentence = line.said.endswith(".")
    for role in _BEGINNINGS:
        is_none = is_sentence and role in _NO_SENTENCES
        is_none |= line.n_words > _AT_MOST.get(role, line.n_words)
        if not is_none and _beginning(role).match(folded):
            return role
    return ""


def behind_related(folded: str) -> str | None:
    """Return what follows words that lead to other articles; None where they do not.

    Nothing follows them where the rest of the page does; one title may, behind a colon.
    """
    found = _related().match(folded)
    if found is None:
        return None
    rest = found["rest"].strip()
    said = rest.lstrip(": ")
    return said if not said or rest.startswith(":") else None


@functools.cache
def _beginning(role: str) -> re.Pattern[str]:
    return re.compile(f"(?:{_BEGINNINGS[role]})")


@functools.cache
def _any_beginning() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{words})" for words in _BEGINNINGS.values()))


@functools.cache
def _related() -> re.Pattern[str]:
    return re.compile(rf"(?:{_RELATED})(?P<rest>.*)")


@functools.cache
def _credit() -> re.Pattern[str]:
    return re.compile(_CREDIT)


@functools.cache
def _glued() -> re.Pattern[str]:
    return re.compile(rf"(?:{_GLUED})(?=[^\W\d_])")
