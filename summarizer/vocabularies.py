"""Words that turn a statement into its denial, a doubt, somebody's opinion or a condition, by language.

Lists exist for English and, shorter, for German, French, Spanish, Italian, Portuguese, Russian and Ukrainian.
"""

from dataclasses import dataclass
from functools import cached_property

from summarizer.words import word_set


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
