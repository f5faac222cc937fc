"""English sentences as far as words alone show their build: verbs, clauses, attributions, quotations.

No parser: a word's class comes from closed lists, endings and its neighbours. Where they leave doubt the answer is the
careful one, since what is not recognised is simply not left out.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from summarizer.words import word_set


class Kind(StrEnum):
    """Classes of words and marks that matter for the build of a sentence."""

    COMMA = "comma"
    DASH = "dash"
    MARK = "mark"  # any other punctuation
    NUMBER = "number"
    DETERMINER = "determiner"
    PRONOUN = "pronoun"
    PREPOSITION = "preposition"
    CONJUNCTION = "conjunction"
    SUBORDINATOR = "subordinator"
    RELATIVE = "relative"
    THAT = "that"
    NEGATION = "negation"
    ADVERB = "adverb"
    AUXILIARY = "auxiliary"  # finite: is, has, did, may
    VERB = "verb"  # finite, for all that its neighbours show
    PARTICIPLE = "participle"  # or an infinitive: a verb that is no clause's own
    NAME = "name"
    WORD = "word"  # nouns and adjectives, mostly


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a mark and where it stands in the sentence, in characters."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The word in lower case, with plain apostrophes."""
        return self.text.lower().replace("’", "'")


_ABBREVIATIONS = (
    "Mr|Mrs|Ms|Messrs|Dr|Prof|Sen|Rep|Reps|Sens|Gov|Gen|Lt|Col|Sgt|Capt|Maj|Cpl|Pvt|Adm|Cmdr|Rev|Hon|St|Jr|Sr|Inc|Ltd"
    "|Co|Corp|Bros|No|vs|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec|Calif|Fla|Mass|Pa|Ga|Ill|Va|Md|Wash|Ave|Mt|Ft"
)
_TOKEN = re.compile(
    rf"(?:{_ABBREVIATIONS})\.(?=\s+\S)"
    r"|(?:[^\W\d_]\.){2,}"
    r"|[^\W\d_]\.(?=\s+[^\W\d_])(?<![^\W\d_]{2}\.)"
    r"|[$£€¥]?\d+(?:[.,:/]\d+)*%?"
    r"|[^\W_]+(?:[.'’&\-/][^\W_]+)*"
    r"|--+|\.{2,}|``|''|\S"
)

# ---- verbs ----------------------------------------------------------------------------------------------------------

