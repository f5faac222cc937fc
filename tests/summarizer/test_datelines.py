from datetime import date

import pytest

from summarizer import Dateline
from summarizer.datelines import find_dateline
from summarizer.dates import parse_date

JULY = date(2021, 7, 28)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("date 2021-07-28 NORRBY, July 28 -- ", Dateline("Norrby", JULY)),
        ("2021-07-28\n\nNORRBY, July 28 (Coastwire) -- ", Dateline("Norrby", JULY, "Coastwire")),
        ("Date: 28 July 2021\nBy Anna Holm\nNORRBY — ", Dateline("Norrby", JULY)),
        ("Published: 2021-07-28T10:00:00Z\n\n", Dateline(date=JULY)),
        ("Wednesday, July 28, 2021\n", Dateline(date=JULY)),
        ("NEW YORK, July 28, 2021 /PRNewswire/ -- ", Dateline("New York", JULY, "PRNewswire")),
        ("MOSCOW, July 28. /TASS/. ", Dateline("Moscow", None, "TASS")),
        ("UNITED NATIONS, Feb. 31 (IPS) - ", Dateline("United Nations", None, "IPS")),
        ("BEIJING, July 28 (Xinhua) -- ", Dateline("Beijing", None, "Xinhua")),
        ("NAIROBI, Kenya, Wednesday, July 28, 2021 (Reuters) -- ", Dateline("Nairobi, Kenya", JULY, "Reuters")),
        ("SEOUL, South Korea (AP) — ", Dateline("Seoul, South Korea", None, "AP")),
        ("WASHINGTON, D.C. — ", Dateline("Washington, D.C.")),
        ("RIO DE JANEIRO (AP) — ", Dateline("Rio de Janeiro", None, "AP")),
        ("COX'S BAZAR, Bangladesh — ", Dateline("Cox's Bazar, Bangladesh")),
        ("By Anna Holm, PARIS — ", Dateline("Paris")),
        ("(CNN) -- ", Dateline(agency="CNN")),
        ("(CNN)", Dateline(agency="CNN")),
        ("Norrby (CNN)", Dateline("Norrby", None, "CNN")),
        ("Paris, 28 juillet 2021 (AFP) – ", Dateline("Paris", JULY, "AFP")),
        ("Berlin (dpa) - ", Dateline("Berlin", None, "dpa")),
        ("МОСКВА, 28 июл - РИА Новости. ", Dateline("Москва", None, "РИА Новости")),
        ("Harbour reopens after nine years\n\nNORRBY, July 28 (Coastwire) -- ", Dateline("Norrby", None, "Coastwire")),
    ],
)
def test_what_a_head_says(head: str, expected: Dateline) -> None:
    body = "The harbour opened. It rained."
    assert find_dateline(head + body) == (expected, len(head))


BODIES = {
    "en": "The harbour opened. It rained.",
    "de": "Der Hafen ist offen. Es regnete.",
    "zh": "港口重新开放。下雨了。",
    "ja": "港が再開した。雨が降った。",
    "ko": "항구가 다시 열렸다. 비가 왔다.",
    "ar": "أعيد فتح الميناء. هطل المطر.",
    "fa": "بندر باز شد. باران آمد.",
    "he": "הנמל נפתח. ירד גשם.",
    "hi": "बंदरगाह खुल गया। बारिश हुई।",
    "ru": "Порт открыли. Шёл дождь.",
    "uk": "Порт відкрили. Йшов дощ.",
    "es": "El puerto abrió. Llovió.",
    "fr": "Le port a rouvert. Il a plu.",
    "it": "Il porto ha riaperto. È piovuto.",
    "pt": "O porto abriu. Choveu.",
}


