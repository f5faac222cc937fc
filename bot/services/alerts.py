"""Alert words: what a live digest tells at once, whatever the hour and however much it told already."""

import re

from bot.errors import DigestError
from bot.services.rules import Term, folded

MOST = 30
LONGEST = 60
"""Characters of one word or phrase."""
OPENING = 400
"""Characters at the head of an article that are looked at beside its title: what it is about stands there."""


def parse_alert_words(text: str) -> str:
    """Words and phrases between commas or on lines, each once, as they are kept. Raises DigestError."""
    phrases = [" ".join(phrase.split()) for phrase in re.split(r"[,;\n]", text)]
    kept: dict[str, str] = {}
    for phrase in filter(None, phrases):
        kept.setdefault(folded(phrase), phrase)
    if len(kept) > MOST:
        raise DigestError(f"At most {MOST} alert words are watched for. Leave some out.")
    for phrase in kept.values():
        if len(phrase) > LONGEST or not Term.of(phrase).parts:
            raise DigestError(f"“{phrase[:LONGEST]}” is no word or short phrase to watch for.")
    return ", ".join(kept.values())


class AlertWords:
    """Finds the words and phrases that a digest keeps: whole ones, in any case, with or without accents."""

    def __init__(self, kept: str) -> None:
        terms = (Term.of(phrase) for phrase in kept.split(","))
        self._terms = [term for term in terms if term.parts]

    def __bool__(self) -> bool:
        """There are any."""
        return bool(self._terms)

    def match(self, title: str, text: str) -> bool:
        """Whether the title or the opening of an article has one of them."""
        looked_at = (folded(title), folded(text[:OPENING]))
        return any(term.occurs_in(part) for term in self._terms for part in looked_at)