_REGULAR = word_set(
    """
    abandon abduct abolish absorb abuse accelerate accept access accompany account accuse achieve acknowledge
    acquire act adapt add address adjourn admit adopt advance advise advocate affect affirm afford agree aid aim
    air alarm alert alter amass amend amount analyse analyze announce anger answer anticipate apologise apologize
    appeal appear apply appoint appreciate approach approve argue arm arrange arrest arrive ask assassinate
    assault assemble assert assess assign assist assume assure attach attack attempt attend attract authorise
    authorize average avert avoid await award back ban bar base batter battle beam beg behave believe belong
    benefit blame blast block boast bomb book boost border borrow boycott brand breach broaden brush burst bury
    call campaign cancel capture care carry cause cease celebrate challenge change characterise characterize
    charge chart chase check cheer circulate cite claim clarify clash classify clean clear climb close coach
    collaborate collapse collect collide combat combine comfort command comment commit compare compete compile
    complain complete comply compose compound comprise concede concern conclude condemn conduct confess confirm
    confiscate confront connect consider consist constitute construct consult consume contact contain contend
    contest continue contract contradict contribute control convene convert convict convince cool cooperate
    coordinate cope cost counter couple cover crack crash create criticise criticize cross crush cry damage dash
    date debate debut decide declare decline decrease deepen defeat defend defer define defuse delay delete
    deliver demand demolish demonstrate denounce deny depart depend depict deploy deport derail describe deserve
    design designate detail detain detect deteriorate determine detonate devastate develop devote die differ
    diminish direct disagree disappear disappoint disclose discover discuss dismiss dispatch display dispute
    disrupt dissolve distribute disturb divide divorce dominate donate double doubt downplay draft drag drift
    drill drop drown dry dump earn ease edge edit educate elaborate elect eliminate embark embrace emerge
    emphasise emphasize employ enable enact encounter encourage end endanger endorse enforce engage enhance enjoy
    enlist ensure enter entertain equip erase erupt escalate escape establish estimate evacuate evaluate evict
    evolve examine exceed exchange exclude execute exercise exhaust exist expand expect expel experience expire
    explain explode exploit explore export expose express extend extract face facilitate fade fail favor favour
    feature fear figure file fill film finalise finalize finance fine finish fire fix flash flee flock flood focus
    follow force forecast form forward foster found frame free fuel fulfil fulfill function fund gain gather gauge
    generate govern grab graduate grant greet ground group guarantee guard guess guide halt halve hamper hand
    handle hang happen harass harm head heal help heighten hesitate highlight hike hinder hire honor
    honour hope host house hunt identify ignite ignore illustrate imagine impact implement imply import impose
    impress imprison improve incite include incorporate increase incur indicate indict infect inflict influence
    inform inherit initiate injure inquire insist inspect inspire install institute instruct insure intend
    intensify intercept interpret interrupt intervene interview introduce invade invent invest investigate invite
    involve issue jail join joke judge jump justify kick kidnap kill kiss knock label lack land last laugh launch
    leak lean leap learn lecture legalise legalize lessen level lie lift like limit line link list listen live
    load loan lobby locate lock log look loom loot loosen love lower maintain manage manufacture march mark market
    marry mask match mature measure mediate melt mention merge minimise minimize miss mobilise mobilize modify
    monitor mount mourn move multiply murder name narrow near need neglect negotiate nominate note notice notify
    object oblige observe obtain occupy occur offend offer officiate open operate oppose order organise organize
    originate oust outline outpace overhaul overlook overturn own pack paint park part participate partner pass
    patrol pause peak peer perform permit persist persuade pick pin place plague plan plant play plead please
    pledge plot plunge point poise police pollute pose position possess post postpone pour practise practice
    praise pray preach predict prefer prepare prescribe present preserve press pressure presume pretend prevail
    prevent print privatise proceed process proclaim produce profit program progress prohibit project prolong
    promise promote prompt pronounce propose prosecute protect protest prove provide provoke publish pull pump
    punch punish purchase pursue push qualify question quote race raid rain raise rally range rank rate ratify
    reach react realise realize reaffirm rearrange reassure rebound rebuff recall receive recognise recognize
    recommend record recover recruit redesign reduce refer reflect reform refrain refuse regain regard register
    regret regulate reinforce reiterate reject relate relax release relieve relinquish relocate rely remain remark
    remember remind remove rename renew renounce rent reopen repair repeal repeat repel replace reply report
    represent request require rescue research reserve reshape reside resign resist resolve respect respond rest
    restore restrict restructure result resume retain retaliate retire retreat retrieve return reunite reveal
    revert review revise revive revoke reward risk rob rock roll rotate round row rule rush sack sail sample
    satisfy save scale scare schedule score scramble scrap scream screen seal search secure seem seize select
    separate serve settle share shatter shed shelve shift ship shock shout show shower shrug sicken sign signal
    simplify sink skip slam slap slash slip slow slump smash smile smoke snap soar soften solve sort sound spare
    spark spawn specify speculate spell spill sponsor spot squeeze stab stabilise stabilize stage stall stamp star
    stare start starve state station stay steer stem step stimulate stir stop storm strain strand strengthen
    stress stretch strip stroll structure struggle study stumble stun submit succeed suffer suggest suit summon
    supervise supply support suppose suppress surface surge surpass surprise surrender surround survey survive
    suspect suspend sustain switch symbolise tackle talk tap target taste tax team telephone televise tempt tend
    term terminate test testify text thank threaten thrill thwart tie tighten tip top topple torture toss total
    touch tour tout trace track trade trail train transfer transform transmit transport trap travel treat trend
    trigger trim triple trouble trust try turn uncover undercut undergo underline undermine underscore unite
    unleash unveil update upgrade uphold urge use utilise utilize vacate value vanish vary veto view violate visit
    voice volunteer vote vow wait walk want warn wash waste watch water weaken weigh welcome whip widen wish
    witness wonder work worry worsen wound wrap yell yield
    """
)
_IRREGULAR = """
    arise arose arisen|awake awoke awoken|bear bore borne|beat beat beaten|become became become
    begin began begun|bend bent bent|bet bet bet|bid bid bid|bind bound bound|bite bit bitten|bleed bled bled
    blow blew blown|break broke broken|breed bred bred|bring brought brought|broadcast broadcast broadcast
    build built built|burn burned burned|buy bought bought|cast cast cast|catch caught caught
    choose chose chosen|cling clung clung|come came come|creep crept crept|cut cut cut|deal dealt dealt
    dig dug dug|draw drew drawn|dream dreamt dreamt|drink drank drunk|drive drove driven|eat ate eaten
    fall fell fallen|feed fed fed|feel felt felt|fight fought fought|find found found|flee fled fled
    fly flew flown|forbid forbade forbidden|forecast forecast forecast|forget forgot forgotten
    forgive forgave forgiven|freeze froze frozen|get got got|give gave given|go went gone|grow grew grown
    hang hung hung|hear heard heard|hide hid hidden|hit hit hit|hold held held|hurt hurt hurt|keep kept kept
    know knew known|lay laid laid|lead led led|leave left left|lend lent lent|let let let|lie lay lain
    light lit lit|lose lost lost|make made made|mean meant meant|meet met met|mislead misled misled
    pay paid paid|overtake overtook overtaken|overthrow overthrew overthrown|prove proved proven|put put put
    quit quit quit|read read read|ride rode ridden|ring rang rung|rise rose risen|run ran run|say said said
    see saw seen|seek sought sought|sell sold sold|send sent sent|set set set|shake shook shaken|shed shed shed
    shine shone shone|shoot shot shot|show showed shown|shrink shrank shrunk|shut shut shut|sing sang sung
    sink sank sunk|sit sat sat|slay slew slain|sleep slept slept|slide slid slid|speak spoke spoken
    spend spent spent|spin spun spun|split split split|spread spread spread|stand stood stood|steal stole stolen
    stick stuck stuck|strike struck struck|strive strove striven|swear swore sworn|sweep swept swept
    swim swam swum|swing swung swung|take took taken|teach taught taught|tear tore torn|tell told told
    think thought thought|throw threw thrown|tread trod trodden|undergo underwent undergone
    understand understood understood|undertake undertook undertaken|uphold upheld upheld|wake woke woken
    wear wore worn|weave wove woven|win won won|wind wound wound|withdraw withdrew withdrawn
    withhold withheld withheld|withstand withstood withstood|write wrote written|overcome overcame overcome
    outrun outran outrun|rebuild rebuilt rebuilt|resell resold resold|retake retook retaken
    foresee foresaw foreseen|oversee oversaw overseen
"""
_DOUBLING = word_set(
    """
    abet admit ban bar beg blot commit compel control cut dig dispel drag drop equip expel fan fit get grab grip hit
    incur jam jog kidnap let log occur omit patrol permit pin plan plot prefer program propel put quit rebel rebut refer
    regret rob rub run scrap set ship shop shrug shut sit skip slam slap slip snap spin split spot stab stem step stir
    stop strip submit sum swap swim tap tip top transfer transmit trap trim win wrap
    """
)


