"""What gives away that a sentence speaks of its author, to its reader or of its own publication, by language."""

import re

# \b knows no vowel signs, so words of Hindi, Arabic and Hebrew are bounded by what may not stand beside them.
_INSIDE_WORDS = r"\w\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0900-\u0963"
_UNSPACED = ("zh", "ja", "ko")


def _any_of(phrases: str) -> str:
    return "(?:" + "|".join(line.strip() for line in phrases.strip().splitlines()) + ")"


# Words that say "we", "I" or "you". Where verbs say it alone, the commonest of them. Quotations are taken out before.
_PERSONS = {
    "en": r"""
        we|us|our|ours|ourselves|my|me|myself|We|Our|My|[Ww]e['’](?:re|ve|ll|d)|[Ll]et['’]s
        [Yy]ou|[Yy]ours?|[Yy]ourself|[Yy]ourselves|[Yy]ou['’](?:re|ve|ll|d)|[Yy]['’]all|I['’](?:m|ve|d|ll)
    """,
    "de": r"[Ii]ch|[Ww]ir|uns|[Uu]nser\w*|[Mm]eine?[mnrs]?|mich|mir|[Dd]u|dich|dir|euch|eue?re?[mnrs]?",
    "fr": r"[Nn]ous|[Nn]otre|[Nn]os|[Jj]e|[Jj]['’]\w+|[Mm]oi|[Mm]on|[Mm]es|[Vv]ous|[Vv]otre|[Vv]os",
    "es": r"""
        [Nn]osotr[oa]s|[Nn]uestr[oa]s?|[Yy]o|[Mm]is?(?= \w)|[Uu]stedes|[Uu]sted|vosotr[oa]s|vuestr[oa]s?
        [Hh]emos|[Ee]stamos|[Tt]enemos|[Ss]omos|[Pp]odemos|[Qq]ueremos|[Dd]ebemos|[Vv]amos|[Cc]reo|[Cc]reemos
    """,
    "it": r"""
        [Nn]oi|[Nn]ostr[oaie]|[Ii]o|[Vv]oi|[Vv]ostr[oaie]|[Mm]i[oa]|[Mm]iei|[Mm]ie
        [Aa]bbiamo|[Ss]iamo|[Dd]obbiamo|[Pp]ossiamo|[Vv]ogliamo|[Cc]redo
    """,
    "pt": r"""
        [Nn]ós|[Nn]oss[oa]s?|[Ee]u|[Mm]eus?|[Mm]inhas?|[Vv]ocês?
        [Tt]emos|[Ee]stamos|[Ss]omos|[Pp]odemos|[Qq]ueremos|[Dd]evemos|[Vv]amos|[Aa]cho
    """,
    "nl": r"[Ww]ij|[Ww]e|[Oo]ns|[Oo]nze|[Ii]k|[Mm]ij|[Mm]ijn|[Jj]ij|[Jj]e|[Jj]ouw?|[Jj]ullie|[Uu]w",
    "sv": r"[Vv]i|[Oo]ss|[Vv]åra?|[Vv]årt|[Jj]ag|[Mm]ig|[Mm]in|[Mm]itt|[Mm]ina|[Dd]u|[Dd]ig|[Dd]in|[Dd]itt|[Dd]ina",
    "pl": r"[Mm]y|[Nn]as|[Nn]am|[Nn]asz\w*|[Jj]a|[Mm]nie|[Mm]ój|[Mm]oj\w+|[Ww]asz\w*|\w+(?:liśmy|łyśmy)|[Jj]esteśmy",
    "cs": r"[Mm]y|[Nn]ás|[Nn]ám|[Nn]áš|[Nn]aš\w+|[Jj]á|[Mm]ně|[Mm]ůj|[Mm]oje|[Jj]sme|[Jj]sem|[Vv]áš|[Vv]ám|[Vv]aš\w+",
    "tr": r"[Bb]iz|[Bb]izi[mn]?|[Bb]en|[Bb]enim|[Ss]iz|[Ss]izin|[Ss]ize|\w{2,}[ıiuü]yoruz",
    "ru": r"""
        [Мм]ы|[Нн]ас|[Нн]ам|[Нн]ами|[Нн]аш\w*|[Мм]о[йяеи]|[Мм]оего|[Мм]оей|[Мм]еня|[Мм]не|[Яя]|[Вв]ы|[Вв]ас|[Вв]ам
        [Вв]аш\w*
    """,
    "uk": r"[Мм]и|[Нн]ас|[Нн]ам|[Нн]аш\w*|[Мм]ій|[Мм]оя|[Мм]оє|[Мм]ене|[Мм]ені|[Яя]|[Вв]ас|[Вв]ам|[Вв]аш\w*",
    "el": r"[Εε]μείς|[Εε]γώ|[Εε]μάς|[Μμ]ας|[Εε]σείς|[Εε]σάς",
    "ar": r"و?(?:نحن|أنا|إننا|أننا|إنني|أنني|لدينا|علينا|أنتم|لكم|عزيزي القارئ|أعزائي)",
    "fa": r"ما|من|شما|خودمان|عزیزان",
    "he": r"ו?(?:אנחנו|אנו|אני|שלנו|שלי|אתם|אתה|שלכם|לכם)",
    "hi": r"हम|हमें|हमसे|हमको|मुझसे|हमारा|हमारे|हमारी|हमने|मैं|मैंने|मुझे|मेरा|मेरे|मेरी|आपके|आपको|आपका|आपकी|तुम",
    "zh": r"""
        我们|我們|咱们|(?<![自忘敌敵])我(?!国|國|军|軍|省|市|县|行我素|校)|你们|你們|你|您|本报记者|小编|小編|读者朋友
    """,
    "ja": r"私(?=[はがもをのに、]|たち|達)|我々|僕|俺|弊社|当社|あなた|皆さん|みなさん|読者の",
    "ko": r"(?<![가-힣])(?:우리|저희|나는|내가|제가|저는|당신|여러분)",
}
PERSONS = {
    language: re.compile(
        _any_of(listed) if language in _UNSPACED else rf"(?<![{_INSIDE_WORDS}-]){_any_of(listed)}(?![{_INSIDE_WORDS}-])"
    )
    for language, listed in _PERSONS.items()
}

