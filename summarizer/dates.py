"""Calendar dates as headers and datelines write them, in the languages of the wires we read."""

import datetime
import re

# January to December; forms of one month are separated by "/".
_MONTH_NAMES = (
    "january/jan february/feb march/mar april/apr may june/jun july/jul august/aug september/sept/sep october/oct"
    " november/nov december/dec",
    "januar/jänner februar märz april mai juni juli august september oktober/okt november dezember/dez",
    "janvier/janv février/févr mars avril/avr mai juin juillet/juil août septembre octobre novembre décembre/déc",
    "enero/ene febrero marzo abril/abr mayo junio julio agosto/ago septiembre octubre noviembre diciembre/dic",
    "gennaio/gen febbraio marzo aprile maggio/mag giugno/giu luglio/lug agosto settembre/set ottobre/ott novembre"
    " dicembre",
    "janeiro fevereiro/fev março abril maio junho julho agosto setembro outubro/out novembro dezembro",
    "januari februari maart april mei juni juli augustus september oktober november december",
    "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "ledna února března dubna května června července srpna září října listopadu prosince",
    "января/янв февраля/фев марта/мар апреля/апр мая июня/июн июля/июл августа/авг сентября/сен октября/окт ноября/ноя"
    " декабря/дек",
    "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "ιανουαρίου φεβρουαρίου μαρτίου απριλίου μαΐου ιουνίου ιουλίου αυγούστου σεπτεμβρίου οκτωβρίου νοεμβρίου"
    " δεκεμβρίου",
    "يناير فبراير مارس أبريل/ابريل مايو يونيو يوليو أغسطس/اغسطس سبتمبر أكتوبر/اكتوبر نوفمبر ديسمبر",
    "ינואר פברואר מרץ/מרס אפריל מאי יוני יולי אוגוסט ספטמבר אוקטובר נובמבר דצמבר",
    "जनवरी फरवरी/फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर/सितम्बर अक्टूबर/अक्तूबर नवंबर/नवम्बर दिसंबर/दिसम्बर",
    "ژانویه فوریه مارس آوریل مه/می ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر",
    "ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık",
)
_LEVANTINE = (  # months of two words among them
    "كانون الثاني",
    "شباط",
    "آذار",
    "نيسان",
    "أيار",
    "حزيران",
    "تموز",
    "آب",
    "أيلول",
    "تشرين الأول",
    "تشرين الثاني",
    "كانون الأول",
)
_MONTHS = {
    form: number
    for language in _MONTH_NAMES
    for number, forms in enumerate(language.split(), start=1)
    for form in forms.split("/")
} | {name: number for number, name in enumerate(_LEVANTINE, start=1)}
_MONTH = "(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")(?!\w)\.?"
_OR_MONTH = rf"(?:\s?/\s?{_MONTH})?"  # "يوليو/تموز"
_DAY = r"\d{1,2}(?!\d)"
_ORDINAL = r"(?:st\b|nd\b|rd\b|th\b|er\b|\.|º)?"
_YEAR = r"(?:19|20|१९|२०|١٩|٢٠|۱۹|۲۰)\d\d(?!\d)"

_FORMS = (
    rf"(?P<y1>{_YEAR})[-/.](?P<m1>\d{{1,2}})[-/.](?P<d1>{_DAY})"
    r"(?:[T ]\d\d:\d\d(?::\d\d)?(?:\.\d{1,6})?(?:Z|[+-]\d\d:?\d\d)?)?",
    r"(?:(?P<y2>(?:19|20)\d\d)年)?(?P<m2>\d{1,2})月(?P<d2>\d{1,2})日",
    rf"(?P<d5>{_DAY})\.(?P<m5>\d{{1,2}})\.(?P<y5>{_YEAR})",
    rf"(?P<d6>{_DAY})/(?P<m6>\d{{1,2}})/(?P<y6>{_YEAR})",
    rf"(?P<m3>{_MONTH}){_OR_MONTH}\s+(?P<d3>{_DAY}){_ORDINAL}(?:(?:\s?[,،]\s*|\s+)(?P<y3>{_YEAR}))?",
    rf"(?:ה- ?)?(?P<d4>{_DAY}){_ORDINAL}\s+(?:de\s+|of\s+|ב|ל)?(?P<m4>{_MONTH}){_OR_MONTH}"
    rf"(?:(?:\s?[,،]\s*|\s+)(?:de\s+|del\s+)?(?P<y4>{_YEAR})(?:\s?(?:года|році|року|г\.|р\.))?)?",
)
_DATE = re.compile("|".join(_FORMS), re.IGNORECASE)
WEEKDAY = (
    r"(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
    r"|lunes|martes|miércoles|jueves|viernes|sábado|domingo|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica"
    r"|segunda|terça|quarta|quinta|sexta|понедельник|вторник|среда|четверг|пятница|суббота|воскресенье"
    r"|понеділок|вівторок|середа|четвер|п['’]ятниця|субота|неділя|pondělí|úterý|středa|čtvrtek|pátek|sobota|neděle"
    r"|poniedziałek|wtorek|środa|czwartek|piątek|niedziela|(?:maan|dins|woens|donder|vrij|zater|zon)dag"
    r"|(?:mån|tis|ons|tors|fre|lör|sön)dag)\b\.?"
)
DATE = re.sub(r"\(\?P<\w+>", "(?:", _DATE.pattern)  # for use inside larger patterns, with re.IGNORECASE for its months


def parse_date(written: str, near: datetime.date | None = None) -> datetime.date | None:
    """The date that is `written`, or None. A year it leaves out is the one that brings it closest to `near`."""
    match = _DATE.search(written)
    if match is None:
        return None
    found = {name[0]: value for name, value in match.groupdict().items() if value}
    month = _MONTHS.get(" ".join(found["m"].lower().rstrip(".").split())) or _number(found["m"])
    day = int(found["d"])
    if match["d6"] and month != day:  # in figures, day and month stand in either order
        if month <= 12 and day <= 12:
            return None
        day, month = max(day, month), min(day, month)
    if "y" in found:
        return _date(int(found["y"]), month, day)
    if near is None:
        return None
    candidates = [_date(near.year + shift, month, day) for shift in (-1, 0, 1)]
    return min((date for date in candidates if date), key=lambda date: abs(date - near), default=None)


def _number(written: str) -> int:
    return int(written) if written.isdecimal() else 0


def _date(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:  # the 31st of June
        return None
