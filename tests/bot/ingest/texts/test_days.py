"""Which days relative dates mean, counted from the day of filing, and that what is not clear is left out."""

from datetime import date, timedelta

import pytest

from bot.ingest.texts.days import MOST_DAYS, days_meant

FILED = date(2021, 7, 28)  # a Wednesday


def meant(text: str, filed: date = FILED) -> list[tuple[str, str]]:
    return [(text[start:end], f"{day:%m-%d}") for start, end, day in days_meant(text, 0, filed)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The harbour of Norrby reopened on Tuesday, the mayor said.", [("Tuesday", "07-27")]),
        (
            "The mayor said Tuesday that the harbour will reopen on Friday.",
            [("Tuesday", "07-27"), ("Friday", "07-30")],
        ),
        (
            "The harbour will reopen on Friday, the mayor said on Wednesday.",
            [("Friday", "07-30"), ("Wednesday", "07-28")],
        ),
        (
            "On Friday the court will rule on a case that it heard on Monday.",
            [("Friday", "07-30"), ("Monday", "07-26")],
        ),
        (
            "The harbour, which will reopen on Friday, was closed on Monday.",
            [("Friday", "07-30"), ("Monday", "07-26")],
        ),
        ("The minister resigned last Friday and left yesterday.", [("last Friday", "07-23"), ("yesterday", "07-27")]),
        ("The council meets next Tuesday to vote on the harbour.", [("next Tuesday", "08-03")]),
        (
            "The council will meet tomorrow, and the mayor spoke earlier today.",
            [("tomorrow", "07-29"), ("earlier today", "07-28")],
        ),
        ("Yesterday the mayor spoke.", [("Yesterday", "07-27")]),
        ("It rained. Tonight the mayor will speak.", [("Tonight", "07-28")]),
        ("The harbour has been closed since Sunday.", [("Sunday", "07-25")]),
        ("The ferry sank on Friday after a storm struck it.", [("Friday", "07-23")]),
        ("The harbour is expected to open on Saturday.", [("Saturday", "07-31")]),
        ("The ferry sank this past Friday, the mayor said.", [("this past Friday", "07-23")]),
        ("Der Hafen wurde am Dienstag wieder geöffnet, sagte die Frau.", [("Dienstag", "07-27")]),
        (
            "Der Hafen wird am Freitag geöffnet, teilte die Stadt am Dienstag mit.",
            [("Freitag", "07-30"), ("Dienstag", "07-27")],
        ),
        (
            "Die Stadt will am kommenden Freitag wählen und hat gestern geübt.",
            [("kommenden Freitag", "07-30"), ("gestern", "07-27")],
        ),
        ("Am vergangenen Mittwoch war der Hafen noch zu.", [("vergangenen Mittwoch", "07-21")]),
        ("Le port a rouvert mardi, a annoncé la maire lundi soir.", [("mardi", "07-27"), ("lundi soir", "07-26")]),
        ("Le port rouvrira vendredi, a indiqué la maire hier.", [("vendredi", "07-30"), ("hier", "07-27")]),
        (
            "La maire a été élue dimanche dernier et prendra ses fonctions lundi prochain.",
            [("dimanche dernier", "07-25"), ("lundi prochain", "08-02")],
        ),
        ("El puerto reabrió el martes, dijo la alcaldesa.", [("martes", "07-27")]),
        ("El puerto abrirá el viernes, según anunció ayer la alcaldesa.", [("viernes", "07-30"), ("ayer", "07-27")]),
        ("La alcaldesa fue elegida el pasado domingo.", [("pasado domingo", "07-25")]),
        ("Порт открыли во вторник, сообщила мэр в понедельник.", [("вторник", "07-27"), ("понедельник", "07-26")]),
        ("Порт откроется в пятницу, сообщила мэр вчера.", [("пятницу", "07-30"), ("вчера", "07-27")]),
        (
            "قالت العمدة يوم الثلاثاء إن الميناء سيفتح يوم الجمعة المقبل.",
            [("الثلاثاء", "07-27"), ("الجمعة المقبل", "07-30")],
        ),
        ("قالت العمدة أمس الثلاثاء إن الميناء مفتوح.", [("الثلاثاء", "07-27")]),
        (
            "市长周二表示，港口将于周五重新开放，昨天下雨了。",
            [("周二", "07-27"), ("周五", "07-30"), ("昨天", "07-27")],
        ),
        ("他27日说，会议将于下周一举行，每周二开会。", [("27日", "07-27"), ("下周一", "08-02")]),
        (
            "市長は火曜日に港が再開したと述べた。会議は金曜日に開かれる予定。",
            [("火曜日", "07-27"), ("金曜日", "07-30")],
        ),
        ("市長は27日、港が再開したと発表した。昨日は雨だった。", [("27日", "07-27"), ("昨日", "07-27")]),
    ],
)
def test_a_relative_date_means_the_nearest_day_on_its_side(text: str, expected: list[tuple[str, str]]) -> None:
    assert meant(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The council will vote on Wednesday.",  # today or in a week
        "The council was due to meet on Friday but cancelled.",
        "The council would meet on Friday, she said.",
        "The accused appears in court on Friday.",
        "Trains run on Friday.",
        "The minister resigned last Monday.",  # two days ago or nine
        "The council meets next Friday.",  # in two days or nine
        "The market was open every Tuesday and on Good Friday, the mayor said.",
        "The market was closed on Tuesdays.",
        "The storm struck on Monday, July 26, and left nine dead.",
        "The storm struck on Monday 26 July and left nine dead.",
        "The photograph was taken on Tuesday, Nov, 29.",
        "Monday's storm left nine dead.",
        "The film See You Yesterday was shown.",
        "He wrote for the Sunday Times and led Sheffield Wednesday.",
        "The harbour was open from Monday to Friday.",
        "The harbour is the heart of the world today, said the leaders of tomorrow.",
        '"We opened on Friday," the mayor said.',
        "“We opened on Friday,” the mayor said.",
        '"We will open tomorrow,\n\n"We opened yesterday.',
        "Nine died last week, and nine in June.",
        "Der Mann soll am Dienstag seine Frau angegriffen haben.",
        "Die Bürgermeisterin sagte der Bild am Sonntag, der Hafen sei zu.",
        "Der Hafen wurde am Dienstag, 27. Juli, geöffnet.",
        "Er sagte: „Wir haben gestern geöffnet.“",
        "Le Journal du dimanche l'a écrit, et le lundi de Pâques il a fermé.",
        "Le port a rouvert mardi 27 juillet.",
        "Los martes abrió el mercado, dijo la alcaldesa de Santo Domingo.",
        "Это влияло на среду обитания, заявила мэр.",
        "قالت العمدة أمس الجمعة إن الميناء مفتوح.",  # yesterday was no Friday
        "6月27日发生风暴，28日市长说。",  # of June, as it seems
        "市長は28日間の工事を発表した。",
        "一小時後，市長說了。",
    ],
)
def test_what_leaves_a_doubt_is_left_out(text: str) -> None:
    assert meant(text) == []


