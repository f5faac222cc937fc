"""Who speaks in a sentence.

Read from the order of words: a speech verb and the name beside it. A pronoun or "the minister" names nobody, and a
language without a list here is left alone.
"""

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from summarizer.words import word_set

_QUOTED = re.compile(r"\"[^\"]*\"|“[^”]*”|„[^“”]*[“”]|«[^»]*»|‘(?:[^’]|’(?=\w))*’(?!\w)")
_QUOTE = "\x01"  # stands where a quotation stood
_TOKEN = re.compile(
    r"\x01|(?:Dr|Mr|Mrs|Ms|Prof|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|Maj|Jr|Sr|St|[A-Z])\.(?=\s)"
    r"|[^\W_]+(?:['’.\-&][^\W_]+)*|[^\w\s]"
)
_NAME = re.compile(r"(?<![^\W_])[^\W\d_][\w'’\-]*")
_LONGEST_SUBJECT = 12  # words between a verb and the name it belongs to
_MOST_COMMAS = 3


@dataclass(frozen=True, slots=True)
class _Lexicon:
    """What a language says speech with. `said` may stand before its subject; `told` may not."""

    said: frozenset[str]
    told: frozenset[str] = frozenset()
    skipped: frozenset[str] = frozenset()  # between subject and verb
    passive: frozenset[str] = frozenset()
    sources: tuple[tuple[str, ...], ...] = ()  # "according to"
    titles: frozenset[str] = frozenset()  # in lower case; a name made only of these names nobody
    groups: frozenset[str] = frozenset()  # speak as a party without a name
    pronouns: frozenset[str] = frozenset()
    articles: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()  # "spokesman for X": X is the party
    places: frozenset[str] = frozenset()  # "police in X": the word before them is the party
    finite: frozenset[str] = frozenset()  # a name before one of these has a clause of its own


