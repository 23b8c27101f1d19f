"""Past summaries are cut at sentence ends, masked, and keep their place in the document."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.knowledge.passages import content_hash, cut, embedded_text, passages_of
from tests.knowledge.samples import summary


def passages(tmp_path: Path, text: str):
    return passages_of(summary(tmp_path / "a.txt", text), document="d", source="a.txt")


def test_each_paragraph_of_a_section_is_a_passage(tmp_path: Path):
    found = passages(tmp_path, "# 党建工作\n抓实党建。\n建强支部。\n# 工业经济\n工业向好。")
    assert [(passage.section, passage.text) for passage in found] == [
        ("党建工作", "抓实党建。"),
        ("党建工作", "建强支部。"),
        ("工业经济", "工业向好。"),
    ]
    assert [passage.id for passage in found] == ["d-0000", "d-0001", "d-0002"]


def test_a_passage_knows_whose_it_is(tmp_path: Path):
    (found,) = passages(tmp_path, "# 工业经济\n工业向好。")
    assert (
        found.organisation,
        found.year,
        found.path,
        found.source,
    ) == ("云岭县工信局", 2022, ("工业经济",), "a.txt")


def test_only_the_unmasked_text_holds_figures(tmp_path: Path):
    (found,) = passages(tmp_path, "# 新增企业15家\n完成投资6.5亿元。")
    assert "6.5亿元" in found.text
    shown = " ".join((found.masked, found.section, *found.path, embedded_text(found)))
    assert not any(character.isdigit() for character in shown)


def test_a_paragraph_that_says_nothing_is_no_passage(tmp_path: Path):
    assert passages(tmp_path, "# 工业经济\n……\n208.6亿元。") == ()


def test_a_long_paragraph_is_cut_where_sentences_end():
    sentence = "坚持项目为王，推动产业集聚发展。"
    pieces = cut(sentence * 40)
    assert len(pieces) > 1
    assert all(len(piece) <= 300 and piece.endswith("。") for piece in pieces)
    assert sentence * 40 == "".join(pieces)


def test_the_pieces_are_about_equally_long():
    pieces = cut("坚持项目为王，推动产业集聚发展。" * 20, limit=300)
    assert max(map(len, pieces)) - min(map(len, pieces)) <= 32


def test_a_sentence_beyond_the_limit_is_cut_at_clauses():
    pieces = cut("推动甲产业发展，" * 60 + "取得实效。")
    assert all(len(piece) <= 300 for piece in pieces)
    assert all(piece.endswith(("，", "。")) for piece in pieces)


@given(st.text(alphabet="甲乙，。；\n 1,2%", max_size=200), st.integers(5, 60))
def test_cutting_loses_nothing_but_blanks(text: str, limit: int):
    assert "".join(text.split()) == "".join("".join(cut(text, limit=limit)).split())


@pytest.mark.parametrize("change", [{"year": 2021}, {"organisation": "青禾区工信局"}])
def test_the_hash_tells_who_said_it_and_when(tmp_path: Path, change: dict[str, Any]):
    text = "# 工业经济\n工业向好。"
    one = passages_of(summary(tmp_path / "a", text), document="d", source="a")[0]
    other = passages_of(summary(tmp_path / "b", text, **change), document="d", source="a")[0]
    assert content_hash(one) != content_hash(other)
