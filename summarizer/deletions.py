"""Whether a sentence still entails what is left of it when words are taken out.

What may go is listed, everything else may not: whole parentheses, asides between commas, leading connectives and
clauses, times and places, trailing clauses, titles before names. Each is looked at with the words around it, since "on
Monday" may go from what happened and not from what "nobody" did, and an aside that is "said Wei" is not an aside.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

from summarizer.claims import TITLE_CHANGERS, TITLE_NOUNS, Tokens, vocabulary
from summarizer.words import word_set

_LONGEST_ALIGNED = 250_000  # cells of the table that finds which words were left out; beyond, the first that fit
_DASHES = "–—"


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why words may not be left out: the rule, and the words."""

    rule: str
    words: str


def kept_tokens(trimmed: Tokens, sentence: Tokens) -> list[int] | None:
    """For each token of `trimmed` the index of the same token of `sentence`, in order and with the fewest breaks
    between them; None where it is not made by leaving out."""
    left, right = trimmed.lower, sentence.lower
    if len(left) * len(right) > _LONGEST_ALIGNED:
        return _first_fit(left, right)
    return _fewest_breaks(left, right)


def _first_fit(left: tuple[str, ...], right: tuple[str, ...]) -> list[int] | None:
    found: list[int] = []
    at = 0
    for word in left:
        try:
            at = right.index(word, at)
        except ValueError:
            return None
        found.append(at)
        at += 1
    return found


def _fewest_breaks(left: tuple[str, ...], right: tuple[str, ...]) -> list[int] | None:
    """Dynamic programming from the end: `best[j]` counts the breaks when the rest of `left` begins at `right[j]`."""
    places: dict[str, list[int]] = {}
    for index, word in enumerate(right):
        places.setdefault(word, []).append(index)
    size = len(right)
    following: dict[int, tuple[int, int]] = {size: (0, size)}
    table: list[dict[int, tuple[int, int]]] = []
    for word in reversed(left):
        following = dict(_with_breaks(places.get(word, ()), following, is_last=not table))
        if not following:
            return None
        table.append(following)
    if not table:
        return None
    start = min(table[-1], key=lambda index: (table[-1][index][0] + (index > 0), index))
    path = [start]
    for row in reversed(table[1:]):
        path.append(row[path[-1]][1])
    return path


def _with_breaks(
    places: "list[int] | tuple[()]", following: dict[int, tuple[int, int]], *, is_last: bool
) -> Iterator[tuple[int, tuple[int, int]]]:
    """(place, (breaks from there on, next place)) for every place from which the rest can still be found."""
    later = sorted(following, reverse=True)
    for place in reversed(places):
        if is_last:
            (end,) = following
            yield place, (int(place + 1 < end), end)
            continue
        options = [(following[index][0] + (index != place + 1), index) for index in later if index > place]
        if options:
            yield place, min(options)


@dataclass(frozen=True)
class Deletion:
    """Tokens `start` up to `end` of a sentence that its trimmed version leaves out; `join` is the punctuation that
    stands in their place there."""

    sentence: Tokens
    start: int
    end: int
    join: str
    language: str

    @property
    def words(self) -> str:
        """The words left out."""
        return " ".join(self.sentence.written[self.start : self.end])

    def within(self, start: int, end: int) -> "Deletion":
        """A part of it."""
        return Deletion(self.sentence, start, end, self.join, self.language)

    @cached_property
    def lower(self) -> tuple[str, ...]:
        """Its words in lower case."""
        return self.sentence.lower[self.start : self.end]

    @property
    def first(self) -> str:
        """Its first word in lower case."""
        return self.sentence.lower[self.start]

    @property
    def last(self) -> str:
        """Its last word in lower case."""
        return self.sentence.lower[self.end - 1]

    @property
    def before(self) -> str:
        """Punctuation in front of it."""
        return self.sentence.gaps[self.start]

    @property
    def after(self) -> str:
        """Punctuation behind it."""
        return self.sentence.gaps[self.end]

    @property
    def at_start(self) -> bool:
        """Whether the sentence begins with it."""
        return self.start == 0

    @property
    def at_end(self) -> bool:
        """Whether the sentence ends with it."""
        return self.end == len(self.sentence)

    @property
    def left(self) -> str:
        """The word in front of it in lower case, or nothing."""
        return self.sentence.lower[self.start - 1] if self.start else ""

    @property
    def right(self) -> str:
        """The word behind it in lower case, or nothing."""
        return "" if self.at_end else self.sentence.lower[self.end]

    @property
    def next_is_capital(self) -> bool:
        """Whether the word behind it is written as a name is."""
        return not self.at_end and self.sentence.written[self.end][0].isupper()


def deletions(trimmed: Tokens, sentence: Tokens, language: str) -> list[Deletion] | None:
    """The stretches of `sentence` that `trimmed` leaves out, each moved to where punctuation bounds it best; None where
    `trimmed` is not made by leaving out."""
    kept = kept_tokens(trimmed, sentence)
    if kept is None:
        return None
    found = []
    borders = [-1, *kept, len(sentence)]
    for index in range(len(borders) - 1):
        start, end = borders[index] + 1, borders[index + 1]
        if start < end:
            start, end = _best_place(sentence, start, end, borders[index], borders[index + 1])
            found.append(Deletion(sentence, start, end, trimmed.gaps[min(index, len(trimmed))], language))
    return found