_ENGLISH = _Lexicon(
    said=word_set(
        """
        said says say added adds stated states insisted insists claimed claims argued argues explained explains noted
        notes
        wrote writes tweeted posted declared declares announced suggested suggests stressed stresses acknowledged
        acknowledges admitted admits recalled recalls testified concluded replied responded countered
        confirmed confirms reported reports alleged alleges maintained maintains cautioned vowed
        """
    ),
    told=word_set(
        """
        told tells warned warns accused accuses denied denies rejected rejects dismissed dismisses criticised
        criticized condemned condemns blamed blames urged urges demanded demands pledged promised predicted predicts
        believes believe emphasized emphasised reiterated described called praised welcomed defended hailed refuted
        disputed
        """
    ),
    skipped=word_set(
        """
        also later then has had have earlier already once never again still always just first finally recently
        now even reportedly publicly repeatedly previously immediately initially though too monday tuesday wednesday
        thursday
        friday saturday sunday today yesterday on did does not himself herself themselves itself all both
        """
    ),
    passive=word_set("was were is are been be being am get got getting"),
    sources=(("according", "to"),),
    titles=word_set(
        """
        mr mrs ms miss dr sir dame lord lady prof professor president vice prime minister premier chancellor secretary
        governor gov senator sen representative rep congressman congresswoman mayor councillor councilor judge justice
        general gen colonel col lt lieutenant major maj captain capt sergeant sgt admiral commander chief director
        chairman chairwoman chair ceo spokesman spokeswoman spokesperson ambassador commissioner detective officer
        inspector superintendent sheriff attorney lawyer prosecutor coroner coach manager king queen prince princess
        pope bishop archbishop cardinal father rev reverend imam rabbi ayatollah sheikh speaker leader head deputy
        former
        acting foreign defense defence interior finance state u.s us british american french german russian chinese
        the a an this that his her their its
        """
    ),
    groups=word_set(
        """
        police officials authorities prosecutors investigators researchers scientists doctors witnesses opposition
        government military army lawyers campaigners critics activists residents rebels militants experts analysts
        organizers organisers firefighters detectives relatives lawmakers republicans democrats
        """
    ),
    pronouns=word_set("he she they it i we you who which that one this these those what there"),
    articles=word_set("the a an"),
    links=word_set("for of with from at"),
    places=word_set("in near across around inside outside"),
    finite=word_set(
        """
        is are was were will would can could may might must should has have had does did do is isn't wasn't won't
        didn't doesn't can't couldn't wouldn't to and 's
        """
    ),
)
_GERMAN = _Lexicon(
    said=word_set(
        """
        sagte sagten sagt sagen erklärte erklärten erklärt betonte betont berichtete berichtet berichten meinte meint
        äußerte schrieb twitterte behauptete bestätigte ergänzte kritisierte warnte forderte räumte kündigte teilte
        """
    ),
    skipped=word_set("hat haben auch zudem am montag dienstag mittwoch donnerstag freitag samstag sonntag"),
    sources=(("laut",), ("zufolge",)),
    titles=word_set(
        """
        der die das ein eine den dem minister ministerin präsident präsidentin kanzler kanzlerin bundeskanzler
        bundeskanzlerin ministerpräsident ministerpräsidentin außenminister außenministerin innenminister sprecher
        sprecherin chef chefin bürgermeister bürgermeisterin herr frau dr prof professor mann unternehmen
        """
    ),
    groups=word_set("polizei behörden staatsanwaltschaft regierung opposition ermittler forscher"),
    pronouns=word_set("er sie es ich wir ihr man wer"),
    articles=word_set("der die das ein eine"),
    finite=word_set("ist sind war waren wird werden hat haben"),
)
_FRENCH = _Lexicon(
    said=word_set(
        """
        dit déclaré affirmé ajouté expliqué estimé annoncé indiqué assuré déclare affirme ajoute explique estime annonce
        indique assure souligne souligné précisé précise rappelé rappelle dénoncé dénonce regretté écrit
        """
    ),
    skipped=word_set("a ont avait aussi également ensuite lundi mardi mercredi jeudi vendredi samedi dimanche"),
    sources=(("selon",), ("d'après",)),
    titles=word_set(
        "m mme le la les un une président présidente ministre premier première maire chef porte-parole directeur"
    ),
    groups=word_set("police gouvernement parquet opposition autorités enquêteurs chercheurs"),
    pronouns=word_set("il elle ils elles on je nous qui t-il t-elle"),
    articles=word_set("le la les un une l"),
    links=word_set("de du des d"),
    finite=word_set("est sont était a ont sera"),
)
_SPANISH = _Lexicon(
    said=word_set(
        """
        dijo dijeron dice afirmó afirma afirmaron declaró declara aseguró asegura explicó explica señaló señala añadió
        agregó indicó anunció sostuvo advirtió denunció criticó escribió confirmó
        """
    ),
    skipped=word_set("ha han también luego lunes martes miércoles jueves viernes sábado domingo"),
    sources=(("según",),),
    titles=word_set("el la los las un una presidente presidenta ministro ministra alcalde alcaldesa portavoz director"),
    groups=word_set("policía gobierno oposición fiscalía autoridades investigadores"),
    pronouns=word_set("él ella ellos ellas yo quien que"),
    articles=word_set("el la los las un una"),
    links=word_set("de del"),
    finite=word_set("es son era fue ha han será"),
)
_ITALIAN = _Lexicon(
    said=word_set(
        """
        detto dichiarato affermato spiegato aggiunto annunciato sottolineato scritto dice afferma dichiara spiega
        aggiunge annuncia sottolinea scrive
        """
    ),
    skipped=word_set("ha hanno aveva anche poi lunedì martedì mercoledì giovedì venerdì sabato domenica"),
    sources=(("secondo",),),
    titles=word_set(
        "il la lo i gli le un una presidente ministro ministra sindaco sindaca premier direttore portavoce"
    ),
    groups=word_set("polizia governo opposizione procura autorità"),
    pronouns=word_set("lui lei loro io noi che chi"),
    articles=word_set("il la lo i gli le un una"),
    links=word_set("di del della dei"),
    finite=word_set("è sono era ha hanno sarà"),
)
_PORTUGUESE = _Lexicon(
    said=word_set(
        """
        disse disseram diz afirmou afirma declarou declara explicou acrescentou anunciou informou criticou escreveu
        destacou garantiu confirmou
        """
    ),
    skipped=word_set("também depois segunda-feira terça-feira quarta-feira quinta-feira sexta-feira"),
    sources=(("segundo",), ("de", "acordo", "com")),
    titles=word_set("o a os as um uma presidente ministro ministra prefeito prefeita porta-voz diretor"),
    groups=word_set("polícia governo oposição promotores autoridades"),
    pronouns=word_set("ele ela eles elas eu que quem"),
    articles=word_set("o a os as um uma"),
    links=word_set("de do da dos"),
    finite=word_set("é são era foi tem será"),
)
_RUSSIAN = _Lexicon(
    said=word_set(
        """
        сказал сказала сказали заявил заявила заявили отметил отметила сообщил сообщила сообщили добавил добавила
        подчеркнул подчеркнула объявил объявила рассказал рассказала пояснил пояснила считает говорит написал написала
        """
    ),
    skipped=word_set("также ранее позже уже"),
    sources=(("по", "словам"),),
    titles=word_set("президент министр премьер премьер-министр мэр губернатор глава депутат пресс-секретарь"),
    groups=word_set("полиция правительство прокуратура оппозиция власти"),
    pronouns=word_set("он она они я мы кто который которая"),
    finite=word_set("был была были будет"),
)
_UKRAINIAN = _Lexicon(
    said=word_set(
        """
        сказав сказала сказали заявив заявила заявили зазначив зазначила повідомив повідомила повідомили додав додала
        наголосив наголосила оголосив оголосила розповів розповіла пояснив пояснила вважає каже написав написала
        """
    ),
    skipped=word_set("також раніше пізніше вже"),
    sources=(("за", "словами"),),
    titles=word_set("президент міністр прем'єр прем'єр-міністр мер губернатор глава депутат речник речниця"),
    groups=word_set("поліція уряд прокуратура опозиція влада"),
    pronouns=word_set("він вона вони я ми хто який яка"),
    finite=word_set("був була були буде"),
)
_LEXICONS = {
    "en": _ENGLISH,
    "de": _GERMAN,
    "fr": _FRENCH,
    "es": _SPANISH,
    "it": _ITALIAN,
    "pt": _PORTUGUESE,
    "ru": _RUSSIAN,
    "uk": _UKRAINIAN,
}
GROUPS = {language: lexicon.groups for language, lexicon in _LEXICONS.items()}
"""By language: who speaks as a party without a name, as "police" does."""

