"""What a sentence claims, as far as cheap methods see it: its tokens, numbers, dates, names, quotations, and the words
that turn a statement into its denial, a doubt, somebody's opinion or a condition.

Lists exist for English and, shorter, for German, French, Spanish, Italian, Portuguese, Russian and Ukrainian; of
another language only what needs no list is seen.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from summarizer.words import word_set

_TOKEN = re.compile(
    r"(?P<link>(?:https?://|www\.)[^\s<>\"”»]+|[\w.+\-]{1,64}@[\w\-]{1,63}\.[\w.\-]{2,63}|(?<![\w@])@\w{2,64})"
    r"|(?P<number>\d+(?:[.,:\u00a0\u202f]\d+)*)"
    r"|(?P<cjk>[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff])"
    r"|(?P<word>[^\W\d_](?:(?![\u3040-\u30ff\u3400-\u9fff])\w|(?<=\w)['’.&\-](?=\w))*)"
    r"|(?P<sign>[%‰$€£¥₹₽₴])"
)
_QUOTE_MARKS = '"“”„«»「」『』'
_QUOTED = re.compile(r'"([^"]*)"|``([^`\']*)(?:\'\'|")|“([^”“]*)”|„([^“”„]*)[“”]|«([^»«]*)»|「([^」]*)」|『([^』]*)』')


@dataclass(frozen=True)
class Tokens:
    """A sentence cut into tokens: as written, in lower case, and the text between them.

    `gaps[i]` stands before token i without its white space; `gaps[len]` is what follows the last one.
    """

    text: str
    written: tuple[str, ...]
    lower: tuple[str, ...]
    gaps: tuple[str, ...]
    kinds: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.written)

    @cached_property
    def quoted(self) -> tuple[int, ...]:
        """For each token the number of the quotation it stands in, or 0."""
        return tuple(_quotations(self.gaps, len(self)))


def _quotations(gaps: tuple[str, ...], count: int) -> Iterator[int]:
    opened, number = False, 0
    for gap in gaps[:count]:
        for mark in gap:
            if mark in _QUOTE_MARKS:
                opened = mark in "“„«「『" or (mark == '"' and not opened)
                number += opened
        yield number if opened else 0


@lru_cache(maxsize=4096)
def tokens(text: str) -> Tokens:
    """The tokens of a sentence: words, numbers, signs of money and per cent, links, single Chinese characters."""
    found = list(_TOKEN.finditer(text))
    written = tuple(match.group() for match in found)
    ends = [0, *(match.end() for match in found)]
    starts = [*(match.start() for match in found), len(text)]
    return Tokens(
        text=text,
        written=written,
        lower=tuple(word.lower().replace("’", "'") for word in written),
        gaps=tuple(_gap(text[end:start]) for end, start in zip(ends, starts, strict=True)),
        kinds=tuple(match.lastgroup or "" for match in found),
    )


def _gap(between: str) -> str:
    """What stands between two tokens, without white space; a hyphen with spaces around it is a dash."""
    if between.strip() == between:
        return "–" if between == "--" else between
    return "".join("–" if part in {"-", "--"} else part for part in between.split())


# ---- vocabularies ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Vocabulary:
    """Words of one language that change what a sentence says."""

    negations: frozenset[str]
    doubts: frozenset[str]
    conditions: frozenset[str]
    degrees: frozenset[str]
    reporting: frozenset[str]
    denials: frozenset[str] = frozenset()
    numbers: tuple[tuple[str, float], ...] = ()

    @cached_property
    def number_words(self) -> dict[str, float]:
        """Numbers written as words."""
        return dict(self.numbers)


def _numbers(listed: str) -> tuple[tuple[str, float], ...]:
    """Number words written as `1 one 2 two`; a value with several words is `2 zwei,zwo`."""
    fields = listed.split()
    return tuple(
        (word, float(value))
        for value, words in zip(fields[::2], fields[1::2], strict=True)
        for word in words.split(",")
    )


NEGATIONS_EN = word_set(
    """
    not no never none nobody nothing neither nor nowhere without cannot can't won't isn't aren't wasn't weren't don't
    doesn't didn't hasn't haven't hadn't wouldn't couldn't shouldn't ain't n't hardly barely scarcely rarely seldom
    fail fails failed failing refuse refuses refused refusing lack lacks lacked lacking unable unlikely
    """
)
_DOUBTS_EN = word_set(
    """
    may might could would should can must ought alleged allegedly reportedly reported apparently apparent suspected
    purported purportedly supposed supposedly likely unlikely possibly possible perhaps maybe probably probable
    potential potentially seemingly seem seems seemed appear appears appeared presumed presumably rumoured rumored
    unconfirmed claimed attempted attempt attempts attempting tried try tries trying planned plan plans planning
    proposed propose proposes hope hopes hoped hoping want wants wanted intend intends intended aim aims aimed
    expected expects expect threatened threatens threaten threatening considering consider considers considered
    believed thought feared so-called would-be self-proclaimed self-styled prospective tentative tentatively
    theoretically almost nearly seek seeks sought seeking set due ready willing accused charged suspicion
    hypothetical whether offered offers urged urges called asked ordered promised promises vowed vows pledged
    pledges agreed agrees prepared decided
    """
)
_CONDITIONS_EN = word_set(
    """
    if unless until till provided providing assuming supposing whenever once except excluding barring pending depending
    otherwise condition conditional contingent lest
    """
)
_DEGREES_EN = word_set(
    """
    only just merely almost nearly about around approximately roughly some over under above below beyond fewer less more
    most least up least partly partially mostly mainly largely slightly somewhat half
    virtually practically several few many much all every each both either any part
    exactly even too enough than
    """
)
REPORTING_EN = word_set(
    """
    said says say saying told tells tell telling claimed claims claim claiming alleged alleges allege alleging
    argued argues argue arguing insisted insists insist insisting warned warns warn warning predicted predicts
    predict predicting forecast forecasts estimated estimates estimate suggested suggests suggest suggesting
    believed believes believe believing thinks think thought feared fears fear reported reports report reporting
    announced announces announce announcing added adds add adding noted notes note noting stated states stating
    declared declares declare declaring testified testifies testify accused accuses accuse accusing denied denies
    deny denying confirmed confirms confirm confirming acknowledged acknowledges acknowledge admitted admits admit
    admitting asserted asserts assert contended contends contend maintained maintains explained explains explain
    explaining wrote writes writing tweeted tweets posted concluded concludes conclude revealed reveals indicated
    indicates cautioned cautions complained complains complain demanded demands demand recommended recommends urged
    urges vowed vows promised promises pledged pledges threatened threatens expects expected predicts described
    describes replied replies responded responds recalled recalls hinted hints speculated conceded concedes boasted
    argued lamented remarked commented comments according accusing accusations accusation allegations allegation
    claims reckons reckon sees hopes hoped quoted quoting citing cited cites
    """
)
DENIALS_EN = word_set(
    """
    deny denies denied denying reject rejects rejected rejecting dispute disputes disputed disputing refute refutes
    refuted dismiss dismisses dismissed dismissing contradicts contradicted declined declines
    """
)
_NUMBERS_EN = _numbers(
    "0 zero 1 one 2 two,couple,pair,twice 3 three,thrice,trio 4 four 5 five 6 six 7 seven 8 eight 9 nine 10 ten 11"
    " eleven 12 twelve,dozen"
    " 13 thirteen 14 fourteen 15 fifteen 16 sixteen 17 seventeen 18 eighteen 19 nineteen 20 twenty 30 thirty 40 forty"
    " 50 fifty 60 sixty 70 seventy 80 eighty 90 ninety"
)

_VOCABULARIES = {
    "en": Vocabulary(NEGATIONS_EN, _DOUBTS_EN, _CONDITIONS_EN, _DEGREES_EN, REPORTING_EN, DENIALS_EN, _NUMBERS_EN),
    "de": Vocabulary(
        word_set(
            "nicht kein keine keinen keiner keinem keines nie niemals niemand nichts ohne weder noch kaum verweigert"
            " verweigerte scheiterte"
        ),
        word_set(
            "könnte könnten soll sollen sollte sollten mutmaßlich mutmaßliche mutmaßlichen mutmaßlicher angeblich"
            " angebliche"
            " angeblichen wohl vermutlich möglicherweise vielleicht offenbar wahrscheinlich will wollen wollte"
            " wollten würde"
            " würden dürfte dürften versuchte versuchten versucht plant planen plante geplant geplante geplanten kann"
            " können beinahe fast will sogenannte sogenannten erwägt"
        ),
        word_set("wenn falls sofern sobald bis außer ausgenommen soweit solange vorausgesetzt"),
        word_set(
            "nur rund etwa ungefähr knapp fast mindestens höchstens bis über unter mehr weniger einige mehrere viele"
            " wenige"
            " alle jeder jede kaum gut circa teilweise überwiegend halb erst lediglich"
        ),
        word_set(
            "sagte sagt sagten sagen erklärte erklärt erklärten teilte laut zufolge nach betonte warnte warnt"
            " behauptete"
            " behauptet behaupten meinte berichtete berichtet berichten kündigte angaben warf wirft vorwurf vorwürfe"
            " kritisierte forderte fordert schrieb hieß gab glaubt glauben vermutet vermuten bestätigte räumte"
        ),
        word_set("bestreitet bestritt bestritten dementiert dementierte weist wies zurück zurückgewiesen ablehnte"),
        _numbers(
            "0 null 2 zwei,beide,beiden,paar,zwo 3 drei 4 vier 5 fünf 6 sechs 7 sieben 8 acht 9 neun 10 zehn 11 elf"
            " 12 zwölf,dutzend 13 dreizehn 14 vierzehn 15 fünfzehn 16 sechzehn 17 siebzehn 18 achtzehn 19 neunzehn"
            " 20 zwanzig 30 dreißig 40 vierzig 50 fünfzig"
        ),
    ),
    "fr": Vocabulary(
        word_set("ne n pas jamais rien aucun aucune personne sans ni guère nul nulle refuse refusé refusent"),
        word_set(
            "pourrait pourraient peut peuvent devrait devraient serait seraient aurait auraient présumé présumée"
            " présumés"
            " prétendu prétendue soi-disant peut-être probablement apparemment éventuel éventuelle envisage veut"
            " veulent souhaite tenté tenter tentative prévoit compte presque possible supposé supposée"
        ),
        word_set("si sauf moins jusqu jusque jusqu'à condition lorsque tant excepté hormis pourvu"),
        word_set(
            "seulement environ près plus moins presque quelque quelques plusieurs au-delà jusqu'à tous toutes"
            " beaucoup peu"
            " chaque partie moitié plupart certains certaines à-peu-près seul seule"
        ),
        word_set(
            "dit déclaré affirme affirmé selon d'après assure assuré estime estimé annoncé annonce indiqué indique"
            " précisé"
            " précise rapporté rapporte accuse accusé soutient ajouté averti prévenu expliqué explique reconnu confirmé"
            " prétend craint accusations"
        ),
        word_set("nie nié nient dément démenti rejette rejeté conteste contesté réfute"),
        _numbers(
            "0 zéro 2 deux 3 trois 4 quatre 5 cinq 6 six 7 sept 8 huit 9 neuf 10 dix,dizaine 11 onze 12 douze,douzaine"
            " 13 treize 14 quatorze 15 quinze,quinzaine 16 seize 20 vingt,vingtaine 30 trente,trentaine"
            " 40 quarante 50 cinquante 60 soixante"
        ),
    ),
    "es": Vocabulary(
        word_set("no nunca jamás nada nadie ningún ninguna ninguno sin ni tampoco apenas niega rehusó"),
        word_set(
            "podría podrían puede pueden debería deberían sería serían habría habrían presunto presunta presuntos"
            " presuntamente"
            " supuesto supuesta supuestamente quizá quizás posible posiblemente probablemente quiere quieren planea"
            " prevé"
            " intentó intenta intento casi aparentemente pretende"
        ),
        word_set("si salvo excepto hasta menos cuando condición siempre mientras"),
        word_set(
            "solo sólo unos unas cerca casi más menos alrededor aproximadamente hasta varios varias muchos pocos"
            " todos todas"
            " cada algunos algunas mitad parte mayoría"
        ),
        word_set(
            "dijo dice dicen según afirmó afirma aseguró asegura declaró anunció anuncia advirtió acusó acusa"
            " explicó explica"
            " añadió indicó informó informa señaló sostuvo sostiene admitió confirmó cree teme denunció acusaciones"
        ),
        word_set("niega negó niegan desmintió desmiente rechaza rechazó"),
        _numbers(
            "0 cero 2 dos 3 tres 4 cuatro 5 cinco 6 seis 7 siete 8 ocho 9 nueve 10 diez,decena 11 once 12 doce,docena"
            " 13 trece 14 catorce 15 quince 20 veinte 30 treinta 40 cuarenta 50 cincuenta"
        ),
    ),
    "it": Vocabulary(
        word_set("non mai nessuno nessuna nessun niente nulla senza né neppure neanche rifiuta rifiutato"),
        word_set(
            "potrebbe potrebbero può possono dovrebbe dovrebbero sarebbe sarebbero avrebbe avrebbero presunto"
            " presunta presunti"
            " presumibilmente forse probabilmente possibile vuole vogliono intende tentato tenta tentativo quasi"
            " apparentemente cosiddetto"
        ),
        word_set("se salvo tranne finché fino purché quando condizione eccetto"),
        word_set(
            "solo soltanto circa quasi oltre più meno almeno fino alcuni alcune molti pochi tutti tutte ogni parte metà"
            " maggior"
        ),
        word_set(
            "detto dice dicono secondo afferma affermato dichiarato annunciato annuncia avvertito accusa accusato"
            " spiegato spiega"
            " aggiunto riferito sostiene sostenuto ammesso confermato crede teme accuse"
        ),
        word_set("nega negato negano smentisce smentito respinge respinto"),
        _numbers(
            "0 zero 2 due 3 tre 4 quattro 5 cinque 6 sei 7 sette 8 otto 9 nove 10 dieci,decina 11 undici 12"
            " dodici,dozzina"
            " 13 tredici 14 quattordici 15 quindici 20 venti 30 trenta 40 quaranta 50 cinquanta"
        ),
    ),
    "pt": Vocabulary(
        word_set("não nunca jamais nada ninguém nenhum nenhuma sem nem tampouco recusa recusou"),
        word_set(
            "poderia poderiam pode podem deveria deveriam deve seria seriam teria teriam suposto suposta supostos"
            " supostamente"
            " talvez provavelmente possível possivelmente quer querem pretende planeja tentou tenta tentativa quase"
            " alegado alegadamente aparentemente"
        ),
        word_set("se salvo exceto até menos quando condição caso desde"),
        word_set(
            "só apenas somente cerca quase mais menos até pelo alguns algumas muitos poucos todos todas cada parte"
            " metade"
            " maioria vários várias"
        ),
        word_set(
            "disse diz dizem segundo afirmou afirma declarou anunciou anuncia alertou acusou acusa explicou acrescentou"
            " informou informa admitiu confirmou acredita teme acusações"
        ),
        word_set("nega negou negam desmente desmentiu rejeita rejeitou"),
        _numbers(
            "0 zero 2 dois,duas 3 três 4 quatro 5 cinco 6 seis 7 sete 8 oito 9 nove 10 dez,dezena 11 onze 12 doze,dúzia"
            " 13 treze 14 catorze,quatorze 15 quinze 20 vinte 30 trinta 40 quarenta 50 cinquenta"
        ),
    ),
    "ru": Vocabulary(
        word_set("не нет ни никогда никто ничего никакой без нельзя отказался отказалась отказались никого"),
        word_set(
            "может могут мог могла могли якобы возможно вероятно предположительно видимо по-видимому планирует"
            " планируют"
            " намерен намерена намерены хочет хотят бы пытался пыталась пытались попытка почти чуть предполагаемый"
            " предполагаемого предполагаемые подозреваемый"
        ),
        word_set("если пока кроме когда условии исключением разве"),
        word_set(
            "только лишь около примерно почти более менее свыше минимум максимум несколько многие все каждый часть"
            " половина"
            " большинство некоторые до больше меньше"
        ),
        word_set(
            "сказал сказала сказали заявил заявила заявили сообщил сообщила сообщили сообщает говорит говорят словам"
            " данным"
            " считает считают утверждает утверждают предупредил обвинил обвинила обвиняет рассказал подчеркнул добавил"
            " отметил признал подтвердил мнению пишет объявил обвинения"
        ),
        word_set("отрицает отрицал отрицают опроверг опровергла опровергает отверг отвергает"),
        _numbers(
            "0 ноль 2 два,две,двух,двое,оба 3 три,трёх,трех,трое 4 четыре,четырёх,четырех,четверо 5 пять,пяти,пятеро"
            " 6 шесть,шести 7 семь,семи 8 восемь,восьми 9 девять,девяти 10 десять,десяти,десяток 11 одиннадцать"
            " 12 двенадцать,дюжина 15 пятнадцать 20 двадцать,двадцати 30 тридцать 40 сорок 50 пятьдесят"
        ),
    ),
    "uk": Vocabulary(
        word_set("не ні ніколи ніхто нічого жоден жодна без немає нема відмовився відмовилася відмовилися"),
        word_set(
            "може можуть міг могла могли нібито можливо ймовірно імовірно планує планують має намір хоче хочуть би"
            " намагався намагалася спроба майже підозрюваний начебто"
        ),
        word_set("якщо поки крім окрім коли умови винятком"),
        word_set(
            "тільки лише близько приблизно майже понад менше більше щонайменше кілька багато всі кожен частина половина"
            " більшість деякі до"
        ),
        word_set(
            "сказав сказала заявив заявила заявили повідомив повідомила повідомили повідомляє каже кажуть словами"
            " даними"
            " вважає вважають стверджує стверджують попередив звинуватив звинувачує розповів додав зазначив визнав"
            " підтвердив пише оголосив звинувачення"
        ),
        word_set("заперечує заперечив заперечують спростував спростовує відкинув відкидає"),
        _numbers(
            "0 нуль 2 два,дві,двох,двоє 3 три,трьох,троє 4 чотири,чотирьох 5 п'ять,п’ять,п'яти 6 шість 7 сім 8 вісім"
            " 9 дев'ять 10 десять,десяток 11 одинадцять 12 дванадцять 15 п'ятнадцять 20 двадцять 30 тридцять 40 сорок"
        ),
    ),
}
_NO_VOCABULARY = Vocabulary(frozenset(), frozenset(), frozenset(), frozenset(), frozenset())


def vocabulary(language: str) -> Vocabulary:
    """The lists of a language; empty ones where there are none."""
    return _VOCABULARIES.get(language[:2].lower(), _NO_VOCABULARY)


# ---- numbers --------------------------------------------------------------------------------------------------------

_MULTIPLIERS = {
    "hundred": 1e2, "hundreds": 1e2, "thousand": 1e3, "thousands": 1e3, "k": 1e3, "million": 1e6, "millions": 1e6,
    "m": 1e6, "mn": 1e6, "billion": 1e9, "billions": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12,
    "dozen": 12, "dozens": 12,
    "tausend": 1e3, "tsd": 1e3, "mio": 1e6, "millionen": 1e6, "mrd": 1e9, "milliarde": 1e9, "milliarden": 1e9,
    "billionen": 1e12, "hundert": 1e2,
    "mille": 1e3, "milliard": 1e9, "milliards": 1e9, "mil": 1e3, "millón": 1e6, "millones": 1e6, "mila": 1e3,
    "milione": 1e6, "milioni": 1e6, "miliardo": 1e9, "miliardi": 1e9, "milhão": 1e6, "milhões": 1e6, "mi": 1e6,
    "bilhão": 1e9, "bilhões": 1e9, "тыс": 1e3, "тысяч": 1e3, "тысячи": 1e3, "тысяча": 1e3, "млн": 1e6, "миллион": 1e6,
    "миллиона": 1e6, "миллионов": 1e6, "млрд": 1e9, "миллиард": 1e9, "миллиарда": 1e9, "миллиардов": 1e9,
    "тис": 1e3, "тисяч": 1e3, "тисячі": 1e3, "мільйон": 1e6, "мільйона": 1e6, "мільйонів": 1e6, "мільярд": 1e9,
    "мільярда": 1e9, "мільярдів": 1e9, "万": 1e4, "萬": 1e4, "亿": 1e8, "億": 1e8,
}  # fmt: skip
_UNITS = {
    "percent": "% percent per-cent pc prozent procent процентов процента процент відсотків відсотка ‰ percentage",
    "dollar": "$ dollar dollars usd us$ buck bucks dólares долларов доларів",
    "euro": "€ euro euros eur евро євро",
    "pound": "£ pound pounds gbp quid sterling",
    "yen": "¥ yen yuan renminbi rmb",
    "rupee": "₹ rupee rupees rs",
    "rouble": "₽ rouble roubles ruble rubles рублей рубля",
    "hryvnia": "₴ hryvnia hryvnias гривень гривні",
    "krona": "krona kronor krone kroner sek nok dkk",
    "second": "second seconds sec secs",
    "minute": "minute minutes min mins minuten",
    "hour": "hour hours hr hrs stunden heures horas ore часов годин",
    "day": "day days tage tagen jours días dias giorni дней днів",
    "week": "week weeks wochen semaines semanas settimane недель тижнів",
    "month": "month months monate monaten mois meses mesi месяцев місяців",
    "year": "year years yr yrs year-old years-old year-olds jahre jahren ans années años anos anni лет років",
    "decade": "decade decades",
    "century": "century centuries",
    "metre": "metre metres meter meters m",
    "kilometre": "km kilometre kilometres kilometer kilometers kms",
    "mile": "mile miles mi mph",
    "foot": "foot feet ft",
    "inch": "inch inches",
    "gram": "gram grams g",
    "kilogram": "kg kilogram kilograms kilo kilos",
    "tonne": "tonne tonnes ton tons t",
    "degree": "degree degrees celsius fahrenheit grad",
    "litre": "litre litres liter liters",
    "barrel": "barrel barrels",
    "acre": "acre acres",
    "hectare": "hectare hectares ha",
    "point": "point points",
    "goal": "goal goals",
    "vote": "vote votes",
    "seat": "seat seats",
    "time": "times",
}
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_SHORT_UNITS = word_set("m min g t ha mi b k pc sec")
_ORDINAL = word_set("st nd rd th er e ère º ª")


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a sentence: as written, what it may mean, its unit ("" where none is told), the noun after it, and
    its place among the tokens."""

    words: str
    values: frozenset[float]
    unit: str
    noun: str
    at: int
    end: int
    ordinal: bool = False


