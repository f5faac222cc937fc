from collections.abc import Sequence

import pytest

from summarizer.encoder import Encoder
from summarizer.grounding import FEATURES, RULES, Grounding, Measurement, objections, trim_objections
from tests.summarizer.attacks import ATTACKS, FAITHFUL, Case, judged


@pytest.mark.parametrize("case", ATTACKS, ids=lambda case: f"{case.kind}: {case.version[:60]}")
def test_versions_that_say_something_else_are_refused(case: Case) -> None:
    found = judged(case)
    assert found
    assert all(objection.rule in RULES and objection.words for objection in found)


def test_most_versions_that_say_the_same_are_kept() -> None:
    kept = sum(not judged(case) for case in FAITHFUL)
    assert kept >= 0.9 * len(FAITHFUL)


@pytest.mark.parametrize("case", [case for case in FAITHFUL if not case.leaves_out], ids=lambda case: case.version[:60])
def test_rewritten_versions_that_say_the_same_are_kept(case: Case) -> None:
    assert not judged(case)


def test_the_sets_are_large_and_partly_held_out() -> None:
    for cases in (ATTACKS, FAITHFUL):
        assert len(cases) >= 120
        assert sum(case.held_out for case in cases) * 3 >= len(cases) - 2


# ---- a point made by leaving words out ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "trimmed", "rule"),
    [
        ("Officials face growing accusations that they lied.", "They lied.", "attribution"),
        ("The plan is dead, said Wei.", "The plan is dead.", "attribution"),
        ("A bus fell into the river after a crash, police said.", "A bus fell into the river.", "attribution"),
        ("Dahl denied that he had taken the money.", "Dahl had taken the money.", "attribution"),
        ("Shoigu said the brigade was defeated.", "Shoigu defeated.", "attribution"),
        ("People who smoke die early.", "People die early.", "restriction"),
        ("Three of the 40 miners were saved.", "The 40 miners were saved.", "quantity"),
        ("The ferry stops if the wind rises.", "The ferry stops.", "condition"),
        ("Former mayor Eva Strand was heard.", "Mayor Eva Strand was heard.", "title"),
        ("The man allegedly hit the guard.", "The man hit the guard.", "doubt"),
        ("The paper blamed Berg, who denies it.", "The paper blamed Berg.", "denial"),
        ('"We will not go," she said.', '"We will go," she said.', "quote"),
        ("The council opened the hall.", "The council closed the hall.", "words"),
        ("The mayor, the judge said, lied.", "The mayor the judge said, lied.", "clause"),
    ],
)
def test_what_is_lost_names_its_rule(sentence: str, trimmed: str, rule: str) -> None:
    assert rule in {objection.rule for objection in trim_objections(trimmed, sentence)}


@pytest.mark.parametrize(
    ("sentence", "trimmed"),
    [
        ("Nobody came to the harbour on Monday.", "Nobody came to the harbour."),
        ("It was the largest fire in Norrby since 1911.", "It was the largest fire."),
        ("Schools in the valley were closed.", "Schools were closed."),
        ("Wages rose 3 percent in May.", "Wages rose 3 percent."),
        ("The ferry is in Norrby today.", "The ferry is today."),
        ("The museum is closed on Monday.", "The museum is closed."),
        ("Since the ban, nobody has drowned in the lake.", "Nobody has drowned in the lake."),
        ("The drug stops the disease -- in mice.", "The drug stops the disease."),
        ("The firm stores energy as hydrogen, which can be burned.", "The firm stores energy."),
        ("Chief Justice Ann Park spoke.", "Justice Ann Park spoke."),
        ("She met Martin Luther King Jr in 1963.", "She met Jr in 1963."),
        ("The ferry left as quickly as it came.", "The ferry left as as it came."),
        ("The mayor, who was born here, the judge said, lied.", "The mayor lied."),
        ('"Holding the line is all we can do," the general said.', "The general said."),
        ("The mayor -- a former judge -- resigned.", "The mayor -- a former judge."),
        ("The report, which could not be independently verified, named nine dead.", "The report named nine dead."),
    ],
)
def test_times_and_places_stay_where_they_limit_what_is_said(sentence: str, trimmed: str) -> None:
    assert trim_objections(trimmed, sentence)


