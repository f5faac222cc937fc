"""A month of news of our own making, and what is true about it: which event each article is on, which facts it tells.

Six papers report the same events, each in its own words; some print an agency's text, whole or edited; some print a
piece again under another address days later. Some events go on with new facts, others are only told again.
"""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from storage import NewArticle


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


PAPERS = ("Varnes Courier", "Island Post", "Coast Observer", "Northern Star", "Morning Ledger", "Harbour Times")
PLACES = _words(
    """
    Varnes Tolland Ostby Merrow Kelden Brandal Sundvik Arnsby Pelham Rosvik Hadley Corvane Lindau
    Estmark Dunmore Ravi Felsbruck Tarvin Melrose Norrby Selkirk Ambry Torvald Quenby
    """
)
SURNAMES = _words(
    """
    Okafor Lindqvist Moreau Castellan Novak Brandt Haddad Ferreira Kimura Osei Varga Donnelly Petrov
    Aalto Mbeki Rossi Duarte Keller Nyberg Sato Hollis Varela Janssen Kovacs Abara Demir Fontaine
    Gruber Halloran Ibsen
    """
)
FIRST_NAMES = _words(
    """
    Marta Tomas Ingrid Samuel Elena Viktor Amara Jonas Clara Rafael Nadia Peter Sofia Henrik Leila
    Daniel
    """
)


@dataclass(frozen=True)
class Fact:
    """Something that happened, in several wordings."""

    wordings: tuple[str, ...]


@dataclass(frozen=True)
class Chapter:
    """What is known of an event on one day: titles and facts, the first of which says what happened."""

    titles: tuple[str, ...]
    facts: tuple[Fact, ...]


def _chapter(titles: str, *facts: str) -> Chapter:
    return Chapter(_lines(titles), tuple(Fact(_lines(fact)) for fact in facts))


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.strip().splitlines())


