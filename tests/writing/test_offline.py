"""A section from last year's text and this year's rows and facts, without a model."""

from typing import Any

import pytest

from drafter.writing.offline import CARRIED_LIMIT, WrittenSection, write_section
from drafter.writing.references import Materials
from drafter.writing.rendering import render
from tests.writing.past import plan
from tests.writing.samples import fact, materials, row


def written(text: str, given: Materials, **more: Any) -> WrittenSection:
    return write_section(plan(text, given, **more), given, past_year=2023)


def printed(text: str, given: Materials, **more: Any) -> str:
    return render(written(text, given, **more).template, given).text


def test_a_figure_is_replaced_and_keeps_its_sentence():
    given = materials(row("工业投资=208.6亿元", yoy="28.2", rank="5", rank_scope="全市"))
    text = "工业投资完成180亿元，增长12%，排全市第三。"
    assert printed(text, given) == "工业投资完成208.6亿元，增长28.2%，排全市第五。"


def test_a_fall_is_said_as_a_fall_and_listed_as_adverse():
    given = materials(row("工业投资=90亿元", yoy="-4.7"))
    done = written("工业投资完成180亿元，增长12%。", given)
    assert render(done.template, given).text == "工业投资完成90亿元，下降4.7%。"
    assert [(one.indicator_name, one.text) for one in done.adverse] == [("工业投资", "下降4.7%")]


def test_names_before_a_count_go_and_the_count_stays():
    given = materials("培训企业=9家")
    text = "培训鹏远、众达、长兴等7家企业。"
    assert "9家企业" in printed(text, given)
    assert "鹏远" not in printed(text, given)


LISTED = "云杉、青禾、松涛3家企业入选市级链主企业"


@pytest.mark.parametrize(
    ("count", "told"),
    [
        ("3", "培育云杉、青禾、松涛3家市级链主企业。"),
        ("5", "培育5家市级链主企业。云杉、青禾、松涛3家企业入选市级链主企业。"),
    ],
)
def test_this_years_names_stand_before_a_count_that_they_match(count: str, told: str):
    given = materials(f"培育市级链主企业数={count}家", facts=[fact("F01", LISTED, kind="名单")])
    text = "培育鹏远、众达等2家市级链主企业。"
    assert printed(text, given) == told
    asked = [one.text for one in written(text, given).questions if "请核对后再列名" in one.text]
    assert bool(asked) == (count != "3")


def test_an_approximator_stays_only_if_the_row_has_one():
    given = materials("政策兑现资金=60万元", row("融资总额=5亿元", approx="近"))
    text = "政策兑现资金约50万元，融资总额4亿元。"
    assert printed(text, given) == "政策兑现资金60万元，融资总额近5亿元。"


def test_a_figure_is_told_once_where_it_is_told_most_fully():
    given = materials(row("旅游收入=69亿元", yoy="19.6"), "培训企业=9家")
    text = "旅游收入完成56亿元。培训企业7家。全年旅游收入达60亿元，同比增长12%。"
    assert printed(text, given) == "培训企业9家。全年旅游收入达69亿元，同比增长19.6%。"


def test_only_rows_own_periods_are_printed():
    given = materials(row("工业投资=90亿元", period="2024年1—10月"), row("培训企业=9家"))
    text = "2023年1—11月工业投资完成180亿元；培训企业7家。"
    assert printed(text, given) == "1—10月工业投资完成90亿元；全年培训企业9家。"


def test_whole_year_words_give_way_to_the_rows_months():
    given = materials(row("工业投资=90亿元", period="2024年1—10月"))
    assert printed("全年工业投资完成180亿元。", given) == "1—10月工业投资完成90亿元。"


def test_a_zero_is_left_out_and_listed():
    given = materials("新增规模企业=0家", "培训企业=9家")
    done = written("新增规模企业3家，培训企业7家。", given)
    assert render(done.template, given).text == "培训企业9家。"
    assert any(one.label == "零值" and one.text == "新增规模企业" for one in done.left_out)