def test_a_sentence_says_itself_and_nothing_says_all() -> None:
    assert trim_objections("The ferry sank.", "The ferry sank.") == ()
    assert trim_objections("", "The ferry sank.")
    assert trim_objections("...", "The ferry sank.")


@pytest.mark.parametrize("language", ["xx", "ja", "ar"])
def test_unknown_languages_lose_parentheses_only(language: str) -> None:
    assert not trim_objections("Zorg bliva kro nast.", "Zorg bliva (mit 40 torp) kro nast.", language)
    assert trim_objections("Zorg kro nast.", "Zorg bliva kro nast.", language)
    assert trim_objections("Zorg nast.", "Zorg, bliva kro, nast.", language)


# ---- a sentence beside sentences ------------------------------------------------------------------------------------

_SOURCES = (
    "The town council of Norrby approved 84 million kronor for a second bridge on 4 March.",
    "Former mayor Tomas Lindqvist said the council had acted too late.",
    "The World Health Organization sent 12 nurses and up to 30 drivers.",
    "Construction may begin in June if the county agrees.",
)


@pytest.mark.parametrize(
    ("claim", "rule"),
    [
        ("The council approved 48 million kronor.", "number"),
        ("The council approved 84 million euros.", "unit"),
        ("The council approved the bridge on 5 March.", "date"),
        ("The council of Sando approved a bridge.", "name"),
        ("Karin Lindqvist said the council had acted too late.", "name"),
        ("Mayor Tomas Lindqvist said the council had acted too late.", "title"),
        ("The council had acted too late.", "attribution"),
        ('Lindqvist said the council was "asleep".', "quote"),
        ("The WHO sent 30 nurses.", "number"),
        ("The WHO sent 30 drivers.", "degree"),
        ("Construction begins in June if the county agrees.", "doubt"),
        ("Construction may begin in June.", "condition"),
        ("The council did not approve 84 million kronor.", "negation"),
        ("Read about the bridge on www.example.org/bridge.", "link"),
    ],
)
def test_objections_name_their_rule(claim: str, rule: str) -> None:
    assert rule in {objection.rule for objection in objections(claim, _SOURCES)}


@pytest.mark.parametrize(
    ("source", "claim"),
    [
        ("The prime minister flew to Bergen.", "The PM flew to Bergen."),
        ("Many different boats left.", "Different boats left."),
        ("He drank nothing but milk.", "He drank milk."),
        ("Beachwear company Tavik made the shirt.", "The shirt, made by Tavik, is on sale."),
        ("The court granted Berg bail, a decision the state said it would fight.", "The court granted Berg bail."),
        ("The firm said it would fight the fine.", "The firm will fight the fine, it said."),
        ("Police found the car of Berg in Holm.", "The car of Berg was found in Holm."),
    ],
)
def test_ordinary_rewording_is_no_fault(source: str, claim: str) -> None:
    assert not objections(claim, [source])


@pytest.mark.parametrize(
    "claim",
    [
        "Norrby's council approved 84m kronor for a bridge.",
        "The WHO sent a dozen nurses.",
        "Former mayor Lindqvist said the council acted too late.",
        "Up to 30 drivers were sent by the World Health Organization.",
    ],
)
def test_the_same_in_other_words_meets_no_objection(claim: str) -> None:
    assert not objections(claim, _SOURCES)


@pytest.mark.parametrize(
    ("language", "source", "same", "other"),
    [
        ("de", "Rund 1,5 Millionen Menschen waren ohne Strom.", "Etwa 1,5 Millionen Menschen waren ohne Strom.",
         "Etwa 15 Millionen Menschen waren ohne Strom."),
        ("fr", "Le maire n'a pas signé le contrat de 12 300 euros.", "Le contrat de 12300 euros n'a pas été signé.",
         "Le maire a signé le contrat de 12 300 euros."),
        ("es", "El presunto asesino huyó a Vigo.", "El presunto asesino huyó a Vigo.", "El asesino huyó a Vigo."),
        ("it", "Tre operai sono morti a Torino.", "A Torino sono morti 3 operai.", "A Milano sono morti 3 operai."),
        ("pt", "O ministro não aceitou o pedido.", "O pedido não foi aceite.", "O ministro aceitou o pedido."),
        ("ru", "Президент Финляндии прибыл в Киев.", "В Киев прибыл президент.", "Президент Швеции прибыл в Киев."),
        ("uk", "Загинули 14 людей у Харкові.", "У Харкові загинули 14 людей.", "У Харкові загинули 15 людей."),
        ("ar", "قتل 12 شخصا في الحادث.", "قتل ١٢ شخصا.", "قتل ١٣ شخصا."),
        ("ja", "事故で12人が死亡した。", "12人が死亡。", "21人が死亡。"),
    ],
)  # fmt: skip
def test_other_languages(language: str, source: str, same: str, other: str) -> None:
    assert not objections(same, [source], language)
    assert objections(other, [source], language)


