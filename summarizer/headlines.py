"""A headline for a text that came without one: a clause of the source, shortened only by leaving out.

What goes first is what a headline writer drops first: when it was, asides, titles before names, clauses before the
subject, and then whole phrases from the end. Subject, verb and attribution stay and the order is the source's.
"""

import re
from collections.abc import Callable, Sequence

from summarizer.cleaning import has_open_quote, is_dangling
from summarizer.words import content_words, word_set

LONGEST_HEADLINE = 90  # characters

_MONTHS = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|March|April|May|June|July|Aug(?:ust|\.)?|Sept(?:ember|\.)?|Oct(?:ober|\.)?"
    r"|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_DAYS = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_TIME_NAMES = (
    r"today|yesterday|tomorrow|week(?:end)?|month|year|night|morning|afternoon|evening|noon|midnight"
    r"|summer|winter|spring|autumn|decade|day"
)
_TIME = (
    r"(?:(?:early |late |earlier |later )?(?:on |in |at |by |since |during |over |for )?"
    r"(?:the |this |last |next |early |late |earlier |past )*"
    rf"(?:{_DAYS}|{_MONTHS}|\d{{4}}|{_TIME_NAMES})s?"
    rf"(?: (?:morning|afternoon|evening|night|{_MONTHS}|\d{{1,2}}(?:st|nd|rd|th)?(?:, \d{{4}})?|\d{{4}}|ago))*)"
)
_LEADING_TIME = re.compile(rf"^{_TIME}(?: local time)?, ", re.IGNORECASE)
_TRAILING_TIME = re.compile(rf",? (?:{_TIME})$", re.IGNORECASE)
_DAY_INSIDE = re.compile(rf" (?:(?:late |early )?on )?{_DAYS}(?: (?:morning|afternoon|evening|night))?(?= [a-z])")
_SUBORDINATE = re.compile(
    r"^(?:But |And |Yet )?(?:as|after|when|while|if|although|though|because|since|once|before|until)\b", re.IGNORECASE
)
_LEADING_CLAUSE = re.compile(
    r"^(?:But |And |Yet )?"
    r"(?:[Aa]s|[Aa]fter|[Ww]hen|[Ww]hile|[Aa]lthough|Though|Despite|Amid|Following|With|Because|Since|Speaking|In|At|On|For"
    r"|Under|During|Before|Once|Just|More than|Nearly|Almost|According to)\b[^,]{3,160}, (?=[^\W\d_])"
)
_ASIDE = re.compile(r" ?\([^()]*\)| (?:--|[–—]) [^–—]{2,120}? (?:--|[–—])(?= )")
_VERBS = word_set(
    """
    is are was were has have had will would can could may might must should says said told tells met meets held
    holds won wins lost loses made makes took takes gave gives found finds left leaves got gets went goes came
    comes became becomes began begins broke breaks brought brings built builds bought buys sold sells cut cuts
    chose drew fell falls felt fled fought grew grows hit hits kept keeps knew laid led leads let lets paid pays
    put puts ran runs rose rises sank saw sees sent sends set sets shot shook shut spent spends spoke stood
    stole struck strikes swept swore taught threw thinks thought understood voted warns wants withdrew wrote
    writes did does do died dies hopes plans vows urges calls seeks faces backs signs opens launches claims
    denies rejects approves agrees expects announces reports beats kills say seem seems appear appears remain remains
    become continue continues begin believe believes want agree get go come leave know think
    """
)
_BEFORE_VERB = r"(?=(?:" + "|".join(sorted(_VERBS)) + r"|[a-z]{2,}ed)\b)"
_APPOSITION = re.compile(rf", (?!and\b|but\b|or\b)[^,]{{2,120}}(?:, [A-Z][^,]{{2,40}})?, {_BEFORE_VERB}")
_RELATIVE = re.compile(r", (?:who|whom|whose|which|where)\b[^,]{2,160}(?:,|$)")
_TITLE_WORD = (
    r"(?:[Pp]resident|[Mm]inister|[Pp]remier|[Cc]hancellor|[Ss]ecretary|[Cc]ouncill?or|[Gg]overnor|[Ss]enator"
    r"|[Ss]pokes(?:man|woman|person)|[Aa]mbassador|[Cc]ommissioner|[Cc]hair(?:man|woman)|[Cc]hief|[Dd]irector|[Gg]eneral"
    r"|[Mm]ayor|[Jj]udge|[Ll]eader|[Ee]nvoy|[Ss]peaker|[Ll]awmaker|[Rr]epresentative|[Pp]rofessor|[Cc]oach|[Cc]aptain"
    r"|[Aa]ctor|[Aa]ctress|[Ss]inger|[Ss]tar|CEO|[Oo]fficer|Sen\.|Rep\.|Gov\.|Gen\.|Dr\.)"
    r"(?: of (?:the )?[A-Z][\w.]+(?: and [A-Z]\w+)?)?"
)
_RANK = rf"(?:(?:[A-Z][\w.'’\-]*|former|acting|deputy|vice|prime|foreign|defen[cs]e|interior|finance) )*{_TITLE_WORD}"
_NAME = r"[A-Z][\w'’\-]+(?: (?:[A-Z]\.|al|bin|de|van|von|der|el|da))*(?: [A-Z][\w'’\-]+)"
_TITLES = re.compile(rf"\b(?:[Tt]he )?(?:{_RANK} and )?{_RANK} (?={_NAME})")
_ATTRIBUTION = re.compile(
    r"(, (?:(?:[\w.'’\-]+ ){1,7}(?:said|says|told [\w .]{2,30}|reported|reports|announced|confirmed)"
    r"|according to [^,]{3,50}))(?: [^,]{0,40})?$"
)
_BORDER = re.compile(
    r"[,;:]? (?=(?:after|as|amid|while|when|where|which|who|whose|because|following|despite|during|since|before|ahead"
    r"|in|on|at|with|from|by|over|near|through|across|against|and|including|to|that|for)\b|--|[–—])|[,;:] "
)
_WEAK = word_set(
    """
    in on at with from by over near through across against for to that
    """
)
_NO_LAST_WORD = word_set(
    """
    a an the of to in on at by for with from and or but as that than its his her their this these those is are
    was were be been being has have had will would can could may might must should not no more most very into
    between both about over under near after before while when who which if
    """
)
_CONDITION = re.compile(r"\b(?:if|unless|until|without|except|only)\b", re.IGNORECASE)
_RELATIVE_WORDS = word_set(
    """
    who which that where whose
    """
)
_PARTICIPLES = word_set(
    """
    accused aged alleged armed backed based called dubbed known led linked located named related suspected
    wanted
    """
)
_TIME_UNITS = word_set(
    """
    minutes hour hours day days week weeks month months year years
    """
)
_DASHES = re.compile(r" (?:--|[–—]) ")
_NO_QUOTES = str.maketrans("", "", '"“”„«»「」『』')
_END = " .。．।!！…,;:،؛、，；：–—-"


