"""What the properties of documents are worth."""

import pytest

from bot.ingest.files.properties import is_a_title, person, same_words


@pytest.mark.parametrize(
    "stated",
    [
        *(
            "Microsoft Word - The vote.docx",
            "the vote.pdf",
            "untitled",
            "Document1",
            "Dokument 2",
            "vote_final",
            "",
            "x",
        ),
        *("about:blank", "https://post.example/the-vote", "12", "C:\\the\\vote", "v" * 400),
    ],
)
def test_names_of_files_are_no_titles_even_where_the_text_has_their_words(stated: str) -> None:
    assert not is_a_title(stated, f"{stated} The vote of the harbour council")


def test_titles_are_known_by_the_text_under_them() -> None:
    beginning = "CHANNEL TO BE WIDENED The harbour council voted on Tuesday."
    assert is_a_title("Channel to be widened | Island Post", beginning)
    assert is_a_title("Channel to be widened")
    assert not is_a_title("Press release template", beginning)
    assert is_a_title("海港委员会决定拓宽航道", "海港委员会决定拓宽航道 周二投票")


def test_titles_may_differ_in_case_and_in_the_name_of_the_paper() -> None:
    assert same_words("Channel to be widened | Post", "CHANNEL TO BE WIDENED")
    assert not same_words("Channel to be widened", "Harbour budget grows")
    assert not same_words("", "Channel")


@pytest.mark.parametrize(
    ("stated", "name"),
    [
        ("Ada Quill", "Ada Quill"),
        ("  Ada\nQuill ", "Ada Quill"),
        *(
            (nobody, None)
            for nobody in ("user", "Administrator", "Microsoft Office User", "python-docx", "a@b.example", "")
        ),
    ],
)
def test_authors_are_people(stated: str, name: str | None) -> None:
    assert person(stated) == name
