"""Pages that hold no article, or only its beginning: what they are, and what can be done about it, in a sentence each.

A teaser is never taken for the article: it is refused, and a feed's own text is kept instead. A text that is only in
the data of a page whose article is for subscribers is not taken either.
"""

import re
from collections.abc import Iterator
from typing import Any

from bot.ingest.pages.metadata import Metadata
from bot.ingest.pages.phrases import expression

_FEW_WORDS = 160
"""Words below which a text may be a teaser or the notice of a wall; real articles of that length show no sign."""
_FEW_WORDS_OF_PAID = 250  # where the page itself says that its article is not free
_SHORTEST = 100  # characters of an article on a page that does not say it is one
_SHORTEST_STATED = 45
_DENSE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uac00-\ud7af]")
_END = re.compile(r"[.!?。！？؟।][”\"'»)\]」』]*$")

_FEWEST_CARDS, _MOST_CARDS = 6, 200  # linked headlines of a list page, and how many are looked at
_LAST, _NEAR_END = 40, 1_200  # characters: the last ones of a text, and those from there on in which its wall stands
_UNSEEN = frozenset({"script", "style", "noscript", "template", "head", "title", "meta", "link"})

PAYWALL = (
    "This page shows only the beginning of its article; the rest is for subscribers. Paste the text if you can read it."
)
CONSENT = "This page shows a consent notice instead of its article. Open it in a browser and paste the text."
LOGIN = "This page asks for a login instead of showing an article. Paste the text if you can read it."
ROBOT_CHECK = "This site checks for robots instead of showing its article. Open it in a browser and paste the text."
SCRIPTS = "This page shows its text only in a browser that runs its scripts. Open it there and paste the text."
MISSING = "This page says that the article does not exist or has moved. Check the address."
LINKS = "This is a page of links, not an article. Give the address of one article, or add the site as a source."
NOTHING = "No article text was found on this page. It may be empty, a list of links, or behind a login."