def _best_place(sentence: Tokens, start: int, end: int, previous: int, following: int) -> tuple[int, int]:
    """Leaving out "the mayor," of "the mayor, the leader" is the same as leaving out "mayor, the": the bounded one."""
    places = [(start, end)]
    low, high = start, end
    while high < len(sentence) and sentence.lower[low] == sentence.lower[high] and high < following + 6:
        low, high = low + 1, high + 1
        places.append((low, high))
    low, high = start, end
    while low - 1 >= 0 and sentence.lower[low - 1] == sentence.lower[high - 1] and low > previous - 4:
        low, high = low - 1, high - 1
        places.append((low, high))
    return max(places, key=lambda place: bool(sentence.gaps[place[0]]) + bool(sentence.gaps[place[1]]))


# ---- English words --------------------------------------------------------------------------------------------------

_RELATIVES = word_set("who whom whose which where")
_CONNECTIVES = frozenset(
    tuple(phrase.split())
    for phrase in """
    but|and|so|yet|however|meanwhile|also|then|later|still|instead|thus|therefore|moreover|furthermore|besides
    nevertheless|nonetheless|additionally|similarly|consequently|accordingly|indeed|finally|eventually|afterwards
    for example|for instance|in addition|on the other hand|as a result|in fact|of course|in turn|at the same time
    by contrast|in contrast|in other words|after all|to be sure|as well|too|again|first|second|though|in particular
    in the meantime|more importantly|interestingly|notably|separately|elsewhere|ironically|incidentally|once again
    for his part|for her part|for its part|for their part
    but also|and so|but then|and then|and now|but now|but still|and yet|but meanwhile
    """.replace("\n", "|").split("|")
    if phrase.strip()
)
_DAY = word_set("monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun")
_MONTH = word_set(
    """
    january february march april may june july august september october november december jan feb aug sept sep oct nov
    dec
    """
)
_TIME_NOUNS = word_set(
    """
    today yesterday tomorrow tonight week weeks weekend month months year years night nights morning afternoon
    evening noon midnight summer winter spring autumn fall decade decades day days hour hours minute minutes dawn
    dusk lunchtime season century moment
    """
)
_TIME_MODIFIERS = word_set(
    """
    last next this early late earlier later past the a same previous following local time ago recent few several two
    three four five six seven eight nine ten mid then first second coming after before just shortly soon of and am
    pm a.m p.m gmt et bst est cet utc new easter christmas eve day holiday weekend
    """
)
_TIME_PREPOSITIONS = word_set("on in at during over late early earlier later this last next around about of")
_ADVERBS = word_set(
    """
    also already again then later meanwhile however still recently earlier today yesterday tomorrow tonight now
    strongly quickly quietly angrily sharply firmly publicly formally officially previously subsequently immediately
    suddenly repeatedly finally eventually currently unexpectedly reluctantly briefly openly privately separately
    jointly together soon initially originally further furthermore moreover therefore thus very really simply
    actually clearly swiftly successfully peacefully narrowly heavily badly seriously severely safely promptly
    proudly sadly happily warmly significantly considerably substantially dramatically steadily gradually abruptly
    widely deeply bitterly
    """
)
_LOST_BY_ADVERBS = word_set("together jointly initially originally narrowly currently now still previously formally")
_PLACE_NOUNS = word_set(
    """
    city town village capital country region province district state county island north south east west northern
    southern eastern western northeast northwest southeast southwest centre center suburb suburbs outskirts street
    port harbour harbor airport station square area neighbourhood neighborhood border coast valley mountains
    hospital church parliament court building hotel stadium park office offices headquarters home hall house room
    road motorway university school factory camp sea river lake bay
    """
)
_PLACE_PREPOSITIONS = word_set("in at near on outside inside off across throughout around along beside")
_VENUES = word_set(
    """
    statement interview speech letter report briefing conference email e-mail tweet post message address release
    article blog call ceremony meeting rally hearing summit debate reception event press news broadcast
    """
)
_SMALL = word_set("the a an of and its his her their this that new old central for de la el san st")
_LEADING = word_set(
    """
    after as while although though because since despite amid amidst following before during
    speaking due thanks along like unlike instead
    """
)
_TRAILING = word_set("after amid amidst following despite while because before during as since although though whereas")
_ADVERSE_PARTICIPLES = word_set(
    """
    assuming providing provided supposing pending depending excluding barring failing according considering granted
    given excepting subject contingent
    """
)
_PARTICIPLES = word_set(
    """
    known led based built born made seen held sent set taken given found left paid put run sold driven drawn written
    shown worn won hit struck torn hurt broken chosen frozen beaten forced
    """
)
_AUXILIARIES = word_set(
    """
    is are was were am has have had will would can could may might must should shall does did do isn't wasn't aren't
    weren't hasn't haven't hadn't won't wouldn't didn't doesn't don't can't couldn't 'll 'd
    """
)
_PAST = word_set(
    """
    said told met held won lost made took gave found left got went came became began broke brought built bought sold
    fell felt fled fought grew knew led paid ran rose saw sent shot shook shut spent spoke stood stole struck swept
    swore taught threw thought understood withdrew wrote says tells meets holds wins loses makes takes gives finds
    leaves gets goes comes becomes begins breaks brings wants seeks plans hopes warns faces needs remains seems
    appears hit cut put set sank drove flew chose drew kept hid sought
    """
)
_STATIVE = word_set("need needs needed must has have had require requires required should ought")
_DETERMINERS = word_set("a an the his her its their our one another some")
_CONJUNCTIONS = word_set("and or nor but")
_PRONOUNS = word_set("he she it they i we you there this that these those who")
_NO_LAST_WORD = word_set(
    """
    a an the of to in on at by for with from and or but as that than its his her their this these those is are was
    were be been being has have had will would can could may might must should not no more most very into between
    both about over under near after before while when who which if because said says told whose where
    """
)
_SUPERLATIVE = re.compile(r"(?:first|last|only|most|least|best|worst|record|ever|[a-z]{3,}est)$")
_NO_SUPERLATIVES = word_set(
    """
    west northwest southwest interest forest protest request test guest arrest rest contest harvest honest latest
    conquest invest suggest digest modest unrest pest nest quest east northeast southeast midwest
    """
)
_DOWNWARD = word_set(
    """
    not no never none nobody nothing neither nor without cannot can't won't isn't aren't wasn't weren't don't doesn't
    didn't hasn't haven't hadn't wouldn't couldn't shouldn't few fewer rarely seldom hardly barely scarcely if unless
    until whether all every each most any everyone everybody half percent majority average rate than
    fail fails failed refuse refuses refused deny denies denied denying unable stop stops stopped prevent prevents
    prevented avoid avoids avoided ban bans banned banning prohibit prohibits prohibited forbid forbids always usually
    only
    """
)
_SHARED_BY_COORDINATION = word_set(
    """
    not no never none neither nor without cannot can't won't isn't aren't wasn't weren't don't doesn't didn't hasn't
    haven't hadn't wouldn't couldn't shouldn't only if unless until whether between both either all every each any few
    total together combined average unable
    fail failed refuse refused nobody nothing
    """
)
_EXCEPTIONS = word_set("except excluding barring save apart without unless but not")
_ATTRIBUTION_TAILS = word_set("according")
_RESTRICTING_PHRASES = re.compile(
    r"^(?:in (?:case|exchange|return|order|favou?r|principle|theory|part|an? attempt|the event|view|the view|the eyes)"
    r"|as (?:long|soon|far|much|many|well as not)|at (?:least|most|best|worst|risk|odds|fault)"
    r"|on (?:condition|paper|average)"
    r"|as if|as though|because of not)\b"
)


