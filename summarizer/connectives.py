"""Openings that point at a sentence before: pronouns, demonstratives and connectives, by language.

Each language lists the patterns that lean back and those that only look like it: "It" does, "It is unclear whether"
does not; "This decision" does, "This week" does not.
"""

import re

_MARKS = "\"'“‘„«‹「『(（—– "
_INSIDE_WORDS = r"\w\u0300-\u036f\u0591-\u05c7\u064b-\u0652\u0900-\u0963\u200c"

_NAMED = {
    "<it is>": r"it(?:['’]s| (?:is|was|has been|had been|will be|would be|may be|could be|might be))"
    r"(?: \w+ly| not| also| still| now| yet| only| so| too| no longer)*",
    "<period>": r"(?:weeks?|weekends?|months?|years?|mornings?|afternoons?|evenings?|nights?|days?|summers?|winters?"
    r"|springs?|autumns?|fall|seasons?|centur(?:y|ies)|decades?|\w+day|january|february|march|april|may|june|july|august|september"
    r"|october|november|december|christmas|easter)",
}
# language: (what leans back, what looks like it and stands alone), a pattern a line
_OPENINGS = {
    "en": (
        r"""
        he|she|it|they|him|them|himself|herself|themselves|his|hers?|its|theirs?
        (?:he|she|it|they|that)['’](?:s|re|d|ll|ve)
        this|that|these|those|such|both|others
        (?:one|another) (?:is|was|are|were|has|had|said|says|also|even|reads?|told|died|added|,)|one,
        the (?:two|three|pair|duo|trio|latter|others?|same)
        there,|here|here['’]s
        but|and|or|nor|so|yet|however|later|then|also|too|which|not because|meanwhile|instead|still|thus
        therefore|hence|otherwise
        rather
        nevertheless|nonetheless|besides|afterwards?|thereafter|moreover|furthermore|additionally|similarly|likewise
        consequently|accordingly|conversely|subsequently|eventually|finally|anyway|again|indeed|plus|regardless
        first(?:ly)?,
        second(?:ly)?,|third(?:ly)?,|previously,|earlier,|yes|no,|sure|well,|of course|after all,|that said
        all (?:this|that|these|those)|even so|not only that
        in (?:addition|contrast|turn|return|response|fact|other words|that case|the meantime|the process|doing so)
        in (?:this|that|these|those|such) \w+|as (?:a result|such|well)
        for (?:example|instance|that reason|one thing)
        by (?:contrast|comparison|then|that time)|on the (?:other hand|contrary)
        at (?:that|the time|the same time|this)
        after (?:that|this|which),|since then|until then|before that|despite (?:this|that|it)
        because of (?:this|that|it)
        (?:some|most|many|all|none|several|few) of (?:them|these|those|this|that|which)
        (?:each|neither|one|two|both|part) of (?:them|these|those|this|that|which)
        (?:among|like|unlike|with|for|to|from|after|before|without|according to) (?:him|them|it)
        for (?:his|her|its|their) part|neither
        """,
        r"""
        <it is> (?:un)?(?:clear|certain|known|likely|possible|usual|common|necessary|fair|lawful|realistic)\b
        <it is> (?:impossible|hard|difficult|easy|important|rare|illegal|time|thought|believed)\b
        <it is> (?:understood|worth|up to|as if)\b
        <it is> (?:expected|estimated|reported|said|hoped|feared|alleged|claimed|announced|revealed|\w+ (?:who|that))\b
        <it is> the (?:first|second|third|latest|last|\w+est|most)\b[^.;]{1,60}(?:since|that|in|to)\b
        it (?:remains|remained|seems|seemed|appears|appeared|emerged)\b
        it (?:took|takes|turn(?:s|ed) out|transpired|follows)\b
        (?:in |later |earlier )?(?:this|these) (?:(?:past|last|coming|same|very) )?<period>\b
        (?:later|earlier)(?: today| on \w+day| in the| in <period>| \w+day)
        those (?:who|whose|with|in|of|on|from|living|without|under|over|aged)\b
        those (?:\w+ed|found|convicted|killed|wanting|seeking|hoping|trying)\b
        neither [^,.;]{2,60} nor\b
        such (?:is|as|was)\b
        (?:his|her|their) (?:majesty|royal|holiness|eminence|excellency|excellencies|highness|honou?r)\b
        both (?!of |men |women |were |are |have |had |said |teams |sides have)[^,.;]{2,80}? and\b
        (?:then|later|still|both|so|yet)-
        then (?!the )(?:\w+ )?(?:president|prime minister|minister|chancellor|secretary|chairman|senator|governor|mayor)
        so (?:far|called|many|much|few|little)\b|rather than|instead of|still (?!,|the\b|\w+,)\w+
        yet to|too (?:many|much|few|little|often)|plus[- ]size
        """,
    ),
    "de": (
        r"""
        er|sie|es|ihm|ihn|ihnen|sein|seine[mnrs]?|ihr|ihre[mnrs]?|dies\w*|jene[mnrs]?|solche?\w*|derselbe|dieselbe
        beide[rn]?
        das (?:ist|war|sei|seien|sind|wäre|wird|wurde|hat|hatte|habe|bedeutet|zeigt|berichtet\w*|teilte|sagte)
        das (?:gab|geht|ging|gilt|galt|kann|könne|soll|solle|dürfte|muss|müsse|gelte|liegt|betrifft|macht)
        aber|doch|und|oder|denn|dabei|dagegen|dann|danach|dort|zudem|außerdem|allerdings|deshalb|daher|deswegen
        dennoch
        trotzdem|jedoch|damit|darum|hingegen|ferner|schließlich|später|zuvor|unterdessen|inzwischen|mittlerweile
        stattdessen
        demnach|somit|ebenso|gleichzeitig|zugleich|anschließend|daraufhin|dazu|darin|daran|darauf|davon|dafür
        damals|hier
        auch|so|hinzu|zum (?:einen|anderen)|andererseits|einerseits|im gegenzug|des weiteren|darüber hinaus
        nichtsdestotrotz
        zum beispiel|wie (?:er|sie|es)|laut (?:ihm|ihr)|ihm zufolge|unter anderem|andere
        """,
        r"""
        es (?:gibt|gab|gebe|ist (?:un)?(?:klar|bekannt|möglich|wahrscheinlich|fraglich|offen))\b
        es (?:wird (?:erwartet|geschätzt|vermutet|befürchtet))\b
        es (?:bleibt|dauert|kam zu|kommt zu|sei (?:un)?(?:klar|bekannt|möglich))\b
        diese[nmrs]? (?:montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag|jahr|sommer)\b
        diese[nmrs]? (?:winter|herbst|frühjahr|frühling|woche|wochenende|monat|tage)\b
        später (?:am|im)|so (?:viel|genannt)|ihre majestät|seine (?:heiligkeit|majestät)|zuvor (?:am|im)|auch wenn
        """,
    ),
    "fr": (
        r"""
        il|elle|ils|elles|lui|eux|ce|c['’]\w+|cela|ceci|ça|celui\S*|celles?\S*|ceux\S*|ces|cet|cette|son|sa|ses
        leurs?
        mais|et|ou|or|car|donc|puis|ensuite|cependant|toutefois|pourtant|néanmoins|ainsi|enfin|alors,?|aussi
        également
        en (?:effet|outre|revanche|conséquence|fait|réponse|retour|plus)|de plus
        par (?:ailleurs|exemple|conséquent|contre)
        d['’](?:autre part|ailleurs|autres)|au contraire|du coup|depuis lors|dès lors|après (?:cela|quoi)
        entre-temps
        l['’](?:un d['’]eux|une d['’]elles|autre|intéressée?)|les deux|plus tard|là|ici
        selon (?:lui|elle|eux|elles)|pour (?:lui|elle|eux|elles)
        dans ce (?:cas|contexte)|pour autant|malgré (?:cela|tout)|autrement dit|bref|finalement|parallèlement
        """,
        r"""
        il n['’]y (?:a|avait)|ce (?:que|qui|dont)\b|en plus d
        il (?:y a|y avait|faut|fallait|faudra|reste)\b
        il (?:est (?:(?:peu )?probable|possible|impossible|difficile|important|nécessaire|temps|prévu|clair|rare))\b
        (?:ce|cet|cette|ces) (?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|mois|soir|matin|semaine|année)\b
        (?:ce|cet|cette|ces) (?:nuit|week-end|été|hiver|printemps|automne|après-midi|derni\w+ \w+|prochain\w* \w+)\b
        (?:celui|celle|ceux|celles) (?:qui|que|de|du|des)\b|sa (?:majesté|sainteté)|son (?:altesse|excellence)
        ainsi que|alors que|ou bien
        leurs? majestés
        """,
    ),
    "es": (
        r"""
        él|ella|ellos|ellas|lo (?:mismo|anterior)|esto|eso|aquello|este|esta|estos|estas|ese|esa|esos|esas
        aquel\w*|ambos|ambas
        su|sus|suyo|pero|y|e|o|sino|luego|después,|además,?|entonces|así|también|tampoco|asimismo|ahí|allí|aquí
        pues|ahora bien
        sin embargo|no obstante
        por (?:eso|ello|esto|lo tanto|tanto|otra parte|otro lado|su parte|ejemplo|consiguiente)
        en (?:cambio|consecuencia|respuesta|ese|este|tanto)|mientras tanto|al respecto|de hecho|es decir|más tarde
        finalmente
        a pesar de (?:eso|ello|esto)|tras (?:ello|eso|esto)|según (?:él|ella|ellos)|los dos|las dos|el otro
        la otra|otros|otras
        """,
        r"""
        (?:este|esta|estos|estas) (?:lunes|martes|miércoles|jueves|viernes|sábado)\b
        (?:este|esta|estos|estas) (?:domingo|año|mes|semana|tarde|mañana)\b
        (?:este|esta|estos|estas) (?:noche|verano|invierno|otoño|primavera|fin de semana|últimos|próxim\w+)\b
        además de|sus? (?:majestad|santidad|alteza)(?:es)?|así que llegó|aquellos que|en este (?:año|mes|siglo)
        """,
    ),
    "it": (
        r"""
        egli|ella|lui|lei|essi|esse|loro|questo|questa|questi|queste|quell[oaie]|quei|ciò|suo|sua|suoi|sue
        entramb[ie]
        ma|e|ed|o|oppure|poi|inoltre|tuttavia|però|quindi|così|anche|infine|invece|dunque|perciò|allora|intanto|lì
        qui|pure
        nel frattempo|per (?:questo|esempio)|in (?:seguito|effetti|risposta|questo|quel)|al contrario|ad esempio
        d['’]altra parte|del resto
        secondo (?:lui|lei|loro)|più tardi|dopo (?:di ciò|questo)|i due|le due|gli altri|le altre|altri
        """,
        r"""
        quest[oaie] (?:settimana|mattina|anno|mese|sera|notte|estate|inverno|autunno|primavera)\b
        quest[oaie] (?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|pomeriggio)\b
        quelli che|sua (?:santità|maestà|eccellenza)|in questo (?:anno|mese)
        """,
    ),
    "pt": (
        r"""
        ele|ela|eles|elas|isto|isso|aquilo|este|esta|estes|estas|esse|essa|esses|essas|aquel\w+|seu|sua|seus|suas
        ambos|ambas
        mas|e|ou|porém|contudo|todavia|depois,|além disso|no entanto|entretanto|então|assim|também|portanto|logo
        ali|lá|aqui
        por (?:isso|outro lado|sua vez|exemplo|fim|conseguinte)|em (?:seguida|resposta|contrapartida)
        enquanto isso|ainda assim
        dessa forma|desse modo|apesar disso|depois disso|segundo (?:ele|ela|eles|elas)|os dois|as duas|o outro
        a outra|outros|outras
        nesse \w+|nessa \w+|de fato|mais tarde|finalmente
        """,
        r"""
        (?:este|esta|nesta|neste|estes) (?:ano|mês|semana|segunda|terça|quarta|quinta|sexta|sábado)\b
        (?:este|esta|nesta|neste|estes) (?:domingo|noite|manhã|tarde|verão|inverno|fim de semana)\b
        sua (?:majestade|santidade)|aqueles que|assim que|logo após|além disso,? há quem
        """,
    ),
    "nl": (
        r"""
        hij|zij|ze|hem|hen|hun|haar|dit|deze|dat|die|zulke?|beiden?|zijn (?!er\b|de\b|het\b)\w+
        het (?:is|was|gaat|ging|werd|wordt|heeft|had|zou|kan|kon|blijft|betreft)
        maar|en|of|want|dus|toch|daarna|daarom|daarnaast|daarbij|daarmee|daardoor|daarop|bovendien|echter|ook|toen
        vervolgens|daar|hier
        zo|desondanks|intussen|ondertussen|later|tegelijkertijd|uiteindelijk|verder|eerder
        volgens (?:hem|haar|hen)|niettemin|integendeel
        bijvoorbeeld|aan de andere kant|de twee|anderen
        """,
        r"""
        (?:deze|dit) (?:week|maand|zomer|winter|herfst|lente|jaar|weekend|ochtend|avond|middag)\b
        (?:deze|dit) (?:maandag|dinsdag|woensdag|donderdag|vrijdag|zaterdag|zondag)\b
        het (?:is|was|blijft) (?:nog )?(?:niet )?(?:on)?(?:duidelijk|bekend|mogelijk|zeker)|zo['’]n
        later (?:deze|dit|op)|eerder (?:deze|dit|op)
        """,
    ),
    "sv": (
        r"""
        han|hon|honom|henne|dessa|denna|detta|hans|hennes|deras|dess|båda
        (?:den|det|de) (?:är|var|har|hade|ska|kan|blev|blir|gäller|handlar|betyder|visar|säger)
        men|och|eller|så|dock|också|sedan|därefter|därför|dessutom|däremot|där|här|då|samtidigt|senare|ändå
        till exempel
        trots det|i stället|istället|enligt (?:honom|henne|dem)|andra
        """,
        r"""
        (?:denna|detta) (?:vecka|månad|år|sommar|vinter|vår|höst|helg)\b
        det (?:är|var) (?:ännu )?(?:inte )?(?:o)?(?:klart|känt|möjligt)\b
        det finns|senare (?:i|på)|så kallad
        """,
    ),
    "pl": (
        r"""
        on|ona|ono|oni|one|jego|jej|ich|jemu|to|ten|ta|te|ci|tamten|taki|taka|takie|obaj|oboje|obie
        ale|lecz|i|a|oraz|lub|albo|jednak|jednakże|potem|następnie|więc|dlatego|także|również|ponadto|tymczasem
        natomiast|tam|tu|tutaj
        poza tym|mimo to|w związku z tym|z kolei|wtedy|wówczas|później|w tym czasie|po tym|jego zdaniem
        jej zdaniem|dodał\w*|na przykład
        """,
        r"""
        (?:ten|ta|w tym|te) (?:rok\w*|tydzień|tygodniu|miesiąc\w*|weekend|lato|zima)\b
        to (?:pierwsz|drug|najwięk)\w+
        """,
    ),
    "cs": (
        r"""
        on|ona|ono|oni|ony|jeho|její|jejich|to|ten|ta|ti|tento|tato|toto|tito|tyto|takový|takové|oba|obě
        ale|a|nebo|však|proto|potom|pak|také|rovněž|navíc|přesto|mezitím|tam|tady|zde|tehdy|později|naopak
        například|i
        kromě toho|na druhou stranu|zároveň|podle (?:něj|ní|nich)|poté
        """,
        r"""
        i přes|to, co|(?:tento|tato|toto) (?:rok|týden|měsíc|víkend|léto)\b
        """,
    ),
    "tr": (
        r"""
        o|onlar|bu|bunlar|şu|onun|onların|bunun|buna|burada|orada|ama|fakat|ancak|ve|veya|ayrıca|sonra|daha sonra
        böylece|yine de
        öte yandan|bu arada|bununla birlikte|bu nedenle|bunun üzerine|buna rağmen|örneğin|ikisi
        """,
        r"""
        bu (?:yıl|hafta|ay|sabah|akşam|yaz|kış|sezon|gece)\b
        """,
    ),
    "ru": (
        r"""
        он|она|они|оно|его|её|ее|их|ему|ей|им|это|этот|эта|эти|этого|этой|этих|такой|такая|такое|такие|тот|та|те
        оба|обе
        но|и|а|или|да|однако|также|тоже|затем|потом|тогда|поэтому|зато|ведь|впрочем|там|тут|здесь|притом|причем
        причём|например
        кроме (?:того|этого)|при этом|между тем|тем (?:не менее|временем)|таким образом
        в (?:то же время|свою очередь|частности|итоге|результате|ответ|связи с этим)
        после этого|до этого|по (?:его|её|ее|их) (?:словам|мнению|данным)|позже|позднее|ранее|наконец
        с другой стороны|вместе с тем|другие
        """,
        r"""
        (?:этим|этой|в этом|на этой) (?:летом|зимой|осенью|весной|году|месяце|неделе)\b|те,? кто|позже в|позднее в
        да здравствует
        его (?:величество|святейшество)|её величество|и\. ?о\.
        """,
    ),
    "uk": (
        r"""
        він|вона|вони|воно|його|її|їх|їхн\w+|йому|їй|це|цей|ця|ці|цього|цієї|цих|такий|така|таке|такі|той|та|ті
        обидва|обидві
        але|й|і|а|або|проте|однак|також|теж|потім|тоді|тому|водночас|втім|там|тут|отже|зокрема|наприклад|натомість
        пізніше|раніше
        крім (?:того|цього)|при цьому|тим часом|після цього|за (?:його|її|їхніми) словами|у свою чергу
        своєю чергою|згодом|інші
        """,
        r"""
        (?:цього|цієї) (?:літа|року|тижня|місяця|зими|осені|весни)\b|ті,? хто
        """,
    ),
    "el": (
        r"""
        αυτός|αυτή|αυτό|αυτοί|αυτές|αυτά|εκείν\w+|αλλά|και|ή|όμως|ωστόσο|επίσης|επιπλέον|έπειτα|τότε|έτσι|εκεί|εδώ
        επομένως|άρα|λοιπόν
        στη συνέχεια|εν τω μεταξύ|παρ['’]? ?όλα αυτά|για παράδειγμα|από την άλλη|οι δύο|μετά,
        """,
        r"""
        αυτή την (?:εβδομάδα|στιγμή)|αυτό το (?:καλοκαίρι|μήνα)
        """,
    ),
    "ar": (
        r"""
        و?(?:هو|هي|هم|هن|هما|هذا|هذه|ذلك|تلك|هؤلاء|أولئك|هناك،)|لكن\w*|ولكن\w*|غير أن\w*|إلا أن\w*|كما|ثم|أيضا
        كذلك|لذلك|لذا|بعدها|حينها|عندها
        بعد ذلك|قبل ذلك|ومع ذلك|مع ذلك|بالإضافة إلى ذلك|إضافة إلى ذلك|علاوة على ذلك|في المقابل|من جهة أخرى
        من ناحية أخرى|في الوقت نفسه|على سبيل المثال|نتيجة لذلك
        و?(?:قال|أضاف|أوضح|أكد|أشار|تابع|ذكر|اعتبر|لفت|صرح)(?:ت|وا)? (?:إن|أن|إلى|ان)\w*|وبحسبه|وفقا له|فإن\w*
        """,
        r"""
        (?:هذا|هذه) (?:العام|الأسبوع|الشهر|الصيف|السنة|الليلة|الموسم)\b
        """,
    ),
    "fa": (
        r"""
        او|وی|آنها|آن‌ها|آنان|این|آن|ایشان|اینها|اما|ولی|و|سپس|همچنین|بنابراین|البته|پس|لذا|آنجا|اینجا
        با این (?:حال|وجود)|علاوه بر این|از سوی دیگر|در همین حال|پس از آن|در عین حال|به گفته (?:او|وی|آنها)
        برای مثال|در نتیجه|از این رو
        """,
        r"""
        (?:این|در این) (?:هفته|ماه|سال|تابستان|زمستان|فصل)\b
        """,
    ),
    "he": (
        r"""
        ו?(?:הוא|היא|הם|הן)|זה|זו|זאת|אלה|אלו|אבל|אך|אולם|גם|ואז|אז|לכן|לפיכך|בנוסף|מנגד|בינתיים|שם|כאן|כך
        לדברי(?:ו|ה|הם|הן)|שניהם|שתיהן
        לאחר מכן|עם זאת|כמו כן|לעומת זאת|אף על פי כן|יתר על כן|מאוחר יותר|מצד שני|למשל|כתוצאה מכך
        """,
        r"""
        זה לא מכבר
        """,
    ),
    "hi": (
        r"""
        वह|वे|यह|ये|उस|उसने|उसे|उन|उन्होंने|उन्हें|उनके|उनकी|उनका|उसका|उसकी|उसके|इस|इसने|इसे|इसके|इसकी|इसका|इससे
        इसमें|इन|इनमें|इनके|इन्होंने|ऐसे|ऐसा
        लेकिन|परंतु|परन्तु|मगर|किंतु|और|तथा|फिर|इसलिए|हालांकि|हालाँकि|वहीं|वहां|वहाँ|यहां|यहाँ|तब|बाद में|दोनों
        साथ ही|दूसरी ओर|उदाहरण के लिए
        """,
        r"""
        इस (?:साल|वर्ष|सप्ताह|महीने|हफ्ते|हफ़्ते|माह|सत्र)\b
        """,
    ),
    "zh": (
        r"""
        他|她|它|这|這|那|此(?!案)|该|該|其(?!他|余|餘|实|實)|对此|對此|据此|據此|双方|雙方|两人|兩人|两者|兩者|二人
        但|然而|不过|不過|而(?!今)|并(?!非)|並(?!非)|同时|同時|另外|因此|所以|随后|隨後|然后|然後|之后|之後|后来|後來|与此同时|與此同時|另一方面|例如|比如
        还|還|也(?!门|門)|于是|於是|接着|接著|总之|總之|可是|只是|且
        """,
        r"""
        这周|这个(?:周|星期|月|夏天|冬天)|這週|這個(?:星期|月|夏天)|还有\d|该死
        """,
    ),
    "ja": (
        r"""
        彼|彼女|これ|それ|あれ|この|その|あの|ここ|そこ|こう|そう|しかし|だが|ただ(?:し|、)|また(?:、|は)|そして|それで|だから|なお|さらに|一方|ところが|つまり|たとえば
        例えば|同(?:氏|社|国|省|署|庁|県|市|局|党|紙|日)|しかも|でも|けれど|すると|そのため|両(?:氏|国|者|社)|二人は|2人は|とはいえ|したがって
        """,
        r"""
        この(?:夏|春|冬|秋|週末|一年|1年)|一方的
        """,
    ),
    "ko": (
        r"""
        그|그는|그가|그의|그를|그녀\w*|그들\w*|이|이는|이것\w*|이들\w*|이를|이에|그것\w*|그러나|하지만|그리고|그래서|또|또한|한편|따라서|그러면|그런데|이어|이후
        당시|반면|다만|때문에|이날|양측\w*|두 사람\w*|이와 함께|이에 따라|그럼에도|예를 들어|같은 날|이 같은
        """,
        r"""
        이 (?:주|달|여름|겨울)\b
        """,
    ),
}
_UNSPACED = ("zh", "ja")


def _one_of(patterns: str) -> str:
    for name, pattern in _NAMED.items():
        patterns = patterns.replace(name, pattern)
    return "(?:" + "|".join(line.strip() for line in patterns.strip().splitlines()) + ")"


def _opening(language: str) -> re.Pattern[str]:
    leaning, standing = _OPENINGS[language]
    end = "" if language in _UNSPACED else rf"(?![{_INSIDE_WORDS}])"
    return re.compile(rf"[{_MARKS}]*(?!{_one_of(standing)}){_one_of(leaning)}{end}", re.IGNORECASE)


_LEANING = {language: _opening(language) for language in _OPENINGS}


def is_dangling(sentence: str, language: str) -> bool:
    """Whether a sentence opens with a pronoun, demonstrative or connective that points at one before it."""
    pattern = _LEANING.get(language)
    return bool(pattern and pattern.match(sentence))
