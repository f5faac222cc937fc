"""What stands below the story: credits, rights, contacts, ways to read on, corrections, marks of the end."""

import re

from bot.ingest.texts.notes import NOTES, RIM, WORD_COUNT, any_of

_CREDIT_WORDS = any_of(
    r"""
    (?:additional\s+|further\s+)?(?:reporting|writing|editing|compiled|written|edited|reported|translated|graphics?|photos?)(?:\s+and\s+(?:reporting|writing|editing))?\s+by(?!\w)
    (?:zusätzliche\s+)?(?:bericht(?:et)?|geschrieben|redigiert|redaktion|reporter)\s?(?:von(?!\w)|:)
    (?:reportage|rédigé|rédaction|version\s+française|avec|écrit|édité|traduit|par)\s+(?:de|d['’]|par)?\s?(?=[^\W\d_])(?-i:[A-ZÀ-Þ])
    (?:reporte|información|reportaje|escrito|editado|traducido|redacción|con\s+información)\s+(?:en\s+español\s+)?(?:de|por)(?!\w)
    (?:reportagem|edição|tradução)\s+(?:de|por)(?!\w)
    (?:segnalazione|tradotto|redazione|a\s+cura)\s+(?:di|da|in)(?!\w)
    (?:подготовил\w?|редактор|текст|перевел\w?|автор|репортаж)\s?:?\s+(?=[А-ЯЁ])
    (?:责任编辑|責任編輯|责编|編輯|编辑|记者|記者|作者|来源|來源)\s?[:：]
    (?:取材|記者|編集|翻訳|執筆|文)\s?[・:：]|(?:إعداد|تحرير|تغطية\s+صحفية|كتابة|ترجمة)\s+
    """
)
# "(By Tuesday, nine had died.)" is a sentence.
_TIMES = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Christmas|Easter|Thanksgiving)\b"
)
_CREDIT = (
    rf"(?:[（(]{{1,2}}\s?(?:{_CREDIT_WORDS}|by\s(?!{_TIMES})(?-i:[A-ZÀ-Þ]))[^()（）\n]{{1,400}}(?:\([^()\n]{{1,60}}\)[^()（）\n]{{0,300}}){{0,3}}[)）]{{1,2}}"
    r"|\(\([^()\n]{3,300}(?:\)\)|$)|[（(](?:記者|记者)[^（）()\n]{1,40}[)）])"
)
_BARE_CREDIT = (
    r"(?:(?:additional\s+)?(?:reporting|writing)\s+by\s(?-i:[A-ZÀ-Þ])(?![^\n]{0,300}\s(?:was|were|is|are|has|have|had|led)\s)[^\n]{1,300}|(?-i:Editing\s+by\s[A-ZÀ-Þ])[^\n]{1,120}"
    r"|[^\n]{3,120}\scontributed\s+(?:reporting|to\s+this\s+(?:report|story|article))[^\n]{0,60}"
    r"|(?:责任编辑|責任編輯|责编)\s?[:：][^\n]{1,40})"
)
_RIGHTS = any_of(
    r"""
    (?:copyright|©|\(c\)\s?(?:19|20)\d\d|&copy;)(?![^\n]{0,80}(?:law|court|claim|case|suit|rule|bill|reform))[^\n]{0,300}
    all\s+rights\s+reserved(?!\s(?:for|to)\s)[^\n]{0,200}|alle\s+rechte\s+vorbehalten[^\n]{0,100}|tous\s+droits\s+réservés[^\n]{0,100}
    todos\s+(?:los\s+derechos\s+reservados|os\s+direitos\s+reservados)[^\n]{0,100}
    tutti\s+i\s+diritti\s+riservati[^\n]{0,100}
    все\s+права\s+защищены[^\n]{0,100}|版权所有[^\n]{0,60}|版權所有[^\n]{0,60}|無断(?:転載|複写)[^\n]{0,40}
    [^\n]{0,40}무단\s?전재[^\n]{0,40}|جميع\s+الحقوق\s+محفوظة[^\n]{0,60}
    this\s+material\s+may\s+not\s+be\s+(?:published|reproduced)[^\n]{0,200}
    (?:our|unsere|nos|nuestros|nossos)\s+(?:standards|estándares|principes|padrões|principios)\s?:[^\n]{0,120}
    the\s+post\s[^\n]{1,250}\s(?:first\s+)?appeared\s+first\s+on\s(?!(?-i:the|an?|that|this|his|her|its|their)\s)[^\n]{1,100}
    the\s+article\s[^\n]{1,250}\sfirst\s+appeared\s+on\s[^\n]{1,100}
    (?:der\s+beitrag|l['’]article|la\s+entrada|l['’]articolo|o\s+post)\s[^\n]{1,250}\s(?:erschien\s+zuerst\s+auf|est\s+apparu\s+en\s+premier\s+sur|se\s+publicó\s+primero\s+en|proviene\s+da|apareceu\s+primeiro\s+em)\s[^\n]{1,100}
    """
)
_MORE_WORDS = any_of(
    r"""
    (?:read|see|find\s+out|learn)\s+more(?:\s+(?:here|at\s+\S{3,60}|on\s+\S{3,60}|about\s+this(?:\s+story)?))?
    read\s+the\s+(?:full|whole|rest\s+of\s+the)\s+(?:story|article|post|text)(?:\s+(?:here|on\s+\S{3,60}|at\s+\S{3,60}))?
    (?:continue|keep)\s+reading(?:\s[^\n.]{1,150})?
    (?:click|tap)\s+here(?:\s+(?:for|to)\s[^\n.]{1,60})?|weiterlesen|mehr\s+lesen|(?:hier\s+)?weiter\s+lesen
    zum\s+(?:vollständigen\s+)?artikel
    lire\s+(?:la\s+suite|plus|l['’]article(?:\s+complet)?)(?:\s+sur\s[^\n.]{1,60})?|en\s+savoir\s+plus
    (?:leer|seguir\s+leyendo|ver)\s+más|seguir\s+leyendo|leggi\s+(?:tutto|di\s+più)|continua\s+a\s+leggere
    (?:leia|ler|saiba)\s+mais|lees\s+(?:meer|verder)|читать\s+(?:далее|дальше|полностью)|подробнее|читати\s+далі
    阅读(?:全文|更多)|閱讀(?:全文|更多)|查看全文
    続きを読む|全文を読む|자세히\s?보기|더\s?보기|اقرأ\s+المزيد|للمزيد|المزيد
    """
)
_MORE = rf"{_MORE_WORDS}\s{{0,3}}[.:]?\s{{0,3}}(?:[→»›>]|&raquo;|\.\.\.|…|\[…\]|\(\+\)){{0,3}}"
_RELATED = any_of(
    r"""
    (?:read\s+(?:also|more|next)|see\s+also|more\s+on\s+this|related(?:\s+(?:articles?|stories|links?))?|lesen\s+sie\s+(?:auch|mehr)|mehr\s+zum\s+thema|lire\s+aussi|à\s+lire\s+aussi)\s?[:：]
    (?:lea\s+también|lee\s+también|le\s+puede\s+interesar|leggi\s+anche|leia\s+também|lees\s+ook|читайте\s+также|читайте\s+також)\s?[:：]
    (?:延伸阅读|延伸閱讀|相关阅读|相關新聞|相关新闻|関連記事)\s?[:：]|(?:اقرأ\s+أيضا|اقرأ\s+أيضًا|اقرأ\s+أيضاً)\s?[:：]
    """
)
_CONTACT = any_of(
    r"""
    (?:media|press|news)\s+(?:contacts?|enquiries|inquiries|office)\s?:?|contacts?(?:\s+information)?\s?:|contacts?$
    for\s+(?:more|further|additional)\s+(?:information|details|info)(?:,|\s)\s?(?:please\s+)?(?:contact|visit|call|e-?mail|see)
    notes?\s+to\s+editors\s?:?$
    (?:presse)?kontakt\s?:|(?:presse)?kontakt$|rückfragen(?:hinweis)?\s?(?::|an|bitte)|bei\s+rückfragen
    contact(?:s)?\s+(?:presse|médias?)\s?:?|pour\s+(?:plus|toute)\s+d?['’]?information
    contacto\s+(?:de|para)\s+(?:prensa|medios)\s?:?|contacto\s?:|para\s+más\s+información,?\s+(?:contact|visit|puede)
    contatti?\s+(?:stampa|per\s+la\s+stampa)\s?:?|contato\s+(?:de|para)\s+(?:imprensa|a\s+imprensa)\s?:?
    контакт(?:ы|ное\s+лицо)?(?:\s+для\s+(?:прессы|сми))?\s?:|(?:媒体|媒體|新闻)?(?:联系人|聯絡人|联系方式|联系电话)\s?[:：]
    (?:お問い合わせ|問い合わせ)(?:先)?\s?[:：]?|문의(?:처)?\s?[:：]|للتواصل|للاستفسار
    (?:tel|telephone|phone|telefon|tél|e-?mail|mail|fax|web|website|internet|twitter|telefax|hotline)\.?\s?[:：]
    """
)
_MORE_COMES = (
    r"[(（\[-]{0,3}\s?(?:(?-i:MORE)|more|(?:more\s+(?:to\s+(?:come|follow)|follows)|fortsetzung\s+folgt|weitere\s+meldung\s+folgt|à\s+suivre|suite|sigue|continuará"
    r"|segue|wordt\s+vervolgd|продолжение\s+следует|follows|待续|待續|未完|続く|つづく|계속|يتبع))\s?[)）\]-]{1,3}"
    r"|-{1,3}\s?more\s?-{1,3}|(?-i:MORE)(?:\s(?-i:TO\s(?:COME|FOLLOW)))?|more\s+to\s+(?:come|follow)\.?"
)
_END_MARK = (
    r"(?:\#\s?){2,8}|[-–—]\s?30\s?[-–—]|[-–—/*(<\[]{0,3}\s?(?-i:ENDS?|Ends?|ENDE|Ende|FIN|Fin|FINE|Fine|KONIEC|SLUT|EINDE"
    r"|КОНЕЦ|КІНЕЦЬ|NNNN|nnnn|XXX|SCHLUSS|Schluss|LOPPU)"
    r"\s?[-–—/*)>\]]{0,3}(?:\s(?:abc|[a-z]{2,4}(?:/[a-z]{2,4}){1,3}))?\.?|[（(<〈\[【]?(?:完|终|終|了|全文完|끝|انتهى|おわり)[）)>〉\]】]?"
)
_INITIALS = (
    r"(?-i:(?<!<)/[a-z]{2,4}(?:/[a-z]{2,4}){0,3}/?|[a-z]{2,4}(?:[-/][a-z]{2,4}){1,5}|dpa(?:\s[a-z]{2,3}){1,5}(?:\s[a-z]\d){0,4}"
    r"|(?:\(Schluss\)|\(Forts\.?\))\s?[a-z/]{2,20}|[A-Z]{2,3}-[A-Z]{2}-\d\d-\d\d-\d\d\s\d{4}(?:GMT|EDT|EST|UTC)?"
    r"|APA\d{4}\s\d\s[A-Z]{2}.{0,40}|[a-z]{2,3}\s?[\d.]{4,9}\s?[a-z]{0,3}|[（(](?:記者|记者)[^（）()\n]{1,40}[)）])"
    r"|dpa(?:-infocom)?,?\s(?:dpa)?:\d[\d:/-]{5,40}"
)
_TAIL_LINE = re.compile(
    rf"{RIM}(?:{_CREDIT}|{_BARE_CREDIT}|{_RIGHTS}|{_MORE}|{_MORE_COMES}|{_END_MARK}|{_INITIALS}|{_RELATED}[^\n]{{0,300}}"
    rf"|{WORD_COUNT}|{NOTES}[^\n]{{0,700}}){RIM}",
    re.IGNORECASE,
)
_TAIL_MARK = re.compile(
    rf"(?<=[.!?…。！？\"”»’)\]）」/؟])[ \t]*(?:{_CREDIT}|[（(](?:完|终|終|了|끝)[）)]"
    rf"|[(<]\s?(?-i:END|ENDS|End|Ends|FIN)\s?[)>]|/{{1,2}}(?-i:[a-z]{{2,4}})/?"
    rf"|{_MORE}(?<!\.\s))[ \t]*$",
    re.IGNORECASE,
)
_END_LINE = re.compile(rf"[ \t]*(?:{_END_MARK})[ \t]*", re.IGNORECASE)
_CONTACT_LINE = re.compile(rf"{RIM}{_CONTACT}[^\n]{{0,300}}", re.IGNORECASE)
_OF_A_CONTACT = re.compile(r"[^\n]*(?:@|https?://|www\.|\d[\d ()/.+-]{5,}\d)[^\n]*")


