"""What the command line takes in: read ahead but never gathered, stored together but as if one by one."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.assembly import Library, open_library
from bot.errors import ContentRefused, DigestError
from bot.incoming import AT_ONCE, TOGETHER, Found, Incoming, Keeping, Kept, in_order, names_in
from bot.settings import NO_OTHER_MODELS, Settings
from storage import NewArticle, Outcome


def found(text: str, url: str | None = None, address: str = "files") -> Found:
    return Found(address, address, [NewArticle(text, url=url)])


async def test_things_are_read_ahead_and_come_in_their_order() -> None:
    begun: list[str] = []

    async def read(name: str) -> Found:
        begun.append(name)
        if int(name) % 3 == 0:
            raise ContentRefused(f"No {name}.")
        return found(name)

    asked: list[int] = []

    def names() -> Iterator[str]:
        for number in range(50):
            asked.append(number)
            yield str(number)

    came = []
    async for name, one in in_order(names(), read, AT_ONCE):
        came.append(name)
        assert isinstance(one, ContentRefused) == (int(name) % 3 == 0)
        assert len(asked) <= len(came) + AT_ONCE  # a folder of any size is never held as a whole
    assert came == [str(number) for number in range(50)]
    assert sorted(begun, key=int) == came


def test_folders_are_walked_in_order_without_what_is_hidden(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden/3.txt", "b/.4.txt", "c/d/5.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("Text")
    os.mkfifo(tmp_path / "b" / "pipe")  # reading it would never end
    (tmp_path / "c" / "round").symlink_to(tmp_path)
    walked = [Path(name).relative_to(tmp_path).as_posix() for name in names_in([str(tmp_path)])]
    assert walked == ["a.txt", "b/1.txt", "b/2.txt", "c/d/5.txt"]
    assert list(names_in(["https://island.example/", "no-such-file"])) == ["https://island.example/", "no-such-file"]


@pytest_asyncio.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    async with open_library(Settings(_env_file=None, home=tmp_path, database_url=None, **NO_OTHER_MODELS)) as opened:
        yield opened


async def kept(library: Library, founds: list[Found | ContentRefused]) -> list[Kept]:
    keeping = Keeping(library)
    told = [one for number, each in enumerate(founds) for one in await keeping.add(str(number), each)]
    return told + await keeping.finish()


async def test_what_is_stored_together_is_stored_as_if_one_by_one(library: Library) -> None:
    same = "https://island.example/ferry"
    founds: list[Found | ContentRefused] = [
        found("The ferry sails again on Monday after weeks in dock.", same),
        found("The council voted to widen the channel."),
        ContentRefused("No."),
        found("The ferry sails again on Monday after weeks in dock, says the company.", same),
        found("The council voted to widen the channel."),
        found("The ferry sails again on Monday after weeks in dock, says the company, and more.", same, "other"),
    ]
    told = await kept(library, founds)
    assert [one.name for one in told] == ["0", "1", "2", "3", "4", "5"]
    assert [one.outcomes for one in told[:2]] == [[Outcome.STORED], [Outcome.STORED]]
    assert told[2] == Kept("2", [], (("2", "No."),))
    assert [one.outcomes for one in told[3:5]] == [[Outcome.UPDATED], [Outcome.DUPLICATE]]


async def test_no_more_is_held_back_than_is_stored_together(library: Library) -> None:
    keeping = Keeping(library)
    told: list[Kept] = []
    for number in range(3 * TOGETHER):
        told += await keeping.add(str(number), found(f"Text number {number} of the harbour council."))
        assert number + 1 - len(told) < TOGETHER
    told += await keeping.finish()
    assert [one.outcomes for one in told] == [[Outcome.STORED]] * (3 * TOGETHER)


async def test_names_that_cannot_be_read_are_refused_in_words(library: Library, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large.txt").write_bytes(b"a" * 8_000_001)
    reasons = {
        "no-such-file": "no such file",
        "a" * 5000: "cannot be read",
        str(tmp_path / "pipe"): "no file that could be read to an end",
        str(tmp_path / "large.txt"): "larger than 8 MB",
        "http://127.0.0.1/": "not a public address",
    }
    for name, reason in reasons.items():
        with pytest.raises(DigestError, match=reason):
            await Incoming(library).read(name)


async def test_feeds_of_one_name_are_sources_of_their_own(library: Library, tmp_path: Path) -> None:
    addresses = set()
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "feed.xml").write_text("<rss version='2.0'><channel><title>Post</title></channel></rss>")
        one = await Incoming(library).read(str(tmp_path / folder / "feed.xml"))
        assert one.title == "Post"
        assert str(tmp_path) not in one.address
        addresses.add(one.address)
    assert len(addresses) == 2