def test_a_nought_of_what_nobody_wants_is_good_news():
    given = materials(row("检查企业数=9家"), row("较大及以上生产安全事故起数=0起", weight="必报"))
    done = written("检查企业7家。", given)
    text = render(done.template, given).text
    assert text == "检查企业9家。全年未发生一起较大及以上生产安全事故。"
    assert not [one for one in done.questions if "今年为零" in one.text]
    changed = materials(row("检查企业数=9家"), row("较大及以上生产安全事故起数=2起", weight="必报"))
    assert render(done.template, changed).text.endswith("全年发生较大及以上生产安全事故2起。")


def test_another_nought_is_still_worded_by_a_person():
    given = materials(row("检查企业数=9家"), row("新增龙头企业数=0家", weight="必报"))
    done = written("检查企业7家。", given)
    assert "龙头" not in render(done.template, given).text
    assert [one for one in done.questions if "今年为零" in one.text]


def test_a_part_without_its_whole_is_told_anew():
    given = materials("培训企业=9家")
    text = "收到申请40份，其中培训企业7家。"
    assert "其中" not in printed(text, given)
    assert "9家" in printed(text, given)


def test_a_pair_of_growths_says_each_direction_where_one_falls():
    given = materials(row("登记项数=226项", yoy="-12.3"), row("成交额=20.7亿元", yoy="6.3"))
    text = "登记项数205项、成交额19.3亿元，分别增长12%和56%。"
    assert "分别下降12.3%和增长6.3%" in printed(text, given)


def test_a_renamed_row_is_printed_under_its_new_name():
    given = materials(row("当场解决问题数=196个", aliases=("直接解决问题数",)))
    assert printed("直接解决问题178个。", given) == "当场解决问题196个。"


def test_uncovered_rows_are_told_and_take_the_place_of_a_dropped_numeral():
    given = materials("工业用电量=9.4亿千瓦时")
    done = written("在天星公司带动下，工业用电量因限电仍达8.8亿千瓦时。", given)
    text = render(done.template, given, done.origins)
    assert "9.4亿千瓦时" in text.text
    (origin,) = [span.origin for span in text.spans if span.field == "value"]
    assert origin == (18, 26)


def test_rows_for_reference_are_neither_printed_nor_missed():
    given = materials(row("走访职工=51名", weight="备查"))
    done = written("走访职工46名。", given)
    assert done.template == ""
    assert all(one.label != "指标" for one in done.left_out)


@pytest.mark.parametrize("disclosure", ["内部", "脱敏"])
def test_facts_that_may_not_be_published_are_listed_only(disclosure: str):
    given = materials(facts=(fact("F01", "某企业拖欠工资", disclosure=disclosure),))
    done = written("", given)
    assert done.template == ""
    assert any("F01" in one.text for one in done.left_out)


def test_facts_stand_as_written_the_weightiest_first():
    given = materials(
        facts=(fact("F01", "开展培训3期", weight="可写"), fact("F02", "获评先进", weight="亮点"))
    )
    assert printed("", given) == "获评先进。开展培训3期。"


def test_routine_measures_stay_below_their_share():
    given = materials("培训企业=9家")
    routine = "加强组织领导，强化部门联动，狠抓隐患排查治理，落实安全生产责任，做好宣传教育。"
    done = written(routine + "培训企业7家。", given)
    text = render(done.template, given)
    carried = sum(one.end - one.start for one in text.spans if one.kind == "carried")
    assert carried <= CARRIED_LIMIT * len(text.text)
    assert any("三成" in one.reason for one in done.left_out)


def test_items_are_counted_anew():
    given = materials("集中培训企业=9家", "上门走访企业=40家", "现场检查企业=12家")
    text = (
        "一是加强培训。全年累计集中培训企业7家。二是举办推介会。三是加强走访。"
        "全年累计上门走访企业30家。四是加强检查。全年累计现场检查企业11家。"
    )
    assert printed(text, given) == (
        "一是加强培训。全年累计集中培训企业9家。二是加强走访。"
        "全年累计上门走访企业40家。三是加强检查。全年累计现场检查企业12家。"
    )


