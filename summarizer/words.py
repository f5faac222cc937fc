"""Words as this package counts them: for overlap between sentences, headlines and articles."""

import re
from collections.abc import Iterator

_WORD = re.compile(r"[^\W_]+(?:['’.\-][^\W_]+)*")
# Scripts that put no spaces between words; two neighbouring characters stand in for a word there.
_UNSPACED = re.compile(
    r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]+"
)


def word_set(listed: str) -> frozenset[str]:
    """The words of a list written with white space between them."""
    return frozenset(listed.split())


_STOP_WORDS = word_set(  # English, German, French, Spanish, Portuguese, Italian, Russian, Ukrainian
    """
    a about after again against all also although am an and another any are as at be because been before being
    between both but by can could did do does doing down during each few for from further had has have having he
    her here hers him his how however i if in into is it its itself just last like made many may me might more
    most much must my new no nor not now of off on once one only or other our out over own per said same say
    says she should since so some still such than that the their them then there these they this those though
    through to too two under until up upon us very was we were what when where which while who whom whose why
    will with within without would year years yet you your
    aber alle als am auch auf aus bei bis das dass dem den der des die durch ein eine einem einen einer eines er
    es für gegen hat haben ich ihr im ist kein man mehr mit nach nicht noch nur oder sein seine sich sie sind so
    über um und uns unter vom von vor war waren was wegen wenn werden wie wird wir wurde wurden zu zum zur
    zwischen
    au aux avec ce ces cette ceux comme dans de des deux du elle en est et eux il ils je la le les leur leurs
    lui ma mais ne nous on ont ou par pas plus pour qu que qui sa sans se ses son sont sous sur un une vous été
    être
    al como con cuando del desde dos el ella ellos entre era esta este fue ha han hay hasta las lo los más muy
    no nos o para pero por porque que ser si sin sobre son su sus también tras una uno y ya às ao aos após até
    com da das do e ela ele em essa esse foi mais mas na nas não os ou pela pelo seu sua são também um uma alla
    alle anche che chi ci col come cui dai dal dalla dalle degli dei della delle di è fra gli hanno il ma nei
    nel nella più sono stato sul
    а без бы был была были было в во для до же за и из или их к как когда ко который которые мы на не него нее
    но о об он она они от по под при с сам со так также то того только у уже что чтобы это этого та із й про що
    як
    """
)


def words(text: str) -> list[str]:
    """The words of `text` in order, as written; a run of Chinese or Japanese is one word."""
    return _WORD.findall(text)


def content_words(text: str) -> list[str]:
    """The words that carry meaning, in lower case and in order; Chinese and Japanese as pairs of characters."""
    return list(_content_words(text))


def _content_words(text: str) -> Iterator[str]:
    for word in _WORD.findall(text.lower()):
        if _UNSPACED.search(word):
            for run in _UNSPACED.findall(word):
                yield from (run[i : i + 2] for i in range(max(1, len(run) - 1)))
        else:
            stem = re.sub(r"['’]s$", "", word)
            if len(stem) > 1 and stem not in _STOP_WORDS:
                yield stem


def jaccard(left: set[str], right: set[str]) -> float:
    """Shared words over all words of both sets; 0 where both are empty."""
    union = len(left | right)
    return len(left & right) / union if union else 0.0


def length_in_words(text: str) -> int:
    """About how many words `text` has; in scripts without spaces two characters count as one."""
    unspaced = sum(len(run) for run in _UNSPACED.findall(text))
    return len(_UNSPACED.sub(" ", text).split()) + unspaced // 2
