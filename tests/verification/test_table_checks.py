"""A table judged by itself: each rule fires, and leaves a close correct row alone."""

import pytest

from drafter.verification import check_table
from tests.builders import table


def issues(*rows: str) -> list[tuple[str, str]]:
    return [(one.rule, one.level) for one in check_table(table(*rows))]


@pytest.mark.parametrize(
    ("rows", "issue"),
    [
        pytest.param(["企业=105家 目标30 完成率250"], ("L07", "error"), id="excess as completion"),
        pytest.param(["企业=15家 目标12 完成率130"], ("L04", "error"), id="another completion"),
        pytest.param(["企业=184家 目标188 完成率97.8"], ("L26", "info"), id="cut off"),
        pytest.param(["企业=15家 上年12 同比30"], ("L04", "warning"), id="another growth"),
        pytest.param(["企业=15家", "新增=16家 属企业"], ("L03", "error"), id="part above whole"),
        pytest.param(["投资=208.6亿元", "税收=208.6亿元"], ("L25", "warning"), id="equal values"),
        pytest.param(["企业=15家 占比120"], ("L12", "error"), id="share above a hundred"),
        pytest.param(["投资=15亿元 同比-120"], ("L12", "error"), id="a fall of more than all"),
        pytest.param(["网络覆盖率=111%"], ("L12", "error"), id="a rate above a hundred"),
        pytest.param(["企业=15家 全市第12 共11"], ("L11", "error"), id="rank behind the last"),
    ],
)
def test_a_fault_is_named(rows: list[str], issue: tuple[str, str]):
    assert issue in issues(*rows)


@pytest.mark.parametrize(
    "rows",
    [
        ["企业=105家 目标30 完成率350"],
        ["企业=15家 目标12 完成率125"],
        ["企业=184家 目标188 完成率97.9"],
        ["利润总额=15亿元 同比-120"],
        ["网络覆盖率=100%", "目标完成率=111%"],
        ["企业=15家 上年12 同比25"],
        ["工业增加值=30亿元 上年20 同比8"],
        ["企业=15家", "新增=15家 属企业"],
        ["投资=208.6亿元", "税收=208.7亿元", "甲=12家", "乙=12家"],
        ["投资=15亿元", "企业=16家 属投资"],
        ["企业=15家 期2023年", "新增=16家 属企业 期2022年"],
        ["企业=15家 占比100"],
        ["企业=15家 全市第11 共11"],
        ["生产安全事故起数=8起 目标10 完成率125"],
    ],
)
def test_what_is_right_is_left_alone(rows: list[str]):
    assert issues(*rows) == []
