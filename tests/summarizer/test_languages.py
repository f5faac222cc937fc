import pytest

from summarizer.languages import encoder_knows, language_of, told_language

SENTENCES = {
    "en": """
        The harbour was opened on Friday by the minister and the mayor of the town.
        Harbour reopens after nine years of repairs
        Storm kills five in Norrby
        Minister: no money for the bridge
        Ferries will run all night, says the mayor
        """,
    "de": """
        Der Hafen wurde am Freitag von der Ministerin und dem Bürgermeister eröffnet.
        Hafen nach neun Jahren wieder offen
        Kein Geld für die Brücke
        Fähren fahren künftig auch nachts
        """,
    "fr": """
        Le port a été ouvert vendredi par la ministre et le maire de la ville.
        Le port rouvre après neuf ans de travaux
        Pas d'argent pour le pont
        Les ferries circuleront la nuit
        """,
    "es": """
        El puerto fue inaugurado el viernes por la ministra y el alcalde de la ciudad.
        El puerto reabre tras nueve años de obras
        No hay dinero para el puente
        ¿Quién pagará el muelle?
        """,
    "it": """
        Il porto è stato aperto venerdì dalla ministra e dal sindaco della città.
        Il porto riapre dopo nove anni di lavori
        Niente soldi per il ponte, dice il sindaco
        """,
    "pt": """
        O porto foi aberto na sexta-feira pela ministra e pelo prefeito da cidade.
        Porto reabre após nove anos de obras
        Não há dinheiro para a ponte
        """,
    "nl": """
        De haven werd vrijdag geopend door de minister en de burgemeester van de stad.
        Haven na negen jaar weer open voor schepen
        Geen geld voor de brug
        """,
    "sv": """
        Hamnen öppnades i fredags av ministern och borgmästaren i staden.
        Inga pengar till bron, säger ministern
        """,
    "da": "Havnen blev åbnet i fredags af ministeren og byens borgmester efter ni år, men ikke for alle.",
    "no": "Havnen ble åpnet på fredag av ministeren og byens ordfører etter ni år, men ikke for alle.",
    "fi": "Satama avattiin perjantaina, kun ministeri ja pormestari olivat paikalla, mutta se on vielä tyhjä.",
    "pl": """
        Port został otwarty w piątek przez minister i burmistrza miasta.
        Nie ma pieniędzy na most
        """,
    "cs": """
        Přístav byl otevřen v pátek ministryní a starostou města.
        Na most nejsou peníze, řekl starosta
        """,
    "tr": """
        Liman cuma günü bakan ve belediye başkanı tarafından açıldı.
        Köprü için para yok, dedi başkan
        """,
    "ro": "Portul a fost deschis vineri de ministru și de primarul orașului după nouă ani de lucrări.",
    "hu": "A kikötőt pénteken nyitotta meg a miniszter és a város polgármestere, de még nem mindenki hajózhat.",
    "id": "Pelabuhan itu dibuka pada hari Jumat oleh menteri dan wali kota yang tidak pernah bertemu.",
    "vi": "Cảng đã được bộ trưởng và thị trưởng thành phố khai trương vào thứ Sáu.",
    "ru": """
        Порт был открыт в пятницу министром и мэром города в присутствии гостей.
        Порт открыли после ремонта
        Денег на мост нет
        """,
    "uk": """
        Порт відкрили у п'ятницю міністерка та міський голова у присутності гостей.
        Порт відкрили після ремонту
        Грошей на міст немає
        """,
    "bg": "Пристанището беше открито в петък от министъра и кмета на града, но все още не е за всички.",
    "sr": "Луку су у петак отворили министар и градоначелник, али још није отворена за све који желе да плове.",
    "ar": """
        افتتح الوزير ورئيس البلدية الميناء يوم الجمعة بحضور أربعمئة ضيف من المدينة.
        لا مال للجسر
        إعادة فتح الميناء
        """,
    "fa": """
        بندر روز جمعه با حضور وزیر و شهردار شهر گشایش یافت.
        پولی برای پل نیست
        """,
    "ur": """
        بندرگاہ کا افتتاح جمعہ کو وزیر اور شہر کے میئر نے کیا۔
        پل کے لیے پیسے نہیں ہیں
        """,
    "he": """
        הנמל נפתח ביום שישי על ידי השרה וראש העיר.
        אין כסף לגשר
        """,
    "hi": """
        बंदरगाह का उद्घाटन शुक्रवार को मंत्री और महापौर ने किया।
        पुल के लिए पैसे नहीं
        """,
    "el": "Το λιμάνι άνοιξε την Παρασκευή από την υπουργό και τον δήμαρχο.",
    "zh": """
        港口星期五由部长和市长正式启用，四百名来宾出席了启用仪式，居民们非常高兴。
        没有钱修桥
        这家名叫花の木的商店在港口重新开张，市长出席了仪式。
        """,
    "ja": """
        港は金曜日に大臣と市長によって開かれ、四百人の客が式典に出席しました。
        橋の予算なし
        """,
    "ko": """
        항구는 금요일에 장관과 시장에 의해 열렸다.
        다리 예산 없다
        """,
    "th": "ท่าเรือเปิดเมื่อวันศุกร์",
    "bn": "শুক্রবার বন্দরটি খোলা হয়েছে",
    "ta": "துறைமுகம் வெள்ளிக்கிழமை திறக்கப்பட்டது",
}


@pytest.mark.parametrize(
    ("language", "text"),
    [(language, text.strip()) for language, listed in SENTENCES.items() for text in listed.strip().split("\n")],
)
def test_sentences_and_headlines_are_told_apart(language: str, text: str) -> None:
    assert language_of(text) == language


def test_a_text_in_capitals_is_no_other_language() -> None:
    assert language_of("THE HARBOUR WAS OPENED ON FRIDAY BY THE MINISTER AND THE MAYOR OF THE TOWN.") == "en"


def test_initials_are_no_small_words() -> None:
    assert language_of("A U.S. ship left the U.K. on Friday.") == "en"


def test_names_of_another_script_do_not_decide() -> None:
    assert language_of("The minister said that Владимир Иванов had left the harbour before the storm.") == "en"


def test_a_given_tag_wins_and_a_wrong_one_does_not() -> None:
    text = "The harbour was opened on Friday by the minister and the mayor of the town."
    assert language_of(text, "pt-BR") == "pt"
    assert language_of(text, "not a language") == "en"


def test_very_short_texts_go_by_their_script() -> None:
    assert [language_of(text) for text in ("ok", "", "港口", "порт", "ميناء")] == ["en", "en", "zh", "ru", "ar"]


def test_the_encoder_knows_english() -> None:
    assert encoder_knows("en")
    assert not encoder_knows("ja")


def test_what_words_or_script_tell_needs_no_statistics_and_is_the_same() -> None:
    for text, language in (
        ("The harbour was opened on Friday by the minister and the mayor of the town.", "en"),
        ("Der Hafen wurde am Freitag von der Ministerin und dem Bürgermeister eröffnet.", "de"),
        ("港口重新开放。", "zh"),
    ):
        assert told_language(text) == language == language_of(text)
    assert told_language("Norrby Sando Holm") == "en"
    assert told_language("Порт Норрбю") is None  # of many languages, for all that its words tell