def numbers(parsed: Tokens, language: str) -> list[Number]:
    """The numbers of a sentence in order; "one" and "a" are not among them, being articles and pronouns as well."""
    found: list[Number] = []
    at = 0
    while at < len(parsed):
        number = _number_at(parsed, at, language)
        if number is None:
            at += 1
        else:
            found.append(number)
            at = number.end
    return found


def _number_at(parsed: Tokens, at: int, language: str) -> Number | None:
    values, end = _values_at(parsed, at, language)
    if not values:
        return None
    values, end = _multiplied(parsed, values, end)
    unit, after = _unit_at(parsed, at, end)
    ordinal = end < len(parsed) and parsed.gaps[end] == "" and parsed.lower[end] in _ORDINAL
    return Number(
        words=" ".join(parsed.written[at:end]),
        values=frozenset(round(value, 6) for value in values),
        unit=unit,
        noun=_noun_after(parsed, after),
        at=at,
        end=end,
        ordinal=ordinal,
    )


def _values_at(parsed: Tokens, at: int, language: str) -> tuple[set[float], int]:
    word = parsed.lower[at]
    if parsed.kinds[at] == "number":
        values = _digit_values(word)
        following = at + 1
        if not language.startswith("en") and len(word) <= 3 and _goes_on(parsed, following):
            values.add(float(_plain_digits(word + parsed.written[following])))  # "12 300" of French and Russian
            return values, following + 1
        return values, following
    value = _word_value(word, language)
    if value is None or value == 1:
        return set(), at
    following = at + 1
    if value in range(20, 100, 10) and following < len(parsed) and parsed.gaps[following] == "":
        unit = _word_value(parsed.lower[following], language)
        if unit is not None and 0 < unit < 10:
            return {value + unit}, following + 1
    return {value}, following


