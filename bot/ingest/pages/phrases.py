"""What pages say around their articles, in many languages: one expression a line, matched at the beginning of a line of
text. Every list ends where a sentence of a story could begin: "Read more:" is a pointer, "Read more books" is not.
"""

import re

from summarizer.dates import DATE


def expression(listed: str) -> re.Pattern[str]:
    """One expression of the lines of a list: a space stands for any white space, and a line that begins with `&` goes
    on with the one above.
    """
    lines = [line.strip() for line in re.sub(r"\n\s*&", "", listed).strip().splitlines()]
    joined = "|".join(f"(?:{line})" for line in lines if line)
    return re.compile(joined.replace(" ?", r"\s?").replace(" ", r"\s+"), re.IGNORECASE)


_BREAK = r"\b\s*(?:[:：>»›|→…]|\.{3}|[–—-](?=\s|$)|$)"
_POINTING = r"""
read (?:more|also|next|the full (?:story|article|report|statement))|also read|see also|further reading|read this next
more (?:on|from|about) (?:this|the) (?:story|topic|author)|more stories|more news|top stories|most read
trending(?: now)?
related(?: (?:stories|articles|coverage|content|links|news|topics|posts|reading))?
recommended(?: (?:stories|reading|for you))?
you (?:may|might) also like|don.t miss|watch(?: (?:more|also|now|live))?|what to read next|editor.s picks?|up next
listen(?: (?:now|here|to (?:this|the) (?:article|story|podcast)))?|(?:continue|keep) reading
(?:next|previous) (?:article|story)
mehr (?:zum thema|dazu|lesen)|weiterlesen|(?:auch|das könnte (?:sie|dich) auch) interessant|zum thema|lesetipps?
passend dazu
verwandte artikel|pour aller plus loin|sur le même (?:sujet|thème)|en savoir plus|à voir|à lire|leer más
más información
(?:noticias )?relacionad[ao]s|per approfondire|articoli correlati|guarda il video|saiba mais|gerelateerd
por si te interesa
по теме|читать далее|подробнее|смотрите|см\. также|相关阅读|相关新闻|推荐阅读|関連記事
関連ニュース|관련기사|مقالات ذات صلة
"""
POINTERS = expression(
    "\n".join(f"(?:{line}){_BREAK}" for line in _POINTING.strip().splitlines())
    + r"""
    [【［\[](?:関連(?:記事|ニュース)|あわせて読みたい|延伸阅读|相关(?:阅读|新闻|报道|链接)|推荐阅读)[】］\]].*
    (?:関連(?:記事|ニュース)|あわせて読みたい|延伸阅读|相关(?:阅读|新闻|报道|链接)|推荐阅读|更多精彩)\s*(?:[:：].*|$)
    lesen sie (?:auch|hierzu|dazu|mehr)|lies auch|lire aussi|à lire (?:aussi|également)|lisez aussi|voir aussi
    lee también
    (?:también )?te puede interesar|ver también|lea también|leggi anche|leggi tutto|potrebbe interessarti|leia também
    veja também|leia mais|lees ook|lees meer|lees verder|bekijk ook|читайте также|читайте тоже|смотрите также
    материалы по теме|читать также|اقرأ أيض|اقرأ المزيد|إقرأ أيض|läs också|les også|læs også
    czytaj (?:też|także|również)
    """
)
"""Lines that lead to other stories. The second list begins no sentence of a story."""

