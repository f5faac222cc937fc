"""Bytes to text."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.ingest.encodings import clean_text

SENTENCE = "Der Ministerpräsident sagte: „Größe ist alles“, so die Agentur."


@pytest.mark.parametrize(
    "body",
    [
        SENTENCE.encode(),
        codecs.BOM_UTF8 + SENTENCE.encode(),
        SENTENCE.encode("utf-16"),
        codecs.BOM_UTF16_BE + SENTENCE.encode("utf-16-be"),
        SENTENCE.encode("cp1252"),
    ],
)
def test_declared_by_nothing(body: bytes) -> None:
    """FAULTS case 17."""
    assert clean_text(body) == SENTENCE


def test_utf_16_markup_without_a_mark_is_recognised() -> None:
    assert clean_text("<p>Größe</p>".encode("utf-16-le")) == "<p>Größe</p>"
    assert clean_text("<p>Größe</p>".encode("utf-16-be")) == "<p>Größe</p>"


def test_valid_utf_8_is_utf_8_whatever_was_declared() -> None:
    assert clean_text(SENTENCE.encode(), "iso-8859-1") == SENTENCE
    assert "ä" in clean_text(b'<?xml version="1.0" encoding="iso-8859-1"?><a>\xc3\xa4</a>')


def test_the_declaration_decides_about_other_bytes() -> None:
    assert "Москва" in clean_text('<?xml version="1.0" encoding="koi8-r"?><a>Москва</a>'.encode("koi8-r"))
    assert "東京" in clean_text('<meta charset="shift_jis">東京'.encode("shift_jis"))
    assert clean_text("Łódź".encode("cp1250"), "windows-1250") == "Łódź"


def test_one_broken_character_does_not_turn_the_rest_into_another_encoding() -> None:
    assert clean_text("Größe äöü".encode() + b"\xff", "utf-8") == "Größe äöü\ufffd"


@pytest.mark.parametrize("label", ["utf-7", "hex", "unicode_escape", "nonsense", "a\0b", "ü", "../os", "idna", ""])
def test_what_is_no_encoding_of_documents_is_ignored(label: str) -> None:
    assert clean_text("Größe".encode("cp1252"), label) == "Größe"


@given(st.binary(max_size=300), st.none() | st.sampled_from(["utf-8", "latin-1", "gbk", "utf-16", "euc-jp"]))
def test_any_bytes_become_text_that_can_be_stored(body: bytes, charset: str | None) -> None:
    """FAULTS case 17."""
    text = clean_text(body, charset)
    text.encode()
    assert "\0" not in text