def _goes_on(parsed: Tokens, at: int) -> bool:
    """Whether three digits follow a space, as thousands are written in many languages."""
    return parsed.kinds[at : at + 1] == ("number",) and parsed.gaps[at] == "" and len(parsed.written[at]) == 3


def _word_value(word: str, language: str) -> float | None:
    numbers_of = vocabulary(language).number_words
    if word in numbers_of:
        return numbers_of[word]
    tens, _, ones = word.partition("-")
    if ones in numbers_of and tens in numbers_of:
        return numbers_of[tens] + numbers_of[ones]
    if ones and tens in numbers_of and ones.split("-")[0] in _UNIT_OF:  # "two-year"
        return numbers_of[tens]
    return None


def _plain_digits(text: str) -> str:
    """The same in the digits 0 to 9."""
    return "".join(str(unicodedata.digit(mark)) if mark.isdigit() else mark for mark in text)


def _digit_values(written: str) -> set[float]:
    """What digits with separators may mean: "1,500" is 1500 and, in other countries, 1.5."""
    digits = _plain_digits(written).replace("\u00a0", "").replace("\u202f", "")[:40]
    if ":" in digits:
        return {float(digits.replace(":", "").replace(",", "").replace(".", "")) / 1000 + 1e9}
    values = set()
    parts = re.split(r"[.,]", digits)
    if len(parts) == 1:
        return {float(digits)}
    if all(len(part) == 3 for part in parts[1:]) and parts[0] != "0":
        values.add(float("".join(parts)))
    if len(parts) == 2 or len(set(re.findall("[.,]", digits))) == 2:
        values.add(float("".join(parts[:-1]) + "." + parts[-1]))
    return values or {float("".join(parts))}


