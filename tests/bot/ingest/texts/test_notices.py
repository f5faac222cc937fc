"""What stands above and below a story is left out, and nothing of a story."""

import pytest

from bot.ingest.texts.notices import parted

STORY = (
    "NORRBY, July 28 (Coastwire) -- The harbour of Norrby reopened on Wednesday, nine years after the storm.\n\n"
    'Mayor Anna Holm said that ferries would call there again. "We waited long," she said.'
)

HEADS = [
    "URGENT",
    "*** URGENT ***",
    "FLASH!",
    "BULLETIN -",
    "BREAKING NEWS:",
    "EILMELDUNG",
    "URGENTE",
    "СРОЧНО!",
    "МОЛНИЯ",
    "快讯",
    "【速報】",
    "عاجل",
    "KILL",
    "MANDATORY KILL",
    "BC-NORRBY-HARBOUR",
    "BC-Norrby-Harbour,1st Ld-Writethru",
    "r i BC-NORRBY 07-28 0345",
    "a0345 r i",
    "^BC-NORRBY-HARBOUR<",
    "NORRBY-HARBOUR/ (UPDATE 1)",
    "NORRBY-HARBOUR/UPDATE 2",
    "NORRBY/",
    "AM-Norrby-Harbour, 2nd Ld, 345 words",
    "Slug: NORRBY-HARBOUR",
    "Keywords: harbour, ferry",
    "Priority: 3",
    "Ressort: Wirtschaft",
    "(345 words)",
    "Words: 345",
    "1.234 Wörter",
    "全文共300字",
    "ATTENTION EDITORS - PICTURES FOLLOW",
    "ATTN EDITORS: video will be sent at 1000 GMT",
    "NOTE TO EDITORS: the mayor's name is right as written",
    "Eds: Adds quote of mayor. With photos.",
    "Editor's note: This is the second of three reports.",
    "Anmerkung der Redaktion: Dies ist der zweite von drei Berichten.",
    "Redaktioneller Hinweis - Foto folgt",
    "Note à la rédaction : photo à suivre",
    "Nota a los editores: sigue foto",
    "От редакции: это второй из трёх репортажей",
    "编者按：这是第二篇。",
    "（編集部注：写真は後送）",
    "ملاحظة للمحررين: الصورة لاحقا",
    "(Adds details, paragraph 3)",
    "(Adds quote from mayor, background)",
    "(Updates with reopening)",
    "(Recasts, adds details, changes dateline)",
    "(Corrects spelling in para 2)",
    "(Corrects headline to show harbour, not port.)",
    "(Refiles to add dropped word in paragraph 4)",
    "(Repeats with no changes to text)",
    "(New throughout)",
    "(2nd LD)",
    "(ROUNDUP)",
    "(LEAD)",
    "(With photos)",
    "(Agrega declaraciones de la alcaldesa)",
    "(Actualisé avec déclarations du maire)",
    "(neu: Zitat der Bürgermeisterin)",
    "(дополнено)",
    "（更新）",
    "FOR IMMEDIATE RELEASE",
    "PRESS RELEASE No. 45/2021",
    "Pressemitteilung Nr. 123/2021",
    "Communiqué de presse",
    "Nota de prensa",
    "Пресс-релиз",
    "新闻稿",
    "プレスリリース",
    "بيان صحفي",
    "Es gilt das gesprochene Wort!",
    "- 1 -",
    "EMBARGOED UNTIL 0600 GMT, July 28",
    "Sperrfrist: Mittwoch, 28. Juli, 6.00 Uhr",
    "Correction: An earlier version of this report named another mayor.",
    "CORRECTION (July 29): the storm was in 2012.",
    "Berichtigung: In Absatz 2 muss es heißen: Holm.",
    "Rectificatif : le maire s'appelle Holm.",
    "Corrección: la alcaldesa se llama Holm.",
    "Исправление: мэра зовут Хольм.",
    "更正：市长名为霍尔姆。",
    "تصحيح: اسم العمدة هولم",
]


