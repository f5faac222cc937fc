"""A claim beside source sentences, without a model: numbers, dates, names, titles, quotations, negation, doubt,
attribution, conditions, degree, who did what."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from summarizer.claims import (
    TITLE_CHANGERS,
    TITLE_NOUNS,
    VERB_FORMS,
    Number,
    Objection,
    Tokens,
    dates,
    initials,
    numbers,
    quotations,
    stem,
    tokens,
)
from summarizer.clausewords import is_verb
from summarizer.vocabularies import vocabulary
from summarizer.words import content_words, word_set

MOST_CHARACTERS = 20_000  # of a claim or a sentence; what is longer is no sentence


@dataclass(frozen=True)
class Comparison:
    """A claim, all source sentences, and those of them that say most of it (`carriers`, best first)."""

    claim: Tokens
    sources: Sequence[Tokens]
    carriers: Sequence[Tokens]
    language: str


def objections(claim: str, sources: Sequence[str], language: str = "en") -> tuple[Objection, ...]:
    """What speaks against `claim` as a sentence that `sources` support, by rules without a model.

    Numbers, dates, names, quotations and links may stand in any of the sources; how things are said is compared with
    those that share most of the claim's words.
    """
    parsed = [tokens(source[:MOST_CHARACTERS]) for source in sources]
    said = tokens(claim[:MOST_CHARACTERS])
    comparison = Comparison(said, parsed, _carriers(said, parsed), language)
    checks = [_numbers, _dates, _names, _quotes, _links, _negated, _doubted, _degrees]
    if language.startswith("en"):
        checks += [_titles, _attributed, _conditions, _quantities, _roles, _opposites]
    return tuple(dict.fromkeys(objection for check in checks for objection in check(comparison)))


def turned(claim: str, sources: Sequence[str]) -> bool:
    """Whether a claim in English says the opposite of what all those say that share most of its words."""
    parsed = [tokens(source[:MOST_CHARACTERS]) for source in sources]
    said = tokens(claim[:MOST_CHARACTERS])
    return any(True for _ in _opposites(Comparison(said, parsed, _carriers(said, parsed), "en")))


def stems(parsed: Tokens) -> list[str]:
    """Stems of the content words, in order."""
    return [stem(word) for word in content_words(parsed.text)]


def _carriers(claim: Tokens, sources: Sequence[Tokens]) -> list[Tokens]:
    wanted = set(stems(claim))
    shared = [len(wanted & set(stems(source))) for source in sources]
    best = max(shared, default=0)
    order = sorted(range(len(sources)), key=lambda index: -shared[index])
    return [sources[index] for index in order[:3] if best and shared[index] >= 0.7 * best]


def _numbers(comparison: Comparison) -> Iterator[Objection]:
    language = comparison.language
    known = [number for source in comparison.sources for number in numbers(source, language)]
    for number in numbers(comparison.claim, language):
        same = [other for other in known if number.values & other.values]
        if not same:
            yield Objection("number", number.words)
        elif number.unit and not any(other.unit in {number.unit, ""} for other in same):
            yield Objection("unit", number.words)
        elif _is_of_something_else(number, same, known):
            yield Objection("number", number.words)


def _is_of_something_else(number: Number, same: Sequence[Number], known: Sequence[Number]) -> bool:
    """Whether the sources count the same thing differently, and never as the claim does."""
    if not number.noun or number.unit or any(other.noun in {number.noun, ""} for other in same):
        return False
    return any(other.noun == number.noun for other in known)


def _dates(comparison: Comparison) -> Iterator[Objection]:
    known: set[str] = set()
    for source in comparison.sources:
        known.update(dates(source, comparison.language))
    for meant, written in dates(comparison.claim, comparison.language).items():
        if meant not in known:
            yield Objection("date", written)


_UPPER, _LOWER, _ABOUT, _ONLY = "at most", "at least", "about", "only"
_DEGREE_PHRASES = {
    _UPPER: "up to|at most|as many as|as much as|no more than|not more than|less than|under|below|fewer than"
    "|a maximum of"
    "|bis zu|höchstens|weniger als|jusqu'à|au plus|moins de|hasta|menos de|fino a|meno di|até|до|менее|не более|менше",
    _LOWER: "at least|more than|over|above|a minimum of|no fewer than|no less than|mindestens|mehr als|über|au moins"
    "|plus de"
    "|al menos|más de|almeno|più di|pelo menos|mais de|более|свыше|не менее|понад|щонайменше|більше",
    _ABOUT: "about|around|nearly|almost|roughly|approximately|some|an estimated|estimated|close to|rund|etwa|fast|knapp"
    "|environ|près de|presque|unos|unas|casi|cerca de|alrededor"
    " de|circa|quasi|quase|около|почти|примерно|майже|близько",
    _ONLY: "only|just|merely|nur|lediglich|seulement|solo|sólo|soltanto|apenas|somente|лишь|только|лише|тільки",
}
_DEGREE_OF = {
    tuple(phrase.split()): degree for degree, listed in _DEGREE_PHRASES.items() for phrase in listed.split("|")
}


def _degree_before(parsed: Tokens, at: int) -> str:
    """How exactly a number is given: the words before it, past a sign of money and an article."""
    while at and (
        parsed.kinds[at - 1] == "sign" or parsed.lower[at - 1] in {"us", "the", "a", "an", "additional", "another"}
    ):
        at -= 1
    for length in (3, 2, 1):
        degree = _DEGREE_OF.get(parsed.lower[max(0, at - length) : at])
        if degree:
            return degree
    return ""


def _degrees(comparison: Comparison) -> Iterator[Objection]:
    language = comparison.language
    known = [(source, number) for source in comparison.sources for number in numbers(source, language)]
    for number in numbers(comparison.claim, language):
        same = [(source, other) for source, other in known if number.values & other.values]
        if not same:
            continue
        claimed = _degree_before(comparison.claim, number.at)
        told = {_degree_before(source, other.at) for source, other in same}
        if claimed not in told and not (claimed == _ABOUT and "" in told):
            yield Objection("degree", number.words)
        elif all(_is_part_of(source, other) for source, other in same) and not _is_part_of(comparison.claim, number):
            yield Objection("quantity", number.words)


def _is_part_of(parsed: Tokens, number: Number) -> bool:
    """ "Three of the 40": the number is of the whole."""
    before = parsed.lower[max(0, number.at - 3) : number.at]
    if not before or "of" not in before[-2:]:
        return False
    at = number.at - 1 - before[::-1].index("of")
    return at > 0 and (parsed.lower[at - 1] in _PARTS or parsed.kinds[at - 1] in {"number", "sign"})


_PARTS = word_set(
    """
    one two three four five six seven eight nine ten some many most few several half part none all third quarter
    percent cent majority minority fraction
    """
)
_STARTERS = word_set(
    """
    officials police people researchers scientists doctors experts critics authorities residents witnesses lawyers
    prosecutors investigators lawmakers ministers leaders workers students teachers parents voters investors analysts
    thousands hundreds dozens millions critics opponents supporters protesters soldiers troops rebels firefighters
    rescuers government plans news reports according following despite amid under during since despite there here
    health company firm team club court judge man woman men women child children boy girl family families players
    scientists study research figures data sales shares prices profits profit nearly almost around several many most
    another other others later earlier now today meanwhile however although though while because if as both either
    """
)
_DEMONYM_ENDINGS = ("an", "ian", "ean", "ese", "ish", "i", "ic", "n")
_DEMONYMS = {
    "french": "france", "dutch": "netherlands", "german": "germany", "swiss": "switzerland", "greek": "greece",
    "danish": "denmark", "welsh": "wales", "thai": "thailand", "czech": "czechia", "british": "britain uk u.k",
    "american": "america us u.s usa", "spanish": "spain", "finnish": "finland", "turkish": "turkey",
    "swedish": "sweden", "polish": "poland", "irish": "ireland", "scottish": "scotland", "norwegian": "norway",
}  # fmt: skip


def _names(comparison: Comparison) -> Iterator[Objection]:
    known = _known_words(comparison.sources)
    claim = comparison.claim
    for at, word in enumerate(claim.written):
        if claim.kinds[at] != "word" or not word[0].isupper() or _is_known(word, known, comparison):
            continue
        if at and claim.kinds[at - 1] == "number" and len(word) <= 2:  # "$193M"
            continue
        opens = at == 0 or any(mark in claim.gaps[at] for mark in '.:!?"“«„')
        if opens and (_is_common(word) or not _followed_by_name(claim, at)) and not _is_unusual(word):
            continue
        if not dates(tokens(word + " 1"), comparison.language):
            yield Objection("name", word)
    yield from _mixed_names(comparison)


def _known_words(sources: Iterable[Tokens]) -> set[str]:
    known: set[str] = set()
    for source in sources:
        for word in source.lower:
            known.add(word.removesuffix("'s"))
            known.update(word.split("-"))
    return known


def _is_known(word: str, known: set[str], comparison: Comparison) -> bool:
    lower = word.lower().replace("’", "'").removesuffix("'s").removesuffix("'")
    if lower in known or lower.replace(".", "") in known or not lower:
        return True
    if all(part in known for part in lower.split("-")):
        return True
    if any(name in known for name in _DEMONYMS.get(lower, "").split()):
        return True
    if any(lower in names.split() and demonym in known for demonym, names in _DEMONYMS.items()):
        return True
    if len(lower) > 3 and any(lower + ending in known for ending in _DEMONYM_ENDINGS):
        return True
    root = lower[: max(4, len(lower) - 3)]
    if len(lower) > 4 and lower.endswith(_DEMONYM_ENDINGS) and any(other.startswith(root) for other in known):
        return True
    if not lower.isascii() or not comparison.language.startswith("en"):
        if _is_inflected(lower, known):
            return True
    elif lower.removesuffix("s") in known or lower + "s" in known or lower.removesuffix("es") in known:
        return True
    return _is_acronym(word, comparison)


def _is_inflected(lower: str, known: set[str]) -> bool:
    """Names change their endings in Slavic languages, and nouns in German."""
    root = lower[: max(3, len(lower) - 3)]
    return any(other.startswith(root) and abs(len(other) - len(lower)) <= 3 for other in known)


def _is_acronym(word: str, comparison: Comparison) -> bool:
    """An acronym of a name the sources have, or a part of a name whose acronym they have."""
    short = word.replace(".", "").lower()
    if word.isupper() and len(short) > 1:
        long = _WRITTEN_OUT.get(short)
        return any(
            short in initials(source) or (long is not None and long in plain(source.text))
            for source in comparison.sources
        )
    acronyms = {w.lower().replace(".", "") for s in comparison.sources for w in s.written if w.isupper() and len(w) > 1}
    return bool(acronyms) and any(
        acronym in acronyms for acronym in initials(comparison.claim) if len(acronym) > 2 and word[0].lower() in acronym
    )


_WRITTEN_OUT = {
    "pm": "prime minister", "mp": "member of parliament", "ceo": "chief executive", "us": "united states",
    "tv": "television", "ai": "artificial intelligence", "gdp": "gross domestic product", "vat": "value added tax",
}  # fmt: skip


def _is_common(word: str) -> bool:
    lower = word.lower()
    return lower in _STARTERS or lower in TITLE_NOUNS | TITLE_CHANGERS or not content_words(word)


def _is_unusual(word: str) -> bool:
    """Written as no ordinary word is: "NATO", "McDonald", "iPhone"."""
    return sum(letter.isupper() for letter in word) > 1


def _followed_by_name(claim: Tokens, at: int) -> bool:
    return at + 1 < len(claim) and claim.written[at + 1][0].isupper() and not claim.gaps[at + 1]


def _mixed_names(comparison: Comparison) -> Iterator[Objection]:
    """ "Karin Lindqvist" where the sources have Karin Ahlberg and Tomas Lindqvist."""
    claim = comparison.claim
    pairs = {pair for source in comparison.sources for pair in _name_pairs(source, reach=3)}
    known = {word for source in comparison.sources for word in source.lower}
    small = {word for source in comparison.sources for word in source.written if word.islower()}
    for left, right in _name_pairs(claim, reach=1):
        if left in known - small and right in known - small and (left, right) not in pairs:
            yield Objection("name", f"{left} {right}".title())


def _name_pairs(parsed: Tokens, reach: int) -> Iterator[tuple[str, str]]:
    for at, word in enumerate(parsed.written):
        if parsed.kinds[at] != "word" or not word[0].isupper() or (reach == 1 and _is_common(word)):
            continue
        for other in range(at + 1, min(at + 1 + reach, len(parsed))):
            if reach == 1 and (parsed.gaps[other] or parsed.lower[at] in TITLE_NOUNS or word.endswith(("'s", "’s"))):
                break
            if parsed.written[other][0].isupper() and not dates(tokens(parsed.written[at] + " 1"), "en"):
                yield parsed.lower[at], parsed.lower[other].removesuffix("'s")


def _titles(comparison: Comparison) -> Iterator[Objection]:
    """A title is the one the sources give, with its "former"."""
    claim = comparison.claim
    told = {before for source in comparison.sources for _, before in _titled(source)}
    bare = {noun for noun, before in ((n, b) for s in comparison.sources for n, b in _titled(s)) if not before}
    for noun, before in _titled(claim):
        sources = {b for s in comparison.sources for n, b in _titled(s) if n == noun}
        is_new = before not in told and before not in _lower_words(comparison)
        if before and (is_new or (sources and before not in sources)):
            yield Objection("title", f"{before} {noun}")
        elif not before and sources and noun not in bare:
            yield Objection("title", noun)


def _lower_words(comparison: Comparison) -> set[str]:
    return {word for source in comparison.sources for word in source.lower}


def _titled(parsed: Tokens) -> Iterator[tuple[str, str]]:
    """(title noun, what changes it or nothing) for every title of a sentence."""
    for at, word in enumerate(parsed.lower):
        noun = word.removesuffix("'s").removesuffix("s") if word not in TITLE_NOUNS else word
        if noun not in TITLE_NOUNS:
            continue
        start = max(0, at - 4)
        changers = [
            parsed.lower[index] for index in range(start, at)
            if parsed.lower[index].removeprefix("then-") in TITLE_CHANGERS
            and not any("," in gap for gap in parsed.gaps[index + 1 : at + 1])
        ]  # fmt: skip
        yield noun, changers[-1] if changers else ""


def plain(text: str) -> str:
    """Its words in lower case with single spaces."""
    return " ".join(re.findall(r"\w+", text.lower()))


def _quotes(comparison: Comparison) -> Iterator[Objection]:
    claimed = quotations(comparison.claim.text)
    if not claimed:
        return
    everything = f" {plain(' '.join(source.text for source in comparison.sources))} "
    marked = any(any(mark in source.text for mark in "\"“”„«»「」'‘`") for source in comparison.sources)
    for quoted in claimed:
        if not plain(quoted):
            continue
        if f" {plain(quoted)} " not in everything or not marked:
            yield Objection("quote", quoted)


def _links(comparison: Comparison) -> Iterator[Objection]:
    everything = "\n".join(source.text for source in comparison.sources)
    for word, kind in zip(comparison.claim.written, comparison.claim.kinds, strict=True):
        if kind == "link" and word.rstrip(".,;:!?)") not in everything:
            yield Objection("link", word)


_PASSED_OVER = word_set(
    """
    be been being have has had to the a an any of it is are was were do does did not really yet ever even immediately
    directly also so it's that he she they in
    """
)


def _marked(parsed: Tokens, marks: frozenset[str], reach: int = 5) -> dict[str, set[bool]]:
    """For each stem of a sentence whether one of `marks` bears on it, which is the first word with meaning after it."""
    found: dict[str, set[bool]] = {}
    borne: set[int] = set()
    for at, word in enumerate(parsed.lower):
        is_mark = word in marks or ("n't" in marks and word.endswith("n't"))
        is_mark = is_mark and parsed.lower[at + 1 : at + 2] not in {("but",), ("only",)}  # "nothing but" is "only"
        if is_mark or ("not" in marks and parsed.lower[at : at + 2] == ("yet", "to")):
            target = _first_with_meaning(parsed, at + 1, reach, marks)
            if target is not None:
                borne.add(target)
    for at, word in enumerate(parsed.lower):
        if parsed.kinds[at] == "word" and content_words(word):
            found.setdefault(stem(word), set()).add(at in borne)
    return found


def _first_with_meaning(parsed: Tokens, at: int, reach: int, marks: frozenset[str]) -> int | None:
    for index in range(at, min(at + reach, len(parsed))):
        word = parsed.lower[index]
        if any(mark in parsed.gaps[index] for mark in ",;:") and index > at:
            return None
        if word in _PASSED_OVER or word in marks or word.endswith("ly") or not content_words(word):
            continue
        return index
    return None


def _negated(comparison: Comparison) -> Iterator[Objection]:
    words = vocabulary(comparison.language)
    marks = words.negations | words.denials
    claim = _marked(comparison.claim, marks)
    told = [_marked(carrier, marks) for carrier in comparison.carriers]
    for word, signs in claim.items():
        sources = [signs for carrier in told for signs in [carrier.get(word, set())] if signs]
        if sources and not any(signs & other for other in sources):
            yield Objection("negation", word)
    if comparison.carriers and told and not set(comparison.claim.lower) & words.denials:
        yield from _denied(comparison)


def _denied(comparison: Comparison) -> Iterator[Objection]:
    """What somebody denies is told as if it were so."""
    words = vocabulary(comparison.language)
    best = comparison.carriers[0]
    at = next((index for index, word in enumerate(best.lower) if word in words.denials), None)
    if at is None or set(comparison.claim.lower) & (words.negations | words.reporting):
        return
    wanted = set(stems(comparison.claim)) & set(stems(best))
    after = {stem(word) for word in best.lower[at + 1 :]}
    if wanted and len(wanted & after) >= 0.6 * len(wanted) and stem(best.lower[at]) not in wanted:
        yield Objection("negation", best.written[at])


def _reported_future(carrier: Tokens) -> frozenset[str]:
    """ "Said it would appeal" is "will appeal", and no doubt."""
    return frozenset({"would"}) if set(carrier.lower) & vocabulary("en").reporting else frozenset()


_HEDGES = word_set("appear appears appeared seem seems seemed")  # where one is kept it may bear on another word


def _doubted(comparison: Comparison) -> Iterator[Objection]:
    marks = vocabulary(comparison.language).doubts
    if not marks:
        return
    hedges = {stem(word) for carrier in comparison.carriers for word in carrier.lower if word in _HEDGES}
    if any(word in _HEDGES and stem(word) in hedges for word in comparison.claim.lower):
        return
    claim = _marked(comparison.claim, marks)
    told = [_marked(carrier, marks - _reported_future(carrier)) for carrier in comparison.carriers]
    for word, signs in claim.items():
        sources = [carrier[word] for carrier in told if word in carrier]
        if sources and signs == {False} and all(other == {True} for other in sources):
            yield Objection("doubt", word)


_CLAIMING = vocabulary("en").reporting - word_set(
    """
    announced announces announce announcing confirmed confirms confirm confirming acknowledged acknowledges acknowledge
    revealed reveals demanded demands demand urged urges sees hopes hoped wrote writes write posted according
    promised promises pledged pledges vowed vows threatened threatens recalled recalls note notes comment
    comments commented report forecast fear claim described describes add adding express quoted cited cites
    """
)
_OPENERS_OF_IF = word_set(
    "ask asked asks know knows knew see sees wonder wondered wonders decide say said even unclear whether"
)
_STRICT_CONDITIONS = word_set("if unless provided assuming lest conditional contingent pending otherwise until")


def _attributed(comparison: Comparison) -> Iterator[Objection]:
    """What a source says somebody claims is told as if it were known."""
    claim = comparison.claim
    if (
        set(claim.lower) & (vocabulary("en").reporting | {"according"})
        or quotations(claim.text)
        or ":" in "".join(claim.gaps)
    ):
        return
    found = [_claimed_by_other(claim, carrier) for carrier in comparison.carriers]
    if found and all(found):
        yield Objection("attribution", found[0])


def _claimed_by_other(claim: Tokens, carrier: Tokens) -> str:
    """The reporting word of `carrier` in whose scope the claim's words stand, or nothing."""
    wanted = set(stems(claim)) & set(stems(carrier))
    if not wanted:
        return ""
    for at, word in enumerate(carrier.lower):
        if word in _CLAIMING or carrier.lower[at : at + 2] == ("according", "to"):
            for start, end in _scopes(carrier, at):
                inside = {stem(word) for word in carrier.lower[start:end]}
                if len(wanted & inside) >= 0.7 * len(wanted):
                    return carrier.written[at]
    return ""


