"""BM25 over pairs of characters: rare words decide, unknown ones do no harm."""

from pathlib import Path

import pytest

from drafter.knowledge.lexical import LexicalIndex

TEXTS = ["推进数字经济发展", "推进党建工作发展", "推进安全生产工作", "好"]


def test_the_text_that_shares_the_words_scores_highest():
    assert LexicalIndex.build(TEXTS).scores("安全生产").argmax() == 2


@pytest.mark.parametrize("query", ["", "。", "好", "外语abc"])
def test_a_query_without_a_known_pair_scores_nothing(query: str):
    assert LexicalIndex.build(TEXTS).scores(query).tolist() == [0, 0, 0, 0]


def test_a_saved_index_scores_alike(tmp_path: Path, capfd: pytest.CaptureFixture[str]):
    index = LexicalIndex.build(TEXTS)
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path)
    assert index.scores("数字经济").tolist() == loaded.scores("数字经济").tolist()
    assert tuple(capfd.readouterr()) == ("", "")
