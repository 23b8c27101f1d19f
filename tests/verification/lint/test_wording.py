"""Slips of wording around numbers."""

import pytest

from drafter.verification import verify


def rules(text: str) -> set[str]:
    return {one.rule for one in verify(text).issues}


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("光纤到达率达到20230%。", "L31"),
        ("占比约为3.4%左右。", "L10"),
        ("较去年同比增长8%。", "L10"),
        ("实交税金7.11亿，同比增长40%。", "L08"),
        ("成本下降2倍。", "L09"),
        ("13月完成投资3亿元。", "L15"),
        ("截止11月底，完成投资3亿元。", "L21"),
        ("【待核实】投资3亿元。", "L31"),
        ("印发《方案，明确任务。", "L20"),
    ],
)
def test_a_slip_is_named_by_its_rule(text: str, rule: str):
    assert rule in rules(text)


@pytest.mark.parametrize(
    "text",
    [
        "工业投资完成208.6亿元，增长28.2%。",
        "力争产值达到6亿元以上。",
        "截至11月底，完成投资3亿元。",
        "同比持平。",
    ],
)
def test_plain_usage_is_left_alone(text: str):
    assert rules(text) == set()