_PARTICLES = word_set("al bin ben da de del della der di dos du el ibn la le van von den ter")
_SUFFIXES = word_set("jr sr ii iii iv")
_CALENDAR = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december
    """
)
_ORGANISATIONS = word_set(
    """
    ministry department police house office council court company union committee commission group agency party
    university watch bank times news association federation army government force forces navy parliament congress
    senate administration authority institute center centre club foundation network international service services
    organization organisation team board board's bureau corporation corp inc airlines airways nations league state
    """
)


@dataclass(frozen=True, slots=True)
class _Subject:
    """What stands beside a verb as its subject; `party` is None where it names nobody, `names` are all it has."""

    party: str | None
    names: tuple[str, ...] = ()


def unquoted(sentence: str) -> str:
    """A sentence without its quotations."""
    return _QUOTED.sub(" ", sentence)


def speakers(sentences: Sequence[str], language: str) -> list[str | None]:
    """Who speaks in each sentence: a surname, the name of an organisation, or a group such as "police".

    None where nobody does, or where it is "he" or "the minister". Languages without a list give None throughout.
    Where "Wei Fenghe" is called "Wei" later, both are "Wei".
    """
    subjects = [_main_subject(sentence, language) for sentence in sentences]
    alone = {subject.party for subject in subjects if subject and len(subject.names) < 2}
    return [_called(subject, alone) if subject else None for subject in subjects]


def _called(subject: _Subject, alone: Container[str | None]) -> str | None:
    """The name of several by which somebody is called alone, or else the last."""
    if subject.party in alone:
        return subject.party
    return next((name for name in subject.names if name in alone), subject.party)


def speaker_of(sentence: str, language: str) -> str | None:
    """The one who speaks in a sentence, as `speakers` says it."""
    subject = _main_subject(sentence, language)
    return subject.party if subject else None


def is_attributed(sentence: str, language: str) -> bool:
    """Whether a sentence says that somebody said something, named or not."""
    return _main_subject(sentence, language) is not None


def _main_subject(sentence: str, language: str) -> _Subject | None:
    """The subject of the attribution at the end, else of the first speech verb that has one."""
    lexicon = _LEXICONS.get(language)
    if lexicon is None:
        return None
    tokens = _TOKEN.findall(_QUOTED.sub(f" {_QUOTE} ", sentence))
    found = [(at, subject) for at in range(len(tokens)) if (subject := _subject_at(tokens, at, lexicon))]
    if not found:
        return None
    last_at, last = found[-1]
    is_tail = len(tokens) - last_at <= 8 and any(
        token in {",", _QUOTE} for token in tokens[max(0, last_at - 8) : last_at]
    )
    return last if is_tail and last.party else found[0][1]


def _subject_at(tokens: list[str], at: int, lexicon: _Lexicon) -> _Subject | None:
    """The subject of the speech verb or of the "according to" at this token, if it is one."""
    word = tokens[at]
    if word in lexicon.said or word in lexicon.told:
        return _before(tokens, at, lexicon, may_follow=word in lexicon.said)
    if word == ":" and 0 < at <= 4 and at + 1 < len(tokens):
        run = _run_before(tokens, at - 1)
        return _subject(run, lexicon) if len(run) == at and _party(run, lexicon) else None
    for phrase in lexicon.sources:
        if tuple(token.lower() for token in tokens[at : at + len(phrase)]) == phrase:
            return _after(tokens, at + len(phrase), lexicon) or _Subject(None)
    return None


def _before(tokens: list[str], verb: int, lexicon: _Lexicon, *, may_follow: bool) -> _Subject | None:
    at = verb - 1
    while at >= 0 and _is_skipped(tokens[at], lexicon):
        at -= 1
    if at >= 0 and tokens[at] == ")":
        at = _before_bracket(tokens, at)
    if at >= 0 and tokens[at].lower() in lexicon.passive:
        return None
    if at < 0 or tokens[at] in {",", _QUOTE, "-", "–", "—", ".", "!", "?"}:
        return _inverted(tokens, verb, at, lexicon, may_follow=may_follow)
    return _ending_at(tokens, at, lexicon)


def _inverted(tokens: list[str], verb: int, at: int, lexicon: _Lexicon, *, may_follow: bool) -> _Subject | None:
    """The subject of a verb that has a comma, a quotation or nothing before it: after it, or across commas."""
    if may_follow and (following := _after(tokens, verb + 1, lexicon)):
        return following
    if at >= 0 and tokens[at] == "," and (across := _across_commas(tokens, at, lexicon)):
        return across
    follows = tokens[verb + 1].lower() if verb + 1 < len(tokens) else ""
    return _Subject(None) if may_follow and follows in lexicon.pronouns - {"that"} else None


def _is_skipped(word: str, lexicon: _Lexicon) -> bool:
    return word.lower() in lexicon.skipped or (lexicon is _ENGLISH and len(word) > 4 and word.endswith("ly"))


def _before_bracket(tokens: list[str], at: int) -> int:
    for back in range(at, max(-1, at - 8), -1):
        if tokens[back] == "(":
            return back - 1
    return at


def _ending_at(tokens: list[str], at: int, lexicon: _Lexicon) -> _Subject | None:
    """The subject whose last word is this token."""
    word = tokens[at].lower()
    if word in {"who", "which", "that", "qui", "que", "che", "который", "которая"} or not word[0].isalpha():
        return None
    if word in lexicon.pronouns:
        return _Subject(None)
    run = _run_before(tokens, at)
    if not run:
        return _Subject(word if word in lexicon.groups else None)
    head = at - len(run)
    if (
        head >= 1
        and tokens[head].lower() in lexicon.articles
        and tokens[head - 1].lower() in lexicon.places | lexicon.links
    ):
        head -= 1
    if head >= 1 and tokens[head].lower() in lexicon.places:
        return _ending_at(tokens, head - 1, lexicon)
    return _subject(run, lexicon)


def _across_commas(tokens: list[str], comma: int, lexicon: _Lexicon) -> _Subject | None:
    """The name before ", the mayor of Norrby, said", or between the commas of ", Ann Lee, said"."""
    for _ in range(_MOST_COMMAS):
        start = comma - 1
        while start >= 0 and tokens[start] != "," and comma - start <= _LONGEST_SUBJECT:
            start -= 1
        inside = tokens[start + 1 : comma]
        if inside and all(_is_capital(token) for token in inside) and _party(inside, lexicon):
            return _subject(inside, lexicon)
        if start < 1 or tokens[start] != ",":
            return None
        if (subject := _ending_at(tokens, start - 1, lexicon)) and subject.party is not None:
            return subject
        comma = start
    return None


def _after(tokens: list[str], start: int, lexicon: _Lexicon) -> _Subject | None:
    """The subject that begins here, after its verb: the last name of a phrase such as "the mayor, Ann Lee"."""
    run: list[str] = []
    group: str | None = None
    commas = 0
    end = min(len(tokens), start + _LONGEST_SUBJECT)
    at = start
    while at < end:
        token, word = tokens[at], tokens[at].lower()
        if token in {","} and not run and not commas and at > start:
            commas += 1
        elif token[0].isupper() and word not in _CALENDAR:
            stretch = _run_after(tokens, at, end)
            run = stretch if _party(stretch, lexicon) else run
            at += len(stretch) - 1  # at least the word itself
        elif token in {",", ".", ";", _QUOTE, "(", ")"} or word in lexicon.places:
            break
        elif word in lexicon.finite or word in lexicon.pronouns or word in lexicon.said or word in lexicon.told:
            return None
        elif word in lexicon.groups:
            group, run = word, []
        elif run and word in lexicon.links:
            break
        at += 1
    if run:
        return _subject(run, lexicon)
    return _Subject(group) if group else None


def _is_capital(token: str) -> bool:
    return token[0].isupper() or token in _PARTICLES


def _run_before(tokens: list[str], at: int) -> list[str]:
    """The capitalised words that end at this token; a lower-case "de" or "von" may stand between them."""
    start = at
    while start >= 0 and _is_capital(tokens[start]):
        start -= 1
    if start >= 1 and start < at and tokens[start] == "of" and tokens[start - 1].lower() in _ORGANISATIONS:
        return [*_run_before(tokens, start - 1), *tokens[start : at + 1]]
    run = tokens[start + 1 : at + 1]
    while run and run[0] in _PARTICLES:
        run = run[1:]
    return run


def _run_after(tokens: list[str], at: int, end: int) -> list[str]:
    """The capitalised words from this token, which is one, up to before `end`."""
    stop = at + 1
    while stop < end and _is_capital(tokens[stop]):
        stop += 1
    while tokens[stop - 1] in _PARTICLES:
        stop -= 1
    return tokens[at:stop]


def _party(run: list[str], lexicon: _Lexicon) -> str | None:
    """The surname in a run of capitalised words, or all of it where it is an organisation."""
    return _subject(run, lexicon).party


def _subject(run: list[str], lexicon: _Lexicon) -> _Subject:
    lowered = [_bare(word).lower() for word in run]
    if len(run) == 1 and lowered[0] in lexicon.groups:
        return _Subject(lowered[0])
    if any(word in _ORGANISATIONS for word in lowered):
        kept = (word for word, lower in zip(run, lowered, strict=True) if lower not in lexicon.articles)
        return _Subject(" ".join(kept))
    names = [
        _bare(word)
        for word, lower in zip(run, lowered, strict=True)
        if lower not in lexicon.titles | lexicon.pronouns | _SUFFIXES | _CALENDAR | _PARTICLES
    ]
    return _Subject(names[-1], tuple(names)) if names and len(names[-1]) > 1 else _Subject(None)


def _bare(word: str) -> str:
    return re.sub(r"['’]s$|\.$", "", word)


def names_in(sentence: str, language: str) -> frozenset[str]:
    """Capitalised words outside quotations in lower case, without titles, articles and days."""
    lexicon = _LEXICONS.get(language, _ENGLISH)
    ignored = lexicon.titles | lexicon.pronouns | lexicon.articles | lexicon.places | lexicon.skipped | _CALENDAR
    return frozenset(
        _bare(name).lower()
        for name in _NAME.findall(unquoted(sentence))
        if name[0].isupper() and _bare(name).lower() not in ignored and len(name) > 1
    )
