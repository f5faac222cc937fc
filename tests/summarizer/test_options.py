import asyncio
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from summarizer import Method, Request, Summarizer, Worker
from summarizer.generative import GenerativeSummarizer
from summarizer.options import Options, summarizer_of
from tests.servers import Reply, serving
from tests.summarizer.test_generative import COST, INVENTED, PIER
from tests.summarizer.test_remote import KEY, PATH, answering
from tests.summarizer.tinymodels import save_llama


def test_the_environment_chooses_the_models() -> None:
    assert Options.from_environment({}) == Options()
    environment = {"DATELINE_MODEL": "owner/writer", "DATELINE_ENCODER": "", "DATELINE_HOME": "/srv", "MODEL": "other"}
    assert Options.from_environment(environment) == Options(model="owner/writer")
    with pytest.raises(ValueError, match="DATELINE_SUMMARIZER_URL begins with http"):
        Options.from_environment({"DATELINE_SUMMARIZER_URL": "file:///etc/passwd"})


def test_only_a_key_that_is_set_is_kept_and_it_is_never_shown() -> None:
    options = Options(summarizer_url="http://models.example", summarizer_key=KEY)
    assert KEY not in repr(options)
    assert Options(**json.loads(json.dumps(options.to_json()))) == options


def test_briefs_can_be_kept_by_what_made_them() -> None:
    first, second = Options(model="first"), Options(model="second", summarizer_key=KEY)
    assert len({Options().recipe, first.recipe, second.recipe}) == 3
    assert KEY not in second.recipe
    assert first.was_missed_by("all-MiniLM-L6-v2")
    assert first.was_missed_by("none")
    assert not first.was_missed_by("first")
    assert not Options().was_missed_by("all-MiniLM-L6-v2")
    assert Options(model="first", encoder="/models/multilingual").was_missed_by("multilingual")


def test_without_a_model_briefs_are_extractive() -> None:
    assert type(summarizer_of(Options(encoder=None))) is Summarizer
    assert type(summarizer_of(Options(model="/models/writer.gguf"))) is GenerativeSummarizer
    assert type(summarizer_of(Options(summarizer_url="http://models.example"))) is GenerativeSummarizer


async def test_a_worker_asks_the_server_it_is_told_and_keeps_the_key_out_of_the_environment(
    summarizer: Summarizer,
) -> None:
    async with serving({PATH: answering(f"- {COST}\n- {INVENTED}")}) as site:
        options = Options(model="writer", summarizer_url=site.base, summarizer_key=KEY)
        worker = Worker(options)
        try:
            await worker.warm_up()
            brief = await worker.brief(Request(PIER, title="Island post", points=3))
            assert (brief.method, brief.model) == (Method.MIXED, "writer")
            assert COST in [point.text for point in brief.points]
            assert site.requests[0].headers["Authorization"] == f"Bearer {KEY}"
            site.replies[PATH] = Reply("gone", 404)
            assert await worker.brief(Request(PIER)) == await asyncio.to_thread(summarizer.summarize, Request(PIER))
        finally:
            await worker.close()


async def test_a_worker_generates_with_a_model_of_its_own(summarizer: Summarizer, tmp_path: Path) -> None:
    worker = Worker(Options(model=str(save_llama(tmp_path / "writer", PIER))))
    try:
        brief = await worker.brief(Request(PIER))
    finally:
        await worker.close()
    expected = summarizer.summarize(Request(PIER))
    assert brief == replace(expected, model="writer")


def test_importing_the_options_loads_nothing_heavy() -> None:
    program = "import sys, summarizer.options, summarizer.generative, summarizer.remote, summarizer.models; "
    heavy = ("torch", "transformers", "numpy", "aiohttp", "huggingface_hub")
    program += f"print([name for name in {heavy!r} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert result.stdout.strip() == "[]"
