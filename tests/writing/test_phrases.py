"""Each field is the phrase an office would print; reading it back gives the row's number."""

from typing import Any

import pytest

from drafter.numerals.periods import read_period
from drafter.records.indicator import Indicator
from drafter.writing.phrases import noun, phrase
from drafter.writing.wording import period_phrase
from tests.writing.samples import materials, row


def said(one: Indicator, field: str = "值", **more: Any) -> str | None:
    return phrase(one, field, materials(one), **more)


@pytest.mark.parametrize(
    ("notation", "approx", "printed"),
    [
        ("工业投资=208.6亿元", None, "208.6亿元"),
        ("融资=5亿元", "近", "近5亿元"),
        ("占比=3.4%", "约", "约3.4%"),
        ("增加值=110亿元", "左右", "110亿元左右"),
        ("视频数=500条", "多", "500多条"),
        ("视频数=503条", "多", "超503条"),
        ("占比=1/3", "以上", "三分之一以上"),
        ("占比=1/3", "近", "近三分之一"),
        ("企业数=13~17家", None, "13至17家"),
        ("占比=5~8%", None, "5%至8%"),
        ("企业数=36家", "突破", "突破36家"),
        ("占比=30%", "约…左右", "约30%"),
        ("获奖等次=1等奖", None, "一等奖"),
        ("资金=955万元", None, "955万元"),
        ("资金=21300万元", None, "2.13亿元"),
        ("资金=21345万元", None, "2.13亿元"),
        ("资金=21345万元", "近", "近21345万元"),
        ("资金=20000万元", None, "2亿元"),
        ("提高=1.30百分点", None, "1.30个百分点"),
    ],
)
def test_a_value_prints_with_approximator_and_unit(
    notation: str, approx: str | None, printed: str | None
) -> None:
    assert printed == said(row(notation, approx=approx))


@pytest.mark.parametrize(
    ("notation", "asked", "printed"),
    [
        ("资金=21300万元", "万元", "21300万元"),
        ("资金=2.13亿元", "万元", "21300万元"),
        ("资金=9000万元", "亿元", "9000万元"),
        ("企业数=9家", "亿元", "9家"),
    ],
)
def test_a_unit_is_given_where_it_is_legitimate(
    notation: str, asked: str, printed: str | None
) -> None:
    assert printed == said(row(notation), unit_asked=asked)


@pytest.mark.parametrize(
    ("figures", "field", "printed"),
    [
        ({"yoy": "28.2"}, "增长", "增长28.2%"),
        ({"yoy": "-4.7"}, "增长", "下降4.7%"),
        ({"yoy": "0"}, "增长", "持平"),
        ({"yoy": "0.5点"}, "增长", "提高0.5个百分点"),
        ({"yoy": "-4.7"}, "增速", "-4.7%"),
        ({"yoy": "近30"}, "增长", "增长近30%"),
        ({"rank": "2", "rank_scope": "全市"}, "位次", "全市第二"),
        ({"rank": "12", "rank_scope": "全省"}, "位次", "全省第12位"),
        ({"rank": "前3", "rank_scope": "全市"}, "位次", "全市前三"),
        ({"yoy_rank": "10", "rank_scope": "全市"}, "增速位次", "全市第十"),
        ({"completion": "125"}, "完成率", "125%"),
        ({"share": "1/3"}, "占比", "三分之一"),
        ({"prior": "90"}, "上年", "90家"),
        ({"target": "30"}, "目标", "30家"),
        ({"schedule": "91.7"}, "序时", "91.7%"),
        ({"change": "3"}, "增减", "增加3家"),
        ({"change": "-2"}, "增减", "减少2家"),
        ({"change": "0"}, "增减", "持平"),
        ({"prior": "90"}, "增减", "增加15家"),
        ({}, "目标", None),
        ({}, "增长", None),
    ],
)
def test_a_field_prints_its_phrase(
    figures: dict[str, str], field: str, printed: str | None
) -> None:
    assert printed == said(row("科技型中小企业入库数=105家", **figures), field)


