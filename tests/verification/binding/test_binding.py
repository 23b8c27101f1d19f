"""Whose figure a claim is: a name with a qualifier, another year, a goal, a list."""

import pytest

from drafter.verification import verify
from tests.builders import table

TABLE = table(
    "全社会固定资产投资=155.4亿元 同比101.6 期2011年",
    "城镇居民人均可支配收入=30788元 同比8 期2011年",
    "规模以上工业总产值=188亿元 同比12.9 期2011年",
    "地区生产总值=287.9亿元 上年274.4 同比8.9 期2011年",
    "规模工业企业数=136家 期2011年",
    "新增规模工业企业数=12家 状态目标 期2012年",
    "泵阀产业产值=110亿元 状态目标 期2012年",
    "竹基新材料产业产值=38亿元 期2011年",
    "旅游收入=69亿元 同比19.6 期2011年",
    "出口额=30亿元 同比4 期2011年",
    "开展谈心谈话人次=66人次 期2011年",
    "新建长者食堂=26处",
    "长者食堂总数=71处",
    "制定国家标准=17项",
    "制定行业标准=9项",
)


def verdicts(text: str) -> list[str]:
    return [one.verdict for one in verify(text, TABLE).findings if one.field != "period"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "工业固定资产投资完成93.1亿元，同比增长74.5%。", id="a branch before the name"
        ),
        pytest.param("农村居民人均可支配收入22250元，增长9.1%。", id="other people"),
        pytest.param("进口额5亿元，同比增长3%。", id="the opposite word"),
        pytest.param("五年累计完成规模以上工业总产值745亿元。", id="several years together"),
        pytest.param("“十二五”期间，规模以上工业总产值完成745亿元。", id="a five-year plan"),
        pytest.param("地区生产总值由2006年的162.4亿元增加到2011年的", id="an older year"),
        pytest.param("旅游收入五年间年均增长23.5%。", id="a rate per year"),
    ],
)
def test_what_no_row_is_about_is_open_never_accused(text: str):
    assert set(verdicts(text)) == {"unsupported"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("对干部职工开展谈心谈话66人次。", id="for whom is no qualifier"),
        pytest.param("全县固定资产投资完成155.4亿元。", id="a place is no qualifier"),
        pytest.param("新建长者食堂26处，累计达到71处。", id="the whole after its part"),
        pytest.param("制定国家标准、行业标准17项和9项。", id="two names, two figures"),
        pytest.param("1—12月规模以上工业总产值188亿元。", id="months before a name"),
    ],
)
def test_words_around_a_name_do_not_make_it_another(text: str):
    assert set(verdicts(text)) == {"supported"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("旅游收入增长20%，", id="a result never proves a goal"),
        pytest.param("竹基新材料产业产值110亿元，", id="another indicator's goal"),
        pytest.param("规模工业企业12家，", id="the name of another row"),
        pytest.param("竹基新材料产业产值38亿元，", id="this year's value as a goal"),
    ],
)
def test_a_goal_is_proved_by_the_goal_of_its_own_indicator(text: str):
    plan = f"二、2012年工作打算\n主要预期目标是：{text}各项工作走在前列。"
    assert set(verdicts(plan)) == {"unsupported"}


def test_goals_stand_as_they_were_set():
    plan = "二、2012年工作打算\n力争新增规模工业企业12家，泵阀产业产值110亿元。"
    assert verdicts(plan)[-2:] == ["supported", "supported"]


def test_two_names_in_the_wrong_order_are_seen():
    assert "supported" not in verdicts("制定国家标准、行业标准9项和17项。")


TOPICS = table(
    "国家储备林项目总投资=8.6亿元",
    "储备林授信额度=6.8亿元",
    "储备林首期贷款=8000万元",
    "临时救助=1586人次",
    "临时救助资金=412.6万元",
    "数字城管按期结案率=95.2%",
    "亿元企业数=117家 上年104 期2023年",
    "养老保险参保人数=98700人",
    "幼儿园=46所",
    "森林覆盖率=68.35%",
    "新增上云企业数=95家 状态目标 期2024年",
    "签约招商项目=57宗 目标100",
    "科技型企业=1家",
)


