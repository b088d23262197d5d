"""What lines around an article say, folded: phrases of sites, days and months, lists between bars.

Whole lines are looked at by `pagelines`, and a page by `regions`; here are only words.
"""

import functools
import re

from annotator.arabic.fold import fold

_RELATED = (
    "(?:اخبار|مقالات|مواضيع|موضوعات|قصص|تقارير|تحقيقات|روابط) "
    r"(?:ذات صله|متعلقه|مرتبطه|مشابهه|اخري|قد [تي](?:عجب|هم)\w+|من (?:نفس )?القسم)|"
    r"قد [تي](?:عجب|هم)ك\w*|لا [تي]فوت\w+|اخترنا ل\w+|"
    "الاكثر (?:قراءه|مشاهده|مشاركه|تعليقا|تداولا)|"
    "(?:اقرا|شاهد|تابع|طالع) ايضا|مرتبط|اكتشف|المزيد من الاخبار|read also|related"
)
_ACTION_WORDS = (
    "استمع اسمع استماع شاهد مشاهده شارك شاركنا شاركها شاركوا مشاركه انشر ارسل ارسال انسخ نسخ تابع "
    "تابعنا تابعونا متابعه حمل تحميل اضف اضافه احفظ حفظ اطبع طباعه اشترك انضم سجل علق اكتب ابلغ"
)
"""What a reader is told to do with a page, and the same as a noun."""
_ACTIONS = _ACTION_WORDS.replace(" ", "|")
_THINGS = (
    r"خبر|مقاله?|ماده|تقرير|قصه|حلقه|صفحه|فيديو|مقطع|بث|رابط|تطبيق|تعليق\w*|مفضله|قناه|قنات\w+|نشره|"
    r"نشرت\w+|بريد|نص|صوت|راي\w*|حساب\w*|منصات\w*"
)
_NETWORKS = (
    "فيس ?بوك|تويتر|اكس|واتس ?اب|تلي?[غج]رام|تيلي[غج]رام|انست[غج]رام|يوتيوب|لينكد ?ان|تيك ?توك|"
    "سناب ?شات|ماسنجر|facebook|twitter|x|whatsapp|telegram|instagram|youtube|linkedin|tiktok"
)
_COMMENTS = r"(?:لا توجد |\d+ )?(?:ال)?تعليق(?:ات)?(?:$| ?[:(\d]| القراء| حتي الان)"
BEGINNINGS = {
    "keywords": (
        "(?:كلمات دلاليه|كلمات مفتاحيه|الكلمات المفتاحيه|الوسوم|وسوم|tags?|keywords?) ?:|"
        r"(?:#\S+ ?)+$"
    ),
    "source": (
        r"(?:المصدر|المصادر|مصدر|مصادر|source) ?:|وكاله \w+ (?:لل|ال)انباء$|"
        r"وكاله (?:ال)?انباء [\w ]{2,30} ?- ?\w+$"
    ),
    "date": (
        r"(?:تاريخ النشر|نشر في|اخر تحديث|اخر تعديل) ?:?|منذ \d+ |قبل \d+ (?:دقيقه|ساعه|ساعات)|"
        r"(?:السبت|الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه),? \d{1,2} \w+,? \d{4}|"
        r"\d{1,4}[/-]\d{1,2}[/-]\d{1,4}"
    ),
    "caption": "(?:غلاف|صوره|لقطه|تصوير|الصوره|جانب من) |(?:مصدر|صدر|التعليق علي) (?:ال)?صوره",
    "byline": (
        "(?:كتبت?|حاورها?|اعداد|اعدها|بقلم|ترجمه|تحرير|تقرير|تحقيق|قصه) ?:|by |"
        r"(?:[\w,/]+ ){1,4}\([^\W\d][\w ,/]+\)(?: ?[-:])?$"
    ),
    "related": "موصي به$",
    "nav": (
        r"\d+ (?:دقيقه|دقايق) قراءه|مده القراءه|contact us|من نحن$|اتصل بنا$|الق نظره سريعه|"
        "اكتشاف المزيد من|سياسه الخصوصيه$|مجلس التحرير|رييس التحرير|هييه التحرير|نشر$"
    ),
    "noise": (
        "اشترك (?:للحصول|في (?:نشرت|النشره|قنات|القناه|خدمه))|"
        "شارك(?:نا|ها|وا)?(?: (?:هذا |هذه )?(?:المقال|الخبر|الصفحه|علي|عبر)|$)|"
        "(?:جميع|كل) الحقوق محفوظه|حقوق (?:النشر|الطبع)|تابعنا(?: علي| عبر|$)|"
        "انضم الي (?:قنات|مجموع|صفح)|اعلان$|"
        rf"{_COMMENTS}|اضف تعليقا|"
        rf"(?:(?:{_NETWORKS})(?: |$))+$|يستخدم هذا الموقع|(?:طباعه|حفظ|مشاركه|ارسال)$|حجم الخط|"
        r"\d+:\d+(?: (?:دقيقه|دقايق|ثانيه))?$"
    ),
}
"""With what a line of a role begins."""
_SHORT_NOISE = (
    rf"(?:{_ACTIONS})(?: (?:الي|علي|عبر|في|مع))?(?: هذا| هذه)?"
    rf" (?:ال|لل|بال|[لب])?(?:{_THINGS})(?!\w)|"
    rf"(?:{_ACTIONS})(?: \S+){{0,4}} (?:عبر|علي)(?:$| (?:{_NETWORKS})(?!\w))|"
    r"(?:تخطي|تجاوز|نهايه) (?:(?:ال)?(?:مواضيع|موضوعات|اخبار|اعلان)(?!\w))"
)
"""What is said to a reader in a few words; more of them may be a title that begins so."""
_UNDER_HEADLINE = (
    r"(?:كتبت?|حررت?|اعدت?) \w+(?: \w+){0,4}$|(?:مراسله?|محرره?|صحفيه?|صحافيه?)(?: \w+){0,4}$|"
    r"\w+(?: \w+){0,2} ?[-–—] ?\w+(?: \w+){0,2}$"
)
"""Who wrote, and where; before an article alone."""
_PLACES_OF_SITE = (
    "من نحن|عن الموقع|اتصل بنا|تواصل معنا|سياسه|(?:ال)?شروط|اعلن |وظايف|هييه التحرير|الرييسيه|"
    "خريطه الموقع|(?:ال)?ارشيف"
)
_CALENDAR_WORDS = (
    "السبت الاحد الاثنين الثلاثاء الاربعاء الخميس الجمعه "
    "يناير فبراير مارس ابريل مايو يونيو يونيه يوليو يوليه اغسطس سبتمبر اكتوبر نوفمبر ديسمبر "
    "كانون شباط اذار نيسان ايار حزيران تموز اب ايلول تشرين الاول الثاني "
    "جانفي فيفري افريل ماي جوان جويليه اوت غشت شتنبر نونبر دجنبر يوليوز "
    "محرم صفر ربيع جمادي الاولي الاخره رجب شعبان رمضان شوال ذو القعده الحجه "
    "ص م ه صباحا ظهرا مساء ليلا فجرا الساعه بتوقيت غرينتش جرينتش مكه المكرمه المحلي "
    "am pm gmt utc "
    "تم النشر نشر نشرت حرر اضيف اخر تحديث التحديث تعديل تاريخ بتاريخ في يوم منذ قبل "
    "دقيقه دقايق ساعه ساعات ايام"
)
_CALENDAR = frozenset(_CALENDAR_WORDS.split())
"""Days, months, hours, and what is said of publishing before them."""
_INITIALS = re.compile(r"\(?\w(?:\. ?\w)+(?: ?/ ?\w(?:\. ?\w)*)*\)?$|\w(?: ?/ ?\w)+$")
_PARTS_OF_DATE = re.compile(r"[\s,:;/|()\-–.]+")
_SIGN = re.compile(r"[|·•»›>/\-–—]")
_BAR = re.compile(r" ?\| ?| [·•»›>/\-–—] ")
_TRAIL = re.compile(" [»›>] ")
_FEW_WORDS = 3
"""Words of one thing in a list between bars, at most."""

