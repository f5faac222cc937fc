"""Words that keep their dot inside a sentence, by what follows them and by language; and words that begin sentences."""

from summarizer.stopwords import STOP_WORDS


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


# A name or the rest of the phrase follows, never a new sentence. Safe in every language.
BEFORE_NAMES = _words(
    """
    mr mrs ms mx dr drs prof gen sen rep gov lt col sgt cpl pvt capt maj cmdr adm brig rev hon st ste mt ft messrs pres
    supt insp atty amb mme mlle mmes hr frl dott sig sigg sra srta dra ing mgr msgr dhr mevr dipl mag sr.a dott.ssa
    prof.ssa sig.ra ssa vs ca cf viz bzw ggf inkl evtl vgl sog z.b d.h u.a v.a i.d.r i.e e.g bijv d.w.z o.a av avda
    t.ex bl.a d.v.s s.k f.d dvs tzv např tj tzn np m.in ul inż hab ks św płk mudr judr phdr rndr mvdr doc bc nám sv
    ул им пр акад проф ген г-н г-жа гр тов обл р-н пос дер св просп пер пл наб корп см ср напр т.е т.к т.н вул ім смт
    гл чл-кор κα κκ δρ καθ αγ डॉ प्रो पं श्री मो ए बी सी डी एफ जी एच आई जे के एल एम एन ओ पी आर एस टी यू वी
    डब्ल्यू डबल्यु क्यू دبليو إتش جيه جي
    """
)
# A number follows; otherwise the sentence is over.
BEFORE_NUMBERS = _words(
    """
    no nos nr art arts p pp vol vols fig figs ch sec secs abs par para núm num n n° c approx al cap ed ex h kl č str
    hauptstr nº cad sok mah jan feb febr mar mär apr jun jul aug sep sept oct okt nov dec dez janv févr avr juil déc ene
    abr ago dic sett ott gennaio magg giu lug set out fev янв февр фев апр авг сент сен окт нояб ноя дек д кв тел рис
    табл стр буд αρ σελ okl
    """
)
# They may end a sentence; then what follows is a word that begins sentences and no names.
PERHAPS = _words(
    """
    inc corp co ltd jr sr bros llc plc ave blvd rd dept dist est assn intl natl univ cos a.m p.m ph.d mio mrd tsd mln
    mld ee aa uu ud uds esq csc ph gmbh
    """
)
# What would be a word of its own elsewhere: "on." is an honourable in Italy and ends sentences in English.
BEFORE_NAMES_IN = {
    "de": _words("hl allg bes bspw resp exkl jun. zzgl abzgl ehem geb gest"),
    "fr": _words("m mm me env ste boul bd"),
    "es": _words("sr sres dña d gral cnel pdte lic arq"),
    "it": _words("on avv arch geom cav gen mons ten magg"),
    "pt": _words("sr sras srs eng exmo sta sto gal"),
    "nl": _words("mw ir jhr mr ing dr ds"),
    "pl": _words("al os pl tzw por red"),
    "cs": _words("str tř hl ul mj"),
    "tr": _words("sn av doç yrd org alb"),
    "sv": _words("ca resp inkl exkl"),
}

ENGLISH_STARTERS = _words(
    """
    a according after all although an and another as at authorities analysts because both but by critics during each
    earlier even every experts few for four five from he her his how however i if in instead investigators is it its
    last later many meanwhile more most much nearly neither no nobody none nothing now officials on once one only
    other our over police prosecutors researchers residents several shares she since so some still such ten that the
    their then there these they this those though three through to today two under until we what when where whether
    which while who why with witnesses yesterday yet you
    """
)


def begins_sentences(word: str, language: str | None) -> bool:
    """Whether `word`, in lower case, begins sentences rather than names."""
    return word in (STOP_WORDS.get(language, ENGLISH_STARTERS) if language and language != "en" else ENGLISH_STARTERS)