def _with_s(base: str) -> str:
    if base.endswith(("s", "sh", "ch", "x", "z", "go", "do")):
        return base + "es"
    return base[:-1] + "ies" if base.endswith("y") and base[-2] not in "aeiou" else base + "s"


def _with_ed(base: str) -> str:
    if base.endswith("e"):
        return base + "d"
    if base.endswith("y") and base[-2] not in "aeiou":
        return base[:-1] + "ied"
    return base + base[-1] + "ed" if base in _DOUBLING else base + "ed"


_FORMS = [tuple(forms.split()) for line in _IRREGULAR.strip().splitlines() for forms in line.split("|")]
_BASES = _REGULAR | {base for base, _, _ in _FORMS}
_PRESENTS = {_with_s(base): base for base in _BASES}
_IRREGULAR_PASTS = {past: base for base, past, _ in _FORMS}
_PARTICIPLES = {participle: base for base, _, participle in _FORMS}
_REGULAR_PASTS = {_with_ed(base): base for base in _REGULAR - {base for base, _, _ in _FORMS}}
# A past that is no participle can only be a clause's own verb; "said" and "told" hardly ever are anything else.
_SURE_PASTS = frozenset(_IRREGULAR_PASTS) - frozenset(_PARTICIPLES) - {"saw", "felt", "bore", "bit", "lay", "rose"} | {
    "said",
    "told",
}
# Adjectives and nouns that look like verbs
_NO_PASTS = word_set(
    "united hundred indeed red need speed seed feed exceed breed kindred sacred naked wicked rugged ragged wretched"
    " so-called limited mixed advanced detailed retired armed experienced marked used supposed"
)

