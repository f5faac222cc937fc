"""What is kept of an entry, where a feed alone would not show it."""

from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.feeds.entries import find_address
from bot.ingest.feeds.rawfeeds import Reference
from bot.ingest.web.urls import find_url

ADDRESSES = st.one_of(
    st.from_regex(r"https?://[a-zA-Z0-9.-]{1,20}(:[0-9]{1,5})?(/[A-Za-z0-9._~%?=&#:@ -]{0,20}){0,4}", fullmatch=True),
    st.from_regex(r"https?://[a-z]{1,8}-?[a-z]{1,5}\.example(/[A-Za-z0-9._-]{1,8}){1,4}/?", fullmatch=True),
    st.from_regex(
        r"https?://(xn--[a-z]{1,5}|[0-9]{1,3}|[a-z0-9]{1,5})(\.[a-z0-9]{1,5}){1,4}/(\.{1,2}/|x){1,3}", fullmatch=True
    ),
)


@given(ADDRESSES)
def test_an_address_is_the_same_whether_it_had_to_be_parsed_or_not(address: str) -> None:
    assert find_address([Reference(address)]) == find_url(address)


def test_the_first_link_that_leads_anywhere_is_taken() -> None:
    links = [
        Reference(""),
        Reference("javascript:x"),
        Reference("../a", "https://harbour.example/b/c"),
        Reference("/d"),
    ]
    assert find_address(links) == "https://harbour.example/a"
    assert find_address(links[:2]) is None
