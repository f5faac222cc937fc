"""Briefs are made once, and belong to whom their text belongs."""

import pytest

from storage import SHARED, NotFound, server_scope
from tests.factories import NOON, OTHER_SERVER, SERVER


async def test_a_brief_is_kept_once_and_found_by_its_key(storage):
    async with storage.begin() as tx:
        first = await tx.briefs.keep("key", SHARED, {"headline": "one"}, NOON)
        assert await tx.briefs.keep("key", SHARED, {"headline": "two"}, NOON) == first
        assert await tx.briefs.find("key") == (first, {"headline": "one"})
        assert await tx.briefs.find("other") is None


async def test_a_brief_of_another_servers_text_is_not_there(storage):
    async with storage.begin() as tx:
        await tx.servers.ensure(SERVER, NOON)
        brief_id = await tx.briefs.keep("key", server_scope(SERVER), {"headline": "ours"}, NOON)
        assert await tx.briefs.get(brief_id, server_scope(SERVER)) == {"headline": "ours"}
        for scope in (server_scope(OTHER_SERVER), SHARED):
            with pytest.raises(NotFound):
                await tx.briefs.get(brief_id, scope)
        await tx.servers.remove(SERVER)
        assert await tx.briefs.find("key") is None