# What is about the page and not about the news, in lower case; the last group fits every language.
_BOILERPLATE = {
    "en": r"""
        read (?:on|more|also|next|the full|our|full)
        click (?:here|on|the|through|to)
        sign up
        subscri(?:be (?:to|now|today|for|here)|ption (?:is required|offer))
        (?:our|free) newsletter
        follow (?:us|him on|her on|them on|cnn|bbc|@)
        (?:like us|find us|join us|join the conversation) on
        share (?:this|your (?:story|thoughts|views))
        leave a comment
        scroll down
        watch (?:this|now|more|live|the (?:video|full|moment))
        contribut(?:ed|ing) to this (?:report|story|article|piece)
        contributed reporting
        the associated press contributed
        reported and wrote
        this (?:story|article|post) (?:was|has been|originally|first|appeared|will be updated)
        editor['’]s note
        (?:opinions|views) expressed
        all rights reserved
        may not be (?:published|reproduced|reprinted|copied)
        terms of (?:use|service)
        privacy policy
        cookie policy
        advertisement
        sponsored (?:content|by)
        file (?:photo|image|picture|footage)
        (?:photo|photograph|image|picture|video) (?:by|credit|courtesy|source|caption|copyright)
        (?:pictured|seen|shown) (?:here|above|below|left|right)
        in the (?:video|videos|gallery|pictures|comments|map) (?:below|above)
        on this page
        in this (?:photo|image|picture|photograph|file)
        poses? for a (?:photo|picture|portrait)
        (?:left|right),? to (?:right|left)
        have your say
        story highlights
        last updated
        enable javascript
        your browser
    """,
    "de": r"""
        mehr (?:zum thema|dazu|lesen|informationen)
        lesen sie
        (?:newsletter|podcast) (?:abonnieren|anmelden)
        alle rechte vorbehalten
        (?:foto|bild|quelle|redaktion) ?:
        klicken sie
    """,
    "fr": r"""
        lire (?:aussi|également|la suite)
        abonnez|inscrivez-vous|cliquez
        tous droits réservés
        (?:crédit|photo) ?:
    """,
    "es": r"""
        (?:lea|lee|ver|vea) (?:también|más)
        suscríb\w+|síguenos|haga clic|haz clic
        todos los derechos reservados
    """,
    "it": r"""
        leggi (?:anche|tutto)
        iscriviti|abbonati|clicca
        tutti i diritti riservati|riproduzione riservata
    """,
    "pt": r"""
        leia (?:mais|também|ainda)
        inscreva-se|clique aqui|assine (?:já|a)
        todos os direitos reservados
    """,
    "nl": r"lees (?:ook|meer|verder)|alle rechten voorbehouden",
    "sv": r"läs (?:också|även|mer)|prenumerera",
    "pl": r"czytaj (?:też|także|więcej|również)|zobacz (?:też|także|również)|subskrybuj",
    "cs": r"čtěte (?:také|též|více)|přečtěte si|přihlaste se k odběru",
    "el": r"διαβάστε (?:επίσης|περισσότερα|ακόμη)|εγγραφείτε",
    "tr": r"ayrıca okuyun|haberin devamı|abone olun|tıklayın",
    "ru": r"читайте (?:также|нас|на сайте|подробнее)|подписывайтесь|подпишитесь|все права защищены|смотрите также",
    "uk": r"читайте також|підписуйтесь|підпишіться|[ву]сі права захищен[оі]",
    "ar": r"اقرأ (?:أيضا|أيضاً|المزيد)|تابعونا|اشتركوا?|جميع الحقوق محفوظة",
    "fa": r"بیشتر بخوانید|حق نشر|ما را دنبال کنید",
    "he": r"קראו (?:עוד|גם)|הירשמו|כל הזכויות שמורות|צילום ?:",
    "hi": r"यह भी पढ़ें|और पढ़ें|क्लिक करें|सब्सक्राइब",
    "zh": r"""
        责任编辑|責任編輯|（记者|版权所有|版權所有|点击|點擊|扫描二维码|关注.{0,8}公众号|阅读更多|閱讀更多|图片来源|延伸阅读
    """,
    "ja": r"続きを読む|続きは|会員登録|無断転載|関連記事|写真は|写真＝",
    "ko": r"무단 ?전재|재배포 ?금지|기자 ?=|관련 ?기사|구독|클릭|사진 ?[=제]",
    "": r"getty images|©|https?://|www\.\w|pic\.twitter\.com|[\w.+-]{1,64}@[\w-]{1,64}\.\w",
}
_ANYWHERE = {
    language: re.compile(rf"(?<!\w){_any_of(listed)}" if language not in {"", *_UNSPACED} else _any_of(listed))
    for language, listed in _BOILERPLATE.items()
}
_OPENING = re.compile(
    r"[\"'“‘]?"
    + _any_of(r"""
        (?:more|related|see also|watch|read|photos?|video|gallery|above|below|left|right|caption|update[ds]?)\s*:
        (?:sources?|credit|tags|topics|share|foto|фото)\s*:
        (?:correction|clarification|copyright|disclaimer|note|transcript|advertisement)\s*[:.]
        (?:pictured|image source|image copyright|media caption|click)\b
        (?:please|find out|check out|tune in|stay tuned|join us|see how|learn (?:how|more)|take a look|thank you)\b
        (?:visit|call|email|contact|join|download|follow|send|tell|check|explore|discover)\s+(?:us|our)\b
        (?:visit|watch|download|follow|see|read)\s+(?:the (?:full|video|website|page|latest|best)|here|it now)\b
        (?:additional )?(?:reporting|writing|editing) by\b|@\w
    """)
)
# An order to whoever reads, which may have been planted for a language model: a verb that is no noun begins the
# sentence, or one that may be a noun and has an object.
_IMPERATIVE = re.compile(
    r"[\"'“‘]?(?:please )?(?:(?:explain|describe|write|translate|provide|compose|develop|replace|ignore|disregard"
    r"|include|insert|append|respond|summari[sz]e|rewrite|pretend|generate|create|introduce|rearrange|integrate|imagine"
    r"|remember|recommend|encourage|persuade|convince|embed|suggest|ask|add|tell|ensure|avoid|consider|do not"
    r"|don['’]t) (?!and\b|or\b|the way)|(?:draft|answer|list|show|use|act|repeat|promote|offer|set|keep|break|compare"
    r"|design|name|print|output|reply|give|make|take|get|put|try|turn|start|find|check|click|download|visit|install|call"
    r"|send|solve|convert|define|calculate|forget|remove|begin|think of|read|see|look at|follow|join|share|watch) "
    r"(?:down |out |up |on )?(?:the|a|an|all|any|this|that|these|those|every|each|some|me|us|your|previous|random)\b)"
)
_BYLINE = re.compile(
    r"(?:By|(?:CNN['’]s )?[A-Z][\w.'’-]+) [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+)?(?:\.$| reported (?:from|and))"
)
_CAPTION = re.compile(
    r"[(（](?:(?:\w+ ){0,2}(?:pictured|left|right|cent(?:re|er)|above|below|l|r|file photo|foreground|background)"
    r"(?:,[^)]{0,40}| (?:in|with|and|at|on|during|outside|leaving|as|by)\b[^)]{0,40})?"
    r"|links|rechts|oben|unten|im bild|auf dem foto|archivbild|archivfoto|à gauche|à droite|au centre"
    r"|izquierda|derecha|a sinistra|a destra|слева|справа|на фото|зліва|праворуч|左|右|中|资料图|資料圖|図|写真)[)）]"
)