@pytest.mark.parametrize(
    ("language", "head", "expected"),
    [
        ("zh", "（中央社記者王小明台北28日電）", Dateline("台北", agency="中央社")),
        ("zh", "中新网7月28日电 ", Dateline(agency="中新网")),
        ("zh", "中新网北京7月28日电（记者 李四）", Dateline("北京", agency="中新网")),
        ("zh", "本报北京7月28日电（记者张三）", Dateline("北京", agency="本报")),
        ("zh", "【新华社】", Dateline(agency="新华社")),
        ("zh", "新华社东京7月28日电  题：", Dateline("东京", agency="新华社")),
        ("zh", "（新华社北京7月28日电）", Dateline("北京", agency="新华社")),
        ("zh", "人民网北京7月28日电 （记者王五）", Dateline("北京", agency="人民网")),
        ("zh", "據新華社北京7月28日電，", Dateline("北京", agency="新華社")),
        ("ja", "【ソウル共同】", Dateline("ソウル", agency="共同")),
        ("ja", "【ワシントン＝山田太郎】", Dateline("ワシントン")),
        ("ja", "［東京\u3000２８日\u3000ロイター］ - ", Dateline("東京", agency="ロイター")),
        ("ja", "[モスクワ 28日 ロイター] - ", Dateline("モスクワ", agency="ロイター")),
        ("ja", "【7月28日 AFP】", Dateline(agency="AFP")),
        ("ja", "（東京 中央社）", Dateline("東京", agency="中央社")),
        ("ko", "(서울=연합뉴스) 홍길동 기자 = ", Dateline("서울", agency="연합뉴스")),
        ("ko", "[서울=뉴시스] 김기자 기자 = ", Dateline("서울", agency="뉴시스")),
        ("ko", "【서울=뉴시스】", Dateline("서울", agency="뉴시스")),
        ("ar", "القاهرة (رويترز) - ", Dateline("القاهرة", agency="رويترز")),
        ("ar", "دبي 28 يوليو (رويترز) - ", Dateline("دبي", agency="رويترز")),
        ("ar", "القاهرة - رويترز - ", Dateline("القاهرة", agency="رويترز")),
        ("ar", "بيروت، 28 يوليو/تموز 2021 (وام) -- ", Dateline("بيروت", JULY, "وام")),
        ("ar", "أبوظبي في 28 يوليو / وام / ", Dateline("أبوظبي", agency="وام")),
        ("ar", "القاهرة في 28 يوليو/ أ ش أ / ", Dateline("القاهرة", agency="أ ش أ")),
        ("ar", "الرياض (أ ف ب) – ", Dateline("الرياض", agency="أ ف ب")),
        ("fa", "تهران (ایسنا) - ", Dateline("تهران", agency="ایسنا")),
        ("fa", "تهران – ایرنا – ", Dateline("تهران", agency="ایرنا")),
        ("fa", "تهران، ۲۸ ژوئیه (ایرنا) - ", Dateline("تهران", agency="ایرنا")),
        ("he", "ירושלים (רויטרס) – ", Dateline("ירושלים", agency="רויטרס")),
        ("hi", "नई दिल्ली, 28 जुलाई (भाषा) ", Dateline("नई दिल्ली", agency="भाषा")),
        ("hi", "नई दिल्ली: ", Dateline("नई दिल्ली")),
        ("hi", "नई दिल्ली, 28 जुलाई (आईएएनएस)। ", Dateline("नई दिल्ली", agency="आईएएनएस")),
        ("hi", "मुंबई (एजेंसी)। ", Dateline("मुंबई", agency="एजेंसी")),
        ("ru", "МОСКВА, 28 июл - РИА Новости. ", Dateline("Москва", agency="РИА Новости")),
        ("ru", "МОСКВА, 28 июля. /ТАСС/. ", Dateline("Москва", agency="ТАСС")),
        ("ru", "Москва. 28 июля. INTERFAX.RU - ", Dateline("Москва", agency="INTERFAX.RU")),
        ("ru", "КИЕВ, 28 июля (Новый Регион) – ", Dateline("Киев", agency="Новый Регион")),
        ("ru", "МОСКВА, 28 июл — РАПСИ. ", Dateline("Москва", agency="РАПСИ")),
        ("ru", "Москва, 28 июля - АиФ-Москва. ", Dateline("Москва", agency="АиФ-Москва")),
        ("ru", "МИНСК, 28 июля (БЕЛТА). ", Dateline("Минск", agency="БЕЛТА")),
        ("ru", "НУР-СУЛТАН. КАЗИНФОРМ – ", Dateline("Нур-Султан", agency="КАЗИНФОРМ")),
        ("uk", "КИЇВ. 28 липня. УНН. ", Dateline("Київ", agency="УНН")),
        ("uk", "Київ. Укрінформ. ", Dateline("Київ", agency="Укрінформ")),
        ("uk", "КИЇВ, 28 липня /Укрінформ/. ", Dateline("Київ", agency="Укрінформ")),
        ("es", "Madrid, 28 jul (EFE).- ", Dateline("Madrid", agency="EFE")),
        ("es", "MADRID, 28 Jul. (EUROPA PRESS) - ", Dateline("Madrid", agency="EUROPA PRESS")),
        ("es", "Ciudad de México.- ", Dateline("Ciudad de México")),
        ("es", "BUENOS AIRES (AP) — ", Dateline("Buenos Aires", agency="AP")),
        ("es", "MADRID 28 (EUROPA PRESS)- ", Dateline("Madrid", agency="EUROPA PRESS")),
        ("es", "La Habana, 28 jul (Prensa Latina) ", Dateline("La Habana", agency="Prensa Latina")),
        ("de", "Paris (AFP) – ", Dateline("Paris", agency="AFP")),
        ("de", "PARIS, 28 juillet (Reuters) - ", Dateline("Paris", agency="Reuters")),
        ("de", "BRUXELLES (Belga) - ", Dateline("Bruxelles", agency="Belga")),
        ("de", "Berlin/Paris (dpa/AFP) – ", Dateline("Berlin/Paris", agency="dpa/AFP")),
        ("de", "Berlin, 28. Juli (Reuters) - ", Dateline("Berlin", agency="Reuters")),
        ("de", "KIEW taz | ", Dateline("Kiew", agency="taz")),
        ("de", "Berlin taz | ", Dateline("Berlin", agency="taz")),
        ("de", "(dpa) ", Dateline(agency="dpa")),
        ("de", "Frankfurt/Main (AP) - ", Dateline("Frankfurt/Main", agency="AP")),
        ("de", "(ANSA) - ROMA, 28 LUG - ", Dateline("Roma", agency="ANSA")),
        ("de", "Roma, 28 lug. (askanews) - ", Dateline("Roma", agency="askanews")),
        ("de", "LISBOA (Lusa) - ", Dateline("Lisboa", agency="Lusa")),
        ("de", "Lisboa, 28 jul 2021 (Lusa) - ", Dateline("Lisboa", JULY, "Lusa")),
        ("de", "DEN HAAG (ANP) - ", Dateline("Den Haag", agency="ANP")),
        ("de", "Warszawa, 28.07.2021 (PAP) - ", Dateline("Warszawa", JULY, "PAP")),
        ("de", "ANKARA (AA) - ", Dateline("Ankara", agency="AA")),
        ("de", "STOCKHOLM (TT) ", Dateline("Stockholm", agency="TT")),
        ("de", "ΑΘΗΝΑ (ΑΠΕ-ΜΠΕ) - ", Dateline("Αθηνα", agency="ΑΠΕ-ΜΠΕ")),
        ("de", "Berlin - ", Dateline("Berlin")),
        ("de", "Wien (APA) – ", Dateline("Wien", agency="APA")),
        ("de", "28. Juli 2021 - Berlin - ", Dateline("Berlin", JULY)),
        ("de", "Praha 28. července (ČTK) - ", Dateline("Praha", agency="ČTK")),
        ("en", "NEW DELHI, July 28 (PTI) ", Dateline("New Delhi", agency="PTI")),
        ("en", "NEW DELHI: ", Dateline("New Delhi")),
        ("en", "SYDNEY, AAP – ", Dateline("Sydney", agency="AAP")),
        ("en", "(Bloomberg) -- ", Dateline(agency="Bloomberg")),
        ("en", "July 28 (UPI) -- ", Dateline(agency="UPI")),
        ("en", "July 28 (Reuters) - ", Dateline(agency="Reuters")),
        ("en", "TEHRAN, Jul. 28 (MNA) – ", Dateline("Tehran", agency="MNA")),
        ("en", "PARIS (AP) _ ", Dateline("Paris", agency="AP")),
        ("en", "SANTA FE, N.M. (AP) — ", Dateline("Santa Fe, N.M.", agency="AP")),
        ("en", "RAMALLAH (Ma'an) -- ", Dateline("Ramallah", agency="Ma'an")),
        ("en", "BEIJING, 2021-07-28 (Xinhua) -- ", Dateline("Beijing", JULY, "Xinhua")),
        ("en", "BEIJING, July 28, 2021 (Xinhua) -- ", Dateline("Beijing", JULY, "Xinhua")),
        ("en", "LONDON (Thomson Reuters Foundation) - ", Dateline("London", agency="Thomson Reuters Foundation")),
        ("en", "GENEVA/NEW YORK, 28 July 2021 – ", Dateline("Geneva/New York", JULY)),
        ("en", "Brussels, 28 July 2021: ", Dateline("Brussels", JULY)),
        ("en", "KABUL (Pajhwok): ", Dateline("Kabul", agency="Pajhwok")),
        ("en", "TOKYO, July 28 (AP) - ", Dateline("Tokyo", agency="AP")),
        ("en", "MOSCOW. July 28 (Interfax) - ", Dateline("Moscow", agency="Interfax")),
        ("en", "LAGOS, Nigeria | ", Dateline("Lagos, Nigeria")),
        ("en", "Kathmandu, July 28: ", Dateline("Kathmandu")),
        ("en", "Reuters - ", Dateline(agency="Reuters")),
        ("en", "AP: ", Dateline(agency="AP")),
        ("en", "BEIRUT: ", Dateline("Beirut")),
        ("en", "HARBIN, July 28 (Xinhua) -- ", Dateline("Harbin", agency="Xinhua")),
        ("en", "WASHINGTON, July 28 (Xinhua) ", Dateline("Washington", agency="Xinhua")),
        ("en", "United Nations, Jul 28 (IPS) - ", Dateline("United Nations", agency="IPS")),
        ("en", "2021-07-28 10:15:00 BEIJING (Xinhua) -- ", Dateline("Beijing", JULY, "Xinhua")),
        ("en", "[Norrby, July 28] ", Dateline("Norrby")),
        ("en", "Norrby, Sando – July 28, 2021 – ", Dateline("Norrby, Sando", JULY)),
        ("en", "XI'AN, July 28 (Xinhua) -- ", Dateline("Xi'an", agency="Xinhua")),
        ("en", "Updated 10:15 GMT, July 28, 2021\n", Dateline(date=JULY)),
        ("en", "NEW YORK -(Dow Jones)- ", Dateline("New York", agency="Dow Jones")),
        ("en", "By Anna Holm\nNORRBY (Reuters) - ", Dateline("Norrby", agency="Reuters")),
        ("en", "By Anna Holm | AP\nNORRBY — ", Dateline("Norrby")),
        ("en", "NORRBY, Sando (Coastwire) — ", Dateline("Norrby, Sando", agency="Coastwire")),
        ("en", "July 28, 2021 | Norrby — ", Dateline("Norrby", JULY)),
        ("en", "DUBAI, United Arab Emirates (AP) —", Dateline("Dubai, United Arab Emirates", agency="AP")),
        ("en", "VATICAN CITY (CNS) -- ", Dateline("Vatican City", agency="CNS")),
        ("en", "PORT-AU-PRINCE, Haiti — ", Dateline("Port-au-Prince, Haiti")),
        ("en", "Date: 2021-07-28\n\nNORRBY -- ", Dateline("Norrby", JULY)),
        ("en", "date 2021-07-28 ", Dateline(date=JULY)),
        ("en", "Wed, 28 Jul 2021 10:00:00 GMT\n", Dateline(date=JULY)),
    ],
)
def test_what_the_wires_of_other_countries_say(language: str, head: str, expected: Dateline) -> None:
    assert find_dateline(head + BODIES[language]) == (expected, len(head))