@pytest.mark.parametrize("head", HEADS)
def test_a_notice_above_the_story_is_left_out(head: str) -> None:
    for between in ("\n", "\n\n"):
        assert parted(head + between + STORY).story == STORY
        for date in ("date 2021-07-28\n", "2021-07-28\n", "Wednesday, July 28, 2021\n", "28.07.2021\n", "2021/07/28\n"):
            assert parted(date + head + between + STORY).story == date + STORY
        titled = "Harbour of Norrby reopens" + between + STORY
        assert parted(head + between + titled).story == titled


@pytest.mark.parametrize("head", ["(Adds details, paragraph 3) ", "(2nd LD) ", "【速報】", "(ROUNDUP) "])
def test_a_mark_before_the_dateline_is_left_out(head: str) -> None:
    assert parted(head + STORY).story == STORY


@pytest.mark.parametrize(
    "mark",
    ["UPDATE 1-", "RPT-UPDATE 2-", "CORRECTED-", "WRAPUP 2-", "REFILE-", "ROUNDUP 2: ", "LEAD 1-", "1st Ld: "],
)
def test_a_mark_before_the_title_is_left_out(mark: str) -> None:
    titled = "Harbour of Norrby reopens\n\n" + STORY
    assert parted(mark + titled).story == titled


def test_all_heads_of_a_wire_go_at_once() -> None:
    head = "a0345 r i\nBC-NORRBY-HARBOUR\nURGENT\n(Adds details, paragraph 3)\nATTENTION EDITORS - PICTURES FOLLOW\n"
    kept = "date 2021-07-28\nHarbour of Norrby reopens\nBy Anna Holm\n"
    assert parted(f"{head}{kept}(345 words)\n{STORY}").story == kept + STORY


TAILS = [
    "(Reporting by Anna Holm in Norrby; Editing by Jonas Ek)",
    "(Reporting by Anna Holm and Jonas Ek; Additional reporting by Li Wei in Sando; Editing by (Mr.) Ek)",
    "(Writing by Anna Holm; editing by Jonas Ek)",
    "(Additional reporting by Anna Holm)",
    "(Editing by Jonas Ek)",
    "Reporting by Anna Holm in Norrby; Editing by Jonas Ek",
    "Additional reporting by Anna Holm.",
    "Anna Holm contributed to this report.",
    "(Bericht: Anna Holm, Redaktion: Jonas Ek)",
    "(Bericht von Anna Holm. Redigiert von Jonas Ek.)",
    "(Reportage Anna Holm, édité par Jonas Ek)",
    "(Reporte de Anna Holm; Editado en español por Jonas Ek)",
    "(Текст: Анна Хольм)",
    "责任编辑：张三",
    "（责任编辑：张三）",
    "（記者・山田太郎）",
    "(إعداد آنا هولم للنشرة العربية - تحرير يوناس إيك)",
    "((anna.holm@coastwire.example; +1 555 0100))",
    "((Norrby newsroom, +1 555 0100))",
    "Copyright 2021 Coastwire. All rights reserved.",
    "© 2021 Coastwire",
    "(c) 2021 Coastwire",
    "All rights reserved.",
    "Alle Rechte vorbehalten",
    "Tous droits réservés",
    "Todos los derechos reservados",
    "Все права защищены.",
    "版权所有 未经许可不得转载",
    "無断転載を禁じます",
    "جميع الحقوق محفوظة",
    "Our Standards: The Coastwire Principles.",
    "dpa abc xy n1 z2",
    "dpa-infocom, dpa:210728-99-123456/3",
    "/ab",
    "ah/bfi/gap",
    "(Schluss) abc/xyz",
    "-- MORE --",
    "MORE",
    "(more)",
    "(MORE TO COME)",
    "(Fortsetzung folgt)",
    "(à suivre)",
    "(sigue)",
    "(Продолжение следует)",
    "（待续）",
    "（続く）",
    "(يتبع)",
    "###",
    "# # #",
    "-30-",
    "– 30 –",
    "ENDS",
    "-ENDS-",
    "(ENDS)",
    "ENDE",
    "FIN",
    "КОНЕЦ",
    "（完）",
    "(끝)",
    "انتهى",
    "Read more",
    "Read more →",
    "Continue reading Harbour of Norrby reopens »",
    "Weiterlesen",
    "Lire la suite…",
    "Leer más",
    "Читать далее",
    "阅读全文",
    "続きを読む",
    "اقرأ المزيد",
    "Read also: Storm takes the harbour of Norrby",
    "Lesen Sie auch: Sturm in Norrby",
    "Lire aussi : Tempête à Norrby",
    "Lea también: Tormenta en Norrby",
    "Читайте также: Шторм в Норрбю",
    "相关阅读：风暴",
    "اقرأ أيضا: عاصفة",
    "The post Harbour of Norrby reopens appeared first on Coastwire.",
    "This story has been corrected to show that the harbour closed in 2012.",
    "This article was amended on 29 July 2021 to correct the name of the mayor.",
    "An earlier version of this article misstated the name of the mayor.",
    "Correction: the harbour closed in 2012.",
    "Clarification: the mayor spoke on Tuesday.",
    "Editor's note: the mayor is a relative of the author.",
    "Berichtigung: Der Hafen schloss 2012.",
    "In einer früheren Version dieses Artikels hieß es, der Hafen habe 2011 geschlossen.",
    "Rectificatif : le port a fermé en 2012.",
    "Une version précédente de cet article indiquait 2011.",
    "Fe de errores: el puerto cerró en 2012.",
    "В предыдущей версии этой статьи был указан 2011 год.",
    "更正：港口于2012年关闭。",
    "この記事は2021年7月29日に訂正しました。",
    "نسخة سابقة من هذا المقال ذكرت 2011",
    "345 words",
    "Contact: Anna Holm, +1 555 0100",
    "Media contact:\nAnna Holm\nHarbour office\nTel.: +1 555 0100\nanna@norrby.example",
    "Pressekontakt:\nAnna Holm\nTelefon: 0555 0100",
    "For more information, please visit www.norrby.example",
    "Контакты для прессы: anna@norrby.example",
    "ENDS\n\nNotes to editors\n1. The harbour closed in 2012.\n2. It is 9 m deep.",
    "###\n\nAbout Coastwire\nCoastwire tells the news of the coast.",
]


