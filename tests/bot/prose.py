"""Reports of words that were made by chance: none has more than small words in common with another."""

import random

_STARTS = ["b", "br", "d", "f", "fl", "g", "gr", "h", "k", "kl", "l", "m", "n", "p", "pr", "r", "s", "st", "t", "v"]
_MIDDLES = ["a", "e", "i", "o", "u", "ai", "ea", "ou"]
_ENDS = ["nd", "rk", "lm", "ster", "ton", "rin", "let", "mor", "ck", "sh", "ver", "dal"]
_SMALL = ["the", "of the", "in a", "and", "for", "with the", "near a", "after the"]


def word(rng: random.Random) -> str:
    """A word that means nothing."""
    return "".join(rng.choice(each) for each in (_STARTS, _MIDDLES, _STARTS, _MIDDLES, _ENDS))


def sentence(rng: random.Random, words: int = 8) -> str:
    """A sentence that means nothing: a name, words, and a number in every third."""
    said = [word(rng).capitalize()]
    for _ in range(words):
        said += [rng.choice(_SMALL), word(rng)] if rng.random() < 0.4 else [word(rng)]
    return " ".join([*said, str(rng.randrange(2, 900))] if rng.random() < 0.3 else said)


def report(rng: random.Random, sentences: int) -> str:
    """A report of so many sentences."""
    return ". ".join(sentence(rng) for _ in range(sentences)) + "."
