from dataclasses import dataclass

from summarizer.ranking import readable_scores, scores, select, word_centrality


@dataclass(frozen=True)
class Line:
    text: str
    position: int
    length: int = 10

    @property
    def content(self) -> frozenset[str]:
        return frozenset(self.text.lower().split())


def never_alike(_left: int, _right: int) -> bool:
    return False


def test_early_and_central_sentences_score_higher() -> None:
    lines = [Line("a", 0), Line("b", 1), Line("c", 2)]
    assert scores(lines, [1, 1, 1], 3) == [9, 4.5, 3]
    assert scores(lines, [1, 1, 1], 2) == [6, 3, 2]
    assert scores(lines, [0, 0, 3], 3)[2] > 3


def test_long_and_dangling_sentences_are_used_when_they_tell_more() -> None:
    lines = [Line("Ferries sink", 0), Line("He swam", 1), Line("Boats burn", 2, length=40)]
    assert readable_scores(lines, [1, 1, 1], "en") == [1, -0.5, 0.6]


def test_points_come_in_reading_order_and_repeat_nothing() -> None:
    lines = [
        Line("ferry harbour norrby opens", 0),
        Line("mayor praises work crews", 1),
        Line("mayor praises work crews loudly", 2),
        Line("herring grounds need quiet", 3),
    ]
    assert select(lines, [1, 2, 3, 4], 4, [], never_alike) == [0, 2, 3]
    assert select(lines, [1, 2, 3, 4], 4, ["ferry", "harbour", "opens"], never_alike) == [2, 3]


def test_similar_ones_fill_up_only() -> None:
    lines = [Line("ferry harbour", 0), Line("ship port", 1), Line("herring noise", 2)]

    def alike(left: int, right: int) -> bool:
        return {left, right} == {0, 1}

    assert select(lines, [3, 2, 1], 2, [], alike) == [0, 2]
    assert select(lines, [3, 2, 1], 3, [], alike) == [0, 1, 2]


def test_the_only_sentence_is_a_point_even_when_it_is_the_headline() -> None:
    assert select([Line("ferry sinks", 0)], [1], 3, ["ferry", "sinks"], never_alike) == [0]


def test_word_centrality_prefers_shared_words() -> None:
    shared, lone, empty = word_centrality([{"ferry", "sinks"}, {"herring", "noise"}, set()])
    assert shared == lone
    assert empty == 0
    first, _, third = word_centrality([{"ferry", "sinks"}, {"ferry", "sank"}, {"herring", "noise"}])
    assert first > third