@pytest.mark.parametrize(
    ("language", "head", "expected"),
    [
        ("en", "NORRBY, July 28 (Coastwire) - ", Dateline("Norrby", JULY, "Coastwire")),
        ("en", "NORRBY, Sando, July 28 (Coastwire) — ", Dateline("Norrby, Sando", JULY, "Coastwire")),
        ("en", "NORRBY (Coastwire) – ", Dateline("Norrby", None, "Coastwire")),
        ("en", "Norrby, July 28 (Coastwire): ", Dateline("Norrby", JULY, "Coastwire")),
        ("en", "NORRBY, 28 July 2021 (Coastwire) -- ", Dateline("Norrby", JULY, "Coastwire")),
        ("en", "NORRBY, Wednesday, 28 July 2021 — ", Dateline("Norrby", JULY, None)),
        ("en", "NORRBY/SANDO CITY, July 28 (Coastwire) - ", Dateline("Norrby/Sando City", JULY, "Coastwire")),
        ("en", "By Anna Holm, NORRBY, July 28 (Coastwire) -- ", Dateline("Norrby", JULY, "Coastwire")),
        ("en", "By Anna Holm NORRBY, July 28 (Coastwire) -- ", Dateline("Norrby", JULY, "Coastwire")),
        ("en", "By Anna Holm and Jonas Ek\nNORRBY, July 28 (Coastwire) -- ", Dateline("Norrby", JULY, "Coastwire")),
        ("en", "By ANNA HOLM, Coastwire\n\nNORRBY (Coastwire) — ", Dateline("Norrby", None, "Coastwire")),
        ("en", "NORRBY, July 28, 2021 (COASTWIRE) -- ", Dateline("Norrby", JULY, "COASTWIRE")),
        ("en", "NORRBY, July 28, 2021 /Coastwire/ -- ", Dateline("Norrby", JULY, "Coastwire")),
        ("en", "NORRBY, July 28, 2021 /Coastwire-Sando/ -- ", Dateline("Norrby", JULY, "Coastwire-Sando")),
        ("en", "NORRBY--(Coastwire)--", Dateline("Norrby", None, "Coastwire")),
        ("en", "NORRBY, July 28, 2021 (GLOBE NEWSWIRE) -- ", Dateline("Norrby", JULY, "GLOBE NEWSWIRE")),
        ("en", "NORRBY, July 28 — ", Dateline("Norrby", JULY, None)),
        ("en", "NORRBY. July 28. (Coastwire) — ", Dateline("Norrby", JULY, "Coastwire")),
        ("en", "Norrby, 28 July (Coastwire Features) - ", Dateline("Norrby", JULY, "Coastwire Features")),
        ("en", "ABOARD THE FERRY HOLM (Coastwire) — ", Dateline("Aboard the Ferry Holm", None, "Coastwire")),
        ("en", "ST. NORRBY, July 28 (Coastwire) -- ", Dateline("St. Norrby", JULY, "Coastwire")),
        (
            "en",
            "PORT HOLM, Sando, July 28 (Coastwire/Sandonews) — ",
            Dateline("Port Holm, Sando", JULY, "Coastwire/Sandonews"),
        ),
        ("en", "[Norrby, 28 July 2021] ", Dateline("Norrby", JULY, None)),
        ("en", "Norrby (Sando), 28 July 2021 – ", Dateline("Norrby", JULY, None)),
        ("en", "NORRBY, Sando — July 28, 2021 — ", Dateline("Norrby, Sando", JULY, None)),
        ("en", "NORRBY, JULY 28 (Coastwire) - ", Dateline("Norrby", JULY, "Coastwire")),
        ("en", "NORRBY, 28th July, 2021 (Coastwire) - ", Dateline("Norrby", JULY, "Coastwire")),
        ("en", "NORRBY, 28/07/2021 (Coastwire) - ", Dateline("Norrby", JULY, "Coastwire")),
        ("en", "28 July 2021, NORRBY — ", Dateline("Norrby", JULY, None)),
        ("en", "28 July 2021, Norrby (Coastwire) — ", Dateline("Norrby", JULY, "Coastwire")),
        ("de", "Norrby (dpa) - ", Dateline("Norrby", None, "dpa")),
        ("de", "Norrby (dpa/abc) - ", Dateline("Norrby", None, "dpa/abc")),
        ("de", "Norrby, 28. Juli (Küstendienst) - ", Dateline("Norrby", JULY, "Küstendienst")),
        ("de", "Norrby, 28.07.2021 (Küstendienst) – ", Dateline("Norrby", JULY, "Küstendienst")),
        ("de", "NORRBY - ", Dateline("Norrby", None, None)),
        ("de", "Norrby/Sando (Küstendienst). ", Dateline("Norrby/Sando", None, "Küstendienst")),
        ("de", "Norrby (Küstendienst/eb) - ", Dateline("Norrby", None, "Küstendienst/eb")),
        ("de", "Norrby (ots) - ", Dateline("Norrby", None, "ots")),
        ("de", "Norrby - (ots) - ", Dateline("Norrby", None, "ots")),
        ("de", "NORRBY taz | ", Dateline("Norrby", None, "taz")),
        ("de", "Norrby, den 28. Juli 2021. ", Dateline("Norrby", JULY, None)),
        ("de", "Norrby, 28. Juli 2021 – ", Dateline("Norrby", JULY, None)),
        ("de", "Norrby. (dpa) ", Dateline("Norrby", None, "dpa")),
        ("de", "Norrby/Wien (APA) - ", Dateline("Norrby/Wien", None, "APA")),
        ("de", "Von Anna Holm\nNorrby (dpa) - ", Dateline("Norrby", None, "dpa")),
        ("de", "Von Anna Holm, Norrby (dpa) - ", Dateline("Norrby", None, "dpa")),
        ("de", "Bad Norrby (dpa) - ", Dateline("Bad Norrby", None, "dpa")),
        ("de", "Norrby an der Sand (dpa) - ", Dateline("Norrby an der Sand", None, "dpa")),
        ("de", "Frankfurt am Main (dpa) - ", Dateline("Frankfurt am Main", None, "dpa")),
        ("de", "(dpa/abc) ", Dateline(None, None, "dpa/abc")),
        ("fr", "Norrby, 28 juil 2021 (AFP) - ", Dateline("Norrby", JULY, "AFP")),
        ("fr", "Norrby, 28 juil. (AFP) – ", Dateline("Norrby", JULY, "AFP")),
        ("fr", "NORRBY, 28 juillet (Reuters) - ", Dateline("Norrby", JULY, "Reuters")),
        ("fr", "NORRBY (Sando), 28 juillet 2021 (Littoral) - ", Dateline("Norrby", JULY, "Littoral")),
        ("fr", "Norrby, le 28 juillet 2021 - ", Dateline("Norrby", JULY, None)),
        ("fr", "Norrby, le mercredi 28 juillet 2021 (Littoral) – ", Dateline("Norrby", JULY, "Littoral")),
        ("fr", "Norrby (Littoral) - ", Dateline("Norrby", None, "Littoral")),
        ("fr", "NORRBY — ", Dateline("Norrby", None, None)),
        ("fr", "Par Anna Holm\nNorrby (AFP) - ", Dateline("Norrby", None, "AFP")),
        ("fr", "par Anna Holm NORRBY (Reuters) - ", Dateline("Norrby", None, "Reuters")),
        ("fr", "Norrby, 1er juil 2021 (AFP) - ", Dateline("Norrby", date(2021, 7, 1), "AFP")),
        ("fr", "Saint-Norrby-sur-Mer (AFP) - ", Dateline("Saint-Norrby-sur-Mer", None, "AFP")),
        ("fr", "(AFP) - ", Dateline(None, None, "AFP")),
        ("fr", "(Belga) ", Dateline(None, None, "Belga")),
        ("es", "Norrby, 28 jul (EFE).- ", Dateline("Norrby", JULY, "EFE")),
        ("es", "Norrby (Sando), 28 jul (EFE).- ", Dateline("Norrby", JULY, "EFE")),
        ("es", "Norrby, 28 jul. 2021 (Costanoticias) -- ", Dateline("Norrby", JULY, "Costanoticias")),
        ("es", "NORRBY (AP) — ", Dateline("Norrby", None, "AP")),
        ("es", "Norrby, 28 de julio de 2021 (Costanoticias).- ", Dateline("Norrby", JULY, "Costanoticias")),
        ("es", "Norrby, 28 de julio (Costanoticias).— ", Dateline("Norrby", JULY, "Costanoticias")),
        ("es", "NORRBY, 28 (EUROPA PRESS) ", Dateline("Norrby", None, "EUROPA PRESS")),
        ("es", "Norrby.- ", Dateline("Norrby", None, None)),
        ("es", "NORRBY.– ", Dateline("Norrby", None, None)),
        ("es", "Norrby, Sando.- ", Dateline("Norrby, Sando", None, None)),
        ("es", "Redacción Norrby, 28 jul (EFE).- ", Dateline("Redacción Norrby", JULY, "EFE")),
        ("es", "Por Anna Holm\nNORRBY, 28 jul (Reuters) - ", Dateline("Norrby", JULY, "Reuters")),
        ("es", "Norrby, miércoles 28 de julio de 2021.- ", Dateline("Norrby", JULY, None)),
        ("ru", "НОРРБЮ, 28 июля. /ТАСС/. ", Dateline("Норрбю", JULY, "ТАСС")),
        ("ru", "НОРРБЮ, 28 июля /Берег/. ", Dateline("Норрбю", JULY, "Берег")),
        ("ru", "Норрбю. 28 июля. ИНТЕРФАКС - ", Dateline("Норрбю", JULY, "ИНТЕРФАКС")),
        ("ru", "Норрбю, 28 июля 2021 г. — ", Dateline("Норрбю", JULY, None)),
        ("ru", "НОРРБЮ, 28 июля 2021 года (Берег) — ", Dateline("Норрбю", JULY, "Берег")),
        ("ru", "НОРРБЮ, 28 июл - РИА Новости, Анна Хольм. ", Dateline("Норрбю", JULY, "РИА Новости")),
        ("ru", "Норрбю (Берег) — ", Dateline("Норрбю", None, "Берег")),
        ("ru", "НОРРБЮ — ", Dateline("Норрбю", None, None)),
        ("zh", "新华社诺尔比7月28日电（记者张三、李四）", Dateline("诺尔比", JULY, "新华社")),
        ("zh", "新华社诺尔比7月28日电（张三）", Dateline("诺尔比", JULY, "新华社")),
        ("zh", "中新社诺尔比7月28日电 (记者 张三)", Dateline("诺尔比", JULY, "中新社")),
        ("zh", "中新社诺尔比7月28日电 题：", Dateline("诺尔比", JULY, "中新社")),
        ("zh", "中新网诺尔比7月28日电 (张三)", Dateline("诺尔比", JULY, "中新网")),
        ("zh", "（中央社诺尔比28日电）", Dateline("诺尔比", None, "中央社")),
        ("zh", "（中央社諾爾比28日綜合外電報導）", Dateline("諾爾比", None, "中央社")),
        ("zh", "（中央社記者王小明諾爾比28日專電）", Dateline("諾爾比", None, "中央社")),
        ("zh", "海岸社诺尔比7月28日电", Dateline("诺尔比", JULY, "海岸社")),
        ("zh", "海岸网诺尔比7月28日讯 ", Dateline("诺尔比", JULY, "海岸网")),
        ("zh", "本报诺尔比7月28日讯（记者张三）", Dateline("诺尔比", JULY, "本报")),
        ("zh", "本报讯（记者张三）", Dateline(None, None, "本报")),
        ("zh", "本报讯 ", Dateline(None, None, "本报")),
        ("zh", "新华社北京电 ", Dateline("北京", None, "新华社")),
        ("zh", "路透诺尔比7月28日电 - ", Dateline("诺尔比", JULY, "路透")),
        ("zh", "路透社诺尔比7月28日电 - ", Dateline("诺尔比", JULY, "路透社")),
        ("zh", "【海岸网讯】", Dateline(None, None, "海岸网")),
        ("zh", "【新华社诺尔比7月28日电】", Dateline("诺尔比", JULY, "新华社")),
        ("zh", "（法新社诺尔比28日电）", Dateline("诺尔比", None, "法新社")),
        ("zh", "据新华社电 ", Dateline(None, None, "新华社")),
        ("ja", "【ノルビー共同】", Dateline("ノルビー", None, "共同")),
        ("ja", "［ノルビー\u3000２８日\u3000ロイター］ - ", Dateline("ノルビー", None, "ロイター")),
        ("ja", "【ノルビー時事】", Dateline("ノルビー", None, "時事")),
        ("ja", "【ノルビー＝山田太郎】", Dateline("ノルビー", None, None)),
        ("ja", "【ノルビー28日共同】", Dateline("ノルビー", None, "共同")),
        ("ja", "【ノルビー、東京＝山田太郎】", Dateline("ノルビー、東京", None, None)),
        ("ja", "【7月28日 AFP】", Dateline(None, JULY, "AFP")),
        ("ja", "（ノルビー中央社）", Dateline("ノルビー", None, "中央社")),
        ("ja", "【7月28日 海岸通信】", Dateline(None, JULY, "海岸通信")),
        ("ja", "（2021年7月28日\u3000海岸通信）", Dateline(None, JULY, "海岸通信")),
        ("ja", "ノルビー（海岸通信）― ", Dateline("ノルビー", None, "海岸通信")),
        ("ja", "［ノルビー\u3000２８日\u3000海岸通信］ - ", Dateline("ノルビー", None, "海岸通信")),
        ("ar", "نوربي 28 يوليو (رويترز) - ", Dateline("نوربي", JULY, "رويترز")),
        ("ar", "نوربي (رويترز) - ", Dateline("نوربي", None, "رويترز")),
        ("ar", "نوربي، 28 يوليو 2021 (الساحل) -- ", Dateline("نوربي", JULY, "الساحل")),
        ("ar", "نوربي 28 يوليو 2021 (الساحل) - ", Dateline("نوربي", JULY, "الساحل")),
        ("ar", "نوربي في 28 يوليو / الساحل / ", Dateline("نوربي", JULY, "الساحل")),
        ("ar", "نوربي – 28 – 7 (كونا) –- ", Dateline("نوربي", None, "كونا")),
        ("ar", "نوربي في 28 يوليو/ بنا / ", Dateline("نوربي", JULY, "بنا")),
        ("ar", "نوربي 28 تموز (بترا)- ", Dateline("نوربي", JULY, "بترا")),
        ("ar", "(رويترز) - ", Dateline(None, None, "رويترز")),
        ("ar", "نوربي (أ ف ب) - ", Dateline("نوربي", None, "أ ف ب")),
        ("it", "(ANSA) - NORRBY, 28 LUG - ", Dateline("Norrby", JULY, "ANSA")),
        ("it", "Norrby, 28 lug. (Costanews) - ", Dateline("Norrby", JULY, "Costanews")),
        ("pt", "Norrby, 28 jul 2021 (Lusa) - ", Dateline("Norrby", JULY, "Lusa")),
        ("ko", "(노르뷔=연합뉴스) 홍길동 특파원 = ", Dateline("노르뷔", None, "연합뉴스")),
    ],
)
def test_a_dateline_is_known_by_its_form_and_not_by_its_names(language: str, head: str, expected: Dateline) -> None:
    """Places and agencies that are on no list; the year is the one closest to a given day."""
    assert find_dateline(head + BODIES[language], JULY) == (expected, len(head))