REQUESTS = expression(
    r"""
    (?:please )?(?:share (?:this|on|via) |share (?:this|via)$|tweet(?: this)?$|pin it|e-?mail this|print this|copy
    & (?:the )?link)
    (?:share|tweet|e?-?mail|print|facebook|twitter|whatsapp|telegram|linkedin|reddit|pinterest|copy link|x|save
    &|[|•·/, ])+$
    (?:teilen|partager|compartir|condividi|compartilhar|delen|поделиться|drucken|imprimer|facebook|twitter|whatsapp
    &|[|•·/, ])+$
    (?:follow|like|find|join) (?:us|the \w+(?: \w+)?|\w+ \w+) on\b
    (?:sign up|subscribe|register)(?: now| here| today| free| for free)? (?:to|for|and|with|on
    &|here)\b.{0,160}\b(?:newsletters?|e-?mails?|alerts|updates|inbox|podcast|channel)\b
    subscribe (?:now|here|today)[.!]?$
    (?:get|receive) (?:the|our|all|your|more|breaking)\b.{0,120}\b(?:newsletter|inbox|e-?mail)\b
    (?:download|install|get) (?:our|the) (?:.{0,30} )?app\b
    (?:subscribe|sign up|sign in|log in|register|donate|comments?|leave a (?:comment|reply)|join the
    & (?:conversation|discussion))[.! ]*$
    (?:abonnieren|s.abonner|je m.abonne|suscríbete|abbonati|assine|inschrijven)[.! ]*$
    support (?:our|independent|quality|local) journalism
    (?:have|got|do you have) (?:a|any) (?:news )?(?:tips?|story) ?\?
    send (?:us )?(?:your )?(?:news )?tips\b|let us know (?:in the comments|what you think)
    abonnieren sie|folgen sie uns|folge uns|jetzt (?:abonnieren|anmelden|registrieren)|(?:diesen )?artikel teilen$
    hier geht es zu
    abonnez-vous|inscrivez-vous|suivez-nous|partage[rz] (?:cet article|l.article|sur)|recevez (?:notre|nos|chaque)
    suscríbete|suscríbase|síguenos|síganos|comparte (?:esta|este) (?:noticia|artículo)|únete a nuestro
    recibe (?:las noticias|nuestro)
    iscriviti (?:a|al|alla)\b|seguici su|condividi (?:questo articolo|su)|abbonati (?:a|per|ora)
    siga-nos|siga (?:o|a) .{1,40} no (?:facebook|instagram|x|twitter|whatsapp|google)|receba (?:nossa|no seu e-?mail)
    inscreva-se
    volg ons|abonneer(?: je)? op|schrijf je in voor|deel dit (?:artikel|bericht)|meld je aan voor
    подпи(?:сывайтесь|шитесь) на|следите за нами|поделитесь (?:с|в|статьёй|новостью)|присоединяйтесь к нам|читайте нас
    تابعونا على|تابعنا على|اشترك في|关注我们|扫码|分享到|扫描二维码|シェアする|会員登録はこちら
    """
)
"""Lines that ask readers to share, subscribe, follow, give."""

NOTICES = expression(
    r"""
    (?:advertisement|advertising|sponsored(?: content)?|promoted|ad|anzeige|werbung|publicité|publicidad|pubblicità
    &|publicidade)[.:]?$
    (?:advertentie|реклама|广告|広告|إعلان)[.:]?$
    (?:the )?(?:story|article|text) continues (?:below|after)\b.{0,60}$
    (?:der (?:artikel|text) (?:wird|geht)|la suite après|continúa (?:leyendo|después)|continua (?:a leggere|dopo)
    &|de tekst gaat) .{0,60}$
    (?:this (?:web)?site|we|our (?:web)?site) (?:and our .{1,40} )?uses? cookies\b
    (?:wir|diese (?:web)?seite) (?:verwende[nt]|nutz(?:en|t)|setz(?:en|t)) cookies
    (?:nous|ce site) utilis(?:ons|e) des cookies
    (?:utilizamos|este sitio utiliza|usamos) cookies|(?:utilizziamo|questo sito utilizza) (?:i )?cookie
    (?:wij|deze site) gebruik(?:en|t) cookies|(?:мы|этот сайт) используе[мт] (?:файлы )?cookie
    (?:©|\(c\) ?(?:19|20)\d\d|copyright (?:©|\(c\)|(?:19|20)\d\d)).{0,200}$
    .{0,80}\ball rights reserved\b.{0,120}$|.{0,40}(?:alle rechte vorbehalten|tous droits réservés)\b.{0,60}$
    .{0,40}(?:todos los derechos reservados|riproduzione riservata|todos os direitos reservados|alle rechten
    & voorbehouden)\b.{0,60}$
    .{0,20}(?:все права защищены|版权所有|無断転載).{0,60}$
    (?:skip|jump) to (?:content|main|navigation|comments)\b.{0,40}$|back to top$
    (?:show|view|load|see) (?:more|all|(?:(?:more|all) )?comments)[.…]*$
    (?:\d+ )?(?:comments?|replies|shares?|likes?|views?|kommentare?|commentaires?|comentarios?)(?: \(?\d+\)?)?$
    to (?:view|watch|see|play) this (?:video|content|post)\b.{0,200}$
    (?:please )?(?:enable|turn on) javascript\b.{0,120}$|your browser (?:does not|doesn.t) support\b.{0,120}$
    (?:this (?:video|content|player)|(?:video|audio) player) (?:cannot|can.t|could not|requires|is (?:not|currently
    &|loading))\b.{0,80}$
    (?:loading|getty images|image caption|image source|media caption|getty|play video|view gallery|gallery)[.…:, \d]*$
    \d{1,3} ?/ ?\d{1,3}$
    """
)
"""Lines that belong to the site: advertisements, cookies, rights, players."""