_BE = word_set("am is are was were isn't aren't wasn't weren't")
_HAVE = word_set("has have had hasn't haven't hadn't")
_DO = word_set("do does did don't doesn't didn't")
MODALS = word_set(
    """
    will would can could may might must shall should ought cannot won't wouldn't can't couldn't mightn't mustn't shan't
    shouldn't
    """
)
_AUXILIARIES = _BE | _HAVE | _DO | MODALS
# A subject with its verb in one word
CONTRACTED = re.compile(r"(?:i|you|he|she|it|we|they|there|that|who|what)'(?:s|re|ve|ll|d|m)", re.IGNORECASE)

NEGATIONS = word_set(
    """
    not no never neither nor none nobody nothing nowhere cannot without n't hardly barely scarcely seldom rarely few
    little unlikely isn't aren't wasn't weren't hasn't haven't hadn't don't doesn't didn't won't wouldn't can't couldn't
    mightn't mustn't shan't shouldn't
    """
)
_DETERMINERS = word_set(
    """
    a an the this these those my your his her its our their every each some any no all both another either neither
    several many few most
    """
)
_PRONOUNS = word_set(
    """
    i you he she it we they me him us them there who what someone somebody anyone anybody everyone everybody nobody
    nothing something anything everything himself herself itself themselves one others
    """
)
_PREPOSITIONS = word_set(
    """
    in on at by for from with of to into onto over under near through throughout across against between among amid
    about around along beyond behind beside besides above below beneath inside outside upon within without toward
    towards during despite following per via like unlike except regarding concerning off up down out alongside amongst
    """
)
SUBORDINATORS = word_set(
    """
    as after before when while if although though because since once until unless whereas whether where whenever
    wherever lest provided providing
    """
)
_RELATIVES = word_set("who whom whose which")
_CONJUNCTIONS = word_set("and or but nor yet so")
_ADVERBS = word_set(
    """
    also just still even already again now then here there soon later ever always often sometimes too very quite rather
    almost nearly perhaps maybe away back ago instead together thus hence indeed once twice far well much more most less
    least only so yesterday today tomorrow tonight forward ahead home abroad
    """
)
_NO_ADVERBS = word_set(
    "family early only daily weekly monthly yearly italy july ally rally reply supply apply assembly"
    " anomaly monopoly likely friendly deadly elderly costly lonely ugly holy fly jelly belly bully"
)

SAYING = word_set(
    """
    say says said tell tells told report reports reported announce announces announced confirm confirms confirmed claim
    claims claimed allege alleges alleged argue argues argued insist insists insisted warn warns warned state states
    stated add adds added note notes noted believe believes believed think thinks thought suggest suggests suggested
    declare declares declared admit admits admitted deny denies denied explain explains explained write writes wrote
    predict predicts predicted estimate estimates estimated accuse accuses accused charge charges charged acknowledge
    acknowledges acknowledged contend contends contended maintain maintains maintained reveal reveals revealed conclude
    concludes concluded assert asserts asserted concede concedes conceded complain complains complained recall recalls
    recalled testify testifies testified remark remarks remarked observe observes observed stress stresses stressed show
    shows showed indicate indicates indicated find finds found quote quotes quoted call calls called demand demands
    demanded urge urges urged vow vows vowed pledge pledges pledged promise promises promised threaten threatens
    threatened expect expects expected hope hopes hoped fear fears feared propose proposes proposed
    """
)
# Those that may stand in "..., said Wei" and "..., Wei said".
_REPORTING = word_set(
    """
    say says said report reports reported announce announces announced confirm confirms confirmed claim claims claimed
    allege alleges alleged argue argues argued insist insists insisted warn warns warned state states stated add adds
    added note notes noted believe believes believed think thinks thought suggest suggests suggested declare declares
    declared admit admits admitted explain explains explained write writes wrote told tells reveal reveals revealed
    acknowledge acknowledged conclude concluded assert asserted concede conceded complain complained recall recalled
    testified remarked observed stress stressed show shows showed indicated find finds found
    """
)
# "said", "believes": what follows may be a clause without "that", and then the verb is no participle
_WITH_CLAUSE = SAYING - {"accused", "charged", "called", "quoted", "reported", "alleged", "urged"}

_OPENERS = {"“": "”", "«": "»", "„": "“”", "‘": "’", "``": "''", "「": "」", "『": "』"}