def headline_of(sentences: Sequence[str], language: str) -> str:
    """A headline of at most 90 characters from the first of these sentences that gives a whole clause."""
    independent = [sentence for sentence in sentences if not is_dangling(sentence, language)]
    shortened = [_shortened(sentence, language) for sentence in independent or sentences]
    return next((headline for headline, is_whole in shortened if is_whole), shortened[0][0])


def _shortened(sentence: str, language: str) -> tuple[str, bool]:
    """The headline that a sentence gives, and whether it still says what the sentence says."""
    clause = _without_end(sentence)
    if language != "en":
        return _fit_by_punctuation(clause)
    clause = _LEADING_TIME.sub("", clause)
    for reduce in _REDUCTIONS:
        if len(clause) <= LONGEST_HEADLINE:
            break
        reduced = reduce(clause)
        clause = reduced if _verb_end(reduced) else clause
    headline, is_whole = (clause, True) if len(clause) <= LONGEST_HEADLINE else _cut(clause)
    headline = _without_end(headline)
    return headline[:1].upper() + headline[1:], is_whole and not has_open_quote(headline)


def _without_end(text: str) -> str:
    stripped = text.strip().rstrip(_END)
    # "U.S." and the like keep their dot
    return (
        stripped + "."
        if re.search(r"\b(?:[A-Z]\.)+[A-Z]$", stripped) and text.startswith(stripped + ".")
        else stripped or text.strip()
    )


def _without_titles(clause: str) -> str:
    return _TITLES.sub(lambda title: "" if _opens_phrase(clause[: title.start()]) else title.group(), clause)


def _opens_phrase(before: str) -> bool:
    """Whether a name may follow what stands `before`; "hospital spokeswoman Ann Lee" would lose its head otherwise."""
    last = before.split()[-1] if before.split() else ""
    return not last or last.endswith(",") or last.lower() in _NO_LAST_WORD or last in _VERBS


def _without_trailing_time(clause: str) -> str:
    return _TRAILING_TIME.sub("", clause)


