"""Lines around an article: each kind that goes beside a line that begins like it and stays."""

import pytest

from bot.ingest.pages.boilerplate import goes_anywhere, story

OPENING = "The harbour council voted nine to four on Tuesday to widen the northern channel before next winter."
MIDDLE = "The work is to begin in May and will cost about forty million, the treasurer said after the meeting."
CLOSING = "The opposition said it would ask a court to look at the way in which the contract was given out."

ANYWHERE = [
    # pointers to other stories
    ("Read more: How the town found its spring", "Read more books, the minister told the pupils of the school."),
    ("Also read: Herring prices fall again", "Also reading the letter was his brother, who had come from Sarn."),
    ("Related stories", "Related costs rose by a third last year, the auditors found."),
    ("Watch: The moment the bridge was lifted", "Watch makers in the valley say that they have never sold less."),
    ("Don’t miss", "Don’t miss the last ferry, she warned, because nobody will wait for you."),
    ("More on this story", "More on this will be known when the court has heard both sides."),
    ("Lesen Sie auch: Warum Neustadt keine Brücke wollte", "Lesen Sie den Vertrag, riet der Anwalt seinen Mandanten."),
    ("Mehr zum Thema", "Mehr zum Ärger der Anwohner als zu ihrer Freude fährt die Fähre wieder."),
    ("Lire aussi : Les fontaines oubliées", "Lire est un plaisir que la commune veut partager avec tous."),
    ("Te puede interesar: El verano en que ardió la sierra", "Te puede costar caro, advirtió la alcaldesa."),
    ("Leggi anche: Gli emigrati che pagarono la campana", "Leggi e regole non bastano, ha detto il sindaco."),
    ("Leia também: O último filme da praça", "Leia o contrato antes de assinar, aconselhou a vereadora."),
    ("Lees ook: De brug die niemand rood wilde", "Lees de brief nog eens, zei de wethouder tegen de raad."),
    ("Читайте также: Сорок лет без воды", "Читайте договор внимательно, посоветовала глава поселения."),
    ("延伸阅读：老人为什么怕过桥", "延伸到对岸的新路将在明年五月之前完成。"),
    ("【関連記事】嵐の夜に光った灯台", "関連する工事は二月に始まる予定である。"),
    # requests
    ("Share this article", "Share prices fell by a tenth after the council had voted."),
    ("Facebook Twitter WhatsApp Email", "Facebook said on Tuesday that it had removed the page."),
    ("Follow us on Mastodon and Instagram for more stories.", "Follow-up talks on the channel are planned for March."),
    (
        "Sign up for our newsletter and get the day in your inbox.",
        "Sign up sheets hung in every shop of Lantern Street.",
    ),
    ("Subscribe now", "Subscribe now or pay double later, the letter had said to the members of the club."),
    ("Download our app", "Download speeds in the valley doubled after the cable was laid."),
    ("Abonnieren Sie unseren Newsletter", "Abonnenten der Zeitung erhielten den Brief erst am Freitag."),
    ("Suivez-nous sur Facebook", "Suivez la rivière, leur avait dit le berger."),
    ("Síguenos en Instagram", "Siguen abiertas las conversaciones, dijo la alcaldesa."),
    ("Seguici su Facebook", "Seguirono due ore di discussione in consiglio."),
    ("Siga-nos no Facebook", "Siga o rio até à ponte, dizia o velho mapa."),
    ("Volg ons op Instagram", "Volgens de wethouder is er geen geld voor verf."),
    ("Подписывайтесь на наш канал", "Подписи собирали три недели, сказала глава поселения."),
    ("تابعونا على فيسبوك", "تابعونا بصمت حتى وصلنا إلى السوق."),
    # notices of the site
    ("Advertisement", "Advertisement rates have doubled, publishers in the region say."),
    ("Anzeige", "Anzeige erstattete am Mittwoch auch der Fährmann."),
    ("Story continues below", "Story continues to be told in the village, where everybody knew her."),
    (
        "We use cookies to improve your experience on our site.",
        "We used cookies as bait, said the trapper, and it worked.",
    ),
    ("© 2026 Harbour News", "Copyright law protects the map for seventy years, the judge said."),
    ("All rights reserved.", "All rights of way over the pass were confirmed by the court."),
    ("Skip to content", "Skip to the loo, as children sing, was banned from the stage."),
    ("Load more comments", "Load limits on the bridge were lowered to nine tonnes in March."),
    ("* * *", "* Names with a star are those of the readers of 1938, says the list."),
    ("To view this video please enable JavaScript.", "To view this bridge from below, people wait for hours."),
    ("12 comments", "12 commentators had been hired for the match, the station said."),
    ("1 / 5", "1/5 of the houses have no running water, according to the survey."),
    # credits
    ("Photo: Ivar Lund/Hill Archive", "Photographs of the ferry hang in every house of the village."),
    (
        "Photograph by Ivar Lund",
        "Photographs by the hundred were found in the attic when the roof was taken off last spring.",
    ),
    ("Bild: Ilse Brandt / dpa", "Bilder der Fähre hängen in jedem Haus des Dorfes."),
    ("Foto: Rosa Quintana", "Fotos de la sierra cuelgan en todas las casas del pueblo."),
    ("AP Photo/Ivar Lund", "AP courses will be offered at the school from September."),
    ("Getty Images", "Getty was the name of the first owner, the deed shows."),
    # dates on a line of their own
    ("Published 20 November 2026, 14:05", "Published in 1938, the list names every reader of the library."),
    ("Updated: November 20, 2026 at 3:05 pm EST", "Updated rules for the channel come into force in May."),
    ("10:15 Uhr", "10:15 was the hour at which the bridge moved, by eleven millimetres."),
    ("4 min read", "4 minutes later the alarm was lifted, the fire brigade said."),
    ("3 hours ago", "3 hours ago nobody would have believed it, she said."),
]