_PAID = expression(
    r"""
    (?:subscribe|sign up|log in|register|create (?:a|your) (?:free )?account) (?:now )?to (?:continue|keep|read
    &|unlock|access|get full)
    (?:this|the full|the rest of (?:this|the)) (?:article|story|content|post) is
    & (?:only )?(?:available |reserved |exclusive )?(?:for|to) (?:our )?(?:\w+ )?(?:subscribers|members)
    (?:subscribers?|members?)[- ]only (?:article|story|content)|to continue reading|continue reading (?:with|for)
    unlock this article
    you have (?:reached|read) (?:your|all) .{0,30}free articles|already a (?:subscriber|member)\?
    (?:dieser|der (?:vollständige|ganze)) (?:artikel|text|beitrag) (?:ist|steht) (?:nur )?(?:für )?(?:\w+ )?abonnent
    bereits abonnent
    mit (?:einem )?\w*abo(?:nnement)? weiterlesen|jetzt (?:abonnieren|abo abschließen|registrieren) (?:und|um) weiter
    weiterlesen mit
    (?:cet )?article (?:est )?réservé (?:à|aux) (?:nos )?abonnés|la suite est réservée
    il vous reste .{1,20} de cet article à lire|déjà abonné
    (?:contenido|artículo) (?:exclusivo|solo) para (?:suscriptores|socios)
    suscríbete para (?:seguir|continuar) leyendo|¿ya (?:eres|es) suscriptor
    (?:contenuto|articolo) (?:riservato|esclusivo) (?:agli|per gli) abbonati|abbonati per (?:continuare|leggere)
    sei già abbonato
    (?:conteúdo|artigo|matéria) exclusiv[oa] para assinantes|assine para (?:continuar|ler)|já é assinante
    (?:dit artikel is )?(?:alleen|exclusief) voor abonnees|word abonnee om|al abonnee\?
    (?:материал|статья|текст) доступ\w+ (?:только )?(?:по подписке|подписчикам)|оформите подписку
    本文为付费|订阅后(?:阅读|继续)|会員限定|有料会員|続きを読むには|この記事は有料
    """
)
_ASKS_CONSENT = expression(
    r"""
    before you continue|we (?:value|respect|care about) your privacy
    (?:accept|agree to) (?:all )?(?:the )?(?:use of )?cookies
    manage (?:your )?(?:privacy|cookie|consent)|cookie (?:consent|settings|preferences)
    your (?:privacy|cookie) (?:choices|settings)
    wir brauchen ihre (?:zustimmung|einwilligung)|(?:cookies|allen?) (?:zustimmen|akzeptieren)
    zustimmen (?:und|&) weiter
    accepter (?:et continuer|les cookies|et fermer)|aceptar (?:y continuar|cookies|todo)
    accetta (?:e continua|i cookie|tutt)
    aceitar (?:e continuar|cookies|tod)|(?:alles )?accepteren|принять (?:все|cookie)
    """
)
_CHECKS_ROBOTS = expression(
    r"""
    (?:verify|confirm|prove|make sure) (?:that )?you.?(?:.re| are) (?:not a (?:ro)?bot|(?:a )?human)
    are you a (?:ro)?bot
    checking (?:your browser|if the site connection)|just a moment\.\.\.|attention required
    (?:complete|solve) the (?:captcha|security check)
    unusual (?:traffic|activity) (?:from|on)|access (?:to this page has been )?denied
    request (?:was |has been )?blocked|you have been blocked
    ddos protection|security check|pardon our interruption|enable (?:javascript and )?cookies to continue
    press (?:&|and) hold
    i.m not a robot|ich bin kein roboter|je ne suis pas un robot|no soy un robot|подтвердите, что вы не робот|人机验证
    """
)
_NEEDS_SCRIPTS = expression(
    r"""
    (?:enable|turn on|activate|requires?|need|without|allow) (?:to run this app )?java ?script
    java ?script (?:is|must be|has to be|seems to be) (?:disabled|enabled|required|turned)
    javascript (?:aktivieren|deaktiviert)|activer javascript|activ[ae] javascript|habilit[ae]r? javascript
    включите javascript
    """
)
_IS_MISSING = expression(
    r"""
    ^(?:error )?404\b(?! \w+ \w+ \w+)|\b404 (?:error|[-–—|:] |page|not found)|^(?:error[:!]? )?not found\b.{0,20}$
    (?:page|article|story|content|file) (?:was |is |could )?(?:not|no longer) (?:be )?(?:found|available
    &|exists?)
    we can.t find (?:the|that|this) page|(?:the )?page you.{0,40}(?:looking for|requested)
    seite (?:wurde )?nicht gefunden
    page (?:introuvable|non trouvée)|página no encontrada|no se ha encontrado|pagina non trovata|página não encontrada
    pagina niet gevonden|страница не найдена|页面不存在|ページが見つかりません|الصفحة غير موجودة
    """
)


def wall(root: Any, stated: Metadata, text: str) -> str | None:
    """What to say of a page whose text is no article; None where it is one. The tree is not pruned yet."""
    words = _words(text)
    shown = _visible(root)
    if stated.is_free is False and (words < _FEW_WORDS_OF_PAID or not _END.search(text)):
        return PAYWALL
    if words < _FEW_WORDS and _PAID.search(_where_it_ends(shown, text)):
        return PAYWALL
    if words < _FEW_WORDS and _is_missing(root, stated):
        return MISSING
    if _is_long_enough(text, stated):
        return LINKS if _is_list_of_links(root, stated, text) else None
    return _instead(root, shown)


def _where_it_ends(shown: str, text: str) -> str:
    """What readers see where the text breaks off: offers to subscribers stand above many free articles too."""
    last = " ".join(text.split())[-_LAST:]
    at = shown.rfind(last) if last else -1
    return shown if at < 0 else shown[at : at + _NEAR_END]