def _multiplied(parsed: Tokens, values: set[float], end: int) -> tuple[set[float], int]:
    while end < len(parsed) and parsed.gaps[end] in {"", "-", "."}:
        factor = _MULTIPLIERS.get(parsed.lower[end])
        if factor is None or (parsed.lower[end] in _SHORT_UNITS | {"m"} and not _glued(parsed, end)):
            break
        values = {value * factor for value in values}
        end += 1
    return values, end


def _glued(parsed: Tokens, at: int) -> bool:
    """Whether a token follows the one before without a space: "5m"."""
    return parsed.written[at - 1] + parsed.written[at] in parsed.text


def _unit_at(parsed: Tokens, at: int, end: int) -> tuple[str, int]:
    before = parsed.lower[at - 1] if at else ""
    if parsed.kinds[at - 1 : at] == ("sign",) or before in {"us", "rs"}:
        return _UNIT_OF.get(before, "dollar"), end
    if end >= len(parsed) or "," in parsed.gaps[end] or "(" in parsed.gaps[end]:
        return "", end
    word = parsed.lower[end]
    if word == "per" and parsed.lower[end + 1 : end + 2] == ("cent",):
        return "percent", end + 2
    if word in _UNIT_OF and (word not in _SHORT_UNITS or _glued(parsed, end)):
        return _UNIT_OF[word], end + 1
    if parsed.gaps[end] == "-":
        return _UNIT_OF.get(word.split("-")[0], ""), end + 1
    if "-" in parsed.lower[at]:
        return _UNIT_OF.get(parsed.lower[at].split("-")[1], ""), end
    return "", end