def refusal_of(deletion: Deletion) -> Refusal | None:
    """Why these words may not be left out, or None."""
    refused = _quotation(deletion)
    if refused or _is_bounded_aside(deletion):
        return refused or _aside(deletion)
    if not deletion.language.startswith("en"):
        return _elsewhere(deletion)
    return _english(deletion)


def _quotation(deletion: Deletion) -> Refusal | None:
    """Words of a quotation stay together."""
    quoted = deletion.sentence.quoted
    gone = set(quoted[deletion.start : deletion.end]) - {0}
    kept = set(quoted[: deletion.start]) | set(quoted[deletion.end :])
    return Refusal("quote", deletion.words) if gone & kept else None


def _is_bounded_aside(deletion: Deletion) -> bool:
    before, after = deletion.before, deletion.after
    if before[-1:] in {"(", "["} and after[:1] in {")", "]"}:
        return True
    closes = any(mark in after for mark in _DASHES) or deletion.at_end
    return any(mark in before for mark in _DASHES) and closes and ":" not in before


def _aside(deletion: Deletion) -> Refusal | None:
    words = vocabulary(deletion.language)
    for word in deletion.lower:
        if word in words.reporting:
            return Refusal("attribution", deletion.words)
        if word in words.denials:
            return Refusal("denial", deletion.words)
        if word in words.negations or word in words.conditions:
            return Refusal("condition" if word in words.conditions else "negation", deletion.words)
    if deletion.lower[0] in words.doubts or (len(deletion.lower) <= 3 and set(deletion.lower) & words.doubts):
        return Refusal("doubt", deletion.words)
    if deletion.first in words.degrees and len(deletion.lower) <= 3:
        return Refusal("degree", deletion.words)
    return None


def _english(deletion: Deletion, depth: int = 0) -> Refusal | None:
    if deletion.lower in _CONNECTIVES and _is_free_standing(deletion):
        return None
    for judge in (_leading, _comma_aside, _title, _trailing, _adjuncts, _adverb, _complementizer, _second_clause):
        judged = judge(deletion)
        if judged is not None:
            return judged if judged.rule else None
    whole = _protected(deletion)
    parts = _in_parts(deletion, depth)
    return parts if parts is None else whole or parts


_FINE = Refusal("", "")


