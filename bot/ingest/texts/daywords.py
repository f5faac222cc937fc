"""How languages say a day by its distance from today or by its weekday, and what tells whether it is past or to come.

In the patterns of `MENTIONS` the group `day` is what is shown of a mention; `shift...` are words whose distance from
the day of filing stands in `SHIFTS`; `w0` to `w6` is the weekday. `past` and `coming` say the nearest one on that side,
`last`, `this` and `next` name a week, `since` and `until` a span that the day borders. What a mention must not stand
beside is part of the pattern: dates that are stated, habits, names of feasts and papers.
"""

import re

_OPENING = r"(?:\A|(?<=\n)|(?<=[.!?–—-]\s)|(?<=[.!?][\"”]\s))"  # elsewhere, "Yesterday" is part of a name
_ENGLISH_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"


def _weekdays(*names: str) -> str:
    return "(?:" + "|".join(f"(?P<w{number}>{name})" for number, name in enumerate(names)) + ")"


_ENGLISH = _weekdays("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_ANY_ENGLISH = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_GERMAN = _weekdays("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "(?:Samstag|Sonnabend)", "Sonntag")
_FRENCH = _weekdays("[Ll]undi", "[Mm]ardi", "[Mm]ercredi", "[Jj]eudi", "[Vv]endredi", "[Ss]amedi", "[Dd]imanche")
_SPANISH = _weekdays("lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo")
_RUSSIAN = _weekdays("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье")
_ARABIC = _weekdays("ال[اإ]ثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد")
_CHINESE = "(?:" + "|".join(f"(?P<w{number}>{name})" for number, name in enumerate([*"一二三四五六", "[日天]"])) + ")"
_JAPANESE = "(?:" + "|".join(f"(?P<w{number}>{name})" for number, name in enumerate("月火水木金土日")) + ")曜日?"

