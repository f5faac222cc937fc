"""The title of a page, chosen of what it gives as one, without the name of the site."""

import re
import unicodedata
from collections.abc import Sequence

from bot.ingest.markup import title_line

_SEPARATOR = re.compile(
    r"\s+(?:[|·•»«/~]|::|--?|[–—])\s+|\s*[｜＿]\s*|_(?=[\u3040-\u9fff가-힣])|\s+\|\||\s*\|\s+|:\s+(?=[^:]{2,40}$)"
)
_LONGEST_HEADING = 300
_GENERAL = {"", "home", "homepage", "startseite", "accueil", "inicio", "untitled", "index", "news", "article"}
_LONGEST_NAME = 60  # characters of the name of a site


def title_of(stated: Sequence[str], headings: Sequence[str], known: Sequence[str], sites: Sequence[str]) -> str | None:
    """The best of the titles that a page states, the surest first: one that a heading of the page bears out, if any is.

    `headings` are those of the first rank, `known` all that may be a title, `sites` names that the site may have.
    """
    shown = [heading for heading in map(title_line, headings) if 2 < len(heading) <= _LONGEST_HEADING]
    others = [title for title in map(title_line, stated) if title]
    names = {_letters(site) for site in sites} - {""}
    forms = [*map(title_line, known[:40]), *others]
    found = [short for title in others if _is_title(short := without_site(title, forms, names), names)]
    borne_out = {_letters(heading) for heading in shown}
    found.sort(key=lambda title: _letters(title) not in borne_out)
    found += [heading for heading in shown if _is_title(heading, names)]
    return _in_full(found[0], found) if found else next(iter(others), None)


def _is_title(title: str, names: set[str]) -> bool:
    return _letters(title) not in names | _GENERAL


def without_site(title: str, known: Sequence[str], names: set[str]) -> str:
    """The title without the name of the site, or of a section, at its end or its beginning.

    What is cut off is a name of the site, or what another form of the title leaves out.
    """
    whole = {_letters(other) for other in known if other != title}
    while (breaks := list(_SEPARATOR.finditer(title))) and _letters(title) not in names:
        first, last = breaks[0], breaks[-1]
        head, tail = title[: last.start()].strip(), title[last.end() :].strip()
        if any(_letters(title[: cut.start()]) in whole for cut in breaks):
            cut = next(cut for cut in breaks if _letters(title[: cut.start()]) in whole)
            return title[: cut.start()].strip()
        if _letters(tail) in names or (_letters(tail).removesuffix("com") in names and "." in tail):
            title = head
        elif _letters(title[: first.start()]) in names and first[0].strip() != ":":
            title = title[first.end() :].strip()
        else:
            break
    return title


def site_name(stated: str, hosts: Sequence[str]) -> str | None:
    """The name in what a page states as that of its site: without a slogan, and no address."""
    name = title_line(stated, 200).lstrip("@")
    parts = [part.strip() for part in _SEPARATOR.split(name)]
    if len(parts) > 1:
        name = site_in_title(name, hosts) or (parts[0] if len(name) > _LONGEST_NAME // 2 else name)
    return name if name and "://" not in name and len(name) <= _LONGEST_NAME else None


def site_in_title(head: str, names: Sequence[str]) -> str | None:
    """The name of the site at an end of the title of a document, told by the name of its host."""
    known = {_letters(name) for name in names} - {""}
    for part in re.split(_SEPARATOR, head)[::-1] if _SEPARATOR.search(head) else ():
        letters = _letters(part)
        if len(letters) > 2 and any(letters == name or (len(letters) > 4 and letters in name) for name in known):
            return part.strip()
    return None


def _in_full(title: str, others: Sequence[str]) -> str:
    """The title in full where it was cut at a limit: search engines show 110 characters, sites cut there."""
    begun = _letters(title.rstrip("… .")) if title.endswith(("…", "...")) or len(title) >= 95 else ""
    longer = [other for other in others if begun and len(other) > len(title) and _letters(other).startswith(begun)]
    return next((other for other in longer if len(other) <= _LONGEST_HEADING), title)


def _letters(text: str) -> str:
    """Letters and digits alone, without accents: what is left when two spellings of a name are compared."""
    decomposed = unicodedata.normalize("NFKD", text.casefold()).removeprefix("the ")
    return "".join(character for character in decomposed if character.isalnum())
