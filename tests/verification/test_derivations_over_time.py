"""Rules that reach back in time or from a part to its whole: N10, N16-N22."""

import pytest

from drafter.records.claim import Finding
from drafter.verification import verify
from tests.builders import table

YEARS = table(
    "技术合同成交额=19.36亿元 期2023年 全市第3",
    "技术合同成交额=16.5亿元 期2022年 全市第5",
    "技术合同成交额=16亿元 期2021年 全市第6",
    "规模工业增加值 同比8.2 增速第4 期2023年",
    "规模工业增加值 同比6.5 增速第6 期2022年",
    "固定资产投资=121亿元 期2023年",
    "固定资产投资=100亿元 期2021年",
    "营商环境满意度排名=3位 上年5 期2023年",
)
MONTHS = table(
    "争取资金=3.2亿元 期2023年1—3月",
    "争取资金=4.1亿元 期2023年4—6月",
    "争取资金=2.5亿元 期2023年7—9月",
    "技改投资=88.6亿元 期2023年1—11月",
    "技改投资=9.7亿元 期2023年12月",
    "在册企业拥有量=500家 期2023年1—3月",
    "在册企业拥有量=520家 期2023年4—6月",
)
PARTS = table(
    "工业用电量=12.6亿千瓦时 上年11.4 期2023年",
    "园区工业用电量=8.4亿千瓦时 上年7.5 属工业用电量 期2023年",
    "乡镇工业用电量=4.2亿千瓦时 上年3.9 属工业用电量 期2023年",
    "规模工业增加值=110亿元 上年100 期2023年",
    "装备制造业增加值=40亿元 上年34 属规模工业增加值 期2023年",
    "地区生产总值=400亿元 期2023年",
    "第一产业增加值=40亿元 属地区生产总值 期2023年",
    "第二产业增加值=160亿元 属地区生产总值 期2023年",
    "第三产业增加值=200亿元 属地区生产总值 期2023年",
)
PROGRESS = table(
    "争取资金=7.3亿元 目标10 期2023年1—9月",
    "食品抽检=900批次 目标1200 序时70 期2023年1—9月",
    "生产安全事故=6起 目标8 期2023年1—9月",
)


def last(text: str, rows: object) -> Finding:
    return verify(text, rows).findings[-1]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("rule", "rows", "true", "false"),
    [
        ("N16", YEARS, "2023年技术合同成交额19.36亿元，两年平均增长10%。", "11%"),
        ("N16", YEARS, "2023年规模工业增加值增长8.2%，两年平均增长7.3%。", "7.5%"),
        ("N20", YEARS, "2023年技术合同成交额19.36亿元，居全市第3位，较上年前移2位。", "3位"),
        ("N20", YEARS, "2023年营商环境满意度排名第3位，较上年提升2位。", "3位"),
        ("N05", YEARS, "2023年规模工业增加值增长8.2%，增速较上年提高1.7个百分点。", "1.9个百分点"),
        ("N21", MONTHS, "2023年上半年争取资金7.3亿元。", "7.5亿元"),
        ("N21", MONTHS, "2023年1—9月争取资金9.8亿元。", "10.1亿元"),
        ("N22", MONTHS, "2023年全年技改投资98.3亿元。", "98.5亿元"),
        ("N17", PARTS, "园区工业用电量8.4亿千瓦时，对工业用电量增长的贡献率为75%。", "90%"),
        ("N18", PARTS, "园区工业用电量8.4亿千瓦时，拉动工业用电量增长7.9个百分点。", "9.9个百分点"),
        ("N10", PROGRESS, "1—9月争取资金7.3亿元，低于序时进度2个百分点。", "4个百分点"),
        ("N10", PROGRESS, "1—9月食品抽检900批次，高于序时进度5个百分点。", "8个百分点"),
    ],
)
def test_a_rule_over_time_or_parts(rule: str, rows: object, true: str, false: str):
    found = last(true, rows)
    assert (found.verdict, found.rule) == ("derived", rule), found
    assert last(true[: found.start] + false + true[found.end :], rows).is_open


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        pytest.param(YEARS, "2023年固定资产投资121亿元，两年平均增长10%。", id="no level of 固投"),
        pytest.param(YEARS, "2023年技术合同成交额19.36亿元，三年平均增长6.6%。", id="no such base"),
        pytest.param(
            YEARS, "2023年技术合同成交额居全市第3位，较上年后移2位。", id="moved up, not down"
        ),
        pytest.param(MONTHS, "2023年全年争取资金9.8亿元。", id="a quarter is missing"),
        pytest.param(MONTHS, "2023年上半年在册企业拥有量1020家。", id="a stock adds up to nothing"),
        pytest.param(
            PARTS, "装备制造业增加值40亿元，对规模工业增加值增长的贡献率为60%。", id="real growth"
        ),
        pytest.param(
            PARTS, "装备制造业增加值40亿元，拉动规模工业增加值增长6个百分点。", id="real pull"
        ),
        pytest.param(
            PROGRESS, "1—9月争取资金7.3亿元，高于序时进度2个百分点。", id="behind told as ahead"
        ),
        pytest.param(
            PROGRESS,
            "1—9月生产安全事故6起，与序时进度持平，快于序时进度0个百分点。",
            id="less is better",
        ),
    ],
)
def test_what_no_rule_allows(rows: object, text: str):
    assert last(text, rows).is_open


def test_the_structure_of_three_industries_takes_its_order():
    right = verify("三次产业结构为10.0∶40.0∶50.0。", PARTS).findings
    wrong = verify("三次产业结构为40.0∶10.0∶50.0。", PARTS).findings
    assert [(one.verdict, one.rule) for one in right] == [("derived", "N19")] * 3
    assert [one.is_open for one in wrong] == [True, True, False]