@pytest.mark.parametrize("tail", TAILS)
def test_a_notice_below_the_story_is_left_out(tail: str) -> None:
    for between in ("\n", "\n\n"):
        assert parted(STORY + between + tail).story == STORY
        assert parted(f"{STORY}{between}(Reporting by Anna Holm){between}{tail}\n").story == STORY


@pytest.mark.parametrize(
    "tail",
    [
        "(Reporting by Anna Holm in Norrby; Editing by Jonas Ek)",
        "((anna.holm@coastwire.example))",
        "（完）",
        "(END)",
        "/ab",
        "Read more",
        "… Continue reading →",
    ],
)
def test_a_notice_at_the_end_of_the_last_line_is_left_out(tail: str) -> None:
    assert parted(f"{STORY} {tail}").story in (STORY, f"{STORY} …")


SENTENCES = [
    "Correction officers struck on Wednesday.",
    "Corrections were long overdue, the mayor said.",
    "(Adding a harbour took nine years, she said.)",
    "(Updates to the harbour will cost nine million, she said.)",
    "(The ferry is called Holm.)",
    "Urgent repairs go on at the harbour.",
    "URGENT repairs go on at the harbour.",
    "Editors of nine papers came to Norrby.",
    "The report was updated on Tuesday with nine more deaths.",
    "The story was told by nine mayors.",
    "This report was revised by the ministry last year.",
    "An earlier version of the bill failed in 2019.",
    "The embargo on oil of Sando holds until July 30.",
    "Embargo on oil of Sando to hold until July 30, says the minister.",
    "Embargoed oil reached Norrby on Wednesday.",
    "Sperrfrist und Embargo sind Wörter der Presse.",
    "A kill notice was sent by the agency, which withdrew its report.",
    "Kill the project, the mayor said.",
    "Press releases of the ministry said nothing of it.",
    "Copyright law protects the photographs, the court said.",
    "Ends meet again in Norrby.",
    "The end of the pier is closed.",
    "More ferries will come.",
    "Read more books, the mayor told the children.",
    "She wants to read more.",
    "Contact was lost at noon.",
    "Contacts with Sando were broken off.",
    "Reporting on the harbour has been hard, the editor said.",
    '"Read more," she said.',
    "Note that the harbour is nine metres deep.",
    "Words: that was all the minister had, critics said.",
    "He scored 30.",
    "Berichtigungen kosten Geld, sagte die Bürgermeisterin.",
    "Weiterlesen lohnt sich, sagte die Bürgermeisterin.",
    "Fin de l'embargo : le port rouvre mercredi.",
    "Срочно нужна помощь, сказала мэр.",
    "更正错误需要时间，市长说。",
    "速報によると、港が再開した。",
]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_that_looks_like_a_notice_stays(sentence: str) -> None:
    """At the head, at the tail, and in between, where a true notice stays too."""
    assert parted(f"{sentence}\n\n{STORY}").story == f"{sentence}\n\n{STORY}"
    assert parted(f"{STORY}\n\n{sentence}").story == f"{STORY}\n\n{sentence}"
    assert parted(f"{STORY} {sentence}").story == f"{STORY} {sentence}"