def _scopes(parsed: Tokens, at: int) -> Iterator[tuple[int, int]]:
    """The words that a reporting verb at `at` may report: those after it, or before the comma in front."""
    for index in range(at, max(0, at - 10), -1):
        if any(mark in parsed.gaps[index] for mark in ',"”'):
            if not _is_aside_subject(parsed, index) and not _goes_on(parsed, at):
                yield 0, index
            break
    comma = next((index for index in range(at + 1, min(len(parsed), at + 9)) if "," in parsed.gaps[index]), None)
    if parsed.lower[at] == "according" and at == 0 and comma:
        yield comma, len(parsed)
    else:
        yield at + 1, len(parsed)


def _goes_on(parsed: Tokens, at: int) -> bool:
    """Whether what a reporting verb reports stands behind it: "a decision that he said he would fight"."""
    end = next((index for index in range(at + 1, len(parsed)) if parsed.gaps[index]), len(parsed))
    return any(map(is_verb, parsed.lower[at + 1 : end]))


def _is_aside_subject(parsed: Tokens, comma: int) -> bool:
    """Whether the words after a comma are an aside of the subject: "Wei, who said", "Wei, the mayor, said"."""
    return parsed.lower[comma] in {"who", "which", "whose", "and", "but"}


def _conditions(comparison: Comparison) -> Iterator[Objection]:
    """What a source says will be so if something else is, is told without the condition."""
    if set(comparison.claim.lower) & (vocabulary("en").conditions | {"should", "would", "could"}):
        return
    found = [_conditional(comparison.claim, carrier) for carrier in comparison.carriers]
    if found and all(found):
        yield Objection("condition", found[0])


