from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drafter.numerals.chinese import parse_chinese, to_chinese


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("二十三点五亿", "2350000000"),
        ("二〇二二", "2022"),
        ("三万五", "35000"),
        ("一百二", "120"),
        ("一百零二", "102"),
        ("十五", "15"),
        ("一亿二千万", "120000000"),
        ("1亿2千万", "120000000"),
        ("三万亿", "3000000000000"),
        ("零点三", "0.3"),
        ("两千零五十", "2050"),
        ("壹佰贰拾", "120"),
    ],
)
def test_a_numeral_has_the_value_a_reader_gives_it(written: str, value: str):
    assert parse_chinese(written) == Decimal(value)


@pytest.mark.parametrize(
    "written", ["", "三四", "十百", "五个", "二百五千三万一亿四", "点", "一" * 100]
)
def test_what_is_no_numeral_has_no_value(written: str):
    assert parse_chinese(written) is None


def test_the_exponent_keeps_how_exactly_it_was_written():
    assert str(parse_chinese("二十三点五亿")) == "2.35E+9"
    assert str(parse_chinese("八点七零")) == "8.70"


@given(st.integers(0, 10**12 - 1))
def test_writing_in_characters_and_reading_back_is_the_identity(value: int):
    assert parse_chinese(to_chinese(value)) == value


@given(st.text(alphabet="零〇一二两三十百千万亿点0123.壹 家", max_size=40))
def test_no_text_makes_it_raise(text: str):
    parse_chinese(text)
