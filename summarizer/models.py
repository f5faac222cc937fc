"""Language models that run in this process: which files are read, where they run, and how they write.

Only safetensors and GGUF are read, never pickles (`.bin`, `.pt`), which run code when they are loaded; code that comes
with a model is not run either. A GGUF file is dequantised: it saves the download, not the memory.

A `revision` (of a hub name) and a `sha256` pin what is loaded. The hash is that of the one weights file, or of what
`sha256sum *.safetensors` prints in the model's folder where the weights are in several.
"""

import contextlib
import hashlib
import io
import json
import re
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.errors import ModelUnavailable
from summarizer.generative import Generator
from summarizer.prompts import Prompt, messages, points_of, quoted

if TYPE_CHECKING:
    import torch

    _Stop = Callable[..., torch.Tensor]

_HUB_NAME = re.compile(r"[\w.-]{1,96}(?:/[\w.-]{1,96})?")
_HUB_FILES = ["*.safetensors", "*.json", "*.model", "*.jinja", "*.txt"]
_LONGEST_CONTEXT = 4096  # tokens; small models lose the thread long before what they are said to read
_UNKNOWN_CONTEXT = 1024  # of encoders with relative positions, which name no limit: T5 and its kin
_TOKENS_AT_ONCE = {"cuda": 65_536, "mps": 8192, "cpu": 4096}  # of one batch, padding and answers included
_MOST_BEAMS = 4
_SPARE_POINTS = 2  # written beyond those asked for, since some will fail
_MAY_END = re.compile(r"[\n.!?。]")  # of a sentence
_LEAST_ROOM = 16  # tokens of text; a model with less cannot be told anything
_SLACK = 8  # tokens by which two prompts around equal texts may differ


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """A model as the settings name it: a name on the Hugging Face hub, a folder, or a .gguf file."""

    model: str
    revision: str | None = None
    sha256: str | None = None

    @property
    def name(self) -> str:
        """What briefs call it: the hub's name, or the last part of a path."""
        path = self._path
        return (path.stem if path.suffix == ".gguf" else path.resolve().name) if self.is_local else self.model

    @property
    def is_local(self) -> bool:
        """Whether it is a path on this machine."""
        return self.model.endswith(".gguf") or self._path.exists()

    @property
    def _path(self) -> Path:
        return Path(self.model).expanduser()

    def check(self) -> None:
        """Look at what is here, without loading it; what is on the hub is looked at when it is fetched.

        Raises ModelUnavailable as `files` does.
        """
        if self.is_local or not _HUB_NAME.fullmatch(self.model):
            self.files()

    def files(self) -> tuple[Path, str | None]:
        """The folder to load from and, for GGUF, the file's name in it; fetched from the hub where need be.

        Raises ModelUnavailable when there is nothing there that is safe to read, or not what `sha256` says.
        """
        path = self._path if self.is_local else _fetched(self.model, self.revision)
        weights = _weights(path)
        if _brings_code(weights[0].parent / "config.json"):
            raise ModelUnavailable(
                f"The model {self.name} brings code of its own (auto_map in its config.json), which is not run. "
                "Use a model that transformers knows by itself."
            )
        if self.sha256 is not None and (digest := _digest(weights)) != self.sha256.lower():
            raise ModelUnavailable(f"The weights of {self.name} are not the expected ones: their sha256 is {digest}.")
        gguf = weights[0].name if weights[0].suffix == ".gguf" else None
        return weights[0].parent, gguf


def _fetched(name: str, revision: str | None) -> Path:
    if not _HUB_NAME.fullmatch(name):
        raise ModelUnavailable(f"The model {name!r} is neither a folder or file here nor a name on the hub.")
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HfHubHTTPError

    try:
        with quiet_transformers():
            folder = snapshot_download(name, revision=revision, allow_patterns=_HUB_FILES, ignore_patterns=["*/*"])
    except (HfHubHTTPError, OSError, ValueError) as error:
        raise ModelUnavailable(
            f"The model {name!r} is no folder here and could not be fetched from the hub: {_first_line(error)}"
        ) from error
    return Path(folder)


def _weights(path: Path) -> list[Path]:
    """The files with the weights; a folder holds safetensors or one GGUF file."""
    if path.is_file() and path.suffix == ".gguf":
        return [path]
    if not path.is_dir():
        raise ModelUnavailable(f"There is no model in {path}. Name a folder with safetensors, or a .gguf file.")
    found = sorted(path.glob("*.safetensors")) or sorted(path.glob("*.gguf"))[:1]
    if found:
        return found
    if any(path.glob("*.bin")) or any(path.glob("*.pt")):
        raise ModelUnavailable(
            f"The weights in {path.name} are pickles, which run code when they are loaded. "
            "Use a version of the model in safetensors or GGUF."
        )
    raise ModelUnavailable(f"There are neither safetensors nor a .gguf file in {path.name}.")