def _in_parts(deletion: Deletion, depth: int) -> Refusal | None:
    """Several things left out in one stretch: each must be free to go."""
    refused = Refusal("clause", deletion.words)
    if depth >= 3:
        return refused
    sentence = deletion.sentence
    borders = [at for at in range(deletion.start + 1, deletion.end) if sentence.gaps[at]][:8]
    for at in borders:
        first, second = deletion.within(deletion.start, at), deletion.within(at, deletion.end)
        if refusal_of_part(first, depth) is None and refusal_of_part(second, depth) is None:
            return None
    return refused


def refusal_of_part(deletion: Deletion, depth: int) -> Refusal | None:
    """The same as for the whole, for a part of it."""
    return _aside(deletion) if _is_bounded_aside(deletion) else _english(deletion, depth + 1)


def _protected(deletion: Deletion) -> Refusal | None:
    """The rule that names best what was lost."""
    words = vocabulary(deletion.language)
    rules: tuple[tuple[str, Callable[[str], bool]], ...] = (
        ("attribution", lambda word: word in words.reporting),
        ("negation", lambda word: word in words.negations),
        ("condition", lambda word: word in words.conditions),
        ("doubt", lambda word: word in words.doubts),
        ("title", lambda word: word in TITLE_CHANGERS),
        ("quantity", lambda word: word in words.number_words or word[:1].isdigit()),
        ("degree", lambda word: word in words.degrees),
        ("restriction", lambda word: word in _RELATIVES or word == "that"),
    )
    for rule, matches in rules:
        if any(matches(word) for word in deletion.lower):
            return Refusal(rule, deletion.words)
    return None


def _is_free_standing(deletion: Deletion) -> bool:
    """A connective at the start, or between commas."""
    return deletion.at_start or bool(deletion.before and deletion.after) or (deletion.at_end and bool(deletion.before))


def _is_verb(word: str) -> bool:
    return (
        word in _AUXILIARIES or word in _PAST or word.endswith("n't") or (word.endswith("ed") and len(word) > 4)
        or word in vocabulary("en").reporting
    )  # fmt: skip


def _has_finite_verb(lower: tuple[str, ...]) -> bool:
    """Whether there is what can only be the verb of a clause; "led" and "accused" are participles as often."""
    return any(word in _AUXILIARIES or word in _PRONOUNS - {"that", "this", "these", "those", "who"} for word in lower)


def _is_attributing(lower: tuple[str, ...]) -> bool:
    """Whether words are what follows a claim to say whose it is: "police said", "said Wei", "according to ..."."""
    reporting = vocabulary("en").reporting
    if not lower:
        return False
    if lower[0] in _RELATIVES or (lower[0].endswith("ing") and lower[0] != "according"):
        return False
    return lower[0] == "according" or lower[:2] == ("according", "to") or any(word in reporting for word in lower)


def _ends_in_attribution(deletion: Deletion) -> bool:
    """Whether its last part between commas says whose claim all of it is."""
    sentence = deletion.sentence
    if "according" in deletion.lower[1:]:
        return True
    for at in range(deletion.end - 1, deletion.start, -1):
        gap = sentence.gaps[at]
        if "," in gap or '"' in gap or "”" in gap or any(mark in gap for mark in _DASHES):
            segment = sentence.lower[at : deletion.end]
            return len(segment) <= 12 and _is_attributing(segment)
    return deletion.last in {"said", "says"} and len(deletion.lower) > 2


def _whole(deletion: Deletion) -> Refusal | None:
    """The objections to leaving out a whole aside or clause that says something of its own."""
    if _ends_in_attribution(deletion):
        return Refusal("attribution", deletion.words)
    if set(deletion.lower) & vocabulary("en").denials:
        return Refusal("denial", deletion.words)
    return None


def _downward(deletion: Deletion) -> str:
    """The word of the clause under which leaving out says more than before: "nobody came on Monday"; or nothing."""
    sentence = deletion.sentence
    reporting = vocabulary("en").reporting
    window: list[str] = []
    for at in range(deletion.start - 1, -1, -1):
        word = sentence.lower[at]
        if word in {"that", "who", "which", "because", "while", "although"} and window:
            break
        if word in reporting and len(window) >= 2:
            break
        if ";" in sentence.gaps[at + 1] or ":" in sentence.gaps[at + 1]:
            break
        window.append(word)
    for at in range(deletion.end, len(sentence)):
        word = sentence.lower[at]
        if word in reporting or word in {"that", "because", "after", "while", "and", "but"} or ";" in sentence.gaps[at]:
            break
        window.append(word)
    return next((word for word in window if word in _DOWNWARD or word.endswith("n't")), "")


def _superlative(deletion: Deletion) -> str:
    """A superlative or ordinal just before, which the words may limit: "the largest in Norway"; or nothing."""
    start = max(0, deletion.start - 5)
    for at in range(deletion.start - 1, start - 1, -1):
        word = deletion.sentence.lower[at]
        if _SUPERLATIVE.match(word) and word not in _NO_SUPERLATIVES:
            return word
    return ""


def _measured(deletion: Deletion) -> bool:
    """Whether a share or a rate stands in the clause, which a place or a period belongs to."""
    window = deletion.sentence.lower[max(0, deletion.start - 6) : deletion.start]
    return any(
        word in {"%", "percent", "cent", "rate", "inflation", "unemployment", "average", "per"} for word in window
    )


