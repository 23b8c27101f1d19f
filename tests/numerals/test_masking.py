"""Figures of past years become placeholders; names and enumerators stay."""

import pytest

from drafter.numerals.masking import mask


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("完成投资208.6亿元。", "完成投资〔数〕。", id="an amount"),
        pytest.param("新增企业15家", "新增企业〔数〕", id="a count"),
        pytest.param("占比35.2%", "占比〔比率〕", id="a share"),
        pytest.param("提高2.1个百分点", "提高〔比率〕", id="points"),
        pytest.param("2022年10月完成", "〔日期〕完成", id="a date"),
    ],
)
def test_a_claim_becomes_its_type(text: str, masked: str):
    assert masked == mask(text)


def test_a_rate_and_a_rank_lose_their_digits_and_keep_their_subject():
    masked = mask("规模工业增加值增长8.7%，排全市第二。")
    assert masked.startswith("规模工业增加值")
    assert "〔比率〕" in masked
    assert "〔位次〕" in masked
    assert not any(character.isdigit() for character in masked)
    assert "第二" not in masked


@pytest.mark.parametrize("text", ["（一）党建工作", "一是强化责任", "进一步统一思想", ""])
def test_what_is_no_figure_stays(text: str):
    assert text == mask(text)


def test_masking_twice_changes_nothing_more():
    text = "1—11月完成技改投资6.5亿元，增长12.3%，总量排全市第二，新增企业15家。"
    assert mask(mask(text)) == mask(text)
