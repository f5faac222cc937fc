"""How a point opens: whether it leans on what stood before it, and whether it says who, what and where."""

import re
from collections.abc import Sequence

from summarizer.cleaning import is_dangling
from summarizer.grammar import Parse
from summarizer.speakers import GROUPS, names_in
from summarizer.words import word_set, words

_DAYS = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday"
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_CLAUSE_WITH_PRONOUN = re.compile(
    r"^(?:When|As|After|Before|If|Since|While|Until|Although|Though|Because|Once) (he|she|they|it|this|that)\b"
    r"[^,]{0,150}, (\w+)"
)
_PRONOUNS = word_set("he she they it his her their its")
_ROLE = (
    r"(?:prime minister|minister|president|mayor|premier|chancellor|governor|senator|spokes(?:man|woman|person)|actor"
    r"|actress"
    r"|singer|coach|manager|director|chairman|chief executive|ambassador|officer|captain|pilot|suspect|professor|author"
    r"|bishop|pope|prince|queen|king|striker|midfielder|defender|teenager)"
)
_BARE_ROLE = re.compile(
    rf"^The (?:(?P<age>\d+)-year-old|(?:[a-z\-]+ ){{0,2}}(?P<role>{_ROLE}))(?=,? [a-z])(?! (?:of|for) )"
)
_ROLE_NAMED = r"\b(?i:{role}) (?:[A-Z][\w.'’\-]+ )?[A-Z]\w|[A-Z][\w'’\-]+, (?:the |an? )?(?:[\w'’\-]+ ){{0,4}}{role}\b"
_AGE_NAMED = re.compile(r"\b[A-Z][a-z]+ (?:[A-Z]\. )?[A-Z][a-z]")


_PLAIN_OPENINGS = word_set(
    """
    a an after again as at before by during earlier even every for from if in last later maybe months next now of on
    once one over perhaps since sometimes soon still that then this though three through today tomorrow two under until
    weeks what when where while with years yesterday
    """
)
_EARLY_PRONOUN = re.compile(
    r"(?P<before>[A-Z][\w'’-]*,?(?: [\w'’-]+,?){0,5}?) (?P<pronoun>he|she|they|him|them|his|her|their)\b"
)
_SINCE_THEN = re.compile(r"\b(?:since|by) then\b")


def dangling_opening(sentence: str, language: str) -> str | None:
    """The pronoun or connective at the head of a sentence that points at what stands before it, or None."""
    if language == "en" and (clause := _CLAUSE_WITH_PRONOUN.match(sentence)):
        return clause[1] if clause[2].lower() in _PRONOUNS else None
    if is_dangling(sentence, language):
        return words(sentence)[0]
    return _before_any_name(sentence) if language == "en" else None


def _before_any_name(sentence: str) -> str | None:
    """The pronoun of "A week earlier, he was seen" or a "since then", whose time stands elsewhere."""
    early = _EARLY_PRONOUN.match(sentence)
    if early is None:
        then = _SINCE_THEN.search(sentence)
        return then.group() if then else None
    first, *others = early["before"].replace(",", " ").split()
    opens_plainly = first.lower() in _PLAIN_OPENINGS or first.endswith("ly")
    return early["pronoun"] if opens_plainly and not any(word[0].isupper() for word in others) else None


def nameless_opening(sentence: str, before: Sequence[str], language: str) -> str | None:
    """The opening "The minister" or "The 40-year-old" where the sentences `before` it name that person, or None."""
    opening = _BARE_ROLE.match(sentence) if language == "en" else None
    if opening is None:
        return None
    role = opening["role"]
    named = re.compile(_ROLE_NAMED.format(role=re.escape(role))) if role else _AGE_NAMED
    return opening.group() if any(named.search(sentence) for sentence in before) else None


# ---- who, what and where --------------------------------------------------------------------------------------------

