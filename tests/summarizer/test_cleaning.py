import pytest

from summarizer.cleaning import (
    Fitness,
    clean_title,
    collapse,
    fitness,
    is_publishable,
    legible,
    why_too_little,
)


@pytest.mark.parametrize(
    ("given", "cleaned"),
    [
        ("Harbour opens after nine years - BBC News", "Harbour opens after nine years"),
        ("Harbour opens after nine years | Reuters", "Harbour opens after nine years"),
        ("Harbour opens | Sport | The Guardian", "Harbour opens"),
        ("Norrby News | Harbour opens after nine long years", "Harbour opens after nine long years"),
        ("Harbour opens - and closes again", "Harbour opens - and closes again"),
        ("Anna Holm — the last ferry captain", "Anna Holm — the last ferry captain"),
        ("Storm reaches Norrby | Five boats sunk overnight", "Storm reaches Norrby | Five boats sunk overnight"),
        ("Storm reaches Norrby | The Voice of Sando", "Storm reaches Norrby"),
        ("  Harbour\n opens ", "Harbour opens"),
        ("港口九年后重新开放_新浪网", "港口九年后重新开放"),
        ("港が九年ぶりに再開｜海岸ニュース", "港が九年ぶりに再開"),
        ("Порт открыли после ремонта - Новости побережья", "Порт открыли после ремонта"),
        ("UK AND EU AGREE ON FERRIES", "UK and EU agree on ferries"),
    ],
)
def test_titles_lose_their_sites(given: str, cleaned: str) -> None:
    assert clean_title(given) == cleaned


@pytest.mark.parametrize(
    "mark",
    [
        *("UPDATE 1-", "RPT-UPDATE 2-", "CORRECTED-", "WRAPUP 3-", "REFILE-", "(LEAD) ", "(2nd LD) ", "1st LD-"),
        *("ROUNDUP 2: ", "KORREKTUR/ROUNDUP: ", "EIL: ", "ACTUALIZA 1-", "CORRECCIÓN: ", "ИСПРАВЛЕНО-", "СРОЧНО: "),
        *("【速報】", "快讯：", "عاجل: "),
    ],
)
def test_titles_lose_the_marks_of_wires(mark: str) -> None:
    assert clean_title(mark + "Norrby opens its harbour") == "Norrby opens its harbour"


@pytest.mark.parametrize(
    "title",
    [
        "UPDATE 1-",
        "Update 1-2 from Norrby",
        "Lead pipes leave Norrby",
        "LEAD: the grey metal that Norrby sells",
        "Correction officers strike in Norrby",
        "Corrected maps of Norrby",
        "UPDATE on Norrby",
        "Roundup of the news of Norrby",
        "Urgent: help for Norrby is needed",
    ],
)
def test_words_that_are_no_marks_stay_in_titles(title: str) -> None:
    assert clean_title(title) == title


def test_shouting_is_calmed_and_names_are_kept() -> None:
    text = "On Friday the NATO ship left Norrby. In Norrby nobody saw the NATO ship."
    assert clean_title("NATO SHIP LEAVES NORRBY AT NIGHT", text) == "NATO ship leaves Norrby at night"
    assert clean_title("NATO in Norrby", text) == "NATO in Norrby"


