"""Whether a sentence still entails what is left of it when words are taken out.

What may go is listed, everything else may not: whole parentheses, asides between commas, leading connectives and
clauses, times and places, trailing clauses, titles before names. Each is looked at with the words around it, since "on
Monday" may go from what happened and not from what "nobody" did, and an aside that is "said Wei" is not an aside.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from summarizer.claims import TITLE_CHANGERS, TITLE_NOUNS, Tokens, dates, tokens, vocabulary
from summarizer.words import word_set

_LONGEST_ALIGNED = 250_000  # cells of the table that finds which words were left out; beyond, the first that fit
_DASHES = "–—"
_OPENING, _CLOSING = frozenset("([（［"), frozenset(")]）］")


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
_DAY = word_set("monday tuesday wednesday thursday friday saturday sunday tues thurs")
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
    last next this early late earlier later past the same previous following local time ago recent few several two
    three four five six seven eight nine ten mid then first second coming after before just shortly soon of and am
    pm a.m p.m gmt et bst est cet utc new easter christmas eve day holiday weekend
    """
)
_TIME_PREPOSITIONS = word_set("on in at during over late early earlier later this last next around about")
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
_LOST_BY_ADVERBS = word_set("together jointly initially originally narrowly still previously formally")
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
    appears hit cut put set sank drove flew chose drew kept hid sought read sang rang swam hung slept lent spread quit
    beat bid cast cost rode wore tore bore blew flung froze forgot drank ate bit bent dealt dug fed heard laid lay leapt
    lit meant slid sped spun split sprang stuck swung woke wept hurt burst shed overthrew
    opens closes rises falls plays begins ends starts stops moves turns works helps allows lives runs leads brings
    signs kills dies buys sells builds cuts raises backs faces launches joins leaves asks calls urges votes meets
    visits arrives returns rules orders bans approves agrees rejects supports offers shows keeps sends wants uses
    """
)
_AFTER_PARTICIPLES = word_set(
    "by in on at as for with from to into of near after before during under alongside through"
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
    fail fails failed refuse refuses refused deny denies denied denying unable prevent prevents
    prevented  ban bans banned banning prohibit prohibits prohibited forbid forbids always usually
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
_SOURCES = word_set(
    """
    official officials source sources police witness witnesses document documents report reports people person
    statement ministry agency media newspaper television insiders diplomats experts investigators study data figures
    """
)
_RESTRICTING_PHRASES = re.compile(
    r"^(?:in (?:case|exchange|return|order|favou?r|principle|theory|part|an? attempt|the event|view|the view|the eyes)"
    r"|as (?:long|soon|far|much|many|well as not)|at (?:least|most|best|worst|risk|odds|fault)"
    r"|on (?:condition|paper|average)"
    r"|as if|as though|because of not)\b"
)


def refusal_of(deletion: Deletion) -> Refusal | None:
    """Why these words may not be left out, or None."""
    refused = _quotation(deletion) or _left_over(deletion)
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


def _left_over(deletion: Deletion) -> Refusal | None:
    """Punctuation that opened or closed what is gone may not stay behind."""
    inside = "".join(deletion.sentence.gaps[deletion.start : deletion.end + 1])
    brackets = sum(mark in _OPENING for mark in inside) - sum(mark in _CLOSING for mark in inside)
    marks = sum(mark in ",;:–—" for mark in deletion.join)
    opened = "," in deletion.before and "," in deletion.join and not deletion.after and len(_segments(deletion)) > 1
    if brackets or (not deletion.at_end and (marks > 1 or opened)):
        return Refusal("clause", deletion.words)
    return None


def _is_bounded_aside(deletion: Deletion) -> bool:
    """Whether it is all of what stands between brackets or dashes, or behind the only dash."""
    before, after = deletion.before, deletion.after
    if before[-1:] in _OPENING and after[:1] in _CLOSING:
        return True
    gaps = deletion.sentence.gaps
    opened = sum(_has_dash(gap) for gap in gaps[: deletion.start + 1]) % 2 == 1
    inside = any(_has_dash(gap) for gap in gaps[deletion.start + 1 : deletion.end])
    return _has_dash(before) and opened and not inside and (_has_dash(after) or deletion.at_end) and ":" not in before


def _has_dash(gap: str) -> bool:
    return any(mark in gap for mark in _DASHES)


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
    if deletion.first in words.degrees and not any(word[0].isdigit() for word in deletion.lower):
        return Refusal("degree", deletion.words)
    return None


def _english(deletion: Deletion, depth: int = 0) -> Refusal | None:
    if deletion.lower in _CONNECTIVES and _is_free_standing(deletion):
        return None
    for judge in (
        _leading,
        _comma_aside,
        _title,
        _trailing,
        _agent,
        _adjuncts,
        _adverb,
        _complementizer,
        _second_clause,
    ):
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
    outside = bool(deletion.before or deletion.after) or deletion.at_start or deletion.at_end
    for at in borders if outside else ():
        first, second = deletion.within(deletion.start, at), deletion.within(at, deletion.end)
        if deletion.at_start:
            second = _Later(deletion, at - deletion.start)
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
    """A connective at the start, or between commas; without a comma only where it can be nothing else."""
    if not deletion.at_start:
        return _separates(deletion.before) and (deletion.at_end or _separates(deletion.after))
    return bool(deletion.after) or (deletion.lower[0] in _BARE_CONNECTIVES and deletion.right not in _SO_FAR)


def _separates(gap: str) -> bool:
    return "," in gap or ";" in gap or _has_dash(gap)


_BARE_CONNECTIVES = word_set("but and so yet meanwhile then")
_SO_FAR = word_set("far many much long few called that of as")


def _is_verb(word: str) -> bool:
    return (
        word in _AUXILIARIES or word in _PAST or word.endswith("n't") or (word.endswith("ed") and len(word) > 4)
        or word in vocabulary("en").reporting
    )  # fmt: skip


def _has_finite_verb(lower: tuple[str, ...]) -> bool:
    """Whether there is what can only be the verb of a clause; "led by" and "accused of" are participles as often."""
    if any(word in _AUXILIARIES or word in _PRONOUNS - {"that", "this", "these", "those", "who"} for word in lower):
        return True
    return any(_is_verb(left) and right not in _AFTER_PARTICIPLES for left, right in pairwise(lower[1:]))


_SAYING = vocabulary("en").reporting - word_set(
    """
    report claim claims note notes forecast forecasts promise promises demand demands hope hopes fear fears think
    estimate estimates plan plans accused alleged estimated believed described quoted expected feared threatened
    comment comments accusations accusation allegations allegation vows pledges accusing posted
    """
)


def _is_attributing(lower: tuple[str, ...]) -> bool:
    """Whether words are what follows a claim to say whose it is: "police said", "said Wei", "according to ..."."""
    if not lower or lower[0] in _RELATIVES or (lower[0].endswith("ing") and lower[0] != "according"):
        return False
    return "according" in lower[:2] or bool(set(lower) & _SAYING) or (len(lower) > 1 and lower[-1] in _FINDING)


_FINDING = word_set("found shows showed show ruled find finds decided read reads goes went saw")


_VERIFYING = word_set(
    "verified verify independently authenticated confirmed confirm corroborated proven proved unconfirmed"
)


def _is_negation(word: str) -> bool:
    return word in vocabulary("en").negations or word.endswith("n't") or word == "unconfirmed"


def _ends_in_attribution(deletion: Deletion) -> bool:
    """Whether a part of it between commas says whose claim the rest is."""
    if "according" in deletion.lower[1:]:
        return True
    segments = _segments(deletion)
    if any(len(segment) <= 12 and _is_attributing(segment) for segment in segments[1:]):
        return True
    return deletion.last in {"said", "says"} and len(deletion.lower) > 2


def _segments(deletion: Deletion) -> list[tuple[str, ...]]:
    """Its words, cut at commas, quotation marks and dashes."""
    sentence = deletion.sentence
    cuts = [at for at in range(deletion.start + 1, deletion.end) if _cuts(sentence.gaps[at])]
    borders = [deletion.start, *cuts, deletion.end]
    return [sentence.lower[left:right] for left, right in pairwise(borders)]


def _cuts(gap: str) -> bool:
    return any(mark in gap for mark in ',"”;:') or _has_dash(gap)


def _segment_before(deletion: Deletion) -> tuple[str, ...]:
    """The words in front of it, back to the comma before."""
    start = deletion.start - 1
    while start > 0 and not _cuts(deletion.sentence.gaps[start]):
        start -= 1
    return deletion.sentence.lower[max(0, start) : deletion.start]


def _swallows_clause(deletion: Deletion) -> bool:
    """Whether more goes than one aside or clause: behind one of its commas stands a subject with its verb."""
    return any(not _hangs_on(segment) and any(map(_is_verb, segment)) for segment in _segments(deletion)[1:])


def _hangs_on(segment: tuple[str, ...]) -> bool:
    """Whether a part between commas belongs to the one before it."""
    first, gerund = segment[0], segment[0].endswith("ing") and len(segment[0]) > 5
    return (
        gerund
        or first in _RELATIVES | {"and", "or", "including"}
        or bool({"which", "whom", "whose"} & set(segment[1:3]))
    )


def _whole(deletion: Deletion) -> Refusal | None:
    """The objections to leaving out a whole aside or clause that says something of its own."""
    if _ends_in_attribution(deletion):
        return Refusal("attribution", deletion.words)
    if set(deletion.lower) & vocabulary("en").denials:
        return Refusal("denial", deletion.words)
    if set(deletion.lower) & _VERIFYING and any(map(_is_negation, deletion.lower)):
        return Refusal("doubt", deletion.words)
    if _swallows_clause(deletion):
        return Refusal("clause", deletion.words)
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
    start = max(0, deletion.start - 8)
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
    if not deletion.at_start or "," not in deletion.after or deletion.sentence.quoted[deletion.start]:
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
    if first in _LEADING or first == "because":
        return True
    if first == "with":
        return lower[1:4] != ("the", "exception", "of")
    if first.endswith("ing") and len(first) > 5:  # "rising prices, ..." opens with its subject
        return len(lower) > 1 and (lower[1] in _AFTER_GERUNDS or lower[1].endswith("ly") or lower[1][0].isdigit())
    return first in {"asked", "faced", "born", "founded", "elected", "dressed"}


_AFTER_GERUNDS = (
    _DETERMINERS | _PRONOUNS | _AFTER_PARTICIPLES | word_set("up out off about over only all that what how him them")
)


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
    if "," not in deletion.before or deletion.at_start:
        return None
    if (not deletion.at_end and "," not in deletion.after) or deletion.first in {
        "and",
        "but",
        "or",
        "nor",
        "yet",
        "so",
    }:
        return None
    lower, first = deletion.lower, deletion.first
    if (
        first in vocabulary("en").conditions
        or first in {"not", "without"}
        or _RESTRICTING_PHRASES.match(" ".join(lower[:4]))
    ):
        return Refusal("condition", deletion.words)
    if lower[:2] == ("according", "to") or (first in {"citing", "quoting"} and _cites_somebody(deletion)):
        return Refusal("attribution", deletion.words)
    if _is_relative(deletion):
        if _reports_on(deletion):
            return Refusal("clause", deletion.words)
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
    gaps = deletion.sentence.gaps[deletion.start + 1 : deletion.start + 4]
    return lower[0] in _BEFORE_RELATIVES and bool({"which", "whom", "whose"} & set(lower[1:4])) and not any(gaps)


def _reports_on(deletion: Deletion) -> bool:
    """Whether what somebody is said to have said goes on behind: "who said Smith, 80," has agreed."""
    written = deletion.sentence.written[deletion.start : deletion.end]
    said = next((at for at, word in enumerate(written) if word in _SAYING), None)
    if said is None or not _is_verb(deletion.right):
        return False
    return not any(map(_is_verb, deletion.lower[said + 1 :]))


_BEFORE_RELATIVES = word_set(
    """
    of in to for with from by at on most many some all both none one two three several each half few under through
    after during
    """
)


def _cites_somebody(deletion: Deletion) -> bool:
    """Whether an aside says where something is known from: "citing officials", but not "citing high costs"."""
    written = deletion.sentence.written[deletion.start + 1 : deletion.end]
    return bool(set(deletion.lower) & _SOURCES) or any(word[0].isupper() for word in written)


def _joined(deletion: Deletion) -> Refusal | None:
    """What remains on both sides must belong together: a name, a number or an article behind an aside begins something
    else, unless that says whose claim it is."""
    if deletion.at_end or _attribution_follows(deletion):
        return None
    begins_anew = deletion.next_is_capital or deletion.right in _DETERMINERS or deletion.right[:1].isdigit()
    if begins_anew or (deletion.right in _CONJUNCTIONS and not deletion.join):
        return Refusal("clause", deletion.words)
    return None


def _attribution_follows(deletion: Deletion) -> bool:
    following = deletion.sentence.lower[deletion.end : deletion.end + 8]
    return "," in deletion.join and any(word in {"said", "says", "told", "added"} for word in following)


def _is_participial(deletion: Deletion) -> bool:
    words = deletion.lower[1:] if deletion.first.endswith("ly") else deletion.lower
    if words is not deletion.lower and words[1:2] and words[1] not in _AFTER_GERUNDS:  # "rapidly thinning glacier"
        return False
    if not words or "-" in words[0] or words[0] in _AUXILIARIES:
        return False
    if words[0].endswith("ing"):
        return len(words[0]) > 5
    passive = words[0] in _PARTICIPLES or (words[0].endswith("ed") and len(words[0]) > 4)
    return passive and words[1:2] != () and words[1] in _AFTER_PARTICIPLES and _hangs_on_subject(deletion)


def _hangs_on_subject(deletion: Deletion) -> bool:
    """Whether "advanced on the city" can be no verb of the sentence: that one stands before it, or right behind."""
    before = _segment_before(deletion)
    if deletion.at_end:
        return any(map(_is_verb, before))
    return len(before) == deletion.start and _is_verb(deletion.right)


def _apposition(deletion: Deletion) -> Refusal | None:
    lower = deletion.lower
    if _is_attributing(lower):
        return Refusal("attribution", deletion.words)
    if not (_is_noun_phrase(lower) or _is_name(deletion) or _is_age(deletion)):
        return None
    if _has_finite_verb(lower) or _opens_adverbially(_segment_before(deletion), deletion):
        return None
    if deletion.right in _CONJUNCTIONS or deletion.left in _CONJUNCTIONS or _ends_list(deletion):
        return Refusal("quantity", deletion.words)
    return _joined(deletion) or _whole(deletion) or _FINE


def _ends_list(deletion: Deletion) -> bool:
    """Whether it is the rest of a list: "..., the doctors, and the nurses"."""
    if any(segment[0] in _CONJUNCTIONS for segment in _segments(deletion)[1:]) or "respectively" in deletion.lower:
        return True
    before = _segment_before(deletion)
    listed = deletion.sentence.written[deletion.start - len(before) : deletion.start]
    return bool(set(deletion.lower) & _CONJUNCTIONS) and len(before) < 5 and all(word[0].isupper() for word in listed)


def _opens_adverbially(segment: tuple[str, ...], deletion: Deletion) -> bool:
    """Whether the words in front are no subject but a circumstance: what follows "On Monday," is the subject."""
    if len(segment) != deletion.start:
        return False
    first = segment[0]
    is_adverb = first.endswith("ly") or (first.endswith("ing") and len(first) > 5) or (first,) in _CONNECTIVES
    if all(word in _TIME_MODIFIERS | _TIME_NOUNS | _MONTH | _DAY or word[0].isdigit() for word in segment):
        return True
    return not any(map(_is_verb, segment[1:])) and (is_adverb or first in _OPENERS)


_OPENERS = (
    _LEADING
    | _TRAILING
    | word_set("in on at by for from with to of under over through without when if as unlike asked born")
)


def _is_noun_phrase(lower: tuple[str, ...]) -> bool:
    return lower[0] in _DETERMINERS | _NOUN_PHRASE_STARTS or (lower[0] in TITLE_NOUNS and lower[0] != "chief")


_NOUN_PHRASE_STARTS = word_set("former then formerly now once most many")


def _is_name(deletion: Deletion) -> bool:
    written = deletion.sentence.written[deletion.start : deletion.end]
    capitals = all(word[0].isupper() or word.lower() in _SMALL - {"and"} for word in written)
    return (
        capitals
        and not any(deletion.sentence.gaps[deletion.start + 1 : deletion.end])
        and not (set(deletion.lower) & (_DAY | _MONTH | _PAST))
    )


def _is_age(deletion: Deletion) -> bool:
    return len(deletion.lower) == 1 and deletion.lower[0].isdigit() and len(deletion.lower[0]) <= 3


# ---- titles before names --------------------------------------------------------------------------------------------


def _title(deletion: Deletion) -> Refusal | None:
    """ "Swedish Transport Minister" before "Karin Ahlberg": all of it or nothing."""
    lower = deletion.lower
    if not deletion.next_is_capital or deletion.after.strip(".") or lower[-1] in TITLE_CHANGERS or len(lower) > 8:
        return None
    if any(gap.strip(".-'’") for gap in deletion.sentence.gaps[deletion.start + 1 : deletion.end]):
        return None
    if not (lower[-1] in TITLE_NOUNS or _is_of_place(deletion)) or not _is_title(deletion) or _is_related(deletion):
        return None
    if not _begins_phrase(deletion) or not _names_person(deletion):
        return Refusal("title", deletion.words)
    return _FINE


def _is_title(deletion: Deletion) -> bool:
    written = deletion.sentence.written[deletion.start : deletion.end]
    return all(word[0].isupper() or word.lower() in _TITLE_PARTS for word in written)


_TITLE_PARTS = (
    TITLE_NOUNS
    | TITLE_CHANGERS
    | word_set(
        """
    the of and prime foreign defense defence interior finance health energy trade culture education justice environment
    transport press state police army navy team party opposition club company senior veteran longtime local federal
    district county city regional national lead associate executive managing military government campaign political
    """
    )
)


def _begins_phrase(deletion: Deletion) -> bool:
    """Whether nothing in front belongs to the title as well: not "former", an article, a name."""
    if deletion.at_start or deletion.before.strip("."):
        return True
    word = deletion.left
    return word in _BEFORE_TITLES or (_is_verb(word) and word not in {"is", "was", "were", "are"})


_BEFORE_TITLES = word_set(
    """
    in on at by for with from to and or but that when as than while after before since between against about of if
    where because including under over
    """
)


def _names_person(deletion: Deletion) -> bool:
    """Whether the words behind a title are a name, and not "League title"."""
    sentence, at = deletion.sentence, deletion.end + 1
    if at >= len(sentence) or sentence.gaps[at].strip(".-") or sentence.written[at][0].isupper():
        return True
    word = sentence.lower[at]
    return _is_verb(word) or word in _BEFORE_TITLES or word in _ADVERBS or word.endswith("ly")


def _is_of_place(deletion: Deletion) -> bool:
    """ "Mayor of London": a title, then names."""
    lower = deletion.lower
    if "of" not in lower or lower[: lower.index("of")][-1:] == () or lower[lower.index("of") - 1] not in TITLE_NOUNS:
        return False
    written = deletion.sentence.written[deletion.start + lower.index("of") + 1 : deletion.end]
    name = deletion.sentence.written[deletion.end : deletion.end + 2]
    if len(name) < 2 or not name[1][0].isupper() or deletion.sentence.gaps[deletion.end + 1] or name[1].endswith("s'"):
        return False
    return (
        bool(written) and all(word[0].isupper() or word in {"the", "and"} for word in written) and written[-1] != "the"
    )


def _is_related(deletion: Deletion) -> bool:
    """ "Wife of President", "spokesman for Mayor": somebody else than the one named."""
    lower = deletion.lower
    if set(lower) & _RELATING or any(map(_is_verb, lower)):
        return True
    if "of" in lower:
        head, tail = lower[: lower.index("of")], lower[lower.index("of") + 1 :]
        return not any(word in TITLE_NOUNS for word in head) or any(word in TITLE_NOUNS for word in tail)
    return any(word.endswith("'s") for word in lower[:-1])


_RELATING = word_set("for to by with from against and who that in on under at after before as when while if")


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
    if first == "before" and not any(map(_is_verb, lower[1:])):
        return Refusal("restriction", deletion.words)
    if first == "as" and (len(lower) < 4 or not any(map(_is_verb, lower[1:]))):
        return Refusal("restriction", deletion.words)
    if _downward(deletion) or _superlative(deletion):
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


def _agent(deletion: Deletion) -> Refusal | None:
    """Who did it, behind a passive: "was arrested by soldiers"; not behind "believed by" or "called so by"."""
    if deletion.first != "by" or not deletion.at_end or deletion.before or len(deletion.lower) > 10:
        return None
    passive = deletion.left in _PARTICIPLES or (deletion.left.endswith("ed") and deletion.left not in _SAYING)
    plain = len(_segments(deletion)) == 1 and not any(map(_is_verb, deletion.lower)) and _protected(deletion) is None
    if not passive or not plain or any(word.endswith("ing") for word in deletion.lower) or _downward(deletion):
        return None
    return _FINE


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
    if not _may_begin_time(sentence, at):
        return at
    end, last = at, at
    while end < limit:
        word = sentence.lower[end]
        leads_on = word in _TIME_PREPOSITIONS and (last > at or sentence.lower[end - 1] in {"early", "late", "later"})
        names = _names_time(sentence, end)
        if not (names or leads_on or word in _TIME_MODIFIERS or (end == at and word in _TIME_PREPOSITIONS)):
            break
        if end > at and word in {"on", "in", "at"} and not _time_follows(sentence, end, limit):
            break
        end += 1
        if names or word in _TIME_ENDS:
            last = end if names or last > at else last
    return last


_TIME_ENDS = word_set("ago time am pm a.m p.m gmt et bst est cet utc")
_TIME_STARTS = (
    _TIME_PREPOSITIONS | _DAY | word_set("today yesterday tomorrow tonight last this next earlier later early late the")
)


def _may_begin_time(sentence: Tokens, at: int) -> bool:
    """Whether a phrase of time may begin here: nothing in front leans on it."""
    before = sentence.lower[at - 1] if at and not sentence.gaps[at] else ""
    leaned_on = before in _LEANING or before in _TIME_MODIFIERS - {"and", "time"} or before[:1].isdigit()
    return sentence.lower[at] in _TIME_STARTS and not leaned_on and before not in _MONTH


_LEANING = (
    _DETERMINERS | _TIME_PREPOSITIONS | word_set("by since until from of between to for within after before every each")
)


def _names_time(sentence: Tokens, at: int) -> bool:
    word = sentence.lower[at]
    if word in _DAY or word in _TIME_NOUNS or (word in _MONTH and sentence.written[at][0].isupper()):
        return True
    return sentence.kinds[at] == "number" and _is_clock(sentence, at)


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
    """The end of an occasion of speaking that begins at `at`, or `at`: "in an interview with a local newspaper"."""
    if sentence.lower[at : at + 2] == ("to", "reporters"):
        return at + 2
    if at and (sentence.lower[at], sentence.lower[at - 1]) in _LISTENED_TO:
        return _listener_end(sentence, at, limit)
    if sentence.lower[at] not in {"in", "at", "during", "on"}:
        return at
    for end in range(at + 1, min(limit, at + 7)):
        if sentence.gaps[end] or sentence.lower[end] in {"that", "which", "who"}:
            return at
        if sentence.lower[end] in _VENUES and sentence.lower[end + 1 : end + 2] not in _VENUE_GOES_ON:
            return end + 1
    return at


_LISTENED_TO = {("with", "interview"), ("to", "speech"), ("to", "letter"), ("to", "statement"), ("to", "address")}
_VENUE_GOES_ON = (("conference",), ("release",), ("of",), ("report",))


def _listener_end(sentence: Tokens, at: int, limit: int) -> int:
    """The end of whom somebody spoke to: up to the next clause, time or punctuation."""
    end = at + 1
    while end < min(limit, at + 8) and not sentence.gaps[end] and sentence.lower[end] not in _LISTENER_ENDS:
        end += 1
    return end


_LISTENER_ENDS = word_set("that on in at who which when after before about during and said says if whether")


def _place_end(sentence: Tokens, at: int, limit: int) -> int:
    """The end of a place that begins at `at`, or `at`."""
    if sentence.lower[at] not in _PLACE_PREPOSITIONS:
        return at
    end, named = at + 1, False
    while end < limit:
        word = sentence.lower[end]
        is_name = sentence.written[end][0].isupper() and not word.endswith("'s") and word not in _DAY | _MONTH
        if word in _VENUES or not (is_name or word in _PLACE_NOUNS or word in _SMALL):
            break
        if sentence.gaps[end].strip(".") and not ("," in sentence.gaps[end] and is_name and named):
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
    if word and (not deletion.at_start or word in vocabulary("en").negations):
        return Refusal("restriction", deletion.words)
    if (not exact and kinds != {"venue"}) and (_superlative(deletion) or _measured(deletion)):
        return Refusal("restriction", deletion.words)
    if not deletion.at_end and not deletion.after.strip(".") and not _may_follow(deletion, kinds):
        return Refusal("clause", deletion.words)
    if "," in deletion.after and not deletion.before and not deletion.at_start and deletion.next_is_capital:
        return Refusal("clause", deletion.words)
    if kinds != {"venue"} and not deletion.at_start and not _has_verb_before(deletion):
        fine = kinds == {"time"} and _is_verb(deletion.right)
        return None if fine else Refusal("restriction", deletion.words)
    if deletion.left in _PLACE_LEFT and "place" in kinds:
        return Refusal("clause", deletion.words)
    return None


def _may_follow(deletion: Deletion, kinds: set[str]) -> bool:
    """Whether the word behind times and places begins something else, and is not what they belong to: "in the Asian"
    nation, "on Monday" night's, schools "in Norrby" were, "in the days" since."""
    word = deletion.right
    if word in _TIME_NOUNS or word in _MONTH or word in _LIMITING_NEXT or word.endswith("'s") or word in _VENUES:
        return False
    if word[:1].isdigit() and "time" in kinds:
        return False
    if deletion.next_is_capital and word not in _DAY and ("time" not in kinds or "place" in kinds):
        return False
    if "place" not in kinds or (word == "that" and deletion.left in _SAYING):
        return True
    return not _is_verb(word) and (word in _AFTER_PLACES or word in _DAY)