# ---- leading --------------------------------------------------------------------------------------------------------


def _leading(deletion: Deletion) -> Refusal | None:
    if not deletion.at_start or "," not in deletion.after:
        return None
    lower, first = deletion.lower, deletion.first
    phrase = " ".join(lower[:4])
    if first in vocabulary("en").conditions or _RESTRICTING_PHRASES.match(phrase):
        return Refusal("condition", deletion.words)
    if first == "as" and set(lower) & (vocabulary("en").reporting | {"put"}):
        return Refusal("attribution", deletion.words)
    if first in {"but", "and", "so", "yet"} and len(lower) > 1:
        return _leading(_Later(deletion, 1))
    if first == "when":
        return _FINE if _tells_of_past(deletion) else Refusal("condition", deletion.words)
    if _is_leading_clause(first, lower):
        return _whole(deletion) or _negated_cause(deletion) or _FINE
    return None


def _Later(deletion: Deletion, by: int) -> Deletion:  # noqa: N802
    return _AtStart(deletion.sentence, deletion.start + by, deletion.end, deletion.join, deletion.language)


class _AtStart(Deletion):
    """What follows a connective that goes with it."""

    @property
    def at_start(self) -> bool:
        return True


def _is_leading_clause(first: str, lower: tuple[str, ...]) -> bool:
    if first in _ADVERSE_PARTICIPLES:
        return False
    if first in _LEADING:
        return True
    if first == "with":
        return lower[1:4] != ("the", "exception", "of")
    if first == "because":
        return True
    return (first.endswith("ing") and len(first) > 5) or first in {
        "asked",
        "faced",
        "born",
        "founded",
        "elected",
        "dressed",
    }


def _tells_of_past(deletion: Deletion) -> bool:
    following = deletion.sentence.lower[deletion.end :]
    if any(word in {"will", "would", "can", "could", "may", "might", "should", "must"} for word in following):
        return False
    return any(
        word in {"was", "were", "had"} or (word in _PAST and not word.endswith("s")) for word in following
    ) or any(word.endswith("ed") for word in following)


def _negated_cause(deletion: Deletion) -> Refusal | None:
    if deletion.first in {"because", "since", "before", "with"} and not deletion.at_start:
        word = _downward(deletion)
        if word:
            return Refusal("negation", deletion.words)
    return None


# ---- asides between commas ------------------------------------------------------------------------------------------


def _comma_aside(deletion: Deletion) -> Refusal | None:
    if "," not in deletion.before:
        return None
    if not deletion.at_end and "," not in deletion.after:
        return None
    lower, first = deletion.lower, deletion.first
    if (
        first in vocabulary("en").conditions
        or first in {"not", "without"}
        or _RESTRICTING_PHRASES.match(" ".join(lower[:4]))
    ):
        return Refusal("condition", deletion.words)
    if lower[:2] == ("according", "to") or (first in {"citing", "quoting"} and not _reports_elsewhere(deletion)):
        return Refusal("attribution", deletion.words)
    if _is_relative(deletion):
        return _joined(deletion) or _whole(deletion) or _FINE
    if first in _ADVERSE_PARTICIPLES:
        return Refusal("condition", deletion.words)
    if first == "as" and set(lower) & (vocabulary("en").reporting | {"put"}):
        return Refusal("attribution", deletion.words)
    if first in _TRAILING or (first == "with" and "exception" not in lower):
        return _joined(deletion) or _whole(deletion) or _negated_cause(deletion) or _FINE
    if first in {"including", "up", "down", "such"} or lower[:3] in {("as", "well", "as"), ("along", "with", "the")}:
        return _joined(deletion) or _whole(deletion) or _FINE
    if _is_participial(deletion):
        return _joined(deletion) or _whole(deletion) or _FINE
    return _apposition(deletion)


def _is_relative(deletion: Deletion) -> bool:
    lower = deletion.lower
    if lower[0] in _RELATIVES or lower[0] == "when":
        return True
    return (
        len(lower) > 2
        and lower[0] != "and"
        and bool({"which", "whom", "whose"} & set(lower[1:4]))
        and lower[0] != "but"
    )


def _reports_elsewhere(deletion: Deletion) -> bool:
    reporting = vocabulary("en").reporting
    rest = deletion.sentence.lower[: deletion.start] + deletion.sentence.lower[deletion.end :]
    return any(word in reporting for word in rest)


def _joined(deletion: Deletion) -> Refusal | None:
    """What remains on both sides must belong together: a name behind the aside begins something else."""
    if deletion.at_end:
        return None
    if deletion.next_is_capital and deletion.right not in {"i"} and not _attribution_follows(deletion):
        return Refusal("clause", deletion.words)
    if deletion.right in _CONJUNCTIONS and not deletion.join:
        return Refusal("clause", deletion.words)
    return None


def _attribution_follows(deletion: Deletion) -> bool:
    following = deletion.sentence.lower[deletion.end : deletion.end + 8]
    return "," in deletion.join and any(word in {"said", "says", "told", "added"} for word in following)