def _instead(root: Any, shown: str) -> str:
    """What a page is that shows no text."""
    title = root.findtext(".//title") or ""
    if _CHECKS_ROBOTS.search(title) or _CHECKS_ROBOTS.search(shown):
        return ROBOT_CHECK
    if any((field.get("type") or "").lower() == "password" for field in root.iter("input")):
        return LOGIN
    if _ASKS_CONSENT.search(shown):
        return CONSENT
    if _NEEDS_SCRIPTS.search(shown) or _NEEDS_SCRIPTS.search(_alternative(root)):
        return SCRIPTS
    links = sum(1 for _ in root.iter("a"))
    return LINKS if links >= 15 else NOTHING


def _is_missing(root: Any, stated: Metadata) -> bool:
    headings = [" ".join("".join(heading.itertext()).split()) for heading in list(root.iter("h1"))[:5]]
    return any(
        _IS_MISSING.search(line) and len(line) < 100 for line in (root.findtext(".//title") or "", *headings)
    ) and not (stated.is_article or stated.published)


def _is_long_enough(text: str, stated: Metadata) -> bool:
    length = len(text) * (2 if _DENSE.search(text) else 1)
    return length >= _SHORTEST or (stated.is_article and length >= _SHORTEST_STATED and bool(_END.search(text)))


def _is_list_of_links(root: Any, stated: Metadata, text: str) -> bool:
    """Whether most of what was found are the summaries below linked headlines, on a page that does not say it is an
    article.
    """
    if stated.is_article:
        return False
    headlines = [heading for heading in root.iter("h2", "h3", "h4") if _leads_elsewhere(heading)][:_MOST_CARDS]
    summaries = {line for headline in headlines for line in _below(headline)}
    lines = [line for line in map(_folded, text.split("\n")) if line]
    return len(headlines) >= _FEWEST_CARDS and sum(line in summaries for line in lines) > len(lines) / 2


def _leads_elsewhere(heading: Any) -> bool:
    """Whether a heading is a link to another page."""
    parent = heading.getparent()
    link = parent if parent is not None and parent.tag == "a" else heading.find(".//a")
    return link is not None and not (link.get("href") or "#").startswith("#")


def _below(headline: Any) -> Iterator[str]:
    """The lines that belong to a linked headline: in its own box, or up to the next heading."""
    box = headline.getparent()
    while box is not None and box.getparent() is not None and _headings_in(box.getparent()) == 1:
        box = box.getparent()
    inside = box is not None and _headings_in(box) == 1
    for element in box.iter("p", "div", "span", "a", "h2", "h3", "h4") if inside else _up_to_next(headline):
        yield _folded("".join(element.itertext())[:1_000])


def _up_to_next(headline: Any) -> Iterator[Any]:
    yield headline
    for sibling in headline.itersiblings():
        if sibling.tag in ("h1", "h2", "h3", "h4"):
            return
        yield sibling


def _headings_in(element: Any) -> int:
    """One, or two where there are more."""
    return sum(1 for _ in zip(range(2), element.iter("h1", "h2", "h3", "h4"), strict=False))


def _folded(text: str) -> str:
    return " ".join(text.split())


def _visible(root: Any) -> str:
    """The first and the last of what readers see: walls stand above the text, or where it breaks off."""
    text = " ".join("".join(_texts(root)).split())
    return text if len(text) <= 60_000 else f"{text[:30_000]} {text[-30_000:]}"


def _texts(root: Any) -> Iterator[str]:
    for element in root.iter():
        if isinstance(element.tag, str) and element.tag not in (
            "script",
            "style",
            "noscript",
            "template",
            "head",
            "title",
            "meta",
            "link",
        ):
            yield f" {element.text or ''}"
        if element.tail:
            yield f" {element.tail}"


def _alternative(root: Any) -> str:
    """What a page says to browsers without scripts."""
    return " ".join(" ".join(element.itertext()) for element in list(root.iter("noscript"))[:5])[:5_000]


def _words(text: str) -> int:
    """Words; in scripts without spaces, two characters count as one."""
    return len(text.split()) + len(_DENSE.findall(text)) // 2
