"""Enumerators at the beginning of a text."""

import pytest

from drafter.reading.enumerators import enumerator, number_of


@pytest.mark.parametrize(
    ("text", "level", "number", "written"),
    [
        ("一、主要工作", 1, 1, "一、"),
        ("十二、其他工作", 1, 12, "十二、"),
        ("第三部分 下一步打算", 1, 3, "第三部分"),
        ("（二）工业经济", 2, 2, "（二）"),
        ("(十一)安全生产", 2, 11, "(十一)"),
        ("( 三 ）科技创新", 2, 3, "( 三 ）"),
        ("1.抓运行", 3, 1, "1."),
        ("２．抓项目", 3, 2, "２．"),
        ("3、抓服务", 3, 3, "3、"),
        ("（4）抓落实", 4, 4, "（4）"),
        ("5)抓宣传", 4, 5, "5)"),
        ("㈡工业经济", 2, 2, "㈡"),
        ("⒊、抓服务", 3, 3, "⒊、"),
        ("⑷抓落实", 4, 4, "⑷"),
    ],
)
def test_every_form_has_its_level_and_number(text: str, level: int, number: int, written: str):
    mark = enumerator(text)
    assert mark is not None
    assert (level, number, written) == (mark.level, mark.number, mark.written)


@pytest.mark.parametrize(
    "text",
    [
        "一、二、三产业协调发展",
        "二、三季度运行平稳",
        "一是狠抓调度。",
        "1.5亿元",
        "12.1%的企业",
        "2022年全县",
        "（以下简称园区）",
        "百、",
        "一季度，全县",
    ],
)
def test_what_only_looks_like_an_enumerator_is_none(text: str):
    assert enumerator(text) is None


@pytest.mark.parametrize(
    ("written", "number"),
    [("一", 1), ("十", 10), ("十九", 19), ("二十", 20), ("三十一", 31), ("百", 0)],
)
def test_numerals_of_enumerators(written: str, number: int):
    assert number_of(written) == number