def _noun_after(parsed: Tokens, at: int) -> str:
    """The stem of the first word after a number that may be its noun, past up to two adjectives being unknowable."""
    for index in range(at, min(at + 1, len(parsed))):
        if parsed.kinds[index] == "word" and not parsed.gaps[index].strip("-"):
            return stem(parsed.lower[index])
    return ""


# ---- dates ----------------------------------------------------------------------------------------------------------

_MONTHS = {
    1: "january jan januar janvier enero gennaio janeiro января січня",
    2: "february feb februar février febrero febbraio fevereiro февраля лютого",
    3: "march mar märz mars marzo março марта березня",
    4: "april apr avril abril aprile апреля квітня",
    5: "may mai mayo maggio maio мая травня",
    6: "june jun juni juin junio giugno junho июня червня",
    7: "july jul juli juillet julio luglio julho июля липня",
    8: "august aug août agosto августа серпня",
    9: "september sept sep septembre septiembre settembre setembro сентября вересня",
    10: "october oct oktober octobre octubre ottobre outubro октября жовтня",
    11: "november nov novembre noviembre novembro ноября листопада",
    12: "december dec dezember décembre diciembre dicembre dezembro декабря грудня",
}
_MONTH_OF = {word: f"month {month}" for month, listed in _MONTHS.items() for word in listed.split()}
_DAYS = {
    1: "monday mon montag lundi lunes lunedì понедельник понеділок",
    2: "tuesday tue tues dienstag mardi martes martedì вторник вівторок",
    3: "wednesday wed mittwoch mercredi miércoles mercoledì среду середу",
    4: "thursday thu thurs donnerstag jeudi jueves giovedì четверг четвер",
    5: "friday fri freitag vendredi viernes venerdì пятницу п'ятницю",
    6: "saturday sat samstag sonnabend samedi sábado sabato субботу суботу",
    7: "sunday sun sonntag dimanche domingo domenica воскресенье неділю",
}
_DAY_OF = {word: f"day {day}" for day, listed in _DAYS.items() for word in listed.split()}
_RELATIVE_DAYS = word_set("today yesterday tomorrow tonight heute gestern morgen hier demain hoy ayer mañana oggi ieri")
_AMBIGUOUS_DATES = word_set("may mar mars sun sat mon wed jan dec sep morgen hier mai marzo sabato march oct mayo")


