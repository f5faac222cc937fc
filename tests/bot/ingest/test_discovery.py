"""Discovery: from an address to feeds, without a request."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.discovery import (
    MOST_GUESSES,
    Link,
    is_feed_like,
    page_links,
    spelled_out,
    usual_places,
    worth_choosing,
)
from bot.ingest.knownsites import known_feeds, likely_feeds, without_feeds
from bot.ingest.web.urls import checked_url, same_site

KNOWN = {
    "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv/videos": (
        "https://www.youtube.com/feeds/videos.xml?channel_id=UCabcdefghijklmnopqrstuv"
    ),
    "https://youtube.com/playlist?list=PL12_-x": "https://www.youtube.com/feeds/videos.xml?playlist_id=PL12_-x",
    "https://m.youtube.com/watch?v=1&list=PL12": "https://www.youtube.com/feeds/videos.xml?playlist_id=PL12",
    "https://www.youtube.com/user/Harbour": "https://www.youtube.com/feeds/videos.xml?user=Harbour",
    "https://www.reddit.com/r/islands": "https://www.reddit.com/r/islands/.rss",
    "https://old.reddit.com/r/islands/top/": "https://www.reddit.com/r/islands/top/.rss",
    "https://reddit.com/u/ferryman": "https://www.reddit.com/user/ferryman/.rss",
    "https://www.reddit.com/search/?q=ferry+strike": "https://www.reddit.com/search.rss?q=ferry+strike&sort=new",
    "https://www.reddit.com/r/islands/search?q=ferry": "https://www.reddit.com/r/islands/search.rss?q=ferry&sort=new",
    "https://www.reddit.com/": "https://www.reddit.com/.rss",
    "https://github.com/quill/ferry": "https://github.com/quill/ferry/releases.atom",
    "https://github.com/quill/ferry.git": "https://github.com/quill/ferry/releases.atom",
    "https://github.com/quill/ferry/releases": "https://github.com/quill/ferry/releases.atom",
    "https://github.com/quill/ferry/tags": "https://github.com/quill/ferry/tags.atom",
    "https://github.com/quill/ferry/commits/main/docs": "https://github.com/quill/ferry/commits/main/docs.atom",
    "https://github.com/quill/ferry/tree/next": "https://github.com/quill/ferry/commits/next.atom",
    "https://github.com/quill/ferry/discussions": "https://github.com/quill/ferry/discussions.atom",
    "https://github.com/quill": "https://github.com/quill.atom",
    "https://gitlab.com/quill/boats/ferry": "https://gitlab.com/quill/boats/ferry/-/releases.atom",
    "https://gitlab.com/quill/ferry/-/commits/main": "https://gitlab.com/quill/ferry/-/commits/main?format=atom",
    "https://gitlab.com/quill": "https://gitlab.com/quill.atom",
    "https://codeberg.org/quill/ferry": "https://codeberg.org/quill/ferry/releases.rss",
    "https://codeberg.org/quill": "https://codeberg.org/quill.rss",
    "https://bsky.app/profile/quill.example": "https://bsky.app/profile/quill.example/rss",
    "https://medium.com/@quill": "https://medium.com/feed/@quill",
    "https://medium.com/harbour-notes/a-story-1f2e3d": "https://medium.com/feed/harbour-notes",
    "https://medium.com/tag/ferries": "https://medium.com/feed/tag/ferries",
    "https://quill.medium.com/a-story": "https://quill.medium.com/feed",
    "https://quill.substack.com/p/a-story": "https://quill.substack.com/feed",
    "https://substack.com/@Quill": "https://quill.substack.com/feed",
    "https://quill.tumblr.com/post/1": "https://quill.tumblr.com/rss",
    "https://www.tumblr.com/quill": "https://quill.tumblr.com/rss",
    "https://quill.tumblr.com/tagged/ferry": "https://quill.tumblr.com/tagged/ferry/rss",
    "https://quill.wordpress.com/about/": "https://quill.wordpress.com/feed/",
    "https://quill.wordpress.com/category/boats/": "https://quill.wordpress.com/category/boats/feed/",
    "https://quill.blogspot.com/2026/11/a.html": "https://quill.blogspot.com/feeds/posts/default",
    "https://quill.blogspot.com/search/label/boats": "https://quill.blogspot.com/feeds/posts/default/-/boats",
    "https://stackoverflow.com/questions/tagged/c%2b%2b+boost": (
        "https://stackoverflow.com/feeds/tag?tagnames=c%2B%2B+and+boost&sort=newest"
    ),
    "https://unix.stackexchange.com/questions/tagged/a+or+b": (
        "https://unix.stackexchange.com/feeds/tag?tagnames=a+or+b&sort=newest"
    ),
    "https://stackoverflow.com/questions/17/why": "https://stackoverflow.com/feeds/question/17",
    "https://news.google.com/search?q=ferry&hl=en-GB": "https://news.google.com/rss/search?q=ferry&hl=en-GB",
    "https://news.google.com/topics/CAAq": "https://news.google.com/rss/topics/CAAq",
    "https://pypi.org/project/ferry/1.0/": "https://pypi.org/rss/project/ferry/releases.xml",
    "https://crates.io/crates/ferry": "https://static.crates.io/rss/crates/ferry.xml",
    "https://dev.to/quill": "https://dev.to/feed/quill",
    "https://dev.to/t/boats": "https://dev.to/feed/tag/boats",
    "https://vimeo.com/quill": "https://vimeo.com/quill/videos/rss",
    "https://arxiv.org/list/cs.CL/recent": "https://rss.arxiv.org/rss/cs.CL",
    "https://news.ycombinator.com/": "https://news.ycombinator.com/rss",
}


@pytest.mark.parametrize("page", KNOWN)
def test_the_feed_of_a_known_site_follows_from_the_address(page):
    feed = known_feeds(page)[0].address
    assert feed == KNOWN[page]
    assert checked_url(feed) == feed
    assert known_feeds(feed) == (), "a feed is not taken for a page"


@pytest.mark.parametrize(
    "page",
    [
        "https://example.org/r/islands",
        "https://www.youtube.com/@harbour",  # its page names the channel
        "https://www.youtube.com/watch?v=1",
        "https://www.youtube.com/playlist?list=a%26b",
        "https://github.com/",
        "https://github.com/topics/ferry",
        "https://notgithub.com/quill/ferry",
        "https://medium.com/",
        "https://bsky.app/",
        "https://www.tumblr.com/explore",
        "https://wordpress.com/",
        "https://pypi.org/",
        "https://quill.substack.com/feed",
    ],
)
def test_other_addresses_have_to_be_looked_at(page):
    assert known_feeds(page) == ()


def test_a_repository_offers_a_choice():
    titles = [link.title for link in known_feeds("https://github.com/quill/ferry")]
    assert titles == ["Releases of quill/ferry", "Commits of quill/ferry", "Tags of quill/ferry"]


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("https://mastodon.example/@quill", "https://mastodon.example/@quill.rss"),
        ("https://mastodon.example/@quill/109", "https://mastodon.example/@quill.rss"),
        ("https://mastodon.example/@quill@islands.example", "https://islands.example/@quill.rss"),
        ("https://mastodon.example/tags/ferry", "https://mastodon.example/tags/ferry.rss"),
        ("https://mastodon.example/users/quill", "https://mastodon.example/users/quill.rss"),
        ("https://lemmy.example/c/boats", "https://lemmy.example/feeds/c/boats.xml?sort=New"),
        ("https://forum.example/c/boats/7", "https://forum.example/c/boats/7.rss"),
    ],
)
def test_software_that_anybody_runs_has_its_feeds_in_one_place(page, feed):
    assert likely_feeds(page)[0].address == feed
    assert known_feeds(page) == ()


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("r/islands", "https://www.reddit.com/r/islands"),
        ("/r/islands/", "https://www.reddit.com/r/islands"),
        ("u/ferryman", "https://www.reddit.com/u/ferryman"),
        ("@quill@islands.example", "https://islands.example/@quill"),
        ("@quill.bsky.social", "https://bsky.app/profile/quill.bsky.social"),
        ("feed:https://example.org/feed", "https://example.org/feed"),
        ("feed://example.org/feed", "https://example.org/feed"),
        ("FEED://http://example.org/feed", "http://example.org/feed"),
        ("feed:harbour", "feed:harbour"),
        (" example.org ", "example.org"),
        ("quill@example.org", "quill@example.org"),
        ("https://user:word@example.org/feed", "https://user:word@example.org/feed"),
    ],
)
def test_short_forms_are_spelled_out(typed, address):
    assert spelled_out(typed) == address


def test_sites_without_feeds_are_told_without_a_request():
    assert without_feeds("https://www.instagram.com/quill").startswith("Instagram offers no feeds.")
    assert "Apple Podcasts does not show" in without_feeds("https://podcasts.apple.com/gb/podcast/x/id1")
    assert without_feeds("https://netflix.com/x.com") == ""


def test_articles_stand_before_comments_and_one_format_is_enough():
    links = [
        Link("https://e.example/comments/feed", "Post » Comments Feed"),
        Link("https://e.example/feed", "Post » Feed"),
        Link("https://e.example/atom", "Post » Atom"),
        Link("https://e.example/opinion/feed", "Post » Opinion"),
        Link("https://e.example/old/rss.xml", "", announced=False),
    ]
    assert [link.address for link in worth_choosing(links)] == [
        "https://e.example/feed",
        "https://e.example/opinion/feed",
    ]
    assert worth_choosing(links[:1]) == (links[0],), "comments, where nothing else is there"
    assert worth_choosing(links[4:]) == (links[4],), "a link in the page, where nothing is announced"
    untitled = [Link("https://e.example/rss.xml"), Link("https://e.example/atom.xml"), Link("https://e.example/b.xml")]
    assert worth_choosing(untitled) == (untitled[0], untitled[2])


@pytest.mark.parametrize(
    ("href", "words", "seems"),
    [
        ("/rss", "", True),
        ("/news/feed/", "Subscribe", True),
        ("/index.xml", "", True),
        ("/news.atom", "", True),
        ("/?feed=rss2", "", True),
        ("/subscribe", "RSS", True),
        ("/a-story-about-rss-readers.html", "Why RSS lives", False),
        ("/feedback", "Feedback", False),
        ("/rss.png", "RSS", False),
        ("/atomic-energy", "Atomic energy", False),
        ("http://[", "RSS", False),
    ],
)
def test_links_that_look_like_feeds(href, words, seems):
    assert is_feed_like(href, words) is seems


def test_links_of_a_page_lead_to_its_own_feeds_only():
    page = "https://www.example.org/news/"
    found = page_links(
        [
            ("/rss", "RSS"),
            ("https://feeds.feedburner.com/example", "Feed"),
            ("https://other.example/feed", "Their feed"),
            ("javascript:feed()", "RSS"),
            ("/rss", "again"),
            (page, "RSS"),
        ],
        page,
    )
    assert [link.address for link in found] == ["https://www.example.org/rss", "https://feeds.feedburner.com/example"]
    assert not any(link.announced for link in found)


def test_software_is_asked_for_its_own_place_first():
    assert usual_places("https://e.example/", "WordPress 6.9")[0] == "https://e.example/feed/"
    assert usual_places("https://e.example/", "Hugo 0.140")[0] == "https://e.example/index.xml"
    assert usual_places("https://e.example/blog/", "Ghost 5")[0] == "https://e.example/blog/rss/"
    assert usual_places("https://e.example/blog/index.html")[0] == "https://e.example/blog/feed"
    assert "https://e.example/?feed=rss2" in usual_places("https://e.example", most=9)


@given(
    path=st.text(st.characters(exclude_characters="?#", exclude_categories=["Cs", "Cc"]), max_size=40),
    query=st.text(alphabet="ab=&%2", max_size=8),
    software=st.text(max_size=20),
)
def test_guesses_are_few_stay_on_the_site_and_can_be_fetched(path, query, software):
    """FAULTS 44's rule for discovery too: no address leads to a storm of requests."""
    from bot.errors import FetchRefused

    try:
        page = checked_url(f"https://e.example/{path.strip()}?{query}")
    except FetchRefused:
        return
    places = usual_places(page, software)
    assert len(places) <= MOST_GUESSES
    for place in places:
        assert same_site(place, page)
        assert checked_url(place) == place
    for link in (*known_feeds(page), *likely_feeds(page)):
        checked_url(link.address)


@given(
    host=st.sampled_from([page.split("/")[2] for page in KNOWN]),
    path=st.lists(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12), max_size=5),
    query=st.sampled_from(["", "?q=a%20b", "?list=x%00", "?list=..%2f", "?q="]),
)
def test_no_path_of_a_known_site_breaks_its_rule(host, path, query):
    from bot.errors import FetchRefused

    try:
        page = checked_url(f"https://{host}/{'/'.join(path)}{query}")
    except FetchRefused:
        return
    for link in known_feeds(page):
        checked_url(link.address)