def _is_participial(deletion: Deletion) -> bool:
    first, second = deletion.first, deletion.lower[1:2]
    if first.endswith("ly") and second:
        first = second[0]
    ending = (
        (first.endswith("ing") and len(first) > 5) or first in _PARTICIPLES or (first.endswith("ed") and len(first) > 4)
    )
    return ending and first not in _AUXILIARIES and not (first.endswith("ed") and _starts_coordinate(deletion))


def _starts_coordinate(deletion: Deletion) -> bool:
    """ "Opened, closed and sold": a list of verbs, not an aside."""
    return "and" in deletion.lower[1:] and deletion.at_end is False


def _apposition(deletion: Deletion) -> Refusal | None:
    lower = deletion.lower
    if _is_attributing(lower) and not _is_noun_phrase(lower):
        return Refusal("attribution", deletion.words)
    if not (_is_noun_phrase(lower) or _is_name(deletion) or _is_age(deletion)):
        return None
    if _has_finite_verb(lower):
        return None
    if deletion.right in _CONJUNCTIONS | _DETERMINERS or deletion.left in _CONJUNCTIONS:
        return Refusal("quantity", deletion.words)
    if deletion.next_is_capital and not _attribution_follows(deletion):
        return Refusal("clause", deletion.words)
    return _whole(deletion) or _FINE


def _is_noun_phrase(lower: tuple[str, ...]) -> bool:
    if lower[0] in _DETERMINERS:
        return not any(word in {"said", "says", "told", "announced", "added", "warned", "insisted"} for word in lower)
    return lower[0] in {"former", "then", "formerly", "now", "once", "most", "many", "some"} or (
        lower[0] in TITLE_NOUNS and lower[0] not in {"chief"}
    )


def _is_name(deletion: Deletion) -> bool:
    written = deletion.sentence.written[deletion.start : deletion.end]
    small = all(word[0].isupper() or word.lower() in _SMALL for word in written)
    return small and not set(deletion.lower) & (_DAY | _MONTH) and not any(word in _PAST for word in deletion.lower)


def _is_age(deletion: Deletion) -> bool:
    return len(deletion.lower) == 1 and deletion.lower[0].isdigit() and len(deletion.lower[0]) <= 3


# ---- titles before names --------------------------------------------------------------------------------------------


def _title(deletion: Deletion) -> Refusal | None:
    """ "Swedish Transport Minister" before "Karin Ahlberg": all of it or nothing."""
    lower = deletion.lower
    if not deletion.next_is_capital or deletion.after or lower[-1] in TITLE_CHANGERS:
        return None
    has_noun = lower[-1] in TITLE_NOUNS or (lower[-1] not in _SMALL and _of_title(lower))
    if not has_noun or _is_related(deletion):
        return None
    if not deletion.at_start and not deletion.before and _continues_name(deletion):
        return Refusal("title", deletion.words)
    return _FINE


def _of_title(lower: tuple[str, ...]) -> bool:
    return "of" in lower and any(word in TITLE_NOUNS for word in lower[: lower.index("of")])


def _is_related(deletion: Deletion) -> bool:
    """ "Wife of President", "spokesman for Mayor": somebody else than the one named."""
    lower = deletion.lower
    if set(lower) & word_set("for to by with from against and who that said told is was"):
        return True
    if "of" in lower:
        head, tail = lower[: lower.index("of")], lower[lower.index("of") + 1 :]
        return not any(word in TITLE_NOUNS for word in head) or any(word in TITLE_NOUNS for word in tail)
    return any(word.endswith(("'s", "s'")) and word[:1] for word in lower[:-1] if word.endswith("'s"))


def _continues_name(deletion: Deletion) -> bool:
    before = deletion.sentence.written[deletion.start - 1]
    lower = deletion.left
    return (
        lower in TITLE_CHANGERS | TITLE_NOUNS
        or (before[0].isupper() and deletion.start > 1 and lower not in _CONJUNCTIONS | _PLACE_PREPOSITIONS)
        or lower in {"no", "not", "as", "fake", "first"}
    )


# ---- trailing clauses, adjuncts, adverbs ----------------------------------------------------------------------------


def _trailing(deletion: Deletion) -> Refusal | None:
    if not deletion.at_end or deletion.before or deletion.first not in _TRAILING:
        return None
    lower, first = deletion.lower, deletion.first
    if _RESTRICTING_PHRASES.match(" ".join(lower[:4])):
        return Refusal("condition", deletion.words)
    if first == "as" and (
        _compares(deletion) or set(lower[:8]) & vocabulary("en").reporting or deletion.left in _AS_VERBS
    ):
        return Refusal("restriction", deletion.words)
    word = _downward(deletion) or _superlative(deletion)
    if word:
        return Refusal("restriction", deletion.words)
    if first in {"before", "after"} and (_is_measure(deletion.left) or _obliges(deletion)):
        return Refusal("condition", deletion.words)
    return _whole(deletion) or _FINE


_AS_VERBS = word_set(
    """
    known seen regarded described serve serves served work works worked working act acts acted used such same same-sex
    viewed considered treated identified named elected appointed dismissed rejected denounced condemned hailed praised
    criticised criticized portrayed remembered just far long soon well
    """
)


def _compares(deletion: Deletion) -> bool:
    before = deletion.sentence.lower[max(0, deletion.start - 5) : deletion.start]
    return bool(set(before) & {"as", "so", "such", "same", "twice", "times"})