@pytest.mark.parametrize(
    ("language", "head"),
    [
        ("de", "Datum: 28. Juli 2021\n"),
        ("de", "Stand: 28.07.2021\nQuelle: Küstendienst\n"),
        ("de", "Veröffentlicht am 28. Juli 2021\nVon Anna Holm und Jonas Ek\n"),
        ("fr", "Publié le 28 juillet 2021\nPar Anna Holm\n"),
        ("fr", "Mis à jour le 28 juillet 2021\n"),
        ("es", "Fecha: 28 de julio de 2021\nFuente: Costanoticias\n"),
        ("es", "Publicado el 28/07/2021\nPor Anna Holm\n"),
        ("ru", "Дата: 28 июля 2021 г.\nИсточник: Берег\n"),
        ("zh", "发布时间：2021年7月28日\n来源：海岸网\n"),
        ("ja", "公開日：2021年7月28日\n出典：海岸通信\n"),
        ("ar", "تاريخ النشر: 28 يوليو 2021\nالمصدر: الساحل\n"),
        ("en", "Source: Coastwire\nDate: 2021-07-28\nBy Anna Holm\n"),
    ],
)
def test_lines_with_date_source_and_author_stand_above_the_body(language: str, head: str) -> None:
    assert find_dateline(head + BODIES[language]) == (Dateline(date=JULY), len(head))


