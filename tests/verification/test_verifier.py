"""The verdict on single claims: the amount, its indicator, its unit, its period decide."""

import pytest

from drafter.verification import verify
from tests.builders import facts, table

TABLE = table(
    "规模工业增加值 同比8.7 全市第2 期2022年1—11月",
    "工业投资=208.6亿元 同比28.2 全市第5 期2022年1—11月",
    "工业技改投资=103.2亿元 同比-4.7 全市第3 期2022年1—11月",
    "新增规模工业企业数=12家 上年9 目标15 期2022年",
    "规模工业企业数=136家 期2022年",
    "企业融资额=5亿元 约近 期2022年",
    "技术合同登记数=205件 同比12.5 期2022年",
    "技术合同成交额=19.3亿元 同比6.6 期2022年",
)


def verdicts(text: str) -> list[str]:
    return [one.verdict for one in verify(text, TABLE).findings]


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        pytest.param("工业投资完成208.6亿元。", "supported", id="as in the table"),
        pytest.param("工业投资完成2086000万元。", "supported", id="same amount in another unit"),
        pytest.param("工业投资完成209亿元。", "supported", id="rounded half-up"),
        pytest.param("工业投资完成208亿元。", "contradicted", id="cut off, not rounded"),
        pytest.param("工业投资完成208.6万元。", "contradicted", id="same digits, other unit"),
        pytest.param("工业投资完成103.2亿元。", "contradicted", id="the value of another row"),
        pytest.param("工业技改投资完成103.2亿元。", "supported", id="the longer name wins"),
        pytest.param("规上工业增加值增长8.7%。", "supported", id="another name of the same"),
        pytest.param("规模以上工业增加值下降8.7%。", "contradicted", id="wrong direction"),
        pytest.param("工业技改投资下降4.7%。", "supported", id="a fall is printed positive"),
        pytest.param("工业技改投资增长4.7%。", "contradicted", id="a fall told as growth"),
        pytest.param("工业投资增长28.2个百分点。", "contradicted", id="points for percent"),
        pytest.param("工业投资排全市第五。", "supported", id="rank"),
        pytest.param("工业投资排全省第五。", "contradicted", id="rank of another scope"),
        pytest.param("工业投资排全市第四。", "contradicted", id="wrong rank"),
        pytest.param("为企业融资近5亿元。", "supported", id="the table's own approximator"),
        pytest.param("为企业融资超5亿元。", "contradicted", id="the opposite approximator"),
        pytest.param("工业投资近210亿元。", "supported", id="just below a round number"),
        pytest.param("工业投资超210亿元。", "contradicted", id="not above it"),
        pytest.param("工业投资超过208.6亿元。", "contradicted", id="超过 excludes the number"),
        pytest.param("新增规模工业企业十二家。", "supported", id="Chinese numeral"),
        pytest.param("新建文化广场12个。", "unsupported", id="no such indicator"),
        pytest.param("新增规模工业企业12家，完成年度目标的80%。", "derived", id="completion"),
        pytest.param(
            "新增规模工业企业12家，比上年增加3家。", "derived", id="difference to last year"
        ),
        pytest.param("新增规模工业企业12家，比上年多3家。", "derived", id="more by that much"),
        pytest.param(
            "新增规模工业企业12家，比上年少3家。", "contradicted", id="more told as fewer"
        ),
    ],
)
def test_verdict_on_a_claim(text: str, verdict: str):
    assert verdicts(text)[-1] == verdict


def test_clauses_without_a_noun_inherit_their_subject():
    text = "工业投资完成208.6亿元，增长28.2%，全市第五；工业技改投资完成103.2亿元，下降4.7%，全市第三。"
    assert verdicts(text) == ["supported"] * 6


def test_respectively_pairs_values_in_order():
    text = "技术合同登记205件、成交额19.3亿元，分别增长12.5%和6.6%。"
    assert verdicts(text) == ["supported"] * 4


def test_respectively_in_the_wrong_order_is_contradicted():
    text = "技术合同登记205件、成交额19.3亿元，分别增长6.6%和12.5%。"
    assert verdicts(text)[2:] == ["contradicted"] * 2


def test_a_contradiction_names_both_indicators():
    (finding,) = verify("工业投资完成103.2亿元。", TABLE).findings
    assert "工业投资" in finding.message
    assert "工业技改投资" in finding.message
    assert finding.expected == "208.6亿元"


def test_evidence_names_file_sheet_and_cell():
    (finding,) = verify("工业投资完成208.6亿元。", TABLE).findings
    assert [(one.file, one.sheet, one.cell) for one in finding.evidence] == [
        ("表.xlsx", "Sheet1", "B3")
    ]


def test_growth_of_value_added_is_never_computed():
    rows = table("规模工业增加值=110亿元 上年100")
    (_, growth) = verify("规模工业增加值110亿元，增长10%。", rows).findings
    assert growth.verdict == "unsupported"