def _brings_code(config: Path) -> bool:
    try:
        return bool(json.loads(config.read_bytes()).get("auto_map"))
    except (OSError, ValueError, AttributeError):
        return False  # without a config, or with one that is none, it is not loaded anyway


def _digest(weights: Sequence[Path]) -> str:
    digests = []
    for file in weights:
        with file.open("rb") as stream:
            digests.append(hashlib.file_digest(stream, "sha256").hexdigest())
    if len(digests) == 1:
        return digests[0]
    listed = "".join(f"{digest}  {file.name}\n" for digest, file in zip(digests, weights, strict=True))
    return hashlib.sha256(listed.encode()).hexdigest()


def _first_line(error: Exception) -> str:
    return (str(error).strip() or type(error).__name__).splitlines()[0][:300]


@contextlib.contextmanager
def quiet_transformers() -> Iterator[None]:
    """Loading and generating print progress bars and advice; standard output and error belong to the program."""
    from transformers.utils import logging as untyped

    logging: Any = untyped
    verbosity, had_bars = logging.get_verbosity(), logging.is_progress_bar_enabled()
    logging.set_verbosity_error()
    logging.disable_progress_bar()
    try:
        with contextlib.redirect_stderr(io.StringIO()):  # the bar of dequantising asks nobody
            yield
    finally:
        logging.set_verbosity(verbosity)
        if had_bars:
            logging.enable_progress_bar()


# ---- loading --------------------------------------------------------------------------------------------------------


def device_and_dtype(*, encodes: bool) -> "tuple[torch.device, torch.dtype]":
    """The best device there is, and the smallest type of number in which such a model still works on it.

    Half precision overflows in some models that encode the text first, T5 and PEGASUS among them; those get float32
    where there is no bfloat16.
    """
    import torch

    half = torch.float32 if encodes else torch.float16
    if torch.cuda.is_available():
        return torch.device("cuda"), torch.bfloat16 if torch.cuda.is_bf16_supported() else half
    if torch.backends.mps.is_available():
        return torch.device("mps"), half
    return torch.device("cpu"), torch.float32