def _conditional(claim: Tokens, carrier: Tokens) -> str:
    wanted = set(stems(claim)) & set(stems(carrier))
    for at, word in enumerate(carrier.lower):
        if word not in _STRICT_CONDITIONS or (at and carrier.lower[at - 1] in _OPENERS_OF_IF | {"as"}):
            continue
        end = next((index for index in range(at + 1, len(carrier)) if "," in carrier.gaps[index]), len(carrier))
        main = {stem(word) for word in carrier.lower[:at] + carrier.lower[end:]}
        if wanted and len(wanted & main) >= 0.7 * len(wanted):
            return carrier.written[at]
    return ""


_QUANTIFIERS = {
    "some": "some several certain", "most": "most majority mostly", "few": "few fewer", "many": "many numerous",
    "half": "half", "part": "part parts partly partially portion section", "all": "all every each entire whole",
    "none": "none no neither",
}  # fmt: skip
_QUANTIFIER_OF = {word: kind for kind, listed in _QUANTIFIERS.items() for word in listed.split()}
_WEAK_QUANTIFIERS = frozenset(("some", "many", "part", "all"))  # to drop one says no more, unless it was "some of"
_ADDED_FREELY = frozenset(("", "some", "many", "part"))


def _quantified(parsed: Tokens) -> dict[str, set[str]]:
    """For each stem the quantifiers that stand before it: {"school": {"most"}}; a weak one with "of" is "of"."""
    found: dict[str, set[str]] = {}
    for at, word in enumerate(parsed.lower):
        if parsed.kinds[at] == "word" and word not in _QUANTIFIER_OF and content_words(word):
            found.setdefault(stem(word), set()).add(_quantifier_before(parsed, at))
    return found