_FIRST_WORDS = (
    "المصدر المصادر مصدر مصادر source وكاله تاريخ نشر اخر منذ قبل السبت الاحد الاثنين الثلاثاء "
    "الاربعاء الخميس الجمعه تم النشر نشرت بتاريخ تحديث حرر اضيف كتب كتبت حاور حاورها اعداد اعدها "
    "بقلم ترجمه تحرير تقرير تحقيق قصه by مراسل مراسله محرر محرره صحفي صحفيه صحافي صحافيه غلاف صوره "
    "لقطه تصوير الصوره جانب صدر التعليق موصي contact من اتصل الق اكتشاف سياسه مده مجلس رييس هييه "
    "جميع كل حقوق اعلان لا تعليق تعليقات التعليقات يستخدم حجم تخطي تجاوز نهايه اقرا طالع اخبار "
    "مقالات مواضيع موضوعات قصص تقارير تحقيقات روابط مرتبط اكتشف قد اخترنا الاكثر المزيد read "
    "related"
)
_NETWORK_FIRST = (
    "فيسبوك فيس تويتر اكس واتساب واتس تلغرام تليغرام تلجرام تيليغرام تيليجرام انستغرام انستجرام "
    "يوتيوب لينكدان لينكد تيكتوك تيك سنابشات سناب ماسنجر facebook twitter x whatsapp telegram "
    "instagram youtube linkedin tiktok"
)
_LONG_WORDS = "كلمات الكلمات الوسوم وسوم tag tags keyword keywords"
FIRST_OF_LONG = frozenset(_LONG_WORDS.split())
"""Those of lines that may be longer than headlines."""
FIRST = frozenset(
    [*FIRST_OF_LONG, *_FIRST_WORDS.split(), *_NETWORK_FIRST.split(), *_ACTION_WORDS.split()]
)
"""The first words of all these, and of what leads to other articles."""


