"""Texts with the sentences they have, in many languages: for the tests and for the comparison with other splitters.

One text a line: sentences are parted by " | ", which stands for a space (for nothing in Chinese, Japanese and Thai), by
" ↵ " for a line break or by " ¶ " for a blank line. What stands in braces belongs to no sentence: a bullet, a label.
Several sentences inside one quotation are left out, since splitters differ there by convention and not by skill.
"""

import re
from dataclasses import dataclass

_UNSPACED = ("zh", "ja", "th")
_PART = re.compile(r" (?P<joint>[|↵¶]) ")
_OUTSIDE = re.compile(r"\{([^}]*)\}")

_TEXTS = {
    "en": """
        Mr. Berg met J. Holm in the U.S. Senate. | They spoke for 3.5 hours.
        The train left at 5 p.m. Monday. | It came at 6 p.m. | The doors stayed shut.
        "We go," she said. | "Now!" | He stayed.
        "Really?" he asked. | Nobody answered.
        No. 5 won the race. | He said no. | She left.
        Wait ... what is that? | It rained… | Then it stopped.
        He worked for Holm Inc. until May. | He left Holm Inc. | It closed.
        Dr. Anna K. Lind, M.D., signed it on Jan. 5. | The clinic opens in Sept. 2027.
        The firm (based in St. Mark St. near the port) grew 4.7 percent. | Profit fell to $1.2 million.
        Visit www.norrby-port.example/plan.html for times. | Boats leave at 9.15 a.m. and 7.40 p.m. daily.
        The U.S. sent two ships. | The U.K. sent one. | Neither arrived.
        Gov. Ek and Sen. Lind met Lt. Gen. Dahl at Fort Ash. | Rep. Moe did not come.
        "It is over," said Col. Berg. | "We lost." | Then he left the room.
        See Fig. 3 and pp. 12-14 of vol. 2. | The rest is in the appendix.
        Ms. Holm, née Ek, was born on Feb. 29, 1984. | She has two brothers.
        The band Wham! played for an hour. | The crowd sang along.
        Yahoo! said profits rose. | Shares did not move.
        J. R. R. Holm wrote it. | A. B. Lind drew the maps.
        They arrived in Washington, D.C. | The talks began at noon.
        He lives in Washington, D.C. and works in Norrby.
        What did she want? | A boat! | She got one.
        The vote was 7-2. | Mayor T. Ek voted no.
        The ship, the S.S. Norrby, sank in 1912. | It was found in 2004.
        Prices rose by approx. 3 percent, i.e. less than feared. | Wages rose too, e.g. in the port.
        The court heard Ek v. Lind on Tuesday. | Judge Moe ruled for Ek.
        Version 2.0.1 was released on Friday. | Version 3 will follow.
        'It was dark,' he said. | 'Nobody saw us.' | The case goes on.
        The storm hit at 3 a.m. Sunday morning. | By 5 a.m. the town was dark.
        Professor Lind (Ph.D. 1990) retired. | Her lab closed.
        “They came back,” Holm said. | “All of them.” | Crowds cheered.
        The Rev. Ann Ek Jr. spoke first. | Bishop Moe spoke last.
        The company paid $3.5bn. for the line. | Analysts had expected less.
        In the 1980s. the harbour was closed for nine years.
        The price was £4.50. | That was too much.
        Some said yes; others, e.g. Mr. Moe, said no. | The vote was put off.
        He asked for "more time." | The court refused.
        She was born in St. Petersburg. | Her father was a sailor.
        Mt. Ash is 2,000 ft. high. | Climbers need two days.
        The bill passed 51-49 (Sen. Moe voted against.) | It now goes to the president.
        Is it safe?! | Officials say so.
    """,
    "de": """
        Am 3. Oktober kam Dr. Maier nach Norrby. | Der Zug fuhr pünktlich ab.
        Am 3. Okt. 2026 wird gewählt. | Die Wahl gilt als offen.
        Viele Tiere, z. B. Hunde, dürfen mit. | Katzen dürfen das nicht.
        Die GmbH & Co. KG verlor 2,5 Mio. Euro. | Im Vorjahr waren es 1,1 Mrd. Euro.
        „Wir gehen“, sagte sie. | „Jetzt!“ | Er blieb.
        Der 2. Weltkrieg endete 1945. | Danach begann der Aufbau.
        Papst Johannes XXIII. starb 1963. | Sein Nachfolger war Paul VI.
        Der Zug fährt um 8.30 Uhr. | Er hält u. a. in Hamburg und Kiel.
        Prof. Dr. h. c. Anna Lind lehrt in Bonn. | Sie forscht zu Häfen.
        Die Straße (Hauptstr. 5) ist gesperrt. | Das gilt bis zum 15. März.
        Das kostet ca. 3.000 Euro. | So viel hat niemand.
        Er wohnt in St. Pölten bzw. Wien. | Seine Frau auch.
        »Das war knapp«, sagte Hr. Ek. | Alle lachten.
        Wer war es? | Niemand weiß es! | Die Polizei sucht weiter.
        Der 1. FC Norrby verlor 0:3. | Trainer A. Holm war enttäuscht.
        Das Gesetz (vgl. Art. 5 Abs. 2 GG) gilt. | Es wurde 2019 geändert.
        Sie kommt aus den USA. | Dort lebte sie 20 Jahre.
        Im 19. Jahrhundert wuchs die Stadt. | Der Hafen entstand.
        Es waren etwa 40. | Mehr passten nicht hinein.
        Die Firma, d. h. ihre Eigner, schwieg. | Der Betriebsrat sprach.
    """,
    "fr": """
        M. Dupont a rencontré Mme Martin à Paris. | Ils ont parlé deux heures.
        Le maire a parlé. | « Bravo ! » | La salle a ri.
        « Nous partons », a-t-elle dit. | « Maintenant ! » | Il est resté.
        Le prix est de 3,50 euros env. par jour. | C'est trop.
        Qui a gagné ? | Personne ne le sait !
        Le Dr. Petit et MM. Roux et Blanc sont venus. | Me Leroy aussi.
        La loi (art. 5, al. 2) a été votée. | Elle s'applique dès janv. 2027.
        J.-P. Martin préside le club. | Son frère J. Martin le finance.
        Le train part à 8 h. 30 de la gare St. Jean. | Il arrive à midi.
        « C'est fini… » | Elle pleurait.
        Il a vu M. le ministre. | Ce dernier n'a rien dit.
        Les voitures, les motos, etc. sont interdites. | Les vélos restent permis.
        Des fruits, des légumes, etc. | Tout était vendu.
        Le no. 5 a gagné. | Le no. 7 a perdu.
        L'O.N.U. a voté. | La résolution est passée.
        Il a dit : « Je reste. » | Puis il est sorti.
    """,
    "es": """
        El Sr. García habló con la Sra. López. | No hubo acuerdo.
        ¿Quién ganó? | ¡Nadie lo sabe! | El juez decidirá.
        La Dra. Ruiz nació el 3 de feb. de 1970. | Vive en Madrid.
        EE. UU. envió dos barcos. | México envió uno.
        El art. 5 de la ley fue cambiado. | Entra en vigor el lunes.
        «Nos vamos», dijo. | «¡Ahora!» | Él se quedó.
        El precio subió un 3.5 por ciento, aprox. | Los salarios no.
        Vive en la Av. Central núm. 5. | Trabaja en el puerto.
        El tren sale a las 8:30 a. m. del lunes. | Llega a las 9:45 p. m.
        Ud. no puede entrar, dijo el guardia. | La puerta se cerró.
        Los EE.UU. y la U.E. firmaron. | China no firmó.
        Compró pan, leche, etc. y se fue. | Volvió tarde.
        Según el prof. Díaz, el río crece. | Nadie le creyó.
        —No lo sé —dijo Ana. | Luego calló.
    """,
    "it": """
        Il sig. Rossi ha incontrato la dott.ssa Bianchi. | Non c'è accordo.
        Il prof. Verdi e l'on. Neri sono partiti. | Il treno era in ritardo.
        «Andiamo», ha detto. | «Subito!» | Lui è rimasto.
        L'art. 5 della legge è cambiato. | Vale dal 1° gennaio.
        Chi ha vinto? | Nessuno lo sa!
        La S.p.A. ha perso 3,5 milioni. | L'anno scorso erano 2.
        Il museo, ecc. restano chiusi. | Le scuole no.
        Papa Giovanni XXIII. morì nel 1963. | Gli succedette Paolo VI.
        È nato a S. Marino nel 1980. | Vive a Roma.
        "È finita", ha detto il gen. Ek. | Poi è uscito.
    """,
    "pt": """
        O Sr. Silva falou com a Sra. Costa. | Não houve acordo.
        O Dr. Lima e a Dra. Reis chegaram às 8h30. | A reunião começou tarde.
        Quem ganhou? | Ninguém sabe!
        “Vamos embora”, disse ela. | “Agora!” | Ele ficou.
        O art. 5.º da lei mudou. | Vale a partir de 1.º de janeiro.
        A empresa perdeu R$ 3,5 mi. no ano. | Em 2020, lucrou.
        Mora na Av. Central, n. 5. | Trabalha no porto.
        Os EUA enviaram dois navios. | O Brasil enviou um.
        Frutas, legumes etc. foram vendidos. | Sobrou pouco.
        O prof. A. Dias avisou. | Ninguém ouviu.
    """,
    "ru": """
        В 1945 г. война закончилась. | Город начали строить заново.
        Это произошло в 2020 г. | Тогда порт закрыли.
        Он приехал в г. Москву в 1990 г. и остался. | Жена приехала позже.
        Многие звери, т. е. собаки, остались. | Кошки ушли.
        А. С. Пушкин родился в Москве. | Он писал стихи.
        «Мы уходим», — сказала она. | «Сейчас!» | Он остался.
        Прибыль выросла до 3,5 млн руб. в год. | Убытков нет.
        Дом стоит на ул. Ленина, д. 5. | Рядом школа им. Гагарина.
        Кто победил? | Никто не знает!
        На встречу пришли акад. Иванов и проф. Петров. | Речь шла о порте.
        Завод выпускает станки, насосы и т. д. | Он основан в 1930 году.
        И. о. министра И. Петров ушёл. | Причины не названы.
        Поезд ушёл в 8.30. | Следующий будет в 10.15.
        В XIX в. здесь был порт. | Теперь здесь парк.
        Ущерб составил 5 млрд. рублей. | Его оплатит город.
        «Зачем?» — спросил он. | Никто не ответил.
    """,
    "uk": """
        У 1991 р. країна стала незалежною. | Почалися реформи.
        Він приїхав до м. Києва в 1990 р. і залишився. | Родина приїхала пізніше.
        Т. Г. Шевченко народився в селі. | Він писав вірші.
        «Ми йдемо», — сказала вона. | «Зараз!» | Він залишився.
        Хто переміг? | Ніхто не знає!
        Будинок стоїть на вул. Франка, буд. 5. | Поруч школа ім. Лесі Українки.
        Прибуток зріс до 3,5 млн грн. за рік. | Збитків немає.
        Деякі тварини, тобто собаки тощо, залишилися. | Коти пішли.
        Проф. О. Іваненко виступив першим. | Потім говорив мер.
    """,
    "ar": """
        قال الوزير نعم. | هل جاء؟ | لا أحد يعرف.
        وصل د. أحمد إلى المدينة يوم 3.5.2020. | وغادر في المساء.
        ارتفع السعر 3.5 في المئة. | وانخفضت الأجور.
        قالت: "سنذهب الآن." | ثم خرجت.
        «انتهى الأمر»، قال الرئيس. | ولم يضف شيئا!
        ما هذا؟! | لا نعرف.
        قال أ. د. سالم إن الميناء مغلق. | وسيفتح يوم الأحد.
        عدد السكان 4.7 مليون. | نصفهم من الشباب.
        أعلنت الشركة (ش.م.م.) أرباحها. | كانت أقل من المتوقع.
    """,
    "fa": """
        وزیر گفت بله. | آیا آمد؟ | هیچ کس نمی‌داند.
        قیمت ۳.۵ درصد بالا رفت. | دستمزدها پایین آمد.
        «می‌رویم»، او گفت. | «حالا!» | او ماند.
        دکتر م. احمدی به تهران رفت. | او فردا برمی‌گردد.
        چرا؟! | کسی نمی‌داند.
        او در سال ۱۳۵۷ به دنیا آمد. | پدرش ملوان بود.
    """,
    "he": """
        השר אמר כן. | האם הוא בא? | איש אינו יודע.
        ד"ר לוי הגיע לירושלים. | הוא חזר בערב.
        המחיר עלה ב-3.5 אחוזים. | השכר ירד.
        "אנחנו הולכים", אמרה. | "עכשיו!" | הוא נשאר.
        הישיבה החלה ב-8.30 בבוקר. | היא נמשכה שעתיים.
        פרופ' כהן דיבר ראשון. | אחריו דיבר ראש העיר.
        י. ל. פרץ כתב את הספר. | הוא יצא ב-1890.
    """,
    "hi": """
        यह पहला वाक्य है। | यह दूसरा है।
        कौन जीता? | कोई नहीं जानता!
        डॉ. शर्मा दिल्ली आए। | वे शाम को लौट गए।
        कीमत 3.5 प्रतिशत बढ़ी। | वेतन घट गया।
        "हम जा रहे हैं," उसने कहा। | "अभी!" | वह रुक गया।
        श्री ए. के. वर्मा ने भाषण दिया। | सभा देर तक चली।
        बैठक सुबह 8.30 बजे शुरू हुई। | वह दो घंटे चली।
        मंत्री ने कहा, “हम तैयार हैं।” | फिर वे चले गए।
        वह 1990 में आया था॥ | अब वह चला गया।
    """,
    "zh": """
        他说：“我很好。” | 然后走了。 | 今天下雨！
        港口重新开放。 | 谁赢了？ | 没人知道！
        价格上涨3.5%。 | 工资下降。
        “我们走吧，”她说。 | “现在！” | 他留下了。
        会议于8:30开始。 | 持续两小时……
        这是真的吗？！ | 官员们这么说。
        「結束了。」 | 他離開了房間。
        公司网站是www.norrby.example。 | 更多信息即将公布。
        《人民的港口》是一本书。 | 作者是王先生。
        他问：“为什么？” | 没人回答。
        报告分三部分：一、港口；二、铁路；三、机场。 | 全文周五公布。
        船长（姓李。）没有说话。 | 乘客下船了。
    """,
    "ja": """
        「行く。」と言った。 | 雨が降った。
        港が再開した。 | 誰が勝ったのか？ | 誰も知らない！
        価格は3.5％上がった。 | 賃金は下がった。
        会議は8時30分に始まった。 | 二時間続いた。
        「終わりました。」 | 彼は部屋を出た。
        市長は「知らない」と述べた。 | 記者会見は終わった。
        本当か？ | 関係者はそう言う。
        彼は「なぜ？」と聞いた。 | 誰も答えなかった。
        モーニング娘。は新曲を出した。 | 売れた。
        詳細はwww.norrby.example。 | 次回は五月。
        その日（四月一日。）は休みだった。 | 翌日も休みだった。
        えっ！？ | 皆が驚いた。
    """,
    "ko": """
        항구가 다시 열렸다. | 누가 이겼는가? | 아무도 모른다!
        가격이 3.5% 올랐다. | 임금은 내렸다.
        "우리는 간다"고 그녀가 말했다. | "지금!" | 그는 남았다.
        회의는 2026. 5. 3. 열렸다. | 두 시간 걸렸다.
        “끝났다.” | 그는 방을 나갔다.
        김 박사는 J. 홀름을 만났다. | 둘은 오래 이야기했다.
        그는 www.norrby.example 을 열었다. | 표는 없었다.
    """,
    "cs": """
        Dne 3. října přijel MUDr. Novák. | Vlak odjel včas.
        Ve 20. století město rostlo. | Vznikl přístav.
        Firma vydělala 3,5 mil. korun. | Loni to bylo méně.
        Kdo vyhrál? | Nikdo neví!
        Prof. Ing. Jan Malý, CSc., promluvil. | Pak mluvil starosta.
        „Jdeme,“ řekla. | „Hned!“ | On zůstal.
    """,
    "el": """
        Ο κ. Παπαδόπουλος μίλησε. | Η κα. Νίκου απάντησε.
        Ποιος κέρδισε; | Κανείς δεν ξέρει!
        Η τιμή ανέβηκε 3,5%. | Οι μισθοί έπεσαν.
        Το 1821 π.Χ. δεν υπήρχε λιμάνι. | Τώρα υπάρχει.
        «Φεύγουμε», είπε. | «Τώρα!» | Εκείνος έμεινε.
    """,
    "tr": """
        Dr. Yılmaz 3. kata çıktı. | Kapı kapalıydı.
        Kim kazandı? | Kimse bilmiyor!
        Fiyat yüzde 3,5 arttı. | Ücretler düştü.
        “Gidiyoruz,” dedi. | “Şimdi!” | O kaldı.
        Atatürk Cad. No. 5 adresinde oturuyor. | Limanda çalışıyor.
    """,
    "pl": """
        Dr. Nowak przyjechał 3. maja. | Pociąg odjechał.
        Firma zarobiła 3,5 mln. zł. | W 2020 r. straciła.
        Mieszka przy ul. Długiej 5 w Gdańsku. | Pracuje w porcie.
        Kto wygrał? | Nikt nie wie!
        „Idziemy” – powiedziała. | „Teraz!” | On został.
        Prof. J. Kowalski, tj. rektor, milczał. | Studenci czekali.
    """,
    "nl": """
        Dhr. De Vries sprak met mevr. Jansen. | Er was geen akkoord.
        Op 3 okt. 2026 wordt gestemd. | De uitslag is open.
        Wie won er? | Niemand weet het!
        De N.V. verloor 2,5 mln. euro. | Vorig jaar was dat meer.
        Dieren, bijv. honden, mogen mee. | Katten niet.
    """,
    "sv": """
        Hamnen öppnade kl. 8.30 i fredags. | Många kom.
        Bl.a. hundar får följa med. | Katter får det inte.
        Vem vann? | Ingen vet!
        ”Vi går”, sade hon. | ”Nu!” | Han stannade.
    """,
    "th": """
        ราคาขึ้น 3.5 เปอร์เซ็นต์
    """,
}
_STRUCTURES = {
    "en": """
        The harbour opens ¶ It opened on Friday ¶ {- }more ferries ↵ {- }fewer lorries
        {* }Boats leave daily. ↵ {* }Trains leave weekly. ↵ {* }Buses never leave.
        {1. }The mayor speaks. ↵ {2. }The choir sings. ↵ {3. }Everyone eats.
        The port ¶ It was closed for nine years. | Now it is open. ¶ Background ¶ The port was built in 1912.
        {• }Four new cranes ↵ {• }Two new quays, e.g. for ferries ↵ {• }One bridge
        Harbour reopens ↵ On Friday the mayor opened the harbour before many guests. | It rained.
        {Q: }Why was it closed? ↵ {A: }The walls were cracked. | Nobody had seen it.
        {14:32 }The first boat has left. ↵ {14:45 }The second boat has left. | It is late.
        {9.05am: }The mayor is here. ↵ {9.20am: }He has begun to speak. | The choir waits.
        {SMITH: }The port is open. ↵ {JONES: }It is not. | I was there.
        {(a) }the port is open; ↵ {(b) }the bridge is closed.
    """,
    "de": """
        Der Hafen ¶ Er wurde am Freitag eröffnet. | Es regnete. ¶ {– }mehr Fähren ↵ {– }weniger Lastwagen
        {1) }Der Bürgermeister spricht. ↵ {2) }Der Chor singt.
    """,
    "zh": """
        港口重新开放 ¶ 港口星期五开放。 | 下雨了。
        {1、}市长讲话。 ↵ {2、}合唱团唱歌。
    """,
}  # fmt: skip


@dataclass(frozen=True)
class Split:
    """A text and its sentences."""

    language: str
    text: str
    sentences: tuple[str, ...]

    @property
    def ends(self) -> frozenset[int]:
        """Where sentences end, but for the last, whose end is the text's."""
        ends, position = [], 0
        for sentence in self.sentences:
            position = self.text.index(sentence, position) + len(sentence)
            ends.append(position)
        return frozenset(ends[:-1])


def _split(language: str, written: str) -> Split:
    space = "" if language in _UNSPACED else " "
    parts = _PART.split(written)
    joints = [{"|": space, "↵": "\n", "¶": "\n\n"}[joint] for joint in parts[1::2]]
    text = "".join(part + joint for part, joint in zip(parts[::2], [*joints, ""], strict=True))
    return Split(language, _OUTSIDE.sub(r"\1", text), tuple(_OUTSIDE.sub("", part) for part in parts[::2]))


SPLITS = [
    _split(language, written.strip())
    for texts in (_TEXTS, _STRUCTURES)
    for language, listed in texts.items()
    for written in listed.strip().split("\n")
]
HELD_OUT = SPLITS[2::3]  # never looked at while the splitter was tuned
TUNED_ON = [split for at, split in enumerate(SPLITS) if at % 3 != 2]