@pytest.mark.parametrize(
    "text",
    [
        "Stand und Datum fehlen.",
        "Por fin abrió el puerto\nde Norrby.",
        "Par la suite, le port\na rouvert.",
        "Data leaked.",
    ],
)
def test_sentences_are_no_such_lines(text: str) -> None:
    assert find_dateline(text) == (None, 0)


def test_a_place_below_a_line_with_the_date_needs_no_capitals() -> None:
    text = "Thursday, July 28, 2021\nNorrby, Sando – The harbour opened."
    assert find_dateline(text) == (Dateline("Norrby, Sando", JULY), text.index("The"))


def test_a_full_date_may_stand_before_the_first_sentence() -> None:
    for head in ("Wednesday, July 28, 2021 ", "Wednesday, July 28, 2021", "Sobota, 28.07.2021 "):
        assert find_dateline(head + "The harbour opened.") == (Dateline(date=JULY), len(head))
    assert find_dateline("Wednesday, July 28, 2021 was warm.") == (None, 0)


@pytest.mark.parametrize(
    "head", ["a" * 300_000, "A, " * 100_000, "(" * 300_000, "28. " * 75_000, "【" * 300_000, "\n" * 300_000]
)
def test_long_nonsense_has_no_dateline(head: str) -> None:
    assert find_dateline(head)[0] is None


