"""Which sentence is the reply of an accused party: a denial, or that it did not comment."""

import re
from collections.abc import Sequence

from summarizer.speakers import names_in, unquoted
from summarizer.words import length_in_words

LONGEST_REPLY = 30  # words of a denial that counts as short

_CHARGES = (
    r"(?:allegations?|accusations?|claims?|charges?|wrongdoing|involvement|responsibility|reports?|suggestions?|role"
    r"|knowledge|assertions?|rumou?rs|complaints?|criticisms?)"
)
_ASKED = r"(?:requests?|inquir\w+|enquir\w+|quer(?:y|ies)|calls?|e-?mails?|messages?|questions?|letters?|comment)"
_DENIAL = {
    "en": re.compile(
        r"\b(?:"
        r"(?<!was )(?<!were )(?<!been )(?<!being )(?<!be )(?:denied|denies|deny|denying)"
        r"(?! (?:[\w'’]+ ){0,2}(?:bail|entry|access|parole|permission|rights?|requests?|motion|visas?|appeal|bid"
        r"|petition"
        r"|application|chance|goal|opportunity|victory))"
        rf"(?=[,.;]| (?:that|any|all|the|those|these|this|it|his|her|their|there|\w+ing\b"
        rf"|(?:[\w'’.\-]+ ){{0,3}}{_CHARGES}))"
        rf"|(?:rejected|rejects|dismissed|dismisses|disputed|disputes|refuted|refutes) (?:[\w'’\-]+ ){{0,4}}{_CHARGES}"
        r"|(?:ha(?:s|ve|d) (?:not|yet to)|hasn['’]t|haven['’]t|did not|didn['’]t|could not|couldn['’]t)"
        rf" (?:\w+ ){{0,3}}(?:(?:respond(?:ed)?|repl(?:y|ied))(?=[,.;]| to (?:[\w'’.\-]+ ){{0,6}}{_ASKED})"
        rf"|return(?:ed)? (?:[\w'’]+ ){{0,3}}{_ASKED}|comment(?:ed)?\b|be reached)"
        r"|(?:declined|refused|declines|refuses|declining) (?:\w+ ){0,2}(?:comment|be interviewed)"
        r"|(?:were|was) (?:not|un)(?: immediately)? ?(?:available|reachable) for comment"
        r"|plead(?:ed|s)? not guilty|maintain(?:s|ed|ing)? (?:his|her|their) innocence"
        rf"|(?:called|calls|described|said|says) (?:the|these|those|all|such) (?:\w+ ){{0,2}}{_CHARGES} (?:\w+ ){{0,3}}"
        r"(?:false|baseless|untrue|unfounded|absurd|fabricated|ridiculous|groundless|lies?|nonsense)"
        r")",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:bestritt|bestritten|bestreitet|bestreiten|dementiert\w*|wies\w* [^.]{0,60}zurück|weist [^.]{0,60}zurück"
        r"|(?:wollte|wollten) sich [^.]{0,40}nicht äußern|nicht zu einer Stellungnahme)\b",
        re.IGNORECASE,
    ),
    "fr": re.compile(
        r"\b(?:nie|nient|nié|niait|dément|démenti|rejeté (?:ces|les) accusations|n['’]a pas (?:répondu|souhaité))\b",
        re.IGNORECASE,
    ),
    "es": re.compile(
        r"\b(?:negó|niega|niegan|negaron|negado|desmintió|desmiente|rechazó (?:las|esas|los)|no (?:respondió"
        r"|ha respondido))\b",
        re.IGNORECASE,
    ),
    "it": re.compile(
        r"\b(?:nega|negano|negato|smentisce|smentito|respinge le accuse|respinto le accuse|non ha (?:risposto"
        r"|commentato))\b",
        re.IGNORECASE,
    ),
    "pt": re.compile(
        r"\b(?:nega|negam|negou|negaram|desmentiu|rejeitou as|não (?:respondeu|comentou|quis comentar))\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(
        r"\b(?:отрица(?:ет|ют|л|ла|ли)|опроверг(?:ла|ли|ает)?|отверг(?:ла|ли|ает)? обвинени\w+|не прокомментировал\w*"
        r"|отказал\w+ от комментариев)\b",
        re.IGNORECASE,
    ),
    "uk": re.compile(
        r"\b(?:заперечу(?:є|ють|вав|вала|вали)|заперечив|заперечила|спростував|спростувала|відкинув звинувачення"
        r"|не прокоментував\w*)\b",
        re.IGNORECASE,
    ),
}
_ACCUSATION = {
    "en": re.compile(
        r"\b(?:accus(?:e|es|ed|ing|ations?)|alleg(?:e|es|ed|edly|ing|ations?)|charged (?:with|in)|charges? (?:of|that"
        r"|against)"
        r"|blam(?:e|es|ed|ing)|indict(?:ed|ment)|lawsuits?|sued|suing|suspected|suspicions?|complain(?:s|ed|ts?)"
        r"|wrongdoing|misconduct|criticis(?:ed|ing)|criticiz(?:ed|ing)|condemned|corruption|fraud|abused|bribe(?:s|d"
        r"|ry)"
        r"|had hidden|hid|covered up|cover-up|lied|cheated|was responsible for|were responsible for)\b",
        re.IGNORECASE,
    ),
    "de": re.compile(
        r"\b(?:beschuldig\w*|vorw[uü]rf\w*|wirft|warf|werfen|angeklagt\w*|verdacht\w*|verdächtig\w*)", re.I
    ),
    "fr": re.compile(r"\b(?:accus\w+|soupçonn\w+|inculp\w+|mis\w* en examen|reproch\w+|mis\w* en cause)", re.I),
    "es": re.compile(r"\b(?:acus\w+|denunci\w+|imputad\w+|sospech\w+|culp\w+)", re.I),
    "it": re.compile(r"\b(?:accus\w+|indagat\w+|sospett\w+|denunci\w+|imputat\w+)", re.I),
    "pt": re.compile(r"\b(?:acus\w+|denunci\w+|suspeit\w+|investigad\w+|culp\w+)", re.I),
    "ru": re.compile(r"\b(?:обвин\w+|подозрева\w+)", re.I),
    "uk": re.compile(r"\b(?:звинува[чт]\w+|підозрю\w+)", re.I),
}
# What a denial right behind it may answer, and nothing else makes an accusation
_DEED = {
    "en": re.compile(
        r"\b(?:threaten(?:ed|ing)|murder(?:ed)?|killed|killing|killings|poison(?:ed|ing)|violat(?:ed|ing|ions?)|guilty"
        r"|convicted|assault(?:ed)?|raped?|illegal(?:ly)?|claim(?:s|ed)?|responsib(?:le|ility)|behind the|charged"
        r"|evidence|investigat(?:ed|ing|ions?)|criticism|crimes?|blame|doping|leaked|misled|stole|spied)\b",
        re.IGNORECASE,
    ),
}
_NO_COMMENT = re.compile(r"comment|respon[ds]|repl|return|reach", re.IGNORECASE)
_REFERS_BACK = re.compile(rf"\b(?:the|these|those|this|that|all|any|such) (?:\w+ ){{0,2}}{_CHARGES}\b", re.IGNORECASE)
_FARTHEST_ACCUSATION = 12  # sentences before a denial by somebody whom the accusation names
_FARTHEST_WITHOUT_NAME = 3  # before one that says "he", "the accusation" or "no comment"
_NEXT = 2  # before a denial of what was told without the word "accused"