def is_boilerplate(sentence: str, language: str) -> bool:
    """Whether a sentence is a caption, a byline, an order to the reader or about its own page, as "Read more" is."""
    lowered = sentence.lower()
    pattern = _ANYWHERE.get(language)
    if (pattern and pattern.search(lowered)) or _ANYWHERE[""].search(lowered) or _OPENING.match(lowered):
        return True
    if language == "en" and _IMPERATIVE.match(lowered):
        return True
    if ("(" in lowered or "（" in lowered) and _CAPTION.search(lowered):
        return True
    return _BYLINE.match(sentence) is not None


# Rows of tables, lines of code, leftovers of markup.
_SIGNS = re.compile(r"[|{}<>&=;_`\\$/\]]|\w\(\)|->")
_NO_PROSE = re.compile(
    r"\|[^|]*\||[{}]|</?[a-zA-Z][^>]{0,200}>|&(?:nbsp|amp|quot|lt|gt|#\d{1,6});|\]\(|=>|==|!=|\+=|:=|->|\w\(\)|;\s*$|\w_\w+\("
    r"|^\s*(?:import|from|def|class|function|var|let|const|return|SELECT|INSERT|UPDATE|package|public|private)\b"
    r"[^.!?]{0,200}[(=;:*]|```|\\[a-z]+\{|\$[a-zA-Z_]\w*\s*=|//\s|/\*"
)


def is_markup(sentence: str) -> bool:
    """Whether a sentence is a row of a table, a line of code or what was left of a page's markup."""
    return _SIGNS.search(sentence) is not None and _NO_PROSE.search(sentence) is not None
