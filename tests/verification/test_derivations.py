"""What may be computed: the rule, its words, its condition; and what must not prove a number."""

import pytest

from drafter.records.claim import Finding
from drafter.verification import Options, verify
from tests.builders import table

TABLE = table(
    "电商交易额=26.4亿元 上年22 目标25 期2023年",
    "技术合同登记数=205项 上年41 期2023年",
    "规上企业数=136家 上年122 期2023年",
    "新增规上企业数=17家 目标15 期2023年",
    "退库规上企业数=3家 期2023年",
    "一般公共预算收入=28.16亿元 上年25.53 期2023年",
    "税收收入=17.93亿元 上年16 属一般公共预算收入 期2023年",
    "城镇化率=61.3% 上年60.1 目标61 期2023年",
    "规模工业增加值=110亿元 上年100 同比8.7 目标8% 期2023年",
    "全市规模工业增加值 同比6.7 期2023年",
    "社会消费品零售总额 同比4.3 期2023年",
    "万元GDP能耗=0.5吨 目标0.6 期2023年",
    "固定资产投资=120亿元 上年100 期2023年",
    "排查安全隐患=188处 期2023年",
    "整改安全隐患=184处 期2023年",
    "增收农户=400户 期2023年",
    "农户增收总额=140万元 期2023年",
    "参训群众=800人 期2023年",
    "食品抽检=900批次 目标1200 序时75 期2023年1—9月",
    "发放补贴=12.5万元 期2023年",
    "争取中央资金=3.2亿元 期2023年",
    "争取省级资金=1.5亿元 期2023年",
    "外贸主体=60家 期2023年",
)


def last(text: str, without: str = "") -> Finding:
    options = Options(without=frozenset(without.split()))
    return verify(text, TABLE, options=options).findings[-1]


TRUE = [
    ("N01", "电商交易额26.4亿元，同比增长20%。"),
    ("N01", "一般公共预算收入28.16亿元，增长10.3%。"),
    ("N02", "电商交易额26.4亿元，比上年增加4.4亿元。"),
    ("N02", "规上企业达到136家，比上年增加14家。"),
    ("N02", "城镇化率61.3%，比上年提高1.2个百分点。"),
    ("N03", "技术合同登记205项，是上年的5倍。"),
    ("N03", "技术合同登记205项，比上年增长4倍。"),
    ("N05", "规模工业增加值增长8.7%，高于全市平均2个百分点。"),
    ("N05", "规模工业增加值增长8.7%，高于社会消费品零售总额增速4.4个百分点。"),
    ("N05", "社会消费品零售总额增长4.3%，低于规模工业增加值增速4.4个百分点。"),
    ("N06", "一般公共预算收入28.16亿元，其中税收收入17.93亿元，占比63.7%。"),
    ("N06", "税收收入17.93亿元，占一般公共预算收入的63.7%。"),
    ("N06", "税收收入17.93亿元，占一般公共预算收入的比重超六成。"),
    ("N07", "电商交易额26.4亿元，完成年度目标的105.6%。"),
    ("N08", "新增规上企业17家，超额完成年度目标13.3%。"),
    ("N08", "新增规上企业17家，超年度目标2家。"),
    ("N08", "电商交易额26.4亿元，超额完成年度任务5.6个百分点。"),
    ("N09", "城镇化率61.3%，高于目标0.3个百分点。"),
    ("N09", "规模工业增加值增长8.7%，高于年度目标0.7个百分点。"),
    ("N11", "争取中央资金3.2亿元、省级资金1.5亿元，合计4.7亿元。"),
    ("N12", "排查安全隐患188处，整改安全隐患184处，其余4处正在整改。"),
    ("N13", "排查安全隐患188处，整改安全隐患184处，整改率97.9%。"),
    ("N14", "新增规上企业17家，退库规上企业3家，净增14家。"),
    ("N15", "农户增收总额140万元，惠及增收农户400户，户均增收3500元。"),
]


@pytest.mark.parametrize(("rule", "text"), TRUE, ids=[text for _, text in TRUE])
def test_a_true_value_is_derived_by_its_rule(rule: str, text: str):
    found = last(text)
    assert (found.verdict, found.rule) == ("derived", rule), found
    assert found.formula
    assert found.evidence


@pytest.mark.parametrize(("rule", "text"), TRUE, ids=[text for _, text in TRUE])
def test_a_rule_that_is_switched_off_proves_nothing(rule: str, text: str):
    assert last(text, without=rule).is_open