_MOST_LINES = 12
_MOST_MARKS = 3  # at the end of the last line
_LONGEST_NOTICE = 800
_FEWEST_WORDS = 4  # of a sentence behind a colon
_TAIL = 4_000  # characters at the end in which notices are looked for


def story_end(text: str, start: int) -> int:
    """Where the story ends, which begins at `start`."""
    end = _before_space(text, start, len(text))
    end = _before_block(text, start, end)
    for _ in range(_MOST_LINES):
        line = text.rfind("\n", start, end) + 1 or start
        if end - line > _LONGEST_NOTICE or not _TAIL_LINE.fullmatch(text, line, end):
            break
        end = _before_space(text, start, line)
    for _ in range(_MOST_MARKS):
        if mark := _TAIL_MARK.search(text, max(start, end - _LONGEST_NOTICE), end):
            end = _before_space(text, start, mark.start())
    return end


def _before_block(text: str, start: int, end: int) -> int:
    """Where the mark of the end stands, or the first line of whom to ask, when nothing but such lines follow."""
    floor = max(start, end - _TAIL, start + (end - start) // 2)
    line = text.find("\n", floor, end) + 1
    contact = 0
    while line:
        below = text.find("\n", line, end)
        line_end = end if below < 0 else below
        if line_end > line:
            if line_end - line < 40 and _END_LINE.fullmatch(text, line, line_end):
                return _before_space(text, start, line)
            if not _is_of_contact(text[line:line_end], begun=bool(contact)):
                contact = 0
            contact = contact or (line if _opens_contact(text, line, line_end) else 0)
        line = below + 1
    return _before_space(text, start, contact) if contact else end


def _opens_contact(text: str, line: int, end: int) -> bool:
    """Whether a line says whom to ask, or where: `Contact: Ada Quay`, but not "Contact: the story of a film."."""
    if not _CONTACT_LINE.fullmatch(text, line, end):
        return False
    _, colon, said = text[line:end].replace("：", ":").partition(":")
    is_sentence = said.rstrip().endswith((".", "!", "?")) and len(said.split()) > _FEWEST_WORDS
    return not (colon and is_sentence) or _OF_A_CONTACT.fullmatch(said) is not None


def _is_of_contact(line: str, *, begun: bool) -> bool:
    is_short = len(line) < 80 and not line.rstrip().endswith((".", "!", "?", "”", '"'))
    return begun and (is_short or (len(line) < 200 and _OF_A_CONTACT.fullmatch(line) is not None))


def _before_space(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1].isspace():
        end -= 1
    return end
