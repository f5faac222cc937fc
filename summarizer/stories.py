"""Which documents report one event. Precision first: a wrong merge is worse than none.

Reports are compared in pairs. What they share speaks for one event: rare words, names, figures, the meaning of their
openings. What each says and the other does not speaks against it: names, figures, weekdays, the time between them.
A few weights say how much (`stories.json`, made by `python -m tests.benchmarks.train_stories` from look-alike events);
where a language has no capitals, or is not the encoder's, weights that were learned without these are used.

Reports come one by one. Each joins the story of whose latest reports at least half tell the same event, so stories do
not chain from one event to the next, and what was decided stays: adding reports later gives what all at once would.
"""

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from math import exp, log
from typing import TYPE_CHECKING

from summarizer.cleaning import collapse, legible
from summarizer.datelines import find_dateline
from summarizer.types import StoryDocument
from summarizer.words import content_words, word_set

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAME_STORY_WITHIN = timedelta(hours=72)
READ_CHARACTERS = 3000

_LEAD_WORDS = 60
_EMBEDDED_WORDS = 40  # the encoder is what takes time: a third less than the whole lead
_MOST_COMPARED = 24  # earlier reports that share most with a new one
_FEWEST_SHARED = 3  # words; less is a coincidence
_MANY_SHARED = 15  # from here on more make no difference
_LONGEST_STANDING_TEXT = 12  # words
_SAME_BODY = 0.8  # of the words of both
_NAMELESS = 0.5  # so much counts as unknown where a report names nobody and nothing: instructions, lists
_TELLING = 30  # words of a report, the rarest that others have too, by which it finds these
_MANY_STORIES = 20
_COMMON = 0.1  # of all stories, once these are more
_LATEST = 400  # of the reports that have a word are looked at


@dataclass(frozen=True)
class Likeness:
    """What speaks for and against two reports telling one event; shares are from 0 to 1.

    `words` and `titles` weigh rare words more: of the opening that has less, and of the title that is told better by
    the other report. `amount` grows with how many words they share. `strangers` is the share of names unknown to the
    other report, on the side where it is lower; `figures` the share of figures both have, `other_figures` how many each
    has alone, at least. None: cannot be said.
    """

    words: float
    amount: float
    titles: float
    names: float | None
    strangers: float | None
    meaning: float | None
    figures: float
    other_figures: float
    other_days: float
    apart: float  # days


@dataclass(frozen=True)
class Weights:
    """How much each evidence counts, by which of it there is: "names", "meaning", "meaning+names" or "words".

    Reports are linked when they tell one event with a probability of `sure` or more.
    """

    sure: float
    by_evidence: Mapping[str, Mapping[str, float]]

    def probability(self, likeness: Likeness) -> float:
        """How surely two reports tell one event."""
        values = {name: value for name, value in vars(likeness).items() if value is not None}
        weights = self.by_evidence["+".join(sorted({"names", "meaning"} & values.keys())) or "words"]
        total = weights["constant"] + sum(weights[name] * value for name, value in values.items())
        return 1 / (1 + exp(-max(-30.0, min(30.0, total))))


@cache
def learned_weights() -> Weights:
    """Those that come with the package."""
    weights = json.loads(files(__package__).joinpath("stories.json").read_text(encoding="utf-8"))
    return Weights(weights["sure"], weights["by_evidence"])


@dataclass(frozen=True)
class Reason:
    """Why a report joined a story: the report most like it, and what they share, rarest first."""

    other: int
    names: tuple[str, ...]
    words: tuple[str, ...]
    similarity: float | None  # cosine of the openings, where the encoder knows the language
    apart: timedelta | None
    probability: float