def spoilt(text: str) -> list[str]:
    """The text with its last number a step up, a step down and ten times as large."""
    finding = last(text)
    digits = finding.text
    start = next(i for i, c in enumerate(digits) if c.isdigit() or c in "一二三四五六七八九")
    stop = start
    while stop < len(digits) and (digits[stop].isdigit() or digits[stop] == "."):
        stop += 1
    if stop == start:
        others = [digits.replace("六", "七"), digits.replace("六", "五")]
    else:
        number = digits[start:stop]
        places = len(number.partition(".")[2])
        step = 10**-places
        off = max(3 * step, 0.02 * float(number))  # more than rounded operands explain
        changed = [f"{float(number) + d:.{places}f}" for d in (off, -off)]
        changed += [f"{float(number) * 10:.{places}f}"]
        others = [digits[:start] + one + digits[stop:] for one in changed]
    return [text[: finding.start] + one + text[finding.end :] for one in others]


@pytest.mark.parametrize("text", [text for _, text in TRUE])
def test_another_value_in_its_place_is_not_derived(text: str):
    for wrong in spoilt(text):
        assert last(wrong).is_open, wrong


FREE_PAIRS = [
    pytest.param("全县新建停车位341个。", id="136 + 205, nobody asked"),
    pytest.param(
        "新增规上企业17家，发放补贴12.5万元，技术合同登记205项，合计222项。",
        id="sum across another amount",
    ),
    pytest.param(
        "规上企业136家，整改安全隐患184处，培训320人次，合计320项。",
        id="sum with an unknown amount",
    ),
    pytest.param(
        "一般公共预算收入28.16亿元，其中税收收入17.93亿元，合计46.09亿元。", id="part and whole"
    ),
    pytest.param("争取中央资金3.2亿元，电商交易额比上年增加1.7亿元。", id="difference of two rows"),
    pytest.param("规上企业136家，外贸主体比上年增加14家。", id="the change of another row"),
    pytest.param("电商交易额26.4亿元，住宿餐饮同比增长20%。", id="the growth of another row"),
    pytest.param("新增规上企业17家，占规上企业数的9%。", id="share of what is not its own size"),
    pytest.param("外贸主体60家，占规上企业数的12.5%。", id="17 of 136, but the part is another"),
    pytest.param(
        "整改安全隐患184处，占一般公共预算收入的63.7%。", id="share of a whole of other unit"
    ),
    pytest.param("农户增收总额140万元，参训群众800人，户均增收1750元。", id="户均 over people"),
    pytest.param(
        "农户增收总额140万元，惠及增收农户400户，人均增收3500元。", id="人均 over households"
    ),
    pytest.param("排查安全隐患188处，整改安全隐患184处，办结率97.9%。", id="办结率 of 整改"),
    pytest.param("规上企业136家，新增规上企业17家，合格率12.5%。", id="合格率 of anything"),
    pytest.param("规上企业136家，技术合同登记205项，其余69家已退出。", id="rest of two unrelated"),
    pytest.param("规模工业增加值增长8.7%，高于城镇化率2个百分点。", id="a growth beside a level"),
    pytest.param("规模工业增加值增长8.7%，低于全市平均2个百分点。", id="the wrong way round"),
    pytest.param(
        "规模工业增加值增长8.7%，高于第三产业增速4.4个百分点。", id="beside what the table lacks"
    ),
    pytest.param("万元GDP能耗0.5吨，完成年度目标的83.3%。", id="less is better, no rule declared"),
    pytest.param("城镇化率61.3%，完成年度目标的100.5%。", id="a rate divided by its target"),
    pytest.param("规模工业增加值110亿元，完成年度目标的1375%。", id="an amount divided by 8 %"),
    pytest.param("固定资产投资120亿元，增长20%。", id="growth of investment"),
    pytest.param("固定资产投资120亿元，是上年的1.2倍。", id="growth of investment as a multiple"),
    pytest.param("电商交易额26.4亿元，完成年度目标的5.6%。", id="excess called completion"),
    pytest.param("新增规上企业17家，超额完成年度目标113.3%。", id="completion called excess"),
    pytest.param("新增规上企业17家，退库规上企业3家，净增20家。", id="net gain as a sum"),
]


@pytest.mark.parametrize("text", FREE_PAIRS)
def test_a_free_pair_proves_nothing(text: str):
    assert last(text).is_open, last(text)