def test_a_measure_beside_a_dropped_event_goes_with_it():
    given = materials("培训企业=9家")
    done = written("配合县委巡察组进驻，认真抓好整改落实。培训企业7家。", given)
    assert render(done.template, given).text == "培训企业9家。"


def test_a_semicolon_outlives_the_clause_that_bore_it():
    given = materials(row("工业税收=5亿元", yoy="9.2"), "工业用电量=8亿千瓦时")
    text = "工业税收4亿元，增长6%，总量排全市第四；工业用电量7亿千瓦时。"
    assert printed(text, given).startswith("工业税收5亿元，增长9.2%；工业用电量8亿千瓦时。")


def test_a_question_names_what_is_needed_and_masks_last_year():
    done = written("举办对接会3场，签约项目14个。", materials("培训企业=9家"))
    asked = [one for one in done.questions if one.previous]
    assert asked
    assert all("14" not in one.previous and "〔数〕" in one.previous for one in asked)


def test_the_lead_is_made_of_this_years_wording():
    given = materials(
        facts=(fact("F01", "坚持“稳中求进”的思路", kind="提法"), fact("F02", "获评先进单位"))
    )
    past = "今年以来，我局贯彻党的二十大精神，坚持“一二三”工作思路。现将2023年工作汇报如下。"
    assert printed(past, given, kind="lead") == (
        "2024年，我局坚持“稳中求进”的思路。获评先进单位。现将2024年工作汇报如下。"
    )


def test_a_lead_without_wording_asks_for_it():
    done = written("今年以来，我局贯彻某思想。", materials("培训企业=9家"), kind="lead")
    assert any("提法" in one.text for one in done.questions)


def test_problems_are_facts_and_figures_that_fell():
    given = materials(
        row("工业投资=90亿元", yoy="-4.7", weight="必报"),
        facts=(fact("F01", "高端人才引进难", kind="问题"),),
    )
    text = printed("一是学习不够深入。", given, kind="problems")
    assert "一是高端人才引进难。" in text
    assert "下降4.7%" in text
    assert "学习" not in text


def test_a_plan_is_made_of_goal_rows_and_intentions():
    given = materials(
        row("工业投资=85亿元", approx="以上", status="目标", period="2025年"),
        facts=(fact("F01", "建设标准厂房", kind="打算"),),
    )
    text = printed("力争工业投资达到80亿元。", given, kind="plan")
    assert "85亿元以上" in text
    assert "建设标准厂房" in text
    assert "80亿元" not in text


def test_a_section_without_material_is_empty_and_asks():
    done = written("下一步，继续努力。", materials("培训企业=9家"), kind="plan")
    assert done.template == ""
    assert done.questions


def test_the_same_material_gives_the_same_section():
    given = materials(row("工业投资=90亿元", yoy="-4.7"), "培训企业=9家")
    text = "工业投资完成180亿元，增长12%。"
    assert written(text, given) == written(text, given)


def test_a_clause_without_its_proper_term_is_told_by_a_frame():
    given = materials("“泵阀贷”授信企业数=38家")
    text = printed("推出“泵阀贷”，授信企业23家。", given)
    assert text.startswith("“泵阀贷”授信企业")


def test_a_section_reduced_to_nothing_is_offered_for_merging():
    done = written("召开推进会，印发《指引》。", materials())
    assert done.template == ""
    assert any("并入" in one.text for one in done.questions)


def test_a_period_is_said_once_for_the_sentences_it_scopes():
    given = materials(
        row("工业投资=90亿元", period="2024年1—10月"), row("工业税收=6亿元", period="2024年1—10月")
    )
    text = "1—11月，工业投资80亿元。1—11月，工业税收5亿元。"
    assert printed(text, given) == "1—10月，工业投资90亿元。工业税收6亿元。"


@pytest.mark.parametrize(
    "name", ["退出规模企业数", "生产安全事故起数", "正在办理问题数", "“三公”经费支出"]
)
def test_fewer_is_better_for_some_rows(name: str):
    given = materials(row(f"{name}=5家", yoy="-16"))
    assert written("", given).adverse == ()