def _quantifier_before(parsed: Tokens, at: int) -> str:
    """The quantifier of the word at `at`, with nothing but small words between, or nothing."""
    for index in range(at - 1, max(-1, at - 4), -1):
        if any(mark in parsed.gaps[index + 1] for mark in ",;:"):
            return ""
        kind = _QUANTIFIER_OF.get(parsed.lower[index])
        if kind is None and content_words(parsed.lower[index]):
            return ""
        if kind and kind in _WEAK_QUANTIFIERS and parsed.lower[index + 1] == "of":
            return "" if index and parsed.lower[index - 1] in _BE | {"as", "become", "became"} else f"{kind} of"
        if kind:
            return kind
    return ""


def _quantities(comparison: Comparison) -> Iterator[Objection]:
    claim = _quantified(comparison.claim)
    told = [_quantified(carrier) for carrier in comparison.carriers]
    for word, kinds in claim.items():
        sources = set[str]().union(*(carrier.get(word, set()) for carrier in told))
        lost = kinds == {""} and bool(sources) and not sources & (_WEAK_QUANTIFIERS | {""})
        added = bool(sources) and not kinds & (sources | _ADDED_FREELY | {"some of", "part of", "many of"})
        if lost or added:
            yield Objection("quantity", word)


_BE = word_set("is are was were be been being gets got")


