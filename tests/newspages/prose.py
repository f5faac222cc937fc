"""Stories that never happened, for pages that never were."""

STORIES: dict[str, tuple[str, ...]] = {
    "harbour": (
        "The harbour council voted nine to four on Tuesday to widen the northern channel before next winter.",
        "The work is to begin in May and will cost about forty million, the treasurer said after the meeting, "
        "which lasted "
        "until shortly before midnight because two members asked for every figure to be read out again.",
        "Fishermen had asked for a delay because the spring run of herring passes through the same water. Their "
        "spokeswoman, Ilse Brandt, called the vote “a gamble with somebody else's nets”.",
        "A study that the council paid for last year found that dredging in April would cost the fleet a third of its "
        "catch, and that dredging in August would cost it almost nothing. The council did not follow the study's "
        "advice.",
        "“We cannot wait another year,” said the mayor. “Two of the largest ships that call here have already moved to "
        "the southern port, and the next three have written to say that they are thinking about it.”",
        "The opposition said it would ask a court to look at the way in which the contract was given out.",
    ),
    "library": (
        "A library in the hills above the old mill has lent out its last book, nearly ninety years after it opened.",
        "The building, which has had no heating since a pipe burst in February, will be turned into six flats "
        "and a small "
        "hall that the village may use on Sundays.",
        "Margit Olsen, who ran the library for thirty-one of those years, said she had stopped counting the "
        "readers when "
        "the school closed. “Children came on foot, over the pass, with their books in a sledge,” she said.",
        "About eleven thousand volumes went to a dealer in the city for less than the price of a used car. Some two "
        "hundred stayed behind, among them a handwritten list of every loan since 1938.",
        "The district says that the mobile library will stop in the village twice a month from March on.",
    ),
    "bakery": (
        "When the oven went cold for the first time in sixty years, the street noticed before the owner did.",
        "Neighbours of the bakery on Lantern Street came down in slippers to ask whether somebody had died. "
        "Nobody had: "
        "the price of gas had tripled over the winter, and the owner, Petr Havel, had decided to bake at night only.",
        "His customers have since adapted. A list hangs at the door on which people write what they want for the "
        "morning, "
        "and he bakes exactly that. He says that he has not thrown away a single roll since October.",
        "Economists who follow small trades say that he is not alone, and that waste in the branch has halved.",
        "“I should have done it thirty years ago,” Havel said, “but back then it looked like poverty.”",
    ),
    "rail": (
        "Trains between the two largest cities of the region will stand still for eleven days in July while a "
        "bridge is "
        "lifted onto new bearings.",
        "The operator said on Friday that it would run ninety buses an hour at peak times, more than twice as many as "
        "during the last closure, when thousands of passengers missed their connections.",
        "The bridge dates from 1894 and carries four tracks over a valley that is too deep for scaffolding. "
        "Engineers will "
        "raise it by eleven millimetres with two hundred jacks, controlled by one computer.",
        "“It is the largest thing that we have ever moved by the smallest distance,” said the project's head, "
        "Dana Roth.",
        "Tickets that were bought before the announcement can be returned without a fee until the end of June.",
        "Freight will be led over the coastal line, which was electrified only last year.",
    ),
    "glacier": (
        "Researchers who spent nine weeks on the ice say that the glacier above the town of Sarn loses more water in "
        "winter than anybody had thought.",
        "They had lowered microphones into forty bore holes and listened to the water that runs beneath the ice. "
        "What they "
        "heard in January sounded, the group's leader said, “like a river behind a wall”.",
        "The town takes its drinking water from a spring below the glacier. Its engineers had assumed that the spring "
        "rests from November to April, and had planned a second reservoir on that assumption.",
        "The plan, which would have cost nineteen million, was put aside on Thursday until the measurements of a "
        "second "
        "winter are there. The group hopes to go back in December with twice as many instruments.",
    ),
    "german": (
        "Der Gemeinderat von Tiefenau hat am Dienstag beschlossen, die alte Fähre über den Fluss noch einmal zu "
        "reparieren, statt eine Brücke zu bauen.",
        "Die Reparatur kostet rund achthunderttausend Euro und soll bis zum Herbst fertig sein. Eine Brücke hätte nach "
        "Schätzung der Verwaltung das Zwanzigfache gekostet.",
        "„Wir haben uns für die Langsamkeit entschieden“, sagte Bürgermeisterin Anke Wolters nach der Sitzung. Wer es "
        "eilig habe, könne weiterhin über Neustadt fahren.",
        "Gegen den Beschluss stimmten vier Mitglieder des Rates. Sie verwiesen darauf, dass die Fähre im vergangenen "
        "Jahr an siebzig Tagen wegen Niedrigwassers nicht fahren konnte.",
        "Die Fähre verbindet die beiden Ortsteile seit dem Jahr 1911.",
    ),
    "french": (
        "La commune de Vallombreuse a décidé jeudi de rouvrir la source qui alimentait autrefois ses quatre fontaines.",
        "Fermée depuis 1962 pour des raisons d'hygiène, elle coulait sous la mairie sans que personne ne s'en "
        "serve. Les "
        "analyses menées cet hiver ont montré que l'eau était redevenue potable.",
        "« Nous avions un trésor sous les pieds », a déclaré la maire, Odile Ferrand, qui espère réduire d'un tiers la "
        "facture d'eau du village.",
        "Les travaux commenceront en mars et dureront six semaines. Ils seront payés pour moitié par le département.",
        "Deux riverains ont annoncé qu'ils saisiraient le tribunal, car ils craignent pour leurs caves.",
    ),
    "spanish": (
        "El ayuntamiento de Peñalba aprobó el lunes un plan para plantar doce mil encinas en las laderas que ardieron "
        "hace dos veranos.",
        "La plantación empezará en noviembre y correrá a cargo de ochenta vecinos, que cobrarán por jornada. El "
        "coste se "
        "calcula en algo más de medio millón de euros.",
        "«No queremos que vuelvan los pinos», dijo la alcaldesa, Rosa Quintana, al término de la sesión.",
        "Los propietarios de las fincas se comprometen a no vender la madera durante cuarenta años.",
        "La oposición votó en contra por considerar que el agua de la zona no basta para tantos árboles.",
    ),
    "italian": (
        "Il consiglio comunale di Roccaspina ha approvato mercoledì il restauro della torre dell'orologio, ferma da "
        "ventidue anni.",
        "I lavori costeranno circa trecentomila euro e saranno pagati con una sottoscrizione alla quale hanno "
        "partecipato anche gli emigrati in Argentina.",
        "«Quando si fermò, il paese perse il passo», ha detto il sindaco Dario Conti davanti ai consiglieri.",
        "L'orologio tornerà a suonare le ore, ma non di notte: lo hanno chiesto gli albergatori.",
    ),
    "portuguese": (
        "A câmara municipal de Ribeira Alta decidiu na quarta-feira comprar o velho cinema da praça para o transformar "
        "numa escola de música.",
        "O edifício, fechado desde 1999, custará um milhão e duzentos mil euros, pagos em cinco anos.",
        "“Havia quem quisesse um parque de estacionamento”, disse a vereadora Teresa Lobo no fim da reunião.",
        "As aulas deverão começar daqui a dois anos, com lugar para cento e vinte alunos.",
    ),
    "dutch": (
        "De gemeente Waterhorn stopt na dertig jaar met het verven van de brugleuningen, omdat de kleur volgens "
        "onderzoekers geen enkel ongeluk heeft voorkomen.",
        "De besparing bedraagt ongeveer negentigduizend euro per jaar en gaat naar de fietspaden langs het kanaal.",
        "“Wij schilderden uit gewoonte”, zei wethouder Joke Smit woensdag in de raad.",
        "Een groep bewoners wil de leuningen nu zelf verven en heeft daarvoor een vergunning gevraagd.",
    ),
    "russian": (
        "Совет посёлка Заречный решил во вторник восстановить старую водяную мельницу, которая стоит без дела "
        "сорок лет.",
        "Работы начнутся в апреле и обойдутся примерно в девять миллионов рублей, половину суммы собрали жители.",
        "«Мы не хотим музея, мы хотим муку», — сказала глава поселения Вера Ломова после заседания.",
        "Мельница будет работать три дня в неделю, а в остальные дни давать электричество школе.",
        "Два депутата голосовали против: по их словам, плотина не выдержит весеннего паводка.",
    ),
    "arabic": (
        "قرر مجلس بلدة الوادي الأخضر يوم الثلاثاء إعادة فتح السوق القديمة التي أغلقت قبل خمسة عشر عاما بسبب خطر "
        "الانهيار.",
        "وقال رئيس المجلس إن أعمال الترميم ستبدأ في الربيع وتستمر سبعة أشهر، وستكلف نحو مليوني دينار.",
        "وأضاف أن ثلاثين تاجرا طلبوا العودة إلى محلاتهم، وأن الأولوية ستكون لمن عمل آباؤهم في السوق.",
        "ورفض عضوان في المجلس القرار لأن البلدة، في رأيهما، تحتاج إلى مدرسة قبل السوق.",
    ),
    "chinese": (
        "青石镇议会星期二决定，重新开放停用三十年的旧渡口，每天早晚各开两班船。",
        "镇长李文秀在会后表示，修复码头大约需要四百万元，其中一半由居民自愿捐款。她说，桥太远，老人走不动。",
        "根据去年的调查，每天约有六百人绕行十二公里去对岸上班，其中多数是医院和学校的职工。",
        "两名议员投了反对票，理由是枯水期船只无法靠岸。工程预计在明年五月之前完成。",
    ),
    "japanese": (
        "港町の議会は火曜日、三十年間閉じていた古い灯台を来年の春から一般に公開することを決めた。",
        "修理には約二億円がかかり、その半分は町民の寄付でまかなわれる。町長は「子どもたちに海を見せたい」と話した。",
        "灯台は一八九七年に建てられ、嵐の夜に何度も船を救ったことで知られている。",
        "反対した議員は、道路の補修を先に行うべきだと主張した。工事は二月に始まる予定である。",
    ),
    "council": (
        "The town will pay for it out of the reserve.",
        "Nobody on the council spoke against the plan, and the vote took less than a minute.",
    ),
}