def test_a_period_is_judged_by_the_figures_it_scopes():
    good = verify("1—11月规模工业增加值增长8.7%。", TABLE)
    bad = verify("1—10月规模工业增加值增长8.7%。", TABLE)
    assert good.findings[0].verdict == "supported"
    assert bad.findings[0].verdict == "contradicted"
    assert bad.findings[0].rule == "L13"


def test_open_dates_of_events_do_not_fail_a_text():
    report = verify("7月，举办了培训班。", TABLE)
    assert report.verdict(with_issues=False) == "pass"


def test_a_fact_proves_numbers_of_its_own_sentence_only():
    fact_list = facts("举办安全生产知识竞赛，参赛职工326人")
    same = verify("举办安全生产知识竞赛，参赛职工326人。", TABLE, fact_list)
    other = verify("全县发放消防器材326件。", TABLE, fact_list)
    assert [one.verdict for one in same.findings if one.kind == "number"] == ["supported"]
    assert [one.verdict for one in other.findings] == ["unsupported"]


def test_a_tie_is_supported_only_if_every_candidate_agrees():
    agreeing = table("甲园区新增企业=3家", "乙园区新增企业=3家")
    quarrelling = table("甲园区新增企业=3家", "乙园区新增企业=4家")
    text = "园区新增企业3家。"
    assert [one.verdict for one in verify(text, agreeing).findings] == ["supported"]
    (finding,) = verify(text, quarrelling).findings
    assert (finding.verdict, finding.rule) == ("unsupported", "ambiguous")


def test_binding_never_looks_at_the_value():
    texts = [f"工业投资完成{value}亿元。" for value in ("208.6", "103.2", "7.3")]
    assert {verify(text, TABLE).findings[0].indicator for text in texts} == {"r2"}


RANKS = table(
    "工业投资=208.6亿元 同比28.2 增速第5",
    "工业税收=5.4亿元 全市第4",
    "规模工业增加值 同比8.7 全市第2",
)


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("工业投资增速排全市第五。", "supported"),
        ("工业投资排全市第五。", "supported"),
        ("工业投资总量排全市第五。", "contradicted"),
        ("工业税收总量排全市第四。", "supported"),
        ("工业税收增速排全市第四。", "contradicted"),
        ("规模工业增加值增速排全市第二。", "supported"),
    ],
)
def test_a_place_by_growth_is_no_place_by_amount(text: str, verdict: str):
    assert [one.verdict for one in verify(text, RANKS).findings] == [verdict]


COMPLETED = table("新增企业数=31家 目标30 完成率103.3", "新增平台数=7家 目标8 完成率87.5")


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("新增企业31家，完成任务的103.3%。", "supported"),
        ("新增企业31家，超额完成任务的103.3%。", "contradicted"),
        ("新增企业31家，超额完成任务3.3%。", "derived"),
        ("新增平台7家，超额完成任务的87.5%。", "contradicted"),
    ],
)
def test_an_excess_is_what_is_above_the_task(text: str, verdict: str):
    assert verify(text, COMPLETED).findings[-1].verdict == verdict


CHANGES = table(
    "规模工业企业数=130家 增减9 期截至2023年11月底",
    "失信企业数=4家 增减-3",
    "销售额=3亿元 同比57.5",
)


@pytest.mark.parametrize(
    ("text", "open_"),
    [
        ("规模工业企业130家，比上年同期增加9家。", False),
        ("规模工业企业130家，比上年同期减少9家。", True),
        ("失信企业4家，比上年减少3家。", False),
        ("失信企业4家，比上年增加3家。", True),
        ("销售额3亿元，同比增长近六成。", False),
        ("销售额3亿元，同比下降近六成。", True),
    ],
)
def test_a_rise_told_as_a_fall_is_open(text: str, open_: bool):
    assert verify(text, CHANGES).findings[-1].is_open is open_


def test_a_figure_of_eleven_months_is_none_of_the_whole_year():
    found = verify("全年，工业投资完成208.6亿元，增长28.2%。", TABLE).findings
    assert next((one.text, one.verdict) for one in found) == ("全年", "contradicted")
    goal = verify("完成全年任务的53.6%，工业投资完成208.6亿元。", TABLE).findings
    assert "全年" not in [one.text for one in goal]


def test_a_closing_day_is_no_date_of_an_event():
    rows = table("检测中心投用 期2022年10月", "检测中心服务企业数=39家 期截至2022年11月底")
    for month, verdict in (("10", "contradicted"), ("11", "supported")):
        text = f"10月，检测中心投用，截至{month}月底检测中心服务企业39家。"
        told = {one.text: one.verdict for one in verify(text, rows).findings}
        assert told[f"截至{month}月底"] == verdict
        assert told["10月"] == "supported"


@pytest.mark.parametrize("base", ["", "同比", "比上年", "比上年同期", "较去年同期"])
def test_what_a_rate_is_compared_with_names_no_indicator(base: str):
    rows = table("公路客运量=312.6万人次 同比-8.4", "公路货运量=896.5万吨 同比7.7")
    text = f"完成公路客运量312.6万人次，同比下降8.4%；货运量896.5万吨，{base}增长7.7%。"
    assert [one.verdict for one in verify(text, rows).findings] == ["supported"] * 4