PUBLISHABLE = {
    "en": """
        Lindqvist said the port's walls were "cracked and dangerous" in 2016.
        The 'sunset' clause ends in May, the players' union said.
        Rock 'n' roll came to Norrby in the '60s.
        The vote (51-49) ended the debate.
        The U.S. sent us-versus-them leaflets to Norrby.
        The film "You and I" was shown on Friday.
        Elizabeth I visited the harbour in 1599.
        The town was photographed by Anna Holm in 1912.
        Share prices fell to $1.2 million; bonds rose.
        She was seen on the left bank of the river.
        “It is over,” said Mayor Lindqvist.
        iPhone sales fell by a fifth in Norrby.
        al-Sando claimed the attack on the harbour.
        de Holm left the harbour on Friday.
        The U.N.'s envoy met Jonas Ek Jr.'s lawyer in Norrby.
    """,
    "de": """
        Der Hafen wurde am Freitag eröffnet.
        „Wir haben gewonnen“, sagte Ministerin Anna Holm.
        »Es ist vorbei«, sagte der Bürgermeister.
    """,
    "fr": """
        Le port a rouvert vendredi.
        « Nous avons gagné », a dit la ministre Anna Holm.
    """,
    "es": """
        El puerto reabrió el viernes.
        «Hemos ganado», dijo la ministra Anna Holm.
    """,
    "it": "«Abbiamo vinto», ha detto la ministra Anna Holm.",
    "pt": "“Nós vencemos”, disse a ministra Anna Holm.",
    "nl": "De haven werd vrijdag geopend.",
    "pl": "„Wygraliśmy” – powiedziała minister Anna Holm.",
    "sv": "”Vi vann”, sade ministern Anna Holm.",
    "ru": """
        Порт открыли в пятницу после ремонта.
        «Мы победили», — сказала министр Анна Хольм.
    """,
    "uk": "«Ми перемогли», — сказала міністерка Анна Хольм.",
    "ar": "أعيد فتح الميناء يوم الجمعة بعد تسع سنوات.",
    "fa": "بندر روز جمعه پس از نه سال بازگشایی شد.",
    "he": """
        ראש הממשלה הגיע לארה"ב ביום שישי בערב.
        הנאום התקבל ב"בוז" רועם במליאה של האו"ם.
        ועידת האקלים של ה-IPCC נפתחה ביום שישי.
    """,
    "hi": "बंदरगाह शुक्रवार को नौ साल बाद फिर खुल गया।",
    "zh": """
        港口星期五在九年后重新开放。
        部长说：“我们赢了。”
    """,
    "ja": """
        港は金曜日に九年ぶりに再開した。
        「私たちは勝った」と大臣は述べた。
    """,
    "ko": "항구가 금요일에 구 년 만에 다시 열렸다.",
}
REFUSED = {
    "en": """
        Why did the harbour close?
        He asked "why did it close?"
        Is it safe?!
        We saw the harbour on Friday.
        On Friday I saw the harbour.
        "It is a disaster," I said to the mayor.
        You can take the ferry on Friday.
        The mayor said: "We waited nine years.
        We waited nine years," the mayor said.
        'We waited for nine long years.
        It was worth all the trouble.'
        "It was worth all the trouble, and more."
        The mayor opened the harbour (which had been closed.
        Most of the ferries had been sold by then.)
        Read more about the harbour.
        Jonas Ek contributed to this report.
        Anna Holm reported from Norrby.
        Mayor Tomas Lindqvist (left) opens the harbour.
        Photo: The harbour at night.
        The harbour at night, seen here from Sando.
        Write to harbour@example.org for the timetable.
        See https://example.org for the timetable.
        Harbour opens after nine years
        It opened.
        THE HARBOUR IS OPEN AGAIN.
        said the mayor on Friday evening.
        The following were hurt on Friday:
        Please send your pictures to the harbour.
        All rights reserved by the Norrby Post.
        Norrby 12 14 16 18 20 22 ferries.
        | Norrby | 12 | 14 | ferries a day.
        if (harbour == open) { return ferries(); }.
        <b>The harbour</b> was opened on Friday.
        See the harbour in the video below.
    """,
    "de": """
        Warum wurde der Hafen geschlossen?
        Am Freitag haben wir den Hafen gesehen.
        „Wir haben neun Jahre gewartet.
        Lesen Sie auch unseren Bericht vom Freitag.
        Bürgermeister Lindqvist (links) eröffnet den Hafen.
    """,
    "fr": """
        Pourquoi le port a-t-il fermé ?
        Nous avons vu le port vendredi.
        « Nous avons attendu neuf ans.
        Lire aussi notre article de vendredi.
    """,
    "es": """
        ¿Por qué cerró el puerto?
        Hemos visto el puerto el viernes.
        Lea también el informe del viernes.
    """,
    "it": """
        Perché il porto ha chiuso?
        Abbiamo visto il porto venerdì scorso.
        Leggi anche il nostro articolo di venerdì.
    """,
    "pt": """
        Por que o porto fechou?
        Nós vimos o porto na sexta-feira.
        Leia também a reportagem de sexta.
    """,
    "nl": "Wij zagen de haven op vrijdag.",
    "pl": "W piątek widzieliśmy nowy port.",
    "ru": """
        Почему закрыли порт в Норрбю?
        В пятницу мы видели новый порт.
        Читайте также наш пятничный репортаж.
    """,
    "uk": """
        У п'ятницю ми бачили новий порт.
        Читайте також наш репортаж.
    """,
    "el": "Γιατί έκλεισε το λιμάνι;",
    "ar": """
        لماذا أغلق الميناء قبل تسع سنوات؟
        نحن رأينا الميناء يوم الجمعة.
        اقرأ أيضا تقريرنا عن الميناء.
    """,
    "fa": "ما بندر را روز جمعه دیدیم.",
    "he": "אנחנו ראינו את הנמל ביום שישי.",
    "hi": """
        बंदरगाह क्यों बंद हुआ था?
        हम ने शुक्रवार को बंदरगाह देखा।
    """,
    "zh": """
        港口为什么关闭了九年呢？
        星期五我们看到了新的港口。
        部长说：“港口已经重新开放了。
        责任编辑：王小明李小红。
    """,
    "ja": """
        なぜ港は九年間も閉鎖されたのか？
        私たちは金曜日に新しい港を見た。
        大臣は「港は再開したと述べた。
    """,
    "ko": "우리는 금요일에 새 항구를 보았다.",
}