def judged(text: str) -> list[str]:
    return [one.verdict for one in verify(text, TOPICS).findings if one.field != "period"]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("国家储备林项目总投资8.6亿元，已获银行授信6.8亿元。", id="topic and noun"),
        pytest.param("实施临时救助1586人次，支出412.6万元。", id="topic and a mere measure"),
    ],
)
def test_what_a_clause_leaves_unsaid_is_taken_from_its_topic(text: str):
    assert judged(text) == ["supported", "supported"]


@pytest.mark.parametrize(
    ("text", "verdicts"),
    [
        pytest.param(
            "国家储备林项目总投资8.6亿元，已获银行授信6.9亿元。", "su", id="topic and noun"
        ),
        pytest.param("结案率98.7%，按期结案率95.2%。", "us", id="a longer name is the next one's"),
        pytest.param("亿元企业由“十三五”末的63家增加到117家。", "us", id="an older time"),
        pytest.param("养老保险净增参保4000人。", "u", id="what was added, beside the stock"),
        pytest.param("覆盖74所学校（含幼儿园46所）。", "us", id="a bracket names its own figure"),
        pytest.param("森林覆盖率较去年的68.21%提高。", "u", id="what it was last year"),
        pytest.param("新增科技型企业1家（全市共4家）。", "su", id="a wider area"),
    ],
)
def test_a_figure_of_something_near_is_left_open(text: str, verdicts: str):
    assert "".join(one[0] for one in judged(text)) == verdicts


@pytest.mark.parametrize(
    ("goal", "verdict"),
    [
        ("确保签约招商项目超100宗", "supported"),
        ("力争签约招商项目100宗以上", "supported"),
        ("确保签约招商项目超90宗", "contradicted"),
        ("新增上云企业95家以上", "supported"),
        ("新增上云企业90家以上", "contradicted"),
    ],
)
def test_a_goal_is_told_as_it_was_set(goal: str, verdict: str):
    assert judged(f"二、下半年工作打算\n2024年，{goal}。")[-1] == verdict


def test_a_row_told_in_the_sentence_may_be_told_again_in_a_list():
    rows = table("工业投资=208.6亿元 上年162.7 全市第3", "技改投资=103.2亿元 全市第6 属工业投资")
    text = "工业投资比上年多45.9亿元；工业投资、技改投资分别排全市第三和第六。"
    assert [one.verdict for one in verify(text, rows).findings] == ["derived", *["supported"] * 2]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        pytest.param(
            "监督在建工程建筑面积876万平方米。",
            ("装配式建筑面积=41.2万平方米",),
            id="the row says more than the text",
        ),
        pytest.param("入库企业243家。", ("新入库企业=17家",), id="new ones are not all"),
    ],
)
def test_a_row_narrower_than_the_noun_accuses_nobody(text: str, rows: tuple[str, ...]):
    assert [one.verdict for one in verify(text, table(*rows)).findings] == ["unsupported"]


def test_a_word_that_is_empty_alone_counts_within_a_name():
    rows = table("资产总额=2186.4亿元 同比9.3", "净资产=846.7亿元 同比6.1")
    text = "资产总额2186.4亿元，同比增长9.3%；净资产846.7亿元，增长6.1%。"
    assert {one.verdict for one in verify(text, rows).findings} == {"supported"}


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "规模以上工业总产值188亿元，增长12.9%，规模以上工业增加值增长12.9%。",
            id="another measure of the same firms",
        ),
        pytest.param(
            "规模以上工业总产值188亿元，增长12.9%；规模工业企业136家，增长12.9%。",
            id="a row without growth, named behind a semicolon",
        ),
    ],
)
def test_a_growth_belongs_to_what_was_named_last(text: str):
    assert verdicts(text)[-1] == "unsupported"
    assert set(verdicts(text)[:-1]) == {"supported"}


def test_the_whole_before_a_semicolon_is_still_what_a_share_is_of():
    text = "地区生产总值287.9亿元；规模以上工业总产值188亿元，比上年增长12.9%，排名不变。"
    assert set(verdicts(text)) == {"supported"}