class LocalGenerator(Generator):
    """A model of this machine, loaded with the first prompt. `threads` bounds torch's threads in this whole process."""

    def __init__(self, spec: ModelSpec, *, threads: int | None = None) -> None:
        self.name = spec.name
        self._spec = spec
        self._threads = threads
        self._loaded: _Loaded | None = None

    def load(self) -> None:
        """Load tokenizer and weights. Raises ModelUnavailable when they are missing, altered or of another kind."""
        self._model()

    def room(self, max_new_tokens: int) -> int:
        """How many tokens of text fit into a prompt whose answer may have so many."""
        model = self._model()
        return max(_LEAST_ROOM, model.room(model.longest_answer(max_new_tokens)))

    def count_tokens(self, sentences: Sequence[str]) -> list[int]:
        """How many tokens each sentence has, with a space before it."""
        return [len(tokens) + 1 for tokens in self._model().tokens(sentences)]

    def pieces(self, sentence: str, most_tokens: int) -> list[str]:
        """A sentence that is longer than a whole prompt, cut between its tokens."""
        size = max(1, most_tokens - _SLACK // 2)
        starts = self._model().starts(sentence)
        if starts is None:
            return super().pieces(sentence, size)
        cuts = [0, *starts[size::size], len(sentence)]
        return [sentence[start:end] for start, end in pairwise(cuts) if start < end]

    def generate(self, prompts: Sequence[Prompt], max_new_tokens: int, seconds: float) -> list[str]:
        """The answers, greedily decoded in batches of similar length. Raises ModelUnavailable."""
        model = self._model()
        deadline = time.monotonic() + seconds
        encoded = [model.encode(prompt) for prompt in prompts]
        answers = [""] * len(prompts)
        longest = model.longest_answer(max_new_tokens)
        for batch in model.batches([len(tokens) for tokens in encoded], longest):
            bounds = _Bounds(longest, max(prompts[at].points for at in batch) + _SPARE_POINTS, deadline)
            if bounds.seconds <= 0:
                break
            written = model.written([encoded[at] for at in batch], bounds)
            for at, answer in zip(batch, written, strict=True):
                answers[at] = answer
        return answers

    def _model(self) -> "_Loaded":
        if self._loaded is None:
            try:
                self._loaded = _load(self._spec, self._threads)
            except ModelUnavailable:
                raise
            except Exception as error:  # a model's files are input, and every loader fails in its way
                raise ModelUnavailable(f"The model {self.name} could not be loaded: {_first_line(error)}") from error
        return self._loaded


def _load(spec: ModelSpec, threads: int | None) -> "_Loaded":
    folder, gguf = spec.files()
    import torch
    from transformers import AutoConfig, AutoModelForCausalLM, AutoModelForSeq2SeqLM, AutoTokenizer

    if threads is not None:
        torch.set_num_threads(threads)
    # Loading from a folder asks nobody: no code of the model's, no file from the hub.
    options: dict[str, Any] = {"local_files_only": True, "trust_remote_code": False}
    if gguf:
        options["gguf_file"] = gguf
    with quiet_transformers():
        config = AutoConfig.from_pretrained(folder, **options)
        encodes = bool(config.is_encoder_decoder)
        device, dtype = device_and_dtype(encodes=encodes)
        tokenizer = AutoTokenizer.from_pretrained(folder, **options)
        kind = AutoModelForSeq2SeqLM if encodes else AutoModelForCausalLM
        safe = {} if gguf else {"use_safetensors": True}
        model: Any = kind.from_pretrained(folder, dtype=dtype, **options, **safe)
    return (_Encoding if encodes else _Continuing)(tokenizer, model.to(device).eval(), device)


@dataclass(frozen=True, slots=True)
class _Bounds:
    """Where writing ends: after so many tokens, so many points, and at a time of the monotonic clock."""

    tokens: int
    points: int
    deadline: float

    @property
    def seconds(self) -> float:
        return self.deadline - time.monotonic()


class _Loaded(ABC):
    """A tokenizer with its model on its device."""

    pads_left = False

    def __init__(self, tokenizer: Any, model: Any, device: "torch.device") -> None:
        self._tokenizer = tokenizer
        self._model = model
        self._device = device
        self._config = model.config
        self._pad = next((i for i in (tokenizer.pad_token_id, tokenizer.eos_token_id) if i is not None), 0)
        self._around = len(self.encode(Prompt("", 3, "en"))) + _SLACK

    @abstractmethod
    def room(self, max_new_tokens: int) -> int:
        """How many tokens of text fit into a prompt."""

    @abstractmethod
    def encode(self, prompt: Prompt) -> list[int]:
        """The tokens that this kind of model is given for a prompt."""

    def tokens(self, sentences: Sequence[str]) -> list[list[int]]:
        if not sentences:
            return []
        with quiet_transformers():  # which warns of what is longer than the model reads, and that is why we ask
            tokens: list[list[int]] = self._tokenizer(list(sentences), add_special_tokens=False)["input_ids"]
        return tokens

    def starts(self, sentence: str) -> list[int] | None:
        """At which character each token begins; None where the tokenizer does not know."""
        if not self._tokenizer.is_fast:
            return None
        with quiet_transformers():
            encoded = self._tokenizer(sentence, add_special_tokens=False, return_offsets_mapping=True)
        return [start for start, _ in encoded["offset_mapping"]]

    @abstractmethod
    def longest_answer(self, max_new_tokens: int) -> int:
        """How many of so many tokens the model can write."""

    def batches(self, lengths: Sequence[int], max_new_tokens: int) -> Iterator[list[int]]:
        """Indexes in the order of length, as many at a time as the device takes when padded to the longest."""
        most = _TOKENS_AT_ONCE[self._device.type] // self._beams
        batch: list[int] = []
        for index in sorted(range(len(lengths)), key=lengths.__getitem__):
            if batch and (len(batch) + 1) * (lengths[index] + max_new_tokens) > most:
                yield batch
                batch = []
            batch.append(index)
        if batch:
            yield batch

    def written(self, rows: Sequence[list[int]], bounds: _Bounds) -> list[str]:
        """The answers to encoded prompts; fewer at once where the device runs out of memory."""
        import torch

        try:
            return self._forward(rows, bounds)
        except torch.OutOfMemoryError as error:
            if len(rows) == 1:
                raise ModelUnavailable(f"The memory of the {self._device.type} is too small for this model.") from error
        except (RuntimeError, ValueError, IndexError) as error:
            raise ModelUnavailable(f"The model failed while it wrote: {_first_line(error)}") from error
        torch.cuda.empty_cache()
        middle = len(rows) // 2
        return self.written(rows[:middle], bounds) + self.written(rows[middle:], bounds)

    def _forward(self, rows: Sequence[list[int]], bounds: _Bounds) -> list[str]:
        import torch

        width = max(len(row) for row in rows)
        ids = torch.full((len(rows), width), self._pad, dtype=torch.long)
        mask = torch.zeros((len(rows), width), dtype=torch.long)
        for at, row in enumerate(rows):
            place = slice(width - len(row), width) if self.pads_left else slice(0, len(row))
            ids[at, place] = torch.tensor(row)
            mask[at, place] = 1
        with torch.inference_mode(), quiet_transformers():
            produced = self._model.generate(
                input_ids=ids.to(self._device),
                attention_mask=mask.to(self._device),
                max_new_tokens=bounds.tokens,
                min_length=0,  # summarizers are shipped with 56: more than a short text has to say
                max_time=max(0.01, bounds.seconds),
                stopping_criteria=self._stops(width, bounds.points),
                do_sample=False,
                num_beams=self._beams,
                pad_token_id=self._pad,
            )
        answers = produced[:, width:] if self.pads_left else produced
        texts: list[str] = self._tokenizer.batch_decode(answers.cpu(), skip_special_tokens=True)
        return texts

    def _stops(self, width: int, points: int) -> "list[_Stop]":
        """What ends a row before its last token, beside the model's own end."""
        return []

    @property
    def _beams(self) -> int:
        return min(_MOST_BEAMS, self._model.generation_config.num_beams or 1)

    @property
    def _context(self) -> int:
        """Tokens that the model reads at once."""
        named = [getattr(self._config, key, None) for key in ("max_position_embeddings", "n_positions")]
        limits = [limit for limit in named if limit] or [_UNKNOWN_CONTEXT]
        return int(min(*limits, self._tokenizer.model_max_length, _LONGEST_CONTEXT))


class _Encoding(_Loaded):
    """BART, T5, PEGASUS and their kin: what they were trained for is all they do, and nobody can talk to them."""

    def room(self, max_new_tokens: int) -> int:
        return self._context - self._around

    def longest_answer(self, max_new_tokens: int) -> int:
        return min(max_new_tokens, self._context - _SLACK)

    def encode(self, prompt: Prompt) -> list[int]:
        tokens: list[int] = self._tokenizer(self._prefix + quoted(prompt.text))["input_ids"]
        return tokens[: self._context]  # only part of a sentence without an end can be longer, by a token or two

    @property
    def _prefix(self) -> str:
        tasks = getattr(self._config, "task_specific_params", None) or {}
        default = "summarize: " if self._config.model_type == "t5" else ""
        return str(tasks.get("summarization", {}).get("prefix", default))


class _Continuing(_Loaded):
    """Chat models, and plain ones that go on with a text."""

    pads_left = True

    def room(self, max_new_tokens: int) -> int:
        return self._context - self._around - max_new_tokens

    def longest_answer(self, max_new_tokens: int) -> int:
        return min(max_new_tokens, (self._context - self._around) // 2)

    def encode(self, prompt: Prompt) -> list[int]:
        turns = messages(prompt)
        joined = "\n\n".join(turn["content"] for turn in turns)
        if not self._tokenizer.chat_template:
            tokens: list[int] = self._tokenizer(f"{joined}\n\n- ")["input_ids"]
            return tokens
        from jinja2 import TemplateError

        try:
            return self._templated(turns)
        except TemplateError:  # some know no system's turn
            return self._templated([{"role": "user", "content": joined}])

    def _stops(self, width: int, points: int) -> "list[_Stop]":
        """Enough sentences, or one that was written before: small models go on to ten, or say one for ever."""
        import torch

        def is_done(answer: "torch.Tensor") -> bool:
            if not _MAY_END.search(self._tokenizer.decode(answer[-1:])):
                return False
            sentences = points_of(self._tokenizer.decode(answer, skip_special_tokens=True))
            return len(sentences) >= points or len(set(sentences)) < len(sentences)

        def stop(ids: "torch.Tensor", _scores: object, **_: object) -> "torch.Tensor":
            return torch.tensor([is_done(row[width:]) for row in ids], device=ids.device)

        return [stop]

    def _templated(self, turns: list[dict[str, str]]) -> list[int]:
        # Models that can think aloud are asked not to; a template that does not know the word ignores it.
        text = self._tokenizer.apply_chat_template(
            turns, tokenize=False, add_generation_prompt=True, enable_thinking=False
        )
        tokens: list[int] = self._tokenizer(text, add_special_tokens=False)["input_ids"]
        return tokens