class Parse:
    """A sentence as tokens with their kinds. Made in time linear in the length of the sentence."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        self.tokens = [Token(found.group(), found.start(), found.end()) for found in _TOKEN.finditer(sentence)]
        self.lower = [token.lower for token in self.tokens]
        self.kinds = _kinds(self.tokens, self.lower)
        self.main_verb = self._main_verb()
        """The first finite verb of the main clause, or -1; a leading clause up to its comma is passed over."""

    def __len__(self) -> int:
        return len(self.tokens)

    def kind(self, at: int) -> Kind:
        """The kind of the token at `at`; outside the sentence, that of a mark."""
        return self.kinds[at] if 0 <= at < len(self.kinds) else Kind.MARK

    def word(self, at: int) -> str:
        """The token at `at` in lower case; outside the sentence, nothing."""
        return self.lower[at] if 0 <= at < len(self.lower) else ""

    def is_quoted(self, at: int) -> bool:
        """Whether the token at `at` is inside a quotation."""
        return 0 <= at < len(self.kinds) and self.quoted[at]

    def is_word(self, at: int) -> bool:
        """Whether the token is a word or a number and no mark."""
        return self.kind(at) not in _MARKS

    def is_finite(self, at: int) -> bool:
        """Whether the token looks like the finite verb of a clause."""
        return self.kind(at) in (Kind.VERB, Kind.AUXILIARY)

    def finites(self, start: int, end: int) -> list[int]:
        """The finite verbs from `start` to before `end`; a chain such as "has been" counts once, by its first word."""
        return [at for at in range(start, end) if self.is_finite(at)]

    @cached_property
    def quoted(self) -> list[bool]:
        """For each token, whether it is inside a quotation; the quotation marks are."""
        return _quoted(self.tokens, self.sentence)

    def _main_verb(self) -> int:
        found = self._verb_after(self.lead_end)
        return found if found >= 0 else self._verb_behind_relative()

    def _verb_behind_relative(self) -> int:
        """The verb of a subject with a relative clause, which has been taken for a participle there: "the plane that
        hit a fence in Norrby carried mail"."""
        relative = next((at for at in range(len(self)) if self.kinds[at] in (Kind.RELATIVE, Kind.THAT)), len(self))
        own = next((at for at in range(relative, len(self)) if self.is_finite(at)), len(self))
        for at in range(own + 2, len(self)):
            if self.kinds[at] in (Kind.COMMA, Kind.CONJUNCTION):
                return -1
            if self.kinds[at] is Kind.PARTICIPLE and _is_past(self.lower[at]) and self.kinds[at - 1] in _NOUNS:
                self.kinds[at] = Kind.VERB
                return at
        return -1

    @cached_property
    def lead_end(self) -> int:
        """Where the main clause begins: after the comma of a leading clause or phrase, or 0."""
        start = 1 if self.lower[:1] and self.lower[0] in ("but", "and", "yet", "so") else 0
        if start >= len(self) or self.lower[start] not in SUBORDINATORS:
            return 0
        for at in range(start + 1, len(self)):
            if self.kinds[at] is Kind.COMMA and not self.quoted[at] and self.finites(start, at):
                return at + 1
        return 0

    def _verb_after(self, start: int) -> int:
        depth = 0
        for at in range(start, len(self)):
            if self.kinds[at] in (Kind.RELATIVE, Kind.SUBORDINATOR) or (self.kinds[at] is Kind.THAT and at > start):
                depth = 1
            elif self.is_finite(at):
                if not depth:
                    return at
                depth = 0 if not self._continues(at) else depth
        return -1

    def _continues(self, at: int) -> bool:
        return at + 1 < len(self) and self.is_finite(at + 1)

    @cached_property
    def attribution(self) -> int:
        """Where an attribution that closes the sentence begins (", said Wei", ", according to police"), or the end of
        the words; its comma belongs to it."""
        return _attribution(self)

    @cached_property
    def end(self) -> int:
        """The number of tokens before the marks that end the sentence."""
        end = len(self)
        while end and not self.is_word(end - 1) and self.tokens[end - 1].text in _END_MARKS:
            end -= 1
        return end


_NOUNS = frozenset((Kind.WORD, Kind.NAME))
_MARKS = frozenset((Kind.COMMA, Kind.DASH, Kind.MARK))
_END_MARKS = frozenset('.!?…"”’»)')


