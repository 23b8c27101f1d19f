import pytest

from drafter.reading.headers import meaning, period_in, unit_line


def said(*head: str) -> str:
    """Field and what else a head says: `value 1—11月 亿元`."""
    found = meaning(head)
    parts = (found.field, found.period, found.scope, found.status, found.share_of, found.unit)
    return " ".join(part for part in parts if part)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("1—11月完成", "value 1—11月"),
        ("2024年1-11月累计完成（亿元）", "value 2024年1-11月 亿元"),
        ("截至11月底完成", "value 截至11月底"),
        ("本期", "value"),
        ("全市排名", "rank 全市"),
        ("岳阳市排名", "rank 岳阳市"),
        ("增速全市位次", "yoy_rank 全市"),
        ("同比±%", "yoy"),
        ("同比(%)", "yoy"),
        ("比上年增长%", "yoy"),
        ("比2023年±%", "yoy"),
        ("同比增减(亿元)", "change 亿元"),
        ("增减额", "change"),
        ("增长(百分点)", "yoy 百分点"),
        ("上年同期(万元)", "prior 万元"),
        ("年度目标", "target"),
        ("2025年目标", "target 2025年"),
        ("完成年度目标%", "completion"),
        ("占年度目标(%)", "completion"),
        ("完成率%", "completion"),
        ("序时进度%", "schedule"),
        ("占GDP比重(%)", "share GDP"),
        ("占全省比重", "share 全省"),
        ("快报数", "value 快报"),
        ("预计全年", "value 全年 预计"),
        ("状态(上报/快报/核定/预计/目标)", "status"),
        ("其中/所属指标", "parent"),
        ("统计期/数据时点", "period"),
        ("单 位", "unit"),
        ("计量单位", "unit"),
        ("责任股室", "department"),
        ("责任单位", "department"),
        ("Rank Scope", "rank_scope"),
        ("growth_pct", "yoy"),
        ("序号", "serial"),
    ],
)
def test_a_head_is_understood_by_its_parts(head: str, expected: str):
    assert said(head) == expected


@pytest.mark.parametrize(
    "head",
    [
        "较序时±百分点",
        "环比%",
        "上年位次",
        "上年增速",
        "当月完成",
        "年均增长",
        "企业名称",
        "sentence",
    ],
)
def test_what_the_contract_does_not_know_stays_unknown(head: str):
    assert not meaning((head,)).field


@pytest.mark.parametrize(
    ("upper", "lower", "expected"),
    [
        ("1—11月", "同比", "yoy 1—11月"),
        ("完成情况", "1—11月", "value 1—11月"),
        ("全市排名", "总量", "rank 全市"),
        ("全市排名", "增速", "yoy_rank 全市"),
        ("增速", "排名", "yoy_rank"),
        ("年度目标任务", "完成", "value"),
        ("年度目标任务", "完成率", "completion"),
        ("上年同期", "绝对数", "prior"),
        ("上年同期", "增速", ""),
        ("同比", "增减额", "change"),
        ("本期", "数值(亿元)", "value 亿元"),
        ("指标名称", "指标名称", "name"),
    ],
)
def test_of_two_rows_the_lower_says_what_and_the_upper_for_whom(
    upper: str, lower: str, expected: str
):
    assert said(upper, lower) == expected


def test_every_word_of_the_contract_means_its_own_field():
    chinese = {
        "id": "编号",
        "name": "指标名称",
        "section": "所属板块",
        "value": "完成值",
        "approx": "约数",
        "unit": "单位",
        "period": "统计期",
        "scope": "范围",
        "prior": "上年同期",
        "change": "增减额",
        "yoy": "同比(%)",
        "rank": "排名",
        "rank_scope": "排名范围",
        "rank_of": "参排单位数",
        "yoy_rank": "增速排名",
        "target": "年度目标",
        "target_of": "任务来源",
        "completion": "完成率(%)",
        "schedule": "序时进度(%)",
        "share": "占比(%)",
        "share_of": "占何指标",
        "parent": "其中",
        "basis": "口径",
        "status": "状态",
        "source": "来源",
        "department": "责任股室",
        "weight": "采用",
        "aliases": "别名",
        "note": "备注",
    }
    assert {field: meaning((head,)).field for field, head in chinese.items()} == {
        field: field for field in chinese
    }
    assert {field: meaning((field,)).field for field in chinese} == {
        field: field for field in chinese
    }


def test_a_line_above_the_head_declares_one_unit_or_none():
    assert unit_line("填报单位：某局      单位：亿元") == "亿元"
    assert unit_line("（单位：万元）") == "万元"
    assert unit_line("单位：亿元、%") == ""
    assert unit_line("填报单位：某局") == ""


def test_a_title_names_one_period_or_none():
    assert period_in("云岭县2024年1—11月主要经济指标") == "2024年1—11月"
    assert period_in("截至2024年11月底完成情况") == "截至2024年11月底"
    assert period_in("2023年和2024年对比表") == ""