def _is_measure(word: str) -> bool:
    return word in _TIME_NOUNS


def _obliges(deletion: Deletion) -> bool:
    window = deletion.sentence.lower[max(0, deletion.start - 12) : deletion.start]
    return bool(set(window) & (_STATIVE - {"has", "have", "had"} | {"can", "may", "only", "will", "would"}))


def _adjuncts(deletion: Deletion) -> Refusal | None:
    """Times, places and occasions, one after the other."""
    at, kinds = deletion.start, set()
    while at < deletion.end:
        end, kind = _adjunct_at(deletion, at)
        if end == at:
            return None
        kinds.add(kind)
        at = end
    return _limits(deletion, kinds) or _FINE


def _adjunct_at(deletion: Deletion, at: int) -> tuple[int, str]:
    for find, kind in ((_time_end, "time"), (_venue_end, "venue"), (_place_end, "place")):
        end = find(deletion.sentence, at, deletion.end)
        if end > at:
            return end, kind
    return at, ""


def _time_end(sentence: Tokens, at: int, limit: int) -> int:
    """The end of a time that begins at `at`, or `at`."""
    end, named = at, False
    while end < limit:
        word = sentence.lower[end]
        is_name = word in _DAY or word in _TIME_NOUNS or (word in _MONTH and sentence.written[end][0].isupper())
        is_number = sentence.kinds[end] == "number" and _is_clock(sentence, end)
        if not (is_name or is_number or word in _TIME_MODIFIERS or (end == at and word in _TIME_PREPOSITIONS)
                or (word in _TIME_PREPOSITIONS and named)):  # fmt: skip
            break
        if end > at and word in {"on", "in", "at"} and not _time_follows(sentence, end, limit):
            break
        named = named or is_name or (is_number and len(sentence.written[end]) == 4)
        end += 1
    return end if named else at


def _time_follows(sentence: Tokens, at: int, limit: int) -> bool:
    following = sentence.lower[at + 1 : min(limit, at + 4)]
    return any(word in _DAY or word in _MONTH or word in _TIME_NOUNS for word in following)


def _is_clock(sentence: Tokens, at: int) -> bool:
    """Whether a number is a day, a year or a time of day: something of a calendar stands beside it."""
    beside = sentence.lower[max(0, at - 1) : at] + sentence.lower[at + 1 : at + 2]
    year = len(sentence.written[at]) == 4 and sentence.written[at][:2] in {"18", "19", "20"}
    calendar = _MONTH | _DAY | _TIME_NOUNS | {"am", "pm", "a.m", "p.m", "gmt", "th", "st", "nd", "rd", "at"}
    return year or bool(set(beside) & calendar)


def _venue_end(sentence: Tokens, at: int, limit: int) -> int:
    if sentence.lower[at] not in {"in", "at", "during", "on"} and sentence.lower[at : at + 2] != ("to", "reporters"):
        return at
    if sentence.lower[at] == "to":
        return at + 2
    for end in range(at + 1, min(limit, at + 7)):
        if sentence.gaps[end] or sentence.lower[end] in {"that", "which", "who"}:
            return at
        if sentence.lower[end] in _VENUES and sentence.lower[end + 1 : end + 2] not in {
            ("conference",),
            ("release",),
            ("of",),
        }:
            return end + 1
    return at


def _place_end(sentence: Tokens, at: int, limit: int) -> int:
    if sentence.lower[at] not in _PLACE_PREPOSITIONS:
        return at
    end, named = at + 1, False
    while end < limit:
        word = sentence.lower[end]
        is_name = sentence.written[end][0].isupper() and not word.endswith("'s")
        if word in _VENUES or not (is_name or word in _PLACE_NOUNS or word in _SMALL):
            break
        if sentence.gaps[end] and not ("," in sentence.gaps[end] and is_name and named):
            break
        named = named or is_name or word in _PLACE_NOUNS
        end += 1
    return end if named and sentence.lower[end - 1] not in _SMALL else at


def _limits(deletion: Deletion, kinds: set[str]) -> Refusal | None:
    """Where times and places are more than circumstances."""
    if set(deletion.lower) & word_set("by until since within every each before after") and not deletion.at_start:
        return Refusal("condition", deletion.words)
    exact = bool(set(deletion.lower) & (_DAY | {"today", "yesterday", "tomorrow", "tonight"}))
    word = _downward(deletion)
    if word:
        return Refusal("restriction", deletion.words)
    if (not exact and kinds != {"venue"}) and (_superlative(deletion) or _measured(deletion)):
        return Refusal("restriction", deletion.words)
    if kinds != {"venue"} and not deletion.at_start and not _has_verb_before(deletion):
        fine = kinds == {"time"} and _is_verb(deletion.right)
        return None if fine else Refusal("restriction", deletion.words)
    if deletion.left in _PLACE_LEFT and "place" in kinds:
        return Refusal("clause", deletion.words)
    return None


_PLACE_LEFT = word_set("is are was were be been remain remains live lives lived based born and or between from to")