_NATIONS = word_set(
    """
    afghan afghanistan african africa albania albanian algeria algerian american america angola argentina argentine
    armenia
    armenian asia asian australia australian austria austrian azerbaijan bahrain bangladesh bangladeshi belarus
    belarusian
    belgian belgium bolivia bosnia bosnian botswana brazil brazilian britain british bulgaria bulgarian burma burundi
    cambodia cambodian cameroon canada canadian chad chile chilean china chinese colombia colombian congo congolese
    croatia croatian cuba cuban cyprus czech danish denmark dutch ecuador egypt egyptian england english eritrea estonia
    ethiopia ethiopian eu eurozone europe european fiji filipino finland finnish france french gambia gaza georgia
    german germany
    ghana greece greek guatemala guinea haiti haitian honduras hungarian hungary iceland india indian indonesia
    indonesian iran iranian iraq iraqi ireland irish israel israeli italian italy jamaica japan japanese jordan
    jordanian kazakhstan kenya kenyan korea korean kosovo kuwait kyrgyzstan laos latvia lebanese lebanon liberia libya
    libyan lithuania luxembourg macedonia malawi malaysia malaysian maldives mali malta mexican mexico moldova mongolia
    montenegro moroccan morocco mozambique myanmar namibia nepal nepali netherlands nicaragua niger nigeria nigerian
    norway norwegian oman pakistan pakistani palestine palestinian palestinians panama paraguay peru peruvian
    philippines poland polish portugal portuguese qatar qatari romania romanian russia russian rwanda saudi scotland
    scottish senegal serbia serbian singapore slovak slovakia slovenia somali somalia spain spanish sudan sudanese
    sweden swedish swiss switzerland syria syrian taiwan taiwanese tajikistan tanzania thai thailand tibet tunisia
    tunisian turkey turkish uganda ukraine ukrainian u.k uk u.s us usa uruguay uzbekistan venezuela venezuelan vietnam
    vietnamese wales welsh yemen yemeni zambia zimbabwe alabama alaska arizona arkansas california colorado connecticut
    delaware florida hawaii idaho illinois indiana iowa kansas kentucky louisiana maine maryland massachusetts michigan
    minnesota mississippi missouri montana nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas utah
    vermont virginia wisconsin wyoming london paris berlin moscow beijing washington brussels tokyo
    """
)
_PLACED = {
    "en": r"(?:in|at|near|from|outside|across|off|around|inside|into"
    r"|(?:north|south|east|west|city|town|village|coast) of)"
    r"(?: (?:the|central|northern|southern|eastern|western|downtown|nearby|\w+day['’]s))*",
    "de": r"(?:in|im|bei|aus|nach|nahe|vor|am|auf)(?: (?:der|dem|den))?",
    "fr": r"(?:à|au|aux|en|dans|près de|de|du|depuis)(?: (?:la|le|les))?",
    "es": r"(?:en|de|desde|cerca de|hacia|a)(?: (?:el|la|los|las))?",
    "it": r"(?:a|ad|in|nel|nella|di|da|dal|presso)(?: (?:il|la))?",
    "pt": r"(?:em|no|na|nos|nas|de|do|da|desde)",
    "ru": r"(?:в|во|из|на|под|около)",
    "uk": r"(?:в|у|із|з|на|під|біля)",
}
_TIMES = (
    rf"(?:{_DAYS}|{_MONTHS}|Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|Montag|Dienstag|Mittwoch|Donnerstag"
    r"|Freitag)\b"
)
_PLACE = {
    language: re.compile(rf"(?<!\w){placed} (?!{_TIMES})[^\W\d_a-zа-яіїєґß-ÿ][\w’'\-]+")
    for language, placed in _PLACED.items()
}


_PEOPLE = word_set(
    """
    actor actress activist adult animal army artist athlete attacker author baby boy candidate captain celebrity
    child children clinic club coach college commuter company consumer council councillor country couple court
    criminal crew customer daughter dealer doctor driver employee employer expert family fan farmer father firm
    firefighter fisherman fishermen girl government group gunman husband judge juror jury justice king lawmaker lawyer
    leader man manager mayor member men minister mob mother motorist musician neighbour neighbor nurse officer official
    owner parent passenger patient pedestrian people person pilot player politician president prince princess
    prisoner producer protester pupil queen refugee researcher resident school scientist shopper singer sister soldier
    son spokesman spokeswoman striker student supporter survivor suspect teacher team teenager tourist trainer union
    user victim viewer villager visitor volunteer voter wife witness woman women worker writer
    """
)
# "Chicago socialite", "the Manchester derby", "China's reefs": a name that says whose or which
_SITUATED = re.compile(
    r"(?<!^)\b[A-Z][\w.\-]+(?:['’]s)? (?!(?:said|says|told|has|had|was|will|and)\b)[a-z]{3,}"
    r"|\b[A-Z][\w.\-]+ (?:Police|County|Council|University|Hospital|Airport|Court|City|Parliament|Senate|District)\b"
)
# What is a noun or an adjective as often, and a verb for sure before an article or a particle
_SURE_VERB = re.compile(
    r"\b(?:[a-z]{2,}ed|[a-z]{3,}s|hit|set|put|cut)"
    r" (?:an?|the|to|his|her|its|their|many|some|each|that|away|up|out|off|down)\b"
    r"|\b(?:like|need|seem|want) to\b"
)


def has_who(sentence: str, language: str) -> bool:
    """Whether a sentence names somebody, or in English says what people, or has a group such as "police"."""
    if names_in(sentence, language):
        return True
    lowered = {word.lower() for word in words(sentence)}
    if language == "en" and any(word in _PEOPLE or word.removesuffix("s") in _PEOPLE for word in lowered):
        return True
    return not GROUPS.get(language, frozenset()).isdisjoint(lowered)


def has_what(sentence: str, language: str) -> bool:
    """Whether a sentence has a finite verb; outside English every sentence of some length is taken to."""
    if language != "en":
        return len(words(sentence)) >= 4
    parse = Parse(sentence)
    return bool(parse.finites(0, len(parse)) or _SURE_VERB.search(sentence))


def has_place(sentence: str, language: str) -> bool:
    """Whether a sentence surely names a place: a country, or a name after a preposition of place."""
    names = (word.lower() for word in words(sentence) if word[0].isupper())
    if any(not _NATIONS.isdisjoint((name, re.sub(r"['’]?s$", "", name))) for name in names):
        return True
    place = _PLACE.get(language)
    return bool(place and place.search(sentence))


def has_where(sentence: str, language: str) -> bool:
    """Whether a sentence may say where: it names a place, or a name says which one, as in "the Norrby ferry".

    Outside English, where no list of countries helps, any name will do.
    """
    if has_place(sentence, language):
        return True
    return bool(_SITUATED.search(sentence) if language == "en" else names_in(sentence, language))


def opening_score(sentence: str, language: str) -> float:
    """How much of who, what and where a sentence says, from 0 to 1; what a first point is chosen by."""
    where = (has_place(sentence, language) + has_where(sentence, language)) / 2
    return (has_who(sentence, language) + has_what(sentence, language) + where) / 3
