"""Pages of our own writing in the shapes that news sites have, each with what a reader takes for its article."""

from tests.newspages.prose import STORIES as STORIES
from tests.newspages.shapes import NewsPage as NewsPage
from tests.newspages.shapes import news_pages as news_pages
