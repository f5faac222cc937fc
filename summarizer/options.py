"""Which models make briefs: what the settings say, as a value that travels to the worker's child process."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from summarizer.extractive import Summarizer
    from summarizer.generative import GenerativeSummarizer, Generator

_PREFIX = "DATELINE_"
_SHA256 = re.compile(r"[0-9a-fA-F]{64}")


@dataclass(frozen=True, slots=True)
class Options:
    """The settings of this package, each the environment variable of that name in capitals after DATELINE_.

    `model` writes points: a name on the Hugging Face hub, a folder, or a .gguf file; `model_revision` and
    `model_sha256` pin it. With `summarizer_url`, an OpenAI-compatible server, it is the name of a model there instead,
    and `summarizer_key` the server's key. `encoder` ranks sentences in place of the one that is built in, and
    `entailment` names a model that judges whether a sentence follows from another. Without `model` and
    `summarizer_url` briefs are extractive. Raises ValueError for what cannot be meant, naming the variable.
    """

    model: str | None = None
    model_revision: str | None = None
    model_sha256: str | None = None
    encoder: str | None = None
    entailment: str | None = None
    summarizer_url: str | None = None
    summarizer_key: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if self.model_sha256 and not _SHA256.fullmatch(self.model_sha256):
            raise ValueError("DATELINE_MODEL_SHA256 is no SHA-256: 64 hexadecimal digits.")
        if self.summarizer_url and not _is_web_address(self.summarizer_url):
            raise ValueError("DATELINE_SUMMARIZER_URL begins with http:// or https:// and names a host.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Options":
        """The options that environment variables give; an empty one is unset."""
        return cls(**{option.name: environment.get(_PREFIX + option.name.upper()) or None for option in fields(cls)})

    @property
    def generates(self) -> bool:
        """Whether a model writes points."""
        return bool(self.model or self.summarizer_url)

    @property
    def recipe(self) -> str:
        """What briefs depend on, for those who keep them: a name that changes with the models, and holds no key."""
        return json.dumps({name: value for name, value in asdict(self).items() if value and name != "summarizer_key"})

    def was_missed_by(self, model: str) -> bool:
        """Whether a brief that states this `model` was made without the generator that was asked for."""
        from summarizer.encoder import Encoder
        from summarizer.storybriefs import NO_MODEL, WORDS

        return self.generates and model in (NO_MODEL, WORDS, Encoder(self.encoder).name)

    def check_models(self) -> None:
        """Look at the models that are on this machine, without loading them.

        Raises ModelUnavailable for one that is missing, altered, a pickle, or brings code of its own.
        """
        from summarizer.models import ModelSpec

        if self.model and not self.summarizer_url:
            ModelSpec(self.model, self.model_revision, self.model_sha256).check()
        for name in filter(None, (self.encoder, self.entailment)):
            ModelSpec(name).check()

    def to_json(self) -> dict[str, Any]:
        """A JSON object whose items are the arguments of `Options`; it holds the key."""
        return asdict(self)


def _is_web_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def summarizer_of(options: Options, *, threads: int | None = None) -> "Summarizer | GenerativeSummarizer":
    """The summarizer that the options ask for, nothing loaded yet; `threads` bounds torch's in this process."""
    from summarizer.encoder import Encoder
    from summarizer.extractive import Summarizer

    encoder = Encoder(options.encoder, threads=threads)
    if not options.generates:
        return Summarizer(encoder)
    from summarizer.entailment import Entailment
    from summarizer.generative import GenerativeSummarizer
    from summarizer.grounding import Grounding

    entailment = Entailment(options.entailment) if options.entailment else None
    return GenerativeSummarizer(_generator(options, threads), Summarizer(encoder), Grounding(encoder, entailment))


def _generator(options: Options, threads: int | None) -> "Generator":
    if options.summarizer_url:
        from summarizer.remote import RemoteGenerator, Server

        return RemoteGenerator(Server(options.summarizer_url, options.summarizer_key, options.model))
    from summarizer.models import LocalGenerator, ModelSpec

    assert options.model
    return LocalGenerator(ModelSpec(options.model, options.model_revision, options.model_sha256), threads=threads)
