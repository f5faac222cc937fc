"""News agencies, cities that stand alone in datelines, marks before titles, as wires of many languages write them."""

import re

# What a wire writes before a title to say which take of a story this is: "UPDATE 1-", "(2nd LD)", "RPT-", "ROUNDUP 2:".
WIRE_MARKS = re.compile(
    r"(?:(?:UPDATE|WRAPUP|LEAD|RECAST|REFILE|RPT|REPEAT|CORRECTED|CORRECTION|CORRECTING|CLARIFICATION|ACTUALIZA|ACTUALIZACIÓN"
    r"|AMPLÍA|AMPLIACIÓN|CORRIGE|REPITE|ACTUALISATION|PRÉCISION|ОБНОВЛЕНИЕ|ОБНОВЛЕНО|ИСПРАВЛЕНО|تحديث|تصحيح)"
    r"[ ]?\d{0,2}[ ]?-[ ]?(?=[^\s\d])"
    r"|(?:ROUNDUP|ZUSAMMENFASSUNG|KORREKTUR|BERICHTIGUNG|AKTUALISIERUNG|WDHLG?|WIEDERHOLUNG|EIL(?:MELDUNG)?|URGENT|URGENTE|СРОЧНО"
    r"|МОЛНИЯ|UPDATE|CORRECTED|CORRECTION|RECTIFICATIF|CORRECCIÓN)(?:[ ]\d{1,2})?(?:/(?=[A-ZÄÖÜ]{3})|:[ ])"
    r"|\((?:\d?(?:1st|2nd|3rd|\dth)[ ](?:LD|Ld|Lead|LEAD)(?:-Writethru)?|LEAD|LD|ROUNDUP|Roundup|Lead|UPDATE"
    r"|URGENT|AMPLIACIÓN|AVANCE|CORRECCIÓN)(?:[ ]\d{1,2})?\)[ ]"
    r"|(?:1st|2nd|3rd|\d{1,2}th)[ ](?:LD|Ld)(?:-Writethru)?[ :-]+(?=\w)"
    r"|[【＜〔](?:速報|更新|快讯|快訊|訂正|更正)[】＞〕]|(?:速報|快讯|快訊|更新)[：:]|عاجل[ ]?[:|-][ ]?)+"
)


def _names(listed: str) -> frozenset[str]:
    return frozenset(name.strip() for line in listed.strip().splitlines() for name in line.split(","))


