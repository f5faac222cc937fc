"""What is taken out of a page's tree before its article is looked for: what is no text, what nobody sees, and the boxes
that surround an article on every site. It also bounds what the extraction has to look at.
"""

import re
from typing import Any

from lxml import etree

from bot.ingest.hiding import drop_hidden, empty
from bot.ingest.pages.layout import SKIPPED
from bot.ingest.values import Unreadable

MAX_ELEMENTS = 30_000
"""Of a page, without scripts and hidden parts; the longest articles have a tenth of that."""
MAX_DEPTH = 256

_BREAKS = re.compile(r"(?:<br\b[^<>]{0,99}>\s{0,99}){3,}", re.IGNORECASE)
_MANY_BREAKS = 500
_COMMENTS = re.compile(  # of one class: `comments-open` and `has-comments` are classes of articles
    r"(?!(?:no|has|with|hide|show|open|close)\w*[_-])(?:[a-z]+[_-]{1,2})?(?:comments?|kommentare?|commentaires?|comentarios?|commenti)"
    r"(?:[_-]{0,2}(?:lists?|sections?|body|area|threads?|wrap(?:per)?|container|block|box|form|respond|feed|widget|\d+))?"
    r"|disqus\w*|dsq[\w-]*|respond|reader-?comments|kommentarbereich",
    re.IGNORECASE,
)
_NEGATED = re.compile(
    r"(?:^|(?<=\s))(?:(?:no|has|with|without|hides?)[_-]\S*|comments?-(?:open|closed|enabled|on)(?!\S))", re.IGNORECASE
)
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")  # `imageCaption`
_BOXES = re.compile(
    r"(?:^|[\s_-])(?:related\w*|recommend(?:ed|ations?)|newsletter\w*|mailing-?list|share|sharing|share-?(?:bar|buttons?|links?|tools)"
    r"|social(?:-?(?:media|links?|share|bar|icons))?|promo(?:tion)?s?|teasers?|outbrain\w*|taboola\w*|most-?(?:read|popular)|trending"
    r"|cookies?|cookie-?(?:banner|notice|bar|consent)|consent|gdpr|onetrust\w*|advert(?:isement|s|ising)?|ads?|sponsored"
    r"|breadcrumbs?|pagination|pager|author-?(?:bio|box|card|info)|about-?author|bio-?box|tag-?list|tags|read-?(?:more|next|also)"
    r"|more-?stories|also-?(?:read|like)|up-?next|polls?|quiz|footer|copyright|disclaimer|inline-?(?:promo|link)|sign-?up|subscribe|subscription|donat(?:e|ion)"
    r"|mw-editsection|twitter-?tweet|tweet|instagram-?media|tiktok-?embed|fb-?post|bluesky-?embed|mastodon-?embed|reddit-?(?:embed|card))"
    r"(?=$|[\s_-])",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:(?:wp-)?caption(?:-?text)?|image-?credits?|photo-?credits?|credits?)(?=$|[\s_-])", re.IGNORECASE
)
_BOX_TAGS = frozenset({"div", "section", "aside", "ul", "ol", "dl", "p", "span", "blockquote", "details", "table"})
_INLINE = frozenset({"p", "span"})
_UNWRAPPED = ("time", "label", "data", "output", "abbr", "address")  # in a sentence these are words like any other
_SENTENCES = ("p", "li", "blockquote", "dd", "td", "h2", "h3", "em", "strong", "b", "i", "span", "a")
_SHORTEST_PROSE = 80  # characters of a paragraph that is one whatever its class is
_LARGEST_BOX = 0.4  # of the words of a page: what holds more is the article, whatever its class is called


def collapsed(html: str) -> str:
    """Markup with long runs of line breaks cut to two, which is how they look; they cost extraction their square."""
    many = html.count("<br") + html.count("<BR") + html.count("<Br") > _MANY_BREAKS
    return _BREAKS.sub("<br><br>", html) if many else html


def prune(root: Any) -> None:
    """Take out of the tree what is no part of any article. Raises Unreadable for trees that nobody wrote by hand."""
    for element in list(root.iter(*(SKIPPED - {"head", "title", "nav"}))):
        empty(element)
    drop_hidden(root, may_fade=True)
    check_bounds(root, MAX_ELEMENTS)
    _unwrap(root)
    _drop_boxes(root)
    for element in [element for element in root.iter("article", "li") if _is_card(element)]:
        empty(element)
    _keep_tails(root)
    _clear_names(root)


def check_bounds(root: Any, most: int) -> None:
    """Raise Unreadable for a tree that is deeper than any page needs, or has more elements than `most`."""
    count = depth = deepest = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        deepest = max(deepest, depth)
        count += event == "start"
        if count > most or deepest > MAX_DEPTH:
            raise Unreadable("This page is built in a way that no article is, with too many parts to be read.")


def _unwrap(root: Any) -> None:
    """Make words of elements that extraction would drop: times in sentences, headings that link to themselves."""
    for element in list(root.iter(*_UNWRAPPED)):
        if element.getparent() is not None and element.getparent().tag in _SENTENCES:
            element.tag = "span"
    for heading in root.iter("h1", "h2", "h3", "h4", "h5", "h6"):
        for link in list(heading.iter("a")):
            if (link.get("href") or "#").startswith("#"):
                link.attrib.clear()
                link.tag = "span"


def _keep_tails(root: Any) -> None:
    """Retag empty elements, icons most of them, since extraction drops them with the text that follows."""
    for element in list(root.iter("b", "div", "em", "i", "p", "q", "span", "strong")):
        if element.text is None and len(element) == 0 and (element.tail or "").strip():
            empty(element)


def _drop_boxes(root: Any) -> None:
    """Empty what its class or id calls comments, related stories, captions, unless most of the page is in it."""
    whole = _length(root)
    for element in [element for element in root.iter(*_BOX_TAGS) if element.attrib]:
        is_inline = element.tag in _INLINE
        names = element.get("class", "")[:300] + ("" if is_inline else f" {element.get('id', '')[:100]}")
        names = _HUMP.sub("-", _NEGATED.sub(" ", names))
        are_comments = not is_inline and any(map(_COMMENTS.fullmatch, names.split()))
        if not (are_comments or _BOXES.search(names) or _CAPTION.search(names)):
            continue
        if next(element.iter("h1"), None) is None and (are_comments or _length(element) < _LARGEST_BOX * whole):
            empty(element)


def _clear_names(root: Any) -> None:
    """Take the class off paragraphs of prose, since extraction judges them by parts of it: "bar", "meta", "embed", and
    classes that say what an element has not, or allows, off what has them.
    """
    for element in root.iter(*_BOX_TAGS):
        if _NEGATED.search(element.get("class", "")):
            del element.attrib["class"]
    for element in root.iter("p"):
        if element.attrib and _length(element) >= _SHORTEST_PROSE:
            linked = sum(_length(link) for link in element.iter("a"))
            if linked < _length(element) / 2:
                element.attrib.clear()


def _is_card(element: Any) -> bool:
    """Whether an element is one link to another story: its heading and its summary are both in it."""
    link = element.find(".//a")
    if link is None or element.find(".//h1") is not None or (element.tag == "li" and element.find(".//h3") is None):
        return False
    return _length(link) > 0.8 * _length(element)


def _length(element: Any) -> int:
    return sum(map(len, element.itertext()))