def _sides(parsed: Tokens, at: int) -> tuple[list[str], list[str]]:
    """Who did it and to whom, as far as the words beside a verb tell, the nearest first; turned round where "by" tells
    of a passive, nobody where it does not."""
    left = _side(parsed, range(at - 1, max(-1, at - 8), -1))
    right = _side(parsed, range(at + 1, min(len(parsed), at + 8)))
    before, after = parsed.lower[max(0, at - 3) : at], parsed.lower[at + 1 : at + 5]
    if (set(before) & _BE and "by" in after) or after[:1] == ("by",):
        agent = at + 1 + after.index("by")
        return _side(parsed, range(agent + 1, min(len(parsed), agent + 6))), left
    if before[-1:] and before[-1] in _BE and not parsed.lower[at].endswith(("ing", "s")):
        return [], left
    return left, right


def _side(parsed: Tokens, places: Iterable[int]) -> list[str]:
    found: list[str] = []
    for at in places:
        if parsed.kinds[at] == "word" and content_words(parsed.lower[at]):
            found.append(stem(parsed.lower[at].removesuffix("'s")))
        if len(found) == 3 or (found and any(mark in parsed.gaps[at] for mark in ",;:")):
            break
    return found


def _roles(comparison: Comparison) -> Iterator[Objection]:
    claim = comparison.claim
    for at, word in enumerate(claim.lower):
        if not _may_be_verb(word) or _BE & set(claim.lower[at + 1 : at + 2]):
            continue
        left, right = _sides(claim, at)
        names = _objects(claim, at)
        found = [_changed(left, right, names, carrier, stem(word)) for carrier in comparison.carriers]
        found = [changed for changed in found if changed is not None]
        if found and all(found):
            yield Objection("roles", claim.written[at])
    yield from _directions(comparison)


