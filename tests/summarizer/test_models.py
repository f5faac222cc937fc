import hashlib
import json
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from summarizer.errors import ModelUnavailable
from summarizer.models import LocalGenerator, ModelSpec
from summarizer.options import Options
from summarizer.prompts import Prompt
from tests.canaries import canary_pickle
from tests.summarizer.tinymodels import STRICT_TEMPLATE, save_bart, save_gguf, save_llama, save_t5

PROMPTS = [
    Prompt("Norrby has a harbour.", 3, "en"),
    Prompt("The ferry company of Sando runs ten boats a day from June on.", 1, "en"),
    Prompt("Rain fell.", 2, "en"),
]


@pytest.mark.parametrize("save", [save_bart, save_t5, save_llama])
def test_a_model_writes_the_same_alone_and_in_a_batch(
    save: Callable[[Path, str], Path], harbour: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    save(tmp_path, harbour)
    capfd.readouterr()
    generator = LocalGenerator(ModelSpec(str(tmp_path)))
    together = generator.generate(PROMPTS, 24, 60)
    assert len(set(together)) > 1, "the prompt matters"
    assert together == [generator.generate([prompt], 24, 60)[0] for prompt in PROMPTS]
    assert capfd.readouterr() == ("", "")
    assert generator.name == tmp_path.name


def test_a_gguf_file_is_dequantised_and_writes(harbour: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("gguf", reason="reads GGUF files; not needed for anything else")
    file = save_gguf(tmp_path, harbour)
    for other in tmp_path.iterdir():
        if other != file:
            other.unlink()  # everything is in the one file
    capfd.readouterr()
    generator = LocalGenerator(ModelSpec(str(file), sha256=hashlib.sha256(file.read_bytes()).hexdigest()))
    assert len(set(generator.generate(PROMPTS, 16, 60))) > 1
    assert generator._model()._model.dtype.is_floating_point
    assert generator._model()._tokenizer.chat_template
    assert capfd.readouterr() == ("", "")
    assert generator.name == "writer.Q8_0"


@pytest.mark.parametrize("save", [save_bart, save_t5, save_llama])
def test_the_room_is_what_the_model_reads(save: Callable[[Path, str], Path], harbour: str, tmp_path: Path) -> None:
    generator = LocalGenerator(ModelSpec(str(save(tmp_path, harbour))))
    sentence = "The ferry company of Sando runs ten boats a day."
    (tokens,) = generator.count_tokens([sentence])
    text = " ".join([sentence] * (generator.room(40) // tokens))
    read = len(generator._model().encode(Prompt(text, 3, "en")))
    assert 0.8 * generator._model()._context < read + 40
    assert read <= generator._model()._context
    assert generator.generate([Prompt(text, 3, "en")], 40, 60) != [""]
    assert generator.count_tokens([]) == []


def test_a_piece_of_an_endless_sentence_fits(harbour: str, tmp_path: Path) -> None:
    generator = LocalGenerator(ModelSpec(str(save_bart(tmp_path, harbour))))
    endless = "the ferry of Norrby and Sandö 🚢 " * 200
    pieces = generator.pieces(endless, 50)
    assert max(generator.count_tokens(pieces)) <= 50
    assert "".join(pieces) == endless
    generator._model()._tokenizer = Slow()
    assert "".join(generator.pieces(endless, 50)) == endless


class Slow:
    """A tokenizer that does not know where its tokens come from."""

    is_fast = False


def test_no_time_left_is_no_answer(harbour: str, tmp_path: Path) -> None:
    generator = LocalGenerator(ModelSpec(str(save_llama(tmp_path, harbour))))
    assert generator.generate(PROMPTS, 24, 0) == ["", "", ""]
    generator.load()
    (cut,) = generator.generate(PROMPTS[:1], 900, 0.05)
    (whole,) = generator.generate(PROMPTS[:1], 900, 60)
    assert len(cut) < len(whole)
    assert whole.startswith(cut)


def test_templates_without_a_system_turn_and_models_without_a_template_are_served(harbour: str, tmp_path: Path) -> None:
    for name, template in (("strict", STRICT_TEMPLATE), ("none", None)):
        generator = LocalGenerator(ModelSpec(str(save_llama(tmp_path / name, harbour, template=template))))
        written = generator._model()._tokenizer.decode(generator._model().encode(PROMPTS[0]))
        assert written.index("material to condense") < written.index("Norrby has a harbour.")
        assert "<|system|>" not in written
        assert len(generator.generate(PROMPTS, 8, 60)) == 3


def test_a_template_that_fails_is_a_model_that_cannot_be_used(harbour: str, tmp_path: Path) -> None:
    broken = "{{ raise_exception('never') }}"
    with pytest.raises(ModelUnavailable, match="could not be loaded: never"):
        LocalGenerator(ModelSpec(str(save_llama(tmp_path, harbour, template=broken)))).load()


def test_writing_ends_after_enough_points_and_when_one_comes_again(harbour: str, tmp_path: Path) -> None:
    import torch

    loaded = LocalGenerator(ModelSpec(str(save_llama(tmp_path, harbour))))._model()
    (stop,) = loaded._stops(2, 2)
    boats, rain = "Ten boats sail.", "Rain fell on Norrby."
    ends = {
        f"- {boats}\n- {rain}\n": True,
        f"{boats} {rain}": True,
        f"- {boats}\n- {boats}\n": True,
        f"- {boats}\n\n\n": False,
        f"- {boats}\n- Rain fell": False,
        f"{boats} {rain[:-1]}": False,
        "Sure, here are two:\n\n": False,
    }
    for answer, is_end in ends.items():
        tokens = [0, 0, *loaded.tokens([answer])[0]]
        assert bool(stop(torch.tensor([tokens]), None)[0]) is is_end, answer


def test_memory_that_runs_out_halves_the_batch(harbour: str, tmp_path: Path) -> None:
    import torch

    generator = LocalGenerator(ModelSpec(str(save_llama(tmp_path, harbour))))
    expected = generator.generate(PROMPTS, 8, 60)
    model = generator._model()._model
    generate, sizes = model.generate, []

    def small(**arguments: object) -> object:
        sizes.append(len(arguments["input_ids"]))  # type: ignore[arg-type]
        if sizes[-1] > 1:
            raise torch.OutOfMemoryError
        return generate(**arguments)

    model.generate = small
    assert generator.generate(PROMPTS, 8, 60) == expected
    assert sizes == [3, 1, 2, 1, 1]

    def none(**_: object) -> object:
        raise torch.OutOfMemoryError

    model.generate = none
    with pytest.raises(ModelUnavailable, match="memory of the cpu is too small"):
        generator.generate(PROMPTS, 8, 60)

    def failing(**_: object) -> object:
        raise RuntimeError("bad kernel\nwith a long story")

    model.generate = failing
    with pytest.raises(ModelUnavailable, match="failed while it wrote: bad kernel$"):
        generator.generate(PROMPTS, 8, 60)


# ---- which files are read -------------------------------------------------------------------------------------------


def test_pickles_and_nothing_are_refused_in_words(harbour: str, tmp_path: Path) -> None:
    folder = save_bart(tmp_path / "bart", harbour)
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    with pytest.raises(ModelUnavailable, match="are pickles, which run code"):
        LocalGenerator(ModelSpec(str(folder))).load()
    (tmp_path / "empty").mkdir()
    with pytest.raises(ModelUnavailable, match="neither safetensors nor a .gguf file in empty"):
        LocalGenerator(ModelSpec(str(tmp_path / "empty"))).load()
    with pytest.raises(ModelUnavailable, match="There is no model in"):
        LocalGenerator(ModelSpec(str(tmp_path / "missing.gguf"))).load()
    with pytest.raises(ModelUnavailable, match="neither a folder or file here nor a name on the hub"):
        LocalGenerator(ModelSpec(f"{tmp_path}/missing/folder")).load()


def test_files_that_are_no_model_are_refused_in_words(harbour: str, tmp_path: Path) -> None:
    (tmp_path / "noise.gguf").write_bytes(b"GGUF" + bytes(range(256)) * 8)
    with pytest.raises(ModelUnavailable, match="The model noise could not be loaded"):
        LocalGenerator(ModelSpec(str(tmp_path / "noise.gguf"))).load()
    folder = save_bart(tmp_path / "bart", harbour)
    (folder / "model.safetensors").write_bytes(b"not tensors")
    with pytest.raises(ModelUnavailable, match="The model bart could not be loaded"):
        LocalGenerator(ModelSpec(str(folder))).load()


def test_code_that_comes_with_a_model_is_not_run(harbour: str, tmp_path: Path) -> None:
    folder = save_bart(tmp_path / "model", harbour)
    (folder / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    (folder / "config.json").write_text(
        '{"model_type": "own", "auto_map": {"AutoConfig": "own.Config", "AutoModelForCausalLM": "own.Model"}}'
    )
    with pytest.raises(ModelUnavailable):
        LocalGenerator(ModelSpec(str(folder))).load()
    assert not (tmp_path / "ran").exists()


def test_code_beside_a_model_that_needs_none_is_refused_too(harbour: str, tmp_path: Path) -> None:
    folder = save_bart(tmp_path / "model", harbour)
    (folder / "own.py").write_text(f"open({str(tmp_path / 'ran')!r}, 'w')")
    config = json.loads((folder / "config.json").read_text())
    (folder / "config.json").write_text(json.dumps(config | {"auto_map": {"AutoModelForSeq2SeqLM": "own.Model"}}))
    with pytest.raises(ModelUnavailable, match="brings code of its own"):
        LocalGenerator(ModelSpec(str(folder))).load()
    assert not (tmp_path / "ran").exists()


def test_pickles_beside_safe_weights_are_not_read(harbour: str, tmp_path: Path) -> None:
    folder = save_bart(tmp_path / "model", harbour)
    for name in ("pytorch_model.bin", "model.pt", "training_args.bin", "tokenizer.pkl"):
        (folder / name).write_bytes(canary_pickle(tmp_path / "ran"))
    LocalGenerator(ModelSpec(str(folder))).load()
    assert not (tmp_path / "ran").exists()
    pickle.loads((folder / "model.pt").read_bytes())
    assert (tmp_path / "ran").exists(), "the canary sings"


def test_models_are_looked_at_before_they_are_loaded(harbour: str, tmp_path: Path) -> None:
    """FAULTS 45: at the start, whichever setting names them; what is on the hub is looked at when it is fetched."""
    good = save_bart(tmp_path / "good", harbour)
    pickled = save_bart(tmp_path / "pickled", harbour)
    (pickled / "model.safetensors").rename(pickled / "pytorch_model.bin")
    Options(model=str(good), encoder=str(good), entailment=str(good)).check_models()
    Options(model="owner/writer", encoder="owner/encoder").check_models()
    Options(model="of-the-server", summarizer_url="http://models.example").check_models()
    for options in (
        Options(model=str(pickled)),
        Options(encoder=str(pickled)),
        Options(entailment=str(pickled)),
        Options(model=str(good), model_sha256="0" * 64),
        Options(model=str(tmp_path / "missing" / "folder")),
    ):
        with pytest.raises(ModelUnavailable):
            options.check_models()


def test_a_hash_pins_the_weights(harbour: str, tmp_path: Path) -> None:
    folder = save_bart(tmp_path, harbour)
    weights = (folder / "model.safetensors").read_bytes()
    digest = hashlib.sha256(weights).hexdigest()
    assert ModelSpec(str(folder), sha256=digest.upper()).files() == (folder, None)
    (folder / "model.safetensors").write_bytes(weights[:-1] + b"?")
    with pytest.raises(ModelUnavailable, match="are not the expected ones"):
        LocalGenerator(ModelSpec(str(folder), sha256=digest)).load()


def test_the_hash_of_weights_in_several_files_is_that_of_their_list(tmp_path: Path) -> None:
    for name in ("model-00002-of-00002.safetensors", "model-00001-of-00002.safetensors"):
        (tmp_path / name).write_bytes(name.encode())
    listed = subprocess.run("sha256sum *.safetensors", shell=True, cwd=tmp_path, capture_output=True, check=True).stdout
    assert ModelSpec(str(tmp_path), sha256=hashlib.sha256(listed).hexdigest()).files() == (tmp_path, None)


def test_a_file_names_its_model(tmp_path: Path) -> None:
    (tmp_path / "writer.Q4_1.gguf").write_bytes(b"GGUF")
    for given in (tmp_path / "writer.Q4_1.gguf", tmp_path):
        assert ModelSpec(str(given)).files() == (tmp_path, "writer.Q4_1.gguf")
    assert ModelSpec(str(tmp_path / "writer.Q4_1.gguf")).name == "writer.Q4_1"
    assert ModelSpec("owner/writer").name == "owner/writer"


def test_a_name_on_the_hub_is_looked_up_at_its_revision(harbour: str, tmp_path: Path) -> None:
    revision = "0123456789abcdef0123456789abcdef01234567"
    kept = tmp_path / "hub" / "models--owner--writer"
    save_bart(kept / "snapshots" / revision, harbour)
    (kept / "refs").mkdir()
    (kept / "refs" / "main").write_text(revision)
    program = (
        "from summarizer.models import ModelSpec, ModelUnavailable\n"
        "print(ModelSpec('owner/writer').files()[0].name, ModelSpec('owner/writer', 'main').files()[0].name)\n"
        "try: ModelSpec('owner/writer', 'v2').files()\n"
        "except ModelUnavailable as error: print(error)\n"
    )
    environment = os.environ | {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    result = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=False
    )
    found, refusal = result.stdout.strip().splitlines()
    assert found == f"{revision} {revision}"
    assert refusal.startswith("The model 'owner/writer' is no folder here and could not be fetched from the hub: ")