def _kinds(tokens: list[Token], lower: list[str]) -> list[Kind]:
    kinds = [_kind_alone(tokens, lower, at) for at in range(len(tokens))]
    segments = list(_segments(kinds, lower))
    for start, end in segments:
        _find_verb(tokens, lower, kinds, start, end)
    for (start, end), (following, _) in pairwise(segments):
        if kinds[following] in (Kind.VERB, Kind.AUXILIARY) and kinds[end] is Kind.COMMA and following == end + 1:
            _demote(lower, kinds, start, end)
    return kinds


def _demote(lower: list[str], kinds: list[Kind], start: int, end: int) -> None:
    """What stands between commas before a verb has none of its own: "the largest diamond sold at auction"."""
    if start and kinds[start - 1] is Kind.COMMA and kinds[start] in (Kind.DETERMINER, Kind.WORD, Kind.NAME):
        for at in range(start, end):
            if kinds[at] is Kind.VERB and lower[at] not in _SURE_PASTS and _is_past(lower[at]):
                kinds[at] = Kind.PARTICIPLE


def _kind_alone(tokens: list[Token], lower: list[str], at: int) -> Kind:
    text, word = tokens[at].text, lower[at]
    if not text[0].isalnum() and not (text[0] in "$£€¥" and len(text) > 1):
        if text == ",":
            return Kind.COMMA
        return Kind.DASH if text[0] in "–—" or text == "--" else Kind.MARK
    if text[0].isdigit() or text[0] in "$£€¥":
        return Kind.NUMBER
    listed = _CLOSED.get(word)
    if listed is not None and (at == 0 or text[0].islower() or word in ("i", "i'm")):
        return _that(lower, at) if word == "that" else listed
    if CONTRACTED.fullmatch(word):
        return Kind.AUXILIARY
    if text[0].isupper() and at and not _opens_sentence(tokens, at):
        return Kind.NAME
    if word.endswith("ly") and len(word) > 4 and word not in _NO_ADVERBS:
        return Kind.ADVERB
    return Kind.WORD


def _opens_sentence(tokens: list[Token], at: int) -> bool:
    return tokens[at - 1].text in ("“", '"', "``", "‘", ":")


def _that(lower: list[str], at: int) -> Kind:
    following = lower[at + 1] if at + 1 < len(lower) else ""
    return Kind.PRONOUN if at == 0 and following in _AUXILIARIES else Kind.THAT


def _closed_words() -> Iterator[tuple[Iterable[str], Kind]]:
    yield _ADVERBS, Kind.ADVERB
    yield _PREPOSITIONS, Kind.PREPOSITION
    yield _PRONOUNS, Kind.PRONOUN
    yield _DETERMINERS, Kind.DETERMINER
    yield SUBORDINATORS, Kind.SUBORDINATOR
    yield _RELATIVES, Kind.RELATIVE
    yield _CONJUNCTIONS, Kind.CONJUNCTION
    yield _AUXILIARIES, Kind.AUXILIARY
    yield ("that",), Kind.THAT
    yield ("not", "never", "n't"), Kind.NEGATION
    yield ("be", "been", "being"), Kind.PARTICIPLE


_CLOSED = {word: kind for listed, kind in _closed_words() for word in listed}
_BREAKS = frozenset((Kind.COMMA, Kind.DASH, Kind.MARK, Kind.SUBORDINATOR, Kind.RELATIVE, Kind.THAT, Kind.CONJUNCTION))


def _segments(kinds: list[Kind], lower: list[str]) -> Iterator[tuple[int, int]]:
    """Stretches that hold one finite verb at most: between commas, conjunctions and what opens a clause."""
    start = 0
    for at, kind in enumerate(kinds):
        if kind in _BREAKS and not (kind is Kind.MARK and lower[at] in ("'", "%", "$", "&")):
            if at > start:
                yield start, at
            start = at + 1
    if len(kinds) > start:
        yield start, len(kinds)


def _find_verb(tokens: list[Token], lower: list[str], kinds: list[Kind], start: int, end: int) -> None:
    """Mark the finite verb of a segment, and its participles."""
    candidates = [(at, sure) for at in range(start, end) if (sure := _sureness(tokens, lower, kinds, start, at))]
    if candidates and candidates[0][1] != _SURE and _is_phrase(kinds, start, candidates[0][0]):
        candidates = [(at, sure) for at, sure in candidates if sure == _SURE]
    surest = next((at for at, sure in candidates if sure == _SURE), None)
    taken = _with_clause_verb(tokens, lower, kinds, candidates, surest, end)
    finite = taken if taken is not None else surest
    if finite is None and candidates:
        finite = candidates[0][0]
    for at, sure in candidates:
        if kinds[at] is Kind.AUXILIARY:
            continue
        if at == finite or (sure == _SURE and at > (finite or 0)):
            kinds[at] = Kind.VERB
        elif lower[at] in _REGULAR_PASTS or lower[at] in _PARTICIPLES or lower[at].endswith("ed"):
            kinds[at] = Kind.PARTICIPLE
    for at in range(start, end):
        chained = _is_past(lower[at]) and (before := _before(kinds, at)) is not None and _is_chain(kinds, lower, before)
        if kinds[at] is Kind.WORD and (chained or lower[at] in _PARTICIPLES or _is_gerund(lower[at])):
            kinds[at] = Kind.PARTICIPLE