AGENCIES = _names(
    """
    afp, agencies, anadolu, ani, ansa, ap, apa, aap, associated press, the associated press, ap photo, azertac, belga
    bernama, bloomberg, cbs, cna, cnn, cns, cp, the canadian press, dpa, efe, epa, fars, hln, ians, interfax, ips, irna
    isna, itar-tass, jiji, kyodo, kyodo news, lusa, mena, nbc, npr, pa, pap, pna, pti, reuters, thomson reuters, ria
    ria novosti, ritzau, sana, sda, sid, spa, ta, tanjug, tass, tt, upi, xinhua, yonhap, ap/afp, dw, anp, aa, dha, iha
    cihan, europa press, europapress, prensa latina, télam, telam, notimex, adnkronos, askanews, agi, lapresse, taz
    kna, epd, ats, čtk, ctk, tasr, mti, hina, ots, srna, beta, fena, stt, ntb, bta, agerpres, ape-mpe, απε-μπε, αμνα
    pajhwok, mna, tasnim, wam, kuna, qna, bna, petra, wafa, jns, prnewswire, globe newswire, business wire, dow jones
    the hollywood reporter, rolling stone, the conversation, pixstory, coastwire, interfax.ru
    тасс, риа новости, интерфакс, рапси, белта, казинформ, новый регион, аиф-москва, укринформ, унн, униан, росбалт
    укрінформ, уніан, рбк-україна, интерфакс-україна, інтерфакс-україна, бта, танјуг, тањуг
    رويترز, أ ف ب, أ.ف.ب, ا ف ب, فرانس برس, وام, واس, كونا, قنا, بترا, سانا, وفا, د ب أ, د.ب.أ, أ ش أ, أ.ش.أ, وكالات
    الأناضول, شينخوا, سبوتنيك, ایرنا, ایسنا, فارس, مهر, تسنیم, ایلنا, خبرگزاری, رویترز, اے ایف پی, اے پی پی
    רויטרס, סוכנויות, भाषा, आईएएनएस, एएनआई, वार्ता, एजेंसी, एजेंसियां, पीटीआई, रॉयटर्स, एपी
    新华社, 新華社, 中新社, 中新网, 中新網, 中央社, 人民网, 央视网, 路透社, 法新社, 美联社
    本报, 本報, 共同, 共同社, 時事, ロイター, 朝鮮通信
    연합뉴스, 뉴시스, 뉴스1, 로이터, 신화
    """
)
CITIES = _names(
    """
    abidjan, abu dhabi, abuja, accra, addis ababa, algiers, amman, amsterdam, ankara, antananarivo, astana, athens
    atlanta, baghdad, baku, bamako, bangkok, barcelona, basel, beijing, beirut, belfast, belgrade, berlin, bern, bogota
    bonn, boston, brasilia, bratislava, brussels, bucharest, budapest, buenos aires, cairo, canberra, cape town, caracas
    chicago, colombo, copenhagen, dakar, damascus, dallas, delhi, denver, detroit, dhaka, doha, dubai, dublin, dushanbe
    edinburgh, frankfurt, gaza, gaza city, geneva, glasgow, hamburg, hanoi, harare, havana, helsinki, hong kong
    houston, islamabad, istanbul, jakarta, jeddah, jerusalem, johannesburg, juba, kabul, kampala, karachi, kathmandu
    khartoum, kigali, kinshasa, kuala lumpur, kuwait city, kyiv, kiev, la paz, lagos, lahore, lima, lisbon, ljubljana
    london, los angeles, luanda, luxembourg, macau, madrid, manila, mexico city, miami, milan, minsk, mogadishu
    monaco, montevideo, montreal, moscow, mumbai, munich, muscat, nairobi, new delhi, new york, nicosia, oslo, ottawa
    panama city, paris, peshawar, philadelphia, phnom penh, prague, pretoria, pristina, pyongyang, quito, rabat
    ramallah, riga, rio de janeiro, riyadh, rome, san francisco, san salvador, sanaa, santiago, sao paulo, são paulo
    sarajevo, seattle, seoul, shanghai, singapore, skopje, sofia, stockholm, strasbourg, sydney, taipei, tallinn
    tashkent, tbilisi, tehran, tel aviv, the hague, tirana, tokyo, toronto, tripoli, tunis, ulan bator, united nations
    vatican city, vienna, vilnius, warsaw, washington, wellington, yangon, yerevan, zagreb, zurich, quetta, rawalpindi
    kolkata, chennai, bengaluru, hyderabad, lucknow, srinagar, chandigarh, patna, jammu, ahmedabad, bhopal, pune
    wien, brüssel, rom, moskau, kiew, athen, warschau, prag, köln, düsseldorf, münchen, zürich, bruxelles, londres
    genève, moscou, rome, le caire, alger, tunis, dakar, roma, milano, napoli, torino, parigi, londra, mosca, lisboa
    brasília, rio de janeiro, bruselas, moscú, ciudad de méxico, méxico, la habana, bogotá, sevilla, valencia, bilbao
    den haag, brussel, warszawa, praha, ankara, i̇stanbul, αθήνα, θεσσαλονίκη, москва, киев, минск, вашингтон, париж
    берлин, лондон, пекин, токио, санкт-петербург, київ, львів, харків, одеса, вашингтон, القاهرة, بيروت, دمشق, بغداد
    الرياض, دبي, أبوظبي, عمان, تونس, الجزائر, الرباط, طرابلس, الخرطوم, صنعاء, القدس, رام الله, غزة, الدوحة, الكويت
    واشنطن, موسكو, باريس, لندن, برلين, بكين, أنقرة, تهران, اصفهان, کابل, کراچی, اسلام آباد, لاہور, ירושלים, תל אביב
    नई दिल्ली, दिल्ली, मुंबई, कोलकाता, चेन्नई, लखनऊ, पटना, भोपाल, जयपुर, रांची, अहमदाबाद, चंडीगढ़, देहरादून, वाशिंगटन
    """
)