def test_a_notice_between_sentences_is_part_of_the_story() -> None:
    text = f"{STORY}\n\nURGENT\n\n(Reporting by Anna Holm)\n\n{STORY}"
    assert parted(text).story == text


def test_only_so_many_notices_are_looked_for() -> None:
    """Else a text of nothing but marks of the end would be searched once for each of them."""
    assert parted(STORY + " (END)" * 3).story == STORY
    assert parted(STORY + " (END)" * 50).story == STORY + " (END)" * 47
    assert parted(STORY + "\n(Reporting by Holm)" * 50).story == STORY + "\n(Reporting by Holm)" * 38
    assert parted("URGENT\n" * 50 + STORY).story.startswith("URGENT\n")


def test_below_prose_nothing_is_above_the_story() -> None:
    """A long line is no title, also where it does not end as a sentence does."""
    for prose in ("The harbour of Norrby is open, said the mayor, " * 5 + "and it rained", "The harbour is open."):
        text = f"{prose}\n\nURGENT\n\n{STORY}"
        assert parted(text).story == text


def test_a_text_of_nothing_but_notices_stays_as_it_is() -> None:
    for text in ("URGENT", "KILL\n(Reporting by Anna Holm)", "Read more", "", "\n\n", "###"):
        assert parted(text).story == text


@pytest.mark.parametrize(
    "piece",
    [
        *("(", "((", "[", "*", "#", " ", "\n", "-", ".", "9", "9 ", "a ", "A-", "BC-", "/ab", "Eds: ", "(Adds ", "禁"),
        *("EMBARGOED UNTIL ", "7月28日", "الساعة ", "(Reporting by A(b) ", "Contact: ", "Copyright ", "Read more "),
        *("Notes to editors\n", "(END)", "/ab/ ", "（完）", ". Read more "),
    ],
)
def test_hostile_texts_take_no_time(piece: str) -> None:
    """FAULTS 13: a text of one piece over and over; a quadratic search would take minutes."""
    text = piece * (200_000 // len(piece))
    for hostile in (text, text + "\n" + STORY, STORY + "\n" + text, STORY + text, text + ")"):
        parted(hostile)


@pytest.mark.parametrize(
    "last",
    [
        "Contact: the story of a film that divided a town.",
        "Web: the council's page shows the whole plan.",
        "Phone: 40 percent of the calls were not answered.",
        "Mail: still no letters on the outer islands.",
        "(By Tuesday, nine had died.)",
        "(By May it will have closed.)",
        "Writing by Anna Holm was found in the attic.",
        "Reporting by Anna Holm has led to an arrest.",
        "All rights reserved for the king were abolished.",
        "The post office appeared first on the list of closures.",
    ],
)
def test_a_last_sentence_that_begins_like_a_notice_is_of_the_story(last: str) -> None:
    text = f"The harbour council voted nine to four on Tuesday to widen the northern channel.\n\n{last}"
    assert parted(text).story == text


@pytest.mark.parametrize(
    "last",
    [
        "Contact: Ada Quay, 040 555 0199, desk@harbour.example.",
        "Contact: Ada Quay",
        "For more information, contact the harbour office.",
        "(By Ada Quay)",
        "Reporting by Ada Quay; editing by Ben Holm",
        "All rights reserved.",
        "The post iron and rust appeared first on Harbour News.",
    ],
)
def test_a_last_line_that_is_a_notice_goes(last: str) -> None:
    story = "The harbour council voted nine to four on Tuesday to widen the northern channel."
    assert parted(f"{story}\n\n{last}").story == story