_SURE, _LIKELY = 2, 1


def _is_phrase(kinds: list[Kind], start: int, end: int) -> bool:
    """Whether nothing but phrases with prepositions stands here, so that a verb behind them lacks its subject: "At a
    ceremony held in Norrby"."""
    if kinds[start] is not Kind.PREPOSITION:
        return False
    return all(
        kinds[at] not in (Kind.PRONOUN, Kind.DETERMINER, Kind.AUXILIARY) or kinds[at - 1] is Kind.PREPOSITION
        for at in range(start + 1, end)
    ) and not (kinds[end - 1] is Kind.NAME and kinds[end - 2] is Kind.NAME)


def _with_clause_verb(
    tokens: list[Token],
    lower: list[str],
    kinds: list[Kind],
    candidates: list[tuple[int, int]],
    surest: int | None,
    end: int,
) -> int | None:
    """A verb of saying before the surest one, when a clause follows it: "officials said the bridge was closed"."""
    for at, _ in candidates:
        if surest is not None and at >= surest:
            return None
        if lower[at] in _WITH_CLAUSE and at + 1 < end and kinds[at + 1] in _CLAUSE_STARTS:
            return at
    return None


_CLAUSE_STARTS = frozenset((Kind.DETERMINER, Kind.PRONOUN, Kind.NAME))


def _sureness(tokens: list[Token], lower: list[str], kinds: list[Kind], start: int, at: int) -> int:
    """How surely the token is a finite verb: 0 for not at all."""
    word = lower[at]
    if kinds[at] is Kind.AUXILIARY:
        return _SURE
    if kinds[at] is not Kind.WORD or not tokens[at].text[0].islower():
        return 0
    before = _before(kinds, at)
    after_auxiliary = before is not None and before >= start and _is_chain(kinds, lower, before)
    if after_auxiliary or word in _NO_PASTS:
        return 0
    follows = kinds[before] if before is not None and before >= start else None
    if follows in (Kind.DETERMINER, Kind.PREPOSITION):  # "the reported attack", "by reported losses"
        return 0
    if word in _SURE_PASTS:
        return _SURE
    if _is_past(word):
        return _LIKELY
    if follows is Kind.NUMBER:  # "40 reports"
        return 0
    if word in _PRESENTS:
        return _LIKELY * _is_subject(tokens, lower, kinds, before, start) * (not _verb_follows(lower, kinds, at))
    if word in _BASES:
        return _LIKELY * _is_plural(tokens, lower, kinds, before, start) * (not _verb_follows(lower, kinds, at))
    return 0


def _is_past(word: str) -> bool:
    if word in _REGULAR_PASTS or word in _IRREGULAR_PASTS:
        return True
    return word.endswith("ed") and len(word) > 4 and not word.endswith("eed") and "-" not in word


def _before(kinds: list[Kind], at: int) -> int | None:
    """The word before, adverbs passed over."""
    before = at - 1
    while before >= 0 and kinds[before] in (Kind.ADVERB, Kind.NEGATION):
        before -= 1
    return before if before >= 0 else None


def _is_chain(kinds: list[Kind], lower: list[str], before: int) -> bool:
    return kinds[before] is Kind.AUXILIARY or lower[before] in ("be", "been", "being", "having", "to", "get", "got")


def _is_subject(tokens: list[Token], lower: list[str], kinds: list[Kind], before: int | None, start: int) -> bool:
    if before is None or before < start - 1:
        return False
    if kinds[before] in (Kind.RELATIVE, Kind.THAT, Kind.CONJUNCTION, Kind.COMMA):
        return True
    if kinds[before] is Kind.PRONOUN:
        return lower[before] not in ("i", "you", "we", "they", "us", "them", "me", "him")
    return kinds[before] in (Kind.NAME, Kind.WORD) and not lower[before].endswith(("'s", "s'"))


