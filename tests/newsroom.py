"""News of our own that tell of different things: none is taken for a copy of another."""

from storage import NewArticle
from tests.factories import an_article

NEWS = {
    "harbour": "Oil spilled into the harbour on Friday morning. Divers laid 400 metres of barrier across its mouth.",
    "bridge": "Engineers closed the old bridge after cracks were seen. Buses take a longer way through Sundvik now.",
    "library": "A reading room for children was given to the library. It has 3,000 books and a stove.",
    "market": "Sellers of the market want lower rents next year. Eleven of them shut their stalls for a day.",
    "tower": "Lightning struck the tower during the storm last night. Its clock stopped at 23:14.",
    "garden": "Visitors of the garden can see a rare orchid bloom. It opens once in nine years.",
    "stadium": "The club sold every seat of the stadium for the final. Fans slept in queues from Tuesday on.",
    "museum": "Thieves took two silver cups out of the museum. A guard heard glass break and called for help.",
    "lighthouse": "Volunteers lit the lighthouse again after nineteen dark years. The lamp cost 140,000 crowns.",
    "observatory": "Students at the observatory photographed a comet. Their teacher had built the telescope herself.",
}
"""What happened, by what it happened to."""


def a_report(subject: str, **changes: object) -> NewArticle:
    """The article on one of them."""
    return an_article(subject, **({"text": NEWS[subject]} | changes))