_PICTURE = r"(?:photos?|images?|pictures?|photographs?|photography|illustrations?|graphics?|video)"
_FOREIGN_PICTURE = (
    r"(?:fotos?|bild(?:er|quelle)?|bildnachweis|crédits? photos?|crédito|foto(?:grafía|grafia)? de|beeld"
    r"|фото|图|图片来源|写真|사진|صورة)"
)
CREDITS = expression(
    rf"""
    [(\[]?(?:(?:file|stock|representative|cover|header|main|top) )?{_PICTURE}(?: (?:credits?|source|caption
    &|courtesy(?: of)?))?\s?[:©/].{{0,140}}$
    [(\[]?{_PICTURE} (?:by|courtesy of|credit) \S+(?: \S+){{0,5}}$
    [(\[]?{_FOREIGN_PICTURE}\s?[:：/©=].{{0,140}}$
    [(\[]?(?:AP|Reuters|AFP|EPA|Getty|dpa|EFE|ANSA|TASS|Xinhua)(?: (?:Images?|Photos?|Picture[- ]Alliance))?\s?(?:/
    &|\|| Photo$).{{0,100}}$
    """
)
"""Who made a picture that is not in the text."""

_PUBLISHED = (
    r"(?:published|updated|posted|last (?:updated|modified)|first published|created|veröffentlicht|aktualisiert|stand"
    r"|publié|mis à jour|publicado|actualizado|pubblicato|aggiornato|gepubliceerd|bijgewerkt|опубликовано|обновлено"
    r"|发布时间|更新)"
)
_CLOCK = r"(?:[\s,|•·–—-]{1,4}(?:(?:at|um|à|a las|alle|om|в) )?\d{1,2}[:.h]\d{2}.{0,30})?"
STAMPS = expression(
    rf"""
    (?:{_PUBLISHED}(?: (?:on|at|am|le|el|il|op|em))?[:：]?\s*)?(?:[^\W\d_]{{2,14}},?\s+)?(?:{DATE}
    &|\d{{1,2}}[./-]\d{{1,2}}[./-]\d{{2,4}}){_CLOCK}$
    \d{{1,2}}[:.h]\d{{2}}(?: ?(?:[ap]\.?m\.?|uhr|gmt|utc|[cem][es]?t))?$
    \d{{1,3}} ?(?:min(?:ute)?s?|minuten|minutos|minuti)\.? ?(?:read|de lectura|de lecture|di lettura|lesezeit
    &|leestijd|de leitura)?$
    (?:reading time|lesezeit|temps de lecture|tiempo de lectura|tempo di lettura|leestijd|время чтения)[:：]?
    & .{{0,30}}$
    \d{{1,2}} (?:seconds?|minutes?|hours?|days?|weeks?|months?) ago$
    """
)
"""Dates and times on lines of their own."""