def dates(parsed: Tokens, language: str) -> dict[str, str]:
    """Months, days of the week and days of a month that a sentence names: what is meant, and as it is written."""
    found: dict[str, str] = {}
    for at, word in enumerate(parsed.lower):
        meant = _MONTH_OF.get(word) or _DAY_OF.get(word)
        if meant and word in _AMBIGUOUS_DATES and not _is_surely_date(parsed, at):
            continue
        if meant:
            found[meant] = parsed.written[at]
            if meant.startswith("month"):
                found.update(_day_of_month(parsed, at, meant))
        elif word in _RELATIVE_DAYS and (word not in _AMBIGUOUS_DATES) and language[:2] in {"en", "de", "es", "it"}:
            found[word] = parsed.written[at]
    return found


def _is_surely_date(parsed: Tokens, at: int) -> bool:
    if not parsed.written[at][0].isupper():
        return False
    beside = parsed.kinds[max(0, at - 1) : at + 2]
    before = parsed.lower[at - 1] if at else ""
    return "number" in beside or before in {
        "in",
        "on",
        "since",
        "until",
        "by",
        "last",
        "next",
        "early",
        "late",
        "of",
        "en",
    }


def _day_of_month(parsed: Tokens, at: int, meant: str) -> Iterator[tuple[str, str]]:
    for beside in (at - 1, at + 1, at - 2):
        if 0 <= beside < len(parsed) and parsed.kinds[beside] == "number":
            if parsed.written[beside].isdecimal() and 0 < int(parsed.written[beside]) <= 31:
                low, high = sorted((at, beside))
                yield f"{meant} {int(parsed.written[beside])}", " ".join(parsed.written[low : high + 1])
            return