def is_denial(sentence: str, language: str) -> bool:
    """Whether somebody denies, rejects or declines to comment in a sentence."""
    return _denial_in(sentence, language) is not None


def _denial_in(sentence: str, language: str) -> re.Match[str] | None:
    pattern = _DENIAL.get(language)
    return pattern.search(unquoted(sentence)) if pattern else None


def denials(sentences: Sequence[str], language: str) -> list[int | None]:
    """For each sentence that is a short denial or reply of an accused: the index of the sentence that accuses.

    That is the nearest before it that accuses and names whoever denies, or the nearest of the last three where the
    denial speaks of "he" or of "the accusation". None for every other sentence.
    """
    return [_accusation_before(sentences, at, language) for at in range(len(sentences))]


def _accusation_before(sentences: Sequence[str], at: int, language: str) -> int | None:
    accusation, denial = _ACCUSATION.get(language), _denial_in(sentences[at], language)
    if accusation is None or denial is None or length_in_words(sentences[at]) > LONGEST_REPLY:
        return None
    names = names_in(denial.string[: denial.start()], language)
    is_comment = bool(_NO_COMMENT.search(denial.group()))
    may_be_unnamed = not names or bool(_REFERS_BACK.search(denial.string, denial.start()))
    deed = None if is_comment else _DEED.get(language)
    first = max(0, at - (_FARTHEST_WITHOUT_NAME if is_comment or not names else _FARTHEST_ACCUSATION))
    accusing = [
        back
        for back in range(at - 1, first - 1, -1)
        if _accuses(sentences[back], accusation, deed if at - back <= _NEXT else None)
        and not is_denial(sentences[back], language)
    ]
    named = (back for back in accusing if names & names_in(sentences[back], language))
    unnamed = (back for back in accusing if may_be_unnamed and at - back <= _FARTHEST_WITHOUT_NAME)
    return next(named, next(unnamed, None))


def _accuses(sentence: str, accusation: re.Pattern[str], deed: re.Pattern[str] | None) -> bool:
    return bool(accusation.search(sentence) or (deed and deed.search(sentence)))
