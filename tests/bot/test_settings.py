from pathlib import Path

import pytest

from bot import __version__
from bot.assembly import user_agent
from bot.errors import SettingsError
from bot.settings import Settings, read_settings
from summarizer.options import Options

SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


@pytest.fixture(autouse=True)
def nowhere(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A folder without a file of settings."""
    monkeypatch.chdir(tmp_path)


def test_by_default_briefs_are_extractive() -> None:
    assert read_settings().options == Options()
    assert not Options().generates


def test_the_models_are_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = {
        "MODEL": "owner/writer",
        "MODEL_REVISION": "v2",
        "MODEL_SHA256": SHA256,
        "ENCODER": "/models/multilingual",
        "ENTAILMENT": "/models/nli",
        "SUMMARIZER_URL": "http://models.example:8000/v1",
        "SUMMARIZER_KEY": "sk-secret",
    }
    for name, value in wanted.items():
        monkeypatch.setenv(f"DATELINE_{name}", value)
    settings = read_settings()
    assert settings.options == Options(**{name.lower(): value for name, value in wanted.items()})
    assert settings.options.generates
    assert "sk-secret" not in repr(settings) + repr(settings.options)


def test_they_may_stand_in_a_file_and_be_empty(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("DATELINE_MODEL=owner/writer\nDATELINE_SUMMARIZER_URL=\n")
    monkeypatch.setenv("DATELINE_SUMMARIZER_KEY", "")
    assert read_settings().options == Options(model="owner/writer")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("MODEL_SHA256", "12ab", "DATELINE_MODEL_SHA256 is no SHA-256: 64 hexadecimal digits."),
        (
            "SUMMARIZER_URL",
            "models.example",
            "DATELINE_SUMMARIZER_URL begins with http:// or https:// and names a host.",
        ),
        ("SUMMARIZER_URL", "http://[", "DATELINE_SUMMARIZER_URL begins with http:// or https:// and names a host."),
        ("CONTACT", "the news desk", "DATELINE_CONTACT cannot be understood: write an address of mail or web"),
        ("CONTACT", "a@b.example)\r\nX: y", "DATELINE_CONTACT cannot be understood: write an address of mail or web"),
        ("POLL_MINUTES", "often", "DATELINE_POLL_MINUTES cannot be understood"),
        ("FETCH_ALLOW_NETWORKS", "10.1.0.1/16", "DATELINE_FETCH_ALLOW_NETWORKS cannot be understood: '10.1.0.1/16'"),
    ],
)
def test_what_cannot_be_meant_is_refused_in_one_line(
    name: str, value: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"DATELINE_{name}", value)
    monkeypatch.setenv("DATELINE_SUMMARIZER_KEY", "sk-secret")
    with pytest.raises(SettingsError) as refusal:
        read_settings()
    assert str(refusal.value).startswith(message)
    assert "sk-secret" not in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_settings_are_frozen() -> None:
    with pytest.raises(ValueError, match="frozen"):
        Settings(_env_file=None).model = "another"


@pytest.mark.parametrize("contact", ["news@example.org", "https://example.org/~bot?about=1", None])
def test_web_servers_are_told_whom_to_write_to(monkeypatch: pytest.MonkeyPatch, contact: str | None) -> None:
    monkeypatch.setenv("DATELINE_CONTACT", contact or "")
    about = f"+{contact}" if contact else "self-hosted news digest bot"
    assert user_agent(read_settings().contact) == f"Dateline/{__version__} ({about})"