def test_a_rate_changes_in_points() -> None:
    assert said(row("问题办结率=96.8%", prior="96.1"), "增减") == "提高0.7个百分点"


def test_a_difference_is_not_calculated_where_the_base_is_not_printed() -> None:
    assert said(row("工业投资=79.8亿元", prior="84.6"), "增减") is None


def test_a_growth_rate_of_its_own_row_grows() -> None:
    assert said(row("规模工业企业利润增速=32.1%"), "增长") == "增长32.1%"


def test_an_estimate_says_so() -> None:
    assert said(row("研发投入=13.4亿元", status="预计")) == "预计13.4亿元"
    assert said(row("研发投入=13.4亿元", status="预计"), estimate=False) == "13.4亿元"


def test_a_grade_may_stand_in_the_column_of_ranks() -> None:
    award = row("产业大发展工作获奖等次", unit="等奖", rank="1", rank_scope="全市")
    assert (said(award), said(award, "位次")) == ("一等奖", "市一等奖")


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("2024年1—11月", "1—11月"),
        ("2023年1—11月", "2023年1—11月"),
        ("2024年", "全年"),
        ("2023年", "2023年"),
        ("全年", "全年"),
        ("2024年1—12月", "全年"),
        ("截至2024年11月底", "截至11月底"),
        ("截至2023年11月底", "截至2023年11月底"),
        ("截至11月底", "截至11月底"),
        ("2024年7月", "7月"),
        ("2024年12月29日", "12月29日"),
        ("2024年(截至目前)", "截至目前"),
        ("截至目前", "截至目前"),
        ("今年以来", "今年以来"),
        ("2024年上半年", "上半年"),
        ("前三季度", "前三季度"),
        ("2021—2025年", "2021—2025年"),
        ("2024年底", "全年"),
        ("截至2024年底", "截至年底"),
        ("截至2023年底", "截至2023年底"),
        ("2020年以来", "2020年以来"),
        ("2024年3月以来", "3月以来"),
        ("截至2024年11月20日", "截至11月20日"),
        ("2024年三季度", "三季度"),
    ],
)
def test_a_period_names_its_year_only_where_it_is_another(
    written: str, printed: str | None
) -> None:
    period = read_period(written)
    assert period
    assert printed == period_phrase(period, 2024)


@pytest.mark.parametrize(
    ("notation", "printed"),
    [
        ("高新技术企业数=36家", "高新技术企业"),
        ("谈心谈话次数=48次", "谈心谈话"),
        ("技术合同登记件数=205件", "技术合同登记"),
        ("宣传稿件数=23件", "宣传稿件"),
        ("监控点位数=7626个", "监控点位"),
        ("走访职工人数=51名", "走访职工"),
        ("安全培训人次=1480人次", "安全培训"),
        ("退税户数=140户", "退税"),
        ("解决融资额=18.83亿元", "解决融资"),
        ("技术合同成交额=13.2亿元", "技术合同成交额"),
        ("利润总额=9亿元", "利润总额"),
        ("问题办结率=96.8%", "问题办结率"),
        ("高新技术企业数（家）=36家", "高新技术企业"),
    ],
)
def test_a_name_loses_what_only_announces_the_number(notation: str, printed: str | None) -> None:
    assert printed == noun(row(notation))


@pytest.mark.parametrize(
    "written",
    ["2024年1—11月", "截至2024年11月底", "2024年7月", "2024年12月29日", "2023年1—3月", "上半年"],
)
def test_a_printed_period_is_read_as_the_same_months(written: str) -> None:
    period = read_period(written)
    assert period
    again = read_period(period_phrase(period, 2024))
    assert again
    assert (again.first, again.last, again.day, again.as_of) == (
        period.first,
        period.last,
        period.day,
        period.as_of,
    )