def _objects(claim: Tokens, at: int) -> set[str]:
    """The name right behind a verb."""
    is_name = at + 1 < len(claim) and claim.written[at + 1][0].isupper() and not claim.gaps[at + 1]
    return {stem(claim.lower[at + 1])} if is_name else set()


def _may_be_verb(word: str) -> bool:
    return (word.endswith(("ed", "ing")) and len(word) > 3) or is_verb(word) or word in VERB_FORMS - _NOUN_FORMS


_NOUN_FORMS = word_set("man men woman women child children person people")


def _changed(left: list[str], right: list[str], names: set[str], carrier: Tokens, verb: str) -> bool | None:
    """Whether the verb's sides have changed places, or the same subject meets a name that stands elsewhere; None where
    the carrier has no such verb."""
    known, judged = {stem(word) for word in carrier.lower}, []
    for at, word in enumerate(carrier.lower):
        if stem(word) == verb and _may_be_verb(word):
            source_left, source_right = _sides(carrier, at)
            crossed = set(left) & set(source_right) and set(right) & set(source_left)
            straight = set(left[:1]) & set(source_left)
            strangers = set(right[:1]) & names & known - set(source_right) - set(source_left)
            victims = set(right[:1]) & set(source_left) - set(source_right)
            judged.append(bool(strangers) if straight else bool(crossed if left else victims))
    return all(judged) if judged else None