_MENTIONS = {
    "en": (
        r"(?:(?<!\w)(?P<habit>(?:(?i:every|each|any|most|some|another|one|many|a|an|that|the|following|previous|preceding"
        r"|of|better|brighter|about|for)|Good|Black|Bloody|Palm|Easter|Ash|Super|Cyber|Giving|Maundy|Holy|Shrove|Whit|Red|Sheffield|Happy|Freaky"
        rf"|Casual|{_ANY_ENGLISH}\s(?:to|through|or)|ago(?:\son)?)\s|[\w’']-)"
        r"|(?<!\w)(?:(?P<since>since)|(?P<until>until|till|by|before|through|from|after|starting|beginning))\s)?"
        r"(?<!\w)(?P<day>(?:(?P<past>this\spast)\s|(?P<coming>this\scoming|this\supcoming)\s|(?P<last>last)\s|(?P<next>next)\s"
        rf"|(?P<this>this)\s)?{_ENGLISH}|(?P<shift_1>yesterday|{_OPENING}Yesterday)"
        rf"|(?P<shift1>tomorrow|{_OPENING}Tomorrow)"
        r"|(?P<shift0>(?:earlier|later)\stoday|tonight|this\s(?:morning|afternoon|evening)"
        rf"|{_OPENING}(?:(?:Earlier|Later)\stoday|Tonight|This\s(?:morning|afternoon|evening))))(?!\w|-|['’]s)"
        rf"(?!,?\s{_ENGLISH_MONTH}[a-z]*[.,]?\s\d|,?\s(?:the\s)?\d{{1,2}}(?![\d:])(?!\s?[ap]\.?m)|\s(?:to|through|or)\s{_ANY_ENGLISH}"
        r"|\s(?:of\s)?(?:last|next|the\sfollowing|the\sprevious|that|this)\s(?:week|month|year)|\s(?:a\s)?(?:week|month|year)\s?(?:ago|later|after)?(?!\w)"
        r"|\s(?:Times|Telegraph|Mirror|Express|Post|Star|Herald|Night|Club|[Ss]chool|League|prayers|roast|Mail|Sport|Mass"
        r"|People|World|Independent|Mercury)(?!\w))"
    ),
    "de": (
        r"(?:(?<!\w)(?P<habit>jeden|jedem|Welt\sam|Bild\sam|NZZ\sam|einem|einen|der|dem|des)\s"
        r"|(?<!\w)(?:(?P<since>[Ss]eit)|(?P<until>[Bb]is|[Aa]b|[Bb]is\szum)|[Aa]m|[Vv]om|für|[Dd]iesen)\s(?:dem\s)?|(?<!\w)(?=[vkln]\w+e[nm]\s))"
        r"(?P<day>(?:(?P<past>vergangene[nm]|vorigen)\s|(?P<coming>kommende[nm])\s|(?P<last>letzten)\s|(?P<next>nächsten)\s)?"
        rf"{_GERMAN}(?:abend|morgen|nachmittag|vormittag|mittag|nacht)?)(?!\w|-)(?!,?\s(?:de[nm]\s)?\(?\d{{1,2}}\.|\sin\seiner\sWoche)"
        r"|(?<!\w)(?P<dayb>(?P<shift_1>[Gg]estern|gestrigen\s\w+tag)|(?P<shift_2>vorgestern)|(?P<shift2>übermorgen)"
        r"|(?P<shift0>[Hh]eute\s(?:Morgen|Abend|Nachmittag|Vormittag|Mittag|früh)))(?!\w|-)"
    ),
    "fr": (
        r"(?:(?<!\w)(?P<habit>[Cc]haque|tous\sles|[Ll]es|[Ll]e|du|un|au|des|de)\s|(?<!\w)(?:(?P<since>depuis)|(?P<until>jusqu['’]à|dès|avant|à\spartir\sde|après))\s)?"
        rf"(?<!\w)(?P<day>(?:(?P<this>[Cc]e)\s)?{_FRENCH}(?:\s(?:matin|soir|après-midi))?(?:\s(?:(?P<past>dernier)|(?P<coming>prochain)))?)(?!\w|-)"
        r"(?!,?\s(?:le\s)?\d)(?!\s(?:1er|de\sPâques|gras|saint|noir|des\sCendres|des\sRameaux|en\shuit|à\s(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)))"
        r"|(?<!\w)(?P<dayb>(?P<shift_2>avant-hier)|(?<!avant-)(?P<shift_1>[Hh]ier)|(?<!après-)(?P<shift1>[Dd]emain)|(?P<shift2>après-demain)"
        r"|(?P<shift0>[Cc]e\s(?:matin|soir)|[Cc]et\saprès-midi))(?!\w|-)"
    ),
    "es": (
        r"(?<!\w)(?:(?P<since>desde)\sel|(?P<until>hasta|antes\sdel|a\spartir\sdel)(?:\sel)?|[Ee]l|[Ee]ste|del)\s"
        rf"(?P<day>(?:(?P<past>pasado)\s|(?P<coming>próximo)\s)?{_SPANISH}(?:\s(?:(?P<pastb>pasado)|(?P<comingb>próximo)))?)(?!\w|-)"
        r"(?!,?\s\d|\s(?:Santo|de\sRamos|de\sPascua|de\sCeniza|negro|al\s(?:lunes|martes|jueves|viernes|domingo)))"
        r"|(?<!\w)(?P<dayb>(?P<shift_1>[Aa]yer)|(?P<shift_2>anteayer)|(?P<shift0>[Ee]sta\s(?:tarde|noche)))(?!\w|-)"
    ),
    "ru": (
        r"(?<!\w)(?:(?P<habit>кажд\w+|по)\s)?[Вв]о?\s(?P<day>(?:(?P<past>минувш(?:ий|ую|ее)|прошедш(?:ий|ую|ее))\s"
        r"|(?P<last>прошл(?:ый|ую|ое))\s|(?P<next>следующ(?:ий|ую|ее))\s|(?P<coming>ближайш(?:ий|ую|ее))\s)?"
        rf"{_RUSSIAN})(?!\w|-)(?!,?\s\d|\s(?:обитания|вечера\sна|на\sпрошлой|на\sследующей|прошлой|следующей))"
        r"|(?<!\w)(?P<dayb>(?P<shift_2>позавчера)|(?P<shift_1>[Вв]чера)|(?P<shift2>послезавтра)|(?P<shift1>[Зз]автра)"
        r"|(?P<shift0>[Сс]егодня\s(?:утром|днем|днём|вечером|ночью)))(?!\w|-)"
    ),
    "ar": (
        r"(?<!\w)(?:(?P<habit>كل)\s)?(?:(?P<on_1>أمس)\s|(?P<on0>اليوم)\s|(?P<on1>غدا|غداً)\s|(?:يوم|مساء|صباح|فجر|ليل)\s|(?=ال\w+\s(?:الماضي|المقبل|القادم)))"
        rf"(?P<day>{_ARABIC}(?:\s(?:(?P<past>الماضي|المنصرم)|(?P<coming>المقبل|القادم)))?)(?!\w)(?!\s\d|\s?[(]\d)"
        r"|(?<!\w)(?P<dayb>(?P<shift_2>أول\s(?:من\s)?أمس)|(?P<shift_1>ب?ال?أمس)(?!\sال)|(?P<shift1>غدا|غداً)(?!\sال))(?!\w)"
    ),
    "zh": (
        r"(?P<habit>每|逢)?(?:个)?(?P<day>(?:(?P<weekb>上)|(?P<weekc>下)|(?P<weeka>本|这|這))?个?(?:周|週|星期|礼拜)"
        rf"{_CHINESE})(?![一二三四五六日天]|[至到、]|[（(]\d|\d|期|刊|报|報)"
        r"|(?P<dayb>(?P<shift_2>前天)|(?P<shift_1>昨天|昨日|昨晚)|(?P<shift1>明天|明日)(?![会更])|(?P<shift0>今天?(?:上午|下午|早|晚)|今天(?:凌晨|中午|傍晚)))"
        r"|(?P<month>\d{1,2})月(?:\d{1,2}[日号])?|(?<![\d./-])(?P<dayc>(?P<number>\d{1,2})日)(?![间間内後后前元均])"
    ),
    "ja": (
        r"(?P<habit>毎週?)?(?P<day>(?:(?P<weekb>先週)|(?P<weekc>来週)|(?P<weeka>今週))?の?"
        rf"{_JAPANESE})(?![\d(（]|から|まで|ごと|版)"
        r"|(?P<dayb>(?P<shift_2>一昨日|おととい)|(?P<shift_1>昨日|きのう|昨夜|昨晩)|(?P<shift1>明日|あした)|(?P<shift2>明後日|あさって)"
        r"|(?P<shift0>今朝|今夜|今晩))"
        r"|(?P<month>\d{1,2})月(?:\d{1,2}日)?|(?<![\d./-])(?P<dayc>(?P<number>\d{1,2})日)(?![間内後前目ぶ本以連付分元曜])"
    ),
}
MENTIONS = {language: re.compile(pattern) for language, pattern in _MENTIONS.items()}

