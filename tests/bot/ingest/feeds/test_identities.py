"""What an entry is known by: what it has to itself in its feed, and nothing that others share."""

from bot.ingest.feeds.identities import identify
from storage.types import UNNAMED, fingerprint


def entry(guid=None, url=None, title="", text="The council met on Tuesday and voted. " * 8):
    return {"guid": guid, "url": url, "title": title, "text": text, "facts": {"fingerprint": fingerprint(text)}}


def identified(*entries, site_url=None):
    identify(list(entries), site_url)
    return [(each["address"], each["key"]) for each in entries]


def keys(*entries):
    return [key for _, key in identified(*entries)]


def test_a_guid_names_an_entry_whatever_its_link_and_title_are():
    first = keys(entry("urn:1", "https://example.org/a", "A"), entry("urn:2", "https://example.org/b", "B"))
    second = keys(entry("urn:1", "https://example.org/c", "C"), entry("urn:2", "https://example.org/d", "D"))
    assert first == second
    assert len(set(first)) == 2


def test_a_guid_that_entries_share_names_none_of_them():
    """FAULTS 20."""
    named = keys(*(entry("urn:feed", f"https://example.org/{at}", "Same") for at in range(5)))
    assert len(set(named)) == 5
    named = keys(*(entry("urn:feed", None, f"Title {at}") for at in range(5)))
    assert len(set(named)) == 5
    assert keys(*(entry("urn:feed", None, "Same") for _ in range(5))) == [UNNAMED] * 5


def test_marks_of_tracking_and_other_ways_to_write_a_link_name_the_same_entry():
    ways = ["http://www.example.org/a/?utm_source=rss", "https://example.org/a", "https://m.example.org/a#top"]
    assert len({identified(entry(url=way))[0] for way in ways}) == 1
    assert identified(entry(url=ways[0]), entry(url=ways[1])) == [(None, UNNAMED)] * 2  # and none where it is shared


def test_a_front_page_is_no_article():
    for front in ("https://example.org", "https://example.org/", "https://example.org/news"):
        ((address, key),) = identified(entry(url=front, title="Vote"), site_url="https://example.org/news/")
        assert address is None
        assert key == keys(entry(title="vote"))[0]
    assert identified(entry(url="https://example.org/?p=7"))[0][0] == "https://example.org/?p=7"


def test_what_nothing_names_is_the_only_one_or_one_of_many():
    """FAULTS 21."""
    assert keys(entry(text="Now it is 12:01.")) == keys(entry(text="Now it is 12:02."))
    assert keys(entry(text="Now it is 12:01."))[0] != UNNAMED
    assert keys(entry(text="One."), entry("urn:1"), entry(text="Two."))[::2] == [UNNAMED, UNNAMED]


def test_names_of_different_kinds_are_different_names():
    assert len({*keys(entry(guid="x")), *keys(entry(title="x"))}) == 2


def test_a_short_text_is_the_same_only_under_the_same_title():
    first, second, again = (entry(title=title, text="Status: broken") for title in ("Ferry", "Bridge", "Ferry"))
    identify([first, second], None)
    identify([again], None)
    prints = [each["facts"]["fingerprint"] for each in (first, second, again)]
    assert prints[0] == prints[2] != prints[1]
    long = entry(title="Ferry")
    identify([long], None)
    assert long["facts"]["fingerprint"] == fingerprint(long["text"])


def test_odd_names_are_names():
    assert len(set(keys(entry("\ud800"), entry("\x00"), entry("a" * 499), entry("  ")))) == 4