def begins(role: str, folded: str) -> bool:
    """Whether a line begins as those of `role` do."""
    return _beginning(role).match(folded) is not None


def may_begin(folded: str) -> bool:
    """Whether a line begins as those of any role do."""
    return _any_beginning().match(folded) is not None


def is_said_to_reader(folded: str) -> bool:
    """Whether a short line tells a reader what to do with a page.

    >>> is_said_to_reader("استمع للخبر"), is_said_to_reader("استمع القاضي الي اقواله")
    (True, False)
    """
    return _short_noise().match(folded) is not None


def is_under_headline(folded: str) -> bool:
    """Whether a short line under a headline says who wrote the article, or where."""
    return _under_headline().match(folded) is not None


def is_of_comments(folded: str) -> bool:
    """Whether comments begin with a line that leads elsewhere."""
    return re.match(_COMMENTS, folded) is not None


def ends_list(folded: str) -> bool:
    """Whether a line says that a list of other articles is over."""
    return folded.startswith("نهايه ")


def is_of_initials(said: str) -> bool:
    """Whether all of a line are initials of who wrote and who edited.

    >>> is_of_initials("س.م / ر.ك"), is_of_initials("ق.م.")
    (True, False)
    """
    return _INITIALS.match(said) is not None


def is_date(folded: str) -> bool:
    """Whether all of a line is of the calendar, perhaps behind a verb of publishing.

    >>> is_date("تم النشر في: 12 ابريل 2025, 14:20"), is_date("12 قتيلا في ابريل")
    (True, False)
    """
    parts = [part for part in _PARTS_OF_DATE.split(folded) if part]
    words = [part for part in parts if not part.isdecimal()]
    return 0 < len(words) < len(parts) and _CALENDAR.issuperset(words)


def behind_related(folded: str) -> str | None:
    """Return what follows words that lead to other articles; None where they do not.

    Nothing follows them where the rest of the page does; one title may, behind a colon.
    """
    found = _related().match(folded)
    if found is None:
        return None
    rest = found["rest"].strip(" .")
    said = rest.lstrip(": ")
    return said if not said or rest.startswith(":") else None


def role_of_bar(said: str, *, is_before: bool, is_behind: bool) -> str:
    """Return the role of a list of few words between bars, or of a trail; nothing for other lines.

    Before an article and behind it such lists lead elsewhere; at its end they are its keywords.

    >>> role_of_bar("الرئيسية | أخبار | رياضة", is_before=True, is_behind=False)
    'nav'
    """
    if not _SIGN.search(said):
        return ""
    parts = _BAR.split(said)
    if len(parts) < 2 or (len(parts) == 2 and not _TRAIL.search(said)):
        return ""
    if any(part.count(" ") >= _FEW_WORDS for part in parts):
        return ""
    folded = [fold(part).strip() for part in parts]
    if any(re.fullmatch(_NETWORKS, part) for part in folded):
        return "noise"
    if is_before or is_behind or any(re.match(_PLACES_OF_SITE, part) for part in folded):
        return "nav"
    return "keywords"


@functools.cache
def _beginning(role: str) -> re.Pattern[str]:
    return re.compile(f"(?:{BEGINNINGS[role]})")


@functools.cache
def _any_beginning() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{words})" for words in BEGINNINGS.values()))


@functools.cache
def _related() -> re.Pattern[str]:
    return re.compile(rf"(?:{_RELATED})(?!\w)(?: ايضا)?(?P<rest>.*)")


@functools.cache
def _short_noise() -> re.Pattern[str]:
    return re.compile(_SHORT_NOISE)


@functools.cache
def _under_headline() -> re.Pattern[str]:
    return re.compile(_UNDER_HEADLINE)