class Stories:
    """Reports put together as they arrive."""

    def __init__(self, weights: Weights | None = None) -> None:
        self._weights = weights or learned_weights()
        self._reports: list[_Report] = []
        self._story_of: list[int] = []
        self._stories: list[list[int]] = []
        self._reasons: list[Reason | None] = []
        self._holding: defaultdict[str, list[int]] = defaultdict(list)
        self._capital: Counter[str] = Counter()
        self._small: Counter[str] = Counter()

    @property
    def clusters(self) -> list[list[int]]:
        """Indexes of the reports of each story, in the order of arrival, single reports included."""
        return [list(story) for story in self._stories]

    def why(self, index: int) -> Reason | None:
        """Why that report joined its story; None when it was the first of it."""
        return self._reasons[index]

    def add(self, document: StoryDocument, vector: "NDArray[np.float32]") -> int:
        """Take in one report, `vector` being that of its `opening`; the number of the story it is in."""
        report = _report(document, vector)
        index = len(self._reports)
        candidates = self._candidates(report)
        self._remember(report, index)
        sure = {other: self._sureness(index, other) for other in candidates}
        story = self._joined(index, {other for other in sure if sure[other] >= self._weights.sure})
        self._reasons.append(None if story is None else self._reason(index, story))
        if story is None:
            story = len(self._stories)
            self._stories.append([])
        self._stories[story].append(index)
        self._story_of.append(story)
        return story

    def likeness(self, index: int, other: int) -> Likeness | None:
        """How alike two reports are, as far as is known now; None when they cannot tell one event.

        They cannot when too much time lies between them, or when they are two instalments of a series.
        """
        left, right = self._reports[index], self._reports[other]
        if not _close_in_time(left, right) or _are_instalments(left, right):
            return None
        names, strangers = self._named_by(left, right)
        return Likeness(
            words=self._share(left.words & right.words, left.words, right.words),
            amount=min(1.0, _count(left.words & right.words) / _MANY_SHARED),
            titles=max(self._known(left.title, right), self._known(right.title, left)),
            names=names,
            strangers=strangers,
            meaning=float(left.vector @ right.vector) if left.is_english and right.is_english else None,
            figures=_shared_figures(left.figures, right.figures),
            other_figures=min(len(left.figures - right.figures), len(right.figures - left.figures)),
            other_days=float(bool(left.days and right.days and not left.days & right.days)),
            apart=abs(left.when - right.when) / timedelta(days=1) if left.when and right.when else 0.0,
        )

    def _named_by(self, left: "_Report", right: "_Report") -> tuple[float | None, float | None]:
        """Share of names that both have, and of names the other does not know; None where names cannot be told."""
        if not (left.shows_names and right.shows_names):
            return None, None
        names, other_names = self._names(left), self._names(right)
        if not names or not other_names:
            return 0.0, _NAMELESS
        unknown = min(len(names - right.known) / len(names), len(other_names - left.known) / len(other_names))
        return len(names & other_names) / min(len(names), len(other_names)), unknown

    def _candidates(self, report: "_Report") -> list[int]:
        """Earlier reports that share most of its rarer words; a word that is in many stories tells nothing."""
        known = sorted((word for word in report.words if word in self._holding), key=self._holders)
        often = max(_MANY_STORIES, _COMMON * len(self._stories))
        shared: Counter[int] = Counter()
        for word in known[:_TELLING]:
            holding = self._holding[word][-_LATEST:]
            if len({self._story_of[other] for other in holding}) <= often:
                shared.update(holding)
        telling = [other for other, count in shared.items() if count >= _FEWEST_SHARED]
        telling = [other for other in telling if _close_in_time(report, self._reports[other])]
        return sorted(telling, key=lambda other: (-shared[other], other))[:_MOST_COMPARED]

    def _holders(self, word: str) -> tuple[int, str]:
        return len(self._holding[word]), word

    def _sureness(self, index: int, other: int) -> float:
        likeness = self.likeness(index, other)
        return 0.0 if likeness is None else self._weights.probability(likeness)

    def _remember(self, report: "_Report", index: int) -> None:
        self._reports.append(report)
        for word in report.words:
            self._holding[word].append(index)
        self._capital.update(report.capitals)
        self._small.update(report.small)

    def _joined(self, index: int, links: Collection[int]) -> int | None:
        """The story of whose latest reports most are linked to this one, and at least half."""
        by_story = Counter(self._story_of[other] for other in links)
        for story, _ in sorted(by_story.items(), key=lambda found: (-found[1], found[0])):
            latest = self._latest(index, story)
            agreeing = sum(other in links or self._sureness(index, other) >= self._weights.sure for other in latest)
            if 2 * agreeing >= len(latest) > 0:
                return story
        return None

    def _latest(self, index: int, story: int) -> list[int]:
        """Reports of a story that are close in time to this one, the latest of them."""
        report = self._reports[index]
        close = [other for other in self._stories[story] if _close_in_time(report, self._reports[other])]
        return close[-_MOST_COMPARED:]

    def _reason(self, index: int, story: int) -> Reason:
        probability, other = max((self._sureness(index, other), -other) for other in self._latest(index, story))
        report, earlier = self._reports[index], self._reports[-other]
        names = self._names(report) & self._names(earlier)
        likeness = self.likeness(index, -other)
        return Reason(
            other=-other,
            names=tuple(self._rarest_first(names)),
            words=tuple(self._rarest_first((report.words & earlier.words) - names)),
            similarity=likeness.meaning if likeness else None,
            apart=abs(report.when - earlier.when) if report.when and earlier.when else None,
            probability=probability,
        )

    def _rarest_first(self, words: Iterable[str]) -> list[str]:
        return sorted(words, key=self._holders)

    def _names(self, report: "_Report") -> frozenset[str]:
        """Its words that are written with a capital, here or elsewhere, more often than without."""
        return frozenset(word for word in report.words if self._capital[word] > self._small[word])

    def _rarity(self, word: str) -> float:
        """From 1 for a word of all reports; log of the inverse document frequency above."""
        return 1 + log(len(self._reports) / len(self._holding[word])) if word in self._holding else 1.0

    def _weight(self, words: Iterable[str]) -> float:
        return sum(self._rarity(word) for word in words)

    def _share(self, shared: Iterable[str], left: Iterable[str], right: Iterable[str]) -> float:
        return _part(self._weight(shared), min(self._weight(left), self._weight(right)))

    def _known(self, title: frozenset[str], report: "_Report") -> float:
        return _part(self._weight(title & report.known), self._weight(title))