_LIMITING_NEXT = _TIME_ENDS | word_set("local alone only since before after of ago where which who whose itself old")


_AFTER_PLACES = (
    _TIME_PREPOSITIONS | {"but"} | _LEADING | _TRAILING | (_PRONOUNS - {"that", "who", "this", "those"}) | _DETERMINERS
    | word_set("to with for by from into onto about against over through when if because under last")
)  # fmt: skip
_PLACE_LEFT = word_set(
    """
    is are was were be been remain remains live lives lived living based born and or between from to staying lies stands
    located remained stay
    """
)


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
    if not rest or "respectively" in rest or deletion.sentence.written[deletion.start + 1] == "May":
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
    if (
        words.reporting
        and _is_day(deletion)
        and not set(deletion.sentence.lower) & (words.negations | words.conditions)
    ):
        return None
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


_BEFORE_DAYS = word_set("am le el al na in on у в во a à il lo no nos em den dem der des de du en")


def _is_day(deletion: Deletion) -> bool:
    """Whether the words name a day of the week and nothing else: "am Montag", "el jueves"."""
    named = dates(tokens(" ".join(deletion.sentence.written[deletion.start : deletion.end])), deletion.language)
    rest = [word for word in deletion.lower if word not in _BEFORE_DAYS]
    return len(rest) == 1 and any(meant.startswith("day") for meant in named)


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


def verbless(trimmed: Tokens, sentence: Tokens, language: str) -> Refusal | None:
    """Whether the verbs of a sentence all went with what was left out."""
    if not language.startswith("en") or any(map(_is_verb, trimmed.lower)) or not any(map(_is_verb, sentence.lower)):
        return None
    return Refusal("clause", next(word for word in sentence.lower if _is_verb(word)))


def moved_punctuation(trimmed: Tokens, sentence: Tokens, kept: list[int]) -> Refusal | None:
    """Between words that stood side by side, the punctuation stays as it was."""
    for index in range(1, len(kept)):
        if kept[index] == kept[index - 1] + 1 and trimmed.gaps[index] != sentence.gaps[kept[index]]:
            return Refusal("clause", " ".join(trimmed.written[index - 1 : index + 1]))
    return None