def test_each_weekday_is_the_nearest_before_and_after_any_day() -> None:
    names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    for shift in range(14):
        filed = FILED + timedelta(days=shift)
        for number, name in enumerate(names):
            ((_, _, before),) = days_meant(f"The mayor said on {name} that it rained.", 0, filed)
            assert (before.weekday(), (filed - before).days in range(7)) == (number, True)
            after = days_meant(f"The mayor will speak on {name} in Norrby.", 0, filed)
            assert [(day.weekday(), (day - filed).days in range(1, 7)) for _, _, day in after] == (
                [(number, True)] if number != filed.weekday() else []
            )


def test_the_new_year_is_crossed() -> None:
    assert meant("The mayor said on Friday that it rained.", date(2022, 1, 2)) == [("Friday", "12-31")]
    assert meant("市长31日说，港口将开放。", date(2022, 1, 2)) == [("31日", "12-31")]


def test_mentions_are_found_below_the_start_only() -> None:
    text = "NORRBY, Tuesday (Coastwire) -- The mayor said on Monday that it rained."
    assert [text[a:b] for a, b, _ in days_meant(text, text.index("The"), FILED)] == ["Monday"]


@pytest.mark.parametrize(
    "piece",
    [
        *("The mayor said on Monday. ", "on Monday ", "Monday", "yesterday", '"', "“", "was was ", "every ", "a" * 50),
        *("Der Hafen wurde am Montag geöffnet. ", "de ", "le lundi ", "в ", "во вторник ", "周", "周二", "28日", "7月"),
        *("يوم ", "أمس "),
    ],
)
def test_hostile_texts_take_no_time(piece: str) -> None:
    """FAULTS 13."""
    text = piece * (200_000 // len(piece))
    for opening in ("The mayor said so. ", "Der Hafen wurde von der Stadt nicht geöffnet. ", "港口", ""):
        assert len(days_meant(opening + text, 0, FILED)) <= MOST_DAYS


@pytest.mark.parametrize(
    "text",
    [
        "Police said the march would be held on Saturday.",
        "The council said a vote would be taken on Friday.",
        "The march was to be held on Saturday.",
        "A march to be held on Saturday brought the city to a halt.",
        "The ferry could be sold on Friday, the mayor told reporters.",
        "La police a dit que la marche se tiendrait samedi.",
        "La policía dijo que la marcha se celebraría el sábado.",
        "Every Tuesday the council met.",
        "Most Fridays the harbour was closed. Each Friday it opened late.",
    ],
)
def test_what_was_to_come_and_what_came_again_and_again_is_no_day(text: str) -> None:
    assert meant(text) == []
