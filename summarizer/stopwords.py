"""Words that carry no meaning of their own: articles, pronouns, prepositions, conjunctions, auxiliaries, "said"."""


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


STOP_WORDS: dict[str, frozenset[str]] = {
    "en": _words(
        """
        a about above across after again against all almost along already also although always am amid among an and
        another any anyone anything are aren't around as at away back be because been before behind being below
        between beyond both but by can can't cannot could couldn't despite did didn't do does doesn't doing don't done
        down during each either else enough even ever every few for from further get gets getting go goes going got
        had hadn't has hasn't have haven't having he hence her here hers herself him himself his how however i if in
        indeed instead into is isn't it its itself just largely last later least less let like likely made make makes
        making many may me might more moreover most much must my myself neither never no nor not nothing now of off
        often on once one only onto or other others our ours out over own per perhaps please quite rather really said
        same say saying says seem seemed seems several shall she should shouldn't since so some something soon still
        such tell than that the their theirs them themselves then there therefore these they thing things this those
        though three through thus to together told too toward towards two under unless unlike until up upon us use
        used very via was wasn't we were weren't what whatever when where whether which while who whole whom whose why
        will with within without won't would wouldn't year years yes yet you your yours yourself
        """
    ),
    "de": _words(
        """
        aber alle allem allen aller alles als also am an ander andere anderen anderer anderes auch auf aus bei beim
        bereits bis bisher da dabei dadurch dafür dagegen daher damit danach dann daran darauf darüber das dass davon
        dazu dem den denen denn dennoch der deren derzeit des deshalb dessen die dies diese diesem diesen dieser
        dieses doch dort du durch ebenfalls ein eine einem einen einer eines einige einigen er erst erste ersten es
        etwa etwas fast für gab gegen gegenüber geht gibt gut habe haben hat hatte hatten hier hin hinter ich ihm ihn
        ihnen ihr ihre ihrem ihren ihrer im immer in indem ins ist ja jede jedem jeden jeder jedes jedoch jetzt kam
        kann kein keine keinen keiner kommen kommt konnte konnten können könnte lassen laut macht man mehr mehrere
        mein mit mittlerweile muss musste mussten möglich müssen nach nachdem neben nicht nichts noch nun nur ob oder
        ohne sagt sagte schon sei seien sein seine seinem seinen seiner seit seitdem selbst sich sie sieht sind so
        sogar soll sollen sollte sollten sondern sonst sowie statt steht teilte trotz um und uns unser unter viel
        viele vielen vom von vor war waren was weg wegen weil weiter weitere weiteren weiterhin welche welcher wenn
        wer werde werden wie wieder will wir wird wo wohl wollen wollte worden wurde wurden während zu zudem zum zur
        zwar zwei zwischen über
        """
    ),
    "fr": _words(
        """
        a afin ai ainsi alors après assez au aucun aucune auquel auraient aurait aussi autant autre autres aux avaient
        avait avant avec avoir ayant beaucoup bien c'est car ce ceci cela celle celles celui cependant certains ces
        cet cette ceux chaque chez ci comme comment contre d'un d'une dans de depuis derrière des deux devant dit doit
        doivent donc dont du durant déjà elle elles en encore enfin ensuite entre envers est et eu eux faire fait faut
        fois font furent grâce hors il ils jamais je jusqu'à jusque la laquelle le lequel les lesquelles lesquels leur
        leurs lors lorsque lui là ma mais malgré me mes mieux moi moins mon même mêmes ne ni non nos notamment notre
        nous nouveau on ont or ou où par parce parmi pas peu peut peuvent plus plusieurs plutôt pour pourraient
        pourrait pourtant près puis puisque qu'elle qu'il qu'ils qu'on quand que quel quelle quelles quelques quels
        qui quoi s'est sa sans sauf se selon sera serait seront ses si soit son sont sous souvent sur surtout ta
        tandis tant te tel telle telles tels tous tout toute toutefois toutes trois trop très tu un une va vers vont
        vos votre vous y à ça étaient était étant été être
        """
    ),
    "es": _words(
        """
        a además ahora al algo algunas alguno algunos algún allí ambos ante antes aquel aquella aquellos aquí así aun
        aunque aún bajo bien cada casi como con contra cosa cual cuales cualquier cuando cuanto cuya cuyo cómo da de
        debe deben debido decir del dentro desde después dice dicho dijo donde dos durante e el ella ellas ello ellos
        embargo en entonces entre era eran es esa esas ese eso esos esta estaba estaban estado estamos estar estas
        este esto estos está están fue fuera fueron gran ha haber había habían hace hacer hacia han hasta hay haya he
        hecho hemos hizo hoy incluso la las le les lo los luego mediante menos mi mientras mis misma mismo mismos
        mucho muchos muy más nada ni ninguna ningún no nos nosotros nuestra nuestro nuevo o os otra otras otro otros
        para parte pero poco podría podrían por porque primer primera pudo pueda puede pueden pues que quien quienes
        qué se sea sean según ser será serán si sido siempre sin sino sobre sola solo son su sus sí sólo tal también
        tan tanto te tenemos tener tenía tiene tienen toda todas todavía todo todos tras tres tu un una unas uno unos
        usted va van varios ya yo él
        """
    ),
    "it": _words(
        """
        a abbia abbiamo ad agli ai al alcune alcuni alla alle allo allora altra altre altri altro anche ancora aver
        avere aveva avevano avrebbe bene c'è che chi ci cioè circa co col come con contro cosa così cui da dagli dai
        dal dalla dalle dallo de degli dei del della delle dello dentro deve devono di dice dietro dire dopo dove due
        dunque durante e ed era erano essa esse essere essi fa far fare fatto fin fino fra fu furono già gli ha hai
        hanno ho i il in infatti infine inoltre insieme invece io la le lei li lo loro lui ma mai me meno mentre mi
        mio molti molto ne neanche negli nei nel nella nelle nello nemmeno nessun nessuno no noi non nostra nostro o
        od oggi ogni ognuno oltre oppure ora per perché perciò però più poco poi possono potrebbe prima primo proprio
        può qua quale quali quando quanto quasi quel quella quelle quelli quello questa queste questi questo qui
        quindi saranno sarebbe sarà se sempre senza si sia siano solo soltanto sono sopra sotto stata state stati
        stato su sua sue sui sul sulla sulle sullo suo suoi sì tra tre troppo tutta tutte tutti tutto un una uno va
        vengono verso vi viene voi è
        """
    ),
    "pt": _words(
        """
        a agora ainda algo algum alguma algumas alguns ali além ambos ante antes ao aos apenas após aquela aquele
        aqueles aquilo as assim através até bem cada caso com como contra contudo da daquele das de dela dele deles
        depois desde dessa desse desta deste deve devem devido diante disse diz do dois dos durante e ela elas ele
        eles em embora enquanto entanto entre então era eram essa essas esse esses esta estas estava estavam este
        estes está estão eu faz fazer feita feito foi fora foram grande ha haver havia hoje há in isso isto já la lhe
        lhes lo logo mais mas me mediante meio menos mesma mesmo meu minha muita muito muitos na nada nas nem nenhum
        nenhuma nessa nesse nesta neste no nos nossa nosso nova novo num numa não nós o onde ontem os ou outra outras
        outro outros para pela pelas pelo pelos perante pode podem poderia pois por porque porquê portanto porém pouco
        primeira primeiro quais qual qualquer quando quanto quase que quem se segundo seja sem sempre sendo ser seria
        será serão seu seus sido sim sob sobre sua suas são só tal também tanto tem tendo ter teria teve tinha tinham
        toda todas todo todos três tudo tão têm um uma umas uns vai vez você vão à às é
        """
    ),
    "nl": _words(
        """
        aan af al alle alleen alles als altijd ander andere anderen ben bij bijna binnen bleek buiten daar daarbij
        daardoor daarmee daarna daarom dan dat de deze die dit doen door dus echter een eens eerder eerst eerste elk
        elke en enkele er erg even gaan gaat geen ging gisteren haar had hadden heb hebben heeft hem hen het hier hij
        hoe hoewel hun ik in indien is ja je jij jullie kan kon konden kunnen laat later maar me meer meerdere men met
        mij mijn moest moet moeten mogelijk na naar nadat namelijk niet niets nog nu of om omdat ondanks onder ons ook
        op over rond sinds sommige steeds te tegen ten ter terwijl tijdens toch toe toen tot tussen twee uit van vanaf
        vanuit vanwege veel verder vervolgens via volgens voor vooral voordat waar waarbij waardoor waarop
        waarschijnlijk was wat we wel welke werd werden wie wij wil willen worden wordt zal ze zegt zei zelf zich zij
        zijn zo zoals zodat zonder zou zouden zowel
        """
    ),
    "sv": _words(
        """
        all alla allt andra annan att av bara bland blev bli blir både de dem den denna deras dess dessa det detta dig
        din du där därför då efter eftersom ej eller en enligt ett fick fler flera från få får för före första genom
        ger gå går gör göra hade han hans har hela henne hennes hon honom hur här i igen in inför ingen inget innan
        inom inte ja jag just kan kom komma kommer kräver kunde lika liksom man med medan mellan men mer mest mot
        mycket måste ned ner ni nog nu när någon något några och också om oss på redan sade samma samt se sedan sig
        sin sina sitt ska skulle som står säga säger så tas till tills trots två under upp ur ut utan vad var vara
        varit varje vem vi via vid vilka vilken vilket vill än ännu är även åt över
        """
    ),
    "pl": _words(
        """
        a aby albo ale ani az aż bardzo bez bo bowiem by byli być był była było były bądź będzie będą chce choć co
        coraz czy czyli dla dlaczego dlatego do dopiero dwa dwie dwóch gdy gdyż gdzie go i ich im inne innych iż ja
        jak jakie jako jednak jednym jego jej jest jestem jeszcze jeśli jeżeli już każdy kiedy kilka kto która które
        którego której który których którym którzy lub ma mają mimo między mnie mogą może można mu musi my na nad nam
        nas nawet nich nie nim niż no o obok od około on ona one oni oraz pan po pod podczas pomimo ponad ponieważ
        poza przed przede przez przy raz również się sobie swoich swoje swój są ta tak także tam te tego tej ten też
        to trzy tu tych tylko tym u w wciąż we według wiele więc wobec wszystkie wszystko wśród z za zaś ze został
        została zostały że żeby
        """
    ),
    "cs": _words(
        """
        a aby aj ale ani asi až bez bude budou by byl byla byli bylo byly být co což další dnes do i jak jako jaké je
        jeho jejich její jen jenž ještě ji jiné již jsem jsme jsou k kde kdo kdy když ke kolem kterou která které
        který kteří ma mají mezi mi mimo mohou mu musí my má může na nad nebo nebyl nebyla nechť nejsou není než ni
        nich ně něco o od on ona oni ono pak po pod podle pokud poté pouze pro proti proto protože právě před přes při
        s se si sice stále své svého svým svůj ta tak také takže tam tato tedy ten tento to toho tohoto tom tomu tu ty
        tyto této tím u už v ve velmi však všech všechny vůči z za zda zde ze či že
        """
    ),
    "tr": _words(
        """
        ama ancak arasında ardından artık aynı ayrıca az bana bazı belirtti ben beri bile bir biri birçok biz bu buna
        bunlar bunu bunun böyle büyük da daha de dedi değil diye diğer dolayı doğru eden edildi edilen en etti fakat
        gibi göre hem henüz hep her hiç ile ilgili ilk ise iyi içeren için içinde işte kadar karşı kez ki kim mi mu mü
        mı nasıl ne neden nedeniyle o olan olarak oldu olduğu olduğunu olmak olması olup on ona onlar onun orada oysa
        pek rağmen sadece sahip sonra sonunda söyledi tarafından tüm var ve veya ya yani yaptı yapılan yeni yer yine
        yok zaman çok çünkü önce üzere üzerinde şekilde şey şimdi şu
        """
    ),
    "ru": _words(
        """
        а без более больше будет будут бы был была были было быть в вам вас ведь весь во вот впрочем все всего всей
        всех всю вся всё вы где да даже два две для до другие других другой его ее ей ему если есть еще ещё её же за
        затем здесь и из или им ими иначе их к каждый как какая какой когда которая которого которой котором которые
        который которых кроме кто куда ли лишь между меня мне много могут может можно мой моя мы на над надо нам нас
        наш не него нее ней некоторые несколько нет неё ни них но ну о об однако около он она они оно от отметил очень
        перед по под пока после потом потому почти при про против раз рассказал с сам сами самый своего своей свои
        своих свой свою себе себя сейчас сказал со сообщил среди так такая также такие такой там тебя тем теперь то
        тогда того тоже той только том тот три тут ты у уже хотя чего чем через что чтоб чтобы чуть эта эти этих это
        этого этой этом этот эту я является
        """
    ),
    "uk": _words(
        """
        а або адже але без би був була були було бути в вам вас вже ви вона вони воно все вся всі всіх втім від він
        два дві де для до ж з за зараз заявив зі й його йому к каже кожен коли крім ледь лише мене мені ми може можна
        можуть між на навіть над нам нас наш не неї ним них ні ніж ній о об однак оскільки перед по повідомив поки при
        про проти під після раз разом саме свого своєї свої своїх свій себе серед та так така такий також такі там те
        теж тепер ти то тобто того тоді той тому три тут у усі усіх хоча хто це цей цих цього цю ця ці цієї через чи
        чим ще що щоб як яка який яких якого якої якщо які є і із інших інші їй їм їх її
        """
    ),
    "bg": _words(
        """
        а ако бе без беше би бил била били бъде в вече все всички всяка във го да два две до докато друга други е един
        една едно за заради защото и из или им как като когато което които който която към ли между ми много може му
        на над най не него нея но няма обаче около от по под пред преди през при с са само се си след според срещу със
        също тази така те тези то това този той тук тя че ще я
        """
    ),
    "sr": _words(
        """
        a ali bez bi bila bili bilo bio biće da do dok duž ga gde he i iako ili im ima iz ja je jedan jedna jer još
        kada kako kao ko kod koja koje koji kojih koju li među može mu na nad nakon ne nego nema neće ni nije njegov o
        od on ona oni po pod posle pre preko prema pri protiv rekao s sa samo se su sve svoj ta tako takođe te to
        tokom u uz već više za zbog što а али без би била били било био биће већ више га где да до док за због и иако
        из или им има када како као ко код која које који којих коју ли међу може му на након не него нема неће ни
        није о од он она они по под после пре преко према при против рекао с са само све свој се су та тако такође те
        то током у уз што ја је један једна јер још његов
        """
    ),
    "el": _words(
        """
        ένα έναν ένας έχει έχουν ή ήδη ήταν αλλά αν αντί από αυτά αυτή αυτοί αυτού αυτό αυτός αυτών για δε δεν διότι
        εάν είναι είχαν είχε εδώ εκ εκεί ενός ενώ εξ επίσης επειδή η θα κάθε κάποιος καθώς και κατά κι κοντά μέσα
        μέχρι μία μα μας με μετά μεταξύ μη μην μια μου μόνο ο οι ούτε πάνω παρά περί περισσότερο πιο ποιος πολλά πολύ
        που πριν προς πως σαν σας σε στα στη στην στις στο στον στου στους στων σύμφωνα τα τη την της τι τις το τον
        του τους των τόσο τότε υπό χωρίς ως ό,τι όμως όπου όπως όσο όταν ότι ώστε
        """
    ),
    "ar": _words(
        """
        آخر أحد أحدى أضاف أعلن أكثر أكد ألف أما أمام أن أنه أنها أنهم أهم أو أول أي أيضا أيضاً إذ إذا إلا إلى إن إنه
        اذا الآن الا الان التي الذي الذين اللذين اليوم ان او اي ب بأن بان بسبب بشأن بعد بعدما بعض بعيدا بل بما بن به
        بها بهذا بين بينما تحت تلك تم ثم جدا جميع حتى حوالي حول حيث حين خارج خاصة خلال دون ذات ذلك سوف سوى شأن ضد ضمن
        عام عبر عدة عدد عدم على عليه عليها عن عند عندما عنه عنها غير فإن فان فقد فقط فوق في فيما فيه فيها قائلا قال
        قالت قبل قد كان كانت كانوا كل كلا كم كما كي كيف لأن لا لان لدى لديه لذلك لقد لكل لكن لكنه لم لما لماذا لن له
        لها لهم لو ليس ليست ما ماذا مازال متى مثل مع معه معها مما من منذ منه منها منهم نحو نعم نفس نفسه نفسها هؤلاء
        هذا هذه هل هم هن هنا هناك هو هي و وأضاف وأن وأوضح وإن واحد وان وفي وقال وقالت وقد وكان وكانت وكما ولا ولكن ولم
        وما ومن وهذا وهذه وهو وهي يا يتم يكون يمكن يوم
        """
    ),
    "fa": _words(
        """
        آن آنان آنها آنچه از است اش افزود اما امروز او اگر ای ایشان این اینکه با بار باره باشد باشند باید بر برای
        بسیار به بود بودن بودند بی بین تا تر ترین تمام تنها تو توان تواند جا حال حتی خواهد خواهند خود داد دارد دارند
        داشت داشتند داشته در درباره دو دیگر را رو روی زیر سپس شد شدن شدند شده شما شود شوند ضمن طور طی علیه عنوان فقط
        قبل قرار ما مانند من مورد می میان نزد نمی نه نیز نیست ها های هر هست هستند هم همه همچنین همین هنوز هیچ و وجود
        ولی وی پس پیش چند چه چون چیزی کرد کردن کردند کرده کند کنند که گفت گفتند گفته یا یک یکی
        """
    ),
    "ur": _words(
        """
        اب ابھی اس اسے ان انہوں انہیں اور اپنا اپنی اپنے اگر ایسا ایسے ایک بارے بعد بلکہ بھی بہت تا تاہم تو تک تھا تھی
        تھے جا جائے جاتا جب جبکہ جس جن جو خود دو دوران دی دیا رہا رہی رہے ساتھ سال سکتا سکتے سے صرف طرح لئے لیے مطابق
        مگر میں نہ نہیں نے والی والے وہ پر پھر پہلے چکا کا کر کرتے کرنے کو کوئی کہ کہا کہنا کی کیا کیے کے گئی گئے گا
        گی گیا گے ہم ہو ہوئی ہوئے ہوا ہونے ہوں ہی ہیں ہے یا یہ یہاں
        """
    ),
    "he": _words(
        """
        אבל או אולי אותה אותו אותם אחד אחר אחרי אחרים אחת אין איש אך אל אלא אלה אלו אלפי אם אמר אמרה אנו אנחנו אני אף
        אפשר אשר את אתה אתמול בה בהם בו בזה בין בכל בלבד בלי במשך בעוד בעקבות בשל בתוך גם דבר די דרך ה הוא הודיע הזה
        הזו היא היה היו היום הייתה היתה הם הן הנה הרבה ואת והוא והיא ועוד זאת זה זו חייב יהיה יהיו יותר יחד יש כאן
        כאשר כבר כדי כי כך כל כלל כלפי כמה כמו כן כעת כפי לא לאור לאחר לבין לגבי לה להיות להם לו לכל לכן ללא למרות לפי
        לפני לקראת מאוד מאז מה מול מי מן מספר מעל מפני מתוך מתחת נגד נוסף סביב עד עוד על עליה עליו עם עצמו פחות פי
        צריך רבים רק ש שהוא שהיא שהם שוב של שלא שלה שלהם שלו שם שני שתי תוך תחת
        """
    ),
    "hi": _words(
        """
        अगर अपना अपनी अपने अब अभी आज आदि आप इन इनके इस इसका इसकी इसके इसमें इससे इसी इसे उन उनका उनकी उनके उनको उन्हें
        उन्होंने उस उसका उसकी उसके उसने उसी उसे एक एवं ऐसा ऐसी ऐसे ओर और कर करता करती करते करना करने करें कहते कहा का
        काफी कि किए किया किये किसी की कुछ कुल के को कोई कौन क्या क्योंकि गई गए गया गयी गये चाहिए जब जबकि जहाँ जहां जा
        जाए जाता जाती जाते जाना जाने जिन जिस जिसके जिसमें जिसे जैसे जो तक तथा तब तरह तो था थी थे दिए दिया दी दे देने
        दो दोनों द्वारा न नहीं ना ने पर परंतु पहले फिर बजे बताया बहुत बाद बारे बीच भी मगर में मैं यदि यह यहाँ यहां या
        ये रहा रही रहे रूप लगभग लिए लिया लेकिन व वह वहां वहीं वाला वाली वाले वे संबंध सकता सकती सकते सब सबसे सभी साथ
        से स्वयं हम हमारे हर ही हुआ हुई हुए है हैं हो होता होती होते होना होने
        """
    ),
    "ko": _words(
        """
        가장 각 것 것으로 것은 것을 것이 것이다 관련 관한 그 그가 그녀는 그는 그들은 그러나 그리고 그의 나는 다른 대한
        대해 더 됐다 되고 되는 된 된다 두 등 따라 따르면 따른 때 때문에 또 또한 말했다 모든 및 밝혔다 수 약 없는 없다
        오는 오전 오후 우리 위한 위해 이 이날 이는 이를 이번 이에 이후 있는 있다 있었다 있으며 저 전했다 제 중 지난
        통해 하고 하는 하지만 한 한다 해 했다 현재
        """
    ),
}
# Small words elsewhere that mean something in English.
ENGLISH_CONTENT = _words(
    """
    ale ama ante bio bland bile car comment dan door due ella elle embargo era hans hay hep jest kim logo lei nova nun
    primer sedan solo till tom trots van
    ben bis come den dice die dig dire fa far fare fast fin gab gut hat hem hen hin hun kan la mai man mas men met mot
    oder pan par pas pod pour pro qua sans sea sein ser sin son sont sous state sur tal tan tant ten todo toe tot tous
    trop vos war wie wil wo
    """
)