def test_chinese_wires_need_no_space() -> None:
    head = "新华社北京7月28日电（记者张三）"
    assert find_dateline(head + "港口重新开放。") == (Dateline("北京", None, "新华社"), len(head))


@pytest.mark.parametrize(
    "text",
    [
        "The harbour (pictured) opened on Friday.",
        "Japan's Maritime Self-Defense Force (MSDF) has a new ship.",
        "The World Health Organization (WHO) - the UN's body for health - said on Friday that it would help.",
        "In 1984 Anna Holm met Jonas Ek (before he was mayor) in Norrby.",
        "NATO -- which has 32 members -- met on Friday.",
        "UPDATE — The harbour opened.",
        "UPDATE: The harbour opened.",
        "Anna Holm — The last ferry captain of Norrby.",
        "Anna Holm, Norrby — The last ferry captain leaves.",
        "The mayor told Reuters. Nobody else came.",
        "President Holm told CNN: The harbour is open.",
        "On July 28, 2021 - A year ago - Norrby closed its harbour.",
        "July 28 was warm. Nobody came.",
        "Sofia said nothing.",
        "NPHA - The harbour association met.",
        "2021 was a good year. Nobody came.",
        "Paris (Texas) has a new harbour.",
        "Early Thursday -- during a storm -- two ships collided.",
        "Norrby, Sando and Holm: the three harbours met.",
        "El 28 de julio de 2021 - hace un año - cerró el puerto.",
        "Am 28. Juli 2021 - vor einem Jahr - schloss der Hafen.",
        "By Anna Holm. The harbour opened.",
        "By July 28 (a Wednesday) the harbour will be open.",
        "By Anna Holm NORRBY harbour is open again.",
        "Norrby (Sando), the harbour of the coast, is open.",
        "Norrby (dpa) ist offen.",
        "Sando.-Norrby is a ferry.",
        "Von Anna Holm, der Bürgermeisterin, kam die Nachricht.",
        "Le 28 juillet 2021 - il y a un an - le port a fermé.",
        "Norrby, le port de la côte, a rouvert.",
        "Par Anna Holm, la maire, le port a été ouvert.",
        "El puerto de Norrby, 28 años después, abrió.",
        "Норрбю, 28 лет спустя, открыл порт.",
        "НОРРБЮ (порт) открыт.",
        "电视台停电（张三）后恢复。",
        "报社网站7月28日恢复。",
        "新华社记者说，港口开放。",
        "本报讯息很多。",
        "旅行社大停电 造成混乱。",
        "（東京）で港が開いた。",
        "【速報】港が再開した。",
        "7月28日、港が再開した。",
        "قال العمدة (أحمد) إن الميناء مفتوح.",
        "في 28 يوليو 2021 - قبل عام - أغلق الميناء.",
        "",
    ],
)
def test_sentences_are_no_datelines(text: str) -> None:
    assert find_dateline(text) == (None, 0)


def test_the_missing_year_is_the_nearest() -> None:
    dateline, _ = find_dateline("2021-12-30\nTOKYO, Jan 2 (Kyodo) - The harbour opened.")
    assert dateline == Dateline("Tokyo", date(2022, 1, 2), "Kyodo")


def test_dates_are_parsed_in_several_languages() -> None:
    for written in ("28. Juli 2021", "28 июля 2021", "28 de julio de 2021", "2021年7月28日", "28 يوليو 2021"):
        assert parse_date(written) == JULY
    for written in ("28/07/2021", "7/28/2021", "28 июля 2021 г.", "28 июля 2021 года"):
        assert parse_date(written) == JULY
    assert parse_date("07/08/2021") is None  # in one country July, in another August
    assert parse_date("July 28") is None
    assert parse_date("2021-02-31") is None