_FIRE = (
    _chapter(
        """Fire destroys {thing} in {place}
        {place} {thing} gutted by blaze
        {n1} in hospital after {place} fire""",
        """A fire destroyed the {thing} in {place} on {day}, and {n1} people went to hospital, the fire brigade said.
        {n1} people went to hospital after a blaze gutted the {thing} in {place} on {day}, the fire brigade said.
        The fire brigade said {n1} people went to hospital when flames destroyed the {thing} in {place} on {day}.""",
        """Firefighters from {n2} towns fought the flames until the morning.
        Crews from {n2} towns needed until the morning to put out the flames.""",
        """Smoke closed the road between {place} and {other} for most of the day.
        The road from {place} to {other} stayed closed for most of the day because of the smoke.""",
    ),
    _chapter(
        """Faulty heater started {place} fire
        Heater blamed for fire at {place} {thing}""",
        """A faulty heater started the fire at the {thing} in {place}, the investigator {name} said on {day}.
        The investigator {name} said on {day} that a faulty heater had caused the fire at the {thing} in {place}.""",
        """The owner had been warned about the wiring {n3} times, an inspection report shows.
        An inspection report shows that the owner had received {n3} warnings about the wiring.""",
    ),
    _chapter(
        """{place} to rebuild {thing} by spring
        Council grants money for new {thing} in {place}""",
        """The council of {place} voted on {day} to rebuild the {thing} for {n4} million crowns.
        On {day} the council of {place} decided to spend {n4} million crowns on a new {thing}.""",
        """The architect {name2} was asked to draw the plans before the summer.
        Plans are to be drawn before the summer by the architect {name2}.""",
    ),
)
_STRIKE = (
    _chapter(
        """{org} workers walk out in {place}
        Strike at {org} halts work in {place}""",
        """About {n2}00 workers of {org} went on strike in {place} on {day} over pay, their union said.
        A strike over pay began at {org} in {place} on {day} with about {n2}00 workers, the union said.
        The union said about {n2}00 workers of {org} had stopped work in {place} on {day} in a dispute over pay.""",
        """The union leader {name} demanded {n1} percent more for the night shifts.
        {n1} percent more for night shifts is the demand of the union leader {name}.""",
        """The company said deliveries to {other} would be late by several days.
        Deliveries to {other} would be several days late, according to the company.""",
    ),
    _chapter(
        """Talks at {org} break down
        No deal in {org} dispute""",
        """Talks between {org} and its workers in {place} broke down on {day} after {n3} hours.
        After {n3} hours, talks between {org} and its workers in {place} ended without a result on {day}.""",
        """The mediator {name2} will meet both sides again next week.
        Both sides are to meet the mediator {name2} again next week.""",
    ),
    _chapter(
        """{org} and union agree on pay
        Strike at {org} ends with deal""",
        """The strike at {org} in {place} ended on {day} with a rise of {n4} percent over two years.
        A rise of {n4} percent over two years ended the strike at {org} in {place} on {day}.""",
    ),
)
_COURT = (
    _chapter(
        """{name} on trial over missing {n4} million
        Trial of {name} opens in {place}""",
        """The trial of {name}, accused of taking {n4} million crowns from {org}, opened in {place} on {day}.
        {name} went on trial in {place} on {day}, accused of having taken {n4} million crowns from {org}.
        A court in {place} opened the trial on {day} of {name}, accused of taking {n4} million crowns of {org}.""",
        """Prosecutors want to call {n2} witnesses before the end of the month.
        Before the end of the month {n2} witnesses are to be called by the prosecutors.""",
    ),
    _chapter(
        """Accountant tells of false bills in {name} trial
        Witness speaks of false bills""",
        """An accountant told the court in {place} on {day} that {name} had signed {n3} false bills.
        {name} had signed {n3} false bills, an accountant told the court in {place} on {day}.""",
        """The judge {name2} refused to release the defendant before the verdict.
        A release before the verdict was refused by the judge {name2}.""",
    ),
    _chapter(
        """{name} sentenced to {n1} years
        Court in {place} finds {name} guilty""",
        """The court in {place} sentenced {name} on {day} to {n1} years in prison for fraud.
        {name} must go to prison for {n1} years for fraud, the court in {place} ruled on {day}.""",
    ),
)
_MATCH = (
    _chapter(
        """{place} beat {other} {n5}-1
        {name} leads {place} past {other}""",
        """{place} beat {other} {n5}-1 on {day} with two goals by {name}, and moved up to second place.
        Two goals by {name} gave {place} a {n5}-1 win over {other} on {day} and second place in the table.""",
        """{n2}00 people watched the match in the rain.
        The match was watched in the rain by {n2}00 people.""",
        """The coach {name2} praised the defence and said nothing of the title.
        Nothing was said of the title by the coach {name2}, who praised the defence.""",
    ),
)
_STORM = (
    _chapter(
        """Storm cuts power to {n2},000 homes in {place}
        {n2},000 homes dark after storm in {place}""",
        """A storm cut the power of {n2},000 homes around {place} on {day}, the grid operator {org} said.
        {n2},000 homes around {place} were without power on {day} after a storm, according to the grid operator {org}.
        The grid operator {org} said a storm had left {n2},000 homes around {place} without power on {day}.""",
        """Ferries to {other} stayed in port because of waves of {n1} metres.
        Waves of {n1} metres kept the ferries to {other} in port.""",
    ),
    _chapter(
        """Power back in {place} after storm
        Storm in {place}: last homes have light again""",
        """All homes around {place} had power again on {day}, and {org} counted {n3} broken masts.
        {org} counted {n3} broken masts and said on {day} that all homes around {place} had power again.""",
        """Insurers put the damage at {n4} million crowns.
        The damage was put at {n4} million crowns by insurers.""",
    ),
)
_VOTE = (
    _chapter(
        """{place} council votes for tram line
        Tram line in {place} gets green light""",
        """The council of {place} voted {n2} to {n1} on {day} for a tram line to {other}.
        By {n2} votes to {n1} the council of {place} decided on {day} to build a tram line to {other}.
        A tram line from {place} to {other} was approved by the council on {day} with {n2} votes to {n1}.""",
        """The line will cost {n4} million crowns and open in {n3} years, the mayor {name} said.
        The mayor {name} said the line would open in {n3} years and cost {n4} million crowns.""",
        """Shopkeepers on Bridge Street fear years of building in front of their doors.
        Years of building in front of their doors are what shopkeepers on Bridge Street fear.""",
    ),
    _chapter(
        """Residents collect names against tram
        Petition against {place} tram line""",
        """A petition against the tram line in {place} had {n6} names on {day}, its author {name2} said.
        {name2}, the author of a petition against the tram line in {place}, counted {n6} names on {day}.""",
    ),
)
_KINDS = (_FIRE, _STRIKE, _COURT, _MATCH, _STORM, _VOTE)
_THINGS = ("furniture factory", "bus depot", "old theatre", "paper mill", "covered market", "sawmill", "school gym")
_ORGS = (
    "Nordkraft",
    "Bellan Foods",
    "Havsund Shipping",
    "Castor Steel",
    "Merlo Textiles",
    "Aldgate Bank",
    "Ostra Rail",
)