# ---- names, titles, quotations --------------------------------------------------------------------------------------

TITLE_NOUNS = word_set(
    """
    president minister premier chancellor secretary councillor councilor governor senator spokesman spokeswoman
    spokesperson ambassador commissioner chairman chairwoman chair chief director general mayor judge leader envoy
    speaker lawmaker representative professor coach captain actor actress singer star ceo officer sen rep gov gen dr
    mr mrs ms king queen prince princess pope bishop archbishop cardinal sheriff inspector detective sergeant
    colonel major admiral lieutenant prosecutor attorney lawyer congressman congresswoman mp deputy vice-president
    economist analyst author writer scientist researcher manager owner founder head midfielder striker goalkeeper
    defender
    """
)
TITLE_CHANGERS = word_set(
    """
    former ex acting interim deputy vice alleged suspected accused convicted would-be then-president late honorary
    designate outgoing incoming retired ousted assistant shadow self-proclaimed so-called then disgraced
    """
)
_SMALL_NAME_PARTS = word_set("of the and for de la le du des del von van der den di da al el bin ibn")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """A crude stem: enough to see that "sues", "sued" and "suing" are one word."""
    word = _IRREGULAR.get(word, word)
    word = word.removesuffix("'s").removesuffix("'")
    if len(word) <= 3 or not word.isascii():
        return word if word.isascii() else word[: max(4, len(word) - 3)]
    for ending in ("ings", "ing", "edly", "ies", "ied", "ed", "es", "s", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 2 and not word.endswith("ss"):
            word = word[: -len(ending)] + ("y" if ending in {"ies", "ied"} else "")
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeiouls":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 3 else word


def _irregular(listed: str) -> dict[str, str]:
    return {form: forms[0] for line in listed.split(",") for forms in [line.split()] for form in forms[1:]}


_IRREGULAR = _irregular(
    "say said, tell told, win won, lose lost, beat beaten, buy bought, sell sold, bring brought, build built, catch"
    " caught,"
    " choose chose chosen, come came, cut cuts, do did done does, draw drew drawn, drive drove driven, fall fell"
    " fallen,"
    " feel felt, fight fought, find found, flee fled, fly flew flown, get got gotten, give gave given, go went gone"
    " goes,"
    " grow grew grown, have has had, hear heard, hide hid hidden, hold held, keep kept, know knew known, lead led,"
    " leave left, lend lent, make made, mean meant, meet met, pay paid, rise rose risen, run ran, see saw seen, seek"
    " sought,"
    " send sent, shake shook shaken, shoot shot, sink sank sunk, speak spoke spoken, spend spent, stand stood,"
    " steal stole stolen, strike struck, swear swore sworn, sweep swept, take took taken, teach taught, think thought,"
    " throw threw thrown, understand understood, wear wore worn, withdraw withdrew withdrawn, write wrote written,"
    " begin began begun, break broke broken, become became, be is are was were been being, overthrow overthrew"
    " overthrown,"
    " forbid forbade forbidden, forgive forgave, bear bore, bite bit bitten, man men, woman women, child children,"
    " lend lends, beat beats, hit hits, bid bids, cut cutting, hurt hurts, let lets, quit quits, shut shuts,"
    " person people, die dies died dying, sue sues sued suing, lie lies lied lying"
)


VERB_FORMS = frozenset(_IRREGULAR) | frozenset(_IRREGULAR.values())


def initials(parsed: Tokens) -> set[str]:
    """The acronyms that runs of capitalised words of a sentence could be shortened to, in lower case."""
    found: set[str] = set()
    run: list[str] = []
    for at, word in enumerate(parsed.written):
        small = parsed.lower[at] in _SMALL_NAME_PARTS
        if parsed.kinds[at] != "word" or (run and parsed.gaps[at] not in {"", "-", "'", "’"}):
            run = []
        if parsed.kinds[at] == "word" and word[0].isupper():
            run.append(word[0].lower())
            found.update("".join(run[-length:]) for length in range(2, min(8, len(run)) + 1))
        elif not (small and run):
            run = []
    return found


def quotations(text: str) -> list[str]:
    """What stands between quotation marks."""
    return [next(group for group in match.groups() if group is not None) for match in _QUOTED.finditer(text)]