def _has_verb_before(deletion: Deletion) -> bool:
    for at in range(deletion.start - 1, -1, -1):
        word = deletion.sentence.lower[at]
        if _is_verb(word):
            return True
        if ";" in deletion.sentence.gaps[at] or ":" in deletion.sentence.gaps[at]:
            return False
    return False


def _adverb(deletion: Deletion) -> Refusal | None:
    if len(deletion.lower) != 1 or deletion.first not in _ADVERBS:
        return None
    if deletion.first in _LOST_BY_ADVERBS or _downward(deletion):
        return Refusal("degree", deletion.words)
    return _FINE


def _complementizer(deletion: Deletion) -> Refusal | None:
    if deletion.lower == ("that",) and deletion.left in {"said", "says", "believes", "added", "announced", "thinks"}:
        return _FINE
    return None


# ---- a second clause ------------------------------------------------------------------------------------------------


def _second_clause(deletion: Deletion) -> Refusal | None:
    if not deletion.at_end:
        return None
    if ";" in deletion.before:
        return _whole(deletion) or (
            Refusal("condition", deletion.words) if deletion.first in {"if", "unless", "but", "otherwise"} else _FINE
        )
    if deletion.first not in {"and", "but", "while", "yet", "so"} or not _is_clause(deletion):
        return None
    shared = set(_clause_before(deletion)) & _SHARED_BY_COORDINATION
    if shared and not _has_subject(deletion):
        return Refusal("negation" if "not" in shared else "condition", deletion.words)
    if shared & {"if", "unless", "until", "whether"}:
        return Refusal("condition", deletion.words)
    return _whole(deletion) or _FINE


def _is_clause(deletion: Deletion) -> bool:
    """Whether a conjunction is followed by a verb or by a subject with its verb."""
    rest = deletion.lower[1:]
    if not rest:
        return False
    at = 1 if rest[0] in _ADVERBS and len(rest) > 1 else 0
    if _is_verb(rest[at]) and rest[at] not in {"report", "claim", "note", "forecast", "promise", "claims"}:
        return True
    return "," in deletion.before and any(_is_verb(word) for word in rest[1:9])


def _has_subject(deletion: Deletion) -> bool:
    rest = deletion.lower[1:]
    return bool(rest) and not _is_verb(rest[0]) and rest[0] not in _ADVERBS and "," in deletion.before


def _clause_before(deletion: Deletion) -> tuple[str, ...]:
    start = deletion.start
    while start > 0 and ";" not in deletion.sentence.gaps[start]:
        start -= 1
    return deletion.sentence.lower[start : deletion.start]


# ---- other languages ------------------------------------------------------------------------------------------------

_ARTICLES = word_set(
    """
    der die das ein eine einer le la les l' un une el los las una il lo gli i uno o a os as um uma
    """
)
_COMMA_RELATIVES = {
    "fr": word_set("qui dont où que"),
    "es": word_set("quien quienes cuyo cuya donde que"),
    "it": word_set("che cui dove quale"),
    "pt": word_set("que quem cujo cuja onde"),
}


def _elsewhere(deletion: Deletion) -> Refusal | None:
    """Languages whose clauses are not known here: asides between commas that are surely one, and nothing else."""
    words = vocabulary(deletion.language)
    if not words.reporting or "," not in deletion.before or not (deletion.at_end or "," in deletion.after):
        return Refusal("clause", deletion.words)
    refused = _aside(deletion)
    if refused or set(deletion.lower) & words.doubts:
        return refused or Refusal("doubt", deletion.words)
    relative = _COMMA_RELATIVES.get(deletion.language[:2], frozenset())
    if deletion.first in relative and not deletion.next_is_capital:
        return None
    is_apposition = deletion.first in _ARTICLES and deletion.language[:2] != "de"
    if deletion.language[:2] == "de":
        is_apposition = deletion.first in {"ein", "eine", "einer", "der", "die", "das"} and not _german_verb_last(
            deletion
        )
    if (
        is_apposition
        and not deletion.at_end
        and not deletion.next_is_capital
        and deletion.right not in _CONJUNCTIONS_ELSEWHERE
    ):
        return None
    return Refusal("clause", deletion.words)


_CONJUNCTIONS_ELSEWHERE = word_set("und oder et ou y o e ed и или та або und")


def _german_verb_last(deletion: Deletion) -> bool:
    """A German relative clause ends in its verb, which is written small; an apposition ends in a noun."""
    return not deletion.sentence.written[deletion.end - 1][0].isupper()


# ---- what remains ---------------------------------------------------------------------------------------------------


def fragment(trimmed: Tokens, sentence: Tokens) -> Refusal | None:
    """Whether what remains ends on a word that leans on the next."""
    if len(trimmed) and trimmed.lower[-1] in _NO_LAST_WORD and trimmed.lower[-1] != sentence.lower[-1]:
        return Refusal("clause", trimmed.written[-1])
    return None


def moved_punctuation(trimmed: Tokens, sentence: Tokens, kept: list[int]) -> Refusal | None:
    """Between words that stood side by side, the punctuation stays as it was."""
    for index in range(1, len(kept)):
        if kept[index] == kept[index - 1] + 1 and trimmed.gaps[index] != sentence.gaps[kept[index]]:
            return Refusal("clause", " ".join(trimmed.written[index - 1 : index + 1]))
    return None
