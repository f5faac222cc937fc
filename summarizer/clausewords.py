"""Small words of English by what they do in a clause: verbs, connectives, articles, days, words that report."""

import re
from itertools import pairwise

from summarizer.vocabularies import vocabulary
from summarizer.words import word_set

RELATIVES = word_set("who whom whose which where")
CONNECTIVES = frozenset(
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
DAY = word_set("monday tuesday wednesday thursday friday saturday sunday tues thurs")
MONTH = word_set(
    """
    january february march april may june july august september october november december jan feb aug sept sep oct nov
    dec
    """
)
TIME_NOUNS = word_set(
    """
    today yesterday tomorrow tonight week weeks weekend month months year years night nights morning afternoon
    evening noon midnight summer winter spring autumn fall decade decades day days hour hours minute minutes dawn
    dusk lunchtime season century moment
    """
)
TIME_MODIFIERS = word_set(
    """
    last next this early late earlier later past the same previous following local time ago recent few several two
    three four five six seven eight nine ten mid then first second coming after before just shortly soon of and am
    pm a.m p.m gmt et bst est cet utc new easter christmas eve day holiday weekend
    """
)
TIME_PREPOSITIONS = word_set("on in at during over late early earlier later this last next around about")
ADVERBS = word_set(
    """
    also already again then later meanwhile however still recently earlier today yesterday tomorrow tonight now
    strongly quickly quietly angrily sharply firmly publicly formally officially previously subsequently immediately
    suddenly repeatedly finally eventually currently unexpectedly reluctantly briefly openly privately separately
    jointly together soon initially originally furthermore moreover therefore thus very really simply
    actually clearly swiftly successfully peacefully narrowly heavily badly seriously severely safely promptly
    proudly sadly happily warmly significantly considerably substantially dramatically steadily gradually abruptly
    widely deeply bitterly
    """
)
LOST_BY_ADVERBS = word_set("together jointly initially originally narrowly still previously formally")
PLACE_PREPOSITIONS = word_set("in at near on outside inside off across throughout around along beside")
VENUES = word_set(
    """
    statement interview speech letter report briefing conference email e-mail tweet post message address release
    article blog call ceremony meeting rally hearing summit debate reception event press news broadcast
    """
)
SMALL = word_set("the a an of and its his her their this that new old central for de la el san st")
LEADING = word_set(
    """
    after as while although though because since despite amid amidst following before during
    speaking due thanks along like unlike instead
    """
)
TRAILING = word_set("after amid amidst following despite while because before during as since although though whereas")
ADVERSE_PARTICIPLES = word_set(
    """
    assuming providing provided supposing pending depending excluding barring failing according considering granted
    given excepting subject contingent
    """
)
PARTICIPLES = word_set(
    """
    known led based built born made seen held sent set taken given found left paid put run sold driven drawn written
    shown worn won hit struck torn hurt broken chosen frozen beaten forced
    """
)
AUXILIARIES = word_set(
    """
    is are was were am has have had will would can could may might must should shall does did do isn't wasn't aren't
    weren't hasn't haven't hadn't won't wouldn't didn't doesn't don't can't couldn't 'll 'd
    """
)
PAST = word_set(
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
AFTER_PARTICIPLES = word_set("by in on at as for with from to into of near after before during under alongside through")
STATIVE = word_set("need needs needed must has have had require requires required should ought")
DETERMINERS = word_set("a an the his her its their our one another some")
CONJUNCTIONS = word_set("and or nor but")
PRONOUNS = word_set("he she it they i we you there this that these those who")
NO_LAST_WORD = word_set(
    """
    a an the of to in on at by for with from and or but as that than its his her their this these those is are was
    were be been being has have had will would can could may might must should not no more most very into between
    both about over under near after before while when who which if because said says told whose where
    """
)
DOWNWARD = word_set(
    """
    not no never none nobody nothing neither nor without cannot can't won't isn't aren't wasn't weren't don't doesn't
    didn't hasn't haven't hadn't wouldn't couldn't shouldn't few fewer rarely seldom hardly barely scarcely if unless
    until whether all every each most any everyone everybody half percent majority average rate than
    fail fails failed refuse refuses refused deny denies denied denying unable prevent prevents
    prevented  ban bans banned banning prohibit prohibits prohibited forbid forbids always usually
    only
    """
)
SHARED_BY_COORDINATION = word_set(
    """
    not no never none neither nor without cannot can't won't isn't aren't wasn't weren't don't doesn't didn't hasn't
    haven't hadn't wouldn't couldn't shouldn't only if unless until whether between both either all every each any few
    total together combined average unable
    fail failed refuse refused nobody nothing
    """
)
RESTRICTING_PHRASES = re.compile(
    r"^(?:in (?:case|exchange|return|order|favou?r|principle|theory|part|an? attempt|the event|view|the view|the eyes)"
    r"|as (?:long|soon|far|much|many|well as not)|at (?:least|most|best|worst|risk|odds|fault)"
    r"|on (?:condition|paper|average)"
    r"|as if|as though|because of not)\b"
)


def is_verb(word: str) -> bool:
    """Whether a word in lower case is mostly a verb, as far as lists and endings tell."""
    return (
        word in AUXILIARIES or word in PAST or word.endswith("n't") or (word.endswith("ed") and len(word) > 4)
        or word in vocabulary("en").reporting
    )  # fmt: skip


def has_finite_verb(lower: tuple[str, ...]) -> bool:
    """Whether there is what can only be the verb of a clause; "led by" and "accused of" are participles as often."""
    if any(word in AUXILIARIES or word in PRONOUNS - {"that", "this", "these", "those", "who"} for word in lower):
        return True
    return any(is_verb(left) and right not in AFTER_PARTICIPLES for left, right in pairwise(lower[1:]))


SAYING = vocabulary("en").reporting - word_set(
    """
    report claim claims note notes forecast forecasts promise promises demand demands hope hopes fear fears think
    estimate estimates plan plans accused alleged estimated believed described quoted expected feared threatened
    comment comments accusations accusation allegations allegation vows pledges accusing posted
    """
)


def is_attributing(lower: tuple[str, ...]) -> bool:
    """Whether words are what follows a claim to say whose it is: "police said", "said Wei", "according to ..."."""
    if not lower or lower[0] in RELATIVES or (lower[0].endswith("ing") and lower[0] != "according"):
        return False
    return "according" in lower[:2] or bool(set(lower) & SAYING) or (len(lower) > 1 and lower[-1] in _FINDING)


_FINDING = word_set("found shows showed show ruled find finds decided read reads goes went saw")
AFTER_GERUNDS = (
    DETERMINERS | PRONOUNS | AFTER_PARTICIPLES | word_set("up out off about over only all that what how him them")
)
BEFORE_RELATIVES = word_set(
    """
    of in to for with from by at on most many some all both none one two three several each half few under through
    after during
    """
)