def _is_plural(tokens: list[Token], lower: list[str], kinds: list[Kind], before: int | None, start: int) -> bool:
    if before is None or before < start - 1:
        return False
    word = lower[before]
    if kinds[before] in (Kind.RELATIVE, Kind.CONJUNCTION):
        return True
    if kinds[before] is Kind.PRONOUN:
        return word in ("i", "you", "we", "they", "who")
    return kinds[before] in (Kind.WORD, Kind.NAME) and (
        (word.endswith("s") and not word.endswith(("ss", "'s", "us"))) or word in ("people", "police", "men", "women")
    )


def _verb_follows(lower: list[str], kinds: list[Kind], at: int) -> bool:
    """Whether a verb stands right behind, so that this is a noun: "police reports say", "the plans were"."""
    following = at + 1
    return following < len(kinds) and (
        kinds[following] is Kind.AUXILIARY
        or (kinds[following] is Kind.WORD and (lower[following] in _FOLLOWING or _is_past(lower[following])))
    )


_FOLLOWING = _SURE_PASTS | word_set("say show suggest indicate reveal confirm claim")
_NO_GERUNDS = word_set(
    """
    king thing spring string ring wing during morning evening something anything nothing everything building meeting
    ceiling wedding sibling darling sterling outgoing ongoing following including
    """
)


def _is_gerund(word: str) -> bool:
    return word.endswith("ing") and len(word) > 4 and word not in _NO_GERUNDS


def _quoted(tokens: list[Token], sentence: str) -> list[bool]:
    inside, closers = [], ""
    for at, token in enumerate(tokens):
        text = token.text
        if closers:
            inside.append(True)
            if text in closers and not (text == "’" and _is_apostrophe(sentence, token)):
                closers = ""
            continue
        closers = _closers(tokens, sentence, at)
        inside.append(bool(closers))
    return inside


def _closers(tokens: list[Token], sentence: str, at: int) -> str:
    """The marks that end the quotation which the token opens; none where it opens none."""
    token = tokens[at]
    if token.text == '"':
        return '"'
    if token.text == "'":
        spaced = token.start == 0 or sentence[token.start - 1] in " (\u00a0"
        glued = sentence[token.end : token.end + 1].isalnum()
        return "'" if spaced and glued and any(other.text == "'" for other in tokens[at + 1 : at + 80]) else ""
    return _OPENERS.get(token.text, "")


def _is_apostrophe(sentence: str, token: Token) -> bool:
    return sentence[token.end : token.end + 1].isalnum()


_MOST_ATTRIBUTION = 24  # tokens of a closing attribution, at most


def _attribution(parse: Parse) -> int:
    end = parse.end
    for at in range(end - 1, max(0, end - _MOST_ATTRIBUTION), -1):
        if parse.kinds[at] is Kind.COMMA and not parse.quoted[at] and _attributes(parse, at + 1, end):
            return at
        if parse.lower[at] == "according" and parse.lower[at + 1 : at + 2] == ["to"]:
            return at - 1 if parse.kinds[at - 1] is Kind.COMMA else at
    return end


_CLAUSE_OPENERS = frozenset((Kind.THAT, Kind.RELATIVE, Kind.SUBORDINATOR))


def _attributes(parse: Parse, start: int, end: int) -> bool:
    """Whether these tokens say only who said it: "said Wei", "the ministry said in a statement on Friday"."""
    says = next((at for at in range(start, end) if parse.lower[at] in _REPORTING and parse.is_finite(at)), None)
    if says is None or any(parse.kinds[at] in (Kind.THAT, Kind.CONJUNCTION) for at in range(says, end)):
        return False
    if parse.kinds[start] in (Kind.RELATIVE, Kind.SUBORDINATOR, Kind.CONJUNCTION, Kind.PREPOSITION, Kind.NUMBER):
        return False
    opened = next((at for at in range(start - 1, -1, -1) if parse.kinds[at] in _CLAUSE_OPENERS), None)
    if opened is not None and not parse.finites(opened, start):  # "few believe that Holm, a sailor, told the truth"
        return False
    others = [at for at in parse.finites(start, end) if at != says and parse.lower[at] not in ("has", "have", "had")]
    if says == start:  # "said Wei", but not "told the truth"
        return not others and parse.lower[says] in ("said", "says", "added", "adds") and end > start + 1
    return not others and says - start <= 16