@dataclass(frozen=True)
class Event:
    """One event: its chapters with all names and figures in them."""

    number: int
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True)
class Report:
    """An article of one paper, and what is true of it."""

    paper: str
    at: datetime
    article: NewArticle
    event: int


@dataclass(frozen=True)
class Month:
    """All reports in the order in which they come, and the facts: chapter and place, by event and wording."""

    reports: tuple[Report, ...]
    facts: dict[tuple[int, str], tuple[int, int, int]]


def a_month(start: datetime, days: int, *, a_day: int = 4, seed: int = 7) -> Month:
    """So many days of news with that many new events a day."""
    rng = random.Random(seed)
    reports: list[Report] = []
    facts: dict[tuple[int, str], tuple[int, int, int]] = {}
    for number in range(days * a_day):
        begins = start + timedelta(days=number // a_day, minutes=rng.randrange(30, 1380))
        event = Event(number, tuple(_named(_KINDS[number % len(_KINDS)], rng, number, begins)))
        for at, chapter in enumerate(event.chapters):
            for place, fact in enumerate(chapter.facts):
                facts |= {(number, wording): (number, at, place) for wording in fact.wordings}
        reports += _reports(event, begins, rng)
    end = start + timedelta(days=days)
    return Month(tuple(sorted((r for r in reports if r.at < end), key=lambda report: report.at)), facts)


def _named(kind: Sequence[Chapter], rng: random.Random, number: int, begins: datetime) -> Iterator[Chapter]:
    place, other = rng.sample(PLACES, 2)
    surnames = rng.sample(SURNAMES, 2)
    names = {
        "place": place,
        "other": other,
        "name": f"{rng.choice(FIRST_NAMES)} {surnames[0]}",
        "name2": f"{rng.choice(FIRST_NAMES)} {surnames[1]}",
        "thing": rng.choice(_THINGS),
        "org": rng.choice(_ORGS),
        "n1": rng.randrange(5, 17),
        "n2": rng.randrange(18, 49),
        "n3": rng.randrange(3, 15) * 2 + 21,
        "n4": rng.randrange(101, 940),
        "n5": rng.randrange(2, 6),
        "n6": rng.randrange(2100, 9000),
    }
    for at, chapter in enumerate(kind[: 1 + number % 3]):
        day = {"day": f"{begins + timedelta(days=at):%A}"}
        yield Chapter(
            tuple(title.format(**names, **day) for title in chapter.titles),
            tuple(Fact(tuple(wording.format(**names, **day) for wording in f.wordings)) for f in chapter.facts),
        )


def _reports(event: Event, begins: datetime, rng: random.Random) -> Iterator[Report]:
    for at, chapter in enumerate(event.chapters):
        known = event.chapters[0].facts[:1] if at else ()
        papers = rng.sample(PAPERS, rng.randrange(1, 5))
        first: Report | None = None
        for paper in papers:
            when = begins + timedelta(days=at, minutes=rng.randrange(0, 240))
            if first is not None and rng.random() < 0.3:  # an agency's text
                yield _printed(first, paper, when, rng, edited=True)
                continue
            facts = [chapter.facts[0], *rng.sample(chapter.facts[1:], len(chapter.facts) - 1), *known]
            text = " ".join(rng.choice(fact.wordings) for fact in facts)
            made = _article(paper, f"{event.number}-{at}", rng.choice(chapter.titles), text, when)
            first = first or Report(paper, when, made, event.number)
            yield Report(paper, when, made, event.number)
        if first is not None and rng.random() < 0.25:  # the same again, days later, under another address
            later = first.at + timedelta(days=rng.randrange(1, 12), minutes=rng.randrange(0, 600))
            yield _printed(first, rng.choice(PAPERS), later, rng, edited=rng.random() < 0.7)


def _printed(first: Report, paper: str, at: datetime, rng: random.Random, *, edited: bool) -> Report:
    """The text of another paper, with a sentence less or in another order where it is edited."""
    sentences = first.article.text.replace(". ", ".\n").split("\n")
    if edited and len(sentences) > 2:
        sentences = [sentences[0], *rng.sample(sentences[1:], len(sentences) - 1 - rng.randrange(0, 2))]
    address = f"{first.event}-{rng.randrange(10**9)}"
    title = first.article.title or ""
    return Report(paper, at, _article(paper, address, title, " ".join(sentences), at), first.event)


def _article(paper: str, address: str, title: str, text: str, at: datetime) -> NewArticle:
    link = f"https://{paper.lower().replace(' ', '-')}.example/{address}"
    return NewArticle(text, title=title, url=link, link=link, published=at, language="en")