@pytest.mark.parametrize(
    "text",
    [
        "a" * 100_000,
        "1," * 50_000,
        '"' * 100_001,
        "(-" * 50_000,
        "A, b who " * 10_000,
        "警" * 100_000,
        "\u0301" * 9_999,
    ],
)
def test_anything_is_judged(text: str) -> None:
    assert objections("The ferry sank on Monday.", [text])
    assert trim_objections(text[: len(text) // 2], text + " x")
    assert isinstance(objections(text, ["The ferry sank."]), tuple)


# ---- the verdict ----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def grounding() -> Grounding:
    """With the real encoder."""
    return Grounding(Encoder(threads=1))


def test_supported_claims_name_the_sentences_that_carry_them(grounding: Grounding) -> None:
    told, invented, both = grounding.check(
        [
            "The council of Norrby approved 84 million kronor for a second bridge.",
            "A whale was seen near the old lighthouse.",
            "Norrby approved 84 million kronor for a second bridge, and the World Health Organization sent 12 nurses.",
        ],
        _SOURCES,
        "en",
    )
    assert told.supported
    assert told.support == (0,)
    assert not invented.supported
    assert invented.score < told.score
    assert both.support == (0, 2)


def test_an_objection_outweighs_any_score(grounding: Grounding) -> None:
    (verdict,) = grounding.check(
        ["The town council of Norrby approved 48 million kronor for a second bridge."], _SOURCES, "en"
    )
    assert verdict.objections
    assert not verdict.supported


def test_languages_the_encoder_does_not_know_are_judged_by_words(grounding: Grounding) -> None:
    source = ["Министр не подписал договор о поставках газа.", "Завод в Самаре откроется в мае."]
    told, invented = grounding.check(["Завод в Самаре откроется в мае.", "Президент уехал в отпуск."], source, "ru")
    assert told.supported
    assert told.support == (1,)
    assert not invented.supported


def test_nothing_supports_and_nothing_is_asked(grounding: Grounding) -> None:
    assert grounding.check([], _SOURCES, "en") == []
    (verdict,) = grounding.check(["The ferry sank."], [], "en")
    assert verdict.support == ()
    assert not verdict.supported


class _Belief:
    """An entailment model that believes what it is told to."""

    def __init__(self, *beliefs: tuple[float, float]) -> None:
        self.beliefs = beliefs
        self.asked: list[tuple[str, str]] = []

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[tuple[float, float]]:
        self.asked.extend(pairs)
        return list(self.beliefs)


def test_an_entailment_model_has_a_say() -> None:
    belief = _Belief((0.9, 0.0), (0.1, 0.9))
    claims = ["The council approved 84 million kronor for a second bridge."] * 2
    believed, contradicted = Grounding(Encoder(threads=1), belief).check(claims, _SOURCES, "en")  # type: ignore[arg-type]
    assert believed.supported
    assert not contradicted.supported
    assert belief.asked[0] == (_SOURCES[0], claims[0])


def test_more_support_never_scores_less() -> None:
    for at in range(len(FEATURES)):
        less = [0.5] * 4 + [-1.0] * (len(FEATURES) - 4)
        more = [value + 0.4 * (index == at) for index, value in enumerate(less)]
        scores = [Grounding.judge(Measurement((0,), (), tuple(values))).score for values in (less, more)]
        assert scores[0] <= scores[1]


def test_an_attribution_that_stays_lets_the_claim_before_it_be_shortened() -> None:
    sentence = "A ferry hit the new pier in Norrby after its engine had failed, the owner said."
    assert trim_objections("A ferry hit the new pier in Norrby, the owner said.", sentence) == ()
    assert trim_objections("A ferry hit the new pier in Norrby.", sentence)
    denied = "No ferry hit the pier in Norrby after nine, the owner said."
    assert trim_objections("No ferry hit the pier in Norrby, the owner said.", denied)
