"""All settings: environment variables that begin with DATELINE_, or lines of a file named .env."""

import re
from dataclasses import fields
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.errors import SettingsError
from bot.ingest.web.addresses import parse_networks
from summarizer.options import Options

_OF_SUMMARIZER = tuple(option.name for option in fields(Options))
NO_OTHER_MODELS: dict[str, Any] = dict.fromkeys(_OF_SUMMARIZER)
"""Settings for a program that is to use the built-in models whatever its environment says."""

_CONTACT = re.compile(r"[!#-'*-\[\]-~]{3,200}")  # that ends no comment in a header
Networks = tuple[IPv4Network | IPv6Network, ...]


class Settings(BaseSettings):
    """Frozen; made once at the top and passed down as values."""

    model_config = SettingsConfigDict(env_prefix="DATELINE_", env_file=".env", extra="ignore", frozen=True)

    discord_token: SecretStr | None = None
    home: Path = Field(default_factory=lambda: Path.home() / ".local" / "share" / "dateline")
    database_url: str | None = None
    fetch_allow_networks: Annotated[Networks, NoDecode] = ()
    metrics_port: int | None = Field(default=None, ge=0, le=65535)
    metrics_host: str = "127.0.0.1"
    contact: str | None = None  # of the operator, told to the web servers that are asked
    poll_minutes: float = Field(default=5, gt=0, le=1440)
    # What these mean is said in summarizer.options.
    model: str | None = None
    model_revision: str | None = None
    model_sha256: str | None = None
    encoder: str | None = None
    entailment: str | None = None
    summarizer_url: str | None = None
    summarizer_key: SecretStr | None = None

    @field_validator("fetch_allow_networks", mode="before")
    @classmethod
    def _networks(cls, value: object) -> object:
        try:
            return parse_networks(value) if isinstance(value, str) else value
        except SettingsError as error:
            raise ValueError(str(error)) from None

    @field_validator("home")
    @classmethod
    def _at_home(cls, value: Path) -> Path:
        return value.expanduser()

    @field_validator("contact")
    @classmethod
    def _contact_fits_a_header(cls, value: str | None) -> str | None:
        if value and not _CONTACT.fullmatch(value):
            raise ValueError("write an address of mail or web in plain letters, such as news@example.org.")
        return value

    @field_validator("contact", "database_url", "discord_token", "metrics_port", *_OF_SUMMARIZER, mode="before")
    @classmethod
    def _empty_is_unset(cls, value: object) -> object:
        return value or None

    @model_validator(mode="after")
    def _options_can_be_meant(self) -> "Settings":
        self.options  # noqa: B018  # raises ValueError
        return self

    @property
    def options(self) -> Options:
        """Which models make briefs."""
        values = {name: getattr(self, name) for name in _OF_SUMMARIZER}
        if self.summarizer_key is not None:
            values["summarizer_key"] = self.summarizer_key.get_secret_value()
        return Options(**values)

    @property
    def database(self) -> str:
        """Where everything is stored: one SQLite file in the data folder unless told otherwise."""
        return self.database_url or f"sqlite+aiosqlite:///{self.home / 'dateline.sqlite3'}"


def read_settings() -> Settings:
    """Settings from the environment. Raises SettingsError, in one line that names what cannot be understood."""
    try:
        return Settings()
    except ValidationError as error:
        problem = error.errors(include_input=False)[0]
        message = problem["msg"].removeprefix("Value error, ")
        if not problem["loc"]:  # of several together, which names them itself
            raise SettingsError(message) from None
        name = "_".join(["DATELINE", *(str(part).upper() for part in problem["loc"])])
        raise SettingsError(f"{name} cannot be understood: {message}") from None