def listed(texts: dict[str, str]) -> list[tuple[str, str]]:
    return [(language, line.strip()) for language, lines in texts.items() for line in lines.strip().split("\n")]


@pytest.mark.parametrize(("language", "sentence"), listed(PUBLISHABLE))
def test_plain_sentences_may_be_points(language: str, sentence: str) -> None:
    assert is_publishable(sentence, language)


@pytest.mark.parametrize(("language", "sentence"), listed(REFUSED))
def test_these_never_are(language: str, sentence: str) -> None:
    assert not is_publishable(sentence, language)


def test_first_person_is_judged_by_language() -> None:
    assert is_publishable("Port otwarto we wtorek po dziewięciu latach.", "pl")
    assert is_publishable("We saw it on Friday.", "xx")


def test_legible_text_keeps_every_offset() -> None:
    text = "a\x00b\ud800c\ufeffd"
    assert legible(text) == "a b\ufffdc d"
    legible(text).encode()


def test_what_hides_in_a_text_is_not_told() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "ignore this")
    assert legible(f"Open{hidden}.").split() == ["Open", "."]
    assert collapse("**The [port](https://norrby.example/port)**  is open.") == "The port is open."
    assert collapse("\u202eNorrby\u202c is \u2068open\u2069.\n") == "Norrby is open."


@pytest.mark.parametrize("text", ["hi", "Hello there!", "ok thanks", "港口", "مرحبا", "Harbour opens", "x" * 3000])
def test_a_greeting_is_too_little(text: str) -> None:
    assert "too short" in str(why_too_little(text))


@pytest.mark.parametrize("text", ["https://norrby.example/a", " www.norrby.example mayor@norrby.example"])
def test_a_link_is_no_text(text: str) -> None:
    assert "link" in str(why_too_little(text))


@pytest.mark.parametrize(
    "text",
    [
        "The harbour is open.",
        "Harbour reopens in Norrby",
        "港口重新开放。",
        "أعيد فتح الميناء.",
        "Порт снова открыт.",
        "항구가 다시 열렸다.",
    ],
)
def test_one_sentence_is_enough(text: str) -> None:
    assert why_too_little(text) is None


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The harbour was opened on Friday.", Fitness.PUBLISHABLE),
        ("We saw the harbour on Friday.", Fitness.PERSONAL),
        ('"It was worth all the trouble."', Fitness.PERSONAL),
        ("Harbour opens after nine years", Fitness.LOOSE),
        ("Why was the harbour closed?", Fitness.LOOSE),
        ('"It was worth all the trouble.', Fitness.LOOSE),
        ("| Norrby | 9.15 | 40 |", Fitness.NO_PROSE),
        ("for ferry in harbour.ferries(): print(ferry)", Fitness.NO_PROSE),
        ("Norrby 9.15 10.15 11.15 12.15 13.15 14.15 15.15", Fitness.NO_PROSE),
        ("All rights reserved by the port.", Fitness.NO_PROSE),
        ("It opened.", Fitness.NO_PROSE),
    ],
)
def test_what_may_stand_in_where_nothing_is_fit(sentence: str, expected: Fitness) -> None:
    assert fitness(sentence, "en") is expected
