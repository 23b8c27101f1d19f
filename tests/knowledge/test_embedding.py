"""The offline embedder: same texts, same vectors; like texts, near vectors."""

from pathlib import Path

import numpy as np
import pytest

from drafter.knowledge.embedding import DIMENSIONS, NgramEmbeddings, grams

TEXTS = [
    "规模工业增加值增长〔比率〕，工业用电量完成〔数〕。",
    "坚持党建引领，开展主题党日活动〔数〕。",
    "建成通信基站〔数〕，数字经济与实体经济加快融合。",
    "检查企业〔数〕，整改安全隐患〔数〕。",
    "规上工业企业达〔数〕，工业投资增长〔比率〕。",
]


def test_grams_are_characters_and_neighbours_within_words():
    assert grams("技改，〔数〕５Ｇ") == ["技", "改", "技改", "5", "g", "5g"]


def test_a_text_is_nearest_to_itself():
    embedder = NgramEmbeddings.fit(TEXTS)
    vectors = np.array(embedder.embed_documents(TEXTS))
    assert (vectors @ vectors.T).argmax(axis=1).tolist() == [0, 1, 2, 3, 4]


def test_a_question_finds_what_it_is_about():
    embedder = NgramEmbeddings.fit(TEXTS)
    vectors = np.array(embedder.embed_documents(TEXTS))
    assert (vectors @ embedder.embed_query("安全生产隐患整改")).argmax() == 3


def test_vectors_have_length_one_and_a_dimension_less_than_texts():
    vectors = np.array(NgramEmbeddings.fit(TEXTS).embed_documents(TEXTS))
    assert vectors.shape == (5, 4)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1)


def test_there_are_never_more_than_128_dimensions():
    texts = [f"{chr(0x4E00 + i)}{chr(0x5E00 + 7 * i)}{chr(0x6E00 + 3 * i)}工作" for i in range(200)]
    assert len(NgramEmbeddings.fit(texts).embed_query("工作")) == DIMENSIONS


@pytest.mark.parametrize("texts", [["工业向好。"], ["工业向好。"] * 3, ["甲", "乙"], ["甲"]])
def test_few_or_equal_texts_can_be_embedded(texts: list[str]):
    embedder = NgramEmbeddings.fit(texts)
    assert any(embedder.embed_query(texts[0]))


def test_equal_texts_in_the_corpus_add_no_direction():
    assert (
        len(NgramEmbeddings.fit(TEXTS).embed_query(""))
        == len(NgramEmbeddings.fit(TEXTS + TEXTS).embed_query("")) - 1
    )


def test_an_unknown_text_has_the_vector_zero():
    assert not any(NgramEmbeddings.fit(TEXTS).embed_query("xyz"))


def test_fitting_twice_gives_the_same_vectors():
    one, other = NgramEmbeddings.fit(TEXTS), NgramEmbeddings.fit(list(TEXTS))
    assert one.embed_documents(TEXTS) == other.embed_documents(TEXTS)
    assert one.version == other.version


def test_the_version_changes_with_the_corpus():
    assert NgramEmbeddings.fit(TEXTS).version != NgramEmbeddings.fit(TEXTS[1:]).version


def test_what_is_saved_is_loaded_without_pickle(tmp_path: Path):
    fitted = NgramEmbeddings.fit(TEXTS)
    fitted.save(tmp_path)
    loaded = NgramEmbeddings.load(tmp_path)
    assert fitted.embed_documents(TEXTS) == loaded.embed_documents(TEXTS)
    assert fitted.version == loaded.version
    assert {"embedder.npz", "embedder.json"} == {path.name for path in tmp_path.iterdir()}