def _without_apposition(clause: str) -> str:
    """The subject without what stands between commas after it: neither part holds a verb of its own."""
    match = _APPOSITION.search(clause)
    if match is None or _verb_end(clause[: match.end()]):
        return clause
    return f"{clause[: match.start()]} {clause[match.end() :]}"


def _without(pattern: re.Pattern[str], instead: str = "") -> Callable[[str], str]:
    return lambda clause: pattern.sub(instead, clause)


_REDUCTIONS: tuple[Callable[[str], str], ...] = (
    _without(_ASIDE),
    _without_trailing_time,
    _without(_DAY_INSIDE),
    _without_apposition,
    _without(_RELATIVE),
    _without_titles,
    _without(_LEADING_CLAUSE),
)


def _verb_end(clause: str) -> int:
    """Where the first word that looks like the finite verb of the main clause ends; 0 when there is none."""
    start = clause.find(",") if _SUBORDINATE.match(clause) else 0
    if start < 0:
        return 0
    previous, in_relative_clause = "", False
    for match in re.finditer(r"[\w'’\-]+", clause[start:]):
        word = match.group()
        if match.start() and _looks_finite(word, previous):
            if not in_relative_clause:
                return start + match.end()
            in_relative_clause = False
        in_relative_clause = in_relative_clause or word in _RELATIVE_WORDS
        previous = word
    return 0


def _looks_finite(word: str, previous: str) -> bool:
    if word in _VERBS:
        return True
    if not word.islower() or previous.lower() in _NO_LAST_WORD or word in _PARTICIPLES:
        return False
    is_past = word.endswith("ed") and len(word) > 4
    return is_past or (word.endswith("s") and previous[:1].isupper() and not previous.endswith(("'s", "’s")))


def _cut(clause: str) -> tuple[str, bool]:
    """The longest beginning that ends at a phrase, with the attribution from the end where there is room for it."""
    attribution = _ATTRIBUTION.search(clause)
    tail = attribution.group(1) if attribution else ""
    for keep in (tail, "") if tail else ("",):
        body = clause[: attribution.start()] if attribution else clause
        head = _beginning(body, LONGEST_HEADLINE - len(keep))
        if head:
            dropped = body[len(head) :]
            is_whole = keep == tail and not _CONDITION.search(dropped)
            return head + keep, is_whole
    return _at_word(clause), False


def _beginning(clause: str, room: int) -> str:
    """The clause itself or its longest beginning up to a phrase border, holding a verb, within `room` characters."""
    if len(clause) <= room:
        return clause
    verb = _verb_end(clause)
    heads = [
        clause[: border.start()]
        for border in _BORDER.finditer(clause)
        if verb < border.start() <= room and _may_end(clause, border, verb)
    ]
    return heads[-1] if verb and heads else ""


def _may_end(clause: str, border: re.Match[str], verb: int) -> bool:
    head = clause[: border.start()]
    words = head.split()
    following = clause[border.end() :].split(maxsplit=1)[0].lower()
    if words[-1].lower() in _NO_LAST_WORD or has_open_quote(head) or head.count("(") > head.count(")"):
        return False
    if len(_DASHES.findall(head)) % 2 or (
        words[-1].lower() in _TIME_UNITS and following in {"after", "before", "since"}
    ):
        return False
    if following == "and" and {"between", "both"} & {word.lower() for word in words[-4:]}:
        return False
    # "charged | with", "agreed | to": what follows a verb directly belongs to it
    completes = following in _WEAK and (border.start() == verb or words[-1].endswith(("ing", "ed")))
    return not completes and following not in {"to", "that", "for"}


def _fit_by_punctuation(clause: str) -> tuple[str, bool]:
    if len(clause) <= LONGEST_HEADLINE:
        return clause, True
    room = clause[: LONGEST_HEADLINE + 1]
    at = max(room.rfind(mark) for mark in ",;:，；：、،؛–—")
    if at >= LONGEST_HEADLINE // 4 and not has_open_quote(room[:at]):
        return _without_end(room[:at]), True
    return _at_word(clause), False


def _at_word(clause: str) -> str:
    """As many whole words as fit, not ending on one that leans on the next."""
    room = clause[: LONGEST_HEADLINE + 1]
    words = room.rsplit(maxsplit=1)[0].split() if " " in room else [clause[:LONGEST_HEADLINE]]
    while len(words) > 3 and (words[-1].lower() in _NO_LAST_WORD or not content_words(words[-1])):
        words.pop()
    headline = _without_end(" ".join(words))
    return headline.translate(_NO_QUOTES).strip() if has_open_quote(headline) else headline
