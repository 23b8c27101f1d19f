"""A row of like name is not yet what the clause speaks of."""

import pytest

from drafter.records.indicator import Indicator
from drafter.writing.offline import write_section
from drafter.writing.rendering import render
from tests.writing.past import plan
from tests.writing.samples import materials, row


def carried(text: str, *rows: Indicator | str) -> str:
    given = materials(*rows)
    template = write_section(plan(text, given), given, past_year=2023).template
    return render(template, given).text


def reasons(text: str, *rows: Indicator | str) -> list[str]:
    """Why clauses were left out, with the class D."""
    given = materials(*rows)
    done = write_section(plan(text, given), given, past_year=2023)
    return [one.reason for one in done.left_out if one.label == "D"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("全年开通航线44条。", "开通航线累计=53条", id="a total since some day"),
        pytest.param(
            "全年新增商铺面积10万平方米。", "五年新增商铺面积=50万平方米", id="five years"
        ),
        pytest.param("五年来新增商铺面积50万平方米。", "新增商铺面积=9万平方米", id="one of five"),
        pytest.param("企业利润年均增长5亿元。", "企业利润=7亿元", id="a mean"),
        pytest.param("人口自然增长率4.28‰。", row("人口自然增长率", yoy="3.26"), id="per mille"),
        pytest.param(
            "管道和道路分别改造9公里和7公里。", "管道道路改造=12公里", id="one cell for two"
        ),
    ],
)
def test_another_kind_of_figure_is_not_carried(text: str, name: Indicator | str):
    assert reasons(text, name)


def test_a_total_stays_a_total():
    assert carried("累计开通航线44条。", "开通航线累计=53条") == "累计开通航线53条。"


def test_an_amount_said_twice_in_a_row_is_told_once():
    text = "工业投资突破五十亿元，达到52亿元，增长8%。"
    given = row("工业投资=61亿元", yoy="9")
    assert carried(text, given).count("61亿元") == 1
    assert "增长9%" in carried(text, given)


def test_a_bare_measure_needs_the_clause_before_it():
    text = "鑫达公司建成二期，完成投资10亿元。"
    assert "所承接的上一分句没有沿用，不能单独成句" in reasons(text, "完成投资=3亿元")


@pytest.mark.parametrize("text", ["全力抓实、抓好。", "切实做好。"])
def test_a_measure_without_its_object_is_no_measure(text: str):
    assert carried(text, "工业投资=61亿元").startswith("工业投资")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("林业投资完成7亿元。", "区本级林业投资=5亿元", id="part of it"),
        pytest.param("农民人均收入9000元。", "农村常住居民人均收入=9500元", id="another people"),
        pytest.param("矿山复绿率达44%。", row("矿山复绿率", yoy="46"), id="a level"),
    ],
)
def test_a_name_that_says_more_is_told_in_full(text: str, name: Indicator | str):
    given = materials(name)
    template = write_section(plan(text, given), given, past_year=2023).template
    printed = render(template, given).text
    assert text[:4] not in printed or given.table.rows[0].name in printed


@pytest.mark.parametrize(
    ("text", "name"),
    [
        pytest.param("新登记林场5家。", "林场企业=92家", id="what is new is not all"),
        pytest.param("林场企业达92家。", "新增林场企业=5家", id="all is not what is new"),
        pytest.param("林农自然增长率保持在3%。", row("林农自然增长率", yoy="4"), id="a kept rate"),
        pytest.param("林业投资占工业投资12.3%。", row("工业投资", yoy="8"), id="a share"),
        pytest.param(
            "劳动力转移就业5万人。", "劳动力转移就业培训=1.5万人", id="what stands behind"
        ),
        pytest.param("单位生产总值能耗增长2%。", row("全县生产总值", yoy="8"), id="an energy rate"),
    ],
)
def test_a_name_within_another_is_not_what_the_clause_names(text: str, name: Indicator | str):
    assert reasons(text, name)


def test_one_cell_does_not_stand_for_two_names_of_a_sentence():
    text = "林农居民收入增长7%，脱贫县林农居民收入增长8%。"
    printed = carried(text, row("林农居民收入", yoy="9"))
    assert printed.count("9%") == 1


def test_an_estimate_of_last_year_is_none_this_year():
    assert carried("预计林业投资完成7亿元。", "林业投资=5亿元") == "林业投资完成5亿元。"


@pytest.mark.parametrize("text", ["扎实工作。", "实施一批重大科技专项。"])
def test_work_and_batches_are_no_measures(text: str):
    assert carried(text, "林业投资=5亿元").startswith("林业投资")


def test_town_and_country_are_not_all_and_country():
    text = "城乡居民收入分别增长4.7%、6.6%。"
    everybody = (row("居民收入", yoy="5.3"), row("农村居民收入", yoy="6.7"))
    assert "城乡两数" in "".join(reasons(text, *everybody))


def test_a_rate_of_growth_is_not_said_to_be_completed():
    text = "林业增加值增速完成9.7%。"
    assert carried(text, row("林业增加值", yoy="21")) == "林业增加值增长21%。"


def test_an_investment_of_nobody_is_not_the_industrys():
    text = "鑫达园区建成二期，完成投资10亿元。"
    assert not carried(text, "完成工业投资=3亿元").startswith("完成投资")
