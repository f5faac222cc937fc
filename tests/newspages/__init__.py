"""Pages of our own writing in the shapes that news sites have, each with what a reader takes for its article."""

from collections.abc import Iterator

from tests.newspages.prose import STORIES as STORIES
from tests.newspages.shapes import NewsPage as NewsPage
from tests.newspages.shapes import shapes
from tests.newspages.systems import SYSTEMS


def news_pages() -> Iterator[NewsPage]:
    """All of them."""
    yield from shapes()
    for system in SYSTEMS:
        yield system()