_AGENCY = r"(?:dpa|afp|reuters|ap|efe|ansa|lusa|anp|тасс|sid|epd|kna)"
ENDINGS = expression(
    rf"""
    (?:tags?|topics?|filed under|categor(?:y|ies)|keywords?|themen|schlagw(?:ö|o)rter|schlagworte|thèmes
    &|mots[- ]clés)\s?[:：].{{0,300}}$
    (?:etiquetas|temas|argomenti|tópicos|onderwerpen|теги|темы|标签|キーワード)\s?[:：].{{0,300}}$
    (?:sources?|quellen?|fuentes?|font[ei]s?|bron(?:nen)?|источник|来源|出典|المصدر)\s?[:：] ?[^.!?\d]{{1,80}}\.?$
    (?:(?:media|press|news) )?(?:contacts?|inquiries|enquiries)\s?:.{{0,300}}$
    (?:pressekontakt|kontakt|contact presse|contacto|contatti|контакты)\s?:.{{0,300}}$
    for (?:more|further|additional) information,? (?:please )?(?:visit|contact|call|see|e-?mail|go to)\b.{{0,250}}$
    [^.!?]{{0,80}}(?:[\w.+-]{{1,60}}@[\w-]{{1,60}}\.[\w.-]{{2,40}}|(?:tel|phone|fax)[.:]?
    & ?[+(\d][\d ()/.-]{{6,20}})[^.!?]{{0,80}}\.?$
    \(?(?:additional )?(?:reporting|writing|editing|translation|compiled|edited|reported|produced) by\b.{{0,300}}$
    our standards:.{{0,80}}$|###?$|-+ ?ends? ?-+$|\(end\)$
    this (?:article|story|report|post|piece) (?:was|is|has been|first|originally) (?:originally |first
    & )?(?:published|appeared|produced|updated|republished|syndicated)\b
    [（(]?(?:责任编辑|责编|编辑|編輯|担当)\s?[:：].{{0,60}}$|[（(]完[）)]$
    mit (?:material|informationen) (?:von|der) .{{2,60}}$|avec afp\.?$|con información de .{{2,60}}$
    {_AGENCY}(?:[/, -]{{1,3}}\w{{2,12}}){{0,4}}\.?$
    (?:follow )?@\w+(?: on (?:x|twitter|instagram|mastodon|threads|bluesky).{{0,60}})?$
    """
)
"""Lines behind a story: topics, sources, contacts, who worked on it."""

_ROLE = r"(?:reporter|correspondent|editor|journalist|writer|columnist|author|fellow|contributor|producer|intern)"
WHO_WROTE = expression(
    rf"""
    [^\W\d_][\w.’'-]+(?: [^\W\d_][\w.’'-]*){{1,3}} (?:is|was) (?:an?|the) (?:[^.!?]{{0,60}} )?{_ROLE}\b
    [^\W\d_][\w.’'-]+(?: [^\W\d_][\w.’'-]*){{1,3}} (?:(?:writes|reports) (?:about|on|for)\b|covers [^.!?]{{2,60}}
    & for\b)
    [^\W\d_][\w.’'-]+(?: [^\W\d_][\w.’'-]*){{1,3}} ist (?:\w+ )?(?:redakteur|korrespondent|autor|journalist)(?:in)?\b
    [^\W\d_][\w.’'-]+(?: [^\W\d_][\w.’'-]*){{1,3}} (?:est (?:journaliste|correspondante?)|es (?:periodista
    &|corresponsal))\b
    """
)
"""Who the author is, as a last line tells it."""

BEGINNINGS = expression(
    r"""
    (?:by|von|par|por|di|door|автор:?|autor(?:in)?:|作者[:：]|记者|文[/／]) ?[^.!?]{2,80}$
    (?:listen to (?:this )?(?:article|story)|article audio|audio version|text to speech|vorlesen|écouter l.article
    &|ascolta)\b.{0,60}$
    (?:breaking|exclusive|opinion|analysis|news|home|live|video|updated|developing|kommentar|eilmeldung|opinión
    &|exklusiv)(?: news)?[:!]?$
    [^.!?]{1,40}(?: [>»›/] [^.!?]{1,40}){1,6}$
    """
)
"""Lines above a story: byline, player, section."""
