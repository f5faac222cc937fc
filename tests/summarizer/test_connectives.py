import pytest

from summarizer.connectives import is_dangling

LEANING = {
    "en": """He won|But the port|However, it|This decision is|Later, he|It won the cup|They|Both were hurt|One said no
        Others fled|Meanwhile, it|The two men met|In this case, it|There, he slept|So the club sold|Still, Norrby won
        After that, it|Another said no|That's it|"They came," said Ek|The latter won|Then the mayor|For example, it
        Some of them|According to him, it|As a result, ferries|And the port|The other was|Despite this, it
        That year, Norrby""",
    "de": "Er kam|Das ist falsch|Aber Norrby|Auch die Polizei|Diese Entscheidung|Dabei kamen|Beide Männer|Ihr Sohn",
    "fr": "Il a dit|Ce projet|Mais le port|C'est fini|Son père|Elle|Par ailleurs, le port|Les deux hommes",
    "es": "Él dijo|Sin embargo, el puerto|Su padre|Pero el puerto|Esta decisión|Además, el puerto",
    "it": "Lui ha|Ma il porto|Questo accordo|Inoltre, il porto|Suo padre",
    "pt": "Ele disse|Mas o porto|Além disso, o porto|Esta decisão|Seu pai",
    "nl": "Hij kwam|Maar de haven|Deze beslissing|Daarna kwam",
    "sv": "Han kom|Men hamnen|Detta beslut|Därefter kom",
    "pl": "On przyszedł|Ale port|Jednak port|Jego ojciec",
    "cs": "On přišel|Ale přístav|Jeho otec|Poté přišel",
    "tr": "Bu karar|Ancak liman|Onlar geldi",
    "ru": "Он сказал|Но порт|Это решение|По его словам, порт|Однако порт|Кроме того, порт",
    "uk": "Він сказав|Але порт|За його словами, порт|Ця угода",
    "el": "Αυτός είπε|Αλλά το λιμάνι|Ωστόσο, το λιμάνι",
    "ar": "هو قال|ولكن الوزير|هذه الخطوة|وأضاف أن الميناء|بعد ذلك، غادر",
    "fa": "او گفت|اما وزیر|این تصمیم",
    "he": "הוא אמר|עם זאת, השר|אבל השר|לדבריו, הנמל",
    "hi": "उन्होंने कहा|लेकिन मंत्री|यह फैसला|इसके अलावा मंत्री",
    "zh": "他说|但是市长|该公司|与此同时，港口|其中三人|此外，港口",
    "ja": "彼は|しかし、港は|同社は|この決定は|一方、港は",
    "ko": "그는 말했다|그러나 정부는|이 회사는|한편 정부는",
}
STANDING = {
    "en": """This week, Norrby|It is unclear whether|It emerged that|It was not immediately clear
        There is no|One in five|Both Russia and China|Those who fled|It is the first time since 2010 that
        Later this month, Ek|Then-President Holm|So far this year|One man died|Another 20 people|In this June, the heads
        While the storm|Because of rain|Her Majesty the Queen|It's difficult to say|Neither Ek nor Lind|One of the boats
        These days|Hermann won|Iteration is|Earlier on Wednesday, it|Another man|It will be the largest port in""",
    "de": "Es gibt kein|Diese Woche kam|Das Land|Erst am|Es ist unklar|Später am Tag|Ernährung ist",
    "fr": "Il y a|Il faut|Ce lundi|Cette année|Celui qui|Iliade|Maisons et",
    "es": "Este lunes|Además de Norrby|El puerto|Sus Majestades",
    "it": "Quest'anno|Il porto|Martedì|Maria",
    "pt": "Este ano|O porto|Elementos",
    "nl": "Deze week|De haven|Het kabinet",
    "sv": "Det finns|Den svenska|Hamnen",
    "pl": "Port|Onkologia",
    "cs": "Přístav|Tento týden",
    "tr": "Bu yıl liman|Okul",
    "ru": "Онлайн-продажи|Этим летом|На этой неделе|Позже в среду|Николай",
    "uk": "Цього року|Порт",
    "el": "Το λιμάνι|Αυτό το καλοκαίρι",
    "ar": "هذا العام|وأضاف الوزير أن|قال الرئيس|هويدا قالت",
    "fa": "این هفته|وزیر گفت|اوباما گفت",
    "he": "הואיל והשר|השר אמר",
    "hi": "इस साल बारिश|मंत्री ने|यहूदी",
    "zh": "其他国家|北京|这个夏天|并非所有",
    "ja": "港は|この夏、|一方的な",
    "ko": "정부는|이번 주|그리스가",
}


def listed(texts: dict[str, str]) -> list[tuple[str, str]]:
    return [
        (language, opening.strip())
        for language, openings in texts.items()
        for opening in openings.replace("\n", "|").split("|")
    ]


@pytest.mark.parametrize(("language", "opening"), listed(LEANING))
def test_these_openings_point_back(language: str, opening: str) -> None:
    assert is_dangling(opening + " ", language)


@pytest.mark.parametrize(("language", "opening"), listed(STANDING))
def test_these_stand_alone(language: str, opening: str) -> None:
    assert not is_dangling(opening + " ", language)


def test_an_unknown_language_has_no_rules() -> None:
    assert not is_dangling("He won.", "xx")