# Where a language's mentions can be found faster than by trying the whole pattern everywhere: each begins with letters.
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "esterday", "er today")
ANCHORS = {
    "en": (
        re.compile("day(?:" + "|".join(f"(?<={name})" for name in _DAYS) + ")"),
        re.compile("omorrow"),
        re.compile("onight"),
        re.compile(r"his\s(?:morning|afternoon|evening)"),
    )
}

SHIFTS = {f"shift{'_' if shift < 0 else ''}{abs(shift)}": shift for shift in (-2, -1, 0, 1, 2)}

_ENGLISH_PAST = (
    "said|told|was|were|had|did|began|became|came|went|took|made|gave|got|found|met|held|left|led|lost|won|sent|spent"
    "|built|brought|bought|caught|fell|felt|flew|fought|kept|knew|laid|paid|ran|rose|sat|saw|sold|shot|spoke|stood"
    "|struck|swore|taught|thought|threw|withdrew|wrote|wore|drew|drove|broke|chose|grew|heard|fled|died|sank|stole"
)
_CUES = {
    "en": (
        r"\b(?:(?P<future>(?:will|won['’]t|shall)(?:\s(?:not|also|then|again|\w+ly))?(?:\sbe)?(?:\s[a-z]+)?|['’]ll(?:\s[a-z]+)?"
        r"|(?:is|are)\s(?:now\s)?(?:expected|due|set|scheduled|planned|slated|likely|going|to)(?:\sto)?(?:\sbe)?(?:\s[a-z]+)?)"
        r"|(?P<unclear>(?:was|were|had\sbeen)\s(?:\w+ly\s)?(?:due|expected|set|scheduled|planned|slated|likely|supposed|going|to)(?:\sto)?(?:\sbe)?(?:\s\w+)?"
        r"|is|are|am|has|have|would|could|may|might|should|must|can|if|whether|says?"
        rf"|(?:be|been|being|get|gets)\s(?:\w+ly\s)?(?:[a-z]+ed|{_ENGLISH_PAST})"
        r"|opens?|begins?|starts?|takes?|meets?|faces?|appears?|votes?|goes|ends?|runs?|plays?|hosts?|visits?|travels?|heads"
        r"|returns?|arrives?|leaves?|continues?|comes?|(?:due|expected|set|scheduled|planned|slated)(?:\sto(?:\sbe)?\s\w+)?"
        r"|to\s(?!the\b|an?\b|his\b|her\b|its\b|their\b|this\b|that\b)(?:be\s)?[a-z]+)"
        r"|(?P<noun>(?:the|an?|his|her|its|their|of|more|most|less|very|some|all|no|by)\s[a-z]{2,}ed)"
        rf"|(?P<past>{_ENGLISH_PAST}|(?!(?:need|speed|feed|seed|breed|indeed|hundred|shed|embed|exceed|proceed|succeed|bleed)\b)[a-z]{{2,}}ed))\b"
    ),
    "de": (
        r"\b(?:(?P<future>wird|werden)|(?P<unclear>soll|sollen|sollte|sollten|will|wollen|wollte|wollten|ist|sind|kann|können|könnte"
        r"|könnten|muss|müssen|darf|würde|würden|bleibt|bleiben|beginnt|findet|finden|geht|kommt|zu\s\w+en|geplant|falls|wenn|ob)"
        r"|(?P<past>hat|haben|hatte|hatten|war|waren|wurde|wurden|sagte|sagten|teilte|teilten|erklärte|erklärten|gab|gaben"
        r"|kam|kamen|kündigte|kündigten|meldete|meldeten|berichtete|berichteten|betonte|forderte|forderten|traf|trafen|starb"
        r"|starben|begann|begannen|schrieb|nannte|warf|bestätigte|bestätigten|unterzeichnete|unterzeichneten|eröffnete|verließ))\b"
    ),
    "fr": (
        r"(?<!\w)(?:(?P<past>(?:a|ont)\s(?:été\s|\w+ment\s|également\s|aussi\s)?\w+(?:é|ée|és|ées|it|is|u|us|ert|aint)|avait|avaient|était|étaient|fut|furent"
        r"|(?:est|sont)\s(?:mort|décédé|arrivé|parti|revenu|devenu|entré|né)\w*)"
        r"|(?P<future>(?!opéra\b|caméra\b|choléra\b)\w*(?:era|eront|ira|iront|dra|dront|vra|vront|aura|auront|sera|seront|rra|rront)|doit\s\w+|doivent\s\w+)"
        r"|(?P<unclear>a|ont|est|sont|\w+(?:rait|raient)|prévu\w*|attendu\w*|devrait|devraient|serait|seraient|si|pour\s\w+(?:er|ir|re)|pourrait|peut|peuvent))(?!\w)"
    ),
    "es": (
        r"(?<!\w)(?:(?P<past>\w+(?:ó|aron|ieron|jeron|yeron)|fue|fueron|era|eran|había|habían|hubo|(?:ha|han)\s\w+(?:ado|ido|cho|to)|dijo|hizo|puso|vino|dio|tuvo|estuvo)"
        r"|(?P<future>\w+(?:rá|rán)|(?:va|van)\sa\s\w+)"
        r"|(?P<unclear>(?!secretar|bater|galer|ingenier)\w+(?:aría|ería|iría)n?|está|están|es|son|puede|pueden|debe|deben|podría|podrían|sería|previst\w+|si|para\s\w+(?:ar|er|ir)))(?!\w)"
    ),
    "ru": (
        r"(?<!\w)(?:(?P<past>(?:сообщил|заявил|сказал|рассказал|объявил|подписал|провел|провёл|провели|провела|открыл|закрыл|принял"
        r"|погиб|умер|стал|произош|начал|встретил|прибыл|обсудил|отметил|подчеркнул|добавил|призвал|вышел|получил|пообещал|состоял"
        r"|прошел|прошёл|прошла|прошли|прошло|утвердил|одобрил|задержал|отправил|назначил|посетил|потребовал|предложил)\w{0,4}"
        r"|(?:был|была|было|были)\s\w+)"
        r"|(?P<future>будет|будут|состоится|состоятся|пройдет|пройдёт|пройдут|откроется|откроются|начнется|начнётся|начнутся|возобновится)"
        r"|(?P<unclear>планиру\w+|намерен\w*|ожидается|намечен\w*|запланирован\w*|предстоит|может|могут|должн\w+|если|чтобы))(?!\w)"
    ),
    "ar": (
        r"(?<!\w)[وف]?(?:(?P<past>(?:قال|أعلن|أكد|أفاد|ذكر|التقى|بحث|وقع|وصل|كشف|شهد|أضاف|صرح|نفى|دعا|افتتح|استقبل|أوضح|أصدر|قتل|أطلق|عقد)\w{0,3})"
        r"|(?P<future>س[يتن]\w{2,}|سوف)|(?P<unclear>قد|إذا|يمكن|يتوقع|متوقع|المقرر|يعتزم))(?!\w)"
    ),
    "zh": (
        r"(?P<future>将(?:于|在)?|將於?|预计|預計|定于|拟于)|(?P<unclear>计划|計劃|可能|如果|是否|原定|曾)"
        r"|(?P<past>表示|宣布|指出|说|說|称|稱|发布|發布|举行了|強調|强调|会见|會見|抵达|抵達|发生|發生|了)"
    ),
    "ja": (
        r"(?P<future>予定|見通し|見込み|方針|開かれる|行われる)|(?P<unclear>なら|れば|かどうか|はずだった|予定だった)"
        r"|(?P<past>(?:した|だった|った|いた|れた|べた|めた|けた|した)(?=[。、」]|と))"
    ),
}
CUES = {language: re.compile(pattern) for language, pattern in _CUES.items()}