def cluster(documents: Sequence[StoryDocument], vectors: "NDArray[np.float32]") -> list[list[int]]:
    """Group documents by event, as they arrive; `vectors` has one unit row for each opening."""
    stories = Stories()
    for document, vector in zip(documents, vectors, strict=True):
        stories.add(document, vector)
    return stories.clusters


def opening(document: StoryDocument) -> str:
    """Title and first words without the dateline: what tells one event from another."""
    embedded = " ".join(_lead(document)[0].split()[:_EMBEDDED_WORDS])
    return f"{collapse(legible(document.title))}. {embedded}"


# ---- one report -----------------------------------------------------------------------------------------------------

_MONDAY_TO_SUNDAY = (  # in the forms in which news writes them
    "monday mondays montag montags lundi lunes lunedì segunda-feira понедельник понедельника понеділок понеділка"
    " الاثنين الإثنين دوشنبه δευτέρα δευτέρας pondělí poniedziałek poniedziałku maandag सोमवार 월요일",
    "tuesday tuesdays dienstag dienstags mardi martes martedì terça-feira вторник вторника вівторок вівторка الثلاثاء"
    " τρίτη τρίτης úterý wtorek wtorku dinsdag मंगलवार 화요일",
    "wednesday wednesdays mittwoch mittwochs mercredi miércoles mercoledì quarta-feira среда среду среды середа середу"
    " середи الأربعاء چهارشنبه τετάρτη τετάρτης středa středu středy środa środę środy woensdag बुधवार 수요일",
    "thursday thursdays donnerstag donnerstags jeudi jueves giovedì quinta-feira четверг четверга четвер الخميس پنجشنبه"
    " πέμπτη πέμπτης čtvrtek čtvrtka czwartek czwartku donderdag गुरुवार 목요일",
    "friday fridays freitag freitags vendredi viernes venerdì sexta-feira пятница пятницу пятницы п'ятниця п'ятницю"
    " الجمعة جمعه παρασκευή παρασκευής pátek pátku piątek piątku vrijdag शुक्रवार 금요일",
    "saturday saturdays samstag samstags samedi sábado sabato суббота субботу субботы субота суботу السبت σάββατο"
    " σαββάτου sobota sobotu soboty sobotę zaterdag शनिवार 토요일",
    "sunday sundays sonntag sonntags dimanche domingo domenica воскресенье воскресенья неділя неділю الأحد یکشنبه"
    " κυριακή κυριακής neděle neděli niedziela niedzielę zondag रविवार 일요일",
)
_WEEKDAYS = {name: day for day, names in enumerate(_MONDAY_TO_SUNDAY) for name in names.split()}
_WRITTEN_TOGETHER = (
    (re.compile(r"(?:星期|周|週)([一二三四五六日天])"), "一二三四五六日"),
    (re.compile(r"([月火水木金土日])曜"), "月火水木金土日"),
    (re.compile(r"(?<!\w)ב?יום (שני|שלישי|רביעי|חמישי|שישי|שבת|ראשון)(?!\w)"), "שני שלישי רביעי חמישי שישי שבת ראשון"),
)
# "Part II", "No. 5", "day 112", "Teil 2", "version 4.3": what is counted, and which one it is
_INSTALMENT = re.compile(
    r"(?<!\w)(part|partie|parte|teil|deel|část|część|часть|частина|μέρος|no|nr|num|n|vol|volume|issue|ausgabe|episode|épisode"
    r"|episodio|folge|выпуск|chapter|kapitel|lecture|lesson|day|tag|jour|día|giorno|dia|день|stage|étape|etapa|tappa|etappe"
    r"|этап|round|week|woche|semaine|semana|version|v|release|edition|season|saison|الجزء|الحلقة|اليوم|חלק|יום|भाग|दिन)"
    r"[ .°º#]{0,3}(\d{1,4}(?:\.\d{1,3})*|[ivx]{1,5}|one|two|three|four|five|six|seven|eight|nine|ten)(?!\w)"
    r"|(第)(\d{1,4}|[一二三四五六七八九十]{1,3})[期集回章部天日话話]"
    r"|([a-z]+)[ -]v?(\d{1,3}(?:\.\d{1,3})+)(?![\w%])",
    re.IGNORECASE,
)
_ORDINAL_PART = re.compile(
    r"(first|second|third|fourth|fifth|last|final|erste[nr]?|zweite[nr]?|dritte[nr]?|letzte[nr]?|première|deuxième"
    r"|troisième|dernière|primera|segunda|tercera|última|prima|seconda|terza|первая|вторая|третья)"
    r" (part|instal+ment|episode|chapter|teil|folge|partie|parte|часть)(?!\w)"
)
_FIGURE = re.compile(r"\d+(?:[.,]\d+)*")
_SENTENCE_END = frozenset('.!?:"”»')
_ENGLISH = word_set(
    """
    the of to and in a on for that is was with as by at from it be has have were who
    """
)
_ENGLISH_FROM = 0.2  # of all words: in English prose every third is one of these
_CAPITALS_OF_NAMES = 0.3  # of words inside sentences; where more have a capital, as in German, it does not show names
_ARABIC_TO_KOREAN = re.compile("[\u0590-\u0dff\u0e00-\u0eff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


@dataclass(frozen=True, eq=False)
class _Report:
    """What is compared of a document. Words are stems; `known` are those of its beginning, beyond the opening too."""

    title: frozenset[str]
    body: frozenset[str]
    words: frozenset[str]
    known: frozenset[str]
    capitals: frozenset[str]
    small: frozenset[str]
    figures: frozenset[str]
    days: frozenset[int]
    series: Mapping[str, str]
    when: datetime | None
    vector: "NDArray[np.float32]"
    shows_names: bool
    is_english: bool


def _report(document: StoryDocument, vector: "NDArray[np.float32]") -> _Report:
    title = collapse(legible(document.title))[:500]
    lead, date = _lead(document)
    capitals, small, shows_names = _cases(lead)
    head = f"{title}. {lead}"
    return _Report(
        title=_stems(title),
        body=_stems(lead),
        words=_stems(head),
        known=_stems(f"{title}. {legible(document.text[:READ_CHARACTERS])}"),
        capitals=capitals,
        small=small,
        figures=frozenset(_FIGURE.findall(head)),
        days=_weekdays(head),
        series=_series(title, lead),
        when=document.published or date,
        vector=vector,
        shows_names=shows_names,
        is_english=_is_english(head),
    )


def _lead(document: StoryDocument) -> tuple[str, datetime | None]:
    """The first words below the dateline, and its date."""
    text = legible(document.text[:READ_CHARACTERS])
    dateline, start = find_dateline(text)
    lead = " ".join(text[start:].split(maxsplit=_LEAD_WORDS)[:_LEAD_WORDS])[:600]
    date = dateline.date if dateline else None
    return lead, datetime.combine(date, time(12), UTC) if date else None


def _stems(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in content_words(text))


def _stem(word: str) -> str:
    """The beginning of a word: enough to tell it, short enough to be the same in every case and number."""
    if word.isascii():
        return word[:-1] if len(word) > 4 and word.endswith("s") and not word.endswith("ss") else word
    return word[:6]


def _cases(lead: str) -> tuple[frozenset[str], frozenset[str], bool]:
    """Stems written with a capital where that shows a name, stems written without, and whether it shows names at all.

    At the start of a sentence a capital shows one only before another ("Nordia Steel ...") or a genitive ("Karelin's").
    """
    if _ARABIC_TO_KOREAN.search(lead):
        return frozenset(), frozenset(), False
    capitals, small = set[str](), set[str]()
    inside = 0
    written = lead.split()
    for at, word in enumerate(written):
        bare = word.strip("\"'“”‘’«»„()[],;:.!?–—-")
        starts = at == 0 or written[at - 1][-1] in _SENTENCE_END
        if not bare[:1].isalpha():
            continue
        if not bare[0].isupper():
            small |= _stems(bare)
        elif not starts or re.search(r"['’]s$", bare) or "".join(written[at + 1 : at + 2])[:1].isupper():
            capitals |= _stems(bare)
            inside += not starts
    return frozenset(capitals), frozenset(small), inside <= _CAPITALS_OF_NAMES * len(written)


def _weekdays(text: str) -> frozenset[int]:
    words = re.findall(r"[^\s\d.,;:!?()\"“”«»،؛।]+", text.lower().replace("’", "'"))
    days = {_WEEKDAYS[word] for word in words if word in _WEEKDAYS}
    for pattern, names in _WRITTEN_TOGETHER:
        order = names.split() if " " in names else list(names)
        days.update(order.index(name) for name in pattern.findall(text) if name in order)
    return frozenset(days)


def _series(title: str, lead: str) -> dict[str, str]:
    """What is counted in a title, and which of it this is: {"part": "ii"}; "In the second part" says it in a lead."""
    found = [tuple(filter(None, match.groups())) for match in _INSTALMENT.finditer(title.lower())]
    found += [(counted, ordinal) for ordinal, counted in _ORDINAL_PART.findall(f"{title} {lead[:200]}".lower())]
    return {counted: number for counted, number in found}  # noqa: C416  # pairs, by the form of both patterns


def _are_instalments(left: _Report, right: _Report) -> bool:
    """Two numbers of one series, or two titles over one standing text such as "Our critic's picks of the week"."""
    if any(left.series[counted] != right.series[counted] for counted in left.series.keys() & right.series.keys()):
        return True
    if max(len(left.body), len(right.body)) > _LONGEST_STANDING_TEXT or not left.title or not right.title:
        return False
    same_body = len(left.body & right.body) >= _SAME_BODY * len(left.body | right.body)
    return same_body and 2 * len(left.title & right.title) < min(len(left.title), len(right.title))


def _is_english(text: str) -> bool:
    words = text.lower().split()
    return sum(word in _ENGLISH for word in words) >= _ENGLISH_FROM * len(words)


def _close_in_time(left: _Report, right: _Report) -> bool:
    return left.when is None or right.when is None or abs(left.when - right.when) <= SAME_STORY_WITHIN


def _part(some: float, whole: float) -> float:
    return some / whole if whole else 0.0


def _count(words: Iterable[str]) -> float:
    """How many words they are; of scripts without spaces there are two pairs of characters to a word."""
    return sum(0.5 if "\u3040" <= word < "\ua000" and len(word) <= 2 else 1.0 for word in words)


def _shared_figures(left: frozenset[str], right: frozenset[str]) -> float:
    return len(left & right) / min(len(left), len(right)) if left and right else 0.5