@pytest.mark.parametrize(("line", "sentence"), ANYWHERE, ids=[line[:20] for line, _ in ANYWHERE])
def test_a_line_of_the_site_goes_and_a_sentence_that_begins_like_it_stays(line: str, sentence: str) -> None:
    assert goes_anywhere(line)
    assert story([OPENING, line, MIDDLE, CLOSING]) == [OPENING, MIDDLE, CLOSING]
    assert story([OPENING, sentence, MIDDLE, CLOSING]) == [OPENING, sentence, MIDDLE, CLOSING]
    assert story([sentence, MIDDLE, CLOSING]) == [sentence, MIDDLE, CLOSING]
    assert story([OPENING, MIDDLE, sentence]) == [OPENING, MIDDLE, sentence]


BEHIND = [
    ("Topics: Bread, Energy, Lantern Street", "Topics of the next meeting are the ferry and the mill."),
    ("Source: Hill Gazette", "Source of the leak was a pipe from 1911, which is to be replaced in March."),
    ("Quelle: dpa", "Quellen gibt es im Tal genug, sagte die Bürgermeisterin."),
    ("Media contact: Dana Roth, +49 30 0000000, press@valley-rail.example", "Media were not let into the hall."),
    ("For more information, visit valley-rail.example", "For more than an hour nothing moved on the bridge."),
    (
        "Reporting by Ada Quay; editing by Bo Dyke",
        "Reporters were kept behind a fence until the bridge had been lifted.",
    ),
    ("This article was first published in the Hill Gazette.", "This article of the treaty was never applied."),
    ("责任编辑：王小明", "编辑部设在镇上最老的房子里，对面就是渡口。"),
    ("dpa/lnw", "dpa reporters were at the ferry when it stopped for good."),
    ("@adaquay on Mastodon", "@ signs were painted on the wall of the post office at night."),
    (
        "Jana Novak writes about trades and what becomes of them.",
        "Jana Novak wrote to the council twice and got no answer.",
    ),
    ("Ada Quay is a reporter for the Harbour News.", "Ada Quay is accused of having taken the money from the till."),
    ("Jan Kern ist Redakteur der Talpost.", "Jan Kern ist seit Mittwoch wieder im Amt."),
    ("The winners:", "The winners were not told before Friday."),
]


@pytest.mark.parametrize(("line", "sentence"), BEHIND, ids=[line[:20] for line, _ in BEHIND])
def test_what_stands_behind_a_story_goes_and_its_last_sentence_stays(line: str, sentence: str) -> None:
    assert story([OPENING, MIDDLE, line]) == [OPENING, MIDDLE]
    assert story([OPENING, MIDDLE, sentence]) == [OPENING, MIDDLE, sentence]


BEFORE = [
    ("By Ada Quay", "By Tuesday the water had reached the second step of the church."),
    ("Von Ilse Brandt", "Von der Fähre blieb nach dem Sturm nur der Motor."),
    ("Home > News > Harbour", "Home is where the ferry lands, the villagers say."),
    ("EXCLUSIVE", "Exclusive clubs on the lake have to open their gates to bathers."),
    ("Listen to this article", "Listen to the river, the old ferryman used to say."),
]


@pytest.mark.parametrize(("line", "sentence"), BEFORE, ids=[line[:20] for line, _ in BEFORE])
def test_what_stands_above_a_story_goes_and_its_first_sentence_stays(line: str, sentence: str) -> None:
    assert story([line, OPENING, MIDDLE]) == [OPENING, MIDDLE]
    assert story([sentence, OPENING, MIDDLE]) == [sentence, OPENING, MIDDLE]


def test_the_title_above_a_story_is_not_told_twice() -> None:
    above = ["Home", "Harbour", "Channel to be widened", "20 November 2026"]
    assert story([*above, OPENING, MIDDLE], "Channel to be Widened") == [OPENING, MIDDLE]
    assert story([OPENING, MIDDLE, "Channel to be widened", CLOSING], "Channel to be widened")[:2] == [OPENING, MIDDLE]


def test_the_list_below_a_pointer_goes_with_it() -> None:
    links = "- Ferry captain retires\n- Why the lighthouse went dark"
    things = "- A coat against the wind.\n- Coins, since no machine takes cards."
    assert story([OPENING, "Related stories", links, MIDDLE]) == [OPENING, MIDDLE]
    assert story([OPENING, "What to bring", things, MIDDLE]) == [OPENING, "What to bring", things, MIDDLE]


def test_a_long_paragraph_stays_whatever_it_begins_with() -> None:
    long = f"Related: {MIDDLE} {MIDDLE} {MIDDLE}"
    assert story([OPENING, long, CLOSING]) == [OPENING, long, CLOSING]


def test_of_lines_that_all_look_like_notices_something_is_left() -> None:
    assert story(["Advertisement", "12 comments"]) == ["Advertisement", "12 comments"]