_TURNED = {"from": "to", "to": "from", "before": "after", "after": "before", "over": "to"}


def _directions(comparison: Comparison) -> Iterator[Objection]:
    claimed = dict(_after_prepositions(comparison.claim))
    told = {pair for carrier in comparison.carriers for pair in _after_prepositions(carrier)}
    for word, preposition in claimed.items():
        turned = _TURNED.get(preposition)
        if turned and (word, turned) in told and (word, preposition) not in told:
            yield Objection("roles", f"{preposition} {word}")


def _after_prepositions(parsed: Tokens) -> Iterator[tuple[str, str]]:
    for at, word in enumerate(parsed.lower[:-1]):
        if word in _TURNED:
            target = _first_with_meaning(parsed, at + 1, 3, frozenset())
            if target is not None:
                yield stem(parsed.lower[target]), word


_OPPOSITES = """
rise fall drop decline decrease|increase decrease fall drop decline|win lose|accept reject|support oppose|approve reject
guilty innocent|convict acquit|open close|raise lower cut|allow ban|alive dead|higher lower|more fewer less|gain loss
profit loss|arrive depart|enter leave|hire fire|succeed fail|praise criticise|legal illegal|north south|east west
male female|best worst|first last|begin end|buy sell|strengthen weaken|welcome condemn|deny confirm admit|lift impose
arrest release|charge clear|injure die kill|suspend resume|start collapse|close reopen|resign appoint swear
"""


def _opposed() -> dict[str, set[str]]:
    """For each stem of _OPPOSITES those that it is opposed to: the first of a line to all others."""
    found: dict[str, set[str]] = {}
    for first, *others in (line.split() for line in _OPPOSITES.strip().replace("\n", "|").split("|")):
        for other in others:
            found.setdefault(stem(first), set()).add(stem(other))
            found.setdefault(stem(other), set()).add(stem(first))
    return found


_OPPOSED = _opposed()


def _opposites(comparison: Comparison) -> Iterator[Objection]:
    """ "Rose" where the source says "fell"."""
    told = {stem(word) for carrier in comparison.carriers for word in carrier.lower}
    claimed = {stem(word) for word in comparison.claim.lower}
    for word in comparison.claim.lower:
        against = _OPPOSED.get(stem(word), set())
        if stem(word) not in told and against & told and not against & claimed:
            yield Objection("negation", word)
